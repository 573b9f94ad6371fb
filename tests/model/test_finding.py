"""What was found is marked where it stands, however it is written."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.finding import LEAD, excerpt, spans


def plainly(text: str) -> str:
    """Without case and accents."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))


def marked(text: str, words: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, words, plainly)]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The café was closed", "CAFE", ["café"]),
        ("The cafe\u0301 was closed", "cafe", ["cafe\u0301"]),
        ("plain cafe", "café", ["cafe"]),
        ("Straße", "strasse", ["Straße"]),
        ("one two one", "one two", ["one", "two", "one"]),
        ("banana", "ana nan", ["anana"]),
        ("nothing", "x", []),
        ("nothing", "  ", []),
        ("", "x", []),
    ],
)
def test_every_place_is_found(text: str, words: str, found: list[str]) -> None:
    assert marked(text, words) == found


@given(st.text(max_size=40), st.text(max_size=5))
def test_places_are_in_order_apart_and_hold_a_word_that_was_looked_for(text: str, words: str) -> None:
    found = spans(text, words, plainly)
    wanted = [plainly(word) for word in words.split() if plainly(word)]
    for (_, end), (start, _) in pairwise(found):
        assert end < start
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert any(word in plainly(text[start:end]) for word in wanted)


def test_an_excerpt_is_the_line_in_which_a_word_stands() -> None:
    assert excerpt(["first line\nThe café was closed.\nlast"], "CAFE", plainly) == "The café was closed."
    assert excerpt(["nothing", "", "a promise"], "promise", plainly) == "a promise"
    assert excerpt(["nothing"], "promise", plainly) == ""
    assert excerpt(["words"], " ", plainly) == ""


def test_an_excerpt_of_a_long_line_begins_a_little_before_the_word() -> None:
    found = excerpt(["word " * 200 + "needle and more"], "needle", plainly)
    assert found.startswith("…word")
    assert found.index("needle") <= LEAD + 1
