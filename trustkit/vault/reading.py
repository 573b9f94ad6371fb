"""The half of a vault that reads: entries, lists, search, events, all progressively, newest month first.

Lists and search go by rows (`rows.py`); whatever shows an entry opens its file.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from threading import Event, RLock
from typing import Any, Literal, TypeVar

from trustkit.errors import Locked, NotFound, ReadError, UsageError
from trustkit.model.entry import FORMAT, LISTED, Entry, Mark, Problem, Summary
from trustkit.vault import bulk, codec, names, sentences, tree
from trustkit.vault.coder import BadFile, Coder
from trustkit.vault.collector import collector_resting
from trustkit.vault.drafts import Drafts
from trustkit.vault.events import latest_choices, latest_marks
from trustkit.vault.fold import fold
from trustkit.vault.folder import Folder
from trustkit.vault.month import Month
from trustkit.vault.rows import TABLED, Row, rev_of_copy
from trustkit.vault.sentences import Said
from trustkit.vault.shelf import Shelf

Mode = Literal["sealed", "open", "nothing"]
Clock = Callable[[], datetime]

Answer = TypeVar("Answer")


class Reading(ABC):
    """The half of a vault that reads."""

    mode: Mode
    data: Path | None = None
    """The data folder; None when nothing is kept."""

    def __init__(self, folder: Folder, *, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = RLock()
        self._closing = Event()
        self._open: tuple[Coder, Shelf] | None = None
        self._drafts = Drafts(folder, names.new_rev())
        self._problems: tuple[Problem, ...] = ()
        self._own_problems: list[Problem] = []

    # State: never waits for another thread

    @property
    def locked(self) -> bool:
        """Nothing can be read or written until `unlock`. Always False for a vault without a passphrase."""
        return self._open is None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What a person needs to know of files that were met, in plain words. Grows as files are met."""
        return self._problems

    @property
    def loaded(self) -> bool:
        """Every month was read, so that nothing here has to wait for the disk but opening an entry."""
        opened = self._open
        return opened is not None and opened[1].complete

    def at_hand(self, question: object) -> Any:
        """What `remembered` holds for this question, where nothing changed since; else None. Reads no file."""
        opened = self._open
        return None if opened is None else opened[1].known(question)

    # Loading

    def load(self, months: int | None = None) -> bool:
        """Read the newest `months` months that were not read yet, or all. The lock is free between two months.

        Returns:
            Whether everything is read now.
        """
        left = months
        with collector_resting():
            while left is None or left > 0:
                with self._lock:
                    _, shelf = self._opened()
                    key = shelf.next_unread()
                    if key is None:
                        self._note_problems()
                        break
                    self._month(key)
                left = None if left is None else left - 1
        with self._lock:
            complete = self._opened()[1].complete
            if complete:
                self._loaded()
            return complete

    def refresh(self) -> None:
        """Notice what other windows, other devices and people did to the files since."""
        with self._lock:
            self._opened()[1].refresh()
            self._note_problems()
        self.load()

    @abstractmethod
    def _loaded(self) -> None:
        """Everything is read. Called often."""

    # Entries

    def get(self, entry_id: str) -> Entry:
        """The shown revision of an entry, read from its file. A deleted one comes as its tombstone, without words.

        Raises:
            NotFound: There is no such entry, or it vanished.
            ReadError: Its file is damaged.
            Locked: The vault is.
        """
        with self._lock:
            for _ in range(2):
                month = self._located(entry_id)
                try:
                    return self._read(month, month.heads(entry_id)[0])
                except FileNotFoundError:
                    self._reread(month)
            raise NotFound(*sentences.VANISHED)

    def heads(self, entry_id: str) -> list[Entry]:
        """The current revisions, the shown one first. More than one: two devices changed it. Raises as `get` does."""
        with self._lock:
            month = self._located(entry_id)
            return self._read_all(month, month.heads(entry_id))

    def versions(self, entry_id: str) -> list[Entry]:
        """Every revision that is kept and can be read, tombstones too, newest first. Raises NotFound, Locked."""
        with self._lock:
            month = self._located(entry_id)
            return self._read_all(month, tree.newest_first(month.revisions(entry_id).values()))

    def read_all(self, summaries: Iterable[Summary]) -> Iterator[Entry]:
        """The entries behind these summaries, in their order: `get` for an export, many times as quick.

        What cannot be read is left out and stands in `problems`; what vanished is left out. Raises Locked.
        """
        return bulk.read_all(self, summaries)

    def find_id(self, prefix: str) -> str:
        """The one id that begins so; case does not matter. Where several do, what lists show comes first.

        Raises:
            UsageError: Fewer than four characters, or several entries.
            NotFound: None.
        """
        start = prefix.strip().lower()
        if len(start) < 4:
            raise UsageError(*sentences.SHORT_ID)
        with self._lock:
            _, shelf = self._opened()
            found = shelf.ids(start)
            if len(found) > 1:
                listed = {key: month for key, month in found.items() if self._is_listed(shelf.month(month), key)}
                found = listed or found
            if not found:
                raise NotFound(*sentences.NOT_FOUND)
            if len(found) > 1:
                raise UsageError(*sentences.AMBIGUOUS_ID)
            return next(iter(found))

    def taken_ids(self) -> frozenset[str]:
        """Every id that a file bears, whatever became of it: none of these can be given to something new."""
        with self._lock:
            return frozenset(self._opened()[1].ids(""))

    @staticmethod
    def _is_listed(month: Month, entry_id: str) -> bool:
        return entry_id in month and month.heads(entry_id)[0].kind in LISTED

    def at_a_stretch(self) -> AbstractContextManager[None]:
        """While inside, many writes cost what each does alone. See `trustkit.vault.stretch`. Raises Locked."""
        return self._opened()[1].at_a_stretch()

    # Lists

    def summaries(self, *, private: bool = False, trash: bool = False, limit: int | None = None) -> tuple[Summary, ...]:
        """What lists show, newest first by month and moment of creation. Asked again, the very same until a change.

        Args:
            private: Include entries that are kept privately.
            trash: What was deleted and can be brought back, instead of what is live.
            limit: No more than so many. Only the newest months are then read: what a screen asks for first.
        """
        if limit is not None:
            return tuple(islice(self._listed(private, trash, ""), limit))
        return self.remembered((private, trash), lambda: self._all_listed(private, trash))

    def _all_listed(self, private: bool, trash: bool) -> tuple[Summary, ...]:
        found = tuple(self._listed(private, trash, ""))
        with self._lock:
            self._opened()[1].settle()
        return found

    def remembered(self, question: object, answer: Callable[[], Answer]) -> Answer:
        """What `answer` gives, worked out once and held until something changes. Raises Locked."""
        for _ in range(2):  # the first asking may be what reads the months, and so a change of its own
            with self._lock:
                asked_at = self._opened()[1].changes
                known: Answer | None = self._opened()[1].known(question)
            if known is not None:
                return known
            given = answer()
            with self._lock:
                self._opened()[1].keep(question, given, asked_at)
                if self._opened()[1].known(question) is not None:
                    break
        return given

    def search(self, words: str, *, private: bool = False) -> list[Summary]:
        """Entries that hold every one of these words, newest first. Case and accents do not matter.

        Words may stand anywhere: in the title, the text, tags, feelings and answers. No words find nothing.
        """
        return list(self._listed(private, False, words)) if words.split() else []

    def _listed(self, private: bool, trash: bool, words: str) -> Iterator[Summary]:
        # The longest word first: it is the likeliest to be missing.
        wanted = sorted(set(fold(words).split()), key=len, reverse=True)
        for key in self._keys():
            with self._lock, collector_resting():
                found = self._month(key).found(wanted, private=private, trash=trash)
            yield from found

    # Events

    def events(self, kind: str, *, exercise: str = "") -> list[Entry]:
        """Every live entry of a kind in order of creation, private ones too (`Entry.private` tells).

        Args:
            kind: Marks, choices, practices, records and own exercises come from the index; notes and answers are
                opened one by one.
            exercise: Only what belongs to this exercise.
        """
        found = list(self._fold(kind)) if kind in TABLED else self._opened_events(kind)
        if exercise:
            found = [entry for entry in found if getattr(entry.body, "exercise", "") == exercise]
        return found

    def marks(self) -> dict[tuple[str, str], Mark]:
        """(guide, step) to the latest mark; steps whose mark was taken back are left out."""
        return dict(self.remembered("marks", lambda: latest_marks(self._fold("mark"))))

    def choices(self) -> dict[str, str | int | bool | tuple[str, ...]]:
        """What the reader chose about trustkit itself, by name: the latest of each."""
        return dict(self.remembered("choices", lambda: latest_choices(self._fold("choice"))))

    def _fold(self, kind: str) -> tuple[Entry, ...]:
        """Every live entry of a tabled kind in order of creation: cheap to ask for again until something changes."""
        with self._lock:
            _, shelf = self._opened()
            known: tuple[Entry, ...] | None = shelf.known(kind)
            if known is not None:
                return known
        for key in self._keys():  # the slow part, with the lock free between two months
            with self._lock:
                self._opened()[1].shown(key, kind)
        with self._lock, collector_resting():
            _, shelf = self._opened()
            found: list[Entry] = []
            for key in list(shelf.keys()):
                for row in shelf.shown(key, kind):
                    found += self._event(key, row)
            answer = tuple(sorted(found, key=lambda entry: (entry.created, entry.saved, entry.id)))
            shelf.keep(kind, answer, shelf.changes)
            self._note_problems()
            return answer

    def _event(self, key: str, row: Row) -> list[Entry]:
        """One entry, or none where it is of a newer format or of no known shape."""
        try:
            return [self._opened()[1].events.entry(row)] if row.format <= FORMAT else []
        except codec.Malformed:
            self._report(names.folder_of(key), row, sentences.DAMAGED)
            return []

    def _opened_events(self, kind: str) -> list[Entry]:
        """The same of a kind whose files have to be opened."""
        self.load()
        with self._lock:
            _, shelf = self._opened()
            found: list[Entry] = []
            for month in shelf.read_months():
                for row in month.shown(kind):
                    try:
                        found += [self._read(month, row)] if row.format <= FORMAT else []
                    except FileNotFoundError:
                        continue
                    except ReadError as error:
                        self._report(month.path, row, (error.happened, error.do_next))
            self._note_problems()
            return sorted(found, key=lambda entry: (entry.created, entry.saved, entry.id))

    # Within

    def _opened(self) -> tuple[Coder, Shelf]:
        opened = self._open
        if opened is None:
            raise Locked(*sentences.LOCKED)
        return opened

    def _check(self) -> None:
        """Break off a long reading when somebody wants to lock."""
        if self._closing.is_set():
            raise Locked(*sentences.LOCKED)

    def _keys(self) -> list[str]:
        with self._lock:
            keys = list(self._opened()[1].keys())
            self._note_problems()
            return keys

    def _month(self, key: str) -> Month:
        _, shelf = self._opened()
        known = key in shelf
        month = shelf.month(key)
        if not known:
            self._note_problems()
        return month

    def _located(self, entry_id: str) -> Month:
        _, shelf = self._opened()
        before = shelf.changes
        month = shelf.locate(entry_id) if names.is_id(entry_id) else None
        if shelf.changes != before:
            self._note_problems()
        if month is None or entry_id not in month:
            raise NotFound(*sentences.NOT_FOUND)
        return month

    def _reread(self, month: Month) -> None:
        self._opened()[1].read_again(month)
        self._note_problems()

    def _read(self, month: Month, row: Row) -> Entry:
        """The entry in a row's file, if it is the one the row names. Raises FileNotFoundError, ReadError."""
        coder, _ = self._opened()
        name = names.read_name(row.name)
        try:
            entry = coder.read_entry(self._folder, f"{month.path}/{row.name}", name.suffix if name else names.OPEN)
        except BadFile as bad:
            raise ReadError(*bad.said) from None
        if (entry.id, names.month_of(entry.created)) != (row.id, month.key):
            raise ReadError(*sentences.MISPLACED)
        if entry.rev != row.rev:
            if row.rev != rev_of_copy(entry):
                raise ReadError(*sentences.MISPLACED)
            entry = replace(entry, rev=row.rev)  # a copy that says something else goes by a name of its own
        return entry

    def _read_all(self, month: Month, rows: list[Row]) -> list[Entry]:
        """Those that can be read; the others are reported. Raises ReadError where none can."""
        found: list[Entry] = []
        failure: ReadError | None = None
        for row in rows:
            try:
                found.append(self._read(month, row))
            except FileNotFoundError:
                failure = failure or ReadError(*sentences.VANISHED)
            except ReadError as error:
                failure = error
                self._report(month.path, row, (error.happened, error.do_next))
        self._note_problems()
        if failure is not None and not found:
            raise failure
        return found

    def _report(self, path: str, row: Row, said: Said) -> None:
        problem = Problem(f"{path}/{row.name}", *said)
        if problem not in self._own_problems:
            self._own_problems.append(problem)

    def _note_problems(self) -> None:
        opened = self._open
        if opened is not None:
            found = [*self._own_problems, *opened[1].problems(), *self._drafts.problems]
            self._problems = tuple(dict.fromkeys(found))
