"""Breathing, grounding and timers: rate, do, rate again, and what then. Kept, if at all, as numbers and dates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from trustkit.exercises.keeping import Keeping, Value
from trustkit.exercises.prompts import ELSE, AskPlainly, Call, Choose, Ended, FillForm, Leave, Option, Rate, Run
from trustkit.exercises.script import MadeWorse, Script, Steps, Stopped
from trustkit.exercises.step_down import step_down
from trustkit.model import afterwards
from trustkit.model import practice_words as words
from trustkit.model.entry import Distress, Practice
from trustkit.model.exercise import Exercise, Timer

if TYPE_CHECKING:
    from trustkit.companion import Companion

GLANCE: Final = 10.0
"""Seconds. A run stopped earlier than this is only a look, and no practice, unless it made things worse."""
NUMBERS: Final = frozenset({"scale", "count", "date"})
"""Kinds of field that are numbers and dates; of a timer nothing else is ever kept."""

DONE: Final = Option("done", words.DONE)
AGAIN: Final = Option("again", words.AGAIN)
SOMETHING_ELSE: Final = Option("else", words.ELSE)
WORSE: Final = Option("worse", words.WORSE)
BEGIN: Final = Option("begin", "Begin")
PERSON: Final = Option("person", words.PERSON)
NEXT: Final = (DONE, AGAIN, SOMETHING_ELSE, WORSE)
"""What can follow an exercise."""


class TimedSession:
    """One practice of an exercise that asks for no writing. Gates are passed before it.

    Args:
        exercise: Breathing, grounding or a timer.
        companion: The journal, and this sitting.
        at_once: Begin with the first breath, moment or span, and ask for no marks.
        keeping: How it is remembered; by default as the reader said once, asked after the second run.
    """

    def __init__(
        self, exercise: Exercise, companion: "Companion", *, at_once: bool = False, keeping: Keeping | None = None
    ) -> None:
        self.exercise, self.companion, self.at_once = exercise, companion, at_once
        self.keeping = keeping or Keeping(exercise, companion)
        self._asked_plainly = False
        """Whether the plain question was asked; nobody is asked twice. Its answer is nowhere."""
        self._before: Distress | None = None
        self._started: datetime | None = None
        self._run: Practice | None = None
        """A run that has ended and is not noted yet."""
        self._values: dict[str, Value] = {}
        """Numbers and dates that a timer noted, until its run is noted."""

    @property
    def running(self) -> bool:
        """Whether a breath, a moment or a span runs now."""
        return self._started is not None

    def stop(self) -> None:
        """Time ends here. What was practised counts, if it was more than a look."""
        self._end_run(stopped=True)

    def noting(self) -> Callable[[], None]:
        """Take the run that has ended, once, and answer what notes it; that touches the disk. Raises TrustkitError."""
        (run, values), self._run, self._values = (self._run, self._values), None, {}
        return lambda: None if run is None else self.keeping.note(run, values)

    # -- the script --------------------------------------------------------------------------------------

    def script(self) -> Script:
        """The whole practice, from the first mark to what follows."""
        try:
            if not self.at_once:
                self._before = yield Rate((self.exercise.intro,), "before")
                led = yield from self._heard(self._before)
                if led is not None:
                    return led
            while True:
                end = yield from self._once()
                if end is not None:
                    return end
        except Stopped:
            self.stop()
            yield self._note_now()
            return Leave(stopped=True)

    def _once(self) -> Steps[Leave | None]:
        """One time through. None: once more."""
        self._started = self.companion.clock()
        try:
            ended: Ended = yield Run(self.exercise)
        except MadeWorse:
            self._end_run(stopped=True, a_look_counts=True)
            return (yield from self._made_worse(None))
        self._end_run(stopped=ended == "stopped")
        yield from self._fill_form()
        after: Distress | None = None
        if not self.at_once:
            after = yield Rate((self.exercise.outro,), "after")
            if after is not None:
                self.companion.rate(after)
            self._mark(after=after)
        if afterwards.is_worse(self._before, after):
            return (yield from self._made_worse(after))
        answer = yield from self._what_now(after, stopped=ended == "stopped")
        if answer == WORSE.id:
            return (yield from self._made_worse(after))
        run, values = self._run, self._values
        yield self._note_now()
        heavy = isinstance(after, int) and after >= afterwards.HEAVY
        if run is not None and not (self.at_once or heavy or answer == "rest"):
            yield from self.keeping.ask(run, values)
        self._before = after
        if answer == AGAIN.id:
            return None
        return Leave(ELSE if answer == SOMETHING_ELSE.id else "")

    def _heard(self, before: Distress | None) -> Steps[Leave | None]:
        """Take the first mark, and answer a heavy one. An end, where the reader went elsewhere."""
        if before is None:
            return None
        self.companion.rate(before)
        if before == "numb" or before < afterwards.HEAVY:
            return None
        if afterwards.asks_plainly(before) and (yield from self._ask_plainly()) == "quieter":
            return Leave()
        chosen: str = yield Choose((afterwards.A_LOT,), (BEGIN, PERSON))
        return Leave("helplines") if chosen == PERSON.id else None

    def _what_now(self, after: Distress | None, *, stopped: bool) -> Steps[str]:
        """A word about how it went, and what follows: the id of an option, `rest` after something quieter."""
        before = self._before
        higher = isinstance(before, int) and isinstance(after, int) and after > before
        if afterwards.asks_plainly(after, worse=higher) and (yield from self._ask_plainly()) == "quieter":
            return "rest"
        said = afterwards.in_words(before, after, stopped=stopped)
        heavy = isinstance(after, int) and after >= afterwards.HEAVY
        try:
            answer: str = yield Choose((said, afterwards.A_LOT) if heavy else (said,), NEXT, by_hand=True)
        except Stopped:
            return DONE.id
        return answer

    def _ask_plainly(self) -> Steps[str | None]:
        if self._asked_plainly:
            return None
        self._asked_plainly = True
        led: str | None = yield AskPlainly()
        return led

    def _made_worse(self, after: Distress | None) -> Script:
        self._mark(worse=True)
        yield self._note_now()
        plainly = afterwards.asks_plainly(after, worse=True) and not self._asked_plainly
        return (yield from step_down(self.exercise, self.companion, self.keeping, plainly=plainly))

    # -- the run ------------------------------------------------------------------------------------------

    def _fill_form(self) -> Steps[None]:
        body = self.exercise.body
        if isinstance(body, Timer) and body.fields:
            filled: dict[str, Value] = yield FillForm(body.fields)
            kept = {field.id for field in body.fields if field.kind in NUMBERS}
            self._values = {name: value for name, value in filled.items() if name in kept}

    def _end_run(self, *, stopped: bool, a_look_counts: bool = False) -> None:
        if self._started is None:
            return
        started, ended = self._started, self.companion.clock()
        self._started = None
        if a_look_counts or not stopped or (ended - started).total_seconds() >= GLANCE:
            self._run = Practice(
                self.exercise.id, self.exercise.revision, started, ended, before=self._before, stopped=stopped
            )

    def _mark(self, *, after: Distress | None = None, worse: bool = False) -> None:
        if self._run is not None:
            self._run = replace(self._run, after=self._run.after if after is None else after, worse=worse)

    def _note_now(self) -> Call:
        kept = self._run is not None and self.keeping.said_to_keep
        return Call(self.noting(), done=words.SAVED if kept else "")
