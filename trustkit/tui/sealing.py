"""The draft of one page: sealed from any thread, in the order it was written, and never after the page is done with."""

from threading import Lock
from typing import Final

from trustkit.companion import Companion
from trustkit.model.entry import Draft, Note

LONGEST: Final = 5.0
"""Seconds of typing without a pause after which a draft is sealed all the same: what a kill may cost."""
SOON: Final = 0.01
"""Seconds; a timer of none at all is more than Textual can do."""


def until_sealed(since: float, now: float, quiet: float) -> float:
    """Seconds until a draft is due, when something was just written.

    Args:
        since: When the oldest word was written that no draft holds yet.
        now: On the same clock.
        quiet: Seconds without a key after which it is due in any case.
    """
    return max(SOON, min(quiet, since + LONGEST - now))


class Sealer:
    """Writes drafts of one page and makes it an entry, one call at a time.

    Args:
        companion: The vault.
        draft: The page as it begins.
        resumed: Whether that draft is on the disk already.
    """

    def __init__(self, companion: Companion, draft: Draft, *, resumed: bool) -> None:
        self._companion = companion
        self._id = draft.id
        self._lock = Lock()
        self._given = 0
        self._sealed = 0
        self.over = False
        """Nothing is sealed any more: the page was kept, thrown away or forgotten."""
        self.held = (draft.body, draft.cursor) if resumed else None
        """What the draft holds, and where its cursor stands; None where there is none."""

    def number(self) -> int:
        """A number for what is about to be sealed. An older text never replaces one with a higher number."""
        self._given += 1
        return self._given

    def seal(self, draft: Draft, number: int) -> None:
        """Seal a draft, unless a newer one is sealed already; a new page that is blank again needs none.

        Waits for one that is being sealed, however long the disk takes: once the journal is locked, nothing can be.

        Args:
            draft: What is written now.
            number: From `number`, taken when the text was.

        Raises:
            WriteError, Locked: It could not be written; an older draft then stands.
        """
        with self._lock:
            if number <= self._sealed or self.over:
                return
            if not draft.base and is_blank(draft.body):
                if self.held is not None:
                    self._companion.vault.drop_draft(draft.id)
                    self.held = None
            elif (draft.body, draft.cursor) != self.held:
                self._companion.vault.save_draft(draft)
                self.held = (draft.body, draft.cursor)
            self._sealed = number

    def keep(self, draft: Draft, *, private: bool) -> None:
        """Make it an entry and drop the draft. Raises WriteError, Locked: the draft then stands."""
        with self._lock:
            self._companion.keep_page(draft, private=private)
            self.over = True

    def throw_away(self) -> None:
        """Drop the draft. Raises WriteError, Locked."""
        with self._lock:
            self._companion.vault.drop_draft(self._id)
            self.over = True

    def forget(self) -> None:
        """Hold no word of it any more. Never waits: what is being sealed at this moment is sealed all the same."""
        self.over = True
        self.held = None


def is_blank(body: object) -> bool:
    """A page with neither words nor a title."""
    return isinstance(body, Note) and not body.text.strip() and not body.title.strip()
