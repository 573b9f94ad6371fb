"""Lists, search and the beginnings of ids, whatever the way a vault keeps: sealed, open and in memory."""

from datetime import date, datetime, timedelta, timezone

import pytest

from trustkit.errors import NotFound, UsageError
from trustkit.model.entry import (
    Answers,
    Body,
    Choice,
    Mark,
    Note,
    OwnExercise,
    Practice,
    Record,
)

HERE = timezone(timedelta(hours=1))


def titles(summaries) -> list[str]:
    return [summary.title for summary in summaries]


# Lists


def test_lists_have_the_newest_first_across_months_and_years(vault) -> None:
    for day in (datetime(2025, 12, 31, 23, tzinfo=HERE), datetime(2026, 2, 1, tzinfo=HERE)):
        vault.add(Note(day.date().isoformat()), created=day)
    vault.add(Note("now"))
    assert titles(vault.summaries()) == ["now", "2026-02-01", "2025-12-31"]
    assert titles(vault.summaries(limit=2)) == ["now", "2026-02-01"]
    assert vault.summaries(limit=0) == ()


def test_private_entries_are_left_out_until_asked_for(vault) -> None:
    vault.add(Note("open"))
    entry = vault.add(Note("closed"), private=True)
    assert titles(vault.summaries()) == ["open"]
    assert titles(vault.search("closed")) == []
    assert set(titles(vault.summaries(private=True))) == {"open", "closed"}
    assert titles(vault.search("closed", private=True)) == ["closed"]
    vault.delete(entry.id)
    assert titles(vault.summaries(trash=True)) == []
    assert titles(vault.summaries(trash=True, private=True)) == ["closed"]


def test_events_behind_the_scenes_are_in_no_list(vault, clock) -> None:
    bodies: list[Body] = [
        Mark("g", "s", "done"),
        Choice("roads", "x"),
        Practice("breath-box", 1, clock.now, clock.now),
        OwnExercise("x"),
    ]
    for body in bodies:
        vault.add(body)
    assert (vault.summaries(), vault.search("s"), vault.search("x")) == ((), [], [])


def test_a_summary_knows_what_a_list_shows(vault) -> None:
    vault.add(Note("text", "Title", ("t",), ("sad",), 3, date(2026, 11, 1)))
    (summary,) = vault.summaries()
    assert (summary.title, summary.tags, summary.feelings, summary.distress) == ("Title", ("t",), ("sad",), 3)
    assert summary.day == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (Note("\n\n  First line  \nsecond"), "First line"),
        (Note(""), ""),
        (Note("a\u2028b"), "a"),
        (Note("x" * 1000), "x" * 200),
        (Answers("x", 1, {"one": "An answer"}), "An answer"),
        (Answers("x", 1, {"one": "An answer"}, result="The result"), "The result"),
        (Answers("x", 1, rows=({"who": "Someone"},)), "Someone"),
        (Record("x", 1, {"times": 3, "promise": "Call"}), "Call"),
    ],
)
def test_a_title_is_one_short_line(vault, body: Body, title: str) -> None:
    vault.add(body)
    assert titles(vault.summaries()) == [title]


# Search


def test_search_wants_every_word_anywhere(vault) -> None:
    vault.add(Note("The quick fox", "Morning", ("animals",)))
    vault.add(Note("The slow fox"))
    assert len(vault.search("fox")) == 2
    assert titles(vault.search("fox quick")) == ["Morning"]
    assert titles(vault.search("MORNING animal")) == ["Morning"]
    assert vault.search("fox bear") == vault.search("") == vault.search("  ") == []


@pytest.mark.parametrize(("text", "words"), [("Café", "cafe"), ("Straße", "strasse"), ("İYİ", "iyi"), ("Ｏｋ", "ok")])
def test_search_minds_neither_case_nor_accents_nor_widths(vault, text: str, words: str) -> None:
    vault.add(Note(text))
    assert len(vault.search(words)) == 1


def test_search_looks_into_answers_and_records(vault) -> None:
    vault.add(Answers("x", 1, {"q": "needle"}, ("tick",), "result", ({"c": "cell"},)))
    vault.add(Record("x", 1, {"promise": "thimble"}))
    for word in ("needle", "tick", "result", "cell", "thimble"):
        assert len(vault.search(word)) == 1


def test_search_finds_the_words_of_each_of_two_versions(vault) -> None:
    first = vault.add(Note("first"))
    vault.revise(first.id, Note("mine"), base=first.rev)
    vault.revise(first.id, Note("theirs"), base=first.rev)
    assert len(vault.search("mine")) == len(vault.search("theirs")) == 1
    assert vault.search("first") == []


# Ids


def test_an_id_is_found_by_its_beginning(vault) -> None:
    entry = vault.add(Note("x"))
    assert vault.find_id(entry.id[:4].upper()) == entry.id
    assert vault.find_id(f" {entry.id} ") == entry.id


def test_a_beginning_that_is_too_short_unknown_or_shared_is_told_apart(vault) -> None:
    one, two = "aaaa" + "b" * 22, "aaaa" + "c" * 22
    vault.add(Note("x"), entry_id=one)
    vault.add(Note("y"), entry_id=two)
    with pytest.raises(UsageError, match="too short"):
        vault.find_id("aaa")
    with pytest.raises(UsageError, match="More than one"):
        vault.find_id("aaaa")
    with pytest.raises(NotFound):
        vault.find_id("zzzz")
    assert vault.find_id("aaaab") == one


def test_what_lists_show_comes_before_events_of_the_same_beginning(vault) -> None:
    one, two = "aaaa" + "b" * 22, "aaaa" + "c" * 22
    vault.add(Mark("g", "s", "done"), entry_id=one)
    vault.add(Note("y"), entry_id=two)
    assert vault.find_id("aaaa") == two
