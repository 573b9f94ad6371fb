"""Support begins with the emergency number, says how sure anybody is of each, and a place is found by a few letters."""

import pytest
from app_driver import Driver, driving, flat

from trustkit.companion import Companion
from trustkit.model.support import NONE_FOR_HARM, NONE_KNOWN, TOPICS, UNSEEN, YOUNG, contacts
from trustkit.tui.screens.regions import NO_LIST, RegionsScreen
from trustkit.tui.screens.settings import SettingsScreen
from trustkit.tui.screens.support import SupportScreen
from trustkit.tui.widgets.choices import Choices

SIZES = [(80, 24), (40, 15)]


@pytest.mark.parametrize("size", SIZES)
async def test_it_begins_with_the_emergency_number_wherever_somebody_is(
    ghost: Companion, size: tuple[int, int]
) -> None:
    async with driving(ghost, size=size) as d:
        for region in ghost.library.regions:
            ghost.change_settings(region=region)
            await d.app.push_screen(SupportScreen(ghost))
            first = ghost.helplines("emergency")[0]
            await d.until(contacts(first), "call your local emergency number first")
            d.app.pop_screen()


async def test_each_place_shows_its_own_numbers_and_how_sure_anybody_can_be(ghost: Companion) -> None:
    async with driving(ghost, size=(80, 120)) as d:
        for region in ghost.library.regions:
            ghost.change_settings(region=region)
            await d.app.push_screen(SupportScreen(ghost))
            await d.rest()
            said = flat(d.text)
            lines = ghost.helplines()
            for line in lines:
                assert flat(contacts(line)) in said, line.id
                assert line.grade != "C"
            assert said.count("not confirmed by us: numbers change") == len(lines)
            known = {line.topic for line in lines}
            assert (NONE_FOR_HARM in said) == ("using-harm" not in known)
            assert (NONE_KNOWN in said) == (not {"abuse", "crisis"} <= known)
            assert {TOPICS[topic] for topic in ("abuse", "crisis", "using-harm")} <= set(
                d.text.replace("  ", "").split("\n")
            )
            assert UNSEEN in said
            assert YOUNG in said
            d.app.pop_screen()


@pytest.mark.parametrize("size", SIZES)
async def test_a_place_is_found_by_a_few_letters(opened: Companion, size: tuple[int, int]) -> None:
    async with driving(opened, size=size) as d:
        await d.press("ctrl+o", "r")
        assert isinstance(d.app.screen, RegionsScreen)
        await d.press("p", "o", "l")
        assert rows(d) == ["Poland"]
        await d.press("enter")
        await d.until("Support · Poland", "112")
    assert Companion.start(opened.paths, clock=opened.clock).settings.region == "pl"


async def test_a_place_without_a_list_leads_to_the_numbers_for_anywhere(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.press("ctrl+o", "r", "z", "z")
        await d.until(NO_LIST)
        assert rows(d) == ["Somewhere else"]
        await d.press("enter")
        assert isinstance(d.app.screen, SupportScreen)
        assert ghost.settings.region == "xx"


async def test_turning_back_from_the_list_changes_nothing(ghost: Companion) -> None:
    ghost.change_settings(region="gb")
    async with driving(ghost) as d:
        await d.press("ctrl+o", "r", "down", "escape")
        await d.until("Support · United Kingdom")
        assert ghost.settings.region == "gb"


async def test_arrows_go_down_the_list_and_settings_open_the_same_one(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.press("comma")
        await d.choose("Numbers for")
        assert isinstance(d.app.screen, RegionsScreen)
        names = rows(d)
        assert names == [*sorted(names[:-1]), "Somewhere else"]
        await d.press("down", "down", "enter")
        assert isinstance(d.app.screen, SettingsScreen)
        await d.until(f"Numbers for: {names[2]}")


async def test_the_words_for_a_call_are_offered_and_come_back_to_the_numbers(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.press("ctrl+o")
        await d.choose("What to say when you call")
        assert not isinstance(d.app.screen, SupportScreen)
        await d.press("escape")
        assert isinstance(d.app.screen, SupportScreen)


async def test_it_is_one_key_away_while_a_place_is_typed(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.press("ctrl+o", "r", "p", "ctrl+o")
        assert isinstance(d.app.screen, SupportScreen)


def rows(d: Driver) -> list[str]:
    choices = d.app.screen.query_one(Choices)
    return [str(choices.get_option_at_index(at).prompt) for at in range(choices.option_count)]


async def test_in_a_window_of_a_few_lines_the_emergency_number_still_stands_first(ghost: Companion) -> None:
    ghost.change_settings(region="ar")
    async with driving(ghost, size=(20, 5)) as d:
        await d.press("ctrl+o")
        await d.until("Emergency services", "call 911")
