"""Where a file of a backup meets another of its name, both are kept, and both are found; and each key opens its own."""

from dataclasses import replace

import pytest
from backups import merge, new_place, restore, write

from trustkit.errors import ReadError, WrongKey
from trustkit.model.entry import Draft, Note
from trustkit.vault import age, backup, codec, inspect, names


@pytest.fixture
def lost(bench, sealed, file):
    """A page, a draft and their backup; the key is lost since."""
    entry = sealed.add(Note("words"))
    draft = Draft(sealed.new_id(), Note("half"), bench.clock())
    sealed.save_draft(draft)
    sealed.close()
    write(bench, file)
    (bench.data / "key.age").unlink()
    return entry, draft


def draft_file(bench):
    return next(path for path in (bench.data / "drafts").iterdir() if not path.name.startswith("."))


def counts(report) -> tuple[int, ...]:
    return report.added, report.same, report.erased, report.beside, report.unreadable


# A lost key


def test_one_torn_page_does_not_keep_the_key_of_all_others_away(bench, lost, file) -> None:
    entry, draft = lost
    path = bench.file(entry.id, entry.rev)
    path.write_bytes(b"torn")
    assert counts(restore(bench, file)) == (1, 1, 0, 1, 0)
    assert path.read_bytes() == b"torn"
    assert path.with_name(f"{entry.id}.{entry.rev}.restored.toml.age").exists()
    vault = bench.again()
    assert vault.get(entry.id).body == Note("words")
    assert vault.drafts() == [draft]


def test_a_draft_that_went_on_since_is_kept_and_the_former_one_too(bench, lost, file) -> None:
    _, draft = lost
    path = draft_file(bench)
    former = path.read_bytes()
    path.write_bytes(b"gone on")
    assert counts(restore(bench, file)) == (1, 1, 0, 1, 0)
    assert path.read_bytes() == b"gone on"
    assert sorted(each.read_bytes() for each in path.parent.iterdir()) == sorted([b"gone on", former])
    assert bench.again().drafts() == [draft]


def test_a_recovery_file_that_differs_is_kept_and_the_one_of_the_backup_too(bench, sealed, file) -> None:
    paper = sealed.make_recovery()
    sealed.keep_recovery(paper, bench.passphrase)
    entry = sealed.add(Note("words"))
    write(bench, file)
    sealed.change_passphrase(bench.passphrase, "another one")
    sealed.close()
    (bench.data / "key.age").unlink()
    newer = (bench.data / "key.recovery.age").read_bytes()
    assert counts(restore(bench, file)) == (1, 1, 0, 1, 0)
    assert (bench.data / "key.recovery.age").read_bytes() == newer
    assert [path.name for path in bench.data.iterdir() if names.is_recovery_copy(path.name)] == [
        "key.recovery.restored.age"
    ]
    assert bench.again().get(entry.id).body == Note("words")
    vault = bench.locked()
    vault.unlock_recovery(paper)
    assert vault.get(entry.id).body == Note("words")


def test_a_second_file_of_the_same_name_stands_beside_the_first(bench, lost, file) -> None:
    entry, _ = lost
    path = bench.file(entry.id, entry.rev)
    path.with_name(f"{entry.id}.{entry.rev}.restored.toml.age").write_bytes(b"another backup's")
    path.write_bytes(b"torn")
    restore(bench, file)
    assert path.with_name(f"{entry.id}.{entry.rev}.restored-2.toml.age").exists()
    assert bench.again().get(entry.id).body == Note("words")
    (bench.data / "key.age").unlink()
    assert counts(restore(bench, file)) == (1, 2, 0, 0, 0)  # once is enough


@pytest.mark.parametrize("suffix", [".toml", ".toml.age"])
def test_every_name_beside_is_one_that_is_found_again_and_backed_up(suffix: str) -> None:
    last = f"{'a' * 26}.{'b' * 10}.toml.age"
    for path in (f"entries/2026/11/{last}", f"entries/2026/11/{last}~", f"drafts/{last}"):
        found = backup.beside(path, "restored", suffix)
        for other in [next(found), next(found), next(found)]:
            read = names.read_name(other.rpartition("/")[2])
            assert read is not None
            assert (read.id, read.suffix, read.exact) == ("a" * 26, suffix, path.startswith("drafts"))
            assert backup.is_ours(other) is (suffix == ".toml.age")
    for key, is_copy in (("key.age", names.is_key_copy), ("key.recovery (1).age", names.is_recovery_copy)):
        found = backup.beside(key, "restored", ".toml.age")
        assert all(map(is_copy, [next(found), next(found)]))


# Every key in a backup


def with_a_second_key(bench, file):
    """Two devices' journals copied together: one page opens with a copy of `key.age` alone. And its backup."""
    one, two = new_place(bench, "one"), new_place(bench, "two")
    vault = one.seal()
    first = vault.add(Note("first"))
    vault.close()
    vault = two.seal()
    second = vault.add(Note("second"))
    vault.close()
    (one.data / "key (1).age").write_bytes((two.data / "key.age").read_bytes())
    path = two.file(second.id, second.rev)
    (one.data / path.relative_to(two.data)).write_bytes(path.read_bytes())
    write(one, file)
    return one, first, second


def test_every_key_that_a_backup_holds_comes_along(bench, sealed, file) -> None:
    one, first, second = with_a_second_key(bench, file)
    sealed.close()
    assert counts(merge(bench, file)) == (2, 0, 0, 0, 0)
    vault = bench.again()
    assert {vault.get(each.id).body for each in (first, second)} == {Note("first"), Note("second")}
    assert counts(merge(one, file)) == (0, 2, 0, 0, 0)


def test_what_no_key_opens_is_left_out_and_counted(bench, sealed, file) -> None:
    one, first, second = with_a_second_key(bench, file)
    (one.data / "key (1).age").unlink()
    sealed.close()
    other = file.with_name("other.tar")
    write(one, other)
    assert counts(merge(bench, other)) == (1, 0, 0, 0, 1)
    assert [path.name[:26] for path in bench.files()] == [first.id]
    assert bench.again().problems == ()
    assert counts(merge(bench, file)) == (1, 1, 0, 0, 0)
    assert bench.again().get(second.id).body == Note("second")


@pytest.mark.parametrize("name", ["key (1).age", "Copy of key.age", "key.age~"])
def test_a_backup_whose_only_key_is_a_copy_is_whole(bench, sealed, file, name: str) -> None:
    one = new_place(bench, "one")
    vault = one.seal("theirs")
    entry = vault.add(Note("words"))
    vault.close()
    (one.data / "key.age").rename(one.data / name)
    write(one, file)
    sealed.close()
    with pytest.raises(WrongKey, match="doesn't open the backup"):
        merge(bench, file)
    assert counts(merge(bench, file, theirs="theirs")) == (1, 0, 0, 0, 0)
    assert bench.again().get(entry.id).body == Note("words")


def test_a_copy_that_opens_does_not_stand_in_for_a_key_nobody_was_asked_about(bench, sealed, file) -> None:
    one, first, second = with_a_second_key(bench, file)
    vault = one.locked()
    key = one.data / "key.age"
    text = age.decrypt_passphrase(key.read_bytes(), bench.passphrase)
    key.write_bytes(age.encrypt_passphrase(text, "an older one", 4))
    vault.close()
    file.unlink()
    write(one, file)
    sealed.close()
    with pytest.raises(WrongKey, match="doesn't open the backup"):
        merge(bench, file)
    assert counts(merge(bench, file, theirs="an older one")) == (1, 0, 0, 0, 1)
    assert counts(merge(bench, file, theirs=bench.passphrase)) == (1, 1, 0, 0, 0)
    vault = bench.again()
    assert {vault.get(each.id).body for each in (first, second)} == {Note("first"), Note("second")}


def test_a_damaged_key_in_a_backup_is_called_damaged(bench, sealed, file, monkeypatch) -> None:
    one = new_place(bench, "one")
    one.seal().close()
    (one.data / "key.age").write_bytes(b"torn")
    monkeypatch.setattr(backup, "_is_sound_key", lambda *_: True)  # one that was made before keys were looked at
    write(one, file)
    sealed.close()
    with pytest.raises(ReadError, match="damaged"):
        merge(bench, file)


# Merging over what is there


def test_a_damaged_draft_is_healed_by_the_one_of_the_backup(bench, kept, file) -> None:
    draft = Draft(kept.new_id(), Note("half"), bench.clock())
    kept.save_draft(draft)
    kept.close()
    write(bench, file, bench.passphrase)
    path = draft_file(bench)
    path.write_bytes(b"torn")
    assert counts(merge(bench, file, theirs=bench.passphrase)) == (0, 0, 0, 1, 0)
    assert path.read_bytes() == b"torn"
    assert bench.again().drafts() == [draft]
    assert counts(merge(bench, file, theirs=bench.passphrase)) == (0, 1, 0, 0, 0)


def test_of_one_draft_at_two_times_the_later_is_offered(bench, sealed, file, clock) -> None:
    draft = Draft(sealed.new_id(), Note("half"), clock.now)
    sealed.save_draft(draft)
    older = (path := draft_file(bench)).read_bytes()
    write(bench, file)
    clock.forward(minutes=1)
    later = replace(draft, body=Note("more than half"), saved=clock.now)
    sealed.save_draft(later)
    sealed.close()
    assert counts(merge(bench, file)) == (0, 1, 0, 0, 0)
    assert bench.again().drafts() == [later]
    file.unlink()
    write(bench, file)
    path.write_bytes(older)
    assert counts(merge(bench, file)) == (0, 0, 0, 1, 0)
    assert bench.again().drafts() == [later, draft]


def test_every_differing_version_of_two_backups_is_kept(bench, file) -> None:
    vault = bench.open()
    entry = vault.add(Note("words nought"))
    vault.close()
    path = bench.file(entry.id, entry.rev)
    files = []
    for word in ("one", "two"):
        path.write_bytes(codec.encode(replace(entry, body=Note(f"words {word}"))))
        files.append(file.with_name(f"{word}.tar"))
        write(bench, files[-1], "x")
    path.write_bytes(codec.encode(entry))
    assert [counts(merge(bench, each, theirs="x")) for each in [*files, *files]] == [
        (0, 0, 0, 1, 0), (0, 0, 0, 1, 0), (0, 1, 0, 0, 0), (0, 1, 0, 0, 0),
    ]  # fmt: skip
    assert {head.body.text for head in bench.again().heads(entry.id)} == {"words nought", "words one", "words two"}


def test_a_torn_page_in_the_trash_was_not_erased_and_is_healed(bench, sealed, file) -> None:
    entry = sealed.add(Note("words"))
    write(bench, file)
    sealed.delete(entry.id)
    sealed.close()
    path = bench.data / f"entries/2026/11/{entry.id}.{entry.rev}.toml.age"
    path.write_bytes(b"torn")
    assert counts(merge(bench, file)) == (0, 0, 0, 1, 0)
    assert path.read_bytes() == b"torn"
    assert bench.again().restore(entry.id).body == Note("words")


@pytest.mark.parametrize(
    "called", ["{}.toml~", "{}.toml (1)", "Copy of {}.toml", "{}.sync-conflict-20261122-021409-ABCDEFG.toml"]
)
def test_a_copy_comes_into_an_open_journal_under_a_name_that_is_read_in_clear(bench, file, called: str) -> None:
    one = new_place(bench, "one")
    vault = one.open()
    entry = vault.add(Note("words"))
    vault.close()
    path = one.file(entry.id, entry.rev)
    path.rename(path.with_name(called.format(path.stem)))
    write(one, file, "x")
    bench.open().close()
    assert counts(merge(bench, file, theirs="x")) == (1, 0, 0, 0, 0)
    assert [found.name for found in bench.files("**/*toml*")] == [called.format(path.stem)]
    assert bench.again().get(entry.id).body == Note("words")
    assert inspect(bench.data) == "open"
    assert counts(merge(bench, file, theirs="x")) == (0, 1, 0, 0, 0)


def test_a_copy_that_is_there_already_is_not_copied_again(bench, sealed, file) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    path = bench.file(entry.id, entry.rev)
    path.with_name(path.name + "~").write_bytes(path.read_bytes())
    write(bench, file)
    before = bench.files()
    assert counts(merge(bench, file)) == (0, 2, 0, 0, 0)
    assert bench.files() == before
    path.with_name(path.name + "~").unlink()
    assert counts(merge(bench, file)) == (0, 2, 0, 0, 0)  # its words are there under the entry's own name
