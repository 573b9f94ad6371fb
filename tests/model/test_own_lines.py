"""Exercises of plain lines, changed: what a line had stays with it, and the content check takes what comes of it."""

from dataclasses import replace
from datetime import date

import pytest

from trustkit.library import Library
from trustkit.library.composing import compose
from trustkit.model import own, own_lines
from trustkit.model.exercise import Checklist, Exercise, Listing, Moment, Reflection, Timer, Tracker
from trustkit.model.own_words import counts
from trustkit.paths import shipped_content

TODAY = date(2026, 11, 22)
LIBRARY = Library(shipped_content())
LINES = [exercise for exercise in LIBRARY.exercises.values() if own_lines.kind_of(exercise)]

every_one = pytest.mark.parametrize("base", LINES, ids=lambda exercise: exercise.id)


def errors(exercise: Exercise) -> list[str]:
    _, slips = LIBRARY.exercise_from(compose(exercise), exercise.id)
    return [slip.as_text() for slip in slips if slip.is_error]


@every_one
def test_rows_that_nobody_changed_are_the_exercise(base: Exercise) -> None:
    assert own_lines.with_rows(base.body, own_lines.rows(base.body)) == base.body


@every_one
def test_what_is_reworded_added_and_moved_passes_the_check_and_loses_no_caution(base: Exercise) -> None:
    first, *rest = own_lines.rows(base.body)
    changed = [*rest, replace(first, say="In my own words")]
    if len(changed) < own_lines.MOST[own_lines.kind_of(base)]:  # type: ignore[index]
        changed.append(Moment("Something new", seconds=90.0))
    mine = own.made_mine(base, "my-own", TODAY)
    made = own.with_care(replace(mine, body=own_lines.with_rows(base.body, changed)), base)

    assert errors(made) == []
    assert [row.say for row in own_lines.rows(made.body)] == [row.say for row in changed]
    assert not counts(f"{made.title} {made.summary} {made.intro} {made.outro}")
    assert " ".join(base.caution.split()) in " ".join(f"{made.caution} {made.intro}".split())
    assert (set(base.gates) <= set(made.gates), base.unsafe_if <= made.unsafe_if, base.keep) == (True, True, made.keep)


def test_a_reworded_line_keeps_what_else_it_had() -> None:
    turns = LIBRARY.exercise("listen-in-turns").body
    assert isinstance(turns, Timer)
    rows = own_lines.rows(turns)
    made = own_lines.with_rows(turns, [replace(rows[1], say="Mine", seconds=30.0), rows[0]])
    assert isinstance(made, Timer)
    assert made.spans == (replace(turns.spans[1], title="Mine", seconds=30.0), turns.spans[0])
    assert made.fields == turns.fields


def test_a_new_line_has_an_id_of_its_own_and_takes_nobody_else_s() -> None:
    for name, of in (("values-pick", Checklist), ("four-questions", Reflection), ("support-map", Listing)):
        body = LIBRARY.exercise(name).body
        assert isinstance(body, of)
        rows = own_lines.rows(body)[:2]
        made = own_lines.lines_of(own_lines.with_rows(body, [*rows, Moment("New"), Moment("Newer")]))
        ids = [line.id for line in made]  # type: ignore[union-attr]
        assert len(set(ids)) == 4
        assert ids[2:] == ["line-1", "line-2"]


def test_no_more_is_picked_than_there_is() -> None:
    body = LIBRARY.exercise("values-pick").body
    made = own_lines.with_rows(body, own_lines.rows(body)[:2])
    assert isinstance(made, Checklist)
    assert made.pick == 2


def test_what_cannot_be_kept_is_said_in_plain_words() -> None:
    tracker = LIBRARY.exercise("promise-log").body
    assert isinstance(tracker, Tracker)
    assert own_lines.slips(own_lines.with_rows(tracker, [])) == ["One line is enough, but there is none yet."]
    assert own_lines.slips(own_lines.with_rows(tracker, [Moment("")])) == ["Number 1 has no words yet."]
    ticks = LIBRARY.exercise("values-pick").body
    assert own_lines.slips(own_lines.with_rows(ticks, own_lines.rows(ticks)[:1])) == [
        "Two lines at least, so that there is something to choose."
    ]
