"""Text on its way to the screen: prose into styled lines, never as markup: a reader's `[` is only a bracket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from trustkit.model.plain import harmless
from trustkit.model.prose import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustkit.model.answered import Said

STYLES = {"soft": "italic", "strong": "bold"}


def plain(text: str) -> Content:
    """Text just as it stands, with nothing in it that a terminal would obey."""
    return Content(harmless(text))


def prose(text: str) -> Content:
    """Light Markdown (paragraphs, stress, lists, asides) as one styled text, blank lines between blocks."""
    pieces: list[Content] = []
    last = ""
    for block in parse(text):
        if pieces:
            pieces.append(Content("\n" if block.kind == last and block.kind in ("bullet", "number") else "\n\n"))
        lead = {"bullet": "• ", "number": f"{block.number}. ", "aside": "│ "}.get(block.kind, "")
        pieces.append(Content(lead))
        for span in block.spans:
            words = Content(harmless(span.text))
            pieces.append(words.stylize(STYLES[span.style]) if span.style else words)
        last = block.kind
    return Content("").join(pieces)


def keyed(text: str, keys: dict[str, str]) -> str:
    """Put the keys in force into the words: `{hide}` becomes `^g`."""
    for name, key in keys.items():
        text = text.replace("{" + name + "}", key)
    return text


def as_words(said: Sequence[Said]) -> Content:
    """Answers under their labels, nothing of them read as markup."""
    pieces: list[Content] = []
    for one in said:
        words = plain(one.words)
        pieces.append(Content.assemble((plain(one.label).plain, "$secondary"), "\n", words) if one.label else words)
    gap = "\n\n" if any(one.label for one in said) else "\n"
    return Content(gap).join(pieces)
