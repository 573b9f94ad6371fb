"""The plain question is asked plainly, every answer leads somewhere, and nothing of it is anywhere afterwards."""

from typing import Any

import pytest
from app_driver import Driver, driving

from trustkit.companion import Companion
from trustkit.model.practice_words import ALL_RIGHT, ANY_ANSWER, QUESTION
from trustkit.tui.screens.plain_question import PlainQuestion

NUMBER = "988"


async def asked(driver: Driver, **more: Any) -> list[object]:
    """Ask, and collect what it answers to whoever asked."""
    answered: list[object] = []
    driver.app.push_screen(PlainQuestion(driver.app.companion, **more), answered.append)
    await driver.until(QUESTION, ANY_ANSWER)
    return answered


@pytest.fixture
def there(opened: Companion) -> Companion:
    """A reader whose region has numbers."""
    opened.change_settings(region="us")
    return opened


@pytest.mark.parametrize("answer", ["Yes", "I'm not sure"])
@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_yes_and_not_sure_bring_numbers_at_once(there: Companion, answer: str, size: tuple[int, int]) -> None:
    async with driving(there, size) as d:
        answered = await asked(d)
        await d.choose(answer)
        await d.until("Thank you for saying so. Please don't stay alone with this.", NUMBER, "911")
        await d.choose("Go back")
        assert answered == ["numbers"]


async def test_no_is_believed_and_something_quieter_is_offered(there: Companion) -> None:
    async with driving(there) as d:
        answered = await asked(d)
        await d.choose("No")
        await d.until(ALL_RIGHT)
        await d.choose("Look round with me")
        await d.until("Where am I, what day is it", "1 of 5")
        await d.press("escape")
        await d.rest()
        assert answered == ["quieter"]
        assert d.screen_name == "TodayScreen"


async def test_not_saying_brings_the_numbers_in_one_line(there: Companion) -> None:
    async with driving(there) as d:
        await asked(d)
        await d.choose("I'd rather not say")
        await d.until("Emergency services: call 911 · ", NUMBER, "Look round with me")


async def test_a_region_without_numbers_says_so_and_names_the_emergency_number(opened: Companion) -> None:
    async with driving(opened) as d:
        await asked(d)
        await d.choose("Yes")
        await d.until("112", "We don't have a number we trust for this, where you are.")


async def test_support_opens_on_top_and_leads_back(there: Companion) -> None:
    async with driving(there) as d:
        answered = await asked(d)
        await d.choose("Yes")
        await d.choose("All numbers, and what to say")
        assert d.screen_name == "SupportScreen"
        await d.press("escape")
        await d.until("Thank you for saying so.")
        await d.choose("Go back")
        assert answered == ["numbers"]


@pytest.mark.parametrize("answer", ["Yes", "I'm not sure", "No", "I'd rather not say"])
async def test_no_answer_is_kept_anywhere(there: Companion, answer: str) -> None:
    async with driving(there) as d:
        before = {file: file.read_bytes() for file in there.paths.data.parent.rglob("*") if file.is_file()}
        await asked(d)
        await d.choose(answer)
        await d.choose("Go back")
        after = {file: file.read_bytes() for file in there.paths.data.parent.rglob("*") if file.is_file()}
        assert after == before
        assert there.sitting.distress is None
        assert there.sitting.answered == {}
        assert not there.sitting.flags


async def test_esc_leaves_it_unasked(there: Companion) -> None:
    async with driving(there) as d:
        answered = await asked(d)
        await d.press("escape")
        assert answered == [None]


async def test_it_comes_with_ten_on_today(there: Companion) -> None:
    async with driving(there) as d:
        await d.press("x")
        await d.until(QUESTION)


async def test_who_came_for_numbers_gets_them_after_no_as_well(there: Companion) -> None:
    async with driving(there) as d:
        await asked(d, say="I'm glad you said so.", numbers=True)
        assert "I'm glad you said so." in d.text
        await d.choose("No")
        await d.until(ALL_RIGHT, NUMBER)
