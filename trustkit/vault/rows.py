"""What the vault remembers of each revision so that lists and search need not open files.

A `Row` is derived from one file and says which state of it (name, size, time of change). Showing an entry always opens
its file; rows only ever decide what a list says.
"""

import hashlib
from base64 import b32encode
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from trustkit.model.entry import LISTED, Answers, Body, Distress, Entry, Note, Record, Summary
from trustkit.vault import codec, names, tree
from trustkit.vault.fold import fold
from trustkit.vault.folder import Found

TITLE: Final = 200
"""Characters of a title in a list; a first line may be a whole page."""
TABLED: Final = frozenset({"mark", "choice", "practice", "record", "exercise"})
"""Kinds whose whole body stands in the row: they are short, and read all together."""


class Brief(NamedTuple):
    """What a list shows of an entry."""

    title: str = ""
    tags: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    distress: Distress | None = None
    about_day: date | None = None
    exercise: str = ""
    from_step: str = ""


_NO_BRIEF: Final = Brief()


class Row(NamedTuple):
    """One revision. Satisfies `tree.Node`."""

    id: str
    rev: str
    name: str
    """The file's name in its month's folder."""
    size: int
    modified: int
    """Nanoseconds since 1970."""
    parents: tuple[str, ...]
    created: datetime
    saved: datetime
    kind: str
    deleted: bool
    private: bool
    format: int
    brief: Brief | str
    """Its title alone where `whole` says the rest: `brief_of` has all of it either way."""
    text: str
    """What search looks through, folded; empty for kinds that lists leave out."""
    whole: Body | Entry | dict[str, Any] | None = None
    """All the rest: the body, where it was read from its file, else body and unknown keys as TOML types.

    The entry itself stands there where its file holds keys that this version does not know.

    None for what a segment gave, unless it is of a `TABLED` kind.
    """


class Card(NamedTuple):
    """One entry as lists and search see it."""

    summary: Summary
    text: str


def row_of(entry: Entry, found: Found) -> Row:
    """The row of a revision that was just read or written, with all of it."""
    listed = entry.kind in LISTED and not entry.deleted
    return Row(
        entry.id,
        entry.rev,
        found.name,
        found.size,
        found.modified,
        entry.parents,
        entry.created,
        entry.saved,
        entry.kind,
        entry.deleted,
        entry.private,
        entry.format,
        _at_hand(entry) if listed else _NO_BRIEF,
        fold("\n".join(_words(entry))) if listed else "",
        rest_of(entry),
    )


def rest_of(entry: Entry) -> Body | Entry | None:
    """What else its row has to hold of a revision, so that nobody needs its file."""
    return entry if entry.extra and entry.body is not None else entry.body


def brief_of(row: Row) -> Brief:
    """What a list shows of a revision."""
    if isinstance(row.brief, Brief):
        return row.brief
    return _brief(row.whole.body if isinstance(row.whole, Entry) else row.whole, row.brief)


def card_of(revisions: dict[str, Row]) -> Card | None:
    """What lists show of one entry; None for kinds they leave out, and for what a purge left behind."""
    heads = tree.heads(revisions)
    shown = heads[0]
    if shown.kind not in LISTED:
        return None
    said = shown
    if shown.deleted:
        last = tree.last_live(revisions)
        if last is None:
            return None
        said = last
    summary = Summary(
        shown.id,
        shown.rev,
        shown.kind,
        shown.created,
        shown.saved,
        *brief_of(said),
        private=said.private,
        deleted=shown.deleted,
        heads=len(heads),
    )
    texts = [head.text for head in heads if not head.deleted] or [said.text]
    return Card(summary, "\n".join(texts))


def entry_of(row: Row) -> Entry:
    """The entry of a row that has all of it. Raises codec.Malformed."""
    whole = row.whole
    if isinstance(whole, Entry):
        return whole
    body, extra = (whole, codec.NO_MORE) if isinstance(whole, Body) else codec.read_body(row.kind, whole or {})
    return Entry(
        row.id,
        row.rev,
        row.kind,
        row.created,
        row.saved,
        body,
        row.parents,
        row.deleted,
        row.private,
        row.format,
        extra,
    )


def table_of(row: Row) -> dict[str, Any] | None:
    """Body and unknown keys as TOML types, where the row has all of it."""
    whole = row.whole
    if isinstance(whole, Entry):
        return None if whole.body is None else codec.body_table(whole.body) | dict(whole.extra)
    return codec.body_table(whole) if isinstance(whole, Body) else whole


def rev_of_copy(entry: Entry) -> str:
    """A name for words that came under another revision's name: the same on every device that has this copy."""
    said: tuple[object, ...] = (entry.rev, entry.body, entry.deleted, entry.saved)
    if entry.extra or entry.private:  # else as it was always made, so that a copy keeps its name
        said += (dict(entry.extra), entry.private)
    digest = hashlib.sha256(repr(said).encode()).digest()
    return b32encode(digest).decode("ascii").lower()[: names.REV_LENGTH]


def _at_hand(entry: Entry) -> Brief | str:
    """The title is found while its text is at hand; going through all texts once more for a list takes longer."""
    title = _title(entry)
    return Brief(title) if entry.body is None else title


def _title(entry: Entry) -> str:
    body = entry.body
    if isinstance(body, Note):
        return _line(body.title, body.text)
    if isinstance(body, Answers):
        rows = (cell for row in body.rows for cell in row.values())
        return _line(body.result, *_texts(body.answers.values()), *rows)
    if isinstance(body, Record):
        return _line(*_texts(body.values.values()))
    # A newer format: whatever still goes by the names we know.
    return _line(*_texts(entry.extra.get(key) for key in ("title", "text", "result")))


def _brief(body: object, title: str) -> Brief:
    if isinstance(body, Note):
        return Brief(title, body.tags, body.feelings, body.distress, body.about_day)
    if isinstance(body, Answers):
        return Brief(title, exercise=body.exercise, from_step=body.from_step)
    return Brief(title, exercise=body.exercise) if isinstance(body, Record) else Brief(title)


def _words(entry: Entry) -> Iterable[str]:
    body: Body | None = entry.body
    if isinstance(body, Note):
        return (body.title, body.text, *body.tags, *body.feelings)
    if isinstance(body, Answers):
        rows = (cell for row in body.rows for cell in row.values())
        return (body.result, *_texts(body.answers.values()), *body.chosen, *rows)
    if isinstance(body, Record):
        return _texts(body.values.values())
    return _texts(entry.extra.get(key) for key in ("title", "text", "result"))


def _texts(values: Iterable[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _line(*candidates: str) -> str:
    """The first line with anything in it."""
    for text in candidates:
        stripped = text.strip()
        if stripped:
            return stripped[: TITLE * 4].splitlines()[0].rstrip()[:TITLE]
    return ""


# As JSON: a segment's form

TEXT_AT: Final = 11
"""Where `values_of` has the folded words."""


def values_of(row: Row) -> list[Any]:
    """A row as JSON has it, the name first. `row_from` reads it back."""
    brief = brief_of(row)
    return [
        row.name,
        row.size,
        row.modified,
        row.parents,
        row.created.isoformat(),
        row.saved.isoformat(),
        row.kind,
        row.deleted,
        row.private,
        row.format,
        [*brief[:4], brief.about_day.isoformat() if brief.about_day else None, *brief[5:]] if any(brief) else None,
        row.text,
        tagged(table_of(row)),
    ]


def row_from(values: list[Any]) -> Row:
    """Raises ValueError, TypeError, IndexError for what is not a row."""
    name, size, modified, parents, created, saved, kind, deleted, private, form, brief, text, table = values
    entry_id, rev = name[: names.ID_LENGTH], name[names.ID_LENGTH + 1 : names.ID_LENGTH + 1 + names.REV_LENGTH]
    return Row(
        entry_id,
        rev,
        name,
        size,
        modified,
        tuple(parents),
        datetime.fromisoformat(created),
        datetime.fromisoformat(saved),
        kind,
        deleted,
        private,
        form,
        _NO_BRIEF if brief is None else _brief_from(brief),
        text,
        None if table is None else untagged(table),
    )


def _brief_from(values: list[Any]) -> Brief:
    title, tags, feelings, distress, day, exercise, step = values
    about = date.fromisoformat(day) if day else None
    return Brief(title, tuple(tags), tuple(feelings), distress, about, exercise, step)


_FROM_TAG: Final[dict[str, Callable[[str], object]]] = {
    "$moment": datetime.fromisoformat,
    "$day": date.fromisoformat,
    "$time": time.fromisoformat,
}


def tagged(value: Any) -> Any:
    """A value as JSON can have it: a date is a table with one key that begins with `$`.

    A reader's own keys may begin so, too; they get a second one.
    """
    if isinstance(value, dict):
        return {f"${key}" if key[:1] == "$" else key: tagged(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [tagged(item) for item in value]
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    return {"$time": value.isoformat()} if isinstance(value, time) else value


def untagged(value: Any) -> Any:
    """The value that `tagged` was given. Raises ValueError, TypeError."""
    if isinstance(value, list):
        return [untagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(key, item)] = value.items()
        if key in _FROM_TAG:
            return _FROM_TAG[key](item)
    return {key[1:] if key[:1] == "$" else key: untagged(item) for key, item in value.items()}
