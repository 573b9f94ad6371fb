"""A quiet line above a list: told anew at every letter, so it gives way to another without a new layout of the page."""

from typing import Final

from textual.widgets import Static

from trustkit.tui.words import plain

ROOM: Final = 6
"""Columns beside the line."""


class Says(Static):
    """What is said, or nothing, and then it takes no room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._said = ""

    def say(self, *lines: str) -> None:
        """Say these; empty ones are left out."""
        words = "\n".join(line for line in lines if line)
        # Laying the page out again costs more than painting it, and one short line takes the room of another.
        in_place = self._is_line(words) and self._is_line(self._said)
        self._said = words
        self.update(plain(words), layout=not in_place)
        self.display = bool(words)

    def unsay(self) -> None:
        """Hold no words any more. One line keeps its room for the one that is likely to come next."""
        if self._is_line(self._said):
            self._said = " "
            self.update("", layout=False)
        else:
            self.say()

    def _is_line(self, words: str) -> bool:
        return 0 < len(words) < self.screen.size.width - ROOM and "\n" not in words
