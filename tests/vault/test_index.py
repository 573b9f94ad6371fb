"""The index is derived and disposable: whatever happens to it, every answer stays the same."""

import os
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from trustkit import parsing
from trustkit.model.entry import Answers, Choice, Mark, Note, OwnExercise, Practice, Record
from trustkit.vault import age, codec, events, rows, segment

HERE = timezone(timedelta(hours=1))


def fill(vault, clock) -> None:
    """A little of everything, over three months."""
    for month in (9, 10, 11):
        when = datetime(2026, month, 3, 4, 5, tzinfo=HERE)
        entry = vault.add(Note(f"Page of {month}", "T", ("tag",), ("sad",), "numb", date(2026, month, 1)), created=when)
        vault.revise(entry.id, Note(f"Better page of {month}", tags=("tag",)))
        gone = vault.add(Note(f"gone {month}"), created=when)
        vault.delete(gone.id)
        answer = Answers("letter", 1, {"a": "Ünïcode"}, from_step=f"calm-body/step-{month}")
        vault.add(answer, created=when, private=True)
        vault.add(Record("log", 1, {"promise": "call", "by": date(2026, 12, 1)}), created=when)
        vault.add(Practice("breath-box", 1, when, when + timedelta(minutes=3), 7, "numb"), created=when)
        vault.add(Mark("guide", f"step-{month}", "done"), created=when)
        vault.add(Choice("roads", ("a", str(month))), created=when)
        vault.add(OwnExercise('title = "mine"\n'), created=when)


def answers(vault) -> tuple[object, ...]:
    """Everything that goes by the index."""
    return (
        vault.summaries(private=True),
        vault.summaries(trash=True, private=True),
        vault.search("page"),
        vault.search("unicode", private=True),
        [vault.events(kind) for kind in ("practice", "mark", "choice", "record", "exercise", "answer", "note")],
        vault.marks(),
        vault.choices(),
        list(vault.read_all(vault.summaries(private=True))),
    )


@pytest.fixture
def filled(bench, clock):
    """Answers as the vault that wrote the entries gives them, and the index it left."""
    vault = bench.seal()
    fill(vault, clock)
    expected = answers(vault)
    vault.close()
    assert sorted(path.name for path in bench.index.glob("2026-*")) == [
        f"2026-{month}{end}" for month in ("09", "10", "11") for end in (".age", ".whole.age")
    ]
    return expected


def each(bench, spoil) -> None:
    for path in bench.index.glob("*.age"):
        spoil(path)


SPOILS = {
    "untouched": lambda _: None,
    "deleted": lambda bench: shutil.rmtree(bench.index),
    "emptied": lambda bench: each(bench, lambda path: path.write_bytes(b"")),
    "cut": lambda bench: each(bench, lambda path: path.write_bytes(path.read_bytes()[:-20])),
    "flipped": lambda bench: each(bench, lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\0")),
    "swapped": lambda bench: shutil.copyfile(bench.index / "2026-09.age", bench.index / "2026-10.age"),
    "somebody else's": lambda bench: each(
        bench, lambda path: path.write_bytes(age.encrypt(b"{}", [age.Identity.generate().recipient]))
    ),
    "swapped whole entries": lambda bench: shutil.copyfile(
        bench.index / "2026-09.whole.age", bench.index / "2026-10.whole.age"
    ),
    "lists alone": lambda bench: [path.unlink() for path in bench.index.glob("*.whole.age")],
    "whole entries alone": lambda bench: [path.unlink() for path in bench.index.glob("2026-??.age")],
    "folders instead": lambda bench: each(bench, lambda path: (path.unlink(), path.mkdir())),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS.keys())
def test_an_index_that_is_gone_or_damaged_changes_no_answer(bench, filled, spoil) -> None:
    spoil(bench)
    assert answers(bench.again()) == filled


HEAD = f'{{"shape": {segment.SHAPE}, "month": "2026/10", '


@pytest.mark.parametrize(
    "shape",
    [
        *("null", "[]", '{"shape": 1, "month": "2026/10", "rows": [[1]]}', '{"shape": 99}\n[]\n[]', "{", "\n\n"),
        HEAD + '"names": ["a"], "sizes": [], "modified": [1], "deleted": []}\n[]\n[]',
        HEAD + '"names": 5, "sizes": [], "modified": [], "deleted": []}\n[]\n[]',
        HEAD + '"bodies": {"a": [1]}}',
        HEAD + '"bodies": []}',
    ],
)
@pytest.mark.parametrize("name", ["2026-10.age", "2026-10.whole.age"])
def test_a_segment_of_another_shape_is_made_anew(bench, filled, name: str, shape: str) -> None:
    vault = bench.again()
    vault._open[1]._index._folder.replace(name, vault._open[0].seal(shape.encode()))
    vault.close()
    assert answers(bench.again()) == filled


def test_segments_that_know_no_steps_yet_are_made_anew_by_themselves(bench, sealed, monkeypatch) -> None:
    """Those of the shape before this one had no place for the step that an answer was begun from."""
    with monkeypatch.context() as older:
        older.setattr(segment, "SHAPE", 2)
        older.setattr(events, "SHAPE", 1)
        older.setattr(rows, "values_of", without_steps(rows.values_of))
        older.setattr(segment, "values_of", rows.values_of)
        older.setattr(events, "values_of", rows.values_of)
        sealed.add(Answers("letter", 1, {"a": "words"}, from_step="calm-body/breathe"))
        sealed.add(Record("log", 1, {"promise": "call"}))
        sealed.load()
        sealed.close()

    for _ in range(2):  # once from the files, once from the new segment
        vault = bench.again()
        steps = {summary.kind: summary.from_step for summary in vault.summaries()}
        assert steps == {"answer": "calm-body/breathe", "record": ""}
        assert len(vault.events("record")) == 1
        vault.close()


def without_steps(values_of):
    def older(row):
        values = values_of(row)
        place = rows.TEXT_AT - 1
        return [*values[:place], values[place] and values[place][:-1], *values[place + 1 :]]

    return older


@pytest.mark.parametrize("line", [1, 2])
@pytest.mark.parametrize("instead", [b"[]", b"{", b"[[1]]", b"null", b'["page"]', b'[{"$day": "page"}]'])
@pytest.mark.parametrize(
    "asked",
    [
        answers,
        lambda vault: vault.search("page") and answers(vault),
        lambda vault: vault.marks() and vault.choices() and answers(vault),
    ],
)
def test_a_segment_whose_further_lines_make_no_sense_is_made_anew(bench, filled, line, instead, asked) -> None:
    vault = bench.again()
    opened, folder = vault._open[0], vault._open[1]._index._folder
    lines = opened.unseal((bench.index / "2026-10.age").read_bytes()).rstrip().split(b"\n")
    lines[line] = instead
    folder.replace("2026-10.age", vault._open[1]._index._seal(b"\n".join(lines)))
    vault.close()
    (bench.index / "events.age").unlink(missing_ok=True)  # else marks are not looked for in that month
    again = bench.again()
    assert asked(again) == filled
    again.close()
    assert len(opened.unseal((bench.index / "2026-10.age").read_bytes()).split(b"\n")[2]) > 100


def test_an_index_of_yesterday_changes_no_answer(bench, filled, clock) -> None:
    yesterday = bench.index.with_name("yesterday")
    shutil.copytree(bench.index, yesterday)
    vault = bench.again()
    first, second, *_ = vault.search("better page")
    vault.revise(first.id, Note("rewritten"))
    vault.delete(second.id)
    vault.add(Note("new"))
    expected = answers(vault)
    vault.close()
    shutil.rmtree(bench.index)
    yesterday.rename(bench.index)
    assert answers(bench.again()) == expected


def test_files_that_came_or_went_behind_its_back_are_noticed(bench, filled) -> None:
    files = [path for path in bench.files() if path.parent.name == "10"]
    kept = files[0].read_bytes()
    files[0].unlink()
    vault = bench.again()
    assert len(list(vault.verify())) == len(bench.files()) + 1
    vault.close()
    files[0].write_bytes(kept)
    files[0].chmod(0o600)
    again = bench.again()
    assert answers(again) == filled
    assert again.problems == ()


def test_what_the_index_knows_need_not_be_opened_again(bench, filled, monkeypatch) -> None:
    vault = bench.again()
    monkeypatch.setattr(type(vault._open[0]), "read_entry", None)
    assert len(vault.summaries()) == 6
    assert len(vault.search("page")) == 3
    assert len(vault.marks()) == 3


def test_an_export_opens_no_file_that_the_index_knows_whole(bench, filled, monkeypatch) -> None:
    vault = bench.again()
    listed = vault.summaries(private=True)
    monkeypatch.setattr(type(vault._open[0]), "read_entry", None)
    assert [entry.id for entry in vault.read_all(listed)] == [summary.id for summary in listed]


def test_an_export_says_what_opening_every_file_says(kept, clock) -> None:
    fill(kept, clock)
    listed = kept.summaries(private=True)
    opened = [kept.get(summary.id) for summary in listed]
    assert list(kept.read_all(listed)) == opened
    kept.flush()
    assert list(kept.read_all(reversed(listed))) == opened[::-1]
    assert list(kept.read_all(kept.summaries(trash=True))) == [kept.get(one.id) for one in kept.summaries(trash=True)]


def test_an_export_sees_what_was_changed_in_place_since_the_lists_were_read(bench, sealed) -> None:
    one, two = sealed.add(Note("one")), sealed.add(Note("two"))
    listed = sealed.summaries()
    path = bench.file(one.id, one.rev)
    path.write_bytes(bench.file(two.id, two.rev).read_bytes() + b"longer")
    assert list(sealed.read_all(listed)) == [two]
    assert [problem.file.rpartition("/")[2] for problem in sealed.problems] == [path.name]


def test_an_export_leaves_out_what_vanished_meanwhile(bench, kept) -> None:
    one, two = kept.add(Note("one")), kept.add(Note("two"))
    listed = kept.summaries()
    bench.file(one.id, one.rev).unlink()
    assert list(kept.read_all(listed)) == [two]


def test_an_export_brings_back_whole_entries_that_the_index_lost(bench, filled, monkeypatch) -> None:
    for path in bench.index.glob("*.whole.age"):
        path.unlink()
    vault = bench.again()
    first = list(vault.read_all(vault.summaries(private=True)))
    vault.close()
    again = bench.again()
    monkeypatch.setattr(type(again._open[0]), "read_entry", None)
    assert list(again.read_all(again.summaries(private=True))) == first


def test_a_search_for_a_rare_word_takes_no_other_month_apart(bench, filled) -> None:
    vault = bench.again()
    assert [summary.title for summary in vault.search("PAGE better 10")] == ["Better page of 10"]
    months = vault._open[1].read_months()
    assert [month.key for month in months if month.is_folded] == ["2026/11", "2026/10", "2026/09"]
    assert vault.search("no such word") == []
    vault.add(Note("Better pages of 10", tags=('a"b\\c',)), created=datetime(2026, 10, 9, tzinfo=HERE))
    assert [summary.title for summary in vault.search("better 10")] == ["Better pages of 10", "Better page of 10"]
    vault.close()
    assert len(bench.again().search('a"b\\c')) == 1


def test_adding_touches_no_segment(bench, filled) -> None:
    vault = bench.again()
    vault.load()
    before = {path: path.stat().st_mtime_ns for path in bench.index.iterdir()}
    vault.add(Note("new"))
    assert {path: path.stat().st_mtime_ns for path in bench.index.iterdir()} == before
    vault.close()
    assert {path: path.stat().st_mtime_ns for path in bench.index.iterdir()} != before


def test_reading_alone_writes_no_segment(bench, filled) -> None:
    before = {path: path.stat().st_mtime_ns for path in bench.index.glob("2026-*")}
    vault = bench.again()
    answers(vault)
    vault.close()
    assert {path: path.stat().st_mtime_ns for path in bench.index.glob("2026-*")} == before


def test_a_damaged_entry_does_not_make_every_reading_write_the_index_again(bench, filled) -> None:
    next(path for path in bench.files() if path.parent.name == "10").write_bytes(b"torn")
    vault = bench.again()
    vault.load()
    vault.close()
    before = {path: path.stat().st_mtime_ns for path in bench.index.glob("2026-*")}
    vault = bench.again()
    vault.load()
    assert len(vault.problems) == 1
    vault.close()
    assert {path: path.stat().st_mtime_ns for path in bench.index.glob("2026-*")} == before


def test_segments_are_sealed(bench, filled) -> None:
    for path in bench.index.glob("*.age"):
        assert b"page" not in path.read_bytes().lower()


def test_an_open_vault_has_no_index_and_no_second_copy_of_a_word(bench, clock) -> None:
    vault = bench.open()
    fill(vault, clock)
    expected = answers(vault)
    vault.close()
    kept = [path for path in bench.paths.cache.rglob("*") if path.is_file()]
    assert {path.name for path in kept} <= {"trash.json", "kinds.json"}
    for word in ("page", "canary", "roads", "guide", "step", "breath-box", "done", "mine"):
        assert not any(word in path.read_text().lower() for path in kept)
    assert answers(bench.again()) == expected


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(bench, filled) -> None:
    shutil.rmtree(bench.paths.cache)
    bench.paths.cache.write_text("a file stands in the way")
    vault = bench.again()
    assert answers(vault) == filled
    vault.add(Note("new"))
    vault.flush()
    assert [problem.happened for problem in vault.problems] == ["The index can't be written."]
    vault.close()


def test_the_segment_forgets_what_the_reader_has_erased(bench, sealed) -> None:
    entry = sealed.add(Note("canary"))
    sealed.load()
    sealed.flush()
    segments = [bench.index / "2026-11.age", bench.index / "2026-11.whole.age"]
    opened = sealed._open[0]
    assert all(b"canary" in opened.unseal(segment.read_bytes()) for segment in segments)
    sealed.forget(entry.id)
    assert not any(b"canary" in opened.unseal(segment.read_bytes()) for segment in segments)


def test_segments_of_months_that_are_gone_are_taken_away(bench, filled) -> None:
    shutil.rmtree(bench.data / "entries" / "2026" / "10")
    vault = bench.again()
    vault.load()
    vault.close()
    assert not list(bench.index.glob("2026-10*"))
    assert (bench.index / "2026-09.age").exists()


def test_a_file_changed_in_place_is_read_again(bench, sealed) -> None:
    one, two = sealed.add(Note("one")), sealed.add(Note("two"))
    sealed.load()
    sealed.close()
    path = bench.file(one.id, one.rev)
    path.write_bytes(bench.file(two.id, two.rev).read_bytes())
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 5_000_000_000))
    assert [summary.title for summary in bench.again().summaries()] == ["two"]


HARD = {"$day": "2026-01-01", "$$": "$", "$": "x", "kept": "unclear"}
"""A reader's own keys, some of which look like what the index writes for dates."""


def test_a_readers_own_keys_may_begin_like_those_of_the_index(bench, sealed) -> None:
    record = sealed.add(Record("log", 1, HARD | {"by": date(2026, 12, 1)}))
    lone = sealed.add(Record("log", 1, {"$day": "2026-01-01"}))
    answer = sealed.add(Answers("letter", 1, {"$moment": "words"}, rows=({"$time": "words"},)))
    sealed.load()
    sealed.close()
    for _ in range(2):
        vault = bench.again()
        assert vault.events("record") == sorted([record, lone], key=lambda entry: entry.id)
        assert list(vault.read_all(vault.summaries())) == [vault.get(one.id) for one in vault.summaries()]
        assert vault.get(answer.id).body == answer.body
        assert vault.problems == ()
        vault.close()


def test_keys_of_a_later_version_come_out_of_the_index_as_they_stand_in_the_file(bench, sealed) -> None:
    at = datetime(2026, 1, 2, 3, 4, tzinfo=HERE)
    unknown = {"deep": {"$day": "words", "n": [{"$moment": 5}]}, "at": at, "day": at.date(), "hour": at.time()}
    made = [sealed.add(body) for body in (Note("words"), Record("log", 1, {"a": "b"}))]
    for entry in made:
        bench.file(entry.id, entry.rev).write_bytes(sealed._open[0].encode(replace(entry, extra=unknown)))
    for _ in range(2):
        vault = bench.again()
        vault.load()
        assert [entry.extra for entry in vault.read_all(vault.summaries())] == [unknown] * 2
        assert [entry.extra for entry in vault.events("record")] == [unknown]
        vault.close()


@pytest.mark.parametrize("value", ["0x" + "f" * 5000, "{a = " * 900 + "1" + "}" * 900], ids=["large", "deep"])
@pytest.mark.parametrize("body", [Note("bad"), Mark("guide", "bad", "done")], ids=["note", "mark"])
def test_what_the_index_cannot_write_hides_nothing_and_stops_nobody(bench, sealed, monkeypatch, value, body) -> None:
    """No such file is read as an entry; were it so, the index would still be no reason to fail."""
    for bound in ("_excess", "_excess_of"):
        monkeypatch.setattr(parsing, bound, lambda *_: "")
    spoilt = sealed.add(body)
    text = codec.encode(spoilt).replace(b"\nkind", f"\nelse = {value}\nkind".encode())
    sealed.add(Note("good"))
    sealed.add(Mark("guide", "good", "done"))
    bench.file(spoilt.id, spoilt.rev).write_bytes(sealed._open[0].seal(text))
    for _ in range(2):
        vault = bench.again()
        assert ("guide", "good") in vault.marks()
        vault.load()
        assert "good" in [summary.title for summary in vault.summaries()]
        vault.close()
