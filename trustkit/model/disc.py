"""The shape of the breath: a disc that grows and shrinks inside a ring, as pure geometry.

A pixel is half a terminal cell, so that pixels are about square: a picture of W columns and H lines is W by 2H pixels.
There are two ways to draw. `Pixels` has an antialiased edge and needs colours that blend; pixels are sorted by their
distance once per size, so that a frame touches only the rim. `eighths` needs no colour: it says how many eighths of
each cell are filled, from below or from above, which block characters can show.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from math import hypot, sqrt
from typing import Final, Literal

from trustkit.model.frozen import frozen

FINENESS: Final = 8
"""Steps a radius has to a pixel. A change below one step is not a change."""

LEVELS: Final = 8
"""How many parts of a pixel can be covered: 0 none, 8 all."""

TONES: Final = 12
"""Shades between the centre and the fullest rim; few, so that a line of the picture is made of few pieces."""

GLOWS: Final = 3
"""Strengths of the ring in a pixel that it crosses."""

INKS: Final = TONES + GLOWS
"""Kinds of pixel that never change: a tone of the disc, or the ring in one of its strengths."""

RING: Final = 9
"""In a line of `eighths`: a cell on the ring. 1 to 8 are eighths filled from below, -1 to -7 from above, 0 is empty."""

Part = Literal["none", "disc", "under", "ring"]
"""What a run of characters shows. `under` is to be drawn reversed: its glyph is the part that stays empty."""

_FROM_BELOW: Final = " ▁▂▃▄▅▆▇█"
_FROM_LEFT: Final = " ▏▎▍▌▋▊▉"
_ASCII: Final = " .-=+*ooO"
"""By how many eighths are filled."""

_REST: Final = 0.3
"""The resting disc's radius as a part of the fullest one's: small, but there."""

_EDGE: Final = 1.5
"""Pixels over which the edge of the disc fades."""

_ROOM_FOR_RING: Final = 5.0
"""Pixels of radius below which a ring would only be noise."""


@frozen
class Disc:
    """A disc in the middle of so many columns and lines. Radii are in pixels."""

    columns: int
    lines: int

    @property
    def width(self) -> int:
        return max(0, self.columns)

    @property
    def height(self) -> int:
        return 2 * max(0, self.lines)

    @property
    def outer(self) -> float:
        """The radius of the whole picture."""
        return min(self.width, self.height) / 2

    @property
    def ring(self) -> float:
        """The ring's radius, or 0 where there is no room for one."""
        return self.outer - 0.75 if self.outer >= _ROOM_FOR_RING else 0.0

    @property
    def reach(self) -> float:
        """The fullest disc's radius."""
        return max(0.0, self.ring or self.outer - 0.25)

    @property
    def rest(self) -> float:
        """The empty disc's radius."""
        return self.reach * _REST

    def step(self, fullness: float) -> int:
        """The radius for a fullness of 0 to 1, in whole steps of 1/8 pixel: equal steps draw equal pictures."""
        return round((self.rest + (self.reach - self.rest) * fullness) * FINENESS)


class Pixels:
    """The picture as pixels that remember how far each is covered.

    A pixel's value is `ink * (LEVELS + 1) + level`: what it is made of (see INKS) and how much of it the disc covers.
    Only the left half is kept: the right one is its mirror image, and so are the lower lines of the upper.
    """

    def __init__(self, disc: Disc, step: int = 0) -> None:
        self.disc = disc
        self.step = 0
        self.margin = max(0, int(disc.width / 2 - disc.outer))
        """Empty columns on the left, and as many on the right."""
        self.half = (disc.width + 1) // 2 - self.margin
        """Columns between the margin and the middle; of an odd width the middle column is the last."""
        near: list[tuple[float, int]] = []
        inks = bytearray()
        for y in range((disc.height + 1) // 2):
            for x in range(self.margin, self.margin + self.half):
                distance = hypot(x + 0.5 - disc.width / 2, y + 0.5 - disc.height / 2)
                if distance < disc.reach + _EDGE:
                    near.append((distance, len(inks)))
                inks.append(_ink(disc, distance))
        near.sort()
        self._distances = [distance for distance, _ in near]
        self._places = [place for _, place in near]
        self._bases = bytes(ink * (LEVELS + 1) for ink in inks)
        self._values = bytearray(self._bases)
        self.turn_to(step)

    def turn_to(self, step: int) -> None:
        """Grow or shrink to a radius of `step` steps, touching only pixels between the old rim and the new."""
        low, high = sorted((self.step, step))
        first = bisect_left(self._distances, low / FINENESS - _EDGE / 2)
        last = bisect_right(self._distances, high / FINENESS + _EDGE / 2)
        radius = step / FINENESS
        self.step = step
        values, bases = self._values, self._bases
        for distance, place in zip(self._distances[first:last], self._places[first:last], strict=True):
            part = (radius - distance) / _EDGE + 0.5
            level = LEVELS if part >= 1.0 else 0 if part <= 0.0 else int(part * LEVELS + 0.5)
            values[place] = bases[place] + level

    def line(self, number: int) -> tuple[bytearray, bytearray]:
        """The left half of a line: the values of its upper and of its lower pixels."""
        return self._row(2 * number), self._row(2 * number + 1)

    def _row(self, y: int) -> bytearray:
        start = min(y, self.disc.height - 1 - y) * self.half
        return self._values[start : start + self.half]

    @property
    def area(self) -> float:
        """Pixels covered, parts counted."""
        whole = 0
        for y in range(self.disc.height):
            levels = [value % (LEVELS + 1) for value in self._row(y)]
            # The middle column of an odd width is its own mirror image.
            whole += 2 * sum(levels) - (levels[-1] if self.disc.width % 2 else 0)
        return whole / LEVELS


def eighths(disc: Disc, step: int) -> list[list[int]]:
    """The picture as cells filled in eighths, line by line (see RING).

    Each column of the disc is a bar around the middle, whose ends fall within a cell; so it wants an even number of
    lines, and leaves a last odd one empty.
    """
    half, columns = disc.lines // 2, disc.width
    picture = [[0] * columns for _ in range(disc.lines)]
    for x in range(max(0, int(disc.width / 2 - disc.outer)), (columns + 1) // 2):
        across = x + 0.5 - disc.width / 2
        filled = round(4 * _half_chord(step / FINENESS, across))
        ring = _ring_line(disc, across)
        for up in range(half):
            part = min(8, max(0, filled - 8 * up)) or (RING if up == ring else 0)
            if part:
                above, below = picture[half - 1 - up], picture[half + up]
                above[x] = above[columns - 1 - x] = part
                below[x] = below[columns - 1 - x] = part if part >= 8 else -part
    return picture


def characters(line: Sequence[int], *, ascii: bool = False) -> list[tuple[Part, str]]:
    """A line of `eighths` as runs of characters, left to right. In ASCII nothing is reversed."""
    return [
        (part, "".join(glyph for _, glyph in run))
        for part, run in groupby((_glyph(cell, ascii) for cell in line), key=lambda cell: cell[0])
    ]


def bar(fullness: float, columns: int, *, ascii: bool = False) -> tuple[str, str]:
    """A bar of so many columns, filled from the left: what is filled, to an eighth of a column, and the empty rest."""
    if ascii:
        filled = "#" * round(fullness * columns)
        return filled, "-" * (columns - len(filled))
    whole, part = divmod(round(fullness * columns * 8), 8)
    filled = "█" * whole + (_FROM_LEFT[part] if part else "")
    return filled, "─" * (columns - len(filled))


def _glyph(cell: int, ascii: bool) -> tuple[Part, str]:
    if cell == 0:
        return "none", " "
    if cell == RING:
        return "ring", "." if ascii else "·"
    if ascii:
        return "disc", _ASCII[abs(cell)]
    return ("disc", _FROM_BELOW[cell]) if cell > 0 else ("under", _FROM_BELOW[8 + cell])


def _ink(disc: Disc, distance: float) -> int:
    """What the pixel at this distance is made of."""
    if disc.ring:
        glow = round((1.0 - abs(distance - disc.ring)) * GLOWS)
        if glow > 0:
            return TONES + glow - 1
    return min(TONES - 1, int(TONES * distance / max(1.0, disc.reach)))


def _half_chord(radius: float, across: float) -> float:
    """Half the disc's height in a column one pixel wide, `across` pixels from the centre: the mean of three cuts."""
    cuts = (radius * radius - (across + shift) ** 2 for shift in (-1 / 3, 0.0, 1 / 3))
    return sum(sqrt(cut) for cut in cuts if cut > 0.0) / 3


def _ring_line(disc: Disc, across: float) -> int:
    """How many lines from the middle the ring crosses this column; -1 where it does not."""
    rest = disc.ring * disc.ring - across * across
    return int(sqrt(rest) / 2) if rest > 0.0 else -1
