"""Who begins to keep things after all loses nothing of what was made before, and nothing is written down unasked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from trustkit.companion import Companion
from trustkit.companion.beginning import InMemory
from trustkit.errors import WriteError
from trustkit.model import own
from trustkit.model.entry import Mark, Note
from trustkit.paths import Paths

PASSPHRASE = "plum otter lantern"


@pytest.fixture
def keeping_nothing(paths: Paths, clock: Callable[[], datetime]) -> Companion:
    """Chose to keep nothing, then wrote a page, made a card and marked a step."""
    companion = Companion.start(paths, clock=clock)
    companion.new_key_work = 4
    companion.keep_nothing()
    card = companion.begin_own("card")
    companion.keep_own(replace(card, body=own.card(["Tea first."])), card)
    companion.vault.add(Note("A page."), private=True, created=clock() - timedelta(days=1))
    companion.vault.add(Mark("first-hours", "breathe", "done"))
    companion.choose("about", "partner")
    return companion


def written(paths: Paths) -> list[Path]:
    return [file for file in paths.data.rglob("*.toml*") if file.is_file()]


@pytest.mark.parametrize("way", ["open", "sealed"])
def test_what_was_made_while_nothing_was_kept_is_kept_when_the_reader_says_so(
    way: str, keeping_nothing: Companion, clock: Callable[[], datetime]
) -> None:
    companion = keeping_nothing
    assert companion.may_begin_to_keep
    companion.keep_open() if way == "open" else companion.keep_sealed(PASSPHRASE)
    assert companion.only_in_memory() == InMemory(pages=1, exercises=1, marks=1)
    assert (companion.own_exercises(), companion.vault.summaries(private=True)) == ([], ())

    companion.keep_what_was_in_memory()

    assert [one.title for one in companion.own_exercises()] == [own.TITLES["card"]]
    (page,) = companion.vault.summaries(private=True)
    assert (page.private, page.created) == (True, (clock() - timedelta(days=1)).replace(microsecond=0))
    assert companion.vault.marks()[("first-hours", "breathe")].state == "done"
    assert companion.choice("about") == "partner"
    assert not companion.only_in_memory()
    assert not companion.may_begin_to_keep


def test_what_is_let_go_is_written_nowhere(keeping_nothing: Companion, paths: Paths) -> None:
    keeping_nothing.keep_open()
    before = written(paths)
    keeping_nothing.let_go_of_memory()
    keeping_nothing.keep_what_was_in_memory()

    assert written(paths) == before
    assert keeping_nothing.own_exercises() == []


def test_what_could_not_be_written_stays_in_memory_and_nothing_is_written_twice(
    keeping_nothing: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    companion = keeping_nothing
    companion.keep_open()
    add, calls = companion.vault.add, []

    def full(*args: object, **kwargs: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise WriteError("The disk is full.", "Make room.")
        return add(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(companion.vault, "add", full)
    with pytest.raises(WriteError):
        companion.keep_what_was_in_memory()
    assert companion.only_in_memory()
    companion.keep_what_was_in_memory()

    assert len(companion.vault.summaries(private=True)) == 1
    assert len(companion.own_exercises()) == 1
    assert not companion.only_in_memory()


def test_a_ghost_cannot_begin_to_keep(paths: Paths, clock: Callable[[], datetime]) -> None:
    assert not Companion.start(paths, clock=clock, ghost=True).may_begin_to_keep
