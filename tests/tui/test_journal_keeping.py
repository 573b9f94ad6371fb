"""What is kept stays kept: two versions brought together, tags under another name, and a way back from each."""

import pytest
from app_driver import Driver, driving
from journal_pages import open_journal

from trustkit.companion import Companion
from trustkit.errors import WriteError
from trustkit.model.entry import Answers, Note
from trustkit.tui.screens.side_by_side import TwoVersions
from trustkit.tui.screens.tags import TagsScreen
from trustkit.tui.widgets.leaf import Leaf
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.paper import Paper


def two_versions(companion: Companion, *texts: str) -> str:
    """One page as two devices left it."""
    entry = companion.vault.add(Note("Morning.\nIt was as it was.\nEvening."))
    for text in texts or ("Morning.\nIt was quiet.\nEvening.", "Morning.\nIt was loud.\nEvening."):
        companion.vault.revise(entry.id, Note(text), base=entry.rev)
    return entry.id


async def open_both(d: Driver) -> TwoVersions:
    await open_journal(d)
    await d.press("enter")
    await d.until("This note was changed in two places. Both are kept; you choose.")
    await d.press("s")
    await d.done(lambda: isinstance(d.app.screen, TwoVersions) and d.app.screen._shown)
    assert isinstance(d.app.screen, TwoVersions)
    return d.app.screen


def text_of(companion: Companion, entry_id: str) -> str:
    body = companion.vault.get(entry_id).body
    assert isinstance(body, Note)
    return body.text


def kept(companion: Companion, entry_id: str) -> set[str]:
    """Every text the entry ever had."""
    return {one.body.text for one in companion.vault.versions(entry_id) if isinstance(one.body, Note)}


# -- two versions


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_two_versions_stand_side_by_side_with_what_differs_marked(
    sealed: Companion, size: tuple[int, int]
) -> None:
    two_versions(sealed)
    async with driving(sealed, size=size) as d:
        both = await open_both(d)
        await d.rest()
        marked = [piece.text[a:b] for leaf in both.query(Leaf) for piece in leaf._pieces for a, b in piece.found]
        assert sorted(marked) == ["loud", "quiet"]
        await d.until("1 first")
        assert all(len(line) <= size[0] for line in d.text.splitlines())


@pytest.mark.parametrize(("key", "which"), [("1", 0), ("2", 1)])
async def test_keeping_one_keeps_the_other_among_its_versions(sealed: Companion, key: str, which: int) -> None:
    entry_id = two_versions(sealed)
    async with driving(sealed) as d:
        both = await open_both(d)
        wanted = both._shown[which].body
        await d.press(key)
        await d.done(lambda: len(sealed.vault.heads(entry_id)) == 1)
        assert sealed.vault.get(entry_id).body == wanted
        assert len(kept(sealed, entry_id)) == 3
        await d.done(lambda: d.screen_name == "EntryScreen")
        await d.done(lambda: "changed in two places" not in d.text)


async def test_keeping_both_makes_two_pages_of_one_day(sealed: Companion) -> None:
    entry_id = two_versions(sealed)
    async with driving(sealed) as d:
        await open_both(d)
        await d.press("b")
        await d.done(lambda: len(sealed.vault.summaries()) == 2)
        await d.done(lambda: len(sealed.vault.heads(entry_id)) == 1)
        texts = {text_of(sealed, one.id) for one in sealed.vault.summaries()}
        assert texts == {"Morning.\nIt was quiet.\nEvening.", "Morning.\nIt was loud.\nEvening."}
        assert {one.day for one in sealed.vault.summaries()} == {sealed.clock().date()}


async def test_put_together_holds_the_lines_of_both_and_opens_to_be_changed(sealed: Companion) -> None:
    entry_id = two_versions(sealed)
    async with driving(sealed) as d:
        await open_both(d)
        await d.press("m")
        await d.done(lambda: d.screen_name == "EditorScreen")
        paper = d.app.screen.query_one(Paper)
        lines = paper.text.splitlines()
        assert sorted(lines) == ["Evening.", "It was loud.", "It was quiet.", "Morning."]
        assert lines[0], lines[-1] == ("Morning.", "Evening.")
        assert len(sealed.vault.heads(entry_id)) == 1
        assert len(kept(sealed, entry_id)) == 4


async def test_a_version_that_was_deleted_elsewhere_can_stay_deleted_or_not(sealed: Companion) -> None:
    entry = sealed.vault.add(Note("words"))
    sealed.vault.revise(entry.id, Note("more words"), base=entry.rev)
    sealed.vault.delete(entry.id)
    sealed.vault.revise(entry.id, Note("words elsewhere"), base=entry.rev)
    assert len(sealed.vault.heads(entry.id)) == 2
    async with driving(sealed) as d:
        both = await open_both(d)
        await d.until("Moved to the trash.")
        assert not both.check_action("keep_both", ())
        assert not both.check_action("put_together", ())
        deleted = next(at for at, head in enumerate(both._shown) if head.body is None)
        await d.press(str(deleted + 1))
        await d.done(lambda: sealed.vault.summaries() == ())
        assert [one.id for one in sealed.vault.summaries(trash=True)] == [entry.id]


async def test_of_three_versions_each_can_be_laid_beside_the_first(sealed: Companion) -> None:
    two_versions(sealed, "one", "two", "three")
    async with driving(sealed) as d:
        both = await open_both(d)
        await d.until("There are 3 versions; o shows another beside the first.")
        first, before = both._shown[0], both._shown[1]
        await d.press("o")
        await d.done(lambda: both._shown[1] != before)
        assert both._shown[0] == first


async def test_when_it_cannot_be_written_both_versions_stay(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_id = two_versions(sealed)

    def full(*_: object, **__: object) -> None:
        raise WriteError("There is no room to save.", "Free some space, then press Save.")

    async with driving(sealed) as d:
        await open_both(d)
        monkeypatch.setattr(sealed.vault, "resolve", full)
        await d.press("1")
        await d.done(lambda: d.app._notifications)
        (said,) = [notification.message for notification in d.app._notifications]
        assert said == "There is no room to save. Free some space, then press Save."
        assert d.screen_name == "TwoVersions"
        assert len(sealed.vault.heads(entry_id)) == 2


async def test_answers_have_two_versions_too_but_are_not_put_together(sealed: Companion) -> None:
    entry = sealed.vault.add(Answers("journal-free", 1, {"page": "before"}))
    for words in ("here", "there"):
        sealed.vault.revise(entry.id, Answers("journal-free", 1, {"page": words}), base=entry.rev)
    async with driving(sealed) as d:
        both = await open_both(d)
        assert not both.check_action("put_together", ())
        await d.press("b")
        await d.done(lambda: len(sealed.vault.summaries()) == 2)


# -- tags


def tagged(companion: Companion) -> None:
    for tags in (("home", "rain"), ("Home",), ("work",)):
        companion.vault.add(Note("words", tags=tags))
    companion.vault.add(Note("for me alone", tags=("home",)), private=True)


async def open_tags(d: Driver) -> None:
    await open_journal(d)
    await d.press("number_sign")
    await d.done(lambda: isinstance(d.app.screen, TagsScreen) and d.app.screen._tags)


def tags_of(companion: Companion) -> list[str]:
    return sorted(tag for one in companion.vault.summaries() for tag in one.tags)


async def test_tags_are_counted_and_lead_to_their_pages(sealed: Companion) -> None:
    tagged(sealed)
    async with driving(sealed) as d:
        await open_tags(d)
        await d.until("(2)", "rain (1)", "work (1)")
        await d.choose("rain")
        await d.done(lambda: d.screen_name == "JournalScreen")
        await d.until("1 page: tagged rain.")


async def test_a_tag_is_renamed_on_all_its_pages_after_its_count_and_renamed_back(sealed: Companion) -> None:
    tagged(sealed)
    async with driving(sealed) as d:
        await open_tags(d)
        await d.press("r")
        await d.until("2 pages have this tag", "Pages kept privately are left as they are.")
        d.app.screen.query_one(Line).value = "the house"
        await d.press("enter")
        await d.done(lambda: tags_of(sealed) == ["rain", "the house", "the house", "work"])
        await d.until("the house (2)")
        await d.press("r")
        d.app.screen.query_one(Line).value = "home"
        await d.press("enter")
        await d.done(lambda: tags_of(sealed) == ["home", "home", "rain", "work"])
    private = [one for one in sealed.vault.summaries(private=True) if one.private]
    assert [one.tags for one in private] == [("home",)]
    assert len(sealed.vault.versions(private[0].id)) == 1


async def test_two_tags_become_one_only_when_that_is_said(sealed: Companion) -> None:
    tagged(sealed)
    async with driving(sealed) as d:
        await open_tags(d)
        for answer, left in (
            ("Leave them", ["Home", "home", "rain", "work"]),
            ("Make them one", ["rain"] + 3 * ["work"]),
        ):
            await d.press("r")
            await d.until("this tag")
            d.app.screen.query_one(Line).value = "WORK"
            await d.press("enter")
            await d.until("1 page has that tag already: work. The two would become one tag.")
            await d.choose(answer)
            await d.done(lambda left=left: tags_of(sealed) == left)


async def test_a_tag_left_without_a_name_stays_as_it_is(sealed: Companion) -> None:
    tagged(sealed)
    async with driving(sealed) as d:
        await open_tags(d)
        for typed in ("", " , "):
            await d.press("r")
            await d.until("this tag")
            d.app.screen.query_one(Line).value = typed
            await d.press("enter")
            await d.done(lambda: d.screen_name == "TagsScreen")
        await d.press("r", "escape")
        await d.done(lambda: d.screen_name == "TagsScreen")
        assert tags_of(sealed) == ["Home", "home", "rain", "work"]


def test_a_rename_that_was_broken_off_goes_on_where_it_stopped(
    opened: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        opened.vault.add(Note("words", tags=("home",)))
    revise, calls = opened.vault.revise, []

    def once(*args: object, **words: object) -> object:
        if calls:
            raise WriteError("There is no room to save.", "Free some space.")
        calls.append(1)
        return revise(*args, **words)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(opened.vault, "revise", once)
        with pytest.raises(WriteError):
            opened.rename_tag("home", "house")
    assert tags_of(opened) == ["home", "home", "house"]
    assert opened.rename_tag("home", "house") == 2
    assert tags_of(opened) == ["house"] * 3
