"""However the app ends or stops, nothing of a page stays behind in the terminal, and it comes back whole."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_terminal import DEADLINE, KEYS, Terminal

from trustkit import vault
from trustkit.companion import system_clock
from trustkit.model.entry import Note
from trustkit.paths import Paths

from .conftest import PASSPHRASE, unlock

CANARY = "The canary sang on Tuesday."
SHELL = 'echo "typed before"; set -m; "$0" -m trustkit "$@"; echo "stopped $?"; read _; fg; echo "code $?"'
"""A shell that a job can be stopped in, and that brings it back at Enter."""
HIDE_VIEW = 'hide_view = "prompt"\n'

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX terminals have jobs")


@pytest.fixture
def with_page(sealed_home: Path) -> Path:
    """A sealed journal with one page in it."""
    kept = vault.open_vault(Paths.find(sealed_home), clock=system_clock)
    kept.unlock(PASSPHRASE)
    kept.add(Note(CANARY))
    kept.close()
    return sealed_home


def in_shell(home: Path, *words: str, size: tuple[int, int] = (80, 24)) -> Terminal:
    return Terminal("--data-dir", home, *words, size=size, program=("bash", "-c", SHELL, sys.executable))


def read_the_page(t: Terminal) -> None:
    unlock(t)
    t.press("j")
    t.see(CANARY[:12])
    t.press("enter")
    t.see("· page", "e change")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
def test_stopped_by_its_key_and_brought_back_it_stands_there_locked_and_painted(
    with_page: Path, size: tuple[int, int]
) -> None:
    with in_shell(with_page, size=size) as t:
        read_the_page(t)
        t.press("^z")
        t.see("stopped")
        assert CANARY[:12] not in t.text
        t.press("enter")
        unlock(t)
        t.press("^q")
        t.see("code 0")


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP], ids=lambda number: number.name)
def test_stopped_from_outside_it_comes_back_locked_and_painted(number: int, with_page: Path) -> None:
    with in_shell(with_page) as t:
        read_the_page(t)
        os.kill(_child_of(t.pid), number)
        t.see("stopped")
        t.type("\n")  # stopped without warning, it left the terminal as it had it: Enter is no line end there
        unlock(t)
        t.press("^q")
        t.see("code 0")


def test_where_nothing_can_be_locked_the_page_comes_back_without_a_key(tmp_path: Path) -> None:
    kept = vault.create_open(Paths.find(tmp_path / "open"), clock=system_clock)
    kept.add(Note(CANARY))
    kept.close()
    with in_shell(tmp_path / "open") as t:
        t.see("How are you right now?")
        t.press("j")
        t.see(CANARY)
        t.press("enter")
        t.see("· page")
        t.press("^z")
        t.see("stopped")
        assert CANARY not in t.text
        t.press("enter")
        t.see(CANARY, "e change")
        t.press("^q")
        t.see("code 0")


def test_where_no_shell_could_bring_it_back_the_key_stops_nothing(with_page: Path) -> None:
    with Terminal("--data-dir", with_page) as t:
        read_the_page(t)
        t.press("^z")
        unlock(t)
        t.press("^q")
        assert t.wait() == 0


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
@pytest.mark.parametrize("words", [("--ghost",), ()], ids=["ghost", "open"])
def test_hiding_without_a_passphrase_leaves_an_empty_window(
    words: tuple[str, ...], size: tuple[int, int], tmp_path: Path
) -> None:
    vault.create_open(Paths.find(tmp_path / "open"), clock=system_clock).close()
    with in_shell(tmp_path / "open", *words, size=size) as t:
        t.see("How are you right now?")
        t.press("^g")
        t.see("stopped 0")
        assert t.text.split() == ["stopped", "0"]


@pytest.mark.parametrize("how", ["^q", signal.SIGTERM])
def test_the_hidden_page_keeps_its_peace_and_leaves_an_empty_window(how: str | int, with_page: Path) -> None:
    (with_page / "config").mkdir(exist_ok=True)
    Paths.find(with_page).settings_file.write_text(HIDE_VIEW, encoding="utf-8")
    with in_shell(with_page) as t:
        read_the_page(t)
        t.press("^g")
        t.wait_until(lambda: t.text.strip() == "$", "a plain prompt")
        t.press("!", "?", "^c", "^z", "^o", "^p", "x")
        t.press("^g")
        if how == "^q":
            t.press("^q")
        else:
            os.kill(_child_of(t.pid), signal.SIGTERM)
        t.see("stopped")
        assert t.text.split()[0] == "stopped"
        assert len(t.text.split()) == 2


def _child_of(shell: int) -> int:
    """The program that the shell of a test runs."""
    return int(Path(f"/proc/{shell}/task/{shell}/children").read_text(encoding="utf-8").split()[0])


# -- a real tmux, which copies lines of the second screen to the first one after a resize --------------------------


class Tmux:
    """A pane of a tmux server of its own."""

    def __init__(self, folder: Path, *command: str | Path) -> None:
        self._tmux = ["tmux", "-S", str(folder / "tmux"), "-f", os.devnull]
        size = ("-x", "80", "-y", "24")
        quoted = " ".join(f"'{word}'" for word in command)
        self._run("new-session", "-d", *size, f"echo typed before; {quoted}; echo ended; exec sleep 600")

    def _run(self, *words: str) -> str:
        return subprocess.run([*self._tmux, *words], capture_output=True, text=True, check=True).stdout

    @property
    def text(self) -> str:
        """Everything in the pane and above it."""
        return self._run("capture-pane", "-p", "-S", "-")

    def see(self, words: str) -> None:
        deadline = time.monotonic() + DEADLINE
        while words not in self.text:
            assert time.monotonic() < deadline, f"never saw {words!r}; the pane shows:\n{self.text}"

    def press(self, *keys: str) -> None:
        for key in keys:
            self._run("send-keys", "-l", KEYS.get(key, key))

    def resize(self, columns: int, rows: int) -> None:
        self._run("resize-window", "-x", str(columns), "-y", str(rows))

    def end(self) -> None:
        self._run("kill-server")


@pytest.fixture
def tmux(with_page: Path, tmp_path: Path) -> Iterator[Callable[[], Tmux]]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    panes: list[Tmux] = []

    def begun() -> Tmux:
        panes.append(Tmux(tmp_path, sys.executable, "-m", "trustkit", "--data-dir", with_page))
        pane = panes[0]
        pane.see("Passphrase")
        pane.press(PASSPHRASE, "enter")
        pane.see("How are you right now?")
        pane.press("j")
        pane.see(CANARY)
        pane.press("enter")
        pane.see("· page")
        return pane

    yield begun
    for pane in panes:
        pane.end()


@pytest.mark.parametrize("leave", ["^q", "^g"])
@pytest.mark.parametrize("sizes", [[(120, 24)], [(40, 15), (120, 40)]], ids=["wider", "smaller, then wider"])
def test_after_a_resize_in_tmux_no_line_of_a_page_stays_behind(
    leave: str, sizes: list[tuple[int, int]], tmux: Callable[[], Tmux]
) -> None:
    pane = tmux()
    for size in sizes:
        pane.resize(*size)
        pane.see("esc back")
    pane.press(*(["^g", "^q"] if leave == "^g" else ["^q"]))
    pane.see("ended")
    assert CANARY not in pane.text
    assert "Journal" not in pane.text
    assert ("typed before" in pane.text) == (leave == "^q")
