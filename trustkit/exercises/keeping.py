"""What is remembered of a practice, and what is asked about it: numbers and dates, and where an exercise stands."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from trustkit.exercises.prompts import Call, Choose, Option
from trustkit.exercises.script import Steps, Stopped
from trustkit.model import practice_words as words
from trustkit.model.entry import Practice, Record
from trustkit.model.exercise import Exercise

if TYPE_CHECKING:
    from trustkit.companion import Companion

Said = Literal["keep", "private", "no"]
"""What was said about keeping before anything began."""
Value = str | int | bool | date
"""What one field of a form holds."""

REMEMBER: Final = Option("yes", "Remember")
DONT: Final = Option("no", "Don't")
KEEP: Final = Option("keep", words.KEEP)
KEEP_PRIVATELY: Final = Option("private", words.KEEP_PRIVATELY)
DONT_KEEP: Final = Option("no", words.DONT_KEEP)


class Keeping:
    """How one exercise is remembered.

    Args:
        exercise: Its `keep` counts.
        companion: The journal, and this sitting.
        said: What was said about keeping before it began; nothing is asked then.
        asks: Whether somebody is there to be asked.
        runs: How many runs of a sitting come before the question whether they are remembered.
        reach: Looks for the journal, and opens it as far as nobody is asked for anything. Called once, at the first
            use. None where it is at hand.
        unlock: Opens a sealed journal, asking for its passphrase; raises TrustkitError. None where nobody is asked.
    """

    def __init__(
        self,
        exercise: Exercise,
        companion: "Companion",
        *,
        said: Said | None = None,
        asks: bool = True,
        runs: int = 2,
        reach: Callable[[], None] | None = None,
        unlock: Callable[[], None] | None = None,
    ) -> None:
        self._exercise, self._companion = exercise, companion
        self._said, self._asks, self._runs = said, asks, runs
        self._reach, self._unlock = reach, unlock

    @property
    def asks_first(self) -> bool:
        """Whether the passphrase would be asked for before anything is kept."""
        self._find()
        return self._companion.locked and self._unlock is not None

    @property
    def possible(self) -> bool:
        """Whether something can be kept for good, and somebody is there to say so."""
        if self._exercise.keep == "never" or self._said == "no" or not self._asks:
            return False
        self._find()
        return self._companion.can_keep or self.asks_first

    @property
    def said_to_keep(self) -> bool:
        """Whether keeping was asked for before it began."""
        return self._said in ("keep", "private")

    def note(self, run: Practice, values: Mapping[str, Value]) -> None:
        """Note a run: kept where the reader said so, else held until trustkit closes.

        Args:
            run: Numbers and dates.
            values: What a timer noted at its end, numbers and dates alone.

        Raises:
            TrustkitError: it could not be kept.
        """
        if self._said == "no":
            return
        self._find()
        if self.said_to_keep:
            self._keep(run, values, private=self._said == "private")
            return
        companion, exercise = self._companion, self._exercise
        companion.practised(exercise, run)
        if exercise.keep != "never" and companion.can_keep and companion.keeps_practices():
            self._record(values, private=exercise.keep == "private")

    def ask(self, run: Practice, values: Mapping[str, Value]) -> Steps[None]:
        """Ask, once, whether runs are remembered; of a sealed journal, whether this one is kept."""
        if self._said is not None or not self._asks:
            return
        with suppress(Stopped):
            if not self.asks_first:
                yield from self._ask_to_remember()
            elif self._exercise.keep != "never":
                yield from self._ask_to_keep(run, values)

    def _ask_to_remember(self) -> Steps[None]:
        companion = self._companion
        if not companion.asks_to_keep_practices(after=self._runs):
            return
        options = (DONT, REMEMBER) if companion.sitting.unsafe else (REMEMBER, DONT)
        answer: str = yield Choose((words.REMEMBER,), options, unanswered="")
        if answer:
            yield Call(lambda: companion.answer_keep_practices(answer == REMEMBER.id))

    def _ask_to_keep(self, run: Practice, values: Mapping[str, Value]) -> Steps[None]:
        ways = (KEEP_PRIVATELY,) if self._exercise.keep == "private" else (KEEP, KEEP_PRIVATELY)
        answer: str = yield Choose((words.KEEP_RUN,), (*ways, DONT_KEEP), unanswered=DONT_KEEP.id)
        if answer != DONT_KEEP.id:
            private = answer == KEEP_PRIVATELY.id
            yield Call(lambda: self._keep(run, values, private=private), done=words.SAVED)

    def put_last(self, last: bool) -> None:
        """Let the exercise stand last from now on, or where it was: that needs no word in a sealed journal.

        Raises:
            TrustkitError: it could not be remembered.
        """
        if last:
            self._open()
        self._companion.put_last(self._exercise, last)
        if last:
            self._keep_held()

    def _keep(self, run: Practice, values: Mapping[str, Value], *, private: bool) -> None:
        self._open()
        private = private or self._exercise.keep == "private"
        self._companion.keep_practice(run, private=private)
        self._record(values, private=private)
        self._keep_held()

    def _record(self, values: Mapping[str, Value], *, private: bool) -> None:
        if values:
            record = Record(self._exercise.id, self._exercise.revision, values=values)
            self._companion.vault.add(record, private=private)

    def _keep_held(self) -> None:
        """What was held while the journal was sealed is kept, if the reader said so once."""
        if self._companion.keeps_practices():
            self._companion.answer_keep_practices(True)

    def _open(self) -> None:
        if self.asks_first and self._unlock is not None:
            self._unlock()

    def _find(self) -> None:
        if self._reach is not None:
            reach, self._reach = self._reach, None
            reach()
