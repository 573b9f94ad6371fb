"""An exercise written out is the same exercise when it is read again, whatever words stand in it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit.library import Library
from trustkit.library.composing import compose, unfinished
from trustkit.model import own
from trustkit.model.exercise import Exercise
from trustkit.paths import shipped_content

LIBRARY = Library(shipped_content())


def as_written(exercise: Exercise) -> Exercise:
    """Without what a file's own place decides."""
    return replace(exercise, file="", by_reader=False, minutes=0)


@pytest.mark.parametrize("name", sorted(LIBRARY.exercises))
def test_every_shipped_exercise_comes_back_as_it_went(name: str) -> None:
    exercise = LIBRARY.exercise(name)
    read, slips = LIBRARY.exercise_from(compose(exercise), name)
    assert [slip.as_text() for slip in slips if slip.is_error] == []
    assert read is not None
    assert as_written(read) == as_written(exercise)


@settings(max_examples=200)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=12), st.text(max_size=40), st.text(max_size=80))
def test_any_words_are_written_so_that_they_come_back_or_are_refused(lines: list[str], title: str, intro: str) -> None:
    card = own.new("card", "my-card", date(2026, 11, 22))
    made = replace(card, title=title, intro=intro, body=own.card(lines))
    text = compose(made)
    assert text.isprintable() or all(one.isprintable() or one == "\n" for one in text)
    read, slips = LIBRARY.exercise_from(text, made.id)
    if read is None:
        assert any(slip.is_error for slip in slips)
    else:
        assert as_written(read) == as_written(replace(made, title=read.title, intro=read.intro))
        assert (read.title, read.intro) == (title.replace("\t", " ").strip(), intro.replace("\t", " ").strip())


def test_what_is_not_finished_can_be_gone_on_with() -> None:
    begun = own.new("grounding", "my-grounding", date(2026, 11, 22))
    again = unfinished(compose(replace(begun, title="*starred*")), begun.id, "en")
    assert again is not None
    assert (again.title, again.body) == ("*starred*", begun.body)
    assert unfinished("not toml at all", "my-x", "en") is None
