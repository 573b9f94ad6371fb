"""A pseudo-terminal for walks: quick, since it draws only when somebody looks, and it knows when the program rests."""

import fcntl
import os
import re
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import walk_program
from pty_terminal import KEYS, Terminal

LINE_IN_SHELL = "somebody@home:~$ trustkit"
"""Stands on the ordinary screen before the program starts, as it does for a reader."""
MORE_KEYS = {"delete": "\x1b[3~", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "home": "\x1b[H", "end": "\x1b[F"}
ESC_MILLISECONDS = 10
"""Until an escape by itself counts as the key; the usual 100 would be most of a walk's time."""
POLL = 0.004
RESTS = 2
"""Polls in a row without output and without work, after which the program rests."""
RESTS_AFTER_ESC = 6
MOST_SECONDS = 1.5
_STYLE = re.compile(rb"\x1b\[[0-9;:]*m")
_NO_SCREEN = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1bP[^\x1b]*\x1b\\")


class WalkTerminal(Terminal):
    """`trustkit`, with a clock of its own, in a terminal that is looked at now and then.

    Args:
        arguments: As the shell gives them.
        size: Columns and rows.
    """

    def __init__(self, *arguments: str | os.PathLike[str], size: tuple[int, int] = (80, 24)) -> None:
        self._drawn = 0
        super().__init__(
            *arguments,
            size=size,
            program=(sys.executable, walk_program.__file__),
            environment={"ESCDELAY": str(ESC_MILLISECONDS)},
        )
        self._screens[0].draw(LINE_IN_SHELL)
        self.ended = False
        """Whether the program has closed the terminal."""

    # -- looking ------------------------------------------------------------------------------------

    def _feed(self, data: bytes) -> None:
        self.raw += data

    def draw(self) -> None:
        """Bring the screen up to date. Colours are left out: they are most of the bytes and none of the words."""
        fresh = bytes(self.raw[self._drawn :])
        self._drawn = len(self.raw)
        if fresh:
            super()._feed(_NO_SCREEN.sub(b"", _STYLE.sub(b"", fresh)))
            del self.raw[self._drawn :]  # the base class keeps what it draws as well

    @property
    def text(self) -> str:
        self.draw()
        return super().text

    @property
    def normal_text(self) -> str:
        self.draw()
        return super().normal_text

    @property
    def on_alternate_screen(self) -> bool:
        self.draw()
        return super().on_alternate_screen

    def _read(self, seconds: float) -> bool:
        if not super()._read(seconds):
            self.ended = True
        return not self.ended

    # -- doing --------------------------------------------------------------------------------------

    def send(self, *keys: str) -> None:
        """Press keys in one go, as fast fingers or a held key do."""
        typed = "".join(MORE_KEYS.get(key) or KEYS.get(key, key) for key in keys)
        with suppress(OSError):  # it has ended; whoever reads next is told
            os.write(self.fd, typed.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size, as a person drags it."""
        self.draw()
        self.columns, self.rows = columns, rows
        for screen in self._screens:
            screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def let_quiet_minutes_pass(self) -> None:
        """Enough of them for the idle lock."""
        with suppress(ProcessLookupError):
            self.signal(signal.SIGUSR1)

    def come_back(self) -> None:
        """What the shell's `fg` does, once the program has stopped itself."""
        for _ in range(50):
            self.settle()
            if self.ended or "T" in self._states():
                break
        with suppress(ProcessLookupError):
            self.signal(signal.SIGCONT)

    def settle(self, *, rests: int = RESTS, most: float = MOST_SECONDS) -> None:
        """Read until the program has nothing to do and nothing to say; what moves by itself ends at `most` seconds."""
        until, rested = time.monotonic() + most, 0
        while rested < rests and time.monotonic() < until:
            before = len(self.raw)
            if not self._read(POLL):
                return
            rested = 0 if len(self.raw) > before or self._works() else rested + 1

    def answers(self, most: float = 3.0) -> bool:
        """Wait for any output at all."""
        until, before = time.monotonic() + most, len(self.raw)
        while time.monotonic() < until and self._read(POLL):
            if len(self.raw) > before:
                return True
        return self.ended or len(self.raw) > before

    def _works(self) -> bool:
        """Whether a thread of it runs, or would if there were a core free."""
        return any(state in "RD" for state in self._states())

    def _states(self) -> Iterator[str]:
        with suppress(OSError):  # no such folder on other systems; there quiet is all there is to see
            for task in Path(f"/proc/{self.pid}/task").iterdir():
                with suppress(OSError):
                    yield (task / "stat").read_text().rpartition(")")[2].split()[0]
