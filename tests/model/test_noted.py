"""Days are read as people say them; a few notes side by side get a reading in words, and never a mark."""

from datetime import date

import pytest

from trustkit.model.exercise import Field
from trustkit.model.noted import drawn, in_words, read_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        (" Today ", TODAY),
        ("tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("next week", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_a_day_is_read_or_is_not_clear(said: str, day: date | None) -> None:
    assert read_day(said, TODAY) == day


def test_nothing_is_drawn_or_said_under_three_notes() -> None:
    field = Field("kind", "Kind", "scale")
    assert drawn([1, 4]) == ""
    assert in_words(field, [1, 4]) == ""


def test_a_scale_over_time_has_a_row_and_a_reading() -> None:
    field = Field("kind", "Kind", "scale", low="not at all", high="very")
    assert drawn([0, 2, 4]) == "▁▄█"
    assert drawn([0, 2, 4], plain=True) == "024"
    assert in_words(field, [0, 2, 4]) == "between 0 and 4 of 4 over 3 notes, 4 the last time"
    assert in_words(field, [2, 2, 2]) == "always 2 of 4 over 3 notes, 2 the last time"


def test_choices_are_named_in_the_order_of_the_list() -> None:
    field = Field("kept", "Kept?", "choice", choices=("kept", "partly", "not kept"))
    assert in_words(field, ["not kept", "kept", "kept"]) == "kept 2, not kept 1"
    assert in_words(Field("yes", "Yes?", "yes-no"), [True, False, True]) == "yes 2, no 1"


def test_words_alone_are_never_counted() -> None:
    assert in_words(Field("note", "Note", "text"), ["a", "a", "b"]) == ""
