"""When a deletion is old enough to become an erasure.

Thirty days must have passed twice: since the deletion says it was saved, and since this device first saw it. And that
must be so at two starts at least a day apart. A device that was away for a month, or whose clock is wrong for a while,
can so never erase before the reader had the time to look.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from trustkit.vault import tree
from trustkit.vault.index import Index
from trustkit.vault.month import Month

KEPT: Final = timedelta(days=30)
APART: Final = timedelta(days=1)
"""Between the start that first finds a deletion old enough and the one that erases: one wrong clock is not enough."""
EARLIEST: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""There was no trustkit before: a clock that says so is wrong. Many start in 1970, or where they were made."""
FILE: Final = "trash.age"
OPEN_FILE: Final = "trash.json"


class Sightings:
    """When this device first saw each deletion, and first found it old enough: a small file in the cache.

    Losing it, or not being able to write it, only makes erasing later.
    """

    def __init__(self, index: Index, name: str) -> None:
        self._index = index
        self._name = name
        self._seen: dict[str, list[str]] | None = None
        """By entry and revision: when it was first seen and, once it was old enough at a start, when that was."""
        self._dirty = False

    def note(self, entry_id: str, rev: str, now: datetime) -> None:
        """A deletion was made here and now."""
        self._load().setdefault(_key(entry_id, rev), [now.isoformat()])
        self._dirty = True

    def flush(self) -> None:
        """Write what was noted. Failing only makes erasing later."""
        if self._dirty and self._index.write_json(self._name, self._load()):
            self._dirty = False

    def due(self, months: Iterable[Month], now: datetime) -> list[tuple[Month, str]]:
        """Entries in the trash whose time has come. Notes down those seen, and those old enough, for the first time."""
        before = self._load()
        seen: dict[str, list[str]] = {}
        found: list[tuple[Month, str]] = []
        for month in months:
            for entry_id in month.ids_with_deletions():
                revisions = month.revisions(entry_id)
                if not tree.is_trashed(revisions):
                    continue
                ripe = True
                for head in month.heads(entry_id):
                    key = _key(entry_id, head.rev)
                    noted = before.get(key, [])
                    first = _moment(noted[:1], now, not_before=max(head.saved - APART, EARLIEST))
                    seen[key] = [first.isoformat()]
                    if now - max(first, head.saved) < KEPT:
                        ripe = False
                        continue
                    found_old = _moment(noted[1:2], now, not_before=first + KEPT)
                    seen[key].append(found_old.isoformat())
                    ripe = ripe and now - found_old >= APART
                if ripe and tree.purgeable(revisions):
                    found.append((month, entry_id))
        self._dirty = self._dirty or seen != before
        self._seen = seen
        self.flush()
        return found

    def _load(self) -> dict[str, list[str]]:
        if self._seen is None:
            loaded = self._index.read_json(self._name)
            pairs = loaded.items() if isinstance(loaded, dict) else ()
            # A text alone is how it was written before there were two moments to note.
            self._seen = {str(key): [str(one) for one in _as_list(value)] for key, value in pairs}
        return self._seen


def _key(entry_id: str, rev: str) -> str:
    return f"{entry_id}.{rev}"


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _moment(noted: list[str], now: datetime, *, not_before: datetime) -> datetime:
    """When it was noted; now, where that is not known, not readable, still to come or earlier than it can be true."""
    try:
        seen = datetime.fromisoformat(noted[0]) if noted else now
        return seen if seen.tzinfo is not None and not_before <= seen <= now else now
    except ValueError:
        return now
