"""How exercises have gone for one reader, as a bar on a line: to the left calmer, to the right higher.

The bar never stands without its reading in words, and means the same without colour.
"""

from typing import Final

from trustkit.model.insight import Ease

SIDE: Final = 10
"""Cells on each side of the middle."""
POINTS: Final = 5
"""Points of 0–10 that a whole side stands for; a larger change fills the side."""
LEGEND: Final = "Left of the line is calmer, right of it higher; two cells are one point."


def bar(ease: Ease) -> str:
    """The median change as a bar 21 cells wide: `······━━━━│··········` is two points calmer."""
    size = min(SIDE, round(abs(ease.median_change) * SIDE / POINTS))
    filled, rest = "━" * size, "·" * (SIDE - size)
    empty = "·" * SIDE
    return f"{rest}{filled}│{empty}" if ease.median_change < 0 else f"{empty}│{filled}{rest}"
