"""The recovery key: counts once it was typed back, forgives case and spaces, outlives a change of passphrase."""

import pytest

from trustkit.errors import ReadError, UsageError, WrongKey
from trustkit.model.entry import Note
from trustkit.vault import age, recover_vault
from trustkit.vault.keyring import read_recovery_key
from trustkit.vault.sealed import SealedVault


def recoverable(bench, sealed: SealedVault) -> str:
    key = sealed.make_recovery()
    sealed.keep_recovery(key, bench.passphrase)
    return key


def test_a_recovery_key_counts_only_when_it_was_typed_back(bench, sealed) -> None:
    shown = sealed.make_recovery()
    assert not sealed.has_recovery
    with pytest.raises(UsageError):
        sealed.keep_recovery(age.Identity.generate().to_text(), bench.passphrase)
    assert not sealed.has_recovery
    sealed.keep_recovery(shown, bench.passphrase)
    assert sealed.has_recovery


def test_the_recovery_key_opens_the_journal(bench, sealed) -> None:
    entry = sealed.add(Note("words"))
    key = recoverable(bench, sealed)
    again = bench.locked()
    again.unlock_recovery(key)
    assert again.get(entry.id).body == Note("words")


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda key: " ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        lambda key: f"\n  {key}\n",
        lambda key: key.removeprefix("AGE-SECRET-KEY-1"),
        lambda key: key.replace("-", " "),
    ],
)
def test_case_spaces_and_dashes_are_forgiven(bench, sealed, typed) -> None:
    key = recoverable(bench, sealed)
    again = bench.locked()
    again.unlock_recovery(typed(key))
    assert not again.locked


@pytest.mark.parametrize("spoil", [lambda key: key[:-1], lambda key: key[:-1] + ("Q" if key[-1] != "Q" else "P")])
def test_a_misspelt_recovery_key_is_known_by_its_checksum(spoil) -> None:
    key = age.Identity.generate().to_text()
    assert read_recovery_key(key).to_text() == key
    with pytest.raises(UsageError, match="not a whole recovery key"):
        read_recovery_key(spoil(key))


def test_another_recovery_key_does_not_open_it(bench, sealed) -> None:
    recoverable(bench, sealed)
    with pytest.raises(WrongKey):
        bench.locked().unlock_recovery(age.Identity.generate().to_text())


def test_without_a_recovery_key_there_is_nothing_to_open(bench, sealed) -> None:
    with pytest.raises(ReadError, match="No recovery key"):
        bench.locked().unlock_recovery(age.Identity.generate().to_text())


def test_a_new_recovery_key_takes_the_place_of_the_old_one(bench, sealed) -> None:
    old = recoverable(bench, sealed)
    new = recoverable(bench, sealed)
    with pytest.raises(WrongKey):
        bench.locked().unlock_recovery(old)
    bench.locked().unlock_recovery(new)


def test_the_recovery_key_outlives_a_change_of_passphrase(bench, sealed) -> None:
    key = recoverable(bench, sealed)
    sealed.change_passphrase(bench.passphrase, "new")
    (bench.data / "key.recovery.age").unlink()  # lost: the public half inside the key file makes it anew
    sealed.change_passphrase("new", "newer")
    again = bench.locked()
    again.unlock_recovery(key)
    assert not again.locked


def test_doing_without_a_recovery_key_is_possible(bench, sealed) -> None:
    recoverable(bench, sealed)
    sealed.drop_recovery(bench.passphrase)
    assert not sealed.has_recovery
    sealed.change_passphrase(bench.passphrase, "new")
    assert not sealed.has_recovery


@pytest.mark.parametrize("loss", ["forgotten", "damaged", "missing"])
def test_a_forgotten_passphrase_or_lost_key_file_is_replaced_through_recovery(bench, sealed, loss: str) -> None:
    entry = sealed.add(Note("words"))
    recovery = recoverable(bench, sealed)
    key = bench.data / "key.age"
    if loss == "damaged":
        key.write_bytes(b"torn")
    elif loss == "missing":
        key.unlink()
    recover_vault(bench.paths, recovery, "new words", clock=bench.clock, log_n=4)
    assert bench.again("new words").get(entry.id).body == Note("words")
    with pytest.raises(WrongKey):
        bench.again()
    again = bench.locked()
    again.unlock_recovery(recovery)
    assert not again.locked
