"""Lists of answers on a page that scrolls: nothing above or below them is out of the keyboard's reach."""

import pytest
from app_driver import driving, flat

from trustkit.companion import Companion
from trustkit.tui.screens.guides import GuideScreen
from trustkit.tui.screens.settings import SettingsScreen
from trustkit.tui.screens.signs import SignsScreen
from trustkit.tui.widgets.tick_list import TickList

SMALL = [(40, 15), (20, 5)]


async def test_a_page_opens_with_its_title_where_the_first_line_of_its_list_fits_beneath(ghost: Companion) -> None:
    async with driving(ghost, size=(40, 15)) as d:
        await d.app.push_screen(SettingsScreen(ghost))
        await d.until("Settings", "Colours:")
        await d.app.pop_screen()
        await d.app.push_screen(GuideScreen(ghost, ghost.library.guide("talking")))
        await d.until("Talking it through", "1. Choose the hour")


@pytest.mark.parametrize("size", SMALL)
async def test_the_arrows_read_back_to_the_title_and_on_to_the_last_word(
    ghost: Companion, size: tuple[int, int]
) -> None:
    signs = ghost.library.signs_list("go")
    async with driving(ghost, size=size) as d:
        await d.app.push_screen(SignsScreen(ghost, signs))
        await d.rest()
        for _ in range(60):
            if flat(signs.title)[:8] in flat(d.text):
                break
            await d.press("up")
        assert flat(signs.title)[:8] in flat(d.text)
        assert d.app.screen.query_one(TickList).highlighted == 0
        assert not ghost.sitting.flags, "reading ticks nothing"


@pytest.mark.parametrize("size", SMALL)
async def test_what_stands_below_a_list_is_read_before_the_cursor_goes_round(
    ghost: Companion, size: tuple[int, int]
) -> None:
    async with driving(ghost, size=size) as d:
        await d.app.push_screen(SettingsScreen(ghost))
        await d.rest()
        for _ in range(90):
            if "settings.toml" in d.text:
                break
            await d.press("down")
        assert "settings.toml" in d.text
