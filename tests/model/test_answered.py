"""What was answered reads back under its labels, old answers included."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from trustkit.model.answered import Said, in_words
from trustkit.model.entry import Answers, Record
from trustkit.model.exercise import (
    Blank,
    Body,
    Builder,
    Checklist,
    Choice,
    Column,
    Exercise,
    Field,
    Listing,
    Question,
    Reflection,
    Tracker,
)


def exercise(kind: str, body: Body) -> Exercise:
    return Exercise("it", kind, "It", "It.", body, 1, date(2026, 11, 22))


def answers(**more: Any) -> Answers:
    return Answers("it", 1, **more)


def test_a_reflection_reads_in_the_order_of_its_questions_and_keeps_older_answers() -> None:
    it = exercise("reflection", Reflection((Question("a", "First?"), Question("b", "How?", scale=True))))
    given: Mapping[str, str | int] = {"gone": "old words", "b": "numb", "a": "yes\nand no"}
    assert in_words(it, answers(answers=given)) == [
        Said("First?", "yes\nand no"),
        Said("How?", "numb, or I can't tell"),
        Said("Gone", "old words"),
    ]


def test_a_builder_reads_as_its_sentence() -> None:
    it = exercise("builder", Builder((Blank("a", "A"),), "Say {a}."))
    assert in_words(it, answers(answers={"a": "x"}, result="Say x.")) == [Said("", "Say x.")]
    assert in_words(it, answers(answers={"a": "x"})) == [Said("A", "x")]


def test_ticks_read_as_their_labels() -> None:
    it = exercise("checklist", Checklist((Choice("sad", "sad indeed"),)))
    assert in_words(it, answers(chosen=("sad", "gone"))) == [Said("", "sad indeed"), Said("", "Gone")]


def test_rows_read_with_their_day() -> None:
    it = exercise("list", Listing((Column("who", "Who"), Column("for", "Good for"))))
    rows = ({"who": "Ana", "for": "tea", "date": "2026-11-22"},)
    assert in_words(it, answers(rows=rows)) == [Said("2026-11-22", "Ana\nGood for: tea")]


def test_a_record_reads_with_the_word_at_the_end_of_a_scale() -> None:
    fields = (
        Field("kind", "Kind", "scale", low="never", high="always"),
        Field("kept", "Kept?", "yes-no"),
        Field("due", "By", "date"),
    )
    it = exercise("tracker", Tracker(fields))
    record = Record("it", 1, values={"kind": 4, "kept": False, "due": date(2026, 11, 30)})
    assert [said.words for said in in_words(it, record)] == ["4 of 4 (always)", "no", "2026-11-30"]
    assert in_words(it, Record("it", 1, values={"kind": 2})) == [Said("Kind", "2 of 4")]
