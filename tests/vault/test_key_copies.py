"""Conflict copies of the key file: tried with the same passphrase, taken together, never overwritten when unlike."""

import pytest

from trustkit.errors import WriteError, WrongKey
from trustkit.model.entry import Note
from trustkit.vault import inspect
from trustkit.vault.folder import DiskFolder
from trustkit.vault.keyring import Keyring
from trustkit.vault.keys import Keys
from trustkit.vault.sealed import SealedVault


def said(vault: SealedVault, file: str) -> list[str]:
    return [problem.happened for problem in vault.problems if problem.file == file]


def test_conflict_copies_of_the_key_are_tried_and_their_keys_used_together(bench, sealed) -> None:
    mine = sealed.add(Note("mine"))
    other = bench.elsewhere("other")
    for path in other.data.rglob("*"):
        if path.is_file():
            path.unlink()
    (other.data / "entries").rename(other.data / "gone")
    theirs_vault = other.seal()
    theirs = theirs_vault.add(Note("theirs"))
    source = next((other.data / "entries/2026/11").iterdir())
    (bench.data / "entries/2026/11" / source.name).write_bytes(source.read_bytes())
    copy = bench.data / "key.sync-conflict-20261122-021409-ABCDEFG.age"
    copy.write_bytes((other.data / "key.age").read_bytes())

    vault = bench.again()
    assert vault.get(mine.id).body == Note("mine")
    assert vault.get(theirs.id).body == Note("theirs")
    assert said(vault, copy.name) == ["A second key file holds another key for this journal; both are used."]
    assert copy.exists()

    vault.change_passphrase(bench.passphrase, "new")
    assert not copy.exists()
    with pytest.raises(WrongKey):
        bench.again()
    merged = bench.again("new")
    assert {merged.get(entry.id).body for entry in (mine, theirs)} == {Note("mine"), Note("theirs")}
    assert merged.problems == ()


def test_two_devices_that_merged_their_keys_seal_to_the_same_one(clock) -> None:
    one = Keys.generate(clock())
    two = Keys.generate(clock.forward(days=1))
    assert one.merged([two]).recipient == two.merged([one]).recipient == two.recipient
    assert {key.to_text() for key in one.merged([two]).identities} == {
        key.to_text() for key in (*one.identities, *two.identities)
    }


def foreign_key(bench) -> bytes:
    """The key file of somebody else's vault, with somebody else's passphrase."""
    away = bench.data.with_name("away")
    folder = DiskFolder(away)
    Keyring(folder, folder, clock=bench.clock, log_n=4).create("theirs")
    return (away / "key.age").read_bytes()


def test_a_key_copy_with_another_passphrase_is_named_and_left_alone(bench, sealed) -> None:
    copy = bench.data / "key (1).age"
    copy.write_bytes(foreign_key(bench))
    vault = bench.again()
    assert said(vault, copy.name) == ["A second key file does not open with this passphrase."]
    vault.change_passphrase(bench.passphrase, "new")
    assert copy.exists()


def test_when_only_the_copy_opens_the_key_file_itself_is_not_overwritten(bench, sealed) -> None:
    key, copy = bench.data / "key.age", bench.data / "key (1).age"
    before = key.read_bytes()
    key.rename(copy)
    foreign = foreign_key(bench)
    key.write_bytes(foreign)
    vault = bench.again()
    with pytest.raises(WriteError, match="not overwritten"):
        vault.change_passphrase(bench.passphrase, "new")
    assert key.read_bytes() == foreign
    assert copy.read_bytes() == before


def test_a_damaged_copy_of_the_key_does_not_stand_in_the_way(bench, sealed) -> None:
    (bench.data / "key.age~").write_bytes(b"torn")
    vault = bench.again()
    assert said(vault, "key.age~") == ["A second key file is damaged."]


def test_a_copy_serves_when_the_key_file_itself_is_gone(bench, sealed) -> None:
    entry = sealed.add(Note("words"))
    (bench.data / "key.age").rename(bench.data / "key (1).age")
    assert inspect(bench.data) == "sealed"
    vault = bench.again()
    assert vault.get(entry.id).body == Note("words")
    vault.change_passphrase(bench.passphrase, "new")
    assert [path.name for path in bench.data.iterdir() if "key" in path.name] == ["key.age"]
