"""A builder's template, filled: the sentence a reader builds, as words for both front ends.

Pure and total. Nothing a reader types is read as part of the template, and nothing is ever demanded:
an empty blank that the sentence needs shows as a gap, a line whose optional blank is empty is left out.
"""

import re
from collections.abc import Mapping
from typing import Final

from trustkit.model.exercise import Builder
from trustkit.model.frozen import frozen

GAP: Final = "…"
"""Stands for a blank that the sentence needs and that is still empty."""

NUMB: Final = "numb, or I can't tell"
"""How the answer `numb` on a 0–10 scale reads in a sentence."""

_BLANK: Final = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_SPACES: Final = re.compile(r"\s+")
_ENDS: Final = ".!?…"
"""A template's full stop after one of these would be one too many."""


@frozen
class Piece:
    """A run of words in one line of the sentence."""

    text: str
    blank: str = ""
    """The blank it fills; empty for the template's own words."""
    empty: bool = False
    """Whether it is a gap and not yet anybody's words."""


def filled(builder: Builder, answers: Mapping[str, str | int]) -> str:
    """The whole sentence, ready to keep, print or copy."""
    return "\n".join("".join(piece.text for piece in line) for line in lines(builder, answers))


def lines(builder: Builder, answers: Mapping[str, str | int], *, at: str = "") -> list[tuple[Piece, ...]]:
    """The sentence line by line, for a preview.

    Args:
        builder: The template and its blanks.
        answers: What was written, by blank; a number for a scale.
        at: A blank being written now: its line stays even while it is empty and optional.
    """
    optional = {blank.id for blank in builder.blanks if blank.optional}
    scales = {blank.id for blank in builder.blanks if blank.scale}
    said = {name: one_answer(answer, scale=name in scales) for name, answer in answers.items()}
    found: list[tuple[Piece, ...]] = []
    for raw in builder.template.strip("\n").split("\n"):
        names = _BLANK.findall(raw)
        left_out = any(name in optional and not said.get(name) and name != at for name in names)
        repeated_gap = not raw.strip() and (not found or found[-1] == ())
        if not left_out and not repeated_gap:
            found.append(_line(raw.rstrip(), said))
    while found and found[-1] == ():
        found.pop()
    return found


def one_answer(answer: str | int, *, scale: bool = False) -> str:
    """An answer as it stands in a line: white space and line ends become single spaces, `numb` is spelled out."""
    words = _SPACES.sub(" ", str(answer)).strip()
    return NUMB if scale and words == "numb" else words


def _line(raw: str, said: Mapping[str, str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    end = 0
    for match in _BLANK.finditer(raw):
        _own(pieces, raw[end : match.start()])
        words = said.get(match[1], "")
        pieces.append(Piece(words or GAP, match[1], not words))
        end = match.end()
    _own(pieces, raw[end:])
    return tuple(pieces)


def _own(pieces: list[Piece], text: str) -> None:
    """Add the template's own words; a full stop after an answer that ends its own sentence is dropped."""
    if pieces and text.startswith(".") and pieces[-1].text.endswith(tuple(_ENDS)):
        text = text[1:]
    if text:
        pieces.append(Piece(text))
