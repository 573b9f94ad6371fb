"""Settings say when the last backup was made and who else copies the notes: once, in words, without asking anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from app_driver import Driver, driving

from trustkit import vault
from trustkit.companion import Companion
from trustkit.errors import WrongKey
from trustkit.paths import Paths
from trustkit.settings import Settings

SIZES = [(80, 24), (40, 15)]
BACKUP = "Last backup:"


async def opened_settings(d: Driver) -> None:
    """Settings, at the end of the list."""
    await d.press("comma", "end")
    await d.until("Back")


@pytest.mark.parametrize("size", SIZES)
async def test_the_day_of_the_last_backup_stands_among_the_settings(
    sealed: Companion, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with driving(sealed, size=size) as d:
        await opened_settings(d)
        await d.until("Last backup: none that this computer", "knows of")
        await d.press("escape")
        sealed.back_up(tmp_path / "backup.tar")
        await opened_settings(d)
        await d.until("Last backup: 22 November 2026")
        await d.choose("Last backup")
        await d.until("trustkit backup FILE", "yours to choose.")
        await d.press("enter")
        await d.until("Last backup: 22 November 2026")


async def test_no_other_page_mentions_a_backup(sealed: Companion) -> None:
    async with driving(sealed, size=(80, 60)) as d:
        for key in ("t", "g", "p", "j", "a"):
            await d.press(key)
            assert "backup" not in d.text.lower()


async def test_where_nothing_is_kept_there_is_nothing_to_say_of_it(ghost: Companion) -> None:
    async with driving(ghost, size=(80, 60)) as d:
        await opened_settings(d)
        await d.until("Colours")
        assert BACKUP not in d.text
        assert "seems to copy" not in d.text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("mode", "means"), [("sealed", "it sees how many"), ("open", "not sealed")])
async def test_a_service_that_seems_to_copy_the_notes_is_named_with_what_that_means(
    paths: Paths, clock: Callable[[], datetime], tmp_path: Path, size: tuple[int, int], mode: str, means: str
) -> None:
    there = replace(paths, data=tmp_path / "Dropbox" / "trustkit")
    if mode == "sealed":
        made: vault.Vault = vault.create_sealed(there, "plum otter lantern", clock=clock, log_n=4)
    else:
        made = vault.create_open(there, clock=clock)
    companion = Companion(there, None, made, Settings(), clock)
    async with driving(companion, size=size) as d:
        await opened_settings(d)
        await d.until("Dropbox seems to copy your notes")
        await d.choose("Dropbox seems")
        await d.until("Dropbox and your notes", means)
    made.close()


async def test_a_folder_that_nobody_copies_is_not_mentioned(sealed: Companion) -> None:
    async with driving(sealed, size=(80, 60)) as d:
        await opened_settings(d)
        await d.until(BACKUP)
        assert "seems to copy" not in d.text


async def give(d: Driver, *passphrases: str) -> None:
    """Type passphrases, each ended with Enter."""
    for passphrase in passphrases:
        await d.press(*("space" if key == " " else key for key in passphrase), "enter")


async def test_a_passphrase_changed_from_the_settings_opens_the_notes_and_the_old_one_no_more(
    sealed: Companion,
) -> None:
    async with driving(sealed) as d:
        await d.press("comma")
        await d.choose("Change the passphrase")
        await give(d, "plum otter lantern", "four other words", "four other word")
        await d.until("Those two don't match yet.")
        await give(d, "four other words")
        await d.until("It is changed", "still open everything with the old passphrase")
        await d.press("enter")
        await d.until("Lock after quiet minutes")
    again = vault.open_vault(sealed.paths, clock=sealed.clock)
    with pytest.raises(WrongKey):
        again.unlock("plum otter lantern")
    again.unlock("four other words")


async def test_a_wrong_passphrase_changes_nothing_and_says_so(sealed: Companion) -> None:
    async with driving(sealed, size=(40, 15)) as d:
        await d.press("comma")
        await d.choose("Change the passphrase")
        await give(d, "", "not it", "four words", "four words")
        await d.until("passphrase doesn't open")
        await d.press("escape")
        await d.until("Lock after quiet minutes", "Change the passphrase")
    vault.open_vault(sealed.paths, clock=sealed.clock).unlock("plum otter lantern")


async def test_an_open_journal_has_no_passphrase_to_change(opened: Companion) -> None:
    async with driving(opened, size=(80, 60)) as d:
        await d.press("comma")
        assert "passphrase" not in d.text


@pytest.mark.parametrize("size", SIZES)
async def test_an_editor_of_one_s_own_is_off_until_its_warning_was_read(
    sealed: Companion, size: tuple[int, int]
) -> None:
    async with driving(sealed, size=size) as d:
        await d.app.run_action("settings")
        await d.rest()
        await d.choose("Writing in your own editor: off")
        await d.until("Writing in your own editor", "memory", "Leave it off")
        await d.choose("Leave it off")
        assert not sealed.settings.outside_editor
        await d.choose("Writing in your own editor: off")
        await d.choose("Switch it on")
        await d.done(lambda: sealed.settings.outside_editor)
        await d.choose("Writing in your own editor: f4 on a page")
        await d.done(lambda: not sealed.settings.outside_editor)
