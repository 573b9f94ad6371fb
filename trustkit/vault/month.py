"""One month's folder: the entries in it, read through their segment, repaired where that no longer fits.

All revisions of an entry lie in the month it was created in, so a month stands for itself: the newest can be shown
before the others are read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from trustkit.model.entry import Entry, Problem, Summary
from trustkit.vault import names, sentences, tree
from trustkit.vault.coder import MOST, BadFile, Coder
from trustkit.vault.folder import Folder, Found
from trustkit.vault.gathered import Gathered
from trustkit.vault.names import Name
from trustkit.vault.rows import TABLED, Card, Row, card_of, rest_of, rev_of_copy, row_of
from trustkit.vault.segment import Segment, Unfit
from trustkit.vault.sentences import Said

MANY: Final = 8
"""Where more than one in so many entries is needed, all of them are taken out of the segment, once."""


class Month:
    """The rows of one month and what follows from them. Nothing here locks; the vault does.

    Where every file is as its segment says, the rows stay in there (`_folded`) until somebody needs them all.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        """`2026/11`."""
        self.path = names.folder_of(key)
        self.problems: list[Problem] = []
        self.dirty = False
        """The segment on disk says something else."""
        self.tightened = 0
        self.unsealed = 0
        """Files in clear beside a key."""
        self.modified: int | None = None
        """When the folder's names had changed last at the time it was read; None where that says nothing."""
        self._rows = Gathered()
        self._folded: Segment | None = None
        self._anew: Callable[[], object] = int
        """Reads every file, for a segment that turns out to be none."""
        self._some: dict[str, Card | None] = {}
        """Cards of a few entries of a segment that was not taken apart."""
        self._listed: dict[tuple[bool, bool], tuple[list[str], list[Summary]]] = {}
        """Texts and summaries side by side, with and without private ones, live and deleted: what searches go through.

        Of fifty thousand entries that miss, not even the summaries are then fetched from memory.
        """
        self._events: dict[str, list[Row]] | None = None

    # What is in it

    @property
    def is_folded(self) -> bool:
        """Nothing changed since its segment was written, and nobody has needed its rows so far."""
        return self._folded is not None

    @property
    def _entries(self) -> Gathered:
        if self._folded is not None:
            self._unfold(self._folded)
        return self._rows

    def _unfold(self, segment: Segment) -> None:
        self._folded = None
        try:
            self._rows = Gathered(segment.rows())
        except Unfit:
            self._rows = Gathered()
            self._anew()

    def __contains__(self, entry_id: object) -> bool:
        if self._folded is not None:
            return isinstance(entry_id, str) and self._folded.holds(entry_id)
        return entry_id in self._rows

    def revisions(self, entry_id: str) -> dict[str, Row]:
        """Every revision of an entry, by its name."""
        return self._entries[entry_id]

    def heads(self, entry_id: str) -> list[Row]:
        """The current revisions, the one to show first."""
        return tree.heads(self._entries[entry_id])

    def ids(self) -> Iterator[str]:
        return iter(self._entries)

    def cards(self) -> list[Card]:
        """Everything that lists and the trash show, newest first. Made anew: only lists of it are held."""
        return sorted(filter(None, map(card_of, self._entries.entries())), key=_order, reverse=True)

    def found(self, words: Sequence[str], *, private: bool, trash: bool) -> list[Summary]:
        """Those that hold every one of these folded words, newest first; all of them where there is no word.

        Args:
            private: Include entries that are kept privately.
            trash: What was deleted, instead of what is live.
        """
        folded = self._folded
        if folded is not None and words:
            try:
                if not all(map(folded.may_hold, words)):
                    return []
                ids = folded.ids_with(words[0])
                if len(ids) * MANY < len(folded.states):
                    return _with(words, *_side_by_side(self._some_cards(folded, ids), private, trash))
            except Unfit:
                pass  # said by `cards` below, which reads the files
        if not self._listed:
            self._listed, self._some = _all_side_by_side(self.cards()), {}
        return _with(words, *self._listed[private, trash])

    def _some_cards(self, segment: Segment, ids: list[str]) -> list[Card]:
        """Of a few entries, without taking the whole segment apart."""
        for entry_id in ids:
            if entry_id not in self._some:
                self._some[entry_id] = card_of({row.rev: row for row in segment.rows(entry_id)})
        return sorted(filter(None, map(self._some.get, ids)), key=_order, reverse=True)

    def ids_with_deletions(self) -> Iterable[str]:
        """Entries that have a tombstone among their revisions: what may lie in the trash."""
        if self._folded is not None:
            with suppress(Unfit):
                return self._folded.ids_with_deletions()
        return {row.id for row in self._entries.rows() if row.deleted}

    def shown(self, kind: str) -> list[Row]:
        """The shown revision of every entry of a kind that is not deleted."""
        found: list[Row] = []
        for revisions in self._entries.entries():
            row = tree.heads(revisions)[0]
            if row.kind == kind and not row.deleted:
                found.append(row)
        return found

    def events(self) -> dict[str, list[Row]]:
        """By kind, as `shown`, everything whose row holds the whole of it."""
        if self._events is None:
            found: dict[str, list[Row]] = {}
            for revisions in self._entries.entries():  # which may read every file, and so forget what was made here
                row = next(iter(revisions.values()))
                if row.kind in TABLED:
                    if len(revisions) > 1:
                        row = tree.heads(revisions)[0]
                    if not row.deleted:
                        found.setdefault(row.kind, []).append(row)
            self._events = found
        return self._events

    def rows(self) -> Iterator[Row]:
        """Every row that a segment may hold. Copies are left out: they are read each time."""
        for row in self._entries.rows():
            name = names.read_name(row.name)
            if name is not None and name.exact and name.rev == row.rev:
                yield row

    # Changing it

    def put(self, row: Row) -> None:
        """A revision was written or read."""
        self._entries.put(row)
        self._touch(row.id)

    def learned(self, row: Row, entry: Entry) -> None:
        """A revision was opened whose body the index does not have: the next segment is to hold it."""
        if entry.body is not None and self._entries.get(row.id, row.rev) is row:
            self._rows.put(row._replace(whole=rest_of(entry)))
            self.dirty = True

    def drop(self, entry_id: str, rev: str) -> None:
        """A revision is gone."""
        if self._entries.drop(entry_id, rev):
            self._touch(entry_id)

    def _touch(self, entry_id: str) -> None:
        self._some.pop(entry_id, None)
        self._listed = {}
        self._events = None
        self.dirty = True

    # Reading it

    def is_stale(self, folder: Folder) -> bool:
        """Whether files may have come or gone since it was read. Changes inside a file are found when it is opened."""
        return self.modified is None or folder.modified(self.path) != self.modified

    def read(self, folder: Folder, coder: Coder, segment: Segment | None, check: Callable[[], None]) -> int:
        """Read this for the first time.

        Args:
            segment: What was known of it.
            check: Called before each file that has to be opened; may raise to break off.

        Returns:
            How many files had to be opened.
        """
        modified = folder.modified(self.path)
        found = folder.scan(self.path)
        self._anew = lambda: self._take(folder, coder, {}, check, folder.scan(self.path))
        if segment is not None and _fits(found, segment.states, coder.suffix):
            self._folded, self.modified = segment, modified
            return 0
        known: dict[str, Row] = {}
        if segment is not None:
            with suppress(Unfit):
                known = {row.name: row for row in segment.rows()}
        self._rows = Gathered()
        opened = self._take(folder, coder, known, check, found)
        self.modified = modified
        return opened

    def read_again(self, folder: Folder, coder: Coder, check: Callable[[], None]) -> int:
        """Bring this into line with the folder, going on from what is known. Returns as `read` does."""
        modified = folder.modified(self.path)
        found = folder.scan(self.path)
        if self._folded is not None and _fits(found, self._folded.states, coder.suffix):
            self.modified = modified
            return 0
        opened = self._take(folder, coder, {row.name: row for row in self.rows()}, check, found)
        self.modified = modified
        return opened

    def read_only(self, folder: Folder, coder: Coder, wanted: Iterable[str], check: Callable[[], None]) -> bool:
        """Read a few files alone, by their exact names. Returns whether each was there and sound."""
        things = {name: Found(name, 0, 0) for name in wanted}
        reading = _Reading(self, folder, coder, check, set(things))
        for thing in things.values():
            reading.take(thing, None)
        self._rows = reading.entries
        return reading.added == len(things)

    def _take(
        self, folder: Folder, coder: Coder, known: dict[str, Row], check: Callable[[], None], found: list[Found]
    ) -> int:
        folder.sweep(self.path, found)
        reading = _Reading(self, folder, coder, check, {thing.name for thing in found})
        for thing in found:
            reading.take(thing, known.get(thing.name))
        reading.take_copies()
        unchanged = len(reading.kept) == len(known) and not reading.added
        if reading.entries != self._rows:
            self._rows = reading.entries
            self._some.clear()
            self._listed = {}
            self._events = None
        self.dirty = self.dirty or not unchanged
        self.problems, self.unsealed = reading.problems, reading.unsealed
        self.tightened += reading.tightened
        return reading.opened


def _fits(found: list[Found], states: dict[str, tuple[int, int]], suffix: str) -> bool:
    """Whether a folder holds exactly the files a segment knows, unchanged, and nothing that needs a word."""
    if len(found) != len(states):
        return False
    for name, size, modified, is_file, _, loose in found:
        if states.get(name) != (size, modified) or not is_file or loose or not name.endswith(suffix):
            return False
    return True


class _Reading:
    """One pass over a folder."""

    def __init__(
        self, month: Month, folder: Folder, coder: Coder, check: Callable[[], None], present: set[str]
    ) -> None:
        self.month = month
        self.present = present
        self.folder = folder
        self.coder = coder
        self.check = check
        self.entries = Gathered()
        self.problems: list[Problem] = []
        self.kept: list[str] = []
        self.copies: list[tuple[Found, Name]] = []
        self.opened = 0
        self.added = 0
        self.unsealed = 0
        self.tightened = 0

    def take(self, thing: Found, known: Row | None) -> None:
        name = names.read_name(thing.name)
        if names.is_hidden(thing.name):
            return
        if name is None:
            self.report(thing.name, sentences.STRANGER if thing.is_file else sentences.NOT_A_FILE)
        elif not thing.is_file:
            self.report(thing.name, sentences.NOT_A_FILE)
        else:
            if thing.loose and self.folder.tighten(f"{self.month.path}/{thing.name}"):
                self.tightened += 1
            self.unsealed += name.suffix == names.OPEN
            if not name.exact or (name.suffix == names.OPEN and thing.name + names.SEALED[-4:] in self.present):
                self.copies.append((thing, name))  # or sealing was broken off between the two
                return
            if known is not None and known.size == thing.size and known.modified == thing.modified:
                self.kept.append(thing.name)
                self.put(known)
            else:
                entry = self.open(thing, name)
                if entry is not None:
                    self.added += 1
                    self.put(row_of(entry, thing))

    def take_copies(self) -> None:
        """A copy stands in for an original that is gone, and beside one that says something else."""
        for thing, name in sorted(self.copies):
            entry = self.open(thing, name)
            if entry is None:
                continue
            original = self.entries.get(name.id, name.rev)
            if original is None:
                self.put(row_of(entry, thing))
                self.report(thing.name, sentences.ONLY_COPY)
            elif self.says_the_same(entry, original):
                if not name.exact:
                    self.report(thing.name, sentences.SAME_COPY)
            else:
                self.put(row_of(replace(entry, rev=rev_of_copy(entry)), thing))
                self.report(thing.name, sentences.DIFFERENT_COPY)

    def says_the_same(self, entry: Entry, row: Row) -> bool:
        name = names.read_name(row.name)
        try:
            other = self.coder.read_entry(
                self.folder, f"{self.month.path}/{row.name}", name.suffix if name else names.OPEN
            )
        except (FileNotFoundError, BadFile):
            return False
        return other == entry

    def open(self, thing: Found, name: Name) -> Entry | None:
        self.check()
        self.opened += 1
        if thing.size > MOST:
            self.report(thing.name, sentences.TOO_BIG)
            return None
        try:
            entry = self.coder.read_entry(self.folder, f"{self.month.path}/{thing.name}", name.suffix)
        except FileNotFoundError:
            return None
        except BadFile as bad:
            self.report(thing.name, bad.said)
            return None
        if (entry.id, entry.rev, names.month_of(entry.created)) != (name.id, name.rev, self.month.key):
            self.report(thing.name, sentences.MISPLACED)
            return None
        return entry

    def put(self, row: Row) -> None:
        self.entries.put(row)

    def report(self, name: str, said: Said) -> None:
        self.problems.append(Problem(f"{self.month.path}/{name}", *said))


def _side_by_side(cards: Iterable[Card], private: bool, trash: bool) -> tuple[list[str], list[Summary]]:
    """The texts and the summaries of those that are asked for."""
    wanted = [card for card in cards if card.summary.deleted is trash and (private or not card.summary.private)]
    return [card.text for card in wanted], [card.summary for card in wanted]


def _all_side_by_side(cards: list[Card]) -> dict[tuple[bool, bool], tuple[list[str], list[Summary]]]:
    """By whether private ones and whether the trash is asked for. Where nothing is private, two of them are one."""
    found = {(True, trash): _side_by_side(cards, True, trash) for trash in (False, True)}
    for trash in (False, True):
        _, summaries = found[True, trash]
        some_private = any(summary.private for summary in summaries)
        found[False, trash] = _side_by_side(cards, False, trash) if some_private else found[True, trash]
    return found


def _with(words: Sequence[str], texts: list[str], summaries: list[Summary]) -> list[Summary]:
    """The summaries whose texts hold every one of these words."""
    if not words:
        return summaries
    first, *others = words
    found = [at for at, text in enumerate(texts) if first in text]
    for word in others:
        found = [at for at in found if word in texts[at]]
    return [summaries[at] for at in found]


def _order(card: Card) -> tuple[datetime, datetime, str]:
    return card.summary.created, card.summary.saved, card.summary.id
