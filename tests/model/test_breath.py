"""The breath promises to be smooth, to be where the clock says, and never to drift."""

import random
from itertools import pairwise
from math import inf, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.breath import LAPSE, LEAD, Stopwatch, breath_at, duration, rounds_in, until_next
from trustkit.model.breath_words import clock, line_for, words
from trustkit.model.exercise import Breathing, Phase, PhaseKind

LONG_OUT = Breathing(8, (Phase("in", 4, "Breathe in"), Phase("out", 6, "Let it go slowly")))
BOX = Breathing(10, (Phase("in", 4, "In"), Phase("hold", 4, "Hold"), Phase("out", 4, "Out"), Phase("rest", 4, "Wait")))
SIGH = Breathing(27, (Phase("in", 3, "In"), Phase("in", 1, "A sip more"), Phase("out", 7, "Sigh")))
COHERENT = Breathing(54, (Phase("in", 5.5, "In"), Phase("out", 5.5, "Out")))
SHIPPED = (LONG_OUT, BOX, SIGH, COHERENT)

KINDS: tuple[PhaseKind, ...] = ("in", "hold", "out", "rest")


@st.composite
def patterns(draw: st.DrawFn) -> Breathing:
    """Any pattern the content grammar allows: two to four phases of half a second to twelve, with an in and an out."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=0, max_size=2))
    kinds = draw(st.permutations([*kinds, "in", "out"]))
    seconds = st.floats(0.5, 12).map(lambda s: round(s, 1))
    return Breathing(draw(st.integers(1, 30)), tuple(Phase(kind, draw(seconds), kind) for kind in kinds))


@st.composite
def moments(draw: st.DrawFn) -> tuple[Breathing, float]:
    """A pattern, and a moment from well before its first breath to well after its last."""
    pattern = draw(patterns())
    return pattern, draw(st.floats(-2 * LEAD, duration(pattern, pattern.rounds) + 2 * LEAD))


def steepest(pattern: Breathing) -> float:
    """How fast the fullness may change at most, per second: a cosine is steepest in its middle, by pi/2."""
    return pi / 2 / min(LEAD, *(phase.seconds for phase in pattern.phases))


# -- where the breath is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("elapsed", "say", "round_", "fullness"),
    [
        (0, "Breathe in", 1, 0.0),
        (2, "Breathe in", 1, 0.5),
        (3.999, "Breathe in", 1, 1.0),
        (4, "Let it go slowly", 1, 1.0),
        (7, "Let it go slowly", 1, 0.5),
        (10, "Breathe in", 2, 0.0),
        (74.5, "Let it go slowly", 8, 0.983),
    ],
)
def test_each_moment_has_its_phase_its_round_and_its_fullness(
    elapsed: float, say: str, round_: int, fullness: float
) -> None:
    breath = breath_at(LONG_OUT, elapsed, 8)
    assert (breath.phase.say, breath.round) == (say, round_)
    assert breath.fullness == pytest.approx(fullness, abs=0.001)


def test_what_has_passed_and_what_is_left_of_a_phase_and_of_the_practice_are_told_in_seconds() -> None:
    breath = breath_at(LONG_OUT, 35.0, 8)
    assert (breath.into, breath.left, breath.remaining) == (1.0, 5.0, 45.0)


def test_a_double_breath_in_shares_the_way_up_by_its_seconds() -> None:
    assert breath_at(SIGH, 3.0, 1).fullness == 0.75
    assert breath_at(SIGH, 4.0, 1).fullness == 1.0


def test_a_hold_between_two_breaths_in_keeps_what_the_first_has_reached() -> None:
    pattern = Breathing(1, (Phase("in", 3, ""), Phase("hold", 2, ""), Phase("in", 1, ""), Phase("out", 7, "")))
    assert [breath_at(pattern, t, 1).fullness for t in (3.0, 4.0, 5.0, 6.0)] == [0.75, 0.75, 0.75, 1.0]


def test_a_breath_in_that_goes_on_in_the_next_round_is_one_breath() -> None:
    pattern = Breathing(3, (Phase("in", 2, ""), Phase("out", 4, ""), Phase("in", 1, "")))
    assert breath_at(pattern, 7.0, 3).fullness == pytest.approx(1 / 3)
    assert breath_at(pattern, 9.0, 3).fullness == 1.0


@given(patterns(), st.floats(0, 1))
def test_while_the_breath_is_held_or_rests_nothing_moves(pattern: Breathing, part: float) -> None:
    begun = 0.0
    for phase in pattern.phases:
        if phase.do in ("hold", "rest"):
            breath = breath_at(pattern, begun + part * phase.seconds * 0.999, pattern.rounds)
            assert breath.fullness == breath_at(pattern, begun, pattern.rounds).fullness
            assert not breath.moving
        begun += phase.seconds


@given(moments())
def test_the_fullness_is_never_outside_empty_and_full(moment: tuple[Breathing, float]) -> None:
    pattern, elapsed = moment
    assert 0.0 <= breath_at(pattern, elapsed, pattern.rounds).fullness <= 1.0


@given(moments(), st.floats(1e-4, 0.2))
def test_the_fullness_never_jumps(moment: tuple[Breathing, float], step: float) -> None:
    pattern, elapsed = moment
    here, there = (breath_at(pattern, t, pattern.rounds).fullness for t in (elapsed, elapsed + step))
    assert abs(there - here) <= steepest(pattern) * step + 1e-5


@given(patterns(), st.integers(0, 5))
def test_the_fullness_stands_still_for_an_instant_where_one_phase_becomes_the_next(
    pattern: Breathing, number: int
) -> None:
    rounds = max(2, pattern.rounds)
    end = sum((pattern.phases * 2)[i].seconds for i in range(number % (2 * len(pattern.phases)) + 1))
    before, at, after = (breath_at(pattern, end + off, rounds).fullness for off in (-0.005, 0.0, 0.005))
    assert abs(at - before) <= 0.001
    assert abs(after - at) <= 0.001


@given(patterns(), st.integers(0, 100), st.integers(1, 100))
def test_a_breath_in_only_rises_and_a_breath_out_only_falls(pattern: Breathing, first: int, more: int) -> None:
    begun = 0.0
    for phase in pattern.phases:
        early, late = (begun + phase.seconds * min(part, 99.9) / 100 for part in (first, first + more))
        change = breath_at(pattern, late, 1).fullness - breath_at(pattern, early, 1).fullness
        assert change >= 0.0 if phase.do == "in" else change <= 0.0 if phase.do == "out" else change == 0.0
        begun += phase.seconds


@given(moments())
def test_a_phase_is_what_has_passed_of_it_and_what_is_left(moment: tuple[Breathing, float]) -> None:
    pattern, elapsed = moment
    breath = breath_at(pattern, elapsed, pattern.rounds)
    if not breath.settling:
        assert breath.into + breath.left == pytest.approx(breath.phase.seconds)
        assert breath.phase is pattern.phases[breath.phase_index]
        assert 1 <= breath.round <= pattern.rounds


# -- beginning and ending ----------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", SHIPPED)
def test_before_the_first_breath_the_figure_rests(pattern: Breathing) -> None:
    for elapsed in (-LEAD, -1.5, -0.001):
        breath = breath_at(pattern, elapsed, pattern.rounds)
        assert (breath.settling, breath.fullness, breath.moving, breath.phase) == (True, 0.0, False, pattern.phases[0])
        assert breath.remaining == duration(pattern, pattern.rounds)


@pytest.mark.parametrize("pattern", SHIPPED)
def test_after_the_last_breath_the_figure_rests(pattern: Breathing) -> None:
    breath = breath_at(pattern, duration(pattern, 3), 3)
    assert (breath.done, breath.fullness, breath.moving, breath.remaining, breath.left) == (True, 0.0, False, 0.0, 0.0)


def test_a_pattern_that_begins_and_ends_full_comes_up_and_goes_down_softly() -> None:
    pattern = Breathing(1, (Phase("out", 4, ""), Phase("in", 4, "")))
    assert breath_at(pattern, -LEAD, 1).fullness == 0.0
    assert breath_at(pattern, -LEAD / 2, 1).fullness == pytest.approx(0.5)
    assert breath_at(pattern, 0.0, 1).fullness == 1.0
    after = breath_at(pattern, 8.0 + LEAD / 2, 1)
    assert (after.done, after.moving) == (True, True)
    assert after.fullness == pytest.approx(0.5)
    assert breath_at(pattern, 8.0 + LEAD, 1).fullness == 0.0


@pytest.mark.parametrize(
    "phases",
    [
        (),
        (Phase("in", 4, ""), Phase("hold", 4, "")),
        (Phase("out", 4, ""),),
        (Phase("in", 0, ""), Phase("out", 4, "")),
    ],
)
def test_what_cannot_be_breathed_is_refused(phases: tuple[Phase, ...]) -> None:
    with pytest.raises(ValueError, match="breath"):
        breath_at(Breathing(1, phases), 0.0, 1)


def test_no_rounds_are_no_practice() -> None:
    with pytest.raises(ValueError, match="round"):
        breath_at(LONG_OUT, 0.0, 0)


# -- the count ----------------------------------------------------------------------------


def counts(pattern: Breathing, until: float, rounds: int = 1) -> list[tuple[float, int]]:
    """Every count from the first breath on, with the moment it appears."""
    seen: list[tuple[float, int]] = []
    elapsed = 0.0
    while elapsed < until - 1e-9:
        breath = breath_at(pattern, elapsed, rounds)
        seen.append((round(elapsed, 3), breath.count))
        elapsed += breath.until_count
    return seen


def test_a_phase_of_whole_seconds_is_counted_down_second_by_second() -> None:
    assert [count for _, count in counts(LONG_OUT, 10)] == [4, 3, 2, 1, 6, 5, 4, 3, 2, 1]


def test_a_phase_of_five_and_a_half_seconds_is_counted_in_five_even_beats() -> None:
    assert counts(COHERENT, 5.5) == [(0.0, 5), (1.1, 4), (2.2, 3), (3.3, 2), (4.4, 1)]


def test_a_phase_under_a_second_has_one_count() -> None:
    assert counts(Breathing(1, (Phase("in", 0.5, ""), Phase("out", 0.5, ""))), 1.0) == [(0.0, 1), (0.5, 1)]


def test_the_lead_is_counted_down_as_well() -> None:
    assert [breath_at(LONG_OUT, t, 8).count for t in (-3.0, -2.5, -2.0, -1.0, -0.2)] == [3, 3, 2, 1, 1]


@given(moments())
def test_the_count_is_never_nothing_while_the_practice_runs(moment: tuple[Breathing, float]) -> None:
    pattern, elapsed = moment
    breath = breath_at(pattern, elapsed, pattern.rounds)
    assert (breath.count == 0) == breath.done
    assert breath.until_count == inf if breath.done else breath.until_count > 0.0


@given(patterns())
def test_no_number_stands_for_less_than_a_second_unless_its_phase_does(pattern: Breathing) -> None:
    shortest = min(1.0, *(phase.seconds for phase in pattern.phases))
    shown = [moment for moment, _ in counts(pattern, pattern.round_seconds)]
    assert all(later - sooner >= shortest - 0.002 for sooner, later in pairwise(shown))


# -- time ----------------------------------------------------------------------------


def ends_met(pattern: Breathing, rounds: int, frame: float, late: float, seed: int) -> list[float]:
    """How late each phase was first seen by a loop that always wakes up to `late` seconds after it meant to."""
    chance = random.Random(seed)
    now, watch = 5000.0, Stopwatch.start(5000.0)
    ideal = [0.0]
    for phase in pattern.phases * rounds:
        ideal.append(ideal[-1] + phase.seconds)
    met: list[float] = []
    told: tuple[int, int] | None = None
    while not (breath := breath_at(pattern, watch.elapsed(now), rounds)).done:
        at = (breath.round, breath.phase_index)
        if not breath.settling and at != told:
            told = at
            met.append(watch.elapsed(now) - ideal[len(met)])
        now += until_next(breath, frame) + chance.uniform(0.0, late)
    return [*met, watch.elapsed(now) - ideal[-1]]


@pytest.mark.parametrize("pattern", SHIPPED)
@pytest.mark.parametrize("frame", [1 / 20, inf], ids=["moving", "still"])
def test_phases_end_within_20_ms_of_the_clock_after_ten_minutes_of_late_frames(
    pattern: Breathing, frame: float
) -> None:
    rounds = rounds_in(pattern, 10.5)
    lateness = ends_met(pattern, rounds, frame, late=0.012, seed=7)
    assert duration(pattern, rounds) >= 600.0
    assert len(lateness) == rounds * len(pattern.phases) + 1
    assert all(0.0 <= late <= 0.020 for late in lateness)


def test_frames_that_were_lost_are_skipped_and_not_handed_on() -> None:
    lateness = ends_met(LONG_OUT, 60, 1 / 20, late=0.4, seed=3)
    assert max(lateness) <= 0.4
    assert len(lateness) == 121


@given(moments())
def test_a_figure_that_moves_is_drawn_at_every_frame_and_one_that_stands_only_when_its_count_changes(
    moment: tuple[Breathing, float],
) -> None:
    pattern, elapsed = moment
    breath = breath_at(pattern, elapsed, pattern.rounds)
    moving, still = until_next(breath, 1 / 20), until_next(breath, inf)
    assert still == breath.until_count
    assert 0.0 < moving <= (1 / 20 + 1e-6 if breath.moving else breath.until_count)
    assert moving <= still
    if moving < still:
        frames = (breath.elapsed + moving) * 20
        assert frames == pytest.approx(round(frames), abs=1e-6)


@given(st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), max_size=8))
def test_a_pause_takes_no_time_from_the_breath(stretches: list[tuple[float, float]]) -> None:
    now, watch = 100.0, Stopwatch.start(100.0)
    for run, rest in stretches:
        watch = watch.pause(now + run)
        now += run + rest
        assert watch.elapsed(now) == pytest.approx(watch.elapsed(now + 99.0))
        watch = watch.resume(now)
    assert watch.elapsed(now) == pytest.approx(-LEAD + sum(run for run, _ in stretches), abs=1e-6)


def test_pausing_or_resuming_twice_changes_nothing() -> None:
    watch = Stopwatch.start(0.0).pause(10.0)
    assert watch.pause(20.0) == watch
    assert watch.resume(30.0).resume(40.0) == watch.resume(30.0)


def test_a_lapse_is_longer_than_any_lost_frame() -> None:
    assert LAPSE >= 1.0


@pytest.mark.parametrize(
    ("pattern", "minutes", "rounds"),
    [(LONG_OUT, 1, 6), (LONG_OUT, 5, 30), (BOX, 1, 4), (COHERENT, 5, 27), (LONG_OUT, 0, 1), (BOX, 90, 75)],
)
def test_minutes_become_the_nearest_whole_rounds_up_to_twenty_minutes(
    pattern: Breathing, minutes: float, rounds: int
) -> None:
    assert rounds_in(pattern, minutes) == rounds


# -- words ----------------------------------------------------------------------------


def test_the_words_say_what_to_do_and_how_long_it_goes_on() -> None:
    said = words(LONG_OUT, breath_at(LONG_OUT, 24.0, 8), 8)
    assert (said.main, said.count, said.below) == ("Let it go slowly", "6", "Round 3 of 8 · 0:56 left")


def test_before_the_first_breath_the_words_are_in_no_hurry_and_say_what_comes() -> None:
    said = words(LONG_OUT, breath_at(LONG_OUT, -LEAD, 8), 8)
    assert (said.main, said.count, said.below) == ("When you like …", "3", "8 rounds, 1:20")


def test_paused_and_done_have_words_without_a_count() -> None:
    paused = words(LONG_OUT, breath_at(LONG_OUT, 24.0, 8), 8, paused=True)
    assert (paused.main, paused.count, paused.below) == ("Paused", "", "Breathe as you like. 0:56 left")
    done = words(LONG_OUT, breath_at(LONG_OUT, 99.0, 8), 8)
    assert (done.main, done.count, done.below) == ("Done.", "", "")


@pytest.mark.parametrize(
    ("seconds", "line"), [(4, "In, 4 seconds"), (1, "In, 1 second"), (5.5, "In, 5.5 seconds"), (0.5, "In, 0.5 seconds")]
)
def test_a_phase_is_one_line_for_who_listens(seconds: float, line: str) -> None:
    assert line_for(Phase("in", seconds, "In")) == line


def test_time_left_counts_a_begun_second_whole() -> None:
    assert [clock(s) for s in (80.0, 63.2, 59.0, 0.4, 0.0)] == ["1:20", "1:04", "0:59", "0:01", "0:00"]
