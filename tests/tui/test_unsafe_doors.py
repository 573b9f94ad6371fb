"""Doors of the unsafe path: what opens it, what gives way then, which keys still work; and nothing of it is stored."""

from dataclasses import replace
from pathlib import Path

import pytest
from app_driver import Driver, driving, flat
from app_walk import place_of
from unsafe_path import BOTH, SUPPORT_KEY, for_two, half_written, looking

from trustkit.companion import Companion
from trustkit.model.exercise import TYPES, Exercise
from trustkit.model.sitting import UNSAFE_FLAGS
from trustkit.tui.palette import Everything
from trustkit.tui.players.player import Player
from trustkit.tui.players.reading import WordsOnly
from trustkit.tui.screens.blank import BlankScreen
from trustkit.tui.screens.practice import PracticeScreen
from trustkit.tui.screens.saved import SavedScreen
from trustkit.tui.screens.signs import SignsScreen
from trustkit.tui.screens.support import SupportScreen
from trustkit.tui.widgets.tick_list import TickList

# -- how the path is opened


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


# -- what stood open before


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
            await d.app.resume_draft(draft.id).wait()
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


# -- keys


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


# -- held in memory, stored nowhere


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
