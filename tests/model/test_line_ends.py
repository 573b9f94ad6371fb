"""A text that went through a field comes back with its own line ends, whatever was changed around them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.document._document import Document

from trustkit.model.line_ends import as_kept, in_field

ENDS = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1c", "\x1d", "\x1e"]
texts = st.lists(st.sampled_from([*ENDS, "a", "b ", "one two", "\t", "", "漢"])).map("".join)


@given(texts)
def test_a_text_that_was_only_opened_is_the_text_that_was_kept(text: str) -> None:
    assert as_kept(text, in_field(text)) == text


@given(texts)
def test_a_field_shows_it_line_for_line(text: str) -> None:
    assert Document(in_field(text)).text == in_field(text)
    assert in_field(text).split("\n") == re.split("\r\n|[" + "".join(ENDS) + "]", text)


@given(texts, texts)
@example("\r\r\n\n", "a\n\n")
def test_whatever_was_written_is_what_is_kept(text: str, other: str) -> None:
    written = in_field(other)

    assert in_field(as_kept(text, written)) == written


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "", "one"]), st.sampled_from(ENDS)), min_size=1), st.data())
def test_a_changed_word_changes_no_line_end(lines: list[tuple[str, str]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    text = "".join(line + end for line, end in lines)
    lines = [(line if row != at else f"{line} changed", end) for row, (line, end) in enumerate(lines)]
    wanted = "".join(line + end for line, end in lines)
    if in_field(text).count("\n") != len(lines) or in_field(wanted).count("\n") != len(lines):
        return  # a \r and a \n that came together are one end

    assert as_kept(text, in_field(wanted)) == wanted


@pytest.mark.parametrize(
    ("kept", "shown", "now"),
    [
        ("one\r\ntwo\nthree", "one\nTWO\nthree", "one\r\nTWO\nthree"),
        ("one\r\ntwo\nthree", "ONE\ntwo\nTHREE", "ONE\r\ntwo\nTHREE"),
        ("one\r\ntwo\r\n", "one\nnew\ntwo\n", "one\r\nnew\r\ntwo\r\n"),
        ("one\r\ntwo\u2028three\nfour", "one\ntwo\nthree\nfour\nfive", "one\r\ntwo\u2028three\nfour\r\nfive"),
        ("one\u2028two\u2028three", "one\nthree", "one\u2028three"),
        ("one\x0ctwo", "one two", "one two"),
        ("one\x0ctwo", "one\ntwo.", "one\x0ctwo."),
        ("a\r\nb\nc\x85d\re", "x\nb\nc\nd\ny", "x\r\nb\nc\x85d\ry"),
        ("one\ntwo", "one\n\ntwo", "one\n\ntwo"),
        ("\r\n\r\n", "", ""),
        ("one\r\ntwo", "", ""),
        ("  tabs\t and ends  \r\n\tx ", "  tabs\t and ends  \n\tx !", "  tabs\t and ends  \r\n\tx !"),
    ],
)
def test_only_what_was_changed_changes(kept: str, shown: str, now: str) -> None:
    assert as_kept(kept, shown) == now


def test_a_long_page_takes_no_time() -> None:
    kept = "a line of it\r\n" * 40_000
    shown = "".join(f"another line {at}\n" for at in range(40_000))

    assert as_kept(kept, shown) == shown.replace("\n", "\r\n")
