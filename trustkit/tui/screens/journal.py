"""The journal: every page by month, found as one types, read beside the list where there is room.

Nothing here touches the disk on the event loop; what a thread found comes back as a message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input
from textual.worker import get_current_worker

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Problem, Summary
from trustkit.model.held import Held, same_day_before
from trustkit.model.query import Query, parse_query
from trustkit.tui.screens.entry_actions import ACTIONS, PAGE_ACTIONS, EntryActions
from trustkit.tui.screens.looking import LOOKING, Looking, of_found, of_problems, of_same_days
from trustkit.tui.screens.page import AFTER_PAINT, Place
from trustkit.tui.telling import Titles, page_of
from trustkit.tui.widgets.entry_list import EntryList, Row, Worded, by_month
from trustkit.tui.widgets.leaf import Leaf, Piece
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.place_bar import PlaceBar
from trustkit.tui.widgets.says import Says

FIRST: Final = 60
"""Entries shown before older months are read: more than any window has lines."""

EMPTY: Final = "No pages yet. One line is enough to begin."
NOTHING_KEPT: Final = "You chose to keep nothing, so there is nothing here to find."
HELD: Final = "These stay here until trustkit closes."
FIND: Final = "Find pages by their words, as you type; tag: kind: feeling: distress: guide: and days narrow it."
LOOK_FOR: Final = "a word, or tag:home feeling:calm distress:7+ last march"
PRIVATE_TOO: Final = "Private pages are shown too, until you leave."


class JournalScreen(EntryActions, Looking, Place):
    """Your own words, kept on this computer."""

    place = "journal"
    CSS_PATH = "journal.tcss"
    AUTO_FOCUS = "EntryList"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Priority: what is typed right behind these must reach the page or the line, not this screen's other keys.
        Binding("w", "write", "write", show=True, priority=True, tooltip="Begin a page."),
        Binding("slash", "search", "find", show=True, priority=True, tooltip=FIND),
        *LOOKING,
        *ACTIONS,
        Binding("u", "trash", "trash", show=True, tooltip="What was deleted, to bring back or to erase."),
        Binding("full_stop", "private", "private too", show=False, tooltip="Show private pages too, until you leave."),
    ]

    @dataclass
    class Listed(Message):
        """What a thread found for the list."""

        rows: Sequence[Row]
        query: Query
        private: bool
        whole: bool
        problems: tuple[Problem, ...]
        titles: Titles
        same_days: tuple[date, ...] = ()
        days: Mapping[date, Held] = field(default_factory=dict)
        used: Query | None = None
        """What found the rows: the line with days as words, where the days themselves found nothing."""

    @dataclass
    class Excerpts(Message):
        """Pieces of text in which something was found, by entry."""

        query: Query
        told: dict[str, str]

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
        self._private = self._empty = False
        self._query = Query()
        self._titles: Titles | None = None
        self._newest_before: str | None = None
        """The newest entry when a page was begun; once another is newer, the cursor goes there."""

    # -- what is on screen ---------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Line(placeholder=LOOK_FOR, id="journal-word")
        yield Says(id="journal-says")
        with Horizontal(id="journal-both"):
            yield EntryList(self._worded, id="journal-list")
            yield Leaf(id="journal-pane")
        yield self.key_line()

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
    def private_too(self) -> bool:
        return self._private

    # -- finding --------------------------------------------------------------------------------------

    async def refresh_place(self) -> None:
        rows = self.companion.vault.at_hand(("rows", self._private)) if self._titles else None
        if rows and not self.entries.filled and self._query == Query():
            self.entries.show(rows)
        if self.entries.filled:  # coming back: what is there is painted first
            self.set_timer(AFTER_PAINT, self._list_all)
        else:
            self._list(self._query, self._private, newest=True)
        if not self.query_one(Line).has_focus:
            self.set_focus(self.entries)  # at once: `focus` waits its turn, and would take it from a quick `/`

    def _list_all(self) -> None:
        """All that is asked for now: not what was when a timer was set."""
        self._list(self._query, self._private)

    @work(thread=True, group="list", exclusive=True, exit_on_error=False)
    def _list(self, query: Query, private: bool, newest: bool = False) -> None:
        """What is asked for; with `newest`, so much of it as fits on a screen, before all of it is looked through."""
        vault, worker = self.companion.vault, get_current_worker()
        if worker.is_cancelled:
            return
        asked = query.words or query.filters
        try:
            titles = self._titles or Titles(self.companion)
            if newest and not asked:
                rows = by_month(vault.summaries(private=private, limit=FIRST))
                self.post_message(self.Listed(rows, query, private, False, (), titles))
                return
            # Ten thousand rows are put in order once, not each time somebody comes back to the same ones.
            if asked:
                summaries, used = self.companion.find_or_words(query, private=private)
                rows = by_month(summaries)
            else:
                find, used = partial(self.companion.find, query, private=private), query
                rows = vault.remembered(("rows", private), lambda: by_month(find()))
            today = self.companion.clock().date()
            days = {} if asked else self.companion.days(private=private)
            kept = (day for day, held in days.items() if held.written or held.checked)
            same_days = () if asked else tuple(same_day_before(set(kept), today))
        except TrustkitError as error:
            self.post_message(self.Unreadable(error, in_pane=False))
        else:
            if not worker.is_cancelled:
                self.post_message(
                    self.Listed(rows, query, private, True, vault.problems, titles, same_days, days, used)
                )

    def on_journal_screen_listed(self, message: Listed) -> None:
        message.stop()
        asked_now = (message.query, message.private) == (self._query, self._private)
        if self.companion.locked or not asked_now or self._left:
            return
        self._titles = message.titles
        self._query = message.used or message.query
        words = self._query.words
        self.entries.show(message.rows, find=partial(self.companion.found_in, words=words) if words else None)
        if message.whole:
            self._find_keys(empty=not message.rows and message.query == Query())
            self.same_days = message.same_days or self.same_days
            self.days = message.days or self.days
            self._tell(message)
            self._go_to_new()
        else:
            self.set_timer(AFTER_PAINT, self._list_all)

    def _find_keys(self, *, empty: bool) -> None:
        """Of an empty journal only the keys are named that lead somewhere. What isn't known yet counts as full."""
        if self._empty != empty:
            self._empty = self.entries.known_empty = empty
            self.refresh_bindings()

    def on_entry_list_in_view(self, event: EntryList.InView) -> None:
        event.stop()
        if self._query.words:
            # Behind the paint: opening a screenful of files takes as long as everything else a letter does.
            self.call_after_refresh(self._find_excerpts, event.summaries, self._query)

    @work(thread=True, group="excerpts", exclusive=True, exit_on_error=False)
    def _find_excerpts(self, summaries: Sequence[Summary], query: Query) -> None:
        """The words around what was found, for what is in view: only files hold them."""
        worker = get_current_worker()
        for summary in summaries:
            if worker.is_cancelled:
                return
            try:
                told = self.companion.excerpt(self.companion.vault.get(summary.id), query.words)
            except TrustkitError:
                continue  # the list stands without; opening the page says what is wrong
            if told:
                self.post_message(self.Excerpts(query, {summary.id: told}))

    def on_journal_screen_excerpts(self, message: Excerpts) -> None:
        message.stop()
        if not self.companion.locked and message.query == self._query and not self._left:
            self.entries.tell(message.told)

    def _go_to_new(self) -> None:
        if self._newest_before is not None:
            newest = self._newest()
            if newest != self._newest_before:
                self.entries.go_to(newest)
            self._newest_before = None

    def _newest(self) -> str:
        return max(((one.created, one.id) for one in self.entries.entries), default=(None, ""))[1]

    def _tell(self, message: Listed) -> None:
        count = sum(isinstance(row, Summary) for row in message.rows)
        held, query = self.companion.vault.mode == "nothing", message.query
        # One line gives way to one: with more of them come and gone at a letter, all below would be laid out anew.
        aside = "" if query.notes else of_same_days(message.same_days, short=self.has_class("-short"))
        if query.words or query.filters:
            told = of_found(count, query, message.used)
        elif not count:
            told = NOTHING_KEPT if held else EMPTY
        else:
            told = HELD if held else ""
        self.query_one(Says).say(
            of_problems(message.problems), PRIVATE_TOO if self._private else "", told, aside, *query.notes
        )

    def on_journal_screen_unreadable(self, message: Unreadable) -> None:
        message.stop()
        if self.companion.locked:
            return
        words = f"{message.error.happened} {message.error.do_next}"
        if message.in_pane:
            self.query_one(Leaf).show([Piece(words, "quiet")])
        else:
            self.query_one(Says).say(words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Typed into the line, a letter is a letter."""
        if action in ("search", "write") and isinstance(self.focused, Line):
            return False
        if self._empty and (action == "search" or action in PAGE_ACTIONS):
            return False
        return super().check_action(action, parameters)

    def action_search(self) -> None:
        line = self.query_one(Line)
        line.display = True
        self.set_focus(line)  # at once: `focus` waits its turn behind the next keys

    def look_for(self, line: str) -> None:
        self.action_search()
        self.query_one(Line).value = line

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._query = parse_query(event.value, self.companion.clock().date())
        self._list_all()

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
        self._private, self.days = not self._private, {}
        self._list_all()

    # -- reading --------------------------------------------------------------------------------------

    def on_entry_list_moved(self, event: EntryList.Moved) -> None:
        event.stop()
        pane = self.query_one(Leaf)
        if not event.entry_id:
            pane.clear()
        elif pane.display and self.has_class("-wide"):
            self._read(event.entry_id, self._query.words)

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
        if not self.companion.locked and not self._left and message.entry_id == self.entry_id:
            self.query_one(Leaf).show(message.page)

    def on_resize(self) -> None:
        if self.has_class("-wide") and self.entry_id:
            self._read(self.entry_id, self._query.words)

    def on_entry_list_opened(self, event: EntryList.Opened) -> None:
        event.stop()
        from trustkit.tui.screens.entry_view import EntryScreen

        self.app.push_screen(EntryScreen(self.companion, event.entry_id, self._query.words, private=self._private))

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
            self._empty_out()

    def forget(self) -> None:
        """Hold nothing, the titles of a reader's own exercises included."""
        self._titles = None
        self._empty_out()

    def _empty_out(self) -> None:
        """Show nothing any more, and forget that private pages were asked for."""
        self._private, self._query, self.same_days, self.days = False, Query(), (), {}
        if self.is_attached:
            line = self.query_one(Line)
            with self.prevent(Input.Changed):
                line.value = ""
            line.display = False
            self.entries.clear()
            self.query_one(Leaf).clear()
            self.query_one(Says).unsay()
