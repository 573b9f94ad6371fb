"""The calendar of the year: which days hold something, by shape and in words, and no word of what."""

from datetime import date, timedelta

import pytest
from app_driver import Driver, driving

from trustkit.companion import Companion
from trustkit.model.entry import Note, Practice, Record
from trustkit.tui.screens.calendar import CalendarScreen, DayScreen
from trustkit.tui.screens.journal import JournalScreen
from trustkit.tui.widgets.calendar import Calendar
from trustkit.tui.widgets.entry_list import EntryList

SIZES = [(80, 24), (40, 15), (200, 60)]


async def open_calendar(d: Driver) -> Calendar:
    await d.app.run_action("go('journal')")
    await d.rest()
    assert isinstance(d.app.screen, JournalScreen)
    await d.press("y")
    await d.done(lambda: isinstance(d.app.screen, CalendarScreen))
    return d.app.screen.query_one(Calendar)


def fill(companion: Companion) -> None:
    """A page, a practice and a check-in on different days, and a page and a practice on one."""
    now = companion.clock()
    vault = companion.vault
    for days in (0, 2):
        when = now - timedelta(days=days)
        vault.add(Note("words"), created=when)
    for days in (1, 2):
        when = now - timedelta(days=days)
        vault.add(Practice("breath-long-out", 1, when, when), created=when)
    vault.add(Record("weekly-check-in", 1), created=now - timedelta(days=3))


def month_line(d: Driver, name: str) -> str:
    (line,) = [line for line in d.text.splitlines() if line.strip(" ›").startswith(f"{name} ")]
    return line


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_year_is_there_at_every_size(opened: Companion, size: tuple[int, int]) -> None:
    fill(opened)
    async with driving(opened, size=size) as d:
        await open_calendar(d)
        await d.until("Sunday, 22 November 2026: 1 page.")
        for month in range(1, 13):
            assert month_line(d, f"{date(2026, month, 1):%b}").count("·") >= 24
        assert all(len(line) <= size[0] for line in d.text.splitlines())
        assert "enter open" in d.text


async def test_each_kind_of_day_has_its_own_shape(opened: Companion) -> None:
    fill(opened)
    async with driving(opened) as d:
        await open_calendar(d)
        await d.until("1 page.")
        signs = month_line(d, "Nov").split()[1:]
        assert signs[18:22] == ["◇", "◉", "○", "•"]
        assert set(signs[:18]) == {"·"}
        await d.until("• written", "○ practised", "◇ checked in")


async def test_keys_move_by_day_week_month_and_year_and_each_day_is_read_in_words(opened: Companion) -> None:
    fill(opened)
    async with driving(opened) as d:
        calendar = await open_calendar(d)
        for key, day in [
            ("left", date(2026, 11, 21)),
            ("left_square_bracket", date(2026, 11, 14)),
            ("right_square_bracket", date(2026, 11, 21)),
            ("up", date(2026, 10, 21)),
            ("pageup", date(2025, 10, 21)),
            ("down", date(2025, 11, 21)),
            ("pagedown", date(2026, 11, 21)),
            ("home", date(2026, 11, 22)),
            ("backspace", date(2026, 11, 21)),
            ("backspace", date(2026, 11, 20)),
            ("space", date(2026, 11, 21)),
        ]:
            await d.press(key)
            assert calendar.day == day
        await d.until("Saturday, 21 November 2026: practised once.")
        await d.press("left")
        await d.until("Friday, 20 November 2026: 1 page, practised once.")
        await d.press("pageup")
        await d.until("20 November 2025: nothing here.", "2025")


async def test_enter_opens_the_pages_of_the_day_and_enter_again_the_page(opened: Companion) -> None:
    fill(opened)
    opened.vault.add(Note("about Friday", about_day=date(2026, 11, 20)))
    async with driving(opened) as d:
        await open_calendar(d)
        await d.press("left", "left", "enter")
        await d.until("Friday, 20 November 2026", "Practised: A longer breath out", "about Friday", "words")
        await d.press("left")
        await d.until("Thursday, 19 November 2026")
        await d.press("right")
        await d.until("about Friday")
        await d.press("enter")
        await d.until("Friday, 20 November 2026, 02:10")
        await d.press("escape", "escape")
        await d.done(lambda: isinstance(d.app.screen, CalendarScreen))


async def test_a_day_that_holds_nothing_says_so(opened: Companion) -> None:
    async with driving(opened) as d:
        await open_calendar(d)
        await d.press("enter")
        await d.until("Sunday, 22 November 2026", "Nothing is kept here from that day.")


async def test_private_pages_and_practices_leave_no_trace_until_they_are_asked_for(opened: Companion) -> None:
    now = opened.clock()
    opened.vault.add(Note("for me alone"), private=True)
    opened.vault.add(Practice("breath-long-out", 1, now, now), private=True)
    async with driving(opened) as d:
        await open_calendar(d)
        await d.until("Sunday, 22 November 2026: nothing here.")
        await d.press("enter")
        await d.until("Nothing is kept here from that day.")
        assert "for me alone" not in d.text
        await d.press("escape", "escape", "full_stop", "y")
        await d.until("Sunday, 22 November 2026: 1 page, practised once.")
        await d.press("enter")
        await d.until("for me alone", "Practised: A longer breath out")


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+g"])
async def test_locking_and_hiding_leave_no_day_behind(sealed: Companion, key: str) -> None:
    fill(sealed)
    async with driving(sealed) as d:
        calendar = await open_calendar(d)
        await d.until("1 page.")
        await d.press("enter")
        await d.done(lambda: isinstance(d.app.screen, DayScreen) and d.app.screen.query_one(EntryList).entries)
        entries = d.app.screen.query_one(EntryList)
        await d.press(key)
        await d.done(lambda: sealed.vault.locked)
        assert calendar._days == {}
        assert entries.entries == []
        assert "November" not in d.text


async def test_a_click_moves_to_a_day_and_a_second_opens_it(opened: Companion) -> None:
    fill(opened)
    async with driving(opened) as d:
        calendar = await open_calendar(d)
        await d.until("1 page.")
        await d.pilot.click(Calendar, offset=(5 + 2 * 19, 11))
        await d.rest()
        assert calendar.day == date(2026, 11, 20)
        await d.pilot.click(Calendar, offset=(5 + 2 * 19, 11))
        await d.until("Practised: A longer breath out")
