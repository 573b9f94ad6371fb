"""Four weeks as marks and as words say the same."""

from datetime import date, timedelta

from trustkit.model.weeks import marks, named, recent

TODAY = date(2026, 11, 22)


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=one) for one in days]


def test_a_mark_stands_for_each_day_and_today_is_last() -> None:
    line = marks(ago(0, 27), TODAY)
    assert line == "●" + "·" * 26 + "●"


def test_a_gap_stands_between_weeks() -> None:
    assert marks([], TODAY, gap=" ").split() == ["·" * 7] * 4


def test_older_and_later_days_do_not_count() -> None:
    assert recent(ago(28, -1), TODAY) == []


def test_a_day_counts_once() -> None:
    assert recent(ago(1, 1, 3), TODAY) == ago(3, 1)


def test_days_are_named_as_people_write_them() -> None:
    assert named(ago(0), TODAY) == "22 November"
    assert named(ago(23, 19, 1), TODAY) == "30 October, 3 and 21 November"


def test_too_many_days_are_only_counted() -> None:
    assert named(ago(*range(8)), TODAY) == ""
    assert named([], TODAY) == ""
