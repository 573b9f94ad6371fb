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
