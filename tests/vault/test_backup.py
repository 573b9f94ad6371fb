"""One file holds the whole journal, sealed, and nothing it is made of is ever in clear or written over."""

import os
import subprocess
import tarfile
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from backups import everything, fill, new_place, restore, write
from vault_bench import CHEAP

from trustkit.errors import NoVault, ReadError, UsageError, WriteError, WrongKey
from trustkit.model.entry import Draft, Note
from trustkit.vault import (
    age,
    backup,
    codec,
    durable,
    inspect,
    last_backup,
    names,
    seal_vault,
    sentences,
)

# The drill


def test_the_drill_a_journal_is_lost_and_comes_back_whole_from_its_backup(bench, sealed, clock, file) -> None:
    fill(sealed, clock)
    expected = everything(sealed)
    sealed.close()
    report = write(bench, file)
    assert (report.revisions, report.drafts, report.left_out) == (9, 1, ())
    assert report.size == file.stat().st_size
    new = new_place(bench)
    restored = restore(new, file)
    assert (restored.added, restored.same, restored.beside, restored.unreadable) == (11, 0, 0, 0)
    vault = new.again()
    assert everything(vault) == expected
    assert vault.problems == ()
    assert all(checked.ok for checked in vault.verify())
    assert {path.stat().st_mode & 0o777 for path in new.data.rglob("*")} == {0o600, 0o700}


def test_an_open_journal_is_sealed_on_its_way_with_the_passphrase_given(bench, clock, file) -> None:
    vault = bench.open()
    fill(vault, clock)
    expected = everything(vault)
    vault.close()
    with pytest.raises(UsageError, match="always sealed"):
        write(bench, file)
    write(bench, file, "words for a backup")
    assert b"page" not in file.read_bytes()
    assert inspect(bench.data) == "open"
    new = new_place(bench)
    restore(new, file)
    assert inspect(new.data) == "sealed"
    assert everything(new.again("words for a backup")) == expected


def test_what_is_not_sealed_yet_is_sealed_on_its_way(bench, sealed, clock, file) -> None:
    kept = sealed.add(Note("sealed words"))
    entry = sealed.add(Note("clear words"))
    path = bench.file(entry.id, entry.rev)
    path.with_suffix("").write_bytes(codec.encode(entry))
    path.unlink()
    sealed.close()
    assert inspect(bench.data) == "mixed"
    with pytest.raises(UsageError):
        write(bench, file)
    with pytest.raises(WrongKey):
        write(bench, file, "wrong")
    write(bench, file, bench.passphrase)
    assert b"clear words" not in file.read_bytes()
    new = new_place(bench)
    restore(new, file)
    assert {new.again().get(each.id).body for each in (kept, entry)} == {Note("sealed words"), Note("clear words")}


@pytest.mark.parametrize("changed", [False, True], ids=["the same", "changed since"])
def test_a_journal_whose_sealing_was_broken_off_between_two_files_is_backed_up(bench, file, changed: bool) -> None:
    vault = bench.open()
    entry = vault.add(Note("old words"))
    vault.save_draft(Draft(vault.new_id(), Note("old draft"), bench.clock()))
    vault.close()
    before = {path: path.read_bytes() for path in bench.data.rglob("*.toml")}
    seal_vault(bench.paths, bench.passphrase, clock=bench.clock, log_n=CHEAP).close()
    for path, data in before.items():
        path.write_bytes(data.replace(b"old", b"new") if changed else data)
    assert inspect(bench.data) == "mixed"
    report = write(bench, file, bench.passphrase)
    assert (report.revisions, report.drafts, report.left_out) == ((2, 2, ()) if changed else (1, 1, ()))
    new = new_place(bench)
    restore(new, file)
    vault = new.again()
    words = {"new words", "old words"} if changed else {"old words"}
    assert {head.body.text for head in vault.heads(entry.id)} == words
    assert {draft.body.text for draft in vault.drafts()} == {each.replace("words", "draft") for each in words}


@pytest.mark.parametrize("sealed_is", ["torn", "another device's"])
def test_what_lies_in_clear_beside_a_sealed_file_that_does_not_open_is_in_the_backup(
    bench, sealed, file, sealed_is: str
) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    path = bench.file(entry.id, entry.rev)
    path.with_suffix("").write_bytes(codec.encode(entry))
    other = age.encrypt(codec.pad(codec.encode(entry)), [age.Identity.generate().recipient])
    path.write_bytes(path.read_bytes()[:-5] if sealed_is == "torn" else other)
    assert write(bench, file, bench.passphrase).revisions == 2
    new = new_place(bench)
    restore(new, file)
    assert new.again().get(entry.id).body == Note("words")


COPIES = ("{}~", "{} (1)", "Copy of {}", "#{}#")
"""What other programs call a copy of `….toml`."""


@pytest.mark.parametrize("called", COPIES)
def test_a_copy_in_clear_that_another_program_left_is_sealed_on_its_way(bench, sealed, file, called: str) -> None:
    entry = sealed.add(Note("sealed words"))
    draft = Draft(sealed.new_id(), Note("sealed draft"), bench.clock())
    sealed.save_draft(draft)
    sealed.close()
    path = bench.file(entry.id, entry.rev).with_suffix("")
    path.with_name(called.format(path.name)).write_bytes(codec.encode(replace(entry, body=Note("clear words"))))
    path = next((bench.data / "drafts").iterdir()).with_suffix("")
    path.with_name(called.format(path.name)).write_bytes(codec.encode_draft(replace(draft, body=Note("clear draft"))))
    assert inspect(bench.data) == "sealed"
    with pytest.raises(UsageError, match="in clear"):
        write(bench, file)
    report = write(bench, file, bench.passphrase)
    assert (report.revisions, report.drafts, report.left_out) == (2, 2, ())
    assert b"clear" not in file.read_bytes()
    new = new_place(bench)
    restore(new, file)
    assert {head.body.text for head in new.again().heads(entry.id)} == {"sealed words", "clear words"}
    assert inspect(new.data) == "sealed"


def test_a_copy_in_clear_by_a_name_that_no_backup_takes_is_left_out_and_named(bench, sealed, file) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    path = bench.file(entry.id, entry.rev).with_suffix("")
    path.with_name(f"Kopie für mich {path.name}").write_bytes(codec.encode(entry))
    report = write(bench, file, bench.passphrase)
    assert report.revisions == 1
    assert [Path(problem.file).name for problem in report.left_out] == [f"Kopie für mich {path.name}"]


def test_what_comes_in_clear_while_a_backup_is_made_stays_out_and_is_named(bench, sealed, file, monkeypatch) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    path = bench.file(entry.id, entry.rev).with_suffix("")
    path.with_name(path.name + "~").write_bytes(codec.encode(entry))
    monkeypatch.setattr(backup, "lies_in_clear", lambda _: False)
    report = write(bench, file)
    assert report.revisions == 1
    assert [problem.happened for problem in report.left_out] == [sentences.CAME_IN_CLEAR[0]]


# The key in it


def spoil(key: Path, how: str) -> None:
    """Make a key file one that no passphrase opens."""
    whole = key.read_bytes()
    if how == "a link":
        key.rename(key.with_name("elsewhere"))
        key.symlink_to("elsewhere")
        return
    other = age.encrypt(b"x" * 200, [age.Identity.generate().recipient])
    spoilt = {
        "empty": b"",
        "cut in its header": whole[:60],
        "cut behind its header": whole[: whole.index(b"\n--- ") + 60],
        "no key file": b"dear diary " * 40,
        "sealed to a key": other,
        "far too much work": whole.replace(b" 4\n", b" 30\n", 1),
    }
    key.write_bytes(spoilt[how])


SPOILT = ("empty", "cut in its header", "cut behind its header", "no key file", "sealed to a key", "far too much work")


@pytest.mark.parametrize("how", [*SPOILT, "a link"])
def test_no_backup_is_made_that_its_passphrase_could_never_open(bench, sealed, file, how: str) -> None:
    sealed.add(Note("words"))
    sealed.close()
    spoil(bench.data / "key.age", how)
    with pytest.raises(ReadError, match="key file is damaged"):
        write(bench, file)
    assert [path for path in file.parent.iterdir() if path.is_file()] == []


@pytest.mark.parametrize("how", [*SPOILT, "a link"])
def test_a_damaged_key_is_left_out_and_named_where_a_copy_of_it_is_sound(bench, sealed, file, how: str) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    key = bench.data / "key.age"
    key.with_name("key (1).age").write_bytes(key.read_bytes())
    spoil(key, how)
    assert [problem.file for problem in write(bench, file).left_out] == ["key.age"]
    new = new_place(bench)
    restore(new, file)
    assert new.again().get(entry.id).body == Note("words")


def test_an_armored_key_is_a_key(bench, sealed, file) -> None:
    sealed.close()
    key = bench.data / "key.age"
    lines = b64encode(key.read_bytes())
    rows = b"\n".join(lines[at : at + 64] for at in range(0, len(lines), 64))
    key.write_bytes(b"-----BEGIN AGE ENCRYPTED FILE-----\n%s\n-----END AGE ENCRYPTED FILE-----\n" % rows)
    assert write(bench, file).left_out == ()


def test_a_sealed_journal_is_backed_up_while_locked_and_nothing_is_asked(bench, sealed, file) -> None:
    sealed.add(Note("words"))
    sealed.lock()
    assert write(bench, file).revisions == 1


# The file


def test_tar_sha256sum_and_age_are_all_it_takes(bench, sealed, file, tmp_path, age_tool) -> None:
    entry = sealed.add(Note("I could not sleep."))
    write(bench, file)
    away = tmp_path / "away"
    away.mkdir()
    subprocess.run(["tar", "-xf", str(file)], cwd=away, check=True)
    subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=away, check=True, capture_output=True)
    identity = tmp_path / "identity"
    identity.write_bytes(age.decrypt_passphrase((away / "key.age").read_bytes(), bench.passphrase))
    page = away / bench.file(entry.id, entry.rev).relative_to(bench.data)
    assert b"I could not sleep." in age_tool("-d", "-i", identity, page)
    assert page.stat().st_mode & 0o777 == 0o600


def test_it_is_for_its_owner_alone_and_never_overwrites(bench, sealed, file) -> None:
    before = os.umask(0)
    try:
        write(bench, file)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600
    whole = file.read_bytes()
    with pytest.raises(WriteError, match="by that name"):
        write(bench, file)
    assert file.read_bytes() == whole


def test_a_link_in_its_place_is_not_written_through(bench, sealed, file, tmp_path) -> None:
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError):
        write(bench, file)
    assert not (tmp_path / "elsewhere").exists()


def test_what_does_not_read_back_is_not_kept(bench, sealed, file, monkeypatch) -> None:
    original = durable.Layer.write

    def spoil(self: durable.Layer, descriptor: int, data: memoryview) -> int:
        return original(self, descriptor, memoryview(bytes(data).replace(b"X25", b"X52")))

    monkeypatch.setattr(durable.Layer, "write", spoil)
    sealed_entry = bench.data / "entries/2026/11" / f"{'a' * 26}.{'b' * 10}.toml.age"
    sealed_entry.parent.mkdir(parents=True, exist_ok=True)
    sealed_entry.write_bytes(age.encrypt(b"words", [age.Identity.generate().recipient]))
    with pytest.raises(WriteError, match="did not read back"):
        write(bench, file)
    assert list(file.parent.glob("*.t*")) == []


@pytest.mark.parametrize("call", ["open", "write", "sync", "close", "link", "sync_folder"])
def test_on_a_disk_that_fails_no_half_backup_is_left(bench, sealed, file, call, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(durable.Layer, call, full)
    with pytest.raises(WriteError, match="no room"):
        write(bench, file)
    monkeypatch.undo()
    assert [path for path in file.parent.iterdir() if path.is_file()] == []


def test_no_journal_no_backup(bench, sealed, file) -> None:
    with pytest.raises(NoVault):
        write(new_place(bench), file)
    (bench.data / "key.age").unlink()
    sealed.add(Note("x"))
    with pytest.raises(ReadError, match="key file"):
        write(bench, file)
    assert not file.exists()


def test_a_backup_goes_only_where_there_is_a_folder(bench, sealed, file) -> None:
    with pytest.raises(WriteError, match="no such folder"):
        write(bench, file.parent / "nowhere" / "x.tar")


@pytest.mark.parametrize("name", [".", "", "/"])
def test_a_folder_is_no_name_for_a_backup(bench, sealed, name: str) -> None:
    with pytest.raises(UsageError, match="one new file"):
        write(bench, Path(name))


def test_links_strangers_and_what_is_written_right_now_stay_behind(bench, sealed, file, tmp_path) -> None:
    entry = sealed.add(Note("words"))
    month = bench.data / "entries/2026/11"
    (tmp_path / "secret").write_text("not yours")
    (month / f"{'a' * 26}.{'b' * 10}.toml.age").symlink_to(tmp_path / "secret")
    (month / "notes.txt").write_text("in clear")
    (month / ".tk-abcdefghij.tmp").write_bytes(b"half")
    (bench.data / "content/en").mkdir(parents=True)
    (bench.data / "content/en/mine.toml").write_text("in clear")
    assert write(bench, file).revisions == 1
    with tarfile.open(file) as tar:
        assert sorted(tar.getnames()) == sorted(
            ["SHA256SUMS", "key.age", f"entries/2026/11/{names.file_of(entry.id, entry.rev, '.toml.age')}"]
        )


def test_a_file_far_too_large_is_named_and_left_out(bench, sealed, file, monkeypatch) -> None:
    entry = sealed.add(Note("x" * 5000))
    sealed.add(Note("words"))
    monkeypatch.setattr(codec, "MAX_SEALED", 4096)
    report = write(bench, file)
    assert report.revisions == 1
    assert [entry.id in problem.file for problem in report.left_out] == [True]


def test_the_day_of_the_last_backup_is_remembered_on_this_device(bench, sealed, file, clock) -> None:
    assert last_backup(bench.paths) is None
    write(bench, file)
    assert last_backup(bench.paths) == clock.now
    (bench.index / "last-backup").write_text("never")
    assert last_backup(bench.paths) is None
