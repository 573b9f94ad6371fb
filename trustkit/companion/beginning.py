"""Beginning to keep things after a while in which nothing was kept: what was made meanwhile isn't lost by it.

Nothing is carried over unasked: who wrote where nothing was to be kept may have meant just that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustkit.companion.holding import Holding
from trustkit.model.frozen import frozen

if TYPE_CHECKING:
    from trustkit.model.entry import Entry
    from trustkit.vault import Vault

EVENTS: Final = ("exercise", "mark")
"""Kinds that no list of pages shows, and that are carried over all the same. Choices always come along."""


@frozen
class InMemory:
    """How much there is that would be gone when trustkit closes."""

    pages: int = 0
    """Pages, answers and notes of a tracker, and what was begun and not ended."""
    exercises: int = 0
    marks: int = 0
    """Steps of guides that were marked."""

    def __bool__(self) -> bool:
        return bool(self.pages or self.exercises or self.marks)


class Beginning(Holding):
    """Mixed into the companion."""

    @property
    def may_begin_to_keep(self) -> bool:
        """Whether nothing is kept, and a journal can be begun: not where one lies already, not as a ghost."""
        return self.mode == "nothing" and not self.ghost and self.on_disk == "none"

    def only_in_memory(self) -> InMemory:
        """What was made before the journal was begun, and is not in it yet."""
        if self._before is None:
            return InMemory()
        pages = len(self._before.summaries(private=True)) + len(self._before.drafts())
        exercises, marks = (len(self._before.events(kind)) for kind in EVENTS)
        return InMemory(pages, exercises, marks)

    def keep_what_was_in_memory(self) -> None:
        """Put all of it into the journal, oldest first, each with the day it was made on.

        Raises:
            WriteError, Locked: not all could be written. What was, is not written again the next time.
        """
        before = self._before
        if before is None:
            return
        for entry in _all(before):
            if entry.body is not None:
                self.vault.add(entry.body, private=entry.private, created=entry.created)
            before.forget(entry.id)
        for draft in before.drafts():
            self.vault.save_draft(draft)
        self._before = None

    def let_go_of_memory(self) -> None:
        """Leave it where nothing is kept: it goes with it."""
        self._before = None


def _all(vault: Vault) -> list[Entry]:
    pages = [vault.get(one.id) for one in vault.summaries(private=True)]
    events = (one for kind in EVENTS for one in vault.events(kind))
    return sorted((*pages, *events), key=lambda one: (one.created, one.saved, one.id))
