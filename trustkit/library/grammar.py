"""The words the grammar is written in: what a key may hold, and how to say so to an author.

`schema.py` states the grammar itself in these words; `shape.py` reads a file by it.
"""

from collections.abc import Mapping
from typing import Final, Literal

from trustkit.model.frozen import frozen

Type = Literal[
    "id",  # a-z, 0-9, single hyphens, 2–40 characters
    "ids",
    "line",  # one line of plain text; low/high are characters
    "lines",  # low/high are items
    "plain",  # one line that may hold a web address or a number: no Markdown rules
    "prose",  # light Markdown; low/high are words
    "template",  # text with {blanks}, taken as it stands
    "word",  # one of `allowed`
    "words",  # a list of them; low/high are items
    "names",  # a list of coverage ids
    "ref",  # the id of a `ref`
    "refs",  # low/high are items
    "whole",  # low/high are values
    "wholes",  # a list of them; low/high are items
    "number",  # decimals allowed
    "yes-no",
    "date",
    "version",
    "tag",  # a BCP 47 language tag
    "tags",
    "web",
    "notes",  # a table of language tag → line
    "table",
    "tables",  # low/high are how many
]

Ref = Literal["", "exercise", "gate", "source", "signs", "shelf", "see", "place", "answer", "coverage"]
"""What a reference leads to. `see` is a guide or guide/step; `place` adds the helplines; `answer` adds `on`."""

LINE_CEILING: Final = 400
"""Characters in a line that has no limit of its own: beyond any use, so nothing absurd gets in."""
PROSE_CEILING: Final = 600
"""Words in a prose that has no limit of its own."""
LIST_CEILING: Final = 60
"""Items in a list that has no limit of its own."""
TABLES_CEILING: Final = 200
"""Tables of a kind that has no limit of its own: steps in a guide, helplines in a region."""


@frozen
class Key:
    """What one key may hold."""

    type: Type
    required: bool = False
    low: float = 0
    high: float = 0
    """0: the ceiling of its type. What is counted is said at each type above."""
    allowed: tuple[str, ...] = ()
    ref: Ref = ""
    table: "Table | None" = None
    field: str = ""
    """The field of the model it becomes; empty: the key's own name. `-`: it becomes nothing."""


@frozen
class Table:
    """The keys of one table, and the model that its values become."""

    keys: Mapping[str, Key]
    model: type | None = None
    """None: its values go into the model of the table around it."""
    scoreless: bool = False
    """A key that looks like a score is E19 here, not E04."""


WORDS_OF_PEOPLE: Final = frozenset({"line", "lines", "plain", "prose", "template", "notes"})
"""Types that hold words a translator changes; all others stay as they are in every language."""

_PLAIN_NAMES: Final[dict[Type, str]] = {
    "id": "an id: small letters, digits and single hyphens, 2 to 40 characters",
    "ids": "a list of ids",
    "plain": "one line of text",
    "template": "text with {blank-id} in it",
    "names": "a list of coverage ids",
    "yes-no": "true or false, no quotes",
    "date": "a date as in 2026-11-21, no quotes",
    "version": 'a version as in "2026.11.1"',
    "tag": 'a language tag as in "en" or "pt-BR"',
    "tags": 'a list of language tags, as in ["en", "es"]',
    "web": 'a web address as in "https://example.org/contact"',
    "notes": 'a line for each language, as in { en = "…" }',
}
REF_NAMES: Final[dict[Ref, str]] = {
    "exercise": "the id of an exercise",
    "gate": "the id of a gate",
    "source": "the id of a source",
    "signs": "the id of a sign list",
    "shelf": "the id of a shelf",
    "see": "a guide, or guide/step",
    "place": "a guide, guide/step, helplines, or helplines/topic",
    "answer": "on, guide/step, helplines, or helplines/topic",
    "coverage": "the id of a coverage item",
}


def describe(key: Key) -> str:
    """What this key may hold, in words for an author."""
    kind = key.type
    if kind == "line":
        return f"one line of text, at most {int(key.high)} characters" if key.high else "one line of text"
    if kind == "prose":
        return f"text of {_range(key)} words" if key.high else "text"
    if kind == "word":
        return "one of: " + ", ".join(key.allowed)
    if kind == "words":
        return "a list of: " + ", ".join(key.allowed)
    if kind == "ref":
        return REF_NAMES[key.ref]
    if kind == "refs":
        return "a list, each " + REF_NAMES[key.ref]
    if kind == "lines":
        return "a list of lines of text"
    if kind == "whole":
        return "a whole number" + (f", {_range(key)}" if key.high else f", {int(key.low)} or more" if key.low else "")
    if kind == "wholes":
        return "a list of whole numbers"
    if kind == "number":
        return f"a number, {_range(key)}"
    if kind == "table":
        return "a table, written [like-this] on a line of its own"
    if kind == "tables":
        return "tables, each begun with [[like-this]] on a line of its own"
    return _PLAIN_NAMES[kind]


def example(name: str, key: Key) -> str:
    """One line that would do, for a key that is missing."""
    samples: dict[Type, str] = {
        "id": '"a-short-name"',
        "ids": '["an-old-name"]',
        "line": '"…"',
        "lines": '["…", "…"]',
        "plain": '"…"',
        "prose": '"""…"""',
        "template": '"""… {blank-id} …"""',
        "names": '["s1.step3.watch-the-match"]',
        "whole": str(max(1, int(key.low))),
        "wholes": "[6, 30]",
        "number": str(key.low or 1),
        "yes-no": "true",
        "date": "2026-11-21",
        "version": '"2026.11.1"',
        "tag": '"en"',
        "tags": '["en"]',
        "web": '"https://example.org/contact"',
        "notes": '{ en = "…" }',
        "ref": '"a-known-id"',
        "refs": '["a-known-id"]',
    }
    if key.type == "table":
        return f"[{name}]"
    if key.type == "tables":
        return f"[[{name}]]"
    if key.type == "word":
        return f'{name} = "{key.allowed[0]}"'
    if key.type == "words":
        return f'{name} = ["{key.allowed[0]}"]'
    return f"{name} = {samples[key.type]}"


def _range(key: Key) -> str:
    low, high = (int(n) if n == int(n) else n for n in (key.low, key.high))
    return f"{low} to {high}" if low else f"at most {high}"
