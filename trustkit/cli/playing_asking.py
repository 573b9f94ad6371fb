"""Asking for one line after another: what a plain player hears, from a keyboard or from a pipe.

Words come from standard input alone. Questions are printed where somebody types; a script's answers are read without.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

from trustkit.cli import say
from trustkit.cli.typed import LARGEST, LetIn
from trustkit.errors import ReadError
from trustkit.model.entry import Distress

if TYPE_CHECKING:
    from trustkit.cli.key_reader import LineKeys
    from trustkit.companion.stopping import Signals

_CUT_AT: Final = 4095
"""Bytes of one line that a terminal hands over at once; it drops what comes after."""
_CUT: Final = "That line was as long as a terminal takes at once. See if its end is there, or use shorter lines."
_NO_SUCH_NUMBER: Final = "There is no such number here."
_NO_MARK: Final = "A number from 0 to 10, numb, or Enter to skip."


class Ended(Exception):
    """Standard input has ended: nobody answers any more."""


class Asking:
    """One conversation over standard input."""

    def __init__(self) -> None:
        self.by_hand = say.on_terminal(sys.stdin)
        """Whether somebody types; else lines come from a file or another program."""
        self.before_each: Callable[[], None] | None = None
        """Called before each line is asked for."""
        self.let_in: LetIn = nullcontext
        """Makes the block in which somebody is waited for, and signals act."""
        self._taken = 0
        self._lines: list[str] = []
        """The lines of an answer that isn't finished."""
        self._one_line = True
        """Whether what is asked for has one line; what was typed ahead of the next question then stands behind it."""
        self._keys: LineKeys | None = None
        self._put: Callable[[str], None] | None = None
        """Where words that are being typed belong."""

    def line(self, question: str = "") -> str:
        """One line, without white space around it. A question is short: it stands on one line in a narrow window.

        Raises:
            Ended: there is none.
            ReadError: it is not UTF-8, or there is far too much of it.
        """
        self._lines, self._one_line = [], True
        return self._raw(question).strip()

    @contextmanager
    def typed_into(self, put: Callable[[str], None] | None) -> Iterator[None]:
        """Words are being typed that belong where `put` puts them, finished or not; None where these are no words."""
        self._put = put
        try:
            yield
        except Ended:
            self._put = None
            raise
        self._put = None  # not where it was broken off: `take_unfinished` comes then

    @contextmanager
    def unflushed(self) -> Iterator[None]:
        """While inside, what was typed ahead outlives a signal; `take_ahead` then has it."""
        if not self._on_keys:
            yield
            return
        from trustkit.cli.key_reader import LineKeys, unflushed

        self._keys = LineKeys()
        with unflushed(sys.stdin.fileno()):
            yield

    @contextmanager
    def stopped_by(self, signals: "Signals") -> Iterator[None]:
        """While inside, signals that are held off otherwise act wherever somebody is waited for."""
        self.let_in = signals.let_in
        try:
            yield
        finally:
            self.let_in = nullcontext

    def take_ahead(self) -> None:
        """Take in what was typed and nobody asked for yet."""
        if self._keys is not None:
            self._keys.take_ahead()

    @property
    def _on_keys(self) -> bool:
        """Whether there is a real terminal, whose keys can be had one by one."""
        return self.by_hand and os.name == "posix" and sys.stdin.isatty()

    def take_unfinished(self) -> None:
        """Put what is being typed and isn't finished where it belongs, the line under the cursor too."""
        line = self._keys.so_far() if self._keys is not None else ""
        typed = "\n".join([*self._lines, line] if line else self._lines)
        if self._put is not None and typed.strip():
            self._put(" ".join(typed.split()) if self._one_line else typed)

    def words(self) -> str:
        """Lines up to an empty one, or to the end of the input where something came before it.

        Raises:
            Ended: the input has ended before the first of them.
            ReadError: as for `line`.
        """
        lines = self._lines = []
        self._one_line = False
        try:
            while (line := self._raw("> ").rstrip()).strip():
                lines.append(line)
        except Ended:
            if not lines:
                raise
            if self.by_hand:
                say.about("")
        self._lines = []
        return "\n".join(lines)

    def pick(self, answers: Sequence[str], question: str = "A number: ") -> int | None:
        """Offer numbered answers; the position of the one that was chosen, None for an empty line.

        Raises:
            Ended, ReadError: as for `line`.
        """
        for number, answer in enumerate(answers, start=1):
            say.paragraph(answer, first=f"  {number}. ")
        return self.number(len(answers), question)

    def number(self, most: int, question: str) -> int | None:
        """A position from 0, typed as a number from 1; None for an empty line. Asked again until it is one of these.

        Raises:
            Ended, ReadError: as for `line`.
        """
        while typed := self.line(question):
            if (at := position(typed, most)) is not None:
                return at
            say.about(_NO_SUCH_NUMBER)
        return None

    def mark(self, question: str = "0 to 10, numb, or Enter: ") -> Distress | None:
        """A mark from 0 to 10, or `numb`; None where it is skipped.

        Raises:
            Ended, ReadError: as for `line`.
        """
        while typed := self.line(question).lower():
            if typed in ("numb", "n"):
                return "numb"
            if typed.isascii() and typed.isdecimal() and int(typed[:4]) <= 10:
                return int(typed)
            say.about(_NO_MARK)
        return None

    def _raw(self, question: str) -> str:
        if self.before_each is not None:
            self.before_each()
        sys.stdout.flush()
        try:
            line = self._next_line(question)
            size = len(line.encode())
        except ValueError as error:  # bytes that are no letters, here or left in as halves
            raise ReadError(
                "The text isn't UTF-8, so it can't be taken as it is.", "Turn it into UTF-8 first, then send it again."
            ) from error
        if not line:
            raise Ended
        self._taken += size
        if self._taken > LARGEST:
            raise ReadError("That is more text than one entry can hold.", "Nothing was kept; send it in parts.")
        if self.by_hand and self._keys is None and size >= _CUT_AT:
            say.about(_CUT)
        return line.removesuffix("\n")

    def _next_line(self, question: str) -> str:
        """One line with its end, empty at the end of the input. On a real terminal no key of it is ever lost."""
        if not self._on_keys:
            if question and self.by_hand:
                say.prompt(question)
            with self.let_in():
                return sys.stdin.readline()
        from trustkit.cli.key_reader import LineKeys

        self._keys = self._keys or LineKeys()
        line = self._keys.read_line(question, self.let_in)
        return "" if line is None else f"{line}\n"


def position(typed: str, most: int) -> int | None:
    """The position from 0 that a number from 1 names, None where it names none of so many."""
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 4:
        return None
    return int(typed) - 1 if 1 <= int(typed) <= most else None
