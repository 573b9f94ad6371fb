"""Days say that something is there, by shape and in words, and never what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.entry import Summary
from trustkit.model.held import (
    LEGEND,
    MARKS,
    Held,
    by_day,
    days_in,
    days_later,
    held_in_words,
    mark_of,
    months_later,
    next_held,
    same_day_before,
)

DAYS = st.dates()
NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)


def summary(kind: str = "note", *, days: int = 0, about: date | None = None) -> Summary:
    when = NOW - timedelta(days=days)
    return Summary(f"{days:026}", "r" * 10, kind, when, when, "words", about_day=about)


def test_a_day_counts_pages_practices_and_check_ins_apart() -> None:
    listed = [summary(), summary("answer"), summary("record"), summary(days=1)]
    found = by_day(listed, [NOW.date(), NOW.date() - timedelta(days=2)])
    assert found == {
        date(2026, 11, 22): Held(2, 1, 1),
        date(2026, 11, 21): Held(1),
        date(2026, 11, 20): Held(practised=1),
    }


def test_a_page_counts_on_the_day_it_is_about() -> None:
    assert list(by_day([summary(about=date(2026, 5, 3))], [])) == [date(2026, 5, 3)]


def test_every_mix_has_a_shape_of_its_own_and_the_three_signs_are_explained() -> None:
    assert len(set(MARKS.values())) == len(MARKS) == 8
    assert {words for _, words in LEGEND} == {"written", "practised", "checked in"}
    assert {sign for sign, _ in LEGEND} == {mark_of(Held(1)), mark_of(Held(0, 1)), mark_of(Held(0, 0, 1))}


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Held(), "nothing here"),
        (Held(1), "1 page"),
        (Held(2, 1), "2 pages, practised once"),
        (Held(0, 2, 3), "practised twice, checked in 3 times"),
    ],
)
def test_a_day_is_read_in_words(held: Held, words: str) -> None:
    assert held_in_words(held) == words


@given(DAYS, st.integers(-2000, 2000))
def test_months_move_to_a_day_that_exists_and_keep_its_number_where_they_can(day: date, by: int) -> None:
    moved = months_later(day, by)
    if 1 <= (day.year * 12 + day.month - 1 + by) // 12 <= 9999:
        assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == by
        assert moved.day == min(day.day, days_in(moved.year, moved.month))
    else:
        assert moved == day


@given(DAYS, st.integers(-800, 800))
def test_days_move_as_far_as_the_calendar_goes(day: date, by: int) -> None:
    assert days_later(day, by) in (date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + by))), day)


@given(st.sets(DAYS, max_size=8), DAYS)
def test_the_next_day_that_holds_something_is_the_nearest_one(days: set[date], day: date) -> None:
    held = dict.fromkeys(days, Held(1))
    later, earlier = next_held(held, day, 1), next_held(held, day, -1)
    assert not [one for one in days if day < one < later]
    assert not [one for one in days if earlier < one < day]
    assert {later, earlier} <= days | {day}


def test_this_day_in_other_months_and_years_begins_with_this_month() -> None:
    days = [date(2026, 10, 22), date(2025, 11, 22), date(2024, 11, 22), date(2026, 11, 21), date(2026, 11, 22)]
    days += [date(2026, 12, 22)]
    assert same_day_before(days, date(2026, 11, 22)) == [date(2025, 11, 22), date(2024, 11, 22), date(2026, 10, 22)]
