"""`^g` wherever a plain verb waits: the window is empty, nothing is said afterwards, and the shell hears of nothing."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pty_terminal import Terminal, files_under

from trustkit import vault
from trustkit.companion import system_clock
from trustkit.model.entry import Note
from trustkit.paths import Paths

from .conftest import PASSPHRASE

SHELL = 'echo "typed before"; printf "\\n\\n"; "$0" -m trustkit "$@"; echo "code $?"'
"""What a person sees of it: something before, and whether the verb ended well."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="keys come one by one only on POSIX terminals")


@dataclass(frozen=True)
class Wait:
    """A place where a verb waits for somebody."""

    words: tuple[str, ...]
    asks: str
    before: tuple[tuple[str, str], ...] = ()
    """What is seen and typed until it waits there."""
    journal: str = "open"


OPENED = (("Passphrase:", f"{PASSPHRASE}\r"),)
MARKED = (("0 to 10", "\r"),)
WAITS = [
    Wait(("breathe",), "^g hides"),
    Wait(("breathe", "--plain"), "ctrl+g empties the window"),
    Wait(("ground",), "0 to 10, numb, or Enter:"),
    Wait(("ground",), "ctrl+g empties the window", MARKED),
    Wait(("write",), "ctrl+g empties the window"),
    Wait(("write",), "Passphrase:", journal="sealed"),
    Wait(("practice", "play", "ground-room"), "ctrl+g empties the window", MARKED),
    Wait(("practice", "play", "breath-long-out"), "ctrl+g empties the window", MARKED),
    Wait(("practice", "play", "ride-the-urge"), "0 to 10, numb, or Enter:"),
    Wait(("practice", "play", "ride-the-urge"), "ctrl+g empties the window", MARKED),
    Wait(("practice", "play", "journal-free"), "Passphrase, or Enter:", journal="sealed"),
    Wait(("practice", "list", "--own"), "Passphrase:", journal="sealed"),
    Wait(("read", "GATED"), "A number, or Enter"),
    Wait(("journal", "search"), "Look for:"),
    Wait(("journal", "list"), "Passphrase:", journal="sealed"),
    Wait(("journal", "import", "FILE"), "Bring them in?"),
    Wait(("journal", "export", "--for-someone", "ID"), "Names to shorten"),
    Wait(("journal", "export", "--for-someone", "ID", "--output", "OUT"), "Write this?", (("Names to", "\r"),)),
    Wait(("vault", "init"), "New passphrase:", journal="none"),
    Wait(("vault", "init"), "Once more", (("New passphrase:", "four quiet words\r"),), journal="none"),
    Wait(("vault", "seal"), "New passphrase:"),
    Wait(("vault", "passphrase"), "New passphrase:", OPENED, journal="sealed"),
    Wait(("vault", "recovery"), "Type it back once", OPENED, journal="sealed"),
    Wait(("vault", "recover"), "Recovery key:", journal="sealed"),
    Wait(("backup", "OUT"), "New passphrase:"),
]


@pytest.fixture
def journal(sealed_home: Path, tmp_path: Path) -> Callable[[str], Path]:
    def made(kind: str) -> Path:
        if kind == "sealed":
            return sealed_home
        home = tmp_path / kind
        if kind == "open":
            kept = vault.create_open(Paths.find(home), clock=system_clock)
            kept.add(Note("A page."))
            kept.close()
        return home

    return made


def _page_in(home: Path) -> str:
    """The id of the page in an open journal."""
    kept = vault.open_vault(Paths.find(home), clock=system_clock) if home.name == "open" else None
    return "" if kept is None else kept.summaries()[0].id


def shell(home: Path, *words: str, size: tuple[int, int] = (80, 24)) -> Terminal:
    return Terminal("--data-dir", home, *words, size=size, program=("sh", "-c", SHELL, sys.executable))


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: " ".join((*wait.words, wait.asks)))
def test_wherever_a_verb_waits_the_hide_key_empties_the_window_and_nothing_is_said(
    wait: Wait, journal: Callable[[str], Path], tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text("A page.\n", encoding="utf-8")
    home = journal(wait.journal)
    named = {"FILE": str(page), "OUT": str(tmp_path / "out"), "GATED": "limits", "ID": _page_in(home)}
    with shell(home, *(named.get(word, word) for word in wait.words)) as t:
        for asked, typed in wait.before:
            t.see(asked)
            t.type(typed)
        t.see(wait.asks)
        t.press("^g")
        t.see("code 0")
        assert t.wait() == 0
        assert t.text.split() == ["code", "0"]
        assert b"\x1b[3J" in t.raw, "what has scrolled away would still stand there"


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
@pytest.mark.parametrize("words", [("write",), ("practice", "play", "journal-free")], ids=" ".join)
def test_what_was_being_written_is_a_draft_and_told_only_later(
    words: tuple[str, ...], size: tuple[int, int], sealed_home: Path
) -> None:
    with shell(sealed_home, *words, size=size) as t:
        t.see("Passphrase")
        t.type(f"{PASSPHRASE}\r")
        t.see("ctrl+g" if words == ("write",) else ">")
        t.type("the harbour")
        t.see("the harbour")
        t.press("^g")
        t.see("code 0")
        t.wait()
        assert t.text.split() == ["code", "0"]
    assert all(b"harbour" not in file.read_bytes() for file in files_under(sealed_home))
    opened = vault.open_vault(Paths.find(sealed_home), clock=system_clock)
    opened.unlock(PASSPHRASE)
    assert ["the harbour" in str(draft.body) for draft in opened.drafts()] == [True]
