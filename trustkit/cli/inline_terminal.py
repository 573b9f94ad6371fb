"""A few lines of an ordinary terminal, held for a while and given back clean: keys, signals, size and cursor.

The cursor waits, hidden, at the top left of the lines. Terminals that wrap long lines anew when a window changes
keep the cursor with the text it stands on, and those that cut them keep it in its row; so the lines are found again
after any resize. Whatever ends the program, short of a kill that nothing can catch, the terminal is put back.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, Final, NoReturn, TextIO

try:
    import termios
    import tty
except ImportError:  # Windows: everything but the keys works
    termios = tty = None  # type: ignore[assignment]

WIDEST: Final = 78
"""Columns that a line may take, in however wide a window."""

_BEGIN: Final = "\x1b[?25l\x1b[?7l"
"""No cursor; a line too long for the window is cut, not wrapped."""
_END: Final = "\x1b[?7h\x1b[?25h"
"""Wrapping and the cursor as they were."""
_FRAME: Final = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronized output: a terminal that knows it shows the whole frame at once, any other ignores it."""

_REST_OF_A_KEY: Final = 0.03
"""Seconds to wait for what follows an escape character, when it is the beginning of an arrow and not the esc key."""

_FATAL: Final = ("SIGTERM", "SIGHUP")
_NOTED: Final = ("SIGTSTP", "SIGCONT", "SIGWINCH")


class Lines:
    """The lines themselves: only what changed is sent.

    Args:
        out: Where to draw.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown: list[str] = []
        self._to_clear = 0
        """Rows that hold something of ours."""

    def begin(self) -> None:
        """Take the lines."""
        self._shown, self._to_clear = [], 0
        self._send(_BEGIN)

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines in place of the last ones."""
        if list(lines) == self._shown:
            return
        pieces: list[str] = []
        if len(lines) != len(self._shown):
            pieces.append(self._cleared() + "\n" * (len(lines) - 1) + _up(len(lines) - 1))
            self._shown = [""] * len(lines)
        row = 0
        for number, (line, before) in enumerate(zip(lines, self._shown, strict=True)):
            if line != before:
                pieces.append("\n" * (number - row) + f"\r{line}\x1b[K")
                row = number
        pieces.append(_up(row) + "\r")
        self._shown, self._to_clear = list(lines), len(lines)
        self._send("".join(pieces).join(_FRAME))

    def forget(self, columns: int) -> None:
        """Draw everything anew next time: the window has changed, and what stands there may be wrapped at `columns`."""
        self._to_clear *= 1 + WIDEST // max(1, columns)
        self._shown = []

    def end(self) -> None:
        """Give the lines back empty."""
        self._send(self._cleared() + _END)
        self._shown, self._to_clear = [], 0

    def _cleared(self) -> str:
        """Empties our rows, one by one: clearing a whole screen at once makes tmux keep a copy of it."""
        if not self._to_clear:
            return "\r"
        return "\r\x1b7" + "\x1b[B".join(["\x1b[2K"] * self._to_clear) + "\x1b8"

    def _send(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


class Keyboard:
    """Keys and signals of a terminal, for as long as the `with` block lasts. Only for the main thread.

    Whatever is not a terminal has no keys; waiting then only waits. SIGTERM and SIGHUP leave the block as SystemExit,
    with the status a shell expects; ctrl-c leaves it as KeyboardInterrupt.
    """

    def __init__(self, source: TextIO | None = None) -> None:
        source = source or sys.stdin
        self._fd = source.fileno() if termios is not None and _is_terminal(source) else -1
        self._usual: list[Any] = []
        self._before: dict[int, Any] = {}
        self._noted: set[int] = set()
        self._keys = ""
        self._wake = (-1, -1)
        self._wake_before = -1

    def __enter__(self) -> "Keyboard":
        if sys.platform != "win32":  # where a pipe cannot be waited for
            self._wake = os.pipe()
            for end in self._wake:
                os.set_blocking(end, False)
            self._wake_before = signal.set_wakeup_fd(self._wake[1], warn_on_full_buffer=False)
        for names, handler in ((_FATAL, _leave), (_NOTED, self._note)):
            for number in _numbers(names):
                # A shell that starts a program with `nohup` has SIGHUP ignored: that stays so.
                if signal.getsignal(number) != signal.SIG_IGN:
                    self._before[number] = signal.signal(number, handler)
        self.listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.rest()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._wake[0] >= 0:
            signal.set_wakeup_fd(self._wake_before)
            for end in self._wake:
                os.close(end)

    @property
    def hears(self) -> bool:
        """Whether there are keys to press."""
        return self._fd >= 0

    def listen(self) -> None:
        """Have single keys, unseen, without waiting for Enter."""
        if self._fd >= 0:
            with suppress(termios.error):
                self._usual = self._usual or termios.tcgetattr(self._fd)
                tty.setcbreak(self._fd, termios.TCSANOW)

    def rest(self) -> None:
        """The terminal's own way of reading again. What was typed meanwhile is not left for the shell."""
        if self._usual:
            with suppress(termios.error):
                termios.tcsetattr(self._fd, termios.TCSAFLUSH, self._usual)

    def wait(self, seconds: float) -> None:
        """Wait so long, or until a key or a signal comes."""
        if self._wake[0] < 0:
            wait_only(seconds)
            return
        watched = [self._wake[0], *([self._fd] if self._fd >= 0 else [])]
        ready, _, _ = select.select(watched, [], [], max(0.0, seconds))
        if self._wake[0] in ready:
            with suppress(BlockingIOError):
                os.read(self._wake[0], 512)
        if self._fd in ready:
            try:
                typed = os.read(self._fd, 512)
            except OSError:
                typed = b""
            if not typed:  # closed: it would be ready for ever
                self._fd = -1
            elif typed == b"\x1b" and select.select([self._fd], [], [], _REST_OF_A_KEY)[0]:
                typed += os.read(self._fd, 512)
            self._keys += typed.decode("utf-8", "replace")

    def keys(self) -> str:
        """What was typed since the last time."""
        typed, self._keys = self._keys, ""
        return typed

    def noted(self, name: str) -> bool:
        """Whether this signal has come since the last time."""
        number = getattr(signal, name, None)
        if number not in self._noted:
            return False
        self._noted.discard(number)
        return True

    def stop_here(self) -> None:
        """Stop the process as ctrl-z asks, and come back when the shell lets it go on."""
        self.rest()
        number = signal.SIGTSTP
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._note)
        self.listen()
        self._noted.discard(signal.SIGCONT)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._noted.add(number)


def wait_only(seconds: float) -> None:
    """Wait where there are neither keys nor signals to hear."""
    time.sleep(max(0.0, seconds))


def _leave(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    raise SystemExit(128 + number)


def _numbers(names: Sequence[str]) -> list[signal.Signals]:
    """The signals of these names that this system has."""
    return [number for name in names if (number := getattr(signal, name, None)) is not None]


def _up(rows: int) -> str:
    return f"\x1b[{rows}A" if rows > 0 else ""


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False
