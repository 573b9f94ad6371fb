"""What is said after a practice, and when it made things worse: the same on screen and in plain text."""

from typing import Final

from trustkit.model.entry import Distress

SCALE: Final = (
    "calm",
    "nearly calm",
    "a little stirred",
    "uneasy",
    "tense",
    "upset, still coping",
    "hard to set aside",
    "hard to think",
    "very hard",
    "close to too much",
    "the worst it gets",
)
"""The word beside each number of the distress scale, 0 to 10."""
NUMB: Final = "numb, or I can't tell"
ENDS: Final = "0 is calm. 10 is the worst it gets."
A_LOT: Final = "That is a lot. You don't have to carry it alone: {support}."
"""Said from 8 on. `{support}` stands for the key."""

HEAVY: Final = 8
WORST: Final = 10
WORSE_BY: Final = 2
"""Points up from which a practice made things worse."""

EASED: Final = "From {before} to {after}. Something let go a little."
SAME: Final = "No change. That happens often; it doesn't mean you did it wrong."
ABOVE: Final = "A little higher. Paying attention can do that. You could stop here."
STOPPED: Final = "You stopped. That is allowed, every time."
NOT_RATED: Final = "Done."
THAWED: Final = "Feeling something again can sting. Go gently."
STILL_NUMB: Final = "Still far away. Something you can touch may help more than breath."


def in_words(before: Distress | None, after: Distress | None, *, stopped: bool = False) -> str:
    """One line about a practice that did not make things worse. None is a mark that was skipped."""
    if after == "numb":
        return STILL_NUMB
    if before == "numb" and after is not None:
        return THAWED
    if not (isinstance(before, int) and isinstance(after, int)):
        return STOPPED if stopped else NOT_RATED
    if after < before:
        return EASED.format(before=before, after=after)
    return SAME if after == before else ABOVE


def is_worse(before: Distress | None, after: Distress | None) -> bool:
    """Whether the marks alone say that it made things worse. "Numb" never counts as a number."""
    return isinstance(before, int) and isinstance(after, int) and after - before >= WORSE_BY


def asks_plainly(after: Distress | None, *, worse: bool = False) -> bool:
    """Whether this mark brings the plain question: at 10, and at 9 when it got worse."""
    return isinstance(after, int) and (after == WORST or (worse and after == WORST - 1))
