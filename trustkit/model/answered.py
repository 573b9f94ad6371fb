"""What a reader wrote or ticked in an exercise, as labelled words: for a look before keeping, and for rereading."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from trustkit.model.entry import Answers, Record
from trustkit.model.exercise import Builder, Checklist, Exercise, Field, Listing, Reflection, Timer, Tracker
from trustkit.model.filling import NUMB
from trustkit.model.frozen import frozen

YES_NO: Final = {True: "yes", False: "no"}


@frozen
class Said:
    """One answer under its label. Either may be empty."""

    label: str
    words: str


def in_words(exercise: Exercise, body: Answers | Record) -> list[Said]:
    """Everything that was answered, in the order of the exercise; what was left empty is left out.

    Answers to a question that the exercise no longer has stand at the end, under their id.
    """
    if isinstance(body, Record):
        return _record(exercise, body)
    said: list[Said] = []
    match exercise.body:
        case Reflection(questions=questions):
            scales = {question.id for question in questions if question.scale}
            labels = {question.id: question.ask for question in questions}
            said = _answers(labels, body.answers, scales)
        case Builder(blanks=blanks):
            scales = {blank.id for blank in blanks if blank.scale}
            labels = {blank.id: blank.label for blank in blanks}
            said = [Said("", body.result)] if body.result else _answers(labels, body.answers, scales)
        case Checklist(choices=choices):
            known = {choice.id: choice.label for choice in choices}
            said = [Said("", known.get(name, name)) for name in body.chosen]
        case Listing(columns=columns):
            labels = {column.id: column.label for column in columns}
            said = [Said(row.get("date", ""), row_in_words(labels, row)) for row in body.rows]
        case _:
            said = _answers({}, body.answers, frozenset())
    return said


def row_in_words(labels: Mapping[str, str], row: Mapping[str, str]) -> str:
    """One row of a list: its first column alone, the others under their labels."""
    parts: list[str] = []
    for position, (name, label) in enumerate(labels.items()):
        if words := row.get(name, "").strip():
            parts.append(words if position == 0 else f"{label}: {words}")
    return "\n".join(parts)


def _answers(
    labels: Mapping[str, str], answers: Mapping[str, str | int], scales: set[str] | frozenset[str]
) -> list[Said]:
    known = [Said(label, _words(answers[name], name in scales)) for name, label in labels.items() if name in answers]
    older = [Said(name, _words(answer, False)) for name, answer in answers.items() if name not in labels]
    return [said for said in (*known, *older) if said.words.strip()]


def _words(answer: str | int, scale: bool) -> str:
    return NUMB if scale and answer == "numb" else str(answer)


def _record(exercise: Exercise, record: Record) -> list[Said]:
    fields = {field.id: field for field in fields_of(exercise)}
    known = [
        Said(f.label, value_in_words(f, record.values[name])) for name, f in fields.items() if name in record.values
    ]
    older = [Said(name, str(value)) for name, value in record.values.items() if name not in fields]
    return [said for said in (*known, *older) if said.words.strip()]


def fields_of(exercise: Exercise) -> tuple[Field, ...]:
    """What a tracker, or the end of a timer, notes."""
    return exercise.body.fields if isinstance(exercise.body, Tracker | Timer) else ()


def value_in_words(field: Field, value: str | int | bool | date) -> str:
    """A noted value as a person reads it; a 0–4 scale with the word at its end where it stands at one."""
    if isinstance(value, bool):
        return YES_NO[value]
    if field.kind == "scale" and isinstance(value, int):
        word = {0: field.low, 4: field.high}.get(value, "")
        return f"{value} of 4 ({word})" if word else f"{value} of 4"
    return str(value)
