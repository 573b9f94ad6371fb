"""The vault as the rest of trustkit knows it: entries in, entries out, whatever the way they are kept.

Three ways share what stands here and differ in where bytes go and whether they are sealed: `SealedVault`, `OpenVault`,
`MemoryVault`. Every public method may be called from any thread; slow ones belong in a worker.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from trustkit.errors import AlreadyExists, NotFound, ReadError, TrustkitError, WriteError
from trustkit.model.entry import FORMAT, Body, Choice, Draft, Entry, Mark
from trustkit.vault import codec, names, sentences, tree
from trustkit.vault.checkup import FileReport, reports
from trustkit.vault.coder import BadFile
from trustkit.vault.doors import Doors
from trustkit.vault.folder import Folder
from trustkit.vault.month import Month
from trustkit.vault.reading import Clock, Reading
from trustkit.vault.rows import Row, rev_of_copy
from trustkit.vault.shelf import Shelf
from trustkit.vault.trash import Sightings


class Vault(Doors, Reading):
    """Everything a reader keeps."""

    def __init__(self, folder: Folder, *, clock: Clock) -> None:
        super().__init__(folder, clock=clock)
        self._sightings: Sightings | None = None
        self._looked: Shelf | None = None
        """The shelf whose trash was gone through."""

    # The end of a run, and what is whole

    def close(self) -> None:
        """The last thing a run does with its vault."""
        self.lock()

    def flush(self) -> None:
        """Write the index segments of months that changed. Never raises: they can always be made again."""
        with self._lock:
            if self._open is not None:
                self._open[1].flush()
                if self._sightings is not None:
                    self._sightings.flush()
                self._note_problems()

    def verify(self) -> Iterator[FileReport]:
        """Open everything there is, past the index, and report file by file. Raises Locked."""
        for key in self._keys():
            with self._lock:
                coder, shelf = self._opened()
                month = shelf.reread(key)
                self._note_problems()
                found = list(reports(self._folder, month.path, month.problems, coder.suffix))
            yield from found
        with self._lock:
            coder, shelf = self._opened()
            self._drafts.read(coder)
            drafts = reports(self._folder, names.DRAFTS, self._drafts.problems, coder.suffix)
            found = [*drafts, *self._verify_keys()]
            found += (FileReport(problem.file, problem) for problem in shelf.strays)
        yield from found

    def _verify_keys(self) -> list[FileReport]:
        return []

    # Writing

    def new_id(self) -> str:
        """A fresh id, for something about to be written."""
        return names.new_id()

    def new_rev(self) -> str:
        """A fresh revision name, for a draft to aim at."""
        return names.new_rev()

    def add(
        self, body: Body, *, private: bool = False, entry_id: str = "", rev: str = "", created: datetime | None = None
    ) -> Entry:
        """Keep something new. When this returns, it is on the disk for good.

        Args:
            private: Leave it out of lists, search and exports until asked for.
            entry_id, rev: What a draft was aiming at; made up when empty.
            created: When it happened, if that is not now. Decides its month for ever.

        Raises:
            WriteError: It could not be written, is too long, or the id is taken. Nothing was saved.
            Locked: The vault is.
        """
        with self._lock:
            _, shelf = self._opened()
            now = self._now()
            moment = codec.whole_seconds(created) if created is not None else now
            if entry_id and shelf.files(names.month_of(moment), entry_id):
                raise AlreadyExists(*sentences.DUPLICATE)
            entry = Entry(
                id=entry_id or names.new_id(),
                rev=rev or names.new_rev(),
                kind=body.kind,
                created=moment,
                saved=self._saved_after(body, now),
                body=codec.exact_body(body),
                private=private,
            )
            return self._write(entry)

    def revise(self, entry_id: str, body: Body, *, base: str = "", rev: str = "", private: bool | None = None) -> Entry:
        """Keep another version of an entry. Keys that this trustkit does not know are carried over.

        Args:
            base: The revision that was edited; the shown one when empty. If somebody else changed it meanwhile, the
                two stand side by side and nothing is lost.
            rev: What a draft was aiming at.
            private: As it was, when None.

        Raises:
            WriteError: It could not be written, or was written by a newer trustkit.
            NotFound, Locked: As `get`.
        """
        with self._lock:
            month = self._located(entry_id)
            shown = month.heads(entry_id)[0]
            row = month.revisions(entry_id).get(base, shown)
            parent = base or shown.rev
            return self._revise(month, row, body, (parent,), rev=rev, private=private)

    def resolve(self, entry_id: str, body: Body, *, seen: Collection[str] = ()) -> Entry:
        """Bring several versions together: the new one takes the place of all of them. Raises as `revise`.

        Args:
            seen: The versions that somebody looked at; all current ones when empty. What came since is no part of the
                decision: it stays beside the new one, and is offered.
        """
        with self._lock:
            month = self._located(entry_id)
            heads = month.heads(entry_id)
            revisions = month.revisions(entry_id)
            parents = {rev for rev in seen if rev in revisions} or {head.rev for head in heads}
            return self._revise(month, heads[0], body, tuple(sorted(parents)))

    def delete(self, entry_id: str) -> Entry:
        """Move an entry to the trash: a revision without words. Deleting twice changes nothing. Raises as `revise`."""
        with self._lock:
            month = self._located(entry_id)
            heads = month.heads(entry_id)
            if len(heads) == 1 and heads[0].deleted:
                return self._read(month, heads[0])
            revisions = month.revisions(entry_id)
            # It names every revision there is, read or not, so that no old backup can bring one of them back as a head.
            read = (names.read_name(path.rpartition("/")[2]) for path in self._files(month, entry_id))
            parents = {*revisions, *(name.rev for name in read if name is not None)}
            tombstone = Entry(
                id=entry_id,
                rev=names.new_rev(),
                kind=heads[0].kind,
                created=heads[0].created,
                saved=tree.next_saved(self._now(), revisions.values()),
                body=None,
                parents=tuple(sorted(parents)),
                deleted=True,
            )
            self._write(tombstone)
            if self._sightings is not None:
                self._sightings.note(entry_id, tombstone.rev, self._now())
            return tombstone

    def restore(self, entry_id: str) -> Entry:
        """Bring an entry back from the trash as it last was.

        Raises:
            NotFound: It is not in the trash, or it was erased for good.
            ReadError, WriteError, Locked: As usual.
        """
        with self._lock:
            month = self._located(entry_id)
            revisions = month.revisions(entry_id)
            if not tree.is_trashed(revisions):
                raise NotFound(*sentences.NOT_IN_TRASH)
            last = tree.last_live(revisions)
            if last is None:
                raise NotFound(*sentences.NOTHING_TO_RESTORE)
            try:
                former = self._read(month, last)
            except FileNotFoundError:
                raise NotFound(*sentences.NOTHING_TO_RESTORE) from None
            return self._write(
                replace(
                    former,
                    rev=names.new_rev(),
                    saved=tree.next_saved(self._now(), revisions.values()),
                    parents=tuple(sorted(head.rev for head in month.heads(entry_id))),
                )
            )

    def forget(self, entry_id: str) -> None:
        """Erase an entry now, here: its words, its versions, its drafts. What stays is that something was erased.

        Copies on other devices and in backups keep what they have.

        Raises:
            WriteError: It could not be written, or another window or a sync changed the entry since this one last
                looked: nobody asked for those words to be erased. Nothing was; a second call erases them, too.
            NotFound, Locked: As usual.
        """
        with self._lock:
            known = self._opened()[1].known_revisions(entry_id)
            heads = {head.rev for head in self._located(entry_id).heads(entry_id) if not head.deleted}
            if known and heads - known:
                raise WriteError(*sentences.CHANGED_MEANWHILE)
            self.delete(entry_id)
            month = self._located(entry_id)
            try:
                self._drafts.drop(entry_id, others=True)
                self._purge(month, entry_id, self._files(month, entry_id))
            except WriteError as error:
                raise WriteError(error.happened, sentences.NOT_ALL_ERASED) from None

    # Drafts

    def save_draft(self, draft: Draft) -> None:
        """Seal what is being written. Raises WriteError, Locked; an older draft then stands."""
        with self._lock:
            coder, _ = self._opened()
            self._drafts.save(replace(draft, body=codec.exact_body(draft.body)), coder)

    def drafts(self) -> list[Draft]:
        """What was being written and never saved, the latest first, by any run. Raises Locked.

        A draft that did become an entry (its target is there) is dropped silently.
        """
        with self._lock:
            coder, shelf = self._opened()
            found: list[Draft] = []
            for draft in self._drafts.read(coder):
                month = shelf.locate(draft.id) if draft.target else None
                if month is not None and draft.target in month.revisions(draft.id):
                    self._drafts.drop_quietly(draft)
                else:
                    found.append(draft)
            self._note_problems()
            return found

    def drop_draft(self, entry_id: str) -> None:
        """Throw away the draft of an entry: this run's own, and any it was shown. Raises WriteError, Locked."""
        with self._lock:
            self._opened()
            self._drafts.drop(entry_id)

    # Within

    def _now(self) -> datetime:
        return codec.whole_seconds(self._clock())

    def _loaded(self) -> None:
        """Erase what lay in the trash for thirty days. Failing is no harm: it is tried again next time."""
        _, shelf = self._opened()
        if self._sightings is None or self._looked is shelf:
            return
        self._looked = shelf
        for month, entry_id in self._sightings.due(shelf.read_months(), self._now()):
            try:
                if entry_id in shelf.fresh(month):  # another window or a sync may have been there since it was read
                    self._purge(month, entry_id, self._ripe(month, entry_id))
            except TrustkitError:
                return

    def _ripe(self, month: Month, entry_id: str) -> list[str]:
        """Files of an entry in the trash whose words were there when it was deleted.

        What no deletion names and what cannot be read may be what another device wrote since: it stays.
        """
        coder, _ = self._opened()
        revisions = month.revisions(entry_id)
        named = {rev for head in month.heads(entry_id) for rev in head.parents}
        removable = tree.purgeable(revisions) | (named - set(revisions))
        found: list[str] = []
        for path in self._files(month, entry_id):
            name = names.read_name(path.rpartition("/")[2])
            if name is None:
                continue
            rev = name.rev
            if not name.exact:
                try:
                    copy = coder.read_entry(self._folder, path, name.suffix)
                except (FileNotFoundError, BadFile):
                    continue
                other = rev_of_copy(copy)
                rev = other if other in revisions else copy.rev
            if rev in removable:
                found.append(path)
        return found

    def _saved_after(self, body: Body, now: datetime) -> datetime:
        """Now; for marks and choices later than the last one of the same name, so that a clock set back cannot undo."""
        if isinstance(body, Mark):
            same = [e for e in self._fold("mark") if isinstance(e.body, Mark) and _step(e.body) == _step(body)]
        elif isinstance(body, Choice):
            same = [e for e in self._fold("choice") if isinstance(e.body, Choice) and e.body.name == body.name]
        else:
            return now
        return tree.next_saved(now, same)

    def _revise(
        self,
        month: Month,
        row: Row,
        body: Body,
        parents: tuple[str, ...],
        *,
        rev: str = "",
        private: bool | None = None,
    ) -> Entry:
        if body.kind != row.kind:
            raise ValueError("an entry keeps its kind")
        if row.format > FORMAT:
            raise WriteError(*sentences.NEWER_FORMAT)
        try:
            extra = self._read(month, row).extra if not row.deleted else {}
        except (FileNotFoundError, ReadError):
            extra = {}  # what is being written now matters more than what can't be read any more
        revisions = month.revisions(row.id)
        entry = Entry(
            id=row.id,
            rev=rev or names.new_rev(),
            kind=row.kind,
            created=row.created,
            saved=tree.next_saved(self._now(), (revisions[parent] for parent in parents if parent in revisions)),
            body=codec.exact_body(body),
            parents=parents,
            private=row.private if private is None else private,
            extra=extra,
        )
        return self._write(entry)

    def _write(self, entry: Entry) -> Entry:
        coder, shelf = self._opened()
        path = f"{names.folder_of(names.month_of(entry.created))}/{names.file_of(entry.id, entry.rev, coder.suffix)}"
        try:
            found = self._folder.write_new(path, coder.encode(entry))
        except FileExistsError:
            raise AlreadyExists(*sentences.DUPLICATE) from None
        shelf.put(entry, found)
        return entry

    def _files(self, month: Month, entry_id: str) -> list[str]:
        return self._opened()[1].files(month.key, entry_id)

    def _purge(self, month: Month, entry_id: str, paths: Iterable[str]) -> None:
        """Remove these files, but for the tombstones that the entry ends in. Those name all others as their parents."""
        heads = month.heads(entry_id)
        if any(not head.deleted for head in heads):
            return  # another window wrote in it meanwhile
        kept = {f"{month.path}/{head.name}" for head in heads}
        gone = tree.purgeable(month.revisions(entry_id))
        try:
            for path in paths:
                if path not in kept:
                    self._folder.remove(path)
        except WriteError:
            left = set(self._folder.names(month.path))
            gone = {rev for rev in gone if month.revisions(entry_id)[rev].name not in left}
            raise
        finally:  # what is gone is to stand in no index, however far it came
            for rev in gone:
                month.drop(entry_id, rev)
            self._opened()[1].forgotten(month)


def _step(mark: Mark) -> tuple[str, str]:
    return mark.guide, mark.step
