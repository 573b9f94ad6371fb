"""Gates stand before advice, are asked once, and are forgotten with the sitting; steps follow on from marks."""

from datetime import date

import pytest

from trustkit.model.entry import Mark
from trustkit.model.guide import Answer, Gate, Guide, Step
from trustkit.model.sitting import Sitting
from trustkit.model.walk import (
    ABOUT,
    ROADS,
    fits,
    gates_before,
    gates_before_exercise,
    next_step,
    state_of,
    steps_for,
)

YES = Answer("Yes", "on")
NO = Answer("No", "safe-first/if-it-worries-you", sets=frozenset({"fear", "control"}))
SAFE = Gate("safe", "ask", ask="Safe?", answers=(YES, NO))
NOTE = Gate("note", "note", text="Long. More.", short="Long.")
RULE = Gate("rule", "rule", text="For writers.")
COUPLES = Gate("couples", "note", text="For couples.", about=("couple",))
GATES = {gate.id: gate for gate in (SAFE, NOTE, RULE, COUPLES)}


def guide(*steps: Step, gates: tuple[str, ...] = (), was: tuple[str, ...] = ()) -> Guide:
    return Guide("g", "G", "S", ("both",), "first", steps, 1, date(2026, 11, 22), gates=gates, was=was)


def step(name: str, **more: object) -> Step:
    return Step(name, name.title(), "words", **more)  # type: ignore[arg-type]


def names(gates: list[Gate]) -> list[str]:
    return [gate.id for gate in gates]


def test_the_door_comes_before_the_steps_own_gate_and_rules_are_never_shown() -> None:
    one = step("one", gates=("note", "rule"))
    assert names(gates_before(guide(one, gates=("safe",)), one, GATES, Sitting())) == ["safe", "note"]


def test_a_gate_named_at_the_door_and_at_the_step_is_shown_once() -> None:
    one = step("one", gates=("safe",))
    assert names(gates_before(guide(one, gates=("safe",)), one, GATES, Sitting())) == ["safe"]


def test_a_question_answered_in_one_guide_is_not_asked_in_another() -> None:
    sitting = Sitting()
    sitting.answer(SAFE, YES)
    assert gates_before(guide(step("one"), gates=("safe",)), step("one"), GATES, sitting) == []


def test_reading_on_ones_own_passes_the_gate_and_sets_nothing() -> None:
    sitting = Sitting()
    sitting.answer(SAFE, None)
    assert sitting.flags == set()
    assert gates_before_exercise(("safe",), GATES, sitting) == []


def test_no_opens_the_unsafe_path_until_trustkit_closes() -> None:
    sitting = Sitting()
    assert not sitting.unsafe
    sitting.answer(SAFE, NO)
    assert sitting.unsafe
    assert not Sitting().unsafe


def test_using_harm_alone_does_not_open_the_unsafe_path() -> None:
    sitting = Sitting()
    sitting.flags.add("using-harm")
    assert not sitting.unsafe


def test_a_note_is_shown_once_in_a_guide_and_again_in_another() -> None:
    one, sitting = step("one", gates=("note",)), Sitting()
    first = guide(one)
    sitting.seen(first.id, NOTE)
    assert gates_before(first, one, GATES, sitting) == []
    other = Guide("other", "O", "S", ("both",), "first", (one,), 1, date(2026, 11, 22))
    assert names(gates_before(other, one, GATES, sitting)) == ["note"]
    assert sitting.read_before(NOTE)


def test_a_note_read_anywhere_does_not_stand_before_an_exercise_again() -> None:
    sitting = Sitting()
    assert names(gates_before_exercise(("note",), GATES, sitting)) == ["note"]
    sitting.seen("some-guide", NOTE)
    assert gates_before_exercise(("note",), GATES, sitting) == []


def test_a_gate_for_couples_is_left_out_when_the_bond_is_another() -> None:
    one = step("one", gates=("couples",))
    assert names(gates_before(guide(one), one, GATES, Sitting())) == ["couples"]
    assert gates_before(guide(one), one, GATES, Sitting(), ("work",)) == []


@pytest.mark.parametrize(
    ("about", "bonds", "fit"),
    [((), ("work",), True), (("couple",), (), True), (("any",), ("work",), True), (("couple",), ("work",), False),
     (("couple", "family"), ("family",), True)],
)  # fmt: skip
def test_what_fits_a_bond(about: tuple[str, ...], bonds: tuple[str, ...], fit: bool) -> None:
    assert fits(about, bonds) is fit


def test_the_next_step_is_the_first_neither_done_nor_skipped() -> None:
    walked = guide(step("one"), step("two"), step("three"))
    marks = {("g", "one"): Mark("g", "one", "done"), ("g", "two"): Mark("g", "two", "later")}
    ahead = next_step(walked, marks)
    assert ahead is not None
    assert ahead.id == "two"
    marks["g", "two"] = Mark("g", "two", "skip")
    marks["g", "three"] = Mark("g", "three", "done")
    assert next_step(walked, marks) is None


def test_a_step_for_couples_is_left_out_for_a_friendship() -> None:
    walked = guide(step("one"), step("two", about=("couple",)))
    assert [s.id for s in steps_for(walked, ("friend",))] == ["one"]
    assert [s.id for s in steps_for(walked)] == ["one", "two"]


def test_a_mark_made_under_an_old_name_still_counts() -> None:
    walked = guide(step("new", was=("old",)), was=("before",))
    assert state_of(walked, walked.steps[0], {("before", "old"): Mark("before", "old", "done")}) == "done"


def test_numbers_begin_again_with_each_part() -> None:
    walked = guide(step("a", part="Before"), step("b"), step("c", part="After"))
    assert [walked.number(s.id) for s in walked.steps] == [1, 2, 1]


def test_every_road_and_bond_has_a_way_not_to_say() -> None:
    assert ROADS[-1].id == "unsaid"
    assert ABOUT[-1][0] == "unsaid"


def test_only_being_frightened_opens_the_unsafe_path_from_the_first_question() -> None:
    assert [road.id for road in ROADS if road.sets] == ["afraid"]
