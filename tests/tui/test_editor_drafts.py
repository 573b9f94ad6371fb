"""Drafts of a page: sealed as it grows, offered back, and gone once it is kept."""

from dataclasses import replace
from threading import Event, Thread

import pytest
from app_driver import driving
from editor_pages import FULL, PASSPHRASE, WORDS, drafted, kept, paper, said, write
from textual import events

from trustkit.companion import Companion
from trustkit.model.entry import Draft, Note
from trustkit.tui.players.playing import playing
from trustkit.tui.screens.editor import EditorScreen
from trustkit.tui.screens.unfinished import resume
from trustkit.tui.sealing import LONGEST, Sealer, until_sealed
from trustkit.tui.widgets.paper import Paper


def full(*_: object) -> None:
    """A disk with no room left."""
    raise FULL


async def test_a_draft_that_could_not_be_sealed_is_tried_again_by_itself(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    from trustkit.tui.players import worded
    from trustkit.tui.screens import editor, own

    assert max(editor.QUIET, worded.SEAL_AFTER, own.SEAL_AFTER) <= 1.5
    assert LONGEST <= 5.0


def test_whoever_types_without_a_pause_is_sealed_five_seconds_after_the_first_word_not_the_last() -> None:
    now, due, sealed_at = 0.0, 0.0, []
    since: float | None = None
    for _ in range(200):  # a key every tenth of a second, for twenty seconds
        if since is not None and now >= due:
            sealed_at.append(now)
            since = None
        since = now if since is None else since
        due = now + until_sealed(since, now, 1.5)
        now += 0.1
    gaps = [later - earlier for earlier, later in zip([0.0, *sealed_at], sealed_at, strict=False)]
    assert len(sealed_at) == 3
    assert max(gaps) <= LONGEST + 0.2


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
        now += LONGEST
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


@pytest.mark.parametrize("key", ["ctrl+g", "f8", "ctrl+q"])
async def test_what_was_typed_and_pasted_just_before_a_key_that_protects_is_sealed(key: str, opened: Companion) -> None:
    async with driving(opened) as d:
        await write(d, "before ")
        for message in (events.Key("o", "o"), events.Key("k", "k"), events.Paste(" pasted"), events.Key(key, None)):
            d.app.post_message(message)
        await d.done(lambda: d.app.return_code is not None)

        assert drafted(opened) == ["before ok pasted"]


async def test_what_cannot_be_sealed_is_not_locked_away_unasked(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(sealed) as d:
        await write(d)
        with monkeypatch.context() as broken:
            broken.setattr(sealed.vault, "save_draft", full)
            await d.press("ctrl+l")
            assert "couldn't be sealed, so nothing was locked" in said(d)[-1]
            assert not sealed.vault.locked
            assert paper(d).text == WORDS
        await d.press("ctrl+l")
        await d.until("Locked. What you were writing is sealed too.")
        sealed.vault.unlock(PASSPHRASE)
        assert drafted(sealed) == [WORDS]


async def test_hiding_locks_whatever_happens(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(sealed) as d:
        await write(d)
        monkeypatch.setattr(sealed.vault, "save_draft", full)
        await d.press("ctrl+g")
        assert sealed.vault.locked


def test_the_last_words_wait_for_a_draft_that_a_slow_disk_is_still_taking(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, begun, go_on = sealed.vault.save_draft, Event(), Event()

    def slow(draft: Draft) -> None:
        if not begun.is_set():
            begun.set()
            go_on.wait()
        save(draft)

    monkeypatch.setattr(sealed.vault, "save_draft", slow)
    first = Draft(sealed.vault.new_id(), Note("first"), sealed.clock(), target=sealed.vault.new_rev())
    sealer = Sealer(sealed, first, resumed=False)
    early = Thread(target=sealer.seal, args=(first, sealer.number()))
    last = Thread(target=sealer.seal, args=(replace(first, body=Note("first and last")), sealer.number()))
    early.start()
    begun.wait()
    last.start()
    last.join(0.01)
    assert last.is_alive()
    go_on.set()
    for thread in (early, last):
        thread.join()
    assert drafted(sealed) == ["first and last"]


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


async def test_drafts_of_two_windows_on_one_page_are_both_offered_and_both_kept(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("first"))
    now = sealed.clock()
    one = Draft(entry.id, Note("from here"), now, base=entry.rev, target=sealed.vault.new_rev())
    other = Draft(entry.id, Note("from there"), now, base=entry.rev, target=sealed.vault.new_rev())
    sealed.keep_page(one, private=False)
    sealed.keep_page(other, private=False)
    texts = {head.body.text for head in sealed.vault.heads(entry.id) if isinstance(head.body, Note)}
    assert texts == {"from here", "from there"}
