"""What can be done with an entry, from the list and from its own page alike: change it, delete it, see what it was."""

import asyncio
from typing import TYPE_CHECKING, Final

from textual import work
from textual.binding import Binding

from trustkit.errors import TrustkitError
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.telling import moment
from trustkit.tui.widgets.choices import Offer

if TYPE_CHECKING:
    _Base = Page[None]
else:
    _Base = object

DELETE: Final = "Move this to the trash? You can bring it back for 30 days."
DELETE_OFFERS: Final = (
    Offer("move", "Move"),
    Offer("leave", "Leave it"),
    Offer("erase", "Erase it now instead", "Copies in a backup, and traces on some disks, may remain."),
)
ERASED: Final = "Erased here. Copies in a backup, and traces on some disks, may remain."
MOVED: Final = "Moved to the trash."
NO_OTHER: Final = "Nothing else here is on the same question."
WHICH: Final = "Beside which one?"

ACTIONS: Final = (
    Binding("e", "edit", "change", show=True, tooltip="Change this page; what it was stays as an earlier version."),
    Binding("d", "delete", "delete", show=True, tooltip="Move this page to the trash, or erase it now."),
    Binding("v", "versions", "versions", show=True, tooltip="Earlier versions of this page."),
    Binding("n", "then_and_now", "then and now", show=False, tooltip="This page beside another on the same question."),
)

PAGE_ACTIONS: Final = frozenset(binding.action for binding in ACTIONS)
"""What needs an entry."""


class EntryActions(_Base):
    """Mixed into a screen that shows one entry, in front of `Page`."""

    @property
    def entry_id(self) -> str:
        """The entry that is meant; empty where there is none."""
        raise NotImplementedError

    async def gone(self) -> None:
        """The entry is in the trash, or erased."""
        raise NotImplementedError

    async def action_edit(self) -> None:
        from trustkit.tui.screens.unfinished import change

        if self.entry_id:
            await change(self.trustkit, self.entry_id)

    def action_versions(self) -> None:
        from trustkit.tui.screens.versions import VersionsScreen

        if self.entry_id:
            self.app.push_screen(VersionsScreen(self.companion, self.entry_id))

    @property
    def private_too(self) -> bool:
        """Whether private pages were asked for."""
        return False

    @work
    async def action_then_and_now(self) -> None:
        """This page beside an earlier or later one on the same question."""
        from trustkit.tui.screens.side_by_side import ThenAndNow

        entry_id = self.entry_id
        if not entry_id:
            return
        try:
            others = await asyncio.to_thread(self.companion.on_the_same, entry_id, private=self.private_too)
        except TrustkitError as error:
            self.trustkit.say_error(error)
            return
        other: str | None = others[0].id if others else None
        if other is None:
            self.trustkit.say(NO_OTHER)
        elif len(others) > 1:
            offers = [Offer(one.id, moment(one.created)) for one in others]
            other = await self.app.push_screen_wait(Ask("", WHICH, offers))
        if other is not None:
            self.app.push_screen(ThenAndNow(self.companion, entry_id, other))

    def action_delete(self) -> None:
        if self.entry_id:
            self._ask_to_delete(self.entry_id)

    @work
    async def _ask_to_delete(self, entry_id: str) -> None:
        vault = self.companion.vault
        try:
            match await self.app.push_screen_wait(Ask("", DELETE, DELETE_OFFERS)):
                case "move":
                    await asyncio.to_thread(vault.delete, entry_id)
                    self.trustkit.say(MOVED)
                    await self.gone()
                case "erase":
                    await asyncio.to_thread(vault.forget, entry_id)
                    self.trustkit.say(ERASED)
                    await self.gone()
        except TrustkitError as error:
            self.trustkit.say_error(error)
