"""Month segments: what the rows of one month say, sealed in the cache folder. Derived and disposable.

A segment is believed only where the name, size and time of change of a file still fit; everything else is read again.
So a segment that is gone, damaged, rolled back or somebody else's costs time and changes no answer.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final

from trustkit.errors import WriteError
from trustkit.vault import durable, names
from trustkit.vault.folder import Folder
from trustkit.vault.rows import Brief, Row

SHAPE: Final = 1
"""Goes up when a row or the folding of text changes; segments of another shape are made anew."""
MAX_SEGMENT: Final = 512 * 1024 * 1024
SUFFIX: Final = ".age"


class Index:
    """The segments of one vault. Never raises: whatever goes wrong, the files themselves are still there."""

    def __init__(self, folder: Folder, seal: Callable[[bytes], bytes], unseal: Callable[[bytes], bytes | None]) -> None:
        self._folder = folder
        self._seal = seal
        self._unseal = unseal

    def read(self, month: str) -> dict[str, Row]:
        """The rows of a month by file name; empty when there is no usable segment."""
        loaded = self.read_json(_file(month))
        if not isinstance(loaded, dict) or loaded.get("shape") != SHAPE or loaded.get("month") != month:
            return {}
        try:
            return {values[0]: _row(values) for values in loaded["rows"]}
        except (KeyError, IndexError, TypeError, ValueError):
            return {}

    def write(self, month: str, rows: Iterable[Row]) -> bool:
        """Put a month's rows in place of the old segment. On failure the old one is taken away where possible."""
        return self.write_json(_file(month), {"shape": SHAPE, "month": month, "rows": [_values(row) for row in rows]})

    def read_json(self, name: str) -> Any:
        """One sealed file of the index, or None."""
        try:
            data = self._unseal(self._folder.read(name, MAX_SEGMENT))
            return None if data is None else json.loads(data)
        except (OSError, ValueError, RecursionError, durable.NotRegular, durable.TooBig):
            return None

    def write_json(self, name: str, value: Any) -> bool:
        """Seal and write one file of the index."""
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_tagged).encode()
        try:
            self._folder.replace(name, self._seal(data))
        except (WriteError, FileExistsError):
            return False
        return True

    def forget(self, month: str) -> None:
        """Take a segment away: it holds words that were erased."""
        self._forget(_file(month))

    def forget_others(self, months: Iterable[str]) -> None:
        """Take away segments of months that are no longer there."""
        kept = {_file(month) for month in months}
        for name in self._folder.names(""):
            month = name.removesuffix(SUFFIX).split("-")
            if name not in kept and len(month) == 2 and names.is_year(month[0]) and names.is_month(month[1]):
                self._forget(name)

    def _forget(self, name: str) -> None:
        try:
            self._folder.remove(name)
        except WriteError:
            return


def _file(month: str) -> str:
    return month.replace("/", "-") + SUFFIX


def _values(row: Row) -> list[Any]:
    brief = row.brief
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
        [*brief[:4], brief.about_day.isoformat() if brief.about_day else None, brief.exercise] if any(brief) else None,
        row.text,
        row.table,
    ]


def _row(values: list[Any]) -> Row:
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
        _NO_BRIEF if brief is None else _brief(brief),
        text,
        None if table is None else _untagged(table),
    )


_NO_BRIEF: Final = Brief()


def _brief(values: list[Any]) -> Brief:
    title, tags, feelings, distress, day, exercise = values
    return Brief(title, tuple(tags), tuple(feelings), distress, date.fromisoformat(day) if day else None, exercise)


def _tagged(value: object) -> object:
    """JSON has no dates."""
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    return str(value)  # a TOML time of day, in a key this version does not know


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_untagged(item) for item in value]
    if isinstance(value, dict):
        match value:
            case {"$moment": str(moment)}:
                return datetime.fromisoformat(moment)
            case {"$day": str(day)}:
                return date.fromisoformat(day)
        return {key: _untagged(item) for key, item in value.items()}
    return value
