"""Two entries told as pages, with what only one of them says marked in each. Never which is better."""

from collections.abc import Sequence

from trustkit.model.difference import difference
from trustkit.tui.widgets.leaf import Piece


def marked(one: Sequence[Piece], other: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The same pieces with the words that only they have marked. When they were written is not compared."""
    mine, theirs = _Told(one), _Told(other)
    alone, others = difference(mine.text, theirs.text)
    return mine.marked(alone), theirs.marked(others)


class _Told:
    """A page from behind its head on, as one text."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        head = next((at for at, piece in enumerate(pieces) if not piece.text), 0)
        # When it was written stands above the page already; which day it is about does not.
        self.head = [piece for piece in pieces[:head] if piece.text.startswith("about ")]
        self.pieces = list(pieces[head if self.head else head + 1 :])
        self.text = "\n".join(piece.text for piece in self.pieces)

    def marked(self, spans: Sequence[tuple[int, int]]) -> list[Piece]:
        found: list[Piece] = []
        start, ahead = 0, 0
        for piece in self.pieces:
            end = start + len(piece.text)
            while ahead < len(spans) and spans[ahead][1] <= start:
                ahead += 1
            at, inside = ahead, []
            while at < len(spans) and spans[at][0] < end:
                first, last = spans[at]
                inside.append((max(first, start) - start, min(last, end) - start))
                at += 1
            found.append(Piece(piece.text, piece.tone, tuple(inside)))
            start = end + 1
        return [*self.head, *found]
