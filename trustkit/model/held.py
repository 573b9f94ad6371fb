"""What each day holds: pages written, things practised, check-ins. For a calendar, and for "on this day".

Only that something is there, never its words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from trustkit.model.entry import Summary
from trustkit.model.frozen import frozen


@frozen
class Held:
    """How much one day holds of each."""

    written: int = 0
    practised: int = 0
    checked: int = 0


NOTHING: Final = Held()

MARKS: Final[dict[tuple[bool, bool, bool], str]] = {
    (False, False, False): "·",
    (True, False, False): "•",
    (False, True, False): "○",
    (True, True, False): "◉",
    (False, False, True): "◇",
    (True, False, True): "◈",
    (False, True, True): "◎",
    (True, True, True): "◆",
}
"""By (written, practised, checked in). A dot is a page, a ring a practice, a diamond a check-in; together they nest."""

LEGEND: Final = (
    (MARKS[True, False, False], "written"),
    (MARKS[False, True, False], "practised"),
    (MARKS[False, False, True], "checked in"),
)
"""Each sign that stands for one thing alone."""


def by_day(listed: Iterable[Summary], practised: Iterable[date]) -> dict[date, Held]:
    """What each day holds that holds anything.

    Args:
        listed: Pages and answers count as written, records as check-ins, on the day that they are about.
        practised: The day of each run.
    """
    listed = list(listed)
    written = Counter(one.about_day or one.created.date() for one in listed if one.kind != "record")
    checked = Counter(one.about_day or one.created.date() for one in listed if one.kind == "record")
    runs = Counter(practised)
    days = written.keys() | checked.keys() | runs.keys()
    return {day: Held(written[day], runs[day], checked[day]) for day in days}


def mark_of(held: Held) -> str:
    """The one sign that stands for a day: by shape, so that it needs no colour."""
    return MARKS[bool(held.written), bool(held.practised), bool(held.checked)]


def day_in_full(day: date) -> str:
    """A day as a person writes it: Sunday, 22 November 2026."""
    return f"{day:%A}, {day_of_year(day)}"


def day_of_year(day: date) -> str:
    """A day without the name it has in its week: 22 November 2026."""
    return f"{day.day} {day:%B} {day.year}"


def held_in_words(held: Held) -> str:
    """What a day holds, said aloud: "2 pages, practised once"."""
    parts = [
        f"{held.written} page{'' if held.written == 1 else 's'}" if held.written else "",
        f"practised {_times(held.practised)}" if held.practised else "",
        f"checked in {_times(held.checked)}" if held.checked else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing here"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def months_later(day: date, by: int) -> date:
    """The same day `by` months later (earlier below 0), or the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    if not date.min.year <= year <= date.max.year:
        return day
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def days_later(day: date, by: int) -> date:
    """So many days later (earlier below 0); where the calendar ends, the same day."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return day


def next_held(days: Mapping[date, Held], day: date, by: int) -> date:
    """The nearest later day (by 1) or earlier one (by -1) that holds something; the same day where there is none."""
    if by > 0:
        return min((one for one in days if one > day), default=day)
    return max((one for one in days if one < day), default=day)


def same_day_before(days: Iterable[date], today: date) -> list[date]:
    """Earlier days with the same number in their month: those of this month in earlier years first, then the newest."""
    same = {day for day in days if day < today and day.day == today.day}
    return sorted(same, key=lambda day: (day.month != today.month, -day.toordinal()))
