"""The sealed vault: everything on disk is age-encrypted, and nothing can be read until it is unlocked."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from trustkit.errors import UsageError, WriteError
from trustkit.model.entry import Problem
from trustkit.vault import age, names, places, sentences
from trustkit.vault.checkup import FileReport
from trustkit.vault.coder import BadFile, SealedCoder
from trustkit.vault.collector import unsettle
from trustkit.vault.folder import DiskFolder, Folder
from trustkit.vault.index import Index
from trustkit.vault.keyring import Keyring, new_recovery_key, read_recovery_key
from trustkit.vault.keys import Keys
from trustkit.vault.locking import exclusive
from trustkit.vault.reading import Clock, Mode
from trustkit.vault.sealing import clear_files, editors_files, seal_file
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
        with suppress(WriteError):  # there is a journal from here on; its folder is made with the first page as well
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
        self._begin(*self._keyring.recover(recovery_key, passphrase))

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
        return any(True for _ in clear_files(self._folder))

    def check_passphrase(self, passphrase: str) -> None:
        self._keyring.check(passphrase)

    def change_passphrase(self, old: str, new: str) -> None:
        self._tell_of_keys(self._keyring.change(old, new))

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
        self._tell_of_keys(self._keyring.set_recovery(passphrase, recipients))

    def _tell_of_keys(self, problems: Sequence[Problem]) -> None:
        """In place of what was said of copies of the recovery file before."""
        with self._lock:
            others = (problem for problem in self._own_problems if not names.is_recovery_copy(problem.file))
            self._own_problems = [*others, *problems]
            if self._open is not None:
                self._note_problems()

    def seal(self, progress: Callable[[int, int], None] | None = None) -> int:
        with exclusive(self._disk):
            coder, _ = self._opened()
            paths = list(clear_files(self._folder))
            done = 0
            for number, path in enumerate(paths, 1):
                with self._lock:
                    self._check()
                    done += seal_file(coder, self._folder, path)
                if progress is not None:
                    progress(number, len(paths))
            with self._lock:
                clear = (sentences.STAYS_IN_CLEAR, sentences.EDITORS_OWN)
                others = [one for one in self._own_problems if (one.happened, one.do_next) not in clear]
                staying = [Problem(path, *sentences.STAYS_IN_CLEAR) for path in clear_files(self._folder)]
                editors = [Problem(path, *sentences.EDITORS_OWN) for path in editors_files(self._folder)]
                self._own_problems = [*others, *staying, *editors]
            self.refresh()
            return done

    def _verify_keys(self) -> list[FileReport]:
        return self._keyring.reports()

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
            places.write_sync_files(self._folder)
            self._sightings = Sightings(index, FILE)
            shelf = Shelf(self._folder, coder, index, self._check)
            shelf.tightened = places.tidy(self._folder, self._cache)
            self._open = (coder, shelf)
            self._note_problems()
