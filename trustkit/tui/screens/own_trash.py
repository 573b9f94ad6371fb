"""Exercises of one's own that were thrown away: to bring back for thirty days, or to erase."""

import asyncio
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from trustkit.errors import TrustkitError
from trustkit.tui.screens.entry_actions import ERASED
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.screens.trash import BACK, EMPTY
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain

STAYS: Final = "Exercises stay here for 30 days, then they are erased."


class OwnTrash(Page[None]):
    """What can be brought back to Practice."""

    place = "practice"
    CSS_PATH = "own.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "bring back", show=True, tooltip="Bring this exercise back."),
        Binding("x", "erase", "erase", show=True, tooltip="Erase this exercise for good."),
    ]

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(id="own-trash-says", markup=False)
        yield Choices([], id="own-trash-list")
        yield KeyLine()

    def on_screen_resume(self) -> None:
        self._show()

    @work(group="show", exclusive=True)
    async def _show(self) -> None:
        found = await asyncio.to_thread(self.companion.trashed_own)
        if not self.is_attached or self.companion.locked:
            return
        self.query_one(Choices).offer([Offer(one.entry_id, one.exercise.title) for one in found])
        self.query_one("#own-trash-says", Static).update(plain(STAYS if found else EMPTY))
        self.query_one(Choices).focus()

    @property
    def _meant(self) -> str:
        choices = self.query_one(Choices)
        at = choices.highlighted
        return "" if at is None else choices.get_option_at_index(at).id or ""

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.action_restore()

    def action_restore(self) -> None:
        if self._meant:
            self._restore(self._meant)

    def action_erase(self) -> None:
        if self._meant:
            self._erase(self._meant)

    @work(group="own", exclusive=True)
    async def _restore(self, entry_id: str) -> None:
        try:
            await asyncio.to_thread(self.companion.restore_own, entry_id)
        except TrustkitError as error:
            self.trustkit.say_error(error)
        else:
            self.trustkit.say(BACK)
        self._show()

    @work(group="own", exclusive=True)
    async def _erase(self, entry_id: str) -> None:
        offers = [Offer("erase", "Erase"), Offer("leave", "Leave it")]
        if await self.trustkit.push_screen_wait(Ask("", "Erase this exercise for good?", offers)) != "erase":
            return
        try:
            await asyncio.to_thread(self.companion.erase_own, entry_id)
        except TrustkitError as error:
            self.trustkit.say_error(error)
        else:
            self.trustkit.say(ERASED)
        self._show()

    def forget(self) -> None:
        if self.is_attached:
            self.query_one(Choices).offer([])
