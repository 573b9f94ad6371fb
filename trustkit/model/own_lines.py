"""Exercises that are a few plain lines, as rows to be changed: a timer's parts, things to tick, questions, columns.

A row is a `Moment`: its words, what stands beneath them, and for a timer how long it waits. Its `sense` says which line
of the exercise it was, so that a line that is only reworded keeps what else it had: whose turn, a scale, its choices.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from trustkit.model.exercise import (
    Checklist,
    Choice,
    Column,
    Exercise,
    Field,
    Listing,
    Moment,
    Question,
    Reflection,
    Span,
    Timer,
    Tracker,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trustkit.model.exercise import Body

LineKind = Literal["timer", "reflection", "checklist", "list", "tracker"]
Line = Span | Question | Choice | Column | Field

MOST: Final[dict[LineKind, int]] = {"timer": 12, "reflection": 8, "checklist": 40, "list": 4, "tracker": 8}
"""Rows; the content's own limits."""
WAIT: Final = (10.0, 3600.0)
"""Seconds of one part of a timer."""
NEW_WAIT: Final = 60.0
"""Seconds that a new part of a timer begins with."""


def kind_of(exercise: Exercise) -> LineKind | None:
    """As which kind of lines it can be changed; None where it is none, or where its lines lead to help as they are."""
    match exercise.body:
        case Timer():
            return "timer"
        case Reflection():
            return "reflection"
        case Checklist(choices=choices):
            return None if any(choice.go or choice.sets for choice in choices) else "checklist"
        case Listing():
            return "list"
        case Tracker():
            return "tracker"
        case _:
            return None


def lines_of(body: Body) -> Sequence[Line]:
    """The lines as they stand in an exercise."""
    match body:
        case Timer(spans=lines) | Reflection(questions=lines) | Checklist(choices=lines):
            return lines
        case Listing(columns=lines) | Tracker(fields=lines):
            return lines
        case _:
            return ()


def rows(body: Body) -> list[Moment]:
    """The lines as rows to be changed."""
    return [_row(line, str(at)) for at, line in enumerate(lines_of(body))]


def _row(line: Line, was: str) -> Moment:
    match line:
        case Span():
            return Moment(line.title, line.say, was, seconds=line.seconds)
        case Question():
            return Moment(line.ask, line.hint, was)
        case Field():
            return Moment(line.label, "", was)
        case _:
            return Moment(line.label, line.hint, was)


def with_rows(before: Body, changed: Iterable[Moment]) -> Body:
    """The exercise that these rows make.

    Args:
        before: What `rows` was asked about.
        changed: Its rows as they are now; those without a `sense` are new.
    """
    lines, made = lines_of(before), list[Line]()
    for row in changed:
        line = lines[int(row.sense)] if row.sense else None
        taken = {one.id for one in (*lines, *made) if not isinstance(one, Span)}
        made.append(_line(before, line, row, _free(taken)))
    # Each body takes lines of its own kind alone, which `_line` has made.
    match before:
        case Timer():
            return replace(before, spans=tuple(made))  # type: ignore[arg-type]
        case Reflection():
            return replace(before, questions=tuple(made))  # type: ignore[arg-type]
        case Checklist():
            pick = min(before.pick, len(made))
            return replace(before, choices=tuple(made), pick=pick)  # type: ignore[arg-type]
        case Listing():
            return replace(before, columns=tuple(made))  # type: ignore[arg-type]
        case Tracker():
            return replace(before, fields=tuple(made))  # type: ignore[arg-type]
        case _:
            raise ValueError("this exercise is no list of lines")


def _line(before: Body, line: Line | None, row: Moment, free: str) -> Line:
    match before:
        case Timer():
            span = line if isinstance(line, Span) else Span("", 0.0)
            return replace(span, title=row.say, say=row.more, seconds=row.seconds or NEW_WAIT)
        case Reflection():
            question = line if isinstance(line, Question) else Question(free, "")
            return replace(question, ask=row.say, hint=row.more)
        case Checklist():
            choice = line if isinstance(line, Choice) else Choice(free, "")
            return replace(choice, label=row.say, hint=row.more)
        case Listing():
            column = line if isinstance(line, Column) else Column(free, "")
            return replace(column, label=row.say, hint=row.more)
        case _:
            field = line if isinstance(line, Field) else Field(free, "", "text", optional=True)
            return replace(field, label=row.say)


def _free(taken: set[str]) -> str:
    return next(name for number in range(1, len(taken) + 2) if (name := f"line-{number}") not in taken)


def slips(body: Body) -> list[str]:
    """What has to change before it can be kept, in a reader's words; lengths are the content check's own matter."""
    lines = rows(body)
    found = [f"Number {number} has no words yet." for number, row in enumerate(lines, 1) if not row.say]
    if not lines:
        return ["One line is enough, but there is none yet."]
    if isinstance(body, Checklist) and len(lines) < 2:
        found.append("Two lines at least, so that there is something to choose.")
    return found
