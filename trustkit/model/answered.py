"""What a reader wrote or ticked in an exercise, as labelled words: for a look before keeping, and for rereading."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from trustkit.model.entry import Answers, Record
from trustkit.model.exercise import Builder, Checklist, Exercise, Field, Listing, Reflection, Timer, Tracker
from trustkit.model.filling import NUMB
from trustkit.model.frozen import frozen
from trustkit.model.guide import SignList

DATE: Final = "date"
"""The day of a row, which stands over it unless the list has a column of that name."""
YES_NO: Final = {True: "yes", False: "no"}


@frozen
class Said:
    """One answer under its label. Either may be empty."""

    label: str
    words: str


def in_words(exercise: Exercise | SignList, body: Answers | Record) -> list[Said]:
    """Everything that was answered or ticked, in the order of the exercise; what was left empty is left out.

    Whatever the exercise no longer asks for is at the end, under its id as words.
    """
    if isinstance(exercise, SignList):
        known = {sign.id: sign.text for sign in exercise.signs}
        return _without_labels(body, known)
    if isinstance(body, Record):
        return _record(exercise, body)
    said: list[Said] = []
    left = Answers(body.exercise, body.revision, chosen=body.chosen, result=body.result, rows=body.rows)
    match exercise.body:
        case Reflection(questions=questions):
            scales = {question.id for question in questions if question.scale}
            labels = {question.id: question.ask for question in questions}
            said = _answers(labels, body.answers, scales)
        case Builder(blanks=blanks):
            scales = {blank.id for blank in blanks if blank.scale}
            labels = {blank.id: blank.label for blank in blanks}
            said = [Said("", body.result)] if body.result else _answers(labels, body.answers, scales)
            left = Answers(body.exercise, body.revision, chosen=body.chosen, rows=body.rows)
        case Checklist(choices=choices):
            known = {choice.id: choice.label for choice in choices}
            said = [Said("", known.get(name, _id_in_words(name))) for name in body.chosen]
            left = Answers(body.exercise, body.revision, body.answers, result=body.result, rows=body.rows)
        case Listing(columns=columns):
            labels = {column.id: column.label for column in columns}
            said = [Said(row.get(DATE, ""), row_in_words(labels, row)) for row in body.rows]
            left = Answers(body.exercise, body.revision, body.answers, body.chosen, body.result)
        case _:
            left = body
    return [*said, *_without_labels(left, {})]


def unnamed(body: Answers | Record) -> list[Said]:
    """Answers to an exercise that is no longer there, under the ids of its questions."""
    return _without_labels(body, {})


def _without_labels(body: Answers | Record, known: Mapping[str, str]) -> list[Said]:
    if isinstance(body, Record):
        return [Said(_id_in_words(name), _plain_value(value)) for name, value in body.values.items()]
    said = [Said("", known.get(name, _id_in_words(name))) for name in body.chosen]
    said += [Said("", body.result)] if body.result else []
    said += [Said(_id_in_words(name), str(answer)) for name, answer in body.answers.items()]
    for row in body.rows:
        cells = [f"{_id_in_words(name)}: {words}" for name, words in row.items() if words.strip()]
        said += [Said("", "\n".join(cells))]
    return [one for one in said if one.words.strip()]


def _id_in_words(name: str) -> str:
    """An id as near to words as it comes: `how-it-went` is "How it went"."""
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _plain_value(value: str | int | bool | date) -> str:
    return YES_NO[value] if isinstance(value, bool) else str(value)


def row_in_words(labels: Mapping[str, str], row: Mapping[str, str]) -> str:
    """One row of a list: its first column alone, the others under their labels, those it no longer has at the end."""
    parts: list[str] = []
    for position, (name, label) in enumerate(labels.items()):
        if words := row.get(name, "").strip():
            parts.append(words if position == 0 else f"{label}: {words}")
    older = (name for name in row if name not in labels and name != DATE)
    parts += [f"{_id_in_words(name)}: {row[name]}" for name in older if row[name].strip()]
    return "\n".join(parts)


def _answers(
    labels: Mapping[str, str], answers: Mapping[str, str | int], scales: set[str] | frozenset[str]
) -> list[Said]:
    known = [Said(label, _words(answers[name], name in scales)) for name, label in labels.items() if name in answers]
    older = [Said(_id_in_words(name), _words(answer, False)) for name, answer in answers.items() if name not in labels]
    return [said for said in (*known, *older) if said.words.strip()]


def _words(answer: str | int, scale: bool) -> str:
    return NUMB if scale and answer == "numb" else str(answer)


def _record(exercise: Exercise, record: Record) -> list[Said]:
    fields = {field.id: field for field in fields_of(exercise)}
    known = [
        Said(f.label, value_in_words(f, record.values[name])) for name, f in fields.items() if name in record.values
    ]
    older = [
        Said(_id_in_words(name), _plain_value(value)) for name, value in record.values.items() if name not in fields
    ]
    return [said for said in (*known, *older) if said.words.strip()]


def fields_of(exercise: Exercise) -> tuple[Field, ...]:
    """What a tracker, or the end of a timer, notes."""
    return exercise.body.fields if isinstance(exercise.body, Tracker | Timer) else ()


def title_in_list(thing: Exercise | SignList, first_words: str) -> str:
    """How a list tells one entry: what it belongs to, and the first words in it where these say something alone.

    A tracker that begins with a scale has no such words: what was typed last would stand there without its question.
    """
    fields = fields_of(thing) if isinstance(thing, Exercise) else ()
    alone = not first_words or (fields and fields[0].kind not in ("line", "text"))
    return thing.title if alone else f"{thing.title}: {first_words}"


def value_in_words(field: Field, value: str | int | bool | date) -> str:
    """A noted value as a person reads it; a 0–4 scale with the word at its end where it stands at one."""
    if isinstance(value, bool):
        return YES_NO[value]
    if field.kind == "scale" and isinstance(value, int):
        word = {0: field.low, 4: field.high}.get(value, "")
        return f"{value} of 4 ({word})" if word else f"{value} of 4"
    return str(value)
