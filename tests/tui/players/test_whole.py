"""Every shipped exercise is whole in the smallest window, from its first page to its last, in every way to show it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from golden import hues
from textual.widget import Widget
from textual.widgets import OptionList

from trustkit.companion import Companion
from trustkit.model.exercise import TYPES, WITHOUT_WORDS
from trustkit.text_width import cells
from trustkit.tui.players.answering import OneAnswer
from trustkit.tui.players.breathing import BreathStage
from trustkit.tui.players.checklist import Ticks
from trustkit.tui.players.fields import Form
from trustkit.tui.players.listing import Asked, Rows
from trustkit.tui.players.player import Player
from trustkit.tui.players.stages import Below, Rate, Say, Stage
from trustkit.tui.players.waits import Waits
from trustkit.tui.widgets.breath_words import BreathWords
from trustkit.tui.widgets.distress_scale import DistressScale
from trustkit.tui.widgets.said import Said

pytestmark = pytest.mark.long

Playing = Callable[..., Any]
SMALL = (40, 15)
MOST = 60
"""Pages of one exercise; more than any has."""


def scrolls(widget: Widget) -> bool:
    """Whether something around it can bring it into sight."""
    return any(isinstance(around, Widget) and around.max_scroll_y > 0 for around in widget.ancestors)


def cut_off(screen: Player) -> list[str]:
    """What cannot be read on this page, neither now nor by scrolling."""
    found: list[str] = []
    for words in screen.query(Said):
        if not words.display or not str(words.render()).strip():
            continue
        height = words.get_content_height(words.container_size, screen.size, words.content_size.width)
        if words.content_size.height < height:
            found.append(f"{words!r}: {height} lines in {words.content_size.height}")
        elif not scrolls(words) and screen.find_widget(words).visible_region != words.region:
            found.append(f"{words!r} is out of sight")
    for thing in screen.query(Below):
        room = thing.parent.region if isinstance(thing.parent, Widget) else screen.region
        if thing.display and not room.contains_region(thing.region):
            found.append(f"the thing to do: {thing.region} of {room}")
    for scale in screen.query(DistressScale):
        lines = scale.render().plain.split("\n")
        found += [line for line in lines if cells(line) > scale.size.width]
    for breath in screen.query(BreathWords):
        main, below = breath.lines(breath.size.width)
        found += [line for line in (main, below) if "…" in line and "…" not in breath.words.main]
    return found


def looked_at(play: Any, what: str) -> None:
    """This page is whole, says how to leave, and has something that takes the keys in sight."""
    text = play.text
    assert not cut_off(play.app.screen), f"{what}: {cut_off(play.app.screen)}\n{text}"
    assert "esc" in text.strip("\n").splitlines()[-1], f"{what}\n{text}"
    focused = play.app.focused
    assert focused is not None, f"{what}: something takes the keys"
    assert play.app.screen.can_view_partial(focused), f"{what}: and it is in sight\n{text}"
    if isinstance(focused, OptionList) and focused.highlighted is not None:
        assert focused.region.height > 0, what


def go_on(stage: Stage[Any], seen: set[str]) -> bool:
    """Leave this page as somebody would who has nothing to say. False: it was the last."""
    match stage:
        case Rate():
            stage.finish(None)
        case BreathStage():
            stage.action_end()
        case Waits():
            stage.action_next()
        case OneAnswer():
            stage.leave("next", None)
        case Ticks():
            stage.action_done()
        case Rows():
            stage.finish(Asked("done" if "form" in seen else "add"))
        case Form():
            seen.add("form")
            stage.finish("done")
        case Say():
            ids = [option.id for choices in stage.query(OptionList) for option in choices.options]
            if "done" in ids or "unasked" in ids:
                return False
            stage.finish(str(ids[0]))
    return True


def moved_on(screen: Any, before: Any, part: object) -> bool:
    """Whether the next page is there, or the next part of a page that has several."""
    if isinstance(before, Waits) and before.at != part:
        return True
    return screen.stage is not before and screen.stage.is_mounted and bool(screen.stage.size.height)


async def walk(play: Any, exercise: Any) -> int:
    """Look at every page of one exercise. Returns how many there were."""
    seen: set[str] = set()
    pages = 0
    while True:
        screen = play.app.screen
        stage = screen.stage
        pages += 1
        looked_at(play, f"{exercise.id}, page {pages}")
        assert pages < MOST, exercise.id
        part = getattr(stage, "at", None)
        if not go_on(stage, seen):
            return pages
        await play.done(partial(moved_on, screen, stage, part), f"{exercise.id}: page {pages} stays")
        await play.rest()


@pytest.mark.parametrize("kind", TYPES)
async def test_every_page_of_every_exercise_is_whole_at_40_by_15(
    opened: Companion, playing: Playing, kind: str
) -> None:
    async with playing(opened, "ground-room", size=SMALL) as play:
        await play.press("escape")
        beneath = play.app.screen
        for exercise in (e for e in opened.library.exercises.values() if e.type == kind):
            await play.open(exercise)
            while opened.gates_before_tool(exercise):
                await play.press("enter")
            await play.rest()
            assert await walk(play, exercise) >= 3, exercise.id
            while play.app.screen is not beneath:
                await play.app.pop_screen()


WAYS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "still": ({"motion": "still"}, {}),
    "no animations": ({}, {"TEXTUAL_ANIMATIONS": "none"}),
    "no colour": ({}, {"NO_COLOR": "1"}),
    "a bar": ({"figure": "bar"}, {}),
    "words": ({"figure": "words"}, {}),
}


@pytest.mark.parametrize("way", WAYS)
async def test_what_moves_is_whole_in_every_way_to_show_it(
    opened: Companion, playing: Playing, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    choices, environment = WAYS[way]
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    opened.settings = replace(opened.settings, **choices)
    async with playing(opened, "ground-room", size=SMALL) as play:
        if way == "no animations":
            play.app.animation_level = "none"  # what textual makes of the variable when it is first imported
        await play.press("escape")
        beneath = play.app.screen
        for exercise in (e for e in opened.library.exercises.values() if e.type in WITHOUT_WORDS):
            await play.open(exercise, at_once=True)
            await play.done(lambda: (stage := play.app.screen.stage) is not None and stage.size.height)
            await play.rest()
            stage = play.app.screen.stage
            looked_at(play, f"{exercise.id} {way}")
            if isinstance(stage, BreathStage):
                before = stage.figure.fullness
                play.forward(2.0)
                stage.figure.pause()
                stage.figure.resume()
                await play.rest()
                looked_at(play, f"{exercise.id} {way}")
                moved = stage.figure.fullness != before
                assert moved == (way in ("no colour", "a bar")), f"{exercise.id}: moves, and only where it may"
            if way == "no colour":
                assert not hues(play.app), exercise.id
            while play.app.screen is not beneath:
                await play.app.pop_screen()
            await play.settled()
