"""What goes out of a journal in clear, and what comes into one from elsewhere.

What a page looks like in a file is the business of `model.export` and `model.importing`; how bytes reach the disk that
of `vault.outside`. Here stands which pages go, and what an import may do: it adds, it never overwrites, it adds nothing
twice, and it is undone as one act.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustkit.companion.own import Owning
from trustkit.errors import AlreadyExists, NotFound, ReadError, UsageError
from trustkit.model.entry import LISTED, Choice, Entry, Mark, Summary
from trustkit.model.frozen import frozen
from trustkit.model.importing import ENDINGS, Found, Skipped, id_for, read
from trustkit.model.pages import Page, page_of

if TYPE_CHECKING:
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import SignList
    from trustkit.vault import Vault

REMEMBERED: Final = "imported"
"""The choice that remembers the last import: `begun`, `done` or `undone`, a moment, and the ids of its pages."""
MANY: Final = 50
"""Pages from which on they are read together: that goes through every month, and is many times as quick for each."""
LOST: Final = (
    "One of these pages can't be read any more.",
    "`trustkit vault verify` names it; nothing was written.",
)
TRIES: Final = 8
"""Other ids that a page is offered when the first is taken by other words."""

HERE: Final = "it is here already"
TWICE: Final = "it stands there twice"
IN_TRASH: Final = "it is in the trash here; `trustkit journal restore` brings it back"
SET_HERE: Final = "something is set here already"
UNKNOWN_ENDING: Final = "it is neither text nor Markdown nor JSON"
UNREAD: Final = "it can't be read"
NOTHING_TO_UNDO: Final = ("There is no import here to take back.", "Single entries go with `trustkit journal delete`.")


@frozen
class Plan:
    """What an import would do. Nothing was written yet."""

    add: tuple[tuple[str, Page], ...]
    """Pages that are new here, each with the id it will have, in the order they were written."""
    bring_back: tuple[tuple[str, Page], ...]
    """Pages that an import taken back had put into the trash."""
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]

    @property
    def pages(self) -> list[Page]:
        """Everything that will be there afterwards and is not now, oldest first."""
        return sorted((page for _, page in (*self.add, *self.bring_back)), key=lambda page: page.created)


@frozen
class Undone:
    """What taking an import back did."""

    trashed: int
    changed: int
    """Pages that stay, since somebody wrote in them after they were brought in."""


class Handing:
    """The doors of one journal. Not mixed into the companion, since most starts never come here.

    Everything here may read or write files: call it from a thread.
    """

    def __init__(self, companion: Owning) -> None:
        self._companion = companion

    @property
    def vault(self) -> "Vault":
        """The journal."""
        return self._companion.vault

    # -- out -------------------------------------------------------------------------------------

    def pages(self, ids: Iterable[str]) -> Iterator[Page]:
        """The pages of these entries, oldest first; those in the trash or of a newer trustkit are left out.

        They come one by one, so that a long journal need not be held in memory to be written elsewhere.

        Raises:
            NotFound: there is none by an id.
            ReadError: one of them is damaged. Nothing incomplete should be handed over as if it were whole.
            Locked: The vault is.
        """
        wanted = dict.fromkeys(ids)
        listed = sorted(self.summaries(wanted), key=_order) if len(wanted) >= MANY else []
        together = {one.id for one in listed}
        alone = sorted((self.vault.get(one) for one in wanted if one not in together), key=_order)
        for entry in heapq.merge(self._together(listed), alone, key=_order):
            page = page_of(entry)
            if page is not None:
                yield page

    def _together(self, listed: list[Summary]) -> Iterator[Entry]:
        """All of these, in this order. Raises as `pages`."""
        waiting = iter(listed)
        for entry in self.vault.read_all(listed):
            for one in waiting:
                if one.id == entry.id:
                    break
                yield self._passed_over(one)
            yield entry
        yield from map(self._passed_over, waiting)

    def _passed_over(self, one: Summary) -> Entry:
        """What could not be read with the others is asked for by itself, and says why."""
        try:
            return self.vault.get(one.id)
        except NotFound:
            raise ReadError(*LOST) from None

    def exercise_named(self, name: str) -> "Exercise | SignList | str | None":
        """What an entry belongs to, where it can be had: for the words of its questions."""
        return self._companion.named(name)

    def write_outside(self, target: Path, parts: Iterable[bytes]) -> None:
        """Write one new file, in clear, for its owner alone. Raises WriteError, UsageError; see `vault.outside`."""
        from trustkit.vault import outside

        outside.write_file(target, parts, keep_out_of=self._companion.paths.data)

    def write_folder_outside(self, target: Path, files: Iterable[tuple[str, bytes]]) -> int:
        """The same for a new or empty folder; returns how many files it has. Raises as `write_outside`."""
        from trustkit.vault import outside

        return outside.write_folder(target, files, keep_out_of=self._companion.paths.data)

    def copied_by(self, target: Path) -> str:
        """The cloud service that seems to copy the folder a file lies in, or nothing."""
        from trustkit.vault import cloud_folder

        return cloud_folder(target.absolute())

    # -- in --------------------------------------------------------------------------------------

    def read_outside(self, source: Path) -> Found:
        """The pages in a file, or in every file of a folder. Raises NotFound, ReadError; see `vault.outside`."""
        from trustkit.vault import outside

        pages: list[Page] = []
        skipped: list[Skipped] = []
        notes: dict[str, None] = {}
        for name, data, changed in outside.read_all(source, ENDINGS):
            if data is None:
                ours = name.casefold().endswith(ENDINGS)
                skipped.append(Skipped(name, UNREAD if ours else UNKNOWN_ENDING))
                continue
            found = read(name, data, changed.astimezone(), here)
            pages += found.pages
            skipped += found.skipped
            notes |= dict.fromkeys(found.notes)
        return Found(tuple(pages), tuple(skipped), tuple(notes))

    def weigh(self, found: Found, *, private: bool = False) -> Plan:
        """What bringing these pages in would do. Changes nothing. Raises ReadError, Locked.

        Args:
            private: Keep all of them privately, whatever they say themselves.
        """
        if private:
            found = replace(found, pages=tuple(replace(page, private=True) for page in found.pages))
        return _Weighing(self, found).plan()

    def bring_in(self, plan: Plan, progress: Callable[[int, int], None] | None = None) -> list[str]:
        """Do what a plan says, and remember it as one act. Returns the ids, as they came to be.

        Raises:
            WriteError: There is no room, or the like. What was brought in until then is whole, and is taken back by
                `undo_import` like the rest.
        """
        vault = self.vault
        if not plan.add and not plan.bring_back:
            return []
        self._remember("begun", [entry_id for entry_id, _ in (*plan.add, *plan.bring_back)])
        brought: list[str] = []
        number = len(plan.add) + len(plan.bring_back)
        with vault.at_a_stretch():
            for entry_id, _ in plan.bring_back:
                brought.append(vault.restore(entry_id).id)
            for entry_id, page in plan.add:
                brought.append(self._add(entry_id, page).id)
                if progress is not None:
                    progress(len(brought), number)
        self._remember("done", brought)
        return brought

    def summaries(self, ids: Collection[str]) -> list[Summary]:
        """What lists say of these entries, newest first."""
        return [one for one in self.vault.summaries(private=True) if one.id in ids]

    def _add(self, entry_id: str, page: Page) -> Entry:
        for attempt in range(1, TRIES):
            try:
                return self.vault.add(page.body, private=page.private, entry_id=entry_id, created=page.created)
            except AlreadyExists:
                entry_id = id_for(page, attempt)  # something erased for good bore that id, and keeps it
        return self.vault.add(page.body, private=page.private, created=page.created)

    def undo_import(self) -> Undone:
        """Put everything that the last import brought in into the trash, but for what was changed since.

        Raises:
            UsageError: There was none, or it was taken back already.
            WriteError, Locked: As usual; asked for again, it goes on.
        """
        vault = self.vault
        state, until, ids = self.last_import()
        if state not in ("begun", "done"):
            raise UsageError(*NOTHING_TO_UNDO)
        listed = {one.id: one.saved for one in vault.summaries(private=True)}
        trashed = changed = 0
        with vault.at_a_stretch():
            for entry_id in ids:
                saved = listed.get(entry_id) or self._saved(entry_id)
                if saved is None:
                    continue
                if state == "done" and saved > until:
                    changed += 1
                    continue
                vault.delete(entry_id)
                trashed += 1
        self._remember("undone", ids)
        return Undone(trashed, changed)

    def _saved(self, entry_id: str) -> datetime | None:
        """When an entry that lists leave out was last written; None for one that is not there any more."""
        try:
            entry = self.vault.get(entry_id)
        except (NotFound, ReadError):
            return None
        return None if entry.deleted else entry.saved

    def last_import(self) -> tuple[str, datetime, list[str]]:
        """What is remembered of the last import: `begun`, `done`, `undone` or nothing; when; the ids."""
        said = self.vault.choices().get(REMEMBERED, "")
        state, _, rest = str(said).partition(" ")
        moment, _, ids = rest.partition(" ")
        try:
            return state, datetime.fromisoformat(moment), ids.split()
        except ValueError:
            return "", datetime.min.replace(tzinfo=UTC), []

    def _remember(self, state: str, ids: list[str]) -> None:
        """Note the last import in the vault, and forget the one before: only the last can be taken back."""
        vault = self.vault
        now = self._companion.clock().isoformat(timespec="seconds")
        kept = vault.add(Choice(REMEMBERED, " ".join([state, now, *ids])))
        for entry in vault.events("choice"):
            if isinstance(entry.body, Choice) and entry.body.name == REMEMBERED and entry.id != kept.id:
                vault.forget(entry.id)


class _Weighing:
    """What each page of an import would do, one after the other."""

    def __init__(self, handing: Handing, found: Found) -> None:
        self._vault = handing.vault
        self._found = found
        self._live = {summary.id for summary in self._vault.summaries(private=True)}
        self._trash = {summary.id for summary in self._vault.summaries(private=True, trash=True)}
        self._taken = self._vault.taken_ids()
        state, _, ids = handing.last_import()
        self._undone = frozenset(ids if state == "undone" else ())
        for kind in {page.body.kind for page in found.pages} - LISTED:
            self._live |= {entry.id for entry in self._vault.events(kind)}
        self._seen: dict[str, Page] = {}
        self._add: list[tuple[str, Page]] = []
        self._back: list[tuple[str, Page]] = []
        self._skipped = list(found.skipped)

    def plan(self) -> Plan:
        """All of it."""
        for page in self._found.pages:
            why = self._weigh(page)
            if why:
                self._skipped.append(Skipped(page.where, why))
        self._add.sort(key=lambda added: added[1].created)
        return Plan(tuple(self._add), tuple(self._back), tuple(self._skipped), self._found.notes)

    def _weigh(self, page: Page) -> str:
        """Put a page where it belongs; a reason to skip it, or nothing."""
        for attempt in range(TRIES):
            entry_id = id_for(page, attempt)
            if entry_id in self._seen:
                if _says_the_same(self._seen[entry_id], page):
                    return TWICE
                continue
            if entry_id in self._live:
                if attempt or not page.id or self._was_said(entry_id, page):
                    return HERE
                continue
            if entry_id in self._trash and entry_id not in self._undone:
                return IN_TRASH
            if any(id_for(page, later) in self._live for later in range(attempt + 1, TRIES)):
                return HERE  # under another id, since something erased for good bears this one
            if entry_id in self._taken and entry_id not in self._trash:
                continue  # something erased for good bears it, or something that can't be read
            if self._is_set(page):
                return SET_HERE
            self._seen[entry_id] = page
            (self._back if entry_id in self._trash else self._add).append((entry_id, page))
            return ""
        return HERE

    def _was_said(self, entry_id: str, page: Page) -> bool:
        """Whether the entry says this, or said it in a version that is kept."""
        return any(version.body == page.body for version in self._vault.versions(entry_id))

    def _is_set(self, page: Page) -> bool:
        """Marks and choices hold the latest value: one that is here must not give way to an older one."""
        match page.body:
            case Mark(guide=guide, step=step):
                return (guide, step) in self._vault.marks()
            case Choice(name=name):
                return name == REMEMBERED or name in self._vault.choices()
        return False


def _order(one: Entry | Summary) -> tuple[datetime, datetime, str]:
    return one.created, one.saved, one.id


def _says_the_same(one: Page, other: Page) -> bool:
    return (one.body, one.created, one.private) == (other.body, other.created, other.private)


def here(moment: datetime) -> datetime:
    """A moment without an offset with the one that this computer's clock had or will have then, its digits unchanged.

    Where clocks go forward, an hour that never was keeps its digits too; where they go back, it is the first of two.
    """
    try:
        offset = moment.astimezone().utcoffset()
    except (OverflowError, OSError, ValueError):
        offset = None
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    return moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
