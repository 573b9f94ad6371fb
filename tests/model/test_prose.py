"""What a writer may mark, and what a reader then sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.prose import Block, Span, count_words, parse, plain


def test_lines_of_a_paragraph_are_joined_and_a_blank_line_ends_it() -> None:
    assert parse("One line\nand its rest.\n\nAnother.\n") == (
        Block("paragraph", (Span("One line and its rest."),)),
        Block("paragraph", (Span("Another."),)),
    )


def test_one_star_is_soft_and_two_are_strong() -> None:
    (block,) = parse("It is *also* a poor writer. **Tomorrow is allowed.**")
    assert block.spans == (
        Span("It is "),
        Span("also", "soft"),
        Span(" a poor writer. "),
        Span("Tomorrow is allowed.", "strong"),
    )


def test_a_stress_may_run_over_the_end_of_a_line() -> None:
    (block,) = parse("See *Is it safe\nto work on this?* first.")
    assert block.spans[1] == Span("Is it safe to work on this?", "soft")


def test_lists_keep_their_marks_and_their_wrapped_lines() -> None:
    assert parse("- first\n  goes on\n- second\n\n1. one\n2. two\ngoes on") == (
        Block("bullet", (Span("first goes on"),)),
        Block("bullet", (Span("second"),)),
        Block("number", (Span("one"),), 1),
        Block("number", (Span("two goes on"),), 2),
    )


def test_a_list_may_follow_a_line_at_once() -> None:
    assert [block.kind for block in parse("Three things:\n- a\n- b")] == ["paragraph", "bullet", "bullet"]
    assert [block.kind for block in parse("Three things:\n1. a\n2. b")] == ["paragraph", "number", "number"]


def test_a_year_at_the_start_of_a_wrapped_line_is_not_a_list() -> None:
    assert parse("It began in\n99. Then it went on.") == (
        Block("paragraph", (Span("It began in 99. Then it went on."),)),
    )


def test_an_aside_is_one_block_however_many_lines_are_marked() -> None:
    assert parse("> quiet\n> words\n\nAfter.") == (
        Block("aside", (Span("quiet words"),)),
        Block("paragraph", (Span("After."),)),
    )


def test_two_asides_are_parted_by_an_empty_marked_line() -> None:
    assert [block.text for block in parse("> one\n>\n> two")] == ["one", "two"]


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4", "a*b*c", "* alone", "***", "** **", "*", "snake_case_name", "***both***"]
)
def test_a_star_without_a_partner_stays_a_star(text: str) -> None:
    assert plain(text) == text


def test_nothing_gives_no_blocks() -> None:
    assert parse("") == ()
    assert parse(" \n\n \t\n") == ()


@given(st.text())
def test_any_text_is_taken_apart_without_a_line_break_left_in_it(text: str) -> None:
    for block in parse(text):
        assert block.spans
        assert all(span.text for span in block.spans)
        assert len(block.text.splitlines()) <= 1


def test_words_are_counted_without_their_marks() -> None:
    assert count_words("- one *two*\n- three\n\n1. four – five") == 5
    assert count_words("信頼が壊れた") == 3
