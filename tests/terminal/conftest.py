"""A sealed journal made once by the program itself, and copied for each test that needs one."""

import shutil
from pathlib import Path

import pytest
from pty_terminal import Terminal

PASSPHRASE = "plum otter lantern"


@pytest.fixture(scope="session")
def _sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    secret = folder / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    home = folder / "home"
    with Terminal("--data-dir", home, "vault", "init", "--passphrase-file", secret) as terminal:
        assert terminal.wait() == 0, terminal.text
    return home


@pytest.fixture
def sealed_home(_sealed_once: Path, tmp_path: Path) -> Path:
    """A sealed journal with nothing in it."""
    return Path(shutil.copytree(_sealed_once, tmp_path / "home"))


def unlock(terminal: Terminal) -> None:
    """Give the passphrase at the door."""
    terminal.see("Passphrase")
    terminal.type(PASSPHRASE)
    terminal.press("enter")
    terminal.see("How are you right now?")
