"""Days as people name them are found in the reader's own calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.days import Span, in_words, read_span

SUNDAY = date(2026, 11, 22)

DAYS = st.dates(date(1, 2, 1), date(9998, 11, 30))


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("today", date(2026, 11, 22), date(2026, 11, 22)),
        ("Yesterday", date(2026, 11, 21), date(2026, 11, 21)),
        ("this week", date(2026, 11, 16), date(2026, 11, 22)),
        ("last week", date(2026, 11, 9), date(2026, 11, 15)),
        ("last-week", date(2026, 11, 9), date(2026, 11, 15)),
        ("this month", date(2026, 11, 1), date(2026, 11, 30)),
        ("last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("last march", date(2026, 3, 1), date(2026, 3, 31)),
        ("last november", date(2025, 11, 1), date(2025, 11, 30)),
        ("last december", date(2025, 12, 1), date(2025, 12, 31)),
        ("last monday", date(2026, 11, 16), date(2026, 11, 16)),
        ("last sunday", date(2026, 11, 15), date(2026, 11, 15)),
        ("March 2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("5 march 2026", date(2026, 3, 5), date(2026, 3, 5)),
        ("march 5th 2026", date(2026, 3, 5), date(2026, 3, 5)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2026-3-5", date(2026, 3, 5), date(2026, 3, 5)),
        ("2026-03..2026-05", date(2026, 3, 1), date(2026, 5, 31)),
        ("2026-05..2026-03", date(2026, 3, 1), date(2026, 5, 31)),
        ("march-2026..yesterday", date(2026, 3, 1), date(2026, 11, 21)),
        ("2026-03..", date(2026, 3, 1), None),
        ("..2026-03", None, date(2026, 3, 31)),
    ],
)
def test_a_day_is_found_by_its_name(said: str, first: date | None, last: date | None) -> None:
    assert read_span(said, SUNDAY) == Span(first, last)


@pytest.mark.parametrize(
    "said",
    ["", " ", "..", "may", "march", "last", "2026-13", "2026-02-30", "0000", "31 april 2026", "a..b", "..a", "20261"],
)
def test_what_names_no_day_is_not_guessed_at(said: str) -> None:
    assert read_span(said, SUNDAY) is None


@given(DAYS, DAYS)
def test_a_range_holds_exactly_the_days_between_its_ends(one: date, other: date) -> None:
    span = read_span(f"{one.isoformat()}..{other.isoformat()}", SUNDAY)

    assert span == (min(one, other), max(one, other))
    assert one in span
    assert other in span


@given(DAYS)
def test_every_way_to_name_one_day_is_that_day(day: date) -> None:
    words = f"{day.day} {day:%B} {day.year:04}"

    assert read_span(words, SUNDAY) == read_span(day.isoformat(), SUNDAY) == Span(day, day)
    assert read_span(f"{day:%B} {day.year:04}", SUNDAY) == read_span(f"{day.year:04}-{day.month:02}", SUNDAY)


@given(DAYS, st.sampled_from(["last", "this"]), st.sampled_from(["week", "month", "year", "march", "monday"]))
def test_what_was_last_is_over_and_what_is_this_is_not(today: date, which: str, what: str) -> None:
    span = read_span(f"{which} {what}", today)
    if span is None:
        return

    assert span.first is not None
    assert span.last is not None
    assert span.first <= span.last
    assert (today in span) is (which == "this")
    if which == "last":
        assert span.last < today


@given(st.text(), DAYS)
def test_any_text_is_a_span_or_nothing_and_never_a_failure(text: str, today: date) -> None:
    span = read_span(text, today)
    if span is not None and span.first and span.last:
        assert span.first <= span.last


def test_at_the_ends_of_the_calendar_nothing_breaks() -> None:
    for said in ("yesterday", "last week", "this week", "last month", "last year", "last january", "last monday"):
        read_span(said, date.min)
        read_span(said, date.max)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2026-03", "in March 2026"),
        ("2026", "in 2026"),
        ("2026-03-05", "on 5 March 2026"),
        ("2026-03..2026-05", "from 1 March 2026 to 31 May 2026"),
        ("2026-03..", "since 1 March 2026"),
        ("..2026-03", "until 31 March 2026"),
    ],
)
def test_a_span_is_told_as_a_person_says_it(said: str, words: str) -> None:
    span = read_span(said, SUNDAY)

    assert span is not None
    assert in_words(span) == words
