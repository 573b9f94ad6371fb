"""The trash keeps for thirty days: by the deletion's own date, and by when this device first saw it."""

from datetime import timedelta

from trustkit.model.entry import Note


def later(bench, clock, **by: float):
    clock.forward(**by)
    vault = bench.again()
    vault.load()
    return vault


def test_after_thirty_days_the_words_are_gone_and_the_deletion_stays(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.revise(entry.id, Note("more words"))
    kept.delete(entry.id)
    kept.close()
    vault = later(bench, clock, days=29)
    assert len(vault.summaries(trash=True)) == 1
    vault.close()
    vault = later(bench, clock, days=2)
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
    vault = later(bench, clock, days=31)
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
    assert later(bench, clock, days=400).summaries(trash=True) == ()


def test_what_was_brought_back_is_never_purged(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.delete(entry.id)
    kept.load()
    kept.restore(entry.id)
    kept.close()
    vault = later(bench, clock, days=90)
    assert vault.get(entry.id).body == Note("words")
    assert len(vault.versions(entry.id)) == 3


def test_what_was_written_after_the_deletion_is_never_purged(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.delete(entry.id)
    kept.revise(entry.id, Note("written elsewhere"), base=entry.rev)
    kept.load()
    kept.close()
    assert len(later(bench, clock, days=90).versions(entry.id)) == 3


def test_what_another_window_brought_back_a_moment_before_is_never_purged(kept, bench, clock) -> None:
    entry = kept.add(Note("words"))
    kept.delete(entry.id)
    kept.load()
    kept.add(Note("of another month"), created=clock() - timedelta(days=200))
    kept.close()
    later(bench, clock, days=1).close()
    clock.forward(days=60)
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
    vault = later(bench, clock, days=60)
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
    later(bench, clock, days=60).close()
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
    vault = later(bench, clock, days=31)
    assert len(vault.summaries(trash=True)) == 1


def test_a_damaged_version_of_an_erased_entry_is_erased_with_it(kept, bench) -> None:
    entry = kept.add(Note("first"))
    kept.revise(entry.id, Note("second"))
    kept.close()
    bench.file(entry.id, entry.rev).write_bytes(b"torn")
    vault = bench.again()
    vault.forget(entry.id)
    assert len(bench.files()) == 1
