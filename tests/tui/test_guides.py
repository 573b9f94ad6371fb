"""Guides are read a page at a time; what stands before advice is shown first, asked once, and stored nowhere."""

from pathlib import Path

import pytest
from app_driver import Driver, driving, flat

from trustkit.companion import Companion
from trustkit.model.exercise import Exercise
from trustkit.model.guide import Answer, Gate
from trustkit.model.walk import SAFE_PATH_STEP
from trustkit.tui.gates import pass_gates
from trustkit.tui.screens.support import SupportScreen

ASK = Gate(
    "safe-to-speak",
    "ask",
    text="Steps for two.",
    ask="Can you say no?",
    below="A letter counts.",
    answers=(
        Answer("Yes", "on"),
        Answer("No", SAFE_PATH_STEP, say="Thank you for being straight.", sets=frozenset({"fear"})),
    ),
)


async def read(d: Driver, place: str) -> None:
    """Open a step and pass its notes."""
    d.app.go_to(place)
    await d.rest()
    while "Before you read on" in d.text:
        await d.choose("Go on")


async def test_shelves_hold_the_ready_guides_with_what_each_is_for(ghost: Companion) -> None:
    async with driving(ghost, size=(80, 60)) as d:
        await d.press("g")
        await d.until(
            "First", "Any time", *(guide.title for guide in ghost.library.guides.values() if guide.shelf == "first")
        )
        await d.until(*(flat(guide.summary) for guide in list(ghost.library.guides.values())[:1]))


async def test_a_note_stands_before_the_words_and_only_once_in_a_guide(ghost: Companion) -> None:
    async with driving(ghost) as d:
        d.app.go_to("first-days/nothing-today")
        await d.until("Before you read on", "thoughts of dying")
        assert "Something you leaned on" not in d.text
        await d.choose("Go on")
        await d.until("Nothing has to be decided today")
        await d.press("escape")
        d.app.go_to("first-days/nothing-today")
        await d.until("Nothing has to be decided today")


async def test_turning_round_at_a_note_opens_nothing_and_it_stands_there_again(ghost: Companion) -> None:
    async with driving(ghost) as d:
        for _ in range(2):
            d.app.go_to("first-days/nothing-today")
            await d.until("Before you read on")
            await d.press("escape")
            assert d.screen_name != "ReaderScreen"


async def test_a_page_shows_its_words_from_the_first_line(ghost: Companion) -> None:
    async with driving(ghost, size=(40, 15)) as d:
        await read(d, "first-days/still-you")
        assert "6. You are still you" in d.text
        assert "^g hide" in d.text


async def test_n_and_b_turn_the_pages(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await read(d, "first-days/nothing-today")
        await d.press("n")
        await d.until("2. What may be going on in you")
        await d.press("b")
        await d.until("1. Nothing has to be decided today")


async def test_marks_are_kept_shown_and_can_be_taken_back(opened: Companion) -> None:
    async with driving(opened) as d:
        await read(d, "first-days/nothing-today")
        await d.press("d")
        await d.until("2. What may be going on in you")
        await d.press("l")
        await d.until("not yet")
        assert {k[1]: m.state for k, m in opened.marks().items()} == {
            "nothing-today": "done",
            "what-may-be-going-on": "later",
        }
        await d.press("b", "d")
        assert ("first-days", "nothing-today") not in opened.marks()
    again = Companion.start(opened.paths, clock=opened.clock)
    assert again.marks()["first-days", "what-may-be-going-on"].state == "later"
    found = again.open_step()
    assert found is not None
    assert found[1].id == "nothing-today"


async def test_whose_pane_stands_first_follows_what_the_reader_said(opened: Companion) -> None:
    opened.choose("roads", ("broke-trust",))
    async with driving(opened, size=(80, 60)) as d:
        await read(d, "first-days/nothing-today")
        text = d.text
        assert "the kindest thing this week is room" in flat(text).replace("▌ ", "")
        assert text.index("If you broke the trust") < text.index("If you were hurt")
        assert "(o opens this)" in text
        await d.press("o")
        assert "You may also miss the very person" in flat(d.text).replace("▌ ", "")


async def test_a_launched_exercise_returns_to_the_page_it_came_from(ghost: Companion) -> None:
    async with driving(ghost, size=(80, 60)) as d:
        await read(d, "first-days/nothing-today")
        await d.choose("Where am I, what day is it")
        assert d.screen_name != "ReaderScreen"
        await d.press("escape")
        while d.screen_name != "ReaderScreen":
            await d.press("escape")
        assert "Nothing has to be decided today" in d.text


async def test_searching_finds_pages_and_says_so_when_there_is_none(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await d.press("g", "slash")
        await d.pilot.press(*"cardigan")
        await d.until("No page has that word. Another word may be closer.")
        await d.press("escape", "slash")
        await d.pilot.press(*"mirror")
        await d.until("You are still you")


@pytest.mark.parametrize(
    ("label", "led", "flags"),
    [("Yes", "on", set()), ("No", SAFE_PATH_STEP, {"fear"}), ("Read it on my own", "on", set())],
)
async def test_each_answer_leads_where_it_says_and_nobody_is_asked_twice(
    ghost: Companion, label: str, led: str, flags: set[str]
) -> None:
    async with driving(ghost) as d:
        results: list[str] = []

        async def ask() -> None:
            results.append(await pass_gates(d.app, [ASK], "g"))

        d.app.run_worker(ask())
        await d.until("A question first", "Steps for two.", "Can you say no?", "Read it on my own", "A letter counts.")
        await d.choose(label)
        if label == "No":
            await d.until("Thank you for being straight.")
            await d.choose("Go on")
        assert results == [led]
        assert ghost.sitting.flags == flags
        assert ghost.sitting.answered == {"safe-to-speak": "" if label.startswith("Read") else label}


async def test_an_answer_at_a_gate_is_nowhere_on_the_disk(opened: Companion) -> None:
    before = _contents(opened.paths.data)
    opened.sitting.answer(ASK, ASK.answers[1])
    async with driving(opened) as d:
        await read(d, "safe-first/if-it-worries-you")
        await d.press("ctrl+q")
    assert _contents(opened.paths.data) == before
    assert not Companion.start(opened.paths, clock=opened.clock).sitting.unsafe


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_on_the_unsafe_path_a_tool_for_two_may_be_read_and_is_not_offered(
    ghost: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    library = ghost.library
    tool: Exercise = replace(library.exercises["ground-room"], unsafe_if=frozenset({"fear"}), title="A talk for two")
    monkeypatch.setattr(type(library), "exercises", {**library.exercises, "ground-room": tool})
    ghost.sitting.flags.add("fear")
    async with driving(ghost, size=(80, 60)) as d:
        await read(d, "first-days/nothing-today")
        await d.until("A talk for two", "Made for two people who are both safe to speak. Here if you want to read it.")
        assert "locked" not in d.text.casefold()
        await d.choose("A talk for two")
        assert not getattr(d.app.screen, "busy", False)
        await d.until("Made for two people who are both safe to speak.")


async def test_a_danger_sign_shows_numbers_before_anything_else(ghost: Companion) -> None:
    async with driving(ghost, size=(80, 40)) as d:
        d.app.open_signs("reach-out")
        await d.rest()
        assert ghost.library.signs["reach-out"].signs[0].severity == "danger"
        await d.press("space")
        await d.until("Show me numbers")
        await d.choose("Show me numbers")
        assert isinstance(d.app.screen, SupportScreen)


async def test_what_is_ticked_in_a_list_that_is_never_kept_is_never_kept(opened: Companion) -> None:
    before = _contents(opened.paths.data)
    async with driving(opened, size=(80, 40)) as d:
        d.app.open_signs("reach-out")
        await d.rest()
        await d.press("end", "space", "escape")
        assert d.screen_name != "SignsScreen"
    assert _contents(opened.paths.data) == before


async def test_about_names_a_file_that_was_left_out(ghost: Companion, tmp_path: Path) -> None:
    own = tmp_path / "data" / "content" / "en" / "guides"
    own.mkdir(parents=True)
    (own / "broken.toml").write_text("format = 1\n[guide\n", encoding="utf-8")
    companion = Companion.start(ghost.paths, clock=ghost.clock)
    companion.keep_nothing()
    async with driving(companion, size=(80, 60)) as d:
        await d.app.run_action("about")
        await d.until("What could not be read", "broken.toml")
        await d.press("escape", "g")
        await d.until("After a betrayal: the first days")
