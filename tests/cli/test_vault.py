"""`trustkit vault`: begin a journal, change what seals it, look it through."""

import re
from pathlib import Path

import pytest
from journal_verb import posix
from pty_terminal import Terminal

from trustkit import vault as vaults
from trustkit.errors import WrongKey
from trustkit.model.entry import Note
from trustkit.paths import Paths
from trustkit.vault import age

from .conftest import PASSPHRASE

NEW = "other words entirely now"


@pytest.fixture
def new_file(tmp_path: Path) -> Path:
    """A file with another passphrase."""
    file = tmp_path / "new"
    file.write_text(NEW)
    file.chmod(0o600)
    return file


def opens_with(home: Path, passphrase: str, clock) -> bool:
    """Whether the sealed journal opens with this passphrase."""
    vault = vaults.open_vault(Paths.find(home), clock=clock)
    try:
        vault.unlock(passphrase)
    except WrongKey:
        return False
    return True


def test_a_journal_begins_sealed_without_a_question(trustkit, home, passphrase_file, clock) -> None:
    ran = trustkit("vault", "init", "--passphrase-file", passphrase_file)

    assert (ran.code, ran.out) == (0, f"{home}\n")
    assert "if you lose both, the notes are gone" in ran.err
    assert (home / "key.age").is_file()
    assert not (home / "key.recovery.age").exists()
    assert opens_with(home, PASSPHRASE, clock)


def test_a_journal_begins_open_and_is_named_for_what_it_is(trustkit, home) -> None:
    ran = trustkit("vault", "init", "--open")

    assert (ran.code, ran.out) == (0, f"{home}\n")
    assert "Anyone who uses this account can read" in ran.err
    assert not (home / "key.age").exists()
    assert trustkit("vault", "status").out.startswith("Open: anyone who uses this account can read it.")


@pytest.mark.parametrize("how", ["--open", "--passphrase-file"])
def test_a_journal_never_begins_over_another(how: str, trustkit, sealed, passphrase_file, home) -> None:
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}

    ran = trustkit("vault", "init", how, *([passphrase_file] if how != "--open" else []))

    assert (ran.code, ran.out) == (3, "")
    assert "nothing was changed" in ran.err
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before


def test_entries_whose_key_is_missing_are_pointed_out_and_nothing_begins_over_them(
    trustkit, sealed, home, passphrase_file
) -> None:
    vault = sealed()
    vault.add(Note("the harbour"))
    vault.close()
    (home / "key.age").unlink()

    for words in (("init", "--passphrase-file", passphrase_file), ("status",)):
        ran = trustkit("vault", *words)
        assert (ran.code, ran.out) == (3, "")
        assert "key.age" in ran.err
    assert not (home / "key.age").exists()


def test_an_open_journal_with_a_passphrase_is_a_contradiction(trustkit, passphrase_file, home) -> None:
    assert trustkit("vault", "init", "--open", "--passphrase-file", passphrase_file).code == 2
    assert not home.exists()


def test_a_journal_cannot_begin_where_nothing_can_be_written(trustkit, home) -> None:
    home.write_text("a file stands where the folder should")

    ran = trustkit("vault", "init", "--open")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1


def test_status_asks_nothing_and_names_no_entry(trustkit, sealed, home) -> None:
    vault = sealed()
    vault.add(Note("the harbour"))
    vault.close()

    ran = trustkit("vault", "status")

    assert ran.code == 0
    assert ran.out.splitlines() == [
        "Sealed: it opens with the passphrase, or with the recovery key if there is one.",
        f"Folder: {home}",
        "Recovery key: none",
    ]


def test_verify_opens_everything_and_its_exit_code_says_how_it_went(trustkit, sealed, passphrase_file, home) -> None:
    vault = sealed()
    kept = [vault.add(Note(text)).id for text in ("one", "two")]
    vault.close()

    sound = trustkit("vault", "verify", "--passphrase-file", passphrase_file)
    assert sound.code == 0
    assert len(sound.out.splitlines()) == 3
    assert all(line.endswith(": sound") for line in sound.out.splitlines())

    file = next((home / "entries").rglob(f"{kept[0]}.*"))
    file.write_bytes(file.read_bytes()[:-1])
    damaged = trustkit("vault", "verify", "--passphrase-file", passphrase_file)
    assert damaged.code == 1
    named = [line for line in damaged.out.splitlines() if not line.endswith(": sound")]
    assert len(named) == 1
    assert named[0].startswith(file.relative_to(home).as_posix())
    assert damaged.err == "2 sound, 1 to look at.\n"


def test_the_passphrase_is_changed_from_files(trustkit, sealed, passphrase_file, new_file, home, clock) -> None:
    ran = trustkit("vault", "passphrase", "--passphrase-file", passphrase_file, "--new-passphrase-file", new_file)

    assert (ran.code, ran.out) == (0, "")
    assert trustkit("journal", "list", "--passphrase-file", passphrase_file).code == 4
    assert trustkit("journal", "list", "--passphrase-file", new_file).code == 0


def test_a_wrong_old_passphrase_changes_nothing(trustkit, sealed, passphrase_file, new_file) -> None:
    ran = trustkit("vault", "passphrase", "--passphrase-file", new_file, "--new-passphrase-file", passphrase_file)

    assert ran.code == 4
    assert trustkit("journal", "list", "--passphrase-file", passphrase_file).code == 0


@pytest.mark.parametrize("words", [("passphrase",), ("recovery", "--drop")], ids=" ".join)
def test_an_open_journal_has_nothing_to_change(words, trustkit) -> None:
    trustkit("vault", "init", "--open")

    ran = trustkit("vault", *words)

    assert ran.code == 2
    assert "trustkit vault seal" in ran.err


def test_an_open_journal_is_sealed_with_everything_in_it(trustkit, home, passphrase_file) -> None:
    trustkit("vault", "init", "--open")
    trustkit("write", given="the harbour")

    ran = trustkit("vault", "seal", "--passphrase-file", passphrase_file)

    assert ran.code == 0
    assert [file.name for file in (home / "entries").rglob("*.toml")] == []
    assert "the harbour" in trustkit("journal", "list", "--passphrase-file", passphrase_file).out


def test_what_could_not_be_sealed_is_named_and_the_exit_code_says_so(trustkit, home, passphrase_file) -> None:
    trustkit("vault", "init", "--open")
    trustkit("write", given="the harbour")
    [page] = (home / "entries").rglob("*.toml")
    copy = page.with_name(f"{page.name}~")
    copy.write_text("the harbour, torn")

    for _ in range(2):
        ran = trustkit("vault", "seal", "--passphrase-file", passphrase_file)
        assert ran.code == 1
        assert "Sealed." not in ran.err
        assert copy.name in ran.err
        assert "still lies in clear" in " ".join(ran.err.split())
    copy.unlink()
    assert trustkit("vault", "seal", "--passphrase-file", passphrase_file).code == 0


@pytest.mark.parametrize("left", [".{}.swp", "._{}", "my notes.toml", "../loose.toml"])
def test_what_is_no_entry_stays_in_clear_and_is_named(left, trustkit, home, passphrase_file) -> None:
    """An editor's own file, another program's, and what somebody put there by hand."""
    trustkit("vault", "init", "--open")
    trustkit("write", given="the harbour")
    [page] = (home / "entries").rglob("*.toml")
    stays = page.with_name(left.format(page.name)) if ".." not in left else page.parent.parent / left[3:]
    stays.write_text("the harbour")

    for _ in range(2):
        ran = trustkit("vault", "seal", "--passphrase-file", passphrase_file)
        assert ran.code == 1
        assert "Sealed." not in ran.err
        assert stays.name in " ".join(ran.err.split())
        assert not page.exists()
        assert stays.read_text() == "the harbour"
    verified = trustkit("vault", "verify", "--passphrase-file", passphrase_file)
    assert verified.code == 1
    assert stays.name in verified.out


def test_an_open_journal_says_nothing_of_what_an_editor_that_is_open_has_there(trustkit, home) -> None:
    trustkit("vault", "init", "--open")
    trustkit("write", given="the harbour")
    [page] = (home / "entries").rglob("*.toml")
    page.with_name(f".{page.name}.swp").write_text("the harbour")
    assert trustkit("vault", "verify").code == 0


def test_a_folder_that_a_cloud_service_copies_is_pointed_out(trustkit, tmp_path) -> None:
    copied = tmp_path / "Dropbox" / "notes"
    for words in (("init", "--open"), ("status",)):
        ran = trustkit("--data-dir", copied, "vault", *words)
        assert ran.code == 0
        assert "Dropbox seems to copy this folder" in ran.err


@pytest.mark.parametrize("before", ["none", "sealed"])
@pytest.mark.parametrize(
    "words",
    ["vault init", "vault init --open", "vault status", "vault recover", "backup FILE", "restore FILE", "write"],
)
def test_a_ghost_begins_opens_and_copies_no_journal(words, before, request, trustkit, home, tmp_path) -> None:
    if before == "sealed":
        request.getfixturevalue("sealed")
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    named = (word.replace("FILE", str(tmp_path / "backup")) for word in words.split())

    ran = trustkit("--ghost", *named, given="words\n")

    assert ran.code == 5
    assert "With `--ghost` nothing is kept, and no journal is read." in " ".join(ran.err.split())
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == files
    assert not (tmp_path / "backup").exists()


def foreign_entry(home: Path) -> None:
    """Something that no key here opens, so that no other key may be let go of."""
    month = home / "entries" / "2026" / "11"
    month.mkdir(parents=True, exist_ok=True)
    sealed_for_another = age.encrypt(b"x", [age.Identity.generate().recipient])
    (month / f"{'a' * 26}.{'b' * 10}.toml.age").write_bytes(sealed_for_another)


def test_what_a_forgotten_passphrase_and_an_old_paper_still_open_is_said(
    trustkit, sealed, home, passphrase_file, new_file, clock
) -> None:
    vault = sealed()
    key = vault.make_recovery()
    vault.keep_recovery(key, PASSPHRASE)
    vault.close()
    foreign_entry(home)

    recovered = trustkit("vault", "recover", "--passphrase-file", new_file, given=f"{key}\n")
    said = " ".join(recovered.err.split())
    assert recovered.code == 0
    assert "opens nothing" not in said
    assert "key.aside-" in said
    assert opens_with(home, PASSPHRASE, clock)

    dropped = trustkit("vault", "recovery", "--drop", "--passphrase-file", new_file)
    said = " ".join(dropped.err.split())
    assert dropped.code == 0
    assert "Only the passphrase" not in said
    assert "key.recovery.aside-" in said
    assert "The older paper still opens it" in said


def test_recovery_without_a_journal_or_a_terminal_is_told(trustkit, sealed, passphrase_file, tmp_path) -> None:
    assert trustkit("vault", "recovery", "--passphrase-file", passphrase_file).code == 2
    assert trustkit("--data-dir", tmp_path / "none", "vault", "recover", given="AGE-SECRET-KEY-1\n").code == 5


@pytest.mark.parametrize("given", ["", "not a key\n", "AGE-SECRET-KEY-1QQQQ\n"])
def test_something_that_is_no_recovery_key_opens_nothing(given, trustkit, sealed, new_file) -> None:
    ran = trustkit("vault", "recover", "--passphrase-file", new_file, given=given)

    assert ran.code == 2
    assert ran.out == ""


@posix
def test_a_new_journal_at_a_terminal_from_the_first_question_to_the_recovery_key(home, tmp_path, trustkit) -> None:
    with Terminal("--data-dir", home, "vault", "init", size=(100, 40)) as terminal:
        terminal.see("New passphrase:")
        terminal.type(f"{PASSPHRASE}\r")
        terminal.see("Once more")
        terminal.type("something else\r")
        terminal.see("Those two don't match yet.")
        terminal.wait_until(lambda: terminal.text.count("Once more") == 2, "the second question again")
        terminal.type(f"{PASSPHRASE}\r")
        terminal.see("Make a recovery key?")
        terminal.type("y\r")
        terminal.see("Type it back once")
        key = re.search(r"AGE-SECRET-KEY-1[A-Z0-9]{58}", terminal.text)
        assert key
        terminal.type("AGE-SECRET-KEY-1WRONG\r")
        terminal.wait_until(lambda: terminal.text.count("Type it back once") == 2, "the question again")
        terminal.type(f"{key[0].lower()}\r")
        assert terminal.wait() == 0
        assert PASSPHRASE.encode() not in terminal.raw

    assert "Recovery key: made" in trustkit("vault", "status").out
    new = tmp_path / "new"
    new.write_text(NEW)
    new.chmod(0o600)
    assert trustkit("vault", "recover", "--passphrase-file", new, given=f"{key[0]}\n").code == 0
    assert trustkit("journal", "list", "--passphrase-file", new).code == 0


@posix
def test_doing_without_a_recovery_key_takes_one_key(home, trustkit) -> None:
    with Terminal("--data-dir", home, "vault", "init") as terminal:
        for question in ("New passphrase:", "Once more"):
            terminal.see(question)
            terminal.type("short\r")
        terminal.see("That is short.", "Make a recovery key?")
        terminal.type("\r")
        assert terminal.wait() == 0

    assert "Recovery key: none" in trustkit("vault", "status").out


def made_at_a_terminal(home: Path, passphrase_file: Path) -> str:
    """`trustkit vault recovery`, typed back in lower case; the key."""
    words = ("--data-dir", home, "--passphrase-file", passphrase_file, "vault", "recovery")
    with Terminal(*words, size=(100, 40)) as terminal:
        terminal.see("Type it back once")
        key = re.search(r"AGE-SECRET-KEY-1[A-Z0-9]{58}", terminal.text)
        assert key
        terminal.type(f"{key[0].lower()}\r")
        terminal.see("That's it.")
        assert terminal.wait() == 0
    return key[0]


@posix
def test_whoever_only_presses_enter_keeps_the_recovery_key_they_have_and_is_told(
    home, trustkit, sealed, passphrase_file, new_file
) -> None:
    key = made_at_a_terminal(home, passphrase_file)
    words = ("--data-dir", home, "--passphrase-file", passphrase_file, "vault", "recovery")
    with Terminal(*words, size=(100, 40)) as terminal:
        terminal.see("press Enter to leave it as it is")
        terminal.type("\r")
        terminal.see("its paper opens your notes", "`--drop` does without one.")
        assert terminal.wait() == 0
    assert trustkit("vault", "recover", "--passphrase-file", new_file, given=f"{key}\n").code == 0


@posix
def test_a_forgotten_passphrase_is_replaced_at_a_terminal(home, trustkit, sealed, passphrase_file, new_file) -> None:
    key = made_at_a_terminal(home, passphrase_file)
    with Terminal("--data-dir", home, "vault", "recover", size=(100, 40)) as terminal:
        terminal.see("Recovery key:")
        terminal.type(f"{key.lower()}\r")
        for question in ("New passphrase:", "Once more"):
            terminal.see(question)
            terminal.type(f"{NEW}\r")
        terminal.see("The key you typed still stands in this window: clear it.")
        assert terminal.wait() == 0
        assert NEW.encode() not in terminal.raw

    assert trustkit("journal", "list", "--passphrase-file", new_file).code == 0


@posix
def test_a_recovery_key_is_made_later_made_anew_and_dropped_and_what_an_old_paper_opens_is_said(
    home, trustkit, sealed, passphrase_file, new_file, clock
) -> None:
    first = made_at_a_terminal(home, passphrase_file)
    second = made_at_a_terminal(home, passphrase_file)
    assert trustkit("vault", "recover", "--passphrase-file", new_file, given=f"{first}\n").code == 4
    assert opens_with(home, PASSPHRASE, clock)

    dropped = trustkit("vault", "recovery", "--drop", "--passphrase-file", passphrase_file)
    assert dropped.code == 0
    assert "Older copies of key.recovery.age still open with the old paper" in " ".join(dropped.err.split())
    assert "later pages too" in " ".join(dropped.err.split())
    assert trustkit("vault", "recover", "--passphrase-file", new_file, given=f"{second}\n").code == 3
    assert "Recovery key: none" in trustkit("vault", "status").out
    assert "everything you write later" in " ".join(trustkit("vault", "recovery", "--help").out.split())
