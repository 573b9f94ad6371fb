"""A backup back to where a journal lives: looked through whole before anything is written, and over nothing.

Into an empty folder it goes as it is. Into a journal it goes file by file, by union: what is there stays, what is
missing is added, what was erased stays erased.
"""

from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from trustkit.errors import ReadError
from trustkit.vault import backup, codec, durable, names, places, sentences, tarball
from trustkit.vault.coder import BadFile, Coder
from trustkit.vault.copies import LOOKED_AT, likeliest
from trustkit.vault.folder import DiskFolder
from trustkit.vault.month import Month

_WORD: Final = "restored"
"""What a file that is put beside another is called: `<id>.<rev>.restored.toml.age`."""


@dataclass(slots=True)
class RestoreReport:
    """What became of a backup's files."""

    added: int = 0
    same: int = 0
    """Already there, with the same words; of a draft, perhaps with more."""
    erased: int = 0
    """Left out, because they were erased here."""
    beside: int = 0
    """There with other words, or damaged: the backup's stand beside them under names of their own."""
    unreadable: int = 0
    """Left out of a journal that is there, because no key at hand opens them."""


def checked(file: Path) -> dict[str, str]:
    """Look through a backup. Names and checksums of its files. Raises ReadError; nothing was written then."""
    try:
        with backup.opened(file) as archive:
            return backup.sums_of(archive)
    except tarball.BadArchive:
        raise ReadError(*sentences.BAD_BACKUP) from None
    except OSError as error:
        raise ReadError(*sentences.cannot_read(error)) from None


def key_files_in(file: Path) -> dict[str, bytes]:
    """The key files that take a passphrase in a backup that was looked through: `key.age` first, then its copies.

    Of very many copies, the likeliest.
    """
    with backup.opened(file) as archive:
        found = {member.name: member for member in tarball.members(archive) if names.is_key(member.name)}
        order = sorted(likeliest(found), key=lambda name: name != names.KEY)[:LOOKED_AT]
        return {name: tarball.bytes_of(archive, found[name]) for name in order}


def into_empty(file: Path, folder: DiskFolder) -> RestoreReport:
    """Put everything where there is no journal yet, or one that lost its key. `key.age` comes last.

    What is there and says something else stays, and the backup's stands beside it: one torn page must not keep the key
    of all others away. Broken off at any moment, it can be done again.

    Raises:
        WriteError: It could not be written.
        ReadError: It is not a whole backup; nothing was written.
    """
    checked(file)
    report = RestoreReport()
    try:
        with backup.opened(file) as archive:
            found = [member for member in tarball.members(archive) if member.name != backup.SUMS]
            for member in sorted(found, key=lambda member: _turn(member.name)):
                _put(folder, member.name, tarball.bytes_of(archive, member), report)
    except BaseException:
        _drop_empty_folders(folder)
        raise
    folder.tighten("")
    places.write_sync_files(folder)
    return report


def _turn(name: str) -> int:
    """When a file's turn comes. From the recovery file on, the folder shows that something sealed belongs there."""
    if name == names.KEY:
        return 3
    if names.is_key_copy(name):
        return 2
    return 1 if "/" in name else 0


def _put(folder: DiskFolder, name: str, data: bytes, report: RestoreReport) -> None:
    """Write a file under its own name, or under the first one beside it that nothing else has."""
    for free in chain([name], backup.beside(name, _WORD, names.SEALED)):
        try:
            folder.write_new(free, data)
        except FileExistsError:
            if _there(folder, free) == data:
                report.same += 1
                return
        else:
            report.added += free == name
            report.beside += free != name
            return


def _drop_empty_folders(folder: DiskFolder) -> None:
    """Folders without a file would look like an open journal, and words would be kept in clear there."""
    months = places.month_folders(folder)
    years = sorted({month.rpartition("/")[0] for month in months})
    years += (f"{names.ENTRIES}/{year}" for year in filter(names.is_year, folder.names(names.ENTRIES)))
    for place in [*months, *years, names.ENTRIES, names.DRAFTS]:
        with suppress(OSError):  # it holds something, or is not there
            (folder.root / place).rmdir()


class Merge:
    """A backup's entries and drafts added to an unlocked journal.

    Args:
        unseal: What opens the backup's files. Raises BadFile.
        coder: The journal's own: how its files are read and written.
        erased: Revisions that were erased here; see `erased_in`.
    """

    def __init__(
        self,
        folder: DiskFolder,
        coder: Coder,
        unseal: Callable[[bytes], bytes],
        erased: Set[tuple[str, str]],
    ) -> None:
        self._folder = folder
        self._coder = coder
        self._unseal = unseal
        self._erased = erased
        self.report = RestoreReport()

    def take(self, file: Path) -> None:
        """Add everything of a backup that was looked through. Raises WriteError; what was added stays."""
        with backup.opened(file) as archive:
            for member in tarball.members(archive):
                if "/" in member.name:
                    self._take(member.name, tarball.bytes_of(archive, member))

    def _take(self, path: str, sealed: bytes) -> None:
        place, _, last = path.rpartition("/")
        name = names.read_name(last)
        assert name is not None  # `checked` let nothing else through
        if place != names.DRAFTS and (name.id, name.rev) in self._erased:
            self.report.erased += 1
            return
        # A file may have been sealed since, or unsealed by nobody: both spellings of its name are the same file. A copy
        # is compared with what it is a copy of, too.
        own = {names.SEALED: path, names.OPEN: f"{place}/{last.replace('.age', '')}"}
        plain = f"{place}/{name.id}.{name.rev}"
        spelt = dict.fromkeys([*own.values(), plain + names.SEALED, plain + names.OPEN])
        there = {spelling: data for spelling in spelt if (data := _there(self._folder, spelling)) is not None}
        theirs = None if sealed in there.values() else self._opened(sealed)
        if theirs is None:
            known = sealed in there.values()
            self.report.same += known
            self.report.unreadable += not known
            return
        ours = [self._words(spelling, data) for spelling, data in there.items()]
        if theirs in ours or (place == names.DRAFTS and any(_goes_on(each, theirs) for each in ours)):
            self.report.same += 1
            return
        free = [] if there.keys() & own.values() else [own[self._coder.suffix]]
        self._put(chain(free, backup.beside(path, _WORD, self._coder.suffix)), sealed, theirs, is_new=bool(free))

    def _put(self, free: Iterable[str], sealed: bytes, theirs: bytes, *, is_new: bool) -> None:
        """Write a file of the backup under the first of these names that nothing else has."""
        data = sealed if self._coder.suffix == names.SEALED else theirs + b"\n"
        for number, path in enumerate(free):
            try:
                self._folder.write_new(path, data)
            except FileExistsError:
                if self._words(path, _there(self._folder, path) or b"") == theirs:
                    self.report.same += 1
                    return
            else:
                self.report.added += is_new and not number
                self.report.beside += not is_new or bool(number)
                return

    def _opened(self, sealed: bytes) -> bytes | None:
        """What a file of the backup says; None where no key at hand opens it."""
        try:
            return self._unseal(sealed).rstrip()
        except BadFile:
            return None

    def _words(self, path: str, data: bytes) -> bytes | None:
        """What a file of the journal says; None where it is damaged."""
        name = names.read_name(path.rpartition("/")[2])
        if name is None or name.suffix == names.OPEN:
            return data.rstrip()
        try:
            return self._coder.unseal(data).rstrip()
        except BadFile:
            return None


def _goes_on(ours: bytes | None, theirs: bytes) -> bool:
    """Whether a draft here is what became of the backup's: sound, and not saved before it."""
    try:
        here = None if ours is None else codec.decode_draft(ours)
        former = codec.decode_draft(theirs)
    except codec.Malformed:
        return False
    return here is not None and former is not None and here.saved >= former.saved


def erased_in(months: Iterable[Month], folder: DiskFolder) -> set[tuple[str, str]]:
    """Revisions, by entry and name, that a deletion in these months names and of which no file is left.

    One that is there and cannot be read was not erased.
    """
    found: set[tuple[str, str]] = set()
    for month in months:
        gone: set[tuple[str, str]] = set()
        for entry_id in month.ids_with_deletions():
            there = month.revisions(entry_id)
            for row in there.values():
                if row.deleted:
                    gone.update((entry_id, parent) for parent in row.parents if parent not in there)
        if gone:
            read = map(names.read_name, folder.names(month.path))
            found |= gone - {(name.id, name.rev) for name in read if name is not None}
    return found


def _there(folder: DiskFolder, name: str) -> bytes | None:
    try:
        return folder.read(name, codec.MAX_SEALED)
    except FileNotFoundError:
        return None
    except (OSError, durable.NotRegular, durable.TooBig):
        return b""
