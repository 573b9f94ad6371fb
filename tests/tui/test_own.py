"""Making an exercise of one's own, on screen: a living preview, nothing lost on the way, and plain words about it."""

import pytest
from app_driver import Driver, driving, screen_text
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.model import own
from trustkit.model.entry import OwnExercise, Practice
from trustkit.model.exercise import Breathing, Checklist, Grounding, Moment, Reflection, Timer, Tracker
from trustkit.tui.screens.own import KEPT, UNTIL_CLOSED, Making
from trustkit.tui.screens.own_breath import BreathMaking
from trustkit.tui.screens.own_lines import LinesMaking
from trustkit.tui.screens.own_moments import CardMaking, MomentsMaking
from trustkit.tui.screens.practice import MADE, NO_EASE_YET, PracticeScreen, highlight
from trustkit.tui.widgets.breath_figure import BreathFigure
from trustkit.tui.widgets.choices import Choices
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.paper import Paper
from trustkit.tui.widgets.stepper import Stepper

SIZES = [(80, 24), (40, 15)]


def said(d: Driver) -> str:
    """What trustkit said at the corner."""
    return " ".join(str(note.message) for note in d.app._notifications)


async def form(d: Driver, label: str) -> Making:
    """Go to Practice and begin something new."""
    await d.press("p", "n")
    await d.choose(label)
    await reached(d, Making)
    screen = d.app.screen
    assert isinstance(screen, Making)
    return screen


async def reached(d: Driver, kind: type) -> None:
    await d.done(lambda: isinstance(d.app.screen, kind), f"never came to {kind.__name__}")
    await d.rest()


async def breathes(d: Driver, screen: Making, seconds: float) -> None:
    """Wait until the figure has taken up a pattern whose rounds last so long."""
    await d.done(
        lambda: [figure.breathing.round_seconds for figure in screen.query(BreathFigure)] == [seconds],
        f"the figure never breathed rounds of {seconds} s",
    )


async def on(d: Driver, name: str) -> None:
    """Look at the list by name, the cursor on this exercise."""
    await d.press("p", "v")
    highlight(d.app.screen.query_one(Choices), f"play:{name}")
    await d.rest()


@pytest.mark.parametrize("size", SIZES)
async def test_a_pattern_breathes_while_it_is_made_and_stands_first_when_kept(
    opened: Companion, size: tuple[int, int]
) -> None:
    async with driving(opened, size) as d:
        screen = await form(d, "A breathing pattern")
        assert isinstance(screen, BreathMaking)
        await breathes(d, screen, 10)
        await d.until("10 seconds a round, 6 breaths a minute.")
        await d.press("right", "right")
        await d.until("11 seconds a round, 5.5 breaths a minute.")
        await breathes(d, screen, 11)
        await d.press("ctrl+s")
        await reached(d, PracticeScreen)
        assert KEPT in said(d)
        await d.until(MADE, own.TITLES["breathing"])
    (made,) = opened.own_exercises()
    assert isinstance(made.body, Breathing)
    assert [phase.seconds for phase in made.body.phases] == [5, 6]


async def test_a_hold_brings_its_caution_at_once_and_too_fast_a_breath_is_not_kept(opened: Companion) -> None:
    async with driving(opened, (80, 30)) as d:
        screen = await form(d, "A breathing pattern")
        hold = screen.query_one("#seconds-2", Stepper)
        hold.focus()
        await d.press("4")
        assert hold.value == 4
        await d.until("No holds in pregnancy")
        await d.press("9")
        assert hold.value == 4, "nobody holds their breath for nine seconds here"
        await d.press("backspace")
        screen.query_one("#seconds-0", Stepper).focus()
        await d.press("backspace")
        screen.query_one("#seconds-3", Stepper).focus()
        await d.press("backspace")
        await d.until("more than 20 breaths a minute")
        await d.press("ctrl+s")
        assert isinstance(d.app.screen, BreathMaking)
    assert opened.own_exercises() == []


async def test_a_shipped_pattern_is_made_one_s_own_with_one_key_and_keeps_its_caution(opened: Companion) -> None:
    base = opened.library.exercise("breath-sigh")
    async with driving(opened) as d:
        await on(d, base.id)
        await d.press("c")
        await d.until(base.title, "make it mine")
        await d.press("y")
        await reached(d, BreathMaking)
        await d.press("ctrl+s")
        await d.until(base.title)
    (made,) = opened.own_exercises()
    assert made.body == base.body
    assert made.caution == base.caution
    assert made.gates == base.gates
    assert (made.id, made.evidence) == ("my-breath-sigh", "")


@pytest.mark.parametrize("size", SIZES)
async def test_a_sequence_is_written_line_by_line_and_shown_as_it_will_be(
    opened: Companion, size: tuple[int, int]
) -> None:
    async with driving(opened, size) as d:
        screen = await form(d, "A grounding sequence")
        assert isinstance(screen, MomentsMaking)
        await d.press(*"Look", "enter", *"Hear")
        screen.query_one("#boxes", Stepper).focus()
        await d.press("3")
        preview = str(screen.query_one("#own-read", Static).render())
        assert "2 of 2" in preview
        assert "Hear" in preview
        assert "□ □ □" in preview
        await d.press("shift+up", "ctrl+s")
        await reached(d, PracticeScreen)
    (made,) = opened.own_exercises()
    assert isinstance(made.body, Grounding)
    assert [(moment.say, moment.count) for moment in made.body.moments] == [("Hear", 3), ("Look", 0)]


async def test_a_moment_can_be_taken_out(opened: Companion) -> None:
    async with driving(opened) as d:
        screen = await form(d, "A grounding sequence")
        await d.press(*"Look", "enter", *"Hear", "ctrl+r")
        assert [moment.say for moment in screen.made().body.moments] == ["Look"]  # type: ignore[union-attr]
        await d.press("ctrl+r", "ctrl+s")
        await d.until("One line is enough, but there is none yet.")


async def test_a_card_is_read_line_by_line_like_any_grounding(opened: Companion) -> None:
    async with driving(opened) as d:
        screen = await form(d, "A card of kind words")
        assert isinstance(screen, CardMaking)
        screen.query_one(Paper).insert("You did not make this happen.\n\nTea first.")
        await d.rest()
        await d.press("ctrl+s")
        await reached(d, PracticeScreen)
        await d.choose(own.TITLES["card"])
        await d.until("How are you right now?")
        await d.press("s")
        await d.until("You did not make this happen.", "1 of 2")
        await d.press("enter")
        await d.until("Tea first.")


async def test_the_shipped_card_becomes_one_s_own_with_its_caution_and_its_hints(opened: Companion) -> None:
    base = opened.library.exercise(own.CARD)
    async with driving(opened) as d:
        await on(d, base.id)
        await d.press("y")
        await reached(d, CardMaking)
        await d.until("What I'd say to a friend who felt this")
        d.app.screen.query_one(Paper).insert("Tea first.")
        await d.rest()
        await d.press("ctrl+s")
        await reached(d, PracticeScreen)
    (made,) = opened.own_exercises()
    assert made.caution == base.caution
    assert made.keep == base.keep


async def test_keeping_nothing_says_plainly_how_long_it_lives(ghost: Companion) -> None:
    async with driving(ghost) as d:
        screen = await form(d, "A breathing pattern")
        assert "Keep it until trustkit closes" in screen_text(d.app)
        assert isinstance(screen, BreathMaking)
        await d.press("ctrl+s")
        await reached(d, PracticeScreen)
        assert UNTIL_CLOSED in said(d)
        await d.until(MADE)
    assert not ghost.paths.data.exists()


async def test_one_s_own_is_changed_thrown_away_and_brought_back(opened: Companion) -> None:
    base = opened.library.exercise("breath-even")
    made = opened.keep_own(opened.begin_mine(base), base)
    async with driving(opened) as d:
        await d.press("p", "home")
        await d.until("e change", "d delete")
        await d.press("e")
        await reached(d, BreathMaking)
        d.app.screen.query_one("#own-title", Line).value = "Slower"
        await d.rest()
        await d.press("ctrl+s")
        await reached(d, PracticeScreen)
        await d.until("Slower")
        highlight(d.app.screen.query_one(Choices), f"play:{made.id}")
        await d.press("d")
        await d.choose("Move")
        await reached(d, PracticeScreen)
        assert MADE not in d.text
        await d.choose("In the trash: 1")
        await d.until("Slower", "30 days")
        await d.press("r")
        await d.until("Nothing in the trash.")
        await d.press("escape")
        await d.until(MADE, "Slower")
    assert opened.exercise(made.id).title == "Slower"


async def test_a_copy_is_made_where_the_reader_says(opened: Companion, tmp_path: object) -> None:
    base = opened.library.exercise("breath-even")
    opened.keep_own(opened.begin_mine(base), base)
    async with driving(opened) as d:
        await d.press("p", "home", "x")
        await d.until("This makes a copy that anyone can read.", "~/my-breath-even.toml")
        d.app.screen.query_one(Line).value = f"{tmp_path}/evening.toml"
        await d.choose("Make the copy")
        await d.done(lambda: "The copy is at" in said(d))
        assert f"The copy is at {tmp_path}/evening.toml" in said(d)


async def test_what_was_begun_is_sealed_before_lock_and_gone_on_with_from_today(sealed: Companion) -> None:
    async with driving(sealed) as d:
        screen = await form(d, "A grounding sequence")
        await d.press(*"Lighthouse")
        await d.press("ctrl+l")
        assert sealed.locked
        assert screen.exercise.body == Grounding(())
        files = [file.read_bytes() for file in sealed.paths.data.rglob("*") if file.is_file()]
        assert not any(b"Lighthouse" in words for words in files)
        sealed.vault.unlock("plum otter lantern")
        (draft,) = sealed.vault.drafts()
        assert isinstance(draft.body, OwnExercise)
        await d.app.come_in()
        await d.until("Go on with what you were writing")
        await d.app.resume_draft(draft.id).wait()
        await reached(d, MomentsMaking)
        await d.until("Lighthouse")
        await d.press("ctrl+s")
        await d.until("How are you right now?")
        assert sealed.vault.drafts() == []
        assert [one.body for one in sealed.own_exercises()] == [Grounding((Moment("Lighthouse"),))]


async def test_leaving_asks_once_and_throwing_away_leaves_nothing(opened: Companion) -> None:
    async with driving(opened) as d:
        await form(d, "A breathing pattern")
        await d.press("escape")
        await reached(d, PracticeScreen)
        screen = await form(d, "A breathing pattern")
        screen.query_one("#own-title", Line).value = "Half"
        await d.rest()
        await d.press("escape")
        await d.until("You've made something. It is saved as a draft.")
        await d.choose("Throw it away")
        await reached(d, PracticeScreen)
    assert opened.vault.drafts() == []
    assert opened.own_exercises() == []


async def test_keys_for_one_s_own_show_only_where_they_lead_somewhere(opened: Companion) -> None:
    async with driving(opened, (120, 30)) as d:
        await on(d, "breath-even")
        assert "make it mine" in d.text
        assert "delete" not in d.text
        highlight(d.app.screen.query_one(Choices), "play:apology")
        await d.rest()
        assert "make it mine" not in d.text


async def test_what_helped_is_a_bar_with_its_reading_and_nothing_under_three_tries(
    opened: Companion, clock: object
) -> None:
    def tried(name: str, before: int, after: int, times: int, *, private: bool = False) -> None:
        for _ in range(times):
            now = opened.clock()
            opened.vault.add(Practice(name, 1, now, now, before=before, after=after), private=private)
            clock.forward(hours=1)  # type: ignore[attr-defined]

    tried("ground-feet", 7, 5, 3)
    tried("breath-even", 7, 4, 2)
    tried("ground-room", 5, 6, 3)
    tried("kind-words", 7, 1, 3, private=True)
    async with driving(opened) as d:
        await d.press("p", "left")
        await d.until(
            "[Helped]", "Feet, chair, hands", "━━━━│··········", "often 2 points calmer afterwards, over 3 tries."
        )
        feet, room = d.text.index("Feet, chair, hands"), d.text.index("Where am I")
        assert feet < room
        assert "Even breath" not in d.text
        assert "A card to come back to" not in d.text


async def test_before_three_tries_it_says_how_a_line_appears(opened: Companion) -> None:
    async with driving(opened) as d:
        await d.press("p", "left")
        await d.until(NO_EASE_YET)


async def test_settings_say_and_change_whether_practices_are_remembered(opened: Companion) -> None:
    now = opened.clock()
    run = Practice("ground-feet", 1, now, now, before=7, after=5)
    opened.practised(opened.library.exercise("ground-feet"), run)
    async with driving(opened, (80, 40)) as d:
        await d.press("comma")
        await d.until("Remember how practices go: not asked yet")
        await d.choose("Remember how practices go")
        await d.until("Remember how practices go: yes")
        assert opened.practices() == [run]
        await d.choose("Remember how practices go")
        await d.until("Remember how practices go: no")
    assert opened.practices() == [run]
    assert opened.keeps_practices() is False


async def test_settings_say_that_nothing_is_remembered_when_nothing_is_kept(ghost: Companion) -> None:
    async with driving(ghost, (80, 40)) as d:
        await d.press("comma")
        await d.until("Remember how practices go: no, nothing is kept")
        await d.choose("Remember how practices go")
        assert "You chose to keep nothing" in said(d)


async def made_mine(d: Driver, name: str) -> LinesMaking:
    """Make a shipped exercise of plain lines one's own, by the key on the list."""
    await on(d, name)
    await d.press("y")
    await reached(d, LinesMaking)
    screen = d.app.screen
    assert isinstance(screen, LinesMaking)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_things_to_tick_are_reworded_and_added_to(opened: Companion, size: tuple[int, int]) -> None:
    base = opened.library.exercise("values-pick")
    assert isinstance(base.body, Checklist)
    async with driving(opened, size) as d:
        screen = await made_mine(d, base.id)
        screen.query_one("#moment-words", Line).value = "Tea"
        await d.press("ctrl+n")
        screen.query_one("#moment-words", Line).value = "A quiet house"
        await d.rest()
        await d.press("ctrl+s")
        await reached(d, PracticeScreen)
        assert KEPT in said(d)
    (made,) = opened.own_exercises()
    assert isinstance(made.body, Checklist)
    labels = [choice.label for choice in made.body.choices]
    assert labels[:3] == ["Tea", "A quiet house", base.body.choices[1].label]
    assert made.body.choices[0].id == base.body.choices[0].id
    assert (made.caution, made.gates, made.title) == (base.caution, base.gates, own.TITLES["checklist"])


async def test_a_timer_s_parts_and_their_time_are_changed(opened: Companion) -> None:
    base = opened.library.exercise("ride-the-urge")
    assert isinstance(base.body, Timer)
    async with driving(opened) as d:
        screen = await made_mine(d, base.id)
        await d.until("Lasts", "2:00")
        screen.query_one("#waits", Stepper).focus()
        await d.press("right")
        await d.until("2:30")
        await d.press("ctrl+s")
        await reached(d, PracticeScreen)
    (made,) = opened.own_exercises()
    assert isinstance(made.body, Timer)
    assert [span.seconds for span in made.body.spans] == [150, *(span.seconds for span in base.body.spans[1:])]


@pytest.mark.parametrize(("name", "kind"), [("journal-free", Reflection), ("promise-log", Tracker)])
async def test_what_is_asked_can_be_asked_in_other_words_and_played(name: str, kind: type, opened: Companion) -> None:
    async with driving(opened) as d:
        screen = await made_mine(d, name)
        screen.query_one("#moment-words", Line).value = "What would a friend say?"
        await d.press("ctrl+s")
        await reached(d, PracticeScreen)
        (made,) = opened.own_exercises()
        assert isinstance(made.body, kind)
        d.app.play(made, at_once=True)
        await d.done(lambda: not isinstance(d.app.screen, PracticeScreen))
        await d.rest()
        while "What would a friend say?" not in d.text:
            await d.press("enter")


async def test_lines_being_changed_are_gone_on_with_after_a_break(opened: Companion) -> None:
    from trustkit.tui.screens.own import resume

    async with driving(opened) as d:
        screen = await made_mine(d, "journal-free")
        screen.query_one("#moment-words", Line).value = "And the harbour?"
        await d.rest()
        screen.seal_draft()
        (draft,) = opened.vault.drafts()
        again = resume(draft, opened)
        assert isinstance(again, LinesMaking)
        await d.app.push_screen(again)
        await d.until("And the harbour?")


async def test_sentences_and_lists_that_lead_to_help_offer_no_key_for_it(opened: Companion) -> None:
    async with driving(opened) as d:
        for name in ("i-statement", "safety-questions"):
            await on(d, name)
            await d.press("y")
            assert isinstance(d.app.screen, PracticeScreen)
            assert "make it mine" not in d.text
            await d.press("t")
