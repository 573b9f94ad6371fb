"""The main job, in a real terminal: be welcomed, read, breathe, write, leave, come back and find it again."""

import signal
import termios
from pathlib import Path

import pytest
from pty_terminal import Terminal, files_under

from .conftest import PASSPHRASE, unlock

CANARY = "The canary sang [about] Tuesday."
SIZES = [(80, 24), (40, 15)]


def nothing_readable(home: Path) -> bool:
    return all(b"canary" not in path.read_bytes() for path in files_under(home))


@pytest.mark.parametrize("size", SIZES)
def test_the_first_page_paints(tmp_path: Path, size: tuple[int, int]) -> None:
    with Terminal("--data-dir", tmp_path / "home", size=size) as t:
        t.see("You can go slowly here.", "^g hide")
        t.press("^q")
        assert t.wait() == 0
    assert not (tmp_path / "home").exists()


def test_welcome_sealed_write_leave_return_unlock_and_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal("--data-dir", home) as t:
        t.see("You can go slowly here.", "Begin")
        t.press("enter")
        t.see("Can anyone else get at this computer?", "Maybe")
        t.press("down", "enter")
        t.see("Then a passphrase is worth having.", "Go on")
        t.press("enter")
        t.see("Where would you like your words to live?", "Keep nothing")
        t.press("enter")
        t.see("A few unrelated words work well.")
        t.type(PASSPHRASE)
        t.press("enter")
        t.see("Once more, so that we both have it right.")
        t.type(PASSPHRASE)
        t.press("enter")
        t.see("A recovery key opens your notes", "Do without")
        t.press("down", "enter")
        t.see("What brought you here?", "I'd rather not say")
        t.press("enter")
        t.see("Who is it about?")
        t.press("enter")
        t.see("One key to remember.", "Go to Today")
        t.press("^g")
        t.wait_until(lambda: not t.text.strip(), "an empty screen")
        t.press("enter")
        t.see("That's it.")
        t.press("enter")
        t.see("Is it safe to work on this?")
        t.press("t")
        t.see("How are you right now?")
        t.press("w")
        t.see("One line is enough.")
        t.type(CANARY)
        t.see("sealed as a draft")
        t.press("^s")
        t.see("Keep this note?")
        t.press("enter")
        t.see("Saved.", "A breath before the next?")
        t.press("esc")
        t.see("How are you right now?")
        t.press("^q")
        assert t.wait() == 0
        assert not t.on_alternate_screen
        assert CANARY not in t.normal_text
    assert nothing_readable(home)
    with Terminal("--data-dir", home) as t:
        unlock(t)
        t.see("Your last page: today")
        t.press("j")
        t.see(CANARY)
        t.press("enter")
        t.see(CANARY, "e change")
        t.press("^q")
        assert t.wait() == 0


def test_a_breath_in_the_middle_of_a_sentence_comes_back_to_the_very_same_spot(sealed_home: Path) -> None:
    with Terminal("--data-dir", sealed_home) as t:
        unlock(t)
        t.press("w")
        t.see("One line is enough.")
        t.type("before wrong after")
        t.see("before wrong after")
        t.press(*["left"] * 6, "^w")
        t.see_no("wrong")  # the cursor stands in the gap
        t.press("^t")
        t.see("A longer breath out", "Breathe in")
        t.press("esc")
        t.see("before  after")
        t.type("HERE")
        t.see("before HERE after")


def test_hide_empties_the_terminal_seals_and_locks(sealed_home: Path) -> None:
    with Terminal("--data-dir", sealed_home) as t:
        unlock(t)
        t.press("w")
        t.see("One line is enough.")
        t.type(CANARY)
        t.see(CANARY)
        t.press("^g")
        t.wait_until(lambda: not t.text.strip(), "an empty screen")
        t.press("enter")
        t.see("Passphrase")
        assert "canary" not in t.text
        unlock(t)
        t.see("Go on with what you were writing")
        t.press("^q")
        assert t.wait() == 0
    assert nothing_readable(sealed_home)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_seals_the_draft_and_leaves_the_terminal_sane(sealed_home: Path, number: int) -> None:
    with Terminal("--data-dir", sealed_home) as t:
        before = termios.tcgetattr(t.fd)[3]
        unlock(t)
        t.press("w")
        t.see("One line is enough.")
        t.type(CANARY)
        t.see(CANARY)
        t.signal(number)
        t.wait_until(lambda: not t.on_alternate_screen, "the ordinary screen")
        after = termios.tcgetattr(t.fd)[3]
        assert after == before
        assert t.wait() == (130 if number == signal.SIGINT else 128 + number)
        assert b"\x1b[?25h" in t.raw[-200:]
    assert nothing_readable(sealed_home)
    with Terminal("--data-dir", sealed_home) as t:
        unlock(t)
        t.see("Go on with what you were writing")
        t.press("tab", "enter")
        t.see(CANARY)


def test_a_closed_window_seals_the_draft_and_ends_the_program(sealed_home: Path) -> None:
    with Terminal("--data-dir", sealed_home) as t:
        unlock(t)
        t.press("w")
        t.see("One line is enough.")
        t.type(CANARY)
        t.see(CANARY)
        t.hang_up()
        t.wait()
    with Terminal("--data-dir", sealed_home) as t:
        unlock(t)
        t.see("Go on with what you were writing")
    assert nothing_readable(sealed_home)


def test_a_wrong_passphrase_is_told_gently_and_opens_nothing(sealed_home: Path) -> None:
    with Terminal("--data-dir", sealed_home) as t:
        t.see("trustkit is locked.", "Passphrase")
        t.type("plum otter")
        t.press("enter")
        t.see("That passphrase doesn't open it.", "capitals count")
        t.press("^q")
        assert t.wait() == 0


def test_support_and_a_breath_need_no_passphrase(sealed_home: Path) -> None:
    with Terminal("--data-dir", sealed_home) as t:
        t.see("trustkit is locked.")
        t.press("^o")
        t.see("call 112")
        t.press("esc")
        t.see("trustkit is locked.")
        t.press("^t")
        t.see("Breathe in")
        t.press("esc")
        t.see("trustkit is locked.")


def test_a_very_small_window_works(tmp_path: Path) -> None:
    with Terminal("--data-dir", tmp_path / "home", size=(20, 5)) as t:
        t.see("You can go")
        t.press("^q")
        assert t.wait() == 0


def test_a_terminal_that_cannot_draw_gets_plain_text(tmp_path: Path) -> None:
    with Terminal("--data-dir", tmp_path / "home", environment={"TERM": "dumb"}) as t:
        assert t.wait() == 0
        assert b"\x1b" not in t.raw
        assert b"trustkit support" in t.raw


def test_the_windows_name_says_nothing_and_is_given_back(tmp_path: Path) -> None:
    with Terminal("--data-dir", tmp_path / "home") as t:
        t.see("You can go slowly here.")
        assert b"]0;terminal" in t.raw
        assert b"]0;trustkit" not in t.raw
        t.press("^q")
        t.wait()
        assert b"\x1b[23;0t" in t.raw
