"""One file holds the whole journal, sealed; it comes back whole, over nothing; and no hostile file gets anywhere."""

import io
import os
import random
import subprocess
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vault_bench import CHEAP, Bench

from trustkit.errors import NoVault, ReadError, UsageError, WriteError, WrongKey
from trustkit.model.entry import Draft, Mark, Note
from trustkit.paths import Paths
from trustkit.vault import (
    age,
    back_up,
    backup,
    cloud_folder,
    codec,
    durable,
    inspect,
    last_backup,
    names,
    open_vault,
    restore_backup,
    tarball,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a backup goes."""
    return tmp_path / "backup.tar"


def write(bench, file, passphrase: str = ""):
    return back_up(bench.paths, file, clock=bench.clock, passphrase=passphrase, log_n=CHEAP)


def new_place(bench, name: str = "new") -> Bench:
    """An empty folder on another device."""
    root = bench.data.parent / name
    return Bench(Paths(bench.paths.content, root / "data", root / "cache", root / "config"), bench.clock)


def restore(bench, file):
    return restore_backup(bench.paths, file, clock=bench.clock, log_n=CHEAP)


def merge(bench, file, passphrase: str | None = None, theirs: str = ""):
    """Into the journal there; the report."""
    ours = bench.passphrase if passphrase is None else passphrase
    vault = bench.again(ours)
    report = restore_backup(
        bench.paths, file, clock=bench.clock, into=vault, passphrase=ours, backup_passphrase=theirs, log_n=CHEAP
    )
    vault.close()
    return report


def fill(vault, clock) -> list[str]:
    ids = [vault.add(Note(f"page {number}", "T" * number)).id for number in range(4)]
    vault.revise(ids[0], Note("page nought"))
    vault.delete(ids[1])
    vault.add(Note("private"), private=True)
    vault.add(Mark("guide", "step", "done"))
    vault.add(Note("last year"), created=clock.now - timedelta(days=400))
    vault.save_draft(Draft(vault.new_id(), Note("half"), clock.now))
    return ids


def everything(vault):
    return (vault.summaries(private=True), vault.summaries(trash=True), vault.marks(), vault.drafts())


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


# Coming back


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
    for path in bench.files()[:3]:
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


# Hostile files


def archive(*files: tuple[str, bytes], sums: bytes | None = None, **about: object) -> bytes:
    """An archive that says of itself that it is whole."""
    import hashlib

    listed = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files).encode()
    parts = [part for name, data in files for part in tarball.framed(name, data, 0)]
    parts += [*tarball.framed(backup.SUMS, listed if sums is None else sums, 0), tarball.END]
    return b"".join(parts)


def with_tarfile(
    kind: bytes, name: str = "key.age", link: str = "/etc/passwd", form: int = tarfile.USTAR_FORMAT
) -> bytes:
    """A member of another kind, as the library writes it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as tar:
        about = tarfile.TarInfo(name)
        about.type, about.linkname = kind, "/etc/passwd"
        tar.addfile(about, io.BytesIO(b""))
    return out.getvalue()


NAME = names.file_of("a" * 26, "b" * 10, ".toml.age")
HOSTILE = {
    "empty": b"",
    "not an archive": b"dear diary" * 1000,
    "no checksums": b"".join([*tarball.framed("key.age", b"x", 0), tarball.END]),
    "wrong checksums": archive(("key.age", b"x"), sums=b"0" * 64 + b"  key.age\n"),
    "up and away": archive(("../key.age", b"x")),
    "up and away, deep": archive((f"entries/2026/11/../../../../{NAME}", b"x")),
    "from the root": archive(("/etc/passwd", b"x")),
    "a settings file": archive(("config/settings.toml", b"x")),
    "content": archive(("content/en/pack.toml", b"x")),
    "in clear": archive((f"entries/2026/11/{NAME.removesuffix('.age')}", b"x")),
    "hidden": archive((f"entries/2026/11/.{NAME}", b"x")),
    "a month that is none": archive((f"entries/2026/13/{NAME}", b"x")),
    "backslashes": archive((f"entries/2026/11/..\\..\\{NAME}", b"x")),
    "a name twice": archive(("key.age", b"x"), ("key.age", b"y")),
    "two checksum files": archive(("key.age", b"x"), (backup.SUMS, b"y")),
    "a link": with_tarfile(tarfile.SYMTYPE),
    "a hard link": with_tarfile(tarfile.LNKTYPE),
    "a device": with_tarfile(tarfile.CHRTYPE),
    "a pipe": with_tarfile(tarfile.FIFOTYPE),
    "a folder": with_tarfile(tarfile.DIRTYPE, "entries"),
    "a sparse file": with_tarfile(tarfile.GNUTYPE_SPARSE),
    "a long name": with_tarfile(tarfile.REGTYPE, "x" * 150, form=tarfile.GNU_FORMAT),
    "extended headers": with_tarfile(tarfile.REGTYPE, "ü" * 150, form=tarfile.PAX_FORMAT),
    "something behind": archive(("key.age", b"x")) + b"\0" * 512,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_archive_is_refused_whole_and_nothing_is_written(bench, sealed, file, data: bytes) -> None:
    file.write_bytes(data)
    sealed.close()
    new = new_place(bench)
    before = {path: path.read_bytes() for path in bench.data.rglob("*") if path.is_file()}
    with pytest.raises(ReadError, match="not a whole backup"):
        restore(new, file)
    with pytest.raises(ReadError, match="not a whole backup"):
        merge(bench, file)
    assert not new.data.exists()
    assert {path: path.read_bytes() for path in bench.data.rglob("*") if path.is_file()} == before


def test_a_file_that_says_it_is_huge_is_not_believed(bench, file) -> None:
    header = bytearray(b"".join(tarball.framed("key.age", b"", 0))[:512])
    header[124:136] = b"77777777777\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    file.write_bytes(bytes(header) + bytes(2048))
    with pytest.raises(ReadError, match="not a whole backup"):
        restore(new_place(bench), file)


def test_a_backup_cut_anywhere_or_changed_anywhere_is_refused(bench, sealed, file) -> None:
    sealed.add(Note("words"))
    write(bench, file)
    whole = file.read_bytes()
    spoilt = [whole[:length] for length in range(0, len(whole), 509)]
    spoilt += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 101)]
    for data in spoilt:
        file.write_bytes(data)
        with pytest.raises(ReadError, match="not a whole backup"):
            restore(new_place(bench), file)
    assert not new_place(bench).data.exists()


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=3000))
def test_random_bytes_are_refused_and_nothing_worse(data: bytes) -> None:
    with pytest.raises(tarball.BadArchive):
        backup.sums_of(io.BytesIO(data))


@pytest.mark.parametrize("there", ["nothing", "a folder", "a link to nowhere"])
def test_where_there_is_no_backup_it_says_so(bench, file, there: str) -> None:
    if there == "a folder":
        file.mkdir()
    elif there == "a link to nowhere":
        file.symlink_to("nowhere")
    with pytest.raises(ReadError, match="backup can't be read"):
        restore(new_place(bench), file)


# Clouds


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("Dropbox/notes", "Dropbox"),
        ("Dropbox (Work)/notes", "Dropbox"),
        ("OneDrive - Some Firm/Documents/x", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-me@example.org/My Drive/x", "Google Drive"),
        ("Library/CloudStorage/Strange-me/x", "Strange"),
        ("Nextcloud/x", "Nextcloud"),
        ("documents/x", ""),
        (".local/share/trustkit", ""),
        ("my dropbox notes/x", ""),
    ],
)
def test_a_folder_that_a_cloud_service_copies_is_known_by_its_name(tmp_path, path: str, who: str) -> None:
    assert cloud_folder(tmp_path / path) == who


def test_a_folder_of_another_name_is_known_by_what_the_service_left_in_it(tmp_path) -> None:
    (tmp_path / "stuff/.dropbox.cache").mkdir(parents=True)
    (tmp_path / "elsewhere").symlink_to(tmp_path / "stuff")
    assert cloud_folder(tmp_path / "elsewhere/trustkit") == "Dropbox"


def test_what_a_service_keeps_at_home_says_nothing_about_home(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".dropbox").mkdir()
    assert cloud_folder(tmp_path / ".local/share/trustkit") == ""


def test_opening_what_was_restored_needs_no_more_than_the_passphrase(bench, sealed, file) -> None:
    write(bench, file)
    new = new_place(bench)
    restore(new, file)
    assert open_vault(new.paths, clock=bench.clock).locked
