"""Writing: nothing that was typed is ever lost, shown raw or kept where it was not meant to be."""

import pytest
from app_driver import driving
from editor_pages import FULL, WORDS, drafted, kept, paper, write
from textual import events

from trustkit.companion import Companion
from trustkit.errors import WriteError
from trustkit.model.entry import Note
from trustkit.tui.screens.editor import EditorScreen
from trustkit.tui.screens.today import TodayScreen

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
