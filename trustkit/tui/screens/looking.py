"""Ways to a page besides the list: the calendar, a month, this day in other years, tags. Mixed into the journal."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from textual import work
from textual.binding import Binding

from trustkit.model.held import Held, day_of_year
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.entry_list import EntryList

if TYPE_CHECKING:
    _Base = Page[None]
else:
    _Base = object

NO_MONTHS: Final = "There is no month to go to yet."
NO_DAY: Final = "Nothing was kept on this day of another month or year."
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
