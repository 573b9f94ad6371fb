"""What pages over the journal's list share: which pages were asked for, and that they hold nothing once left."""

from typing import ClassVar, Generic

from trustkit.companion import Companion
from trustkit.tui.screens.page import Page
from trustkit.tui.screens.stacked import Result


class JournalPage(Page[Result], Generic[Result]):
    """A page that stands over the journal. Empty as soon as another place is open, and gone when it is come back to.

    Args:
        companion: Library, vault, settings and this sitting.
        private: Whether private pages were asked for.
    """

    place = "journal"
    CSS_PATH: ClassVar = "journal.tcss"

    def __init__(self, companion: Companion, *, private: bool = False) -> None:
        super().__init__(companion)
        self._private = private

    @property
    def is_wanted(self) -> bool:
        """Whether what a thread found may still be shown: the vault is open, and so is the journal."""
        return not self.companion.locked and self.trustkit.current_mode == self.place

    def on_screen_suspend(self) -> None:
        if self.trustkit.current_mode != self.place:
            self.forget()
            self.dismiss(None)
