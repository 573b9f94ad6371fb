"""What may be offered, and in which order: the standing rules, apart from where their facts come from.

The rules stand in `docs/architecture.md`. Nothing here locks anything: what is left out can still be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustkit.model.exercise import Breathing, Exercise
from trustkit.model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from trustkit.model.entry import Distress

NIGHT: Final = (22, 6)
"""Hours between which writing is never offered first."""
HARD: Final = 6
"""Distress above which looking inward at length is not suggested."""
NOT_WHEN_HARD: Final = frozenset({"body-scan", "thought-record", "letter-younger-me", "letter-not-sent"})
LEFT: Final = 4
"""How many that settle stand where nothing else is left to offer."""
WORDED: Final = frozenset({"reflection", "builder", "list", "tracker"})
"""Types that ask for writing."""


@frozen
class Moment:
    """What the rules look at: how this reader is now, and what they said before."""

    distress: Distress | None = None
    hour: int = 12
    """Of the reader's own day."""
    holds_hidden: bool = True
    """Patterns with a hold wait until someone chooses to see them."""
    look_round_first: bool = False
    """Noticing the breath makes things worse for this reader."""
    stands_last: AbstractSet[str] = frozenset()
    """Exercises that made things worse."""

    @property
    def is_night(self) -> bool:
        """Whether it is late, or early."""
        late, early = NIGHT
        return self.hour >= late or self.hour < early

    @property
    def writing_waits(self) -> bool:
        """Whether writing is never first now: at night, and when it is hard to think."""
        return self.is_night or self.above(HARD + 1)

    @property
    def numb(self) -> bool:
        """Whether nothing is felt: not a low number."""
        return self.distress == "numb"

    def above(self, distress: int) -> bool:
        """Whether a number was said, and is higher than this."""
        return isinstance(self.distress, int) and self.distress > distress


def by_rules(exercises: Sequence[Exercise], now: Moment) -> list[Exercise]:
    """What of these to offer at this moment, in order: holds, looking round first, hard hours, what was worse."""
    left = [e for e in exercises if not (now.holds_hidden and isinstance(e.body, Breathing) and e.body.has_hold)]
    if now.numb or now.above(HARD):
        left = [e for e in left if e.id not in NOT_WHEN_HARD]
    last_grounding = max((i for i, e in enumerate(left) if e.type == "grounding"), default=-1)

    def place(indexed: tuple[int, Exercise]) -> tuple[bool, bool, float]:
        index, exercise = indexed
        breath_later = exercise.type == "breathing" and (now.look_round_first or now.numb)
        return (
            now.writing_waits and exercise.type in WORDED,
            exercise.id in now.stands_last,
            max(index, last_grounding + 0.5) if breath_later else index,
        )

    return [exercise for _, exercise in sorted(enumerate(left), key=place)]


def settled_first(fitting: Sequence[Exercise], settling: Sequence[Exercise], now: Moment) -> list[Exercise]:
    """What fits, with something that settles in front where writing, or what made things worse, would be first.

    Args:
        fitting: What to offer, in the order of `by_rules`; where nothing is left of it, what settles stands alone.
        settling: Exercises without writing, in the order of `by_rules`.
        now: This moment. By day and below hard distress writing may be first.
    """
    if fitting and not (now.writing_waits and (fitting[0].type in WORDED or fitting[0].id in now.stands_last)):
        return list(fitting)
    named = {exercise.id for exercise in fitting}
    kind = [e for e in settling if e.id not in now.stands_last and e.id not in named and e.type not in WORDED]
    return [*kind[: 1 if fitting else LEFT], *fitting]
