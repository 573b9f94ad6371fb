"""Ways to a page besides the list: the calendar, a month, this day in other years, tags. Mixed into the journal."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from textual import work
from textual.binding import Binding

from trustkit.model.entry import Problem
from trustkit.model.held import Held, day_of_year
from trustkit.model.query import Query
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.entry_list import EntryList

if TYPE_CHECKING:
    _Base = Page[None]
else:
    _Base = object

NO_MONTHS: Final = "There is no month to go to yet."
NO_DAY: Final = "Nothing was kept on this day of another month or year."
NOT_FOUND: Final = "Nothing here has that word."
NOT_LEFT: Final = "No page fits all of that."
NAMED: Final = 2
"""Days that are named in the line about this day; of the others it says only how many."""


LOOKING: Final = (
    Binding("y", "calendar", "year", show=True, tooltip="A calendar of the year: which days hold something."),
    Binding("m", "months", "month", show=False, tooltip="Jump to a month."),
    Binding("o", "same_day", "on this day", show=False, tooltip="This day in earlier months and years."),
    Binding("number_sign", "tags", "tags", show=False, tooltip="Your tags: pages under one, or another name."),
)


class Looking(_Base):
    """Mixed into the journal, in front of `Page`. What each way leads to is made when it is first gone."""

    same_days: tuple[date, ...] = ()
    """Earlier days with today's number that hold a page."""
    days: Mapping[date, Held] = MappingProxyType({})
    """What each day holds, as far as the list knows: a calendar opens with it."""

    @property
    def entries(self) -> EntryList:
        """The list."""
        raise NotImplementedError

    @property
    def private_too(self) -> bool:
        """Whether private pages were asked for."""
        raise NotImplementedError

    def look_for(self, line: str) -> None:
        """Put this into the search line."""
        raise NotImplementedError

    def action_calendar(self) -> None:
        from trustkit.tui.screens.calendar import CalendarScreen

        self.app.push_screen(CalendarScreen(self.companion, private=self.private_too, days=self.days))

    @work
    async def action_months(self) -> None:
        months = self.entries.months
        if not months:
            self.trustkit.say(NO_MONTHS)
            return
        offers = [Offer(name, f"{name}  ({count})") for name, count in months]
        if name := await self.app.push_screen_wait(Ask("", "Which month?", offers)):
            self.entries.go_to_month(name)

    @work
    async def action_same_day(self) -> None:
        """Dates alone, until one is chosen."""
        if not self.same_days:
            self.trustkit.say(NO_DAY)
            return
        offers = [Offer(day.isoformat(), day_of_year(day)) for day in self.same_days]
        words = "On this day, in other months and years. Nothing is shown until you open one."
        if chosen := await self.app.push_screen_wait(Ask("", words, offers)):
            from trustkit.tui.screens.calendar import DayScreen

            self.app.push_screen(DayScreen(self.companion, date.fromisoformat(chosen), private=self.private_too))

    @work
    async def action_tags(self) -> None:
        from trustkit.tui.screens.tags import TagsScreen

        if tag := await self.app.push_screen_wait(TagsScreen(self.companion, private=self.private_too)):
            self.look_for(f'tag:"{tag}"' if " " in tag else f"tag:{tag}")


def of_same_days(days: tuple[date, ...], *, short: bool = False) -> str:
    """One quiet line about this day in earlier months and years: dates, never words; `short` only how many."""
    if not days:
        return ""
    if short:
        return f"On this day: {len(days)} earlier {'day' if len(days) == 1 else 'days'} (o)"
    named = ", ".join(day_of_year(day) for day in days[:NAMED])
    more = f" and {len(days) - NAMED} more" if len(days) > NAMED else ""
    return f"On this day: {named}{more} (o)"


def of_found(count: int, query: Query, used: Query | None) -> str:
    """How many pages a search line left, and how its filters were understood."""
    told = "1 page" if count == 1 else f"{count} pages"
    if used is not None and used is query.as_words:
        return f"No page as a day ({query.in_words()}). {told} {'has' if count == 1 else 'have'} the words."
    if not query.filters:
        return f"{told} {'has' if count == 1 else 'have'} that." if count else NOT_FOUND
    quoted = " Quotes make a day a word." if query.as_words else ""
    return f"{told}: {query.in_words()}.{quoted}" if count else f"{NOT_LEFT} ({query.in_words()})"


def of_problems(problems: Sequence[Problem]) -> str:
    """What the vault met, in one quiet line; the notices page has the whole of it."""
    if not problems:
        return ""
    if len(problems) == 1:
        return f"{problems[0].happened} {problems[0].do_next}"
    return f"{len(problems)} files need a look, and the others are fine. The notices page (!) tells of them."
