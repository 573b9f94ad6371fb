"""What is shown where no colour is wanted (`NO_COLOR`): the terminal's own two colours, and no other is ever sent.

Textual's own filter leaves greys. Here every colour goes; what lay on a ground of another colour (a cursor, something
selected) is shown reversed, so that it can still be seen.
"""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class WithoutColour(LineFilter):
    """Leaves styles alone. Needs the theme `terminal`, in which every ground is the usual one."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text, style and without_colour(style), None) for text, style, _ in segments]


@lru_cache(1024)
def without_colour(style: Style) -> Style:
    """The same style without its colours."""
    ground = style.bgcolor
    stands_out = ground is not None and not ground.is_default and not style.reverse
    return Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        reverse=True if stands_out else style.reverse,
        strike=style.strike,
        meta=style.meta or None,
    )
