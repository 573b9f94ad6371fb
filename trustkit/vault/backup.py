"""A whole journal in one file: the sealed files as they lie there, in a plain tar, with their checksums at its end.

`tar -xf`, `sha256sum -c SHA256SUMS` and `age` are all that is needed to get at it. Nothing in clear ever goes in: what
is not sealed yet is sealed on its way.
"""

import hashlib
from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

from trustkit.errors import ReadError, UsageError, WriteError
from trustkit.model.entry import Problem
from trustkit.vault import codec, durable, folder_copies, names, places, sentences, tarball
from trustkit.vault.bounds import MAX_KEY
from trustkit.vault.coder import BadFile
from trustkit.vault.folder import DiskFolder, Folder, Found
from trustkit.vault.sentences import Said

SUMS: Final = "SHA256SUMS"
"""The last file in a backup, as `sha256sum` writes and checks it. Without it, a backup is not whole."""
LAST: Final = "last-backup"
"""In the cache: when this device made its last backup. Nothing else remembers."""

_AGE: Final = names.SEALED.removeprefix(names.OPEN)
_SHORTEST_KEY: Final = 16 + 74 + 16
"""Bytes behind the header of a key file: a nonce, one identity, and what shows that nobody changed it."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """What an entry that lies in clear is sealed with on its way."""

    seal: Callable[[bytes], bytes]
    unseal: Callable[[bytes], bytes]
    """For comparing it with one that is sealed already. Raises BadFile."""


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
    """Files of the journal that stayed behind, and why."""
    passed_over: tuple[str, ...] = ()
    """Things in the journal's folders that are not part of it, and are not in the backup either."""


class _Contents:
    """What goes into an archive, read file by file as it is written."""

    def __init__(self, folder: Folder, sealing: Sealing | None, keys: dict[str, bytes]) -> None:
        self._folder = folder
        self._sealing = sealing
        self._keys = keys
        self.sums: dict[str, str] = {}
        self.revisions = 0
        self.drafts = 0
        self.size = 0
        self.left_out: list[Problem] = []
        self.passed_over: list[str] = []

    def parts(self) -> Iterator[bytes]:
        """The archive from beginning to end. Raises ReadError where no key file could ever open it."""
        for part in self._all():
            self.size += len(part)
            yield part

    def _all(self) -> Iterator[bytes]:
        yield from self._key_files()
        for problem in folder_copies.take_in(self._folder):
            if (problem.happened, problem.do_next) != sentences.FOLDER_COPY:
                self.left_out.append(problem)
        self.passed_over += _not_ours(self._folder)
        for place in _places(self._folder):
            found = sorted(_words_in(self._folder, place))
            taken = {f"{place}/{thing.name}" for thing, _ in found}
            for thing, clear in found:
                yield from self._file(f"{place}/{thing.name}", thing.modified, taken, clear=clear)
        listed = "".join(f"{digest}  {name}\n" for name, digest in self.sums.items()).encode()
        yield from tarball.framed(SUMS, listed, 0)
        yield tarball.END

    def _key_files(self) -> Iterator[bytes]:
        """Those that are sound. A backup that its passphrase does not open would be worse than none."""
        for name, data in self._keys.items():
            yield from self._framed(name, data, 0)
        for thing in sorted(self._folder.scan("")):
            if thing.name in self._keys or thing.is_folder or not _is_key_file(thing.name):
                continue
            found = self._read(thing.name, MAX_KEY)
            if found is None:
                continue
            if not _is_sound_key(thing.name, found):
                self._leave_out(thing.name, sentences.KEY_LEFT_OUT)
            elif not is_ours(thing.name):
                self._leave_out(thing.name)
            else:
                yield from self._framed(thing.name, found, thing.modified)
        if not any(map(names.is_key, self.sums)):
            raise ReadError(*sentences.KEY_NOT_BACKED_UP)

    def _file(self, path: str, modified: int, taken: set[str], *, clear: bool) -> Iterator[bytes]:
        data = self._read(path, codec.MAX_PLAIN if clear else codec.MAX_SEALED)
        if data is None and clear and path + _AGE not in taken:
            path, clear = path + _AGE, False  # it may have been sealed since the folder was listed
            data = self._read(path, codec.MAX_SEALED)
        if data is None:
            return  # erased meanwhile, or it was said why not
        name = path
        if clear:
            if self._sealing is None:
                self._leave_out(path, sentences.CAME_IN_CLEAR)
                return
            name = path + _AGE
            if name in taken:
                if self._says_the_same(name, data, self._sealing):
                    return
                name = next(other for other in beside(path, "clear", names.SEALED) if other not in taken)
            taken.add(name)
            data = self._sealing.seal(data)
        if not is_ours(name):
            self._leave_out(path)
            return
        self.revisions += name.startswith(names.ENTRIES)
        self.drafts += name.startswith(names.DRAFTS)
        yield from self._framed(name, data, modified)

    def _says_the_same(self, sealed: str, plain: bytes, sealing: Sealing) -> bool:
        """Whether a sealed file holds what lies beside it in clear: sealing was broken off between the two.

        It does not where the one in clear was changed since, or where the sealed one is damaged.
        """
        data = self._read(sealed, codec.MAX_SEALED)
        try:
            return data is not None and sealing.unseal(data).rstrip() == plain.rstrip()
        except BadFile:
            return False

    def _read(self, path: str, limit: int) -> bytes | None:
        try:
            return self._folder.read(path, limit)
        except FileNotFoundError:
            return None
        except (durable.TooBig, durable.NotRegular, OSError):
            self._leave_out(path)
            return None

    def _leave_out(self, path: str, said: Said = sentences.LEFT_OUT) -> None:
        problem = Problem(path, *said)
        if problem not in self.left_out:  # it may have been tried twice, the second time beside one in clear
            self.left_out.append(problem)

    def _framed(self, name: str, data: bytes, modified: int) -> Iterator[bytes]:
        self.sums[name] = hashlib.sha256(data).hexdigest()
        return tarball.framed(name, data, modified // 1_000_000_000)


def write(folder: Folder, target: Path, *, sealing: Sealing | None, keys: dict[str, bytes]) -> BackupReport:
    """Put everything sealed into a new file, 0600, and read that again before it gets its name.

    Args:
        sealing: What an entry that lies in clear is sealed with; None where none does.
        keys: Key files that are not in the folder, because it has none of its own.

    Raises:
        WriteError: There is something by that name, or it could not be written whole. No file is left.
        ReadError: The journal's folder cannot be read, or its key is damaged. No file is left.
        UsageError: The target is no name for a file.
    """
    if not target.name:
        raise UsageError(*sentences.BACKUP_IS_A_FILE)
    if not target.parent.is_dir():
        raise WriteError(*sentences.NO_SUCH_FOLDER)
    contents = _Contents(folder, sealing, keys)

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
    return BackupReport(
        target,
        contents.revisions,
        contents.drafts,
        contents.size,
        tuple(contents.left_out),
        tuple(contents.passed_over),
    )


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
        if member.name == SUMS:  # it says as much as was found, so nobody need read more to know that it does not
            most = sum(len(name) + len(digest) + 3 for name, digest in found.items())
        else:
            most = codec.MAX_SEALED if "/" in member.name else MAX_KEY
        if member.size > most or (member.name != SUMS and not is_ours(member.name)):
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
    match name.split("/") if tarball.fits(name) else ():
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


def lies_in_clear(folder: Folder) -> bool:
    """Whether an entry, a draft or a copy of one does: then a backup needs something to seal it with."""
    return any(clear for place in _places(folder) for _, clear in _words_in(folder, place))


def beside(path: str, word: str, suffix: str) -> Iterator[str]:
    """Names for a file whose own is taken by another, the first of them first, under which it is found all the same.

    An entry: `<id>.<rev>.<word>.toml.age`, `<id>.<rev>.<word>-2.toml.age`, …; a key file: `key.<word>.age`, …. A draft
    is one more writer's, because only that is ever offered again.
    """
    place, _, last = path.rpartition("/")
    read = names.read_name(last)
    for number in count(1):
        tag = word if number == 1 else f"{word}-{number}"
        if read is None:
            stem = names.RECOVERY if last == names.RECOVERY or names.is_recovery_copy(last) else names.KEY
            yield f"{stem.removesuffix(_AGE)}.{tag}{_AGE}"
        elif place == names.DRAFTS:
            # Of the name alone: anything made from the words would tell whoever guesses them that the guess is right.
            digest = hashlib.sha256(f"{read.id}.{read.rev}.{tag}".encode()).digest()
            writer = b32encode(digest).decode("ascii").lower()[: names.REV_LENGTH]
            yield f"{place}/{names.file_of(read.id, writer, suffix)}"
        else:
            yield f"{place}/{read.id}.{read.rev}.{tag}{suffix}"


def _places(folder: Folder) -> list[str]:
    return [*places.month_folders(folder), names.DRAFTS]


def _words_in(folder: Folder, place: str) -> Iterator[tuple[Found, bool]]:
    """Entries or drafts and copies of them, and whether each is in clear."""
    for thing in folder.scan(place):
        read = names.read_name(thing.name)
        if read is not None and thing.is_file and not names.is_hidden(thing.name):
            yield thing, read.suffix == names.OPEN


def _not_ours(folder: Folder) -> list[str]:
    """What lies among entries and drafts and is no page, no draft and no copy of one."""
    found = [
        f"{place}/{thing.name}"
        for place in _places(folder)
        for thing in folder.scan(place)
        if not names.is_hidden(thing.name) and (not thing.is_file or names.read_name(thing.name) is None)
    ]
    for place in (names.ENTRIES, *(f"{names.ENTRIES}/{year}" for year in folder.names(names.ENTRIES))):
        for thing in folder.scan(place):
            known = names.is_year if place == names.ENTRIES else names.is_month
            copied = folder_copies.copied_year if place == names.ENTRIES else folder_copies.copied_month
            if not names.is_hidden(thing.name) and not (thing.is_folder and (known(thing.name) or copied(thing.name))):
                found.append(f"{place}/{thing.name}")
    return sorted(found)


def _is_sound_key(name: str, data: bytes) -> bool:
    """Whether a key file begins as one and is long enough to hold a key. More can't be told without opening it."""
    from trustkit.vault import age  # cryptography takes a while to import; when the last backup was made needs none
    from trustkit.vault.age_text import read_header
    from trustkit.vault.wrapping import bare

    try:
        plain = bare(data)
        header = read_header(plain)
        if len(plain) < header.end + _SHORTEST_KEY:
            return False
        if not names.is_key(name):
            return True
        age.decrypt_passphrase(plain, "", 0)  # reads its stanza, and is then asked for more work than it may do
    except age.TooMuchWork:
        return int(header.stanzas[0].arguments[2]) <= age.MAX_LOG_N
    except age.AgeError:
        pass
    return False


def _is_key_file(name: str) -> bool:
    return name in (names.KEY, names.RECOVERY) or names.is_key_copy(name) or names.is_recovery_copy(name)


def _is_sealed(name: str) -> bool:
    read = names.read_name(name)
    return read is not None and read.suffix == names.SEALED and not names.is_hidden(name)
