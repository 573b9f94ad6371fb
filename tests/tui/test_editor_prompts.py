"""A question to begin with: one key away, never in the way, and none that is unsafe to offer."""

from app_driver import Driver, driving
from textual import events

from trustkit.companion import Companion
from trustkit.model.entry import Note
from trustkit.tui.screens.editor import EditorScreen
from trustkit.tui.widgets.choices import Choices
from trustkit.tui.widgets.paper import Paper


async def begin(d: Driver) -> EditorScreen:
    await d.app.write()
    await d.rest()
    editor = d.app.screen
    assert isinstance(editor, EditorScreen)
    return editor


async def ask(d: Driver) -> None:
    await d.press("ctrl+r")
    await d.done(lambda: d.screen_name == "PromptsScreen")


async def test_a_question_stands_above_the_page_and_is_kept_as_its_title(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await begin(d)
        await ask(d)
        await d.choose("What is different now, for better or worse")
        await d.done(lambda: d.screen_name == "EditorScreen")
        d.app.screen.query_one(Paper).insert("I walk past that street again.")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
    (kept,) = sealed.vault.summaries()
    body = sealed.vault.get(kept.id).body
    assert body == Note("I walk past that street again.", "What is different now, for better or worse, or only other?")


async def test_several_questions_stand_one_under_the_other_with_room_between(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await begin(d)
        await ask(d)
        await d.choose("All 2, one under the other")
        await d.done(lambda: d.screen_name == "EditorScreen")
        paper = d.app.screen.query_one(Paper)
        lines = paper.text.splitlines()
        assert lines[0] == "What is there, right now?"
        assert paper.cursor_location == (1, 0)
        assert lines[1:3] == ["", ""]


async def test_esc_leaves_the_page_as_it_was_and_a_bare_question_is_nothing_to_keep(sealed: Companion) -> None:
    async with driving(sealed) as d:
        editor = await begin(d)
        await ask(d)
        await d.press("escape")
        await d.done(lambda: d.app.screen is editor)
        assert editor._now() == Note("")
        await ask(d)
        await d.choose("What is there, right now?")
        await d.done(lambda: d.app.screen is editor)
        editor.seal_draft()
        await d.press("escape")
        await d.done(lambda: d.screen_name == "TodayScreen")
    assert sealed.vault.drafts() == []


async def test_on_a_page_with_words_a_question_is_put_where_the_cursor_stands(sealed: Companion) -> None:
    async with driving(sealed) as d:
        editor = await begin(d)
        paper = d.app.screen.query_one(Paper)
        paper.insert("One line.\n")
        await ask(d)
        await d.choose("What is there, right now?")
        await d.done(lambda: d.app.screen is editor)
        assert paper.text == "One line.\nWhat is there, right now?\n"
        assert editor._now().title == ""


async def test_what_has_a_gate_what_is_unsafe_and_what_made_things_worse_is_not_offered(sealed: Companion) -> None:
    everything = {one.exercise for one in sealed.writing_prompts()}
    assert "journal-free" in everything
    for name in everything:
        exercise = sealed.library.exercises[name]
        assert not exercise.gates
    sealed.put_last_for_now(sealed.library.exercises["journal-free"], True)
    assert "journal-free" not in {one.exercise for one in sealed.writing_prompts()}
    flags = {flag for exercise in sealed.library.exercises.values() for flag in exercise.unsafe_if}
    sealed.sitting.flags |= flags
    offered = [sealed.library.exercises[one.exercise] for one in sealed.writing_prompts()]
    assert all(not exercise.unsafe_if for exercise in offered)


async def test_the_questions_are_whole_in_a_small_window(ghost: Companion) -> None:
    async with driving(ghost, size=(40, 15)) as d:
        await begin(d)
        await ask(d)
        await d.until("A question to begin with", "One page")
        choices = d.app.screen.query_one(Choices)
        choices.action_last()
        await d.rest()
        last = str(choices.get_option_at_index(choices.option_count - 1).prompt)
        await d.until(last.split(",")[0])
        assert all(len(line) <= 40 for line in d.text.splitlines())


async def test_words_typed_right_after_the_key_that_begins_a_page_all_reach_it(opened: Companion) -> None:
    opened.vault.add(Note("words"))
    async with driving(opened) as d:
        await d.app.run_action("go('journal')")
        await d.until("words")
        for letter in "wdear":  # d would delete, e would change
            d.app.post_message(events.Key(letter, letter))
        await d.done(lambda: d.screen_name == "EditorScreen" and d.app.screen.query(Paper))
        await d.done(lambda: d.app.screen.query_one(Paper).text == "dear")
