"""`trustkit ground`: a grounding exercise as linear text, one line at a time."""

import sys
from typing import TYPE_CHECKING, Final

import click

from trustkit.cli import say
from trustkit.cli.practice import find, how_to_open
from trustkit.cli.verbs import Run, Verb
from trustkit.companion.stopping import Stopped
from trustkit.errors import ExitCode, NotFound

if TYPE_CHECKING:
    from trustkit.model.exercise import Moment

_HIDES: Final = ", ctrl+g empties the window and stops."


@click.command(cls=Verb)
@click.argument("name", metavar="[EXERCISE]", required=False, default="ground-room")
@click.pass_obj
def ground(run: Run, name: str) -> int:
    """Come back to the room, one line at a time.

    On a terminal Enter brings the next line; some lines wait by themselves. Elsewhere all of it is printed.
    """
    from trustkit.model.exercise import Grounding

    companion, exercise = find(run, name)
    if not isinstance(exercise.body, Grounding):
        raise NotFound("That isn't a way of grounding.", f"It opens with {how_to_open(exercise)}.")
    for gate in companion.gates_before_tool(exercise):
        say.page(gate.text)
        say.result()
    say.paragraph(exercise.title)
    for text in (exercise.caution, exercise.intro):
        if text:
            say.result()
            say.page(text)
    played = say.on_terminal(sys.stdin) and say.on_terminal(sys.stdout)
    if played:
        say.about("Enter brings the next line, ctrl+c stops" + (_HIDES if say.keys_come_singly() else "."))
    try:
        for moment in exercise.body.moments * exercise.body.rounds:
            _print_moment(moment)
            if played:
                _wait(moment)
    except KeyboardInterrupt as stopped:
        say.about("You stopped. That is allowed, every time.")
        return stopped.exit_code if isinstance(stopped, Stopped) else ExitCode.INTERRUPTED
    if exercise.outro:
        say.result()
        say.page(exercise.outro)
    return ExitCode.DONE


def _print_moment(moment: "Moment") -> None:
    say.result()
    say.paragraph(moment.say)
    if moment.more:
        say.paragraph(moment.more, first="  ")


def _wait(moment: "Moment") -> None:
    """Until Enter; a moment that lasts by itself ends by itself, too, where the system can wait for both."""
    sys.stdout.flush()
    if say.keys_come_singly():
        from trustkit.cli.key_reader import LineKeys

        LineKeys().line_within(moment.seconds or None)
    else:
        sys.stdin.readline()
