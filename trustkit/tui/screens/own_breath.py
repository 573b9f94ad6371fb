"""A breathing pattern of one's own: seconds and words for each part, and the figure that breathes it meanwhile."""

from dataclasses import replace
from typing import Final, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from trustkit.model import own
from trustkit.model.breath import LONGEST
from trustkit.model.exercise import Breathing, Exercise
from trustkit.tui.screens.own import Making
from trustkit.tui.widgets.breath_figure import BreathFigure, Figure
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.stepper import Stepper
from trustkit.tui.words import plain

SETTLED: Final = 0.4
"""Seconds after the last change until the figure takes up the new pattern: nobody can follow one that jumps."""
LEAD: Final = 1.0
"""Seconds before the figure's first breath here; nobody is asked to breathe along."""
FIRST: Final = {"hold": 2.0, "rest": 2.0, "in": 1.0}
"""Seconds an optional part begins with."""


def _seconds(value: float) -> str:
    return f"{value:g} s"


class BreathMaking(Making):
    """The form of a pattern."""

    kind = "breathing"
    lead = "Arrows or digits set the seconds."

    def on_mount(self) -> None:
        self._shown: Breathing | None = None
        self._settling: Timer | None = None
        super().on_mount()
        self.query(Stepper).first().focus(scroll_visible=False)

    def compose_form(self) -> ComposeResult:
        for at, slot in enumerate(own.slots(self._pattern)):
            high = own.LONGEST_HOLD if slot.do == "hold" else own.PART[1]
            with Horizontal(classes="own-row"):
                yield Static(slot.label, classes="own-label", markup=False)
                yield Stepper(
                    slot.seconds,
                    own.PART[0],
                    high,
                    step=0.5,
                    none="none" if slot.optional else "",
                    first=FIRST.get(slot.do),
                    words=_seconds,
                    id=f"seconds-{at}",
                )
                yield Line(slot.say, id=f"say-{at}", placeholder=own.SAYS[slot.do])
        with Horizontal(classes="own-row"):
            yield Static("Rounds", classes="own-label", markup=False)
            yield Stepper(self._pattern.rounds, 1, own.MOST_ROUNDS, id="rounds")

    def compose_preview(self) -> ComposeResult:
        yield Vertical(id="own-figure")

    @property
    def _pattern(self) -> Breathing:
        body = self.exercise.body
        return body if isinstance(body, Breathing) else Breathing(1, ())

    def made(self) -> Exercise:
        rows = own.slots(self._slotted)
        filled = [
            replace(
                slot,
                seconds=self.query_one(f"#seconds-{at}", Stepper).value,
                say=self.query_one(f"#say-{at}", Line).value,
            )
            for at, slot in enumerate(rows)
        ]
        rounds = int(self.query_one("#rounds", Stepper).value)
        pattern = own.pattern(filled, rounds, self._slotted.also)
        return replace(self.exercise, title=self.named(), body=pattern)

    @property
    def _slotted(self) -> Breathing:
        """The pattern whose parts the rows were made for; the rows stay while seconds come and go."""
        body = self._began.body
        return body if isinstance(body, Breathing) else Breathing(1, ())

    def preview(self, made: Exercise, slips: list[str]) -> None:
        body = made.body
        if not isinstance(body, Breathing):
            return
        words = [own.pace_in_words(body)] if body.phases else []
        words += own.nudges(body) if not own.slips(made) else []
        self.query_one("#own-says", Static).update(_told(words))
        playable = {phase.do for phase in body.phases} >= {"in", "out"} and body.round_seconds <= LONGEST
        if not playable or body.phases == (self._shown.phases if self._shown else ()):
            return
        self._shown = body
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLED if self.query(BreathFigure) else 0.01, self._play)

    async def _play(self) -> None:
        """Let the figure breathe the new pattern, from its beginning."""
        if self._shown is None or not self.is_attached:
            return
        settings = self.companion.settings
        small = self.has_class("-short") or self.has_class("-narrow")
        kind = cast(Figure, "bar" if small and settings.figure == "orb" else settings.figure)
        still = settings.motion == "still"
        figure = BreathFigure(self._shown, self._shown.rounds, figure=kind, still=still, lead=LEAD)
        holder = self.query_one("#own-figure", Vertical)
        async with self.batch():
            await holder.remove_children()
            await holder.mount(figure)
        figure.start()

    def on_breath_figure_finished(self, event: BreathFigure.Finished) -> None:
        event.stop()
        event.figure.start()

    def on_stepper_changed(self, event: Stepper.Changed) -> None:
        event.stop()
        self.changed()

    def forget(self) -> None:
        self._shown = None
        for figure in self.query(BreathFigure):
            figure.stop()
        super().forget()


def _told(words: list[str]) -> Content:
    first, *rest = words or [""]
    return Content("\n").join([plain(first).stylize("bold"), *(plain(line) for line in rest)])
