"""A year on twelve lines, a day in one sign. Drawn line by line: ten thousand entries cost what one does.

It knows nothing of the vault: it is given what each day holds, and says which day the cursor stands on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from trustkit.model.held import NOTHING, Held, days_in, days_later, mark_of, months_later, next_held

LABEL: Final = 5
"""Columns before the first day: a sign where the cursor is, the month, a space."""
DAYS: Final = 31
WIDEST: Final = 3
"""Columns of a day where there is room."""
MONTHS: Final = 12
UNDERLINED: Final = Style(underline=True)


class Calendar(Widget, can_focus=True):
    """One year. Days hold a sign for what is there; today is underlined, and the cursor stands out without colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "calendar--month",
        "calendar--empty",
        "calendar--written",
        "calendar--practised",
        "calendar--checked",
        "calendar--several",
        "calendar--cursor",
    }
    DEFAULT_CSS = """
    Calendar {
        height: 13; width: 1fr; background: $background;
        .calendar--month { color: $secondary; text-style: bold; }
        .calendar--empty { color: $quiet; }
        .calendar--written { color: $primary; text-style: bold; }
        .calendar--practised { color: $secondary; }
        .calendar--checked { color: $accent; }
        .calendar--several { color: $foreground; text-style: bold; }
        .calendar--cursor { color: $background; background: $primary; text-style: bold; }
        &:ansi .calendar--cursor { color: ansi_default; background: ansi_default; text-style: reverse bold; }
    }
    .-short Calendar { height: 12; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", show=True, tooltip="What you kept on this day."),
        Binding("left", "day(-1)", "day", show=False, tooltip="A day earlier."),
        Binding("right", "day(1)", "day", show=False, tooltip="A day later."),
        Binding("up", "month(-1)", "month", show=False, tooltip="A month earlier."),
        Binding("down", "month(1)", "month", show=False, tooltip="A month later."),
        Binding("left_square_bracket", "day(-7)", "week", show=False, tooltip="A week earlier."),
        Binding("right_square_bracket", "day(7)", "week", show=False, tooltip="A week later."),
        Binding("pageup", "month(-12)", "year", show=False, tooltip="A year earlier."),
        Binding("pagedown", "month(12)", "year", show=False, tooltip="A year later."),
        Binding("space", "held(1)", "next", show=True, tooltip="The next day that holds something."),
        Binding("backspace", "held(-1)", "", show=False, tooltip="The day before that holds something."),
        Binding("home", "today", "today", show=False, tooltip="Back to today."),
    ]
    ALLOW_SELECT = False

    @dataclass
    class Moved(Message):
        """The cursor stands on another day, or it was learned what the day holds."""

        calendar: "Calendar"
        day: date
        held: Held

        @property
        def control(self) -> "Calendar":
            return self.calendar

    @dataclass
    class Opened(Message):
        """A day was chosen."""

        calendar: "Calendar"
        day: date

        @property
        def control(self) -> "Calendar":
            return self.calendar

    def __init__(self, today: date, days: Mapping[date, Held] | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._today = self._day = today
        self._days: Mapping[date, Held] = days or {}

    @property
    def day(self) -> date:
        """The day the cursor stands on."""
        return self._day

    def show(self, days: Mapping[date, Held]) -> None:
        """Show what each day holds; the cursor stays where it is."""
        self._days = days
        self._go(self._day)

    def clear(self) -> None:
        """Hold nothing."""
        self._days = {}
        self.refresh()

    # -- drawing -------------------------------------------------------------------------------------

    @property
    def _step(self) -> int:
        """Columns of one day."""
        return min(WIDEST, max(1, (self.size.width - LABEL) // DAYS))

    @property
    def _headed(self) -> bool:
        """Whether there is a line for the numbers of the days."""
        return self.size.height > MONTHS

    def render_line(self, y: int) -> Strip:
        """The numbers of the days, or one month. Plain segments, one for all days that look alike side by side."""
        month = y if self._headed else y + 1
        if not 0 <= month <= MONTHS:
            return Strip.blank(self.size.width, self.rich_style)
        strip = Strip(self._month(month) if month else [self._numbers()])
        return strip.adjust_cell_length(self.size.width, self.rich_style)

    def _numbers(self) -> Segment:
        line = f"{self._day.year:>{LABEL - 1}} "
        for number in (1, 5, 10, 15, 20, 25, 30):
            line = line.ljust(LABEL + (number - 1) * self._step) + str(number)
        return Segment(line, self.get_component_rich_style("calendar--empty"))

    def _month(self, month: int) -> list[Segment]:
        year, gap = self._day.year, " " * (self._step - 1)
        here = month == self._day.month
        name = f"{'›' if here else ' '}{date(year, month, 1):%b}"[: LABEL - 1].ljust(LABEL)
        line = [Segment(name, self.get_component_rich_style("calendar--month"))]
        run, tone = "", "empty"
        for number in range(1, days_in(year, month) + 1):
            day = date(year, month, number)
            held = self._days.get(day, NOTHING)
            if day in (self._day, self._today):
                line += (self._said(run, tone), self._marked(day, held))
                run, tone = gap, "empty"
                continue
            if (its := _tone(held)) != tone:
                line.append(self._said(run, tone))
                run, tone = "", its
            run += mark_of(held) + gap
        return [*line, self._said(run, tone)]

    def _said(self, signs: str, tone: str) -> Segment:
        return Segment(signs, self.get_component_rich_style(f"calendar--{tone}"))

    def _marked(self, day: date, held: Held) -> Segment:
        """Today, and the day that the cursor stands on."""
        style = self.get_component_rich_style(f"calendar--{'cursor' if day == self._day else _tone(held)}")
        return Segment(mark_of(held), style + UNDERLINED if day == self._today else style)

    # -- moving --------------------------------------------------------------------------------------

    def action_day(self, by: int) -> None:
        self._go(days_later(self._day, by))

    def action_month(self, by: int) -> None:
        self._go(months_later(self._day, by))

    def action_held(self, by: int) -> None:
        self._go(next_held(self._days, self._day, by))

    def action_today(self) -> None:
        self._go(self._today)

    def action_open(self) -> None:
        self.post_message(self.Opened(self, self._day))

    def _go(self, day: date) -> None:
        before, self._day = self._day, day
        if day.year == before.year and day != before:
            for month in {before.month, day.month}:
                self.refresh(Region(0, month - (not self._headed), self.size.width, 1))
        else:
            self.refresh()
        self.post_message(self.Moved(self, day, self._days.get(day, NOTHING)))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        month = event.y if self._headed else event.y + 1
        number = (event.x - LABEL) // self._step + 1
        if not (1 <= month <= MONTHS and 1 <= number <= days_in(self._day.year, month)):
            return
        day = date(self._day.year, month, number)
        if day == self._day:
            self.action_open()
        else:
            self._go(day)


def _tone(held: Held) -> str:
    names = [name for name in ("written", "practised", "checked") if getattr(held, name)]
    return names[0] if len(names) == 1 else "several" if names else "empty"
