"""Keeping nothing can be changed later, in Settings; what was made before is kept if the reader says so."""

from dataclasses import replace

import pytest
from app_driver import driving

from trustkit.companion import Companion
from trustkit.model import own
from trustkit.model.entry import Note
from trustkit.tui.screens.settings import BEGIN

SIZES = [(80, 24), (40, 15)]


@pytest.fixture
def nothing(first_run: Companion) -> Companion:
    """Keeps nothing, and has made a card meanwhile."""
    first_run.keep_nothing()
    card = first_run.begin_own("card")
    first_run.keep_own(replace(card, body=own.card(["Tea first."])), card)
    return first_run


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keeps", [True, False])
async def test_settings_begin_to_keep_and_ask_about_what_was_made_before(
    nothing: Companion, keeps: bool, size: tuple[int, int]
) -> None:
    nothing.vault.add(Note("A page."))
    async with driving(nothing, size) as d:
        await d.press("comma")
        await d.choose("Your words: kept nowhere")
        await d.until("Where would you like your words to live?")
        await d.choose("Open")
        await d.until("1 page and 1 exercise of your own")
        await d.press("escape")
        await d.until("1 page and 1 exercise of your own")
        await d.choose("Keep it, too" if keeps else "Let it go")
        await d.done(lambda: "kept nowhere" not in d.text and nothing.mode == "open")
        await d.rest()
    assert len(nothing.vault.summaries()) == keeps
    assert len(nothing.own_exercises()) == keeps


async def test_who_turns_round_goes_on_keeping_nothing(nothing: Companion) -> None:
    async with driving(nothing) as d:
        await d.press("comma")
        await d.choose("Your words: kept nowhere")
        await d.until("Where would you like your words to live?")
        await d.choose("Keep nothing")
        await d.until("Settings")
    assert nothing.mode == "nothing"
    assert len(nothing.own_exercises()) == 1


async def test_a_ghost_is_not_asked_to_keep_anything(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.press("comma", "end")
        await d.until("Back")
        assert str(BEGIN.label) not in d.text
