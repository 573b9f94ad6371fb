"""A short list of answers. Enter takes the first unless another was chosen; words are never read as markup."""

from collections.abc import Iterable
from dataclasses import dataclass

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


class Choices(OptionList):
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

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        return isolated(line) if runs_right_to_left(line.text) else line

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self, event.option.id or ""))


def follow_highlight(rows: OptionList) -> None:
    """Scroll the page around a list so that its highlighted line is in sight."""
    page, at = rows.parent, rows.highlighted
    if at is None or not isinstance(page, Widget) or at not in rows._index_to_line:
        return  # or it has no room yet, and nothing to scroll
    top = rows._index_to_line[at]
    height = rows._heights[at]
    region = Region(0, rows.virtual_region.y + top, rows.size.width, height)
    page.scroll_to_region(region, animate=False, force=True)


def _worded(offer: Offer) -> Content:
    if not offer.hint:
        return plain(offer.label)
    return Content.assemble(plain(offer.label), "\n", plain(offer.hint).stylize("dim"), "\n")
