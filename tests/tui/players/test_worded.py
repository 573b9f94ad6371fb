"""What is written in an exercise: sealed as it grows, looked at whole, kept only as the reader says, to the byte."""

from collections.abc import Callable
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.errors import WriteError
from trustkit.model.entry import Answers, Draft
from trustkit.model.practice_words import GONE, KEEP_IT, NOT_KEPT
from trustkit.tui.players.playing import playing as is_playing
from trustkit.tui.players.playing import resume
from trustkit.tui.players.worded import SEALED, WordedPlayer

Playing = Callable[..., Any]
SECRET = "the canary sang at dawn"


def answers(companion: Companion, *, private: bool = True) -> list[Answers]:
    """What is kept of exercises."""
    vault = companion.vault
    bodies = [vault.get(summary.id).body for summary in vault.summaries(private=private)]
    return [body for body in bodies if isinstance(body, Answers)]


async def write_page(play: Any, text: str = SECRET) -> None:
    """Begin `journal-free` and write on its page."""
    await play.press("enter")
    await play.type(text)


async def to_the_question(play: Any) -> None:
    """From the page to the question whether to keep it."""
    await play.press("ctrl+n", "ctrl+n")
    await play.until(KEEP_IT)


async def test_a_private_exercise_offers_privately_first_and_not_at_all(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "journal-free", from_step="first-days/let-it-move") as play:
        await write_page(play)
        await to_the_question(play)
        assert SECRET in play.text, "all of it is looked at before it is kept"
        await play.until("Keep privately", "Left out of lists, search and exports until you ask for it.", "Don't keep")
        await play.press("enter")
        await play.until("Saved.", "A breath before the next? ^t")
        await play.press("enter")
        assert play.is_over
    (kept,) = answers(opened)
    assert dict(kept.answers) == {"page": SECRET}
    assert (kept.exercise, kept.from_step) == ("journal-free", "first-days/let-it-move")
    assert opened.vault.summaries() == (), "it stands in no list until asked for"
    assert opened.vault.search("canary") == []
    assert opened.vault.drafts() == []


async def test_an_ordinary_exercise_can_be_kept_where_lists_show_it(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "name-feelings") as play:
        await play.press("enter", "space", "d")
        await play.until(KEEP_IT, "Keep", "Keep privately", "Don't keep")
        await play.press("enter")
        await play.until("Saved.")
    (kept,) = answers(opened, private=False)
    assert kept.chosen == ("shocked",)


async def test_not_kept_is_not_written(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "journal-free") as play:
        before = play.on_disk()
        await write_page(play)
        play.app.screen.seal_now()
        await play.settled()
        assert play.holds(SECRET), "while it grows it is a draft"
        await to_the_question(play)
        await play.choose("Don't keep")
        await play.until(NOT_KEPT)
        await play.settled()
        assert play.on_disk() == before


@pytest.mark.parametrize("name", ["journal-free", "name-feelings"])
async def test_on_the_unsafe_path_not_keeping_comes_first(opened: Companion, playing: Playing, name: str) -> None:
    opened.sitting.flags.add("control")
    async with playing(opened, name) as play:
        await play.press("enter")
        if name == "journal-free":
            await play.type(SECRET)
            await to_the_question(play)
        else:
            await play.press("space", "d")
        await play.press("enter")
        await play.until(NOT_KEPT)
    assert answers(opened) == []


async def test_of_what_is_never_kept_no_byte_is_written_not_even_a_draft(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ask-for-company") as play:
        before = play.on_disk()
        await play.press("enter")
        await play.type(SECRET)
        play.app.screen.seal_now()
        play.app.seal_drafts()
        await play.settled()
        assert play.on_disk() == before
        await play.press("enter", "enter", "enter", "enter", "enter", "enter")
        await play.until("Done", "Change something")
        assert KEEP_IT not in play.text
        await play.press("enter", "enter")
        await play.settled()
        assert play.on_disk() == before
        assert play.is_over


async def test_where_nothing_is_kept_nothing_is_asked(ghost: Companion, playing: Playing) -> None:
    async with playing(ghost, "journal-free") as play:
        assert "earlier" not in play.text
        await write_page(play)
        play.app.seal_drafts()
        await play.press("ctrl+n", "ctrl+n")
        await play.until(SECRET, "Done", "Change something")
        assert KEEP_IT not in play.text
        await play.press("enter", "enter")
        assert play.is_over
        assert play.on_disk() == {}
    assert ghost.vault.drafts() == []


# -- stopping half-way ----------------------------------------------------------------------------------


async def test_stopping_half_way_leaves_it_sealed_and_offers_it_again(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "journal-free") as play:
        await write_page(play)
        await play.press("escape")
        await play.until(SEALED, "Leave it there", "Keep as a note", "Throw it away")
        await play.press("enter")
        await play.settled()
        assert play.is_over
    (draft,) = opened.vault.drafts()
    assert isinstance(draft.body, Answers)
    assert dict(draft.body.answers) == {"page": SECRET}
    async with playing(opened, "journal-free") as play:
        await play.until("Go on where you stopped")
        await play.press("enter")
        await play.until(SECRET)
        await play.type(" and at noon")
        await to_the_question(play)
        await play.press("enter")
        await play.until("Saved.")
    (kept,) = answers(opened)
    assert dict(kept.answers) == {"page": f"{SECRET} and at noon"}
    assert opened.vault.drafts() == []


async def test_esc_twice_goes_on_writing(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "journal-free") as play:
        await write_page(play)
        await play.press("escape", "escape")
        await play.until(SECRET)
        assert not play.is_over


@pytest.mark.parametrize(("label", "kept"), [("Keep as a note", 1), ("Throw it away", 0)])
async def test_a_stopped_exercise_can_be_kept_or_thrown_away(
    opened: Companion, playing: Playing, label: str, kept: int
) -> None:
    async with playing(opened, "journal-free") as play:
        await write_page(play)
        await play.press("escape")
        await play.choose(label)
        await play.settled()
        assert play.is_over
    assert len(answers(opened)) == kept
    assert opened.vault.summaries() == (), "private stays private"
    assert opened.vault.drafts() == []


async def test_beginning_again_throws_the_draft_away(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "journal-free") as play:
        await write_page(play)
        await play.press("escape", "enter")
        await play.settled()
    async with playing(opened, "journal-free") as play:
        await play.choose("Begin again, and throw that away")
        await play.settled()
        await play.until("1 of 2")
        assert not play.holds(SECRET)


async def test_leaving_what_is_never_kept_says_so_first(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ask-for-company") as play:
        await play.press("enter")
        await play.type(SECRET)
        await play.press("escape")
        await play.until(GONE)
        await play.press("enter")
        assert play.is_over


async def test_esc_before_a_word_leaves_at_once(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "journal-free") as play:
        before = play.on_disk()
        await play.press("enter", "escape")
        assert play.is_over
        assert play.on_disk() == before


async def test_what_rests_is_sealed_by_itself(
    opened: Companion, playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustkit.tui.players.worded.SEAL_AFTER", 0.001)
    async with playing(opened, "journal-free") as play:
        await write_page(play)
        await play.done(lambda: play.holds(SECRET))


async def test_who_never_stops_typing_is_sealed_within_five_seconds(
    opened: Companion, playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trustkit.tui.players import worded

    now = 1000.0
    monkeypatch.setattr(worded, "SEAL_AFTER", 3600.0)
    async with playing(opened, "journal-free") as play:
        monkeypatch.setattr(play.app, "time", lambda: now)
        await write_page(play, "a")
        await play.rest()
        assert opened.vault.drafts() == []
        now += 5.0
        await play.type("b")
        await play.done(lambda: [dict(draft.body.answers) for draft in opened.vault.drafts()] == [{"page": "ab"}])


async def test_stopping_with_a_full_disk_never_says_sealed_and_offers_to_go_on(
    sealed: Companion, playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WriteError("There is no room to save.", "Free some space, then save again.")

    monkeypatch.setattr(sealed.vault, "save_draft", full)
    async with playing(sealed, "journal-free") as play:
        await write_page(play)
        await play.press("escape")
        await play.until("There is no room to save.", "Go on writing")
        assert SEALED not in play.text
        await play.press("enter")
        assert SECRET in play.text


async def test_locking_seals_what_was_typed_and_clears_it_from_the_screen(sealed: Companion, playing: Playing) -> None:
    async with playing(sealed, "journal-free") as play:
        await write_page(play)
        player, stage = play.app.screen, play.app.screen.stage
        paper = play.app.focused
        await play.app.action_lock()
        await play.rest()
        assert sealed.vault.locked
        assert paper.text == ""
        paper.undo()
        assert paper.text == "", "undo brings nothing back"
        assert player.body() is None
        assert SECRET not in play.text
        assert SECRET not in repr(vars(stage))
        assert not play.holds(SECRET), "on disk it is sealed"
    sealed.vault.unlock("plum otter lantern")
    (draft,) = sealed.vault.drafts()
    assert isinstance(draft.body, Answers)
    assert draft.body.answers["page"] == SECRET


async def test_forgetting_clears_what_stands_to_be_looked_at(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "journal-free") as play:
        await write_page(play)
        await to_the_question(play)
        play.app.screen.forget()
        await play.rest()
        assert SECRET not in play.text


async def test_a_full_disk_loses_nothing_that_was_typed(
    opened: Companion, playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(opened, "journal-free") as play:
        await write_page(play)
        await to_the_question(play)

        def full(*args: object, **kwargs: object) -> None:
            raise WriteError("There is no room to save.", "Free some space, then keep it again.")

        with monkeypatch.context() as broken:
            broken.setattr(opened.vault, "add", full)
            await play.press("enter")
            await play.until(KEEP_IT)
            said = [notification.message for notification in play.app._notifications]
            assert "There is no room to save. Free some space, then keep it again." in said
        await play.press("enter")
        await play.until("Saved.")
    assert dict(answers(opened)[0].answers) == {"page": SECRET}


async def test_a_draft_from_today_opens_where_it_was_left(opened: Companion, playing: Playing) -> None:
    body = Answers("journal-free", 1, answers={"page": SECRET}, from_step="first-days/let-it-move")
    draft = Draft(opened.vault.new_id(), body, opened.clock(), target=opened.vault.new_rev())
    player = resume(draft, opened)
    assert isinstance(player, WordedPlayer)
    async with playing(opened, "ground-room") as play:
        await play.press("escape")
        play.app.push_screen(player)
        await play.until(SECRET)


async def test_what_was_kept_before_is_shown_only_when_asked_for(opened: Companion, playing: Playing) -> None:
    opened.vault.add(Answers("journal-free", 1, answers={"page": SECRET}), private=True)
    async with playing(opened, "journal-free") as play:
        assert SECRET not in play.text
        await play.choose("Look at earlier ones")
        await play.until("22 November 2026")
        assert SECRET not in play.text
        await play.press("enter")
        await play.until(SECRET)
        await play.press("enter")
        await play.choose("Back")
        await play.until("Begin")


async def test_the_breathe_key_works_in_the_middle_of_a_sentence_and_leads_back_into_it(
    opened: Companion, playing: Playing
) -> None:
    async with playing(opened, "journal-free") as play:
        await write_page(play)
        assert not is_playing(play.app.screen)
        await play.press("ctrl+t")
        await play.until("Breathe in")
        assert "How are you" not in play.text
        await play.press("escape")
        await play.until(SECRET)
        assert play.app.focused.text == SECRET


async def test_something_kept_can_be_opened_to_be_changed_and_left_as_it_was(
    opened: Companion, playing: Playing
) -> None:
    entry = opened.vault.add(Answers("journal-free", 1, answers={"page": SECRET}), private=True)
    assert entry.body is not None
    draft = Draft(entry.id, entry.body, opened.clock(), entry.rev, opened.vault.new_rev(), private=True)
    for change in (False, True):
        async with playing(opened, "ground-room") as play:
            await play.press("escape")
            player = resume(draft, opened)
            assert player is not None
            play.app.push_screen(player)
            await play.until(SECRET)
            if change:
                await play.type(" and at noon")
                await to_the_question(play)
                await play.until("What you kept before stays as it was.")
                await play.press("enter")
                await play.until("Saved.")
            else:
                await play.press("escape")
                assert play.is_over
                assert opened.vault.drafts() == []
    (kept,) = answers(opened)
    assert kept.answers["page"] == f"{SECRET} and at noon"
    assert len(opened.vault.versions(entry.id)) == 2
    assert opened.vault.summaries() == (), "private stays private"


async def test_forgetting_clears_what_a_draft_brought_back(opened: Companion, playing: Playing) -> None:
    body = Answers("journal-free", 1, answers={"page": SECRET})
    opened.vault.save_draft(Draft(opened.vault.new_id(), body, opened.clock(), target=opened.vault.new_rev()))
    async with playing(opened, "journal-free") as play:
        await play.press("enter")
        await play.until(SECRET)
        player = play.app.screen
        player.forget()
        await play.rest()
        assert SECRET not in play.text
        assert SECRET not in repr({**vars(player), **vars(player.stage)})


async def test_worse_leads_down_and_keeps_the_draft(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "name-feelings") as play:
        await play.press("enter", "space", "w")
        await play.until("I'm glad you said so.")
        await play.settled()
    (draft,) = opened.vault.drafts()
    assert isinstance(draft.body, Answers)
    assert draft.body.chosen == ("shocked",)
