"""Backing a journal up, and bringing a backup back: which key opens and seals what on the way.

What goes into the file is `backup`'s business, what comes out of it `restoring`'s.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from trustkit.errors import NoVault, ReadError, UsageError, WriteError, WrongKey
from trustkit.vault import age, backup, codec, names, outside, places, restoring, sentences
from trustkit.vault.backup import BackupReport
from trustkit.vault.coder import BadFile
from trustkit.vault.copies import MOST_WORK, work_of
from trustkit.vault.folder import DiskFolder
from trustkit.vault.keyring import Keyring, normal, unwrap, wrap
from trustkit.vault.keys import Keys
from trustkit.vault.restoring import RestoreReport
from trustkit.vault.store import Vault


class Transfer:
    """One journal's ways out and in.

    Args:
        log_n: What wrapping a key costs.
    """

    def __init__(self, data: DiskFolder, cache: DiskFolder, *, clock: Callable[[], datetime], log_n: int) -> None:
        self._data = data
        self._cache = cache
        self._clock = clock
        self._log_n = log_n
        self._keyring = Keyring(data, cache, clock=clock, log_n=log_n)

    def check_target(self, target: Path) -> None:
        """Raise UsageError or WriteError where no backup can be put; asked before anybody types a passphrase for it."""
        if not target.name:
            raise UsageError(*sentences.BACKUP_IS_A_FILE)
        if outside.is_inside(target, self._data.root):
            raise WriteError(*sentences.BACKUP_INSIDE)

    def back_up(self, target: Path, passphrase: str) -> BackupReport:
        """Write everything into a new file. See `trustkit.vault.back_up`."""
        keys: dict[str, bytes] = {}
        sealing: backup.Sealing | None = None
        self.check_target(target)
        match places.inspect(self._data):
            case "none":
                raise NoVault(*sentences.NO_VAULT)
            case "keyless":
                raise ReadError(*sentences.KEYLESS)
            case "sealed" if not backup.lies_in_clear(self._data):
                pass  # as it lies there
            case "sealed" | "mixed":
                sealing = _sealing(self._keyring.unlock(_given(passphrase))[0])
            case "open":
                made = Keys.generate(self._clock())
                keys[names.KEY] = wrap(made, normal(_given(passphrase)), self._log_n)
                sealing = _sealing(made)
        report = backup.write(self._data, target, sealing=sealing, keys=keys)
        backup.remember(self._cache, self._clock())
        return report

    def restore(self, file: Path) -> RestoreReport:
        """Put a backup where there is no journal, or one that lost its key. See `trustkit.vault.restore_backup`."""
        match places.inspect(self._data):
            case "none" | "keyless":
                pass
            case "open" if places.holds_no_file(self._data):
                pass  # folders that a restore made, which was killed before its first file
            case _:
                raise WriteError(*sentences.RESTORE_OVER)
        return restoring.into_empty(file, self._data)

    def merge(self, file: Path, vault: Vault, passphrase: str, backup_passphrase: str) -> RestoreReport:
        """Add a backup to the journal that `vault` is, unlocked. See `trustkit.vault.restore_backup`."""
        restoring.checked(file)
        keys = self._keys_of(file, passphrase, backup_passphrase)
        if vault.mode == "sealed" and keys is not None:
            self._keyring.adopt(passphrase, keys)
            vault.lock()
            vault.unlock(passphrase)
        vault.load()
        with vault._lock:
            coder, shelf = vault._opened()
            # A sealed journal has every key by now, its own and the backup's; an open one never takes any in.
            unseal = coder.unseal if keys is None or vault.mode == "sealed" else _unsealing(keys)
            erased = restoring.erased_in(shelf.read_months(), self._data)
            merge = restoring.Merge(self._data, coder, unseal, erased)
            merge.take(file)
        vault.refresh()
        return merge.report

    def _keys_of(self, file: Path, passphrase: str, backup_passphrase: str) -> Keys | None:
        """Every key in a backup that the passphrase opens; None where that is the very `key.age` of the journal."""
        found = restoring.key_files_in(file)
        given = normal(backup_passphrase or passphrase)
        opened: list[Keys] = []
        failure: ReadError | WrongKey | None = None
        known = False
        left = MOST_WORK
        for name, sealed in found.items():
            if places.has_key(self._data) and self._keyring.is_the_same(sealed):
                known = True
                continue
            work = work_of(sealed)
            if name != names.KEY:
                left -= work
                if left < 0:
                    continue
            try:
                opened.append(unwrap(sealed, given))
            except WrongKey:
                failure = failure or WrongKey(*sentences.BACKUP_WRONG_PASSPHRASE)
                if name == names.KEY and not backup_passphrase:
                    raise failure from None  # nobody was asked for the backup's own yet, and a copy opens only part
            except ReadError as error:
                failure = failure or error
        if not opened and not known:
            raise failure or ReadError(*sentences.BAD_BACKUP)
        return opened[0].merged(opened[1:]) if opened else None


def _sealing(keys: Keys) -> backup.Sealing:
    return backup.Sealing(lambda data: age.encrypt(codec.pad(data), [keys.recipient]), _unsealing(keys))


def _unsealing(keys: Keys) -> Callable[[bytes], bytes]:
    def unseal(sealed: bytes) -> bytes:
        try:
            return age.decrypt(sealed, keys.identities)
        except age.AgeError:
            raise BadFile(sentences.DAMAGED) from None

    return unseal


def _given(passphrase: str) -> str:
    if not passphrase:
        raise UsageError(*sentences.BACKUP_NEEDS_PASSPHRASE)
    return passphrase
