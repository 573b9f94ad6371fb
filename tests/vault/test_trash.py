"""The trash keeps for thirty days by the deletion's own date and by when this device first saw it, at two starts."""

from datetime import datetime, timedelta

import pytest

from trustkit.model.entry import Note


def later(bench, clock, **by: float):
    clock.forward(**by)
    vault = bench.again()
    vault.load()
    return vault


def starts(bench, clock, *days: float):
    """One start after the other, each so many days after the one before. The last one's vault."""
    for by in days[:-1]:
        later(bench, clock, days=by).close()
    return later(bench, clock, days=days[-1])


def test_after_thirty_days_the_words_are_gone_and_the_deletion_stays(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.revise(entry.id, Note("more words"))
    kept.delete(entry.id)
    kept.close()
    vault = later(bench, clock, days=29)
    assert len(vault.summaries(trash=True)) == 1
    vault.close()
    vault = later(bench, clock, days=2)
    assert len(vault.summaries(trash=True)) == 1  # old enough, at one start
    vault.close()
    vault = later(bench, clock, days=1)
    assert vault.summaries(trash=True) == ()
    assert len(bench.files()) == 1
    assert vault.get(entry.id).deleted


def test_a_deletion_that_this_device_only_just_saw_waits_thirty_days_here_too(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.delete(entry.id)
    kept.close()
    for path in bench.index.glob("trash.*"):
        path.unlink()  # as on a device that the deletion came to by a sync
    vault = later(bench, clock, days=400)
    assert len(vault.summaries(trash=True)) == 1
    vault.close()
    vault = starts(bench, clock, 31, 1)
    assert vault.summaries(trash=True) == ()


def test_a_deletion_made_while_the_clock_was_ahead_waits_for_its_own_date(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    clock.forward(days=400)
    kept.delete(entry.id)
    kept.close()
    later(bench, clock, days=-390).close()
    vault = later(bench, clock, days=31)
    assert len(vault.summaries(trash=True)) == 1
    vault.close()
    assert starts(bench, clock, 400, 30, 1).summaries(trash=True) == ()


@pytest.mark.parametrize(
    ("deleted_at", "days"),
    [
        ("now", (40, -40, 1, 27)),  # one start with a clock 40 days ahead
        ("now", (40, 0.5, -40, 2)),  # two, less than a day apart
        ("now", (40, -40, 40.9, -40)),  # two, with a right one between them
        ("now", (400, -400, 3, 25)),
        ("now", (30, 0.9)),  # old enough, and less than a day ago
        ("now", (-20000, 20000, 15, 14)),  # one start in 1970
        ("now", (-20000, 20040, -40, 2)),
        ("1970", (29, 0.9)),
        ("1970", (10, 10, 9)),
        ("1970", (40, -40, 1, 28)),
        ("an hour too early", (28, 1.5)),
        ("40 days ahead", (1, 30, 1, 8)),
    ],
)
def test_no_wrong_clock_erases_early(kept, bench, clock, deleted_at: str, days: tuple[float, ...]) -> None:
    entry = kept.add(Note("words"))
    clock.forward(days=100)
    right = clock()
    wrong = {
        "now": right,
        "1970": datetime(1970, 1, 1, 0, 1, tzinfo=right.tzinfo),
        "an hour too early": right - timedelta(hours=1),
        "40 days ahead": right + timedelta(days=40),
    }
    clock.set(wrong[deleted_at])
    kept.delete(entry.id)
    kept.close()
    clock.set(right)
    if deleted_at != "now":
        later(bench, clock, days=0).close()
    vault = starts(bench, clock, *days)
    assert len(vault.summaries(trash=True)) == 1
    vault.close()
    assert starts(bench, clock, 60, 30, 1, 1).summaries(trash=True) == ()


def test_written_and_deleted_while_the_clock_said_1970_it_waits_thirty_days_from_the_first_right_start(
    bench, clock
) -> None:
    right = clock()
    clock.set(datetime(1970, 1, 1, 0, 1, tzinfo=right.tzinfo))
    vault = bench.seal()
    entry = vault.add(Note("words"))
    vault.delete(entry.id)
    vault.close()
    clock.set(right)
    vault = starts(bench, clock, 0, 2, 27)
    assert len(vault.summaries(trash=True)) == 1
    vault.close()
    assert starts(bench, clock, 2, 1).summaries(trash=True) == ()


def test_what_an_older_trustkit_noted_of_the_trash_counts(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    tombstone = kept.delete(entry.id)
    kept._sightings._seen = {f"{entry.id}.{tombstone.rev}": [clock().isoformat()]}
    kept._sightings._index.write_json(kept._sightings._name, {f"{entry.id}.{tombstone.rev}": clock().isoformat()})
    kept._sightings._dirty = False
    kept.close()
    assert starts(bench, clock, 31, 1).summaries(trash=True) == ()


def test_what_was_brought_back_is_never_purged(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.delete(entry.id)
    kept.load()
    kept.restore(entry.id)
    kept.close()
    vault = starts(bench, clock, 89, 1)
    assert vault.get(entry.id).body == Note("words")
    assert len(vault.versions(entry.id)) == 3


def test_what_was_written_after_the_deletion_is_never_purged(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.delete(entry.id)
    kept.revise(entry.id, Note("written elsewhere"), base=entry.rev)
    kept.load()
    kept.close()
    assert len(starts(bench, clock, 89, 1).versions(entry.id)) == 3


def test_what_another_window_brought_back_a_moment_before_is_never_purged(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.delete(entry.id)
    kept.load()
    kept.add(Note("of another month"), created=clock() - timedelta(days=200))
    kept.close()
    later(bench, clock, days=1).close()
    later(bench, clock, days=50).close()
    clock.forward(days=10)
    slow = bench.again()
    slow.load(months=1)  # what is in the trash was read, and what is ripe not looked for yet
    other = bench.again()
    other.restore(entry.id)
    other.revise(entry.id, Note("and more words"))
    slow.load()
    assert slow.get(entry.id).body == Note("and more words")
    assert len(bench.again().versions(entry.id)) == 4


def test_what_no_deletion_names_and_nobody_can_read_is_never_purged(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    elsewhere = bench.elsewhere("b")
    there = elsewhere.again()
    edit = there.revise(entry.id, Note("written elsewhere"))
    there.close()
    kept.delete(entry.id)
    kept.close()
    later(bench, clock, days=1).close()
    whole = elsewhere.file(entry.id, edit.rev)
    torn = bench.data / whole.relative_to(elsewhere.data)
    torn.write_bytes(whole.read_bytes()[:40])
    torn.chmod(0o600)
    vault = starts(bench, clock, 59, 1)
    assert torn.exists()
    assert [problem.file for problem in vault.problems] == [torn.relative_to(bench.data).as_posix()]
    torn.write_bytes(whole.read_bytes())
    vault.refresh()
    assert vault.get(entry.id).body == Note("written elsewhere")


def test_copies_of_what_was_deleted_go_with_it_and_others_stay(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    file = bench.file(entry.id, entry.rev)
    same = file.with_name(f"{entry.id}.{entry.rev}.sync-conflict-1.toml{file.name.partition('.toml')[2]}")
    kept.delete(entry.id)
    kept.close()
    same.write_bytes(file.read_bytes())
    torn = file.with_name(same.name.replace("conflict-1", "conflict-2"))
    torn.write_bytes(file.read_bytes()[:40])
    for copy in (same, torn):
        copy.chmod(0o600)
    later(bench, clock, days=1).close()
    starts(bench, clock, 59, 1).close()
    assert not file.exists()
    assert not same.exists()
    assert torn.exists()


def test_an_old_backup_cannot_bring_erased_words_back(kept, bench) -> None:
    entry = kept.add(Note("first"))
    kept.revise(entry.id, Note("second"))
    old = {path: path.read_bytes() for path in bench.files()}
    kept.revise(entry.id, Note("third"))
    kept.forget(entry.id)
    for path, data in old.items():
        path.write_bytes(data)
        path.chmod(0o600)
    vault = bench.again()
    assert vault.summaries() == ()
    assert vault.search("first") == vault.search("second") == []


def test_losing_the_cache_only_makes_erasing_later(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.delete(entry.id)
    kept.load()
    kept.close()
    for path in bench.index.glob("trash.*"):
        path.unlink()
    vault = starts(bench, clock, 31, 1)
    assert len(vault.summaries(trash=True)) == 1


def test_a_damaged_version_of_an_erased_entry_is_erased_with_it(kept, bench) -> None:
    entry = kept.add(Note("first"))
    kept.revise(entry.id, Note("second"))
    kept.close()
    bench.file(entry.id, entry.rev).write_bytes(b"torn")
    vault = bench.again()
    vault.forget(entry.id)
    assert len(bench.files()) == 1
