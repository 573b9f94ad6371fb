"""`trustkit vault verify`: whatever is wrong with a file, its exit code says so, and the file is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from trustkit.model.entry import Draft, Note
from trustkit.vault import Vault, age

from .conftest import Ran

ANOTHER = f"{'a' * 26}.{'b' * 10}.toml.age"


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def cut(home: Path, entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-1])


def flipped(home: Path, entry: Path) -> None:
    data = entry.read_bytes()
    entry.write_bytes(flip(data, len(data) - 1))


def empty(home: Path, entry: Path) -> None:
    entry.write_bytes(b"")


def longer(home: Path, entry: Path) -> None:
    entry.write_bytes(entry.read_bytes() + b"\n")


def renamed(home: Path, entry: Path) -> None:
    entry.rename(entry.with_name(ANOTHER))


def in_another_month(home: Path, entry: Path) -> None:
    other = home / "entries" / "2025" / "01"
    other.mkdir(parents=True)
    entry.rename(other / entry.name)


def sealed_for_another(home: Path, entry: Path) -> None:
    entry.with_name(ANOTHER).write_bytes(age.encrypt(b"x", [age.Identity.generate().recipient]))


def a_passphrase_file(home: Path, entry: Path) -> None:
    entry.with_name(ANOTHER).write_bytes(age.encrypt_passphrase(b"x", "theirs", 4))


def too_long(home: Path, entry: Path) -> None:
    with entry.with_name(ANOTHER).open("wb") as file:
        file.truncate(20_000_000)


def a_stranger(home: Path, entry: Path) -> None:
    entry.with_name("shopping.txt").write_text("milk")


def a_link(home: Path, entry: Path) -> None:
    entry.with_name(ANOTHER).symlink_to(entry)


def in_clear(home: Path, entry: Path) -> None:
    text = 'format = 1\nid = "{}"\nrev = "{}"\nparents = []\nkind = "note"\ncreated = {}\nsaved = {}\ntext = "x"\n'
    moment = f"{entry.parts[-3]}-{entry.parts[-2]}-15T02:10:00+01:00"
    entry.with_name(ANOTHER.removesuffix(".age")).write_text(text.format("a" * 26, "b" * 10, moment, moment))


def a_copy_that_differs(home: Path, entry: Path) -> None:
    entry.with_name(entry.name + "~").write_bytes(b"torn")


def a_damaged_draft(home: Path, entry: Path) -> None:
    draft = next((home / "drafts").iterdir())
    draft.write_bytes(draft.read_bytes()[:-1])


def a_damaged_key_copy(home: Path, entry: Path) -> None:
    (home / "key (1).age").write_bytes(b"torn")


def a_damaged_recovery_file(home: Path, entry: Path) -> None:
    (home / "key.recovery.age").write_bytes(b"torn")


def an_entry_outside_any_month(home: Path, entry: Path) -> None:
    entry.rename(home / "entries" / entry.name)


FAULTS = [
    cut, flipped, empty, longer, renamed, in_another_month, sealed_for_another, a_passphrase_file, too_long,
    a_stranger, a_link, in_clear, a_copy_that_differs, a_damaged_draft, a_damaged_key_copy, a_damaged_recovery_file,
    an_entry_outside_any_month,
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.replace("_", " "))
def test_each_fault_is_named_and_its_exit_code_is_one(
    trustkit: Callable[..., Ran],
    sealed: Callable[[], Vault],
    home: Path,
    passphrase_file: Path,
    fault: Callable[[Path, Path], None],
) -> None:
    vault = sealed()
    entry = vault.add(Note("words"))
    vault.add(Note("other words"))
    vault.save_draft(Draft(vault.new_id(), Note("a draft"), entry.created, vault.new_rev()))
    vault.close()
    assert trustkit("--passphrase-file", passphrase_file, "vault", "verify").code == 0
    fault(home, next(home.glob(f"entries/*/*/{entry.id}.*")))
    ran = trustkit("--passphrase-file", passphrase_file, "vault", "verify")
    assert ran.code == 1
    assert ran.err.endswith(" sound, 1 to look at.\n")
    [named] = [line for line in ran.out.splitlines() if not line.endswith(": sound")]
    assert named.count(". ") >= 1
    assert "words" not in ran.out


def test_a_line_break_in_a_name_makes_no_line_of_its_own(
    trustkit: Callable[..., Ran], sealed: Callable[[], Vault], home: Path, passphrase_file: Path
) -> None:
    vault = sealed()
    entry = vault.add(Note("words"))
    vault.close()
    file = next(home.glob(f"entries/*/*/{entry.id}.*"))
    file.with_name("x\nkey.age: sound\u202e").write_text("")
    ran = trustkit("--passphrase-file", passphrase_file, "vault", "verify")
    assert ran.code == 1
    assert ran.out.splitlines().count("key.age: sound") == 1
    assert "\u202e" not in ran.out


@pytest.mark.parametrize(("key", "code"), [(b"torn", 3), (None, 3)], ids=["damaged", "missing"])
def test_without_a_sound_key_nothing_can_be_verified_and_the_exit_code_says_why(
    trustkit: Callable[..., Ran],
    sealed: Callable[[], Vault],
    home: Path,
    passphrase_file: Path,
    key: bytes | None,
    code: int,
) -> None:
    vault = sealed()
    vault.add(Note("words"))
    vault.close()
    if key is None:
        (home / "key.age").unlink()
    else:
        (home / "key.age").write_bytes(key)
    assert trustkit("--passphrase-file", passphrase_file, "vault", "verify").code == code
