"""The vault: how private writing is kept. `docs/vault-format.md` is the format, `docs/privacy.md` the promise.

`open_vault` opens what lies on disk, whatever it is; `create_sealed`, `create_open` and `memory_vault` are the three
ways to begin. What they return is a `Vault`; nothing else of this package is meant for others.

    names, fold, tree, bounds, sentences          pure
    age, codec, quick, coder                      bytes to entries and back
    durable, folder, places, locking              the disk
    keys, wrapping, seen, suffices, keyring       what seals and opens
    rows, segment, index, month, events,          what is known of it
    open_events, stretch, shelf, trash, drafts
    doors, reading, bulk, store, sealed,          the vault
    sealing, unsealed, checkup, keeping, trashed
    tarball, backup, restoring, transfer, cloud   out of it and back
    erase                                         all of it, gone
"""

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustkit.errors import NoVault, ReadError, WriteError
from trustkit.later import later
from trustkit.vault import names

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    # What is found by names alone is told before any of these is imported: the door is painted first.
    from trustkit.paths import Paths
    from trustkit.vault import folder as folders
    from trustkit.vault import places, sentences
    from trustkit.vault.backup import BackupReport
    from trustkit.vault.checkup import FileReport
    from trustkit.vault.cloud import cloud_folder
    from trustkit.vault.folder import DiskFolder
    from trustkit.vault.places import State
    from trustkit.vault.reading import Clock, Mode
    from trustkit.vault.restoring import RestoreReport
    from trustkit.vault.sealed import SealedVault
    from trustkit.vault.store import Vault
    from trustkit.vault.transfer import Transfer
    from trustkit.vault.unsealed import MemoryVault, OpenVault
else:
    folders = later("trustkit.vault.folder")
    places = later("trustkit.vault.places")
    sentences = later("trustkit.vault.sentences")

__all__ = [
    "Clock",
    "FileReport",
    "MemoryVault",
    "Mode",
    "OpenVault",
    "State",
    "Vault",
    "back_up",
    "cloud_folder",
    "create_open",
    "create_sealed",
    "inspect",
    "is_busy",
    "kept_as",
    "last_backup",
    "memory_vault",
    "open_vault",
    "recover_vault",
    "restore_backup",
    "seal_vault",
]

_ELSEWHERE: Final = {
    "FileReport": "checkup",
    "MemoryVault": "unsealed",
    "OpenVault": "unsealed",
    "State": "places",
    "Vault": "store",
    "cloud_folder": "cloud",
}
"""Names that are read from their own module when somebody first asks for them."""

LOG_N = 18
"""Base-two logarithm of the scrypt cost: 256 MiB, about 0.8 s. Tests pass a lower one; nothing else may."""


def __getattr__(name: str) -> object:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ELSEWHERE[name]}"), name)


def inspect(data: Path) -> "State":
    """What lies in a data folder; see `places.inspect`. Reads names alone. Raises ReadError."""
    return places.inspect(folders.DiskFolder(data))


def kept_as(data: Path) -> "Mode":
    """How words are kept in a data folder; see `places.kept_as`. Raises ReadError."""
    try:
        top = os.listdir(data)  # noqa: PTH208 - before the first page is painted; a Path for each name takes longer
    except FileNotFoundError:
        return "nothing"
    except OSError:
        top = []  # the long way says what is wrong with it
    if any(map(names.is_key, top)):
        return "sealed"
    return places.kept_as(folders.DiskFolder(data))


def open_vault(paths: "Paths", *, clock: "Clock", log_n: int = LOG_N) -> "Vault":
    """The vault on disk: a sealed one locked, an open one ready.

    Args:
        log_n: What a change of passphrase would write.

    Raises:
        NoVault: There is none.
        ReadError: There are sealed entries and no key, or the folder cannot be read.
    """
    folder = folders.DiskFolder(paths.data)
    if places.has_key(folder):
        return _sealed(paths, clock, log_n)
    match places.inspect(folder):
        case "none":
            raise NoVault(*sentences.NO_VAULT)
        case "keyless":
            raise ReadError(*sentences.KEYLESS)
    places.write_sync_files(folder)
    from trustkit.vault.unsealed import OpenVault

    return OpenVault(folder, _cache(paths), clock=clock)


def create_sealed(paths: "Paths", passphrase: str, *, clock: "Clock", log_n: int = LOG_N) -> "SealedVault":
    """A new sealed vault, unlocked. Takes some 2 s: call it from a thread.

    Raises:
        WriteError: There is a vault already, or the folder cannot be written.
        UsageError: The passphrase is empty.
        ReadError: There are sealed entries here whose key is missing.
    """
    vault = _sealed(paths, clock, log_n)
    _refuse_existing(paths)
    vault.begin(passphrase)
    return vault


def create_open(paths: "Paths", *, clock: "Clock") -> "OpenVault":
    """A new vault in clear. Raises WriteError, ReadError as `create_sealed`."""
    _refuse_existing(paths)
    folder = folders.DiskFolder(paths.data)
    folder.begin(names.ENTRIES)
    places.write_sync_files(folder)
    from trustkit.vault.unsealed import OpenVault

    return OpenVault(folder, _cache(paths), clock=clock)


def memory_vault(*, clock: "Clock") -> "MemoryVault":
    """A vault that nothing is ever written of."""
    from trustkit.vault.unsealed import MemoryVault

    return MemoryVault(clock=clock)


def recover_vault(
    paths: "Paths", recovery_key: str, passphrase: str, *, clock: "Clock", log_n: int = LOG_N
) -> "SealedVault":
    """Open with the recovery key and set a new passphrase, even where `key.age` is damaged or missing.

    Raises UsageError, WrongKey, ReadError, WriteError.
    """
    vault = _sealed(paths, clock, log_n)
    vault.recover(recovery_key, passphrase)
    return vault


def seal_vault(
    paths: "Paths",
    passphrase: str,
    *,
    clock: "Clock",
    log_n: int = LOG_N,
    progress: "Callable[[int, int], None] | None" = None,
) -> "SealedVault":
    """Give an open vault a passphrase, then seal every entry in it. Broken off, `Vault.seal` goes on.

    Args:
        progress: Called with (done, all) after each file.

    Raises:
        NoVault: There is none. WriteError: it is sealed already, or cannot be written. UsageError, ReadError.
    """
    folder = folders.DiskFolder(paths.data)
    match places.inspect(folder):
        case "none":
            raise NoVault(*sentences.NO_VAULT)
        case "keyless":
            raise ReadError(*sentences.KEYLESS)
        case "sealed" | "mixed":
            raise WriteError(*sentences.ALREADY_SEALED)
    vault = _sealed(paths, clock, log_n)
    vault.begin(passphrase)
    with folders.telling(sentences.SEALED_UNSURE, sentences.SEALED_IN_PART):
        vault.seal(progress)
    return vault


def check_backup_target(paths: "Paths", target: Path, *, clock: "Clock") -> None:
    """Raise UsageError or WriteError where no backup can be put, such as inside the journal's own folder."""
    _transfer(paths, clock, LOG_N).check_target(target)


def back_up(
    paths: "Paths", target: Path, *, clock: "Clock", passphrase: str = "", log_n: int = LOG_N
) -> "BackupReport":
    """Write a whole journal into one new file, sealed, and read it again before it gets its name.

    Args:
        passphrase: For an open journal: what the backup is sealed with. For one that is only partly sealed: its own. A
            sealed one goes as it is and needs none.

    Raises:
        NoVault: There is none.
        WriteError: Something has that name, or it could not be written. No file is left.
        ReadError: The key is missing, or the folder cannot be read.
        UsageError, WrongKey: The passphrase is needed, or does not fit.
    """
    return _transfer(paths, clock, log_n).back_up(target, passphrase)


def restore_backup(
    paths: "Paths",
    file: Path,
    *,
    clock: "Clock",
    into: "Vault | None" = None,
    passphrase: str = "",
    backup_passphrase: str = "",
    log_n: int = LOG_N,
) -> "RestoreReport":
    """Bring a backup back: where there is no journal, or one that lost its key; or into one, by union.

    Args:
        into: The journal of these `paths`, unlocked, that the backup is to be added to.
        passphrase: What opens that journal.
        backup_passphrase: What opened it when the backup was made, if that was something else.

    Raises:
        ReadError: It is not a whole backup. Nothing was written.
        WriteError: There is a journal already, or it could not be written. What was added stays, and is whole.
        UsageError, WrongKey: A passphrase is missing or does not fit. Nothing was written.
    """
    transfer = _transfer(paths, clock, log_n)
    return transfer.restore(file) if into is None else transfer.merge(file, into, passphrase, backup_passphrase)


def last_backup(paths: "Paths") -> "datetime | None":
    """When this device made its last backup, as far as it remembers."""
    from trustkit.vault import backup

    return backup.last(_cache(paths))


def is_busy(paths: "Paths") -> bool:
    """Whether another process is changing the key or sealing this journal right now."""
    from trustkit.vault import locking

    return locking.is_held(folders.DiskFolder(paths.data))


def _refuse_existing(paths: "Paths") -> None:
    match places.inspect(folders.DiskFolder(paths.data)):
        case "sealed" | "mixed":
            raise WriteError(*sentences.ALREADY_SEALED)
        case "open":
            raise WriteError(*sentences.ALREADY_OPEN)
        case "keyless":
            raise ReadError(*sentences.KEYLESS)


def _sealed(paths: "Paths", clock: "Clock", log_n: int) -> "SealedVault":
    from trustkit.vault.sealed import SealedVault  # cryptography takes a while to import; an open vault needs none

    return SealedVault(folders.DiskFolder(paths.data), _cache(paths), clock=clock, log_n=log_n)


def _cache(paths: "Paths") -> "DiskFolder":
    return folders.DiskFolder(paths.cache / "index")


def _transfer(paths: "Paths", clock: "Clock", log_n: int) -> "Transfer":
    from trustkit.vault.transfer import Transfer  # what only these two verbs need

    return Transfer(folders.DiskFolder(paths.data), _cache(paths), clock=clock, log_n=log_n)
