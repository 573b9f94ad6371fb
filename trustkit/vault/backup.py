"""A whole journal in one file: the sealed files as they lie there, in a plain tar, with their checksums at its end.

`tar -xf`, `sha256sum -c SHA256SUMS` and `age` are all that is needed to get at it. Nothing in clear ever goes in: what
is not sealed yet is sealed on its way.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from trustkit.errors import ReadError, WriteError
from trustkit.model.entry import Problem
from trustkit.vault import codec, durable, names, places, sentences, tarball
from trustkit.vault.folder import DiskFolder, Folder

SUMS: Final = "SHA256SUMS"
"""The last file in a backup, as `sha256sum` writes and checks it. Without it, a backup is not whole."""
LAST: Final = "last-backup"
"""In the cache: when this device made its last backup. Nothing else remembers."""
MAX_SUMS: Final = 1 << 30

Seal = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What went into a backup."""

    file: Path
    revisions: int
    """Versions of entries, deletions among them."""
    drafts: int
    size: int
    """Bytes."""
    left_out: tuple[Problem, ...]
    """Files that stayed behind, and why."""


class _Contents:
    """What goes into an archive, read file by file as it is written."""

    def __init__(self, folder: Folder, seal: Seal | None, keys: dict[str, bytes]) -> None:
        self._folder = folder
        self._seal = seal
        self._keys = keys
        self.sums: dict[str, str] = {}
        self.revisions = 0
        self.drafts = 0
        self.size = 0
        self.left_out: list[Problem] = []

    def parts(self) -> Iterator[bytes]:
        """The archive from beginning to end."""
        for part in self._all():
            self.size += len(part)
            yield part

    def _all(self) -> Iterator[bytes]:
        yield from self._key_files()
        for place in [*places.month_folders(self._folder), names.DRAFTS]:
            for thing in sorted(self._folder.scan(place)):
                read = names.read_name(thing.name)
                if read is None or not thing.is_file or names.is_hidden(thing.name):
                    continue
                yield from self._file(f"{place}/{thing.name}", thing.modified, clear=read.suffix == names.OPEN)
        listed = "".join(f"{digest}  {name}\n" for name, digest in self.sums.items()).encode()
        yield from tarball.framed(SUMS, listed, 0)
        yield tarball.END

    def _key_files(self) -> Iterator[bytes]:
        for name, data in self._keys.items():
            yield from self._framed(name, data, 0)
        for thing in sorted(self._folder.scan("")):
            if thing.name not in self._keys and thing.is_file and _is_key_file(thing.name):
                yield from self._file(thing.name, thing.modified, clear=False)

    def _file(self, path: str, modified: int, *, clear: bool) -> Iterator[bytes]:
        try:
            data = self._folder.read(path, codec.MAX_SEALED)
        except FileNotFoundError:
            return  # erased meanwhile
        except (durable.TooBig, durable.NotRegular, OSError):
            self.left_out.append(Problem(path, *sentences.LEFT_OUT))
            return
        name = path
        if clear:
            assert self._seal is not None  # whoever asked for this looked what there is
            if len(data) > codec.MAX_PLAIN:
                self.left_out.append(Problem(path, *sentences.LEFT_OUT))
                return
            data = self._seal(data)
            name = path + names.SEALED.removeprefix(names.OPEN)
            if name in self.sums:
                name = _beside(name, "clear")
        if not tarball.fits(name):
            self.left_out.append(Problem(path, *sentences.LEFT_OUT))
            return
        self.revisions += name.startswith(names.ENTRIES)
        self.drafts += name.startswith(names.DRAFTS)
        yield from self._framed(name, data, modified // 1_000_000_000)

    def _framed(self, name: str, data: bytes, modified: int) -> Iterator[bytes]:
        self.sums[name] = hashlib.sha256(data).hexdigest()
        return tarball.framed(name, data, modified)


def write(folder: Folder, target: Path, *, seal: Seal | None, keys: dict[str, bytes]) -> BackupReport:
    """Put everything sealed into a new file, 0600, and read that again before it gets its name.

    Args:
        seal: What seals an entry that lies in clear; None where none does.
        keys: Key files that are not in the folder, because it has none of its own.

    Raises:
        WriteError: There is something by that name, or it could not be written whole. No file is left.
        ReadError: The journal's folder cannot be read.
    """
    if not target.parent.is_dir():
        raise WriteError(*sentences.NO_SUCH_FOLDER)
    contents = _Contents(folder, seal, keys)

    def check(written: Path) -> None:
        with written.open("rb") as file:
            if sums_of(file) != contents.sums:
                raise WriteError(*sentences.BACKUP_CHECK_FAILED)

    try:
        DiskFolder(target.parent).write_parts(target.name, contents.parts(), check)
    except FileExistsError:
        raise WriteError(*sentences.BACKUP_EXISTS) from None
    except tarball.BadArchive:
        raise WriteError(*sentences.BACKUP_CHECK_FAILED) from None
    return BackupReport(target, contents.revisions, contents.drafts, contents.size, tuple(contents.left_out))


def sums_of(file: BinaryIO) -> dict[str, str]:
    """The checksum of every file in an archive, each compared with the list at its end.

    Raises:
        tarball.BadArchive: It is not a whole backup, or holds what none ever does.
        OSError: The system refuses.
    """
    found: dict[str, str] = {}
    listed: bytes | None = None
    for member in tarball.members(file):
        if listed is not None:
            raise tarball.BadArchive("something follows the checksums")
        ours = member.size <= (MAX_SUMS if member.name == SUMS else codec.MAX_SEALED)
        if not ours or (member.name != SUMS and not is_ours(member.name)):
            raise tarball.BadArchive("a file that a backup never has")
        data = tarball.bytes_of(file, member)
        if member.name == SUMS:
            listed = data
        else:
            found[member.name] = hashlib.sha256(data).hexdigest()
    if listed != "".join(f"{digest}  {name}\n" for name, digest in found.items()).encode():
        raise tarball.BadArchive("the checksums do not fit")
    return found


def is_ours(name: str) -> bool:
    """Whether a backup may hold a file of this name: a key file, a sealed entry in its month or a sealed draft."""
    match name.split("/"):
        case [only]:
            return _is_key_file(only)
        case [names.DRAFTS, last]:
            return _is_sealed(last)
        case [names.ENTRIES, year, month, last]:
            return names.is_year(year) and names.is_month(month) and _is_sealed(last)
    return False


def remember(cache: Folder, now: datetime) -> None:
    """Note that a backup was made. Failing is no harm."""
    try:
        cache.replace(LAST, now.isoformat(timespec="seconds").encode() + b"\n")
    except WriteError:
        return


def last(cache: Folder) -> datetime | None:
    """When this device made its last backup, as far as it remembers."""
    try:
        found = datetime.fromisoformat(cache.read(LAST, 100).decode().strip())
    except (OSError, ValueError, durable.NotRegular, durable.TooBig):
        return None
    return found if found.tzinfo is not None else None


def opened(file: Path) -> BinaryIO:
    """A backup, open for reading. Raises ReadError."""
    try:
        if not file.is_file():
            raise ReadError(*sentences.NO_BACKUP_THERE)
        return file.open("rb")
    except OSError:
        raise ReadError(*sentences.NO_BACKUP_THERE) from None


def _beside(name: str, word: str) -> str:
    """The name of a copy: `<id>.<rev>.clear.toml.age`."""
    return f"{name.removesuffix(names.SEALED)}.{word}{names.SEALED}"


def _is_key_file(name: str) -> bool:
    return name in (names.KEY, names.RECOVERY) or names.is_key_copy(name) or names.is_recovery_copy(name)


def _is_sealed(name: str) -> bool:
    read = names.read_name(name)
    return read is not None and read.suffix == names.SEALED and not names.is_hidden(name) and "\\" not in name
