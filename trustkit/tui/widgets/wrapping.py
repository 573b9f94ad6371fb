"""Where the lines of a sheet break, found again after each key without looking at the whole paragraph.

Textual wraps the whole paragraph anew for each key: a tenth of a second in 100 KB without a line end. What stands
before the word that was changed keeps its breaks, and as soon as a break falls where one was, so do all behind it.
"""

import re
from bisect import bisect_left
from typing import Final

from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument

from trustkit.text_width import cells, graphemes, has_joined

WINDOW: Final = 8
"""Lines that are wrapped at a time until the breaks agree again."""


class QuickWrapped(WrappedDocument):
    """Textual's own wrapping; a change inside one line without tabs takes a shorter way, and no character is parted.

    Leans on parts of `WrappedDocument` that are not public; a test compares the two after any edits.
    """

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        super().wrap(width, tab_width)
        self.keep_whole()

    def keep_whole(self, first: int = 0, last: int | None = None) -> None:
        """Break these lines, or all, by `whole_breaks` where that may differ from Textual's way."""
        for row in range(first, self.document.line_count if last is None else last + 1):
            line, old = self.document.get_line(row), self._wrap_offsets[row]
            if old and "\t" not in line and has_joined(line):
                self._wrap_offsets[row] = breaks = whole_breaks(line, self._width)
                if len(breaks) != len(old):
                    self._move_lines(row, len(old) + 1, len(breaks) + 1)

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        row = start[0]
        within = row == old_end[0] == new_end[0] and start <= old_end and start <= new_end
        if not within or not self._width or not 0 <= row < len(self._wrap_offsets):
            self._wrap_rows(start, old_end, new_end)
            return
        line = self.document.get_line(row)
        if len(line) < WINDOW * self._width or "\t" in line or any(self._tab_width_cache[row]):
            self._wrap_rows(start, old_end, new_end)
            return
        old = self._wrap_offsets[row]
        breaks = breaks_again(line, self._width, old, start[1], new_end[1], new_end[1] - old_end[1])
        self._wrap_offsets[row] = breaks
        if len(breaks) != len(old):
            self._move_lines(row, len(old) + 1, len(breaks) + 1)

    def _wrap_rows(self, start: Location, old_end: Location, new_end: Location) -> None:
        super().wrap_range(start, old_end, new_end)
        last = self.document.line_count - 1
        self.keep_whole(max(0, min(start[0], old_end[0], last)), max(0, min(max(start[0], new_end[0]), last)))

    def _move_lines(self, row: int, old_height: int, height: int) -> None:
        """A paragraph takes more lines or fewer: those below it stand elsewhere."""
        top = self._line_index_to_offsets[row][0]
        self._offset_to_line_info[top : top + old_height] = [(row, section) for section in range(height)]
        self._line_index_to_offsets[row] = list(range(top, top + height))
        by = height - old_height
        for below in range(row + 1, len(self._line_index_to_offsets)):
            self._line_index_to_offsets[below] = [offset + by for offset in self._line_index_to_offsets[below]]

    def get_sections(self, line_index: int) -> list[str]:
        line, breaks = self.document.get_line(line_index), self.get_offsets(line_index)
        return [line[start:end] for start, end in zip([0, *breaks], [*breaks, len(line)], strict=True)]


def breaks_again(text: str, width: int, old: list[int], first: int, last: int, shift: int) -> list[int]:
    """Where a line without tabs breaks now.

    Args:
        text: The line as it is.
        width: Cells.
        old: Where it broke before.
        first, last: What is new stands between these two places.
        shift: How many characters more the line has now than it had.
    """
    begun = _word_before(text, first)
    breaks = old[: bisect_left(old, begun)]
    start, size = (breaks[-1] if breaks else 0), WINDOW * width
    while True:
        piece = text[start : start + size]
        whole = start + size >= len(text)
        # What comes behind the piece may belong to its last word, so that word's breaks are not known yet.
        sure = len(piece) if whole else _word_before(piece, len(piece))
        found = [start + at for at in whole_breaks(piece, width) if whole or at < sure]
        for at in found:
            breaks.append(at)
            if at > last:
                same = bisect_left(old, at - shift)
                if same < len(old) and old[same] == at - shift:
                    return breaks + [one + shift for one in old[same + 1 :]]
        if whole:
            return breaks
        if found:
            start = found[-1]
        else:
            size *= 2


def whole_breaks(text: str, width: int) -> list[int]:
    """Where a line without tabs breaks: as Textual breaks it, but never inside of a character.

    Textual folds a word that is too long by code points; by characters it is done here.
    """
    breaks: list[int] = []
    used = 0
    for chunk in re.finditer(r"\S+\s*|\s+", text):
        start, size = chunk.start(), cells(chunk[0])
        if size <= width - used:
            used += size
            continue
        if start and (used or size > width):
            breaks.append(start)
        used = size
        if size > width:
            used = 0
            for at, _, wide in graphemes(chunk[0]):
                if used and used + wide > width:
                    breaks.append(start + at)
                    used = 0
                used += wide
    return breaks


def _word_before(text: str, at: int) -> int:
    """Where the word begins that ends at this place, or that white space divides from it."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at
