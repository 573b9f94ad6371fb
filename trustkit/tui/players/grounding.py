"""Grounding: one moment at a time. Boxes are ticked with space, waits go by themselves, any part can be skipped."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from trustkit.model.exercise import Grounding, Moment
from trustkit.tui.players.stages import Keys, Stage
from trustkit.tui.players.timekeeper import Timekeeper
from trustkit.tui.players.wordless import Ended, WordlessPlayer
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain, prose

LOOK: Final = 0.25
"""Seconds between two looks at the time while a moment waits."""
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

    def stop_playing(self) -> None:
        if isinstance(self.stage, Moments):
            self.stage.stop()
        super().stop_playing()


class Moments(Keys[Ended]):
    """The moments, one after another, as often as the sequence says.

    Args:
        grounding: The moments.
        time: What keeps a waiting moment's time.
        still: Show seconds in figures, and no line that runs out.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", show=True, tooltip="Tick one; on a moment that waits, hold it or go on."),
        Binding("enter", "next", "next", show=True, tooltip="On to the next, done or not."),
        Binding("right", "next", "", show=False, tooltip="On to the next."),
        Binding("left,backspace", "before", "", show=False, tooltip="Back to the one before."),
        Binding("e", "end", "that's enough", show=True, tooltip="That's enough: end here."),
    ]

    def __init__(self, grounding: Grounding, time: Timekeeper, *, still: bool = False) -> None:
        super().__init__(id="moments")
        self._moments = grounding.moments * grounding.rounds
        self._each = len(grounding.moments)
        self._time = time
        self._still = still
        self._at = 0
        self._ran = False
        """Whether time ran when another screen came on top."""
        self._ticked = 0

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            yield Said(id="moment-where", classes="quiet")
            yield Said(id="moment-say")
            yield Said(id="moment-do")
            yield Said(id="moment-more", classes="quiet")

    def on_mount(self) -> None:
        self.set_interval(LOOK, self.look)
        self._open()

    @property
    def moment(self) -> Moment:
        """The one that is open."""
        return self._moments[self._at]

    def _open(self) -> None:
        moment = self.moment
        self._ticked = 0
        where = f"{self._at % self._each + 1} of {self._each}"
        if len(self._moments) > self._each:
            where += f" · round {self._at // self._each + 1} of {len(self._moments) // self._each}"
        if moment.sense:
            where += f" · {SENSES[moment.sense]}"
        self._put("where", Content(where))
        self._put("say", plain(moment.say))
        self._put("more", prose(moment.more))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._time.begin()
        self._show()

    def _put(self, name: str, words: Content) -> None:
        self.query_one(f"#moment-{name}", Said).update(words)

    def _show(self) -> None:
        """The boxes, or the quiet line."""
        moment = self.moment
        words = Content("")
        if moment.count:
            boxes = [
                Content.assemble(("■", "bold $primary")) if n < self._ticked else Content("□")
                for n in range(moment.count)
            ]
            words = Content(" ").join(boxes)
        elif moment.seconds:
            left = max(0.0, moment.seconds - self._time.passed())
            words = self._waiting(left, moment.seconds)
        self._put("do", words)

    def _waiting(self, left: float, seconds: float) -> Content:
        held = "" if self._time.running else "  held, space goes on"
        if self._still:
            return Content.assemble((f"{int(left + 0.999)} s", "$primary"), (held, "$quiet"))
        full = round(LINE * left / seconds)
        return Content.assemble(("━" * full, "$primary"), ("·" * (LINE - full), "$quiet"), (held, "$quiet"))

    def look(self) -> None:
        """See how the time stands; a moment that waits goes on by itself."""
        moment = self.moment
        if self.answer.done() or moment.count or not moment.seconds:
            return
        if self._time.passed() >= moment.seconds:
            self.action_next()
        else:
            self._show()

    def stop(self) -> None:
        """Nothing goes on by itself any more."""
        self._time.hold()

    def covered(self) -> None:
        self._ran = self._time.running
        self._time.hold()

    def uncovered(self) -> None:
        if self._ran:
            self._time.go_on()
            self._show()

    def action_tick(self) -> None:
        moment = self.moment
        if moment.count:
            if self._ticked >= moment.count:
                self.action_next()
                return
            self._ticked += 1
        elif moment.seconds and self._time.running:
            self._time.hold()
        elif moment.seconds:
            self._time.go_on()
        else:
            self.action_next()
            return
        self._show()

    def action_next(self) -> None:
        if self._at + 1 < len(self._moments):
            self._at += 1
            self._open()
        else:
            self.stop()
            self.finish("whole")

    def action_before(self) -> None:
        if self._at:
            self._at -= 1
            self._open()

    def action_end(self) -> None:
        self.stop()
        self.finish("stopped")
