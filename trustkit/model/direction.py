"""Right-to-left writing among left-to-right: which way a text runs, and the marks that keep a line of it in order.

Letters are put in order by the terminal. Left to itself it takes every line for left-to-right, and then the full
stop of a Hebrew sentence, its list number and any Latin word in it stand in the wrong place. Each line is
therefore closed into an isolate of its own (Unicode Annex 9), so that it orders nothing beside it either. `harmless`
takes such marks out of what people wrote; only whole lines get them back here, always in pairs.
"""

import re
import unicodedata
from typing import Final

RTL_ISOLATE: Final = "\u2067"
POP_ISOLATE: Final = "\u2069"

_RIGHT: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
"""The blocks whose letters run from right to left: a quick no for all other text."""


def runs_right_to_left(text: str) -> bool:
    """Whether a text runs from right to left: most of its letters do. One Latin name does not turn a paragraph."""
    if text.isascii() or not re.search(_RIGHT, text):
        return False
    ways = [unicodedata.bidirectional(character) for character in text]
    return ways.count("R") + ways.count("AL") > ways.count("L")


def in_order(line: str) -> str:
    """One line of a text that runs from right to left, closed into an isolate; blank lines stay as they are."""
    return f"{RTL_ISOLATE}{line}{POP_ISOLATE}" if line.strip() else line
