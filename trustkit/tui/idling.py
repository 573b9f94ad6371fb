"""Quiet minutes: a sealed journal that nobody uses locks itself, and nothing private is painted from then on.

A computer that wakes from sleep has to be caught before its first key and its first paint, not at the next look.
"""

from typing import TYPE_CHECKING, Final

from rich.console import RenderableType
from textual import events
from textual.screen import Screen

from trustkit.companion import Companion
from trustkit.tui.clock import counting_sleep

if TYPE_CHECKING:
    from trustkit.tui.guarding import Guarding
    from trustkit.tui.screens.page import Page

    _Base = Guarding
else:
    _Base = object

IDLE_CHECK_SECONDS: Final = 1.0
"""Between two looks, and so the longest that a page stays on the screen of a computer that wakes."""


class Idling(_Base):
    """Mixed into the app, in front of `Guarding`."""

    companion: Companion
    pages: "list[Page[object]]"

    def __init__(self) -> None:
        super().__init__()
        self.idle_clock = counting_sleep()
        """Seconds that only go forward, through sleep too."""
        self._last_touched = self.idle_clock()

    def touched(self) -> None:
        """Somebody is there: quiet minutes are counted from now."""
        self._last_touched = self.idle_clock()

    @property
    def open_too_long(self) -> bool:
        """Whether quiet minutes are over and nothing is locked yet."""
        seconds = self.companion.settings.lock_minutes * 60
        if not seconds or self.idle_clock() - self._last_touched < seconds or not self.shows_words:
            return False
        return not any(page.is_attached and page.busy for page in self.pages)

    async def lock_when_idle(self) -> None:
        """Look whether anybody is still there, and lock if not."""
        self.leave_if_terminal_is_gone()
        if self.open_too_long:
            await self.lock_for_quiet(self.companion.settings.lock_minutes)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Paint, but nothing while hidden, and no page that should be locked by now."""
        if not (self.hidden or self.open_too_long):
            super()._display(screen, renderable)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            if self.open_too_long:  # the first key after waking finds the door, and types nothing into it
                await self.lock_when_idle()
                if not isinstance(event, events.Key) or event.is_printable:
                    return
            self.touched()
        await super().on_event(event)

    @property
    def shows_words(self) -> bool:
        """The app's own: whether there is something to lock."""
        raise NotImplementedError

    async def lock_for_quiet(self, minutes: int) -> None:
        """The app's own: lock, or leave."""
        raise NotImplementedError
