"""Breathing, grounding and timers: rate, do, rate again, and what then. Kept, if at all, as numbers and dates.

Whether to keep them is asked once, after the second practice; nothing is asked after each.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Final, Literal

from textual import work
from textual.binding import Binding, BindingType

from trustkit.errors import TrustkitError
from trustkit.model import afterwards
from trustkit.model.entry import Distress, Practice
from trustkit.model.practice_words import HOW_NOW
from trustkit.tui.players.player import AGAIN, DONE, ELSE, WORSE, Go, Player
from trustkit.tui.players.stages import Rate, Say, Stage
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.words import prose

Ended = Literal["whole", "stopped"]
"""How the doing ended: at its end, or before it with "that's enough"."""

REMEMBER: Final = (
    "Shall trustkit remember how practices go, so that it can show what helps you? Numbers and dates, no words."
)
GLANCE: Final = 10.0
"""Seconds. Who stops earlier than this only looked; that is no practice, unless it made things worse."""


class WordlessPlayer(Player):
    """The loop of an exercise that asks for no writing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "worse", "worse", show=True, tooltip="This makes it worse: stop, and step down."),
    ]

    _before: Distress | None = None
    _started: datetime | None = None
    """Since when it has been played; None while it is not."""
    _run: Practice | None = None
    """A run that has ended and is not noted yet."""

    def doing(self) -> Stage[Ended]:
        """The exercise itself."""
        raise NotImplementedError

    def opening(self) -> Rate:
        """What stands before it: a word, and how it is now. Enter begins at once."""
        return Rate([prose(self.exercise.intro)], HOW_NOW)

    async def note_fields(self) -> None:
        """What a timer asks when its last span is over."""

    async def script(self) -> None:
        if not self.at_once:
            if not await self.admitted():
                return
            self._before = await self.show(self.opening())
            if not await self._heard(self._before):
                return
        while True:
            doing, self.composed = self.composed or self.doing(), None
            self._started = self.companion.clock()
            ended: Ended = await self.show(doing)  # type: ignore[arg-type]
            self.end_run(stopped=ended == "stopped")
            await self.note_fields()
            after = None if self.at_once else await self._rate_after()
            answer = "worse" if afterwards.is_worse(self._before, after) else await self._say_how(after, ended)
            if answer == "worse":
                self._note(worse=True)
                await self.written(self.noting())
                await self.step_down(after)
                return
            await self.written(self.noting())
            if self._may_ask(answer, after) and self.companion.asks_to_keep_practices:
                await self._ask_to_remember()
            if not await self.what_now(answer):
                return
            self._before = after

    async def _heard(self, before: Distress | None) -> bool:
        """Take the first mark, and answer a heavy one. False: the reader went elsewhere."""
        if before is None:
            return True
        self.companion.rate(before)
        if before == "numb" or before < afterwards.HEAVY:
            return True
        if afterwards.asks_plainly(before) and await self.ask_plainly():
            self.leave()
            return False
        begin, person = Offer("begin", "Begin"), Offer("person", "I want a person")
        if await self.show(Say([self.a_lot()], [begin, person])) == "person":
            self.leave(Go("helplines"))
            return False
        return True

    async def _rate_after(self) -> Distress | None:
        self.keep_caution(False)
        after = await self.show(Rate([prose(self.exercise.outro)], HOW_NOW))
        if after is not None:
            self.companion.rate(after)
        self._note(after=after)
        return after

    async def _say_how(self, after: Distress | None, ended: Ended) -> str:
        self.keep_caution(False)
        before = self._before
        higher = isinstance(before, int) and isinstance(after, int) and after > before
        if afterwards.asks_plainly(after, worse=higher) and await self.ask_plainly():
            return "rest"
        words = [afterwards.in_words(before, after, stopped=ended == "stopped")]
        if isinstance(after, int) and after >= afterwards.HEAVY:
            words.append(self.a_lot())
        return await self.show(Say(words, [DONE, AGAIN, ELSE, WORSE]))

    def _may_ask(self, answer: str, after: Distress | None) -> bool:
        """Nobody is asked about keeping in the middle of a sentence, or while it is very hard."""
        heavy = isinstance(after, int) and after >= afterwards.HEAVY
        return not (self.at_once or heavy or answer == "rest")

    async def _ask_to_remember(self) -> None:
        yes, no = Offer("yes", "Remember"), Offer("no", "Don't")
        offers = [no, yes] if self.companion.sitting.unsafe else [yes, no]
        answer = await self.show(Say([REMEMBER], offers))
        await self.written(lambda: self.companion.answer_keep_practices(answer == "yes"))

    # -- noting a run --------------------------------------------------------------------------------

    def end_run(self, *, stopped: bool) -> None:
        """The doing is over; what follows are only marks."""
        if self._started is None:
            return
        started, now = self._started, self.companion.clock()
        self._started = None
        if not stopped or (now - started).total_seconds() >= GLANCE:
            self._run = Practice(
                self.exercise.id, self.exercise.revision, started, now, before=self._before, stopped=stopped
            )

    def _note(self, *, after: Distress | None = None, worse: bool = False) -> None:
        if self._run is not None:
            self._run = replace(self._run, after=self._run.after if after is None else after, worse=worse)

    def noting(self) -> Callable[[], None]:
        """Take the run that has ended, once, and answer what notes it (in the vault, where the reader chose so)."""
        run, self._run = self._run, None
        return lambda: self._keep(run)

    def _keep(self, run: Practice | None) -> None:
        if run is not None:
            self.companion.practised(self.exercise, run)

    # -- stopping ------------------------------------------------------------------------------------

    @property
    def plays(self) -> bool:
        return self._started is not None

    @property
    def busy(self) -> bool:
        return self.plays

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "worse":
            return self._started is not None
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        playing = self._started is not None
        self.stop_playing()
        self.behind(self.noting())
        self.leave()
        if playing and not self.at_once:
            self.trustkit.say(afterwards.STOPPED)

    def stop_playing(self) -> None:
        """End figure, time and sound."""
        self.end_run(stopped=True)

    @work(group="play", exclusive=True)
    async def action_worse(self) -> None:
        """Said while it plays: takes the place of the script. The run counts, however short it was."""
        started = self._started
        self.stop_playing()
        if self._run is None and started is not None:
            now = self.companion.clock()
            self._run = Practice(self.exercise.id, self.exercise.revision, started, now, self._before, stopped=True)
        self._note(worse=True)
        await self.written(self.noting())
        await self.step_down(None)

    def seal_draft(self) -> None:
        with suppress(TrustkitError):
            self.noting()()

    def forget(self) -> None:
        """It is about to be locked: what was practised counts while it still can be written."""
        super().forget()
        self.stop_playing()
        self.seal_draft()

    def on_unmount(self) -> None:
        """Taken away by a key that leads elsewhere: what was practised counts all the same."""
        self.end_run(stopped=True)
        self.seal_draft()
