"""Words that can't be sealed: they are told of and stay on the screen, and none of them goes without a word.

The disk is full, or may only be read; or a journal was locked by something else. Leaving and going elsewhere ask here
first. What protects whoever sits there waits for nothing: hiding, quiet minutes and signals lock or leave all the same,
and what was lost is said afterwards, where only the writer is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from trustkit.tui.screens.page import Page

if TYPE_CHECKING:
    from textual.screen import Screen

    from trustkit.tui.stacking import Stacking

    _Base = Stacking
else:
    _Base = object

TURNS: Final = 200
"""Turns of the event loop that a field may take for what was typed just before."""
UNSEALED: Final = "What you are writing couldn't be sealed"
LOST_IN_HIDING: Final = "What you were writing when you cleared the screen couldn't be sealed, and is gone."


class Unsealed(_Base):
    """Mixed into the app, in front of `Stacking`."""

    lost_in_hiding = False
    """Words could not be sealed when the screen was cleared."""
    left_unsealed = False
    """Words could not be sealed when trustkit had to leave."""
    _warned = False

    def stays_for(self, screens: Iterable[Screen[Any]]) -> bool:
        """Seal what these screens hold. True: one can't be, that was said, and none of them may go."""
        found = False
        for page in screens:
            if isinstance(page, Page):
                self.seal(page)
                found = found or page.unsealed
        if found:
            self.say(f"{UNSEALED}. You are still on its page.")
        return found

    async def take_in_typing(self) -> None:
        """Let what was typed before a key of the app's own reach its field: the app meets such a key first."""
        field = self.focused
        for _ in range(TURNS):
            if field is None or not field.message_queue_size:
                break
            await asyncio.sleep(0)

    def stays_once(self) -> bool:
        """Seal everything before leaving. True: something can't be, and that was said for the first time."""
        self.seal_drafts()
        if not self.unsealed or self._warned:
            return False
        self._warned = True
        self.say(f"{UNSEALED}. {{quit}} once more leaves without it.")
        return True

    def tell_what_was_lost(self) -> None:
        """Say once, to whoever has unlocked, what went when the screen was cleared."""
        if self.lost_in_hiding:
            self.lost_in_hiding = False
            self.say(LOST_IN_HIDING)

    def say(self, words: str) -> None:
        """The app's own."""
        raise NotImplementedError
