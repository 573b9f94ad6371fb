"""Month segments: what the rows of one month say, sealed in the cache folder. Derived and disposable.

A segment is believed only where the name, size and time of change of a file still fit; everything else is read again.
So a segment that is gone, damaged, rolled back or somebody else's costs time and changes no answer.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from trustkit.errors import WriteError
from trustkit.vault import durable, names
from trustkit.vault.folder import Folder
from trustkit.vault.rows import Row, row_from, tagged, values_of

SHAPE: Final = 1
"""Goes up when a row or the folding of text changes; segments of another shape are made anew."""
MAX_SEGMENT: Final = 512 * 1024 * 1024
SUFFIX: Final = ".age"


class Index:
    """The segments of one vault. Never raises: whatever goes wrong, the files themselves are still there."""

    def __init__(self, folder: Folder, seal: Callable[[bytes], bytes], unseal: Callable[[bytes], bytes | None]) -> None:
        self._folder = folder
        self._seal = seal
        self._unseal = unseal

    def read(self, month: str) -> dict[str, Row]:
        """The rows of a month by file name; empty when there is no usable segment."""
        loaded = self.read_json(_file(month))
        if not isinstance(loaded, dict) or loaded.get("shape") != SHAPE or loaded.get("month") != month:
            return {}
        try:
            return {values[0]: row_from(values) for values in loaded["rows"]}
        except (KeyError, IndexError, TypeError, ValueError):
            return {}

    def write(self, month: str, rows: Iterable[Row]) -> bool:
        """Put a month's rows in place of the old segment. On failure the old one is taken away where possible."""
        return self.write_json(_file(month), {"shape": SHAPE, "month": month, "rows": [values_of(row) for row in rows]})

    def read_json(self, name: str) -> Any:
        """One sealed file of the index, or None."""
        try:
            data = self._unseal(self._folder.read(name, MAX_SEGMENT))
            return None if data is None else json.loads(data)
        except (OSError, ValueError, RecursionError, durable.NotRegular, durable.TooBig):
            return None

    def write_json(self, name: str, value: Any) -> bool:
        """Seal and write one file of the index."""
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=tagged).encode()
        try:
            self._folder.replace(name, self._seal(data))
        except (WriteError, FileExistsError):
            return False
        return True

    def forget(self, month: str) -> None:
        """Take a segment away: it holds words that were erased."""
        self.forget_file(_file(month))

    def forget_others(self, months: Iterable[str]) -> None:
        """Take away segments of months that are no longer there."""
        kept = {_file(month) for month in months}
        for name in self._folder.names(""):
            month = name.removesuffix(SUFFIX).split("-")
            if name not in kept and len(month) == 2 and names.is_year(month[0]) and names.is_month(month[1]):
                self.forget_file(name)

    def forget_file(self, name: str) -> None:
        """Take one file of the index away."""
        try:
            self._folder.remove(name)
        except WriteError:
            return


def _file(month: str) -> str:
    return month.replace("/", "-") + SUFFIX
