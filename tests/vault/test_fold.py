"""Search compares words as people do, not as bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.vault.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("é", "e"),
        ("É", "e"),
        ("e\u0301", "é"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("ışık", "IŞIK"),
        ("Ｈｅｌｌｏ", "hello"),
        ("ﬁne", "fine"),
        ("don’t", "don't"),
        ("„so“", '"so"'),
        ("on–off", "on-off"),
        ("Łódź", "lodz"),
        ("smørrebrød", "smorrebrod"),
        ("Ὀδυσσεύς", "οδυσσευς"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_these_are_the_same_to_a_reader(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("a", "b"), ("क्", "क"), ("1", "l")])
def test_these_are_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_a_word_is_found_in_any_text_around_it_however_it_is_written(before: str, after: str) -> None:
    assert fold("Vertrauen") in fold(f"{before} VERTRAUEN {after}")
