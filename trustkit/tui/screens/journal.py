"""The journal: every page by month, found as one types, read beside the list where there is room.

Nothing here touches the disk on the event loop; what a thread found comes back as a message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Problem, Summary
from trustkit.tui.screens.entry_actions import ACTIONS, EntryActions
from trustkit.tui.screens.page import Place
from trustkit.tui.telling import Titles, page_of
from trustkit.tui.widgets.entry_list import EntryList, Row, Worded, by_month
from trustkit.tui.widgets.leaf import Leaf, Piece
from trustkit.tui.widgets.paper import Line
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain

FIRST: Final = 60
"""Entries shown before older months are read: more than any window has lines."""

EMPTY: Final = "No pages yet. One line is enough to begin."
NOTHING_KEPT: Final = "You chose to keep nothing, so there is nothing here to find."
HELD: Final = "These stay here until trustkit closes."
NOT_FOUND: Final = "Nothing here has that word."
PRIVATE_TOO: Final = "Private pages are shown too, until you leave."


class JournalScreen(EntryActions, Place):
    """Your own words, kept on this computer."""

    place = "journal"
    CSS_PATH = "journal.tcss"
    AUTO_FOCUS = "EntryList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "write", show=True, tooltip="Begin a page."),
        Binding("slash", "search", "find", show=True, tooltip="Find pages by their words, as you type."),
        *ACTIONS,
        Binding("u", "trash", "trash", show=True, tooltip="What was deleted, to bring back or to erase."),
        Binding("full_stop", "private", "private too", show=False, tooltip="Show private pages too, until you leave."),
    ]

    @dataclass
    class Listed(Message):
        """What a thread found for the list."""

        rows: Sequence[Row]
        words: str
        whole: bool
        problems: tuple[Problem, ...]
        titles: Titles

    @dataclass
    class Read(Message):
        """A page that a thread opened for the pane."""

        entry_id: str
        page: list[Piece]

    @dataclass
    class Unreadable(Message):
        """What a thread could not do."""

        error: TrustkitError
        in_pane: bool

    def __init__(self, companion: Companion) -> None:
        super().__init__(companion)
        self._private = False
        self._titles: Titles | None = None
        self._newest_before: str | None = None
        """The newest entry when a page was begun; once another is newer, the cursor goes there."""

    # -- what is on screen ---------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Line(placeholder="a word to look for", id="journal-word")
        yield Static(id="journal-says", markup=False)
        with Horizontal(id="journal-both"):
            with Vertical(id="journal-left"):
                yield EntryList(self._worded, id="journal-list")
            yield Leaf(id="journal-pane")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Leaf).can_focus = False

    def _worded(self, summary: Summary) -> Worded:
        return self._titles.worded(summary) if self._titles else Worded(summary.title)

    @property
    def entries(self) -> EntryList:
        """The list."""
        return self.query_one(EntryList)

    @property
    def entry_id(self) -> str:
        return self.entries.entry_id

    @property
    def _words(self) -> str:
        return self.query_one(Line).value.strip()

    def _say(self, *lines: str) -> None:
        says = self.query_one("#journal-says", Static)
        words = "\n".join(line for line in lines if line)
        says.update(plain(words))
        says.display = bool(words)

    # -- finding --------------------------------------------------------------------------------------

    async def refresh_place(self) -> None:
        self._list(self._words, self._private)
        if not self.query_one(Line).has_focus:
            self.entries.focus()

    @work(thread=True, group="list", exclusive=True, exit_on_error=False)
    def _list(self, words: str, private: bool) -> None:
        vault, worker = self.companion.vault, get_current_worker()
        try:
            titles = self._titles or Titles(self.companion)
            if not words and not vault.loaded:
                newest = by_month(vault.summaries(private=private, limit=FIRST))
                self.post_message(self.Listed(newest, words, False, (), titles))
            found = vault.search(words, private=private) if words else vault.summaries(private=private)
            rows = by_month(found)
        except TrustkitError as error:
            self.post_message(self.Unreadable(error, in_pane=False))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Listed(rows, words, True, vault.problems, titles))

    def on_journal_screen_listed(self, message: Listed) -> None:
        message.stop()
        if self.companion.vault.locked or message.words != self._words or self._left:
            return
        self._titles = message.titles
        find = partial(self.companion.found_in, words=message.words) if message.words else None
        self.entries.show(message.rows, find=find)
        if message.whole:
            self._tell(message)
            self._go_to_new()

    def _go_to_new(self) -> None:
        newest = self._newest()
        if self._newest_before is not None and newest != self._newest_before:
            self.entries.go_to(newest)
        self._newest_before = None

    def _newest(self) -> str:
        return max(((one.created, one.id) for one in self.entries.entries), default=(None, ""))[1]

    def _tell(self, message: Listed) -> None:
        count = sum(isinstance(row, Summary) for row in message.rows)
        held = self.companion.vault.mode == "nothing"
        if message.words:
            told = NOT_FOUND if not count else "1 page has that." if count == 1 else f"{count} pages have that."
        elif not count:
            told = NOTHING_KEPT if held else EMPTY
        else:
            told = HELD if held else ""
        self._say(_of_problems(message.problems), PRIVATE_TOO if self._private else "", told)

    def on_journal_screen_unreadable(self, message: Unreadable) -> None:
        message.stop()
        if self.companion.vault.locked:
            return
        words = f"{message.error.happened} {message.error.do_next}"
        if message.in_pane:
            self.query_one(Leaf).show([Piece(words, "quiet")])
        else:
            self._say(words)

    def action_search(self) -> None:
        line = self.query_one(Line)
        line.display = True
        line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list(event.value.strip(), self._private)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.entries.focus()

    def key_down(self) -> None:
        """From the word to what was found."""
        if self.query_one(Line).has_focus:
            self.entries.focus()

    def action_back(self) -> None:
        """First out of the search, then back."""
        line = self.query_one(Line)
        if line.display:
            line.value = ""
            line.display = False
            self.entries.focus()
        else:
            super().action_back()

    def action_private(self) -> None:
        """Show private pages too, or leave them out again. Not remembered."""
        self._private = not self._private
        self._list(self._words, self._private)

    # -- reading --------------------------------------------------------------------------------------

    def on_entry_list_moved(self, event: EntryList.Moved) -> None:
        event.stop()
        pane = self.query_one(Leaf)
        if not event.entry_id:
            pane.clear()
        elif pane.display and self.has_class("-wide"):
            self._read(event.entry_id, self._words)

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _read(self, entry_id: str, words: str) -> None:
        worker = get_current_worker()
        try:
            entry = self.companion.vault.get(entry_id)
            find = partial(self.companion.found_in, words=words) if words else None
            page = page_of(entry, self.companion, self._titles or Titles(self.companion), find)
        except TrustkitError as error:
            if not worker.is_cancelled:
                self.post_message(self.Unreadable(error, in_pane=True))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Read(entry_id, page))

    def on_journal_screen_read(self, message: Read) -> None:
        message.stop()
        if not self.companion.vault.locked and not self._left and message.entry_id == self.entry_id:
            self.query_one(Leaf).show(message.page)

    def on_resize(self) -> None:
        if self.has_class("-wide") and self.entry_id:
            self._read(self.entry_id, self._words)

    def on_entry_list_opened(self, event: EntryList.Opened) -> None:
        event.stop()
        from trustkit.tui.screens.entry_view import EntryScreen

        self.app.push_screen(EntryScreen(self.companion, event.entry_id, self._words))

    # -- doing ------------------------------------------------------------------------------------------

    async def action_write(self) -> None:
        self._newest_before = self._newest()
        await self.trustkit.write()

    def action_trash(self) -> None:
        from trustkit.tui.screens.trash import TrashScreen

        self.app.push_screen(TrashScreen(self.companion, private=self._private))

    async def gone(self) -> None:
        await self.refresh_place()

    # -- leaving ----------------------------------------------------------------------------------------

    @property
    def _left(self) -> bool:
        """Whether another place is open now."""
        return self.trustkit.current_mode != self.place

    def on_screen_suspend(self) -> None:
        if self._left:
            self.forget()

    def forget(self) -> None:
        """Hold nothing, and forget that private pages were asked for."""
        self._private = False
        if self.is_attached:
            line = self.query_one(Line)
            with self.prevent(Input.Changed):
                line.value = ""
            line.display = False
            self.entries.clear()
            self.query_one(Leaf).clear()
            self._say()


def _of_problems(problems: Sequence[Problem]) -> str:
    """What the vault met, in one quiet line; the notices page has the whole of it."""
    if not problems:
        return ""
    if len(problems) == 1:
        return f"{problems[0].happened} {problems[0].do_next}"
    return f"{len(problems)} files need a look, and the others are fine. The notices page (!) tells of them."
