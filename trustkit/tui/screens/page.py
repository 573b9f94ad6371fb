"""What every screen shares: a place with its bar, a page to go back from, and a question with answers."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, Generic, cast

from textual._context import active_app
from textual.app import ComposeResult, ScreenStackError
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Event, Key, ScreenResume, ScreenSuspend
from textual.screen import ModalScreen
from textual.widget import Widget

from trustkit.companion import Companion
from trustkit.tui.screens.stacked import Result, Stacked
from trustkit.tui.widgets.choices import Choices, Lines, Offer, follow_highlight
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

AFTER_START: Final = 0.15
"""Seconds from the first page of all to a thread that imports: it would hold back the one that writes that page."""
AFTER_PAINT: Final = 0.06
"""Seconds from a page to a thread that reads much for it, for the same reason."""


class Page(Stacked[Result], Generic[Result]):
    """A screen that esc leaves. `place` names the bar's highlight; empty shows no bar.

    Subclasses hold no private text after `forget()`: it runs when trustkit locks.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", show=True, tooltip="Back to where you came from.")
    ]
    place: str = ""
    opened_by: ClassVar[str] = ""
    """The action that opens this page: it does nothing here, so no key for it is named."""
    _left_with: tuple[object, ...] = ()
    """What was in force when another page was last gone to."""

    def __init__(self, companion: Companion) -> None:
        super().__init__(classes=_sizes_in_force())
        self.companion = companion
        # A page is styled by what is in force when it is mounted. Textual counts every new one as out of date, and
        # reads all styles anew when a place is first and then next gone to: most of what that took.
        self._css_update_count = getattr(active_app.get(None), "_css_update_count", -1)

    async def on_event(self, event: Event) -> None:
        """What was just mounted, or left with the same styles in force, is styled: Textual would style it all again."""
        if isinstance(event, ScreenSuspend):
            self._left_with = self._in_force
        elif isinstance(event, ScreenResume) and (not self.stack_updates or self._left_with == self._in_force):
            event.refresh_styles = False
        await super().on_event(event)

    @property
    def _in_force(self) -> tuple[object, ...]:
        """Everything outside a page that its styles depend on."""
        app = self.app
        return app.theme, app.size, app.app_focus, app.no_color, getattr(app, "_css_update_count", -1)

    def set_focus(self, focused: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """A list is not scrolled into the middle of the page: what stands above it is there to be read first."""
        among = isinstance(focused, Lines)
        super().set_focus(focused, scroll_visible and not among, from_app_focus)
        if isinstance(focused, Lines) and scroll_visible:
            self.call_after_refresh(follow_highlight, focused)

    @property
    def busy(self) -> bool:
        """Whether something plays that quiet minutes should not interrupt."""
        return False

    @property
    def trustkit(self) -> "TrustkitApp":
        """The app, with its own type."""
        return cast("TrustkitApp", self.app)

    def compose(self) -> ComposeResult:
        if self.place:
            yield PlaceBar(self.place)
        with VerticalScroll(classes="column", can_focus=False):
            yield from self.compose_body()
        yield self.key_line()

    def key_line(self) -> KeyLine:
        """The line at the foot."""
        return KeyLine()

    def compose_body(self) -> ComposeResult:
        """What stands in the middle."""
        yield from ()

    def action_back(self) -> None:
        """Leave this page; on a place's own page, go to Today."""
        self.trustkit.go_back(self)

    unsealed = False
    """What is written here could not be sealed when that was last tried."""

    def seal_draft(self) -> None:
        """Seal what is being written here, or set `unsealed`.

        Runs before lock, hide, quit and a signal, and when the page is taken down. It may wait for the disk: once the
        journal is locked, nothing can be sealed.
        """

    def forget(self) -> None:
        """Drop every private word this screen holds, undo history included."""


def _sizes_in_force() -> str:
    """The classes that tell a page how large the window is, taken from the page that is open.

    Textual finds them out when it first lays a page out, and then styles all of it again.
    """
    try:
        app = active_app.get()
        breakpoints = (app.HORIZONTAL_BREAKPOINTS or []) + (app.VERTICAL_BREAKPOINTS or [])
        sizes = {name for _, name in breakpoints}
        return " ".join(app.screen.classes & sizes)
    except (LookupError, ScreenStackError):
        return ""  # the first page of all


class ReadThenChoose(Stacked[Result], Generic[Result]):
    """Words read from the top with doors beneath: the arrows scroll, then go on into the doors.

    Where all of it fits on the screen the cursor is in the doors at once, if `eager`.
    """

    AUTO_FOCUS = ""  # nothing: a focused door would scroll the first line away
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "", show=False, tooltip="Read on; at the end, go into the doors beneath."),
        Binding("up", "scroll(-1)", "", show=False, tooltip="Read back."),
        Binding("space,pagedown", "scroll(5)", "", show=False, tooltip="Read on by half a page."),
        Binding("pageup", "scroll(-5)", "", show=False, tooltip="Read back by half a page."),
        Binding("enter", "go_on", "", show=False),
    ]

    def offer_doors(self, doors: Sequence[Offer]) -> None:
        """Put these doors beneath the text, the cursor in none of them yet."""
        choices = self.query_one(Choices)
        choices.offer(doors, at=choices.highlighted if choices.has_focus else None)
        choices.display = bool(doors)

    def read_from_top(self, *, eager: bool = False) -> None:
        """Show the first line, out of the doors; `eager` goes into them at once where nothing has to be scrolled."""
        if eager:
            self._enter_doors()  # at once, for quick fingers; whether all of it fits is known after the first layout
            self.call_after_refresh(self._leave_doors_unless_all_fits)
        else:
            self._leave_doors()

    def _leave_doors_unless_all_fits(self) -> None:
        if self.is_attached and self.query_one(VerticalScroll).max_scroll_y:
            self._leave_doors()

    def _leave_doors(self) -> None:
        self.query_one(Choices).highlighted = None
        self.set_focus(None)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _enter_doors(self) -> None:
        doors = self.query_one(Choices)
        doors.focus(scroll_visible=False)
        if doors.highlighted is None:
            doors.action_first()

    def action_scroll(self, lines: int) -> None:
        column, doors = self.query_one(VerticalScroll), self.query_one(Choices)
        if lines > 0 and doors.display and column.scroll_offset.y >= column.max_scroll_y:
            self._enter_doors()
            self.call_after_refresh(follow_highlight, doors)  # a tall first door stands half below the window
        else:
            column.scroll_relative(y=lines * 2, animate=False)

    def action_go_on(self) -> None:
        """Enter before the cursor is in the doors: read on, or, where there is nothing to scroll, take the first."""
        fits = not self.query_one(VerticalScroll).max_scroll_y
        self.action_scroll(5)
        doors = self.query_one(Choices)
        if fits and doors.display:
            doors.action_select()

    def on_key(self, event: Key) -> None:
        doors = self.query_one(Choices)
        if event.key == "up" and doors.has_focus and not doors.highlighted:
            event.stop()
            event.prevent_default()
            if self.query_one(VerticalScroll).max_scroll_y:
                doors.highlighted = None
                self.set_focus(None)
                self.action_scroll(-1)


class Reading(ReadThenChoose[None], Page[None]):
    """A page that is read from the top, with doors beneath."""


class Place(Page[None]):
    """One of the five places: lives as long as the app is unlocked, and is made fresh when it is come back to."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind Today there is nothing to go back to."""
        return action != "back" or self.place != "today"

    def key_line(self) -> KeyLine:
        """The line at the foot; a place has its own keys and the way to all of them before the way back."""
        return KeyLine(last="esc")

    async def on_screen_resume(self) -> None:
        await self.refresh_place()

    async def refresh_place(self) -> None:
        """Bring what is shown up to date with the companion."""


class Ask(ReadThenChoose[str | None], ModalScreen[str | None]):
    """A question, or a few words, and answers beneath. Esc answers None.

    Args:
        title: One line, set apart.
        text: What is said.
        offers: The answers; Enter takes the first.
        below: A quieter line under the answers.
        first: There is nothing behind this page to go back to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_none", "back", show=True, tooltip="Back, with no answer.")
    ]

    def __init__(
        self, title: str, text: Content | str, offers: Sequence[Offer], below: str = "", *, first: bool = False
    ) -> None:
        super().__init__()
        self._first = first
        self._title = title
        self._text = plain(text) if isinstance(text, str) else text
        self._offers = tuple(offers)
        self._below = below

    @property
    def identity(self) -> Hashable:
        return self._title, self._text.plain

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            if self._title:
                yield Said(plain(self._title), classes="title")
            if self._text.plain:
                yield Said(self._text, classes="says")
            yield Choices(self._offers)
            if self._below:
                yield Said(plain(self._below), classes="quiet")
        yield KeyLine()

    def on_mount(self) -> None:
        self.read_from_top(eager=True)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(event.choice)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that leads nowhere is not shown."""
        return not (self._first and action == "dismiss_none")

    def action_dismiss_none(self) -> None:
        self.dismiss(None)
