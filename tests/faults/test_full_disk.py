"""A disk that is full, fails or may only be read: an error in plain words, and nothing lost.

The full and the read-only disk are real ones: a tiny file system in memory, mounted for one process alone. The failing
ones are injected below the vault, so that each system call fails once.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from vault_bench import Bench

from trustkit.errors import TrustkitError, WriteError
from trustkit.model.entry import Draft, Note
from trustkit.vault import durable, seal_vault, sentences
from trustkit.vault.folder import DiskFolder

SCRIPT = """
import json, os, sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
import vault_worker as worker
from trustkit.errors import TrustkitError
from trustkit.model.entry import Draft, Note
from trustkit.vault import create_sealed

told = {}


def tried(name, action):
    try:
        action()
        told[name] = "done"
    except TrustkitError as error:
        told[name] = error.happened


disk = Path(sys.argv[1])
paths = worker.at(str(disk / "data"))
vault = create_sealed(paths, worker.OLD, clock=worker.clock, log_n=worker.CHEAP)
kept = vault.add(Note("kept before"))
recovery = vault.make_recovery()
vault.keep_recovery(recovery, worker.OLD)
draft = Draft(vault.new_id(), Note("a draft " * 100), worker.clock())
vault.save_draft(draft)
vault.load()
vault.flush()

with open(disk / "ballast", "wb", buffering=0) as ballast:
    try:
        while ballast.write(bytes(512)):
            pass
    except OSError:
        pass
tried("add when full", lambda: vault.add(Note("x" * 20_000)))
tried("draft when full", lambda: vault.save_draft(Draft(draft.id, Note("y" * 20_000), worker.clock())))
tried("change when full", lambda: vault.change_passphrase(worker.OLD, worker.NEW))
tried("drop recovery when full", lambda: vault.drop_recovery(worker.OLD))
vault.flush()
tried("old passphrase", lambda: worker.opened(str(paths.data)))
tried("new passphrase", lambda: worker.opened(str(paths.data), worker.NEW))
tried("recovery", lambda: worker.open_vault(paths, clock=worker.clock).unlock_recovery(recovery))
other = worker.opened(str(paths.data))
told["summaries"] = [summary.title for summary in other.summaries()]
told["draft"] = [kept.body == draft.body for kept in other.drafts()]
told["problems"] = [problem.happened for problem in other.problems]
told["left over"] = [path.name for path in paths.data.rglob(".tk-*.tmp")]
(disk / "ballast").unlink()
tried("add with room", lambda: vault.add(Note("after")))

os.system(f"mount -o remount,ro {disk}")
tried("add read-only", lambda: vault.add(Note("z")))
tried("delete read-only", lambda: vault.delete(kept.id))
tried("change read-only", lambda: vault.change_passphrase(worker.OLD, worker.NEW))
reader = worker.opened(str(paths.data))
told["read-only"] = sorted(summary.title for summary in reader.summaries())
told["read-only problems"] = [problem.happened for problem in reader.problems]
tried("get read-only", lambda: reader.get(kept.id))
tried("close read-only", reader.close)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a run on a disk of 256 KiB had to tell."""
    disk = tmp_path_factory.mktemp("disk")
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    mount = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=256k none "$1" && shift && exec "$@"', "sh", disk]
    if subprocess.run([*mount, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    support = Path(__file__).parents[1] / "support"
    command = [*mount, sys.executable, "-c", SCRIPT, disk, support, support.parents[1]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_on_a_full_disk_saving_says_so_and_what_was_there_stands(told) -> None:
    for deed in ("add when full", "draft when full", "drop recovery when full"):
        assert told[deed] == "There is no room to save."
    assert told["summaries"] == ["kept before"]
    assert told["draft"] == [True]
    assert told["problems"] == []
    assert told["left over"] == []


def test_on_a_full_disk_the_old_passphrase_and_the_recovery_key_go_on_opening(told) -> None:
    assert told["change when full"] == "There is no room to save."
    assert told["old passphrase"] == told["recovery"] == "done"
    assert told["new passphrase"] == "That passphrase doesn't open it."


def test_once_there_is_room_saving_works_again(told) -> None:
    assert told["add with room"] == "done"


def test_from_a_disk_that_may_only_be_read_everything_is_read_and_writing_says_why(told) -> None:
    for deed in ("add read-only", "delete read-only", "change read-only"):
        assert told[deed] == "This folder can't be written to."
    assert told["read-only"] == ["after", "kept before"]
    assert told["get read-only"] == told["close read-only"] == "done"


CALLS = ("open", "write", "sync", "close", "link", "sync_folder", "replace", "unlink", "mkdir", "chmod_open", "chmod")


class Failing(durable.Layer):
    """Fails one system call, once or for good."""

    def __init__(self, call: str, number: int, *, once: bool = False) -> None:
        self.failed = 0
        original = getattr(super(), call)

        def fail(*arguments: object) -> object:
            self.failed += 1
            if once and self.failed > 1:
                return original(*arguments)
            if call == "close":
                original(*arguments)
            raise OSError(number, os.strerror(number))

        setattr(self, call, fail)


def broken(bench: Bench, layer: durable.Layer):
    """The vault as it lies there, on a disk that fails."""
    vault = bench.again()
    assert isinstance(vault._folder, DiskFolder)
    vault._folder.layer = layer
    return vault


@pytest.fixture(params=["sealed", "open"])
def written(request: pytest.FixtureRequest, bench: Bench):
    """A page, a draft, and a draft that is a page by now."""
    vault = bench.seal() if request.param == "sealed" else bench.open()
    entry = vault.add(Note("before"))
    vault.save_draft(Draft(vault.new_id(), Note("half"), bench.clock()))
    vault.close()
    return entry


@pytest.mark.parametrize("call", CALLS)
def test_when_the_disk_fails_an_entry_is_not_acknowledged_and_a_second_try_keeps_it(bench, written, call: str) -> None:
    layer = Failing(call, errno.EIO)
    vault = broken(bench, layer)
    entry_id, rev = vault.new_id(), vault.new_rev()
    happened = ""
    try:
        vault.add(Note("words"), entry_id=entry_id, rev=rev)
    except WriteError as error:
        happened = error.happened
    acknowledged = not happened
    assert happened in ("", "The disk failed while saving.")
    assert acknowledged == (layer.failed == 0 or call == "unlink")  # a left-over name is swept, and costs no word
    assert {draft.body for draft in bench.again().drafts()} == {Note("half")}
    if not acknowledged:
        assert [summary.title for summary in bench.again().summaries()] == ["before"]
        bench.again().add(Note("words"), entry_id=entry_id, rev=rev)
    assert {summary.title for summary in bench.again().summaries()} == {"before", "words"}


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("call", CALLS)
def test_whatever_call_fails_in_a_change_of_passphrase_exactly_one_opens(bench, call: str, number: int) -> None:
    vault = bench.seal()
    recovery = vault.make_recovery()
    vault.keep_recovery(recovery, bench.passphrase)
    vault.close()
    vault = broken(bench, Failing(call, number, once=True))
    try:
        vault.change_passphrase(bench.passphrase, "new")
        opens, fails = "new", bench.passphrase
    except WriteError:
        opens, fails = bench.passphrase, "new"
    if call == "sync_folder":  # the name was already there when it could not be made to last
        opens, fails = (opens, fails) if opened(bench, opens) else (fails, opens)
    assert opened(bench, opens)
    assert not opened(bench, fails)
    again = bench.locked()
    again.unlock_recovery(recovery)
    assert not again.locked


def opened(bench: Bench, passphrase: str) -> bool:
    try:
        return not bench.again(passphrase).locked
    except TrustkitError:
        return False


@pytest.mark.parametrize("call", ["open", "write", "sync", "close", "link", "sync_folder", "unlink"])
def test_whatever_call_fails_halfway_through_sealing_everything_is_read_and_sealing_goes_on(
    bench, clock, call: str, monkeypatch
) -> None:
    vault = bench.open()
    for number in range(3):
        vault.add(Note(f"page {number}"))
    expected = vault.summaries()
    original = getattr(durable.Layer, call)
    calls = 0

    def fails_at(when: int) -> None:
        def fail(self: durable.Layer, *arguments: object) -> object:
            nonlocal calls
            calls += 1
            if calls == when:
                if call == "close":
                    original(self, *arguments)
                raise OSError(errno.ENOSPC, "full")
            return original(self, *arguments)

        monkeypatch.setattr(durable.Layer, call, fail)

    fails_at(0)
    seal_vault(bench.elsewhere("rehearsal").paths, bench.passphrase, clock=clock, log_n=4).close()
    halfway, calls = calls // 2 + 1, 0
    fails_at(halfway)
    happened = ""
    try:
        seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4).close()
    except WriteError as error:
        happened = error.happened
    monkeypatch.undo()
    assert calls >= halfway
    assert happened in ("", "There is no room to save.", sentences.SEALED_UNSURE[0])
    vault = bench.again()
    assert vault.summaries() == expected
    vault.seal()
    assert not vault.needs_sealing
    assert vault.summaries() == expected
    assert all(report.ok for report in vault.verify())


def test_a_disk_that_keeps_no_modes_is_written_to_all_the_same(bench, monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "FAT")

    for call in ("chmod", "chmod_open"):
        monkeypatch.setattr(durable.Layer, call, refused)
    vault = bench.seal()
    entry = vault.add(Note("on a stick"))
    vault.change_passphrase(bench.passphrase, "new")
    vault.close()
    assert bench.again("new").get(entry.id).body == Note("on a stick")


def test_where_linking_is_not_possible_a_journal_is_kept_all_the_same(bench) -> None:
    bench.seal().close()
    vault = broken(bench, Failing("link", errno.EPERM))
    entry = vault.add(Note("words"))
    with pytest.raises(WriteError, match="already saved under that id"):
        vault.add(Note("others"), entry_id=entry.id, rev=entry.rev)
    assert bench.again().get(entry.id).body == Note("words")
