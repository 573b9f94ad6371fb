"""Text made fit for any terminal: nothing in it can move a cursor. (How wide it is: `trustkit/text_width.py`.)

Both front ends pass everything a person wrote, and everything a content file holds, through `harmless`
before it reaches a screen: an entry or a guide may hold terminal escapes, by accident or by malice.
"""

import re
from typing import Final

_BIDI_CONTROLS: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Embeddings, overrides, isolates and their ends: they can make a line read as something it is not."""

# Patterns, compiled when first used.
_LINE_ENDS: Final = "\r\n|[\r\u2028\u2029]"
_FORBIDDEN: Final = "[\x00-\x08\x0b-\x1f\x7f-\x9f" + "".join(map(chr, _BIDI_CONTROLS)) + "]|([\ud800-\udfff])"
_SPACES: Final = r"\s+"


def harmless(text: str) -> str:
    """The text without anything a terminal could obey.

    Line ends of every kind become `\\n`. Taken out: everything below U+0020 but newline and tab, U+007F to
    U+009F, and the bidi controls. A lone surrogate, which no terminal can be sent, becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_FORBIDDEN, lambda found: "\ufffd" if found[1] else "", re.sub(_LINE_ENDS, "\n", text))


def one_line(text: str) -> str:
    """The harmless text on one line: every run of white space is one space."""
    return re.sub(_SPACES, " ", harmless(text)).strip()
