"""Erasing everything: nothing of trustkit's remains, nothing else goes, and a kill leaves no key behind."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from trustkit import vault
from trustkit.companion import Companion, erasing
from trustkit.companion.handing import Handing
from trustkit.errors import ExitCode, UsageError
from trustkit.library.begin import begin
from trustkit.model.entry import Choice, Draft, Note
from trustkit.paths import Paths
from trustkit.vault import names
from trustkit.vault.folder import DiskFolder
from trustkit.vault.locking import exclusive

Clock = Callable[[], datetime]
PASSPHRASE = "plum otter lantern"
MODES = ["sealed", "open"]
STRANGE = "a file of somebody else's"
ENTRY = "a" * 26 + "." + "b" * 10


def files_under(folder: Path) -> set[str]:
    """Every file and every link below, by path."""
    return {str(Path(root, name)) for root, _, found in os.walk(folder) for name in found}


def folders_called_trustkit(home: Path) -> list[Path]:
    return [path for path in home.rglob("trustkit*") if path.is_dir()]


def use_for_everything(paths: Paths, clock: Clock, mode: str, outside: Path) -> None:
    """A journal in which every part of trustkit has written something, and some of it was killed."""
    if mode == "sealed":
        kept: vault.Vault = vault.create_sealed(paths, PASSPHRASE, clock=clock, log_n=4)
        kept.keep_recovery(kept.make_recovery(), PASSPHRASE)
    else:
        kept = vault.create_open(paths, clock=clock)
    companion = Companion.start(paths, clock=clock)
    companion._vault = kept
    companion.new_key_work = 4
    page = kept.add(Note("one"))
    kept.revise(page.id, Note("two"))
    kept.delete(kept.add(Note("gone")).id)
    kept.add(Choice("holds", "shown"))
    kept.save_draft(Draft(names.new_id(), Note("half"), clock()))
    outside.mkdir()
    (outside / "old.txt").write_text("an old page", encoding="utf-8")
    handing = Handing(companion)
    handing.bring_in(handing.weigh(handing.read_outside(outside / "old.txt")))
    handing.undo_import()
    list(kept.verify())
    kept.summaries(private=True)
    if mode == "sealed":
        companion.back_up(outside / "backup.tar")
        kept.change_passphrase(PASSPHRASE, "another one")
    companion.change_settings(theme="day")
    begin("my-guide", paths.own_content, paths.content, today=clock().date())
    kept.close()
    for folder in (paths.data, paths.cache / "index", paths.config):
        (folder / names.temporary()).write_bytes(b"half")
    (paths.config / ".tk-0189ab.tmp").write_bytes(b"half")
    (paths.data / ".tk-theirs").write_bytes(b"half")


def copies_of_other_programs(paths: Paths) -> None:
    """What git, Syncthing, an editor and a desktop leave beside trustkit's files."""
    for path in [*paths.data.glob("entries/*/*/*.toml*"), *paths.data.glob("drafts/*")]:
        if path.name.startswith("."):
            continue
        path.with_name(f"{path.name}~").write_bytes(path.read_bytes())
        path.with_name(f".{path.name.removesuffix('.age')}.swp").write_bytes(b"swap")
        (path.parent / "Thumbs.db").write_bytes(b"")
    month = next(paths.data.glob("entries/*/*"))
    for copy in ("entries/2026 (1)/12", "entries/2026/12 2", "entries (1)/2026/12", "drafts 2", "Copy of drafts"):
        shutil.copytree(month, paths.data / copy)
    for key in (paths.data / "key.age", paths.data / "key.recovery.age"):
        if key.exists():
            for name in ("key (1).age", "key.sync-conflict-20260101.age", "Copy of key.age", "key.age~"):
                key.with_name(name.replace("key", key.name.removesuffix(".age"))).write_bytes(key.read_bytes())


@pytest.fixture
def placed(monkeypatch: pytest.MonkeyPatch) -> Paths:
    """The system's own folders, below a home of this test's."""
    monkeypatch.delenv("TRUSTKIT_HOME")
    return Paths.find()


@pytest.mark.parametrize("mode", MODES)
def test_nothing_remains_of_a_journal_that_was_used_for_everything(
    placed: Paths, clock: Clock, mode: str, tmp_path: Path
) -> None:
    home, outside = Path.home(), tmp_path / "outside"
    use_for_everything(placed, clock, mode, outside)
    copies_of_other_programs(placed)
    runtime = Path(os.environ["XDG_RUNTIME_DIR"])
    (runtime / "trustkit-edit-1-x").mkdir(parents=True)
    (runtime / "trustkit-edit-1-x" / "page.txt").write_text("in clear", encoding="utf-8")
    kept_outside = files_under(outside)

    outcome = erasing.erase(placed, erasing.find(placed))

    assert outcome.code is ExitCode.DONE
    assert outcome.left.nothing
    assert erasing.ended(outcome) == [erasing.GONE]
    assert files_under(home) == set()
    assert folders_called_trustkit(home) == []
    assert files_under(outside) == kept_outside


@pytest.mark.parametrize("mode", [*MODES, "mixed", "keyless", "damaged", "empty"])
def test_whatever_state_a_journal_is_in_it_goes_without_a_passphrase(paths: Paths, clock: Clock, mode: str) -> None:
    if mode in ("open", "empty"):
        kept: vault.Vault = vault.create_open(paths, clock=clock)
    else:
        kept = vault.create_sealed(paths, PASSPHRASE, clock=clock, log_n=4)
    if mode != "empty":
        kept.add(Note("words"))
    kept.close()
    if mode == "mixed":
        next(paths.data.glob("entries/*/*/*")).with_name(f"{ENTRY}.toml").write_text("x", encoding="utf-8")
    elif mode == "keyless":
        (paths.data / "key.age").unlink()
    elif mode == "damaged":
        (paths.data / "key.age").write_bytes(b"torn")

    assert erasing.erase(paths, erasing.find(paths)).code is ExitCode.DONE
    assert [folder for folder in (paths.data, paths.cache, paths.config) if folder.exists()] == []


STAYS = {
    "notes.txt": b"x",
    "photos/a.jpg": b"x",
    "key-ring.age": b"not an age file",
    "settings.toml": b"[server]\nport = 1\n",
    "config/settings.toml": b"[server]\nport = 1\n",
    "config/other.toml": b"x",
    "cache/index/page.json": b"{}",
    "cache/other": b"x",
    "content/site/index.toml": b"x",
    "content/en/guides/picture.png": b"x",
    "entries/2026/12/letter.txt": b"x",
    "drafts/todo.md": b"x",
    "drafts for the novel/one.txt": b"x",
    ".gitignore": b"/drafts/\n/secret/\n",
    ".git/HEAD": b"x",
    ".stversions/key.age": b"age-encryption.org/v1\n",
    "entries/.hidden/" + ENTRY + ".toml": b"x",
}


def test_what_is_not_trustkit_s_stays_is_named_and_keeps_its_folder(tmp_path: Path, clock: Clock) -> None:
    """`--data-dir` may name a folder with other things in it."""
    paths = Paths.find(tmp_path / "shared")
    vault.create_sealed(paths, PASSPHRASE, clock=clock, log_n=4).close()
    for name, data in STAYS.items():
        (paths.data / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.data / name).write_bytes(data)
    found = erasing.find(paths)
    told = {path.relative_to(paths.data).as_posix() for path in found.others}

    outcome = erasing.erase(paths, found)

    assert outcome.code is ExitCode.DONE
    assert {Path(path).relative_to(paths.data).as_posix() for path in files_under(paths.data)} == set(STAYS)
    assert all(any(name == one or name.startswith(f"{one}/") for one in told) for name in STAYS)
    assert "Not trustkit's, so it stays" in erasing.staying(found)[0]


LINKS: dict[str, tuple[str, bool]] = {
    "entries": ("entries", True),
    "a year": ("entries/2026", True),
    "a page": (f"entries/2026/12/{ENTRY}.toml.age", False),
    "drafts": ("drafts", True),
    "the index": ("cache/index", True),
    "content": ("content", True),
    "guides": ("content/en/guides", True),
    "a guide": ("content/en/guides/a.toml", False),
    "settings": ("config/settings.toml", False),
    "the key": ("key.age", False),
    "a half-written file": (".tk-aaaaaaaaaa.tmp", False),
}


@pytest.mark.parametrize("case", LINKS)
def test_no_link_is_followed_out_of_the_folders(tmp_path: Path, case: str) -> None:
    name, is_folder = LINKS[case]
    paths, outside = Paths.find(tmp_path / "d"), tmp_path / "outside"
    for sub in ("2026/12", "12", "en/guides", "guides"):
        (outside / sub).mkdir(parents=True, exist_ok=True)
        for inner in (f"{ENTRY}.toml.age", "events.age", "a.toml"):
            (outside / sub / inner).write_bytes(b"theme = 1")
    (outside / f"{ENTRY}.toml.age").write_bytes(b"theme = 1")
    (outside / "file").write_bytes(b"theme = 'day'")
    before = files_under(outside)
    (paths.data / name).parent.mkdir(parents=True, exist_ok=True)
    (paths.data / name).symlink_to(outside if is_folder else outside / "file")

    erasing.erase(paths, erasing.find(paths))

    assert files_under(outside) == before


def test_a_folder_that_became_a_link_after_it_was_listed_is_left(paths: Paths, clock: Clock, tmp_path: Path) -> None:
    kept = vault.create_open(paths, clock=clock)
    kept.add(Note("words"))
    kept.close()
    found = erasing.find(paths)
    (paths.data / "entries").rename(tmp_path / "elsewhere")
    (paths.data / "entries").symlink_to(tmp_path / "elsewhere")

    outcome = erasing.erase(paths, found)

    assert len(files_under(tmp_path / "elsewhere")) == 1
    assert outcome.code is ExitCode.CANNOT_READ_OR_WRITE


def test_a_data_folder_that_is_itself_a_link_is_emptied_where_it_lies(
    paths: Paths, clock: Clock, tmp_path: Path
) -> None:
    paths.data.symlink_to(tmp_path / "stick")
    (tmp_path / "stick").mkdir()
    vault.create_sealed(paths, PASSPHRASE, clock=clock, log_n=4).close()

    assert erasing.erase(paths, erasing.find(paths)).code is ExitCode.DONE
    assert files_under(tmp_path / "stick") == set()


def test_the_guides_that_came_with_trustkit_are_never_taken_for_a_reader_s(tmp_path: Path) -> None:
    """As where `--data-dir` names a checkout of trustkit."""
    guide = tmp_path / "content" / "en" / "guides" / "a.toml"
    guide.parent.mkdir(parents=True)
    guide.write_bytes(b"[guide]")
    paths = replace(Paths.find(tmp_path), content=tmp_path / "content")

    erasing.erase(paths, erasing.find(paths))

    assert guide.exists()


def killed_at(number: int, paths: Paths, found: erasing.Found) -> bool:
    """Erase in a process of its own that is killed at this removal. False where it never came to that many."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    unlink, left = os.unlink, iter(range(number - 1))

    def dies(path: Path) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        unlink(path)

    try:
        os.unlink = dies
        erasing.erase(paths, found)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that share what they were given")
def test_killed_anywhere_it_leaves_no_key_beside_words_and_goes_on_the_next_time(
    placed: Paths, clock: Clock, tmp_path: Path
) -> None:
    use_for_everything(placed, clock, "sealed", tmp_path / "outside")
    before = len(erasing.find(placed).things)
    words = sum(thing.kind in ("sealed", "draft") for thing in erasing.find(placed).things)
    found, number = erasing.find(placed), 1

    while killed_at(number, placed, found):
        kinds = [thing.kind for thing in erasing.find(placed).things]
        assert len(kinds) == before - number + 1
        if kinds.count("sealed") + kinds.count("draft") < words:
            assert "key" not in kinds
        number += 1

    assert number == before + 1
    assert erasing.find(placed).nothing
    assert files_under(Path.home()) == set()


def test_what_can_t_be_removed_is_named_and_the_rest_goes(paths: Paths, clock: Clock) -> None:
    kept = vault.create_sealed(paths, PASSPHRASE, clock=clock, log_n=4)
    kept.add(Note("words"))
    kept.close()
    month = next(paths.data.glob("entries/*/*"))
    if os.geteuid() == 0:
        page = next(month.iterdir())
        page.unlink()
        page.mkdir()  # root passes over modes; a folder can't be unlinked by anybody
        (page / "x").write_bytes(b"")
        found = erasing.find(paths)
        found.things.append(erasing.Thing("sealed", page, paths.data))
    else:
        month.chmod(0o500)
        found = erasing.find(paths)

    outcome = erasing.erase(paths, found)
    if month.exists():
        month.chmod(0o700)

    assert outcome.code is ExitCode.CANNOT_READ_OR_WRITE
    assert "could not be removed" in erasing.ended(outcome)[0]
    assert erasing.ended(outcome)[-1] == erasing.AGAIN
    assert not (paths.data / "key.age").exists()
    assert not list(paths.cache.rglob("*.age"))


def test_what_another_window_writes_meanwhile_is_found_by_the_second_look(
    paths: Paths, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = vault.create_open(paths, clock=clock)
    kept.add(Note("words"))
    found = erasing.find(paths)
    before = erasing.remove_empty

    def writes(folders: list[tuple[Path, Path]]) -> None:
        before(folders)
        kept.add(Note("written in the other window"))

    monkeypatch.setattr(erasing, "remove_empty", writes)
    outcome = erasing.erase(paths, found)

    assert outcome.code is ExitCode.PROBLEM_FOUND
    assert "1 file of the journal that is not sealed" in " ".join(erasing.ended(outcome))
    monkeypatch.undo()
    assert erasing.erase(paths, erasing.find(paths)).code is ExitCode.DONE


def test_a_lock_that_is_held_is_told_and_looking_makes_none(paths: Paths, clock: Clock) -> None:
    assert not erasing.busy(paths)
    assert not paths.data.exists()
    vault.create_open(paths, clock=clock).close()
    with exclusive(DiskFolder(paths.data)):
        assert erasing.busy(paths)
    assert not erasing.busy(paths)


@pytest.mark.parametrize("place", ["data", "cache", "config", "data/entries"])
def test_a_backup_is_not_kept_where_it_would_be_erased(paths: Paths, place: str) -> None:
    with pytest.raises(UsageError):
        erasing.refuse_inside(paths, paths.data.parent / place / "b.tar")
    erasing.refuse_inside(paths, paths.data.parent / "data-elsewhere" / "b.tar")


@pytest.mark.parametrize(
    ("shell", "look"),
    [
        ("/bin/bash", "history -d"),
        ("/usr/bin/zsh", "~/.zsh_history"),
        ("/usr/bin/fish", "history delete"),
        ("", "file"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="PowerShell has one way")
def test_what_may_remain_is_told_with_how_to_look(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, shell: str, look: str
) -> None:
    monkeypatch.setenv("SHELL", shell)
    (paths.data / ".git").mkdir(parents=True)

    told = " ".join(erasing.remaining(paths))

    for word in (look, "`trustkit", ".venv/bin/trustkit", "Snapshots", "flash", "Other devices", "`.git`", sys.prefix):
        assert word in told
