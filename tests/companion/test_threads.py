"""Whatever is made when it is first asked for is made once, however many threads ask at that moment."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from vault_bench import CHEAP, PASSPHRASE

from trustkit import library as libraries
from trustkit import vault as vaults
from trustkit.companion import FIRST_BREATH, Companion
from trustkit.model.entry import Note
from trustkit.vault import Vault

MANY = 8
MEET: float = 0.05
"""Seconds in which a second thread would come to make the same thing again; where only one may, nobody comes."""


def at_once(*deeds: Callable[[], object]) -> list[Any]:
    """What each of these gave, all begun in the same moment, each in a thread of its own."""
    start, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number: int) -> None:
        start.wait()
        try:
            found[number] = deeds[number]()  # type: ignore[call-overload]
        except BaseException as error:
            found[number] = error  # type: ignore[call-overload]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def met(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> list[int]:
    """Let this function wait a moment for a second thread to come into it. How many did, each time it was called."""
    real, here, door = getattr(where, name), [], threading.Barrier(2)

    def waiting(*values: Any, **named: Any) -> Any:
        here.append(1)
        try:
            door.wait(MEET)
        except threading.BrokenBarrierError:
            door.reset()
        return real(*values, **named)

    monkeypatch.setattr(where, name, waiting)
    return here


@pytest.fixture
def on_disk(paths, clock) -> Companion:
    """A sealed journal, as a start finds it."""
    vaults.create_sealed(paths, PASSPHRASE, clock=clock, log_n=CHEAP).close()
    return Companion.start(paths, clock=clock)


def test_unlocking_right_after_the_start_unlocks_the_vault_that_is_written_into(on_disk, monkeypatch) -> None:
    made = met(monkeypatch, vaults, "open_vault")
    on_disk.may_use(on_disk.library.exercise(FIRST_BREATH))  # read, so that both come to the vault together

    def unlock() -> Vault:
        vault = on_disk.vault
        vault.unlock(PASSPHRASE)
        return vault

    _, vault = at_once(on_disk.get_ready, unlock)
    assert on_disk.vault is vault
    assert not on_disk.locked
    assert on_disk.vault.add(Note("words"))
    assert len(made) == 1


def test_the_same_many_times_over_without_a_hand_in_it(paths, clock) -> None:
    vaults.create_sealed(paths, PASSPHRASE, clock=clock, log_n=CHEAP).close()
    for _ in range(20):
        companion = Companion.start(paths, clock=clock)
        first, *others = at_once(companion.get_ready, *[lambda of=companion: of.vault] * MANY)
        assert first is None
        assert {id(vault) for vault in others} == {id(companion.vault)}
        others[0].unlock(PASSPHRASE)
        assert not companion.locked
        companion.vault.close()


@pytest.mark.parametrize("keeps", ["sealed", "nothing"])
def test_many_threads_get_one_vault(paths, clock, monkeypatch, keeps: str) -> None:
    if keeps == "sealed":
        vaults.create_sealed(paths, PASSPHRASE, clock=clock, log_n=CHEAP).close()
    made = met(monkeypatch, vaults, "open_vault" if keeps == "sealed" else "memory_vault")
    companion = Companion.start(paths, clock=clock)
    found = at_once(*[lambda: companion.vault] * MANY)
    assert {id(one) for one in found} == {id(companion.vault)}
    assert len(made) == 1


def test_many_threads_get_one_library(paths, clock, monkeypatch) -> None:
    made = met(monkeypatch, libraries, "Library")
    companion = Companion.start(paths, clock=clock)
    found = at_once(*[lambda: companion.library] * MANY)
    assert {id(one) for one in found} == {id(companion.library)}
    assert len(made) == 1


@pytest.mark.parametrize("kind", ["sealed", "open"])
def test_a_journal_that_is_begun_while_something_else_asks_for_one_is_the_one_that_is_kept(
    paths, clock, monkeypatch, kind: str
) -> None:
    met(monkeypatch, vaults, "memory_vault")
    companion = Companion.start(paths, clock=clock)
    companion.new_key_work = CHEAP
    begin = companion.keep_open if kind == "open" else lambda: companion.keep_sealed(PASSPHRASE)
    assert at_once(begin, companion.get_ready, lambda: companion.vault and None) == [None, None, None]
    assert companion.mode == kind
    assert not companion.locked
    companion.choose("about", "partner")
    entry = companion.vault.add(Note("words"))
    companion.vault.close()
    again = Companion.start(paths, clock=clock)
    if kind == "sealed":
        again.vault.unlock(PASSPHRASE)
    assert again.vault.get(entry.id).body == Note("words")
    assert again.choice("about") == "partner"


def test_a_choice_made_while_a_journal_begins_is_in_it(paths, clock) -> None:
    companion = Companion.start(paths, clock=clock)
    before = companion.vault
    choices, choosing = before.choices, threading.Thread(target=companion.choose, args=("about", "partner"))

    def then_chosen() -> dict[str, Any]:
        found = choices()
        if not choosing.ident:
            choosing.start()
            choosing.join(MEET)
        return found

    before.choices = then_chosen
    companion.keep_open()
    choosing.join()
    assert companion.choice("about") == "partner"
