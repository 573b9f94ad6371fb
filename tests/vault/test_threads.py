"""What a vault works out when it is first asked for: filled under its lock, and the same for many threads at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from trustkit.library import Library
from trustkit.model.entry import Choice, Draft, Mark, Note
from trustkit.vault import Vault, events, month, open_events, segment, shelf, stretch, trash
from trustkit.vault.drafts import Drafts

MANY = 8

FILLING = (
    (Drafts, ("read", "save", "drop")),
    (events.Events, ("knows", "rows", "entry", "write", "_read")),
    (open_events.OpenEvents, ("rows", "write")),
    (month.Month, ("found", "events", "put", "drop", "read", "read_again", "_some_cards", "_unfold")),
    (segment.Segment, ("_read",)),
    (shelf.Shelf, ("keys", "month", "settle", "put", "flush", "refresh", "locate", "shown")),
    (stretch.Stretch, ("files", "put")),
    (trash.Sightings, ("note", "due", "_load", "flush")),
)
"""Every method that fills or empties something of a vault's own; see `tests/test_lazies.py`."""

QUESTIONS: dict[str, Callable[[Vault], object]] = {
    "choices": lambda vault: vault.choices(),
    "marks": lambda vault: vault.marks(),
    "events": lambda vault: [entry.id for entry in vault.events("note")],
    "lists": lambda vault: [one.id for one in vault.summaries(private=True)],
    "the newest": lambda vault: [one.id for one in vault.summaries(limit=1)],
    "trash": lambda vault: [one.id for one in vault.summaries(trash=True)],
    "search": lambda vault: [one.id for one in vault.search("word")],
    "all of it": lambda vault: vault.load(),
    "drafts": lambda vault: [draft.id for draft in vault.drafts()],
    "ids": lambda vault: sorted(vault.taken_ids()),
    "an export": lambda vault: [entry.id for entry in vault.read_all(vault.summaries(private=True))],
}


def fill(vault: Vault) -> None:
    """Pages of several months, one thrown away, a draft, marks and choices."""
    now = vault._clock()
    for back in range(4):
        vault.add(Note(f"word {back}"), created=now.replace(month=now.month - back, day=1))
    vault.delete(vault.add(Note("old words")).id)
    vault.save_draft(Draft(vault.new_id(), Note("half a word"), now, target=vault.new_rev()))
    vault.add(Mark("guide", "step", "done"))
    vault.add(Choice("about", "partner"))


@pytest.fixture
def full(kept, bench) -> Callable[[], Vault]:
    """A journal as another run finds it, nothing of it read yet."""
    fill(kept)
    kept.load()
    kept.close()
    bench.settle()
    return bench.again


def test_whatever_a_vault_fills_it_fills_under_its_lock(full, monkeypatch) -> None:
    bare: list[str] = []
    asked: set[str] = set()
    vault = full()

    def watched(real: Callable[..., Any], where: str) -> Callable[..., Any]:
        def checked(self: Any, *values: Any, **named: Any) -> Any:
            asked.add(where)
            if not vault._lock._is_owned():
                bare.append(where)
            return real(self, *values, **named)

        return checked

    for kind, methods in FILLING:
        for name in methods:
            monkeypatch.setattr(kind, name, watched(getattr(kind, name), f"{kind.__name__}.{name}"))
    for _ in range(2):
        for question in QUESTIONS.values():
            question(vault)
        entry = vault.add(Note("new words"))
        vault.revise(entry.id, Note("newer words"))
        vault.delete(entry.id)
        with vault.at_a_stretch():
            vault.restore(entry.id)
            vault.forget(entry.id)
        vault.drop_draft(vault.drafts()[0].id)
        vault.save_draft(Draft(vault.new_id(), Note("half a word"), vault._clock(), target=vault.new_rev()))
        list(vault.verify())
        vault.refresh()
        vault.flush()
    vault.close()
    assert bare == []
    both = [kind for kind, _ in FILLING if kind in (Drafts, shelf.Shelf, stretch.Stretch, trash.Sightings)]
    assert {f"{kind.__name__}.{name}" for kind, names in FILLING if kind in both for name in names} <= asked


@pytest.mark.parametrize("first", QUESTIONS)
def test_many_threads_that_ask_at_once_get_the_same_answers_and_each_month_is_read_once(
    full, monkeypatch, first
) -> None:
    expected = {name: question(full()) for name, question in QUESTIONS.items()}
    vault, read = full(), []
    real = month.Month.read

    def counted(self: month.Month, *values: Any) -> int:
        read.append(self.key)
        return real(self, *values)

    monkeypatch.setattr(month.Month, "read", counted)
    names = [first] * (MANY // 2) + [name for name in QUESTIONS if name != first][: MANY // 2]
    start, found = threading.Barrier(len(names)), []

    def ask(name: str) -> None:
        start.wait()
        try:
            found.append((name, QUESTIONS[name](vault)))
        except BaseException as error:
            found.append((name, error))

    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found, key=lambda one: one[0]) == sorted(
        ((name, expected[name]) for name in names), key=lambda one: one[0]
    )
    assert len(read) == len(set(read))


def test_many_threads_that_ask_for_content_at_once_get_the_same_and_each_file_is_read_once(paths, monkeypatch) -> None:
    from trustkit.library.reader import Reader

    library, real, read = Library(paths.content), Reader._read, []

    def counted(self: Reader, place: Any) -> Any:
        read.append(place.path)
        return real(self, place)

    monkeypatch.setattr(Reader, "_read", counted)
    asked = ("breath-long-out", "ground-room")
    start, found = threading.Barrier(MANY), []

    def ask() -> None:
        start.wait()
        found.append((*(library.exercise(name) for name in asked), library.gates, library.helplines("xx")))

    threads = [threading.Thread(target=ask) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == MANY
    assert all(mine is first for one in found for mine, first in zip(one, found[0], strict=True))
    assert len(read) == len(set(read))
