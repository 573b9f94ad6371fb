"""The first run: six pages, each skippable, and nothing on the disk before a reader chose to have it there."""

import re

import pytest
from app_driver import driving
from textual.widgets import Input

from trustkit.companion import Companion
from trustkit.paths import Paths
from trustkit.tui.screens.recovery import in_groups
from trustkit.tui.widgets.choices import Choices


def on_disk(paths: Paths) -> list[str]:
    folders = (paths.data, paths.cache, paths.config)
    return sorted(p.name for folder in folders for p in folder.rglob("*") if p.is_file())


async def test_the_first_page_says_what_this_is_and_what_it_is_not(first_run: Companion) -> None:
    async with driving(first_run) as d:
        await d.until("You can go slowly here.", "information, not treatment", "call your local emergency number first")
        assert "^o shows numbers from any page" in " ".join(d.text.split())


async def test_keeping_nothing_writes_nothing_at_all(first_run: Companion, paths: Paths) -> None:
    async with driving(first_run) as d:
        await d.choose("Begin")
        await d.choose("I'd rather not say")
        await d.choose("Keep nothing")
        await d.choose("Someone broke my trust, not long ago")
        await d.choose("A friend")
        await d.choose("Go to Today")
        await d.until("Is it safe to work on this?")
        assert first_run.state == "ready"
        assert first_run.role == "hurt"
        await d.press("ctrl+q")
    assert on_disk(paths) == []


async def test_an_open_journal_begins_at_once_and_remembers_what_was_chosen(first_run: Companion) -> None:
    async with driving(first_run) as d:
        await d.choose("Begin")
        await d.choose("No, only me")
        await d.choose("Go on")
        await d.choose("Open")
        await d.choose("I broke someone's trust")
        await d.choose("I'd rather not say")
        await d.choose("Go to Today")
        assert first_run.vault.mode == "open"
        assert first_run.role == "broke"


async def test_whoever_is_worried_is_told_what_a_passphrase_cannot_do(first_run: Companion) -> None:
    async with driving(first_run) as d:
        await d.choose("Begin")
        await d.choose("Yes, and that worries me")
        await d.until("It doesn't hide that trustkit is here", "press you to open it", "call from another phone")


async def test_two_unlike_passphrases_are_told_apart_gently(first_run: Companion, paths: Paths) -> None:
    async with driving(first_run) as d:
        await d.choose("Begin")
        await d.choose("I'd rather not say")
        await d.choose("Locked with a passphrase")
        await d.press(*"plum", "enter")
        await d.until("Once more, so that we both have it right.")
        await d.press(*"pear", "enter")
        await d.until("Those two don't match yet.")
        assert "plum" not in d.text
        assert on_disk(paths) == []


async def test_a_sealed_journal_begins_with_a_recovery_key_that_was_typed_back(first_run: Companion) -> None:
    async with driving(first_run) as d:
        await d.choose("Begin")
        await d.choose("I'd rather not say")
        await d.choose("Locked with a passphrase")
        await d.press(*"plum", "enter")
        await d.until("Once more, so that we both have it right.")
        await d.press(*"plum", "enter")
        await d.until("A recovery key opens your notes if you forget")
        await d.choose("Show me one")
        await d.until("AGE-SE")
        lines = [line.replace(" ", "") for line in d.text.splitlines()]
        shown = "".join(line for line in lines if re.fullmatch("[A-Z0-9-]{2,}", line))  # a group may be digits alone
        await d.choose("I've put it away")
        assert "AGE-SE" not in d.text
        await d.pilot.press(*shown[:6], "enter")
        await d.until("That is not a whole recovery key.")
        d.app.screen.query_one("#key-back", Input).value = shown.lower()
        await d.press("enter")
        await d.until("What brought you here?")
        assert first_run.vault.has_recovery
        first_run.vault.lock()
        first_run.vault.unlock_recovery(shown)
        assert not first_run.vault.locked


async def test_someone_who_is_frightened_sees_numbers_first_and_nothing_is_kept_of_it(
    first_run: Companion, paths: Paths
) -> None:
    async with driving(first_run) as d:
        await d.choose("Someone frightens me")
        await d.until("Support", "emergency number")
        assert first_run.sitting.unsafe
    assert on_disk(paths) == []


async def test_someone_who_needs_calm_first_is_shown_ways_before_any_question(first_run: Companion) -> None:
    async with driving(first_run) as d:
        await d.choose("I need to calm down first")
        await d.until("Practice")
        assert d.app.current_mode == "practice"


async def test_the_hide_key_can_be_tried_and_comes_back(first_run: Companion) -> None:
    async with driving(first_run) as d:
        await d.choose("Begin")
        await d.choose("I'd rather not say")
        await d.choose("Keep nothing")
        await d.choose("I'd rather not say")
        await d.choose("I'd rather not say")
        await d.until("One key to remember.")
        await d.press("ctrl+g")
        assert d.text.strip() == ""
        await d.press("enter")
        await d.until("That's it. It works on every page")


async def test_esc_goes_one_page_back_and_never_past_the_first(first_run: Companion) -> None:
    async with driving(first_run) as d:
        await d.press("escape")
        await d.until("You can go slowly here.")
        await d.choose("Begin")
        await d.until("Can anyone else get at this computer?")
        await d.press("escape")
        await d.until("You can go slowly here.")


async def test_every_page_is_whole_at_forty_by_fifteen(first_run: Companion) -> None:
    async with driving(first_run, size=(40, 15)) as d:
        await d.until("You can go slowly here.", "^g hide")


def test_a_recovery_key_is_shown_in_groups_that_a_hand_can_copy() -> None:
    lines = in_groups("AGE-SECRET-KEY-1" + "Q" * 58).splitlines()
    assert len(lines) == 4
    assert all(len(line) <= 36 for line in lines)


async def test_on_the_first_page_no_key_is_shown_that_leads_nowhere(first_run: Companion) -> None:
    async with driving(first_run) as d:
        await d.until("You can go slowly here.")
        assert "esc" not in d.text
        await d.press("escape")
        await d.until("You can go slowly here.")
        await d.choose("Begin")
        await d.until("Can anyone else get at this computer?", "esc back")


@pytest.mark.parametrize("size", [(40, 15), (40, 10)])
async def test_a_tall_first_door_is_entered_whole(first_run: Companion, size: tuple[int, int]) -> None:
    async with driving(first_run, size=size) as d:
        await d.choose("Begin")
        await d.choose("I'd rather not say")
        await d.until("Where would you like your words to live?")
        doors = d.app.screen.query_one(Choices)
        for _ in range(20):
            await d.press("down")
            if doors.has_focus:
                break
        assert doors.highlighted == 0
        await d.until("Locked with a passphrase", "if you lose both, the notes are gone.")
