"""Text is measured and parted as Rich measures it, and what a person takes for one character is never parted."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trustkit import text_width
from trustkit.model.plain import harmless, one_line
from trustkit.text_width import cells, cut, grapheme_after, grapheme_before, graphemes, laid_out, wrap

any_text = st.text(st.characters(codec=None), max_size=200)
any_width = st.integers(min_value=1, max_value=90)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("a\u200db", 1), ("", 0), ("ＡＢ", 4), ("ß", 1)],
)
def test_columns_are_counted_as_a_terminal_counts_them(text: str, columns: int) -> None:
    assert cells(text) == columns


@given(any_text.map(one_line), st.integers(min_value=2, max_value=90))
def test_a_wrapped_paragraph_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text("ab 漢", max_size=60), any_width)
def test_words_are_parted_only_where_they_must_be(text: str, width: int) -> None:
    lines = wrap(text, max(width, 2))

    if all(cells(word) <= width for word in text.split()):
        assert " ".join(line for line in lines if line) == " ".join(text.split())


def test_prefixes_stand_before_the_first_line_and_the_others() -> None:
    assert wrap("one two three", 9, first="- ") == ["- one two", "  three"]
    assert wrap("one two three", 9, first="a) ", rest=".") == ["a) one", ".two", ".three"]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert wrap("", 20) == [""]


@given(any_text.map(one_line), st.integers(min_value=2, max_value=60))
def test_a_line_that_is_cut_fits_and_says_so(text: str, width: int) -> None:
    kept = cut(text, width)

    assert cells(kept) <= width
    assert kept == text if cells(text) <= width else kept.endswith("…")


def test_content_keeps_its_shape_without_its_marks() -> None:
    text = "A *soft* and **strong** word.\n\n- one\n- two\n\n1. first\n2. second\n\n> aside"

    assert laid_out(text, 40) == [
        "A soft and strong word.",
        "",
        "- one",
        "- two",
        "",
        "1. first",
        "2. second",
        "",
        "  aside",
    ]


@given(any_text, st.integers(min_value=6, max_value=90))
def test_any_content_is_laid_out_in_lines_that_fit_and_harm_nothing(text: str, width: int) -> None:
    for line in laid_out(text, width):
        assert cells(line) <= width
        assert harmless(line) == line
        assert "\n" not in line


def test_what_needs_no_table_is_what_rich_gives_one_column_to() -> None:
    narrow = [chr(code) for code in range(sys.maxunicode) if re.fullmatch(text_width._NARROW, chr(code))]

    assert [one for one in narrow if cell_len(one) != 1] == []
    assert set("abz ’“”–—…•·éßñжω") <= set(narrow)


WHOLE = {
    "flag": "🇩🇪",
    "family": "👨‍👩‍👧‍👦",
    "skin tone": "👍🏽",
    "combining mark": "e\u0301",
    "two marks": "a\u0323\u0302",
    "heart": "❤\ufe0f",
    "keycap": "1\ufe0f\u20e3",
    "rainbow flag": "🏳️‍🌈",
    "flag of England": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "Hangul jamo": "\u1112\u1161\u11ab",
    "Hangul": "한",
    "vowel sign": "कि",
    "pointed Hebrew": "שּׁ",
    "non-joiner": "ی\u200c",
    "worker with a tone": "👩🏾‍🔧",
    "plain": "a",
    "ideograph": "漢",
    "ideographic space": "\u3000",
}


@pytest.mark.parametrize("one", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize(
    "around", [("", ""), ("ab", "cd"), ("漢", "字"), ("🇫🇷🇫🇷", "🇫🇷"), ("👍🏽", "👨‍👩‍👧"), ("a" * 999, "b")]
)
def test_what_a_person_takes_for_one_character_is_one(one: str, around: tuple[str, str]) -> None:
    before, after = around
    text = before + one + after

    assert one in [text[start:end] for start, end, _ in graphemes(text)]
    assert grapheme_before(text, len(before + one)) == len(before)
    assert grapheme_after(text, len(before)) == len(before + one)


@given(any_text | st.text("🇩🇪👨\u200d👩🏽e\u0301❤\ufe0f漢a "))
def test_they_cover_the_text_without_a_gap(text: str) -> None:
    spans = graphemes(text)

    assert "".join(text[start:end] for start, end, _ in spans) == text
    assert all(start < end for start, end, _ in spans)


@given(st.text("🇩🇪👨\u200d👩🏽e\u0301❤\ufe0f漢ab ", max_size=60), st.integers(2, 20))
def test_no_line_parts_a_character(text: str, width: int) -> None:
    whole = [word[start:end] for word in text.split() for start, end, _ in graphemes(word)]

    words = [word for line in wrap(text, width) for word in line.split()]

    assert [word[start:end] for word in words for start, end, _ in graphemes(word)] == whole


def test_no_page_is_looked_through_for_one_key() -> None:
    page = "漢🇩🇪" * 300_000

    assert grapheme_before(page, len(page)) == len(page) - 2
