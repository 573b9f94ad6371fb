"""The breathing figure: an orb or a bar, the words beside it, and the time they keep.

The figure never counts ticks. It asks `breath_at` where the breath is now, draws what changed, and sleeps to the next
absolute moment at which something will: a frame while the shape moves, a beat of the count while it stands. Nobody
sees a figure that is covered, suspended or hidden, so it rests until they can, and goes on from where they left it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final, Literal

from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from trustkit.model.breath import LAPSE, LEAD, Breath, Stopwatch, breath_at, until_next
from trustkit.model.breath_words import Words, words
from trustkit.model.exercise import Breathing, Phase
from trustkit.tui.widgets.breath_bar import BreathBar
from trustkit.tui.widgets.breath_orb import BreathOrb
from trustkit.tui.widgets.breath_painting import Look
from trustkit.tui.widgets.breath_words import BreathWords

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize
    from textual.worker import Worker

Figure = Literal["orb", "bar", "words"]

FRAME: Final = 1 / 20
"""Seconds between two pictures of a moving figure."""

STILL: Final = 0.5
"""The fullness of a figure that does not move."""

_SHORT: Final = 6
"""Lines under which an orb is too small to follow, and only its words are shown."""


class BreathFigure(Widget):
    """A breath to follow. It stands at rest until `start` is called.

    Args:
        breathing: The pattern.
        rounds: How many rounds; None is as many as the pattern has.
        figure: What moves. `words` shows no figure at all.
        still: Nothing moves; words and count change, once a second at most. Also when TEXTUAL_ANIMATIONS is `none`.
        lead: Seconds before the first breath, in which the figure rests.
        look: How to draw; None finds out what the terminal can show.
        clock: Monotonic seconds.
        sleep: Waits so many seconds.

    Raises:
        ValueError: the pattern cannot be breathed (see `breath_at`).
    """

    DEFAULT_CSS = """
    BreathFigure {
        layout: vertical;
        width: 1fr;
        height: 1fr;
        align: center middle;
        BreathOrb { max-height: 24; margin: 0 0 1 0; }
        BreathBar { margin: 0 0 1 0; }
        &.-short BreathOrb { display: none; }
        &.-short BreathBar { margin: 0; }
        &.-tiny BreathBar { display: none; }
    }
    """

    @dataclass
    class PhaseChanged(Message):
        """A phase has begun. A figure that was held up tells of the present phase only."""

        figure: "BreathFigure"
        phase: Phase
        round: int
        """From 1."""

        @property
        def control(self) -> "BreathFigure":
            return self.figure

    @dataclass
    class Finished(Message):
        """The last round has ended."""

        figure: "BreathFigure"

        @property
        def control(self) -> "BreathFigure":
            return self.figure

    paused: reactive[bool] = reactive(False)
    """Whether the reader holds the breath's time still. May be set directly."""

    def __init__(
        self,
        breathing: Breathing,
        rounds: int | None = None,
        *,
        figure: Figure = "orb",
        still: bool = False,
        lead: float = LEAD,
        look: Look | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.breathing = breathing
        self.rounds = breathing.rounds if rounds is None else rounds
        self._asked_still = still
        self._lead = lead
        self._clock = clock
        self._sleep = sleep
        self._shape: BreathOrb | BreathBar | None = None
        if figure != "words":
            self._shape = BreathOrb(look) if figure == "orb" else BreathBar(look)
        self._words = BreathWords()
        self._watch: Stopwatch | None = None
        self._told: tuple[int, int] | None = None
        """Round and phase last told of; (0, 0) once the end was told."""
        self._suspended = False
        self._covered = False
        self._pacing: Worker[None] | None = None
        breath_at(breathing, -lead, self.rounds)

    def compose(self) -> "ComposeResult":
        if self._shape is not None:
            yield self._shape
        yield self._words

    @property
    def still(self) -> bool:
        """Whether nothing may move."""
        return self._asked_still or self._shape is None or self.app.animation_level == "none"

    @property
    def breath(self) -> Breath:
        """Where the breath is now; before `start`, the beginning of the lead."""
        elapsed = -self._lead if self._watch is None else self._watch.elapsed(self._clock())
        return breath_at(self.breathing, elapsed, self.rounds)

    @property
    def words(self) -> Words:
        """The words that stand beside the figure."""
        return self._words.words

    @property
    def fullness(self) -> float | None:
        """How full the figure is drawn; None without a figure."""
        return None if self._shape is None else self._shape.fullness

    def start(self) -> None:
        """Begin, or begin again, with the lead."""
        self._watch = Stopwatch.start(self._clock(), lead=self._lead)
        self._told = None
        self._halt()
        self.set_reactive(BreathFigure.paused, False)
        self._settle()

    def pause(self) -> None:
        """Hold the time still, in the middle of a phase if need be."""
        self.paused = True

    def resume(self) -> None:
        """Go on from where it was held."""
        self.paused = False

    def stop(self) -> Breath:
        """End at once: nothing moves any more, the words go, the figure rests. Returns where the breath was."""
        breath = self.breath
        self._watch = None
        self._settle()
        if self.is_attached:
            if self._shape is not None:
                self._shape.show(0.0)
            self._words.say(Words("", "", ""))
        return breath

    def on_mount(self) -> None:
        """Hear of whatever takes the figure out of sight, and gives it back."""
        self.app.app_suspend_signal.subscribe(self, lambda _: self._out_of_sight(suspended=True), immediate=True)
        self.app.app_resume_signal.subscribe(self, lambda _: self._out_of_sight(suspended=False), immediate=True)
        self.app.screen_change_signal.subscribe(self, lambda _: self._settle())
        self._settle()

    def on_hide(self) -> None:
        """Not displayed, or scrolled away."""
        self._out_of_sight(covered=True)

    def on_show(self) -> None:
        """Back in sight."""
        self._out_of_sight(covered=False)

    def on_resize(self, event: "Resize") -> None:
        """Leave out what a small window has no room for: first the orb, last the words."""
        self.set_class(event.size.height < _SHORT, "-short")
        self.set_class(event.size.height < 3, "-tiny")

    def watch_paused(self) -> None:
        """Stand, or go on."""
        self._settle()

    def _out_of_sight(self, *, suspended: bool | None = None, covered: bool | None = None) -> None:
        self._suspended = self._suspended if suspended is None else suspended
        self._covered = self._covered if covered is None else covered
        self._settle()

    @property
    def _in_sight(self) -> bool:
        """Whether someone can see the figure: every screen above its own, if any, lets it shine through."""
        stack = self.app.screen_stack
        if self._suspended or self._covered or self.screen not in stack:
            return False
        return all(above.styles.background.a < 1.0 for above in stack[stack.index(self.screen) + 1 :])

    def _settle(self) -> None:
        """Let the time run when there is a breath to follow and someone can see it; else hold it still."""
        if not self.is_attached:
            return
        if self._watch is None or self.paused or not self._in_sight:
            if self._watch is not None:
                self._watch = self._watch.pause(self._clock())
            self._halt()
        elif self._pacing is None:
            self._watch = self._watch.resume(self._clock())
            self._pacing = self.run_worker(self._breathe, name="breath", group="breath", exclusive=True)
        self._draw(self._clock())

    def _halt(self) -> None:
        """End the loop."""
        if self._pacing is not None:
            self._pacing.cancel()
            self._pacing = None

    async def _breathe(self) -> None:
        """Draw, and sleep to the next moment at which there is something to draw, until nothing changes any more."""
        while (due := self._draw(self._clock())) < inf and self._watch is not None:
            await self._sleep(max(0.0, due - self._clock()))
            now = self._clock()
            if now - due > LAPSE:
                self._watch = self._watch.pause(due).resume(now)
        self._pacing = None

    def _draw(self, now: float) -> float:
        """Bring figure and words up to this moment. Returns the next moment worth drawing, on the same clock."""
        if self._watch is None:
            return inf
        breath = breath_at(self.breathing, self._watch.elapsed(now), self.rounds)
        still = self.still
        if self._shape is not None:
            self._shape.show(STILL if still else breath.fullness)
        self._words.say(words(self.breathing, breath, self.rounds, paused=self.paused))
        self._tell(breath)
        return now + until_next(breath, inf if still else FRAME)

    def _tell(self, breath: Breath) -> None:
        """Post what others may wait for, once each."""
        at = (0, 0) if breath.done else (breath.round, breath.phase_index)
        if breath.settling or at == self._told:
            return
        self._told = at
        if breath.done:
            self.post_message(self.Finished(self))
        else:
            self.post_message(self.PhaseChanged(self, breath.phase, breath.round))
