"""What may be kept of an exercise, and in which order that is offered. Nothing is written here."""

from typing import Final

from trustkit.companion import Companion
from trustkit.model import practice_words
from trustkit.model.exercise import Exercise
from trustkit.tui.widgets.choices import Offer

KEEP: Final = Offer("keep", practice_words.KEEP)
PRIVATELY: Final = Offer(
    "private", practice_words.KEEP_PRIVATELY, "Left out of lists, search and exports until you ask for it."
)
NOT: Final = Offer("no", practice_words.DONT_KEEP)


def can_keep(exercise: Exercise, companion: Companion) -> bool:
    """Whether anything of this exercise may reach the disk at all, drafts included."""
    return exercise.keep != "never" and companion.can_keep


def keep_offers(exercise: Exercise, companion: Companion, *, private: bool = False) -> list[Offer]:
    """The answers to "Keep this note?", the first is what Enter takes; none when nothing may be kept.

    Args:
        exercise: What was written in.
        companion: The vault, and whether the unsafe path is open.
        private: It was kept privately before, so that stays the first way.
    """
    if not can_keep(exercise, companion):
        return []
    ways = [PRIVATELY] if exercise.keep == "private" else [PRIVATELY, KEEP] if private else [KEEP, PRIVATELY]
    return [NOT, *ways] if companion.sitting.unsafe else [*ways, NOT]
