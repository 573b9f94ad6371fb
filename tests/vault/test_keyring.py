"""The key file: what opens it, what does not, and that no change of it can lock a reader out."""

import os
import stat
import unicodedata

import pytest

from trustkit.errors import NoVault, ReadError, UsageError, WriteError, WrongKey
from trustkit.model.entry import Note
from trustkit.vault import age, inspect, open_vault
from trustkit.vault.keys import Keys
from trustkit.vault.locking import exclusive
from trustkit.vault.sealed import SealedVault


def said(vault: SealedVault, file: str) -> list[str]:
    return [problem.happened for problem in vault.problems if problem.file == file]


def test_the_right_passphrase_opens_it(bench, sealed) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    assert bench.again().get(entry.id).body == Note("words")


def test_a_wrong_passphrase_does_not_and_says_so(bench, sealed) -> None:
    locked = bench.locked()
    with pytest.raises(WrongKey) as caught:
        locked.unlock("plum otter lanterns")
    assert caught.value.happened == "That passphrase doesn't open it."
    assert locked.locked


@pytest.mark.parametrize("passphrase", ["", "half \ud800"])
def test_an_empty_or_broken_passphrase_is_refused(bench, passphrase: str) -> None:
    with pytest.raises(UsageError):
        bench.seal(passphrase)
    assert inspect(bench.data) == "none"


def test_the_same_letters_from_another_keyboard_open_it(bench) -> None:
    composed = unicodedata.normalize("NFC", "déjà vu été")
    bench.seal(composed).close()
    assert not bench.again(unicodedata.normalize("NFD", composed)).locked


def test_the_key_file_is_a_stock_identity_file_that_names_when_and_what(bench, sealed) -> None:
    text = age.decrypt_passphrase((bench.data / "key.age").read_bytes(), bench.passphrase).decode()
    lines = text.splitlines()
    assert lines[1] == "# created: 2026-11-22T02:10:09+01:00"
    assert lines[2] == "# public key: " + age.Identity.from_text(lines[3]).recipient.to_text()


def test_the_cost_is_the_one_that_was_decided_unless_a_test_says_otherwise(bench) -> None:
    import inspect as python

    from trustkit.vault import LOG_N, create_sealed

    assert LOG_N == age.LOG_N == 18
    assert python.signature(create_sealed).parameters["log_n"].default == 18


# Damage


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:50],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: flipped(data, len(data) - 1),
        lambda _: b"something else",
        lambda data: b"\0" * len(data),
        lambda data: data * 1000,
    ],
    ids=["empty", "cut", "cut by one", "longer", "flipped", "foreign", "zeroes", "huge"],
)
def test_a_damaged_key_file_is_called_damaged_and_not_a_wrong_passphrase(bench, sealed, damage) -> None:
    key = bench.data / "key.age"
    key.write_bytes(damage(key.read_bytes()))
    with pytest.raises(ReadError) as caught:
        bench.again()
    assert "damaged" in caught.value.happened
    assert "recovery key" in caught.value.do_next


def test_a_flipped_salt_looks_like_a_wrong_passphrase_but_the_changed_file_gives_it_away(bench, sealed) -> None:
    sealed.close()
    bench.again().close()  # it did open here before
    key = bench.data / "key.age"
    data = key.read_bytes()
    salt = data.index(b"scrypt ") + 8
    key.write_bytes(data[:salt] + (b"A" if data[salt : salt + 1] != b"A" else b"B") + data[salt + 1 :])
    with pytest.raises(WrongKey) as caught:
        bench.again()
    assert "not the one that opened here last time" in caught.value.happened
    assert "damaged" in caught.value.do_next


def test_a_key_that_asks_for_endless_work_is_refused_at_once(bench, sealed) -> None:
    key = bench.data / "key.age"
    data = key.read_bytes()
    header, _, rest = data.partition(b" 4\n")
    key.write_bytes(header + b" 30\n" + rest)
    with pytest.raises(ReadError, match="more work"):
        bench.again()


def test_short_memory_is_said_to_be_that(bench, sealed, monkeypatch) -> None:
    def none_left(*_: object) -> bytes:
        raise age.NotEnoughMemory

    monkeypatch.setattr(age, "decrypt_passphrase", none_left)
    with pytest.raises(ReadError, match="memory"):
        bench.again()


def test_a_key_that_is_a_link_is_not_followed(bench, sealed) -> None:
    key = bench.data / "key.age"
    key.rename(bench.data.parent / "elsewhere")
    key.symlink_to(bench.data.parent / "elsewhere")
    with pytest.raises(ReadError):
        bench.again()


# Beginning


def test_where_there_is_nothing_there_is_no_vault(bench) -> None:
    with pytest.raises(NoVault):
        bench.locked()
    assert not bench.data.exists()


def test_a_vault_is_never_started_over_another(bench) -> None:
    bench.seal()
    before = (bench.data / "key.age").read_bytes()
    for begin in (bench.seal, bench.open):
        with pytest.raises(WriteError):
            begin()
    assert (bench.data / "key.age").read_bytes() == before


def test_a_sealed_vault_is_not_started_over_an_open_one(bench) -> None:
    bench.open()
    for begin in (bench.seal, bench.open):
        with pytest.raises(WriteError):
            begin()
    assert inspect(bench.data) == "open"


def test_entries_without_their_key_are_named_and_nothing_new_is_started_over_them(bench, sealed) -> None:
    sealed.add(Note("words"))
    (bench.data / "key.age").unlink()
    assert inspect(bench.data) == "keyless"
    for begin in (bench.seal, bench.open, bench.locked):
        with pytest.raises(ReadError, match="key file"):
            begin()
    assert not (bench.data / "key.age").exists()


def test_the_data_folder_is_for_its_owner_alone_even_if_it_was_there(bench) -> None:
    bench.data.mkdir(mode=0o755)
    bench.seal()
    assert stat.S_IMODE(bench.data.stat().st_mode) == 0o700


def test_git_and_syncthing_are_told_what_stays_here(bench, sealed) -> None:
    for name in (".gitignore", ".stignore"):
        assert (bench.data / name).read_text().split() == ["/drafts/", "/cache/", "/config/", "/settings.toml", ".tk-*"]
    assert "-text" in (bench.data / ".gitattributes").read_text()


def test_what_a_reader_wrote_there_stays(bench, sealed) -> None:
    (bench.data / ".gitignore").write_text("mine\n")
    bench.again()
    assert (bench.data / ".gitignore").read_text() == "mine\n"


# Changing the passphrase


def test_after_a_change_the_new_passphrase_opens_and_the_old_one_does_not(bench, sealed) -> None:
    entry = sealed.add(Note("words"))
    sealed.change_passphrase(bench.passphrase, "new words here")
    with pytest.raises(WrongKey):
        bench.again()
    assert bench.again("new words here").get(entry.id).body == Note("words")


def test_the_old_passphrase_is_needed_to_change_it(bench, sealed) -> None:
    with pytest.raises(WrongKey):
        sealed.change_passphrase("wrong", "new")
    assert not bench.again().locked


def test_a_change_that_cannot_be_written_leaves_the_old_passphrase(bench, sealed, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(sealed._disk.layer, "replace", full)
    with pytest.raises(WriteError):
        sealed.change_passphrase(bench.passphrase, "new")
    assert not bench.again().locked


def test_a_wrap_that_does_not_open_again_is_never_put_in_place(bench, sealed, monkeypatch) -> None:
    before = (bench.data / "key.age").read_bytes()
    monkeypatch.setattr(age, "encrypt_passphrase", lambda *_: before[:-1] + b"x")
    with pytest.raises(WriteError, match="did not open again"):
        sealed.change_passphrase(bench.passphrase, "new")
    assert (bench.data / "key.age").read_bytes() == before


def test_two_changes_at_once_are_one_too_many(bench, sealed) -> None:
    with exclusive(sealed._disk), pytest.raises(WriteError, match="Another window"):
        sealed.change_passphrase(bench.passphrase, "new")
    sealed.change_passphrase(bench.passphrase, "new")


# The file itself


def test_an_armored_key_file_is_read_too(bench, sealed) -> None:
    import base64

    key = bench.data / "key.age"
    body = base64.b64encode(key.read_bytes()).decode()
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    key.write_text("-----BEGIN AGE ENCRYPTED FILE-----\n" + "\n".join(lines) + "\n-----END AGE ENCRYPTED FILE-----\n")
    assert not bench.again().locked


def test_comments_and_kinds_of_identity_that_this_version_does_not_know_survive(bench, sealed) -> None:
    key = bench.data / "key.age"
    text = age.decrypt_passphrase(key.read_bytes(), bench.passphrase).decode() + "# a note\nAGE-PLUGIN-YUBIKEY-1QQQ\n"
    key.write_bytes(age.encrypt_passphrase(text.encode(), bench.passphrase, 4))
    sealed.change_passphrase(bench.passphrase, "new")
    assert age.decrypt_passphrase(key.read_bytes(), "new").decode() == text


def test_keys_say_nothing_of_themselves_in_a_traceback(clock) -> None:
    keys = Keys.generate(clock())
    assert "AGE-SECRET" not in repr(keys)
    assert "age1" not in repr(keys)


def test_the_public_key_stands_in_no_clear_file(bench, sealed) -> None:
    sealed.add(Note("words"))
    sealed.close()
    text = age.decrypt_passphrase((bench.data / "key.age").read_bytes(), bench.passphrase).decode()
    public = next(line for line in text.splitlines() if line.startswith("# public key: ")).split()[-1]
    for root in (bench.data, bench.paths.cache):
        for path in root.rglob("*"):
            assert public.encode() not in (path.read_bytes() if path.is_file() else b"")


def test_a_locked_vault_is_opened_without_reading_an_entry(bench, sealed, monkeypatch) -> None:
    monkeypatch.setattr(os, "scandir", None)
    assert open_vault(bench.paths, clock=bench.clock).locked
