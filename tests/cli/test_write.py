"""`trustkit write`: what is written is kept, and being stopped half-way loses none of it."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pty_terminal import Terminal

from trustkit import settings
from trustkit.cli import typed
from trustkit.errors import WriteError
from trustkit.paths import Paths
from trustkit.settings import Settings
from trustkit.vault import Vault

from .conftest import PASSPHRASE

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and terminals as POSIX has them")


def texts(vault: Vault) -> list[str]:
    """The text of every entry, newest first."""
    return [vault.get(summary.id).body.text for summary in vault.summaries(private=True)]


def drafts(vault: Vault) -> list[str]:
    """The text of every draft."""
    return [draft.body.text for draft in vault.drafts()]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("one line\n", "one line"),
        ("no line end", "no line end"),
        ("two\nlines\n", "two\nlines"),
        ("a blank line at the end\n\n", "a blank line at the end\n"),
        ("from\r\nelsewhere\r\n", "from\r\nelsewhere"),
        ("\ufeffwith a mark\n", "with a mark"),
        ("é 漢 🙂 שלום", "é 漢 🙂 שלום"),
        ("[2026-11-22] # not a date\n\\n 'quoted' \"too\"", "[2026-11-22] # not a date\n\\n 'quoted' \"too\""),
        ("an escape \x1b[2J stays", "an escape \x1b[2J stays"),
        ("long " * 20_000, "long " * 20_000),
    ],
    ids=["a line", "no end", "lines", "blank end", "CRLF", "a byte-order mark", "scripts", "TOML", "escapes", "100 KB"],
)
def test_text_from_standard_input_is_kept_exactly(given: str, kept: str, trustkit, sealed, passphrase_file) -> None:
    ran = trustkit("write", "--passphrase-file", passphrase_file, given=given)

    assert (ran.code, ran.err) == (0, "Saved.\n")
    vault = sealed()
    assert texts(vault) == [kept]
    assert ran.out == f"{vault.summaries()[0].id}\n"


def test_a_private_entry_is_left_out_of_lists(trustkit, sealed, passphrase_file) -> None:
    trustkit("write", "--private", "--passphrase-file", passphrase_file, given="for me alone")

    vault = sealed()
    assert vault.summaries() == ()
    assert texts(vault) == ["for me alone"]


@pytest.mark.parametrize("given", ["", "\n", "  \n\t\n"])
def test_no_text_is_told_and_nothing_kept(given: str, trustkit, sealed, passphrase_file) -> None:
    ran = trustkit("write", "--passphrase-file", passphrase_file, given=given)

    assert (ran.code, ran.out) == (2, "")
    assert texts(sealed()) == []


def test_text_that_is_not_utf_8_is_told_and_nothing_kept(trustkit, sealed, passphrase_file) -> None:
    ran = trustkit("write", "--passphrase-file", passphrase_file, given=b"caf\xe9")

    assert (ran.code, ran.out) == (3, "")
    assert "UTF-8" in ran.err
    assert texts(sealed()) == []


def test_far_too_much_text_is_told_before_it_fills_the_memory(
    trustkit, sealed, passphrase_file, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed, "LARGEST", 1000)

    ran = trustkit("write", "--passphrase-file", passphrase_file, given="x" * 200_000)

    assert (ran.code, ran.out) == (3, "")
    assert texts(sealed()) == []


def test_writing_never_begins_a_journal(trustkit, home) -> None:
    assert trustkit("write", given="some words").code == 5
    assert not home.exists()


def test_a_write_that_fails_leaves_the_text_as_a_draft(
    trustkit, sealed, passphrase_file, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise WriteError("There is no room to save.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "add", full)
        ran = trustkit("write", "--passphrase-file", passphrase_file, given="the harbour")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "There is no room to save. The text is kept as a draft; `trustkit journal drafts` shows it.\n"
    assert drafts(sealed()) == ["the harbour"]


def test_a_disk_without_any_room_says_where_the_text_still_is(
    trustkit, sealed, passphrase_file, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        ran = trustkit("write", "--passphrase-file", passphrase_file, given="the harbour")

    assert (ran.code, ran.out) == (3, "")
    assert "The text is where it came from." in ran.err
    vault = sealed()
    assert (texts(vault), drafts(vault)) == ([], [])


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_stopped_while_a_pipe_still_flows_what_came_is_a_draft(
    number: signal.Signals, home, sealed, passphrase_file
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "trustkit", "--data-dir", home, "--passphrase-file", passphrase_file, "write"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as verb:
        assert verb.stdin is not None
        verb.stdin.write(b"the harbour at ni" + "é".encode()[:1])
        verb.stdin.flush()
        wait_until_read(verb)
        verb.send_signal(number)
        out, err = verb.communicate(timeout=60)

    assert verb.returncode == 128 + number
    assert out == b""
    assert err.decode() == (
        "You stopped before the end. What you wrote is sealed as a draft; `trustkit journal drafts` shows it.\n"
    )
    vault = sealed()
    assert (texts(vault), drafts(vault)) == ([], ["the harbour at ni"])


def wait_until_read(verb: "subprocess.Popen[bytes]") -> None:
    """Wait until the verb has emptied its end of the pipe."""
    import fcntl
    import termios

    assert verb.stdin is not None
    deadline = time.monotonic() + 60
    while int.from_bytes(fcntl.ioctl(verb.stdin, termios.FIONREAD, b"\0\0\0\0"), sys.byteorder):
        assert time.monotonic() < deadline
        assert verb.poll() is None
        os.sched_yield()


@posix
def test_stopped_before_anything_came_nothing_is_said_or_kept(home, sealed, passphrase_file) -> None:
    with Terminal("--data-dir", home, "--passphrase-file", passphrase_file, "write") as terminal:
        terminal.see("ctrl+d ends it", "and keeps it, too.")
        terminal.press("^c")
        assert terminal.wait() == 130
        assert "You stopped" not in terminal.text

    vault = sealed()
    assert (texts(vault), drafts(vault)) == ([], [])


@pytest.fixture
def writing(home, sealed):
    """`trustkit write` in a terminal, past its passphrase."""
    with Terminal("--data-dir", home, "write") as terminal:
        terminal.see("Passphrase:")
        terminal.type(f"{PASSPHRASE}\r")
        terminal.see("ctrl+d ends it", "and keeps it, too.")
        yield terminal


@posix
def test_the_passphrase_is_not_echoed_and_the_text_is(writing, sealed) -> None:
    writing.type("the harbour\rat night")
    writing.see("the harbour", "at night")
    writing.press("^d")
    writing.see("Saved.", "A breath before the next?")

    assert writing.wait() == 0
    assert PASSPHRASE.encode() not in writing.raw
    assert texts(sealed()) == ["the harbour\nat night"]


@posix
def test_a_breath_is_offered_only_to_those_who_want_one_after_writing(home, sealed, passphrase_file) -> None:
    settings.save(Paths.find(home).settings_file, Settings(ritual="neither"))
    with Terminal("--data-dir", home, "--passphrase-file", passphrase_file, "write") as terminal:
        terminal.see("and keeps it, too.")
        terminal.type("words\x04")
        assert terminal.wait() == 0
        assert "Saved." in terminal.text
        assert "A breath" not in terminal.text


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_stopped_at_the_keyboard_even_the_unfinished_line_is_a_draft(number, writing, sealed) -> None:
    writing.type("the harbour\rhalf a li")
    writing.see("half a li")
    writing.press("^c") if number == signal.SIGINT else writing.signal(number)
    writing.see("You stopped before the end.", "sealed as a draft")

    assert writing.wait() == 128 + number
    vault = sealed()
    assert (texts(vault), drafts(vault)) == ([], ["the harbour\nhalf a li"])


@posix
def test_a_window_that_is_closed_leaves_a_draft(writing, sealed) -> None:
    writing.type("the harbour\rhalf a li")
    writing.see("half a li")
    writing.hang_up()

    assert writing.wait() == 128 + signal.SIGHUP
    assert drafts(sealed()) == ["the harbour\nhalf a li"]


@posix
@pytest.mark.parametrize("behind", ["", " and what came after it\rin the same moment\x04\x07!"], ids=["", "more"])
def test_the_hide_key_empties_the_window_and_what_was_typed_is_a_draft(behind, writing, sealed) -> None:
    writing.type("the harbour\rhalf a li")
    writing.see("half a li")
    writing.type(f"\x07{behind}")

    assert writing.wait() == 0
    assert not writing.text.strip(), "what was typed, or that anything was sealed, is not told now"
    assert b"came after" not in writing.raw
    assert b"\x1b[3J" in writing.raw, "what has scrolled away would still stand there"
    vault = sealed()
    after = behind.replace("\r", "\n").translate({4: None, 7: None})
    assert (texts(vault), drafts(vault)) == ([], [f"the harbour\nhalf a li{after}"])


@posix
def test_a_line_of_any_length_is_kept_whole(writing, sealed) -> None:
    line = "a quiet word " * 2000
    writing.type(f"{line}end")
    writing.see("word end")
    writing.press("^d")

    assert writing.wait() == 0
    assert texts(sealed()) == [f"{line}end"]


@posix
def test_keys_that_mend_a_line_mend_it_and_others_do_nothing(writing, sealed) -> None:
    writing.type("harbuor")
    writing.press("backspace", "backspace", "backspace")
    writing.type("our 漢é\u0301")
    writing.press("backspace", "left", "up", "f1", "esc")
    writing.press("[")
    writing.press("A")
    writing.type(" gone")
    writing.press("^w")
    writing.type("\rwrong line")
    writing.press("^u")
    writing.type("right\tline")
    writing.press("^d")

    assert writing.wait() == 0
    assert texts(sealed()) == ["harbour 漢 \nright\tline"]


@posix
def test_ctrl_d_at_once_keeps_nothing_and_is_no_failure(writing, sealed) -> None:
    writing.press("^d")
    writing.see("Not kept. Nothing was written.")

    assert writing.wait() == 0
    assert texts(sealed()) == []


@posix
def test_keys_that_end_or_stop_other_programs_lose_nothing_here(writing, sealed) -> None:
    writing.type("before \x1c\x1a\x13\x11after")
    writing.see("before after")
    writing.press("^d")

    assert writing.wait() == 0
    assert texts(sealed()) == ["before after"]


@posix
def test_the_terminal_is_given_back_as_it_was(home, sealed, passphrase_file) -> None:
    import termios

    words = ("--data-dir", home, "--passphrase-file", passphrase_file, "write")
    for leave in ("^d", "^c"):
        with Terminal(*words, program=("sh", "-c", '"$0" -m trustkit "$@"; read _', sys.executable)) as terminal:
            before = termios.tcgetattr(terminal.fd)
            terminal.see("ctrl+d ends it", "and keeps it, too.")
            terminal.type("words")
            terminal.see("words")
            terminal.wait_until(lambda: termios.tcgetattr(terminal.fd) != before, "keys one by one")  # noqa: B023
            terminal.press(leave)
            terminal.see("Saved." if leave == "^d" else "as a draft")
            terminal.wait_until(lambda: termios.tcgetattr(terminal.fd) == before, "the terminal as it was")  # noqa: B023


@posix
def test_a_wrong_passphrase_may_be_tried_again_and_then_it_is_over(home, sealed) -> None:
    with Terminal("--data-dir", home, "write") as terminal:
        for tries in range(1, 4):
            terminal.wait_until(lambda: terminal.text.count("Passphrase:") == tries, "another question")  # noqa: B023
            terminal.type("not this one\r")
        assert terminal.wait() == 4
        assert terminal.text.count("That passphrase doesn't open it.") == 3

    with Terminal("--data-dir", home, "journal", "list") as terminal:
        terminal.see("Passphrase:")
        terminal.type("not this one\r")
        terminal.wait_until(lambda: terminal.text.count("Passphrase:") == 2, "another question")
        terminal.type(f"{PASSPHRASE}\r")
        assert terminal.wait() == 0


def test_a_note_in_an_open_journal_needs_no_passphrase(trustkit, home) -> None:
    assert trustkit("vault", "init", "--open").code == 0
    assert trustkit("write", given="the harbour").code == 0

    assert "the harbour" in trustkit("journal", "list").out
