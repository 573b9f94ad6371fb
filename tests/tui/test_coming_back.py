"""Coming back to a place: at once, in the styles that are in force by now, and with nothing that is gone."""

from collections.abc import Awaitable, Callable

import pytest
from app_driver import Driver, driving
from journal_pages import open_journal
from textual.widget import Widget

from trustkit.companion import Companion
from trustkit.model.entry import Note
from trustkit.tui.commands import PLACES
from trustkit.tui.screens.journal import JournalScreen
from trustkit.tui.themes import THEMES
from trustkit.tui.widgets.entry_list import EntryList

Change = Callable[[Driver], Awaitable[None]]


async def to_another_theme(d: Driver) -> None:
    d.app.theme = next(name for name in THEMES if name != d.app.theme)


async def to_a_small_window(d: Driver) -> None:
    await d.pilot.resize_terminal(40, 15)


def styled(d: Driver) -> dict[Widget, dict[str, object]]:
    """Every rule in force on the page, the colours it leads to, and where things stand."""
    return {
        node: {**node.styles.base.get_rules(), "background": node.background_colors, "region": node.region}
        for node in d.app.screen.walk_children(with_self=True)
        if isinstance(node, Widget)
    }


@pytest.mark.parametrize("change", [to_another_theme, to_a_small_window])
async def test_a_place_come_back_to_is_styled_by_what_changed_meanwhile(change: Change, opened: Companion) -> None:
    opened.vault.add(Note("words"))
    async with driving(opened) as d:
        for mode, *_ in PLACES:
            await d.app.run_action(f"go('{mode}')")
            await d.rest()
        await change(d)
        await d.rest()
        sizes = d.app.screen.classes
        for mode, *_ in PLACES:
            await d.app.run_action(f"go('{mode}')")
            await d.rest()
            seen = styled(d)
            d.app.screen.update_node_styles(animate=False)
            await d.rest()
            assert (styled(d), d.app.screen.classes) == (seen, sizes), mode


async def test_the_journal_come_back_to_shows_its_pages_before_any_file_is_read(
    opened: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.vault.add(Note("the canary sang"))
    async with driving(opened) as d:
        journal = await open_journal(d)
        await d.until("the canary sang")
        await d.done(lambda: opened.vault.at_hand(("rows", False)))
        await d.press("t")
        assert "canary" not in d.text
        monkeypatch.setattr(journal, "_list", lambda *_, **__: None)
        await d.press("j")
        await d.until("the canary sang")


async def test_a_page_that_went_meanwhile_is_not_even_painted_once(
    opened: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = opened.vault.add(Note("the canary sang"))
    opened.vault.add(Note("still here"))
    async with driving(opened) as d:
        journal = await open_journal(d)
        await d.done(lambda: opened.vault.at_hand(("rows", False)))
        await d.press("t")
        opened.vault.delete(gone.id)
        shown: list[str] = []
        show = EntryList.show

        def watched(entries: EntryList, rows: object, **words: object) -> None:
            show(entries, rows, **words)  # type: ignore[arg-type]
            shown.extend(one.title for one in entries.entries)

        monkeypatch.setattr(EntryList, "show", watched)
        await d.press("j")
        await d.until("still here")
    assert isinstance(journal, JournalScreen)
    assert set(shown) == {"still here"}


async def test_a_search_is_over_once_one_leaves(opened: Companion) -> None:
    opened.vault.add(Note("the canary sang"))
    opened.vault.add(Note("still here"))
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("slash", *"canary")
        await d.done(lambda: "still here" not in d.text)
        await d.app.run_action("go('today')")
        await d.rest()
        await d.press("j")
        await d.until("the canary sang", "still here")
