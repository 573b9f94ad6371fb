"""What the verbs print, and where: results on standard output, words about them on standard error.

Nothing here has colour, and nothing reaches a terminal or a pipe that `harmless` has not seen.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TextIO

from trustkit.model.plain import harmless, one_line
from trustkit.text_width import laid_out, wrap

NARROWEST: Final = 20
WIDEST: Final = 80
"""Columns. Longer lines are hard to read however wide the window is."""


def width() -> int:
    """How wide lines may be: the terminal's own width within bounds, 80 where there is none."""
    for stream in (sys.stdout, sys.stderr):
        if on_terminal(stream):
            return max(NARROWEST, min(WIDEST, terminal_width(stream.fileno())))
    return WIDEST


def terminal_width(handle: int) -> int:
    """Columns of the terminal behind this handle; 80 where it does not say."""
    try:
        return os.get_terminal_size(handle).columns or WIDEST
    except (OSError, ValueError):
        return WIDEST


def result(text: str = "") -> None:
    """A line, or several, of what was asked for, as it stands."""
    _print(harmless(text), sys.stdout)


def page(text: str) -> None:
    """A text of content: wrapped, without its marks."""
    _print_lines(text, laid_out(_readable(text, sys.stdout), width()))


def paragraph(text: str, *, first: str = "", rest: str | None = None) -> None:
    """One paragraph of a result, wrapped."""
    _print_lines(text, wrap(_readable(harmless(text), sys.stdout), width(), first=first, rest=rest))


def _print_lines(text: str, lines: list[str]) -> None:
    """The lines of a text, in the order of its script."""
    if not text.isascii():
        from trustkit.model.direction import in_order, runs_right_to_left

        if runs_right_to_left(text):
            lines = [in_order(line) for line in lines]
    for line in lines:
        _print(line, sys.stdout)


def export(text: str) -> bool:
    """Print something that is to be kept. False: the output's encoding lacks some of its letters, and that was said."""
    result(text)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        about(
            "Some letters have no place in the encoding of this output, so others stand for them. "
            "With `--output FILE` every letter is written."
        )
        return False
    return True


def sentence(title: str) -> str:
    """A title as a sentence: with a full stop, unless it ends in a mark of its own."""
    return title if title.endswith(("?", "!", ".", "…")) else f"{title}."


def about(text: str) -> None:
    """Words about the result, or about why there is none. A log or a script gets them on one line."""
    text = _readable(harmless(text), sys.stderr)
    with suppress(OSError):  # where nobody can read it, what was asked for is done all the same
        for line in wrap(text, width()) if on_terminal(sys.stderr) else [one_line(text)]:
            _print(line, sys.stderr)


def done(words: str, shown: str | Callable[[], None] = "") -> None:
    """Say that something was kept or changed, after printing what came of it.

    Where that can't be printed (a full disk behind `> file`, a pipe that nobody reads), the sentence says so and the
    verb still ends with 0: a script that was told of a failure would do it twice.

    Args:
        words: What was done, such as `Saved.`
        shown: What goes to standard output first: a line, or a function that prints.
    """
    try:
        if callable(shown):
            shown()
        elif shown:
            result(shown)
        sys.stdout.flush()
    except OSError:
        stop_printing()
        words += " What belongs on standard output could not be written there."
    about(words)


def stop_printing() -> None:
    """Lead standard output nowhere once it can't be written to, so that Python's own exit stays quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def sentences(happened: str, do_next: str) -> None:
    """What happened, and what to do next: how every failure is told."""
    about(f"{happened} {do_next}")


def prompt(text: str) -> None:
    """Ask for a line, on standard error so that results stay clean."""
    print(question(text), end="", file=sys.stderr, flush=True)


def question(text: str) -> str:
    """A question as it is printed, with room for its answer behind it: on more lines where the window is narrow."""
    words = harmless(text)
    return "\n".join(wrap(words, width())) + words[len(words.rstrip()) :]


def _readable(text: str, stream: TextIO) -> str:
    """The text as the stream can print it, before it is cut into lines."""
    if text.isascii() or (stream.encoding or "utf").lower().startswith("utf"):
        return text
    from trustkit.cli.encoding import readable

    return readable(stream.encoding, text)


def on_terminal(stream: TextIO | None) -> bool:
    """Whether a person sits at the other end of this stream. A closed or missing stream has nobody there."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def keys_come_singly() -> bool:
    """Whether somebody types whose keys can be had one by one, the hide key among them."""
    try:
        return os.name == "posix" and os.isatty(sys.stdin.fileno())
    except (OSError, ValueError, AttributeError):  # closed, missing, or no file
        return False


def _print(text: str, stream: TextIO) -> None:
    stream.write(f"{text}\n")  # in one piece, so that nothing typed meanwhile shows between a line and its end
