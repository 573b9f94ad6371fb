"""Where the disk fails after something was done, what is said is what was done: each folder sync is failed in turn.

The words are not compared but believed: whoever does what they say must get in.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vault_bench import CHEAP, Bench

from trustkit.errors import TrustkitError, WriteError
from trustkit.model.entry import Draft, Note
from trustkit.vault import create_sealed, durable, locking, recover_vault, seal_vault, sentences
from trustkit.vault.folder import DiskFolder
from trustkit.vault.sealed import SealedVault

NEW = "new words"


class FailsAt(durable.Layer):
    """Fails one call of a name, by its number; 0 fails none and counts."""

    def __init__(self, call: str, number: int = 0, code: int = errno.EIO) -> None:
        self.calls = 0
        original = getattr(super(), call)

        def fail(*arguments: object) -> object:
            self.calls += 1
            if self.calls == number:
                raise OSError(code, os.strerror(code))
            return original(*arguments)

        setattr(self, call, fail)


class World:
    """A journal with a page and a recovery key, and what a reader has at hand."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        vault = bench.seal()
        self.entry = vault.add(Note("words"))
        self.draft = Draft(vault.new_id(), Note("half"), bench.clock(), target=vault.new_rev())
        vault.save_draft(self.draft)
        self.old_paper = vault.make_recovery()
        vault.keep_recovery(self.old_paper, bench.passphrase)
        self.new_paper = ""
        vault.close()
        self.before = {path: path.read_bytes() for path in bench.data.rglob("*") if path.is_file()}

    def vault(self, layer: durable.Layer) -> SealedVault:
        vault = self.bench.again()
        assert isinstance(vault, SealedVault)
        vault._disk.layer = layer
        return vault

    def opens(self, passphrase: str) -> bool:
        return tries(lambda: self.bench.again(passphrase).get(self.entry.id))

    def paper_opens(self, paper: str) -> bool:
        return tries(lambda: self.bench.locked().unlock_recovery(paper))

    def power_cut(self, *names: str) -> None:
        """What was done last and not made to last is undone."""
        for name in names:
            path = self.bench.data / name
            if path in self.before:
                path.write_bytes(self.before[path])


def tries(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except TrustkitError:
        return False
    return True


def change(world: World, vault: SealedVault) -> None:
    vault.change_passphrase(world.bench.passphrase, NEW)


def recover(world: World, vault: SealedVault) -> None:
    layer, original = vault._disk.layer, DiskFolder.__init__

    def with_layer(self: DiskFolder, root: Path, _: Any = None) -> None:
        original(self, root, layer if root == world.bench.data else None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DiskFolder, "__init__", with_layer)
        recover_vault(world.bench.paths, world.old_paper, NEW, clock=world.bench.clock, log_n=CHEAP)


def new_paper(world: World, vault: SealedVault) -> None:
    world.new_paper = vault.make_recovery()
    vault.keep_recovery(world.new_paper, world.bench.passphrase)


def drop_paper(world: World, vault: SealedVault) -> None:
    vault.drop_recovery(world.bench.passphrase)


def is_true(world: World, said: WriteError) -> None:
    """Do what the sentence says, right away and after a power cut."""
    old = world.bench.passphrase
    match (said.happened, said.do_next):
        case sentences.NEW_PASSPHRASE_UNSURE:
            assert (world.opens(NEW), world.opens(old)) == (True, False)
            world.power_cut("key.age")
            assert world.opens(old)
        case sentences.RECOVERED_UNSURE:
            assert world.opens(NEW)
            assert world.paper_opens(world.old_paper)
            world.power_cut("key.age")
            assert world.paper_opens(world.old_paper)
        case sentences.KEY_UNSURE | (_, sentences.KEY_AS_IT_WAS | sentences.NOTHING_CHANGED):
            assert world.opens(old)
            assert world.paper_opens(world.old_paper)
        case sentences.PAPER_UNSURE | (_, sentences.PAPERS_BOTH):
            assert world.opens(old)
            assert world.paper_opens(world.new_paper)
            world.power_cut("key.recovery.age")
            assert world.paper_opens(world.old_paper)
        case sentences.PAPER_DROPPED_UNSURE:
            assert world.opens(old)
        case _, sentences.PAPER_STILL_OPENS:
            assert world.opens(old)
            assert world.paper_opens(world.old_paper)
        case _:
            raise AssertionError(f"nobody can act on {said.happened!r} {said.do_next!r}")


DEEDS = {
    "a change of passphrase": change,
    "recovering": recover,
    "a new recovery key": new_paper,
    "dropping the recovery key": drop_paper,
}


@pytest.mark.parametrize("call", ["sync_folder", "replace", "unlink"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=["EIO", "ENOSPC"])
@pytest.mark.parametrize("name", DEEDS)
def test_whichever_call_fails_while_the_keys_change_what_is_said_opens_the_journal(
    bench: Bench, name: str, call: str, code: int
) -> None:
    counting = FailsAt(call)
    rehearsal = World(
        Bench(
            type(bench.paths)(bench.paths.content, bench.data / "r", bench.data / "rc", bench.data / "rk"), bench.clock
        )
    )
    DEEDS[name](rehearsal, rehearsal.vault(counting))
    assert counting.calls or call == "unlink"
    failed = 0
    for number in range(1, counting.calls + 1):
        home = bench.data / str(number)
        world = World(Bench(type(bench.paths)(bench.paths.content, home, home / "cache", home / "config"), bench.clock))
        try:
            DEEDS[name](world, world.vault(FailsAt(call, number, code)))
        except WriteError as error:
            failed += 1
            is_true(world, error)
    assert failed or call == "unlink"


def test_a_new_journal_whose_key_was_written_and_may_not_last_is_told_as_one(bench: Bench, monkeypatch) -> None:
    def fails(self: durable.Layer, path: Path) -> None:
        if (path / "key.age").exists():
            raise OSError(errno.EIO, "failed")

    original = durable.Layer.unlink

    def stays(self: durable.Layer, path: Path) -> None:
        if path.name == "key.age":
            raise OSError(errno.EIO, "failed")
        original(self, path)

    with monkeypatch.context() as patch:
        bench.data.mkdir(parents=True)
        patch.setattr(durable.Layer, "sync_folder", fails)
        patch.setattr(durable.Layer, "unlink", stays)
        with pytest.raises(WriteError) as caught:
            bench.seal()
    assert (caught.value.happened, caught.value.do_next) == sentences.NEW_JOURNAL_UNSURE
    assert not bench.again().locked


def test_a_journal_whose_folder_could_not_be_made_after_its_key_is_a_journal(bench: Bench, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(DiskFolder, "begin", lambda *_: (_ for _ in ()).throw(WriteError("The disk failed.", "")))
        vault = create_sealed(bench.paths, bench.passphrase, clock=bench.clock, log_n=CHEAP)
    entry = vault.add(Note("words"))
    assert bench.again().get(entry.id).body == Note("words")


def test_what_fails_to_close_after_all_was_done_undoes_nothing_and_says_nothing(bench: Bench, monkeypatch) -> None:
    vault, close = bench.seal(), os.close

    def fails(descriptor: int) -> None:
        close(descriptor)
        raise OSError(errno.EIO, "failed")

    with monkeypatch.context() as patch, locking.exclusive(DiskFolder(bench.data)):
        patch.setattr(os, "close", fails)
        durable.Layer().sync_folder(bench.data)
        assert vault._folder.read("key.age", 1 << 20)
    vault.change_passphrase(bench.passphrase, NEW)  # the lock was given back
    assert not bench.again(NEW).locked


@pytest.mark.parametrize("deed", ["save", "throw away"])
def test_a_draft_that_was_written_or_thrown_away_and_may_not_last_is_told_so(bench: Bench, deed: str) -> None:
    world = World(bench)
    vault = world.vault(durable.Layer())
    vault.save_draft(world.draft)  # its folder is there and lasts
    vault._disk.layer = FailsAt("sync_folder", 1)
    draft = Draft(world.draft.id, Note("more words"), bench.clock(), target=world.draft.target)
    vault.drafts()
    do = {"save": lambda: vault.save_draft(draft), "throw away": lambda: vault.drop_draft(world.draft.id)}[deed]
    with pytest.raises(WriteError) as caught:
        do()
    said = sentences.NOT_LASTING if deed == "save" else sentences.REMOVED_NOT_LASTING
    assert (caught.value.happened, caught.value.do_next) == said
    held = [one.body for one in bench.again().drafts()]
    assert (Note("more words") in held) if deed == "save" else held == []


@pytest.mark.parametrize("call", ["unlink", "sync_folder"])
def test_an_erasure_that_was_broken_off_says_where_the_page_is_and_can_be_done_again(bench: Bench, call: str) -> None:
    world = World(bench)
    vault = world.vault(durable.Layer())
    vault.revise(world.entry.id, Note("other words"))
    vault.delete(world.entry.id)
    vault._disk.layer = FailsAt(call, 2)
    with pytest.raises(WriteError) as caught:
        vault.forget(world.entry.id)
    assert caught.value.do_next == sentences.NOT_ALL_ERASED
    again = bench.again()
    assert again.summaries() == ()
    again.forget(world.entry.id)
    assert len(bench.files()) == 1


def test_sealing_that_was_broken_off_says_that_the_journal_has_its_passphrase(bench: Bench, monkeypatch) -> None:
    vault = bench.open()
    entries = [vault.add(Note(f"page {number}")) for number in range(2)]
    unlink, calls = durable.Layer.unlink, 0

    def fails(self: durable.Layer, path: Path) -> None:
        nonlocal calls
        if path.suffix == ".toml":
            raise OSError(errno.EIO, "failed")
        unlink(self, path)

    with monkeypatch.context() as patch:
        patch.setattr(durable.Layer, "unlink", fails)
        with pytest.raises(WriteError) as caught:
            seal_vault(bench.paths, bench.passphrase, clock=bench.clock, log_n=CHEAP)
    assert caught.value.do_next == sentences.SEALED_IN_PART
    again = bench.again()
    assert again.mode == "sealed"
    again.seal()
    assert {again.get(entry.id).body for entry in entries} == {Note("page 0"), Note("page 1")}
