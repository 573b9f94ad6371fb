"""The trash: what was deleted in the last thirty days, to read, to bring back, or to erase for good."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Summary
from trustkit.tui.screens.entry_actions import ERASED
from trustkit.tui.screens.journal_page import JournalPage
from trustkit.tui.screens.page import Ask
from trustkit.tui.screens.versions import VersionsScreen
from trustkit.tui.telling import Titles
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.entry_list import EntryList, Row, Worded, by_month
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain

EMPTY: Final = "Nothing in the trash."
STAYS: Final = "Pages stay here for 30 days, then they are erased."
BACK: Final = "Back where it was."


class TrashScreen(JournalPage[None]):
    """Deleted pages by the month they were written in.

    Args:
        companion: Library, vault, settings and this sitting.
        private: Whether private pages were asked for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "bring back", show=True, tooltip="Bring this page back."),
        Binding("x", "erase", "erase", show=True, tooltip="Erase this page for good."),
        Binding("X", "empty", "erase all", show=True, tooltip="Erase everything in the trash for good."),
    ]

    @dataclass
    class Listed(Message):
        """What a thread found in the trash."""

        rows: list[Row]
        titles: Titles

    def __init__(self, companion: Companion, *, private: bool = False) -> None:
        super().__init__(companion, private=private)
        self._titles: Titles | None = None

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(id="trash-says", markup=False)
        yield EntryList(self._worded, id="trash-list")
        yield KeyLine()

    def _worded(self, summary: Summary) -> Worded:
        return self._titles.worded(summary) if self._titles else Worded(summary.title)

    def on_screen_resume(self) -> None:
        self.query_one(EntryList).focus()
        self._list()

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _list(self) -> None:
        try:
            titles = Titles(self.companion)
            rows = by_month(self.companion.vault.summaries(trash=True, private=self._private))
        except TrustkitError as error:
            self.app.call_from_thread(self._say, f"{error.happened} {error.do_next}")
        else:
            self.post_message(self.Listed(rows, titles))

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#trash-says", Static).update(plain(words))

    def on_trash_screen_listed(self, message: Listed) -> None:
        message.stop()
        if not self.is_wanted:
            return
        self._titles = message.titles
        entries = self.query_one(EntryList)
        entries.show(message.rows)
        self._say(STAYS if message.rows else EMPTY)

    def on_entry_list_opened(self, event: EntryList.Opened) -> None:
        event.stop()
        self.app.push_screen(VersionsScreen(self.companion, event.entry_id))

    def action_restore(self) -> None:
        if entry_id := self.query_one(EntryList).entry_id:
            self._restore(entry_id)

    def action_erase(self) -> None:
        if entry_id := self.query_one(EntryList).entry_id:
            self._erase([entry_id])

    def action_empty(self) -> None:
        rows = self.query_one(EntryList).entries
        if rows:
            self._erase([summary.id for summary in rows])

    @work
    async def _restore(self, entry_id: str) -> None:
        try:
            await asyncio.to_thread(self.companion.vault.restore, entry_id)
        except TrustkitError as error:
            self.trustkit.say_error(error)
        else:
            self.trustkit.say(BACK)
        self._list()

    @work
    async def _erase(self, ids: list[str]) -> None:
        count = "this note" if len(ids) == 1 else f"{len(ids)} notes"
        offers = [Offer("erase", "Erase"), Offer("leave", "Leave it" if len(ids) == 1 else "Leave them")]
        if await self.app.push_screen_wait(Ask("", f"Erase {count} for good?", offers)) != "erase":
            return
        try:
            for entry_id in ids:
                await asyncio.to_thread(self.companion.vault.forget, entry_id)
            self.trustkit.say(ERASED)
        except TrustkitError as error:
            self.trustkit.say_error(error)
        self._list()

    def forget(self) -> None:
        if self.is_attached:
            self.query_one(EntryList).clear()
