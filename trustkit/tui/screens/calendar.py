"""A year of days, each with a sign for what it holds, and the pages of one day."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Summary
from trustkit.model.held import LEGEND, NOTHING, Held, day_in_full, held_in_words, next_held
from trustkit.tui.screens.entry_actions import ACTIONS, EntryActions
from trustkit.tui.screens.journal_page import JournalPage
from trustkit.tui.telling import Titles
from trustkit.tui.widgets.calendar import Calendar
from trustkit.tui.widgets.entry_list import EntryList, Worded
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain

NOTHING_KNOWN: Final[Mapping[date, Held]] = MappingProxyType({})
SIGNS: Final = "   ".join(f"{sign} {words}" for sign, words in LEGEND) + "   ◉ ◈ ◎ ◆ more than one"
MOVES: Final = "arrows: day and month   [ ]: week   page up, page down: year"


class CalendarScreen(JournalPage[None]):
    """Which days hold something. Private pages are left out unless they were asked for.

    Args:
        companion: Library, vault, settings and this sitting.
        private: Whether private pages were asked for.
        days: What each day held when somebody last looked: shown at once, and looked up anew behind the first paint.
    """

    AUTO_FOCUS = "Calendar"

    @dataclass
    class Found(Message):
        """What a thread found out about every day."""

        days: Mapping[date, Held]

    def __init__(
        self, companion: Companion, *, private: bool = False, days: Mapping[date, Held] = NOTHING_KNOWN
    ) -> None:
        super().__init__(companion, private=private)
        self._days = days

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        today = self.companion.clock().date()
        yield Calendar(today, self._days, id="calendar-year")
        yield Static(_told(today, self._days.get(today, NOTHING)), id="calendar-says", markup=False)
        yield Static(f"{SIGNS}\n{MOVES}", id="calendar-legend", markup=False)
        yield KeyLine()

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._find)  # the year stands first; what it holds is counted then

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _find(self) -> None:
        try:
            days = self.companion.days(private=self._private)
        except TrustkitError as error:
            self.app.call_from_thread(self.trustkit.say_error, error)
        else:
            self.post_message(self.Found(days))

    def on_calendar_screen_found(self, message: Found) -> None:
        message.stop()
        if self.is_wanted and message.days is not self._days:
            self._days = message.days
            self.query_one(Calendar).show(message.days)

    def on_calendar_moved(self, event: Calendar.Moved) -> None:
        event.stop()
        says = self.query_one("#calendar-says", Static)
        says.update(_told(event.day, event.held), layout=False)  # its height is fixed

    def on_calendar_opened(self, event: Calendar.Opened) -> None:
        event.stop()
        self.app.push_screen(DayScreen(self.companion, event.day, private=self._private))

    def forget(self) -> None:
        self._days = {}
        if self.is_attached:
            self.query_one(Calendar).clear()


def _told(day: date, held: Held) -> Content:
    return plain(f"{day_in_full(day)}: {held_in_words(held)}.")


class DayScreen(EntryActions, JournalPage[None]):
    """The pages of one day, and what was practised on it.

    Args:
        companion: Library, vault, settings and this sitting.
        day: Which.
        private: Whether private pages were asked for.
    """

    AUTO_FOCUS = "EntryList"
    BINDINGS: ClassVar[list[BindingType]] = [
        *ACTIONS,
        Binding("left", "step(-1)", "day before", show=False, tooltip="The day before that holds something."),
        Binding("right", "step(1)", "day after", show=False, tooltip="The next day that holds something."),
    ]

    @dataclass
    class Listed(Message):
        """What a thread found for a day."""

        day: date
        entries: list[Summary]
        practised: list[str]
        titles: Titles

    def __init__(self, companion: Companion, day: date, *, private: bool = False) -> None:
        super().__init__(companion, private=private)
        self._day = day
        self._titles: Titles | None = None

    @property
    def identity(self) -> Hashable:
        return self._day

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(id="day-says", markup=False)
        yield EntryList(self._worded, id="day-list")
        yield KeyLine()

    def on_mount(self) -> None:
        self._say(day_in_full(self._day))

    def _worded(self, summary: Summary) -> Worded:
        return self._titles.worded(summary) if self._titles else Worded(summary.title)

    def _say(self, *lines: str) -> None:
        self.query_one("#day-says", Static).update(plain("\n".join(line for line in lines if line)))

    @property
    def entry_id(self) -> str:
        return self.query_one(EntryList).entry_id

    def on_screen_resume(self) -> None:
        self._list(self._day)

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _list(self, day: date) -> None:
        companion = self.companion
        try:
            titles = self._titles or Titles(companion)
            entries = [one for one in companion.vault.summaries(private=self._private) if one.day == day]
            practised = [titles.of(name) for name in companion.practised_on(day, private=self._private)]
        except TrustkitError as error:
            self.app.call_from_thread(self.trustkit.say_error, error)
        else:
            entries.sort(key=lambda one: one.created)
            self.post_message(self.Listed(day, entries, practised, titles))

    def on_day_screen_listed(self, message: Listed) -> None:
        message.stop()
        if not self.is_wanted or message.day != self._day:
            return
        self._titles = message.titles
        self.query_one(EntryList).show(message.entries)
        practised = ", ".join(message.practised)
        told = "" if message.entries or practised else "Nothing is kept here from that day."
        self._say(day_in_full(self._day), f"Practised: {practised}" if practised else "", told)

    @work(thread=True, group="step", exclusive=True, exit_on_error=False)
    def action_step(self, by: int) -> None:
        """To the nearest day before or after that holds something."""
        try:
            day = next_held(self.companion.days(private=self._private), self._day, by)
        except TrustkitError as error:
            self.app.call_from_thread(self.trustkit.say_error, error)
        else:
            self.app.call_from_thread(self._go, day)

    def _go(self, day: date) -> None:
        if self.is_attached and day != self._day:
            self._day = day
            self._list(day)

    def on_entry_list_opened(self, event: EntryList.Opened) -> None:
        event.stop()
        from trustkit.tui.screens.entry_view import EntryScreen

        self.app.push_screen(EntryScreen(self.companion, event.entry_id))

    def on_entry_list_moved(self, event: EntryList.Moved) -> None:
        event.stop()

    async def gone(self) -> None:
        self._list(self._day)

    def forget(self) -> None:
        if self.is_attached:
            self.query_one(EntryList).clear()
            self._say()
