"""What stands beside writing: a breath, feelings, tags, a day, and an editor of one's own."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

import pytest
from app_driver import driving
from editor_pages import WORDS, kept, paper, said, write

from trustkit.companion import Companion
from trustkit.model.entry import Note
from trustkit.tui.players.playing import playing
from trustkit.tui.screens.editor import EditorScreen
from trustkit.tui.widgets.paper import Paper

# -- beside writing


async def test_a_breath_leads_back_to_the_very_same_cursor(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d)
        paper(d).move_cursor((0, 9))
        await d.press("ctrl+t")
        assert playing(d.app.screen)
        await d.press("escape")
        await d.done(lambda: d.screen_name == "EditorScreen")
        assert paper(d).cursor_location == (0, 9)
        assert paper(d).has_focus


@pytest.mark.parametrize("key", ["b", "ctrl+t"])
async def test_between_entries_one_key_breathes_and_comes_back(ghost: Companion, key: str) -> None:
    async with driving(ghost) as d:
        await write(d)
        await d.press("ctrl+s", "enter")
        await d.until("A breath before the next?")
        await d.press(key)
        await d.done(lambda: playing(d.app.screen))
        await d.press("escape")
        await d.done(lambda: d.screen_name == "TodayScreen")


async def test_between_entries_any_other_key_goes_on(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d)
        await d.press("ctrl+s", "enter")
        await d.until("A breath before the next?")
        await d.press("x")
        assert d.screen_name == "TodayScreen"


@pytest.mark.parametrize(
    ("ritual", "before", "after"), [("before", True, False), ("after", False, True), ("neither", False, False)]
)
async def test_the_breath_around_writing_is_as_the_reader_set_it(
    ghost: Companion, ritual: str, before: bool, after: bool
) -> None:
    ghost.settings = replace(ghost.settings, ritual=ritual)
    async with driving(ghost) as d:
        await d.app.write()
        await d.rest()
        if before:
            await d.done(lambda: playing(d.app.screen))
            await d.press("escape")
        await d.done(lambda: d.screen_name == "EditorScreen")
        paper(d).insert("One line.")
        await d.press("ctrl+s", "enter")
        await d.done(lambda: said(d) == ["Held until trustkit closes."])
        await d.rest()
        assert playing(d.app.screen) is after


async def test_title_tags_feelings_distress_and_day_are_kept_when_they_are_given(sealed: Companion) -> None:
    from trustkit.tui.widgets.distress_scale import DistressScale
    from trustkit.tui.widgets.line import Line

    async with driving(sealed) as d:
        await write(d)
        await d.press("ctrl+n")
        for name, typed in (
            ("title", " The kitchen "),
            ("tags", "home, evenings,, home"),
            ("feelings", "sad"),
            ("day", "2026-11-20"),
        ):
            d.app.screen.query_one(f"#details-{name}", Line).value = typed
        d.app.screen.query_one(DistressScale).action_rate(6)
        await d.rest()
        await d.press("escape")
        await d.until("The kitchen")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
    day = datetime(2026, 11, 20).date()
    assert kept(sealed) == [
        Note(WORDS, "The kitchen", ("home", "evenings"), ("sad",), distress=6, about_day=day),
    ]


async def test_a_date_that_is_not_clear_is_said_and_left_out(sealed: Companion) -> None:
    from trustkit.tui.widgets.line import Line

    async with driving(sealed) as d:
        await write(d)
        await d.press("ctrl+n")
        line = d.app.screen.query_one("#details-day", Line)
        line.value = "2026-13-77"
        line.focus()
        await d.rest()
        await d.until("That date wasn't clear. Try 2026-11-30, or leave it out.")
        await d.press("escape", "ctrl+s", "enter")
        await d.until("Saved.")
    assert kept(sealed)[0].about_day is None


async def test_words_are_counted_quietly(ghost: Companion) -> None:
    async with driving(ghost) as d:
        d.app.push_screen(EditorScreen(ghost, quiet=0.0))
        await d.rest()
        paper(d).insert("one")
        await d.until("1 word")
        paper(d).insert(" two three")
        await d.until("3 words")


# -- an editor of one's own: what is refused, without a terminal to give away (see tests/terminal)


@pytest.mark.parametrize(
    ("editor", "place", "told"),
    [
        ("", "", "No editor is named in $VISUAL or $EDITOR that this computer has. Name one there"),
        ("no-such-editor-anywhere", "", "No editor is named"),
        ("true", "", "There is no place in memory where an editor could have your words"),
    ],
)
async def test_where_no_editor_can_be_opened_two_sentences_say_so_and_nothing_is_lost(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch, editor: str, place: str, told: str
) -> None:
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.setenv("XDG_RUNTIME_DIR", place)
    sealed.settings = replace(sealed.settings, outside_editor=True)
    async with driving(sealed) as d:
        await d.app.write()
        await d.rest()
        paper = d.app.screen.query_one(Paper)
        paper.insert("still here")
        await d.press("f4")
        await d.until(told)
        assert paper.text == "still here"
        await d.until("your editor")


async def test_quiet_minutes_begin_when_the_terminal_is_given_back(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the other program had it: coming back is being there."""
    now = [1000.0]
    async with driving(sealed) as d:
        monkeypatch.setattr(d.app, "idle_clock", lambda: now[0])
        monkeypatch.setattr(d.app, "suspend", nullcontext)

        def an_hour() -> None:
            now[0] += 3600

        assert d.app.lend_terminal(an_hour)
        await d.app.lock_when_idle()
        assert d.app.current_mode == "today"
        now[0] += 3600
        await d.app.lock_when_idle()
        assert d.app.current_mode == "door"
