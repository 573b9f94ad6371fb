"""Two ways to keep without a passphrase: in clear on disk, and not at all."""

from collections.abc import Callable
from pathlib import Path

from trustkit.errors import UsageError
from trustkit.vault import places, sentences
from trustkit.vault.coder import Coder
from trustkit.vault.folder import DiskFolder, Folder, MemoryFolder
from trustkit.vault.index import Index
from trustkit.vault.open_events import OpenEvents
from trustkit.vault.reading import Clock, Mode
from trustkit.vault.shelf import Shelf
from trustkit.vault.store import Vault
from trustkit.vault.trash import OPEN_FILE, Sightings


class Unsealed(Vault):
    """What a vault without a passphrase answers when it is asked about keys."""

    def unlock(self, passphrase: str) -> None:
        """It is always open."""

    def unlock_recovery(self, recovery_key: str) -> None:
        """It is always open."""

    def check_recovery(self, recovery_key: str) -> None:
        """It is always open."""

    def lock(self) -> None:
        """There is nothing to lock with; whoever hides must close."""
        self.flush()

    @property
    def has_recovery(self) -> bool:
        return False

    @property
    def needs_sealing(self) -> bool:
        return False

    def check_passphrase(self, passphrase: str) -> None:
        raise UsageError(*sentences.OPEN_HAS_NO_KEY)

    def change_passphrase(self, old: str, new: str) -> None:
        raise UsageError(*sentences.OPEN_HAS_NO_KEY)

    def make_recovery(self) -> str:
        raise UsageError(*sentences.OPEN_HAS_NO_KEY)

    def keep_recovery(self, typed: str, passphrase: str) -> None:
        raise UsageError(*sentences.OPEN_HAS_NO_KEY)

    def drop_recovery(self, passphrase: str) -> None:
        raise UsageError(*sentences.OPEN_HAS_NO_KEY)

    def recover(self, recovery_key: str, passphrase: str) -> None:
        raise UsageError(*sentences.OPEN_HAS_NO_KEY)

    def seal(self, progress: Callable[[int, int], None] | None = None) -> int:
        raise UsageError(*sentences.OPEN_HAS_NO_KEY)


class OpenVault(Unsealed):
    """Entries as TOML in clear, named for what they are. No index: a second copy of the words helps nobody."""

    mode: Mode = "open"

    def __init__(self, folder: DiskFolder, cache: Folder, *, clock: Clock) -> None:
        super().__init__(folder, clock=clock)
        self.data: Path | None = folder.root
        coder = Coder()
        index = Index(cache, bytes, bytes)  # of files that hold no words
        shelf = Shelf(folder, coder, None, self._check, OpenEvents(folder, coder, index, self._check))
        shelf.tightened = places.tidy(folder, cache)
        self._open = (coder, shelf)
        self._sightings = Sightings(index, OPEN_FILE)


class MemoryVault(Unsealed):
    """Nothing is ever written; gone when trustkit closes. What `--ghost` uses, and tests."""

    mode: Mode = "nothing"

    def __init__(self, *, clock: Clock) -> None:
        folder = MemoryFolder()
        super().__init__(folder, clock=clock)
        coder = Coder()
        self._open = (coder, Shelf(folder, coder, None, self._check))
