"""How long nobody has pressed a key, on a clock that goes on while the computer sleeps.

`time.monotonic` stands still in a laptop that is shut: one that was locked after ten quiet minutes would open a day
later on the page that was left.
"""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

_SLEEPS_TOO: Final = {"linux": "CLOCK_BOOTTIME", "android": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}
"""By system, the clock that counts sleep. On macOS `time.monotonic` reads another one than `CLOCK_MONOTONIC`."""


class ForwardWallTime:
    """Seconds of wall time that never go back, for systems without a clock that counts sleep.

    Args:
        wall: The time of day in seconds, which may be set back or ahead.
        monotonic: Seconds that stand still in sleep.
    """

    def __init__(self, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._last = wall(), monotonic()
        self._passed = 0.0

    def __call__(self) -> float:
        now = self._wall(), self._monotonic()
        self._passed += max(0.0, now[0] - self._last[0], now[1] - self._last[1])
        self._last = now
        return self._passed


def counting_sleep(system: str = sys.platform) -> Callable[[], float]:
    """A clock in seconds that only goes forward, and goes on while this computer sleeps."""
    number = getattr(time, _SLEEPS_TOO.get(system, ""), None)
    if number is not None:
        with suppress(OSError):  # a sandbox may not have it
            time.clock_gettime(number)
            return lambda: time.clock_gettime(number)
    return ForwardWallTime()
