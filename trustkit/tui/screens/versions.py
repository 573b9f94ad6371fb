"""What an entry was: every version that is kept, and, after a sync, the two that wait for a choice."""

import asyncio
from collections.abc import Hashable
from functools import partial
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Entry, Note
from trustkit.model.plain import one_line
from trustkit.tui.screens.page import Page
from trustkit.tui.telling import Titles, moment, page_of
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.leaf import Leaf, Piece
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain

TWO: Final = "This note was changed in two places. Both are kept; you choose. (s)"
ONLY_ONE: Final = "There is no earlier version of this page."
EARLIER: Final = "Earlier versions stay until the page is erased. Bringing one back leaves the others here."
BACK: Final = "That version is the page again. The others are still here."
CHOSEN: Final = "That one is the page now. The other is among its versions."


class VersionsScreen(Page[None]):
    """Versions, newest first, and the words of the one the cursor stands on.

    Args:
        companion: Library, vault, settings and this sitting.
        entry_id: Whose versions.
    """

    place = "journal"
    CSS_PATH = "journal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "bring_back", "bring this back", show=True, tooltip="Make this version the page again."),
        Binding("s", "both", "side by side", show=True, tooltip="Both versions side by side, to choose from."),
        Binding("tab", "app.focus_next", "", show=False),
    ]

    def __init__(self, companion: Companion, entry_id: str) -> None:
        super().__init__(companion)
        self._entry_id = entry_id
        self._versions: dict[str, Entry] = {}
        self._heads: frozenset[str] = frozenset()
        self._titles: Titles | None = None

    @property
    def identity(self) -> Hashable:
        return self._entry_id

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(id="versions-says", markup=False)
        with VerticalScroll(id="versions-list", can_focus=False):
            yield Choices([])
        yield Leaf(id="versions-page")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Choices).focus()

    def on_screen_resume(self) -> None:
        self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is one version, as a rule, and nothing to choose."""
        return len(self._heads) > 1 if action == "both" else super().check_action(action, parameters)

    def action_both(self) -> None:
        from trustkit.tui.screens.side_by_side import TwoVersions

        self.app.push_screen(TwoVersions(self.companion, self._entry_id))

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _look(self) -> None:
        vault = self.companion.vault
        try:
            versions = vault.versions(self._entry_id)
            heads = frozenset(head.rev for head in vault.heads(self._entry_id))
            titles = Titles(self.companion)
        except TrustkitError as error:
            self.app.call_from_thread(self._say, f"{error.happened} {error.do_next}")
        else:
            self.app.call_from_thread(self._show, versions, heads, titles)

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#versions-says", Static).update(plain(words))

    def _show(self, versions: list[Entry], heads: frozenset[str], titles: Titles) -> None:
        if not self.is_attached or self.companion.locked:
            return
        self._versions = {version.rev: version for version in versions}
        self._heads, self._titles = heads, titles
        self.refresh_bindings()
        self._say(TWO if len(heads) > 1 else EARLIER if len(versions) > 1 else ONLY_ONE)
        self.query_one(Choices).offer([Offer(version.rev, self._line(version)) for version in versions])

    def _line(self, version: Entry) -> str:
        now = "  (now)" if version.rev in self._heads else ""
        if version.deleted:
            return f"{moment(version.saved)}{now}  moved to the trash"
        body = version.body
        words = one_line(body.title or body.text[:200]) if isinstance(body, Note) else ""
        return f"{moment(version.saved)}{now}  {words}"[:120]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        version = self._versions.get(event.option.id or "")
        if version is not None and self._titles is not None:
            self.query_one(Leaf).show(page_of(version, self.companion, self._titles))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Enter goes to the words, to read on."""
        event.stop()
        self.query_one(Leaf).focus()

    def action_bring_back(self) -> None:
        choices = self.query_one(Choices)
        at = choices.highlighted
        version = self._versions.get(choices.get_option_at_index(at).id or "") if at is not None else None
        if version is not None and version.body is not None:
            self._bring_back(version)

    @work
    async def _bring_back(self, version: Entry) -> None:
        vault, heads = self.companion.vault, self._heads
        body, undecided = version.body, len(heads) > 1
        if body is None or (not undecided and version.rev in self._heads):
            return
        try:
            if undecided:
                await asyncio.to_thread(partial(vault.resolve, self._entry_id, body, seen=heads))
            else:
                await asyncio.to_thread(partial(vault.revise, self._entry_id, body, base=next(iter(heads), "")))
        except TrustkitError as error:
            self.trustkit.say_error(error)
        else:
            self.trustkit.say(CHOSEN if undecided else BACK)
            self._look()

    def on_screen_suspend(self) -> None:
        if self.trustkit.current_mode != self.place:
            self.forget()
            self.dismiss(None)

    def forget(self) -> None:
        self._versions = {}
        if self.is_attached:
            self.query_one(Choices).offer([])
            self.query_one(Leaf).show([Piece("")])
