"""On the unsafe path every route of the app is walked, and no tool made for two safe people is offered on any of them.

Offered means: it can be opened as a tool. Its words can always be read, and nothing is ever called locked. The walk
itself, which reads what can be chosen off the pages, is in `app_walk`.

Every combination of the three flags is proved, though walking takes too long to be done for each:

1. With fear and control, every way through the app is walked to its end. That walk also notes on which kinds of page a
   tool was ever named: they are exactly `NAMING`.
2. Each page of those kinds, as many as the library makes (every step, need, list, exercise), is then opened with each
   combination, and the same must hold on it.
3. All that screens ask about flags is asked of the model; `test_screens_decide_nothing_by_a_flag_of_their_own` reads it
   in the source. So a page that names no tool with one combination names none with another.
"""

import ast
import gc
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from app_driver import driving, flat
from app_walk import Walk
from textual.screen import Screen
from textual.widgets import OptionList
from unsafe_path import BOTH, for_two, half_written, looking

import trustkit.tui
from trustkit.companion import Companion
from trustkit.model.entry import Practice
from trustkit.model.practice_words import FOR_TWO
from trustkit.tui.players.player import Player
from trustkit.tui.players.playing import player_for
from trustkit.tui.players.reading import WordsOnly
from trustkit.tui.screens.practice import NeedScreen
from trustkit.tui.screens.reader import ReaderScreen
from trustkit.tui.screens.signs import SignsScreen
from trustkit.tui.screens.support import SupportScreen

FLAGS = [frozenset(some) for size in (1, 2, 3) for some in combinations(("fear", "control", "using-harm"), size)]
NAMES = [" and ".join(sorted(flags)) for flags in FLAGS]
NAMING = {"TodayScreen", "PracticeScreen", "NeedScreen", "ReaderScreen", "SupportScreen"}
"""The kinds of page on which a tool is named among what can be chosen; players name what comes after them."""


@pytest.fixture
def no_collecting() -> Iterator[None]:
    """A walk makes and drops thousands of widgets; looking for cycles in between is a quarter of its time."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.mark.long
async def test_no_route_leads_to_a_tool_for_two_and_support_is_one_key_away_on_each(
    opened: Companion, no_collecting: None, clock: Any
) -> None:
    """Every page that any offer, key or line of the palette leads to, with drafts and habits from before."""
    opened.change_settings(motion="still")
    for draft in half_written(opened)[:3]:
        opened.vault.save_draft(draft)
    for _ in range(3):
        opened.vault.add(Practice("listen-in-turns", 1, clock(), clock(), before=8, after=3))
    opened.sitting.flags |= BOTH
    not_offered = for_two(opened)
    naming: set[str] = set()
    look = looking(opened, BOTH)

    def look_and_note(screen: Screen[Any]) -> None:
        look(screen)
        if named(screen, opened):
            naming.add("a player" if isinstance(screen, Player) else type(screen).__name__)

    async with driving(opened) as d:
        walk = Walk(d, look_and_note, not_offered.__contains__)
        await walk.everywhere()

    assert not walk.lost
    assert naming - {"a player"} == NAMING, "each of these is opened with every combination below"
    guides = opened.library.guides.values()
    assert walk.steps == {(guide.id, step.id) for guide in guides for step in guide.steps}, "every page was reached"
    met = {name for page in walk.met for name in page}
    played = {name for name in opened.library.exercises if name not in not_offered}
    assert played <= met, "every other tool was opened, so the walk does open tools"
    assert {
        "TodayScreen",
        "PracticeScreen",
        "NeedScreen",
        "JournalScreen",
        "PatternsScreen",
        "SupportScreen",
    } <= walk.pages
    assert {"ReaderScreen", "SignsScreen", "WordsOnly", "Ask", "SettingsScreen", "HelpScreen"} <= walk.pages
    assert opened.sitting.flags == BOTH


def named(screen: Screen[Any], companion: Companion) -> dict[str, bool]:
    """Titles of the tools that can be chosen on a page, with whether the line for two stands beneath each."""
    library = companion.library
    titles = {tool.title for tool in (*library.exercises.values(), *library.signs.values())}
    found: dict[str, bool] = {}
    for rows in screen.query(OptionList):
        for option in rows.options:
            first, *rest = str(option.prompt).strip().split("\n")
            if first in titles and not option.disabled:
                found[first] = FOR_TWO in flat(" ".join(rest))
    return found


@pytest.mark.parametrize("flags", FLAGS, ids=NAMES)
async def test_every_page_that_names_a_tool_holds_whatever_opened_the_path(
    ghost: Companion, flags: frozenset[str], no_collecting: None
) -> None:
    """Every step, need, list and place, opened one by one; all that is withheld is met, and nothing else is."""
    ghost.choose("holds", "shown")
    ghost.sitting.flags |= flags
    look, met = looking(ghost, flags), dict[str, set[bool]]()

    def look_and_note(screen: Screen[Any]) -> None:
        assert type(screen).__name__ in NAMING or not named(screen, ghost)
        look(screen)
        for title, for_two_only in named(screen, ghost).items():
            met.setdefault(title, set()).add(for_two_only)

    library = ghost.library
    async with driving(ghost) as d:
        await d.until("To settle, eyes open.")
        look_and_note(d.app.screen)
        await d.press("p")
        for _ in range(4):
            look_and_note(d.app.screen)
            await d.press("v")
        for need in library.needs:
            if not need.go:
                await d.app.push_screen(NeedScreen(ghost, need))
                await d.rest()
                look_and_note(d.app.screen)
                if "More" in d.text:
                    await d.choose("More")
                    look_and_note(d.app.screen)
                await d.app.pop_screen()
        lists = [SignsScreen(ghost, signs) for signs in library.signs.values()]
        for page in (SupportScreen(ghost), *lists):
            await d.app.push_screen(page)
            await d.rest()
            look_and_note(d.app.screen)
            await d.app.pop_screen()
        first = next(iter(library.guides.values()))
        reader = ReaderScreen(ghost, first, first.steps[0])
        await d.app.push_screen(reader)
        await d.rest()
        for guide in library.guides.values():
            for step in guide.steps:
                reader.show(guide, step)
                look_and_note(reader)
                if step.launch_hurt or step.launch_broke:
                    reader.action_other_pane()
                    look_and_note(reader)

    withheld = set(for_two(ghost, flags).values())
    assert {title for title, ways in met.items() if True in ways} == withheld
    assert all(len(ways) == 1 for ways in met.values()), "one tool, offered here and withheld there"
    assert {tool.title for tool in library.exercises.values()} <= set(met), "every exercise was met"


def test_screens_decide_nothing_by_a_flag_of_their_own() -> None:
    """What a flag means is the model's to say: screens hand flags on, set what content names, and compare none."""
    asked = re.compile(
        r"frozenset\([a-z._]*sitting\.flags\)|unsafe_if & ([a-z._]*sitting\.)?flags"
        r"|UNSAFE_FLAGS & [a-z._]*sitting\.flags|sitting\.flags \|= |sitting\.unsafe\b"
    )
    tui = Path(trustkit.tui.__file__).parent
    for file in tui.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Attribute) and node.attr in ("flags", "unsafe", "unsafe_if"):
                line = source.splitlines()[node.lineno - 1]
                assert asked.search(line), f"{file.name}:{node.lineno}: {line.strip()}"
            if isinstance(node, ast.Constant) and node.value in ("fear", "control", "using-harm"):
                assert "sitting.flags |= " in source.splitlines()[node.lineno - 1], f"{file.name}:{node.lineno}"


@pytest.mark.parametrize("flags", FLAGS, ids=NAMES)
def test_whatever_opened_the_path_no_tool_that_names_it_opens(ghost: Companion, flags: frozenset[str]) -> None:
    ghost.sitting.flags |= flags
    for exercise in ghost.library.exercises.values():
        opens = not isinstance(player_for(exercise, ghost), WordsOnly)
        assert opens == (not exercise.unsafe_if & flags), exercise.id
        assert all(not after.unsafe_if & flags for after in ghost.next_after(exercise)), exercise.id
    for need in ghost.library.needs:
        offered = ghost.offer_for(need)
        assert bool(offered) == bool(need.offer)
        assert all(not exercise.unsafe_if & flags for exercise in offered), need.id


@pytest.mark.parametrize("flags", FLAGS, ids=NAMES)
@pytest.mark.parametrize("distress", [None, 2, 5, 9, "numb"])
def test_today_suggests_only_what_settles(opened: Companion, clock: Any, flags: frozenset[str], distress: Any) -> None:
    for exercise in for_two(opened, flags):
        for _ in range(3):
            opened.vault.add(Practice(exercise, 1, clock(), clock(), before=8, after=3))
    guide = opened.library.guide("talking")
    opened.mark(guide, guide.steps[0], "done")
    opened.sitting.flags |= flags
    opened.rate(distress)
    suggested = opened.suggestion()
    assert suggested is not None
    assert suggested.exercise is not None
    assert suggested.exercise.type in ("grounding", "breathing")
    assert not suggested.exercise.unsafe_if
