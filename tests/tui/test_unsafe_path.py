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
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from app_driver import Driver, driving, flat
from app_walk import Walk, place_of
from textual.screen import Screen
from textual.widgets import OptionList

import trustkit.tui
from trustkit.companion import Companion
from trustkit.model.entry import Answers, Draft, Practice, Record
from trustkit.model.exercise import TYPES, Exercise
from trustkit.model.practice_words import FOR_TWO
from trustkit.model.sitting import UNSAFE_FLAGS
from trustkit.tui.palette import Everything
from trustkit.tui.players.player import Player
from trustkit.tui.players.playing import player_for
from trustkit.tui.players.reading import WordsOnly
from trustkit.tui.screens.blank import BlankScreen
from trustkit.tui.screens.practice import NeedScreen, PracticeScreen
from trustkit.tui.screens.reader import ReaderScreen
from trustkit.tui.screens.saved import SavedScreen
from trustkit.tui.screens.signs import SignsScreen
from trustkit.tui.screens.support import SupportScreen
from trustkit.tui.widgets.tick_list import TickList

BOTH = frozenset({"fear", "control"})
FLAGS = [frozenset(some) for size in (1, 2, 3) for some in combinations(("fear", "control", "using-harm"), size)]
NAMES = [" and ".join(sorted(flags)) for flags in FLAGS]
NAMING = {"TodayScreen", "PracticeScreen", "NeedScreen", "ReaderScreen", "SupportScreen"}
"""The kinds of page on which a tool is named among what can be chosen; players name what comes after them."""
SUPPORT_KEY = "ctrl+o"


@pytest.fixture
def no_collecting() -> Iterator[None]:
    """A walk makes and drops thousands of widgets; looking for cycles in between is a quarter of its time."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    gc.collect()


def for_two(companion: Companion, flags: frozenset[str] = BOTH) -> dict[str, str]:
    """Ids and titles of every exercise and sign list that is not offered while these flags are set."""
    library = companion.library
    return {
        tool.id: tool.title for tool in (*library.exercises.values(), *library.signs.values()) if tool.unsafe_if & flags
    }


def half_written(companion: Companion) -> list[Draft]:
    """A draft in every exercise for two that is written: what a reader began while all was well."""
    bodies = [
        Record(exercise.id, 1, {"said": "half a sentence"})
        if exercise.type == "tracker"
        else Answers(
            exercise.id, 1, chosen=("said",), answers={"said": "half a sentence"}, rows=({"said": "half a row"},)
        )
        for exercise in companion.library.exercises.values()
        if exercise.id in for_two(companion) and exercise.type != "timer"
    ]
    vault = companion.vault
    return [Draft(vault.new_id(), body, companion.clock(), target=vault.new_rev()) for body in bodies]


def looking(companion: Companion, flags: frozenset[str]) -> Callable[[Screen[Any]], None]:
    """What must hold on every page that is met."""
    not_offered = for_two(companion, flags)
    titles = set(not_offered.values())

    def look(screen: Screen[Any]) -> None:
        for open_page in screen.app.screen_stack:
            if isinstance(open_page, Player):
                assert open_page.exercise.id not in not_offered, "a tool for two is open"
            if isinstance(open_page, SignsScreen) and open_page._signs.id in not_offered:
                assert not open_page.query(TickList), "a list for two can be ticked"
        if isinstance(screen, WordsOnly) and screen._exercise.id in not_offered:
            assert not screen.check_action("begin", ()), "words for two offer to begin"
        for rows in screen.query(OptionList):
            for option in rows.options:
                first, *rest = str(option.prompt).strip().split("\n")
                if first in titles:
                    assert FOR_TWO in flat(" ".join(rest)), f"{first} stands as any other"
                assert not re.search(r"\blocked\b", str(option.prompt), re.IGNORECASE), "it is called locked"
        leads = [
            binding.action
            for _, bindings in reversed(screen._binding_chain)  # a dialog hides the app's other keys, not these
            for binding in bindings.key_to_bindings.get(SUPPORT_KEY, ())
            if binding.priority
        ]
        assert leads[:1] == ["support"], "support is not one key away"
        assert screen.app.check_action("support", ())

    return look


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


# -- how the path is opened --------------------------------------------------------------------------


def test_every_kind_of_word_that_should_open_it_does(ghost: Companion) -> None:
    """No and not sure at the question of safety, no at openness, danger signs, and any yes to the quiet questions."""
    library = ghost.library
    answers = {(gate.id, a.label): a.sets for gate in library.gates.values() for a in gate.answers}
    for opening in (("safety-check", "No"), ("safety-check", "I'm not sure"), ("transparency", "No")):
        assert answers[opening] & UNSAFE_FLAGS, opening
    quiet = library.exercise("safety-questions").body
    assert all(choice.sets & UNSAFE_FLAGS for choice in quiet.choices if choice.go)  # type: ignore[union-attr]
    assert next(need for need in library.needs if need.id == "afraid").sets == BOTH
    dangers = [sign for signs in library.signs.values() for sign in signs.signs if sign.severity == "danger"]
    assert any(sign.sets & UNSAFE_FLAGS for sign in dangers)


@pytest.mark.parametrize("label", ["No", "I'm not sure"])
async def test_no_and_not_sure_lead_to_the_quiet_pages_and_close_what_was_behind(ghost: Companion, label: str) -> None:
    talk = ghost.library.exercise("talk-planner")
    assert "safety-check" in talk.gates
    async with driving(ghost) as d:
        d.app.play(talk)
        await d.until("Can you disagree with this person")
        await d.choose(label)
        await d.choose("Go on")
        await pass_notes(d)
        await d.until("If any answer worries you")
        assert ghost.sitting.flags == BOTH
        assert not any(isinstance(page, Player) for page in d.app.screen_stack)
        await assert_only_words(d, talk)


async def test_every_danger_sign_that_opens_it_opens_it_with_one_tick(ghost: Companion) -> None:
    async with driving(ghost, size=(80, 60)) as d:
        for signs in ghost.library.signs.values():
            for at, sign in enumerate(signs.signs):
                if not sign.sets & UNSAFE_FLAGS:
                    continue
                ghost.sitting.flags.clear()
                await d.app.push_screen(SignsScreen(ghost, signs))
                await d.rest()
                ticks = d.app.screen.query_one(TickList)
                ticks.highlighted = at
                ticks.action_select()
                await d.rest()
                assert ghost.sitting.unsafe, sign.id
                await d.until("Show me numbers")
                await d.choose("Show me numbers")
                assert isinstance(d.app.screen, SupportScreen)
                await assert_only_words(d, ghost.library.exercise("i-statement"))


async def assert_only_words(d: Driver, exercise: Exercise) -> None:
    """This cannot be opened now, and can be read."""
    d.app.play(exercise)
    await d.rest()
    assert isinstance(d.app.screen, WordsOnly)
    assert "Made for two people" in flat(d.text)
    await d.press("escape")


async def pass_notes(d: Driver) -> None:
    while "Before you read on" in d.text:
        await d.choose("Go on")


# -- what stood open before --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(TYPES))
async def test_a_tool_that_stood_open_gives_way_to_its_words(opened: Companion, kind: str) -> None:
    """Somebody is in the middle of it, and says on another page that they are afraid."""
    shipped = next(e for e in opened.library.exercises.values() if e.type == kind)
    tool = replace(shipped, unsafe_if=BOTH, gates=())
    async with driving(opened) as d:
        d.app.play(tool)
        await d.rest()
        assert isinstance(d.app.screen, Player)
        await d.app.action_go("practice")
        await d.rest()
        await d.choose("I'm afraid of someone")
        assert opened.sitting.unsafe
        await d.app.action_go("today")
        await d.until(tool.title, "Made for two people")
        assert isinstance(d.app.screen, WordsOnly)
        await d.press("escape")
        assert not any(isinstance(page, Player) for page in d.app.screen_stack)


@pytest.mark.parametrize("keeps", ["opened", "ghost"])
async def test_what_was_written_in_it_can_still_be_read(keeps: str, request: pytest.FixtureRequest) -> None:
    companion: Companion = request.getfixturevalue(keeps)
    tool = replace(companion.library.exercise("journal-free"), unsafe_if=BOTH, gates=())
    async with driving(companion) as d:
        d.app.play(tool)
        await d.rest()
        await d.choose("Begin")
        await d.until("esc stop")
        await d.pilot.press(*"blue door")
        companion.sitting.flags |= BOTH
        await d.press(SUPPORT_KEY, "escape")
        await d.until("What you have written here so far", "blue door")
        assert isinstance(d.app.screen, WordsOnly)
        await d.press("escape")
        assert not any(isinstance(page, Player) for page in d.app.screen_stack)
    kept = [draft.body for draft in companion.vault.drafts()]
    assert len(kept) == (1 if keeps == "opened" else 0)


async def test_a_draft_of_a_tool_for_two_is_read_from_today_and_stays_as_it_was(opened: Companion) -> None:
    drafts = half_written(opened)
    for draft in drafts:
        opened.vault.save_draft(draft)
    before = {draft.id: draft.body for draft in opened.vault.drafts()}
    opened.sitting.flags |= BOTH
    async with driving(opened, size=(80, 60)) as d:
        await d.until("Read: left today at", "more you began")
        assert "Go on" not in d.text
        await d.choose(f"{len(drafts) - 2} more you began")
        await d.until("Read: left today at")
        assert "Go on" not in d.text
        await d.press("escape")
        for draft in drafts:
            await d.app.resume_draft(draft.id)
            await d.until("What you have written here so far")
            assert isinstance(d.app.screen, WordsOnly)
            await d.press("escape")
    assert {draft.id: draft.body for draft in opened.vault.drafts()} == before


async def test_one_draft_of_a_tool_for_two_is_for_reading(opened: Companion) -> None:
    opened.vault.save_draft(half_written(opened)[0])
    opened.sitting.flags |= BOTH
    async with driving(opened) as d:
        await d.until("Read what you were writing")
        assert "Go on" not in d.text


async def test_a_list_that_stood_open_keeps_its_words_and_loses_its_ticks(ghost: Companion) -> None:
    signs = next(signs for signs in ghost.library.signs.values() if signs.unsafe_if)
    async with driving(ghost, size=(80, 60)) as d:
        await d.app.push_screen(SignsScreen(ghost, signs))
        await d.rest()
        await d.press("space")
        ghost.sitting.flags |= BOTH
        await d.press(SUPPORT_KEY, "escape")
        await d.until(signs.title, "Made for two people", flat(signs.signs[0].text)[:30])
        assert not d.app.screen.query(TickList)


# -- keys ----------------------------------------------------------------------------------------------


async def test_the_breathe_key_and_the_breath_between_pages_play_nothing_for_two(opened: Companion) -> None:
    opened.choose("breath", "honest-half-hour")
    opened.sitting.flags |= BOTH
    async with driving(opened) as d:
        await d.press("ctrl+t")
        assert isinstance(d.app.screen, Player)
        assert d.app.screen.exercise.type == "breathing"
        await d.press("escape")
        await d.app.push_screen(SavedScreen("Saved."))
        await d.press("b")
        await d.until("esc stop")
        assert isinstance(d.app.screen, Player)
        assert d.app.screen.exercise.type == "breathing"


async def test_the_palette_knows_them_not_as_tools_and_every_page_it_names_is_a_page(ghost: Companion) -> None:
    ghost.sitting.flags |= BOTH
    titles = set(for_two(ghost).values())
    async with driving(ghost) as d:
        lines = list(Everything(d.app.screen)._lines())
        assert not titles & {title for title, _, do in lines if not place_of(do)}
        places = {place_of(do) for _, _, do in lines} - {""}
        assert places == {
            place for g in ghost.library.guides.values() for place in (g.id, *(f"{g.id}/{s.id}" for s in g.steps))
        }
        await d.press("ctrl+p")
        await d.pilot.press(*"plan a talk")
        await d.press(SUPPORT_KEY)
        assert isinstance(d.app.screen, SupportScreen), "from the palette, too"


async def test_support_really_opens_from_pages_dialogs_and_while_typing(opened: Companion) -> None:
    opened.sitting.flags |= BOTH
    ways: list[tuple[str, ...]] = [
        *((key,) for key in "tgpja"), ("w",), ("comma",), ("question_mark",), ("exclamation_mark",), ("ctrl+t",),
        ("j", "slash"), ("g", "slash"), ("p", "v"), ("p", "enter"), ("w", "x", "escape"), ("ctrl+p",),
    ]  # fmt: skip
    async with driving(opened) as d:
        for way in ways:
            await d.press(*way)
            await d.press(SUPPORT_KEY)
            assert isinstance(d.app.screen, SupportScreen), way
            while len(d.app.screen_stack) > 1:
                await d.app.pop_screen()
            await d.press("escape", "escape")
            await d.app.action_go("today")
            await d.rest()


async def test_on_the_hidden_page_alone_no_key_tells_what_this_is(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await d.press("ctrl+g", SUPPORT_KEY)
        assert isinstance(d.app.screen, BlankScreen)


async def test_practice_shows_each_of_them_with_its_one_line_in_every_list(ghost: Companion) -> None:
    ghost.sitting.flags |= BOTH
    async with driving(ghost) as d:
        await d.press("p")
        for _ in range(3):
            looking(ghost, BOTH)(d.app.screen)
            assert isinstance(d.app.screen, PracticeScreen)
            await d.press("v")


# -- held in memory, stored nowhere ---------------------------------------------------------------------


async def test_what_opened_it_is_stored_nowhere_and_a_second_run_knows_nothing(opened: Companion) -> None:
    """The disk is read after, byte for byte; a second run asks again and offers everything."""
    talk = opened.library.exercise("talk-planner")
    before = on_disk(opened)
    async with driving(opened) as d:
        d.app.play(talk)
        await d.until("Can you disagree with this person")
        await d.choose("I'm not sure")
        await d.choose("Go on")
        await pass_notes(d)
        await d.until("If any answer worries you")
        await d.app.action_go("practice")
        await d.choose("I'm afraid of someone")
        await d.press("ctrl+q")
    assert opened.sitting.unsafe
    assert on_disk(opened) == before

    again = Companion.start(opened.paths, clock=opened.clock)
    assert (again.sitting.flags, again.sitting.answered, again.sitting.noted) == (set(), {}, set())
    assert again.sitting.distress is None
    assert not again.sitting.unsafe
    async with driving(again) as d:
        d.app.play(again.library.exercise("talk-planner"))
        await d.until("Can you disagree with this person")


def on_disk(companion: Companion) -> dict[str, bytes]:
    """Every file that trustkit may write to, with its bytes."""
    paths = companion.paths
    folders: tuple[Path, ...] = (paths.data, paths.cache, paths.config)
    return {str(file): file.read_bytes() for folder in folders for file in folder.rglob("*") if file.is_file()}
