"""All months of a vault: found by name first, read one by one, the newest before the others.

Nothing here locks; the vault does, for one month at a time, so that locking it never waits for all of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from trustkit.errors import ReadError
from trustkit.model.entry import Entry, Problem
from trustkit.vault import folder_copies, names, sentences
from trustkit.vault.coder import Coder
from trustkit.vault.collector import settle
from trustkit.vault.events import Events
from trustkit.vault.folder import Folder, Found
from trustkit.vault.index import Index
from trustkit.vault.month import Month
from trustkit.vault.rows import Row, row_of
from trustkit.vault.segment import Whole

if TYPE_CHECKING:
    from trustkit.vault.stretch import Stretch

REBUILT: Final = 50
"""So many files opened in one month are worth writing its segment at once: a kill would lose that work."""


class Shelf:
    """The entries of a vault, as far as they were read."""

    def __init__(
        self,
        folder: Folder,
        coder: Coder,
        index: Index | None,
        check: Callable[[], None],
        events: Events | None = None,
    ) -> None:
        self._folder = folder
        self._coder = coder
        self._index = index
        self._check = check
        self._months: dict[str, Month] = {}
        self._keys: list[str] | None = None
        self._last = ""
        """The month something was found in last: what is asked for next is likely to lie there, too."""
        self._folder_copies: list[tuple[str, str]] = []
        """Copied folders of months, and the months."""
        self.strays: list[Problem] = []
        """What lies among the months and does not belong there."""
        self.tightened = False
        """Folders, or files at the top, were open to others."""
        self._index_failed = False
        self.events = events or Events(folder, index)
        self.changes = 0
        """Goes up with everything that may change an answer."""
        self._answers: dict[object, tuple[int, Any]] = {}
        self._stretch: Stretch | None = None
        self._settled = False
        self._flushed = 0
        """`changes` when the file of events was written."""

    # Which months there are

    def keys(self) -> list[str]:
        """Every month there is, newest first: `2026/11`."""
        if self._keys is None:
            self._keys = self._find_keys()
        return self._keys

    def _find_keys(self) -> list[str]:
        self.strays = []
        found: list[str] = []
        for thing in self._folder.scan(""):
            if thing.name in (names.ENTRIES, names.DRAFTS) and not thing.is_folder:
                self.strays.append(Problem(thing.name, *sentences.LINKED))
        self._folder_copies = folder_copies.copies(self._folder)
        self.strays += folder_copies.take_in(self._folder)
        for year in self._folders(names.ENTRIES, names.is_year):
            found += (f"{year}/{month}" for month in self._folders(f"{names.ENTRIES}/{year}", names.is_month))
        return sorted(found, reverse=True)

    def _folders(self, path: str, fits: Callable[[str], bool]) -> Iterator[str]:
        things = self._folder.scan(path)
        self._folder.sweep(path, things)
        for thing in things:
            place = f"{path}/{thing.name}"
            if thing.is_folder and fits(thing.name):
                if thing.loose and self._folder.tighten(place):
                    self.tightened = True
                yield thing.name
            elif not names.is_hidden(thing.name) and not (thing.is_folder and _is_copy(path, thing.name)):
                self.strays.append(Problem(place, *_stray(thing)))

    # Reading them

    def __contains__(self, key: object) -> bool:
        """Whether a month was read."""
        return key in self._months

    @property
    def complete(self) -> bool:
        """Every month was read."""
        return self._keys is not None and len(self._months) == len(self._keys)

    def next_unread(self) -> str | None:
        """The newest month that was not read yet."""
        return next((key for key in self.keys() if key not in self._months), None)

    def month(self, key: str) -> Month:
        """A month, read if it was not yet."""
        month = self._months.get(key)
        if month is None:
            month = Month(key)
            segment = self._index.read(key) if self._index else None
            opened = month.read(self._folder, self._coder, segment, self._check)
            self._months[key] = month
            self.changes += 1
            if key not in self.keys():
                self._keys = sorted([*self.keys(), key], reverse=True)
            if opened >= REBUILT:
                self._write(month)
        return month

    def settle(self) -> None:
        """Everything was read: let the collector of cycles pass it over. Once, for each time holds what is garbage."""
        if self.complete and not self._settled:
            self._settled = True
            settle()

    def fresh(self, month: Month) -> Month:
        """The month with what other programs did to its folder since."""
        if (self._stretch is None or not self._stretch.is_known(month.key)) and month.is_stale(self._folder):
            self.read_again(month)
        return month

    def read_again(self, month: Month) -> None:
        """Bring a month that was read into line with its folder."""
        self.changes += 1
        month.read_again(self._folder, self._coder, self._check)

    def bodies(self, key: str) -> dict[str, Whole]:
        """Whole entries of a month by file name, as far as the index has them."""
        return self._index.bodies(key) if self._index is not None else {}

    def shown(self, key: str, kind: str) -> list[Row]:
        """The shown rows of a kind whose rows hold the whole of it, from a month that is read only if it must be."""
        if key not in self._months and self.events.knows(key):
            rows = self.events.rows(key, kind)
            if rows is not None:
                return rows
        return self.month(key).events().get(kind, [])

    def refresh(self) -> None:
        """Look again for months, and at every file of those that were read."""
        self._find_again()
        self.events.look_again()
        for month in self._months.values():
            self.read_again(month)

    def read_months(self) -> list[Month]:
        """The months that were read, newest first."""
        return [self._months[key] for key in sorted(self._months, reverse=True)]

    def locate(self, entry_id: str) -> Month | None:
        """The month an entry lies in, read and fresh; None where there is no such entry."""
        last = self._months.get(self._last)
        for month in self._months.values() if last is None or entry_id not in last else (last,):
            if entry_id in month:
                self._last = month.key
                return self.fresh(month)
        known = self.keys()
        for key in known:
            if self._lies_unread_in(key, entry_id):
                return self._months[key]
        # Another window may have written it since: in a month that was read, or in a new one.
        for month in self._months.values():
            if month.is_stale(self._folder) and entry_id in self.fresh(month):
                return month
        self._find_again()
        for key in self.keys():
            if key not in known and self._lies_unread_in(key, entry_id):
                return self._months[key]
        return None

    def known_revisions(self, entry_id: str) -> set[str]:
        """The revisions of an entry that this window knows of, without another look at the disk."""
        for month in self._months.values():
            if entry_id in month:
                return set(month.revisions(entry_id))
        return set()

    def _lies_unread_in(self, key: str, entry_id: str) -> bool:
        if key in self._months or not any(entry_id in name for name in self._folder.names(names.folder_of(key))):
            return False
        return entry_id in self.month(key)

    def _find_again(self) -> None:
        self._keys = sorted({*self._find_keys(), *self._months}, reverse=True)

    def ids(self, prefix: str) -> dict[str, str]:
        """Ids that begin so, each with its month, from the names of files alone."""
        found: dict[str, str] = {}
        for key in self.keys():
            for name in self._folder.names(names.folder_of(key)):
                if name.startswith(prefix) and (read := names.read_name(name)):
                    found.setdefault(read.id, key)
        return found

    def files(self, month: str, entry_id: str) -> list[str]:
        """Paths of everything in a month that bears an entry's id: revisions, readable or not, and copies."""
        path = names.folder_of(month)
        copied = [place for place, of in self._folder_copies if of == month]
        if self._stretch is not None:
            own = [f"{path}/{name}" for name in self._stretch.files(month, entry_id)]
        else:
            own, copied = [], [path, *copied]
        for place in copied:
            found = ((name, names.read_name(name)) for name in self._folder.names(place))
            own += (f"{place}/{name}" for name, read in found if read is not None and read.id == entry_id)
        return own

    @contextmanager
    def at_a_stretch(self) -> Iterator[None]:
        """While inside, look at each month once, however much is written there."""
        from trustkit.vault.stretch import Stretch

        self._stretch = Stretch(lambda key: self._folder.names(names.folder_of(key)))
        try:
            yield
        finally:
            self._stretch = None

    # Answers, held until something changes

    def known(self, question: object) -> Any:
        """What `keep` was given for this question, if nothing changed since; else None."""
        changes, answer = self._answers.get(question, (-1, None))
        return answer if changes == self.changes else None

    def keep(self, question: object, answer: object, asked_at: int) -> None:
        """Hold an answer.

        Args:
            asked_at: `changes` when the asking began: what has changed in between would be missing from the answer.
        """
        if asked_at == self.changes:
            self._answers[question] = (asked_at, answer)

    # Changing them

    def reread(self, key: str) -> Month:
        """A month read from its files alone, whatever the segment says."""
        month = Month(key)
        month.read(self._folder, self._coder, None, self._check)
        month.dirty = True
        self._months[key] = month
        self.changes += 1
        return month

    def put(self, entry: Entry, found: Found) -> None:
        """An entry was written. A month that was not read yet will find it by itself."""
        key = names.month_of(entry.created)
        self.changes += 1
        if self._stretch is not None:
            self._stretch.put(key, found.name)
        if key in self._months:
            self._months[key].put(row_of(entry, found))
            return
        self.events.doubt(key)
        if self._keys is not None and key not in self._keys:
            self._keys = sorted([*self._keys, key], reverse=True)

    def forgotten(self, month: Month) -> None:
        """Words were erased: the index must not keep them."""
        self.changes += 1
        self._answers.clear()
        self.events.forget()
        if self._index is not None and not self._write(month):
            self._index.forget(month.key)

    def flush(self) -> None:
        """Write the segments of months that changed."""
        for month in self._months.values():
            if month.dirty:
                self._write(month)
        if self._flushed != self.changes:
            self.events.write(self.keys(), self._months)
            self._flushed = self.changes
        if self._index is not None and self.complete:
            self._index.forget_others(self.keys())

    def _write(self, month: Month) -> bool:
        if self._index is None:
            month.dirty = False
            return True
        # Another window may have erased words meanwhile that this one still knows of.
        try:
            present = set(self._folder.names(month.path))
        except ReadError:
            return False
        written = self._index.write(month.key, (row for row in month.rows() if row.name in present))
        month.dirty = not written
        self._index_failed = not written
        return written

    # What was met on the way

    def problems(self) -> list[Problem]:
        """What a person needs to know of the files met so far."""
        months = self.read_months()
        found = [*self.strays, *(problem for month in months for problem in month.problems)]
        if self._coder.suffix == names.SEALED and any(month.unsealed for month in months):
            found.append(Problem(names.ENTRIES, *sentences.NOT_SEALED_YET))
        if self.tightened or any(month.tightened for month in months):
            found.append(Problem(names.ENTRIES, *sentences.TIGHTENED))
        if self._index_failed:
            found.append(Problem("", *sentences.INDEX_UNWRITABLE))
        return found


def _is_copy(path: str, name: str) -> bool:
    """Whether a folder is a copy of a year's or a month's, which `folder_copies` tells of."""
    return bool(folder_copies.copied_year(name) if path == names.ENTRIES else folder_copies.copied_month(name))


def _stray(thing: Found) -> tuple[str, str]:
    if names.read_name(thing.name) is not None:
        return sentences.MISPLACED if thing.is_file else sentences.NOT_A_FILE
    return sentences.STRANGER if thing.is_file else sentences.NOT_A_FILE
