"""Exercises that ask for one answer after another: what reflections and builders share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from trustkit.model.entry import Answers, Distress, Record
from trustkit.tui.players.stages import Above, Below, Stage
from trustkit.tui.players.worded import WordedPlayer
from trustkit.tui.widgets.choices import Choices
from trustkit.tui.widgets.distress_scale import DistressScale

Step = Literal["next", "before"]
Answer = str | int
FEWEST: Final = 3
"""Lines of choices that always have room."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a stage that asks for one answer ends with."""

    step: Step
    answer: Answer | None


class AnswersPlayer(WordedPlayer):
    """Asks for one answer after another; each may stay empty, and one can go back."""

    _answers: dict[str, Answer]

    @property
    def asked(self) -> Sequence[str]:
        """The ids of what is asked, in order."""
        raise NotImplementedError

    def result(self, given: Mapping[str, Answer]) -> str:
        """What the answers make together; empty where they only stand side by side."""
        return ""

    def body(self) -> Answers | None:
        given = {
            name: answer
            for name in self.asked
            if (answer := self._answers.get(name)) is not None and str(answer).strip()
        }
        if not given:
            return None
        exercise, result = self.exercise, self.result(given)
        return Answers(exercise.id, exercise.revision, answers=given, result=result, from_step=self.from_step)

    def restore(self, body: Answers | Record) -> None:
        if isinstance(body, Answers):
            self._answers = dict(body.answers)

    def empty(self) -> None:
        self._answers = {}

    async def ask_each(self, stage: Callable[[int], Stage[Given]]) -> None:
        """Show the stage for each place in turn, forth and back, until the last was left."""
        at, last = 0, len(self.asked) - 1
        while at <= last:
            self.keep_caution(True)
            given = await self.show(stage(at))
            self.take(self.asked[at], given.answer)
            at = max(0, at + (1 if given.step == "next" else -1))

    def take(self, name: str, answer: Answer | None) -> None:
        """Hold this answer; None takes it back."""
        if answer is None:
            self._answers.pop(name, None)
        else:
            self._answers[name] = answer
        self.changed()


class OneAnswer(Stage[Given]):
    """A stage that asks for one answer. Its bindings are the type's own: they say what comes next.

    Args:
        id: Its own id.
        first: Whether nothing stands before it.
        beneath: Lines under the answers that stay in sight.
    """

    def __init__(self, *, id: str, first: bool, beneath: int = 0) -> None:
        super().__init__(id=id)
        self._is_first = first
        self._beneath = beneath

    def on_resize(self) -> None:
        self._fit()
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """More choices than there is room for scroll by themselves, so that nothing under them is pushed out."""
        below = self.query_one(Below)
        around = below.outer_size.height - below.size.height
        room = self.size.height - self.query_one(Above).outer_size.height - around - self._beneath
        for choices in below.query(Choices):
            choices.styles.max_height = max(FEWEST, room)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (action == "step" and parameters == ("before",) and self._is_first)

    def on_distress_scale_rated(self, event: DistressScale.Rated) -> None:
        event.stop()
        self.finish(Given("next", event.value))

    def leave(self, step: str, answer: Answer | None) -> None:
        """Go on, or back, with this answer."""
        self.finish(Given("before" if step == "before" else "next", answer))


def mark_of(answer: Answer | None) -> Distress | None:
    """A kept answer as a mark on the scale."""
    if isinstance(answer, int):
        return max(0, min(10, answer))
    return "numb" if answer == "numb" else None
