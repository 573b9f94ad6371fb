"""The verbs as a shell runs them: words in; exit code, standard output and standard error out."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from journal_verb import journal

from trustkit import vault as vaults
from trustkit.cli.playing_drafts import QUESTION as BEFOREHAND
from trustkit.cli.program import run
from trustkit.companion import Clock
from trustkit.paths import Paths
from trustkit.vault import Vault

PASSPHRASE = "four quiet words here"
CHEAP = 10
"""A scrypt cost that tests can wait for."""


@dataclass(frozen=True)
class Ran:
    """How a verb ended, and what it printed where."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder named with `--data-dir`. It does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    """A file with the passphrase of `sealed`, for its owner alone."""
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    file.chmod(0o600)
    return file


@pytest.fixture
def trustkit(
    home: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Run a verb in this process on the test's own folder and clock; `given` is standard input."""

    def ran(*words: str | os.PathLike[str], given: str | bytes = "") -> Ran:
        stdin = tmp_path / "stdin"
        stdin.write_bytes(given if isinstance(given, bytes) else given.encode())
        with stdin.open(encoding="utf-8") as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            code = run(["--data-dir", str(home), *map(os.fspath, words)], clock)
        return Ran(int(code), *capfd.readouterr())

    return ran


@pytest.fixture
def process(home: Path) -> Callable[..., Ran]:
    """Run a verb in a process of its own that has no terminal anywhere."""

    def ran(
        *words: str | os.PathLike[str], given: str | bytes = "", environment: Mapping[str, str] | None = None
    ) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "trustkit", "--data-dir", home, *words],
            input=given if isinstance(given, bytes) else given.encode(),
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **(environment or {})},
            capture_output=True,
            timeout=60,
            check=False,
            start_new_session=True,
        )
        return Ran(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    return ran


@pytest.fixture
def sealed(home: Path, clock: Clock) -> Callable[[], Vault]:
    """Make a sealed vault in `home`; called, it gives it back unlocked, to write in or to look into."""
    vaults.create_sealed(Paths.find(home), PASSPHRASE, clock=clock, log_n=CHEAP).close()

    def opened() -> Vault:
        vault = vaults.open_vault(Paths.find(home), clock=clock, log_n=CHEAP)
        vault.unlock(PASSPHRASE)
        return vault

    return opened


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch, clock: Any) -> list[float]:
    """The seconds that were waited; the clock goes on by them, and nobody sleeps."""
    waited: list[float] = []

    def wait(seconds: float) -> str:
        waited.append(seconds)
        clock.forward(seconds=seconds)
        return ""

    def breathe(_body: object, *_: object, **__: object) -> bool:
        clock.forward(seconds=180)
        return True

    monkeypatch.setattr("trustkit.cli.playing_runs.wait_out", wait)
    monkeypatch.setattr("trustkit.cli.playing_runs.wait_for_line", lambda seconds: wait(seconds) if seconds else "")
    monkeypatch.setattr("trustkit.cli.inline.run_inline", breathe)
    return waited


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody types: standard input is a terminal. What was asked of them is collected."""
    prompts: list[str] = []
    monkeypatch.setattr("trustkit.cli.say.on_terminal", lambda stream: stream is not None)
    monkeypatch.setattr("trustkit.cli.say.prompt", prompts.append)
    return prompts


@pytest.fixture
def passphrases(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time the passphrase was asked for; before the first word Enter passes it over, later it is typed rightly."""
    asked: list[str] = []

    def passphrase(question: str = "") -> str:
        asked.append(question)
        return "" if question == BEFOREHAND else PASSPHRASE

    monkeypatch.setattr("trustkit.cli.asking.passphrase", passphrase)
    return asked


@pytest.fixture
def opened(home: Path, clock: Clock) -> Callable[[], Vault]:
    """An open journal; called, it gives it back to look into."""
    vaults.create_open(Paths.find(home), clock=clock).close()
    return lambda: vaults.open_vault(Paths.find(home), clock=clock)


__all__ = ["journal"]
