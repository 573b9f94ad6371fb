"""In a real terminal: a paste that never ends holds back neither keys nor words, and replies are not typing."""

import os
from pathlib import Path

import pytest
from pty_terminal import Terminal

from .conftest import unlock

PASTE = "\x1b[200~pasted words"


@pytest.fixture
def page(sealed_home: Path):
    def opened() -> Terminal:
        terminal = Terminal("--data-dir", sealed_home)
        unlock(terminal)
        terminal.press("w")
        terminal.see("One line is enough.")
        return terminal

    return opened


def test_typing_goes_on_behind_a_paste_without_an_end_and_hiding_seals_both(page, sealed_home: Path) -> None:
    with page() as t:
        t.type("before \x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?64;1;2c\x1bP>|XTerm(1)\x1b\\\x1b[97;1:3u")
        t.type(PASTE + "\x1b")
        t.see("before pasted words")
        t.type("[201~ and on")
        t.see("before pasted words and on")
        t.type(PASTE)
        t.press("^g")
        t.see_no("before")
        t.press("^q")
        assert t.wait() == 0
    with Terminal("--data-dir", sealed_home) as t:
        unlock(t)
        t.see("Go on with what you were writing")
        t.press("tab", "enter")
        t.see("before pasted words and onpasted words")


@pytest.mark.parametrize("key", ["f8", "^l", "^q"])
def test_keys_that_protect_act_inside_of_a_paste(key: str, page) -> None:
    with page() as t:
        t.type(PASTE)
        t.see("pasted words") if key == "^l" else None
        t.press(key)
        if key == "^q":
            assert t.wait() == 0
        else:
            t.see_no("pasted")


def test_bytes_that_are_no_text_end_nothing(page) -> None:
    with page() as t:
        os.write(t.fd, b"caf\xe9 \xff\xfe go on")
        t.see("go on")


def test_a_passphrase_with_an_ideographic_space_opens_what_it_sealed(tmp_path: Path) -> None:
    passphrase = "ひみつ\u3000のことば\u00a0\u200c👨\u200d👩"
    secret = tmp_path / "passphrase"
    secret.write_text(passphrase + "\n", encoding="utf-8")
    home = tmp_path / "home"
    with Terminal("--data-dir", home, "vault", "init", "--passphrase-file", secret) as t:
        assert t.wait() == 0, t.text
    with Terminal("--data-dir", home) as t:
        t.see("Passphrase")
        t.type(passphrase)
        t.press("enter")
        t.see("How are you right now?")
        t.press("^l")
        t.see("Locked.")
        t.type(f"\x1b[200~{passphrase}\r\x1b[201~")
        t.press("enter")
        t.see("How are you right now?")
        t.press("^q")
        assert t.wait() == 0
    with Terminal("--data-dir", home, "journal", "list") as t:
        t.see("Passphrase")
        t.type(passphrase)
        t.press("enter")
        assert t.wait() == 0, t.text
