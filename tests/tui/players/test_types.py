"""Every type of exercise has a player made for it, and every shipped exercise plays."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from textual.widgets import OptionList, TextArea

from trustkit.companion import Companion
from trustkit.model.entry import Answers, Record
from trustkit.model.exercise import (
    TYPES,
    Blank,
    Body,
    Builder,
    Check,
    Exercise,
    Field,
    Question,
    Reflection,
    Tracker,
)
from trustkit.model.practice_words import KEEP_IT
from trustkit.tui.players.player import Go
from trustkit.tui.players.playing import PLAYERS
from trustkit.tui.widgets.distress_scale import DistressScale

Playing = Callable[..., Any]
SMALL = (40, 15)
"""The smallest window in which everything is whole."""


def made(kind: str, body: Body, **more: Any) -> Exercise:
    """An exercise made for a test."""
    return Exercise("made-up", kind, "Made up", "For a test.", body, 1, date(2026, 11, 22), **more)


def kept(companion: Companion) -> Answers:
    """The one answer that is kept."""
    (summary,) = companion.vault.summaries(private=True)
    body = companion.vault.get(summary.id).body
    assert isinstance(body, Answers)
    return body


def test_every_type_has_a_player() -> None:
    assert set(PLAYERS) == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("size", [(80, 24), SMALL])
async def test_every_shipped_exercise_opens_with_its_title_a_thing_to_do_and_a_way_out(
    opened: Companion, playing: Playing, kind: str, size: tuple[int, int]
) -> None:
    async with playing(opened, "ground-room", size=size) as play:
        await play.press("escape")
        of_kind = [e for e in opened.library.exercises.values() if e.type == kind]
        for exercise in of_kind if size == SMALL else of_kind[:1]:
            await play.open(exercise)
            while opened.gates_before_tool(exercise):
                await play.press("enter")
            for begun in (False, True):
                if begun:
                    await play.press("enter")
                first, *_, last = play.text.strip("\n").splitlines()
                assert exercise.title.startswith(first.strip()), exercise.id
                assert "esc stop" in last, exercise.id
                focused = play.app.focused
                assert focused is not None, f"{exercise.id}: something takes the keys"
                assert play.app.screen.can_view_partial(focused), f"{exercise.id}: and it is in sight"
            await play.press("escape")
            if not play.is_over:
                await play.press("enter")
            assert play.is_over, exercise.id


@pytest.mark.parametrize("kind", TYPES)
async def test_before_anything_was_begun_esc_leaves_and_sealing_writes_nothing(
    opened: Companion, playing: Playing, kind: str
) -> None:
    exercise = next(e for e in opened.library.exercises.values() if e.type == kind)
    async with playing(opened, exercise) as play:
        while opened.gates_before_tool(exercise):
            await play.press("enter")
        before = play.on_disk()
        play.app.seal_drafts()
        await play.press("escape")
        assert play.is_over
        assert play.on_disk() == before
    assert not opened.sitting.flags


# -- reflection ----------------------------------------------------------------------------------------

ASKED = Reflection(
    (
        Question("page", "What is there?", hint="Anything."),
        Question("strong", "How strong is it?", scale=True),
        Question("same", "Is it the same?", choices=("yes", "no", "can't tell")),
    )
)


async def test_a_reflection_asks_one_thing_at_a_time_and_shows_all_of_it(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("reflection", ASKED)) as play:
        await play.press("enter")
        await play.until("1 of 3", "What is there?", "Anything.")
        assert "How strong" not in play.text
        await play.type("a heavy stone\nand rain")
        await play.press("ctrl+n")
        await play.until("2 of 3", "0 is none, 10 as strong")
        await play.press("n")
        await play.until("3 of 3")
        await play.choose("can't tell")
        await play.until("a heavy stone", "numb, or I can't tell", "can't tell", KEEP_IT)
        await play.press("enter")
        await play.until("Saved.")
    assert dict(kept(opened).answers) == {"page": "a heavy stone\nand rain", "strong": "numb", "same": "can't tell"}


async def test_every_question_can_be_left_empty(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("reflection", ASKED)) as play:
        await play.press("enter", "ctrl+n", "enter")
        await play.choose("No answer")
        await play.until("Done", "Change something")
        assert KEEP_IT not in play.text, "there is nothing to keep"


async def test_one_can_go_back_and_change_an_answer(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("reflection", ASKED)) as play:
        await play.press("enter")
        await play.type("first")
        await play.press("ctrl+n", "7", "ctrl+r")
        await play.until("2 of 3")
        assert play.app.screen.query_one(DistressScale).value == 7
        await play.press("ctrl+r")
        await play.until("1 of 3", "first")
        await play.type(", then more")
        await play.press("ctrl+n", "enter")
        await play.choose("yes")
        await play.choose("Change something")
        await play.until("1 of 3", "first, then more")


# -- builder ---------------------------------------------------------------------------------------------

SENTENCE = Builder(
    (
        Blank("when", "When this happens", example="plans change"),
        Blank("feel", "I feel", choices=("sad", "small")),
        Blank("because", "Because", optional=True, choices=("it hurts",)),
        Blank("strong", "How strong", scale=True),
    ),
    "When {when}, I feel {feel}.\nBecause {because}.\nThis strong: {strong}.\n",
    (Check("Does it leave out “always”?", if_no="One real example is easier to hear."),),
)


async def test_the_sentence_grows_beneath_the_blank(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("builder", SENTENCE)) as play:
        await play.press("enter")
        await play.until("1 of 4", "For example: plans change", "When …, I feel …")
        await play.type("it [rains] {hard}")
        await play.until("When it [rains] {hard}, I feel …")
        await play.press("enter")
        await play.until("When it [rains] {hard}, I feel sad.")
        await play.choose("In my own words")
        await play.type("grey")
        await play.press("enter")
        await play.until("3 of 4", "Because …")
        await play.press("enter")
        await play.until("4 of 4")
        assert "Because" not in play.text, "Enter puts no words into a mouth that may stay shut"
        await play.press("6")
        await play.until("Does it leave out “always”?", "When it [rains] {hard}, I feel grey.", "This strong: 6.")
        await play.choose("No")
        await play.until("One real example is easier to hear.")
        await play.press("enter")
        await play.until(KEEP_IT)
        await play.press("enter")
        await play.until("Saved.")
    assert kept(opened).result == "When it [rains] {hard}, I feel grey.\nThis strong: 6."
    assert dict(kept(opened).answers) == {"when": "it [rains] {hard}", "feel": "grey", "strong": 6}


async def test_a_check_is_a_nudge_and_never_a_block(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("builder", SENTENCE)) as play:
        await play.press("enter")
        await play.type("x")
        await play.press("enter", "enter", "enter", "enter")
        await play.choose("No")
        await play.choose("Change something")
        await play.until("1 of 4")
        await play.press("enter", "enter", "enter", "enter")
        await play.choose("Yes")
        await play.until(KEEP_IT)


# -- checklist ---------------------------------------------------------------------------------------------


async def test_up_to_three_can_be_picked_and_nothing_is_added_up(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "name-feelings") as play:
        await play.press("enter")
        await play.until("Up to 3.")
        for _ in range(4):
            await play.press("space", "down")
        await play.until("Up to 3. Untick one to take another.")
        assert play.text.count("[✓]") == 3
        await play.press("d")
        await play.until("shocked", "can't believe it", "angry", KEEP_IT)
        assert "3" not in play.text
        await play.press("enter")
        await play.until("Saved.")
    assert kept(opened).chosen == ("shocked", "cant-believe", "angry")


async def test_a_tick_that_sets_a_flag_opens_the_unsafe_path_and_leads_on(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "safety-questions") as play:
        before = play.on_disk()
        await play.press("enter", "space")
        assert not opened.sitting.unsafe, "a tick may still be taken back"
        await play.press("d")
        assert opened.sitting.unsafe
        await play.until("Whatever you ticked, it is not your fault", "Is it safe to work on this?", "Done")
        await play.press("enter")
        await play.until("Don't announce it.")
        await play.press("enter")
        await play.until("If any answer worries you")
        assert play.on_disk() == before
        assert play.result == Go("safe-first/if-it-worries-you")


async def test_pressure_on_the_neck_shows_the_doctor_and_the_numbers_first(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "safety-questions") as play:
        await play.press("enter", "space")
        play.app.screen.query_one(OptionList).highlighted = 6
        await play.press("space", "d")
        await play.until("See a doctor today, even if you feel fine.")
        await play.press("enter")
        await play.until("Support")
        assert play.app.screen.__class__.__name__ == "SupportScreen"


async def test_ticks_that_are_taken_back_set_nothing(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "safety-questions") as play:
        await play.press("enter", "space", "space", "d")
        await play.until("Done")
        assert not opened.sitting.unsafe
        await play.press("escape")
        assert play.is_over


async def test_leaving_with_a_tick_in_place_still_opens_the_unsafe_path(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "safety-questions") as play:
        await play.press("enter", "space", "escape", "enter")
        assert play.is_over
    assert opened.sitting.unsafe


async def test_a_key_that_leads_elsewhere_loses_no_tick(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "name-feelings") as play:
        await play.press("enter", "space", "t")
        assert play.app.screen.__class__.__name__ == "TodayScreen"
    (draft,) = opened.vault.drafts()
    assert isinstance(draft.body, Answers)
    assert draft.body.chosen == ("shocked",)


async def test_a_kept_checklist_leads_on_afterwards(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "alarm-signs") as play:
        await play.press("enter")
        ticks = play.app.screen.query_one(OptionList)
        ticks.highlighted = ticks.get_option_index("around-one-person")
        await play.press("space", "d")
        await play.until(KEEP_IT)
        await play.choose("Don't keep")
        await play.until("Not kept. Nothing was written.", "Is it safe to work on this?")
        await play.press("enter")
        await play.until("Seven quiet questions")


# -- list ----------------------------------------------------------------------------------------------------


async def choose_row(play: Any, label: str) -> None:
    rows = play.app.screen.query_one(OptionList)
    for at in range(rows.option_count):
        if str(rows.get_option_at_index(at).prompt).startswith(label):
            rows.highlighted = at
            await play.press("enter")
            return
    raise AssertionError(label)


async def test_a_list_takes_rows_with_their_day_and_grows_the_next_time(
    opened: Companion, playing: Playing, clock: Any
) -> None:
    async with playing(opened, "things-that-are-mine") as play:
        await play.press("enter")
        await play.until("Nothing on it yet.")
        await choose_row(play, "Add one")
        await play.type("the sea")
        await play.press("enter", "enter", "enter", "enter")
        await play.until("the sea  2026-11-22", "Add one")
        await choose_row(play, "That's all")
        await play.until(KEEP_IT, "the sea")
        await play.press("enter")
        await play.until("Saved.")
    clock.forward(days=1)
    async with playing(opened, "things-that-are-mine") as play:
        await play.press("enter")
        await play.until("the sea  2026-11-22")
        await choose_row(play, "Add one")
        await play.type("old films")
        await play.press("enter", "enter", "enter", "enter")
        await choose_row(play, "That's all")
        await play.until("What you kept before stays as it was.")
        await play.press("enter")
        await play.until("Saved.")
    rows = [dict(row) for row in kept(opened).rows]
    assert rows == [{"love": "the sea", "date": "2026-11-22"}, {"love": "old films", "date": "2026-11-23"}]


async def test_a_row_is_changed_and_taken_off(opened: Companion, playing: Playing) -> None:
    rows = ({"love": "the sea", "date": "2026-05-03"}, {"love": "snow", "date": "2026-05-04"})
    opened.vault.add(Answers("things-that-are-mine", 1, rows=rows))
    async with playing(opened, "things-that-are-mine") as play:
        await play.press("enter")
        await choose_row(play, "the sea")
        await play.type(" at night")
        await play.press("enter", "enter", "enter", "enter")
        await play.until("the sea at night  2026-05-03")
        play.app.screen.query_one(OptionList).highlighted = 1
        await play.press("r")
        assert "snow" not in play.text
        await choose_row(play, "That's all")
        await play.press("enter")
        await play.until("Saved.")
    assert [dict(row) for row in kept(opened).rows] == [{"love": "the sea at night", "date": "2026-05-03"}]
    (summary,) = opened.vault.summaries()
    assert len(opened.vault.versions(summary.id)) == 2


async def test_a_list_that_was_only_looked_at_asks_nothing(opened: Companion, playing: Playing) -> None:
    opened.vault.add(Answers("things-that-are-mine", 1, rows=({"love": "the sea", "date": "2026-05-03"},)))
    async with playing(opened, "things-that-are-mine") as play:
        before = play.on_disk()
        await play.press("enter")
        await choose_row(play, "That's all")
        await play.until("Done")
        assert KEEP_IT not in play.text
        await play.press("enter", "enter")
        await play.settled()
        assert play.on_disk() == before


async def test_a_new_list_leaves_the_old_one_as_it_was(opened: Companion, playing: Playing) -> None:
    opened.vault.add(Answers("support-map", 1, rows=({"who": "Ana", "date": "2026-05-03"},)), private=True)
    async with playing(opened, "support-map") as play:
        assert "Ana" not in play.text, "a private list shows when it is opened, and not before"
        await play.choose("Start a new one")
        await play.until("Nothing on it yet.")
        assert "Ana" not in play.text


async def test_stopping_in_the_middle_of_a_row_loses_nothing(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "support-map") as play:
        await play.press("enter")
        await choose_row(play, "Add one")
        await play.type("Ana")
        await play.press("escape", "enter")
        await play.settled()
        assert play.is_over
    (draft,) = opened.vault.drafts()
    assert isinstance(draft.body, Answers)
    assert [row["who"] for row in draft.body.rows] == ["Ana"]


# -- tracker ---------------------------------------------------------------------------------------------------

PROMISES = Tracker(
    (
        Field("promise", "The promise, in its own words", "text"),
        Field("whose", "Whose?", "choice", choices=("my own", "said to me")),
        Field("due", "By when", "date", optional=True),
        Field("kind", "How kind was this week?", "scale", low="not at all", high="very"),
        Field("seen", "Did I see it?", "yes-no", optional=True),
        Field("times", "How often", "count", optional=True),
    )
)


async def test_a_tracker_notes_each_kind_of_field(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("tracker", PROMISES), size=(80, 40)) as play:
        await play.press("enter")
        await play.until("The promise, in its own words", "not at all", "very")
        await play.type("call on Sunday")
        await play.press(
            "enter", "right", "right", "enter", *"tomorrow", "enter", "3", "enter", "1", "enter", "4", "enter"
        )
        await play.until("[said to me]", "[3]", "[yes]")
        await play.press("enter")
        await play.until(KEEP_IT, "call on Sunday", "said to me", "2026-11-23", "3 of 4", "yes", "4")
        await play.press("enter")
        await play.until("Saved.")
    (record,) = opened.vault.events("record")
    assert isinstance(record.body, Record)
    assert dict(record.body.values) == {
        "promise": "call on Sunday",
        "whose": "said to me",
        "due": date(2026, 11, 23),
        "kind": 3,
        "seen": True,
        "times": 4,
    }


async def test_a_day_that_is_not_clear_is_said_gently_and_may_be_left_out(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("tracker", Tracker((Field("due", "By when", "date"),)))) as play:
        await play.press("enter", *"soon", "tab", "enter")
        await play.until("That date wasn't clear. Try 2026-11-30, or leave it out.")
        await play.press(*["backspace"] * 4, "tab", "enter")
        await play.until("Done")


async def test_what_was_noted_before_stands_beneath_with_its_chart_from_three_on(
    opened: Companion, playing: Playing, clock: Any
) -> None:
    tracker = made("tracker", Tracker((Field("kind", "How kind", "scale", low="not at all", high="very"),)))
    for value in (1, 3):
        opened.vault.add(Record("made-up", 1, values={"kind": value}))
        clock.forward(days=1)
    async with playing(opened, tracker) as play:
        await play.press("enter")
        await play.until("2026-11-23  3 of 4")
        assert "over" not in play.text
    opened.vault.add(Record("made-up", 1, values={"kind": 4}))
    async with playing(opened, tracker) as play:
        await play.press("enter")
        await play.until("How kind: ▂▆█  between 1 and 4 of 4 over 3 notes, 4 the last time.", "4 of 4 (very)")


async def test_a_half_filled_form_is_sealed_and_comes_back(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("tracker", PROMISES)) as play:
        await play.press("enter")
        await play.type("call on Sunday")
        await play.press("enter", "right")
        await play.press("escape", "enter")
        await play.settled()
        assert play.is_over
    (draft,) = opened.vault.drafts()
    assert isinstance(draft.body, Record)
    assert dict(draft.body.values) == {"promise": "call on Sunday", "whose": "my own"}
    async with playing(opened, made("tracker", PROMISES)) as play:
        await play.press("enter")
        await play.until("call on Sunday", "[my own]")


async def test_private_notes_stay_out_of_sight_until_they_are_asked_for(opened: Companion, playing: Playing) -> None:
    tracker = made("tracker", Tracker((Field("promise", "The promise", "text"),)), keep="private")
    opened.vault.add(Record("made-up", 1, values={"promise": "call on Sunday"}), private=True)
    async with playing(opened, tracker) as play:
        await play.press("enter")
        assert "call on Sunday" not in play.text
        await play.press("escape")
    async with playing(opened, tracker) as play:
        await play.choose("Look at what you noted before")
        await play.until("call on Sunday")


async def test_forgetting_clears_every_field(opened: Companion, playing: Playing) -> None:
    async with playing(opened, made("tracker", PROMISES), size=(80, 40)) as play:
        await play.press("enter")
        await play.type("call on Sunday")
        play.app.screen.forget()
        await play.rest()
        assert "call on Sunday" not in play.text
        assert all(not area.text for area in play.app.screen.query(TextArea))
