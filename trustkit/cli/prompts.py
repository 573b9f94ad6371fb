"""Questions of the library that `trustkit write --prompt` answers: one question, one text, kept as its answer."""

from collections.abc import Callable
from functools import partial
from typing import Final

from trustkit.cli.verbs import Run
from trustkit.errors import NotFound, UsageError
from trustkit.model.entry import Answers
from trustkit.model.prompts import has_questions, prompts

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
    if exercise is None or not has_questions(exercise):
        raise NotFound(*_NONE)
    offered = prompts([exercise], asked=False)
    if not offered:
        raise UsageError(*_ON_SCREEN)
    question = offered[0].question(wanted)
    if question is None:
        raise NotFound(*_NONE)
    return question.ask, partial(offered[0].answer, question), offered[0].private
