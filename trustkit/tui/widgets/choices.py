"""A short list of answers. Enter takes the first unless another was chosen; words are never read as markup."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trustkit.model.direction import runs_right_to_left
from trustkit.model.frozen import frozen
from trustkit.tui.widgets.said import isolated
from trustkit.tui.words import plain


@frozen
class Offer:
    """One thing to choose."""

    id: str
    label: str
    hint: str = ""
    """A quieter line beneath."""


class Lines(OptionList):
    """A list whose every line keeps its order, whichever way its script runs. It stands where all lines stand.

    Where it is as tall as its lines and the page around it scrolls, the arrows go on past its ends, so that the words
    above and below can be read without a mouse.
    """

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        return isolated(line) if runs_right_to_left(line.text) else line

    def on_focus(self) -> None:
        """The cursor is on a line as soon as keys go to the list, also where tab led here."""
        if self.screen.focused is self and self.highlighted is None:
            self.action_first()

    def action_cursor_up(self) -> None:
        if not self._read_past(-1):
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        if not self._read_past(1):
            super().action_cursor_down()

    def action_page_up(self) -> None:
        if has_lines(self):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        if has_lines(self):
            super().action_page_down()  # type: ignore[no-untyped-call]

    def _read_past(self, way: int) -> bool:
        """Scroll the page instead of going round, as long as there is something to read that way."""
        page = self.parent
        if not isinstance(page, VerticalScroll) or self.max_scroll_y or self.highlighted is None:
            return False
        ends = [at for at, option in enumerate(self.options) if not option.disabled]
        here = _region_of(self, self.highlighted)
        below = here is not None and here.bottom > page.scroll_offset.y + page.scrollable_content_region.height
        at_end = self.highlighted == ends[0 if way < 0 else -1]
        more = page.scroll_offset.y > 0 if way < 0 else page.scroll_offset.y < page.max_scroll_y
        if not more or not (at_end or (way > 0 and below)):
            return False
        page.scroll_relative(y=2 * way, animate=False)
        return True


class Choices(Lines):
    """Answers one under the other."""

    DEFAULT_CSS = """
    Choices { height: auto; max-height: 1000; border: none; padding: 0; background: transparent; overflow: hidden;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted { color: $text; background: $panel; text-style: bold; }
        &:focus { border: none; }
        &:focus > .option-list--option-highlighted { color: $background; background: $primary; text-style: bold; }
    }
    """

    @dataclass
    class Chosen(Message):
        """A choice was made."""

        choices: "Choices"
        choice: str

        @property
        def control(self) -> "Choices":
            return self.choices

    def __init__(self, offers: Iterable[Offer], *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(
            *(Option(_worded(offer), id=offer.id) for offer in offers),
            id=id,
            classes=classes,
            markup=False,
            compact=True,
        )

    def on_mount(self) -> None:
        if self.option_count and self.highlighted is None:
            self.highlighted = 0

    def watch_highlighted(self, highlighted: int | None) -> None:
        """The list is as tall as its answers, so it is the page around it that has to follow the cursor."""
        super().watch_highlighted(highlighted)
        if highlighted is not None and self.has_focus:
            self.call_after_refresh(follow_highlight, self)

    def offer(self, offers: Iterable[Offer], *, at: int | None = 0) -> None:
        """Show other answers, the cursor on the one at this place; None leaves it nowhere, and nothing scrolls."""
        self.set_options([Option(_worded(offer), id=offer.id) for offer in offers])
        self.highlighted = min(at, self.option_count - 1) if at is not None and self.option_count else None

    def offer_under(self, offers: Iterable[Offer | str]) -> None:
        """Show answers under headings: a plain string is a heading, which cannot be chosen."""
        options: list[Option] = []
        for offer in offers:
            if isinstance(offer, str):
                heading = Content.assemble("\n" if options else "", plain(offer)).stylize("$secondary bold")
                options.append(Option(heading, disabled=True))
            else:
                options.append(Option(_worded(offer), id=offer.id))
        self.set_options(options)
        self.action_first()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self, event.option.id or ""))


def has_lines(rows: OptionList) -> bool:
    """Whether the list is laid out, so that there is a line to page from."""
    return (rows.highlighted or 0) in rows._index_to_line


def follow_highlight(rows: OptionList) -> None:
    """Scroll the page around a list so that its highlighted line is in sight."""
    page, at = rows.parent, rows.highlighted
    region = None if at is None else _region_of(rows, at)
    if region is None or not isinstance(page, Widget):
        return
    first = next((number for number, option in enumerate(rows.options) if not option.disabled), 0)
    if at == first and region.bottom <= page.scrollable_content_region.height:
        page.scroll_home(animate=False, force=True)  # the title above it as well
    else:
        page.scroll_to_region(region, animate=False, force=True)


def _region_of(rows: OptionList, at: int) -> Region | None:
    """Where a line of the list stands on the page around it; None as long as it has no room yet."""
    if at not in rows._index_to_line:
        return None
    return Region(0, rows.virtual_region.y + rows._index_to_line[at], rows.size.width, rows._heights[at])


def _worded(offer: Offer) -> Content:
    if not offer.hint:
        return plain(offer.label)
    return Content.assemble(plain(offer.label), "\n", plain(offer.hint).stylize("dim"), "\n")
