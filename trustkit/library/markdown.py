"""What words in content may contain: the light Markdown of `model.prose`, and no character that steers a terminal."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from trustkit.model import prose


class Trouble(NamedTuple):
    """A piece of text that may not stand where it stands."""

    what: str
    piece: str
    expected: str


# C0 and C1 controls (line breaks and tabs aside), bidi overrides and isolates, line separators, invisible
# joiners and tags, private use, lone surrogates. Marks that real scripts need (200c–200f, 061c) are let through.
_STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)

# Most text has none of these and needs no closer look, which is ten times as slow.
_RARE: Final = re.compile(r"[\[<&`_~\\|]|://|www\.|mailto:")
_RARE_LINE: Final = re.compile(r"\n[ \t]*(?:[#=|+•]|-{3}|\*[ \t]|\*{3}|\d{1,3}\))|\n[ \t]+(?:[->]|\d{1,3}\.)[ \t]")

_NOT_MARKDOWN_OF_OURS: Final = (
    r"(?P<heading>^[ \t]*\#{1,6}[ \t]\S[^\n]*)"
    r"|(?P<underline>^[ \t]*={3,}[ \t]*$)"
    r"|(?P<rule>^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$)"
    r"|(?P<table>^[ \t]*\|[^\n]*|^[^\n|]*\|[ \t]*:?-{2,}[^\n]*)"
    r"|(?P<picture>!\[[^\]\n]*\]\([^)\n]*\))"
    r"|(?P<link>\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\]))"
    r"|(?P<address>\b(?:https?|ftp|file)://\S+|\bmailto:\S+|\bwww\.\S+)"
    r"|(?P<html></?[A-Za-z!][^>\n]*>|&(?:[A-Za-z]+|\#\w+);)"
    r"|(?P<code>`[^`\n]*`?)"
    r"|(?P<bullet>^[ \t]*[+*•][ \t]+\S[^\n]*)"
    r"|(?P<paren>^[ \t]*\d{1,3}\)[ \t]+\S[^\n]*)"
    r"|(?P<nested>^[ \t]+(?:-|>|\d{1,3}\.)[ \t]+[^\n]*)"
    r"|(?P<underscore>(?<!\w)_{1,2}[^\s_][^_\n]*_{1,2}(?!\w))"
    r"|(?P<strike>~~[^~\n]*(?:~~)?)"
    r"|(?P<backslash>\\[*_`\#>-])"
)
"""Not compiled before the first text that needs the closer look: that takes as long as reading a guide."""
_NAMES: Final = {
    "heading": ("a heading", "a step's title, or **strong** words"),
    "underline": ("an underlined heading", "a step's title, or **strong** words"),
    "rule": ("a ruled line", "an empty line"),
    "table": ("a table", "a list"),
    "picture": ("a picture", "words"),
    "link": ("a link", "`see` for other pages; addresses stand in sources and helplines"),
    "address": ("a web address", "addresses stand in sources and helplines"),
    "html": ("HTML", "plain words, *soft* or **strong**"),
    "code": ("a code mark", "plain words"),
    "bullet": ("another kind of bullet", "a list item begins with a hyphen and a space: - like this"),
    "paren": ("another kind of number", "a numbered item begins as in: 1. like this"),
    "nested": ("a list inside a list", "one level of list, begun at the left edge"),
    "underscore": ("underscores for stress", "*soft* or **strong**"),
    "strike": ("struck-out words", "plain words"),
    "backslash": ("an escaped mark", "other words"),
}
_MANY_PIECES: Final = frozenset({"table", "html"})
"""One of these is many matches: it is told once for a text."""
_ALLOWED: Final = "paragraphs, *soft*, **strong**, - lists, 1. lists, > a quiet aside"


def steering(text: str) -> Trouble | None:
    """The first character that could steer a terminal or hide what is written."""
    if text.isascii() and text.isprintable():
        return None
    found = _STEERING.search(text)
    if found is None:
        return None
    start = max(0, found.start() - 12)
    name = unicodedata.name(found[0], "") or f"U+{ord(found[0]):04X}"
    return Trouble("a character that can't be shown", text[start : found.end() + 12], f"text without {name}")


def troubles(text: str) -> Iterator[Trouble]:
    """Everything in a prose that readers could not be shown, in order of kind."""
    if _RARE.search(text) or _RARE_LINE.search(f"\n{text}"):
        seen: set[str] = set()
        for match in re.finditer(_NOT_MARKDOWN_OF_OURS, text, re.MULTILINE):
            kind = match.lastgroup or ""
            if kind not in seen:
                what, expected = _NAMES[kind]
                yield Trouble(f"Markdown not allowed here: {what}", match[0].strip(), expected)
            if kind in _MANY_PIECES:
                seen.add(kind)
    if not text.isascii():
        for line in text.split("\n"):
            if _only_pictures(line):
                yield Trouble("Markdown not allowed here: a line of emoji alone", line.strip(), "words")
    if "*" in text:
        for block in prose.parse(text):
            for span in block.spans:
                # Ruled lines and bullets with a star were named above.
                if not span.style and "*" in span.text and not span.text.startswith("* ") and span.text.strip("* "):
                    star = span.text.index("*")
                    piece = span.text[max(0, star - 20) : star + 20].strip()
                    yield Trouble("Markdown not allowed here: a star without a partner", piece, _ALLOWED)
                    break


def line_troubles(text: str) -> Iterator[Trouble]:
    """Everything in a one-line text that is not plain."""
    if "\n" in text:
        yield Trouble("a line break in a one-line text", text.split("\n", 1)[0], "one line")
    if _RARE.search(text) or _RARE_LINE.search(f"\n{text}"):
        for match in re.finditer(_NOT_MARKDOWN_OF_OURS, text, re.MULTILINE):
            what, expected = _NAMES[match.lastgroup or ""]
            yield Trouble(f"Markdown not allowed here: {what}", match[0].strip(), expected)
    if "*" in text and any(span.style for span in prose.spans(text)):
        yield Trouble("Markdown not allowed here: stress in a one-line text", text, "plain words, with no stars")


def _only_pictures(line: str) -> bool:
    """Whether a line holds pictures and no word."""
    words = line.strip()
    if not words or words.isascii() or any(c.isalnum() for c in words):
        return False
    return any(unicodedata.category(c) == "So" for c in words)
