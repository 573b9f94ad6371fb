"""Where a breath is at a moment: phase, fullness, count and time left, as a pure function of elapsed seconds.

Nothing here keeps time. A front end holds a `Stopwatch`, reads its own monotonic clock, and asks `breath_at`; so
a lost frame, a pause or a stopped process can never make the breath drift. Elapsed time below zero is the lead: a few
seconds in which the figure rests, before the first breath. After the last phase the figure comes to rest as softly.
"""

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from math import ceil, cos, floor, inf, pi
from typing import Final

from trustkit.model.exercise import Breathing, Phase
from trustkit.model.frozen import frozen

LEAD: Final = 3.0
"""Seconds between the start and the first breath, and at most between the last phase and the figure's rest."""

LAPSE: Final = 5.0
"""Seconds. A look that comes later than this was lost with the whole process (stopped, or a sleeping machine): nobody
breathed along, so the breath goes on from where it was last seen."""

LONGEST: Final = 20 * 60.0
"""Seconds; the longest practice that is ever offered (E15 of the content check)."""

_TINY: Final = 1e-6
"""Seconds; nearer to the end of a phase than this is the end, so that sums of floats cannot split a boundary."""


@frozen
class Breath:
    """What the breath is at one moment."""

    phase: Phase
    """During the lead the first phase, once done the last."""
    phase_index: int
    round: int
    """From 1."""
    into: float
    """Seconds into the phase; 0 during the lead."""
    left: float
    """Seconds until the phase, or the lead, ends; 0 once done."""
    fullness: float
    """How full the figure is: 0 empty, 1 full."""
    elapsed: float
    """Seconds since the first breath began; below zero during the lead."""
    remaining: float
    """Seconds of practice left; the lead is no part of it."""
    moving: bool
    """Whether the fullness is changing now."""
    done: bool

    @property
    def settling(self) -> bool:
        """Whether the first breath has yet to begin."""
        return self.elapsed < 0.0 and not self.done

    @property
    def count(self) -> int:
        """The number to show, counted down to 1 and never 0 while a phase runs: 4, 3, 2, 1.

        A phase has as many even beats as it has whole seconds (5.5 s: five beats of 1.1 s, counted 5 to 1), so that no
        number flashes by: each stands for a second or longer, but in a phase shorter than one second. 0 once done.
        """
        if self.done:
            return 0
        if self.settling:
            return max(1, ceil(self.left - _TINY))
        beats, beat = self._beats
        return beats - min(beats - 1, floor((self.into + _TINY) / beat))

    @property
    def until_count(self) -> float:
        """Seconds until the count, the phase or the lead next changes; infinite once done."""
        if self.done:
            return inf
        if self.settling:
            return self.left - (self.count - 1)
        _, beat = self._beats
        return self.left - (self.count - 1) * beat

    @property
    def _beats(self) -> tuple[int, float]:
        """How many numbers this phase counts, and how long each stands in seconds."""
        seconds = self.into + self.left
        beats = max(1, floor(seconds + _TINY))
        return beats, seconds / beats


@frozen
class Stopwatch:
    """Time practised, kept by arithmetic: pausing banks what has passed, resuming goes on from there.

    It never reads a clock: `now` is always the caller's monotonic time, in seconds.
    """

    passed: float = -LEAD
    """Elapsed seconds at the moment `since`; negative while the lead runs."""
    since: float | None = None
    """When it last began to run; None while it stands."""

    @classmethod
    def start(cls, now: float, *, lead: float = LEAD) -> "Stopwatch":
        """A running stopwatch whose first breath begins in `lead` seconds."""
        return cls(-lead, now)

    @property
    def running(self) -> bool:
        return self.since is not None

    def elapsed(self, now: float) -> float:
        """Seconds since the first breath began, pauses left out."""
        return self.passed if self.since is None else self.passed + (now - self.since)

    def pause(self, now: float) -> "Stopwatch":
        """Standing still from now on. Pausing twice changes nothing."""
        return replace(self, passed=self.elapsed(now), since=None)

    def resume(self, now: float) -> "Stopwatch":
        """Running again from where it stood. Resuming twice changes nothing."""
        return self if self.running else replace(self, since=now)


def breath_at(pattern: Breathing, elapsed: float, rounds: int) -> Breath:
    """The breath `elapsed` seconds after its first phase began (below zero: the lead), in a practice of so many rounds.

    The fullness is continuous over all time and eased by a cosine, so that it never jumps and never starts or stops
    with a jerk. `in` rises and `out` falls; phases of the same kind in a row share the way in proportion to their
    seconds (3 s then 1 s: 0 to 0.75 to 1), also across a hold or from one round to the next. `hold` and `rest` stay
    where they are.

    Raises:
        ValueError: the pattern lacks an `in` or an `out`, a phase has no length, or `rounds` is below 1.
    """
    course = _course(pattern.phases)
    if rounds < 1:
        raise ValueError("a practice has at least one round")
    length = course.ends[-1]
    total = length * rounds
    if elapsed < -_TINY:
        first = pattern.phases[0]
        fullness, moving = _glide(0.0, course.levels[0][0], LEAD + elapsed)
        return Breath(first, 0, 1, 0.0, -elapsed, fullness, elapsed, total, moving, False)
    if elapsed > total - _TINY:
        last = len(pattern.phases) - 1
        fullness, moving = _glide(course.levels[last][1], 0.0, elapsed - total)
        phase = pattern.phases[last]
        return Breath(phase, last, rounds, phase.seconds, 0.0, fullness, elapsed, 0.0, moving, True)
    elapsed = max(0.0, elapsed)
    past = min(rounds - 1, floor((elapsed + _TINY) / length))
    within = elapsed - past * length
    index = min(len(course.ends) - 1, bisect_right(course.ends, within + _TINY))
    phase = pattern.phases[index]
    into = min(phase.seconds, max(0.0, within - (course.ends[index] - phase.seconds)))
    start, end = course.levels[index]
    fullness = start + (end - start) * _ease(into / phase.seconds)
    return Breath(
        phase, index, past + 1, into, phase.seconds - into, fullness, elapsed, total - elapsed, start != end, False
    )


def until_next(breath: Breath, frame: float) -> float:
    """Seconds until the figure or its words next need drawing; infinite when nothing will change any more.

    `frame` is the time between two pictures, in seconds; infinity for a figure that stands still. Frames lie on a grid
    of absolute moments, so that a late one is skipped and not handed on; every change of the count is met exactly.
    """
    if not breath.moving or frame == inf:
        return breath.until_count
    since = (breath.elapsed + _TINY) / frame
    return min(breath.until_count, (floor(since) + 1) * frame - breath.elapsed)


def duration(pattern: Breathing, rounds: int) -> float:
    """Seconds that so many rounds last, without the lead."""
    return pattern.round_seconds * rounds


def rounds_in(pattern: Breathing, minutes: float) -> int:
    """How many whole rounds come nearest to so many minutes: at least one, and never over twenty minutes in all."""
    most = max(1, floor(LONGEST / pattern.round_seconds + _TINY))
    return min(most, max(1, floor(minutes * 60.0 / pattern.round_seconds + 0.5)))


def _ease(part: float) -> float:
    """0 to 1 along half a cosine: standing still at both ends."""
    return (1.0 - cos(pi * part)) / 2.0


def _glide(start: float, end: float, passed: float) -> tuple[float, bool]:
    """The figure's way between rest and the breath, and whether it is still under way."""
    if start == end or passed >= LEAD:
        return end, False
    if passed <= 0.0:
        return start, passed == 0.0
    return start + (end - start) * _ease(passed / LEAD), True


@frozen
class _Course:
    """One round, worked out."""

    ends: tuple[float, ...]
    """When each phase ends, in seconds since the round began."""
    levels: tuple[tuple[float, float], ...]
    """The fullness at the start and the end of each phase."""


@lru_cache(maxsize=16)
def _course(phases: tuple[Phase, ...]) -> _Course:
    if any(phase.seconds <= 0.0 for phase in phases):
        raise ValueError("every phase of a breath takes time")
    if not {"in", "out"} <= {phase.do for phase in phases}:
        raise ValueError("a breath has a way in and a way out")
    levels: list[tuple[float, float]] = [(0.0, 0.0)] * len(phases)
    for run in _runs(phases):
        whole = sum(phases[index].seconds for index in run)
        way = 1.0 if phases[run[0]].do == "in" else -1.0
        begun = 0.0 if way > 0 else 1.0
        gone = 0.0
        for index in run:
            start = begun + way * gone / whole
            gone += phases[index].seconds
            # The last of a run lands on 0 or 1 exactly, whatever the floats say.
            levels[index] = (start, 1.0 - begun if index == run[-1] else begun + way * gone / whole)
    for index, phase in enumerate(phases):
        if phase.do not in ("in", "out"):
            level = next(levels[i][1] for i in _backwards(index, len(phases)) if phases[i].do in ("in", "out"))
            levels[index] = (level, level)
    ends: list[float] = []
    for phase in phases:
        ends.append((ends[-1] if ends else 0.0) + phase.seconds)
    return _Course(tuple(ends), tuple(levels))


def _runs(phases: tuple[Phase, ...]) -> list[list[int]]:
    """Moving phases of the same kind in a row, from one round to the next too; stillness between does not part them."""
    movers = [index for index, phase in enumerate(phases) if phase.do in ("in", "out")]
    turn = next(k for k in range(len(movers)) if phases[movers[k]].do != phases[movers[k - 1]].do)
    runs: list[list[int]] = []
    for index in movers[turn:] + movers[:turn]:
        if runs and phases[runs[-1][-1]].do == phases[index].do:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _backwards(index: int, length: int) -> list[int]:
    """The other phases, from the one before `index` round to the one after it."""
    return [(index - step) % length for step in range(1, length)]
