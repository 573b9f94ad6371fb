"""What tests of the journal's pages do again and again: open it, look for words, wait for something to hold."""

from app_driver import Driver

from trustkit.tui.screens.journal import JournalScreen
from trustkit.tui.widgets.entry_list import EntryList
from trustkit.tui.widgets.line import Line


async def open_journal(d: Driver) -> JournalScreen:
    await d.app.run_action("go('journal')")
    await d.rest()
    screen = d.app.screen
    assert isinstance(screen, JournalScreen)
    await d.done(lambda: screen.entries.entries or screen.query_one("#journal-says").display)
    return screen


async def look_for(d: Driver, words: str) -> None:
    if not d.app.screen.query_one(Line).display:
        await d.press("slash")
    d.app.screen.query_one(Line).value = words
    await d.rest()


def shown(d: Driver) -> list[str]:
    """The titles in the list, from the top."""
    return [summary.title for summary in d.app.screen.query_one(EntryList).entries]
