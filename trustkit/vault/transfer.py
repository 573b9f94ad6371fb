"""Backing a journal up, and bringing a backup back: which key opens and seals what on the way.

What goes into the file is `backup`'s business, what comes out of it `restoring`'s.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from trustkit.errors import NoVault, ReadError, UsageError, WriteError, WrongKey
from trustkit.vault import age, backup, codec, names, places, restoring, sentences
from trustkit.vault.backup import BackupReport
from trustkit.vault.coder import BadFile
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

    def back_up(self, target: Path, passphrase: str) -> BackupReport:
        """Write everything into a new file. See `trustkit.vault.back_up`."""
        keys: dict[str, bytes] = {}
        seal: backup.Seal | None = None
        match places.inspect(self._data):
            case "none":
                raise NoVault(*sentences.NO_VAULT)
            case "keyless":
                raise ReadError(*sentences.KEYLESS)
            case "mixed":
                seal = _sealing(self._keyring.unlock(_given(passphrase))[0])
            case "open":
                made = Keys.generate(self._clock())
                keys[names.KEY] = wrap(made, normal(_given(passphrase)), self._log_n)
                seal = _sealing(made)
        report = backup.write(self._data, target, seal=seal, keys=keys)
        backup.remember(self._cache, self._clock())
        return report

    def restore(self, file: Path) -> RestoreReport:
        """Put a backup where there is no journal, or one that lost its key. See `trustkit.vault.restore_backup`."""
        if places.inspect(self._data) not in ("none", "keyless"):
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

        def unseal(sealed: bytes) -> bytes:
            if keys is None:
                return coder.unseal(sealed)
            try:
                return age.decrypt(sealed, keys.identities)
            except age.AgeError:
                raise BadFile(sentences.DAMAGED) from None

        vault.load()
        with vault._lock:
            coder, shelf = vault._opened()
            merge = restoring.Merge(self._data, coder, unseal, restoring.erased_in(shelf.read_months()))
            merge.take(file)
        vault.refresh()
        return merge.report

    def _keys_of(self, file: Path, passphrase: str, backup_passphrase: str) -> Keys | None:
        """The keys in a backup; None where its key file is the very one that the journal has."""
        sealed = restoring.key_in(file)
        if sealed is None:
            raise ReadError(*sentences.BAD_BACKUP)
        if places.has_key(self._data) and self._keyring.is_the_same(sealed):
            return None
        try:
            return unwrap(sealed, normal(backup_passphrase or passphrase))
        except WrongKey:
            raise WrongKey(*sentences.BACKUP_WRONG_PASSPHRASE) from None


def _sealing(keys: Keys) -> backup.Seal:
    return lambda data: age.encrypt(codec.pad(data), [keys.recipient])


def _given(passphrase: str) -> str:
    if not passphrase:
        raise UsageError(*sentences.BACKUP_NEEDS_PASSPHRASE)
    return passphrase
