"""What a reader's own file takes over from the shipped one it stands in place of: everything that stands guard there.

Gates can't be replaced, and neither are they lost by replacing the page behind them: whoever is handed a file
by somebody they fear still meets the question.
"""

from dataclasses import replace
from typing import Any, TypeVar

from trustkit.library.build import Thing
from trustkit.model.guide import Guide

T = TypeVar("T", bound=Thing)


def guarded(mine: T, shipped: Thing) -> T:
    """The reader's own, behind the gates of the shipped one and not offered when that one is not."""
    if type(mine) is not type(shipped):
        return mine
    changes: dict[str, Any] = {"gates": _both(shipped.gates, mine.gates)}
    if isinstance(mine, Guide) and isinstance(shipped, Guide):
        changes["steps"] = tuple(
            replace(step, gates=_both(theirs.gates, step.gates)) if (theirs := shipped.step(step.id)) else step
            for step in mine.steps
        )
    elif not isinstance(mine, Guide) and not isinstance(shipped, Guide):
        changes["unsafe_if"] = mine.unsafe_if | shipped.unsafe_if
    return replace(mine, **changes)


def _both(first: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *then)))
