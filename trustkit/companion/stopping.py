"""Signals that stop a process, taken where something has to be made safe first.

Whoever takes in words holds signals off, and lets them in only while waiting: then none of them can fall between a
word that was taken and the place where it is kept. The app has its own way while its event loop runs
(`tui/guarding.py`); this is for the verbs, and for while the terminal is lent to another program.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(KeyboardInterrupt):
    """A signal asked trustkit to stop."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    @property
    def exit_code(self) -> int:
        """What a shell is told about it."""
        return 128 + self.number


class Signals:
    """The signals that stop a process, and whether they act at once."""

    def __init__(self) -> None:
        self._waiting = False
        self.asked: int | None = None
        """The signal that came while waiting, if one did."""

    def __call__(self, number: int, _: FrameType | None) -> None:
        if self._waiting:
            self.asked = number
        else:
            raise Stopped(number)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nothing interrupt what stands inside; what came meanwhile stays in `asked`."""
        before, self._waiting = self._waiting, True
        try:
            yield
        finally:
            self._waiting = before

    @contextmanager
    def let_in(self) -> Iterator[None]:
        """Within `held`: let signals act at once again, one that has come already included. Raises Stopped."""
        self._waiting = False
        try:
            if self.asked is not None:
                raise Stopped(self.asked)
            yield
        finally:
            self._waiting = True


@contextmanager
def stoppable() -> Iterator[Signals]:
    """While inside, SIGINT, SIGTERM and SIGHUP raise `Stopped`. One that is ignored (nohup) stays ignored."""
    signals = Signals()
    numbers = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, signals)
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
