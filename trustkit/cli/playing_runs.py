"""A breath, moments and spans in plain lines: each part is said when it begins, then time passes, and it ends quietly.

Where somebody types, a line ends the part (Enter), the whole (`e`), or says that it makes things worse (`w`); a breath
hears single keys.
"""

import os
import sys
import time
from functools import cache
from typing import TYPE_CHECKING, Final

from trustkit.cli import say
from trustkit.exercises.prompts import Ended
from trustkit.exercises.script import MadeWorse
from trustkit.model.breath_words import clock as minutes
from trustkit.model.breath_words import seconds_in_words
from trustkit.model.exercise import Breathing, Exercise, Grounding, Moment, Span, Timer
from trustkit.model.practice_words import WHO

if TYPE_CHECKING:
    from trustkit.cli.key_reader import LineKeys

KEYS: Final = "Enter brings the next part; e and Enter ends it, w and Enter if it makes things worse; ctrl+c stops"
HIDES: Final = ", ctrl+g empties the window and stops."


class Enough(Exception):
    """`e`: that's enough."""


def play_run(exercise: Exercise, *, by_hand: bool) -> Ended:
    """Play it to its end, or to where the reader has enough.

    Args:
        exercise: Breathing, grounding or a timer.
        by_hand: Whether somebody types; else moments follow at once, and the others take their time.

    Raises:
        MadeWorse: the reader said so.
        KeyboardInterrupt: ctrl-c, or the hide key.
    """
    body = exercise.body
    if isinstance(body, Breathing):
        from trustkit.cli.inline import run_inline

        say.result()
        return "whole" if run_inline(body, plain=True) else "stopped"
    if by_hand:
        say.about(KEYS + (HIDES if say.keys_come_singly() else "."))
    try:
        if isinstance(body, Grounding):
            print_moments(body, by_hand=by_hand)
        elif isinstance(body, Timer):
            _print_parts(body, by_hand=by_hand)
    except Enough:
        return "stopped"
    return "whole"


def print_moments(body: Grounding, *, by_hand: bool) -> None:
    """One moment after another; Enter brings the next, and one that lasts by itself ends by itself, too."""
    for moment in body.moments * body.rounds:
        _print_moment(moment)
        if by_hand:
            sys.stdout.flush()
            heed(wait_for_line(moment.seconds or None))


def _print_moment(moment: Moment) -> None:
    say.result()
    say.paragraph(moment.say)
    if moment.more:
        say.paragraph(moment.more, first="  ")


def _print_parts(timer: Timer, *, by_hand: bool) -> None:
    count = len(timer.spans)
    say.result()
    whole = minutes(sum(span.seconds for span in timer.spans))
    say.paragraph(f"{count} part{'' if count == 1 else 's'}, {whole} in all.")
    for number, span in enumerate(timer.spans, start=1):
        say.result()
        _print_part(span, f"{number} of {count}. " if count > 1 else "")
        sys.stdout.flush()
        if by_hand and os.name == "posix":
            heed(wait_for_line(span.seconds))
        else:
            wait_out(span.seconds)


def _print_part(span: Span, where: str) -> None:
    who = WHO.get(span.who, "")
    say.paragraph(f"{where}{who}{': ' if who else ''}{span.title}, {seconds_in_words(span.seconds)}", rest="  ")
    if span.say:
        say.page(span.say)


def heed(line: str) -> None:
    """Do what a line says that was typed meanwhile. Raises Enough, MadeWorse."""
    match line.strip().lower():
        case "e":
            raise Enough
        case "w":
            raise MadeWorse


def wait_out(seconds: float) -> str:
    """Let so many seconds pass."""
    time.sleep(max(0.0, seconds))
    return ""


def wait_for_line(seconds: float | None) -> str:
    """Let so many seconds pass, or fewer if a line is typed; None waits for the line. Answers that line."""
    singly = say.keys_come_singly()
    line = _keys().line_within(seconds) if singly else sys.stdin.readline() or None
    if line is None:  # nobody types any more, and still it has its time
        return wait_out(seconds or 0.0)
    return line


@cache
def _keys() -> "LineKeys":
    """One for all parts: what is typed when one ends belongs to the next."""
    from trustkit.cli.key_reader import LineKeys

    return LineKeys()
