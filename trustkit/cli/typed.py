"""Taking in what a person writes, so that being stopped half-way loses none of it.

Text comes from a pipe in pieces or from a terminal line by line. Until it is safe, ctrl-c, SIGTERM and
SIGHUP raise `Stopped` at once (`companion/stopping.py`), and what was read so far stays in the reader; while it is
being saved they wait their turn.
"""

import os
import sys
from typing import Final, Protocol

from trustkit.cli import say
from trustkit.errors import ReadError

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of text taken in at once: some four thousand pages."""

_PIECE: Final = 64 * 1024


class Reader(Protocol):
    """Takes in text. `so_far` is whole at every moment."""

    def read(self) -> str:
        """Everything up to the end of the text."""

    def so_far(self) -> str:
        """What was read until now."""


class PipeReader:
    """Text from standard input that is not a terminal."""

    def __init__(self) -> None:
        self._raw = bytearray()

    def read(self) -> str:
        """The whole text, less one line end at its end and a byte-order mark at its beginning.

        Raises:
            ReadError: it is not UTF-8, or far too long.
        """
        while piece := os.read(sys.stdin.fileno(), _PIECE):
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

    def so_far(self) -> str:
        """What came until now; half a character at its end is left out."""
        return _trimmed(self._raw.decode("utf-8", "ignore"))


def _trimmed(text: str) -> str:
    return text.removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")


class LineReader:
    """Lines as the terminal itself hands them over, where it can't be asked for single keys."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def read(self) -> str:
        """Everything up to the end-of-file key."""
        while line := sys.stdin.readline():
            self._lines.append(line.removesuffix("\n"))
        return self.so_far()

    def so_far(self) -> str:
        """Every finished line."""
        return "\n".join(self._lines)


def reader() -> Reader:
    """The reader that fits standard input."""
    if not say.on_terminal(sys.stdin):
        return PipeReader()
    if os.name != "posix":
        return LineReader()
    from trustkit.cli.key_reader import KeyReader

    return KeyReader()
