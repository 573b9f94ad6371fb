"""Nothing opens with writing at night or while it is hard to think: then something that settles stands first."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.model.breath import Breathing, Phase
from trustkit.model.entry import Practice
from trustkit.model.exercise import Exercise, Grounding, Moment, Question, Reflection
from trustkit.model.offering import WORDED, by_rules, settled_first
from trustkit.model.offering import Moment as Now
from trustkit.paths import Paths

NIGHT, DAY = Now(hour=2), Now(hour=12)


def one(name: str, body: Any, kind: str) -> Exercise:
    return Exercise(name, kind, name, "Words.", body, 1, date(2026, 11, 22))


WRITE = one("write", Reflection((Question("one", "What?"),)), "reflection")
ROOM = one("room", Grounding((Moment("Look."),)), "grounding")
BREATH = one("breath", Breathing(2, (Phase("in", 4, "In"), Phase("out", 6, "Out"))), "breathing")
SETTLING = [ROOM, BREATH]


def names(exercises: list[Exercise]) -> list[str]:
    return [exercise.id for exercise in exercises]


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (NIGHT, "room"),
        (Now(hour=22), "room"),
        (Now(hour=5), "room"),
        (Now(hour=6), "write"),
        (Now(hour=21), "write"),
        (DAY, "write"),
        (replace(DAY, distress=8), "room"),
        (replace(DAY, distress=7), "write"),
        (replace(DAY, distress="numb"), "write"),
    ],
)
def test_writing_is_first_only_by_day_and_while_thinking_is_possible(now: Now, first: str) -> None:
    assert settled_first([WRITE], SETTLING, now)[0].id == first


def test_only_one_thing_is_put_in_front_and_nothing_is_lost() -> None:
    assert names(settled_first([WRITE], SETTLING, NIGHT)) == ["room", "write"]


def test_where_something_settles_already_nothing_is_added() -> None:
    assert names(settled_first(by_rules([WRITE, BREATH], NIGHT), SETTLING, NIGHT)) == ["breath", "write"]


def test_where_nothing_is_left_what_settles_stands_alone() -> None:
    assert names(settled_first([], SETTLING, DAY)) == ["room", "breath"]


def test_what_made_things_worse_is_never_what_is_put_in_front() -> None:
    now = replace(NIGHT, stands_last=frozenset({"room"}))
    assert names(settled_first(by_rules([WRITE], now), by_rules(SETTLING, now), now)) == ["breath", "write"]
    assert names(settled_first(by_rules([WRITE, ROOM], now), by_rules(SETTLING, now), now)) == [
        "breath",
        "room",
        "write",
    ]


HOURS = [0, 2, 5, 6, 12, 21, 22, 23]


FLAGS = {"safe": frozenset[str](), "afraid": frozenset({"fear", "control"}), "harm": frozenset({"using-harm"})}


@pytest.mark.parametrize("flags", FLAGS.values(), ids=FLAGS)
@pytest.mark.parametrize("distress", [None, 3, 7, 8, 10, "numb"])
def test_no_shipped_need_opens_with_writing_when_it_may_not(
    paths: Paths, clock: Any, flags: frozenset[str], distress: Any
) -> None:
    companion = Companion.start(paths, clock=clock, ghost=True)
    companion.sitting.flags |= flags
    companion.rate(distress)
    for hour in HOURS:
        clock.set(datetime(2026, 11, 22, hour, 10, tzinfo=timezone(timedelta(hours=1))))
        waits = hour >= 22 or hour < 6 or (isinstance(distress, int) and distress > 7)
        for need in (need for need in companion.library.needs if need.offer):
            offered = companion.offer_for(need)
            assert offered, need.id
            if waits:
                assert offered[0].type not in WORDED, (need.id, hour, distress)
            assert len({exercise.id for exercise in offered}) == len(offered)


def test_even_where_the_usual_first_made_it_worse_another_settles_at_night(paths: Paths, clock: Any) -> None:
    companion = Companion.start(paths, clock=clock, ghost=True)
    worse = [name for need in companion.library.needs for name in need.offer[:1]] + ["ground-room"]
    for name in dict.fromkeys(worse):
        exercise = companion.library.exercise(name)
        if exercise.type not in WORDED:
            companion.practised(exercise, Practice(name, 1, clock(), clock(), before=4, after=8, worse=True))
    for need in (need for need in companion.library.needs if need.offer):
        assert companion.offer_for(need)[0].type not in WORDED, need.id


def test_what_comes_after_an_exercise_opens_with_no_writing_at_night_either(paths: Paths, clock: Any) -> None:
    companion = Companion.start(paths, clock=clock, ghost=True)
    for exercise in companion.library.exercises.values():
        after = companion.next_after(exercise)
        assert bool(after) == bool(companion.offered(exercise.next)), exercise.id
        if after:
            assert after[0].type not in WORDED, exercise.id
            assert exercise.id not in names(after), exercise.id
