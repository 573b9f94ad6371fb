"""The key line says what space does now, while time runs, while it is held, and where nothing waits."""

from collections.abc import Callable
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.model.exercise import Grounding, Moment, Span, Timer

Playing = Callable[..., Any]


async def held_and_let_go(play: Any) -> None:
    for _ in range(2):
        await play.until("space pause")
        assert "space go on" not in play.text
        await play.press("space")
        await play.until("space go on")
        assert "space pause" not in play.text
        await play.press("space")


async def test_a_held_breath_goes_on_with_space_and_says_so(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        await held_and_let_go(play)
        await play.press("space", "m")
        await play.until("space go on")


async def test_a_held_part_of_a_timer_says_so(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ride-the-urge", at_once=True, body=Timer((Span("Wait", 60), Span("Look", 60)))) as play:
        await held_and_let_go(play)
        await play.press("space", "enter")
        await play.until("2 of 2", "space pause")


async def test_a_moment_says_what_space_does_with_it(opened: Companion, playing: Playing) -> None:
    moments = (Moment("Count", count=2), Moment("Wait", seconds=20), Moment("Read"))
    async with playing(opened, "ground-feet", at_once=True, body=Grounding(moments)) as play:
        await play.until("Count", "space tick")
        await play.press("space", "space")
        await play.done(lambda: "space" not in play.text.splitlines()[-1])
        assert "enter next" in " ".join(play.text.split())
        await play.press("space")
        await play.until("Wait")
        await held_and_let_go(play)
        await play.press("enter")
        await play.done(lambda: "Read" in play.text and "space" not in play.text.splitlines()[-1])


@pytest.mark.parametrize("name", ["breath-long-out", "ride-the-urge"])
async def test_time_that_stood_still_under_another_page_is_no_held_time(
    name: str, opened: Companion, playing: Playing
) -> None:
    async with playing(opened, name, at_once=True) as play:
        await play.until("space pause")
        await play.press("f1")
        await play.until("Keys")
        await play.press("escape")
        await play.until("space pause")
        assert "space go on" not in play.text
