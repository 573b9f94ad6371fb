"""`trustkit journal`: what was written is found again, whole and harmless."""

import json
from datetime import date
from pathlib import Path

import pytest
from journal_verb import posix
from pty_terminal import Terminal

from trustkit.model.entry import Answers, Draft, Mark, Note, Record

HOSTILE = "left \x1b[2J\x1b]0;owned\x07\x9b\u202eright\u202c\x00\x7f"


@pytest.fixture
def entries(sealed, clock):
    """Three notes, a minute apart, one of them private; their ids, oldest first."""
    vault = sealed()
    kept = []
    for text, private in (("the harbour at night", False), ("for me alone", True), ("Café, später", False)):
        kept.append(vault.add(Note(text), private=private).id)
        clock.forward(minutes=1)
    vault.close()
    return kept


def titles(ran) -> list[str]:
    return [entry["title"] for entry in json.loads(ran.out)["entries"]]


def test_the_list_is_newest_first_and_leaves_out_what_is_private(journal, entries) -> None:
    ran = journal("list")

    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"{entries[2][:8]}  2026-11-22  Café, später",
        f"{entries[0][:8]}  2026-11-22  the harbour at night",
    ]


def test_what_is_private_is_listed_when_asked_for(journal, entries) -> None:
    assert titles(journal("list", "--private", "--json")) == ["Café, später", "for me alone", "the harbour at night"]


def test_marks_and_the_like_are_not_listed(journal, sealed) -> None:
    vault = sealed()
    vault.add(Mark("calm-body", "your-own-signs", "done"))
    vault.close()

    assert journal("list").out == ""


def test_json_names_everything_a_list_knows(journal, sealed) -> None:
    vault = sealed()
    entry = vault.add(
        Note("text", "A title", tags=("sea",), feelings=("calm",), distress="numb", about_day=date(2026, 11, 1))
    )
    vault.close()

    found = json.loads(journal("list", "--json").out)["entries"][0]

    assert found["id"] == entry.id
    assert found["title"] == "A title"
    assert found["day"] == found["about_day"] == "2026-11-01"
    assert (found["tags"], found["feelings"], found["distress"]) == (["sea"], ["calm"], "numb")
    assert found["created"] == "2026-11-22T02:10:09+01:00"


def test_an_entry_is_shown_with_what_stands_beside_its_text(journal, sealed) -> None:
    vault = sealed()
    entry = vault.add(Note("First.\n\n  Second.", "A title", ("sea", "night"), ("calm",), 6, date(2026, 11, 1)))
    vault.close()

    ran = journal("show", entry.id)

    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"{entry.id[:8]}  2026-11-22 02:10",
        "tags: sea; night",
        "feelings: calm",
        "distress: 6",
        "about day: 2026-11-01",
        "",
        "A title",
        "",
        "First.",
        "",
        "  Second.",
    ]


def test_answers_and_records_are_shown_by_their_own_words(journal, sealed) -> None:
    vault = sealed()
    answers = vault.add(Answers("three-lines", 1, {"came": "nothing"}, ("tired",), "A sentence."))
    record = vault.add(Record("promise-log", 1, {"promise": "to call", "kept": True}))
    vault.close()

    assert journal("show", answers.id).out.splitlines()[1:] == [
        "", "three-lines", "", "Tired", "", "A sentence.", "", "Came", "nothing",
    ]  # fmt: skip
    assert journal("show", record.id).out.splitlines()[1:] == [
        "", "Promise log", "", "The promise, in its own words", "to call", "",
        "What became of it (this can wait)", "yes",
    ]  # fmt: skip


@pytest.mark.parametrize("length", [4, 8, 26])
def test_an_id_may_be_shortened_to_four_characters(length: int, journal, entries) -> None:
    assert "the harbour at night" in journal("show", entries[0][:length]).out


@pytest.mark.parametrize(("prefix", "code"), [("ab", 2), ("zzzzzzzz", 1), ("../../..", 1)])
def test_an_id_that_is_too_short_or_unknown_is_told(prefix: str, code: int, journal, entries) -> None:
    ran = journal("show", prefix)

    assert (ran.code, ran.out) == (code, "")
    assert prefix not in ran.err


def test_two_entries_that_begin_alike_are_not_guessed_between(journal, sealed) -> None:
    vault = sealed()
    for end in "ab":
        vault.add(Note(end), entry_id=f"aaaa{end * 22}")
    vault.close()

    assert journal("show", "aaaa").code == 2
    assert journal("show", "aaaab").code == 0


def test_nothing_in_an_entry_reaches_a_pipe_that_a_terminal_would_obey(journal, sealed) -> None:
    vault = sealed()
    entry = vault.add(Note(HOSTILE, HOSTILE, (HOSTILE,)))
    draft = Draft(vault.new_id(), Note(HOSTILE), entry.saved, target=vault.new_rev())
    vault.save_draft(draft)
    vault.close()

    for words in (("list",), ("show", entry.id), ("search", "left"), ("drafts",)):
        printed = journal(*words).out
        assert "left" in printed, words
        assert not set(printed) & set("\x1b\x07\x9b\u202e\u202c\x00\x7f"), words


def test_json_has_every_character_and_none_of_them_raw(journal, sealed) -> None:
    vault = sealed()
    entry = vault.add(Note(HOSTILE))
    vault.close()

    ran = journal("show", "--json", entry.id)

    assert ran.out.isascii()
    assert "\x1b" not in ran.out
    assert json.loads(ran.out)["entries"][0]["text"] == HOSTILE


@pytest.mark.parametrize("words", [("harbour",), ("HARBOUR", "night"), ("night harb",), ("cafe",), ("SPATER",)])
def test_search_finds_every_entry_that_holds_all_the_words(words, journal, entries) -> None:
    ran = journal("search", *words)

    assert ran.code == 0
    assert len(ran.out.splitlines()) == 1


def test_search_leaves_out_what_is_private_until_asked(journal, entries) -> None:
    assert journal("search", "alone").out == ""
    assert titles(journal("search", "--private", "--json", "alone")) == ["for me alone"]


def test_a_search_without_a_find_is_no_failure(journal, entries) -> None:
    ran = journal("search", "mountain")

    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing here has that word.\n")


def test_search_words_may_come_through_standard_input(journal, entries) -> None:
    assert titles(journal("search", "-", "--json", given="harbour\nnight\n")) == ["the harbour at night"]


@pytest.mark.parametrize("words", [("-",), (" ",), ()], ids=["nothing piped", "a blank", "no terminal"])
def test_a_search_for_nothing_is_told(words, journal, entries) -> None:
    ran = journal("search", *words)

    assert (ran.code, ran.out) == (2, "")


@posix
def test_search_without_a_word_asks_for_it(home, entries, passphrase_file) -> None:
    with Terminal("--data-dir", home, "--passphrase-file", passphrase_file, "journal", "search") as terminal:
        terminal.see("Look for:")
        terminal.type("harbour\r")
        terminal.see("the harbour at night")
        assert terminal.wait() == 0


def test_deleted_goes_to_the_trash_and_comes_back(journal, entries) -> None:
    deleted = journal("delete", entries[0][:8])

    assert deleted.code == 0
    assert f"trustkit journal restore {entries[0][:8]}" in deleted.err
    assert titles(journal("list", "--json")) == ["Café, später"]
    assert entries[0][:8] in journal("list", "--trash").out
    assert "In the trash." in journal("show", entries[0]).out

    assert journal("restore", entries[0][:8]).code == 0
    assert titles(journal("list", "--json")) == ["Café, später", "the harbour at night"]
    assert journal("list", "--trash").err == "Nothing in the trash.\n"


def test_what_is_not_in_the_trash_cannot_be_brought_back(journal, entries) -> None:
    assert journal("restore", entries[0]).code == 1


def test_a_draft_is_shown_and_kept(journal, sealed, clock) -> None:
    vault = sealed()
    draft = Draft(vault.new_id(), Note("half a thought"), clock(), target=vault.new_rev())
    vault.save_draft(draft)
    vault.close()

    assert "half a thought" in journal("drafts").out
    assert json.loads(journal("drafts", "--json").out)["entries"][0]["text"] == "half a thought"

    kept = journal("keep", draft.id[:4])

    assert (kept.code, kept.out) == (0, f"{draft.id}\n")
    assert titles(journal("list", "--json")) == ["half a thought"]
    assert journal("drafts").err == "No draft is waiting.\n"


def test_a_draft_of_an_older_entry_becomes_its_next_version(journal, sealed, clock, entries) -> None:
    vault = sealed()
    entry = vault.get(entries[0])
    vault.save_draft(Draft(entry.id, Note("the harbour by day"), clock(), base=entry.rev, target=vault.new_rev()))
    vault.close()

    assert journal("keep", entry.id).code == 0
    assert titles(journal("list", "--json")) == ["Café, später", "the harbour by day"]
    assert len(sealed().versions(entry.id)) == 2


def test_a_draft_nobody_began_cannot_be_kept(journal, entries) -> None:
    assert journal("keep", entries[0]).code == 2


def test_an_entry_changed_in_two_places_says_so(journal, sealed, clock, entries) -> None:
    vault = sealed()
    first = vault.get(entries[0])
    for words in ("one", "other"):
        vault.revise(first.id, Note(words), base=first.rev)
    vault.close()

    assert "changed in two places" in journal("show", first.id).err


def test_a_damaged_file_hides_no_other_and_is_named(journal, entries, home: Path) -> None:
    file = next((home / "entries").rglob(f"{entries[0]}.*"))
    file.write_bytes(file.read_bytes()[:-1])
    for segment in (home / "cache" / "index").glob("*.age"):
        segment.unlink()

    ran = journal("list")

    assert ran.code == 0
    assert "Café, später" in ran.out
    assert file.name in ran.err
    assert journal("show", entries[0]).code in (1, 3)


@posix
def test_a_long_entry_is_folded_to_the_window_and_nowhere_else(home, sealed, passphrase_file, trustkit) -> None:
    vault = sealed()
    entry = vault.add(Note("a quiet word " * 30 + "\n    indented\n漢" * 2))
    vault.close()

    words = ("--passphrase-file", passphrase_file, "journal", "show", entry.id)
    with Terminal("--data-dir", home, *words, size=(40, 60)) as terminal:
        assert terminal.wait() == 0
        lines = terminal.raw.decode().replace("\r", "").split("\n")
    assert max(map(len, lines)) <= 40
    assert "    indented" in lines
    assert "a quiet word " * 30 in trustkit(*words).out
