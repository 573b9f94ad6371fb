"""In the smallest windows the list is seen, and tab leads to a line that Enter takes."""

import pytest
from app_driver import driving

from trustkit.companion import Companion
from trustkit.tui.widgets.choices import Choices


@pytest.mark.parametrize(("size", "told"), [((20, 5), False), ((40, 9), False), ((40, 15), True), ((80, 24), True)])
async def test_guides_shows_its_list_and_beneath_it_what_the_chosen_one_is_about(
    ghost: Companion, size: tuple[int, int], told: bool
) -> None:
    async with driving(ghost, size=size) as d:
        await d.press("g")
        await d.until("Is it safe to")
        assert d.app.screen.query_one("#guides-about").display == told
        await d.press("down")
        chosen = d.app.screen.query_one(Choices)
        title = str(chosen.get_option_at_index(chosen.highlighted or 0).prompt).split("\n")[0]
        await d.until(title.split()[0])


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_tab_on_a_page_to_read_leads_to_its_first_door(ghost: Companion, size: tuple[int, int]) -> None:
    async with driving(ghost, size=size) as d:
        d.app.go_to("first-days/still-you")
        await d.rest()
        doors = d.app.screen.query_one(Choices)
        assert doors.highlighted is None
        await d.press("tab")
        assert doors.highlighted == 0
        await d.until(str(doors.get_option_at_index(0).prompt).split("\n")[0])
        await d.press("enter")
        assert d.screen_name == "ListingPlayer"
