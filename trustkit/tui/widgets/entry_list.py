"""A list of entries by month that costs what is on screen: ten thousand of them are as quick as ten.

Lines are drawn when they come into view and never before. The list knows nothing of the vault: it is given
summaries and a way to word one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from trustkit.model.direction import runs_right_to_left
from trustkit.model.entry import Summary
from trustkit.model.plain import one_line
from trustkit.text_width import cells, cut
from trustkit.tui.widgets.said import isolated

Row = Summary | str
"""An entry, or the name of the month above its entries."""

WITH_WEEKDAY: Final = 42
"""Columns from which on the day of the week stands in the line."""
WITH_KIND: Final = 56
"""Columns from which on the kind does."""
WITH_TITLE: Final = 40
"""Columns of words from which on the start of the title stands before an excerpt."""
HEAD: Final = 24
"""Columns of that start."""


@dataclass(frozen=True, slots=True)
class Worded:
    """How one entry is told in a line."""

    words: str
    kind: str = ""
    """In plain words; left out where the list is narrow."""
    notes: tuple[str, ...] = ()
    """What is said whatever the width: private, two versions."""


def by_month(summaries: Iterable[Summary]) -> list[Row]:
    """Newest day first, with the month's name before the first entry of each month; within a day as they came."""
    days = [(one.about_day or one.created.date(), one) for one in summaries]
    days.sort(key=itemgetter(0), reverse=True)
    rows: list[Row] = []
    month = (0, 0)
    for day, summary in days:
        if (day.year, day.month) != month:
            month = (day.year, day.month)
            rows.append(f"{day:%B} {day.year}")
        rows.append(summary)
    return rows


class EntryList(ScrollView, can_focus=True):
    """Entries, one a line. The cursor stands on entries only, never on a month.

    Args:
        worded: How an entry is told in a line.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entry-list--month",
        "entry-list--quiet",
        "entry-list--found",
        "entry-list--cursor",
    }
    DEFAULT_CSS = """
    EntryList {
        height: 1fr; overflow-x: hidden; background: $background; scrollbar-size-vertical: 1; scrollbar-color: $edge;
        scrollbar-background: $background; scrollbar-color-hover: $quiet; scrollbar-background-hover: $background;
        .entry-list--month { color: $secondary; text-style: bold; }
        .entry-list--quiet { color: $quiet; }
        .entry-list--found { text-style: underline; color: $accent; }
        .entry-list--cursor { background: $panel; text-style: bold; }
        &:focus .entry-list--cursor { color: $background; background: $primary; text-style: bold; }
        &:ansi .entry-list--cursor { text-style: bold; }
        &:ansi:focus .entry-list--cursor { color: ansi_default; background: ansi_default; text-style: reverse bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "read", show=True, tooltip="Read what the cursor stands on."),
        Binding("up", "move(-1)", "", show=False),
        Binding("down", "move(1)", "", show=False),
        Binding("pageup", "page(-1)", "", show=False),
        Binding("pagedown", "page(1)", "", show=False),
        Binding("home", "edge(-1)", "", show=False),
        Binding("end", "edge(1)", "", show=False),
        Binding("left_square_bracket", "month(-1)", "later month", show=False, tooltip="To the later month."),
        Binding("right_square_bracket", "month(1)", "earlier month", show=False, tooltip="To the earlier month."),
    ]
    ALLOW_SELECT = False

    @dataclass
    class Moved(Message):
        """The cursor stands somewhere else; an empty id is an empty list."""

        entries: "EntryList"
        entry_id: str

        @property
        def control(self) -> "EntryList":
            return self.entries

    @dataclass
    class Opened(Message):
        """An entry was chosen to be read."""

        entries: "EntryList"
        entry_id: str

        @property
        def control(self) -> "EntryList":
            return self.entries

    @dataclass
    class InView(Message):
        """Other entries came into view, for whoever has more to say of them."""

        entries: "EntryList"
        summaries: list[Summary]

        @property
        def control(self) -> "EntryList":
            return self.entries

    def __init__(
        self, worded: Callable[[Summary], Worded], *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._worded = worded
        self._rows: Sequence[Row] = ()
        self._cursor = -1
        self._find: Callable[[str], list[tuple[int, int]]] | None = None
        self._excerpts: Mapping[str, str] = {}
        self.known_empty = False
        """Whether there is nothing at all to be listed, so that no key that opens something is named."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that leads nowhere is not shown."""
        return action != "open" or not self.known_empty

    # -- what is in it -----------------------------------------------------------------------------

    def show(self, rows: Sequence[Row], *, find: Callable[[str], list[tuple[int, int]]] | None = None) -> None:
        """Show these. The cursor stays on its entry, else on its line, else on the first entry.

        Args:
            rows: Months and entries, as `by_month` gives them.
            find: Where what was looked for stands in a line, for marking.
        """
        if rows is self._rows and rows and find is None and self._find is None:
            return  # nothing changed: not even a line is drawn
        before, line = self.entry_id, self._cursor
        self._rows, self._find, self._excerpts = rows, find, {}
        self._cursor = self._place_of(before)
        if self._cursor < 0:
            self._cursor = self._nearest(line) if before else self._nearest(0)
        self.virtual_size = Size(0, len(rows))
        self._refresh_scrollbars()
        self.refresh()
        self._reveal()
        self.post_message(self.Moved(self, self.entry_id))
        self._tell_view()

    def tell(self, excerpts: Mapping[str, str]) -> None:
        """Show these beside the titles: by entry, the piece of its text in which something was found."""
        self._excerpts = {**self._excerpts, **excerpts}
        self.refresh()

    def _tell_view(self) -> None:
        top = self.scroll_offset.y
        rows = self._rows[top : top + max(1, self.size.height)]
        self.post_message(self.InView(self, [row for row in rows if isinstance(row, Summary)]))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another part of the list is in view."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._tell_view()

    def clear(self) -> None:
        """Hold nothing. The room stays as it is: whoever comes back to the same pages has nothing laid out anew."""
        self._rows, self._find, self._cursor, self._excerpts = (), None, -1, {}
        self.scroll_to(y=0, animate=False)
        self.refresh()

    @property
    def entry_id(self) -> str:
        """The entry the cursor stands on, or nothing."""
        summary = self.summary
        return summary.id if summary else ""

    @property
    def summary(self) -> Summary | None:
        """What the list knows of the entry the cursor stands on."""
        row = self._rows[self._cursor] if 0 <= self._cursor < len(self._rows) else None
        return row if isinstance(row, Summary) else None

    @property
    def filled(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._rows)

    @property
    def entries(self) -> list[Summary]:
        """Every entry in it, from the top."""
        return [row for row in self._rows if isinstance(row, Summary)]

    @property
    def months(self) -> list[tuple[str, int]]:
        """Every month's name from the top, and how many entries stand under it."""
        counts: list[tuple[str, int]] = []
        for row in self._rows:
            if isinstance(row, str):
                counts.append((row, 0))
            elif counts:
                counts[-1] = (counts[-1][0], counts[-1][1] + 1)
        return counts

    def go_to_month(self, name: str) -> None:
        """Put the cursor on the first entry of a month, named as the list names it."""
        for at, row in enumerate(self._rows):
            if row == name:
                self._move_to(at + 1, top=at)
                return

    def go_to(self, entry_id: str) -> None:
        """Put the cursor on this entry, if it is here."""
        self._move_to(self._place_of(entry_id))

    def _place_of(self, entry_id: str) -> int:
        """The line an entry stands in; -1 where it is not here."""
        if entry_id:
            for at, row in enumerate(self._rows):
                if not isinstance(row, str) and row.id == entry_id:
                    return at
        return -1

    # -- drawing -------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of what is in view."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if not 0 <= at < len(self._rows) or width <= 0:
            return Strip.blank(self.size.width, self.rich_style)
        row = self._rows[at]
        if isinstance(row, str):
            style = self.get_visual_style("entry-list--month")
            line, at_cells = Content(cut(f" {row}", width)), None
        else:
            here = at == self._cursor
            style = self.get_visual_style("entry-list--cursor") if here else self.visual_style
            line, at_cells = self._line(row, width, here=here)
        strip = Strip(line.render_segments(style), line.cell_length)
        if at_cells:
            start, end = at_cells
            parts = (strip.crop(0, start), isolated(strip.crop(start, end)), strip.crop(end))
            strip = Strip([segment for part in parts for segment in part], line.cell_length)
        return strip.adjust_cell_length(width, style.rich_style)

    def _line(self, summary: Summary, width: int, *, here: bool) -> tuple[Content, tuple[int, int] | None]:
        """The line, and the cells its words take if they run from right to left."""
        worded = self._worded(summary)
        day = summary.day
        when = f"{'›' if here else ' '}{day.day:>2} " + (f"{day:%a}  " if width >= WITH_WEEKDAY else " ")
        aside = " · ".join((*worded.notes, *((worded.kind,) if worded.kind and width >= WITH_KIND else ())))
        room = width - cells(when) - (cells(aside) + 2 if aside else 0) - 1
        words = cut(self._with_excerpt(summary, one_line(worded.words), room), max(4, room))
        gap = " " * max(1, width - cells(when) - cells(words) - cells(aside) - 1)
        said = Content(words)
        if self._find is not None:
            found = self.get_visual_style("entry-list--found", partial=True)
            for start, end in self._find(words):
                said = said.stylize(found, start, end)
        quiet = "" if here else self.get_visual_style("entry-list--quiet", partial=True)
        start = cells(when)
        turned = (start, start + cells(words)) if runs_right_to_left(words) else None
        return Content.assemble((when, quiet), said, gap, (aside, quiet)), turned

    def _with_excerpt(self, summary: Summary, title: str, room: int) -> str:
        """The title, and beside or instead of it the piece of text in which something was found."""
        excerpt = self._excerpts.get(summary.id, "")
        if not excerpt or self._find is None or self._find(cut(title, max(4, room))):
            return title
        return f"{cut(title, HEAD)} · {excerpt}" if room >= WITH_TITLE and not title.startswith(excerpt) else excerpt

    # -- moving --------------------------------------------------------------------------------------

    def action_open(self) -> None:
        if entry_id := self.entry_id:
            self.post_message(self.Opened(self, entry_id))

    def action_move(self, by: int) -> None:
        at = self._cursor + by
        if 0 <= at < len(self._rows) and isinstance(self._rows[at], str):
            at += by
        self._move_to(at)

    def action_page(self, by: int) -> None:
        self._move_to(self._nearest(self._cursor + by * max(1, self.size.height - 1)))

    def action_edge(self, side: int) -> None:
        self._move_to(self._nearest(0 if side < 0 else len(self._rows) - 1))

    def action_month(self, by: int) -> None:
        """To the first entry of the month before or after the one the cursor stands in."""
        months = [at for at, row in enumerate(self._rows) if isinstance(row, str)]
        inside = sum(at <= self._cursor for at in months) - 1
        if 0 <= inside + by < len(months):
            self._move_to(months[inside + by] + 1)

    def _nearest(self, at: int) -> int:
        """The entry at or near this line; -1 in an empty list."""
        at = min(max(at, 0), len(self._rows) - 1)
        for near in (at, at + 1, at - 1):
            if 0 <= near < len(self._rows) and isinstance(self._rows[near], Summary):
                return near
        return -1

    def _move_to(self, at: int, *, top: int | None = None) -> None:
        if not 0 <= at < len(self._rows) or isinstance(self._rows[at], str) or at == self._cursor:
            return
        self._cursor = at
        self.refresh()
        if top is not None:
            self.scroll_to(y=top, animate=False)
        self._reveal()
        self.post_message(self.Moved(self, self.entry_id))

    def _reveal(self) -> None:
        """Scroll so that the cursor is in view, with the month's name when it stands just above."""
        if self._cursor < 0:
            return
        height = max(1, self.scrollable_content_region.height)
        top = self._cursor - 1 if self._cursor and isinstance(self._rows[self._cursor - 1], str) else self._cursor
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif self._cursor >= self.scroll_offset.y + height:
            self.scroll_to(y=self._cursor - height + 1, animate=False)

    def on_resize(self) -> None:
        self._reveal()
        self._tell_view()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        at = event.y + self.scroll_offset.y
        if at == self._cursor:
            self.action_open()
        else:
            self._move_to(at)
