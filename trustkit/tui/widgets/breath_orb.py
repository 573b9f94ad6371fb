"""The orb: a disc with a soft edge inside a faint ring, drawn line by line.

A frame costs what changed in it: only lines that differ are painted again, and while the radius stands still none is.
"""

from typing import TYPE_CHECKING, ClassVar

from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from trustkit.model.disc import Disc, Pixels
from trustkit.tui.widgets.breath_painting import (
    CharacterPainter,
    ColourPainter,
    Look,
    ground_of,
    ink_of,
    look_of,
    palette,
)

if TYPE_CHECKING:
    from textual.app import RenderResult


class BreathOrb(Widget):
    """The orb. It knows nothing of time: `show` gives it a fullness.

    Args:
        look: How to draw; None finds out what the terminal can show.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"breath-orb--core", "breath-orb--rim", "breath-orb--ring"}
    DEFAULT_CSS = """
    BreathOrb {
        width: 1fr;
        height: 1fr;
        .breath-orb--core { color: $primary 85%; }
        .breath-orb--rim { color: $primary 45%; }
        .breath-orb--ring { color: $primary 22%; }
        &:ansi {
            .breath-orb--core { color: $primary; }
            .breath-orb--rim { color: $primary; }
            .breath-orb--ring { color: $primary; text-style: dim; }
        }
    }
    """
    ALLOW_SELECT = False

    def __init__(
        self, look: Look | None = None, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._asked_look = look
        self._fullness = 0.0
        self._pixels = Pixels(Disc(0, 0))
        self._painter: ColourPainter | CharacterPainter | None = None
        self._made_for: tuple[Look, Size, tuple[Color, ...]] | None = None
        self._unsure = True
        """Whether colours or size may have changed since the painter was made."""

    @property
    def fullness(self) -> float:
        """How full the orb was last drawn: 0 empty, 1 full."""
        return self._fullness

    def show(self, fullness: float) -> None:
        """Draw this fullness, 0 to 1. Costs next to nothing when the picture would not differ.

        Where Textual has not styled the orb yet, it is drawn so as soon as it is.
        """
        self._fullness = fullness
        try:
            painter = self._ready()
        except KeyError:  # no colours yet
            self._unsure = True
            return
        if lines := painter.turn_to(painter.disc.step(fullness)):
            width = self.size.width
            self.refresh(*(Region(0, top, width, height) for top, height in _stretches(lines)))

    def notify_style_update(self) -> None:
        """Textual says that styles may have changed, as it does more often than they do."""
        super().notify_style_update()
        self._unsure = True

    def on_resize(self) -> None:
        """Another size is another geometry."""
        self._unsure = True
        self.refresh()

    def render(self) -> "RenderResult":
        """Nothing: every line comes from `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """One line of the orb."""
        return self._ready().strip(y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, straight from the painter, which keeps those it has painted.

        Half the cost of a frame otherwise goes into styling that has no bearing here: the orb has no border, and its
        colours are mixed with the background already.
        """
        if self.size != self.outer_size or self.opacity < 1.0:
            return super().render_lines(crop)
        strips = [self.render_line(y) for y in crop.line_range]
        if not isinstance(self._painter, ColourPainter) or self.app.no_color:
            _, background = self.background_colors
            for line_filter in self.get_line_filters():
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips if crop.width == self.size.width else [strip.crop(*crop.column_span) for strip in strips]

    def _ready(self) -> ColourPainter | CharacterPainter:
        """The painter for the present size and colours. A new one begins with nothing painted, so it is made rarely."""
        if self._painter is not None and not self._unsure:
            return self._painter
        self._unsure = False
        made_for = self._asked_look or look_of(self.app), self.size, self._colors()
        if self._painter is None or made_for != self._made_for:
            self._made_for = made_for
            self._painter = self._new_painter(*made_for)
            self._painter.turn_to(self._painter.disc.step(self._fullness))
        return self._painter

    def _colors(self) -> tuple[Color, ...]:
        """The background, the disc's centre and rim, and the ring."""
        parts = (self.get_component_styles(f"breath-orb--{part}").color for part in ("core", "rim", "ring"))
        return (self.background_colors[1], *parts)

    def _new_painter(self, look: Look, size: Size, colors: tuple[Color, ...]) -> ColourPainter | CharacterPainter:
        width, height = size
        ground = ground_of(self)
        if look == "colour":
            if self._pixels.disc != Disc(width, height):
                self._pixels = Pixels(Disc(width, height))
            return ColourPainter(self._pixels, palette(*colors), ground)
        disc = Disc(width, height - height % 2 if height > 1 else height)
        core, ring = ink_of(self, "breath-orb--core"), ink_of(self, "breath-orb--ring")
        return CharacterPainter(disc, core, ring, ground, ascii=look == "ascii")


def _stretches(lines: list[int]) -> list[tuple[int, int]]:
    """Lines in a row as their first one and how many they are."""
    stretches: list[tuple[int, int]] = []
    for line in lines:
        top, height = stretches[-1] if stretches else (-1, 0)
        if line == top + height:
            stretches[-1] = (top, height + 1)
        else:
            stretches.append((line, 1))
    return stretches
