"""What is being written in an exercise, sealed as it grows: stopping, locking or a signal loses nothing.

Only where the exercise may be kept at all: of `keep = "never"`, and where nothing is kept, no draft is ever written.
Players on screen and in plain lines share it, so that each goes on with what was begun in the other.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from trustkit.errors import TrustkitError
from trustkit.model.entry import Answers, Draft, Entry, Record

if TYPE_CHECKING:
    from trustkit.companion.whole import Companion


class DraftKeeper:
    """The draft of one thing being written, and the entry it will become.

    Args:
        companion: The vault and the clock.
        allowed: Whether anything may be written at all.
        draft: A draft to go on with.
        sealed: Whether that draft lies on the disk already.
        entry: An entry to write another version of.
    """

    def __init__(
        self,
        companion: Companion,
        *,
        allowed: bool,
        draft: Draft | None = None,
        sealed: bool = True,
        entry: Entry | None = None,
    ) -> None:
        self._companion = companion
        self.allowed = allowed
        self._lock = Lock()
        self._sealed: Answers | Record | None = None
        self._written = draft is not None and sealed
        vault = companion.vault
        self._id = draft.id if draft else entry.id if entry else vault.new_id() if allowed else ""
        self._base = draft.base if draft else entry.rev if entry else ""
        self._target = (draft.target if draft else "") or (vault.new_rev() if allowed else "")
        self.private = draft.private if draft else entry.private if entry else False

    @property
    def revises(self) -> bool:
        """Whether this becomes another version of something kept before."""
        return bool(self._base)

    @property
    def written(self) -> bool:
        """Whether a draft of it lies on the disk."""
        return self._written

    def draft(self, body: Answers | Record, *, private: bool = False) -> Draft:
        """What stands there now, on its way to the entry it becomes."""
        now = self._companion.clock()
        return Draft(self._id, body, now, base=self._base, target=self._target, private=self.private or private)

    def seal(self, body: Answers | Record | None) -> None:
        """Write the draft, unless it stands like that already or may not be written.

        Raises:
            WriteError, Locked: it was not; an older draft then stands.
        """
        with self._lock:
            if not self.allowed or body is None or body == self._sealed:
                return
            self._companion.vault.save_draft(self.draft(body))
            self._sealed, self._written = body, True

    def keep(self, body: Answers | Record, *, private: bool) -> None:
        """Make it an entry; the draft goes.

        Raises:
            TrustkitError: it was not kept, and the draft stands.
        """
        with self._lock:
            self._companion.keep_page(self.draft(body), private=private)
            self.allowed = self._written = False  # a draft that stays is offered once more and dropped

    def throw_away(self) -> None:
        """Let the draft go, and write no other."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        self.allowed = False
        if self._written:
            with suppress(TrustkitError):  # what was kept is kept; a draft that stays is offered once more and dropped
                self._companion.vault.drop_draft(self._id)
            self._written = False


def drafts_of(companion: Companion, exercise: str) -> list[Draft]:
    """The sealed drafts of the exercise with this id, the latest first. Raises TrustkitError."""
    found = companion.vault.drafts()
    return [one for one in found if isinstance(one.body, Answers | Record) and one.body.exercise == exercise]
