"""Grounding: one moment at a time. Boxes are ticked with space, waits go by themselves, any part can be skipped."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from trustkit.exercises.prompts import Ended
from trustkit.model.exercise import Grounding, Moment
from trustkit.tui.players.stages import Stage
from trustkit.tui.players.timekeeper import Timekeeper
from trustkit.tui.players.waits import HELD, Waits
from trustkit.tui.players.wordless import WordlessPlayer
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain, prose

LINE: Final = 24
"""Columns of the line that runs out while a moment waits."""
SENSES: Final = {
    "sight": "eyes",
    "touch": "hands",
    "hearing": "ears",
    "smell": "nose",
    "taste": "mouth",
    "body": "body",
    "mind": "mind",
}
"""A word for each sense, beside the moment's number."""


class GroundingPlayer(WordlessPlayer):
    """Plays a grounding sequence."""

    def doing(self) -> Stage[Ended]:
        assert isinstance(self.exercise.body, Grounding)
        still = self.companion.settings.motion == "still"
        return Moments(self.exercise.body, Timekeeper(self.trustkit.time), still=still)


class Moments(Waits):
    """The moments, one after another, as often as the sequence says.

    Args:
        grounding: The moments.
        time: What keeps a waiting moment's time.
        still: Show seconds in figures, and no line that runs out.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", show=True, tooltip="Tick one."),
        Binding("space", "hold", "pause", show=True, tooltip="Hold the time of this moment."),
        Binding("space", "go_on", "go on", show=True, tooltip="Let the time go on."),
        Binding("space", "done", "", show=False, tooltip="On to the next."),
        Binding("enter", "next", "next", show=True, tooltip="On to the next, done or not."),
        Binding("right", "next", "", show=False, tooltip="On to the next."),
        Binding("left,backspace", "before", "", show=False, tooltip="Back to the one before."),
        Binding("e", "end", "that's enough", show=True, tooltip="That's enough: end here."),
    ]

    def __init__(self, grounding: Grounding, time: Timekeeper, *, still: bool = False) -> None:
        self._moments = grounding.moments * grounding.rounds
        self._each = len(grounding.moments)
        self._ticked = 0
        super().__init__(self._moments, time, still=still, name="moment", id="moments")

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            yield Said(id="moment-where", classes="quiet")
            yield Said(id="moment-say")
            yield Said(id="moment-do")
            yield Said(id="moment-more", classes="quiet")

    @property
    def moment(self) -> Moment:
        """The one that is open."""
        return self._moments[self.at]

    @property
    def seconds(self) -> float:
        return 0.0 if self.moment.count else self.moment.seconds

    def open(self) -> None:
        moment = self.moment
        self._ticked = 0
        where = f"{self.at % self._each + 1} of {self._each}"
        if len(self._moments) > self._each:
            where += f" · round {self.at // self._each + 1} of {len(self._moments) // self._each}"
        if moment.sense:
            where += f" · {SENSES[moment.sense]}"
        self.put("where", Content(where))
        self.put("say", plain(moment.say))
        self.put("more", prose(moment.more))

    def show_time(self) -> None:
        """The boxes, or the quiet line; in a narrow window the words take the line's place while it is held."""
        moment = self.moment
        words = Content("")
        if moment.count:
            boxes = [
                Content.assemble(("■", "bold $primary")) if n < self._ticked else Content("□")
                for n in range(moment.count)
            ]
            words = Content(" ").join(boxes)
        elif self.seconds:
            held = "" if self.time.running else HELD
            figures = [(f"{int(self.left + 0.999)} s", "$primary")]
            room = self.room("do", LINE + 2 + len(held))
            drawn = figures if self.still or not room else self.running_out(LINE)
            words = Content.assemble(*drawn, (f"  {held}" if held else "", "$quiet"))
        self.put("do", words)
        self.query_one("#moment-do").display = bool(words.plain)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What space does goes by what the moment asks for."""
        ticks = self._ticked < self.moment.count
        if action == "tick":
            return ticks
        if action == "done":
            return not (ticks or self.seconds)
        return super().check_action(action, parameters)

    def action_tick(self) -> None:
        self._ticked += 1
        self.show_time()
        self.refresh_bindings()

    def action_done(self) -> None:
        self.action_next()
