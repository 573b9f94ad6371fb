"""Delete everything, in Settings: what goes is read first, a word is typed on purpose, and trustkit ends with it."""

from pathlib import Path

import pytest
from app_driver import Driver, driving
from pty_terminal import Terminal

from trustkit.companion import Companion
from trustkit.model.entry import Note
from trustkit.paths import Paths
from trustkit.vault import create_open

SIZES = [(80, 24), (40, 15)]


async def asked_for_the_word(d: Driver) -> None:
    """From anywhere to the line that the word is typed into."""
    await d.press("comma")
    await d.choose("Delete everything")
    await d.until("Delete everything?", "can't", "be taken back.")
    await d.choose("Delete everything …")
    await d.until("Type erase and press Enter.")


@pytest.mark.parametrize("size", SIZES)
async def test_only_the_word_ends_trustkit_to_delete_everything(sealed: Companion, size: tuple[int, int]) -> None:
    sealed.vault.add(Note("words"))
    async with driving(sealed, size=size) as d:
        await asked_for_the_word(d)
        for typed in ((), ("y",), ("n", "o")):
            await d.press(*typed, "enter")
            assert not d.app.erases_at_end
        await d.until("Nothing was deleted.")
        await d.press("backspace", "backspace", "backspace", *"Erase", "enter")
        await d.done(lambda: d.app.return_value == 0 or d.app._exit)
        assert d.app.erases_at_end
    assert (sealed.paths.data / "key.age").exists()  # it goes when the app is closed; see the terminal below


@pytest.mark.parametrize("way_out", ["escape", "the first answer", "back from the word"])
async def test_whoever_thinks_again_loses_nothing(sealed: Companion, way_out: str) -> None:
    async with driving(sealed) as d:
        if way_out == "back from the word":
            await asked_for_the_word(d)
            await d.press("escape")
        else:
            await d.press("comma")
            await d.choose("Delete everything")
            await d.until("Delete everything?")
            if way_out == "escape":
                await d.press("escape")
            else:
                await d.choose("Leave everything as it is")
        await d.until("Settings")
        assert d.screen_name == "SettingsScreen"
        assert not d.app.erases_at_end


async def test_everything_that_goes_and_that_may_remain_can_be_read_in_a_small_window(sealed: Companion) -> None:
    async with driving(sealed, size=(40, 15)) as d:
        await d.press("comma")
        await d.choose("Delete everything")
        await d.until("Delete everything?")
        read = ""
        for _ in range(40):
            read += d.text
            await d.press("down")
        for word in (
            "key file",
            "git and Syncthing",
            "trustkit backup FILE",
            "Snapshots",
            "history",
            "Leave everything",
        ):
            assert word in read


async def test_with_nothing_kept_it_says_that_nothing_is_here(first_run: Companion) -> None:
    first_run.keep_nothing()
    async with driving(first_run) as d:
        await d.press("comma")
        await d.choose("Delete everything")
        await d.until("Nothing of trustkit's is here.")
        await d.press("enter")
        await d.until("Settings")


async def test_a_ghost_is_not_offered_it(ghost: Companion) -> None:
    async with driving(ghost, size=(80, 60)) as d:
        await d.press("comma", "end")
        await d.until("Back")
        assert "Delete everything" not in d.text


def test_in_a_terminal_it_ends_with_the_screen_cleared_and_nothing_left(tmp_path: Path, clock) -> None:
    paths = Paths.find(tmp_path / "home")
    kept = create_open(paths, clock=clock)
    kept.add(Note("a secret word"))
    kept.close()
    with Terminal("--data-dir", paths.data, size=(80, 60)) as terminal:
        terminal.see("Journal")
        terminal.type(",")
        terminal.see("Colours")
        terminal.press("up", "up", "enter")  # past the end of the list, which goes round
        terminal.see("Delete everything?", "You type a word first.")
        terminal.press("down", "enter")
        terminal.see("Type erase")
        terminal.type("erase")
        terminal.press("enter")
        assert terminal.wait() == 0
        assert not terminal.on_alternate_screen
        assert terminal.normal_text.strip() == ""
    assert not paths.data.exists()
