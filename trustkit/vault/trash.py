"""When a deletion is old enough to become an erasure.

Thirty days must have passed twice: since the deletion says it was saved, and since this device first saw it. A device
whose clock is wrong, or one that was away for a month, can so never erase before the reader had the time to look.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from trustkit.vault import tree
from trustkit.vault.index import Index
from trustkit.vault.month import Month

KEPT: Final = timedelta(days=30)
FILE: Final = "trash.age"
OPEN_FILE: Final = "trash.json"


class Sightings:
    """When this device first saw each deletion: a small file in the cache. Losing it only makes erasing later."""

    def __init__(self, index: Index, name: str) -> None:
        self._index = index
        self._name = name
        self._seen: dict[str, str] | None = None
        self._dirty = False

    def note(self, entry_id: str, rev: str, now: datetime) -> None:
        """A deletion was made here and now."""
        self._load().setdefault(_key(entry_id, rev), now.isoformat())
        self._dirty = True

    def flush(self) -> None:
        """Write what was noted. Failing only makes erasing later."""
        if self._dirty and self._index.write_json(self._name, self._load()):
            self._dirty = False

    def due(self, months: Iterable[Month], now: datetime) -> list[tuple[Month, str]]:
        """Entries in the trash whose time has come. Notes down those seen for the first time."""
        before = self._load()
        seen: dict[str, str] = {}
        found: list[tuple[Month, str]] = []
        for month in months:
            for entry_id in month.ids_with_deletions():
                revisions = month.revisions(entry_id)
                if not tree.is_trashed(revisions):
                    continue
                ripe = True
                for head in month.heads(entry_id):
                    key = _key(entry_id, head.rev)
                    first = _moment(before.get(key), now)
                    seen[key] = first.isoformat()
                    ripe = ripe and now - head.saved >= KEPT and now - first >= KEPT
                if ripe and tree.purgeable(revisions):
                    found.append((month, entry_id))
        self._dirty = self._dirty or seen != before
        self._seen = seen
        self.flush()
        return found

    def _load(self) -> dict[str, str]:
        if self._seen is None:
            loaded = self._index.read_json(self._name)
            pairs = loaded.items() if isinstance(loaded, dict) else ()
            self._seen = {str(key): str(value) for key, value in pairs}
        return self._seen


def _key(entry_id: str, rev: str) -> str:
    return f"{entry_id}.{rev}"


def _moment(text: str | None, now: datetime) -> datetime:
    """When it was first seen; now, where that is not known, not readable or still to come."""
    try:
        seen = datetime.fromisoformat(text) if text else now
        return seen if seen.tzinfo is not None and seen <= now else now
    except ValueError:
        return now
