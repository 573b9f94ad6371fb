"""`trustkit backup` and `trustkit restore`: one file out, and back over nothing."""

import os
from datetime import timedelta

import pytest

from trustkit.cli import backup as verb
from trustkit.model.entry import Note
from trustkit.paths import Paths
from trustkit.vault import age, create_open, inspect, last_backup, open_vault

from .conftest import PASSPHRASE


@pytest.fixture
def kept(sealed):
    """A sealed journal with one page."""
    vault = sealed()
    entry = vault.add(Note("words"))
    vault.close()
    return entry


def test_a_sealed_journal_goes_into_one_file_and_nothing_is_asked(trustkit, kept, home, tmp_path, clock) -> None:
    ran = trustkit("backup", tmp_path / "b.tar")
    assert (ran.code, ran.out) == (0, f"{tmp_path / 'b.tar'}\n")
    assert "1 version of entries and 0 drafts" in ran.err
    assert "opens with the passphrase it has now" in ran.err
    assert last_backup(Paths.find(home)) == clock.now


def test_it_never_overwrites(trustkit, kept, tmp_path) -> None:
    (tmp_path / "b.tar").write_text("mine")
    ran = trustkit("backup", tmp_path / "b.tar")
    assert ran.code == 3
    assert "something by that name" in ran.err
    assert (tmp_path / "b.tar").read_text() == "mine"


@pytest.mark.parametrize("place", ["b.tar", "entries/b.tar", "new/../b.tar", "linked/b.tar"])
def test_a_backup_never_lies_in_the_folder_it_is_a_backup_of(place: str, trustkit, kept, home, tmp_path) -> None:
    (home / "new").mkdir()
    (tmp_path / "linked").symlink_to(home)
    target = tmp_path / place if place.startswith("linked") else home / place
    ran = trustkit("backup", target)
    assert (ran.code, ran.out) == (3, "")
    assert "inside the journal's own folder" in ran.err
    assert not list(home.rglob("*.tar"))


def test_without_a_journal_there_is_nothing_to_back_up(trustkit, tmp_path) -> None:
    assert trustkit("backup", tmp_path / "b.tar").code == 5


def test_an_open_journal_is_sealed_with_a_passphrase_for_the_backup(
    trustkit, home, tmp_path, clock, passphrase_file
) -> None:
    create_open(Paths.find(home), clock=clock).add(Note("words"))
    ran = trustkit("backup", tmp_path / "b.tar", "--passphrase-file", passphrase_file)
    assert ran.code == 0
    assert "the passphrase you just gave" in ran.err
    assert b"words" not in (tmp_path / "b.tar").read_bytes()
    assert inspect(home) == "open"


def test_an_open_journal_without_a_terminal_and_without_a_passphrase_is_not_backed_up(
    process, home, tmp_path, clock
) -> None:
    create_open(Paths.find(home), clock=clock).add(Note("words"))
    ran = process("backup", tmp_path / "b.tar")
    assert ran.code == 4
    assert not (tmp_path / "b.tar").exists()


def test_for_a_copy_in_clear_beside_a_sealed_journal_the_passphrase_is_asked_for(
    trustkit, process, kept, home, tmp_path, passphrase_file
) -> None:
    page = next(home.rglob("*.toml.age"))
    page.with_name(page.name.removesuffix(".age") + "~").write_text("left by an editor")
    assert process("backup", tmp_path / "b.tar").code == 4
    ran = trustkit("backup", tmp_path / "b.tar", "--passphrase-file", passphrase_file)
    assert (ran.code, ran.out) == (0, f"{tmp_path / 'b.tar'}\n")
    assert "2 versions" in ran.err
    assert b"left by" not in (tmp_path / "b.tar").read_bytes()


def test_a_journal_whose_key_is_damaged_is_not_backed_up(trustkit, kept, home, tmp_path) -> None:
    (home / "key.age").write_bytes(b"")
    ran = trustkit("backup", tmp_path / "b.tar")
    assert ran.code == 3
    assert "none was made" in ran.err
    assert not (tmp_path / "b.tar").exists()


@pytest.mark.parametrize("name", [".", "", "~nosuchuser/b.tar"])
def test_a_name_that_no_file_can_have_is_a_slip_and_not_a_mistake_of_ours(trustkit, kept, name: str) -> None:
    ran = trustkit("backup", name)
    assert ran.code == 2
    assert "nosuchuser" not in ran.err


@pytest.mark.parametrize("words", [("~nosuchuser/b.tar",), ("b.tar", "--into", "~nosuchuser/new")])
def test_nobodys_folder_is_a_slip_in_restoring_too(trustkit, words: tuple[str, ...]) -> None:
    assert trustkit("restore", *words).code == 2


def test_guides_of_ones_own_are_left_out_and_it_says_so(trustkit, kept, home, tmp_path) -> None:
    (home / "content" / "en" / "guides").mkdir(parents=True)
    (home / "content" / "en" / "guides" / "mine.toml").write_text("mine")
    ran = trustkit("backup", tmp_path / "b.tar")
    assert ran.code == 0
    assert "copy the content folder yourself" in ran.err
    assert b"mine" not in (tmp_path / "b.tar").read_bytes()


def test_it_comes_back_into_an_empty_folder(trustkit, kept, tmp_path, passphrase_file) -> None:
    trustkit("backup", tmp_path / "b.tar")
    ran = trustkit("restore", tmp_path / "b.tar", "--into", tmp_path / "new")
    assert (ran.code, ran.out) == (0, f"{tmp_path / 'new'}\n")
    assert "2 files added." in ran.err
    shown = trustkit("journal", "show", kept.id, "--data-dir", tmp_path / "new", "--passphrase-file", passphrase_file)
    assert "words" in shown.out


def test_it_is_not_restored_over_a_journal_unless_asked(trustkit, kept, home, tmp_path, passphrase_file) -> None:
    trustkit("backup", tmp_path / "b.tar")
    ran = trustkit("restore", tmp_path / "b.tar")
    assert ran.code == 3
    assert "--merge" in ran.err
    page = next(home.rglob("*.toml.age"))
    page.unlink()
    ran = trustkit("restore", tmp_path / "b.tar", "--merge", "--passphrase-file", passphrase_file)
    assert ran.code == 0
    assert "1 file added." in ran.err
    assert page.exists()


def test_a_backup_with_an_older_passphrase_is_merged_with_that(
    trustkit, kept, sealed, home, tmp_path, passphrase_file, clock
) -> None:
    trustkit("backup", tmp_path / "b.tar")
    new = tmp_path / "new-passphrase"
    new.write_text("others\n")
    new.chmod(0o600)
    vault = open_vault(Paths.find(home), clock=clock, log_n=4)
    vault.change_passphrase("four quiet words here", "others")
    vault.close()
    clock.forward(hours=1)
    next(home.rglob("*.toml.age")).unlink()
    words = ("restore", tmp_path / "b.tar", "--merge", "--passphrase-file", new, "--backup-passphrase-file")
    assert trustkit(*words, new).code == 4
    ran = trustkit(*words, passphrase_file)
    assert ran.code == 0
    assert "1 file added." in ran.err


def test_what_is_no_backup_is_refused_before_anything_is_written(trustkit, tmp_path) -> None:
    (tmp_path / "b.tar").write_bytes(os.urandom(5000))
    ran = trustkit("restore", tmp_path / "b.tar", "--into", tmp_path / "new")
    assert ran.code == 3
    assert "nothing was taken from it" in ran.err
    assert not (tmp_path / "new").exists()
    assert trustkit("restore", tmp_path / "nowhere.tar").code == 3


def test_both_verbs_are_listed(trustkit) -> None:
    listed = trustkit("--help").out
    assert "backup" in listed
    assert "restore" in listed
    assert verb.backup.name == "backup"


def test_the_days_of_backups_move_on(trustkit, kept, home, tmp_path, clock) -> None:
    trustkit("backup", tmp_path / "one.tar")
    clock.forward(days=3)
    trustkit("backup", tmp_path / "two.tar")
    found = last_backup(Paths.find(home))
    assert found == clock.now
    assert found - timedelta(days=3) < clock.now


def test_a_new_journal_shuts_out_whoever_had_the_passphrase_of_the_old_one(
    trustkit, kept, home, tmp_path, passphrase_file
) -> None:
    """The steps of `docs/privacy.md`, "Shutting somebody out"."""
    words = tmp_path / "new-words"
    words.write_text("other words entirely now")
    words.chmod(0o600)
    anew = ("--data-dir", tmp_path / "NEW", "--passphrase-file", words)
    assert trustkit("backup", tmp_path / "old.tar").code == 0
    assert trustkit(*anew, "vault", "init").code == 0
    merged = trustkit(*anew, "restore", tmp_path / "old.tar", "--merge", "--backup-passphrase-file", passphrase_file)
    assert merged.code == 0
    assert trustkit(*anew, "write", given="after it").code == 0
    assert {"words", "after it"} <= set(trustkit(*anew, "journal", "list").out.replace("\n", "  ").split("  "))

    old = age.decrypt_passphrase((home / "key.age").read_bytes(), PASSPHRASE)
    identities = [age.Identity.from_text(line) for line in old.decode().split() if line.startswith("AGE-SECRET")]
    opened: dict[bool, int] = {True: 0, False: 0}
    for page in (tmp_path / "NEW").glob("entries/*/*/*"):
        try:
            age.decrypt(page.read_bytes(), identities)
        except age.NoMatch:
            opened[False] += 1
        else:
            opened[True] += 1
    assert opened == {True: 1, False: 1}
