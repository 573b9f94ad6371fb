"""How bytes reach the disk: whole or not at all, over nothing that was there, for nobody else to read."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from trustkit.errors import WriteError
from trustkit.vault import durable
from trustkit.vault.folder import DiskFolder, MemoryFolder


class Failing(durable.Layer):
    """Fails one system call with one error, and says what was called."""

    def __init__(self, call: str, number: int) -> None:
        self.call = call
        self.number = number
        self.calls: list[str] = []

    def _note(self, call: str) -> None:
        self.calls.append(call)
        if call == self.call:
            raise OSError(self.number, os.strerror(self.number))

    def open(self, path: Path, flags: int) -> int:
        self._note("open")
        return super().open(path, flags)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._note("write")
        return super().write(descriptor, data[:1])  # a disk may take less than it is given

    def sync(self, descriptor: int) -> None:
        self._note("sync")
        super().sync(descriptor)

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        self._note("close")

    def link(self, source: Path, target: Path) -> None:
        self._note("link")
        super().link(source, target)

    def rename(self, source: Path, target: Path) -> None:
        self._note("rename")
        super().rename(source, target)

    def replace(self, source: Path, target: Path) -> None:
        self._note("replace")
        super().replace(source, target)

    def sync_folder(self, path: Path) -> None:
        self._note("sync_folder")
        super().sync_folder(path)


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """From the most careless to the most absurd."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_files_are_0600_and_folders_0700_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    folder = DiskFolder(tmp_path / "new" / "data")
    folder.write_new("entries/2026/11/x", b"1")
    folder.replace("drafts/y", b"2")
    for path in (tmp_path / "new").rglob("*"):
        assert mode(path) == (0o700 if path.is_dir() else 0o600), path


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    folder = DiskFolder(tmp_path)
    folder.write_new("x", b"first")
    with pytest.raises(FileExistsError):
        folder.write_new("x", b"second")
    assert folder.read("x", 100) == b"first"
    assert listing(tmp_path) == ["x"]


def test_nothing_is_acknowledged_before_file_and_folder_are_synced(tmp_path: Path) -> None:
    layer = Failing("", 0)
    durable.write_new(layer, tmp_path / "x", b"ab")
    assert layer.calls == ["open", "write", "write", "sync", "close", "link", "sync_folder"]


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("call", ["open", "write", "sync", "close", "link", "sync_folder"])
def test_when_a_call_fails_nothing_is_visible_and_a_second_try_works(tmp_path: Path, call: str, number: int) -> None:
    folder = DiskFolder(tmp_path, Failing(call, number))
    with pytest.raises(WriteError):
        folder.write_new("x", b"words")
    assert listing(tmp_path) == []
    DiskFolder(tmp_path).write_new("x", b"words")
    assert (tmp_path / "x").read_bytes() == b"words"


@pytest.mark.parametrize("call", ["open", "write", "sync", "close", "replace"])
def test_when_replacing_fails_the_old_file_stands(tmp_path: Path, call: str) -> None:
    (tmp_path / "x").write_bytes(b"old")
    with pytest.raises(WriteError):
        DiskFolder(tmp_path, Failing(call, errno.ENOSPC)).replace("x", b"new")
    assert (tmp_path / "x").read_bytes() == b"old"
    assert listing(tmp_path) == ["x"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS])
def test_where_linking_is_not_possible_renaming_serves_and_still_overwrites_nothing(
    tmp_path: Path, number: int
) -> None:
    folder = DiskFolder(tmp_path, Failing("link", number))
    folder.write_new("x", b"first")
    with pytest.raises(FileExistsError):
        folder.write_new("x", b"second")
    assert folder.read("x", 100) == b"first"
    assert listing(tmp_path) == ["x"]


class Ordered(durable.Layer):
    """Says what was called with which name, in order, relative to a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls: list[tuple[str, str]] = []

    def _note(self, call: str, path: Path) -> None:
        self.calls.append((call, path.relative_to(self.root).as_posix()))

    def replace(self, source: Path, target: Path) -> None:
        self._note("replace", target)
        super().replace(source, target)

    def unlink(self, path: Path) -> None:
        self._note("unlink", path)
        super().unlink(path)

    def mkdir(self, path: Path) -> None:
        self._note("mkdir", path)
        super().mkdir(path)

    def sync_folder(self, path: Path) -> None:
        self._note("sync", path)
        super().sync_folder(path)


def test_a_name_that_was_replaced_removed_or_made_is_synced_in_its_folder(tmp_path: Path) -> None:
    layer = Ordered(tmp_path)
    (tmp_path / "data").mkdir()
    folder = DiskFolder(tmp_path / "data", layer)
    folder.write_new("a/b/x", b"1")
    assert layer.calls[:7] == [
        ("sync", "."), ("mkdir", "data/a"), ("sync", "data"), ("mkdir", "data/a/b"), ("sync", "data/a"),
        ("sync", "data/a/b"), ("unlink", layer.calls[6][1]),
    ]  # fmt: skip
    layer.calls.clear()
    folder.replace("a/b/x", b"2")
    assert ("replace", "data/a/b/x") in layer.calls
    assert layer.calls[-1] == ("sync", "data/a/b")
    layer.calls.clear()
    folder.remove("a/b/x")
    assert layer.calls == [("unlink", "data/a/b/x"), ("sync", "data/a/b")]


@pytest.mark.parametrize("deed", ["replace", "remove", "new", "make"])
def test_a_disk_that_fails_to_sync_a_folder_is_never_passed_over(
    tmp_path: Path, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_bytes(b"old")
    folder = DiskFolder(tmp_path)
    folder.make()
    deeds = {
        "replace": lambda: folder.replace("x", b"new"),
        "remove": lambda: folder.remove("x"),
        "new": lambda: folder.write_new("y", b"new"),
        "make": lambda: folder.write_new("a/y", b"new"),
    }
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(WriteError):
        deeds[deed]()


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.EBADF])
def test_a_file_system_that_cannot_sync_a_folder_is_written_to_all_the_same(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refusing)
    DiskFolder(tmp_path).write_new("a/x", b"words")
    assert (tmp_path / "a" / "x").read_bytes() == b"words"


@pytest.mark.parametrize("taken", ["file", "link"])
def test_the_temporary_file_is_one_that_nobody_made_before(
    tmp_path: Path, taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"theirs")
    monkeypatch.setattr(durable.names, "temporary", lambda: ".tk-abcdefghij.tmp")
    (tmp_path / ".tk-abcdefghij.tmp").hardlink_to(theirs) if taken == "file" else (
        tmp_path / ".tk-abcdefghij.tmp"
    ).symlink_to(theirs)
    for write in (durable.write_new, durable.replace):
        with pytest.raises(FileExistsError):
            write(durable.Layer(), tmp_path / "x", b"mine")
        assert theirs.read_bytes() == b"theirs"
        assert not (tmp_path / "x").exists()


def test_a_link_put_in_the_place_of_a_new_file_is_neither_followed_nor_overwritten(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "x").symlink_to(tmp_path / "theirs")
    with pytest.raises(FileExistsError):
        DiskFolder(tmp_path).write_new("x", b"mine")
    assert (tmp_path / "theirs").read_bytes() == b"theirs"


def test_nothing_is_written_through_a_month_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    (tmp_path / "data" / "entries").mkdir(parents=True)
    (tmp_path / "data" / "entries" / "2026").symlink_to(tmp_path / "away")
    with pytest.raises(WriteError):
        DiskFolder(tmp_path / "data").write_new("entries/2026/11/x", b"lost")
    assert listing(tmp_path / "away") == []


def test_reading_follows_no_link_and_waits_for_no_pipe(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("link", "pipe", "folder"):
        with pytest.raises(durable.NotRegular):
            durable.read(tmp_path / name, 100)


def test_reading_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * 101)
    with pytest.raises(durable.TooBig):
        durable.read(tmp_path / "x", 100)
    assert len(durable.read(tmp_path / "x", 101)) == 101


def test_half_written_files_are_swept_after_an_hour_and_not_before(tmp_path: Path) -> None:
    folder = DiskFolder(tmp_path)
    for name in (".tk-abcdefghij.tmp", ".tk-bbbbbbbbbb.tmp", ".tk-lock", ".other.tmp", "x.toml"):
        (tmp_path / name).write_bytes(b"")
        if "bbb" not in name:
            os.utime(tmp_path / name, (0, 0))
    folder.sweep("", folder.scan(""))
    assert listing(tmp_path) == [".other.tmp", ".tk-bbbbbbbbbb.tmp", ".tk-lock", "x.toml"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "room"), (errno.EROFS, "can't be written to"), (errno.EIO, "disk failed"), (errno.EMFILE, "file")],
)
def test_every_failure_is_told_in_two_plain_sentences(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(WriteError) as caught:
        DiskFolder(tmp_path, Failing("write", number)).write_new("x", b"secret")
    assert words in caught.value.happened
    assert caught.value.do_next


def test_memory_answers_as_the_disk_does(tmp_path: Path) -> None:
    for folder in (DiskFolder(tmp_path / "data"), MemoryFolder()):
        assert folder.scan("a") == []
        assert folder.names("a") == []
        folder.write_new("a/b/x", b"1")
        with pytest.raises(FileExistsError):
            folder.write_new("a/b/x", b"2")
        folder.replace("a/y", b"22")
        assert sorted(folder.names("a")) == ["b", "y"]
        assert {(thing.name, thing.is_file, thing.is_folder) for thing in folder.scan("a")} == {
            ("b", False, True),
            ("y", True, False),
        }
        assert folder.read("a/y", 2) == b"22"
        with pytest.raises(durable.TooBig):
            folder.read("a/y", 1)
        folder.remove("a/y")
        folder.remove("a/y")
        with pytest.raises(FileNotFoundError):
            folder.read("a/y", 2)
