"""No change of the key files lets go of a key that opens something nothing else does, nor seals to a stranger's."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from trustkit.errors import WriteError
from trustkit.model.entry import Note
from trustkit.vault import age, back_up, durable, keyring, recover_vault, restore_backup, wrapping
from trustkit.vault.coder import MOST
from trustkit.vault.folder import DiskFolder
from trustkit.vault.keys import Keys
from trustkit.vault.locking import exclusive
from trustkit.vault.sealed import SealedVault

CONFLICT = "sync-conflict-20261122-021409-ABCDEFG"
NEW = "new words"


def wrapped(bench, text: str) -> bytes:
    return age.encrypt_passphrase(text.encode(), bench.passphrase, 4)


def text_of(file: Path, passphrase: str) -> str:
    return age.decrypt_passphrase(file.read_bytes(), passphrase).decode()


def with_another_key(bench) -> bytes:
    """The key file once another device has added a newer key to it."""
    text = text_of(bench.data / "key.age", bench.passphrase)
    return wrapped(bench, f"{text}\n# created: 2026-11-23T00:00:00+01:00\n{age.Identity.generate().to_text()}\n")


def recovery_of(bench, vault: SealedVault) -> str:
    key = vault.make_recovery()
    vault.keep_recovery(key, bench.passphrase)
    return key


def recovered(bench, key: str) -> SealedVault:
    return recover_vault(bench.paths, key, NEW, clock=bench.clock, log_n=4)


def refusing(monkeypatch, asked: Callable[[str], bool], number: int) -> None:
    """The disk refuses to give out the files that are asked for."""
    original = durable.read

    def read(path: Path | str, limit: int) -> bytes:
        if asked(str(path)):
            raise OSError(number, "refused")
        return original(path, limit)

    monkeypatch.setattr(durable, "read", read)


@pytest.fixture
def theirs(bench, sealed):
    """A recovery key, and an entry that only a key opens which the recovery file never learned of."""
    recovery = recovery_of(bench, sealed)
    sealed.close()
    (bench.data / "key.age").write_bytes(with_another_key(bench))
    vault = bench.again()
    entry = vault.add(Note("theirs"))
    vault.close()
    return recovery, entry


# What opens everything


@pytest.mark.parametrize("name", [f".{CONFLICT}.toml.age", ".restored.toml.age", ".toml.age~"])
def test_a_key_that_opens_nothing_but_a_copy_of_an_entry_is_kept_when_recovering(bench, theirs, name: str) -> None:
    recovery, entry = theirs
    file = bench.file(entry.id, entry.rev)
    file.rename(file.with_name(file.name.removesuffix(".toml.age") + name))
    recovered(bench, recovery).close()
    assert bench.again().get(entry.id).body == Note("theirs")


def test_an_entry_that_cannot_be_read_may_need_the_former_key(bench, theirs, monkeypatch) -> None:
    recovery, entry = theirs
    with monkeypatch.context() as patch:
        refusing(patch, lambda path: entry.id in path, errno.EIO)
        recovered(bench, recovery).close()
    assert bench.again().get(entry.id).body == Note("theirs")


STANZA = b"-> X25519 " + age.to_base64(bytes(32)) + b"\n" + age.to_base64(bytes(32)) + b"\n"


@pytest.mark.parametrize(
    "grown",
    [
        lambda data: data + bytes(MOST),
        lambda data: data.replace(b"\n", b"\n" + STANZA * (age.MAX_STANZAS + 1), 1),
    ],
    ids=["too large", "too many recipients"],
)
def test_an_entry_that_was_not_tried_may_need_the_former_key(bench, theirs, grown) -> None:
    recovery, entry = theirs
    file = bench.file(entry.id, entry.rev)
    before = file.read_bytes()
    file.write_bytes(grown(before))
    recovered(bench, recovery).close()
    file.write_bytes(before)
    assert bench.again().get(entry.id).body == Note("theirs")


# Key files that cannot be read or were not tried


@pytest.mark.parametrize("name", ["key.age", "key.recovery.age"])
@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
def test_a_key_file_that_cannot_be_read_is_not_taken_for_none(bench, theirs, monkeypatch, name, number: int) -> None:
    recovery, entry = theirs
    shutil.copy(bench.data / "key.recovery.age", bench.data / "key.recovery (1).age")
    before = {path: path.read_bytes() for path in bench.data.glob("key*")}
    with monkeypatch.context() as patch:
        refusing(patch, lambda path: path.endswith(f"/{name}"), number)
        with pytest.raises(WriteError) as caught:
            recovered(bench, recovery)
    assert caught.value.happened == "A key file is there and can't be read, so it was not overwritten."
    assert {path: path.read_bytes() for path in bench.data.glob("key*")} == before
    assert bench.again().get(entry.id).body == Note("theirs")


@pytest.mark.parametrize("why", [age.NotEnoughMemory, age.TooMuchWork])
def test_a_key_file_that_was_not_tried_is_not_overwritten_with_a_copy(bench, sealed, monkeypatch, why) -> None:
    key = bench.data / "key.age"
    shutil.copy(key, bench.data / "key (1).age")
    key.write_bytes(with_another_key(bench))
    vault = bench.again()
    entry = vault.add(Note("theirs"))
    vault.close()
    main, original = key.read_bytes(), age.decrypt_passphrase

    def untried(data: bytes, passphrase: str) -> bytes:
        if data == main:
            raise why
        return original(data, passphrase)

    with monkeypatch.context() as patch:
        patch.setattr(age, "decrypt_passphrase", untried)
        vault = bench.again()
        for change in (
            lambda: vault.change_passphrase(bench.passphrase, NEW),
            lambda: vault.drop_recovery(bench.passphrase),
            lambda: vault.check_passphrase(bench.passphrase),
        ):
            with pytest.raises(WriteError, match=r"could not be tried.*was not overwritten"):
                change()
    assert key.read_bytes() == main
    assert bench.again().get(entry.id).body == Note("theirs")


def test_a_damaged_key_file_is_kept_where_its_copy_does_not_open_everything(bench, theirs) -> None:
    _, entry = theirs
    key = bench.data / "key.age"
    whole = key.read_bytes()
    older = text_of(key, bench.passphrase).partition("\n\n")[0] + "\n"
    (bench.data / "key (1).age").write_bytes(wrapped(bench, older))
    key.write_bytes(whole + b"x")
    bench.again().change_passphrase(bench.passphrase, NEW)
    [aside] = bench.data.glob("key.aside-*.age")
    aside.write_bytes(aside.read_bytes()[:-1])
    assert bench.again().get(entry.id).body == Note("theirs")


# The recovery file


@pytest.fixture
def older(bench, sealed):
    """`key.age` put back as it was before another key came in; the recovery file beside it holds that key."""
    recovery = recovery_of(bench, sealed)
    former = (bench.data / "key.age").read_bytes()
    (bench.data / "key.age").write_bytes(with_another_key(bench))
    vault = bench.again()
    entry = vault.add(Note("theirs"))
    vault.change_passphrase(bench.passphrase, NEW)
    vault.close()
    (bench.data / "key.age").write_bytes(former)
    return recovery, entry


def test_a_key_that_only_the_recovery_file_holds_outlives_a_change_of_passphrase(bench, older) -> None:
    recovery, entry = older
    vault = bench.again()
    vault.change_passphrase(bench.passphrase, "newer")
    [aside] = bench.data.glob("key.recovery.aside-*.age")
    [said] = [problem for problem in vault.problems if problem.file == aside.name]
    assert "the former recovery file was kept" in said.happened
    again = bench.locked()
    again.unlock_recovery(recovery)
    assert again.get(entry.id).body == Note("theirs")
    recovered(bench, recovery).close()
    assert bench.again(NEW).get(entry.id).body == Note("theirs")
    assert {path.name for path in bench.data.glob("key*")} == {"key.age", "key.recovery.age"}


@pytest.mark.parametrize("anew", [True, False], ids=["made anew", "dropped"])
def test_a_key_that_only_the_recovery_file_holds_outlives_another_paper(bench, older, anew: bool) -> None:
    recovery, entry = older
    vault = bench.again()
    if anew:
        recovery_of(bench, vault)
    else:
        vault.drop_recovery(bench.passphrase)
    assert any("older recovery file was kept" in problem.happened for problem in vault.problems)
    again = bench.locked()
    again.unlock_recovery(recovery)
    assert again.get(entry.id).body == Note("theirs")


def test_where_the_key_file_opens_everything_no_former_recovery_file_is_kept(bench, sealed) -> None:
    recovery_of(bench, sealed)
    sealed.add(Note("words"))
    sealed.change_passphrase(bench.passphrase, NEW)
    assert {path.name for path in bench.data.glob("key*")} == {"key.age", "key.recovery.age"}


# What comes in meanwhile


@pytest.mark.parametrize("what", ["passphrase", "recovery", "recover"])
def test_a_key_file_that_a_sync_brings_during_a_change_is_not_overwritten(bench, sealed, monkeypatch, what) -> None:
    key = bench.data / "key.age"
    recovery = recovery_of(bench, sealed)
    sealed.close()
    older, newer = key.read_bytes(), with_another_key(bench)
    key.write_bytes(newer)
    vault = bench.again()
    entry = vault.add(Note("by the other device"))
    vault.close()
    key.write_bytes(older)
    vault, wrap = bench.again(), wrapping.wrap

    def slow(*arguments: object) -> bytes:
        sealed_key = wrap(*arguments)
        key.write_bytes(newer)
        return sealed_key

    change = {
        "passphrase": lambda: vault.change_passphrase(bench.passphrase, NEW),
        "recovery": lambda: vault.drop_recovery(bench.passphrase),
        "recover": lambda: recovered(bench, recovery),
    }[what]
    with monkeypatch.context() as patch:
        patch.setattr(keyring, "wrap", slow)
        with pytest.raises(WriteError, match=r"changed the key file just now.*try again"):
            change()
    assert key.read_bytes() == newer
    assert bench.again().get(entry.id).body == Note("by the other device")
    vault.change_passphrase(bench.passphrase, NEW)
    assert bench.again(NEW).get(entry.id).body == Note("by the other device")


@pytest.mark.parametrize("brought", ["key.age", "key.recovery.age"])
@pytest.mark.parametrize("what", ["passphrase", "new recovery", "no recovery", "recover"])
def test_when_a_sync_brings_one_key_file_during_a_change_neither_of_the_two_is_written(
    bench, sealed, monkeypatch, what: str, brought: str
) -> None:
    recovery = recovery_of(bench, sealed)
    theirs = bench.elsewhere("theirs").again()
    recovery_of(bench.elsewhere("theirs-too"), theirs)
    foreign = (theirs.data / brought).read_bytes()
    expected = {path.name: path.read_bytes() for path in bench.data.glob("key*")} | {brought: foreign}
    new, wrap = sealed.make_recovery(), wrapping.wrap

    def slow(*arguments: object) -> bytes:
        sealed_key = wrap(*arguments)
        (bench.data / brought).write_bytes(foreign)
        return sealed_key

    changes = {
        "passphrase": lambda: sealed.change_passphrase(bench.passphrase, NEW),
        "new recovery": lambda: sealed.keep_recovery(new, bench.passphrase),
        "no recovery": lambda: sealed.drop_recovery(bench.passphrase),
        "recover": lambda: recovered(bench, recovery),
    }
    monkeypatch.setattr(keyring, "wrap", slow)
    with pytest.raises(WriteError, match=r"changed the key file just now.*try again"):
        changes[what]()
    assert {path.name: path.read_bytes() for path in bench.data.glob("key*")} == expected


# What seals


def test_a_key_that_stands_only_in_a_conflict_copy_opens_and_never_seals(bench, sealed) -> None:
    recovery = recovery_of(bench, sealed)
    sealed.close()
    copy = bench.data / f"key.{CONFLICT}.age"
    bench.clock.forward(days=1)
    copy.write_bytes(wrapped(bench, Keys.generate(bench.clock()).text))
    vault = bench.again()
    entry = vault.add(Note("words"))
    vault.close()
    again = bench.locked()
    again.unlock_recovery(recovery)
    assert again.get(entry.id).body == Note("words")
    copy.unlink()
    assert bench.again().get(entry.id).body == Note("words")


def test_what_a_copy_of_the_recovery_file_alone_holds_never_seals(bench, sealed) -> None:
    key = recovery_of(bench, sealed)
    paper = age.Identity.from_text(key).recipient
    bench.clock.forward(days=1)
    other = Keys.generate(bench.clock()).text
    (bench.data / f"key.recovery.{CONFLICT}.age").write_bytes(age.encrypt(other.encode(), [paper]))
    vault = bench.locked()
    vault.unlock_recovery(key)
    entry = vault.add(Note("words"))
    assert bench.again().get(entry.id).body == Note("words")


def test_whoever_holds_a_backup_that_was_merged_cannot_read_what_is_written_later(bench, sealed, file) -> None:
    sealed.close()
    bench.clock.forward(days=30)
    other = bench.elsewhere("other")
    shutil.rmtree(other.data)
    theirs = other.seal("shared word")
    note = theirs.add(Note("shared"))
    theirs.close()
    back_up(other.paths, file, clock=bench.clock)
    vault = bench.again()
    restore_backup(
        bench.paths, file, clock=bench.clock, into=vault, passphrase=bench.passphrase, backup_passphrase="shared word"
    )
    vault.change_passphrase(bench.passphrase, NEW)  # which reads the keys anew
    for window in (vault, bench.again(NEW)):
        later = window.add(Note("written later"))
        assert window.get(note.id).body == Note("shared")
        backups = Keys.read(text_of(other.data / "key.age", "shared word"))
        with pytest.raises(age.NoMatch):
            age.decrypt(bench.file(later.id, later.rev).read_bytes(), backups.identities)


def test_a_key_from_a_backup_never_seals_even_beside_one_without_a_date(clock) -> None:
    for _ in range(8):  # without a date the larger public key seals, so that chance would hide it
        mine = Keys.read(age.Identity.generate().to_text())
        taken = mine.merged([Keys.generate(clock()).from_backup()])
        assert taken.recipient == mine.recipient
        assert len(taken.identities) == 2
        assert mine.merged([taken.from_backup(), taken]).recipient == mine.recipient


def test_a_key_without_a_date_never_wins_over_one_with(clock) -> None:
    for _ in range(8):
        dated, undated = Keys.generate(clock()), Keys.read(age.Identity.generate().to_text())
        assert dated.merged([undated]).recipient == undated.merged([dated]).recipient == dated.recipient


def test_keys_are_taken_together_whether_or_not_the_last_line_ends(clock) -> None:
    one = Keys.read(Keys.generate(clock()).text.rstrip("\n"))
    paper = age.Identity.generate().recipient
    merged = one.merged([one.with_recovery([paper])])
    assert merged.identities == one.identities
    assert merged.recovery == (paper,)


# The limits of a key file and of a file system


def test_a_key_file_is_never_made_larger_than_one_that_is_read(bench, sealed) -> None:
    recovery = recovery_of(bench, sealed)
    entry = sealed.add(Note("words"))
    before = {path: path.read_bytes() for path in bench.data.glob("key*")}
    huge = Keys.read(Keys.generate(bench.clock()).text + f"# {'x' * 65_000}\n")
    with pytest.raises(WriteError, match="larger than one that can be opened"):
        sealed._keyring.adopt(bench.passphrase, huge)
    with pytest.raises(WriteError, match="larger than one that can be opened"):
        wrapping.to_recovery(huge.with_recovery([age.Identity.from_text(recovery).recipient] * 3))
    assert {path: path.read_bytes() for path in bench.data.glob("key*")} == before
    assert bench.again().get(entry.id).body == Note("words")


@pytest.mark.skipif(os.name == "nt", reason="locks by another call there")
@pytest.mark.parametrize("number", [errno.ENOTSUP, errno.ENOLCK, errno.ENOSYS])
def test_where_a_file_system_knows_no_locks_the_passphrase_can_be_changed_all_the_same(
    bench, sealed, monkeypatch, number: int
) -> None:
    def none(*_: object) -> None:
        raise OSError(number, "no locks here")

    monkeypatch.setattr("fcntl.flock", none)
    sealed.change_passphrase(bench.passphrase, NEW)
    assert not bench.again(NEW).locked


@pytest.mark.skipif(os.name == "nt", reason="locks by another call there")
@pytest.mark.parametrize(("number", "said"), [(errno.EWOULDBLOCK, "Another window"), (errno.EIO, "disk failed")])
def test_only_a_lock_that_is_held_is_said_to_be_held(bench, sealed, monkeypatch, number: int, said: str) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr("fcntl.flock", refused)
    with pytest.raises(WriteError, match=said), exclusive(sealed._disk):
        pass


# Things that are no copies, and copies that cannot be removed


@pytest.mark.parametrize("name", ["key.age.old", "key.recovery.age.old"])
def test_a_folder_that_is_called_like_a_copy_of_a_key_is_none(bench, sealed, name: str) -> None:
    recovery = recovery_of(bench, sealed)
    (bench.data / name).mkdir(mode=0o700)
    vault = recovered(bench, recovery)
    assert vault.problems == ()
    assert bench.again(NEW).problems == ()
    vault.drop_recovery(NEW)
    assert not vault.has_recovery
    assert (bench.data / name).is_dir()


def unremovable(vault_folder: type[DiskFolder], monkeypatch, name: str) -> None:
    original = vault_folder.remove

    def remove(self: DiskFolder, asked: str) -> None:
        if asked == name:
            raise WriteError("This folder can't be written to.", "Nothing was saved.")
        original(self, asked)

    monkeypatch.setattr(vault_folder, "remove", remove)


def test_a_copy_that_cannot_be_removed_is_named_and_does_not_undo_what_was_done(bench, sealed, monkeypatch) -> None:
    recovery = recovery_of(bench, sealed)
    shutil.copy(bench.data / "key.age", bench.data / "key (1).age")
    shutil.copy(bench.data / "key.recovery.age", bench.data / "key.recovery (1).age")
    for name in ("key (1).age", "key.recovery (1).age"):
        with monkeypatch.context() as patch:
            unremovable(DiskFolder, patch, name)
            vault = recovered(bench, recovery)
        [said] = [problem for problem in vault.problems if problem.file == name]
        assert "could not be removed" in said.happened
        assert "was done" in said.do_next
        assert not bench.again(NEW).locked
        shutil.copy(bench.data / "key.recovery.age", bench.data / "key.recovery (1).age")
    with monkeypatch.context() as patch:
        unremovable(DiskFolder, patch, "key.recovery (1).age")
        vault.drop_recovery(NEW)
    assert any("could not be removed" in problem.happened for problem in vault.problems)


def test_copies_of_the_key_file_that_stay_when_recovering_are_named(bench, theirs) -> None:
    recovery, _ = theirs
    shutil.copy(bench.data / "key.age", bench.data / "key (1).age")
    vault = recovered(bench, recovery)
    assert {problem.file.partition("-")[0] for problem in vault.problems} == {"key (1).age", "key.aside"}
    for passphrase in (bench.passphrase, NEW):
        assert not bench.again(passphrase).locked
