"""Text typed on a terminal, taken in key by key, so that no key is ever lost.

A terminal left to itself drops whatever goes past 4,095 bytes of one line without a word, forgets the
unfinished line at ctrl-c, and ends the program at ctrl-\\. Here it hands over every key as it comes; the
little editing that a terminal offers (erase, ctrl-w, ctrl-u) is done by this module instead.
"""

import codecs
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from time import monotonic
from typing import Final

from trustkit.cli import say
from trustkit.cli.typed import LetIn, wait_for
from trustkit.companion.hiding import KEY, Hidden, hide
from trustkit.companion.stopping import Stopped
from trustkit.model.plain import harmless
from trustkit.text_width import cells, grapheme_before

HANGUP: Final[int] = getattr(signal, "SIGHUP", 1)
END: Final = "\x04"
_ERASE: Final = frozenset("\x7f\b")
_ERASE_WORD: Final = "\x17"
_ERASE_LINE: Final = "\x15"
_ESCAPE: Final = "\x1b"
_BELL: Final = KEY
_PATIENCE: Final = 0.5
"""Seconds that the rest of an escape sequence may take."""
_TAB: Final = "    "
_PIECE: Final = 4096


class KeyReader:
    """What a person types, until ctrl-d.

    Args:
        terminal: The terminal they type on; None is standard input.
        secret: Nothing that is typed is shown, and only the keys that mend a line are no part of it.
    """

    def __init__(self, terminal: int | None = None, *, secret: bool = False) -> None:
        self._terminal = terminal
        self._secret = secret
        self._lines: list[str] = []
        self._line = ""
        self._escape_since = 0.0
        self._in_escape = ""
        """The part of an arrow key or the like that has come so far; such keys do nothing here."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._echo = -1
        self._before = 0
        """Cells that stand on the line before the first key: a question."""
        self._hidden = False
        """Somebody else may look now: nothing is shown any more."""

    def so_far(self) -> str:
        """Everything typed until now, the unfinished line too."""
        return "\n".join([*self._lines, self._line] if self._line else self._lines)

    def read(self, let_in: LetIn = nullcontext) -> str:
        """Take in keys until ctrl-d.

        Args:
            let_in: Where signals act: around the waiting.

        Raises:
            Stopped: by a signal, or because the terminal was closed. `so_far` has everything typed before.
            Hidden: by the hide key.
        """
        terminal = self._handle
        self._echo = _own_terminal(terminal)
        with _key_by_key(terminal):
            try:
                while True:
                    if self._take(_keys(terminal, let_in)):
                        return self.so_far()
            except Stopped:
                self._take_waiting(terminal)
                raise
            finally:
                self._show("\r\n" if self._line else "")

    @property
    def _handle(self) -> int:
        return sys.stdin.fileno() if self._terminal is None else self._terminal

    def _take_waiting(self, terminal: int) -> None:
        """Act on the keys that wait, however it ends."""
        while select.select([terminal], [], [], 0)[0] and (keys := _keys_or_none(terminal)):
            with suppress(Stopped):  # it is stopping already
                self._take(keys)

    def _take(self, keys: bytes) -> bool:
        """Act on some keys; whether ctrl-d was among them. Raises Hidden behind the last of them, for ctrl-g."""
        was_hidden = self._hidden
        for character in self._decoder.decode(keys):
            if self._skips(character):
                continue
            if character == KEY:
                hide(self._echo)
                self._hidden = True
            elif character == END and not self._hidden:
                return True
            if character in "\r\n":
                self._lines.append(self._line)
                self._line = ""
                self._show("\r\n")
            elif character in _ERASE:
                self._erase(grapheme_before(self._line, len(self._line)))
            elif character == _ERASE_LINE:
                self._erase(0)
            elif character == _ERASE_WORD:
                self._erase(self._line.rstrip().rfind(" ") + 1)
            elif self._secret or character == "\t" or harmless(character):
                self._line += character
                if not self._secret:
                    self._show(_shown(character))
        if self._hidden and not was_hidden:
            raise Hidden
        return False

    def _skips(self, character: str) -> bool:
        """Whether this belongs to an escape sequence, such as an arrow key or a terminal's answer about itself.

        A control character ends any of them and counts as itself, so that no key waits for an end that never comes.
        """
        begun = self._in_escape
        if character == _ESCAPE:
            self._in_escape, self._escape_since = _ESCAPE, monotonic()
            return True
        if not begun or monotonic() - self._escape_since > _PATIENCE:
            self._in_escape = ""
            return False
        if character < " ":
            self._in_escape = ""
            return character == _BELL and begun[1:2] == "]" and len(begun) > 2  # the end of an answer
        if begun == _ESCAPE:
            self._in_escape = begun + character if character in "[O]P_" else ""
        elif begun[1] in "[O":
            self._in_escape = "" if "@" <= character <= "~" else begun
        else:
            self._in_escape = begun + character
        return True

    def _erase(self, at: int) -> None:
        """Take everything from this place to the end off the line."""
        if at >= len(self._line):
            return
        if self._secret:
            self._line = self._line[:at]
            return
        kept = self._line[:at]
        before = cells(_shown(self._line))
        gone = before - cells(_shown(kept))
        self._line = kept
        if self._before + before < say.terminal_width(self._echo):
            self._show("\b" * gone + " " * gone + "\b" * gone)
        else:  # it has run over the margin, and a backspace does not climb: write it out again
            self._show("\r\n" + _shown(kept))

    def _show(self, text: str) -> None:
        if self._hidden:
            return
        with suppress(OSError):
            os.write(self._echo, text.encode("utf-8", "replace"))


class LineKeys(KeyReader):
    """One line after another, for questions: what is typed ahead stays with the terminal until it is asked for."""

    def read_line(self, question: str = "", let_in: LetIn = nullcontext) -> str | None:
        """Take in one line; None where ctrl-d stands at its beginning.

        Args:
            question: What is put before it.
            let_in: Where signals act: around the waiting.

        Raises:
            Stopped: by a signal, or because the terminal was closed. `so_far` has the unfinished line.
            Hidden: by the hide key.
        """
        terminal = self._handle
        if self._echo < 0:
            self._echo = _own_terminal(terminal)
        self._lines, self._line, self._before = [], "", cells(say.question(question).rpartition("\n")[2])
        with _key_by_key(terminal):
            if question:
                self._ask(question)  # not before: what is typed from here on comes key by key
            try:
                while not self._lines:
                    # One at a time: a whole piece could hold the answer to the next question.
                    if self._take(_keys(terminal, let_in, 1)):
                        self._show("\r\n" if self._line else "")
                        line, self._line = self._line, ""
                        return line or None
            except Stopped:
                self._take_waiting(terminal)
                raise
        return self._lines.pop()

    def _ask(self, question: str) -> None:
        if self._terminal is None:
            say.prompt(question)
        else:
            self._show(harmless(question))

    def line_within(self, seconds: float | None) -> str | None:
        """One line, if it comes in time: empty where none did, None where ctrl-d stands at its beginning.

        What was typed of a line when the time is over stays for the next call.

        Args:
            seconds: How long to wait; None is for good.

        Raises:
            Stopped, Hidden: as for `read_line`.
        """
        terminal = self._handle
        if self._echo < 0:
            self._echo = _own_terminal(terminal)
        self._lines = []
        until = None if seconds is None else time.monotonic() + seconds
        with _key_by_key(terminal):
            while not self._lines:
                left = None if until is None else max(0.0, until - time.monotonic())
                if not select.select([terminal], [], [], left)[0]:
                    return ""
                if self._take(_keys(terminal, nullcontext, 1)) and not self._line:
                    return None
        return self._lines.pop()

    def end_line(self) -> None:
        """Go to a line of its own after a question that nobody answered."""
        self._show("\r\n")

    def take_ahead(self) -> None:
        """Take in what was typed already and nobody asked for yet: `so_far` then has it, too."""
        terminal = self._handle
        with suppress(OSError, Stopped), _key_by_key(terminal):
            self._take_waiting(terminal)


def _shown(text: str) -> str:
    return harmless(text).replace("\t", _TAB)


def _keys(terminal: int, let_in: LetIn, most: int = _PIECE) -> bytes:
    """The next keys, waiting for them. Raises Stopped by a signal, and where the terminal is gone."""
    with let_in():  # no key is taken while a signal could throw it away
        wait_for(terminal)
    try:
        keys = os.read(terminal, most)
    except OSError:
        keys = b""
    if not keys:
        raise Stopped(HANGUP)
    return keys


def _keys_or_none(terminal: int) -> bytes:
    try:
        return os.read(terminal, _PIECE)
    except OSError:
        return b""


def _own_terminal(terminal: int) -> int:
    """A handle to show keys on: the very terminal they come from, wherever standard output goes."""
    try:
        return os.open(os.ttyname(terminal), os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    except (AttributeError, OSError):
        return sys.stderr.fileno()


@contextmanager
def unflushed(terminal: int) -> Iterator[None]:
    """While inside, a signal throws nothing away that was typed and isn't read yet."""
    import termios

    try:
        before = termios.tcgetattr(terminal)
    except termios.error:  # the terminal is gone, and what comes next finds that out
        yield
        return
    flags = list(before)
    flags[3] |= termios.NOFLSH
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, flags)
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextmanager
def _key_by_key(terminal: int) -> Iterator[None]:
    """The terminal hands over every key at once and shows none; ctrl-c still interrupts, and throws nothing away.

    Raises:
        Stopped: The terminal is gone.
    """
    import termios

    try:
        before = termios.tcgetattr(terminal)
    except termios.error:
        raise Stopped(HANGUP) from None
    keys = termios.tcgetattr(terminal)
    iflag, _, _, lflag, _, _, special = range(7)
    keys[iflag] &= ~termios.IXON
    keys[lflag] = (keys[lflag] & ~(termios.ICANON | termios.ECHO | termios.IEXTEN)) | termios.NOFLSH
    for name, value in ((termios.VMIN, 1), (termios.VTIME, 0), (termios.VQUIT, 0), (termios.VSUSP, 0)):
        keys[special][name] = value
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, keys)
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
