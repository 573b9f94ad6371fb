"""Timers in plain lines: each part is said when it begins, then time passes, and it ends quietly."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from trustkit.cli import say
from trustkit.cli.playing_asking import Asking, Ended
from trustkit.cli.playing_care import a_lot, ask_plainly, heard, step_down, what_now
from trustkit.cli.playing_keeping import Keeper
from trustkit.cli.playing_rows import Value, ask_fields
from trustkit.model import afterwards
from trustkit.model.breath_words import clock as minutes
from trustkit.model.breath_words import seconds_in_words
from trustkit.model.entry import Distress, Practice, Record
from trustkit.model.exercise import Exercise, Span, Timer
from trustkit.model.practice_words import HOW_NOW, WHO

if TYPE_CHECKING:
    from trustkit.cli.key_reader import LineKeys
    from trustkit.companion import Companion

Wait = Callable[[float], str]
"""Waits so many seconds, or until a line is typed; gives that line, empty where there was none."""

GLANCE: Final = 10.0
"""Seconds. Who stops earlier than this only looked, and that is no practice."""
NUMBERS: Final = frozenset({"scale", "count", "date"})
"""Kinds of field that are numbers and dates; of a timer nothing else is ever kept."""
KEYS: Final = "Enter goes on to the next part, e and Enter ends it, ctrl+c stops"
HIDES: Final = ", ctrl+g empties the window and stops."
KEEP_RUN: Final = "Keep that you practised? Numbers and dates, no words."


def play_timer(exercise: Exercise, companion: "Companion", asking: Asking, keeper: Keeper) -> None:
    """Mark, do, mark again, and what then."""
    before = _mark(asking)
    if not heard(companion, before, asking):
        return
    again = True
    while again:
        after, again = _once(exercise, companion, asking, keeper, before)
        before = after


def _once(
    exercise: Exercise, companion: "Companion", asking: Asking, keeper: Keeper, before: Distress | None
) -> tuple[Distress | None, bool]:
    """One time through. Answers the last mark, and whether it goes on once more."""
    assert isinstance(exercise.body, Timer)
    if asking.by_hand:
        say.about(KEYS + (HIDES if say.keys_come_singly() else "."))
    started = companion.clock()
    whole = tell_parts(exercise.body, by_hand=asking.by_hand)
    done = Practice(exercise.id, exercise.revision, started, companion.clock(), before=before, stopped=not whole)
    say.result()
    if exercise.outro:
        say.page(exercise.outro)
    noted: dict[str, Value] = {}
    after: Distress | None = None
    try:
        ask_fields(exercise.body.fields, noted, asking, companion.clock().date())
        after = _mark(asking)
    except Ended:
        pass
    companion.rate(after)
    worse = afterwards.is_worse(before, after)
    done = replace(done, after=after, worse=worse)
    heavy = isinstance(after, int) and after >= afterwards.HEAVY
    if not worse:
        _say_how(companion, before, after, asking, stopped=not whole)
    _keep(exercise, keeper, done, noted, asks=not (worse or heavy))
    if worse:
        step_down(companion, exercise, asking, after)
        return after, False
    return after, what_now(companion, exercise, asking)


def _mark(asking: Asking) -> Distress | None:
    say.result()
    say.paragraph(f"{HOW_NOW} {afterwards.ENDS}")
    try:
        return asking.mark()
    except Ended:
        return None


def _say_how(
    companion: "Companion", before: Distress | None, after: Distress | None, asking: Asking, *, stopped: bool
) -> None:
    say.paragraph(afterwards.in_words(before, after, stopped=stopped))
    if isinstance(after, int) and after >= afterwards.HEAVY:
        say.paragraph(a_lot())
    higher = isinstance(before, int) and isinstance(after, int) and after > before
    if afterwards.asks_plainly(after, worse=higher):
        ask_plainly(companion, asking)


def _keep(exercise: Exercise, keeper: Keeper, done: Practice, noted: dict[str, Value], *, asks: bool) -> None:
    """Keep the run if the reader says so: numbers and dates."""
    only_looked = done.stopped and (done.ended - done.started).total_seconds() < GLANCE
    if only_looked and not done.worse:
        return
    private = keeper.keeps_run(KEEP_RUN, asks=asks)
    if private is None:
        return
    assert isinstance(exercise.body, Timer)
    kinds = {field.id: field.kind for field in exercise.body.fields}
    values = {name: value for name, value in noted.items() if kinds[name] in NUMBERS}

    def keep(opened: "Companion") -> None:
        opened.keep_practice(done, private=private)
        if values:
            opened.vault.add(Record(exercise.id, exercise.revision, values=values), private=private)

    keeper.keep_run(keep)


def tell_parts(timer: Timer, *, by_hand: bool) -> bool:
    """Say each part when it begins, and let its time pass. Answers whether the last one was reached and ended."""
    count = len(timer.spans)
    wait = wait_for_line if by_hand and os.name == "posix" else wait_out
    say.result()
    whole = minutes(sum(span.seconds for span in timer.spans))
    say.paragraph(f"{count} part{'' if count == 1 else 's'}, {whole} in all.")
    for number, span in enumerate(timer.spans, start=1):
        say.result()
        _print_part(span, f"{number} of {count}. " if count > 1 else "")
        sys.stdout.flush()
        if wait(span.seconds).strip().lower() == "e":
            return False
    return True


def _print_part(span: Span, where: str) -> None:
    who = WHO.get(span.who, "")
    say.paragraph(f"{where}{who}{': ' if who else ''}{span.title}, {seconds_in_words(span.seconds)}", rest="  ")
    if span.say:
        say.page(span.say)


def wait_out(seconds: float) -> str:
    """Let so many seconds pass."""
    time.sleep(max(0.0, seconds))
    return ""


def wait_for_line(seconds: float) -> str:
    """Let so many seconds pass, or fewer if a line is typed. Answers that line."""
    line = _keys().line_within(seconds)
    if line is None:  # nobody types any more, and still it has its time
        return wait_out(seconds)
    return line


@cache
def _keys() -> "LineKeys":
    """One for all parts: what is typed when one ends belongs to the next."""
    from trustkit.cli.key_reader import LineKeys

    return LineKeys()
