"""What stands beside a breath, in words: the same on screen, in the ordinary terminal and for a screen reader."""

from math import ceil

from trustkit.model.breath import Breath, duration
from trustkit.model.exercise import Breathing, Phase
from trustkit.model.frozen import frozen


@frozen
class Words:
    """Two short lines and a number."""

    main: str
    """What to do now."""
    count: str
    """Counted down beside it; empty when nothing is counted."""
    below: str
    """Round and time left, for who wants to know."""
    brief: str = ""
    """The same as `below` for a narrow place."""


def words(pattern: Breathing, breath: Breath, rounds: int, *, paused: bool = False) -> Words:
    """The words at this moment of a practice of so many rounds."""
    left = clock(breath.remaining)
    if breath.done:
        return Words("Done.", "", "")
    if paused:
        return Words("Paused", "", f"Breathe as you like. {left} left", f"{left} left")
    if breath.settling:
        whole = clock(duration(pattern, rounds))
        return Words("When you like …", str(breath.count), f"{rounds_in_words(rounds)}, {whole}", whole)
    say = breath.phase.say
    return Words(say, str(breath.count), f"Round {breath.round} of {rounds} · {left} left", f"{left} left")


def line_for(phase: Phase) -> str:
    """A phase as one line of text: `Breathe in, 4 seconds`."""
    return f"{phase.say}, {seconds_in_words(phase.seconds)}"


def seconds_in_words(seconds: float) -> str:
    """`1 second`, `4 seconds`, `5.5 seconds`."""
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"


def rounds_in_words(rounds: int) -> str:
    """`1 round`, `8 rounds`."""
    return f"{rounds} round{'' if rounds == 1 else 's'}"


def clock(seconds: float) -> str:
    """Minutes and seconds, begun seconds counted whole: `1:04`."""
    whole = max(0, ceil(seconds - 1e-6))
    return f"{whole // 60}:{whole % 60:02}"
