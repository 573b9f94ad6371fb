"""A backup comes back whole, over nothing: into an empty place as it is, into a journal by union."""

import random

import pytest
from backups import everything, fill, merge, new_place, restore, write

from trustkit.errors import WriteError, WrongKey
from trustkit.model.entry import Draft, Note
from trustkit.vault import (
    back_up,
    durable,
    inspect,
    open_vault,
)


def test_it_is_not_restored_over_a_journal_unless_asked_to_merge(bench, sealed, file) -> None:
    sealed.add(Note("words"))
    write(bench, file)
    with pytest.raises(WriteError, match="journal in this folder already"):
        restore(bench, file)


def test_a_lost_key_comes_back_from_a_backup(bench, sealed, file) -> None:
    old = sealed.add(Note("before the backup"))
    write(bench, file)
    new = sealed.add(Note("after it"))
    sealed.close()
    (bench.data / "key.age").unlink()
    report = restore(bench, file)
    assert (report.added, report.same) == (1, 1)
    assert {bench.again().get(entry.id).body for entry in (old, new)} == {Note("before the backup"), Note("after it")}


def test_a_restore_that_was_broken_off_can_be_done_again(bench, sealed, clock, file, monkeypatch) -> None:
    fill(sealed, clock)
    expected = everything(sealed)
    sealed.close()
    write(bench, file)
    new = new_place(bench)
    original, left = durable.Layer.link, 5

    def full(self, source, target) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "full")
        original(self, source, target)

    monkeypatch.setattr(durable.Layer, "link", full)
    with pytest.raises(WriteError, match="no room"):
        restore(new, file)
    monkeypatch.undo()
    assert not (new.data / "key.age").exists()
    restore(new, file)
    assert everything(new.again()) == expected


def test_a_restore_that_fails_at_its_first_file_leaves_nothing_like_a_journal(bench, sealed, file, monkeypatch) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    write(bench, file)
    new = new_place(bench)

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(durable.Layer, "link", full)
    with pytest.raises(WriteError, match="no room"):
        restore(new, file)
    monkeypatch.undo()
    assert inspect(new.data) == "none"  # or the next page would be kept there in clear
    restore(new, file)
    assert new.again().get(entry.id).body == Note("words")


@pytest.mark.parametrize("left", ["entries", "entries/2026", "entries/2026/11"])
def test_folders_that_a_killed_restore_left_are_no_journal(bench, sealed, file, left: str) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    write(bench, file)
    new = new_place(bench)
    (new.data / left).mkdir(parents=True)
    if left.endswith("11"):
        (new.data / left / ".tk-abcdefghij.tmp").write_bytes(b"half")
    restore(new, file)
    assert new.again().get(entry.id).body == Note("words")


def test_a_journal_with_a_recovery_key_looks_sealed_from_the_first_file_on(bench, sealed, file, monkeypatch) -> None:
    sealed.keep_recovery(sealed.make_recovery(), bench.passphrase)
    sealed.add(Note("words"))
    sealed.close()
    write(bench, file)
    new = new_place(bench)
    seen = []
    original = durable.Layer.link

    def link(self, source, target) -> None:
        original(self, source, target)
        seen.append(inspect(new.data))

    monkeypatch.setattr(durable.Layer, "link", link)
    restore(new, file)
    assert seen[:3] == ["keyless", "keyless", "sealed"]


def test_an_open_journal_with_words_is_not_restored_over(bench, sealed, file) -> None:
    write(bench, file)
    new = new_place(bench)
    vault = new.open()
    vault.save_draft(Draft(vault.new_id(), Note("half"), bench.clock()))
    with pytest.raises(WriteError, match="journal in this folder already"):
        restore(new, file)


def test_merging_adds_what_is_missing_and_keeps_what_is_there(bench, sealed, clock, file) -> None:
    ids = fill(sealed, clock)
    write(bench, file)
    clock.forward(hours=1)
    sealed.revise(ids[2], Note("changed since"))
    added = sealed.add(Note("new since"))
    lost = bench.file(ids[3], sealed.get(ids[3]).rev)
    sealed.close()
    lost.unlink()
    report = merge(bench, file)
    assert (report.added, report.beside, report.erased) == (1, 0, 0)
    vault = bench.again()
    assert vault.get(ids[3]).body == Note("page 3", "TTT")
    assert vault.get(ids[2]).body == Note("changed since")
    assert vault.get(added.id).body == Note("new since")
    assert vault.problems == ()


def test_what_was_erased_here_stays_erased(bench, sealed, file) -> None:
    entry = sealed.add(Note("canary"))
    sealed.revise(entry.id, Note("canary again"))
    write(bench, file)
    sealed.forget(entry.id)
    sealed.close()
    assert merge(bench, file).erased == 2
    assert len(bench.files()) == 1
    assert bench.again().search("canary") == []


def test_a_damaged_entry_is_healed_by_a_copy_beside_it(bench, sealed, file) -> None:
    entry = sealed.add(Note("words"))
    write(bench, file)
    sealed.close()
    path = bench.file(entry.id, entry.rev)
    path.write_bytes(path.read_bytes()[:-5] + b"xxxxx")
    torn = path.read_bytes()
    assert merge(bench, file).beside == 1
    assert bench.again().get(entry.id).body == Note("words")
    assert path.read_bytes() == torn
    assert merge(bench, file).beside == 0  # once is enough


def test_an_older_passphrase_opens_the_backup_and_never_again_the_journal(bench, sealed, file) -> None:
    entry = sealed.add(Note("words"))
    write(bench, file)
    sealed.change_passphrase(bench.passphrase, "new words")
    sealed.close()
    bench.file(entry.id, entry.rev).unlink()
    with pytest.raises(WrongKey, match="doesn't open the backup"):
        merge(bench, file, "new words")
    assert bench.files() == []
    merge(bench, file, "new words", bench.passphrase)
    assert bench.again("new words").get(entry.id).body == Note("words")
    with pytest.raises(WrongKey):
        bench.again(bench.passphrase)


def test_a_backup_of_another_journal_brings_its_key_along(bench, sealed, file) -> None:
    mine = sealed.add(Note("mine"))
    sealed.close()
    other = new_place(bench, "other")
    theirs = other.seal("their passphrase")
    entry = theirs.add(Note("theirs"))
    theirs.close()
    back_up(other.paths, file, clock=bench.clock)
    merge(bench, file, theirs="their passphrase")
    vault = bench.again()
    assert {vault.get(each.id).body for each in (mine, entry)} == {Note("mine"), Note("theirs")}
    assert [path.name for path in bench.data.iterdir() if path.name.startswith("key")] == ["key.age"]


def test_into_an_open_journal_it_goes_in_clear_and_no_key_comes_with_it(bench, clock, file) -> None:
    vault = bench.open()
    ids = fill(vault, clock)
    expected = everything(vault)
    vault.close()
    write(bench, file, "words for a backup")
    deleted = ids[1]  # without its words it counts as erased here, and stays so
    for path in [path for path in bench.files() if not path.name.startswith(deleted)][:3]:
        path.unlink()
    with pytest.raises(WrongKey):
        merge(bench, file, theirs="wrong")
    assert merge(bench, file, theirs="words for a backup").added == 3
    assert inspect(bench.data) == "open"
    assert everything(bench.again()) == expected
    assert len(ids) == 4


@pytest.mark.parametrize("seed", range(3))
def test_two_backups_of_two_histories_merge_in_either_order_to_the_same(bench, sealed, clock, file, seed) -> None:
    order = random.Random(seed)
    ids = fill(sealed, clock)
    sealed.close()
    files = []
    for name in ("one", "two"):
        device = bench.elsewhere(name)
        vault = device.again()
        for _ in range(6):
            clock.forward(minutes=order.randint(-60, 60))
            entry_id = order.choice([*ids, vault.add(Note("new")).id])
            if order.random() < 0.5:
                vault.delete(entry_id)
            else:
                vault.revise(entry_id, Note(name))
        vault.close()
        files.append(file.with_name(f"{name}.tar"))
        write(device, files[-1])
    answers = []
    for sequence in (files, files[::-1]):
        target = bench.elsewhere(sequence[0].name + "-first")
        for each in sequence:
            merge(target, each)
        answers.append(everything(target.again()))
    assert answers[0] == answers[1]


def test_opening_what_was_restored_needs_no_more_than_the_passphrase(bench, sealed, file) -> None:
    write(bench, file)
    new = new_place(bench)
    restore(new, file)
    assert open_vault(new.paths, clock=bench.clock).locked
