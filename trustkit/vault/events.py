"""What was marked, chosen and practised, over all months, without reading every month first.

The first page asks for choices and marks before anything else, and in ten years' writing they lie in every month. So
the shown rows of these kinds stand together in one more sealed file of the index. A month in it counts only while its
folder was not added to or taken from since; every other month is read. Like all of the index it is derived, disposable
and changes no answer.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from trustkit.model.entry import Choice, Entry, Mark
from trustkit.parsing import parse_json
from trustkit.vault import names
from trustkit.vault.folder import Folder
from trustkit.vault.index import Index
from trustkit.vault.month import Month
from trustkit.vault.rows import Row, entry_of, row_from, values_of

FILE: Final = "events.age"
SHAPE: Final = 3
"""Goes up when a row changes; a file of another shape is made anew."""

Stored = tuple[int, dict[str, str]]
"""One month: `Folder.modified` of its folder, and by kind the rows as JSON, read only when they are asked for."""


class Events:
    """The rows of events, of months that were read and of those that need not be.

    Args:
        index: None for a vault without one; then every month is read.
    """

    file = FILE

    def __init__(self, folder: Folder, index: Index | None) -> None:
        self._folder = folder
        self._index = index
        self._stored: dict[str, Stored] | None = None
        self._trusted: dict[str, bool] = {}
        """Whether a stored month still stands, once it was looked at."""
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self._entries: dict[str, tuple[Row, Entry]] = {}

    def knows(self, key: str) -> bool:
        """Whether a month need not be read for its events."""
        trusted = self._trusted.get(key)
        if trusted is None:
            stored = self._read().get(key)
            trusted = stored is not None and stored[0] == self._folder.modified(names.folder_of(key))
            self._trusted[key] = trusted
        return trusted

    def rows(self, key: str, kind: str) -> list[Row] | None:
        """The shown rows of one kind in a month that `knows` is true of; None where that turns out to be no rows."""
        found = self._rows.get((key, kind))
        if found is None:
            try:
                found = [row_from(values) for values in parse_json(self._read()[key][1].get(kind, "[]"))]
            except (AttributeError, IndexError, KeyError, TypeError, ValueError):
                return None
            self._rows[key, kind] = found
        return found

    def entry(self, row: Row) -> Entry:
        """The entry of a row, put together once. Raises codec.Malformed."""
        known = self._entries.get(row.name)
        if known is None or known[0] != row:
            known = (row, entry_of(row))
            self._entries[row.name] = known
        return known[1]

    def look_again(self) -> None:
        """Other programs may have been at the months that were not read."""
        self._trusted.clear()
        self._rows.clear()

    def doubt(self, key: str) -> None:
        """This run wrote into a month that was not read."""
        self._trusted[key] = False

    def write(self, keys: list[str], months: dict[str, Month]) -> None:
        """Put what is known now in place of the file, if that says something else."""
        if self._index is None:
            return
        before = self._read()
        after: dict[str, Stored] = {}
        differs = not before.keys() <= set(keys)
        moved = 0
        for key in keys:
            modified = self._folder.modified(names.folder_of(key))
            was, now = before.get(key), self._now(key, modified, months.get(key))
            if now is not None:
                after[key] = now
            if was is None or was[0] == modified or (now is not None and now[1] != was[1]):
                differs = differs or now != was
            else:
                moved += 1  # it is not believed as it stands, so leaving it there changes no answer
        if not differs and moved <= 1:
            return  # the month that is being written in is read at every start anyway
        if self._index.write_json(self.file, {"shape": SHAPE, "months": after}):
            self._stored = after

    def _now(self, key: str, modified: int | None, month: Month | None) -> Stored | None:
        """What the file can say of a month; nothing where its folder is not as it was read.

        Another window may have erased words meanwhile that this one still knows of.
        """
        if modified is None:
            return None
        was = self._read().get(key)
        if was is not None and was[0] == modified and (month is None or month.is_folded):
            return was
        kinds = self._to_keep(month) if month is not None and month.modified == modified else None
        return None if kinds is None else (modified, kinds)

    def forget(self) -> None:
        """Words were erased: the file must not keep them."""
        if self._index is not None:
            self._index.forget_file(self.file)
        self._stored = {}
        self._entries.clear()
        self.look_again()

    def _to_keep(self, month: Month) -> dict[str, str] | None:
        """What the file says of a month; None to leave it out.

        A damaged file may be put right in its place, and a copy goes by another name than the one it is told from:
        such a month is for whoever reads all of it.
        """
        kinds = month.events()  # asked first: taking its segment apart may be what finds the damage
        return None if month.problems else {kind: _text(rows) for kind, rows in kinds.items()}

    def _read(self) -> dict[str, Stored]:
        if self._stored is None:
            self._stored = {}
            loaded = self._index.read_json(self.file) if self._index is not None else None
            if isinstance(loaded, dict) and loaded.get("shape") == SHAPE:
                with suppress(AttributeError, KeyError, TypeError, ValueError):
                    self._stored = {key: (modified, kinds) for key, (modified, kinds) in loaded["months"].items()}
        return self._stored


def _text(rows: list[Row]) -> str:
    values = [values_of(row) for row in rows]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def latest_marks(events: Iterable[Entry]) -> dict[tuple[str, str], Mark]:
    """(guide, step) to the mark that was saved last; steps whose mark was taken back are left out."""
    latest: dict[tuple[str, str], tuple[Entry, Mark]] = {}
    for entry in events:
        if isinstance(mark := entry.body, Mark):
            key = (mark.guide, mark.step)
            if key not in latest or _is_later(entry, latest[key][0]):
                latest[key] = (entry, mark)
    return {key: mark for key, (_, mark) in latest.items() if mark.state}


def latest_choices(events: Iterable[Entry]) -> dict[str, str | int | bool | tuple[str, ...]]:
    """What was chosen last, by name."""
    latest: dict[str, tuple[Entry, Choice]] = {}
    for entry in events:
        choice = entry.body
        if isinstance(choice, Choice) and (choice.name not in latest or _is_later(entry, latest[choice.name][0])):
            latest[choice.name] = (entry, choice)
    return {name: choice.value for name, (_, choice) in latest.items()}


def _is_later(one: Entry, other: Entry) -> bool:
    return (one.saved, one.id) > (other.saved, other.id)
