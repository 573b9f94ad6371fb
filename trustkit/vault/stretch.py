"""Many writes one after the other, as an import and its undo make them: each month's folder is looked at once.

Each write makes the folder of its month look changed, so that the next would read all of it again. During a stretch a
month that was looked at counts as known. What another window writes there meanwhile is no less safe: it lies in a file
of its own, and is found at the first look afterwards; two versions then stand side by side.
"""

from collections.abc import Callable

from trustkit.vault import names


class Stretch:
    """What was seen of each month since the stretch began.

    Args:
        list_month: Gives the names of files in a month such as `2026/11`.
    """

    def __init__(self, list_month: Callable[[str], list[str]]) -> None:
        self._list_month = list_month
        self._looked_at: set[str] = set()
        self._files: dict[str, dict[str, list[str]]] = {}

    def is_known(self, key: str) -> bool:
        """Whether a month was looked at before; from now on it was."""
        known = key in self._looked_at
        self._looked_at.add(key)
        return known

    def files(self, key: str, entry_id: str) -> list[str]:
        """Names of the files in a month that bear an entry's id."""
        if key not in self._files:
            self._files[key] = {}
            for name in self._list_month(key):
                self.put(key, name)
        return self._files[key].get(entry_id, [])

    def put(self, key: str, name: str) -> None:
        """A file was written."""
        read = names.read_name(name)
        if read is not None and key in self._files:
            self._files[key].setdefault(read.id, []).append(name)
