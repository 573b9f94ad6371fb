"""Today with much begun: the newest two, and a line that leads to all others."""

from datetime import timedelta

import pytest
from app_driver import driving

from trustkit.companion import Companion
from trustkit.model.entry import Draft, Note
from trustkit.tui.screens.editor import EditorScreen
from trustkit.tui.screens.today import TodayScreen
from trustkit.tui.widgets.choices import Choices
from trustkit.tui.widgets.paper import Paper


def begin(companion: Companion, number: int) -> None:
    """So many drafts, each an hour older than the one before."""
    for hours in range(number):
        saved = companion.clock() - timedelta(hours=hours)
        companion.vault.save_draft(Draft(companion.vault.new_id(), Note(f"begun {hours} hours ago"), saved))


def labels(screen: TodayScreen) -> list[str]:
    choices = screen.query_one(Choices)
    return [str(choices.get_option_at_index(at).prompt).split("\n")[0] for at in range(choices.option_count)]


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_the_newest_two_drafts_and_one_line_leave_room_for_the_rest(
    sealed: Companion, size: tuple[int, int]
) -> None:
    begin(sealed, 5)
    async with driving(sealed, size=size) as d:
        screen = d.app.screen
        assert isinstance(screen, TodayScreen)
        await d.done(lambda: "Write a page" in labels(screen))
        hour_ago = sealed.clock() - timedelta(hours=1)
        assert labels(screen)[:3] == [
            f"Go on: left today at {sealed.clock():%H:%M}",
            f"Go on: left today at {hour_ago:%H:%M}",
            "3 more you began",
        ]
        assert "hours ago" not in d.text
        await d.choose("Go on: left today")
        await d.done(lambda: isinstance(d.app.screen, EditorScreen))
        assert d.app.screen.query_one(Paper).text == "begun 0 hours ago"


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_every_other_draft_is_reached_by_the_line(sealed: Companion, size: tuple[int, int]) -> None:
    begin(sealed, 5)
    async with driving(sealed, size=size) as d:
        screen = d.app.screen
        assert isinstance(screen, TodayScreen)
        for hours in (2, 3, 4):
            await d.done(lambda: "3 more you began" in labels(screen))
            await d.choose("3 more you began")
            await d.until("What else you began.")
            saved = sealed.clock() - timedelta(hours=hours)
            await d.choose(f"Go on: left {sealed.day_in_words(saved.date())} at {saved:%H:%M}")
            await d.done(lambda: isinstance(d.app.screen, EditorScreen))
            assert d.app.screen.query_one(Paper).text == f"begun {hours} hours ago"
            await d.press("escape")
            await d.done(lambda: d.app.screen is screen)


async def test_one_draft_stands_alone_as_ever(sealed: Companion) -> None:
    begin(sealed, 1)
    async with driving(sealed) as d:
        await d.until("Go on with what you were writing", "It is sealed as a draft.")
        assert "more you began" not in d.text
