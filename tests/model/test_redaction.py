"""Names as initials: where a reader gave them, and nowhere else; what is left is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.redaction import read_names, redact, suggested

NAMES = ("Anna Berg", "Anna", "Ben")


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Anna came.", "A. came."),
        ("I saw Anna.", "I saw A."),
        ("Anna Berg and Ben", "A. B. and B."),
        ("Anna\nBerg", "A. B."),
        ("Anna's dog, Ben’s cat", "A.'s dog, B.’s cat"),
        ("ANNA!", "A.!"),
        ("Annabel and Bent", "Annabel and Bent"),
        ("(Anna)-Ben", "(A.)-B."),
        ("Anna...", "A..."),
    ],
)
def test_a_name_becomes_its_initials_where_it_is_a_word_of_its_own(text: str, redacted: str) -> None:
    assert redact(text, NAMES).text == redacted


def test_what_could_not_be_shortened_is_counted() -> None:
    found = redact("Anna, anna and Annabel", ("Anna",))

    assert (found.text, found.shortened, found.left) == ("A., anna and Annabel", 1, 2)


def test_letters_with_accents_count_composed_or_not() -> None:
    assert redact("Jose\u0301 and Jos\u00e9", ("Jos\u00e9",)).text == "J. and J."


def test_names_are_read_one_a_line_or_with_commas_the_longest_first() -> None:
    assert read_names(" Ben,\nAnna  Berg\n\n, Anna; Ben") == ("Anna Berg", "Anna", "Ben")


def test_words_that_look_like_names_are_only_suggested() -> None:
    assert suggested(["Then Anna came. Tomorrow I meet Anna and Ben.", "Later Rain fell, and rain again."]) == [
        "Anna",
        "Ben",
    ]


@given(st.text(), st.lists(st.text(st.characters(categories=("L",)), min_size=2), max_size=3))
def test_no_name_is_left_as_a_word_of_its_own(text: str, names: list[str]) -> None:
    found = redact(" ".join([text, *names, "end"]), names)

    assert not set(names) & set(found.text.split())
    assert found.shortened >= len(names)


@given(st.text())
def test_without_names_nothing_is_changed(text: str) -> None:
    assert redact(text, ()).text == text
