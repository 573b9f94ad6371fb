"""Asking a person, and taking a passphrase from a file. Nothing asked for here is ever echoed back or kept."""

import os
import stat
import sys
from typing import Final

from trustkit.cli import say
from trustkit.errors import Locked, ReadError, UsageError
from trustkit.model.secret import passphrase_in

SHORT: Final = 8
"""Characters below which a new passphrase is called short. Nothing is enforced."""
_NOT_TYPED: Final = ("No passphrase was typed.", "Nothing was opened and nothing was changed.")
_LIMIT: Final = 64 * 1024
"""Bytes; a longer passphrase file is some other file, named by mistake."""


def passphrase(question: str) -> str:
    """Ask on the terminal itself, whatever standard input carries, without echo.

    Raises:
        Locked: there is no terminal to ask on, or nothing was typed.
    """
    if not can_ask():
        raise Locked(
            "Your notes are sealed, and there is no terminal here to ask for the passphrase on.",
            "Name a file that holds it with `--passphrase-file FILE`.",
        )
    if (terminal := _own_terminal()) is not None:
        try:
            typed = _typed_line(question, terminal, secret=True)
        finally:
            os.close(terminal)
        if typed is None:
            raise Locked(*_NOT_TYPED)
        return typed
    import getpass
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would echo
            return getpass.getpass(say.question(question))
    except (EOFError, getpass.GetPassWarning):
        raise Locked(*_NOT_TYPED) from None


def _own_terminal() -> int | None:
    """A handle to the terminal of this process, whatever standard input carries; None where keys don't come singly."""
    if os.name != "posix":
        return None
    try:
        return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return os.dup(sys.stdin.fileno()) if say.keys_come_singly() else None


def _typed_line(question: str, terminal: int | None = None, *, secret: bool = False) -> str | None:
    """One line typed there, None is on standard input; None where the end-of-file key was pressed instead."""
    from trustkit.cli.key_reader import LineKeys

    keys = LineKeys(terminal, secret=secret)
    try:
        return keys.read_line(question)
    except KeyboardInterrupt:
        keys.end_line()
        raise


def can_ask() -> bool:
    """Whether there is a terminal to ask on."""
    if say.on_terminal(sys.stdin):
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except (OSError, AttributeError):
        return False
    return True


def passphrase_from(name: str, *, stdin_carries_text: bool) -> str:
    """The one line of a file, less one line end at its end and a byte-order mark at its beginning.

    Args:
        name: A path, or `-` for standard input.
        stdin_carries_text: Whether standard input is spoken for.

    Raises:
        UsageError: standard input cannot carry both, or the file holds no passphrase or more than one line.
        ReadError: the file cannot be read.
    """
    if name == "-" and stdin_carries_text:
        raise UsageError(
            "Standard input carries the words here, so it can't carry the passphrase too.",
            "Name a file with `--passphrase-file FILE`.",
        )
    try:
        handle = sys.stdin.fileno() if name == "-" else os.open(name, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        with open(handle, "rb", closefd=name != "-") as file:
            _warn_if_others_can_read(handle)
            raw = file.read(_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise ReadError("The passphrase file can't be read.", "See that it exists and that you may read it.") from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    passphrase = passphrase_in(text)
    if passphrase == "" or len(raw) > _LIMIT:
        raise UsageError(
            "The passphrase file holds no passphrase.", "It is one line of UTF-8 text, and nothing else stands in it."
        )
    if passphrase is None:
        raise UsageError(
            "The passphrase file holds more than one line, so which of them is meant can't be told.",
            "Leave the passphrase alone in it, on one line.",
        )
    return passphrase


def _warn_if_others_can_read(handle: int) -> None:
    """Say so when the file is open to more people than its owner. Pipes and terminals have no such question."""
    about = os.fstat(handle)
    if os.name == "posix" and stat.S_ISREG(about.st_mode) and about.st_mode & 0o077:
        say.about("Other people on this computer can read the passphrase file. `chmod 600` closes it to them.")


def line(question: str) -> str:
    """Ask for one line on the terminal, on standard error so that results stay clean; empty at its end."""
    if say.keys_come_singly():
        return (_typed_line(question) or "").strip()
    say.prompt(question)
    typed = sys.stdin.readline()
    if question and not (say.on_terminal(sys.stdin) and typed):
        say.about("")  # nobody pressed Enter behind the question
    return typed.strip()
