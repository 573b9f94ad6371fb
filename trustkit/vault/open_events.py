"""The same as `events.py` for an open vault: which files are events, by name alone, and no word of what is in them.

An open vault has no index, because a second copy of the words helps nobody. But the first page asks for choices and
marks, and ten years of notes need not be read for those: a short list in the cache says which files to open.
"""

import json
from collections.abc import Callable
from typing import Final

from trustkit.parsing import parse_json
from trustkit.vault import names
from trustkit.vault.coder import Coder
from trustkit.vault.events import Events
from trustkit.vault.folder import Folder
from trustkit.vault.index import Index
from trustkit.vault.month import Month
from trustkit.vault.rows import TABLED, Row

FILE: Final = "kinds.json"
_NAMES: Final = "names"


class OpenEvents(Events):
    """Rows of events, read from the files that are known to hold some.

    Args:
        check: Called before each file that is opened; may raise to break off.
    """

    file = FILE

    def __init__(self, folder: Folder, coder: Coder, index: Index, check: Callable[[], None]) -> None:
        super().__init__(folder, index)
        self._coder = coder
        self._check = check
        self._read_months: dict[str, Month | None] = {}

    def rows(self, key: str, kind: str) -> list[Row] | None:
        if key not in self._read_months:
            self._read_months[key] = self._month(key)
        month = self._read_months[key]
        return None if month is None else month.events().get(kind, [])

    def look_again(self) -> None:
        super().look_again()
        self._read_months.clear()

    def _month(self, key: str) -> Month | None:
        """The events of a month, without its other entries; None where one of these files is not as it was."""
        month = Month(key)
        try:
            listed = parse_json(self._read()[key][1][_NAMES])
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            return None
        if not isinstance(listed, list) or not all(isinstance(name, str) and names.read_name(name) for name in listed):
            return None
        return month if month.read_only(self._folder, self._coder, listed, self._check) else None

    def _to_keep(self, month: Month) -> dict[str, str] | None:
        listed = [row.name for row in month.rows() if row.kind in TABLED]
        return None if month.problems else {_NAMES: json.dumps(listed)}
