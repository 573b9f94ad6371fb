"""Taking in what a person writes, so that being stopped half-way loses none of it.

Text comes from a pipe in pieces or from a terminal line by line. While a reader waits for more, ctrl-c, SIGTERM and
SIGHUP raise `Stopped` (`companion/stopping.py`), and what was read so far stays in the reader; at every other moment
they wait their turn.
"""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Final, Protocol

from trustkit.cli import say
from trustkit.errors import ReadError

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of text taken in at once: some four thousand pages."""

_PIECE: Final = 64 * 1024

LetIn = Callable[[], AbstractContextManager[None]]
"""Makes the block in which a reader waits, and signals act: `Signals.let_in`, or nothing special."""


class Reader(Protocol):
    """Takes in text. `so_far` is whole at every moment."""

    def read(self, let_in: LetIn = nullcontext) -> str:
        """Everything up to the end of the text. Raises Stopped where a signal was let in."""

    def so_far(self) -> str:
        """What was read until now."""


class PipeReader:
    """Text from standard input that is not a terminal."""

    def __init__(self) -> None:
        self._raw = bytearray()

    def read(self, let_in: LetIn = nullcontext) -> str:
        """The whole text, less one line end at its end and a byte-order mark at its beginning.

        Raises:
            ReadError: it is not UTF-8, or far too long.
        """
        while piece := self._piece(let_in):
            self._raw += piece
            if len(self._raw) > LARGEST:
                raise ReadError("That is more text than one entry can hold.", "Nothing was kept; send it in parts.")
        try:
            text = self._raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ReadError(
                "The text isn't UTF-8, so it can't be kept as it is.", "Turn it into UTF-8 first, then send it again."
            ) from error
        return _trimmed(text)

    def _piece(self, let_in: LetIn) -> bytes:
        pipe = sys.stdin.fileno()
        with let_in():  # nothing is taken while a signal could throw it away
            wait_for(pipe)
        return os.read(pipe, _PIECE)

    def so_far(self) -> str:
        """What came until now; half a character at its end is left out."""
        return _trimmed(self._raw.decode("utf-8", "ignore"))


def _trimmed(text: str) -> str:
    return text.removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")


class LineReader:
    """Lines as the terminal itself hands them over, where it can't be asked for single keys."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def read(self, let_in: LetIn = nullcontext) -> str:
        """Everything up to the end-of-file key."""
        while line := self._next(let_in):
            self._lines.append(line.removesuffix("\n"))
        return self.so_far()

    def _next(self, let_in: LetIn) -> str:
        with let_in():
            return sys.stdin.readline()

    def so_far(self) -> str:
        """Every finished line."""
        return "\n".join(self._lines)


def wait_for(handle: int) -> None:
    """Wait until there is something to read, or its end. Where no pipe can be waited for, reading it waits."""
    if os.name == "posix":
        import select

        select.select([handle], [], [])


def reader() -> Reader:
    """The reader that fits standard input."""
    if not say.on_terminal(sys.stdin):
        return PipeReader()
    if os.name != "posix":
        return LineReader()
    from trustkit.cli.key_reader import KeyReader

    return KeyReader()
