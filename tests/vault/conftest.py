"""Vaults for tests: the three ways of keeping side by side, and the stock `age` where it is installed."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vault_bench import Bench, Clock

from trustkit.model.entry import Note
from trustkit.paths import Paths
from trustkit.vault import MemoryVault, Vault, memory_vault
from trustkit.vault.sealed import SealedVault


@pytest.fixture
def bench(paths: Paths, clock: Clock) -> Bench:
    """An empty place to keep a vault."""
    return Bench(paths, clock)


@pytest.fixture
def sealed(bench: Bench) -> Iterator[SealedVault]:
    """A sealed vault, unlocked."""
    vault = bench.seal()
    yield vault
    vault.close()


@pytest.fixture(params=["sealed", "open", "nothing"])
def vault(request: pytest.FixtureRequest, bench: Bench) -> Iterator[Vault]:
    """Each of the three ways to keep."""
    made: dict[str, Callable[[], Vault]] = {
        "sealed": bench.seal,
        "open": bench.open,
        "nothing": lambda: memory_vault(clock=bench.clock),
    }
    vault = made[request.param]()
    assert vault.mode == request.param
    yield vault
    vault.close()


@pytest.fixture(params=["sealed", "open"])
def kept(request: pytest.FixtureRequest, bench: Bench) -> Iterator[Vault]:
    """Each of the two ways that reach a disk."""
    vault = bench.seal() if request.param == "sealed" else bench.open()
    yield vault
    vault.close()


@pytest.fixture
def scene(kept, bench):
    """A good entry, and one that a test will spoil; the index knows both."""
    good, bad = kept.add(Note("good words")), kept.add(Note("bad words"))
    kept.load()
    kept.close()
    return good, bad, bench.file(bad.id, bad.rev)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a backup goes."""
    return tmp_path / "backup.tar"


@pytest.fixture
def age_tool() -> Callable[..., bytes]:
    """The stock `age`, as a stranger would use it. Skips by name where it is missing."""
    if shutil.which("age") is None:
        pytest.skip("age is not installed")

    def run(*arguments: str | Path) -> bytes:
        return subprocess.run(["age", *map(str, arguments)], check=True, capture_output=True).stdout

    return run


__all__ = ["Bench", "MemoryVault"]
