"""Words of content on the screen, whichever way their script runs.

Textual lays text out in the order it is written, and the terminal puts the letters in order. A text that runs from
right to left stands at the right edge here, and each line of it is closed into an isolate, so that its full
stop, its numbers and a Latin word in it stand where they belong, and nothing beside it is moved. In a text that runs
from left to right as a whole, each line is looked at by itself.
"""

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.visual import VisualType
from textual.widgets import Static

from trustkit.model.direction import POP_ISOLATE, RTL_ISOLATE, runs_right_to_left


class Said(Static):
    """A `Static` for words of content."""

    DEFAULT_CSS = "Said.-rtl { text-align: right; }"

    def __init__(self, content: VisualType = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(content, id=id, classes=classes, markup=False)
        self._turn(content)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        self._turn(content)
        super().update(content, layout=layout)

    def _turn(self, content: VisualType) -> None:
        text = content.plain if isinstance(content, Content) else content if isinstance(content, str) else ""
        self.set_class(runs_right_to_left(text), "-rtl")

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        return isolated(line) if self.has_class("-rtl") else turned(line)


def turned(line: Strip, *, rtl: bool | None = None) -> Strip:
    """A line of its own: at the right edge and closed into an isolate where it runs from right to left.

    Args:
        line: As wide as its room; blanks behind its words go in front of them.
        rtl: What the paragraph it belongs to does; None asks the line itself.
    """
    if not (runs_right_to_left(line.text) if rtl is None else rtl):
        return line
    blank = len(line.text) - len(line.text.rstrip(" "))
    words = line.cell_length - blank
    return isolated(Strip([*line.crop(words), *line.crop(0, words)], line.cell_length))


def isolated(line: Strip) -> Strip:
    """A line with marks round its words, if they are in a script that runs from right to left; no cell moves."""
    text = line.text
    if text.isascii():
        return line
    before = len(text) - len(text.lstrip())
    after = len(text.rstrip())
    segments: list[Segment] = []
    at = 0
    for segment in line:
        words, style, control = segment
        for mark, place in ((POP_ISOLATE, after), (RTL_ISOLATE, before)):
            if at <= place - (mark == POP_ISOLATE) < at + len(words):
                words = f"{words[: place - at]}{mark}{words[place - at :]}"
        segments.append(Segment(words, style, control))
        at += len(segment.text)
    return Strip(segments, line.cell_length)
