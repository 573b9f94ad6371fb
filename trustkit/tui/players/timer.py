"""Timers: stretches of time with somebody's turn in them. Each can be skipped or held; a bell rings only if wanted."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from trustkit.companion import Companion
from trustkit.model.breath_words import clock
from trustkit.model.entry import Record
from trustkit.model.exercise import Exercise, Span, Timer
from trustkit.model.practice_words import HOW_NOW, WHO
from trustkit.tui.players.fields import Value
from trustkit.tui.players.stages import Rate, Stage
from trustkit.tui.players.timekeeper import Timekeeper
from trustkit.tui.players.waits import HELD, Waits
from trustkit.tui.players.wordless import Ended, WordlessPlayer
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain, prose

LINE: Final = 30
"""Columns of the line that runs out."""


class TimerPlayer(WordlessPlayer):
    """Plays a timer."""

    def __init__(self, exercise: Exercise, companion: Companion, from_step: str = "", *, at_once: bool = False) -> None:
        super().__init__(exercise, companion, from_step, at_once=at_once)
        self._noted: dict[str, Value] = {}
        """Numbers and dates answered at the end, until the run is noted."""

    @property
    def timer(self) -> Timer:
        assert isinstance(self.exercise.body, Timer)
        return self.exercise.body

    def opening(self) -> Rate:
        whole = sum(span.seconds for span in self.timer.spans)
        return Rate([prose(self.exercise.intro)], HOW_NOW, f"{parts_in_words(self.exercise)}, {clock(whole)}")

    def doing(self) -> Stage[Ended]:
        settings = self.companion.settings
        return Spans(
            self.timer, Timekeeper(self.trustkit.time), bell=settings.bell == "soft", still=settings.motion == "still"
        )

    async def note_fields(self) -> None:
        if self.timer.fields:
            from trustkit.tui.players.tracker import note_after

            self._noted = await note_after(self, self.timer.fields)

    def noting(self) -> Callable[[], None]:
        """The run; with it the numbers and dates that were asked for, and no words."""
        noted, self._noted = self._noted, {}
        ended, note_run = self._run is not None, super().noting()

        def note() -> None:
            note_run()
            companion, exercise = self.companion, self.exercise
            if ended and noted and exercise.keep != "never" and companion.can_keep and companion.keeps_practices():
                record = Record(exercise.id, exercise.revision, values=noted)
                companion.vault.add(record, private=exercise.keep == "private")

        return note

    def stop_playing(self) -> None:
        if isinstance(self.stage, Spans):
            self.stage.stop()
        super().stop_playing()


def parts_in_words(exercise: Exercise) -> str:
    """`5 parts`, `1 part`."""
    assert isinstance(exercise.body, Timer)
    count = len(exercise.body.spans)
    return f"{count} {'part' if count == 1 else 'parts'}"


class Spans(Waits):
    """The spans, one after another.

    Args:
        timer: The spans.
        time: What keeps a span's time.
        bell: Whether a span that has a bell rings at its end.
        still: Show the time in figures alone.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "hold", "pause", show=True, tooltip="Hold the time."),
        Binding("space", "go_on", "go on", show=True, tooltip="Let the time go on."),
        Binding("enter", "next", "next", show=True, tooltip="On to the next part."),
        Binding("right", "next", "", show=False, tooltip="On to the next."),
        Binding("left,backspace", "before", "", show=False, tooltip="Back to the part before."),
        Binding("e", "end", "that's enough", show=True, tooltip="That's enough: end here."),
    ]

    def __init__(self, timer: Timer, time: Timekeeper, *, bell: bool = False, still: bool = False) -> None:
        self._spans = timer.spans
        self._bell = bell
        super().__init__(self._spans, time, still=still, name="span", id="spans")

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            yield Said(id="span-where", classes="quiet")
            yield Said(id="span-title")
            yield Said(id="span-left")
            yield Said(id="span-say")

    @property
    def span(self) -> Span:
        """The one that runs."""
        return self._spans[self.at]

    @property
    def seconds(self) -> float:
        return self.span.seconds

    def open(self) -> None:
        span = self.span
        who = WHO.get(span.who, "")
        self.put("title", Content.assemble(plain(f"{who}: " if who else ""), plain(span.title)).stylize("bold"))
        self.put("say", prose(span.say))

    def show_time(self) -> None:
        """Where it is, and how long still; in a narrow window the words take the line's place while it is held."""
        ahead = self.left + sum(later.seconds for later in self._spans[self.at + 1 :])
        where = f"{self.at + 1} of {len(self._spans)}"
        if len(self._spans) > 1:
            where += f" · {clock(ahead)} in all"
        self.put("where", Content(where))
        said = clock(self.left) if self.time.running else f"{clock(self.left)}  {HELD}"
        room = self.room("left", LINE + 2 + len(said))
        if self.still or not room:
            self.put("left", Content.assemble((said, "bold $primary")))
        else:
            self.put("left", Content.assemble(*self.running_out(LINE), ("  ", ""), (said, "bold")))

    def over(self) -> None:
        if self._bell and self.span.bell:
            self.app.bell()
        super().over()
