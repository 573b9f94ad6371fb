"""One entry to read: when, what, every word of it, and what was noted beside it."""

from collections.abc import Hashable
from functools import partial
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.errors import NotFound, TrustkitError
from trustkit.tui.screens.entry_actions import ACTIONS, EntryActions
from trustkit.tui.screens.page import Page
from trustkit.tui.telling import Titles, page_of
from trustkit.tui.widgets.leaf import Leaf, Piece
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain

TWO: Final = "This note was changed in two places. Both are kept; you choose. (s)"


class EntryScreen(EntryActions, Page[None]):
    """Reads an entry afresh each time it comes back into view, so that it never shows what was.

    Args:
        companion: Library, vault, settings and this sitting.
        entry_id: What to read.
        words: What was looked for; marked in the text.
        private: Whether private pages were asked for.
    """

    place = "journal"
    CSS_PATH = "journal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *ACTIONS,
        Binding("c", "copy", "copy", show=False, tooltip="Copy this page; trustkit asks first."),
        Binding("s", "both", "side by side", show=True, tooltip="Both versions side by side, to choose from."),
    ]

    def __init__(self, companion: Companion, entry_id: str, words: str = "", *, private: bool = False) -> None:
        super().__init__(companion)
        self._entry_id = entry_id
        self._private = private
        self._undecided = False
        self._looked_for = words

    @property
    def identity(self) -> Hashable:
        return self._entry_id

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(id="entry-says", markup=False)
        yield Leaf(id="entry-page")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#entry-says").display = False
        self.query_one(Leaf).focus()

    @property
    def entry_id(self) -> str:
        return self._entry_id

    def on_screen_resume(self) -> None:
        self._read()

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _read(self) -> None:
        vault = self.companion.vault
        try:
            heads = vault.heads(self._entry_id)
            find = partial(self.companion.found_in, words=self._looked_for) if self._looked_for else None
            page = page_of(heads[0], self.companion, Titles(self.companion), find)
            others = len(self.companion.on_the_same(self._entry_id, private=self._private))
        except NotFound:
            self.app.call_from_thread(self._vanished)
        except TrustkitError as error:
            self.app.call_from_thread(self._show, [Piece(f"{error.happened} {error.do_next}", "quiet")], "", False)
        else:
            undecided = len(heads) > 1
            self.app.call_from_thread(self._show, page, TWO if undecided else _of_others(others), undecided)

    def _show(self, page: list[Piece], said: str, undecided: bool) -> None:
        if self.is_attached and not self.companion.locked and not self._away:
            self._undecided = undecided
            self.refresh_bindings()
            says = self.query_one("#entry-says", Static)
            says.update(plain(said))
            says.display = bool(said)
            self.query_one(Leaf).show(page)

    def _vanished(self) -> None:
        if self.is_attached:
            self.dismiss(None)

    @property
    def private_too(self) -> bool:
        return self._private

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is one version, as a rule, and nothing to choose."""
        return self._undecided if action == "both" else super().check_action(action, parameters)

    def action_both(self) -> None:
        from trustkit.tui.screens.side_by_side import TwoVersions

        self.app.push_screen(TwoVersions(self.companion, self._entry_id))

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.query_one(Leaf).text)

    async def gone(self) -> None:
        self.forget()
        self.dismiss(None)

    @property
    def _away(self) -> bool:
        """Whether another place is open now."""
        return self.trustkit.current_mode != self.place

    def on_screen_suspend(self) -> None:
        """Another place was opened: hold nothing until this one is come back to."""
        if self._away:
            self.forget()

    def forget(self) -> None:
        if self.is_attached:
            self.query_one(Leaf).clear()


def _of_others(count: int) -> str:
    """That there is more on the same question, and how to see it; nothing of its words."""
    if not count:
        return ""
    return f"{'Another page here is' if count == 1 else f'{count} other pages here are'} on the same question. (n)"
