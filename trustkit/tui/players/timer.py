"""Timers: stretches of time with somebody's turn in them. Each can be skipped or held; a bell rings only if wanted."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from trustkit.exercises import prompts
from trustkit.exercises.prompts import Ended
from trustkit.model.breath_words import clock
from trustkit.model.exercise import Exercise, Span, Timer
from trustkit.model.practice_words import WHO
from trustkit.tui.players.stages import Rate, Stage
from trustkit.tui.players.timekeeper import Timekeeper
from trustkit.tui.players.waits import HELD, Waits
from trustkit.tui.players.wordless import WordlessPlayer
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain, prose

LINE: Final = 30
"""Columns of the line that runs out."""


class TimerPlayer(WordlessPlayer):
    """Plays a timer."""

    @property
    def timer(self) -> Timer:
        assert isinstance(self.exercise.body, Timer)
        return self.exercise.body

    def opening(self, rate: prompts.Rate) -> Rate:
        whole = sum(span.seconds for span in self.timer.spans)
        return self.rating(rate, f"{parts_in_words(self.exercise)}, {clock(whole)}")

    def doing(self) -> Stage[Ended]:
        settings = self.companion.settings
        return Spans(
            self.timer, Timekeeper(self.trustkit.time), bell=settings.bell == "soft", still=settings.motion == "still"
        )


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
