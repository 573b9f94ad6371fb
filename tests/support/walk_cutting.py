"""A walk that failed, cut down to its shortest: delta debugging over its steps."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from random_walk import Size, WalkFailed, walk

Fails = Callable[[Sequence[str]], WalkFailed | None]
"""Takes a walk of these steps; None if all was well."""
MOST_RUNS = 80
"""Walks that cutting down may take: a minute or two, for a failure alone."""


def shortest(steps: Sequence[str], failed: WalkFailed, fails: Fails, runs: int = MOST_RUNS) -> list[str]:
    """The fewest of these steps, in their order, after which the same kind of thing is wrong.

    First the last few alone, then ever smaller pieces are left out for as long as the walk still fails.

    Args:
        steps: The walk that failed.
        failed: How.
        fails: Takes a shorter walk, from the beginning.
        runs: How often it may be called.

    Returns:
        The steps; all of them where no shorter walk fails in the same way, as with what hangs on chance.
    """

    def still(shorter: Sequence[str]) -> bool:
        nonlocal runs
        if runs <= 0:
            return False
        runs -= 1
        found = fails(shorter)
        return found is not None and found.kind == failed.kind

    left = list(steps)
    some = 1
    while some < len(left):
        if still(left[-some:]):
            left = left[-some:]
            break
        some *= 2
    size = max(1, len(left) // 2)
    while size and runs > 0:
        at, cut = 0, False
        while at < len(left) and len(left) > 1:
            shorter = [*left[:at], *left[at + size :]]
            if shorter and still(shorter):
                left, cut = shorter, True
            else:
                at += size
        if not cut:
            size //= 2
    return left


def take(folder: Path, beginning: str, size: Size, keys: str, known: Collection[str] = ()) -> int:
    """Take a walk; one that fails is cut down and told as a test that can be pasted.

    Args:
        folder: For the walk's own journal.
        beginning, size, keys: As for `walk`.
        known: Kinds of failure that were told before and are passed over.

    Returns:
        How many keys were pressed, or steps taken where the walk ended early by a known failure.

    Raises:
        WalkFailed: What was wrong, with the shortest walk that shows it.
    """
    try:
        return walk(folder / "home", beginning, size, keys)
    except WalkFailed as failed:
        first = failed
    if first.kind in known:
        return first.done
    steps = keys.split()[: first.done + 1]
    leaves = first.done > len(keys.split())

    def fails(shorter: Sequence[str]) -> WalkFailed | None:
        try:
            walk(folder / "home", beginning, size, " ".join(shorter), leaves=leaves)
        except WalkFailed as failed:
            return failed
        return None

    left = shortest(steps, first, fails)
    raise WalkFailed(first.kind, as_test(beginning, size, left, first), first.done)


def as_test(beginning: str, size: Size, steps: Sequence[str], failed: WalkFailed) -> str:
    """A failing walk as a row of `tests/terminal/test_journeys.py`, and as a test by itself."""
    keys = " ".join(steps)
    return (
        f"As a row of REGRESSIONS in tests/terminal/test_journeys.py:\n"
        f'    ("{beginning}", {size}, "{keys}"),\nor by itself:\n'
        f"    def test_a_walk(tmp_path: Path) -> None:\n"
        f'        walk(tmp_path / "home", "{beginning}", {size}, "{keys}")\n\nWhere it first failed:\n{failed}'
    )
