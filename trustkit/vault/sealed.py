"""The sealed vault: everything on disk is age-encrypted, and nothing can be read until it is unlocked."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from trustkit.errors import UsageError, WriteError
from trustkit.model.entry import Problem
from trustkit.vault import age, codec, durable, names, places, sentences
from trustkit.vault.checkup import FileReport
from trustkit.vault.coder import MOST, BadFile, Coder, SealedCoder
from trustkit.vault.collector import unsettle
from trustkit.vault.folder import DiskFolder, Folder
from trustkit.vault.index import Index
from trustkit.vault.keyring import Keyring, new_recovery_key, read_recovery_key
from trustkit.vault.keys import Keys
from trustkit.vault.locking import exclusive
from trustkit.vault.reading import Clock, Mode
from trustkit.vault.shelf import Shelf
from trustkit.vault.store import Vault
from trustkit.vault.trash import FILE, Sightings


class SealedVault(Vault):
    """Locked until `unlock`."""

    mode: Mode = "sealed"

    def __init__(self, folder: DiskFolder, cache: Folder, *, clock: Clock, log_n: int = age.LOG_N) -> None:
        super().__init__(folder, clock=clock)
        self.data: Path | None = folder.root
        self._disk = folder
        self._cache = cache
        self._keyring = Keyring(folder, cache, clock=clock, log_n=log_n)
        self._shown_recovery: age.Recipient | None = None

    def begin(self, passphrase: str) -> None:
        """Make the key of a new vault and unlock it. Raises UsageError, WriteError."""
        try:
            keys = self._keyring.create(passphrase)
        except FileExistsError:
            raise WriteError(*sentences.ALREADY_SEALED) from None
        self._disk.begin(names.ENTRIES)
        self._begin(keys, [])

    def unlock(self, passphrase: str) -> None:
        keys, problems = self._keyring.unlock(passphrase)
        self._begin(keys, problems)

    def unlock_recovery(self, recovery_key: str) -> None:
        self._begin(self._keyring.unlock_recovery(recovery_key), [])

    def check_recovery(self, recovery_key: str) -> None:
        self._keyring.unlock_recovery(recovery_key)

    def recover(self, recovery_key: str, passphrase: str) -> None:
        keys, aside = self._keyring.recover(recovery_key, passphrase, self._opens_everything)
        self._begin(keys, [Problem(aside, *sentences.KEY_SET_ASIDE)] if aside else [])

    def lock(self) -> None:
        self._closing.set()  # a long reading breaks off at its next file
        with self._lock:
            try:
                self.flush()
            finally:
                self._open = None
                self._sightings = None
                self._looked = None
                self._shown_recovery = None
                self._closing.clear()
                unsettle()

    @property
    def has_recovery(self) -> bool:
        return self._keyring.has_recovery

    @property
    def needs_sealing(self) -> bool:
        return any(True for _ in places.files(self._folder, names.OPEN))

    def check_passphrase(self, passphrase: str) -> None:
        self._keyring.check(passphrase)

    def change_passphrase(self, old: str, new: str) -> None:
        self._keyring.change(old, new)

    def make_recovery(self) -> str:
        text = new_recovery_key()
        self._shown_recovery = read_recovery_key(text).recipient
        return text

    def keep_recovery(self, typed: str, passphrase: str) -> None:
        recipient = read_recovery_key(typed).recipient
        if recipient != self._shown_recovery:
            raise UsageError(*sentences.RECOVERY_NOT_THE_SAME)
        self._set_recovery(passphrase, (recipient,))
        self._shown_recovery = None

    def drop_recovery(self, passphrase: str) -> None:
        self._set_recovery(passphrase, ())

    def _set_recovery(self, passphrase: str, recipients: tuple[age.Recipient, ...]) -> None:
        kept = self._keyring.set_recovery(passphrase, recipients, self._opens_everything)
        with self._lock:
            self._own_problems = [
                *(problem for problem in self._own_problems if not names.is_recovery_copy(problem.file)),
                *(Problem(name, *sentences.OLD_RECOVERY_STAYS) for name in kept),
            ]
            if self._open is not None:
                self._note_problems()

    def seal(self, progress: Callable[[int, int], None] | None = None) -> int:
        with exclusive(self._disk):
            coder, _ = self._opened()
            paths = list(places.files(self._folder, names.OPEN))
            done = 0
            for number, path in enumerate(paths, 1):
                with self._lock:
                    self._check()
                    done += self._seal_one(coder, path)
                if progress is not None:
                    progress(number, len(paths))
            self.refresh()
            return done

    def _verify_keys(self) -> list[FileReport]:
        return self._keyring.reports()

    def _opens_everything(self, keys: Keys) -> bool:
        """Whether these keys open every sealed entry and draft that is sound enough to open with any. 0.2 ms each."""
        for path in places.files(self._folder, names.SEALED):
            try:
                sealed = self._folder.read(path, MOST)
                age.decrypt(sealed, keys.identities)
            except age.NoMatch:
                if not age.wants_passphrase(sealed):
                    return False
            except (age.AgeError, OSError, durable.NotRegular, durable.TooBig):
                continue
        return True

    def _seal_one(self, coder: Coder, path: str) -> bool:
        try:
            plain = coder.read(self._folder, path, names.OPEN)
        except (FileNotFoundError, BadFile):
            return False  # reported where entries are read
        if len(plain) > codec.MAX_PLAIN:
            return False
        target = path.removesuffix(names.OPEN) + names.SEALED
        with suppress(FileExistsError):  # broken off here last time, or another device was faster
            self._folder.write_new(target, coder.seal(plain))
        if _unpadded(coder, self._folder, target) != plain.rstrip():
            return False  # both stay, and both are shown
        self._folder.remove(path)
        return True

    def _begin(self, keys: Keys, problems: list[Problem]) -> None:
        def encrypt(data: bytes) -> bytes:
            return age.encrypt(data, [keys.recipient])

        def decrypt(sealed: bytes) -> bytes:
            try:
                return age.decrypt(sealed, keys.identities)
            except age.NoMatch:
                raise BadFile(sentences.OTHER_KEY) from None
            except age.AgeError:
                raise BadFile(sentences.DAMAGED) from None

        def unseal_index(sealed: bytes) -> bytes | None:
            try:
                return age.decrypt(sealed, keys.identities)
            except age.AgeError:
                return None

        coder = SealedCoder(encrypt, decrypt)
        index = Index(self._cache, encrypt, unseal_index)
        with self._lock:
            self._own_problems = problems
            places.write_ignore_files(self._folder)
            self._sightings = Sightings(index, FILE)
            shelf = Shelf(self._folder, coder, index, self._check)
            shelf.tightened = places.tidy(self._folder, self._cache)
            self._open = (coder, shelf)
            self._note_problems()


def _unpadded(coder: Coder, folder: Folder, path: str) -> bytes | None:
    try:
        return coder.read(folder, path, names.SEALED).rstrip()
    except (FileNotFoundError, BadFile):
        return None
