"""Questions of the library that `trustkit write --prompt` answers: one question, one text, kept as its answer."""

from collections.abc import Callable
from typing import Final

from trustkit.cli.verbs import Run
from trustkit.errors import NotFound, UsageError
from trustkit.model.entry import Answers
from trustkit.model.exercise import Exercise, Question, Reflection

_NONE: Final = ("There is no such question.", "`trustkit practice list` names the reflections that have some.")
_ON_SCREEN: Final = (
    "That one asks something before it begins.",
    "Run `trustkit` and open it under Practice.",
)


def prompt_named(run: Run, name: str) -> tuple[str, Callable[[str], Answers], bool]:
    """A question by the name of its reflection, or of both.

    Returns:
        What it asks; how its answer is kept; whether always privately.

    Raises:
        NotFound: there is none. What was typed is not repeated.
        UsageError: a gate stands before it, or its answers are never kept.
    """
    companion = run.companion(with_vault=False)
    place, _, wanted = name.partition("/")
    exercise = companion.library.exercises.get(place)
    question = _question(exercise, wanted)
    if exercise is None or question is None:
        raise NotFound(*_NONE)
    if exercise.gates or exercise.unsafe_if or exercise.keep == "never":
        raise UsageError(*_ON_SCREEN)
    id_, revision, asked = exercise.id, exercise.revision, question.id

    def answer(text: str) -> Answers:
        return Answers(id_, revision, {asked: text})

    return question.ask, answer, exercise.keep == "private"


def _question(exercise: Exercise | None, wanted: str) -> Question | None:
    """The question of this name, else the first that takes words."""
    if exercise is None or not isinstance(exercise.body, Reflection):
        return None
    worded = [question for question in exercise.body.questions if not question.scale and not question.choices]
    return next((question for question in worded if wanted in ("", question.id)), None)
