"""Time spent on one part of an exercise, read from a clock that only goes forward. Nothing is ever counted in ticks."""

from collections.abc import Callable
from typing import Final

from trustkit.model.breath import Stopwatch

LAPSE: Final = 5.0
"""Seconds between two looks after which nobody can have been there: the process stood still, and so does the time."""


class Timekeeper:
    """How long a part has run, with pauses and lost time left out.

    Args:
        now: Monotonic seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._watch = Stopwatch(0.0)
        self._looked = now()

    @property
    def running(self) -> bool:
        return self._watch.running

    def begin(self) -> None:
        """Start again from nothing."""
        self._looked = self._now()
        self._watch = Stopwatch.start(self._looked, lead=0.0)

    def hold(self) -> None:
        """Stand still. What has passed since the last look counts, unless it is too long to be true."""
        self.passed()
        self._watch = self._watch.pause(self._looked)

    def go_on(self) -> None:
        """Run from where it stood."""
        self._looked = self._now()
        self._watch = self._watch.resume(self._looked)

    def passed(self) -> float:
        """Seconds run so far."""
        now = self._now()
        if self._watch.running and now - self._looked > LAPSE:
            self._watch = self._watch.pause(self._looked).resume(now)
        self._looked = now
        return self._watch.elapsed(now)
