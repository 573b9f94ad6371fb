"""Whom a reader wrote down to turn to, and how calls went: kept as the notes are, and leaving nothing behind."""

import pytest

from trustkit import settings, vault
from trustkit.companion import Companion
from trustkit.errors import UsageError
from trustkit.library import Library

SISTER = ("my sister", "0151 2345678")
WORDS = b"0151 2345678"


@pytest.fixture(params=["sealed", "open", "nothing"])
def companion(request, paths, clock):
    if request.param == "nothing":
        return Companion.start(paths, clock=clock, ghost=True)
    made = (
        vault.create_open(paths, clock=clock)
        if request.param == "open"
        else vault.create_sealed(paths, "plum", clock=clock, log_n=4)
    )
    return Companion(paths, Library(paths.content), made, settings.Settings(), clock)


def on_disk(paths) -> bytes:
    folders = (paths.data, paths.cache, paths.config)
    return b"".join(file.read_bytes() for folder in folders for file in folder.rglob("*") if file.is_file())


def told(companion: Companion) -> list[tuple[str, str]]:
    return [(one.name, one.number) for one in companion.own_numbers()]


def test_nobody_is_written_down_at_first_and_asking_begins_no_journal(companion: Companion, paths) -> None:
    assert companion.own_numbers() == ()
    assert companion.tried_numbers() == {}
    if companion.mode == "nothing":
        assert companion._vault is None


def test_numbers_stand_in_the_order_they_were_written_down(companion: Companion) -> None:
    companion.keep_number(*SISTER)
    companion.keep_number("", "116 123")
    companion.keep_number("neighbour, knock twice", "")
    assert told(companion) == [SISTER, ("", "116 123"), ("neighbour, knock twice", "")]


def test_a_change_takes_the_place_of_what_stood_there(companion: Companion) -> None:
    companion.keep_number(*SISTER)
    companion.keep_number("doctor", "5")
    (sister, _) = companion.own_numbers()
    companion.keep_number("M", "0171 9", sister.id)
    assert told(companion) == [("M", "0171 9"), ("doctor", "5")]


def test_a_number_that_was_changed_or_taken_out_is_on_no_disk_any_more(companion: Companion, paths) -> None:
    companion.keep_number(*SISTER)
    if companion.mode == "open":
        assert WORDS in on_disk(paths)  # so that looking would find it
    for take_out in (False, True):
        companion.keep_number(*SISTER, companion.own_numbers()[0].id)
        one = companion.own_numbers()[0]
        if take_out:
            companion.drop_number(one.id)
        else:
            companion.keep_number("M", "9", one.id)
        companion.vault.close() if companion.mode != "sealed" else companion.vault.flush()
        assert WORDS not in on_disk(paths)
    assert companion.own_numbers() == ()
    kept = [entry.body for entry in companion.vault.events("choice")]
    assert kept == []


def test_neither_a_name_nor_a_number_is_nothing_to_keep(companion: Companion) -> None:
    with pytest.raises(UsageError, match="nothing to keep"):
        companion.keep_number("  ", "\u202e\x1b")
    assert companion.own_numbers() == ()


def test_what_a_terminal_could_obey_is_not_kept(companion: Companion) -> None:
    companion.keep_number("my\x1b[2J sis\u202eter\n", "1\t2")
    assert told(companion) == [("my[2J sister", "1 2")]


def test_how_a_call_went_is_noted_changed_and_taken_back(companion: Companion) -> None:
    line = companion.helplines()[0]
    companion.note_call(line, "worked")
    assert companion.tried_numbers() == {line.id: "worked"}
    companion.note_call(line, "did-not")
    assert companion.tried_numbers() == {line.id: "did-not"}
    companion.note_call(line, "")
    assert companion.tried_numbers() == {}
    assert companion.vault.events("choice") == []


def test_a_sealed_journal_shows_them_only_while_it_is_open(paths, clock) -> None:
    made = vault.create_sealed(paths, "plum", clock=clock, log_n=4)
    companion = Companion(paths, Library(paths.content), made, settings.Settings(), clock)
    companion.keep_number(*SISTER)
    companion.note_call(companion.helplines()[0], "worked")
    made.lock()
    assert companion.own_numbers() == ()
    assert companion.tried_numbers() == {}
    stored = on_disk(paths)
    assert b"sister" not in stored
    assert WORDS not in stored
    assert b"worked" not in stored
    again = Companion.start(paths, clock=clock)
    assert again.own_numbers() == ()
    again.vault.unlock("plum")
    assert told(again) == [SISTER]


def test_whoever_begins_to_keep_takes_them_along(paths, clock) -> None:
    companion = Companion.start(paths, clock=clock)
    companion.keep_number(*SISTER)
    companion.keep_number("doctor", "5")
    companion.keep_open()
    assert told(Companion.start(paths, clock=clock)) == [SISTER, ("doctor", "5")]
