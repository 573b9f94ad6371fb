"""`trustkit journal export`: out in clear, for their owner alone, never over anything, and read back exactly."""

import json
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from journal_verb import posix
from pty_terminal import Terminal

from trustkit.companion import Companion
from trustkit.companion.handing import MANY
from trustkit.model.entry import Answers, Note, Practice, Record

HARD = "one\r\n[2020-01-01 10:00] pasted\n---\ntrustkit: 1\n<!-- entry {} -->\n\\ [x] \x1b[2J\n\n"


@pytest.fixture
def kept(sealed, clock):
    """A note, a private one, answers, a record and a run; the ids by name."""
    vault = sealed()
    bodies = {
        "note": Note(HARD, "A title", ("sea",), ("calm",), 6),
        "private": Note("for me alone"),
        "answer": Answers("three-lines", 1, {"came": "Anna came"}),
        "record": Record("promise-log", 1, {"promise": "to call", "kept": True, "due": clock().date()}),
        "run": Practice("breath-box", 1, clock(), clock(), 7, 5),
    }
    ids = {}
    for name, body in bodies.items():
        ids[name] = vault.add(body, private=name == "private").id
        clock.forward(minutes=1)
    vault.close()
    return ids


def exported(ran) -> list[str]:
    return [entry["id"] for entry in json.loads(ran.out)["entries"]]


def test_json_on_standard_output_holds_every_listed_page_and_says_it_is_not_sealed(journal, kept) -> None:
    ran = journal("export", "--format", "json")

    assert ran.code == 0
    assert exported(ran) == [kept["note"], kept["answer"], kept["record"]]
    assert json.loads(ran.out)["entries"][0]["text"] == HARD
    assert ran.out.isascii()
    assert "not sealed" in ran.err


def test_what_is_private_leaves_only_when_asked_for(journal, kept) -> None:
    for form in ("json", "markdown", "text"):
        assert "for me alone" not in journal("export", "--format", form).out
    assert kept["private"] in exported(journal("export", "--format", "json", "--private"))
    assert exported(journal("export", "--format", "json", kept["private"][:6])) == [kept["private"]]


def test_filters_choose_what_leaves(journal, kept) -> None:
    assert exported(journal("export", "--format", "json", "--tag", "SEA")) == [kept["note"]]
    assert exported(journal("export", "--format", "json", "--kind", "record", "--on", "today")) == [kept["record"]]
    assert exported(journal("export", "--format", "json", "--kind", "practice")) == [kept["run"]]
    assert journal("export", "--until", "2020").code == 1
    assert journal("export", "--on", "soon").code == 2
    assert journal("export", kept["note"], "--tag", "sea").code == 2


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_nothing_that_a_terminal_obeys_is_printed(form: str, journal, kept) -> None:
    assert "\x1b" not in journal("export", "--format", form).out


def test_letters_that_an_output_cannot_hold_are_told_and_never_lost_in_silence(
    process, sealed, passphrase_file, tmp_path: Path
) -> None:
    vault = sealed()
    entry = vault.add(Note("Größe, 日本, عربي"))
    vault.close()
    export = ("--passphrase-file", passphrase_file, "journal", "export")
    for encoding, code in (("utf-8", 0), ("cp1252", 1), ("latin-1:replace", 1), ("ascii", 1)):
        environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        for words in (("--format", "markdown"), ("--format", "text"), (entry.id, "--for-someone", "--names", "-")):
            ran = process(*export, *words, environment=environment)
            assert (encoding, words, ran.code) == (encoding, words, code)
            assert ("no place in the encoding" in ran.err) == (code == 1)
        ran = process(*export, "--format", "json", environment=environment)
        assert ran.code == 0
        assert json.loads(ran.out)["entries"][0]["text"] == "Größe, 日本, عربي"
        ran = process(*export, "--output", tmp_path / f"{encoding[:3]}.md", environment=environment)
        assert ran.code == 0
        assert "Größe, 日本, عربي" in (tmp_path / f"{encoding[:3]}.md").read_text(encoding="utf-8")


def test_a_markdown_folder_has_a_file_a_page_for_its_owner_alone(journal, kept, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        ran = journal("export", "--output", tmp_path / "out" / "pages")
    finally:
        os.umask(before)

    assert (ran.code, ran.out) == (0, f"{tmp_path}/out/pages\n")
    assert "not sealed" in ran.err
    files = sorted((tmp_path / "out" / "pages").iterdir())
    assert sorted(file.name for file in files) == sorted(
        f"2026-11-22-{kept[name][:8]}.md" for name in ("note", "answer", "record")
    )
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert stat.S_IMODE((tmp_path / "out" / "pages").stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


@pytest.mark.parametrize("words", [["--one-file"], ["--format", "json"], ["--format", "text"]])
def test_nothing_is_ever_overwritten(words: list[str], journal, kept, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("theirs")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")

    for target in (taken, link):
        ran = journal("export", *words, "--output", target)
        assert (ran.code, ran.out) == (3, "")
    assert taken.read_text() == "theirs"
    assert not (tmp_path / "elsewhere").exists()
    assert journal("export", "--output", tmp_path).code == 3
    assert journal("export", "--output", taken).code == 3


def test_nothing_in_clear_is_put_into_the_journal_s_own_folder(journal, kept, home: Path) -> None:
    for target in ("pages", "journal.md", "entries/journal.json"):
        assert journal("export", "--output", home / target).code == 2
        assert not (home / target).exists()


def test_a_disk_without_room_leaves_no_half_export(journal, kept, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from trustkit.vault.durable import Layer

    written = []
    link = Layer.link

    def full(self, source, target):
        written.append(target)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "full")
        link(self, source, target)

    monkeypatch.setattr(Layer, "link", full)
    ran = journal("export", "--output", tmp_path / "pages")

    assert (ran.code, ran.out) == (3, "")
    assert "no room" in ran.err
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize(
    "words", [(), ("--output", "pages"), ("--output", "pages.md"), ("--format", "json", "--output", "pages.json")]
)
def test_a_page_damaged_while_others_are_written_leaves_no_half_export(
    words: tuple[str, ...], journal, sealed, clock, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = sealed()
    ids = [vault.add(Note(f"page {number}"), created=clock() - timedelta(days=number)).id for number in range(MANY)]
    vault.close()
    (file,) = (home / "entries").rglob(f"{ids[3]}.*")
    listed = Companion.find

    def find(*about, **more):
        found = listed(*about, **more)
        file.write_bytes(file.read_bytes()[:-9] + b"something")
        return found

    monkeypatch.setattr(Companion, "find", find)
    monkeypatch.chdir(tmp_path)
    there = set(tmp_path.iterdir()) | {tmp_path / "stdin"}
    ran = journal("export", *words)

    assert (ran.code, ran.out) == (3, "")
    assert "can't be read" in ran.err
    assert set(tmp_path.iterdir()) <= there


# For someone trusted


def test_only_pages_named_by_id_are_handed_over_with_names_as_initials(journal, kept, tmp_path: Path) -> None:
    names = tmp_path / "names"
    names.write_text("Anna\n")

    ran = journal("export", "--for-someone", kept["answer"], kept["private"], "--names", names, "--format", "text")

    assert ran.code == 0
    assert "A. came" in ran.out
    assert "for me alone" in ran.out
    assert "Anna" not in ran.out
    assert "1 place" in ran.err
    assert kept["answer"][:8] not in ran.out


def test_without_ids_nobody_is_handed_anything(journal, kept) -> None:
    assert journal("export", "--for-someone").code == 2
    assert journal("export", "--for-someone", "--tag", "sea").code == 2
    assert journal("export", "--for-someone", kept["note"], "--format", "json").code == 2


def test_what_stands_beside_a_page_is_not_handed_over(journal, kept) -> None:
    ran = journal("export", "--for-someone", kept["note"], "--names", "-", given="Nobody")

    assert "A title" in ran.out
    for beside in ("sea", "calm", kept["note"][:8]):
        assert beside not in ran.out


def test_without_a_yes_nothing_is_written(journal, kept, tmp_path: Path) -> None:
    target = tmp_path / "for-someone.txt"
    words = ("export", "--for-someone", kept["answer"], "--names", "-", "--format", "text", "--output", target)

    asked = journal(*words, given="Anna")
    assert asked.code == 2
    assert "A. came" in asked.out
    assert not target.exists()

    assert journal(*words, "--yes", given="Anna").code == 0
    assert "A. came" in target.read_text()
    assert "Anna" not in target.read_text()


@posix
def test_on_a_terminal_names_are_asked_for_and_the_pages_shown_before_they_are_written(
    home, kept, passphrase_file, tmp_path: Path
) -> None:
    target = tmp_path / "for-someone.md"
    words = (
        "--passphrase-file",
        passphrase_file,
        "journal",
        "export",
        "--for-someone",
        kept["answer"],
        "--output",
        target,
    )
    with Terminal("--data-dir", home, *words) as terminal:
        terminal.see("Names to shorten")
        terminal.type("Anna\r")
        terminal.see("A. came", "Write this?")
        assert not target.exists()
        terminal.type("y\r")
        terminal.see("not sealed")
        assert terminal.wait() == 0
    assert "A. came" in target.read_text()
