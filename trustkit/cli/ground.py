"""`trustkit ground`: a grounding exercise as linear text, one line at a time.

On a terminal it is practised like any other, by `practice play`; in a pipe all of it is printed, and nothing asked.
"""

import sys
from typing import TYPE_CHECKING

import click

from trustkit.cli import say
from trustkit.cli.practice import find, how_to_open
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, NotFound

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.model.exercise import Exercise


@click.command(cls=Verb)
@click.argument("name", metavar="[EXERCISE]", required=False, default="ground-room")
@click.option("--keep", is_flag=True, help="Keep that you practised: numbers and dates. May ask for the passphrase.")
@click.pass_obj
def ground(run: Run, name: str, keep: bool) -> int:
    """Come back to the room, one line at a time.

    On a terminal Enter brings the next line, and some lines wait by themselves; before and after it you may say how
    you are. Elsewhere all of it is printed.
    """
    from trustkit.model.exercise import Grounding

    companion, exercise = find(run, name)
    if not isinstance(exercise.body, Grounding):
        raise NotFound("That isn't a way of grounding.", f"It opens with {how_to_open(exercise)}.")
    if keep or (say.on_terminal(sys.stdin) and say.on_terminal(sys.stdout)):
        from trustkit.cli.playing import Play

        return Play(run, exercise, companion, "keep" if keep else None).begin()
    _print(companion, exercise)
    return ExitCode.DONE


def _print(companion: "Companion", exercise: "Exercise") -> None:
    from trustkit.cli.playing_host import print_head
    from trustkit.cli.playing_runs import print_moments
    from trustkit.model.exercise import Grounding

    for gate in companion.gates_before_tool(exercise):
        say.page(gate.text)
        say.result()
    print_head(exercise)
    assert isinstance(exercise.body, Grounding)
    print_moments(exercise.body, by_hand=False)
    if exercise.outro:
        say.result()
        say.page(exercise.outro)
