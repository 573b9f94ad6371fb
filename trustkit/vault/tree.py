"""The revisions of one entry as a tree that merges by union. Pure: no disk, no clock.

A revision names its parents; the heads are the revisions that are nobody's parent. Two devices that add revisions
apart from each other end with the union of both, in whatever order the files arrive, so every answer here depends on
the set of revisions alone.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

STEP: Final = timedelta(seconds=1)
"""A revision is saved at least this much after its parents, so that a clock set back cannot reorder them."""


class Node(Protocol):
    """What the tree needs to know of a revision."""

    @property
    def rev(self) -> str: ...
    @property
    def parents(self) -> tuple[str, ...]: ...
    @property
    def saved(self) -> datetime: ...
    @property
    def deleted(self) -> bool: ...


N = TypeVar("N", bound=Node)


def heads(nodes: Mapping[str, N]) -> list[N]:
    """The current revisions, the one to show first: live before deleted, then by the largest (saved, rev).

    Never empty for a non-empty tree: where every revision is some other's parent (only a forger can make such a
    circle), all of them count.
    """
    if len(nodes) == 1:
        return list(nodes.values())
    named = {parent for node in nodes.values() for parent in node.parents if parent != node.rev}
    found = [node for node in nodes.values() if node.rev not in named] or list(nodes.values())
    found.sort(key=lambda node: (not node.deleted, node.saved, node.rev), reverse=True)
    return found


def newest_first(nodes: Iterable[N]) -> list[N]:
    """Revisions by (saved, rev), the latest first."""
    return sorted(nodes, key=lambda node: (node.saved, node.rev), reverse=True)


def is_trashed(nodes: Mapping[str, Node]) -> bool:
    """Every head is a tombstone. One live head is enough to be shown."""
    return heads(nodes)[0].deleted


def last_live(nodes: Mapping[str, N]) -> N | None:
    """What a trashed entry last said: its newest revision with words, or None after a purge."""
    live = newest_first(node for node in nodes.values() if not node.deleted)
    return live[0] if live else None


def next_saved(now: datetime, before: Iterable[Node]) -> datetime:
    """When the next revision counts as saved: now, but later than everything it comes from."""
    latest = max((node.saved for node in before), default=None)
    if latest is None or now >= latest + STEP:
        return now
    return (latest + STEP).astimezone(now.tzinfo)


def purgeable(nodes: Mapping[str, Node]) -> set[str]:
    """The revisions that a purge removes: all but the tombstones an entry in the trash ends in.

    Empty while any head is live: what another device wrote after the deletion is never lost to it.
    """
    found = heads(nodes)
    if any(not head.deleted for head in found):
        return set()
    return set(nodes) - {head.rev for head in found}
