"""Breathing: a figure to follow, as many rounds as a reader likes, and nothing in the way of the first breath."""

from collections.abc import Callable
from typing import ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from trustkit.exercises import prompts
from trustkit.exercises.prompts import Ended
from trustkit.model.breath import LEAD, duration
from trustkit.model.breath_words import clock, rounds_in_words
from trustkit.model.exercise import Breathing
from trustkit.tui.players.stages import Keys, Rate, Stage
from trustkit.tui.players.wordless import WordlessPlayer
from trustkit.tui.widgets.breath_figure import BreathFigure, Figure

FIGURES: Final[tuple[Figure, ...]] = ("orb", "bar", "words")
"""How a breath can be drawn, in the order the key goes through them."""


class BreathingPlayer(WordlessPlayer):
    """Plays a breathing pattern."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "length", "length", show=True, tooltip="Another length, before it begins."),
    ]

    rounds: int | None = None
    """How many rounds were chosen; None is as many as the pattern has."""
    _opening: Rate | None = None

    @property
    def breathing(self) -> Breathing:
        assert isinstance(self.exercise.body, Breathing)
        return self.exercise.body

    @property
    def lengths(self) -> tuple[int, ...]:
        """The numbers of rounds to choose from, shortest first."""
        return tuple(sorted({self.breathing.rounds, *self.breathing.also}))

    def opening(self, rate: prompts.Rate) -> Rate:
        self._opening = self.rating(rate, self._length_in_words())
        return self._opening

    def _length_in_words(self) -> str:
        rounds = self.rounds or self.breathing.rounds
        said = f"{rounds_in_words(rounds)}, {clock(duration(self.breathing, rounds))}"
        return f"{said}  (l: another length)" if len(self.lengths) > 1 else said

    def doing(self) -> Stage[Ended]:
        settings = self.companion.settings
        return BreathStage(
            self.breathing,
            self.rounds or self.breathing.rounds,
            figure=cast(Figure, settings.figure),
            still=settings.motion == "still",
            lead=0.0 if self.at_once else LEAD,  # whoever presses the breathe key needs the breath now
            clock=self.trustkit.time,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "length":
            return self._opening is not None and self.stage is self._opening and len(self.lengths) > 1
        return super().check_action(action, parameters)

    def action_length(self) -> None:
        """Take the next length; after the longest comes the shortest."""
        lengths = self.lengths
        at = lengths.index(self.rounds or self.breathing.rounds)
        self.rounds = lengths[(at + 1) % len(lengths)]
        if self._opening is not None:
            self._opening.say_hint(self._length_in_words())

    @property
    def busy(self) -> bool:
        paused = isinstance(self.stage, BreathStage) and self.stage.paused
        return super().busy and not paused


class BreathStage(Keys[Ended]):
    """The figure, and the keys around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "pause", show=True, tooltip="Hold the figure."),
        Binding("space", "go_on", "go on", show=True, tooltip="Let the figure go on."),
        Binding("m", "figure", "figure", show=True, tooltip="An orb, a bar, or words alone."),
        Binding("e", "end", "that's enough", show=True, tooltip="That's enough: end here."),
        Binding("enter", "end", "", show=False, tooltip="That's enough: end here."),
    ]

    def __init__(
        self,
        breathing: Breathing,
        rounds: int,
        *,
        figure: Figure,
        still: bool,
        lead: float,
        clock: Callable[[], float],
    ) -> None:
        super().__init__(id="breath")
        self._clock = clock
        self._breathing = breathing
        self._rounds = rounds
        self._figure: Figure = figure
        self._still = still
        self.figure = self._new_figure(lead)
        """The figure that is shown, or will be once this stage is mounted."""

    def compose(self) -> ComposeResult:
        yield self.figure

    def _new_figure(self, lead: float) -> BreathFigure:
        return BreathFigure(
            self._breathing, self._rounds, figure=self._figure, still=self._still, lead=lead, clock=self._clock
        )

    @property
    def paused(self) -> bool:
        return self.figure.paused

    def begin(self) -> None:
        super().begin()
        self.figure.start()

    def stop(self) -> None:
        """Nothing moves any more."""
        self.figure.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space has one name while it moves, and another while it is held."""
        if action in ("pause", "go_on"):
            return self.paused == (action == "go_on")
        return super().check_action(action, parameters)

    def action_pause(self) -> None:
        self.figure.paused = True
        self.refresh_bindings()

    def action_go_on(self) -> None:
        self.figure.paused = False
        self.refresh_bindings()

    async def action_figure(self) -> None:
        """Draw the same breath in another way, from where it is."""
        old = self.figure
        paused, elapsed = old.paused, old.breath.elapsed
        self._figure = FIGURES[(FIGURES.index(self._figure) + 1) % len(FIGURES)]
        self.figure = new = self._new_figure(-elapsed)
        async with self.batch():
            await old.remove()
            await self.mount(new)
        new.start()
        if paused:
            self.call_after_refresh(new.pause)

    def action_end(self) -> None:
        self.stop()
        self.finish("stopped")

    def on_breath_figure_finished(self, event: BreathFigure.Finished) -> None:
        event.stop()
        self.finish("whole")
