"""What kept things show: nothing under three tries, nothing for "numb", always a sentence."""

from datetime import date, datetime, timedelta, timezone

from trustkit.model.entry import Distress, Practice
from trustkit.model.insight import days_in_words, ease_in_words, ease_of, made_worse, what_helps

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=timezone(timedelta(hours=1)))


def practice(name: str, before: Distress | None, after: Distress | None, *, worse: bool = False) -> Practice:
    return Practice(name, 1, NOW, NOW + timedelta(seconds=80), before, after, worse=worse)


def test_nothing_is_said_about_two_tries() -> None:
    assert ease_of([practice("a", 7, 3)] * 2, "a") is None


def test_three_tries_give_a_median() -> None:
    ease = ease_of([practice("a", 7, 5), practice("a", 6, 6), practice("a", 9, 4)], "a")
    assert ease is not None
    assert (ease.tries, ease.median_change) == (3, -2.0)


def test_numb_and_skipped_never_count_as_a_number() -> None:
    rated = [practice("a", 7, 5)] * 2
    assert ease_of([*rated, practice("a", "numb", 3), practice("a", None, 3), practice("a", 7, "numb")], "a") is None


def test_the_most_easing_stands_first() -> None:
    kept = [practice("a", 5, 4)] * 3 + [practice("b", 8, 4)] * 3 + [practice("c", 5, 1)]
    assert [ease.exercise for ease in what_helps(kept)] == ["b", "a"]


def test_up_by_two_or_said_so_is_worse_and_up_by_one_is_not() -> None:
    kept = [practice("a", 4, 6), practice("b", 4, 5), practice("c", 4, 3, worse=True), practice("d", "numb", 9)]
    assert made_worse(kept) == {"a", "c"}


def test_each_reading_is_a_sentence() -> None:
    for after, words in [(5, "2 points calmer"), (6, "1 point calmer"), (7, "about the same"), (9, "2 points higher")]:
        ease = ease_of([practice("a", 7, after)] * 3, "a")
        assert ease is not None
        assert words in ease_in_words(ease, "A breath")


def test_days_are_counted_once_and_never_as_a_streak() -> None:
    today = date(2026, 11, 22)
    days = [today, today, today - timedelta(days=27), today - timedelta(days=28), today + timedelta(days=1)]
    assert days_in_words(days, today, "a practice") == "In the last four weeks: a practice on 2 days."
    assert days_in_words([today], today, "a page") == "In the last four weeks: a page on 1 day."
    assert days_in_words([], today, "page").endswith("That is fine.")
