"""The one lock of a vault: held while the key file changes or an open vault is being sealed, never for an entry.

The lock is the system's own and ends with the process, so a kill leaves nothing behind but an empty file.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from trustkit.errors import WriteError
from trustkit.vault import durable, names, sentences
from trustkit.vault.folder import DiskFolder

_BUSY: Final = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
"""What the system answers where somebody else holds the lock; the last is Windows' word for it."""
_NO_LOCKS: Final = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS})
"""What file systems that know no locks answer: some network and Android mounts."""


@contextmanager
def exclusive(folder: DiskFolder) -> Iterator[None]:
    """Hold the vault's lock. Raises WriteError at once where somebody else holds it, or it cannot be written."""
    try:
        folder.make()
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(folder.root / names.LOCK, flags, durable.FILE_MODE)
        if hasattr(os, "fchmod"):
            with suppress(OSError):  # not every file system keeps modes; the file is empty
                os.fchmod(descriptor, durable.FILE_MODE)  # whatever the umask took away
    except OSError as error:
        raise WriteError(sentences.cannot_write(error)[0], sentences.NOTHING_CHANGED) from None
    try:
        _take(descriptor)
        yield
    finally:
        with suppress(OSError):  # nothing was written to it, and what was done under the lock is done
            os.close(descriptor)  # gives the lock back too


def is_held(folder: DiskFolder) -> bool:
    """Whether another process holds the lock now. Writes nothing, and makes no lock where there is none."""
    try:
        flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(folder.root / names.LOCK, flags)
    except OSError:
        return False
    try:
        _take(descriptor)
    except WriteError as error:
        return (error.happened, error.do_next) == sentences.KEY_BUSY
    finally:
        os.close(descriptor)
    return False


def _take(descriptor: int) -> None:
    """Without any lock where there can be none: two changes at once are rare, and never to change anything is worse."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            try:
                import fcntl
            except ImportError:  # not this kind of system
                return
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            raise WriteError(*sentences.KEY_BUSY) from None
        if error.errno not in _NO_LOCKS:
            raise WriteError(sentences.cannot_write(error)[0], sentences.NOTHING_CHANGED) from None
