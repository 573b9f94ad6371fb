"""The line of keys: whatever the window's width, it names the way out and the page that names every other key."""

import pytest
from app_driver import driving

from trustkit.companion import Companion
from trustkit.model.entry import Note
from trustkit.tui.widgets.place_bar import KeyLine

PLACES = ("today", "guides", "practice", "journal", "patterns")


def line(app: object) -> str:
    """What the line says now."""
    return str(app.screen.query_one(KeyLine).render())  # type: ignore[attr-defined]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(40, 15), (80, 24), (200, 60)])
async def test_the_way_out_and_help_are_named_on_every_place(
    opened: Companion, place: str, size: tuple[int, int]
) -> None:
    opened.vault.add(Note("one page"))
    async with driving(opened, size) as d:
        await d.app.run_action(f"go('{place}')")
        await d.done(lambda: "^g hide" in line(d.app) and "? help" in line(d.app))
        assert len(line(d.app).rstrip()) <= size[0]


async def test_in_a_page_being_written_they_stand_beside_how_to_keep_it(opened: Companion) -> None:
    async with driving(opened, (40, 15)) as d:
        await d.press("w")
        await d.done(lambda: all(keys in line(d.app) for keys in ("^s keep", "^g hide", "esc back")))


@pytest.mark.parametrize(
    ("page", "named"), [("help", " help"), ("support", "support"), ("settings", "settings"), ("about", "about")]
)
async def test_a_page_does_not_name_the_key_that_leads_to_itself(opened: Companion, page: str, named: str) -> None:
    async with driving(opened, (120, 40)) as d:
        await d.app.run_action(page)
        await d.done(lambda: d.app.screen.query(KeyLine) and "^g hide" in line(d.app))
        assert named not in line(d.app)
        here = d.app.screen
        await d.app.run_action(page)
        await d.rest()
        assert d.app.screen is here


async def test_control_c_says_how_to_leave_in_the_keys_of_this_program(opened: Companion) -> None:
    async with driving(opened, (120, 40)) as d:
        await d.press("ctrl+c")
        assert [note.message for note in d.app._notifications] == ["^q leaves trustkit."]
