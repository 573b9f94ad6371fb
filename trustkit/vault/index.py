"""Month segments: what the rows of one month say, sealed in the cache folder. Derived and disposable.

A segment is believed only where the name, size and time of change of a file still fit; everything else is read again.
So a segment that is gone, damaged, rolled back or somebody else's costs time and changes no answer.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Final

from trustkit.errors import WriteError
from trustkit.parsing import parse_json
from trustkit.vault import durable, names, segment
from trustkit.vault.folder import Folder
from trustkit.vault.rows import Row
from trustkit.vault.segment import Segment, Unfit, Whole

MAX_SEGMENT: Final = 512 * 1024 * 1024
SUFFIX: Final = ".age"
WHOLE: Final = ".whole.age"
"""What the file of a month's whole entries ends in."""


class Index:
    """The segments of one vault. Never raises: whatever goes wrong, the files themselves are still there."""

    def __init__(self, folder: Folder, seal: Callable[[bytes], bytes], unseal: Callable[[bytes], bytes | None]) -> None:
        self._folder = folder
        self._seal = seal
        self._unseal = unseal

    def read(self, month: str) -> Segment | None:
        """What was known of a month; None when there is no usable segment."""
        data = self._read(_file(month))
        try:
            return None if data is None else Segment(month, data)
        except Unfit:
            return None

    def bodies(self, month: str) -> dict[str, Whole]:
        """Whole entries of a month by file name, as far as they are known."""
        data = self._read(_file(month, WHOLE))
        try:
            return {} if data is None else segment.read_bodies(month, data)
        except Unfit:
            return {}

    def write(self, month: str, rows: Iterable[Row]) -> bool:
        """Put a month's rows in place of the old segment. On failure the old one stands, which fits no more."""
        held = list(rows)
        before = self.bodies(month) if any(map(segment.lacks_body, held)) else {}
        wholes = self._write(_file(month, WHOLE), lambda: segment.pack_bodies(month, held, before))
        return self._write(_file(month), lambda: segment.pack(month, held)) and wholes

    def read_json(self, name: str) -> Any:
        """One sealed file of the index, or None."""
        data = self._read(name)
        try:
            return None if data is None else parse_json(data)
        except ValueError:
            return None

    def write_json(self, name: str, value: Any) -> bool:
        """Seal and write one file of the index."""
        return self._write(name, lambda: json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def _read(self, name: str) -> bytes | None:
        try:
            return self._unseal(self._folder.read(name, MAX_SEGMENT))
        except (OSError, durable.NotRegular, durable.TooBig):
            return None

    def _write(self, name: str, pack: Callable[[], bytes]) -> bool:
        try:
            self._folder.replace(name, self._seal(pack()))
        except (WriteError, FileExistsError, ValueError, RecursionError):
            return False  # the disk cannot take it, or JSON cannot: too large a number, too deep a table
        return True

    def forget(self, month: str) -> None:
        """Take a segment away: it holds words that were erased."""
        self.forget_file(_file(month))
        self.forget_file(_file(month, WHOLE))

    def forget_others(self, months: Iterable[str]) -> None:
        """Take away segments of months that are no longer there."""
        kept = {_file(month, suffix) for month in months for suffix in (SUFFIX, WHOLE)}
        others: list[str] = []
        for name in self._folder.names(""):
            month = name.removesuffix(SUFFIX).removesuffix(".whole").split("-")
            if name not in kept and len(month) == 2 and names.is_year(month[0]) and names.is_month(month[1]):
                others.append(name)
        with suppress(WriteError):
            self._folder.remove_all(others)

    def forget_file(self, name: str) -> None:
        """Take one file of the index away."""
        try:
            self._folder.remove(name)
        except WriteError:
            return


def _file(month: str, suffix: str = SUFFIX) -> str:
    return month.replace("/", "-") + suffix
