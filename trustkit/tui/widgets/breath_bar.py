"""The breath as a bar on one line, in eighths of a cell: for who finds the orb too much, and for small windows."""

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from trustkit.model.disc import bar
from trustkit.tui.widgets.breath_painting import Look, ground_of, ink_of, look_of

if TYPE_CHECKING:
    from textual.app import RenderResult

WIDEST: Final = 48
"""Columns; a longer bar would move faster than is calm."""


class BreathBar(Widget):
    """The bar. It knows nothing of time: `show` gives it a fullness.

    Args:
        look: How to draw; None finds out what the terminal can show.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"breath-bar--fill", "breath-bar--track"}
    DEFAULT_CSS = """
    BreathBar {
        width: 1fr;
        height: 1;
        .breath-bar--fill { color: $primary 85%; }
        .breath-bar--track { color: $primary 35%; }
        &:ansi {
            .breath-bar--fill { color: $primary; }
            .breath-bar--track { color: $primary; text-style: dim; }
        }
    }
    """
    ALLOW_SELECT = False

    def __init__(
        self, look: Look | None = None, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._look = look
        self._fullness = 0.0
        self._drawn = ("", "")
        self._inks: tuple[Style, Style, Style] | None = None

    @property
    def fullness(self) -> float:
        """How full the bar was last drawn: 0 empty, 1 full."""
        return self._fullness

    def show(self, fullness: float) -> None:
        """Draw this fullness, 0 to 1. Costs next to nothing when the picture would not differ."""
        self._fullness = fullness
        if self._bar() != self._drawn:
            self.refresh(Region(0, 0, self.size.width, 1))

    def notify_style_update(self) -> None:
        """Textual says that styles may have changed: the colours are looked up again."""
        super().notify_style_update()
        self._inks = None

    def render(self) -> "RenderResult":
        """Nothing: the line comes from `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """The bar, in the middle of the line."""
        if self._inks is None:
            self._inks = ground_of(self), ink_of(self, "breath-bar--fill"), ink_of(self, "breath-bar--track")
        ground, fill, track = self._inks
        width = self.size.width
        if y:
            return Strip.blank(width, ground)
        self._drawn = filled, empty = self._bar()
        before = (width - len(filled) - len(empty)) // 2
        after = width - before - len(filled) - len(empty)
        pieces = ((" " * before, ground), (filled, fill), (empty, track), (" " * after, ground))
        return Strip([Segment(text, style) for text, style in pieces], width)

    def _bar(self) -> tuple[str, str]:
        if self._look is None:
            self._look = look_of(self.app)
        return bar(self._fullness, min(WIDEST, self.size.width), ascii=self._look == "ascii")
