"""A page: an entry on its way out of a journal or into one, without its history.

A page is written as a table of plain values (`table_of`) and read back from one (`page_from`), exactly. JSON and
Markdown are two ways to lay that table down; nothing else of trustkit needs to know how.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from trustkit.model.entry import (
    Answers,
    Body,
    Choice,
    Entry,
    Mark,
    Note,
    OwnExercise,
    Practice,
    Record,
)
from trustkit.model.frozen import frozen

FORMAT: Final = 1
"""The shape of what is exported. A higher one is told and left alone."""

Local = Callable[[datetime], datetime]
"""Gives a moment without an offset the one that clocks showed at the reader's place, its digits unchanged."""

_BODIES: Final[dict[str, type[Any]]] = {
    "note": Note,
    "answer": Answers,
    "record": Record,
    "practice": Practice,
    "mark": Mark,
    "choice": Choice,
    "exercise": OwnExercise,
}
_UNSEEN: Final = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_HALF: Final = re.compile("[\ud800-\udfff]")
_ID: Final = re.compile(r"[a-z2-7]{26}")


class Unreadable(Exception):
    """This is no page. The message is a reason in plain words, and holds nothing of what stood there."""


@frozen
class Page:
    """What one entry says, and when it was written."""

    body: Body
    created: datetime
    """Aware."""
    id: str = ""
    """Of the entry it comes from; empty for a page from elsewhere."""
    private: bool = False
    where: str = ""
    """Where it was found, such as a file's name; says nothing about the page itself."""


def page_of(entry: Entry) -> Page | None:
    """The page of an entry; None for one in the trash and for one that a newer trustkit wrote."""
    if entry.body is None:
        return None
    return Page(entry.body, entry.created, entry.id, entry.private)


def table_of(page: Page) -> dict[str, Any]:
    """A page in values that JSON has. What is empty, not asked or false is left out.

    The days among a record's values are named under `days`, since JSON has none of its own.
    """
    table: dict[str, Any] = {"id": page.id} if page.id else {}
    table |= {"kind": page.body.kind, "created": page.created.isoformat()}
    if page.private:
        table["private"] = True
    for name, default in _defaults(page.body.kind):
        value = getattr(page.body, name)
        if default is MISSING or (value != default and value != {}):
            table[name] = in_plain_values(value)
    if isinstance(page.body, Record):
        days = [name for name, value in page.body.values.items() if isinstance(value, date)]
        table |= {"days": days} if days else {}
    return table


@cache
def _defaults(kind: str) -> tuple[tuple[str, object], ...]:
    """The fields of a kind but its name, each with what it is when nothing is said: MISSING for what is always said."""
    return tuple(
        (field.name, field.default if field.default_factory is MISSING else {})
        for field in fields(_BODIES[kind])
        if field.name != "kind"
    )


def page_from(table: Mapping[str, Any], local: Local, where: str = "") -> Page:
    """A page from its table. Keys that a page does not have are passed over.

    Raises:
        Unreadable: it is of no known kind, or something in it has the wrong shape.
    """
    kind = table.get("kind", "note")
    made = _BODIES.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise Unreadable("it is of a kind that this trustkit doesn't know")
    about: dict[str, Any] = {}
    for field in fields(made):
        if field.name == "kind":
            continue
        if table.get(field.name) is not None:
            about[field.name] = _read(field.name, table)
        elif field.default is MISSING and field.default_factory is MISSING:
            empty = {"text": "", "content": "", "state": ""}
            if field.name not in empty:
                raise Unreadable("something it needs is missing")
            about[field.name] = empty[field.name]
    entry_id = table.get("id", "")
    created = _moment(table.get("created"), local)
    private = table.get("private", False)
    if private not in (True, False):
        raise Unreadable("something in it has the wrong shape")
    if not isinstance(entry_id, str) or not _ID.fullmatch(entry_id):
        entry_id = ""
    return Page(made(**about), created, entry_id, bool(private), where)


def dumped(value: object) -> str:
    """JSON on one line, with everything escaped that a screen would not show."""
    written = json.dumps(value, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def is_whole(text: str) -> bool:
    """Whether it holds no half of a character, which no file can."""
    return _HALF.search(text) is None


def in_plain_values(value: object) -> object:
    """The same in values that JSON knows: days as text, tuples as lists."""
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): in_plain_values(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [in_plain_values(item) for item in value]
    return value


def _read(name: str, table: Mapping[str, Any]) -> object:
    """One field's value, of the type it must have. Raises Unreadable."""
    value = table[name]
    match name:
        case "tags" | "feelings" | "chosen":
            return tuple(map(_text, _list(value)))
        case "distress" | "before" | "after":
            fits = value == "numb" or (_is_number(value) and 0 <= value <= 10)
        case "about_day":
            return _day(value)
        case "started" | "ended":
            return _moment(value, None)
        case "revision":
            fits = _is_number(value)
        case "stopped" | "worse":
            fits = isinstance(value, bool)
        case "answers":
            value = _mapping(value, lambda item: isinstance(item, str) or _is_number(item))
            fits = True
        case "values":
            days = set(map(_text, _list(table.get("days", []))))
            held = _mapping(value, lambda item: isinstance(item, str | int))
            return {key: _day(item) if key in days else item for key, item in held.items()}
        case "rows":
            return tuple(_mapping(row, lambda item: isinstance(item, str)) for row in _list(value))
        case "value" if isinstance(value, list):
            return tuple(map(_text, value))
        case "value":
            fits = isinstance(value, str | int)
        case _:
            return _text(value)
    if not fits or (isinstance(value, str) and not is_whole(value)):
        raise Unreadable("something in it has the wrong shape")
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable("something in it has the wrong shape")
    if not is_whole(value):
        raise Unreadable("it holds half of a character")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Unreadable("something in it has the wrong shape")
    return value


def _mapping(value: object, fits: Callable[[object], bool]) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(map(fits, value.values())):
        raise Unreadable("something in it has the wrong shape")
    for item in (*value, *value.values()):
        if isinstance(item, str):
            _text(item)
    return value


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise Unreadable("a day in it is no day of the calendar") from None


def _moment(value: object, local: Local | None) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        raise Unreadable("it does not say when it was written") from None
    if not 1 < moment.year < 9999:
        raise Unreadable("its day is outside the calendar")
    if moment.tzinfo is None:
        if local is None:
            raise Unreadable("a time in it has no offset")
        moment = local(moment)
    return moment
