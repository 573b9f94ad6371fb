"""What a tracker notes, as values: a day read from words, and how a few notes stand side by side.

Nothing is summed up into a mark. Under three notes nothing is said about them.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from trustkit.model.exercise import Field

ENOUGH: Final = 3
"""Notes below which nothing is drawn."""
STEPS: Final = "▁▂▄▆█"
"""One for each value of a 0–4 scale."""
PLAIN_STEPS: Final = "01234"

_NEAR: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}


def read_day(text: str, today: date) -> date | None:
    """The day meant by `2026-11-30`, `today`, `tomorrow` or `yesterday`; None when it isn't clear."""
    said = text.strip().lower()
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def drawn(values: Sequence[int], *, plain: bool = False) -> str:
    """Values of a 0–4 scale as a row of steps, oldest first; empty under three."""
    steps = PLAIN_STEPS if plain else STEPS
    return "".join(steps[max(0, min(4, value))] for value in values) if len(values) >= ENOUGH else ""


def in_words(field: Field, values: Sequence[int | str | bool]) -> str:
    """One line about a field over time, oldest first; empty under three, and for what only words can say."""
    if len(values) < ENOUGH:
        return ""
    numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    if field.kind == "scale" and len(numbers) == len(values):
        low, high, last = min(numbers), max(numbers), numbers[-1]
        between = f"always {low}" if low == high else f"between {low} and {high}"
        return f"{between} of 4 over {len(numbers)} notes, {last} the last time"
    if field.kind in ("choice", "yes-no"):
        words = [
            {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
            for value in values
        ]
        counts = Counter(words)
        return ", ".join(f"{word} {counts[word]}" for word in dict.fromkeys([*field.choices, *words]) if counts[word])
    return ""
