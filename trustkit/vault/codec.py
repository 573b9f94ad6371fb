"""An entry as TOML and back, exactly. `docs/vault-format.md` describes the result for people.

What is written is read again and compared before it is sealed: text in equals text out, or nothing is saved.
Reading trusts nothing: a table of the wrong shape is `Malformed`, never another exception.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from sys import intern
from types import MappingProxyType
from typing import Any, Final

import tomli_w

from trustkit.errors import WriteError
from trustkit.model.entry import (
    FORMAT,
    Answers,
    Body,
    Choice,
    Distress,
    Draft,
    Entry,
    Mark,
    Note,
    OwnExercise,
    Practice,
    Record,
)
from trustkit.parsing import parse_toml
from trustkit.vault import names, quick, sentences

MAX_PLAIN: Final = 8 * 1024 * 1024
"""Bytes of one entry's TOML, padding included. Bounds what a hostile or broken file can cost to read."""
MAX_SEALED: Final = MAX_PLAIN + 64 * 1024
"""The same after sealing: a header of some 200 bytes and 16 bytes for every 64 KiB, with room to spare."""
SMALLEST: Final = 1024
"""Bytes that every sealed entry is padded to at least; then 2, 4, 8 … KiB. Its size says little of its length."""

_NOTHING: Final[list[Any]] = []
NO_MORE: Final[Mapping[str, object]] = MappingProxyType({})
"""One for the tens of thousands of entries that hold no unknown key."""
_MOST_MINUTES: Final = 24 * 60 - 1
"""From UTC: what a time zone can be."""
_HALF: Final = re.compile("[\ud800-\udfff]")


class Malformed(Exception):
    """The bytes are not an entry. The message names a key of the format and holds nothing of what stood there."""


class _Stamp(datetime):
    """A moment as RFC 3339 has it, with a T."""

    def __str__(self) -> str:
        return self.isoformat()


# Writing


def encode(entry: Entry) -> bytes:
    """The TOML of a revision, unpadded.

    Raises:
        WriteError: It holds half of a character, is too long, or would not read back exactly.
        ValueError: A time without an offset from UTC: a mistake in the program.
    """
    data = _write(_entry_table(entry))
    again: Entry | None = None
    with suppress(Malformed):
        again = _decode(_load_as_anyone(data.decode()))  # not by our own quick reader: others are to read it, too
    if again is None or again.body != entry.body or _write(_entry_table(again)) != data:
        raise WriteError(*sentences.NOT_EXACT)
    return data


def encode_draft(draft: Draft) -> bytes:
    """The TOML of a draft, unpadded. Raises WriteError as `encode` does."""
    table: dict[str, Any] = {
        "format": FORMAT,
        "id": draft.id,
        "base": draft.base,
        "target": draft.target,
        "kind": draft.body.kind,
        "saved": _stamp(draft.saved),
        "cursor": list(draft.cursor),
    }
    if draft.private:
        table["private"] = True
    return _write(table | body_table(draft.body))


def pad(data: bytes) -> bytes:
    """Fill up to 1, 2, 4, 8 … KiB with one line of spaces, which TOML passes over and a text editor hides."""
    size = SMALLEST
    while size < len(data):
        size *= 2
    return data + b" " * (size - len(data) - 1) + b"\n" if size > len(data) else data


def whole_seconds(moment: datetime) -> datetime:
    """To the second, with a fixed offset of whole minutes: what TOML can write. Raises ValueError for a naive time."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a time without an offset from UTC")
    minutes = timedelta(minutes=max(-_MOST_MINUTES, min(_MOST_MINUTES, round(offset.total_seconds() / 60))))
    return moment.astimezone(timezone(minutes) if minutes else UTC).replace(microsecond=0)


def exact_body(body: Body) -> Body:
    """The body as it will be read back: times to the second, and tables of its own, that no caller changes later."""
    match body:
        case Practice():
            return replace(body, started=whole_seconds(body.started), ended=whole_seconds(body.ended))
        case Answers():
            return replace(body, answers=dict(body.answers), rows=tuple(dict(row) for row in body.rows))
        case Record():
            return replace(body, values=dict(body.values))
    return body


def _write(table: Mapping[str, Any]) -> bytes:
    text = tomli_w.dumps(table, multiline_strings=False)  # with True, "\r\n" would come back as "\n"
    if _HALF.search(text):  # asked first: the encoder's own exception would carry the whole text
        raise WriteError(*sentences.HALF_CHARACTER)
    data = text.encode()
    if len(data) > MAX_PLAIN:
        raise WriteError(*sentences.TOO_LONG)
    return data


def _stamp(moment: datetime) -> _Stamp:
    return _Stamp.fromisoformat(whole_seconds(moment).isoformat())


def _entry_table(entry: Entry) -> dict[str, Any]:
    table: dict[str, Any] = {
        "format": entry.format,
        "id": entry.id,
        "rev": entry.rev,
        "parents": list(entry.parents),
        "kind": entry.kind,
        "created": _stamp(entry.created),
        "saved": _stamp(entry.saved),
    }
    if entry.deleted:
        table["deleted"] = True
    if entry.private:
        table["private"] = True
    if entry.body is not None:
        table |= body_table(entry.body)
    return table | {key: value for key, value in entry.extra.items() if key not in table}


def body_table(body: Body) -> dict[str, Any]:
    """What stands below the head, as TOML types. Absent means empty, not asked or false."""
    match body:
        case Note():
            table: dict[str, Any] = {"title": body.title, "tags": list(body.tags), "feelings": list(body.feelings)}
            table = {key: value for key, value in table.items() if value}
            return table | _given(distress=body.distress, about_day=body.about_day) | {"text": body.text}
        case Answers():
            table = {"exercise": body.exercise, "revision": body.revision}
            more: dict[str, Any] = {"from": body.from_step, "chosen": list(body.chosen), "result": body.result}
            more |= {"answers": dict(body.answers), "rows": [dict(row) for row in body.rows]}
            return table | {key: value for key, value in more.items() if value}
        case Record():
            return {"exercise": body.exercise, "revision": body.revision, "values": dict(body.values)}
        case Practice():
            table = {"exercise": body.exercise, "revision": body.revision}
            table |= {"started": _stamp(body.started), "ended": _stamp(body.ended)}
            table |= _given(before=body.before, after=body.after)
            return table | {key: True for key in ("stopped", "worse") if getattr(body, key)}
        case Mark():
            return {"guide": body.guide, "step": body.step, "state": body.state}
        case Choice():
            return {"name": body.name, "value": list(body.value) if isinstance(body.value, tuple) else body.value}
        case OwnExercise():
            return {"content": body.content}


def _given(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}


# Reading


def decode(data: bytes) -> Entry:
    """A revision from its TOML. Raises Malformed."""
    return _decode(_load(data))


def _decode(loaded: dict[str, Any]) -> Entry:
    table = _Table(loaded)
    form = table.number("format")
    if form < 1:
        raise Malformed("format")
    entry_id, rev, kind = table.text("id"), table.text("rev"), intern(table.text("kind"))  # seven for all there are
    parents = table.texts("parents")
    created, saved = table.moment("created"), table.moment("saved")
    deleted, private = table.flag("deleted"), table.flag("private")
    if not names.is_id(entry_id) or not names.is_rev(rev) or not all(map(names.is_rev, parents)):
        raise Malformed("id")
    body: Body | None = None
    if not deleted and form <= FORMAT:
        body = _read_body(kind, table)
    return Entry(entry_id, rev, kind, created, saved, body, parents, deleted, private, form, table.rest())


def decode_draft(data: bytes) -> Draft | None:
    """A draft from its TOML; None for one of a newer format. Raises Malformed."""
    table = _Table(_load(data))
    if table.number("format") > FORMAT:
        return None
    cursor = table.whole_numbers("cursor")
    if len(cursor) != 2:
        raise Malformed("cursor")
    entry_id, base, target, kind = (table.text(key) for key in ("id", "base", "target", "kind"))
    saved, private = table.moment("saved"), table.flag("private")
    return Draft(entry_id, _read_body(kind, table), saved, base, target, (cursor[0], cursor[1]), private)


def read_body(kind: str, table: Mapping[str, Any]) -> tuple[Body, Mapping[str, object]]:
    """A body from what stands below the head, and the keys this version does not know. Raises Malformed."""
    reader = _Table(dict(table))
    return _read_body(kind, reader), reader.rest()


def _load(data: bytes) -> dict[str, Any]:
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except ValueError:
        text = None
    if text is None:  # raised here, not above: these exceptions carry what they failed on
        raise Malformed("not TOML")
    table = quick.read(text)
    return _load_as_anyone(text) if table is None else table


def _load_as_anyone(text: str) -> dict[str, Any]:
    table: dict[str, Any] | None = None
    with suppress(ValueError):
        table = parse_toml(text, large_numbers=False)
    if table is None:  # raised here, not above: as in `_load`
        raise Malformed("not TOML")
    return table


class _Table:
    """Takes keys out of a table one by one, each of the type it must have; `left` is what nobody asked for so far."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.left = table

    def rest(self) -> Mapping[str, object]:
        """What nobody asked for. Not the table itself, which keeps the room of all that was in it."""
        return dict(self.left) if self.left else NO_MORE

    def text(self, key: str, default: str | None = None) -> str:
        value = self.left.pop(key, default)
        if not isinstance(value, str):
            raise Malformed(key)
        return value

    def number(self, key: str) -> int:
        value = self.left.pop(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Malformed(key)
        return value

    def flag(self, key: str) -> bool:
        value = self.left.pop(key, False)
        if not isinstance(value, bool):
            raise Malformed(key)
        return value

    def moment(self, key: str) -> datetime:
        value = self.left.pop(key, None)
        if not isinstance(value, datetime) or value.tzinfo is None or not 1 < value.year < 9999:
            raise Malformed(key)  # at either end of the calendar, changing the time zone overflows
        return value

    def day(self, key: str) -> date | None:
        value = self.left.pop(key, None)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise Malformed(key)
        return value

    def distress(self, key: str) -> Distress | None:
        value = self.left.pop(key, None)
        if value is None:
            return None
        if value == "numb":
            return "numb"
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10:
            raise Malformed(key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return self._all(key, lambda item: isinstance(item, str))

    def whole_numbers(self, key: str) -> tuple[int, ...]:
        return self._all(key, lambda item: isinstance(item, int) and not isinstance(item, bool) and item >= 0)

    def _all(self, key: str, fits: Callable[[object], bool]) -> tuple[Any, ...]:
        value = self.left.pop(key, _NOTHING)
        if value is _NOTHING:
            return ()
        if not isinstance(value, list) or not all(map(fits, value)):
            raise Malformed(key)
        return tuple(value)

    def mapping(self, key: str, *types: type) -> dict[str, Any]:
        return self._mapping(key, self.left.pop(key, {}), types)

    def mappings(self, key: str, *types: type) -> tuple[dict[str, Any], ...]:
        value = self.left.pop(key, [])
        if not isinstance(value, list):
            raise Malformed(key)
        return tuple(self._mapping(key, item, types) for item in value)

    @staticmethod
    def _mapping(key: str, value: object, types: tuple[type, ...]) -> dict[str, Any]:
        if not isinstance(value, dict) or not all(type(item) in types for item in value.values()):
            raise Malformed(key)
        return value


def _read_body(kind: str, table: _Table) -> Body:
    match kind:
        case "note":
            return Note(
                text=table.text("text", ""),
                title=table.text("title", ""),
                tags=table.texts("tags"),
                feelings=table.texts("feelings"),
                distress=table.distress("distress"),
                about_day=table.day("about_day"),
            )
        case "answer":
            return Answers(
                exercise=table.text("exercise"),
                revision=table.number("revision"),
                answers=table.mapping("answers", str, int),
                chosen=table.texts("chosen"),
                result=table.text("result", ""),
                rows=table.mappings("rows", str),
                from_step=table.text("from", ""),
            )
        case "record":
            return Record(
                exercise=table.text("exercise"),
                revision=table.number("revision"),
                values=table.mapping("values", str, int, bool, date),
            )
        case "practice":
            return Practice(
                exercise=table.text("exercise"),
                revision=table.number("revision"),
                started=table.moment("started"),
                ended=table.moment("ended"),
                before=table.distress("before"),
                after=table.distress("after"),
                stopped=table.flag("stopped"),
                worse=table.flag("worse"),
            )
        case "mark":
            return Mark(guide=table.text("guide"), step=table.text("step"), state=table.text("state"))
        case "choice":
            return Choice(name=table.text("name"), value=_choice_value(table))
        case "exercise":
            return OwnExercise(_content(table))
        case _:
            raise Malformed("kind")


def _choice_value(table: _Table) -> str | int | bool | tuple[str, ...]:
    value = table.left.get("value")
    if isinstance(value, list):
        return table.texts("value")
    if not isinstance(value, str | int):
        raise Malformed("value")
    del table.left["value"]
    return value


def _content(table: _Table) -> str:
    """The exercise's own text; a table, as another program might write it, is put into words again."""
    if isinstance(table.left.get("content"), dict):
        return tomli_w.dumps(table.left.pop("content"), multiline_strings=False)
    return table.text("content")
