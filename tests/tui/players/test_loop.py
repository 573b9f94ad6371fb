"""The loop around breath, grounding and timers: never a wall, always a way out, kept only as the reader said."""

from collections.abc import Callable
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.model.afterwards import SAME, STOPPED
from trustkit.model.entry import Practice
from trustkit.model.practice_words import FLOOR, GLAD, LEAVE_IT, QUESTION, REMEMBER, STANDS_LAST
from trustkit.tui.players.breathing import BreathStage
from trustkit.tui.players.player import Player

Playing = Callable[..., Any]
REMEMBERED = "Shall trustkit remember how practices go"


async def through(play: Any, before: str = "enter", after: str = "enter") -> None:
    """One whole practice of five moments: rate, five times on, rate."""
    await play.press(before)
    await play.press(*["enter"] * 5)
    await play.press(after)


def runs(companion: Companion) -> list[Practice]:
    """What is kept of practices."""
    return [entry.body for entry in companion.vault.events("practice") if isinstance(entry.body, Practice)]


async def test_enter_begins_at_once_and_rates_nothing(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room") as play:
        assert "How are you right now?" in play.text
        await play.press("enter")
        assert "1 of 5" in play.text
        assert opened.sitting.distress is None


async def test_the_note_for_the_body_stands_before_the_first_practice_and_not_before_the_second(
    opened: Companion, playing: Playing
) -> None:
    async with playing(opened, "ground-feet") as play:
        assert "Calm isn't the same as safe." in play.text
        await play.press("enter", "escape")
    async with playing(opened, "ground-feet") as play:
        assert "How are you right now?" in play.text


async def test_the_caution_stays_in_sight_and_all_of_it_is_one_key_away(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-feet") as play:
        await play.press("enter", "enter")
        assert "Leave out any part that is sore" in play.text
        await play.press("c")
        assert "Not while driving or in water." in play.text
        await play.press("enter")
        assert "1 of 5" in play.text


@pytest.mark.parametrize("presses", [[], ["enter"], ["enter", "enter"], ["enter"] * 6, ["enter"] * 7])
async def test_esc_stops_at_any_time_and_leads_back_to_the_very_same_spot(
    opened: Companion, playing: Playing, presses: list[str]
) -> None:
    async with playing(opened, "ground-room") as play:
        await play.press(*presses) if presses else None
        await play.press("escape")
        assert play.is_over


async def test_stopping_is_allowed_every_time(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room") as play:
        await play.press("enter", "escape")
        assert STOPPED in [notification.message for notification in play.app._notifications]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [("7", "5", "From 7 to 5. Something let go a little."), ("5", "5", SAME), ("enter", "enter", "Done.")],
)
async def test_afterwards_there_are_words_and_three_ways_on(
    opened: Companion, playing: Playing, before: str, after: str, words: str
) -> None:
    async with playing(opened, "ground-room") as play:
        await through(play, before, after)
        await play.until(words, "Done for now", "Once more", "Something else", "This made it worse")
        await play.press("enter")
        assert play.is_over


async def test_that_is_enough_still_asks_how_it_is(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room") as play:
        await play.press("7", "e", "6")
        await play.until("From 7 to 6.")


async def test_at_eight_nobody_carries_it_alone(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room") as play:
        await play.press("8")
        await play.until("You don't have to carry it alone: ^o.", "Begin")
        await play.press("enter")
        assert "1 of 5" in play.text


async def test_at_ten_the_plain_question_comes_once(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room") as play:
        await play.press("x")
        await play.until(QUESTION)
        await play.press("escape")
        await play.press("enter")
        await play.press(*["enter"] * 5)
        await play.press("x")
        await play.until(SAME)


async def test_once_more_starts_from_where_it_ended(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room") as play:
        await through(play, "7", "5")
        await play.choose("Once more")
        assert "1 of 5" in play.text
        await play.press(*["enter"] * 5)
        await play.press("4")
        await play.until("From 5 to 4.")


async def test_something_else_offers_what_follows(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-senses") as play:
        await play.press("enter")
        await through(play)
        await play.choose("Something else")
        await play.until("Feet, chair, hands", "Look in Practice")
        await play.press("enter")
        await play.until("Feet, chair, hands", "How are you right now?")
        await play.press("escape")
        await play.rest()
        assert play.is_over


# -- what is kept -----------------------------------------------------------------------------------


async def test_nothing_is_kept_and_nothing_asked_after_the_first_practice(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room") as play:
        before = play.on_disk()
        await through(play, "7", "5")
        await play.press("enter")
        assert play.is_over
        await play.settled()
        assert play.on_disk() == before


async def test_the_question_comes_once_after_the_second_practice(opened: Companion, playing: Playing) -> None:
    for number in range(4):
        async with playing(opened, "ground-room") as play:
            await through(play, "7", "5")
            await play.press("enter")
            if number == 1:
                await play.until(REMEMBER)
                await play.press("enter")
                await play.settled()
            assert play.is_over
    assert opened.keeps_practices() is True
    kept = runs(opened)
    assert [(run.before, run.after) for run in kept] == [(7, 5)] * 4, "the two before the answer are kept with it"


async def test_a_no_is_remembered_and_keeps_nothing_else(opened: Companion, playing: Playing) -> None:
    for number in range(3):
        async with playing(opened, "ground-room") as play:
            await through(play, "7", "5")
            await play.press("enter")
            if number == 1:
                await play.choose("Don't")
                await play.settled()
            assert play.is_over
    assert opened.keeps_practices() is False
    assert runs(opened) == []


async def test_on_the_unsafe_path_not_remembering_comes_first(opened: Companion, playing: Playing) -> None:
    opened.sitting.flags.add("fear")
    for number in range(2):
        async with playing(opened, "ground-room") as play:
            await through(play)
            await play.press("enter")
            if number:
                await play.until(REMEMBERED)
                await play.press("enter")
                await play.settled()
    assert opened.keeps_practices() is False


async def test_a_kept_run_holds_numbers_and_dates_and_no_words(opened: Companion, playing: Playing) -> None:
    opened.choose("keep-practices", True)
    async with playing(opened, "ground-room") as play:
        before = play.on_disk()
        await through(play, "7", "n")
        await play.press("enter")
        await play.settled()
        new = set(play.on_disk()) - set(before)
        assert len(new) == 1
        written = play.on_disk()[new.pop()].decode()
    (run,) = runs(opened)
    assert (run.exercise, run.before, run.after, run.stopped, run.worse) == ("ground-room", 7, "numb", False, False)
    keys = {line.split(" = ")[0] for line in written.splitlines() if " = " in line}
    assert keys <= {
        "format", "id", "rev", "parents", "kind", "created", "saved", "private",
        "exercise", "revision", "started", "ended", "before", "after", "stopped", "worse",
    }  # fmt: skip


async def test_what_is_never_kept_leaves_no_byte_whatever_was_chosen(opened: Companion, playing: Playing) -> None:
    opened.choose("keep-practices", True)
    async with playing(opened, "ground-room", keep="never") as play:
        before = play.on_disk()
        await through(play, "3", "7")
        await play.until(GLAD)
        await play.press("enter")
        await play.settled()
        assert play.is_over
        assert play.on_disk() == before
    assert "ground-room" in opened.stands_last(), "until trustkit closes it stands last all the same"


async def test_what_is_private_is_kept_privately(opened: Companion, playing: Playing) -> None:
    opened.choose("keep-practices", True)
    async with playing(opened, "ground-room", keep="private") as play:
        await through(play)
        await play.press("enter")
        await play.settled()
    (entry,) = opened.vault.events("practice")
    assert entry.private


async def test_where_nothing_is_kept_nothing_is_asked(ghost: Companion, playing: Playing) -> None:
    for _ in range(3):
        async with playing(ghost, "ground-room") as play:
            await through(play, "7", "5")
            await play.press("enter")
            assert play.is_over
            assert play.on_disk() == {}
    assert runs(ghost) == []


async def test_a_glance_is_no_practice_and_a_stop_is_one(opened: Companion, playing: Playing, clock: Any) -> None:
    opened.choose("keep-practices", True)
    async with playing(opened, "ground-room") as play:
        await play.press("7")
        clock.forward(seconds=3)
        await play.press("escape")
        await play.settled()
    assert runs(opened) == []
    async with playing(opened, "ground-room") as play:
        await play.press("7")
        clock.forward(seconds=40)
        await play.press("escape")
        await play.settled()
    (run,) = runs(opened)
    assert (run.before, run.after, run.stopped) == (7, None, True)
    assert (run.ended - run.started).total_seconds() == 40


async def test_locking_between_the_doing_and_the_answer_loses_no_run(sealed: Companion, playing: Playing) -> None:
    sealed.choose("keep-practices", True)
    async with playing(sealed, "ground-room") as play:
        await play.press("7")
        await play.press(*["enter"] * 5)
        await play.app.action_lock()
        await play.rest()
        assert sealed.vault.locked
    sealed.vault.unlock("plum otter lantern")
    (run,) = runs(sealed)
    assert (run.before, run.after) == (7, None)


async def test_locking_in_the_middle_of_a_moment_counts_as_stopping(
    sealed: Companion, playing: Playing, clock: Any
) -> None:
    sealed.choose("keep-practices", True)
    async with playing(sealed, "ground-room") as play:
        await play.press("7")
        clock.forward(seconds=40)
        await play.app.action_lock()
        await play.rest()
    sealed.vault.unlock("plum otter lantern")
    (run,) = runs(sealed)
    assert (run.before, run.after, run.stopped) == (7, None, True)


async def test_nobody_is_asked_about_keeping_while_it_is_very_hard(opened: Companion, playing: Playing) -> None:
    for _ in range(2):
        async with playing(opened, "ground-room") as play:
            await play.press("8", "enter")
            await play.press(*["enter"] * 5)
            await play.press("8")
            await play.until("No change.", "You don't have to carry it alone")
            await play.press("enter")
            assert play.is_over
    assert opened.keeps_practices() is None


# -- when it made things worse ------------------------------------------------------------------------


async def test_two_points_up_leads_down_and_never_says_try_again(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-feet") as play:
        await play.press("enter")
        await through(play, "4", "6")
        await play.until(GLAD, FLOOR.format(weekday="Sunday"), "That's enough", "Look round with me", "I want a person")
        for forbidden in ("try again", "Try again", "give it time", "Once more"):
            assert forbidden not in play.text
        await play.press("enter")
        await play.until(STANDS_LAST, "Keep it that way", "Leave it where it was")
        await play.press("enter")
        await play.settled()
        assert play.is_over
    assert "ground-feet" in opened.stands_last()
    assert opened.vault.choices()["last:ground-feet"] is True


async def test_it_can_stay_where_it_was(opened: Companion, playing: Playing) -> None:
    opened.choose("keep-practices", True)
    async with playing(opened, "ground-feet") as play:
        await play.press("enter")
        await through(play, "4", "6")
        await play.press("enter")
        await play.choose("Leave it where it was")
        await play.settled()
    assert opened.stands_last() == frozenset()
    (run,) = runs(opened)
    assert run.worse


async def test_said_while_it_plays_it_stops_everything(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out") as play:
        await play.press("enter", "enter")
        figure = play.app.screen.query_one(BreathStage).figure
        await play.press("w")
        await play.until(GLAD)
        assert not figure.is_attached
        assert isinstance(play.app.screen, Player)
        assert not play.app.screen.plays


async def test_said_afterwards_it_counts_as_worse(opened: Companion, playing: Playing) -> None:
    opened.choose("keep-practices", True)
    async with playing(opened, "ground-feet") as play:
        await play.press("enter")
        await through(play, "5", "5")
        await play.choose("This made it worse")
        await play.until(GLAD)
        await play.settled()
    (run,) = runs(opened)
    assert (run.worse, run.after) == (True, 5)


async def test_looking_round_with_me_begins_at_once(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-feet") as play:
        await play.press("enter")
        await through(play, "4", "7")
        await play.choose("Look round with me")
        await play.press("enter")
        await play.until("Where am I, what day is it", "1 of 5")
        await play.press("escape")
        await play.rest()
        assert play.is_over


async def test_who_was_already_looking_round_may_leave_practices_for_today(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ground-room") as play:
        await through(play, "4", "6")
        await play.until(LEAVE_IT, "I want a person")
        assert "Look round with me" not in play.text
        await play.choose("I want a person")
        await play.until("Support")
        assert play.app.screen.__class__.__name__ == "SupportScreen"


async def test_at_nine_after_worse_the_plain_question_is_asked_on_the_way_down(
    opened: Companion, playing: Playing
) -> None:
    async with playing(opened, "ground-feet") as play:
        await play.press("enter")
        await through(play, "6", "9")
        await play.until(GLAD)
        await play.press("enter")
        await play.until(QUESTION)


# -- the breathe key ------------------------------------------------------------------------------------


async def test_at_once_there_is_no_gate_no_question_and_no_rating(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        assert not play.app.screen.query_one(BreathStage).figure.breath.settling
        assert "How are you" not in play.text
        assert "Small and gentle." in play.text, "the caution stands there all the same"
        await play.press("e")
        await play.until("Done for now")
        assert "How are you" not in play.text
        await play.press("enter")
        assert play.is_over


async def test_at_once_can_be_done_once_more(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        await play.press("e")
        await play.choose("Once more")
        await play.until("Breathe in")
        await play.press("e")
        await play.until("Done for now")


async def test_a_key_that_leads_elsewhere_loses_no_run(opened: Companion, playing: Playing, clock: Any) -> None:
    opened.choose("keep-practices", True)
    async with playing(opened, "ground-room") as play:
        await play.press("7")
        clock.forward(seconds=40)
        await play.press("t")
        await play.settled()
        assert play.app.screen.__class__.__name__ == "TodayScreen"
    (run,) = runs(opened)
    assert (run.before, run.stopped) == (7, True)


async def test_esc_leads_from_a_breath_to_the_very_same_cursor(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "breath-long-out", at_once=True) as play:
        await play.press("escape")
        assert play.is_over
        assert not play.app._notifications
