"""How bytes reach the disk so that "Saved" is true, and how they come back without trusting what lies there.

A new file is written under a temporary name in its own folder, synced, then *linked* to its final name, which fails
where something is already there; then the folder is synced. Only after that may anybody say "Saved". `replace` serves
the few files that do change: the key, drafts, settings and index segments.

Every system call goes through a `Layer`, so that a test can make any one of them fail.
"""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from trustkit.vault import names

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700

_NO_LINK: Final = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
)
"""What file systems without hard links answer: FAT and exFAT, some network and Android mounts, containers."""
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF})
"""What file systems that cannot sync a folder answer; a failing disk says EIO, which is never passed over."""
_CREATE: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)  # fmt: skip
# Without O_NONBLOCK, opening a named pipe that somebody put among the entries would wait for ever.
_READ: Final = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)  # fmt: skip
_WINDOWS: Final = os.name == "nt"
_BLOCK: Final = 4096
_MOST_AT_ONCE: Final = 1 << 20
"""Bytes asked for in one call when reading: at least, and at most."""


class NotRegular(Exception):
    """A link, a folder, a pipe or a device stands where a file should be."""


class TooBig(Exception):
    """The file is larger than anything the vault writes."""


class NotLasting(OSError):
    """It was done, and may be undone by a power cut: the disk failed when the folder was to be synced."""


class Layer:
    """The system calls that change the disk, one method each. A test makes any one of them fail."""

    def open(self, path: Path, flags: int) -> int:
        return os.open(path, flags, FILE_MODE)

    def write(self, descriptor: int, data: memoryview) -> int:
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Down to the platter: on macOS, fsync alone stops at the drive's own cache."""
        if sys.platform == "darwin":
            import fcntl

            with contextlib.suppress(OSError):  # not every file system has it; fsync is then the most there is
                fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
                return
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def link(self, source: Path, target: Path) -> None:
        if _WINDOWS or not hasattr(os, "link"):
            raise OSError(errno.ENOTSUP, "renaming does not overwrite there, so it serves")
        if os.link in os.supports_follow_symlinks:
            os.link(source, target, follow_symlinks=False)
        else:
            os.link(source, target)

    def rename(self, source: Path, target: Path) -> None:
        os.rename(source, target)  # noqa: PTH104 (fails on Windows where the target exists, which is what we want)

    def replace(self, source: Path, target: Path) -> None:
        os.replace(source, target)  # noqa: PTH105 (one method, one system call)

    def unlink(self, path: Path) -> None:
        os.unlink(path)  # noqa: PTH108

    def mkdir(self, path: Path) -> None:
        os.mkdir(path, FOLDER_MODE)  # noqa: PTH102

    def chmod(self, path: Path, mode: int) -> None:
        os.chmod(path, mode)  # noqa: PTH101

    def chmod_open(self, descriptor: int, mode: int) -> None:
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, mode)

    def sync_folder(self, path: Path) -> None:
        """Make names in a folder last. Nothing to do on Windows, where a folder cannot be opened."""
        if _WINDOWS:
            return
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            with contextlib.suppress(OSError):  # nothing was written through it: what was synced is synced
                os.close(descriptor)


def write_new(
    layer: Layer, path: Path, data: bytes | Iterable[bytes], check: Callable[[Path], None] | None = None
) -> os.stat_result:
    """Write a file that must not be there yet, and return only when it will survive a power cut.

    Args:
        data: The whole of it, or its parts as they come.
        check: Looks at what was written before it gets its name; whatever it raises, the file is gone.

    Raises:
        FileExistsError: Something by that name is there; it was not touched.
        NotLasting: It stands under its name, and could neither be made to last nor be taken away again.
        OSError: Anything else; nothing is visible under that name.
    """
    temporary = path.with_name(names.temporary())
    written = _write_temporary(layer, temporary, (data,) if isinstance(data, bytes) else data)
    try:
        if check is not None:
            check(temporary)
        _put_in_place(layer, temporary, path)
        try:
            layer.sync_folder(path.parent)
        except OSError as error:
            _forget(layer, path)  # not acknowledged, so a second try must find the name free
            if os.path.lexists(path):
                raise NotLasting(error.errno, "written, and not made to last") from None
            raise
    finally:
        _forget(layer, temporary)
    return written


def replace(layer: Layer, path: Path, data: bytes) -> os.stat_result:
    """Put `data` in the place of whatever is there, whole or not at all.

    Raises:
        NotLasting: The new file stands there; after a power cut it may be the old one.
        OSError: Anything else; the old file stands.
    """
    temporary = path.with_name(names.temporary())
    written = _write_temporary(layer, temporary, (data,))
    try:
        _retried(lambda: layer.replace(temporary, path))
    finally:
        _forget(layer, temporary)
    _make_last(layer, path)
    return written


def remove(layer: Layer, path: Path) -> None:
    """Take a file away; nothing happens where none is.

    Raises:
        NotLasting: It is gone; after a power cut it may be back.
        OSError: Anything else; it is still there.
    """
    try:
        layer.unlink(path)
    except FileNotFoundError:
        return
    _make_last(layer, path)


def _make_last(layer: Layer, path: Path) -> None:
    try:
        layer.sync_folder(path.parent)
    except OSError as error:
        raise NotLasting(error.errno, "done, and not made to last") from None


def _write_temporary(layer: Layer, path: Path, parts: Iterable[bytes]) -> os.stat_result:
    descriptor = layer.open(path, _CREATE)
    try:
        try:
            if not _WINDOWS:
                with _modes_permitting():
                    layer.chmod_open(descriptor, FILE_MODE)  # whatever the umask took away
            for part in parts:
                rest = memoryview(part)
                while rest:
                    rest = rest[layer.write(descriptor, rest) :]
            layer.sync(descriptor)
            written = os.fstat(descriptor)
        finally:
            layer.close(descriptor)  # a failure to close is a failure to write: it is not swallowed
    except BaseException:
        _forget(layer, path)
        raise
    return written


def _put_in_place(layer: Layer, temporary: Path, path: Path) -> None:
    try:
        layer.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        # The best that is left: two writers could only meet here if they had drawn the same 50 random bits.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "already there") from None
        _retried(lambda: layer.rename(temporary, path))


def _retried(action: Callable[[], None]) -> None:
    """On Windows a virus scanner may hold a file for a moment; elsewhere the first answer is the answer."""
    for _ in range(20 if _WINDOWS else 0):
        try:
            action()
        except PermissionError:
            import time

            time.sleep(0.05)
        else:
            return
    action()


def _forget(layer: Layer, path: Path) -> None:
    with contextlib.suppress(OSError):
        layer.unlink(path)


def read(path: Path | str, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; no link is followed and no pipe waited for.

    Raises:
        FileNotFoundError: Nothing is there.
        NotRegular, TooBig: It is not something the vault wrote.
        OSError: The system refuses.
    """
    try:
        descriptor = os.open(path, _READ)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR, errno.EMLINK):
            raise NotRegular from None
        raise
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NotRegular
        if found.st_size > limit:
            raise TooBig
        parts: list[bytes] = []
        left = limit + 1
        room = found.st_size + 1  # asking for more than there is would cost more than the reading
        while left:
            asked = min(left, max(room, _BLOCK), _MOST_AT_ONCE)
            part = os.read(descriptor, asked)
            parts.append(part)
            left -= len(part)
            room -= len(part)
            # All of it, and no more came though more was asked for: asking again takes a tenth of reading a small file.
            if not part or (len(part) < asked and room <= 1):
                break
        if not left:
            raise TooBig  # it grew while it was read
        return parts[0] if len(parts) == 1 else b"".join(parts)
    finally:
        with contextlib.suppress(OSError):  # what was read is read
            os.close(descriptor)


def make_folders(layer: Layer, root: Path, below: str = "") -> None:
    """Make `root`, what is missing above it and the folders of `below`, 0700 whatever the umask; make their names last.

    Also those of folders that are there: whoever made them may have been killed before their names were synced.

    A folder below the root that turns out to be a link raises NotADirectoryError: what is written through it would not
    be found again, because reading follows none.
    """
    missing = [folder for folder in (root, *root.parents) if not folder.is_dir()]
    for folder in reversed(missing):
        _make_folder(layer, folder)
    if not missing:
        with contextlib.suppress(PermissionError):  # what lies above may be closed to us; nothing there is ours
            layer.sync_folder(root.parent)
    folder = root
    for part in below.split("/") if below else ():
        folder = folder / part
        _make_folder(layer, folder)
        if folder.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, "a link stands where a folder should be")


@contextlib.contextmanager
def _modes_permitting() -> Iterator[None]:
    """FAT and some network mounts keep no modes and refuse to set them: no reason not to save there."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise


def _make_folder(layer: Layer, folder: Path) -> None:
    try:
        layer.mkdir(folder)
    except FileExistsError:
        pass
    else:
        if not _WINDOWS:
            with _modes_permitting():
                layer.chmod(folder, FOLDER_MODE)
    layer.sync_folder(folder.parent)
