"""One month of the index as it lies on disk: three lines of JSON, each read only when somebody needs it.

    names, sizes and times of change     tell whether the segment still fits its folder
    folded words                         what search looks through
    rows                                 what lists show

Whole entries, for an export, lie in a file beside it that is never held in memory.

Ten years of writing lie in a hundred and twenty of these. A search for a rare word looks through the second line as
bytes, and takes only those months apart that hold it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from trustkit.model.entry import FORMAT
from trustkit.parsing import parse_json
from trustkit.vault import names
from trustkit.vault.rows import TABLED, TEXT_AT, Row, brief_of, row_from, table_of, tagged, untagged, values_of

SHAPE: Final = 4
"""Goes up when a row or the folding of text changes; segments of another shape are made anew."""

T = TypeVar("T")


class Whole(NamedTuple):
    """A revision as it was when its file had this size and time of change."""

    size: int
    modified: int
    table: dict[str, Any]
    """The body and unknown keys, as TOML types."""


class Unfit(Exception):
    """The bytes are no segment of this month and shape."""


class Segment:
    """What was known of a month when it was last written. Everything may raise Unfit: lines are read when needed."""

    def __init__(self, month: str, data: bytes) -> None:
        self.states, self._deleted, self._texts, self._rows = _head(month, data)
        self._values: list[list[Any]] | None = None

    def may_hold(self, word: str) -> bool:
        """Whether this folded word can stand in any of the texts: never wrongly False."""
        return self._values is not None or _as_json(word)[1:-1].encode("utf-8", "surrogatepass") in self._texts

    def ids_with(self, word: str) -> list[str]:
        """Ids of entries that have a revision with this folded word in it, each once."""
        held = (values[0][: names.ID_LENGTH] for values in self._read() if word in values[TEXT_AT])
        return list(dict.fromkeys(held))

    def holds(self, entry_id: str) -> bool:
        """Whether there is any revision of this entry."""
        return any(name.startswith(entry_id) for name in self.states)

    def ids_with_deletions(self) -> set[str]:
        """Ids of entries that have a tombstone among their revisions."""
        return _fitting(lambda: {name[: names.ID_LENGTH] for name in self._deleted})

    def rows(self, entry_id: str = "") -> list[Row]:
        """All rows, or those of one entry."""
        return _fitting(lambda: [row_from(values) for values in self._read() if values[0].startswith(entry_id)])

    def _read(self) -> list[list[Any]]:
        if self._values is None:
            self._values = _fitting(self._together)
            self._texts = self._rows = b""
        return self._values

    def _together(self) -> list[list[Any]]:
        found: list[list[Any]] = parse_json(self._rows)
        for values, text, name in zip(found, parse_json(self._texts), self.states, strict=True):
            if values[0] != name or not isinstance(text, str):
                raise Unfit
            values[TEXT_AT] = text
        return found


def pack(month: str, rows: Sequence[Row]) -> bytes:
    """A segment of these rows."""
    head = {
        "shape": SHAPE,
        "month": month,
        "names": [row.name for row in rows],
        "sizes": [row.size for row in rows],
        "modified": [row.modified for row in rows],
        "deleted": [row.name for row in rows if row.deleted],
    }
    texts = [row.text for row in rows]
    bare = [values_of(_without_words(row)) for row in rows]
    return "\n".join(map(_as_json, (head, texts, bare))).encode()


def _without_words(row: Row) -> Row:
    """A row as a segment's last line has it: without what search looks through, and without a body that may be long."""
    return row._replace(brief=brief_of(row), text="", whole=row.whole if row.kind in TABLED else None)


def pack_bodies(month: str, rows: Sequence[Row], known: Mapping[str, Whole]) -> bytes:
    """Whole entries of these rows. `known` has the bodies that the rows themselves no longer hold."""
    wholes: dict[str, tuple[int, int, Any]] = {}
    for row in rows:
        table = None if row.kind in TABLED else table_of(row)
        if table is not None:
            wholes[row.name] = (row.size, row.modified, tagged(table))
        elif row.name in known and lacks_body(row):
            whole = known[row.name]
            wholes[row.name] = (whole.size, whole.modified, tagged(whole.table))
    return _as_json({"shape": SHAPE, "month": month, "bodies": wholes}).encode()


def read_bodies(month: str, data: bytes) -> dict[str, Whole]:
    """Whole entries by file name, as `pack_bodies` was given them. Raises Unfit."""

    def read() -> dict[str, Whole]:
        loaded = parse_json(data)
        if (loaded["shape"], loaded["month"]) != (SHAPE, month):
            raise Unfit
        found = loaded["bodies"].items()
        return {name: Whole(size, modified, untagged(table)) for name, (size, modified, table) in found}

    return _fitting(read)


def lacks_body(row: Row) -> bool:
    """Whether there is more in the file than the row holds."""
    return row.whole is None and row.kind not in TABLED and not row.deleted and row.format <= FORMAT


def _head(month: str, data: bytes) -> tuple[dict[str, tuple[int, int]], list[str], bytes, bytes]:
    """Size and time of change by file name, the names of tombstones, and the other two lines."""

    def read() -> tuple[dict[str, tuple[int, int]], list[str], bytes, bytes]:
        first, texts, rows = data.split(b"\n")
        head = parse_json(first)
        if (head["shape"], head["month"]) != (SHAPE, month):
            raise Unfit
        states = zip(head["sizes"], head["modified"], strict=True)
        return dict(zip(head["names"], states, strict=True)), head["deleted"], texts, rows

    return _fitting(read)


def _fitting(read: Callable[[], T]) -> T:
    try:
        return read()
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError):
        raise Unfit from None


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
