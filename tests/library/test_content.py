"""What the shipped library holds, by name: guides, exercises, sign lists, gates, doses, and the ideas it tells."""

from datetime import date
from pathlib import Path

import pytest

from trustkit.library import Library, check
from trustkit.library.coverage import standings
from trustkit.model.exercise import Breathing, Builder
from trustkit.model.filling import GAP, filled
from trustkit.model.prose import count_words
from trustkit.paths import shipped_content

CONTENT = shipped_content()
COVERAGE = Path(__file__).with_name("coverage.toml")
TODAY = date(2026, 11, 22)
LIBRARY = Library(CONTENT)

STEPS_OF = {
    "safe-first": 3,
    "first-days": 7,
    "calm-body": 8,
    "what-trust-is": 5,
    "into-words": 4,
    "old-wounds": 5,
    "closeness-patterns": 3,
    "if-you-broke-trust": 9,
    "little-by-little": 5,
    "trust-yourself": 7,
    "safety-before-trust": 4,
    "talking": 6,
    "limits": 6,
    "warmth": 5,
    "ten-steps": 10,
    "seven-step-repair": 10,
    "stay-or-go": 6,
    "forgiveness": 4,
    "healing-apart": 5,
    "getting-help": 6,
    "common-questions": 12,
}
"""The guides in the order of their shelves, and how many steps each one has."""

SHORTEST_LONGEST = {"path": (60, 100), "questions": (40, 90), "topic": (80, 160)}
"""Words in a step's text, by the kind of its guide."""
DENSE = {
    "first-days/what-may-be-going-on",
    "what-trust-is/what-trust-gives",
    "what-trust-is/where-the-loss-lands",
    "what-trust-is/can-it-come-back",
    "getting-help/kinds-of-help",
}
"""Steps that carry a long list, and may be up to 220 words long."""

EXERCISES = {
    "breath-long-out": "A longer breath out",
    "breath-even": "Even breath",
    "breath-coherent": "Slow and level",
    "breath-sigh": "Two sips in, one long sigh",
    "breath-box": "Four sides (has holds)",
    "breath-478": "Four, seven, eight (has a hold)",
    "breath-belly": "Hand on your belly",
    "ground-room": "Where am I, what day is it",
    "ground-senses": "Back to the room",
    "ground-feet": "Feet, chair, hands",
    "ground-categories": "A to Z",
    "ground-cool": "Something cool",
    "move-a-little": "Move a little",
    "muscles": "Tense and let go",
    "body-scan": "From feet to head",
    "kind-break": "A kind pause",
    "safe-place": "A place that is all right",
    "put-away": "Put it in the box for now",
    "ride-the-urge": "Ride the urge",
    "worry-park": "Park a worry",
    "worry-time": "Worry time",
    "journal-free": "One page",
    "journal-road": "What is different now",
    "name-feelings": "What I feel",
    "alarm-signs": "How my alarm rings",
    "where-it-landed": "Where it landed",
    "basics-today": "The basics, today",
    "support-map": "Safe people",
    "ask-for-company": "Ask for company",
    "things-that-are-mine": "Things that are mine",
    "values-pick": "Three that matter",
    "kind-words": "A card to come back to",
    "four-questions": "Four honest questions",
    "two-braver-questions": "Two braver questions",
    "find-the-source": "Where it began",
    "before-now-both": "Before, now, or both",
    "facts-fears": "What I saw, what I was told, what I guess",
    "thought-record": "A worry, looked at from all sides",
    "gut-or-fear": "Gut sense or fear",
    "in-between": "Between always and never",
    "fair-answer": "A fair answer",
    "which-sounds-like-me": "Which sounds like me",
    "letter-younger-me": "To a younger me",
    "letter-not-sent": "A letter I won't send",
    "self-promises": "One tiny promise to myself",
    "what-forgiving-means": "What forgiving means to me, for now",
    "safety-questions": "Seven quiet questions",
    "first-words": "What to say when you call",
    "help-questions": "Questions for a first call",
    "pattern-check": "Three questions, every two weeks",
    "promise-log": "Promise log",
    "trust-ladder": "A ladder of small trusts",
    "stay-leave": "Stay, go or wait",
    "own-it": 'What I did, without a "but"',
    "impact-page": "What I heard it did",
    "apology": "An apology that can be heard",
    "i-statement": "Say it from your side",
    "talk-planner": "Plan a talk",
    "listen-in-turns": "Listen in turns",
    "honest-half-hour": "The honest half hour",
    "boundary-list": "Need, limit, what I will do",
    "openness-agreement": "An openness agreement",
    "weekly-check-in": "How this week felt",
    "weekly-half-hour": "A weekly half hour",
    "appreciation-list": "What I noticed, with the date",
    "ritual-picker": "Small things side by side",
    "new-chapter": "Leave, keep, new",
}

SIGN_LISTS = {
    "stay": "What speaks for staying",
    "go": "What speaks for going",
    "reach-out": "When to reach out",
    "four-marks": "Four marks of safety",
    "repair-signs": "What I have seen so far",
    "traps": "Traps that slow healing",
}

GATES = {
    "safety-check": "ask",
    "harm-check": "ask",
    "transparency": "ask",
    "disclosure": "ask",
    "hard-talk": "ask",
    "joint-therapy": "ask",
    "dark-thoughts": "note",
    "intimacy": "note",
    "forgiveness": "note",
    "past-present": "note",
    "small-efforts": "note",
    "leaving": "note",
    "body-tools": "note",
    "shared-blame": "rule",
    "evidence": "rule",
}

LEADS_TO = {
    "safety-check": {"safe-first/if-it-worries-you"},
    "harm-check": {"helplines/using-harm", "safe-first/if-it-worries-you"},
    "transparency": {"safe-first/if-it-worries-you"},
    "disclosure": {"into-words/where-to-take-it"},
    "hard-talk": {"calm-body/back-to-the-room"},
    "joint-therapy": {"getting-help/first-call"},
}
"""Where the answers lead that don't go on."""

DOSES = {
    "breath-long-out": ("in 4, out 6", 8, (6, 30)),
    "breath-even": ("in 4, out 4", 10, ()),
    "breath-coherent": ("in 5.5, out 5.5", 30, (54,)),
    "breath-sigh": ("in 3, in 1, out 7", 27, ()),
    "breath-box": ("in 4, hold 4, out 4, rest 4", 10, ()),
    "breath-478": ("in 4, hold 7, out 8", 4, ()),
    "breath-belly": ("in 4, out 5", 20, ()),
}
"""The seconds of one round, the rounds, and other lengths to choose."""

NOT_IN_FEAR = {
    "two-braver-questions", "thought-record", "in-between", "what-forgiving-means", "promise-log", "trust-ladder",
    "stay-leave", "own-it", "impact-page", "apology", "i-statement", "talk-planner", "listen-in-turns",
    "honest-half-hour", "boundary-list", "openness-agreement", "weekly-check-in", "weekly-half-hour",
    "appreciation-list", "ritual-picker", "new-chapter",
}  # fmt: skip
NOT_UNDER_CONTROL = NOT_IN_FEAR | {"before-now-both", "gut-or-fear"}
NOT_WHEN_USING_HARM = {
    "impact-page", "apology", "listen-in-turns", "honest-half-hour", "openness-agreement", "weekly-half-hour",
}  # fmt: skip

PAGES = {"reflection", "list", "tracker"}
"""Types that are a page to write on. A builder asks for a few words, or a choice, and makes the sentence."""


def steps() -> list[tuple[str, str, str]]:
    """Every step: where it stands, the kind of its guide, its text."""
    return [(f"{g.id}/{s.id}", g.kind, s.text) for g in LIBRARY.guides.values() for s in g.steps]


def not_offered(flag: str) -> set[str]:
    return {one.id for one in LIBRARY.exercises.values() if not one.offered(frozenset({flag}))}


def test_no_check_finds_anything_with_every_idea_looked_for() -> None:
    assert [slip.as_text() for slip in check(CONTENT, coverage=COVERAGE, today=TODAY)] == []


def test_every_idea_that_must_be_told_is_told() -> None:
    must = [one for one in standings(CONTENT, COVERAGE) if one.must]
    assert len(must) > 250
    assert [one.id for one in must if not one.met] == []


def test_the_twenty_one_guides_are_ready_and_whole() -> None:
    assert {guide.id: len(guide.steps) for guide in LIBRARY.guides.values()} == STEPS_OF
    assert len(STEPS_OF) == 21


def test_there_are_sixty_seven_exercises_with_these_titles() -> None:
    assert {one.id: one.title for one in LIBRARY.exercises.values()} == EXERCISES
    assert len(EXERCISES) == 67


def test_there_are_six_sign_lists_with_these_titles() -> None:
    assert {one.id: one.title for one in LIBRARY.signs.values()} == SIGN_LISTS


@pytest.mark.parametrize(("place", "kind", "text"), [pytest.param(*step, id=step[0]) for step in steps()])
def test_a_step_is_as_long_as_its_kind_allows(place: str, kind: str, text: str) -> None:
    shortest, longest = SHORTEST_LONGEST[kind]
    assert shortest <= count_words(text) <= (220 if place in DENSE else longest)


def test_every_dense_step_is_there() -> None:
    assert {place for place, _, _ in steps()} >= DENSE


def test_the_fifteen_gates_are_of_these_kinds() -> None:
    assert {gate.id: gate.kind for gate in LIBRARY.gates.values()} == GATES


@pytest.mark.parametrize("gate", LEADS_TO)
def test_a_no_at_a_gate_leads_where_it_is_meant_to(gate: str) -> None:
    assert {answer.go for answer in LIBRARY.gates[gate].answers} == {"on"} | LEADS_TO[gate]


@pytest.mark.parametrize("exercise_id", DOSES)
def test_a_breathing_pattern_has_its_dose(exercise_id: str) -> None:
    body = LIBRARY.exercises[exercise_id].body
    assert isinstance(body, Breathing)
    one_round = ", ".join(f"{phase.do} {phase.seconds:g}" for phase in body.phases)
    assert (one_round, body.rounds, body.also) == DOSES[exercise_id]


def test_no_breathing_pattern_is_without_a_dose_here() -> None:
    assert {one.id for one in LIBRARY.exercises.values() if one.type == "breathing"} == set(DOSES)


def test_what_needs_two_safe_people_is_not_offered_to_someone_afraid_or_controlled_or_using_harm() -> None:
    assert not_offered("fear") == NOT_IN_FEAR
    assert not_offered("control") == NOT_UNDER_CONTROL
    assert not_offered("using-harm") == NOT_WHEN_USING_HARM


def first_offers() -> dict[str, str]:
    """The type of what Enter takes, by need; needs that lead to a page or to people have none."""
    return {need.id: LIBRARY.exercises[need.offer[0]].type for need in LIBRARY.needs if need.offer}


def test_no_need_is_met_with_an_empty_page_first() -> None:
    assert len(first_offers()) == 24
    assert [need for need, first in first_offers().items() if first in PAGES] == []


def test_only_four_needs_begin_with_a_sentence_to_build() -> None:
    built = {need for need, first in first_offers().items() if first == "builder"}
    assert built == {"why-didnt-i-see", "alone", "gut-or-fear", "hard-talk-today"}


def test_being_afraid_and_not_wanting_to_live_lead_to_people_and_not_to_practices() -> None:
    found = {need.id: (need.go, need.offer) for need in LIBRARY.needs if need.go}
    assert found == {"afraid": ("safe-first/if-it-worries-you", ()), "not-here": ("helplines/crisis", ())}


def test_every_exercise_stands_under_one_heading_of_practice_and_five_again_under_their_own() -> None:
    *headings, five = LIBRARY.groups
    assert sorted(one for group in headings for one in group.exercises) == sorted(EXERCISES)
    assert (five.title, five.exercises) == (
        "Five to rebuild trust",
        (
            "weekly-check-in", "weekly-half-hour", "honest-half-hour",
            "appreciation-list", "openness-agreement", "ritual-picker",
        ),
    )  # fmt: skip


@pytest.mark.parametrize("exercise_id", [one.id for one in LIBRARY.exercises.values() if one.type == "builder"])
def test_a_builder_filled_with_its_examples_has_no_gap_and_no_stop_too_many(exercise_id: str) -> None:
    body = LIBRARY.exercises[exercise_id].body
    assert isinstance(body, Builder)
    answers = {blank.id: blank.example or (blank.choices[0] if blank.choices else 7) for blank in body.blanks}
    sentence = filled(body, answers)
    assert GAP not in sentence
    assert not any(twice in sentence for twice in ("..", ",,", " ,", " .", "  ", "{", "}"))
