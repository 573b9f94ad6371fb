"""A breath can be as long, as plain and as still as its reader likes, and never stands in anybody's way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.tui.players.breathing import BreathStage
from trustkit.tui.players.playing import playing as is_playing
from trustkit.tui.widgets.breath_figure import BreathFigure

Playing = Callable[..., Any]


def stage(play: Any) -> BreathStage:
    found: BreathStage = play.app.screen.query_one(BreathStage)
    return found


async def test_another_length_is_one_key_before_it_begins(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out") as play:
        await play.press("enter")
        await play.until("8 rounds, 1:20")
        await play.press("l")
        await play.until("30 rounds, 5:00")
        await play.press("l")
        await play.until("6 rounds, 1:00")
        await play.press("enter")
        assert stage(play).figure.rounds == 6


async def test_one_length_needs_no_key(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-even") as play:
        await play.press("enter")
        await play.until("10 rounds, 1:20")
        assert "l length" not in play.text
        await play.press("l")
        await play.until("10 rounds, 1:20")


async def test_the_figure_changes_in_the_middle_of_a_breath_and_the_time_goes_on(
    opened: Companion, playing: Playing
) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        figure = stage(play).figure
        play.forward(2.5)
        figure.paused = True
        await play.rest()
        before = figure.breath.elapsed
        assert before == pytest.approx(2.5)
        for kind in ("bar", "words", "orb"):
            await play.press("m")
            now = stage(play).figure
            assert now is not figure
            assert now.paused
            play.forward(2.0)
            assert now.breath.elapsed == pytest.approx(before)
            assert (now.fullness is None) == (kind == "words")


async def test_space_holds_it_and_lets_it_go_on(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        await play.press("space")
        assert stage(play).paused
        await play.until("Paused")
        assert not play.app.screen.busy, "a breath that is held may be locked"
        await play.press("space")
        assert not stage(play).paused
        assert play.app.screen.busy


@pytest.mark.parametrize("figure", ["orb", "bar", "words"])
async def test_it_is_drawn_as_the_settings_say(opened: Companion, playing: Playing, figure: str) -> None:
    opened.settings = replace(opened.settings, figure=figure, motion="still")
    async with playing(opened, "breath-long-out", at_once=True) as play:
        assert stage(play).figure.still
        assert any(phase.say in play.text for phase in stage(play).figure.breathing.phases)


async def test_the_breathe_key_begins_with_the_first_breath_in_and_practice_with_a_moment_to_settle(
    opened: Companion, playing: Playing
) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        assert stage(play).figure.breath.elapsed >= 0
    async with playing(opened, "breath-long-out") as play:
        await play.press("enter", "7")
        assert stage(play).figure.breath.elapsed < 0
        await play.until("When you like")


async def test_at_its_end_it_asks_how_it_is(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out") as play:
        await play.press("enter", "7")
        figure = stage(play).figure
        figure.post_message(BreathFigure.Finished(figure))
        await play.until("Notice one thing that is a little softer", "How are you right now?")
        await play.press("6")
        await play.until("From 7 to 6.")


async def test_the_breathe_key_does_not_stack_one_breath_on_another(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        assert is_playing(play.app.screen)
        before = play.app.screen
        await play.press("ctrl+t")
        assert play.app.screen is before


async def test_support_over_a_breath_holds_it(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        figure = stage(play).figure
        play.forward(2.0)
        await play.press("ctrl+o")
        first = figure.breath.elapsed
        assert first == pytest.approx(2.0)
        play.forward(2.0)
        assert figure.breath.elapsed == first
        await play.press("escape")
        assert stage(play).figure is figure
        play.forward(1.0)
        assert figure.breath.elapsed == pytest.approx(first + 1.0)
