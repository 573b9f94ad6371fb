"""Output in an encoding that lacks some characters: readable ASCII in their place, where there is any.

`…` becomes `...` and `–` becomes `-`; a letter keeps its base (`ü` becomes `u`); what has no likeness is `?`. The app's
layout counts cells, so there each character is replaced by as many as it had cells.
"""

import codecs
import unicodedata
from typing import Final

from trustkit.text_width import cells

HANDLER: Final = "trustkit.readable"
SIGNS: Final = {
    **dict.fromkeys("\u2010\u2011\u2012–—―−·─━╌╍═╴╶╸╺", "-"), **dict.fromkeys("•‣◦∙●▪", "*"),
    **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("│┃║╎▌▐▏▕", "|"),
    **dict.fromkeys("○◯◌", "o"), **dict.fromkeys("✓✔☑", "+"), **dict.fromkeys("✗✘×", "x"), **dict.fromkeys("█▓▒░", "#"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u200a", " "), **dict.fromkeys("\u2066\u2067\u2068\u2069", ""),
    "…": "...", "‹": "<", "›": ">", "←": "<", "→": ">", "↑": "^", "↓": "v", "⏎": "<", "æ": "ae", "Æ": "AE", "œ": "oe",
    "Œ": "OE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "€": "EUR", "©": "(c)",
    "½": "1/2",
}  # fmt: skip
"""Signs in use here and what is nearest to them in ASCII."""


def likeness(character: str) -> str:
    """The nearest in ASCII to one character, `?` where nothing is near."""
    if (sign := SIGNS.get(character)) is not None:
        return sign
    if "\u2500" <= character <= "\u257f":
        return "+"  # corners and crossings of boxes
    if "\u2580" <= character <= "\u259f":
        return "#"
    base = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return base or ("" if cells(character) == 0 else "?")


def readable(stream_encoding: str, text: str) -> str:
    """The text as it will be printed in this encoding."""
    return text if text.isascii() else text.encode(stream_encoding, HANDLER).decode(stream_encoding)


def register(*, one_for_one: bool = False) -> None:
    """Have streams whose errors are `HANDLER` replace what they lack; `one_for_one` keeps every cell in its place."""

    def replace(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lacking = error.object[error.start : error.end]
        like = (likeness(c).ljust(cells(c))[: cells(c)] if one_for_one else likeness(c) for c in lacking)
        return "".join(like), error.end

    codecs.register_error(HANDLER, replace)


register()
