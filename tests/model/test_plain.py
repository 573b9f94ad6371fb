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
