"""Whatever a text holds, a terminal can be sent what `plain` makes of it, and no word of it is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model import plain

ESCAPES = {
    "clear the screen": "\x1b[2J",
    "set the title": "\x1b]0;owned\x07",
    "copy to the clipboard": "\x1b]52;c;aGk=\x07",
    "an 8-bit introducer": "\x9b2J",
    "backspace over a word": "secret\b\b\b\b\b\b",
    "delete": "\x7f",
    "a zero byte": "\x00",
    "vertical tab and form feed": "\x0b\x0c",
    "turn the line round": "\u202etxet\u202c",
    "isolate": "\u2066hidden\u2069",
    "half a character": "\ud83d",
}

any_text = st.text(st.characters(codec=None), max_size=200)
any_width = st.integers(min_value=1, max_value=90)


@pytest.mark.parametrize("text", ESCAPES.values(), ids=ESCAPES)
def test_nothing_a_terminal_would_obey_is_left(text: str) -> None:
    shown = plain.harmless(f"before {text} after")

    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert shown.startswith("before ")
    assert shown.endswith(" after")


@given(any_text)
def test_any_text_at_all_becomes_harmless_and_can_be_sent(text: str) -> None:
    shown = plain.harmless(text)

    shown.encode("utf-8")
    assert all(c in "\n\t" or (ord(c) >= 0x20 and not 0x7F <= ord(c) <= 0x9F) for c in shown)
    assert plain.harmless(shown) == shown


@pytest.mark.parametrize(
    "text",
    ["plain words", "two\nlines\tand a tab", "é and ß, ñ and İ", "漢字 かな", "שלום עליכם", "👩‍👩‍👧 🏳️‍🌈", "e\u0301"],
)
def test_honest_words_stay_exactly_as_they_are(text: str) -> None:
    assert plain.harmless(text) == text


def test_line_ends_of_every_kind_become_one_kind() -> None:
    assert plain.harmless("a\r\nb\rc\u2028d\u2029e\nf") == "a\nb\nc\nd\ne\nf"


def test_one_line_is_one_line() -> None:
    assert plain.one_line("  a\tb\n\n c\r\nd\u2028e\x1b[0m ") == "a b c d e[0m"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("a\u200db", 2), ("", 0), ("ＡＢ", 4), ("ß", 1)],
)
def test_columns_are_counted_as_a_terminal_counts_them(text: str, columns: int) -> None:
    assert plain.cells(text) == columns


@given(any_text.map(plain.one_line), st.integers(min_value=2, max_value=90))
def test_a_wrapped_paragraph_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = plain.wrap(text, width)

    assert all(plain.cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text("ab 漢", max_size=60), any_width)
def test_words_are_parted_only_where_they_must_be(text: str, width: int) -> None:
    lines = plain.wrap(text, max(width, 2))

    if all(plain.cells(word) <= width for word in text.split()):
        assert " ".join(line for line in lines if line) == " ".join(text.split())


def test_prefixes_stand_before_the_first_line_and_the_others() -> None:
    assert plain.wrap("one two three", 9, first="- ") == ["- one two", "  three"]
    assert plain.wrap("one two three", 9, first="a) ", rest=".") == ["a) one", ".two", ".three"]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert plain.wrap("", 20) == [""]


@given(any_text.map(plain.one_line), st.integers(min_value=2, max_value=60))
def test_a_line_that_is_cut_fits_and_says_so(text: str, width: int) -> None:
    kept = plain.cut(text, width)

    assert plain.cells(kept) <= width
    assert kept == text if plain.cells(text) <= width else kept.endswith("…")


def test_content_keeps_its_shape_without_its_marks() -> None:
    text = "A *soft* and **strong** word.\n\n- one\n- two\n\n1. first\n2. second\n\n> aside"

    assert plain.laid_out(text, 40) == [
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
    for line in plain.laid_out(text, width):
        assert plain.cells(line) <= width
        assert plain.harmless(line) == line
        assert "\n" not in line
