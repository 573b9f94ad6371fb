"""Days as people name them: `today`, `last march`, `2026-03`, `2026-03..2026-05`.

Pure: what day it is comes from outside. Days are those of the reader's own calendar. A month or a year alone is
the whole of it.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SHORT_MONTHS: Final = {name[:3]: at for at, name in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTHS: Final = {name: at for at, name in enumerate(MONTHS, 1)} | _SHORT_MONTHS
_WEEKDAYS: Final = {name: at for at, name in enumerate(WEEKDAYS)} | {name[:3]: at for at, name in enumerate(WEEKDAYS)}
_NUMBERS: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?")
_YEAR: Final = re.compile(r"\d{4}")
_WEEK: Final = timedelta(days=7)

LONGEST: Final = 3
"""Words in the longest name of a day: `5 march 2026`."""


class Span(NamedTuple):
    """From the first day to the last, both within it. None is open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: object) -> bool:
        return (
            isinstance(day, date)
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )


def read_span(text: str, today: date) -> Span | None:
    """The days a name or a range of names stands for; None for anything that is neither.

    Args:
        text: `today`, `yesterday`, `last week`, `this month`, `last march`, `march 2026`, `5 march 2026`,
            `last monday`, `2026`, `2026-03`, `2026-03-05`, or two of these with `..` between them, either of which may
            be missing. Hyphens and underscores may stand for blanks. Ends in the wrong order change places.
        today: What day it is where the reader is.
    """
    first, dots, last = text.partition("..")
    if not dots:
        return _named(_words(text), today)
    since = _named(_words(first), today) if first.strip() else Span()
    until = _named(_words(last), today) if last.strip() else Span()
    if since is None or until is None or not (first.strip() or last.strip()):
        return None
    if since.first and until.last and since.first > until.last:
        since, until = until, since
    return Span(since.first, until.last)


def _words(text: str) -> list[str]:
    text = text.strip().casefold()
    return [text] if _NUMBERS.fullmatch(text) else re.split(r"[\s_-]+", text)


def _named(words: list[str], today: date) -> Span | None:
    match words:
        case ["today"]:
            return Span(today, today)
        case ["yesterday"]:
            return _counted_back(today, 1)
        case ["last" | "this" as which, ("week" | "month" | "year") as what]:
            return _around(what, today, back=which == "last")
        case ["last", name] if name in _MONTHS:
            # The latest one that is over: in March, "last march" is a year ago.
            month = _MONTHS[name]
            return _month(today.year - (month >= today.month), month)
        case ["last", name] if name in _WEEKDAYS:
            return _counted_back(today, (today.weekday() - _WEEKDAYS[name] - 1) % 7 + 1)
        case [name, year] if name in _MONTHS and _YEAR.fullmatch(year):
            return _month(int(year), _MONTHS[name])
        case [day, name, year] if name in _MONTHS and _YEAR.fullmatch(year) and (found := _DAY.fullmatch(day)):
            return _day(int(year), _MONTHS[name], int(found[1]))
        case [name, day, year] if name in _MONTHS and _YEAR.fullmatch(year) and (found := _DAY.fullmatch(day)):
            return _day(int(year), _MONTHS[name], int(found[1]))
        case [number] if found := _NUMBERS.fullmatch(number):
            numbers = [int(part) for part in found.groups() if part]
            return _day(*numbers) if found[3] else _month(*numbers) if found[2] else _year(*numbers)
    return None


def _counted_back(today: date, days: int) -> Span | None:
    if today.toordinal() <= days:
        return None
    day = today - timedelta(days=days)
    return Span(day, day)


def _around(what: str, today: date, *, back: bool) -> Span | None:
    """This week, month or year, or the one before. Weeks begin on Monday."""
    if what == "year":
        return _year(today.year - back)
    if what == "month":
        before = today.month - back
        return _month(today.year, before) if before else _month(today.year - 1, 12)
    if today.toordinal() < 14 or today.toordinal() > date.max.toordinal() - 7:
        return None
    monday = today - timedelta(days=today.weekday()) - _WEEK * back
    return Span(monday, monday + timedelta(days=6))


def _year(year: int) -> Span | None:
    return Span(date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9999 else None


def _month(year: int, month: int) -> Span | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found)


def in_words(span: Span) -> str:
    """A span as a person says it: `in March 2026`, `from 1 March 2026 to 3 May 2026`; empty for one without ends."""
    first, last = span
    if first and last:
        if first == last:
            return f"on {_said(first)}"
        if span == _year(first.year):
            return f"in {first.year}"
        if span == _month(first.year, first.month):
            return f"in {_month_said(first)}"
        return f"from {_said(first)} to {_said(last)}"
    return f"since {_said(first)}" if first else f"until {_said(last)}" if last else ""


def _said(day: date) -> str:
    return f"{day.day} {_month_said(day)}"


def _month_said(day: date) -> str:
    return f"{MONTHS[day.month - 1].capitalize()} {day.year}"
