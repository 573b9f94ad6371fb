"""A folder of small files, on disk or in memory: all that the rest of the vault knows about storage.

Names are relative, with forward slashes. Sealing, naming and meaning stand above; durability stands below, in
`durable.py`.
"""

import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from trustkit.errors import ReadError, WriteError
from trustkit.vault import durable, names, sentences

# Both are compared with the disk's own times, so they go by the system's clock and not by an injected one.
_SETTLED: Final = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT)."""
_ABANDONED: Final = 3_600_000_000_000
"""Nanoseconds: one hour. Nobody takes that long over one file."""
_FOLDER: Final = (
    os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
)  # fmt: skip
"""How a folder is opened for listing, without waiting for a pipe that stands in its place."""
_BEYOND: Final = 2**64
"""More than any time in nanoseconds, so that two of them make one number."""

_KIND: Final = 0o170000
"""The bits of a mode that say what a thing is."""
_OTHERS: Final = 0o077 if os.name != "nt" else 0
"""The bits of a mode that let other accounts in."""


class Unsure(WriteError):
    """What was asked for was done, and a power cut may undo it: to say that nothing happened would be wrong."""


class Found(NamedTuple):
    """One thing in a folder."""

    name: str
    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970."""
    is_file: bool = True
    """A regular file: no link, pipe, device or folder."""
    is_folder: bool = False
    loose: bool = False
    """Other accounts may do something with it."""


class Folder(Protocol):
    """Where the vault's bytes lie."""

    def write_new(self, name: str, data: bytes) -> Found:
        """Raises FileExistsError where something is there, Unsure, WriteError otherwise: nothing is then there."""

    def replace(self, name: str, data: bytes) -> None:
        """Raises Unsure; WriteError, and the old file then stands."""

    def remove(self, name: str) -> None:
        """Nothing happens where nothing is there. Raises Unsure; WriteError, and it is then still there."""

    def remove_all(self, found: Iterable[str]) -> None:
        """As `remove` for many, waiting for the disk once: ten thousand would else take a minute."""

    def read(self, name: str, limit: int) -> bytes:
        """Raises FileNotFoundError, durable.NotRegular, durable.TooBig, OSError."""

    def scan(self, name: str) -> list[Found]:
        """What lies in a folder; nothing for one that is not there. Raises ReadError."""

    def names(self, name: str) -> list[str]:
        """As `scan`, without asking about each: a tenth of the time."""

    def modified(self, name: str) -> int | None:
        """A number that is another one once names were added to or taken from a folder.

        None where that cannot be relied on: so lately that more may happen within one tick of the disk's clock.
        """

    def is_loose(self) -> bool:
        """Whether other accounts may look into the folder itself, where nobody lists what lies around it."""

    def tighten(self, name: str) -> bool:
        """Take away what other accounts may do. False where that did not work."""

    def sweep(self, name: str, found: list[Found]) -> None:
        """Remove what a killed writer left half written an hour ago or earlier."""


class DiskFolder:
    """A folder of the file system, made when first written to."""

    def __init__(self, root: Path, layer: durable.Layer | None = None) -> None:
        self.root = root
        self.layer = layer or durable.Layer()
        self._made: set[str] = set()
        self._start = os.path.join(root, "")  # noqa: PTH118 (putting a Path together takes longer than the call it is for)

    def write_new(self, name: str, data: bytes) -> Found:
        with _writing():
            self.make(name.rpartition("/")[0])
            return _written(name, durable.write_new(self.layer, self.root / name, data))

    def replace(self, name: str, data: bytes) -> None:
        with _writing():
            self.make(name.rpartition("/")[0])
            durable.replace(self.layer, self.root / name, data)

    def write_parts(self, name: str, parts: Iterable[bytes], check: Callable[[Path], None]) -> None:
        """As `write_new`, for a file too long to be held in memory; see `durable.write_new`."""
        with _writing():
            durable.write_new(self.layer, self.root / name, parts, check)

    def begin(self, name: str) -> None:
        """Make a folder, and the data folder nobody else's. Raises WriteError."""
        with _writing():
            self.make(name)
        self.tighten("")

    def make(self, name: str = "") -> None:
        """Make a folder and those above it. Raises OSError."""
        if name not in self._made or not (self.root / name).is_dir():
            durable.make_folders(self.layer, self.root, name)
            self._made.add(name)

    def remove(self, name: str) -> None:
        with _writing(sentences.REMOVED_NOT_LASTING):
            durable.remove(self.layer, self.root / name)

    def remove_all(self, found: Iterable[str]) -> None:
        parents: set[Path] = set()
        with _writing():
            for name in found:
                path = self.root / name
                with suppress(FileNotFoundError):
                    self.layer.unlink(path)
                    parents.add(path.parent)
            for parent in parents:
                self.layer.sync_folder(parent)

    def read(self, name: str, limit: int) -> bytes:
        return durable.read(f"{self._start}{name}", limit)

    def scan(self, name: str) -> list[Found]:
        found: list[Found] = []
        try:
            with _listing(f"{self._start}{name}") as listing:
                for thing in listing:
                    try:
                        facts = thing.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # gone between listing and asking
                    found.append(_found(thing.name, facts))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise ReadError(*sentences.cannot_read(error)) from None
        return found

    def names(self, name: str) -> list[str]:
        try:
            return os.listdir(self.root / name)  # noqa: PTH208 (names alone; Path objects would double the time)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise ReadError(*sentences.cannot_read(error)) from None

    def modified(self, name: str) -> int | None:
        try:
            facts = os.stat(f"{self._start}{name}")  # noqa: PTH116
        except OSError:
            return None
        # Programs that copy put the first of these back to what it was elsewhere. Nobody can do that with the second.
        modified, changed = facts.st_mtime_ns, facts.st_ctime_ns
        settled = time.time_ns() - max(modified, changed) > _SETTLED
        return modified * _BEYOND + changed if settled else None

    def is_loose(self) -> bool:
        try:
            return self.root.stat().st_mode & _OTHERS != 0
        except OSError:
            return False

    def tighten(self, name: str) -> bool:
        path = self.root / name
        try:
            self.layer.chmod(path, durable.FOLDER_MODE if path.is_dir() else durable.FILE_MODE)
        except OSError:
            return False
        return True

    def sweep(self, name: str, found: list[Found]) -> None:
        before = time.time_ns() - _ABANDONED
        old = (thing for thing in found if thing.is_file and thing.modified < before)
        with suppress(WriteError):  # a folder that can't be written to can still be read
            self.remove_all(f"{name}/{one.name}" if name else one.name for one in old if names.is_temporary(one.name))


class MemoryFolder:
    """The same, in memory: nothing of it ever reaches a disk."""

    def __init__(self) -> None:
        self._folders: dict[str, dict[str, bytes]] = {}

    def write_new(self, name: str, data: bytes) -> Found:
        folder, _, last = name.rpartition("/")
        if last in self._folders.get(folder, {}):
            raise FileExistsError(errno.EEXIST, "already there")
        self.replace(name, data)
        return Found(last, len(data), 0)

    def replace(self, name: str, data: bytes) -> None:
        folder, _, last = name.rpartition("/")
        self._folders.setdefault(folder, {})[last] = data

    def remove(self, name: str) -> None:
        folder, _, last = name.rpartition("/")
        self._folders.get(folder, {}).pop(last, None)

    def remove_all(self, found: Iterable[str]) -> None:
        for name in found:
            self.remove(name)

    def read(self, name: str, limit: int) -> bytes:
        folder, _, last = name.rpartition("/")
        try:
            data = self._folders[folder][last]
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, "not there") from None
        if len(data) > limit:
            raise durable.TooBig
        return data

    def scan(self, name: str) -> list[Found]:
        files = [Found(last, len(data), 0) for last, data in self._folders.get(name, {}).items()]
        return files + [Found(last, 0, 0, is_file=False, is_folder=True) for last in self._below(name)]

    def names(self, name: str) -> list[str]:
        return [*self._folders.get(name, {}), *self._below(name)]

    def _below(self, name: str) -> set[str]:
        start = f"{name}/" if name else ""
        return {other[len(start) :].split("/")[0] for other in self._folders if other.startswith(start) and other}

    def modified(self, name: str) -> int | None:
        return 0 if name in self._folders else None

    def is_loose(self) -> bool:
        return False

    def tighten(self, name: str) -> bool:
        return True

    def sweep(self, name: str, found: list[Found]) -> None:
        """Nothing is ever half written here."""


@contextmanager
def _listing(path: str) -> Iterator["Iterator[os.DirEntry[str]]"]:
    """What lies in a folder. By descriptor where that is possible: asking about each thing takes half the time."""
    if os.scandir not in os.supports_fd:
        with os.scandir(path) as listing:
            yield listing
        return
    descriptor = os.open(path, _FOLDER)
    try:
        with os.scandir(descriptor) as listing:
            yield listing
    finally:
        os.close(descriptor)


def _found(name: str, facts: os.stat_result, new: Callable[..., Found] = tuple.__new__) -> Found:
    mode = facts.st_mode
    kind = mode & _KIND
    loose = mode & _OTHERS != 0
    # Made without the call that a named tuple is usually made by: it runs once for every file there is.
    return new(Found, (name, facts.st_size, facts.st_mtime_ns, kind == stat.S_IFREG, kind == stat.S_IFDIR, loose))


def _written(name: str, facts: os.stat_result) -> Found:
    return _found(name.rpartition("/")[2], facts)


@contextmanager
def _writing(not_lasting: sentences.Said = sentences.NOT_LASTING) -> Iterator[None]:
    """Say why in plain words. A name that is taken is no failure of the disk and passes through."""
    try:
        yield
    except FileExistsError:
        raise
    except durable.NotLasting:
        raise Unsure(*not_lasting) from None
    except OSError as error:
        raise WriteError(*sentences.cannot_write(error)) from None


@contextmanager
def telling(unsure: sentences.Said, failed: str = "") -> Iterator[None]:
    """Say what is true of the deed inside once a file of it could not be written.

    Args:
        unsure: What is said where the file was written, and may not last.
        failed: What to do where it was not; empty leaves what the disk's own failure says.
    """
    try:
        yield
    except Unsure:
        raise Unsure(*unsure) from None
    except WriteError as error:
        if not failed or (error.happened, error.do_next) == sentences.KEY_CHANGED_MEANWHILE:
            raise
        raise WriteError(error.happened, failed) from None
