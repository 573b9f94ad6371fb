"""Breathing, grounding and timers on screen: the stages of `exercises.timed`, and what its keys do while it plays."""

from contextlib import suppress
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.exercises import prompts
from trustkit.exercises.prompts import Ended, Shown
from trustkit.exercises.script import MadeWorse
from trustkit.exercises.timed import TimedSession
from trustkit.model import afterwards
from trustkit.model.exercise import Exercise
from trustkit.tui.players.player import Player
from trustkit.tui.players.stages import Rate, Stage
from trustkit.tui.words import prose


class WordlessPlayer(Player):
    """Plays an exercise that asks for no writing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "worse", "worse", show=True, tooltip="This makes it worse: stop, and step down."),
    ]

    def __init__(self, exercise: Exercise, companion: Companion, from_step: str = "", *, at_once: bool = False) -> None:
        super().__init__(exercise, companion, from_step, at_once=at_once)
        self.session = TimedSession(exercise, companion, at_once=at_once)

    def doing(self) -> Stage[Ended]:
        """The exercise itself."""
        raise NotImplementedError

    def opening(self, rate: prompts.Rate) -> Rate:
        """What stands before it: a word, and how it is now. Enter begins at once."""
        return self.rating(rate)

    def rating(self, rate: prompts.Rate, hint: str = "") -> Rate:
        """The stage that asks for a mark."""
        return Rate([prose(text) for text in rate.text], rate.question, hint)

    async def script(self) -> None:
        if self.at_once or await self.admitted():
            await self.follow(self.session.script())

    async def answer_to(self, prompt: Shown) -> Any:
        self.keep_caution(isinstance(prompt, prompts.Run) or not self._has_run)
        match prompt:
            case prompts.Rate():
                return await self.show(self.opening(prompt) if prompt.at == "before" else self.rating(prompt))
            case prompts.Run():
                doing, self.composed = self.composed or self.doing(), None
                self._has_run = True
                return await self.show(doing)
            case prompts.FillForm():
                from trustkit.tui.players.fields import Form

                form = Form(prompt.fields, {}, self.companion.clock().date())
                await self.show(form)
                return form.values()
            case _:
                return await super().answer_to(prompt)

    _has_run = False
    """Whether it was played by now: the caution stands beside the doing; afterwards it only takes room."""

    # -- stopping ------------------------------------------------------------------------------------

    @property
    def plays(self) -> bool:
        return self.session.running

    @property
    def busy(self) -> bool:
        return self.plays

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "worse":
            return self.plays
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        playing = self.plays
        self.stop_playing()
        self.behind(self.session.noting())
        self.leave()
        if playing and not self.at_once:
            self.trustkit.say(afterwards.STOPPED)

    def stop_playing(self) -> None:
        """End figure, time and sound."""
        if self.stage is not None:
            self.stage.stop()
        self.session.stop()

    def action_worse(self) -> None:
        """Said while it plays: the script goes on from there. The run counts, however short it was."""
        stage = self.stage
        if stage is not None and not stage.answer.done():
            stage.stop()
            stage.answer.set_exception(MadeWorse())

    def seal_draft(self) -> None:
        with suppress(TrustkitError):
            self.session.noting()()

    def forget(self) -> None:
        """It is about to be locked: what was practised counts while it still can be written."""
        super().forget()
        self.stop_playing()
        self.seal_draft()

    def on_unmount(self) -> None:
        """Taken away by a key that leads elsewhere: what was practised counts all the same."""
        self.session.stop()
        self.seal_draft()
