"""The last four weeks, day by day: as a line of marks, and as words that say the same."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Final

DAYS: Final = 28
MOST_NAMED: Final = 7
"""Days that are named one by one; more are only counted."""


def recent(days: Iterable[date], today: date) -> list[date]:
    """Those of the last four weeks, today included, each once, in order."""
    return sorted({day for day in days if 0 <= (today - day).days < DAYS})


def marks(days: Iterable[date], today: date, *, mark: str = "●", none: str = "·", gap: str = "") -> str:
    """One mark a day, the oldest first, today last; with a gap between weeks."""
    found = set(recent(days, today))
    line = [mark if today - timedelta(days=ago) in found else none for ago in reversed(range(DAYS))]
    return gap.join("".join(line[at : at + 7]) for at in range(0, DAYS, 7))


def named(days: Iterable[date], today: date) -> str:
    """These days as people write them: `30 October, 3 and 21 November`. Empty for none, and for too many to name."""
    found = recent(days, today)
    if not 0 < len(found) <= MOST_NAMED:
        return ""
    months = [
        f"{_listed([str(day.day) for day in of_month])} {date(*month, 1):%B}"
        for month, of_month in groupby(found, key=lambda day: (day.year, day.month))
    ]
    return ", ".join(months)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
