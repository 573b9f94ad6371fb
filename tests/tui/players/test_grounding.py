"""Grounding goes one moment at a time, ticks what is counted, waits quietly, and lets any part be skipped."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.model.exercise import Grounding, Moment
from trustkit.tui.players.grounding import Moments

Playing = Callable[..., Any]


def moments(play: Any) -> Moments:
    found: Moments = play.app.screen.query_one(Moments)
    return found


@pytest.mark.parametrize(
    "name",
    ["ground-room", "ground-senses", "ground-feet", "ground-categories", "move-a-little", "kind-break", "put-away"],
)
async def test_every_sequence_plays_to_its_end(opened: Companion, playing: Playing, name: str) -> None:
    exercise = opened.library.exercise(name)
    assert isinstance(exercise.body, Grounding)
    async with playing(opened, name) as play:
        await play.press("enter", *(["enter"] if exercise.gates else []))
        for number, moment in enumerate(exercise.body.moments, 1):
            await play.until(f"{number} of {len(exercise.body.moments)}", moment.say)
            await play.press("enter")
        await play.until("How are you right now?")


async def test_space_ticks_each_box_and_then_goes_on(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-senses", at_once=True) as play:
        assert "□ □ □ □ □" in play.text
        await play.press("space", "space")
        assert "■ ■ □ □ □" in play.text
        await play.press("space", "space", "space")
        assert "■ ■ ■ ■ ■" in play.text
        await play.press("space")
        await play.until("2 of 5")


async def test_a_wait_goes_on_by_itself_and_not_before(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room", at_once=True) as play:
        for _ in range(4):
            play.forward(4.9)
            moments(play).look()
        await play.rest()
        assert "1 of 5" in play.text
        play.forward(1)
        moments(play).look()
        await play.until("2 of 5")


async def test_a_wait_is_held_and_goes_on(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room", at_once=True) as play:
        await play.press("space")
        await play.until("held, space goes on")
        play.forward(600)
        moments(play).look()
        await play.rest()
        assert "1 of 5" in play.text
        await play.press("space")
        for _ in range(5):
            play.forward(4.5)
            moments(play).look()
        await play.until("2 of 5")


async def test_time_in_which_the_machine_slept_does_not_count(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room", at_once=True) as play:
        play.forward(3600)
        moments(play).look()
        await play.rest()
        assert "1 of 5" in play.text


async def test_a_moment_without_time_waits_for_a_key(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room", at_once=True) as play:
        await play.press("right")
        for _ in range(50):
            play.forward(4)
            moments(play).look()
        await play.rest()
        assert "2 of 5" in play.text
        await play.press("left")
        assert "1 of 5" in play.text


async def test_rounds_run_the_moments_again(opened: Companion, playing: Playing) -> None:
    body = Grounding((Moment("Tense a little."), Moment("Let go.")), rounds=2)
    async with playing(opened, "ground-room", at_once=True, body=body) as play:
        await play.until("1 of 2 · round 1 of 2")
        await play.press("enter", "enter")
        await play.until("1 of 2 · round 2 of 2", "Tense a little.")
        await play.press("enter", "enter")
        await play.until("Done.")


async def test_still_shows_seconds_and_no_line(opened: Companion, playing: Playing) -> None:
    opened.settings = replace(opened.settings, motion="still")
    async with playing(opened, "ground-room", at_once=True) as play:
        assert "20 s" in play.text
        assert "━" not in play.text


async def test_support_over_a_wait_holds_it(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room", at_once=True) as play:
        here = moments(play)
        await play.press("ctrl+o")
        for _ in range(10):
            play.forward(4)
            here.look()
        await play.press("escape")
        assert "1 of 5" in play.text
        for _ in range(6):
            play.forward(4)
            here.look()
        await play.until("2 of 5")
