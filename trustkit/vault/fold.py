"""Text as search compares it: without case, accents, widths and typographic quotes."""

import unicodedata
from typing import Final

_LETTER_MARKS: Final = frozenset({7, 8, 9})
"""Combining classes that make another letter rather than an accent: nukta, kana voicing, virama."""

_ALIKE: Final = {
    "ı": "i",  # Turkish: a dotless i is what a capital I stands for
    "‘": "'", "’": "'", "‚": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "\u00ad": None,  # a soft hyphen is not part of the word
    "ø": "o", "đ": "d", "ł": "l",  # letters with a stroke do not decompose
}  # fmt: skip


class _Table(dict[int, "str | int | None"]):
    """Decides once for each character: its likeness, nothing for an accent, else itself."""

    def __missing__(self, code: int) -> "str | int | None":
        character = chr(code)
        kept: str | int | None = code
        if character in _ALIKE:
            kept = _ALIKE[character]
        elif unicodedata.combining(character) and unicodedata.combining(character) not in _LETTER_MARKS:
            kept = None
        self[code] = kept
        return kept


_TABLE: Final = _Table()


def fold(text: str) -> str:
    """`text` for comparison: é is e, ß is ss, İ and ı are i, Ａ is a, ’ is '."""
    if text.isascii():
        return text.lower()
    # Casefolding may leave marks behind (İ gives i and a dot), so decompose on both sides of it.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_TABLE)
