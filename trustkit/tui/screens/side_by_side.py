"""Two pages side by side, one above the other where the window is narrow: then and now, or two versions of one page.

What only one of them says is marked in both. Nothing here says which is better.
"""

import asyncio
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Entry, Note
from trustkit.tui.comparing import marked
from trustkit.tui.screens.page import Page
from trustkit.tui.telling import Titles, moment, page_of
from trustkit.tui.widgets.leaf import Leaf, Piece
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain

MARKED: Final = "Words that only one of them has are underlined."
ALIKE: Final = "These two say the same."
TWO: Final = "This note was changed in two places. Both are kept; you choose."
MORE: Final = "There are {count} versions; o shows another beside the first."
ONE_LEFT: Final = "There is one version now, and nothing to choose."
KEPT: Final = "That one is the page now. The other is among its versions."
BOTH: Final = "Both are kept: one is the page, the other a page of its own on the same day."
TOGETHER: Final = "Both are one page now. Where they differ, one stands after the other; take out what you don't want."


class SideBySide(Page[None]):
    """Two pages and a line above. Tab goes from one to the other; the arrows scroll the one the cursor is in."""

    place = "journal"
    CSS_PATH = "journal.tcss"
    AUTO_FOCUS = "#side-one"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "the other", show=False, tooltip="Scroll the other page."),
    ]

    @dataclass
    class Opened(Message):
        """What a thread read: the entries, and each as a page with the differences marked."""

        entries: list[Entry]
        """The two first; whatever else there is to choose from behind them."""
        pages: tuple[list[Piece], list[Piece]]

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(id="side-says", markup=False)
        with Container(id="side-both"):
            for name in ("one", "other"):
                with Vertical(id=f"side-{name}-half"):
                    yield Static(id=f"side-{name}-head", classes="side-head", markup=False)
                    yield Leaf(id=f"side-{name}")
        yield KeyLine()

    def on_screen_resume(self) -> None:
        self._look()

    def entries(self) -> list[Entry]:
        """The two to compare, read from the vault, in a thread. Fewer than two: there is nothing to compare."""
        raise NotImplementedError

    def heads(self, entries: Sequence[Entry]) -> tuple[str, str]:
        """What stands above each."""
        raise NotImplementedError

    def told(self, entries: Sequence[Entry]) -> str:
        """What stands above both."""
        raise NotImplementedError

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _look(self) -> None:
        try:
            entries = self.entries()
            titles = Titles(self.companion)
            pages = [page_of(entry, self.companion, titles) for entry in entries[:2]]
            both = marked(*pages) if len(pages) == 2 else (pages[0] if pages else [], [])
        except TrustkitError as error:
            self.app.call_from_thread(self._say, f"{error.happened} {error.do_next}")
        else:
            self.post_message(self.Opened(entries, both))

    def on_side_by_side_opened(self, message: Opened) -> None:
        message.stop()
        if self.companion.locked or not self.is_attached or self.trustkit.current_mode != self.place:
            return
        if len(message.entries) < 2:
            self.trustkit.say(ONE_LEFT)
            self.dismiss(None)
            return
        self.take(message.entries)
        one, other = self.heads(message.entries)
        self.query_one("#side-one-head", Static).update(plain(one))
        self.query_one("#side-other-head", Static).update(plain(other))
        self.query_one("#side-one", Leaf).show(message.pages[0], seek=False)
        self.query_one("#side-other", Leaf).show(message.pages[1], seek=False)
        differ = any(piece.found for page in message.pages for piece in page)
        told = self.told(message.entries)
        marks = "" if told and differ and self.has_class("-short") else MARKED if differ else ALIKE
        self._say(" ".join(line for line in (told, marks) if line))

    def take(self, entries: Sequence[Entry]) -> None:
        """The entries that are shown now."""

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#side-says", Static).update(plain(words))

    def on_screen_suspend(self) -> None:
        if self.trustkit.current_mode != self.place:
            self.forget()
            self.dismiss(None)

    def forget(self) -> None:
        if self.is_attached:
            for leaf in self.query(Leaf):
                leaf.clear()


class ThenAndNow(SideBySide):
    """Two entries on the same question, the earlier one first.

    Args:
        companion: Library, vault, settings and this sitting.
        one, other: Their ids.
    """

    def __init__(self, companion: Companion, one: str, other: str) -> None:
        super().__init__(companion)
        self._ids = (one, other)

    @property
    def identity(self) -> Hashable:
        return self._ids

    def entries(self) -> list[Entry]:
        return sorted((self.companion.vault.get(name) for name in self._ids), key=lambda entry: entry.created)

    def heads(self, entries: Sequence[Entry]) -> tuple[str, str]:
        return f"Then: {moment(entries[0].created)}", f"Now: {moment(entries[1].created)}"

    def told(self, entries: Sequence[Entry]) -> str:
        return ""


class TwoVersions(SideBySide):
    """Versions that two devices left, to be made one again.

    Args:
        companion: Library, vault, settings and this sitting.
        entry_id: Whose versions.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "keep(0)", "first", show=True, tooltip="The first becomes the page again."),
        Binding("2", "keep(1)", "second", show=True, tooltip="The second becomes the page."),
        Binding("b", "keep_both", "both", show=True, tooltip="Two pages: the second becomes one of its own."),
        Binding("m", "put_together", "together", show=True, tooltip="One page with all of it, for you to change."),
        Binding("o", "other", "another", show=False, tooltip="Another version beside the first, if there are more."),
    ]

    def __init__(self, companion: Companion, entry_id: str) -> None:
        super().__init__(companion)
        self._entry_id = entry_id
        self._shown: list[Entry] = []
        self._turn = 0
        self._settling = False

    @property
    def identity(self) -> Hashable:
        return self._entry_id

    def entries(self) -> list[Entry]:
        first, *others = self.companion.vault.heads(self._entry_id)
        turn = self._turn % max(1, len(others))
        return [first, *others[turn:], *others[:turn]]

    def heads(self, entries: Sequence[Entry]) -> tuple[str, str]:
        one, other = (moment(entry.saved) for entry in entries[:2])
        return f"1  {one}", f"2  {other}"

    def told(self, entries: Sequence[Entry]) -> str:
        return TWO if len(entries) == 2 else f"{TWO} {MORE.format(count=len(entries))}"

    def take(self, entries: Sequence[Entry]) -> None:
        self._shown = list(entries)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Two pages need words in both; putting together needs two pages, not answers."""
        words = [entry.body for entry in self._shown[:2] if entry.body is not None]
        match action:
            case "keep_both":
                return len(words) == 2
            case "put_together":
                return sum(isinstance(body, Note) for body in words) == 2
            case "other":
                return len(self._shown) > 2
        return super().check_action(action, parameters)

    def action_other(self) -> None:
        self._turn += 1
        self._look()

    def action_keep(self, which: int) -> None:
        if len(self._shown) > which:
            self._settle("keep", which)

    def action_keep_both(self) -> None:
        self._settle("both", 0)

    def action_put_together(self) -> None:
        self._settle("together", 0)

    @work
    async def _settle(self, how: str, which: int) -> None:
        if self._settling or len(self._shown) < 2:
            return
        companion, (one, other) = self.companion, self._shown[:2]
        seen = [version.rev for version in self._shown]
        self._settling = True
        try:
            match how:
                case "both":
                    await asyncio.to_thread(companion.keep_both, one, other)
                case "together":
                    await asyncio.to_thread(companion.put_together, one, other)
                case _:
                    await asyncio.to_thread(companion.settle, self._entry_id, (one, other)[which].body, seen)
        except TrustkitError as error:
            self.trustkit.say_error(error)
            return
        finally:
            self._settling = False
        self.trustkit.say({"both": BOTH, "together": TOGETHER}.get(how, KEPT))
        self.forget()
        self.dismiss(None)
        if how == "together":
            self.trustkit.change(self._entry_id)

    def forget(self) -> None:
        self._shown = []
        super().forget()
