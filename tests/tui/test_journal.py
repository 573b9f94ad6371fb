"""The journal: what was written is listed, found, read, changed, and brought back, and never shown unasked."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from app_driver import driving
from journal_pages import look_for, open_journal, shown

from trustkit.companion import Companion
from trustkit.errors import ReadError
from trustkit.model.entry import Answers, Note, Problem, Record
from trustkit.tui.screens.editor import EditorScreen
from trustkit.tui.screens.journal import JournalScreen
from trustkit.tui.widgets.leaf import Leaf
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.paper import Paper

PASSPHRASE = "plum otter lantern"
"""What the `sealed` companion was made with."""
WIDE = (120, 30)
WATCHED = {"delete", "drop_draft", "forget", "get", "heads", "restore", "revise", "search", "versions"}
"""Calls that open files."""


def days_ago(companion: Companion, days: int) -> datetime:
    return companion.clock() - timedelta(days=days)


# -- the whole way


async def test_written_listed_read_changed_deleted_and_brought_back(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await open_journal(d)
        await d.until("No pages yet. One line is enough to begin.")
        await d.press("w")
        d.app.screen.query_one(Paper).insert("It was loud in the kitchen.")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
        await d.press("x")
        await d.until("November 2026", "It was loud in the kitchen.")

        await d.press("enter")
        await d.until("Sunday, 22 November 2026, 02:10", "It was loud in the kitchen.")
        await d.press("e")
        await d.done(lambda: d.screen_name == "EditorScreen")
        d.app.screen.query_one(Paper).insert(" Then it was not.")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
        await d.press("x")
        await d.until("It was loud in the kitchen. Then it was not.")

        await d.press("v")
        await d.until("Earlier versions stay", "(now)")
        assert d.text.count("It was loud in the kitchen.") == 3  # two lines, and the newer one in full
        await d.press("escape")
        await d.done(lambda: d.screen_name == "EntryScreen")

        await d.press("d")
        await d.until("Move this to the trash? You can bring it back for 30 days.", "Erase it now instead")
        await d.press("enter")
        await d.until("No pages yet.")
        await d.press("u")
        await d.until("It was loud in the kitchen. Then it was not.")
        await d.press("r")
        await d.until("Nothing in the trash.")
        await d.press("escape")
        await d.done(lambda: d.screen_name == "JournalScreen")
        await d.until("It was loud in the kitchen. Then it was not.")


async def test_the_cursor_goes_to_the_page_that_was_just_written(opened: Companion) -> None:
    for days in (1, 2, 3):
        opened.vault.add(Note(f"written {days} days ago"), created=days_ago(opened, days))
    async with driving(opened) as d:
        journal = await open_journal(d)
        await d.press("down", "w")
        d.app.screen.query_one(Paper).insert("written now")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
        await d.press("x")
        await d.done(lambda: journal.entries.summary and journal.entries.summary.title == "written now")


async def test_erasing_at_once_leaves_nothing_to_bring_back(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("Gone for good"))
    async with driving(sealed) as d:
        await open_journal(d)
        await d.press("d")
        await d.choose("Erase it now instead")
        await d.until("No pages yet.")
        said = [notification.message for notification in d.app._notifications]
        assert said == ["Erased here. Copies in a backup, and traces on some disks, may remain."]
        await d.press("u")
        await d.until("Nothing in the trash.")
    assert [version.body for version in sealed.vault.versions(entry.id)] == [None]


async def test_leaving_it_leaves_it(sealed: Companion) -> None:
    sealed.vault.add(Note("Stays"))
    async with driving(sealed) as d:
        await open_journal(d)
        await d.press("d")
        await d.choose("Leave it")
        await d.until("Stays")
        assert len(sealed.vault.summaries()) == 1


async def test_the_trash_is_emptied_after_one_question(sealed: Companion) -> None:
    for text in ("one", "two"):
        sealed.vault.delete(sealed.vault.add(Note(text)).id)
    async with driving(sealed) as d:
        await open_journal(d)
        await d.press("u")
        await d.until("one", "two")
        await d.press("X")
        await d.until("Erase 2 notes for good?")
        await d.choose("Erase")
        await d.until("Nothing in the trash.")
    assert sealed.vault.summaries(trash=True) == ()


async def test_an_earlier_version_becomes_the_page_again_and_the_later_one_stays(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("first"))
    sealed.vault.revise(entry.id, Note("second"))
    async with driving(sealed) as d:
        await open_journal(d)
        await d.press("v")
        await d.until("second", "first")
        await d.press("down", "b")
        await d.done(lambda: sealed.vault.get(entry.id).body == Note("first"))
    texts = [version.body.text for version in sealed.vault.versions(entry.id) if isinstance(version.body, Note)]
    assert texts == ["first", "second", "first"]


async def test_of_two_versions_the_reader_chooses_one_and_none_is_lost(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("before"))
    for text in ("on the phone", "on the laptop"):
        sealed.vault.revise(entry.id, Note(text), base=entry.rev)
    async with driving(sealed) as d:
        await open_journal(d)
        await d.until("two versions")
        await d.press("enter")
        await d.until("This note was changed in two places. Both are kept; you choose.")
        await d.press("v")
        await d.until("on the phone", "on the laptop")
        other = sealed.vault.heads(entry.id)[1].body
        await d.press("down", "b")
        await d.done(lambda: len(sealed.vault.heads(entry.id)) == 1)
        assert sealed.vault.get(entry.id).body == other
    assert len(sealed.vault.versions(entry.id)) == 4


# -- the list


async def test_pages_stand_by_month_the_newest_first(opened: Companion) -> None:
    for days in (40, 0, 3):
        opened.vault.add(Note(f"written {days} days ago"), created=days_ago(opened, days))
    async with driving(opened) as d:
        await open_journal(d)
        await d.until("November 2026", "October 2026")
        assert shown(d) == ["written 0 days ago", "written 3 days ago", "written 40 days ago"]
        lines = [line.strip() for line in d.text.splitlines()]
        assert lines.index("November 2026") < lines.index("October 2026")


async def test_a_page_stands_under_the_day_it_is_about(opened: Companion) -> None:
    opened.vault.add(Note("about May", about_day=date(2026, 5, 3)))
    async with driving(opened) as d:
        await open_journal(d)
        await d.until("May 2026", "3 Sun about May")


async def test_each_line_says_in_plain_words_what_it_is(opened: Companion) -> None:
    opened.vault.add(Note("A page"))
    opened.vault.add(Answers("facts-fears", 1, {"saw": "the phone rang"}))
    opened.vault.add(Record("an-exercise-that-is-gone", 1, {"promise": "home by six"}))
    async with driving(opened) as d:
        await open_journal(d)
        await d.until("A page")
        lines = [" ".join(line.split()) for line in d.text.splitlines()]
        assert any(line.endswith("A page page") for line in lines)
        assert any("What I saw, what I was told, what I guess: the phone rang exercise" in line for line in lines)
        assert any("an-exercise-that-is-gone: home by six record" in line for line in lines)


async def test_private_pages_show_only_when_asked_for_and_only_until_one_leaves(opened: Companion) -> None:
    opened.vault.add(Note("for everyone who looks"))
    opened.vault.add(Note("for me alone"), private=True)
    async with driving(opened) as d:
        await open_journal(d)
        await d.until("for everyone who looks")
        assert "for me alone" not in d.text
        await d.press("full_stop")
        await d.until("for me alone", "Private pages are shown too", "private · page")
        await d.press("t")
        await open_journal(d)
        await d.until("for everyone who looks")
        assert "for me alone" not in d.text


async def test_private_pages_asked_for_before_the_list_is_whole_stay(
    opened: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first screenful is followed by the rest a moment later, whatever was asked for in between."""
    opened.vault.add(Note("for everyone who looks"))
    opened.vault.add(Note("for me alone"), private=True)
    later: list[Callable[[], None]] = []
    monkeypatch.setattr(JournalScreen, "set_timer", lambda _, __, callback: later.append(callback))
    async with driving(opened) as d:
        await open_journal(d)
        await d.until("for everyone who looks")
        await d.press("full_stop")
        await d.until("for me alone")
        (rest,) = later
        rest()
        await d.app.workers.wait_for_complete()
        await d.rest()
        assert "for me alone" in d.text
        await d.press("full_stop")
        await d.until("for everyone who looks")
        await d.done(lambda: "for me alone" not in d.text)


async def test_where_nothing_is_kept_the_journal_says_so(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await open_journal(d)
        await d.until("You chose to keep nothing, so there is nothing here to find.")


async def test_a_note_that_cannot_be_read_is_told_quietly_and_hides_no_other(
    opened: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.vault.add(Note("still fine"))
    problem = Problem("entries/x", "One note can't be read.", "It was left untouched, and the others are fine.")
    monkeypatch.setattr(type(opened.vault), "problems", (problem,))
    async with driving(opened) as d:
        await open_journal(d)
        await d.until("One note can't be read. It was left untouched, and the others are fine.", "still fine")


async def test_a_folder_that_cannot_be_read_is_said_in_two_sentences(
    opened: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ReadError("The folder can't be read.", "Look at its permissions.")

    async with driving(opened) as d:
        monkeypatch.setattr(opened.vault, "summaries", broken)
        await d.app.run_action("go('journal')")
        await d.until("The folder can't be read. Look at its permissions.")


# -- finding


async def test_search_finds_as_one_types_without_case_and_accents_and_marks_what_was_found(opened: Companion) -> None:
    opened.vault.add(Note("The café was closed.\nRain.", title="Sunday"))
    opened.vault.add(Note("Nothing of the kind"))
    async with driving(opened, size=WIDE) as d:
        await open_journal(d)
        await look_for(d, "CAFE")
        await d.until("1 page has that.", "The café was closed.")
        assert shown(d) == ["Sunday"]
        pane = d.app.screen.query_one(Leaf)
        (found,) = [one for one in pane._pieces if one.found]
        assert [found.text[start:end] for start, end in found.found] == ["café"]
        await look_for(d, "cafe nowhere")
        await d.until("Nothing here has that word.")
        await d.press("escape")
        await d.done(lambda: len(shown(d)) == 2)
        assert not d.app.screen.query_one(Line).display


async def test_the_arrow_leads_from_the_word_to_what_was_found(opened: Companion) -> None:
    opened.vault.add(Note("words"))
    async with driving(opened) as d:
        journal = await open_journal(d)
        await look_for(d, "words")
        await d.press("down")
        assert journal.entries.has_focus


async def test_a_found_page_opens_at_the_place_that_was_looked_for(opened: Companion) -> None:
    opened.vault.add(Note("\n".join(["line"] * 80 + ["needle"] + ["line"] * 80), title="Long"))
    async with driving(opened) as d:
        await open_journal(d)
        await look_for(d, "needle")
        await d.done(lambda: shown(d) == ["Long"])
        await d.press("enter", "enter")
        await d.until("needle")


# -- reading


async def test_a_wide_window_reads_beside_the_list_and_a_narrow_one_on_a_page(opened: Companion) -> None:
    opened.vault.add(Note("first line\nsecond line"))
    async with driving(opened, size=WIDE) as d:
        await open_journal(d)
        await d.until("second line")
    async with driving(opened) as d:
        await open_journal(d)
        await d.until("first line")
        assert "second line" not in d.text
        await d.press("enter")
        await d.until("second line")


async def test_a_page_shows_all_that_was_noted_beside_it(opened: Companion) -> None:
    note = Note("words", "A title", ("home",), ("sad", "tired"), distress=6, about_day=date(2026, 11, 20))
    opened.vault.add(note)
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("enter")
        await d.until(
            "A title", "about Friday, 20 November 2026", "tags: home", "feelings: sad, tired",
            "distress: 6, hard to set aside",
        )  # fmt: skip


async def test_answers_stand_under_their_questions(opened: Companion) -> None:
    opened.vault.add(
        Answers("journal-free", 1, {"page": "I don't know.", "gone": "older"}, from_step="first-days/let-it-move")
    )
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("enter")
        await d.until("One page", "What is there, right now?", "I don't know.", "Gone", "older", "from ")


async def test_ticks_of_a_sign_list_and_of_an_exercise_that_is_gone_are_still_read(opened: Companion) -> None:
    signs = opened.library.signs["reach-out"]
    opened.vault.add(Answers("reach-out", 1, chosen=(signs.signs[0].id,)), created=days_ago(opened, 1))
    opened.vault.add(Answers("gone", 1, {"what": "words"}, chosen=("a-tick",)))
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("enter")
        await d.until("✓ A tick", "What", "words")
        await d.press("escape", "down", "enter")
        await d.until(signs.title, signs.signs[0].text)


async def test_nothing_in_a_page_is_markup_or_reaches_the_terminal_raw(opened: Companion) -> None:
    opened.vault.add(Note("the [phone] and [bold]this[/bold] \x1b[31mred\u202e", title="[table"))
    async with driving(opened, size=WIDE) as d:
        await open_journal(d)
        await d.until("the [phone] and [bold]this[/bold] [31mred", "[table")
        assert "\x1b" not in d.text
        assert "\u202e" not in d.text


async def test_a_page_that_cannot_be_read_says_so_in_its_place(
    opened: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.vault.add(Note("words"))

    def damaged(*_: object) -> None:
        raise ReadError("One entry can't be read: its file is damaged.", "It was left untouched.")

    async with driving(opened, size=WIDE) as d:
        monkeypatch.setattr(opened.vault, "get", damaged)
        journal = await open_journal(d)
        said = "One entry can't be read: its file is damaged. It was left untouched."
        await d.done(lambda: journal.query_one(Leaf).text == said)


async def test_answers_are_changed_in_their_own_exercise(opened: Companion) -> None:
    opened.sitting.noted.add(("", "past-present"))
    opened.vault.add(Answers("journal-free", 1, {"page": "I don't know."}))
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("e")
        await d.until("I don't know.")
        assert d.screen_name == "ReflectionPlayer"


async def test_what_a_gone_exercise_holds_is_not_changed(opened: Companion) -> None:
    opened.vault.add(Answers("gone", 1, {"what": "words"}))
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("e")
        said = ["This was written in an exercise that is not here. It stays as it is."]
        await d.done(lambda: [notification.message for notification in d.app._notifications] == said)


async def test_changing_a_page_goes_on_with_a_draft_of_it(opened: Companion) -> None:
    entry = opened.vault.add(Note("kept"))
    async with driving(opened) as d:
        d.app.push_screen(EditorScreen(opened, entry=entry))
        await d.rest()
        d.app.screen.query_one(Paper).insert(" and more")
        await d.press("escape")
        await d.until("You've written something.")
        await d.choose("Leave it there")
        await open_journal(d)
        await d.press("e")
        await d.done(lambda: d.screen_name == "EditorScreen")
        assert d.app.screen.query_one(Paper).text == "kept and more"


# -- what stays out of sight


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+g"])
async def test_locking_and_hiding_clear_list_and_page(sealed: Companion, key: str) -> None:
    sealed.vault.add(Note("the canary sang"))
    async with driving(sealed, size=WIDE) as d:
        journal = await open_journal(d)
        await d.until("the canary sang")
        entries, pane = journal.entries, journal.query_one(Leaf)
        await d.press(key)
        await d.done(lambda: sealed.vault.locked)
        assert "canary" not in d.text
        assert entries.entries == []
        assert pane.text == ""


async def test_an_empty_journal_names_no_key_that_leads_nowhere(opened: Companion) -> None:
    private = opened.vault.add(Note("words"), private=True)
    async with driving(opened) as d:
        await open_journal(d)
        await d.done(lambda: "enter read" not in d.text and "w write" in d.text)
        foot = d.text.splitlines()[-1]
        assert not [key for key in ("e change", "d delete", "v versions", "/ find") if key in foot], foot
        await d.press("full_stop")
        await d.until("words", "enter read", "/ find", "e change")
        await d.press("full_stop")
        await d.done(lambda: "enter read" not in d.text)
        opened.vault.revise(private.id, Note("words"), base=private.rev, private=False)
        await d.press("t", "j")
        await d.until("words", "enter read", "/ find")


async def test_leaving_the_journal_clears_it_and_coming_back_fills_it(opened: Companion) -> None:
    opened.vault.add(Note("the canary sang"))
    async with driving(opened, size=WIDE) as d:
        journal = await open_journal(d)
        await d.until("the canary sang")
        await d.press("t")
        await d.done(lambda: journal.entries.entries == [] and journal.query_one(Leaf).text == "")
        await d.press("j")
        await d.until("the canary sang")


async def test_a_page_that_is_open_when_one_leaves_is_cleared_and_read_again(opened: Companion) -> None:
    opened.vault.add(Note("the canary sang"))
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("enter")
        await d.until("Sunday, 22 November 2026")
        page = d.app.screen.query_one(Leaf)
        await d.press("t")
        await d.done(lambda: page.text == "")
        await d.press("j")
        await d.until("Sunday, 22 November 2026", "the canary sang")


async def test_no_screen_of_the_journal_calls_the_vault_on_the_event_loop(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed.vault.add(Note("words"))
    there: dict[str, set[bool]] = {}

    def watched(name: str) -> Callable[..., Any]:
        call = getattr(sealed.vault, name)

        def wrapper(*args: Any, **words: Any) -> Any:
            there.setdefault(name, set()).add(threading.current_thread() is threading.main_thread())
            return call(*args, **words)

        return wrapper

    async with driving(sealed, size=WIDE) as d:
        for name in WATCHED:
            monkeypatch.setattr(sealed.vault, name, watched(name))
        await open_journal(d)
        await look_for(d, "words")
        await d.press("escape", "enter", "v")
        await d.until("There is no earlier version of this page.")
        await d.press("escape", "e")
        await d.done(lambda: d.screen_name == "EditorScreen")
        d.app.screen.query_one(Paper).insert("more")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
        await d.press("x", "escape", "d", "enter", "u")
        await d.until("Pages stay here for 30 days")
        await d.press("r", "escape", "d")
        await d.choose("Erase it now instead")
        await d.until("No pages yet.")
    assert set(there) == WATCHED
    assert {where for seen in there.values() for where in seen} == {False}


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_every_page_of_the_journal_is_whole_at_every_size(opened: Companion, size: tuple[int, int]) -> None:
    opened.vault.add(Note("A page with a first line that is a good deal longer than forty columns are wide."))
    entry = opened.vault.add(Note("old"))
    opened.vault.revise(entry.id, Note("new"))
    opened.vault.delete(opened.vault.add(Note("thrown")).id)
    async with driving(opened, size=size) as d:
        await open_journal(d)
        await d.until("November 2026", "A page with a first", "enter read", "w write")
        await d.press("enter")
        await d.until("e change")
        await d.press("v")
        await d.until("b bring this back")
        await d.press("escape", "escape", "u")
        await d.until("thrown", "esc back", "^g hide")
        assert all(len(line) <= size[0] for line in d.text.splitlines())
