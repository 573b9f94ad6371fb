"""Practice offers the reader's own first, then what fits the need, and never what would not be safe now."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from app_driver import Driver, driving
from textual.content import Content

from trustkit.companion import Companion
from trustkit.model.entry import Practice
from trustkit.model.exercise import Breathing
from trustkit.model.guide import Need
from trustkit.model.practice_words import FOR_TWO, QUESTION
from trustkit.tui.screens.practice import OWN, OWN_EMPTY, NeedScreen, PracticeScreen, highlight, id_at
from trustkit.tui.widgets.choices import Choices


async def at_practice(d: Driver) -> None:
    await d.press("p")
    assert isinstance(d.app.screen, PracticeScreen)


def labels(d: Driver) -> list[str]:
    """Every line of the list that is open, in order, headings included; its first line only."""
    choices = d.app.screen.query_one(Choices)
    prompts = (choices.get_option_at_index(at).prompt for at in range(choices.option_count))
    return [prompt.plain.strip().split("\n")[0] for prompt in prompts if isinstance(prompt, Content)]


def run(name: str, clock: Callable[[], datetime], **marks: Any) -> Practice:
    return Practice(name, 1, clock(), clock(), **marks)


def need(companion: Companion, name: str) -> Need:
    return next(need for need in companion.library.needs if need.id == name)


async def test_it_opens_with_the_needs_in_their_order(opened: Companion) -> None:
    async with driving(opened) as d:
        await at_practice(d)
        shown = labels(d)
        assert shown[0] == "What is it like right now?"
        assert shown[1 : 1 + len(opened.library.needs)] == [need.label for need in opened.library.needs]
        await d.until(OWN_EMPTY)


async def test_what_a_reader_comes_back_to_stands_first_with_what_it_did(opened: Companion, clock: Any) -> None:
    for _ in range(3):
        opened.vault.add(run("ground-feet", clock, before=7, after=5))
        clock.forward(hours=1)
    opened.vault.add(run("breath-even", clock))
    async with driving(opened) as d:
        await at_practice(d)
        assert labels(d)[:4] == [OWN, "Feet, chair, hands", "Even breath", "What is it like right now?"]
        await d.until("often 2 points calmer afterwards, over 3 tries.")
        await d.press("home", "enter")
        await d.until("Before you read on")


async def test_what_made_it_worse_is_nobody_s_own_and_stands_last(opened: Companion, clock: Any) -> None:
    for _ in range(3):
        opened.vault.add(run("ground-room", clock, before=4, after=7, worse=True))
        clock.forward(hours=1)
    async with driving(opened) as d:
        await at_practice(d)
        assert OWN not in labels(d)
        await d.press("enter")
        assert labels(d)[0] != "Where am I, what day is it"
        await d.choose("More")
        assert labels(d)[3] == "Where am I, what day is it"


async def test_a_need_starts_its_first_with_enter(opened: Companion) -> None:
    async with driving(opened) as d:
        await at_practice(d)
        await d.press("enter")
        await d.until(
            "My chest is tight", "Pain in the chest, or can't get air?", "Where am I, what day is it",
            "A slow look round the room you are in.", "about 2 min · commonly taught", "More",
        )  # fmt: skip
        await d.press("enter")
        await d.until("Where am I, what day is it", "How are you right now?")
        await d.press("escape")
        await d.until("My chest is tight")
        await d.press("escape")
        assert isinstance(d.app.screen, PracticeScreen)


async def test_every_need_leads_somewhere(opened: Companion) -> None:
    async with driving(opened) as d:
        await at_practice(d)
        for chosen in opened.library.needs:
            opened.sitting.flags.clear()
            highlight(d.app.screen.query_one(Choices), f"need:{chosen.id}")
            await d.press("enter")
            if chosen.id == "not-here":
                await d.until(QUESTION)
                await d.press("escape")
            elif chosen.go:
                assert not isinstance(d.app.screen, PracticeScreen), chosen.id
                await d.press("escape")
            else:
                assert isinstance(d.app.screen, NeedScreen), chosen.id
                own = {opened.library.exercise(name).title for name in chosen.offer}
                assert own & set(labels(d)), chosen.id
            while not isinstance(d.app.screen, PracticeScreen):
                await d.press("escape")


async def test_being_afraid_opens_the_unsafe_path_at_once(opened: Companion) -> None:
    async with driving(opened) as d:
        await at_practice(d)
        await d.choose("I'm afraid of someone")
        assert opened.sitting.unsafe
        assert not isinstance(d.app.screen, PracticeScreen)


async def test_not_wanting_to_be_here_brings_the_question_and_numbers(opened: Companion) -> None:
    opened.change_settings(region="gb")
    async with driving(opened) as d:
        await at_practice(d)
        await d.choose("I don't want to be here any more")
        await d.until("I'm glad you said so.", QUESTION)
        await d.choose("No")
        await d.until("116 123")


async def test_holds_are_hidden_until_somebody_wants_them(opened: Companion) -> None:
    async with driving(opened) as d:
        await at_practice(d)
        await d.press("v")
        assert "Four sides (has holds)" not in labels(d)
        await d.choose("Patterns with a hold: hidden")
        await d.until("Patterns with a hold: shown")
        assert "Four sides (has holds)" in labels(d)
        assert opened.vault.choices()["holds"] == "shown"


async def test_starting_with_looking_round_puts_breath_after_it_everywhere(opened: Companion) -> None:
    async with driving(opened) as d:
        await at_practice(d)
        await d.press("v")
        assert labels(d).index("Breathing") < labels(d).index("Grounding and body")
        await d.press("o")
        await d.until("Breathing A longer breath out")
        assert labels(d).index("Breathing") > labels(d).index("Grounding and body")
        await d.press("v")
        shown = labels(d)
        first = shown[: shown.index("Up to five minutes")]
        assert first.index("A longer breath out") > first.index("Feet, chair, hands")
        await d.press("v", "v", "home", "enter")
        await d.choose("More")
        assert labels(d)[:4][-1] == "A longer breath out"


async def test_by_name_and_by_time_show_everything_that_is_offered(opened: Companion) -> None:
    hold_less = (
        e for e in opened.library.exercises.values() if not (isinstance(e.body, Breathing) and e.body.has_hold)
    )
    everything = {exercise.title for exercise in hold_less}
    async with driving(opened) as d:
        await at_practice(d)
        for way in ("[By name]", "[By time]"):
            await d.press("v")
            await d.until(way)
            assert everything <= set(labels(d))
        await d.press("right")
        await d.until("[Helped]")
        await d.press("right")
        await d.until("[By need]")
        await d.press("left", "left")
        await d.until("[By time]")


async def test_what_is_not_offered_now_stands_with_its_one_line_and_can_be_read(opened: Companion) -> None:
    for_two = next(e for e in opened.library.exercises.values() if "fear" in e.unsafe_if)
    opened.sitting.flags.add("fear")
    async with driving(opened) as d:
        await at_practice(d)
        await d.press("v")
        await d.choose(for_two.title)
        await d.until(for_two.title, FOR_TWO.split(" who ")[0])
        assert "begin" not in d.text
        await d.press("escape")
        await d.until(FOR_TWO)


async def test_a_need_never_starts_with_what_is_not_offered_now(opened: Companion) -> None:
    opened.sitting.flags |= {"fear", "control"}
    async with driving(opened) as d:
        for chosen in (need for need in opened.library.needs if need.offer):
            d.app.push_screen(NeedScreen(opened, chosen))
            await d.rest()
            first = opened.library.exercise(id_at(d.app.screen.query_one(Choices)).removeprefix("play:"))
            assert first.offered(frozenset(opened.sitting.flags)), chosen.id
            d.app.pop_screen()
            await d.rest()


async def test_the_care_for_an_exercise_is_one_key_away(opened: Companion) -> None:
    async with driving(opened) as d:
        await at_practice(d)
        await d.press("enter", "down", "c")
        await d.until("A longer breath out", "Dizzy or more uneasy?", "Calm isn't the same as safe.")
        await d.press("enter")
        await d.until("Before you read on")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_three_at_most_and_the_line_of_care_show_at_every_size(opened: Companion, size: tuple[int, int]) -> None:
    async with driving(opened, size) as d:
        await at_practice(d)
        await d.press("enter")
        await d.until("My chest is tight, my heart is racing", "Call your local emergency number.", "about 2 min")
        assert len([line for line in labels(d) if line not in ("More",)]) <= 3 + len(need(opened, "tight-chest").see)


async def test_at_night_writing_is_never_first(opened: Companion, clock: Any) -> None:
    async with driving(opened) as d:
        await at_practice(d)
        await d.choose("Is it my gut, or is it fear?")
        await d.press("escape")
        await d.choose("I feel alone")
        assert clock().hour == 2
        first = next(e for e in opened.library.exercises.values() if e.title == labels(d)[0])
        assert first.type not in ("reflection",)
