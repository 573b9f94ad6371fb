"""How it is, by one key: every answer has its word, numb is no number, and nobody has to answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from trustkit.model.afterwards import SCALE
from trustkit.model.entry import Distress
from trustkit.tui.themes import NIGHT
from trustkit.tui.widgets.distress_scale import DistressScale


class Host(App[None]):
    """Only the scale."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(NIGHT)
        self.theme = "night"
        self.rated: list[Distress | None] = []

    def compose(self) -> ComposeResult:
        yield DistressScale()

    def on_distress_scale_rated(self, event: DistressScale.Rated) -> None:
        self.rated.append(event.value)

    @property
    def text(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips())


@asynccontextmanager
async def hosting(width: int = 80) -> AsyncIterator[tuple[Host, Pilot[None]]]:
    app = Host()
    async with app.run_test(size=(width, 5)) as pilot:
        app.query_one(DistressScale).focus()
        await pilot.pause()
        yield app, pilot


@pytest.mark.parametrize(
    ("key", "value"), [*((str(n), n) for n in range(10)), ("x", 10), ("n", "numb"), ("s", None), ("enter", None)]
)
async def test_every_answer_is_one_key(key: str, value: Distress | None) -> None:
    async with hosting() as (app, pilot):
        await pilot.press(key)
        assert app.rated == [value]


@pytest.mark.parametrize("value", range(11))
async def test_the_word_for_a_number_stands_beside_it(value: int) -> None:
    async with hosting(38) as (app, pilot):
        app.query_one(DistressScale).at = value
        await pilot.pause()
        assert f"{value}  {SCALE[value]}" in app.text


async def test_the_arrows_look_without_answering_and_enter_then_takes() -> None:
    async with hosting() as (app, pilot):
        await pilot.press("right", "right", "right", "left")
        assert app.rated == []
        assert "nearly calm" in app.text
        await pilot.press("enter")
        assert app.rated == [1]


async def test_skip_is_the_last_stop_and_answers_nothing() -> None:
    async with hosting() as (app, pilot):
        await pilot.press("end")
        assert "no answer" in app.text
        await pilot.press("enter")
        assert app.rated == [None]
        assert "numb" in app.text.split("skip")[0]


@pytest.mark.parametrize("width", [38, 80, 200])
async def test_the_whole_scale_and_its_keys_fit(width: int) -> None:
    async with hosting(width) as (app, pilot):
        await pilot.press("right")
        first, _, keys = app.text.splitlines()[:3]
        assert [mark.strip("[]") for mark in first.replace("[", " ").replace("]", " ").split()] == [
            *(str(n) for n in range(11)),
            "numb",
            "skip",
        ]
        assert "[0]" in first, "where the cursor stands shows without colour"
        assert "x is 10" in keys
        assert "enter takes" in keys


async def test_nothing_shifts_when_the_cursor_moves() -> None:
    async with hosting(38) as (app, pilot):
        places = set()
        for _ in range(12):
            await pilot.press("right")
            places.add(app.text.splitlines()[0].replace("[", " ").replace("]", " ").rstrip())
        assert len(places) == 1


async def test_a_click_on_a_number_answers() -> None:
    async with hosting() as (app, pilot):
        at = app.text.splitlines()[0].index("7")
        await pilot.click(DistressScale, offset=(at, 0))
        assert app.rated == [7]
