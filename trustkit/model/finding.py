"""Where words that a reader looks for stand in a text, so that a screen can mark them.

The comparing itself (case, accents, widths) belongs to whoever searches; it is handed in, so that what is
marked is always what was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

Fold = Callable[[str], str]
"""Turns text into what is compared. Applied to one character it may give none, one or several."""


def spans(text: str, words: str, fold: Fold) -> list[tuple[int, int]]:
    """Start and end of every place where one of the words stands, in order and without overlaps.

    Args:
        text: What is shown.
        words: What was typed; each word between spaces is looked for by itself.
        fold: What makes two spellings the same.
    """
    wanted = [folded for word in words.split() if (folded := fold(word))]
    if not wanted or not text:
        return []
    if text.isascii():
        folded, starts = fold(text), None
    else:
        folded, starts = _folded(text, fold)
    found: list[tuple[int, int]] = []
    for word in wanted:
        at = folded.find(word)
        while at >= 0:
            end = at + len(word)
            found.append((at, end) if starts is None else (starts[at], _end(starts, end, len(text))))
            at = folded.find(word, at + 1)
    return _joined(found)


def _folded(text: str, fold: Fold) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place it came from."""
    known: dict[str, str] = {}
    pieces: list[str] = []
    starts: list[int] = []
    for at, character in enumerate(text):
        if (piece := known.get(character)) is None:
            piece = known[character] = fold(character)
        pieces.append(piece)
        starts += [at] * len(piece)
    return "".join(pieces), starts


def _end(starts: list[int], end: int, length: int) -> int:
    """Where a match ends in the text: accents that fold to nothing belong to the letter before them."""
    last = starts[end - 1]
    while end < len(starts) and starts[end] == last:
        end += 1
    return starts[end] if end < len(starts) else length


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


LEAD: Final = 18
"""Characters shown before what was found, so that it stands near the start of a narrow line."""
LONGEST: Final = 200
"""Characters of an excerpt: more than any line of a list shows."""


def excerpt(texts: Iterable[str], words: str, fold: Fold) -> str:
    """A piece of the first line that holds one of the words, beginning a little before it; empty where none does.

    Args:
        texts: What an entry says, in the order in which a reader meets it.
        words, fold: As for `spans`.
    """
    wanted = [folded for word in words.split() if (folded := fold(word))]
    for text in texts:
        if not any(word in fold(text) for word in wanted):
            continue
        for line in text.splitlines():
            if found := spans(line, words, fold):
                return _cut_out(line, found[0][0])
    return ""


def _cut_out(line: str, at: int) -> str:
    start = max(0, at - LEAD)
    if start:
        gap = line.find(" ", start, at)
        start = gap + 1 if gap >= 0 else start
    piece = line[start : start + LONGEST].strip()
    return f"…{piece}" if start else piece
