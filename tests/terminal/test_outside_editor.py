"""A page in an editor of one's own, in a real terminal: given away and taken back, and nothing lost or left behind."""

import signal
import sys
import tempfile
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from pty_terminal import Terminal, files_under

from trustkit.companion import outside_editor
from trustkit.companion.outside_editor import PREFIX
from trustkit.settings import Settings, save

from .conftest import unlock

EDITOR = """
import os, stat, sys, time, tty
page = sys.argv[-1]
open(os.path.join(os.path.dirname(page), ".page.swp"), "w").write("canary copy")
text = open(page).read()
tty.setcbreak(0)  # once, before anybody is told: it throws away what was typed
print("THEIRS", oct(stat.S_IMODE(os.stat(page).st_mode)), oct(stat.S_IMODE(os.stat(os.path.dirname(page)).st_mode)))
sys.stdout.flush()
def write(words): open(page, "w").write(words)
def key(): return os.read(0, 1)
{then}
"""


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A reader's own folder on a file system in memory."""
    shared = Path("/dev/shm")
    if not (shared.is_dir() and outside_editor.in_memory(shared)):
        pytest.skip("there is no file system in memory here")
    with tempfile.TemporaryDirectory(dir=shared) as made:
        yield Path(made)


@pytest.fixture
def page(sealed_home: Path, in_memory: Path, tmp_path: Path):
    """Open a new page with words on it, in a journal whose reader switched an editor of their own on.

    It is called `vim`, since for an editor that trustkit doesn't know a question comes first.
    """

    def opened(then: str, *, name: str = "vim", allowed: bool = True, quiet: int = 0) -> Terminal:
        script = tmp_path / name
        script.write_text(f"#!{sys.executable}\n{EDITOR.format(then=then)}")
        script.chmod(0o700)
        save(sealed_home / "config" / "settings.toml", Settings(outside_editor=allowed, lock_minutes=quiet or 10))
        terminal = Terminal(
            "--data-dir",
            sealed_home,
            environment={"EDITOR": str(script), "VISUAL": "", "XDG_RUNTIME_DIR": str(in_memory)},
        )
        unlock(terminal)
        terminal.press("w")
        terminal.see("One line is enough.")
        terminal.type("the canary sang")
        terminal.see("sealed as a draft")
        return terminal

    return opened


def open_theirs(terminal: Terminal) -> None:
    terminal.type("\x1bOS")  # f4


def go_on_with_draft(terminal: Terminal) -> None:
    """As somebody who comes back: from Today, once it says that there is something to go on with."""
    unlock(terminal)
    terminal.see("Go on with what you were writing")
    terminal.press("tab", "enter")


def test_the_text_goes_there_and_comes_back_and_can_be_undone(page, in_memory: Path, sealed_home: Path) -> None:
    with page("key(); write(text.replace('sang', 'slept') + 'Twice.\\n')") as t:
        open_theirs(t)
        t.wait_until(lambda: "THEIRS 0o600 0o700" in t.normal_text, "the other program")
        assert not t.on_alternate_screen
        assert b"canary" not in b"".join(file.read_bytes() for file in files_under(sealed_home))
        t.press("x")
        t.see("the canary slept", "Twice.", "sealed as a draft")
        assert list(in_memory.iterdir()) == []
        t.type("HERE")
        t.see("the canary slepHEREt")
        t.press("^z", "^z")
        t.see("the canary sang")
        t.press("^s")
        t.see("Keep this note?")
        t.press("enter")
        t.see("Saved.")
        t.press("esc", "^q")
        assert t.wait() == 0


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("sys.exit(3)", ("Your editor stopped before its end. The page is as it was.", "the canary sang")),
        ("write('half'); os.kill(os.getpid(), 9)", ("What it left is on the page", "half")),
        ("os.unlink(page)", ("The editor took its file away", "the canary sang")),
        ("open(page, 'wb').write('caf\u00e9'.encode('latin-1'))", ("not UTF-8", "caf\u00e9")),
    ],
    ids=["failed", "killed", "file gone", "not UTF-8"],
)
def test_whatever_the_editor_does_two_sentences_tell_it_and_nothing_is_lost(
    then: str, words: tuple[str, ...], page, in_memory: Path
) -> None:
    with page(then) as t:
        open_theirs(t)
        t.see(*words)
        assert list(in_memory.iterdir()) == []
        if "the canary sang" not in words:
            t.press("^z")
            t.see("the canary sang")
        t.press("^q")
        assert t.wait() == 0


def test_an_editor_that_dies_in_raw_mode_leaves_a_sane_terminal_behind_trustkit(page) -> None:
    with page("tty.setraw(0); os.kill(os.getpid(), 9)") as t:
        open_theirs(t)
        t.see("The page is as it was.")
        t.press("^q")
        t.wait_until(lambda: not t.on_alternate_screen, "the ordinary screen")
        t.wait_until(lambda: bool(termios.tcgetattr(t.fd)[3] & termios.ECHO), "the terminal's echo")
        assert termios.tcgetattr(t.fd)[3] & termios.ICANON


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_meanwhile_seals_what_was_written_there_and_leaves(
    number: int, page, in_memory: Path, sealed_home: Path
) -> None:
    with page("write('half a canary'); print('WRITTEN', flush=True); signal = key()") as t:
        open_theirs(t)
        t.wait_until(lambda: "WRITTEN" in t.normal_text, "the other program")
        t.signal(number)
        assert t.wait() == 128 + number
        assert list(in_memory.iterdir()) == []
    with Terminal("--data-dir", sealed_home) as t:
        go_on_with_draft(t)
        t.see("half a canary")


def test_a_closed_window_seals_what_was_written_there(page, in_memory: Path, sealed_home: Path) -> None:
    with page("write('half a canary'); print('WRITTEN', flush=True); key()") as t:
        open_theirs(t)
        t.wait_until(lambda: "WRITTEN" in t.normal_text, "the other program")
        t.hang_up()
        t.wait()
        assert list(in_memory.iterdir()) == []
    with Terminal("--data-dir", sealed_home) as t:
        go_on_with_draft(t)
        t.see("half a canary")


def test_ctrl_c_belongs_to_the_editor(page) -> None:
    ready = "print('READY', flush=True)"
    with page(f"import signal; signal.signal(signal.SIGINT, lambda *_: write('caught')); {ready}; key(); key()") as t:
        open_theirs(t)
        t.wait_until(lambda: "READY" in t.normal_text, "the other program, ready for a signal")
        t.press("^c")
        t.press("x", "y")
        t.see("caught")
        t.type("and on")
        t.see("and on")


def test_an_editor_that_trustkit_does_not_know_is_asked_about_first(page, in_memory: Path) -> None:
    with page("write('theirs')", name="quill") as t:
        open_theirs(t)
        t.see("can't keep it from leaving copies", "Stay here")
        t.press("enter")
        t.see("the canary sang")
        open_theirs(t)
        t.see("Stay here")
        t.press("down", "enter")
        t.see("theirs")
        assert list(in_memory.iterdir()) == []


def test_an_editor_in_a_window_is_waited_for_until_a_person_says_that_it_is_done(page, in_memory: Path) -> None:
    with page("") as t:
        open_theirs(t)
        t.wait_until(lambda: "press enter here" in " ".join(t.normal_text.split()), "the question")
        t.press("enter")
        t.wait_until(lambda: "Nothing has changed there yet" in t.normal_text, "the question again")
        [written] = in_memory.glob(f"{PREFIX}*/page.txt")
        written.write_bytes(b"\xef\xbb\xbfwritten in\r\na window\r\n")
        t.press("enter")
        t.see("written in", "a window")
        assert list(in_memory.iterdir()) == []
        open_theirs(t)
        t.wait_until(lambda: t.normal_text.count("press enter here") > 1, "the question once more")
        t.type("n\r")
        t.see("written in", "sealed as a draft")


def test_what_a_killed_run_left_in_memory_is_wiped_at_the_next_start(page, in_memory: Path) -> None:
    left = in_memory / f"{PREFIX}{2**22 + 1}-x"
    left.mkdir(0o700)
    (left / "page.txt").write_text("canary")

    with page("") as t:
        t.wait_until(lambda: not left.exists(), "an empty folder")


def test_without_the_setting_the_key_does_nothing_and_is_not_named(page) -> None:
    with page("write('theirs')", allowed=False) as t:
        assert "your editor" not in t.text
        open_theirs(t)
        t.type(" on")
        t.see("the canary sang on")
