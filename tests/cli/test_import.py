"""`trustkit journal import`: looked at first, never over anything, never twice, and taken back as one act."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from journal_verb import posix
from pty_terminal import Terminal

from trustkit.model.entry import Choice, Mark, Note

JRNL = "[2026-03-05 02:10] To the sea. @sea\nA long day.\n\n[2026-03-06 23:00] Home.\n"


@pytest.fixture
def jrnl(tmp_path: Path) -> Path:
    file = tmp_path / "journal.txt"
    file.write_text(JRNL)
    return file


def listed(vault) -> list[tuple[str, str]]:
    return [(f"{one.day}", one.title) for one in vault.summaries(private=True)]


HOME_AND_SEA = [("2026-03-06", "Home."), ("2026-03-05", "To the sea. @sea")]


def test_without_a_yes_there_is_only_a_look(journal, jrnl, sealed) -> None:
    ran = journal("import", jrnl)

    assert ran.code == 2
    assert ran.out.splitlines() == [
        "2 pages to bring in, from 2026-03-05 to 2026-03-06:",
        "",
        "  2026-03-05  To the sea. @sea",
        "  2026-03-06  Home.",
        "",
    ]
    assert "--yes" in ran.err
    assert listed(sealed()) == []


def test_a_jrnl_journal_comes_in_with_its_days_and_tags(journal, jrnl, sealed) -> None:
    ran = journal("import", jrnl, "--yes")

    assert ran.code == 0
    assert "2 pages are here now." in ran.err
    vault = sealed()
    assert listed(vault) == HOME_AND_SEA
    assert vault.summaries()[1].tags == ("sea",)
    assert jrnl.read_text() == JRNL


def test_bringing_in_twice_adds_nothing(journal, jrnl, sealed) -> None:
    journal("import", jrnl, "--yes")
    again = journal("import", jrnl, "--yes")

    assert again.code == 0
    assert "2 left out, it is here already" in again.out
    assert "nothing new" in again.err
    assert listed(sealed()) == HOME_AND_SEA


def test_an_import_is_taken_back_as_one_act_and_can_come_again(journal, jrnl, sealed) -> None:
    mine = sealed().add(Note("mine")).id
    journal("import", jrnl, "--yes")

    undone = journal("import", "--undo")

    assert undone.code == 0
    assert "2 pages are in the trash now" in undone.err
    assert [one.id for one in sealed().summaries()] == [mine]
    assert journal("import", "--undo").code == 2

    assert journal("import", jrnl, "--yes").code == 0
    assert sorted(listed(sealed()))[:2] == sorted(HOME_AND_SEA)


def test_taking_back_keeps_what_was_written_in_since(journal, jrnl, sealed, clock) -> None:
    journal("import", jrnl, "--yes")
    clock.forward(minutes=5)
    vault = sealed()
    vault.revise(vault.summaries()[0].id, Note("Home, at last."))
    vault.close()

    undone = journal("import", "--undo")

    assert "1 page is in the trash now" in undone.err
    assert "1 page stays" in undone.err
    assert listed(sealed()) == [("2026-03-06", "Home, at last.")]


def test_only_the_last_import_is_remembered_and_its_memory_holds_no_words(journal, jrnl, sealed, tmp_path) -> None:
    journal("import", jrnl, "--yes")
    other = tmp_path / "2026-05-01 walk.md"
    other.write_text("A walk.")
    journal("import", other, "--yes")

    remembered = [e for e in sealed().events("choice") if isinstance(e.body, Choice) and e.body.name == "imported"]
    assert len(remembered) == 1
    assert "walk" not in str(remembered[0].body)

    journal("import", "--undo")
    assert listed(sealed()) == HOME_AND_SEA


def test_what_a_reader_threw_away_stays_in_the_trash(journal, jrnl, sealed) -> None:
    journal("import", jrnl, "--yes")
    vault = sealed()
    vault.delete(vault.summaries()[0].id)
    vault.close()

    again = journal("import", jrnl, "--yes")

    assert "it is in the trash here" in again.out
    assert listed(sealed()) == HOME_AND_SEA[1:]


def test_what_was_erased_for_good_and_is_asked_for_again_comes_as_a_page_of_its_own(journal, jrnl, sealed) -> None:
    journal("import", jrnl, "--yes")
    vault = sealed()
    erased = vault.summaries()[0].id
    vault.forget(erased)
    vault.close()

    journal("import", jrnl, "--yes")

    vault = sealed()
    assert listed(vault) == HOME_AND_SEA
    assert erased not in [one.id for one in vault.summaries()]
    journal("import", jrnl, "--yes")
    assert listed(sealed()) == HOME_AND_SEA


def test_an_export_of_this_journal_adds_nothing_to_it_even_after_an_edit(journal, sealed, tmp_path, clock) -> None:
    vault = sealed()
    entry = vault.add(Note("as it was"))
    vault.close()
    journal("export", "--format", "json", "--output", tmp_path / "out.json")
    clock.forward(minutes=1)
    vault = sealed()
    vault.revise(entry.id, Note("as it is"))
    vault.close()

    assert "it is here already" in journal("import", tmp_path / "out.json", "--yes").out
    assert [one.title for one in sealed().summaries()] == ["as it is"]


def test_other_words_under_the_same_id_come_in_beside_and_overwrite_nothing(journal, sealed, tmp_path) -> None:
    vault = sealed()
    entry = vault.add(Note("mine"))
    vault.close()
    journal("export", "--format", "json", "--output", tmp_path / "out.json")
    theirs = (tmp_path / "out.json").read_text().replace('"mine"', '"theirs"')
    (tmp_path / "theirs.json").write_text(theirs)

    assert journal("import", tmp_path / "theirs.json", "--yes").code == 0

    vault = sealed()
    assert sorted(one.title for one in vault.summaries()) == ["mine", "theirs"]
    assert len(vault.versions(entry.id)) == 1
    assert "it is here already" in journal("import", tmp_path / "theirs.json", "--yes").out


def test_marks_and_choices_that_are_set_here_do_not_give_way_to_older_ones(journal, sealed, tmp_path, clock) -> None:
    vault = sealed()
    vault.add(Mark("calm-body", "one", "done"))
    vault.close()
    journal("export", "--format", "json", "--kind", "mark", "--output", tmp_path / "out.json")
    table = json.loads((tmp_path / "out.json").read_text())
    table["entries"][0] |= {"id": "b" * 26, "state": "skip"}
    table["entries"].append(table["entries"][0] | {"id": "c" * 26, "step": "two"})
    (tmp_path / "marks.json").write_text(json.dumps(table))

    ran = journal("import", tmp_path / "marks.json", "--yes")

    assert "something is set here already" in ran.out
    marks = sealed().marks()
    assert (marks["calm-body", "one"].state, marks["calm-body", "two"].state) == ("done", "skip")

    assert "1 page is in the trash now" in journal("import", "--undo").err
    assert set(sealed().marks()) == {("calm-body", "one")}


def test_a_folder_is_read_file_by_file_and_what_is_left_out_is_named(journal, sealed, tmp_path) -> None:
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "2026-03-05.md").write_text("# A walk\n")
    (folder / "deep" / "2026-03-06 two.txt").write_text("Two.")
    (folder / "broken.txt").write_bytes(b"caf\xe9")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden" / "2026-01-01.md").write_text("hidden")
    (folder / "link.md").symlink_to(folder / "2026-03-05.md")

    ran = journal("import", folder, "--yes")

    assert ran.code == 0
    assert listed(sealed()) == [("2026-03-06", "Two."), ("2026-03-05", "# A walk")]
    assert "1 left out, it is not UTF-8 text: broken.txt" in ran.out
    assert "1 left out, it is neither text nor Markdown nor JSON: picture.png" in ran.out
    assert "1 left out, it can't be read: link.md" in ran.out


def test_a_whole_export_comes_back_whole(journal, trustkit, sealed, passphrase_file, tmp_path, clock) -> None:
    vault = sealed()
    for text in ("one\r\n[2020-01-01 10:00] pasted\n", "---\ntrustkit: 1\n---\n", "<!-- entry {} -->\n\n", "\\[x]\x1b"):
        vault.add(Note(text, "t", ("a", "b"), ("c",), 3, clock().date()), private=text.startswith("-"))
        clock.forward(minutes=1)
    vault.close()
    for at, words in enumerate((["--format", "json"], ["--one-file"], [])):
        target = tmp_path / f"out{at}"
        assert journal("export", "--private", *words, "--output", target).code == 0
        other = tmp_path / f"other{at}"
        assert trustkit("--data-dir", other, "vault", "init", "--open").code == 0
        assert trustkit("--data-dir", other, "journal", "import", target, "--yes").code == 0
        before = journal("export", "--private", "--format", "json").out
        assert trustkit("--data-dir", other, "journal", "export", "--private", "--format", "json").out == before


def test_pages_may_all_be_kept_privately(journal, jrnl, sealed) -> None:
    journal("import", jrnl, "--yes", "--private")

    assert sealed().summaries() == ()
    assert listed(sealed()) == HOME_AND_SEA


def test_what_came_in_is_told_to_programs(journal, jrnl) -> None:
    ran = journal("import", jrnl, "--yes", "--json")

    assert [entry["title"] for entry in json.loads(ran.out)["entries"]] == ["Home.", "To the sea. @sea"]


def test_an_import_that_runs_out_of_room_is_taken_back_like_a_whole_one(
    journal, jrnl, sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trustkit.errors import WriteError
    from trustkit.vault import Vault

    add = Vault.add

    def full(self, body, **about):
        if getattr(body, "text", "") == "Home.":
            raise WriteError("There is no room to save.", "Free some space.")
        return add(self, body, **about)

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "add", full)
        assert journal("import", jrnl, "--yes").code == 3

    assert listed(sealed()) == HOME_AND_SEA[1:]
    assert "1 page is in the trash now" in journal("import", "--undo").err
    assert listed(sealed()) == []


@pytest.mark.parametrize(("words", "code"), [([], 2), (["x", "--undo"], 2), (["/nowhere/at/all"], 1), (["--undo"], 2)])
def test_what_cannot_be_done_is_told(words: list[str], code: int, journal) -> None:
    ran = journal("import", *words)

    assert (ran.code, ran.out) == (code, "")


def test_a_pipe_is_not_waited_for(journal, tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert journal("import", tmp_path / "pipe").code == 3


@posix
def test_on_a_terminal_a_look_comes_before_the_question(home, sealed, jrnl, passphrase_file) -> None:
    words = ("--passphrase-file", passphrase_file, "journal", "import", jrnl)
    for answer, number in (("n", 0), ("y", 2)):
        with Terminal("--data-dir", home, *words) as terminal:
            terminal.see("2 pages to bring in", "Bring them in?")
            assert listed(sealed()) == []
            terminal.type(f"{answer}\r")
            assert terminal.wait() == 0
        assert len(listed(sealed())) == number


@posix
def test_hours_that_clocks_skip_or_repeat_keep_their_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """jrnl#1422: entries near a change of clocks, or from another time zone, moved to another hour or day."""
    import time
    from datetime import datetime

    from trustkit.companion.handing import here

    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    try:
        for said, hours in (
            (datetime(2026, 3, 29, 2, 30), (1, 2)),
            (datetime(2026, 10, 25, 2, 30), (2,)),
            (datetime(2026, 1, 1), (1,)),
            (datetime(2026, 7, 1, 23, 59), (2,)),
            (datetime(2, 1, 1), (0, 1)),
        ):
            assert here(said).replace(tzinfo=None) == said
            assert here(said).utcoffset() in [timedelta(hours=hour) for hour in hours]
    finally:
        monkeypatch.undo()
        time.tzset()
