"""A line of Hebrew or Arabic keeps its order wherever it stands, and other lines are left as they are."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.direction import POP_ISOLATE, RTL_ISOLATE, in_order, runs_right_to_left
from trustkit.model.plain import harmless
from trustkit.text_width import cells


@pytest.mark.parametrize(
    ("text", "right_to_left"),
    [
        ("Breathe out slowly.", False),
        ("", False),
        ("2026-11-22, 5:30 …", False),
        ("Ελληνικά και русский", False),
        ("לנשוף לאט.", True),
        ("trustkit לא שולח דבר לאיש", True),
        ("The word שלום is Hebrew", False),
        ("تنفّس ببطء", True),
        ("آهسته نفس\u200cهای بلند", True),
        ("5 דברים", True),
    ],
)
def test_a_text_runs_the_way_most_of_its_letters_do(text: str, right_to_left: bool) -> None:
    assert runs_right_to_left(text) is right_to_left


def test_every_line_is_closed_into_its_own_isolate() -> None:
    assert in_order("1. לנשוף לאט.") == f"{RTL_ISOLATE}1. לנשוף לאט.{POP_ISOLATE}"
    assert in_order("") == ""
    assert in_order("  ") == "  "


@given(st.text())
def test_the_marks_take_no_room_and_can_be_taken_out_again(text: str) -> None:
    line = harmless(text).replace("\n", " ")
    assert cells(in_order(line)) == cells(line)
    assert harmless(in_order(line)) == line


@given(st.text(alphabet=st.characters(max_codepoint=0x10FFFF, exclude_categories=["Cs"])))
def test_the_quick_look_misses_no_letter(text: str) -> None:
    ways = [unicodedata.bidirectional(character) for character in text]
    assert runs_right_to_left(text) == (ways.count("R") + ways.count("AL") > ways.count("L"))
