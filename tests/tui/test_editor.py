"""Writing: nothing that was typed is ever lost, shown raw or kept where it was not meant to be."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

import pytest
from app_driver import Driver, driving
from textual import events

from trustkit.companion import Companion
from trustkit.errors import WriteError
from trustkit.model.entry import Draft, Note
from trustkit.tui.players.playing import playing
from trustkit.tui.screens.editor import EditorScreen
from trustkit.tui.screens.today import TodayScreen
from trustkit.tui.screens.unfinished import resume
from trustkit.tui.widgets.paper import Paper

PASSPHRASE = "plum otter lantern"
"""What the `sealed` companion was made with."""
WORDS = "It was loud in the kitchen.\nI went outside."
FULL = WriteError("There is no room to save.", "Free some space, then press Save.")


async def write(d: Driver, text: str = WORDS) -> EditorScreen:
    """Open the editor on a new page and put words on it."""
    await d.app.write()
    await d.rest()
    editor = d.app.screen
    assert isinstance(editor, EditorScreen)
    paper(d).insert(text)
    await d.rest()
    return editor


def paper(d: Driver) -> Paper:
    return d.app.screen.query_one(Paper)


def said(d: Driver) -> list[str]:
    """What was said at the corner of the screen."""
    return [notification.message for notification in d.app._notifications]


def kept(companion: Companion, *, private: bool = False) -> list[Note]:
    entries = [companion.vault.get(one.id) for one in companion.vault.summaries(private=private)]
    return [entry.body for entry in entries if isinstance(entry.body, Note)]


def drafted(companion: Companion) -> list[str]:
    return [draft.body.text for draft in companion.vault.drafts() if isinstance(draft.body, Note)]


# -- keeping


async def test_a_page_is_kept_with_two_keys_and_its_draft_is_gone(sealed: Companion) -> None:
    async with driving(sealed) as d:
        editor = await write(d)
        editor.seal_draft()
        await d.press("ctrl+s")
        await d.until("Keep this note?", "Left out of lists, search and exports until you ask for it.")
        await d.press("enter")
        await d.until("Saved.", "A breath before the next? ^t")
        assert kept(sealed) == [Note(WORDS)]
        assert drafted(sealed) == []


async def test_a_page_can_be_kept_privately(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await write(d)
        await d.press("ctrl+s")
        await d.choose("Keep privately")
        await d.until("Saved.")
        assert kept(sealed) == []
        assert kept(sealed, private=True) == [Note(WORDS)]


async def test_a_private_page_stays_private_when_it_is_changed_and_kept_with_enter(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("before"), private=True)
    async with driving(sealed) as d:
        d.app.push_screen(EditorScreen(sealed, entry=entry))
        await d.rest()
        paper(d).insert(" and after")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
        assert kept(sealed, private=True) == [Note("before and after")]
        assert kept(sealed) == []


async def test_what_is_not_kept_leaves_nothing_behind(sealed: Companion) -> None:
    async with driving(sealed) as d:
        editor = await write(d)
        editor.seal_draft()
        assert drafted(sealed) == [WORDS]
        await d.press("ctrl+s")
        await d.choose("Don't keep")
        await d.done(lambda: d.screen_name == "TodayScreen")
        assert kept(sealed) == []
        assert drafted(sealed) == []


async def test_where_nothing_is_kept_saving_says_so_and_the_page_stays_for_this_sitting(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d)
        await d.press("ctrl+s")
        await d.until("You chose to keep nothing, so nothing is written.")
        await d.press("enter")
        await d.until("Held until trustkit closes.")
        assert kept(ghost) == [Note(WORDS)]
        assert ghost.vault.data is None


async def test_changing_a_page_keeps_what_it_was(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("first"))
    async with driving(sealed) as d:
        d.app.push_screen(EditorScreen(sealed, entry=entry))
        await d.rest()
        paper(d).insert(", then second")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
    texts = [version.body.text for version in sealed.vault.versions(entry.id) if isinstance(version.body, Note)]
    assert texts == ["first, then second", "first"]


async def test_an_empty_page_is_not_kept(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await write(d, "  \n")
        await d.press("ctrl+s")
        await d.until("One line is enough to begin.")
        assert kept(sealed) == []


# -- when keeping fails


@pytest.mark.parametrize("call", ["add", "save_draft"])
async def test_a_full_disk_leaves_the_words_on_screen_and_says_what_to_do(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise FULL

    async with driving(sealed) as d:
        await write(d)
        with monkeypatch.context() as broken:
            broken.setattr(sealed.vault, call, full)
            if call == "add":
                await d.press("ctrl+s", "enter")
            else:
                d.app.screen._rest()  # type: ignore[attr-defined]
            await d.until(
                "There is no room to save.", "Free some space, then press Save.", "It was loud in the kitchen."
            )
            assert paper(d).text == WORDS
            assert not paper(d).read_only
        if call == "add":
            d.app.screen._rest()  # type: ignore[attr-defined]
            await d.until("sealed as a draft", FULL.happened, FULL.do_next)
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
        assert kept(sealed) == [Note(WORDS)]


async def test_a_write_that_failed_late_is_made_good_and_nothing_doubles(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = sealed.vault.add

    def late(*args: object, **words: object) -> object:
        add(*args, **words)  # type: ignore[arg-type]
        raise WriteError("The disk did not answer.", "Try again.")

    async with driving(sealed) as d:
        await write(d)
        monkeypatch.setattr(sealed.vault, "add", late)
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
    assert kept(sealed) == [Note(WORDS)]
    assert len(sealed.vault.summaries()) == 1


async def test_a_page_that_was_erased_elsewhere_while_it_was_changed_becomes_one_of_its_own(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trustkit.errors import NotFound

    entry = sealed.vault.add(Note("first"))

    def gone(*_: object, **__: object) -> None:
        raise NotFound("This entry is no longer on the disk.", "Look in a backup.")

    async with driving(sealed) as d:
        d.app.push_screen(EditorScreen(sealed, entry=entry))
        await d.rest()
        paper(d).insert(", then second")
        monkeypatch.setattr(sealed.vault, "revise", gone)
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
    assert Note("first, then second") in kept(sealed)


async def test_a_mistake_of_the_program_in_saving_says_so_and_keeps_the_words(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: object, **__: object) -> None:
        raise RuntimeError(WORDS)

    monkeypatch.setattr(sealed.vault, "add", mistaken)
    async with driving(sealed) as d:
        await write(d)
        await d.press("ctrl+s", "enter")
        await d.until("Something in trustkit went wrong. Your words are still on screen")
        assert paper(d).text == WORDS
        assert not paper(d).read_only


# -- drafts


async def test_a_draft_that_could_not_be_sealed_is_tried_again_by_itself(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FULL

    async with driving(sealed) as d:
        d.app.push_screen(EditorScreen(sealed, quiet=0.01))
        await d.rest()
        with monkeypatch.context() as broken:
            broken.setattr(sealed.vault, "save_draft", full)
            paper(d).insert(WORDS)
            await d.until("not sealed", FULL.happened, FULL.do_next)
        await d.until("sealed as a draft")
        await d.done(lambda: FULL.happened not in d.text)
        assert drafted(sealed) == [WORDS]


async def test_a_breath_that_was_begun_while_a_page_is_being_kept_goes_on(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    keep, go_on = sealed.keep_page, Event()

    def slow(*args: object, **words: bool) -> object:
        go_on.wait(10)
        return keep(*args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(sealed, "keep_page", slow)
    async with driving(sealed) as d:
        await write(d)
        await d.press("ctrl+s", "enter", "ctrl+t")
        assert playing(d.app.screen)
        go_on.set()
        await d.done(lambda: said(d) == ["Saved."])
        assert playing(d.app.screen)
        await d.press("escape")
        await d.done(lambda: d.screen_name == "TodayScreen")
        assert kept(sealed) == [Note(WORDS)]


async def test_a_draft_is_sealed_when_the_hands_rest(sealed: Companion) -> None:
    async with driving(sealed) as d:
        d.app.push_screen(EditorScreen(sealed, quiet=0.0))
        await d.rest()
        paper(d).insert(WORDS)
        await d.until("sealed as a draft")
        assert drafted(sealed) == [WORDS]


def test_the_hands_rest_well_within_two_seconds() -> None:
    from trustkit.tui.screens.editor import QUIET

    assert QUIET <= 1.5


async def test_who_never_stops_typing_is_sealed_all_the_same(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    async with driving(sealed) as d:
        monkeypatch.setattr(d.app, "time", lambda: now)
        d.app.push_screen(EditorScreen(sealed, quiet=3600.0))
        await d.rest()
        paper(d).insert("a")
        await d.rest()
        assert drafted(sealed) == []
        now += 11.0
        paper(d).insert("b")
        await d.until("sealed as a draft")
        assert drafted(sealed) == ["ab"]


async def test_locking_seals_to_the_last_key_and_today_offers_it_back_with_the_cursor(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await write(d)
        paper(d).insert("!")  # sealed although nobody has told the editor yet
        paper(d).move_cursor((0, 7))
        await d.press("ctrl+l")
        await d.until("Locked. What you were writing is sealed too.")
        sealed.vault.unlock(PASSPHRASE)
        await d.app.come_in()
        await d.until("Go on with what you were writing")
        await d.choose("Go on with what you were writing")
        await d.done(lambda: d.screen_name == "EditorScreen")
        assert paper(d).text == WORDS + "!"
        assert paper(d).cursor_location == (0, 7)


async def test_hiding_seals_and_clears(sealed: Companion) -> None:
    async with driving(sealed) as d:
        editor = await write(d)
        await d.press("ctrl+g")
        assert "kitchen" not in d.text
        assert sealed.vault.locked
        assert not editor.is_attached
        sealed.vault.unlock(PASSPHRASE)
        assert drafted(sealed) == [WORDS]


async def test_sealing_never_raises_whatever_the_vault_does(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(WORDS)

    async with driving(sealed) as d:
        editor = await write(d)
        monkeypatch.setattr(sealed.vault, "save_draft", broken)
        editor.seal_draft()
        assert paper(d).text == WORDS


async def test_forgetting_clears_the_text_the_undo_and_what_stands_beside(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("first", title="A title", tags=("kitchen",)))
    async with driving(sealed) as d:
        d.app.push_screen(EditorScreen(sealed, entry=entry))
        await d.rest()
        sheet = paper(d)
        sheet.insert(" and more")
        editor = d.app.screen
        editor.forget()  # type: ignore[attr-defined]
        assert sheet.text == ""
        sheet.undo()
        assert sheet.text == ""
        await d.rest()
        assert "A title" not in d.text
        editor.seal_draft()  # type: ignore[attr-defined]
        assert drafted(sealed) == []


async def test_a_draft_of_a_page_that_was_kept_just_before_the_end_is_not_offered_twice(sealed: Companion) -> None:
    async with driving(sealed) as d:
        editor = await write(d)
        editor.seal_draft()
        draft = sealed.vault.drafts()[0]
        sealed.keep_page(draft, private=False)
        sealed.vault.save_draft(draft)  # as if the end had come between keeping and dropping
    assert sealed.vault.drafts() == []
    assert len(sealed.vault.summaries()) == 1


async def test_going_on_with_a_draft_that_is_gone_says_so(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await resume(d.app, sealed.vault.new_id())
        await d.done(lambda: said(d) == ["That draft is no longer there."])


async def test_a_page_that_is_blank_again_leaves_no_draft(sealed: Companion) -> None:
    async with driving(sealed) as d:
        editor = await write(d)
        editor.seal_draft()
        paper(d).clear()
        await d.rest()
        await d.press("escape")
        await d.done(lambda: d.screen_name == "TodayScreen")
        assert sealed.vault.drafts() == []


async def test_another_place_from_the_palette_seals_the_page_and_clears_it(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await d.press("j")
        editor = await write(d)
        await d.app.run_action("go('today')")
        await d.until("Go on with what you were writing")
        assert editor.query_one(Paper).text == ""
        assert drafted(sealed) == [WORDS]
        await d.app.run_action("go('journal')")
        await d.done(lambda: d.screen_name == "JournalScreen")


# -- leaving


async def test_leaving_without_a_change_asks_nothing(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("first"))
    async with driving(sealed) as d:
        d.app.push_screen(EditorScreen(sealed, entry=entry))
        await d.rest()
        await d.press("escape")
        assert isinstance(d.app.screen, TodayScreen)
        assert len(sealed.vault.versions(entry.id)) == 1


@pytest.mark.parametrize(
    ("answer", "notes", "drafts"),
    [("Leave it there", [], [WORDS]), ("Keep as a note", [Note(WORDS)], []), ("Throw it away", [], [])],
)
async def test_leaving_with_words_asks_where_they_go(
    sealed: Companion, answer: str, notes: list[Note], drafts: list[str]
) -> None:
    async with driving(sealed) as d:
        await write(d)
        await d.press("escape")
        await d.until("You've written something. It is sealed as a draft.")
        assert drafted(sealed) == [WORDS]
        await d.choose(answer)
        await d.done(lambda: d.screen_name in ("TodayScreen", "SavedScreen"))
        assert kept(sealed) == notes
        assert drafted(sealed) == drafts


async def test_leaving_the_question_leads_back_to_the_page(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await write(d)
        await d.press("escape")
        await d.until("You've written something.")
        await d.press("escape")
        assert paper(d).text == WORDS


# -- beside writing


async def test_a_breath_leads_back_to_the_very_same_cursor(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d)
        paper(d).move_cursor((0, 9))
        await d.press("ctrl+t")
        assert playing(d.app.screen)
        await d.press("escape")
        await d.done(lambda: d.screen_name == "EditorScreen")
        assert paper(d).cursor_location == (0, 9)
        assert paper(d).has_focus


@pytest.mark.parametrize("key", ["b", "ctrl+t"])
async def test_between_entries_one_key_breathes_and_comes_back(ghost: Companion, key: str) -> None:
    async with driving(ghost) as d:
        await write(d)
        await d.press("ctrl+s", "enter")
        await d.until("A breath before the next?")
        await d.press(key)
        await d.done(lambda: playing(d.app.screen))
        await d.press("escape")
        await d.done(lambda: d.screen_name == "TodayScreen")


async def test_between_entries_any_other_key_goes_on(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d)
        await d.press("ctrl+s", "enter")
        await d.until("A breath before the next?")
        await d.press("x")
        assert d.screen_name == "TodayScreen"


@pytest.mark.parametrize(
    ("ritual", "before", "after"), [("before", True, False), ("after", False, True), ("neither", False, False)]
)
async def test_the_breath_around_writing_is_as_the_reader_set_it(
    ghost: Companion, ritual: str, before: bool, after: bool
) -> None:
    ghost.settings = replace(ghost.settings, ritual=ritual)
    async with driving(ghost) as d:
        await d.app.write()
        await d.rest()
        if before:
            await d.done(lambda: playing(d.app.screen))
            await d.press("escape")
        await d.done(lambda: d.screen_name == "EditorScreen")
        paper(d).insert("One line.")
        await d.press("ctrl+s", "enter")
        await d.done(lambda: said(d) == ["Held until trustkit closes."])
        await d.rest()
        assert playing(d.app.screen) is after


async def test_title_tags_feelings_distress_and_day_are_kept_when_they_are_given(sealed: Companion) -> None:
    from trustkit.tui.widgets.distress_scale import DistressScale
    from trustkit.tui.widgets.paper import Line

    async with driving(sealed) as d:
        await write(d)
        await d.press("ctrl+n")
        for name, typed in (
            ("title", " The kitchen "),
            ("tags", "home, evenings,, home"),
            ("feelings", "sad"),
            ("day", "2026-11-20"),
        ):
            d.app.screen.query_one(f"#details-{name}", Line).value = typed
        d.app.screen.query_one(DistressScale).action_rate(6)
        await d.rest()
        await d.press("escape")
        await d.until("The kitchen")
        await d.press("ctrl+s", "enter")
        await d.until("Saved.")
    day = datetime(2026, 11, 20).date()
    assert kept(sealed) == [
        Note(WORDS, "The kitchen", ("home", "evenings"), ("sad",), distress=6, about_day=day),
    ]


async def test_a_date_that_is_not_clear_is_said_and_left_out(sealed: Companion) -> None:
    from trustkit.tui.widgets.paper import Line

    async with driving(sealed) as d:
        await write(d)
        await d.press("ctrl+n")
        line = d.app.screen.query_one("#details-day", Line)
        line.value = "2026-13-77"
        line.focus()
        await d.rest()
        await d.until("That date wasn't clear. Try 2026-11-30, or leave it out.")
        await d.press("escape", "ctrl+s", "enter")
        await d.until("Saved.")
    assert kept(sealed)[0].about_day is None


async def test_words_are_counted_quietly(ghost: Companion) -> None:
    async with driving(ghost) as d:
        d.app.push_screen(EditorScreen(ghost, quiet=0.0))
        await d.rest()
        paper(d).insert("one")
        await d.until("1 word")
        paper(d).insert(" two three")
        await d.until("3 words")


# -- what goes in and what is shown


async def test_brackets_are_only_brackets(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d, "the [bold]phone[/bold] on the [table")
        await d.until("the [bold]phone[/bold] on the [table")


@pytest.mark.parametrize("character", ["\u200d", "\u200c", "\u00ad", "\u3000", "\u00a0"])
async def test_typed_joiners_and_spaces_of_other_scripts_are_not_lost(ghost: Companion, character: str) -> None:
    async with driving(ghost) as d:
        await write(d, "a")
        d.app.post_message(events.Key("unknown", character))
        await d.rest()
        assert paper(d).text == f"a{character}"


async def test_tab_writes_nothing_and_leaves_the_cursor_where_it_is(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d, "a")
        await d.press("tab")
        assert paper(d).text == "a"
        assert paper(d).has_focus


async def test_a_paste_keeps_its_words_and_loses_what_a_terminal_would_obey(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d, "")
        d.app.post_message(events.Paste("one\x1b[31mred\r\ntwo\u202e\ud800 \u200d👩‍👩‍👧"))
        await d.rest()
        assert paper(d).text == "one[31mred\ntwo\ufffd \u200d👩‍👩‍👧"


async def test_a_character_that_cannot_be_written_is_said_and_the_words_stay(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await write(d, "half \udc00")
        await d.press("ctrl+s", "enter")
        await d.until("The text holds half of a character, which cannot be written.")
        assert paper(d).text == "half \udc00"


async def test_an_old_page_with_control_characters_is_shown_harmless_and_kept_exact(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("red \x1b[31m alert"))
    async with driving(sealed) as d:
        d.app.push_screen(EditorScreen(sealed, entry=entry))
        await d.rest()
        assert "\x1b" not in d.text
        await d.until("red \ufffd[31m alert")
        assert paper(d).text == "red \x1b[31m alert"


async def test_undo_and_redo_go_back_and_forth(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await write(d, "one\n")
        paper(d).insert("two\n")
        await d.press("ctrl+z")
        assert paper(d).text == "one\n"
        await d.press("ctrl+y")
        assert paper(d).text == "one\ntwo\n"


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_the_page_and_what_stands_beside_it_are_whole_at_every_size(
    ghost: Companion, size: tuple[int, int]
) -> None:
    async with driving(ghost, size=size) as d:
        await write(d)
        assert "I went outside." in d.text
        assert "^s keep" in d.text
        await d.press("ctrl+n")
        await d.until("title")
        for _ in range(4):
            await d.press("down")
        await d.until("How are you right now?", "n numb")


async def test_drafts_of_two_windows_on_one_page_are_both_offered_and_both_kept(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("first"))
    now = sealed.clock()
    one = Draft(entry.id, Note("from here"), now, base=entry.rev, target=sealed.vault.new_rev())
    other = Draft(entry.id, Note("from there"), now, base=entry.rev, target=sealed.vault.new_rev())
    sealed.keep_page(one, private=False)
    sealed.keep_page(other, private=False)
    texts = {head.body.text for head in sealed.vault.heads(entry.id) if isinstance(head.body, Note)}
    assert texts == {"from here", "from there"}


# -- an editor of one's own: what is refused, without a terminal to give away (see tests/terminal)


@pytest.mark.parametrize(
    ("editor", "place", "told"),
    [
        ("", "", "No editor is named in $VISUAL or $EDITOR that this computer has. Name one there"),
        ("no-such-editor-anywhere", "", "No editor is named"),
        ("true", "", "There is no place in memory where an editor could have your words"),
    ],
)
async def test_where_no_editor_can_be_opened_two_sentences_say_so_and_nothing_is_lost(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch, editor: str, place: str, told: str
) -> None:
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.setenv("XDG_RUNTIME_DIR", place)
    sealed.settings = replace(sealed.settings, outside_editor=True)
    async with driving(sealed) as d:
        await d.app.write()
        await d.rest()
        paper = d.app.screen.query_one(Paper)
        paper.insert("still here")
        await d.press("f4")
        await d.until(told)
        assert paper.text == "still here"
        await d.until("your editor")


async def test_quiet_minutes_begin_when_the_terminal_is_given_back(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the other program had it: coming back is being there."""
    now = [1000.0]
    async with driving(sealed) as d:
        monkeypatch.setattr(d.app, "time", lambda: now[0])
        monkeypatch.setattr(d.app, "suspend", nullcontext)

        def an_hour() -> None:
            now[0] += 3600

        assert d.app.lend_terminal(an_hour)
        await d.app._lock_when_idle()
        assert d.app.current_mode == "today"
        now[0] += 3600
        await d.app._lock_when_idle()
        assert d.app.current_mode == "door"
