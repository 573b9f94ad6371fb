"""What is said after a practice: no praise, no promise, and worse is worse."""

import pytest

from trustkit.model.afterwards import (
    ABOVE,
    NOT_RATED,
    SAME,
    SCALE,
    STILL_NUMB,
    STOPPED,
    THAWED,
    asks_plainly,
    in_words,
    is_worse,
)
from trustkit.model.entry import Distress


@pytest.mark.parametrize(
    ("before", "after", "stopped", "words"),
    [
        (7, 5, False, "From 7 to 5. Something let go a little."),
        (7, 5, True, "From 7 to 5. Something let go a little."),
        (5, 5, False, SAME),
        (5, 6, False, ABOVE),
        (None, None, True, STOPPED),
        (None, None, False, NOT_RATED),
        (7, None, False, NOT_RATED),
        (None, 4, False, NOT_RATED),
        ("numb", 6, False, THAWED),
        ("numb", "numb", False, STILL_NUMB),
        (5, "numb", False, STILL_NUMB),
        ("numb", None, False, NOT_RATED),
    ],
)
def test_each_ending_has_its_words(before: Distress | None, after: Distress | None, stopped: bool, words: str) -> None:
    assert in_words(before, after, stopped=stopped) == words


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        (5, 7, True),
        (0, 10, True),
        (5, 6, False),
        (5, 5, False),
        ("numb", 9, False),
        (None, 10, False),
        (3, None, False),
    ],
)
def test_two_points_up_are_worse_and_numb_is_never_a_number(
    before: Distress | None, after: Distress | None, worse: bool
) -> None:
    assert is_worse(before, after) is worse


def test_the_plain_question_comes_at_ten_and_at_nine_when_it_got_worse() -> None:
    assert asks_plainly(10)
    assert asks_plainly(9, worse=True)
    assert not asks_plainly(9)
    assert not asks_plainly(8, worse=True)
    assert not asks_plainly("numb")
    assert not asks_plainly(None)


def test_every_number_of_the_scale_has_a_word() -> None:
    assert len(SCALE) == 11
    assert SCALE[0] == "calm"
    assert SCALE[10] == "the worst it gets"
