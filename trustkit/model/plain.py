"""Text made fit for any terminal: nothing in it can move a cursor, and no line is wider than the window.

Both front ends pass everything a person wrote, and everything a content file holds, through `harmless`
before it reaches a screen: an entry or a guide may hold terminal escapes, by accident or by malice.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from trustkit.model.prose import Block, parse

_BIDI_CONTROLS: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Embeddings, overrides, isolates and their ends: they can make a line read as something it is not."""

# Patterns, compiled when first used.
_LINE_ENDS: Final = "\r\n|[\r\u2028\u2029]"
_FORBIDDEN: Final = "[\x00-\x08\x0b-\x1f\x7f-\x9f" + "".join(map(chr, _BIDI_CONTROLS)) + "]|([\ud800-\udfff])"
_SPACES: Final = r"\s+"


def harmless(text: str) -> str:
    """The text without anything a terminal could obey.

    Line ends of every kind become `\\n`. Taken out: everything below U+0020 but newline and tab, U+007F to
    U+009F, and the bidi controls. A lone surrogate, which no terminal can be sent, becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_FORBIDDEN, lambda found: "\ufffd" if found[1] else "", re.sub(_LINE_ENDS, "\n", text))


def one_line(text: str) -> str:
    """The harmless text on one line: every run of white space is one space."""
    return re.sub(_SPACES, " ", harmless(text)).strip()


def cells(text: str) -> int:
    """How many columns a terminal gives this line: wide characters take two, joining and combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


def _cell(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, *, first: str = "", rest: str | None = None) -> list[str]:
    """One paragraph as lines at most `width` cells wide. A word too long for a line is broken, never dropped.

    Args:
        text: One paragraph; line ends in it count as spaces.
        width: Cells, at least 1 more than the prefixes take.
        first: What stands before the first line, such as a bullet.
        rest: What stands before the others; by default blanks as wide as `first`.
    """
    rest = " " * cells(first) if rest is None else rest
    lines: list[str] = []
    line, used, empty = first, cells(first), True
    for word in re.split(_SPACES, text.strip()):
        for piece in _pieces(word, max(1, width - cells(rest))):
            size = cells(piece)
            full = used + size > width if empty else used + 1 + size > width
            if full and used > cells(rest):  # also where a long `first` leaves no room for the first word
                lines.append(line.rstrip() if empty else line)
                line, used, empty = rest, cells(rest), True
            line += piece if empty else f" {piece}"
            used += size if empty else size + 1
            empty = False
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(word: str, room: int) -> Iterable[str]:
    """The word itself, or parts that each fit the room."""
    if cells(word) <= room:
        return (word,)
    parts: list[str] = []
    part, used = "", 0
    for character in word:
        size = _cell(character)
        if part and used + size > room:
            parts.append(part)
            part, used = "", 0
        part += character
        used += size
    return [*parts, part]


def cut(text: str, width: int) -> str:
    """The line itself, or as much of it as fits with an ellipsis at its end."""
    if cells(text) <= width:
        return text
    kept, used = "", 1
    for character in text:
        used += _cell(character)
        if used > width:
            break
        kept += character
    return kept.rstrip() + "…"


def laid_out(text: str, width: int) -> list[str]:
    """A text of content (light Markdown) as plain lines: stress marks gone, lists and asides kept by their shape."""
    lines: list[str] = []
    before: Block | None = None
    for block in parse(harmless(text)):
        together = before is not None and before.kind == block.kind and block.kind in ("bullet", "number")
        if lines and not together:
            lines.append("")
        match block.kind:
            case "bullet":
                lines += wrap(block.text, width, first="- ")
            case "number":
                lines += wrap(block.text, width, first=f"{block.number}. ")
            case "aside":
                lines += wrap(block.text, width, first="  ")
            case _:
                lines += wrap(block.text, width)
        before = block
    return lines
