"""How a terminal is painted with a disc: in blended colours, in block characters, or in ASCII.

A breath comes back to the same few sizes again and again, and a size to the same few lines. So each picture is painted
once, as lines that pictures share and that remember what the terminal is sent for them; after the first breath a frame
is little more than looking up which lines differ from the last.
"""

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from itertools import groupby
from typing import Final, Generic, Literal, TypeVar

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from trustkit.model.disc import GLOWS, INKS, LEVELS, TONES, Disc, Pixels, characters, eighths

Look = Literal["colour", "blocks", "ascii"]
"""How a figure can be drawn: blended colours, block characters in one colour, or ASCII."""

Key = TypeVar("Key", bound=Hashable)
"""What tells a painted line from another."""

MOST_LINES: Final = 3000
"""Painted lines that are kept, about 3 KB each. A disc of 24 lines has some 2,100 in all its sizes."""

_FEWEST_COLOURS: Final = ("256", "eight_bit", "truecolor")
"""The colour systems of Rich in which a blend looks like one."""


def look_of(app: App[object]) -> Look:
    """What this terminal can show."""
    if not app.console.encoding.lower().startswith("utf") or os.environ.get("TERM") in ("linux", "dumb"):
        return "ascii"
    if app.no_color or app.native_ansi_color or app.console.color_system not in _FEWEST_COLOURS:
        return "blocks"
    return "colour"


def ground_of(widget: Widget) -> Style:
    """The colour behind a widget."""
    return Style(bgcolor=widget.background_colors[1].rich_color)


def ink_of(widget: Widget, component: str) -> Style:
    """A component class as one style, its colour mixed with what lies behind; a terminal's own colours stay its own."""
    styles = widget.get_component_styles(component)
    _, background = widget.background_colors
    color = styles.color if styles.color.ansi is not None else background + styles.color
    return Style.from_color(color.rich_color, background.rich_color) + styles.text_style


def palette(background: Color, core: Color, rim: Color, ring: Color) -> list[RichColor]:
    """The colour of every value that a pixel can have (see `Pixels`); each may let the background shine through."""
    core, rim, ring = (background + color for color in (core, rim, ring))
    colors: list[RichColor] = []
    for ink in range(INKS):
        empty = background if ink < TONES else background.blend(ring, (ink - TONES + 1) / GLOWS)
        full = core.blend(rim, min(1.0, ink / (TONES - 1)))
        colors += [empty.blend(full, level / LEVELS).rich_color for level in range(LEVELS + 1)]
    return colors


class Painter(ABC, Generic[Key]):
    """One way to draw the disc. It keeps every picture it has painted, within bounds.

    Args:
        disc: What to draw.
    """

    def __init__(self, disc: Disc) -> None:
        self.disc = disc
        self._shown: list[Strip] = []
        self._pictures: dict[int, list[Strip]] = {}
        self._painted: dict[Key, Strip] = {}

    def turn_to(self, step: int) -> list[int]:
        """Take the disc to this radius. Returns the lines that look different now, from the top down."""
        before = self._shown
        if (picture := self._pictures.get(step)) is None:
            if len(self._painted) > MOST_LINES:
                self._pictures.clear()
                self._painted.clear()
            picture = self._pictures[step] = self._draw(step)
        self._shown = picture
        return [number for number, line in enumerate(picture) if not before or before[number] is not line]

    def strip(self, line: int) -> Strip:
        """One line of the picture; below it, nothing."""
        return self._shown[line] if line < len(self._shown) else self._empty

    @property
    @abstractmethod
    def _empty(self) -> Strip:
        """A line with nothing in it."""

    @abstractmethod
    def _draw(self, step: int) -> list[Strip]:
        """Every line of the picture for this radius."""

    @abstractmethod
    def _paint(self, key: Key) -> Strip:
        """One line."""

    def _line(self, key: Key) -> Strip:
        """A line that was painted before, or is now."""
        if (strip := self._painted.get(key)) is None:
            strip = self._painted[key] = self._paint(key)
        return strip


class ColourPainter(Painter[bytes]):
    """Half-block cells: the upper pixel is a cell's foreground, the lower one its background.

    Args:
        pixels: The disc's geometry, which outlives its colours.
        colors: See `palette`.
        ground: The colour behind everything.
    """

    def __init__(self, pixels: Pixels, colors: Sequence[RichColor], ground: Style) -> None:
        super().__init__(pixels.disc)
        self._pixels = pixels
        self._colors = colors
        # Values of one colour become one value, so that what looks alike is one run of cells.
        self._alike = bytes(colors.index(color) for color in colors).ljust(256, b"\0")
        self._ground = ground
        self._margin = [Segment(" " * pixels.margin, ground)] if pixels.margin else []
        # What a cell looks like, for each pair of values that ever meets in one: some hundreds.
        self._cells: dict[int, tuple[str, Style]] = {}

    @property
    def _empty(self) -> Strip:
        return Strip.blank(self.disc.width, self._ground)

    def _draw(self, step: int) -> list[Strip]:
        self._pixels.turn_to(step)
        lines: list[Strip] = []
        for number in range(self.disc.lines):
            upper, lower = self._pixels.line(number)
            # Both pixels of a cell side by side, to be read as one number.
            pairs = bytearray(2 * len(upper))
            pairs[::2], pairs[1::2] = upper.translate(self._alike), lower.translate(self._alike)
            lines.append(self._line(bytes(pairs)))
        return lines

    def _paint(self, key: bytes) -> Strip:
        left: list[Segment] = []
        for pair, run in groupby(memoryview(key).cast("H")):
            glyph, style = self._cells.get(pair) or self._cell(pair)
            left.append(Segment(glyph * len(list(run)), style))
        if not left:
            return self._empty
        last = left.pop()
        # The middle column of an odd width is in the left half, and is not its own mirror image.
        middle = Segment((last.text * 2)[self.disc.width % 2 :], last.style)
        return Strip([*self._margin, *left, middle, *reversed(left), *self._margin], self.disc.width)

    def _cell(self, pair: int) -> tuple[str, Style]:
        upper, lower = pair.to_bytes(2, sys.byteorder)
        top, bottom = self._colors[upper], self._colors[lower]
        # A cell of one colour is a space on it: one byte where a half block has three.
        drawn = (" ", Style(bgcolor=top)) if upper == lower else ("▀", Style(color=top, bgcolor=bottom))
        self._cells[pair] = drawn
        return drawn


class CharacterPainter(Painter[tuple[int, ...]]):
    """Cells of characters, for when colours cannot blend.

    Args:
        disc: What to draw. An odd last line stays empty.
        core: The disc's colour.
        ring: The ring's.
        ground: What lies behind.
        ascii: Whether there are no other characters.
    """

    def __init__(self, disc: Disc, core: Style, ring: Style, ground: Style, *, ascii: bool) -> None:
        super().__init__(disc)
        self._ascii = ascii
        self._styles = {"none": ground, "disc": core, "under": core + Style(reverse=True), "ring": ring}

    @property
    def _empty(self) -> Strip:
        return Strip.blank(self.disc.width, self._styles["none"])

    def _draw(self, step: int) -> list[Strip]:
        return [self._line(tuple(row)) for row in eighths(self.disc, step)]

    def _paint(self, key: tuple[int, ...]) -> Strip:
        runs = characters(key, ascii=self._ascii)
        return Strip([Segment(text, self._styles[part]) for part, text in runs], self.disc.width)
