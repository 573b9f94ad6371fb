"""`trustkit erase`: listed, asked once in words, gone; and nothing is asked of a pipe."""

import os
import signal
from pathlib import Path

import pytest
from pty_terminal import Terminal

from trustkit.model.entry import Note


@pytest.fixture
def kept(sealed) -> None:
    vault = sealed()
    vault.add(Note("words"))
    vault.close()


def test_a_pipe_is_refused_unless_it_says_yes(trustkit, kept, home) -> None:
    ran = trustkit("erase", given="erase\n")
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert (home / "key.age").exists()

    ran = trustkit("erase", "--yes")
    assert ran.code == 0
    assert "1 key file, in" in ran.out
    assert "shell's history" in ran.out
    assert not home.exists()

    ran = trustkit("erase", "--yes")
    assert (ran.code, ran.out) == (0, "")
    assert "Nothing of trustkit's is here." in ran.err


def test_a_ghost_erases_nothing(trustkit, kept, home) -> None:
    assert trustkit("--ghost", "erase", "--yes").code == 5
    assert (home / "key.age").exists()


def test_a_backup_is_kept_first_or_nothing_is_erased(trustkit, kept, home, tmp_path) -> None:
    taken = tmp_path / "taken.tar"
    taken.write_bytes(b"x")
    for target, code in [(home / "in.tar", 2), (home / "cache" / "in.tar", 2), (taken, 3), (tmp_path / "no" / "b", 3)]:
        assert trustkit("erase", "--yes", "--keep-backup", target).code == code
        assert (home / "key.age").exists()

    assert trustkit("erase", "--yes", "--keep-backup", tmp_path / "b.tar").code == 0
    assert not home.exists()
    assert trustkit("restore", tmp_path / "b.tar").code == 0
    assert (home / "key.age").exists()


def test_a_backup_that_is_not_whole_erases_nothing(trustkit, kept, home, tmp_path) -> None:
    (home / "key (1).age").write_bytes(b"age-encryption.org/v1\ntorn")

    assert trustkit("erase", "--yes", "--keep-backup", tmp_path / "b.tar").code == 1
    assert (home / "key.age").exists()


def test_a_journal_without_its_key_can_t_be_backed_up_and_stays(trustkit, kept, home, tmp_path) -> None:
    (home / "key.age").unlink()

    assert trustkit("erase", "--yes", "--keep-backup", tmp_path / "b.tar").code == 3
    assert list(home.glob("entries/*/*/*"))
    assert trustkit("erase", "--yes").code == 0
    assert not home.exists()


def test_only_the_word_itself_erases(trustkit, kept, home, monkeypatch) -> None:
    monkeypatch.setattr("trustkit.cli.say.on_terminal", lambda stream: stream is not None)
    for typed in ("\n", "y\n", "yes\n", "erase all\n", ""):
        ran = trustkit("erase", given=typed)
        assert ran.code == 0
        assert "Nothing was erased." in ran.err
        assert (home / "key.age").exists()

    assert trustkit("erase", given=" Erase \n").code == 0
    assert not home.exists()


def test_in_a_terminal_one_enter_erases_nothing_and_the_word_does(home: Path, kept) -> None:
    with Terminal("--data-dir", home, "erase", size=(40, 24)) as terminal:
        terminal.see("Type `erase` to erase all of it:")
        terminal.type("erase")
        terminal.press("enter")
        assert terminal.wait() == 0
    assert not home.exists()


def test_ctrl_c_in_the_middle_says_what_is_left_and_the_next_run_goes_on(trustkit, kept, home, monkeypatch) -> None:
    unlink = os.unlink

    def stopped(path: Path) -> None:
        monkeypatch.setattr(os, "unlink", unlink)
        unlink(path)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(os, "unlink", stopped)
    ran = trustkit("erase", "--yes")

    assert ran.code == 130
    assert "Stopped in the middle. Still here:" in ran.err
    assert "1 sealed file of the journal" in ran.err
    assert "key file" not in ran.err
    assert trustkit("erase", "--yes").code == 0
    assert not home.exists()
