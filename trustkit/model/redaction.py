"""Names shortened to initials, for pages that are shown to somebody.

Only names that a reader gives are shortened; what looks like one can be suggested, never decided. What could not be
shortened is counted, so that a reader looks before anything is handed over.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from trustkit.model.frozen import frozen

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"(?:^|[.!?:…]['\"”’)]*)\s*$")
_OWNED: Final = r"(?:['’]s)?"
_COMMON: Final = frozenset({"i", "i'm", "i’m", "i'd", "i’d", "i'll", "i’ll", "i've", "i’ve", "ok"})
OFTEN: Final = 12
"""Suggestions at most."""


@frozen
class Redacted:
    """A text with names shortened."""

    text: str
    shortened: int = 0
    """How many places were."""
    left: int = 0
    """How many places still hold one of the names: in small letters, or within a longer word."""


def initials(name: str) -> str:
    """`Anna Berg` as `A. B.`"""
    return " ".join(f"{part[0].upper()}." for part in name.split() if part)


def read_names(text: str) -> tuple[str, ...]:
    """Names with commas or line ends between them, each once, the longest first."""
    names = (" ".join(name.split()) for name in re.split(r"[,;\n]", text))
    return tuple(sorted(dict.fromkeys(filter(None, names)), key=lambda name: (-len(name), name)))


def redact(text: str, names: Sequence[str]) -> Redacted:
    """The text with each of these names as initials, wherever it stands as a word of its own.

    A name counts as it is given, in capitals, and with capitals at its beginnings, composed or not. `Anna's` becomes
    `A.'s`. A full stop that ends the sentence is not doubled.
    """
    spelt = {spelling: initials(name) for name in names for spelling in _spellings(name)}
    if not spelt:
        return Redacted(text)
    ordered = sorted(spelt, key=len, reverse=True)
    one = "|".join(re.escape(spelling).replace(r"\ ", r"\s+") for spelling in ordered)
    shortened = 0

    def put(found: re.Match[str]) -> str:
        nonlocal shortened
        shortened += 1
        key = re.sub(r"\s+", " ", found[1])
        short = spelt[key]
        return short[:-1] if found[2] else short

    text = re.sub(rf"(?<!\w)({one})(?=(\.(?!\w))|{_OWNED}(?!\w))", put, text)
    rest = "|".join(re.escape(unicodedata.normalize("NFC", name)) for name in names)
    left = len(re.findall(rf"{rest}", unicodedata.normalize("NFC", text), re.IGNORECASE)) if rest else 0
    return Redacted(text, shortened, left)


def _spellings(name: str) -> set[str]:
    spelt = {name, name.upper(), " ".join(part[:1].upper() + part[1:] for part in name.split())}
    return spelt | {unicodedata.normalize(form, each) for each in spelt for form in ("NFC", "NFD")}


def suggested(texts: Iterable[str]) -> list[str]:
    """Words that look like names: capitals in the middle of a sentence, the most frequent first. Only a suggestion."""
    counts: Counter[str] = Counter()
    small: set[str] = set()
    for text in texts:
        for found in _WORD.finditer(text):
            word = re.sub(r"['’]s$", "", found[0])
            if word.islower():
                small.add(word)
            elif len(word) > 1 and word[0].isupper() and word.casefold() not in _COMMON:
                before = text[max(0, found.start() - 8) : found.start()]
                if not _SENTENCE.search(before) and "\n" not in before.rstrip(" "):
                    counts[word] += 1
    return [word for word, _ in counts.most_common() if word.casefold() not in small][:OFTEN]
