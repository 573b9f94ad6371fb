"""A system without one of the calls that not every system has: everything is saved and read there all the same."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CALLS = {
    os: ["fchmod", "getuid", "geteuid", "link", "sync", "ttyname", "statvfs", "chown", "mkfifo", "posix_fadvise"],
    signal: ["SIGHUP", "SIGTSTP", "SIGCONT", "SIGWINCH", "pthread_sigmask"],
}
"""Looked up when they are used. The table in `docs/architecture.md` says of each what happens without it."""
FLAGS = ["O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY"]
"""Looked up when a module is imported, so that only a new process can do without them."""
MODULES = ["fcntl", "termios", "tty", "pty", "resource", "ctypes", "grp", "pwd"]


def missing() -> list[tuple[str, str]]:
    calls = [(module.__name__, name) for module, names in CALLS.items() for name in names if hasattr(module, name)]
    return [*calls, *((name, "") for name in MODULES)]


def use_everything(folder: Path) -> None:
    """Settings, a sealed and an open journal, a page in each, and verbs that need no terminal."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from trustkit import settings
    from trustkit.cli.program import run
    from trustkit.model.entry import Note
    from trustkit.paths import Paths
    from trustkit.vault import create_open, create_sealed, open_vault

    def now() -> datetime:
        return datetime(2026, 11, 22, 2, 14, 9, tzinfo=UTC)

    paths = Paths.find(folder / "sealed")
    settings.save(paths.settings_file, replace(settings.Settings(), theme="day"))
    assert settings.load(paths.settings_file) == (settings.Settings(theme="day"), [])
    sealed = create_sealed(paths, "words", clock=now, log_n=4)
    page = sealed.add(Note("a page"))
    sealed.change_passphrase("words", "other words")  # takes the lock
    sealed.lock()
    again = open_vault(paths, clock=now)
    again.unlock("other words")
    assert again.get(page.id).body == Note("a page")
    again.lock()
    opened = create_open(Paths.find(folder / "open"), clock=now)
    opened.add(Note("another"))
    opened.close()
    place = ["--data-dir", str(folder / "open")]
    for words in (["journal", "list"], ["vault", "verify"], ["practice", "list"], ["support"]):
        assert run([*place, *words]) == 0, words
    assert not list(folder.rglob(".tk-*.tmp"))


@pytest.mark.parametrize("name", missing(), ids=".".join)
def test_a_system_without_a_call_saves_and_reads_all_the_same(tmp_path, monkeypatch, name) -> None:
    module, call = name
    if call:
        monkeypatch.delattr(sys.modules[module], call)
    else:
        monkeypatch.setitem(sys.modules, module, None)
    use_everything(tmp_path)


def test_a_system_without_any_of_them_does_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, __file__, str(tmp_path)], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("whole\n")


def test_settings_that_cannot_be_written_leave_nothing_behind(tmp_path, monkeypatch) -> None:
    """Whatever goes wrong, and be it a mistake of our own."""
    import tomli_w

    from trustkit import settings

    def broken(_: object) -> str:
        raise ValueError("no such thing in TOML")

    monkeypatch.setattr(tomli_w, "dumps", broken)
    with pytest.raises(ValueError, match="no such thing"):
        settings.save(tmp_path / "settings.toml", settings.Settings(theme="day"))
    assert list(tmp_path.iterdir()) == []


def main() -> None:
    import platformdirs  # noqa: F401 - it looks at the system by itself, when it is imported

    for module, names in CALLS.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    for name in FLAGS:
        delattr(os, name)
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    import trustkit.cli.inline_terminal
    import trustkit.cli.key_reader
    import trustkit.companion.outside_editor
    import trustkit.tui.app  # noqa: F401 - that each can be imported is the point
    from trustkit.hardening import harden

    harden()
    use_everything(Path(sys.argv[1]))
    print("whole")


if __name__ == "__main__":
    main()
