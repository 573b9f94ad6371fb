"""Marks, choices and practices: there at once after unlocking, and cheap to ask for again and again."""

import json
import os
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from trustkit.model.entry import Choice, Mark, Note, OwnExercise, Practice
from trustkit.vault import age, events, folder, memory_vault

HERE = timezone(timedelta(hours=1))
SETTLED = 20_000_000
"""Nanoseconds after which these tests let a reading rely on a folder: some ticks of the disk's clock."""


@pytest.fixture(autouse=True)
def soon_settled(monkeypatch) -> None:
    monkeypatch.setattr(folder, "_SETTLED", SETTLED)


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
    bench.settle()
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


def folder_of(bench, month: int):
    return bench.data / "entries" / "2026" / f"{month:02}"


def put_back(there, before) -> None:
    """As programs do that copy a folder with its times."""
    os.utime(there, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("mode", ["years", "open_years"])
def test_what_arrives_in_a_folder_whose_time_of_change_is_put_back_counts_too(mode, request) -> None:
    bench = request.getfixturevalue(mode)
    there = folder_of(bench, 1)
    before = there.stat()
    when = datetime(2026, 1, 20, tzinfo=HERE)
    bench.elsewhere("other").again().add(Mark("guide", "theirs", "done"), created=when)
    for path in (bench.data.with_name("data-other") / "entries/2026/01").iterdir():
        (there / path.name).write_bytes(path.read_bytes())
    put_back(there, before)
    bench.settle()
    assert ("guide", "theirs") in bench.again().marks()


@pytest.mark.parametrize("mode", ["years", "open_years"])
def test_a_choice_that_was_damaged_and_is_put_right_in_its_place_counts_at_once(mode, request) -> None:
    bench = request.getfixturevalue(mode)
    vault = bench.again()
    [choice] = [entry for entry in vault.events("choice") if entry.created.month == 1]
    path = bench.file(choice.id, choice.rev)
    whole_file = path.read_bytes()
    torn = path.with_name(".torn")
    torn.write_bytes(whole_file[:50])
    torn.rename(path)
    for _ in range(2):  # while it is damaged, everything is read and the index written
        bench.settle()
        vault = bench.again()
        vault.load()
        assert choice not in vault.events("choice")
        vault.close()
    path.write_bytes(whole_file)
    assert choice in bench.again().events("choice")


@pytest.mark.parametrize("name", ["Copy of {}", "{}~", "{} (1)"])
@pytest.mark.parametrize("same", [True, False])
def test_an_event_in_a_copy_goes_by_the_same_names_through_the_index(years, name: str, same: bool) -> None:
    vault = years.again()
    [mark] = [entry for entry in vault.events("mark") if entry.created.month == 1]
    path = years.file(mark.id, mark.rev)
    there = path.with_name(name.format(path.name))
    if same:
        path.rename(there)
    else:
        later = replace(mark, body=Mark("guide", "step-1", "later"), saved=mark.saved + timedelta(seconds=5))
        there.write_bytes(vault._open[0].encode(later))
    years.settle()
    vault = years.again()
    vault.load()
    expected = [(entry.id, entry.rev) for entry in vault.events("mark")]
    assert mark.id in dict(expected)
    vault.close()
    assert [(entry.id, entry.rev) for entry in years.again().events("mark")] == expected


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


def told(bench, months: object) -> bytes:
    """A file of events of today's shape; `STATE` in it stands for the folder of January as it is."""
    state = folder.DiskFolder(bench.data).modified("entries/2026/01")
    assert state is not None
    text = json.dumps({"shape": events.SHAPE, "months": months})
    return text.replace('"STATE"', str(state)).encode()


DEEP = "[" * 5000 + "]" * 5000
SPOILT = [
    *([1], {"2026/01": [1]}, {"2026/01": ["STATE", 5]}, {"2026/01": ["STATE", {"mark": 5}]}),
    *({"2026/01": ["STATE", {"mark": rows}]} for rows in ("[[1]]", "{", "[{}]", DEEP)),
]


@pytest.mark.parametrize("data", [b"torn", b"null", b'{"shape": 1}', DEEP.encode(), *SPOILT], ids=range(12))
@pytest.mark.parametrize("sealed_to_us", [True, False])
def test_whatever_happened_to_the_file_of_events_the_answers_are_the_same(years, data, sealed_to_us: bool) -> None:
    years.settle()
    expected = whole(years)
    vault = years.again()
    text = data if isinstance(data, bytes) else told(years, data)
    sealed = vault._open[0].seal(text) if sealed_to_us else age.encrypt(text, [age.Identity.generate().recipient])
    vault.close()
    (years.index / "events.age").write_bytes(text if text == b"torn" else sealed)
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
    years.settle()
    vault.refresh()
    vault.flush()
    assert b"canary" in opened.unseal(segment.read_bytes())
    vault.forget(own.id)
    assert not segment.exists() or b"canary" not in opened.unseal(segment.read_bytes())
    vault.flush()
    assert b"canary" not in opened.unseal(segment.read_bytes())


@pytest.mark.parametrize("changed", [True, False])
def test_words_erased_in_one_window_do_not_come_back_when_another_closes(years, clock, changed: bool) -> None:
    vault = years.again()
    january, march = (datetime(2026, month, 7, tzinfo=HERE) for month in (1, 3))
    entry = vault.add(Choice("own-number:x", "canary"), created=january)
    years.settle()
    vault.refresh()
    vault.close()
    one, other = years.again(), years.again()
    for window in (one, other):
        window.load()
        assert window.choices()["own-number:x"] == "canary"
    if changed:
        clock.forward(seconds=5)
        other.add(Choice("roads", ("new",)), created=january)
    years.settle()
    one.forget(entry.id)
    one.close()
    for month in (january, march):
        other.add(Mark("guide", "new", "done"), created=month)
    years.settle()
    other.close()
    opened = years.again()._open[0]
    told = {path.name: opened.unseal(path.read_bytes()) for path in years.index.glob("*.age")}
    assert "events.age" in told
    assert [name for name, text in told.items() if b"canary" in text] == []
    assert "own-number:x" not in years.again().choices()


def test_what_stands_in_the_file_of_events_is_used_by_the_next_run(years) -> None:
    """The file is not merely left out of everything."""
    opened = years.again()._open[0]
    told = json.loads(opened.unseal((years.index / "events.age").read_bytes()))
    assert sorted(told["months"]) == ["2026/01", "2026/02"]


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
    bench.settle()
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
    "data",
    [
        *(b"", b"[]", {"2026/01": [1]}),
        *(
            {"2026/01": ["STATE", {"names": names}]}
            for names in ("5", '["a"]', '["../../x"]', "[5]", "{", f'["{"a" * 26}.{"b" * 10}.toml"]', DEEP)
        ),
    ],
    ids=range(10),
)
def test_whatever_happened_to_an_open_journals_list_the_answers_are_the_same(open_years, data) -> None:
    open_years.settle()
    expected = whole(open_years)
    (open_years.index / "kinds.json").write_bytes(data if isinstance(data, bytes) else told(open_years, data))
    assert folds(open_years.again()) == expected


def test_a_damaged_event_in_an_open_journal_is_reported_and_hides_no_other(open_years) -> None:
    path = next(path for path in open_years.files() if "step-1" in path.read_text() and '"later"' in path.read_text())
    path.write_text("torn")
    open_years.settle()
    vault = open_years.again()
    assert vault.marks()["guide", "step-1"].state == "done"
    assert [problem.file.rpartition("/")[2] for problem in vault.problems] == [path.name]


def test_what_somebody_wrote_by_hand_into_an_event_of_an_open_journal_counts(open_years) -> None:
    path = next(path for path in open_years.files() if "roads" in path.read_text() and '"2"' in path.read_text())
    path.write_text(path.read_text().replace('"2"', '"3"'))
    assert open_years.again().choices() == {"roads": ("3",)}
