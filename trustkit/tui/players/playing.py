"""Which player plays which exercise. Each type's player is imported when it is first needed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

from trustkit.companion import Companion
from trustkit.model.exercise import Exercise
from trustkit.tui.players.player import Go, Player
from trustkit.tui.screens.page import Page

if TYPE_CHECKING:
    from trustkit.model.entry import Draft

Kind = type[Player]


def _breathing() -> Kind:
    from trustkit.tui.players.breathing import BreathingPlayer

    return BreathingPlayer


def _grounding() -> Kind:
    from trustkit.tui.players.grounding import GroundingPlayer

    return GroundingPlayer


def _timer() -> Kind:
    from trustkit.tui.players.timer import TimerPlayer

    return TimerPlayer


def _reflection() -> Kind:
    from trustkit.tui.players.reflection import ReflectionPlayer

    return ReflectionPlayer


def _builder() -> Kind:
    from trustkit.tui.players.builder import BuilderPlayer

    return BuilderPlayer


def _checklist() -> Kind:
    from trustkit.tui.players.checklist import ChecklistPlayer

    return ChecklistPlayer


def _listing() -> Kind:
    from trustkit.tui.players.listing import ListingPlayer

    return ListingPlayer


def _tracker() -> Kind:
    from trustkit.tui.players.tracker import TrackerPlayer

    return TrackerPlayer


PLAYERS: Final[dict[str, Callable[[], Kind]]] = {
    "breathing": _breathing,
    "grounding": _grounding,
    "timer": _timer,
    "reflection": _reflection,
    "builder": _builder,
    "checklist": _checklist,
    "list": _listing,
    "tracker": _tracker,
}
"""The player of each type of exercise; the same names as `model.exercise.TYPES`."""


def player_for(
    exercise: Exercise, companion: Companion, from_step: str = "", *, at_once: bool = False
) -> Page[Go | None]:
    """The page that plays this exercise, or that shows its words where it is not offered now.

    Args:
        exercise: What to play.
        companion: Library, vault, settings and this sitting.
        from_step: `guide/step` it was launched from, or empty.
        at_once: For the breathe key: no gate and no question before the first breath or moment.
    """
    if not companion.may_use(exercise):
        from trustkit.tui.players.reading import WordsOnly

        return WordsOnly(exercise, companion, from_step)
    return PLAYERS[exercise.type]()(exercise, companion, from_step, at_once=at_once)


def resume(draft: "Draft", companion: Companion) -> Page[Go | None] | Page[None] | None:
    """What goes on with a draft: a player, or the form of an exercise being made; None when it is neither's.

    Where the exercise is not offered now, its words with what the reader wrote; the draft stays as it is.
    """
    from trustkit.model.entry import Answers, OwnExercise, Record
    from trustkit.tui.players.worded import WordedPlayer

    if isinstance(draft.body, OwnExercise):
        from trustkit.tui.screens.own import resume as resume_making

        return resume_making(draft, companion)
    if not isinstance(draft.body, Answers | Record):
        return None
    exercise = companion.library.exercises.get(draft.body.exercise)
    if exercise is None:
        return None
    from_step = getattr(draft.body, "from_step", "")
    if not companion.may_use(exercise):
        from trustkit.tui.players.reading import WordsOnly

        return WordsOnly(exercise, companion, from_step, written=draft.body)
    player = PLAYERS[exercise.type]()
    return player(exercise, companion, from_step, draft=draft) if issubclass(player, WordedPlayer) else None


def playing(screen: Screen[Any]) -> bool:
    """Whether a breath, a moment or a span runs here, so that another does not begin on top of it by a stray key."""
    return isinstance(screen, Player) and screen.plays
