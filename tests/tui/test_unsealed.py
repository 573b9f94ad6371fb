"""No place opens over a locked vault, and no word that can't be sealed goes without being told of."""

from collections.abc import Callable

import pytest
from app_driver import driving
from editor_pages import FULL, PASSPHRASE, WORDS, drafted, paper, said, write

from trustkit.companion import Companion
from trustkit.tui.commands import PLACES
from trustkit.tui.screens.own import form_for

COULD_NOT = "couldn't be sealed"


@pytest.fixture
def full(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets there be no room for a draft from now on."""

    def fill() -> None:
        def no_room(*_: object) -> None:
            raise FULL

        monkeypatch.setattr(sealed.vault, "save_draft", no_room)

    return fill


@pytest.mark.parametrize("place", [mode for mode, *_ in PLACES])
async def test_whoever_asks_for_a_place_while_the_vault_is_locked_is_shown_the_door(
    sealed: Companion, place: str
) -> None:
    sealed.vault.lock()
    async with driving(sealed) as d:
        for way in (d.app.come_in, d.app.action_go, d.app.switch_mode):
            await way(place)
            assert d.app.current_mode == "door"
            assert not d.app.indoors
        d.app.go_to(next(iter(sealed.library.guide_heads)))
        await d.done(lambda: d.screen_name in ("GuideScreen", "ReaderScreen"))
        assert not d.app.indoors
        await d.press("escape")
        await d.done(lambda: d.screen_name == "UnlockScreen")
        sealed.vault.unlock(PASSPHRASE)
        await d.app.come_in(place)
        assert d.app.current_mode == place


async def test_what_finishes_unlocking_late_locks_nothing_under_an_open_place(sealed: Companion) -> None:
    async with driving(sealed) as d:
        d.app.lock_late()
        assert not sealed.locked
        await d.press("ctrl+l")
        sealed.vault.unlock(PASSPHRASE)
        d.app.lock_late()
        assert sealed.locked


async def test_a_vault_that_something_else_locked_keeps_the_words_on_the_screen(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await write(d)
        sealed.vault.lock()
        await d.press("ctrl+l")
        assert COULD_NOT in said(d)[-1]
        assert paper(d).text == WORDS
        await d.press("ctrl+q")
        assert COULD_NOT in said(d)[-1]
        assert d.app.return_code is None
        sealed.vault.unlock(PASSPHRASE)
        await d.press("ctrl+l")
        await d.until("Locked. What you were writing is sealed too.")
        sealed.vault.unlock(PASSPHRASE)
        assert drafted(sealed) == [WORDS]


async def test_leaving_says_once_what_cannot_be_sealed_and_goes_at_the_second_press(
    sealed: Companion, full: Callable[[], None]
) -> None:
    async with driving(sealed) as d:
        full()
        await write(d)
        await d.press("ctrl+q")
        assert said(d)[-1] == "What you are writing couldn't be sealed. ^q once more leaves without it."
        assert d.app.return_code is None
        assert paper(d).text == WORDS
        await d.press("ctrl+q")
    assert d.app.return_code == 0


async def test_a_page_that_cannot_be_sealed_is_not_left_for_its_place(
    sealed: Companion, full: Callable[[], None]
) -> None:
    async with driving(sealed) as d:
        await d.press("j")
        full()
        await write(d)
        for place in ("journal", "today"):
            await d.app.run_action(f"go('{place}')")
            await d.app.run_action("go('journal')")
            assert d.screen_name == "EditorScreen"
            assert paper(d).text == WORDS
        await d.done(lambda: said(d) and COULD_NOT in said(d)[-1])


async def test_going_to_the_place_one_is_in_seals_the_page_first(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await d.press("j")
        await write(d)
        await d.app.run_action("go('journal')")
        await d.done(lambda: d.screen_name == "JournalScreen")
        assert drafted(sealed) == [WORDS]


async def test_what_hiding_could_not_seal_is_told_to_whoever_unlocks_and_not_before(
    sealed: Companion, full: Callable[[], None]
) -> None:
    async with driving(sealed) as d:
        full()
        await write(d)
        await d.press("ctrl+g")
        assert sealed.locked
        await d.press("enter")
        await d.done(lambda: d.screen_name == "UnlockScreen")
        assert COULD_NOT not in d.text
        assert said(d) == []
        sealed.vault.unlock(PASSPHRASE)
        await d.app.come_in()
        gone = "What you were writing when you cleared the screen couldn't be sealed, and is gone."
        await d.done(lambda: said(d) == [gone])
        await d.press("ctrl+l")
        sealed.vault.unlock(PASSPHRASE)
        await d.app.come_in()
        await d.rest()
        assert COULD_NOT not in " ".join(said(d))


async def test_an_exercise_that_cannot_be_sealed_is_never_called_sealed(
    sealed: Companion, full: Callable[[], None]
) -> None:
    async with driving(sealed) as d:
        d.app.push_screen(form_for(sealed, sealed.begin_own("card")))
        await d.rest()
        form = d.app.screen
        form.query_one("#own-title").value = "Kind words"
        await d.rest()
        full()
        await d.press("escape")
        await d.until(FULL.happened, "Stay on this page")
        assert "sealed as a draft" not in d.text
        await d.choose("Stay on this page")
        assert d.app.screen is form
