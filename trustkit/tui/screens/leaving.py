"""Leaving a page that may not be on top any more.

`dismiss` takes the topmost screen of the place that is open, whichever it is. A page that is done while something
stands over it, or while another place is open, waits until it is come back to, and goes then.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

    _Base = Screen[Any]
else:
    _Base = object


class Leaves(_Base):
    """Mixed into a page, in front of `Page`."""

    _goes_when_back = False

    def leave(self) -> None:
        """Go now, or as soon as this page is on top again."""
        if self.is_active:
            self.dismiss(None)
        else:
            self._goes_when_back = True

    def on_screen_resume(self) -> None:
        if self._goes_when_back:
            self._goes_when_back = False
            self.dismiss(None)
