"""One search line: what it asks for, what it admits, and that nothing typed into it can fail."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.entry import Answers, Body, Entry, Mark, Note, Practice, Record, Summary
from trustkit.model.query import NOTES, Query, by_day, by_month, day_of, parse_query, tags_in_use

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def entry(body: Body, created: datetime = NOON) -> Entry:
    return Entry("a" * 26, "b" * 10, body.kind, created, created, body)


def summary(**about: object) -> Summary:
    known: dict[str, object] = {"kind": "note", "created": NOON, "title": ""} | about
    return Summary("a" * 26, "b" * 10, saved=NOON, **known)  # type: ignore[arg-type]


def test_a_whole_line_is_read_at_once() -> None:
    query = parse_query(
        "tag:work kind:letter last march 2026-03..2026-05 distress:7-10 feeling:calm guide:calm-body promise", TODAY
    )

    assert replace(query, as_words=None) == Query(
        words="promise",
        kinds=frozenset({"letter"}),
        tags=("work",),
        feelings=("calm",),
        distress=(7, 10),
        guide="calm-body",
        since=date(2026, 3, 1),
        until=date(2026, 3, 31),
    )
    assert query.in_words() == (
        "letters, tagged work, feeling calm, distress 7 to 10, begun from calm-body, in March 2026"
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("yesterday", "yesterday"),
        ("2019", "2019"),
        ("last week was hard", "last week was hard"),
        ("tag:work 5 march 2026 on:2026-03", "5 march 2026"),
        ("2026-03..2026-05", "2026-03..2026-05"),
    ],
)
def test_a_day_without_a_field_may_be_meant_as_words(line: str, words: str) -> None:
    query = parse_query(line, TODAY)

    assert query.since is not None
    assert query.as_words is not None
    assert query.as_words.words == words
    assert query.as_words.tags == query.tags


@pytest.mark.parametrize("line", ['"2019"', "on:2019", "since:yesterday work", "last promise"])
def test_a_day_in_quotes_or_behind_a_field_is_read_one_way(line: str) -> None:
    assert parse_query(line, TODAY).as_words is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("promise harbour", "promise harbour"),
        ('"last march" came', "last march came"),
        ("may march", "may march"),
        ("10:30 http://a.b foo:bar", "10:30 http://a.b foo:bar"),
        ('foo:"a b"', "foo:a b"),
        ('"', ""),
        ('"open', "open"),
        ("-", "-"),
    ],
)
def test_what_is_no_filter_is_looked_for(line: str, words: str) -> None:
    assert parse_query(line, TODAY).words.split() == words.split()
    assert not parse_query(line, TODAY).filters


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("kind:foo", "kind"),
        ("distress:11", "distress"),
        ("distress:much", "distress"),
        ("date:soon", "date"),
        ("since:x", "date"),
        ("tag:", "empty"),
        ("tag:#", "empty"),
    ],
)
def test_a_part_that_cannot_be_read_is_told_gently_and_counts_for_nothing(line: str, note: str) -> None:
    query = parse_query(f"{line} promise", TODAY)

    assert query == Query(words="promise", notes=(NOTES[note],))


@pytest.mark.parametrize(
    ("line", "since", "until"),
    [
        ("since:2026-03", date(2026, 3, 1), None),
        ("after:2026-03", date(2026, 4, 1), None),
        ("until:2026-03", None, date(2026, 3, 31)),
        ("before:2026-03", None, date(2026, 2, 28)),
        ("on:yesterday", date(2026, 11, 21), date(2026, 11, 21)),
        ('date:"last march"', date(2026, 3, 1), date(2026, 3, 31)),
        ("since:2026-01 until:2026-02", date(2026, 1, 1), date(2026, 2, 28)),
        ("2026 since:2026-06", date(2026, 6, 1), date(2026, 12, 31)),
    ],
)
def test_days_narrow_each_other(line: str, since: date | None, until: date | None) -> None:
    query = parse_query(line, TODAY)

    assert (query.since, query.until, query.words) == (since, until, "")


NOTE = entry(Note("x", tags=("Work", "at home"), feelings=("calm", "tired"), distress=7))
LETTER = entry(Answers("letter-not-sent", 1, from_step="calm-body/breathe"))


@pytest.mark.parametrize(
    ("line", "this", "fits"),
    [
        ("tag:work", NOTE, True),
        ("tag:#WORK", NOTE, True),
        ('tag:"at home" tag:work', NOTE, True),
        ("tag:work tag:sea", NOTE, False),
        ("-tag:work", NOTE, False),
        ("-tag:sea", NOTE, True),
        ("-tag:sea", LETTER, True),
        ("feeling:calm feeling:tired", NOTE, True),
        ("feeling:glad", NOTE, False),
        ("distress:7", NOTE, True),
        ("distress:6-8", NOTE, True),
        ("distress:8+", NOTE, False),
        ("distress:numb", NOTE, False),
        ("distress:numb", entry(Note("x", distress="numb")), True),
        ("distress:0-10", entry(Note("x", distress="numb")), False),
        ("distress:0-10", entry(Note("x")), False),
        ("kind:note", NOTE, True),
        ("kind:notes,records", NOTE, True),
        ("kind:answer", NOTE, False),
        ("kind:note", entry(Mark("g", "s", "done")), False),
        ("kind:letter", LETTER, True),
        ("kind:letter", NOTE, False),
        ("kind:note,letter", NOTE, True),
        ("kind:letter", entry(Answers("three-letters", 1)), False),
        ("exercise:promise-log", entry(Record("promise-log", 1)), True),
        ("exercise:promise", entry(Record("promise-log", 1)), True),
        ("exercise:prom", entry(Record("promise-log", 1)), False),
        ("guide:calm-body", LETTER, True),
        ("guide:calm-body/breathe", LETTER, True),
        ("guide:calm", LETTER, False),
        ("guide:calm-body", NOTE, False),
        ("distress:4", entry(Practice("x", 1, NOON, NOON, before=4)), True),
        ("2026-11", NOTE, True),
        ("2026-10", NOTE, False),
        ("2026-10", entry(Note("x", about_day=date(2026, 10, 3))), True),
    ],
)
def test_an_entry_is_admitted_when_everything_fits(line: str, this: Entry, fits: bool) -> None:
    assert parse_query(line, TODAY).admits(this) is fits


def test_a_summary_is_judged_like_its_entry() -> None:
    about = summary(tags=("Work",), feelings=("calm",), distress=7, about_day=date(2026, 10, 3))

    assert parse_query("tag:work feeling:calm distress:7 2026-10 kind:note", TODAY).admits(about)
    assert not parse_query("2026-11", TODAY).admits(about)
    assert parse_query("kind:letter", TODAY).admits(summary(kind="answer", exercise="letter-not-sent"))


def test_a_summary_tells_which_step_an_answer_was_begun_from() -> None:
    query = parse_query("guide:calm-body", TODAY)

    assert query.admits(summary(kind="answer", from_step="calm-body/breathe"))
    assert not query.admits(summary(kind="answer", from_step="calm-bodies/breathe"))
    assert not query.admits(summary(kind="answer"))
    assert not query.admits(summary(kind="note"))


def test_an_entry_stays_on_its_own_day_wherever_it_is_read() -> None:
    """An entry from two in the morning far away belongs to that day, not to the one it was here (jrnl#1422)."""
    far = timezone(timedelta(hours=13))
    late = entry(Note("x"), datetime(2026, 3, 5, 2, tzinfo=far))

    assert day_of(late) == date(2026, 3, 5)
    assert parse_query("2026-03-05", TODAY).admits(late)
    assert not parse_query("2026-03-04", TODAY).admits(late)


def test_an_empty_line_admits_everything() -> None:
    assert parse_query("  ", TODAY) == Query()
    assert all(Query().admits(this) for this in (NOTE, LETTER, entry(Mark("g", "s", "done")), summary()))


LINES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.builds(
            "{}{}:{}".format,
            st.sampled_from(["", "-"]),
            st.sampled_from(["tag", "kind", "distress", "date", "since", "guide", "feeling"]),
            st.one_of(st.text(max_size=8), st.sampled_from(["note", "7-10", "numb", "2026-03..", '"a b"', '"'])),
        ),
        st.sampled_from(["last", "march", "2026", "today", "..", "2026-03..2026-05", '"']),
    ),
    max_size=8,
).map(" ".join)


@given(LINES, st.dates())
def test_nothing_that_can_be_typed_is_a_failure(line: str, today: date) -> None:
    query = parse_query(line, today)

    assert set(query.notes) <= set(NOTES.values())
    query.admits(NOTE)
    query.in_words()


@given(LINES)
def test_typing_on_only_ever_narrows_what_is_admitted(line: str) -> None:
    shown = parse_query(line, TODAY)
    narrower = parse_query(f"{line} -tag:work", TODAY)

    if '"' not in line and shown.admits(LETTER):
        assert narrower.admits(LETTER)
    if '"' not in line:
        assert not narrower.admits(NOTE)


def test_tags_are_counted_whatever_their_case_and_told_as_they_are_spelt_most_often() -> None:
    found = tags_in_use(
        [summary(tags=("Work", "sea")), summary(tags=("work",)), summary(tags=("Work",)), summary(tags=("sea", "Sea"))]
    )

    assert found == [("Work", 3), ("sea", 2)]


def test_entries_are_gathered_by_month_and_by_day_latest_first() -> None:
    days = [date(2026, 3, 5), date(2025, 12, 1), date(2026, 3, 9), date(2026, 3, 5)]
    found = [summary(about_day=day, title=str(at)) for at, day in enumerate(days)]

    assert {key: [s.title for s in group] for key, group in by_month(found).items()} == {
        (2026, 3): ["0", "2", "3"],
        (2025, 12): ["1"],
    }
    assert list(by_day(found)) == [date(2026, 3, 9), date(2026, 3, 5), date(2025, 12, 1)]
