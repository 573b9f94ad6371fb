"""Stopping a plain player half-way loses nothing: what was typed is a draft, offered the next time and on screen."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pty_terminal import Terminal

from trustkit.cli.key_reader import LineKeys
from trustkit.cli.playing_drafts import PUT_AWAY
from trustkit.cli.playing_drafts import QUESTION as BEFOREHAND
from trustkit.cli.playing_keeping import Keeper
from trustkit.cli.playing_worded import ReflectionSheet
from trustkit.cli.program import run
from trustkit.companion import Clock
from trustkit.companion.stopping import Stopped
from trustkit.errors import WriteError
from trustkit.model import practice_words as words
from trustkit.model.entry import Answers, Record
from trustkit.vault import Vault

from .conftest import PASSPHRASE

Verb = Callable[..., Any]
Opened = Callable[[], Vault]
FREE = ("practice", "play", "journal-free")


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of the end of the input comes a signal."""
    from trustkit.cli.playing_asking import Asking

    read = Asking._next_line

    def next_line(asking: Asking, question: str) -> str:
        line = read(asking, question)
        if not line:
            raise Stopped(signal.SIGTERM)
        return line

    monkeypatch.setattr(Asking, "_next_line", next_line)


def drafted(vault: Vault) -> Answers | Record:
    """What the one draft there is holds; nothing was kept."""
    assert vault.summaries(private=True) == ()
    (draft,) = vault.drafts()
    assert isinstance(draft.body, Answers | Record)
    return draft.body


def answers(vault: Vault) -> list[str | int]:
    body = drafted(vault)
    assert isinstance(body, Answers)
    return list(body.answers.values())


# -- in a real terminal ----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["ctrl-c", "SIGTERM", "the window is closed"])
def test_what_was_typed_is_a_draft_however_it_was_stopped_the_unfinished_line_too(
    how: str, opened: Opened, home: Path
) -> None:
    with Terminal("--data-dir", home, *FREE) as terminal:
        terminal.see("1 of 2.")
        terminal.type("The kettle is on.\nAnd the r\x7f\x7f rain")
        terminal.see("And the rain")
        if how == "ctrl-c":
            terminal.press("^c")
        elif how == "SIGTERM":
            terminal.signal(signal.SIGTERM)
        else:
            terminal.hang_up()
        number = {"ctrl-c": signal.SIGINT, "SIGTERM": signal.SIGTERM}.get(how, signal.SIGHUP)
        assert terminal.wait() == 128 + number
        if number != signal.SIGHUP:
            assert "goes on with it" in " ".join(terminal.text.split())
            assert words.NOT_KEPT not in terminal.text
    assert answers(opened()) == ["The kettle is on.\nAnd the rain"]


@pytest.mark.parametrize("moment", ["before the first key is waited for", "between two lines", "at a key"])
def test_a_signal_that_comes_while_nobody_waits_takes_no_word_with_it(
    moment: str, opened: Opened, home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, name = {
        "before the first key is waited for": (ReflectionSheet, "hints"),
        "between two lines": (Keeper, "seal"),
        "at a key": (LineKeys, "_show"),
    }[moment]
    does, left = getattr(place, name), [1]

    def and_a_signal_comes(*given: Any) -> None:
        does(*given)
        if left and (moment != "between two lines" or given[1] is not None):
            left.clear()
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(place, name, and_a_signal_comes)
    keyboard, terminal = os.openpty()
    with os.fdopen(terminal, encoding="utf-8") as stdin, os.fdopen(keyboard, "wb", buffering=0) as keys:
        monkeypatch.setattr(sys, "stdin", stdin)
        keys.write(b"The kettle is on.\nAnd the rain")
        assert run(["--data-dir", str(home), *FREE], clock) == 128 + signal.SIGTERM

    assert answers(opened()) == ["The kettle is on.\nAnd the rain"]


def test_what_was_typed_ahead_of_the_next_question_stands_behind_an_answer_of_one_line(
    opened: Opened, home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trustkit.cli import playing_rows

    def and_a_signal_comes(text: str, **marks: str) -> None:
        said(text, **marks)
        if text == playing_rows.HOW:
            signal.raise_signal(signal.SIGTERM)

    said = playing_rows.say.paragraph
    monkeypatch.setattr(playing_rows.say, "paragraph", and_a_signal_comes)
    keyboard, terminal = os.openpty()
    with os.fdopen(terminal, encoding="utf-8") as stdin, os.fdopen(keyboard, "wb", buffering=0) as keys:
        monkeypatch.setattr(sys, "stdin", stdin)
        keys.write(b"\nThe boiler.\nThe noise")
        assert run(["--data-dir", str(home), "practice", "play", "worry-park"], clock) == 128 + signal.SIGTERM

    body = drafted(opened())
    assert isinstance(body, Answers)
    assert [row["worry"] for row in body.rows] == ["The boiler. The noise"]


def test_a_sealed_journal_asks_before_the_first_word_and_then_seals_what_is_typed(sealed: Opened, home: Path) -> None:
    with Terminal("--data-dir", home, *FREE) as terminal:
        terminal.see(BEFOREHAND)
        terminal.type("not this one\n")
        terminal.wait_until(lambda: terminal.text.count(BEFOREHAND.strip()) == 2, "the question once more")
        assert "doesn't open it" in terminal.text
        terminal.type(f"{PASSPHRASE}\n")
        terminal.see("1 of 2.")
        terminal.type("The kettle is on")
        terminal.see("The kettle is on")
        terminal.hang_up()
        assert terminal.wait() == 128 + signal.SIGHUP
        assert PASSPHRASE.encode() not in terminal.raw
    assert all(b"kettle" not in file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert answers(sealed()) == ["The kettle is on"]


def test_who_passes_the_passphrase_over_is_told_at_ctrl_c_that_nothing_was_kept(sealed: Opened, home: Path) -> None:
    with Terminal("--data-dir", home, *FREE) as terminal:
        terminal.see(BEFOREHAND)
        terminal.type("\n")
        terminal.see("1 of 2.")
        terminal.type("The kettle is on.\n")
        terminal.press("^c")
        terminal.see(words.NOT_KEPT)
        assert terminal.wait() == 130
    assert sealed().drafts() == []


def test_an_answer_longer_than_a_terminal_takes_as_one_line_arrives_whole(opened: Opened, home: Path) -> None:
    whole = "kettle " * 900
    with Terminal("--data-dir", home, *FREE) as terminal:
        terminal.see("1 of 2.", ">")
        terminal.type(f"{whole}\n\n")
        terminal.see("2 of 2.")
        terminal.press("^c")
        assert terminal.wait() == 130
    assert answers(opened()) == [whole.rstrip()]


# -- line by line -------------------------------------------------------------------------------------------


def test_each_line_is_sealed_before_the_next_is_asked_for(
    trustkit: Verb, opened: Opened, by_hand: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from trustkit.cli.playing_asking import Asking

    read, seen = Asking._next_line, []

    def next_line(asking: Asking, question: str) -> str:
        seen.append([list(d.body.answers.values()) for d in opened().drafts() if isinstance(d.body, Answers)])
        return read(asking, question)

    monkeypatch.setattr(Asking, "_next_line", next_line)
    trustkit(*FREE, given="One.\nTwo.\n\n\n2\n")

    assert seen[:4] == [[], [["One."]], [["One.\nTwo."]], [["One.\nTwo."]]]
    assert opened().drafts() == []  # not kept in the end


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("i-statement", "1\nthe plan was changed\n3\n", {"the plan was changed", "scared"}),
        ("alarm-signs", "1, 3 5\n", {"fear-from-nowhere"}),
        ("worry-park", "\nThe boiler.\nact\nThe noise.\n", {"The boiler.", "The noise."}),
        ("promise-log", "Ring on Sunday\n1\n", {"Ring on Sunday", "my own"}),
    ],
)
def test_every_type_that_is_written_or_ticked_leaves_its_draft(
    name: str, given: str, expected: set[str], trustkit: Verb, opened: Opened, by_hand: list[str], stopping: None
) -> None:
    ran = trustkit("practice", "play", name, given=given)

    assert ran.code == 128 + signal.SIGTERM
    assert PUT_AWAY["open"].format(name=name) in " ".join(ran.err.split())
    body = drafted(opened())
    held = {*map(str, body.values.values())} if isinstance(body, Record) else set()
    if isinstance(body, Answers):
        held = {*map(str, body.answers.values()), *body.chosen, *(value for row in body.rows for value in row.values())}
    assert expected <= held


def test_a_question_about_keeping_that_nobody_answers_leaves_a_draft(
    trustkit: Verb, opened: Opened, by_hand: list[str]
) -> None:
    ran = trustkit(*FREE, given="One line.\n\n\n")

    said = " ".join(ran.err.split())
    assert (ran.code, "goes on with it" in said, words.NOT_KEPT in said) == (0, True, False)
    assert answers(opened()) == ["One line."]


@pytest.mark.parametrize("options", [("--no-keep",), ()])
def test_who_keeps_nothing_leaves_no_draft(
    options: tuple[str, ...], trustkit: Verb, opened: Opened, by_hand: list[str], stopping: None, home: Path
) -> None:
    name = "journal-free" if options else "safety-questions"
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}

    trustkit("practice", "play", name, *options, given="1\n2\n")

    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before


def test_a_script_that_said_nothing_about_keeping_leaves_no_draft(
    trustkit: Verb, opened: Opened, stopping: None
) -> None:
    assert trustkit(*FREE, given="One line.\n").code == 128 + signal.SIGTERM
    assert opened().drafts() == []


def test_a_script_that_keeps_leaves_a_draft_when_it_is_stopped(trustkit: Verb, opened: Opened, stopping: None) -> None:
    assert trustkit(*FREE, "--keep", given="One line.\n").code == 128 + signal.SIGTERM
    assert answers(opened()) == ["One line."]


# -- gone on with ---------------------------------------------------------------------------------------------


def test_what_cannot_be_sealed_is_said_once_before_the_next_line_is_asked_for(
    trustkit: Verb, opened: Opened, stopping: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WriteError("There is no room to save.", "Free some space, then save again; your words are still here.")

    opened()
    monkeypatch.setattr(Vault, "save_draft", full)
    done = trustkit(*FREE, "--keep", given="One line.\nAnother.\n")
    assert (done.out + done.err).count("There is no room to save.") == 1
    assert "as a draft" not in done.out + done.err
    assert opened().drafts() == []


def test_the_next_play_goes_on_where_it_stopped_and_the_draft_becomes_the_note(
    trustkit: Verb, opened: Opened, by_hand: list[str], stopping: None
) -> None:
    trustkit(*FREE, given="One line.\n")

    ran = trustkit(*FREE, given="1\nAnother.\n\n\n1\n")

    assert (words.GO_ON in ran.out, "One line." in ran.out) == (True, True)
    vault = opened()
    assert vault.drafts() == []
    (kept,) = vault.summaries(private=True)
    body = vault.get(kept.id).body
    assert isinstance(body, Answers)
    assert list(body.answers.values()) == ["One line.\nAnother."]


def test_the_next_play_can_begin_again_and_throw_the_draft_away(
    trustkit: Verb, opened: Opened, by_hand: list[str], stopping: None
) -> None:
    trustkit(*FREE, given="One line.\n")
    trustkit(*FREE, given="2\nSomething else.\n")

    assert answers(opened()) == ["Something else."]


def test_a_list_stopped_half_way_becomes_another_version_of_the_one_that_was_kept(
    trustkit: Verb, opened: Opened, by_hand: list[str], stopping: None, clock: Any
) -> None:
    park = ("practice", "play", "worry-park")
    trustkit(*park, "--keep", given="\nThe boiler.\n\n\n")
    clock.forward(days=1)
    trustkit(*park, given="\nThe noise.\n")  # stopped in its second column
    clock.forward(days=1)
    trustkit(*park, given="1\nThe letter.\n\n\n1\n")

    vault = opened()
    (kept,) = vault.summaries(private=True)
    body = vault.get(kept.id).body
    assert isinstance(body, Answers)
    assert [row["worry"] for row in body.rows] == ["The boiler.", "The noise.", "The letter."]
    assert (len(vault.versions(kept.id)), vault.drafts()) == (2, [])
