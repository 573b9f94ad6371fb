"""A recovery key made anew, dropped or used, broken off at each single call to the disk: nobody is ever locked out."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from vault_bench import Bench

from trustkit.errors import ReadError, WrongKey
from trustkit.model.entry import Note
from trustkit.vault import durable, recover_vault
from trustkit.vault.sealed import SealedVault

CALLS = ("open", "write", "sync", "close", "link", "sync_folder", "replace", "unlink", "chmod_open")
COPIES = ("key.sync-conflict-20261122-021409-ABCDEFG.age", "key.recovery.sync-conflict-20261122-021409-ABCDEFG.age")
NEW = "other words"


class Killed(BaseException):
    """Not an error that anybody handles: nothing is tidied up after it."""


class Dying(durable.Layer):
    """Does so many calls to the disk, and none after."""

    def __init__(self, calls: int) -> None:
        self.left = calls
        for call in CALLS:
            setattr(self, call, self._counted(getattr(super(), call)))

    def _counted(self, original: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object) -> object:
            if self.left <= 0:
                raise Killed
            self.left -= 1
            return original(*arguments)

        return counted


@pytest.fixture
def before(bench: Bench, tmp_path: Path) -> tuple[str, str, Path]:
    """A journal with a recovery key and a copy of each key file: a page, the recovery key, and all of it set aside."""
    vault = bench.seal()
    entry = vault.add(Note("words"))
    recovery = vault.make_recovery()
    vault.keep_recovery(recovery, bench.passphrase)
    vault.close()
    for name, copy in zip(("key.age", "key.recovery.age"), COPIES, strict=True):
        shutil.copy(bench.data / name, bench.data / copy)
    aside = tmp_path / "aside"
    shutil.copytree(bench.data, aside)
    return entry.id, recovery, aside


def opens(bench: Bench, entry_id: str, *, passphrase: str = "", recovery: str = "") -> bool:
    vault = bench.locked()
    try:
        vault.unlock_recovery(recovery) if recovery else vault.unlock(passphrase)
    except (WrongKey, ReadError):
        return False
    return vault.get(entry_id).body == Note("words")


def each_time(bench: Bench, aside: Path, deed: Callable[[durable.Layer], None], check: Callable[[], None]) -> int:
    """Break a deed off after no call, one, two, until it comes to its end; check after each. How many it takes."""
    for calls in range(400):
        shutil.rmtree(bench.data)
        shutil.copytree(aside, bench.data)
        try:
            deed(Dying(calls))
        except Killed:
            check()
        else:
            return calls
    raise AssertionError("it never came to its end")


def window(bench: Bench, layer: durable.Layer) -> SealedVault:
    vault = bench.again()
    assert isinstance(vault, SealedVault)
    vault._disk.layer = layer
    return vault


def key_files(bench: Bench) -> list[str]:
    return sorted(name for name in os.listdir(bench.data) if name.startswith("key"))  # noqa: PTH208


def test_a_new_recovery_key_broken_off_anywhere_leaves_the_old_or_the_new_one(bench, before) -> None:
    entry, old, aside = before
    new = ""

    def deed(layer: durable.Layer) -> None:
        nonlocal new
        vault = window(bench, layer)
        new = vault.make_recovery()
        vault.keep_recovery(new, bench.passphrase)

    def check() -> None:
        assert opens(bench, entry, passphrase=bench.passphrase)
        assert opens(bench, entry, recovery=old) or opens(bench, entry, recovery=new)

    assert each_time(bench, aside, deed, check) > 20
    assert opens(bench, entry, passphrase=bench.passphrase)
    assert opens(bench, entry, recovery=new)
    assert not opens(bench, entry, recovery=old)
    assert key_files(bench) == ["key.age", "key.recovery.age"]


def test_dropping_it_broken_off_anywhere_leaves_the_passphrase_and_can_be_done_again(bench, before) -> None:
    entry, old, aside = before

    def deed(layer: durable.Layer) -> None:
        window(bench, layer).drop_recovery(bench.passphrase)

    def check() -> None:
        assert opens(bench, entry, passphrase=bench.passphrase)
        bench.again().drop_recovery(bench.passphrase)
        assert not opens(bench, entry, recovery=old)
        assert key_files(bench) == ["key.age"]

    assert each_time(bench, aside, deed, check) > 10
    assert opens(bench, entry, passphrase=bench.passphrase)
    assert key_files(bench) == ["key.age"]


def test_a_forgotten_passphrase_replaced_and_broken_off_anywhere_can_be_replaced_again(
    bench, before, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, recovery, aside = before

    def deed(layer: durable.Layer) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(durable, "Layer", lambda: layer)
            recover_vault(bench.paths, recovery, NEW, clock=bench.clock, log_n=4)

    def check() -> None:
        assert opens(bench, entry, recovery=recovery)
        assert opens(bench, entry, passphrase=NEW) or opens(bench, entry, passphrase=bench.passphrase)
        recover_vault(bench.paths, recovery, NEW, clock=bench.clock, log_n=4).close()
        assert opens(bench, entry, passphrase=NEW)
        assert not opens(bench, entry, passphrase=bench.passphrase)

    assert each_time(bench, aside, deed, check) > 20
    assert opens(bench, entry, passphrase=NEW)
    assert not opens(bench, entry, passphrase=bench.passphrase)
    assert key_files(bench) == ["key.age", "key.recovery.age"]
