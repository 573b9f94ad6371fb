"""What kept things show when laid side by side, always with a reading in words.

Nothing compares two people, nothing is scored, nothing is said about fewer than three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustkit.model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from trustkit.model.entry import Practice

ENOUGH: Final = 3
"""Tries below which nothing is said: one or two say more about the evening than about the exercise."""


@frozen
class Ease:
    """How an exercise has gone for this reader."""

    exercise: str
    tries: int
    """Practices with a number both before and after. "Numb" has no place on that line."""
    median_change: float
    """After minus before, in points of 0–10; below zero is calmer."""


def ease_of(practices: Iterable[Practice], exercise: str) -> Ease | None:
    """The median change of one exercise over at least three rated practices, or None."""
    changes = [
        p.after - p.before
        for p in practices
        if p.exercise == exercise and isinstance(p.before, int) and isinstance(p.after, int)
    ]
    return Ease(exercise, len(changes), _median(changes)) if len(changes) >= ENOUGH else None


def _median(numbers: Sequence[int]) -> float:
    """The middle one, or half-way between the middle two. (`statistics` takes as long to import as a settings file.)"""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def what_helps(practices: Sequence[Practice]) -> list[Ease]:
    """Every exercise with enough tries, the most easing first."""
    found = [e for name in dict.fromkeys(p.exercise for p in practices) if (e := ease_of(practices, name))]
    return sorted(found, key=lambda e: (e.median_change, -e.tries))


def made_worse(practices: Iterable[Practice]) -> frozenset[str]:
    """Exercises that once made things worse: they stand last from then on."""
    return frozenset(
        p.exercise
        for p in practices
        if p.worse or (isinstance(p.before, int) and isinstance(p.after, int) and p.after - p.before >= 2)
    )


def ease_in_words(ease: Ease, title: str) -> str:
    """One line a person can read aloud."""
    size = f"{abs(ease.median_change):g}"
    point = "point" if size == "1" else "points"
    if ease.median_change < 0:
        return f"{title}: often {size} {point} calmer afterwards, over {ease.tries} tries."
    if ease.median_change > 0:
        return f"{title}: often {size} {point} higher afterwards, over {ease.tries} tries. Another may fit better."
    return f"{title}: often about the same afterwards, over {ease.tries} tries."


def days_in_words(days: Iterable[date], today: date, what: str) -> str:
    """On how many different days of the last four weeks something happened. Days, never a streak."""
    recent = {day for day in days if 0 <= (today - day).days < 28}
    if not recent:
        return f"In the last four weeks: no {what}. That is fine."
    count = len(recent)
    return f"In the last four weeks: {what} on {count} {'day' if count == 1 else 'days'}."
