"""Before an exercise stand its questions and notes: asked once, answered freely, and its words can always be read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.model.exercise import Exercise, Question, Reflection
from trustkit.model.practice_words import FOR_TWO
from trustkit.tui.players.player import Go

Playing = Callable[..., Any]

TALK = Exercise(
    "talk",
    "reflection",
    "Plan a talk",
    "For two.",
    Reflection((Question("when", "When would it be?", hint="Not at night."),)),
    1,
    date(2026, 11, 22),
    gates=("safety-check", "small-efforts"),
    unsafe_if=frozenset({"fear", "control"}),
    sources=("s4",),
    evidence="practice",
    intro="Slowly.",
    outro="That is a plan.",
)
SAFE = "Can you disagree with this person"
NOTE = "One kind act is a dot"


async def test_questions_and_notes_come_in_order_and_once_in_a_sitting(opened: Companion, playing: Playing) -> None:
    async with playing(opened, TALK) as play:
        await play.until(SAFE, "Yes, mostly", "No", "I'm not sure", "Read it on my own")
        await play.press("enter")
        await play.until(NOTE, "Go on")
        await play.press("enter")
        await play.until("Slowly.", "Begin")
    async with playing(opened, TALK) as play:
        await play.until("Slowly.", "Begin")


async def test_turning_round_at_a_question_answers_nothing(opened: Companion, playing: Playing) -> None:
    async with playing(opened, TALK) as play:
        await play.press("escape")
        await play.rest()
        assert play.is_over
        assert opened.sitting.answered == {}
        assert play.result is None


async def test_an_answer_may_lead_elsewhere_and_open_the_unsafe_path(opened: Companion, playing: Playing) -> None:
    async with playing(opened, TALK) as play:
        await play.choose("No")
        await play.until("Thank you for being straight about that.")
        await play.press("enter")
        await play.rest()
        assert play.result == Go("safe-first/if-it-worries-you")
        assert opened.sitting.unsafe
        assert play.on_disk() == {name: content for name, content in play.on_disk().items() if b"safety" not in content}


async def test_reading_on_ones_own_shows_the_words_without_the_tool(opened: Companion, playing: Playing) -> None:
    async with playing(opened, TALK) as play:
        await play.choose("Read it on my own")
        await play.until(NOTE)
        await play.press("enter")
        await play.until("When would it be?", "Not at night.", "That is a plan.", "Commonly taught")
        assert "Begin" not in play.text
        assert not opened.sitting.unsafe, "it sets nothing"
        await play.press("enter")
        await play.until("When would it be?")
        await play.press("escape")
        await play.until("I was in the middle of")
        assert play.is_over


async def test_only_the_reader_reopens_a_question(opened: Companion, playing: Playing) -> None:
    async with playing(opened, TALK) as play:
        await play.choose("Read it on my own")
        await play.press("enter", "escape")
    async with playing(opened, TALK) as play:
        await play.until("When would it be?", "a ask me again")
        await play.press("a")
        await play.until(SAFE)
        await play.press("enter")
        await play.until("Begin")


async def test_the_question_can_be_reopened_from_inside_as_well(opened: Companion, playing: Playing) -> None:
    async with playing(opened, TALK) as play:
        await play.choose("Read it on my own")
        await play.press("enter", "a")
        await play.until(SAFE)
        await play.press("enter")
        await play.until("Begin")
        await play.press("escape")
        await play.until("I was in the middle of")
        assert play.is_over


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_what_is_not_offered_stands_with_its_one_line_and_can_be_read(
    opened: Companion, playing: Playing, size: tuple[int, int]
) -> None:
    opened.sitting.flags.add("fear")
    async with playing(opened, TALK, size=size) as play:
        await play.until(FOR_TWO.split(" Here")[0].split(" are ")[0])
        assert "Begin" not in play.text
        assert "locked" not in play.text.lower()
        assert "ask me again" not in play.text
        await play.press("down", "down", "down", "down")
        await play.until("When would it be?")
        await play.press("escape")
        assert play.is_over
