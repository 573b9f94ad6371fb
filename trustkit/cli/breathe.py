"""`trustkit breathe`: a breath here and now, without the app and without a passphrase.

It begins with the breath; on a terminal what follows is asked at its end. That it was practised is remembered where
the reader said so once and the journal is open, or asked for with `--keep`.
"""

import sys
from functools import partial
from typing import TYPE_CHECKING, cast

import click

from trustkit.cli import say
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trustkit.cli.inline_drawing import Figure
    from trustkit.cli.playing_asking import Asking
    from trustkit.cli.playing_host import KeepingOf
    from trustkit.companion import Companion
    from trustkit.exercises.prompts import Ended
    from trustkit.model.exercise import Exercise


@click.command(cls=Verb)
@click.argument("pattern", required=False)
@click.option("--plain", is_flag=True, help="One line of text for each part of a breath, and no drawing.")
@click.option("--minutes", type=click.FloatRange(0.5, 20), help="About so long, in whole rounds.")
@click.option("--rounds", type=click.IntRange(1, 110), help="So many rounds.")
@click.option("--keep", is_flag=True, help="Keep that you practised: numbers and dates. May ask for the passphrase.")
@click.pass_obj
def breathe(run: Run, pattern: str | None, plain: bool, minutes: float | None, rounds: int | None, keep: bool) -> int:
    """Breathe here, in a few lines of this terminal.

    PATTERN is one that `trustkit practice list` names; without it, a longer breath out. One of your own asks for
    the passphrase where your journal is sealed. Space holds it still, q or esc stops it, and both are all
    right; w says that it makes things worse.
    """
    if minutes is not None and rounds is not None:
        raise UsageError("Minutes and rounds both say how long.", "Name one of the two.")
    from trustkit.cli.inline import run_inline
    from trustkit.cli.playing_asking import Asking
    from trustkit.cli.practice import find, how_to_open
    from trustkit.companion import FIRST_BREATH
    from trustkit.model.breath import rounds_in
    from trustkit.model.exercise import Breathing

    companion, exercise = find(run, pattern or FIRST_BREATH)
    body = exercise.body
    if not isinstance(body, Breathing):
        raise NotFound("That isn't a breathing pattern.", f"It opens with {how_to_open(exercise)}.")
    settings = companion.settings
    breath = partial(
        run_inline,
        body,
        exercise.title,
        exercise.caution,
        rounds_in(body, minutes) if minutes is not None else rounds,
        figure=cast("Figure", settings.figure),  # settings take nothing else
        still=settings.motion == "still",
        plain=plain or None,
    )
    asking = Asking()
    asking.by_hand = asking.by_hand and say.on_terminal(sys.stdout)
    _play(exercise, companion, asking, _keeping(run, exercise, companion, asking, keep=keep), breath)
    return ExitCode.DONE


def _play(
    exercise: "Exercise", companion: "Companion", asking: "Asking", keeping: "KeepingOf", breath: "Callable[[], bool]"
) -> None:
    """Breathe, note it, and ask what follows."""
    from trustkit.cli.playing_host import PlainHost
    from trustkit.exercises.script import Stopped
    from trustkit.exercises.timed import TimedSession

    def run_breath(_: "Exercise") -> "Ended":
        if not breath():
            raise Stopped  # q and esc leave, as esc does in the app
        return "whole"

    try:
        session = TimedSession(exercise, companion, at_once=True, keeping=keeping(exercise))
        PlainHost(companion, exercise, asking, keeping, run=run_breath, quick=True).play(session.script())
    finally:
        companion.close()


def _keeping(run: Run, exercise: "Exercise", companion: "Companion", asking: "Asking", *, keep: bool) -> "KeepingOf":
    """How the breath is remembered: no passphrase is asked for unless keeping was."""
    from trustkit.cli.playing_host import keeping_for, reach_journal

    if keep:
        from trustkit.cli.playing_keeping import Keeper

        return partial(Keeper(run, exercise, asking, "keep").run_kept, companion)
    reach = partial(reach_journal, run, companion, quietly=True)
    return lambda one: keeping_for(one, companion, asking, reach=reach)
