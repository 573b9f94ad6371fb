"""`trustkit practice`: what there is to practise, and which verb begins it."""

from typing import TYPE_CHECKING

import click

from trustkit.cli import say
from trustkit.cli.verbs import Run, Verbs
from trustkit.errors import ExitCode, NotFound

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.model.exercise import Exercise


@click.group(cls=Verbs)
def practice() -> None:
    """Small things to try, alone or with someone."""


@practice.command("list")
@click.option("--all", "every", is_flag=True, help="Breathing patterns with a hold, too.")
@click.pass_obj
def list_(run: Run, every: bool) -> int:
    """Everything there is to practise, and how to begin it."""
    from trustkit.model.exercise import Breathing

    companion = run.companion(with_vault=False)
    left_out = 0
    for group in companion.library.groups:
        say.result(group.title)
        if group.note:
            say.paragraph(group.note, first="  ")
        for exercise in companion.offered(group.exercises):
            if isinstance(exercise.body, Breathing) and exercise.body.has_hold and not every:
                left_out += 1
                continue
            minutes = f"{exercise.minutes} minute{'' if exercise.minutes == 1 else 's'}"
            say.paragraph(
                f"{say.sentence(exercise.title)} {exercise.summary} {minutes}; {how_to_open(exercise)}",
                first="  ",
                rest="    ",
            )
        say.result()
    if left_out:
        say.about("Breathing patterns in which the breath is held are left out; `--all` lists them, too.")
    return ExitCode.DONE


def find(companion: "Companion", name: str) -> "Exercise":
    """The exercise of this name.

    Raises:
        NotFound: there is none. What was typed is not repeated.
    """
    try:
        return companion.library.exercise(name)
    except NotFound as error:
        every = "`trustkit practice list` names them all."
        raise NotFound("There is no exercise by that name that can be used.", f"{error.do_next} {every}") from None


def how_to_open(exercise: "Exercise") -> str:
    """The verb that begins this exercise in plain lines, or where else it is played."""
    if exercise.type == "breathing":
        return f"`trustkit breathe {exercise.id}`"
    if exercise.type == "grounding":
        return f"`trustkit ground {exercise.id}`"
    return f"in `trustkit`, under Practice: {exercise.id}"
