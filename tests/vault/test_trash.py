"""The trash keeps for thirty days: by the deletion's own date, and by when this device first saw it."""

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
