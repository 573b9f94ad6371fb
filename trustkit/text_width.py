"""How wide text is in a terminal and where one character of it ends, both as Rich measures them; and wrapping by that.

Rich is imported late, and only for text that needs its tables: it costs a plain verb 20 ms.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from trustkit.model.plain import harmless
from trustkit.model.prose import Block, parse

# Patterns, compiled when first used.
_SPACES: Final = r"\s+"
_NARROW: Final = "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2013-\u2022\u2026\u2500-\u257f]*"
"""What is one column to a character, each a character of its own: most of what is written with these letters."""
_FLAG_LETTERS: Final = "[\U0001f1e6-\U0001f1ff]"


_JOINER: Final = "\u200d"
_NEAR: Final = 256
"""Code points looked at for one character, on either side."""


def cells(text: str) -> int:
    """How many columns a terminal gives this line."""
    if text.isascii() or re.fullmatch(_NARROW, text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """What a person takes for one character each: its start, its end and its columns. They cover the whole text.

    Two letters of a flag belong together here; Rich gives each of them by itself.
    """
    if text.isascii() or re.fullmatch(_NARROW, text):
        return [(at, at + 1, 1) for at in range(len(text))]
    from rich.cells import split_graphemes

    spans: list[tuple[int, int, int]] = []
    half = False
    for start, end, width in split_graphemes(text)[0]:
        letter = re.match(_FLAG_LETTERS, text[start]) is not None
        if letter and half:
            spans[-1] = (spans[-1][0], end, spans[-1][2] + width)
            half = False
        else:
            spans.append((start, end, width))
            half = letter and end == start + 1
    return spans


def grapheme_before(text: str, at: int) -> int:
    """Where the character begins that ends at this place, or that this place is inside of; 0 at the beginning."""
    begun = _sure_start(text, at)
    return begun + graphemes(text[begun:at])[-1][0] if at > 0 else 0


def grapheme_after(text: str, at: int) -> int:
    """Where the character ends that begins at this place, or that this place is inside of; the end, at the end."""
    begun = _sure_start(text, at)
    ends = (begun + end for _, end, _ in graphemes(text[begun : at + _NEAR]))
    return next((end for end in ends if end > at), len(text))


def has_joined(text: str) -> bool:
    """Whether something in it may be one character of several code points."""
    return not text.isascii() and re.search(_joining(), text) is not None


@cache
def _joining() -> "re.Pattern[str]":
    """What never stands alone: all that Rich gives no column, and the letters of flags."""
    from rich._unicode_data import load  # the table behind `cell_len`

    nothing = ((start, end) for start, end, width in load().widths if not width and start > 0x7F)
    return re.compile("[" + "".join(f"{chr(start)}-{chr(end)}" for start, end in nothing) + _FLAG_LETTERS[1:])


def is_inside(text: str, at: int) -> bool:
    """Whether this place is inside of a character."""
    if not 0 < at < len(text) or text[at].isascii():
        return 0 < at < len(text) and text[at - 1] == _JOINER
    if cells(text[at]) and text[at - 1] != _JOINER and not re.match(_FLAG_LETTERS, text[at]):
        return False
    return grapheme_after(text, grapheme_before(text, at)) > at


def _sure_start(text: str, at: int) -> int:
    """A place before this one where a character begins, near it: no key may have to look at a whole page."""
    least = max(0, at - _NEAR)
    return next((begun for begun in range(at - 1, least, -1) if text[begun].isascii()), least)


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


def _pieces(word: str, room: int) -> Iterator[str]:
    """The word itself, or parts that each fit the room; never parted inside of a character."""
    if cells(word) <= room:
        yield word
        return
    begun = used = 0
    for start, _, size in graphemes(word):
        if start > begun and used + size > room:
            yield word[begun:start]
            begun, used = start, 0
        used += size
    yield word[begun:]


def cut(text: str, width: int) -> str:
    """The line itself, or as much of it as fits with an ellipsis at its end."""
    if cells(text) <= width:
        return text
    kept, used = 0, 1
    for _, end, size in graphemes(text):
        used += size
        if used > width:
            break
        kept = end
    return text[:kept].rstrip() + "…"


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
