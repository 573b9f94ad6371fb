"""A real pseudo-terminal with the installed program in it, and a screen to read.

Waiting is for a condition on the screen, through `select` with a deadline: no test sleeps. pyte knows no
alternate screen, so two screens are kept and swapped where the program switches.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import pyte

DEADLINE = 60.0
"""Seconds after which a wait has failed; a healthy run needs a fraction of one."""
KEYS = {
    "enter": "\r", "esc": "\x1b", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "space": " ", "backspace": "\x7f", "f1": "\x1bOP", "f8": "\x1b[19~",
    **{f"^{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
_SWITCH = re.compile(rb"\x1b\[\?(?:1049|47|1047)([hl])")

Kind = type[BaseException]  # named here, because a terminal has a `type` of its own


class Terminal:
    """`trustkit` (or any verb of it) running in a pseudo-terminal of its own.

    Args:
        arguments: What follows `python -m trustkit`.
        size: Columns and rows.
        environment: Changes to the environment.
    """

    def __init__(
        self,
        *arguments: str | os.PathLike[str],
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = (sys.executable, "-m", "trustkit"),
    ) -> None:
        self.columns, self.rows = size
        self.raw = bytearray()
        """Every byte the program wrote."""
        self._screens = [pyte.Screen(*size), pyte.Screen(*size)]
        self._streams = [pyte.ByteStream(screen) for screen in self._screens]
        self._alternate = 0
        self.exit_code: int | None = None
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
            os.execvpe(program[0], [*program, *map(os.fspath, arguments)], env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))

    # -- reading ------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What a person would see now."""
        return "\n".join(line.rstrip() for line in self._screens[self._alternate].display)

    @property
    def normal_text(self) -> str:
        """What stands on the ordinary screen, behind the app."""
        return "\n".join(line.rstrip() for line in self._screens[0].display)

    @property
    def on_alternate_screen(self) -> bool:
        return bool(self._alternate)

    def _feed(self, data: bytes) -> None:
        self.raw += data
        at = 0
        for switch in _SWITCH.finditer(data):
            self._streams[self._alternate].feed(data[at : switch.start()])
            self._alternate = int(switch[1] == b"h")
            at = switch.end()
        self._streams[self._alternate].feed(data[at:])

    def _read(self, seconds: float) -> bool:
        """Take in what the program writes within this time; False when it has closed the terminal."""
        if not select.select([self.fd], [], [], max(0.0, seconds))[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        if data:
            self._feed(data)
        return bool(data)

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Read until the condition holds on the screen."""
        deadline = time.monotonic() + DEADLINE
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or not self._read(min(left, 0.5)):
                if condition():
                    return
                raise AssertionError(f"never saw {what}; the screen shows:\n{self.text}")

    def see(self, *words: str) -> None:
        """Wait until all these words stand on the screen. Line breaks and repeated spaces don't matter."""
        self.wait_until(lambda: all(_flat(word) in _flat(self.text) for word in words), repr(words))

    def see_no(self, words: str) -> None:
        """Wait until these words are gone from the screen."""
        self.wait_until(lambda: _flat(words) not in _flat(self.text), f"the screen without {words!r}")

    # -- doing ----------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys by name, or type one character each."""
        for key in keys:
            os.write(self.fd, KEYS.get(key, key).encode())

    def type(self, words: str) -> None:
        """Type words as they stand."""
        os.write(self.fd, words.encode())

    def spent(self) -> float:
        """Seconds of processor time the program has used, all its threads: what a quiet machine's clock would show."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def is_busy(self, seconds: float = 0.5) -> bool:
        """Whether the program wrote anything, or used a tenth of a core, for so long."""
        before, until, wrote = self.spent(), time.monotonic() + seconds, False
        while (left := until - time.monotonic()) > 0:
            size = len(self.raw)
            self._read(left)
            wrote = wrote or len(self.raw) > size
        return wrote or self.spent() - before > seconds / 10

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a window that is shut does."""
        os.close(self.fd)
        self.fd = -1

    def wait(self) -> int:
        """Wait for the program to end and give its exit code; negative for a signal."""
        deadline = time.monotonic() + DEADLINE
        while self.exit_code is None:
            if self.fd >= 0 and not self._read(0.05):
                os.close(self.fd)
                self.fd = -1
            pid, status = os.waitpid(self.pid, 0 if self.fd < 0 else os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
                # Its last words may have come between the reading and the end.
                while self.fd >= 0 and select.select([self.fd], [], [], 0)[0] and self._read(0):
                    pass
            elif time.monotonic() > deadline:
                raise AssertionError(f"never ended; the screen shows:\n{self.text}")
        return self.exit_code

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind: "Kind | None", error: BaseException | None, trace: TracebackType | None) -> None:
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)


def _flat(words: str) -> str:
    return " ".join(words.split())


def files_under(folder: Path) -> list[Path]:
    """Every regular file under a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
