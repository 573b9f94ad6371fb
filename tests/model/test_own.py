"""What a reader makes stays gentle, and keeps every caution of what it was made from."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit.library import Library
from trustkit.library.composing import compose
from trustkit.model import own
from trustkit.model.ease_chart import bar
from trustkit.model.exercise import Breathing, Exercise, Grounding, Moment, Phase
from trustkit.model.insight import Ease
from trustkit.model.own_words import BREATH_INTRO, BREATH_OUTRO, BREATH_TITLE
from trustkit.model.prose import count_words
from trustkit.paths import shipped_content

TODAY = date(2026, 11, 22)
LIBRARY = Library(shipped_content())
MAKEABLE = [exercise for exercise in LIBRARY.exercises.values() if own.kind_of(exercise)]


def breathing(*phases: tuple[str, float], rounds: int = 6) -> Exercise:
    """Something new, with this pattern."""
    parts = tuple(Phase(do, seconds, own.SAYS[do]) for do, seconds in phases)  # type: ignore[index,arg-type]
    return replace(own.new("breathing", "my-breath", TODAY), body=Breathing(rounds, parts))


def all_cautions(exercise: Exercise) -> str:
    return " ".join(f"{exercise.caution} {exercise.intro}".split())


def test_all_but_sentences_and_lists_that_lead_to_help_can_be_made_one_s_own() -> None:
    left = {exercise.id for exercise in LIBRARY.exercises.values()} - {exercise.id for exercise in MAKEABLE}
    builders = {e.id for e in LIBRARY.exercises.values() if e.type == "builder"} - {own.CARD}
    assert left == builders | {"safety-questions", "alarm-signs", "which-sounds-like-me"}
    assert own.kind_of(LIBRARY.exercise("apology")) is None
    with pytest.raises(ValueError, match="cannot be made"):
        own.made_mine(LIBRARY.exercise("apology"), "my-apology", TODAY)


@pytest.mark.parametrize("base", MAKEABLE, ids=lambda exercise: exercise.id)
def test_no_gate_no_flag_and_no_word_of_caution_is_lost_by_making_it_one_s_own(base: Exercise) -> None:
    mine = own.with_care(own.made_mine(base, "my-own", TODAY), base)
    assert set(base.gates) <= set(mine.gates)
    assert base.unsafe_if <= mine.unsafe_if
    assert mine.keep == base.keep
    assert " ".join(base.caution.split()) in all_cautions(mine)
    assert mine.evidence == ""


@pytest.mark.parametrize("base", [e for e in MAKEABLE if e.type == "breathing"], ids=lambda exercise: exercise.id)
def test_a_hold_put_into_a_pattern_brings_its_caution_and_leaves_the_others(base: Exercise) -> None:
    held = Breathing(4, (Phase("in", 4, "In"), Phase("hold", 4, "Stay"), Phase("out", 6, "Out")))
    mine = own.with_care(replace(own.made_mine(base, "my-own", TODAY), body=held), base)
    assert "epilepsy" in mine.caution
    assert " ".join(base.caution.split()) in all_cautions(mine)
    assert count_words(mine.caution) <= own.CAUTION_WORDS
    again = own.with_care(mine, mine)
    assert all_cautions(again) == all_cautions(mine)


def test_a_changed_pattern_is_not_described_by_the_words_of_the_former() -> None:
    base = LIBRARY.exercise("breath-coherent")
    assert "No holds" in base.summary
    same = own.with_care(own.made_mine(base, "my-own", TODAY), base)
    assert same.summary == base.summary
    held = Breathing(4, (Phase("in", 4, "In"), Phase("hold", 2.5, "Stay"), Phase("out", 6, "Out")))
    mine = own.with_care(replace(same, body=held), same)
    assert mine.summary == "In 4, hold 2.5, out 6 seconds. 4 rounds."


def test_the_flags_of_a_shipped_exercise_stay_when_it_is_made_one_s_own() -> None:
    base = replace(
        LIBRARY.exercise("ground-feet"), unsafe_if=frozenset({"fear"}), gates=("body-tools", "dark-thoughts")
    )
    mine = own.with_care(replace(own.made_mine(base, "my-own", TODAY), unsafe_if=frozenset(), gates=()), base)
    assert mine.unsafe_if == {"fear"}
    assert mine.gates == ("body-tools", "dark-thoughts")
    assert not mine.offered(frozenset({"fear"}))


def test_brisk_breath_carries_a_caution_and_panting_can_t_be_made() -> None:
    brisk = breathing(("in", 2), ("out", 2))
    assert own.slips(brisk) == []
    assert own.BRISK_CARE in own.with_care(brisk, brisk).caution
    assert own.BRISK_CARE in own.nudges(brisk.body)  # type: ignore[arg-type]
    assert own.slips(breathing(("in", 0.5), ("out", 0.5))) == [
        "That is more than 20 breaths a minute. A little slower, please."
    ]


def test_a_hold_is_seven_seconds_at_most_and_a_practice_twenty_minutes() -> None:
    assert own.slips(breathing(("in", 4), ("hold", 7.5), ("out", 6))) == ["A hold lasts 7 seconds at most."]
    assert own.slips(breathing(("in", 10), ("out", 12), rounds=60)) == [
        "That is longer than 20 minutes. Fewer rounds, please."
    ]
    assert own.slips(breathing(("in", 4))) == ["A breath has a way in and a way out."]


def test_a_short_way_out_is_named_and_not_forbidden() -> None:
    short = breathing(("in", 6), ("out", 4))
    assert own.slips(short) == []
    assert "shorter than the way in" in own.nudges(short.body)[0]  # type: ignore[arg-type]


def test_a_pattern_is_told_in_words() -> None:
    body = breathing(("in", 4), ("out", 6), rounds=8).body
    assert isinstance(body, Breathing)
    assert own.pace_in_words(body) == "10 seconds a round, 6 breaths a minute. 8 rounds: 1:20"


@pytest.mark.parametrize("base", [e for e in MAKEABLE if e.type == "breathing"], ids=lambda exercise: exercise.id)
def test_the_rows_of_a_pattern_are_the_pattern(base: Exercise) -> None:
    assert isinstance(base.body, Breathing)
    assert own.pattern(own.slots(base.body), base.body.rounds, base.body.also) == base.body


def test_a_pattern_in_an_unusual_order_keeps_its_order() -> None:
    body = Breathing(3, (Phase("out", 4, "Out"), Phase("rest", 1, "Wait"), Phase("in", 4, "In")))
    assert [slot.do for slot in own.slots(body)] == ["out", "rest", "in"]
    assert own.pattern(own.slots(body), 3) == body


_seconds = st.sampled_from([0.0, 0.5, 1.0, 2.0, 4.0, 5.5, 7.0, 7.5, 12.0])


@settings(max_examples=150)
@given(st.lists(_seconds, min_size=5, max_size=5), st.integers(1, 110), st.sampled_from(["", "Softly", "x" * 31]))
def test_what_the_form_lets_through_the_content_check_takes(seconds: list[float], rounds: int, say: str) -> None:
    rows = own.slots(Breathing(1, (Phase("in", 1, "In"), Phase("out", 1, "Out"))))
    filled = [replace(row, seconds=each, say=say or row.say) for row, each in zip(rows, seconds, strict=True)]
    made = replace(own.new("breathing", "my-breath", TODAY), body=own.pattern(filled, rounds))
    if own.slips(made):
        return
    made = own.with_care(made, made)
    read, slips = LIBRARY.exercise_from(compose(made), made.id)
    assert [slip.as_text() for slip in slips if slip.is_error] == []
    assert read is not None
    assert read.body == made.body
    assert own.pace(read.body) <= own.FASTEST  # type: ignore[arg-type]


def test_a_card_is_its_lines() -> None:
    card = own.card(["  You did  not make this happen. ", "", "Tea first."])
    assert [moment.say for moment in card.moments] == ["You did not make this happen.", "Tea first."]
    assert own.is_card(card)
    assert not own.is_card(Grounding((Moment("Look", sense="mind", seconds=20),)))
    assert own.slips(replace(own.new("card", "my-card", TODAY), body=own.card([]))) == [
        "One line is enough, but there is none yet."
    ]


def test_an_id_says_nothing_but_whose_it_is_and_is_never_taken_twice() -> None:
    assert own.next_id("breath", set()) == "my-breath"
    assert own.next_id("breath", {"my-breath", "my-breath-2"}) == "my-breath-3"
    assert own.next_id("my-breath", {"my-breath"}) == "my-breath-2"
    assert len(own.next_id("a" * 40, {"my-" + "a" * 37})) == own.ID_LENGTH


@pytest.mark.parametrize(
    ("change", "drawn"),
    [
        (-2.0, "······━━━━│··········"),
        (0.0, "··········│··········"),
        (1.5, "··········│━━━·······"),
        (-9.0, "━━━━━━━━━━│··········"),
    ],
)
def test_a_bar_lies_to_the_left_of_the_line_where_it_was_calmer(change: float, drawn: str) -> None:
    assert bar(Ease("x", 3, change)) == drawn


SHIPPED_BREATHS = [e for e in MAKEABLE if e.type == "breathing"]


@pytest.mark.parametrize("base", SHIPPED_BREATHS, ids=lambda exercise: exercise.id)
def test_no_shipped_word_describes_a_pattern_that_the_reader_changed(base: Exercise) -> None:
    mine = own.made_mine(base, "my-own", TODAY)
    other = Breathing(5, (Phase("in", 3, "In"), Phase("out", 5, "Out")))
    changed = own.with_care(replace(mine, body=other), base)

    words = f"{changed.title} {changed.summary} {changed.outro} {changed.intro}"
    assert words == f"{BREATH_TITLE} In 3, out 5 seconds. 5 rounds. {BREATH_OUTRO} {BREATH_INTRO}"
    assert " ".join(base.caution.split()) in all_cautions(changed)
    assert (changed.sources, changed.own) == ((), True)
    _, slips = LIBRARY.exercise_from(compose(changed), changed.id)
    assert [slip.as_text() for slip in slips if slip.is_error] == []


@pytest.mark.parametrize("base", SHIPPED_BREATHS, ids=lambda exercise: exercise.id)
def test_who_changes_no_more_than_a_name_or_the_words_keeps_what_was_said(base: Exercise) -> None:
    assert isinstance(base.body, Breathing)
    mine = replace(own.made_mine(base, "my-own", TODAY), title="Mine")
    said = replace(base.body, phases=tuple(replace(phase, say="Softly") for phase in base.body.phases))

    for kept in (own.with_care(mine, base), own.with_care(replace(mine, body=said), base)):
        assert (kept.title, kept.intro, kept.outro) == ("Mine", base.intro, base.outro)
        assert kept.sources == base.sources


def test_a_name_the_reader_chose_stays_whatever_the_pattern_becomes() -> None:
    base = LIBRARY.exercise("breath-478")
    other = Breathing(5, (Phase("in", 3, "In"), Phase("out", 5, "Out")))
    assert own.with_care(replace(own.made_mine(base, "my-own", TODAY), body=other, title="Tea"), base).title == "Tea"


def test_a_caution_that_had_to_stand_in_the_intro_outlives_every_later_change() -> None:
    base = LIBRARY.exercise("breath-belly")
    held = Breathing(4, (Phase("in", 4, "In"), Phase("hold", 4, "Stay"), Phase("out", 6, "Out")))
    mine = own.with_care(replace(own.made_mine(base, "my-own", TODAY), body=held), base)
    for seconds in (3, 5):
        body = Breathing(4, (Phase("in", seconds, "In"), Phase("out", 6, "Out")))
        mine = own.with_care(replace(mine, body=body), mine)
        assert " ".join(base.caution.split()) in all_cautions(mine)
        assert "No holds" not in mine.caution
