"""`trustkit breathe`: a breath here and now, without the app and without a passphrase."""

from typing import TYPE_CHECKING, cast

import click

from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, NotFound, UsageError

if TYPE_CHECKING:
    from trustkit.cli.inline_drawing import Figure


@click.command(cls=Verb)
@click.argument("pattern", required=False)
@click.option("--plain", is_flag=True, help="One line of text for each part of a breath, and no drawing.")
@click.option("--minutes", type=click.FloatRange(0.5, 20), help="About so long, in whole rounds.")
@click.option("--rounds", type=click.IntRange(1, 110), help="So many rounds.")
@click.pass_obj
def breathe(run: Run, pattern: str | None, plain: bool, minutes: float | None, rounds: int | None) -> int:
    """Breathe here, in a few lines of this terminal.

    PATTERN is one that `trustkit practice list` names; without it, a longer breath out. One of your own asks for
    the passphrase where your journal is sealed. Space holds it still, q or esc stops it, and both are all right.
    """
    if minutes is not None and rounds is not None:
        raise UsageError("Minutes and rounds both say how long.", "Name one of the two.")
    from trustkit.cli.inline import run_inline
    from trustkit.cli.practice import find, how_to_open
    from trustkit.companion import FIRST_BREATH
    from trustkit.model.breath import rounds_in
    from trustkit.model.exercise import Breathing

    companion, exercise = find(run, pattern or FIRST_BREATH)
    body = exercise.body
    if not isinstance(body, Breathing):
        raise NotFound("That isn't a breathing pattern.", f"It opens with {how_to_open(exercise)}.")
    settings = companion.settings
    run_inline(
        body,
        exercise.title,
        exercise.caution,
        rounds_in(body, minutes) if minutes is not None else rounds,
        figure=cast("Figure", settings.figure),  # settings take nothing else
        still=settings.motion == "still",
        plain=plain or None,
    )
    return ExitCode.DONE
