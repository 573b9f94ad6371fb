"""The light Markdown of content, parsed once for both front ends: paragraphs, lists, a quiet aside, two stresses.

Pure and total: any text gives blocks, and what is not understood is kept as plain words. What a file
may *contain* is the library's business; here it is only taken apart.
"""

import re
from typing import Final, Literal

from trustkit.model.frozen import frozen

BlockKind = Literal["paragraph", "bullet", "number", "aside"]
Style = Literal["", "soft", "strong"]


@frozen
class Span:
    """A run of words with one stress."""

    text: str
    style: Style = ""


@frozen
class Block:
    """A paragraph, one item of a list, or an aside. Its words are on one line; wrapping is the screen's."""

    kind: BlockKind
    spans: tuple[Span, ...]
    number: int = 0
    """The number written before an item of a numbered list; 0 elsewhere."""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


# Patterns, compiled (and then remembered by `re`) when first used: the first page a person sees needs none of them.
# A star opens only before a word and closes only behind one, so "2 * 3 * 4" stays as it stands.
_STRESS: Final = (
    r"(?<![\w*])\*\*(?P<strong>[^\s*](?:[^*]*[^\s*])?)\*\*(?![\w*])"
    r"|(?<![\w*])\*(?P<soft>[^\s*](?:[^*]*[^\s*])?)\*(?![\w*])"
)
_BULLET: Final = r"-[ \t]+(?=\S)"
_NUMBER: Final = r"(\d{1,3})\.[ \t]+(?=\S)"


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. Lines of one paragraph are joined by a space; a blank line ends a block."""
    blocks: list[Block] = []
    kind: BlockKind = "paragraph"
    number = 0
    words: list[str] = []

    def close() -> None:
        if words:
            blocks.append(Block(kind, spans(" ".join(words)), number))
            words.clear()

    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith(">"):
            if kind != "aside":
                close()
            kind, number, line = "aside", 0, line[1:].strip()
        elif found := re.match(_BULLET, line):
            close()
            kind, number, line = "bullet", 0, line[found.end() :]
        elif (found := re.match(_NUMBER, line)) and (not words or kind == "number" or found[1] == "1"):
            # Inside a paragraph only "1." begins a list: a wrapped line may well start with "1999."
            close()
            kind, number, line = "number", int(found[1]), line[found.end() :]
        if line:
            words.append(line)
        else:
            close()
            kind, number = "paragraph", 0
    close()
    return tuple(blocks)


def spans(text: str) -> tuple[Span, ...]:
    """The stresses inside one line. A star without a partner stays a star."""
    found: list[Span] = []
    end = 0
    for match in re.finditer(_STRESS, text):
        if match.start() > end:
            found.append(Span(text[end : match.start()]))
        style: Style = "strong" if match["strong"] else "soft"
        found.append(Span(match["strong"] or match["soft"], style))
        end = match.end()
    if end < len(text):
        found.append(Span(text[end:]))
    return tuple(found)


def plain(text: str) -> str:
    """The words without marks, one block a line: for search, for counting, for reading aloud."""
    return "\n".join(block.text for block in parse(text))


_WORD: Final = r"\S*[^\W_]\S*"
_UNSPACED: Final = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"


def count_words(text: str) -> int:
    """How many words a reader meets. In scripts written without spaces, two characters count as one word."""
    words = plain(text)
    unspaced = len(re.findall(_UNSPACED, words))
    if unspaced:
        words = re.sub(_UNSPACED, " ", words)
    return len(re.findall(_WORD, words)) + (unspaced + 1) // 2
