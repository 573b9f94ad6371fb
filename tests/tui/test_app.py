"""What holds on every screen: five places, keys that always work, sealing before leaving, and silence."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from app_driver import Driver, driving
from textual.widgets import Input, TextArea

from trustkit.companion import Companion
from trustkit.tui.app import TrustkitApp
from trustkit.tui.commands import ALWAYS, PLACES, key_words
from trustkit.tui.screens.page import Page
from trustkit.tui.themes import THEMES

SECRET = "The canary sang about Tuesday."


@pytest.mark.parametrize(("mode", "key", "name"), [(mode, key, name) for mode, key, name, _ in PLACES])
async def test_each_place_is_one_key_away(ghost: Companion, mode: str, key: str, name: str) -> None:
    async with driving(ghost) as d:
        await d.press("g" if mode == "today" else "t")
        await d.press(key)
        assert d.app.current_mode == mode


async def test_esc_leads_back_to_today_from_every_place(ghost: Companion) -> None:
    async with driving(ghost) as d:
        for mode, *_ in PLACES[1:]:
            await d.app.run_action(f"go('{mode}')")
            await d.rest()
            await d.press("escape")
            assert d.app.current_mode == "today", mode


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (20, 5)])
async def test_every_place_opens_at_every_size(ghost: Companion, size: tuple[int, int]) -> None:
    async with driving(ghost, size=size) as d:
        for mode, *_ in PLACES:
            await d.app.run_action(f"go('{mode}')")
            await d.rest()
            assert d.app.current_mode == mode
            assert d.text.strip()


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_the_hide_key_always_stands_at_the_foot(ghost: Companion, size: tuple[int, int]) -> None:
    async with driving(ghost, size=size) as d:
        for mode, *_ in PLACES:
            await d.app.run_action(f"go('{mode}')")
            await d.rest()
            assert "^g hide" in d.text.splitlines()[-1], mode


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_a_page_that_was_just_opened_is_styled_as_it_would_be_after_a_second_look(
    opened: Companion, size: tuple[int, int]
) -> None:
    """Textual styles every page twice before it is seen; a `Page` does without the second time."""
    async with driving(opened, size=size) as d:
        ways = [*(f"go('{mode}')" for mode, *_ in PLACES), "settings", "screen.back", "support", "screen.back"]
        for way in [*ways, "go('journal')", "screen.calendar", "screen.back", "screen.write"]:
            await d.app.run_action(way)
            await d.rest()
            before = {node: dict(node.styles.base.get_rules()) for node in d.app.screen.walk_children(with_self=True)}
            d.app.screen.update_node_styles(animate=False)
            assert {node: dict(node.styles.base.get_rules()) for node in before} == before, way


@pytest.mark.parametrize("theme", sorted(THEMES))
async def test_every_theme_shows_every_place_a_page_a_breath_and_the_editor(ghost: Companion, theme: str) -> None:
    ghost.settings = replace(ghost.settings, theme=theme)
    async with driving(ghost) as d:
        for mode, *_ in PLACES:
            await d.app.run_action(f"go('{mode}')")
            await d.rest()
            assert d.text.strip(), mode
        d.app.go_to("first-days/still-you")
        await d.rest()
        await d.press("ctrl+t")
        await d.until("A longer breath out")
        await d.press("escape")
        await d.app.write()
        await d.rest()
        assert d.screen_name == "EditorScreen"


def test_the_keys_that_work_while_typing_are_free_in_text_fields() -> None:
    taken = {key for binding in TextArea.BINDINGS for key in binding.key.split(",")}  # type: ignore[union-attr]
    for command in ALWAYS:
        assert command.everywhere
        assert not taken & set(command.keys.split(",")), command.id


def test_every_action_has_an_id_of_its_own_so_that_keys_can_be_moved() -> None:
    ids = [binding.id for binding in TrustkitApp.BINDINGS]  # type: ignore[union-attr]
    assert None not in ids
    assert len(set(ids)) == len(ids)


async def test_a_moved_key_is_named_where_the_old_one_stood(ghost: Companion) -> None:
    ghost.settings = replace(ghost.settings, keys={"hide": "ctrl+y"})
    async with driving(ghost) as d:
        assert "^y hide" in d.text
        await d.press("ctrl+y")
        assert d.app.return_code == 0


async def test_there_is_no_screenshot_in_the_palette(ghost: Companion) -> None:
    from trustkit.tui.palette import Everything

    async with driving(ghost) as d:
        found = [hit async for hit in Everything(d.app.screen).discover()]
        titles = " ".join(str(hit.display) for hit in found).casefold()
        assert "breathe" in titles
        assert "screenshot" not in titles
        assert d.app.COMMANDS == TrustkitApp.COMMANDS
        assert len(TrustkitApp.COMMANDS) == 1


class _Writing(Page[None]):
    """A page on which something private is being written."""

    sealed: tuple[str, ...] = ()

    def compose_body(self):  # type: ignore[no-untyped-def]
        yield TextArea(SECRET)

    def seal_draft(self) -> None:
        self.sealed = (*self.sealed, self.query_one(TextArea).text)

    def forget(self) -> None:
        self.query_one(TextArea).load_text("")


async def _write(d: Driver, companion: Companion) -> _Writing:
    page = _Writing(companion)
    d.app.push_screen(page)
    await d.rest()
    return page


async def test_hide_seals_clears_locks_and_shows_nothing(sealed: Companion) -> None:
    async with driving(sealed) as d:
        page = await _write(d, sealed)
        await d.press("ctrl+g")
        assert page.sealed[0] == SECRET
        assert sealed.vault.locked
        assert d.text.strip() == ""
        await d.press("t", "ctrl+t", "ctrl+o", "question_mark")
        assert d.text.strip() == ""


async def test_behind_the_hidden_page_is_the_passphrase_and_the_way_back(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await _write(d, sealed)
        await d.press("ctrl+g", "enter")
        await d.until("trustkit is locked.", "Passphrase")
        assert "Tuesday" not in d.text
        await d.pilot.press(*"wrong", "enter")
        await d.until("That passphrase doesn't open it.")
        d.app.screen.query_one(Input).value = "plum otter lantern"
        await d.press("enter")
        await d.until("How are you right now?")


async def test_in_an_open_journal_or_with_nothing_kept_hide_leaves(ghost: Companion, opened: Companion) -> None:
    for companion in (ghost, opened):
        async with driving(companion) as d:
            page = await _write(d, companion)
            await d.press("f8")
            assert page.sealed == (SECRET,)
            assert d.app.return_code == 0


async def test_lock_drops_every_private_word_and_asks_for_the_passphrase(sealed: Companion) -> None:
    async with driving(sealed) as d:
        page = await _write(d, sealed)
        await d.press("ctrl+l")
        await d.until("Locked. What you were writing is sealed too.")
        assert page.sealed[0] == SECRET
        assert sealed.vault.locked


async def test_without_a_passphrase_lock_says_so_and_changes_nothing(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.press("ctrl+l")
        assert d.app.current_mode == "today"


async def test_quiet_minutes_lock_a_sealed_journal(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(sealed) as d:
        page = await _write(d, sealed)
        now = d.app.idle_clock()
        monkeypatch.setattr(d.app, "idle_clock", lambda: now + sealed.settings.lock_minutes * 60 - 5)
        await d.app.lock_when_idle()
        assert not sealed.vault.locked
        monkeypatch.setattr(d.app, "idle_clock", lambda: now + sealed.settings.lock_minutes * 60 + 5)
        await d.app.lock_when_idle()
        await d.until("Locked after 10 quiet minutes. Nothing was lost.")
        assert page.sealed[0] == SECRET


async def test_quitting_seals_first(ghost: Companion) -> None:
    async with driving(ghost) as d:
        page = await _write(d, ghost)
        await d.press("ctrl+q")
        assert set(page.sealed) == {SECRET}


class _Mistake(Page[None]):
    def action_back(self) -> None:
        words = SECRET
        raise ValueError(words)


async def test_a_mistake_seals_and_says_nothing_of_what_was_held(
    ghost: Companion, capsys: pytest.CaptureFixture[str]
) -> None:
    pages: list[_Writing] = []

    async def stumble() -> None:
        async with driving(ghost) as d:
            pages.append(await _write(d, ghost))
            d.app.push_screen(_Mistake(ghost))
            await d.rest()
            await d.press("escape")

    with pytest.raises(ValueError, match="canary"):  # the test harness raises it again; a person sees the report alone
        await stumble()
    said = "".join(capsys.readouterr())
    assert pages[0].sealed == (SECRET,)
    assert "canary" not in said
    assert "ValueError" in said
    assert "test_app.py" in said


async def test_a_stray_task_that_fails_is_treated_as_a_mistake_and_kept_quiet(
    ghost: Companion, capsys: pytest.CaptureFixture[str]
) -> None:
    async def stumble() -> None:
        async with driving(ghost) as d:
            asyncio.get_running_loop().call_exception_handler({"exception": ValueError(SECRET)})
            await d.rest()

    with pytest.raises(ValueError, match="canary"):
        await stumble()
    assert "canary" not in "".join(capsys.readouterr())


async def test_copying_asks_once_and_says_where_it_goes(ghost: Companion) -> None:
    async with driving(ghost) as d:
        d.app.copy_to_clipboard(SECRET)
        await d.until("Other programs can read what you copy.")
        assert d.app.clipboard == ""
        await d.choose("Don't")
        assert d.app.clipboard == ""
        d.app.copy_to_clipboard(SECRET)
        await d.rest()
        await d.choose("Copy")
        await d.rest()
        assert d.app.clipboard == SECRET


async def test_help_explains_the_page_beneath(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.press("g", "question_mark")
        await d.until("Keys", "Find a page by a word.", "Clear the screen at once, seal what you wrote, and lock.")
        await d.press("escape")
        assert d.app.current_mode == "guides"


@pytest.mark.parametrize("key", [command.keys.split(",")[0] for command in ALWAYS])
def test_keys_are_written_as_people_write_them(key: str) -> None:
    assert "ctrl" not in key_words(key)


async def test_the_window_is_not_named_after_what_it_shows(ghost: Companion, clock: Callable[[], datetime]) -> None:
    from trustkit.tui.guarding import NEUTRAL_TITLE

    assert "trustkit" not in NEUTRAL_TITLE
    assert "terminal" in NEUTRAL_TITLE


async def test_what_the_next_keys_ask_for_is_got_ready_behind_the_first_page(opened: Companion) -> None:
    app = TrustkitApp(opened)
    app.ready_after = 0.01
    async with app.run_test(size=(80, 24)) as pilot:
        d = Driver(app, pilot)
        await d.until("Write a page")
        for _ in range(2000):
            if any(str(path).endswith("players.tcss") for path, _ in app.stylesheet.source):
                break
            await pilot.pause(0.005)
        else:
            raise AssertionError("the styles of the players were never read")
        await d.press("ctrl+t")
        await d.until("Breathe in")
