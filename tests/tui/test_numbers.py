"""Numbers of one's own on the Support page: first behind the emergency number, and gone with the lock."""

from dataclasses import replace

import pytest
from app_driver import driving, flat
from textual.widgets import Input

from trustkit.companion import Companion
from trustkit.model.support import contacts
from trustkit.tui.screens.numbers import NumberForm, NumbersScreen
from trustkit.tui.screens.plain_question import PlainQuestion
from trustkit.tui.screens.support import SupportScreen

SIZES = [(80, 24), (40, 15)]


async def written(d, name: str, number: str) -> None:
    assert isinstance(d.app.screen, NumberForm)
    for line, words in zip(d.app.screen.query(Input), (name, number), strict=True):
        line.value = words
    await d.choose("Keep it")


@pytest.mark.parametrize("keeps", ["sealed", "opened", "ghost"])
@pytest.mark.parametrize("size", SIZES)
async def test_a_number_is_added_and_stands_first_behind_the_emergency_number(
    keeps: str, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    companion: Companion = request.getfixturevalue(keeps)
    companion.settings = replace(companion.settings, region="gb")
    async with driving(companion, size=size) as d:
        await d.press("ctrl+o")
        await d.choose("Your own numbers, and what worked")
        assert isinstance(d.app.screen, NumbersScreen)
        await d.until("Add someone you can turn to")
        await d.choose("Add someone")
        await written(d, "my sister", "0151 234")
        await d.until("Your own", "my sister", "0151 234")
        await d.press("escape")
        assert isinstance(d.app.screen, SupportScreen)
        await d.until("Whom you wrote down", "my sister", "0151 234")
        said = flat(d.text)
        assert said.index("999") < said.index("my sister")
        assert "0808" not in said[: said.index("my sister")]


async def test_it_is_changed_and_taken_out(opened: Companion) -> None:
    opened.keep_number("my sister", "0151 234")
    async with driving(opened) as d:
        await d.app.push_screen(NumbersScreen(opened))
        await d.until("my sister")
        await d.choose("my sister")
        await d.choose("Change it")
        assert [line.value for line in d.app.screen.query(Input)] == ["my sister", "0151 234"]
        await written(d, "M", "0151 234")
        await d.until("Your own M")
        assert "my sister" not in d.text
        await d.choose("M")
        await d.choose("Take it out")
        await d.done(lambda: not opened.own_numbers())
        await d.done(lambda: "0151" not in d.text)


async def test_a_line_left_empty_is_said_gently_and_nothing_is_kept(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.app.push_screen(NumbersScreen(ghost))
        await d.until("Add someone")
        await d.choose("Add someone")
        await written(d, "  ", "")
        await d.until("A name or a number is enough.")
        await d.choose("Not now")
        assert isinstance(d.app.screen, NumbersScreen)
    assert ghost.own_numbers() == ()


async def test_how_a_call_went_stands_beside_the_number_until_it_is_taken_back(opened: Companion) -> None:
    opened.settings = replace(opened.settings, region="gb")
    line = next(one for one in opened.helplines() if one.topic == "crisis")
    async with driving(opened, size=(80, 60)) as d:
        await d.app.push_screen(SupportScreen(opened))
        await d.choose("Your own numbers")
        await d.until(line.name)
        await d.choose(line.name)
        await d.until(contacts(line))
        await d.choose("It did not work")
        await d.until("You noted: it did not work.")
        await d.press("escape")
        await d.until(f"{contacts(line)} You noted: it did not work.")
        await d.choose("Your own numbers")
        await d.until(line.name)
        await d.choose(line.name)
        await d.choose("Take my note back")
        await d.done(lambda: "You noted" not in d.text)
        await d.press("escape")
        await d.done(lambda: isinstance(d.app.screen, SupportScreen) and "You noted" not in d.text)


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+g"])
async def test_locking_and_hiding_take_them_from_every_page(sealed: Companion, key: str) -> None:
    sealed.keep_number("my sister", "0151 234")
    async with driving(sealed) as d:
        await d.press("ctrl+o")
        await d.until("my sister")
        support = d.app.screen
        await d.choose("Your own numbers")
        await d.until("my sister")
        numbers = d.app.screen
        await d.choose("my sister")
        await d.choose("Change it")
        form = d.app.screen
        assert isinstance(form, NumberForm)
        await d.press(key)
        for page in (support, numbers, form):
            held = repr([vars(page), [str(vars(child)) for child in page.walk_children()]])
            assert "sister" not in held
            assert "0151" not in held
        assert sealed.locked
        assert "my sister" not in d.text


async def test_at_the_door_support_shows_no_number_of_ones_own_and_no_way_to_them(sealed: Companion) -> None:
    sealed.keep_number("my sister", "0151 234")
    async with driving(sealed, size=(80, 60)) as d:
        await d.press("ctrl+l", "ctrl+o")
        await d.until("emergency number first", "Back")
        assert "my sister" not in d.text
        assert "Your own numbers" not in d.text


async def test_the_plain_question_names_them_beneath_the_numbers(opened: Companion) -> None:
    opened.keep_number("my sister", "0151 234")
    async with driving(opened, size=(80, 40)) as d:
        await d.app.push_screen(PlainQuestion(opened))
        await d.until("Are you thinking about ending your life?")
        await d.done(lambda: d.app.screen._own)  # read meanwhile; no answer waits for it
        await d.choose("Yes")
        await d.until("tell someone near you", "Whom you wrote down my sister: 0151 234")


async def test_support_stands_whatever_is_wrong_with_the_journal(opened: Companion, monkeypatch) -> None:
    from trustkit.errors import ReadError

    def broken() -> object:
        raise ReadError("It can't be read.", "Look again.")

    monkeypatch.setattr(opened.vault, "choices", broken)
    async with driving(opened) as d:
        await d.app.push_screen(SupportScreen(opened))
        await d.until("call your local emergency number first", "112")
        assert "can't be read" not in d.text
