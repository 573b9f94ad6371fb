"""Marks, choices and practices: there at once after unlocking, and cheap to ask for again and again."""

import json
import os
from datetime import datetime, timedelta, timezone

import pytest

from trustkit.model.entry import Choice, Mark, Note, OwnExercise, Practice
from trustkit.vault import age, memory_vault

HERE = timezone(timedelta(hours=1))
LONG_AGO = 1_600_000_000_000_000_000
"""Nanoseconds: a time of change that the disk's clock has long left behind."""


def settle(bench) -> None:
    """As if the months had been written long ago, which is what lets a reading rely on their times of change."""
    for number, folder in enumerate(sorted((bench.data / "entries").glob("*/*"))):
        os.utime(folder, ns=(LONG_AGO, LONG_AGO + number))


@pytest.fixture
def years(bench, clock):
    """Three months, each with pages, a mark, a choice and a practice; the index knows all of it."""
    vault = bench.seal()
    for month in (1, 2, 3):
        when = datetime(2026, month, 5, 6, 7, tzinfo=HERE)
        for number in range(3):
            vault.add(Note(f"page {number}"), created=when)
        vault.add(Mark("guide", f"step-{month}", "done"), created=when)
        vault.add(Choice("roads", (f"{month}",)), created=when)
        vault.add(Practice("breath", 1, when, when), created=when)
    vault.close()
    settle(bench)
    vault = bench.again()
    vault.load()
    vault.add(Choice("about", "friend"), created=datetime(2026, 3, 6, tzinfo=HERE))
    vault.close()
    return bench


def folds(vault):
    kinds = ("mark", "choice", "practice", "exercise", "record")
    return (vault.marks(), vault.choices(), [vault.events(kind) for kind in kinds])


def whole(bench):
    """The same answers from the files alone."""
    vault = bench.again()
    list(vault.verify())
    return folds(vault)


def test_after_unlocking_they_are_there_without_reading_older_months(years) -> None:
    vault = years.again()
    assert folds(vault) == whole(years)
    assert vault.choices() == {"roads": ("3",), "about": "friend"}
    assert len(vault.marks()) == 3
    assert [month.key for month in vault._open[1].read_months()] == ["2026/03"]  # the one that was written in last
    assert not vault.loaded


def test_what_arrives_in_an_older_month_counts_at_once_after_unlocking(years) -> None:
    other = years.elsewhere("other")
    theirs = other.again()
    when = datetime(2026, 1, 20, tzinfo=HERE)
    entry = theirs.add(Mark("guide", "theirs", "done"), created=when)
    there = other.file(entry.id, entry.rev)
    (years.data / there.relative_to(other.data)).write_bytes(there.read_bytes())
    assert ("guide", "theirs") in years.again().marks()
    assert folds(years.again()) == whole(years)


def test_what_vanished_from_an_older_month_counts_no_longer(years) -> None:
    vault = years.again()
    (first,) = [entry for entry in vault.events("mark") if entry.created.month == 1]
    years.file(first.id, first.rev).unlink()
    assert ("guide", "step-1") not in years.again().marks()


def test_a_write_into_a_month_that_was_not_read_is_seen_at_once(years) -> None:
    vault = years.again()
    assert len(vault.marks()) == 3
    vault.add(Mark("guide", "back then", "later"), created=datetime(2026, 1, 9, tzinfo=HERE))
    assert vault.marks()["guide", "back then"].state == "later"
    vault.delete(next(entry.id for entry in vault.events("mark") if entry.body.step == "step-2"))
    assert ("guide", "step-2") not in vault.marks()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"torn",
        lambda vault: vault._open[0].seal(b"null"),
        lambda vault: vault._open[0].seal(b'{"shape": 1}'),
        lambda vault: vault._open[0].seal(b'{"shape": 1, "months": [1]}'),
        lambda vault: vault._open[0].seal(b'{"shape": 1, "months": {"2026/01": [1]}}'),
        lambda vault: vault._open[0].seal(
            json.dumps({"shape": 1, "months": {"2026/01": [LONG_AGO, {"mark": "[[1]]"}]}}).encode()
        ),
        lambda vault: vault._open[0].seal(
            json.dumps({"shape": 1, "months": {"2026/01": [LONG_AGO, {"mark": 5}]}}).encode()
        ),
        lambda _: age.encrypt(b"{}", [age.Identity.generate().recipient]),
    ],
)
def test_whatever_happened_to_the_file_of_events_the_answers_are_the_same(years, spoil) -> None:
    settle(years)
    expected = whole(years)
    vault = years.again()
    data = spoil(vault)
    vault.close()
    (years.index / "events.age").write_bytes(data)
    assert folds(years.again()) == expected


def test_asking_again_opens_nothing_and_puts_nothing_together_again(vault, monkeypatch) -> None:
    vault.add(Mark("guide", "step", "done"))
    vault.add(Choice("roads", "a"))
    before = folds(vault)
    monkeypatch.setattr(type(vault), "_event", None)
    monkeypatch.setattr(type(vault._folder), "read", None)
    monkeypatch.setattr(type(vault._folder), "scan", None)
    assert folds(vault) == before
    monkeypatch.undo()


def test_every_change_shows_at_once(vault, clock) -> None:
    for state in ("later", "done", ""):
        clock.forward(seconds=5)
        vault.add(Mark("guide", "step", state))
        vault.add(Choice("name", state))
        assert vault.marks() == ({("guide", "step"): Mark("guide", "step", state)} if state else {})
        assert vault.choices() == {"name": state}
    own = vault.add(OwnExercise("title = 'a'"))
    assert [entry.body.content for entry in vault.events("exercise")] == ["title = 'a'"]
    vault.revise(own.id, OwnExercise("title = 'b'"))
    assert [entry.body.content for entry in vault.events("exercise")] == ["title = 'b'"]
    vault.delete(own.id)
    assert vault.events("exercise") == []
    vault.restore(own.id)
    assert len(vault.events("exercise")) == 1


def test_what_another_window_wrote_shows_after_looking_again(kept, bench, clock) -> None:
    assert kept.marks() == {}
    clock.forward(seconds=5)
    bench.again().add(Mark("guide", "step", "done"))
    kept.refresh()
    assert len(kept.marks()) == 1


def test_an_answer_handed_out_is_the_askers_own(clock) -> None:
    vault = memory_vault(clock=clock)
    vault.add(Mark("guide", "step", "done"))
    vault.marks().clear()
    vault.events("mark").clear()
    assert len(vault.marks()) == len(vault.events("mark")) == 1


def test_erased_words_leave_the_file_of_events_too(years) -> None:
    vault = years.again()
    vault.load()
    own = vault.add(OwnExercise("canary"))
    vault.flush()
    opened = vault._open[0]
    segment = years.index / "events.age"
    when = years.data / "entries" / "2026" / "11"
    os.utime(when, ns=(LONG_AGO, LONG_AGO))
    vault.refresh()
    vault.flush()
    assert b"canary" in opened.unseal(segment.read_bytes())
    vault.forget(own.id)
    assert not segment.exists() or b"canary" not in opened.unseal(segment.read_bytes())
    vault.flush()
    assert b"canary" not in opened.unseal(segment.read_bytes())


def test_after_locking_nothing_is_answered_from_memory(years) -> None:
    vault = years.again()
    vault.marks()
    vault.lock()
    assert vault._open is None
    with pytest.raises(Exception, match="locked"):
        vault.marks()


@pytest.fixture
def open_years(bench, clock):
    """Two months of an open journal, long settled; the list of its events is in the cache."""
    vault = bench.open()
    for month in (1, 2):
        when = datetime(2026, month, 5, 6, 7, tzinfo=HERE)
        vault.add(Note("page"), created=when)
        mark = vault.add(Mark("guide", f"step-{month}", "done"), created=when)
        vault.revise(mark.id, Mark("guide", f"step-{month}", "later"))
        gone = vault.add(Mark("guide", f"gone-{month}", "done"), created=when)
        vault.delete(gone.id)
        vault.add(Choice("roads", (f"{month}",)), created=when)
    vault.close()
    settle(bench)
    vault = bench.again()
    vault.load()
    vault.close()
    return bench


def test_in_an_open_journal_no_note_is_read_to_know_what_was_marked_and_chosen(open_years, monkeypatch) -> None:
    expected = whole(open_years)
    vault = open_years.again()
    notes = {path.name for path in open_years.files() if 'kind = "note"' in path.read_text()}
    read = []
    real = type(vault._folder).read
    monkeypatch.setattr(
        type(vault._folder), "read", lambda folder, name, most: read.append(name) or real(folder, name, most)
    )
    assert folds(vault) == expected
    assert vault.choices() == {"roads": ("2",)}
    assert set(vault.marks()) == {("guide", "step-1"), ("guide", "step-2")}
    assert len(read) > 8
    assert not notes & {name.rpartition("/")[2] for name in read}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"shape": 1, "months": {"2026/01": [1]}}',
        *(
            json.dumps({"shape": 1, "months": {"2026/01": [LONG_AGO, {"names": names}]}})
            for names in ("5", '["a"]', '["../../x"]', "[5]", "{", f'["{"a" * 26}.{"b" * 10}.toml"]')
        ),
    ],
)
def test_whatever_happened_to_an_open_journals_list_the_answers_are_the_same(open_years, text) -> None:
    settle(open_years)
    expected = whole(open_years)
    (open_years.index / "kinds.json").write_text(text)
    assert folds(open_years.again()) == expected


def test_a_damaged_event_in_an_open_journal_is_reported_and_hides_no_other(open_years) -> None:
    path = next(path for path in open_years.files() if "step-1" in path.read_text() and '"later"' in path.read_text())
    path.write_text("torn")
    settle(open_years)
    vault = open_years.again()
    assert vault.marks()["guide", "step-1"].state == "done"
    assert [problem.file.rpartition("/")[2] for problem in vault.problems] == [path.name]


def test_what_somebody_wrote_by_hand_into_an_event_of_an_open_journal_counts(open_years) -> None:
    path = next(path for path in open_years.files() if "roads" in path.read_text() and '"2"' in path.read_text())
    path.write_text(path.read_text().replace('"2"', '"3"'))
    assert open_years.again().choices() == {"roads": ("3",)}
