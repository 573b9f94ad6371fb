"""Two texts side by side: what is marked is what only one of them has."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.difference import difference, together

TEXTS = st.text(st.sampled_from("ab c\n.é日"), max_size=60)


def alone(text: str, other: str) -> list[str]:
    spans, _ = difference(text, other)
    return [text[start:end] for start, end in spans]


def rest(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Every word that is not marked."""
    for start, end in reversed(spans):
        text = text[:start] + " " + text[end:]
    return re.findall(r"\w+|[^\w\s]", text)


def test_only_the_words_that_differ_are_marked() -> None:
    one, other = "It was quiet.\nI went out.", "It was loud.\nI went out and rang her."
    assert alone(one, other) == ["quiet"]
    assert alone(other, one) == ["loud", "and rang her"]


def test_neighbouring_words_are_one_stretch_and_white_space_is_no_difference() -> None:
    assert alone("a new long line", "a line") == ["new long"]
    assert difference("one  two", "one two ") == ([], [])


@given(TEXTS, TEXTS)
def test_what_is_left_unmarked_is_the_same_in_both(one: str, other: str) -> None:
    mine, theirs = difference(one, other)
    for text, spans in ((one, mine), (other, theirs)):
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert rest(one, mine) == rest(other, theirs)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert difference(text, text) == ([], [])


def test_very_long_lines_without_a_word_in_common_are_marked_whole() -> None:
    one, other = "a " * 3000, "b " * 3000
    mine, theirs = difference(one, other)
    assert mine == [(0, len(one.rstrip()))]
    assert theirs == [(0, len(other.rstrip()))]


@given(TEXTS, TEXTS)
def test_put_together_no_line_of_either_is_lost(one: str, other: str) -> None:
    both = together(one, other).splitlines()
    for text in (one, other):
        left = iter(both)
        assert all(line in left for line in text.splitlines())  # in order


def test_lines_that_both_have_stand_once() -> None:
    assert together("same\nmine\nend", "same\ntheirs\nend") == "same\nmine\ntheirs\nend\n"
