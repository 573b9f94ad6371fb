"""Choosing whose numbers are shown: type a few letters of a place, or go down the list."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.model.support import WORLDWIDE, find_regions
from trustkit.tui.screens.page import Page
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.place_bar import KeyLine
from trustkit.tui.words import plain

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

NO_LIST: Final = "There is no list for that place yet. These numbers may still help:"


def choose_region(app: "TrustkitApp", then: Callable[[], None]) -> None:
    """Let the reader choose a place, remember it, and call `then`; where nothing was chosen, do neither."""

    def chosen(region: str | None) -> None:
        if region is not None:
            app.change_settings(region=region)
            then()

    app.push_screen(RegionsScreen(app.companion), chosen)


class RegionsScreen(Page[str | None]):
    """Every place with a list of its own, by name; anywhere stands last and is never out of reach."""

    CSS_PATH = "support.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "", show=False, priority=True, tooltip="Down the list."),
        Binding("up", "move(-1)", "", show=False, priority=True, tooltip="Up the list."),
        Binding("pagedown", "move(10)", "", show=False, priority=True, tooltip="Far down the list."),
        Binding("pageup", "move(-10)", "", show=False, priority=True, tooltip="Far up the list."),
    ]

    def __init__(self, companion: Companion) -> None:
        super().__init__(companion)
        self._regions = companion.regions()

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False, id="regions-head"):
            yield Static("Where are you?", classes="title", markup=False)
            yield Line(placeholder="a few letters of the place", id="regions-typed")
            yield Static(id="regions-none", classes="quiet", markup=False)
        with VerticalScroll(classes="column", can_focus=False, id="regions-column"):
            yield Choices([], id="regions-list")
        yield KeyLine()

    def on_mount(self) -> None:
        self._list("")
        now = self.companion.settings.region
        choices = self.query_one(Choices)
        choices.can_focus = False  # the cursor stays in the line, so that letters always go on finding
        if now != WORLDWIDE and now in (one.id for one in self._regions):
            choices.highlighted = choices.get_option_index(now)
        self.query_one(Input).focus()
        self.call_after_refresh(self._follow)

    def _list(self, typed: str) -> None:
        language = self.companion.library.pack.language
        found = find_regions(self._regions, typed)
        none = self.query_one("#regions-none", Static)
        none.update(NO_LIST)
        none.display = not found
        shown = found or [one for one in self._regions if one.id == WORLDWIDE]
        self.query_one(Choices).offer(Offer(one.id, plain(one.name_in(language)).plain) for one in shown)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list(event.value)
        self.query_one("#regions-column", VerticalScroll).scroll_home(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Choices).action_select()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(event.choice)

    def action_move(self, by: int) -> None:
        choices = self.query_one(Choices)
        if choices.option_count:
            choices.highlighted = max(0, min(choices.option_count - 1, (choices.highlighted or 0) + by))
            self._follow()

    def _follow(self) -> None:
        from trustkit.tui.widgets.choices import follow_highlight

        if self.is_attached:
            follow_highlight(self.query_one(Choices))

    def action_back(self) -> None:
        self.dismiss(None)
