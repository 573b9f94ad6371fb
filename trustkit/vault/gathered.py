"""The rows of one month, by entry. Most entries have one revision, and a mapping for each would weigh half their words.

An entry's rows are given as a mapping from revision to row, made for whoever asks: changing it changes nothing here.
"""

from collections.abc import Iterable, Iterator

from trustkit.vault.rows import Row


class Gathered:
    """Rows by the ids of their entries, in the order the entries came."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._found: dict[str, Row | dict[str, Row]] = {}
        """A row that stands alone, or all rows of an entry by their revision: never a mapping of one."""
        for row in rows:
            self.put(row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gathered) and self._found == other._found

    __hash__ = None  # type: ignore[assignment]

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __getitem__(self, entry_id: str) -> dict[str, Row]:
        """Every revision of an entry. Raises KeyError."""
        return _by_revision(self._found[entry_id])

    def get(self, entry_id: str, rev: str) -> Row | None:
        """One revision."""
        there = self._found.get(entry_id)
        if isinstance(there, Row):
            return there if there.rev == rev else None
        return None if there is None else there.get(rev)

    def entries(self) -> Iterator[dict[str, Row]]:
        """The revisions of one entry after another."""
        return map(_by_revision, self._found.values())

    def rows(self) -> Iterator[Row]:
        """All of them."""
        for there in self._found.values():
            if isinstance(there, Row):
                yield there
            else:
                yield from there.values()

    def put(self, row: Row) -> None:
        """In place of what was known of this revision."""
        there = self._found.get(row.id)
        if there is None or (isinstance(there, Row) and there.rev == row.rev):
            self._found[row.id] = row
        elif isinstance(there, Row):
            self._found[row.id] = {there.rev: there, row.rev: row}
        else:
            there[row.rev] = row

    def drop(self, entry_id: str, rev: str) -> bool:
        """Forget a revision. Returns whether there was one."""
        if self.get(entry_id, rev) is None:
            return False
        left = [row for row in self[entry_id].values() if row.rev != rev]
        if left:
            self._found[entry_id] = left[0] if len(left) == 1 else {row.rev: row for row in left}
        else:
            del self._found[entry_id]
        return True


def _by_revision(there: Row | dict[str, Row]) -> dict[str, Row]:
    return {there.rev: there} if isinstance(there, Row) else dict(there)
