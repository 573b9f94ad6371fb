"""From clean values to the frozen dataclasses of `trustkit.model`.

Only ever called with values that `shape.take` and the rules found nothing wrong with.
"""

from dataclasses import replace
from math import ceil
from typing import Any, Final

from trustkit.library.grammar import Table
from trustkit.library.schema import EXERCISES, FILES, Kind
from trustkit.library.shape import Clean
from trustkit.model import exercise as ex
from trustkit.model import guide as gd
from trustkit.model.prose import count_words

WORDS_A_MINUTE: Final = 180
"""For a terminal and a tired reader."""

_MOMENT_SECONDS: Final = 20
"""What a grounding moment takes when it waits for a key: a guess for the list, never a limit."""

_NEVER_KEPT: Final = frozenset({"safety", "help", "traps"})
"""Purposes of sign lists whose ticks are not kept unless the file says so."""

Thing = gd.Guide | ex.Exercise | gd.SignList
"""What a file of its own becomes."""


def thing(kind: Kind, clean: Clean, *, language: str, file: str, by_reader: bool) -> Thing:
    """The guide, exercise or sign list of one file."""
    common: dict[str, Any] = {"language": language, "file": file, "by_reader": by_reader}
    if kind == "guide":
        fields = _fields(FILES["guide"], clean)
        guide = gd.Guide(**fields, **common)
        return guide if "minutes" in fields else replace(guide, minutes=reading_minutes(guide))
    if kind == "signs":
        fields = _fields(FILES["signs"], clean)
        fields.setdefault("keep", _kept(fields["purpose"]))
        return gd.SignList(**fields, **common)
    head = dict(clean["exercise"])
    table = EXERCISES[head["type"]]
    body = _fields(table, {name: value for name, value in clean.items() if name != "exercise"})
    made: ex.Body = table.model(**body) if table.model else body  # type: ignore[assignment]
    fields = _fields(table.keys["exercise"].table, head)
    fields.setdefault("minutes", practice_minutes(made))
    return ex.Exercise(**fields, body=made, **common)


def row(table: Table, clean: Clean, **extra: object) -> Any:
    """One row of a collection."""
    if table.model is None:
        raise TypeError("a table without a model makes no row")
    return table.model(**_fields(table, clean), **extra)


def _fields(table: Table | None, clean: Clean) -> dict[str, Any]:
    """The fields of a model; a table inside without a model of its own gives its fields to this one."""
    fields: dict[str, Any] = {}
    for name, key in (table.keys if table else {}).items():
        if name not in clean or key.field == "-":
            continue
        value = clean[name]
        if key.type == "table":
            fields.update(_fields(key.table, value))
            continue
        if key.type == "tables" and key.table is not None:
            value = tuple(row(key.table, one) for one in value)
        elif name in ("sets", "unsafe_if"):
            value = frozenset(value)
        fields[key.field or name] = value
    return fields


def _kept(purpose: str) -> str:
    if purpose == "go":
        return "ask-each-time"
    return "never" if purpose in _NEVER_KEPT else "ask"


def reading_words(guide: gd.Guide) -> int:
    """What one reader reads: of two role panes, the longer."""
    words = count_words(guide.opening) + count_words(guide.closing)
    for step in guide.steps:
        words += sum(count_words(text) for text in (step.title, step.text, step.aside, step.try_))
        words += sum(count_words(claim.says) for claim in step.evidence)
        words += max(count_words(step.for_hurt), count_words(step.for_broke))
    return words


def reading_minutes(guide: gd.Guide) -> int:
    """Minutes of reading, rounded up; at least 1."""
    return max(1, ceil(reading_words(guide) / WORDS_A_MINUTE))


def practice_minutes(body: ex.Body) -> int:
    """Minutes of doing, rounded up; 1 where nothing in the file says how long."""
    seconds = 0.0
    if isinstance(body, ex.Breathing):
        seconds = body.round_seconds * body.rounds
    elif isinstance(body, ex.Timer):
        seconds = sum(span.seconds for span in body.spans)
    elif isinstance(body, ex.Grounding):
        seconds = body.rounds * sum(moment.seconds or _MOMENT_SECONDS for moment in body.moments)
    return max(1, ceil(seconds / 60))
