"""A backup back to where a journal lives: looked through whole before anything is written, and over nothing.

Into an empty folder it goes as it is. Into a journal it goes file by file, by union: what is there stays, what is
missing is added, what was erased stays erased.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from pathlib import Path

from trustkit.errors import ReadError, WriteError
from trustkit.vault import backup, codec, durable, names, places, sentences, tarball
from trustkit.vault.coder import BadFile, Coder
from trustkit.vault.folder import DiskFolder
from trustkit.vault.month import Month


@dataclass(slots=True)
class RestoreReport:
    """What became of a backup's files."""

    added: int = 0
    same: int = 0
    """Already there, with the same words."""
    erased: int = 0
    """Left out, because they were erased here."""
    beside: int = 0
    """There with other words, or damaged: the backup's stand beside them as copies."""
    unreadable: int = 0
    """Left out, because no key at hand opens them."""


def checked(file: Path) -> dict[str, str]:
    """Look through a backup. Names and checksums of its files. Raises ReadError; nothing was written then."""
    try:
        with backup.opened(file) as archive:
            return backup.sums_of(archive)
    except tarball.BadArchive:
        raise ReadError(*sentences.BAD_BACKUP) from None
    except OSError as error:
        raise ReadError(*sentences.cannot_read(error)) from None


def key_in(file: Path) -> bytes | None:
    """The key file in a backup that was looked through."""
    with backup.opened(file) as archive:
        for member in tarball.members(archive):
            if member.name == names.KEY:
                return tarball.bytes_of(archive, member)
    return None


def into_empty(file: Path, folder: DiskFolder) -> RestoreReport:
    """Put everything where there is no journal yet, or one that lost its key. The key files come last.

    Broken off at any moment, it can be done again.

    Raises:
        WriteError: It could not be written, or another file has one of the names.
        ReadError: It is not a whole backup; nothing was written.
    """
    checked(file)
    report = RestoreReport()
    with backup.opened(file) as archive:
        found = [member for member in tarball.members(archive) if member.name != backup.SUMS]
        for member in sorted(found, key=lambda member: "/" not in member.name):
            data = tarball.bytes_of(archive, member)
            try:
                folder.write_new(member.name, data)
                report.added += 1
            except FileExistsError:
                if _there(folder, member.name) != data:
                    raise WriteError(*sentences.NOT_RESTORED_OVER) from None
                report.same += 1
    folder.tighten("")
    places.write_ignore_files(folder)
    return report


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
        name = names.read_name(path.rpartition("/")[2])
        assert name is not None  # `checked` let nothing else through
        if path.startswith(names.ENTRIES) and (name.id, name.rev) in self._erased:
            self.report.erased += 1
            return
        # A file may have been sealed since, or unsealed by nobody: both spellings of its name are the same file.
        bare = path.removesuffix(names.SEALED)
        for suffix in (names.SEALED, names.OPEN):
            there = _there(self._folder, bare + suffix)
            if there is not None:
                self._beside(bare, suffix, there, sealed)
                return
        data = self._for_here(sealed)
        if data is None:
            self.report.unreadable += 1
            return
        self._folder.write_new(bare + self._coder.suffix, data)
        self.report.added += 1

    def _for_here(self, sealed: bytes) -> bytes | None:
        """A file of the backup as the journal keeps it: sealed as it is, or in clear."""
        if self._coder.suffix == names.SEALED:
            return sealed
        try:
            return self._unseal(sealed).rstrip() + b"\n"
        except BadFile:
            return None

    def _beside(self, bare: str, suffix: str, there: bytes, sealed: bytes) -> None:
        """Something has that name already. Where it says something else, or nothing any more, both are kept."""
        if there == sealed:
            self.report.same += 1
            return
        try:
            theirs = self._unseal(sealed).rstrip()
        except BadFile:
            self.report.unreadable += 1
            return
        try:
            ours = self._coder.unseal(there).rstrip() if suffix == names.SEALED else there.rstrip()
        except BadFile:
            ours = None  # damaged
        data = self._for_here(sealed)
        if ours == theirs or data is None or bare.startswith(names.DRAFTS):
            self.report.same += 1
            return
        try:
            self._folder.write_new(f"{bare}.restored{self._coder.suffix}", data)
        except FileExistsError:
            self.report.same += 1
            return
        self.report.beside += 1


def erased_in(months: Iterable[Month]) -> set[tuple[str, str]]:
    """Revisions, by entry and name, that a deletion in these months names and that are no longer there."""
    found: set[tuple[str, str]] = set()
    for month in months:
        for entry_id in month.ids_with_deletions():
            there = month.revisions(entry_id)
            for row in there.values():
                if row.deleted:
                    found.update((entry_id, parent) for parent in row.parents if parent not in there)
    return found


def _there(folder: DiskFolder, name: str) -> bytes | None:
    try:
        return folder.read(name, codec.MAX_SEALED)
    except FileNotFoundError:
        return None
    except (OSError, durable.NotRegular, durable.TooBig):
        return b""
