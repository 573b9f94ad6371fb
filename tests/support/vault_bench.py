"""A place to keep a vault in a test: cheap keys, a clock that a test sets, and what lies on disk by name."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from trustkit.paths import Paths
from trustkit.vault import OpenVault, Vault, create_open, create_sealed, open_vault
from trustkit.vault.folder import DiskFolder
from trustkit.vault.sealed import SealedVault

PASSPHRASE = "plum otter lantern"
CHEAP = 4
"""log N: the real cost has a test of its own."""

Clock = Callable[[], datetime]


class Bench:
    """A data folder and what a test does with it."""

    passphrase = PASSPHRASE

    def __init__(self, paths: Paths, clock: Clock) -> None:
        self.paths = paths
        self.clock = clock

    @property
    def data(self) -> Path:
        return self.paths.data

    @property
    def index(self) -> Path:
        return self.paths.cache / "index"

    def seal(self, passphrase: str = PASSPHRASE) -> SealedVault:
        """A new sealed vault, unlocked."""
        return create_sealed(self.paths, passphrase, clock=self.clock, log_n=CHEAP)

    def open(self) -> OpenVault:
        """A new open vault."""
        return create_open(self.paths, clock=self.clock)

    def again(self, passphrase: str = PASSPHRASE) -> Vault:
        """What lies on disk, as another run of trustkit finds it, unlocked."""
        vault = self.locked()
        vault.unlock(passphrase)
        return vault

    def locked(self) -> SealedVault | OpenVault:
        """What lies on disk, before anybody unlocks it."""
        vault = open_vault(self.paths, clock=self.clock, log_n=CHEAP)
        assert isinstance(vault, SealedVault | OpenVault)
        return vault

    def elsewhere(self, name: str) -> "Bench":
        """Another device: a copy of the data folder with a cache of its own."""
        data = self.paths.data.with_name(f"data-{name}")
        shutil.copytree(self.paths.data, data, symlinks=True)
        cache = self.paths.cache.with_name(f"cache-{name}")
        return Bench(Paths(self.paths.content, data, cache, self.paths.config), self.clock)

    def files(self, pattern: str = "**/*.toml*") -> list[Path]:
        """Entries on disk, by name."""
        return sorted(path for path in (self.paths.data / "entries").glob(pattern) if path.is_file())

    def settle(self) -> None:
        """Wait until every month's time of change can be relied on: two seconds, where a test has not lowered that."""
        disk = DiskFolder(self.data)
        for month in (self.data / "entries").glob("*/*"):
            while disk.modified(month.relative_to(self.data).as_posix()) is None:
                pass

    def file(self, entry_id: str, rev: str) -> Path:
        """The file of one revision."""
        found = [path for path in self.files() if path.name.startswith(f"{entry_id}.{rev}.toml")]
        assert len(found) == 1
        return found[0]
