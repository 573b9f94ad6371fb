"""`trustkit journal edit`: the new text takes the old one's place, and an editor of one's own leaves nothing behind."""

import os
import signal
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pty_terminal import Terminal

from trustkit.companion import outside_editor
from trustkit.model.entry import Note, Record

posix = pytest.mark.skipif(os.name != "posix", reason="needs a terminal as POSIX has them")
CANARY = "zugvogelcanary"

EDITOR = """
import os, stat, sys
page = sys.argv[-1]
text = open(page).read()
folder = os.path.dirname(page)
open(folder + "/.page.swp", "w").write(text)
report = [oct(stat.S_IMODE(os.stat(p).st_mode)) for p in (page, folder)]
report += [os.environ["TMPDIR"] == folder, os.environ["XDG_STATE_HOME"] == folder]
report += [os.getcwd() == os.path.realpath(folder)]
open(os.environ["REPORT"], "w").write(repr(report))
{then}
"""


@pytest.fixture
def entry(sealed, clock) -> str:
    vault = sealed()
    kept = vault.add(Note(f"{CANARY} at night", "A title", ("sea",), ("calm",), 6), private=True)
    vault.close()
    clock.forward(minutes=1)
    return kept.id


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A reader's own folder on a file system in memory."""
    shared = Path("/dev/shm")
    if not (shared.is_dir() and outside_editor.in_memory(shared)):
        pytest.skip("there is no file system in memory here")
    with tempfile.TemporaryDirectory(dir=shared) as made:
        monkeypatch.setenv("XDG_RUNTIME_DIR", made)
        yield Path(made)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a small program in the place of the reader's editor; gives the path of what it has to report."""

    def put(then: str) -> Path:
        script = tmp_path / "editor.py"
        script.write_text(EDITOR.format(then=then))
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
        monkeypatch.setenv("REPORT", str(tmp_path / "report"))
        return tmp_path / "report"

    return put


@pytest.fixture
def edit(trustkit, passphrase_file):
    def ran(*words: str, given: str = ""):
        return trustkit("journal", "edit", *words, "--passphrase-file", passphrase_file, given=given)

    return ran


def on_terminal(home: Path, passphrase_file: Path, entry: str) -> Terminal:
    words = ("--data-dir", home, "--passphrase-file", passphrase_file, "journal", "edit", entry, "--editor")
    return Terminal(*words)


def test_standard_input_takes_the_place_of_the_text_alone(edit, sealed, entry) -> None:
    ran = edit(entry[:6], given="by day\r\n[x] \\n\n")

    assert (ran.code, ran.out) == (0, f"{entry}\n")
    vault = sealed()
    kept = vault.get(entry)
    assert kept.body == Note("by day\r\n[x] \\n", "A title", ("sea",), ("calm",), 6)
    assert kept.private
    assert [getattr(version.body, "text", "") for version in vault.versions(entry)][1] == f"{CANARY} at night"


@pytest.mark.parametrize(("given", "code"), [("", 2), (" \n", 2), (f"{CANARY} at night\n", 0)])
def test_nothing_new_changes_nothing(given: str, code: int, edit, sealed, entry) -> None:
    assert edit(entry, given=given).code == code
    assert len(sealed().versions(entry)) == 1


def test_words_on_the_command_line_are_refused_and_not_repeated(edit, entry) -> None:
    ran = edit(entry, CANARY)

    assert ran.code == 2
    assert CANARY not in ran.err


def test_only_a_note_that_is_there_is_edited(edit, sealed, entry) -> None:
    vault = sealed()
    record = vault.add(Record("promise-log", 1, {"promise": "x"})).id
    vault.delete(entry)
    vault.close()

    assert edit(record, given="x").code == 2
    assert edit(entry, given="x").code == 2
    assert edit("zzzz", given="x").code == 1


def test_a_failed_save_leaves_the_new_text_as_a_draft(edit, sealed, entry, monkeypatch: pytest.MonkeyPatch) -> None:
    from trustkit.errors import WriteError
    from trustkit.vault import Vault

    def full(*_: object, **__: object) -> None:
        raise WriteError("There is no room to save.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "revise", full)
        assert edit(entry, given="by day").code == 3

    vault = sealed()
    assert [getattr(draft.body, "text", "") for draft in vault.drafts()] == ["by day"]
    assert getattr(vault.get(entry).body, "text", "") == f"{CANARY} at night"


@posix
def test_on_a_terminal_an_editor_is_used_only_when_asked_for(home, passphrase_file, entry) -> None:
    with Terminal("--data-dir", home, "--passphrase-file", passphrase_file, "journal", "edit", entry) as terminal:
        terminal.see("--editor")
        assert terminal.wait() == 2


@posix
def test_an_editor_s_file_is_in_memory_for_its_owner_alone_and_gone_afterwards(
    home, passphrase_file, entry, sealed, in_memory: Path, editor
) -> None:
    """jrnl#1182: temporary files of an edit stayed on the disk in clear."""
    report = editor("open(page, 'w').write('by day\\n')")

    with on_terminal(home, passphrase_file, entry) as terminal:
        terminal.see("can't keep it from leaving copies")
        terminal.see("Saved.")
        assert terminal.wait() == 0

    assert report.read_text() == repr(["0o600", "0o700", True, True, True])
    assert getattr(sealed().get(entry).body, "text", "") == "by day"
    assert list(in_memory.iterdir()) == []


@posix
@pytest.mark.parametrize(
    ("then", "drafts"),
    [
        ("sys.exit(1)", []),
        ("open(page, 'w').write('half a'); sys.exit(1)", ["half a"]),
        ("open(page, 'wb').write('häl“f'.encode('cp1252'))", ["häl“f"]),
    ],
    ids=["left alone", "half written", "not UTF-8"],
)
def test_an_editor_that_fails_costs_nothing_that_was_written(
    then: str, drafts: list[str], home, passphrase_file, entry, sealed, in_memory: Path, editor
) -> None:
    editor(then)

    with on_terminal(home, passphrase_file, entry) as terminal:
        terminal.see("as a draft" if drafts else "Nothing was changed.")
        assert terminal.wait() == 1

    vault = sealed()
    assert [getattr(draft.body, "text", "") for draft in vault.drafts()] == drafts
    assert getattr(vault.get(entry).body, "text", "") == f"{CANARY} at night"
    assert list(in_memory.iterdir()) == []


@posix
def test_a_terminal_that_goes_away_leaves_a_draft_and_no_file(
    home, passphrase_file, entry, sealed, in_memory: Path, editor
) -> None:
    editor("open(page, 'w').write('half a'); print('EDITING', flush=True); import signal; signal.pause()")

    with on_terminal(home, passphrase_file, entry) as terminal:
        terminal.see("EDITING")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM

    assert [getattr(draft.body, "text", "") for draft in sealed().drafts()] == ["half a"]
    assert list(in_memory.iterdir()) == []


@posix
def test_without_a_place_in_memory_an_editor_is_refused_before_anything_is_asked(
    home, passphrase_file, entry, editor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    report = editor("")
    for place in (None, tmp_path / "missing", home):
        if place is None:
            monkeypatch.delenv("XDG_RUNTIME_DIR")
        else:
            monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
        if place == home and outside_editor.in_memory(home):
            continue
        with on_terminal(home, passphrase_file, entry) as terminal:
            terminal.see("no place in memory")
            assert terminal.wait() == 2
    assert not report.exists()


@posix
def test_a_folder_that_others_can_enter_is_no_place(in_memory: Path) -> None:
    in_memory.chmod(0o755)

    with pytest.raises(Exception, match="no place in memory"):
        outside_editor.place()


@posix
def test_what_a_killed_run_left_is_swept_at_the_next_start(in_memory: Path) -> None:
    left = in_memory / f"{outside_editor.PREFIX}{2**22 + 1}-x"
    left.mkdir(0o700)
    (left / "page.txt").write_text(CANARY)
    ours = in_memory / f"{outside_editor.PREFIX}{os.getpid()}-x"
    ours.mkdir(0o700)
    theirs = in_memory / "theirs"
    theirs.mkdir()

    outside_editor.sweep()

    assert not left.exists()
    assert ours.exists()
    assert theirs.exists()


@posix
def test_wiping_follows_no_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("theirs")
    elsewhere.chmod(stat.S_IRUSR | stat.S_IWUSR)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(elsewhere)

    outside_editor.wipe(folder)

    assert not folder.exists()
    assert elsewhere.read_text() == "theirs"


@pytest.mark.parametrize("named", ["", "no-such-editor-anywhere", "'"])
def test_no_editor_is_told(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", named)

    with pytest.raises(Exception, match="No editor is named"):
        outside_editor.command()


def test_vim_is_told_to_leave_no_copies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    vim = tmp_path / "vim"
    vim.write_text("#!/bin/sh\n")
    vim.chmod(0o700)
    monkeypatch.setenv("VISUAL", f"{vim} -u NONE")

    words = outside_editor.command()

    assert words[:3] == [str(vim), "-u", "NONE"]
    assert words[3:6] == ["-n", "-i", "NONE"]
    assert {"noundofile", "nobackup", "nowritebackup"} <= set(words[-1].split())
    assert outside_editor.is_known(words)
