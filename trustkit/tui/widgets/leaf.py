"""A page to read that is never slow to open: what is in view is wrapped first, the rest a little at a time.

`Static` wraps everything before it shows anything: a third of a second for 100 KB. Words are shown as they
stand, never as markup.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import ClassVar, Final, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from trustkit.model.direction import runs_right_to_left
from trustkit.model.plain import harmless
from trustkit.text_width import cells, graphemes
from trustkit.tui.widgets.said import turned

Tone = Literal["", "title", "label", "quiet"]
Find = Callable[[str], list[tuple[int, int]]]
"""Where what was looked for stands in a text: start and end of each place."""
Wrapped = tuple[Content, Tone, bool]
"""A line as it fits the window, its tone of voice, and whether its paragraph runs from right to left."""

WIDEST: Final = 76
"""Columns of text; longer lines are hard to read."""
PATIENCE: Final = 0.008
"""Seconds of wrapping at a time: well inside one frame."""
TAB: Final = 4
"""Columns between tab stops."""

_KEPT: Final = "\u00a0\u2007\u202f"
"""White space that keeps two words on one line."""
_CHUNK: Final = re.compile(f"[^\\S{_KEPT}]+|[\\S{_KEPT}]+")
"""White space that a line may break at, or a run without any."""
WHOLE: Final = 8
"""Code points looked at for each column of a word that is too long."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the page with one tone of voice. Its line ends are kept."""

    text: str
    tone: Tone = ""
    found: tuple[tuple[int, int], ...] = ()
    """Start and end of what was looked for, as places in `text`."""


def piece(text: str, tone: Tone = "", find: Find | None = None) -> Piece:
    """A piece with nothing in it that a terminal would obey, and with what was looked for in its place."""
    shown = harmless(text).expandtabs(TAB)
    return Piece(shown, tone, tuple(find(shown)) if find else ())


def folded(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Start and end of each line of one paragraph, at most `width` cells wide, without the white space between lines.

    A word that is too long is broken, but never inside a character that several code points make up.
    """
    start = end = 0
    used = gap = 0  # cells of the line so far, and of the white space behind it
    begun = False
    for match in _CHUNK.finditer(text):
        at, stop = match.span()
        size = cells(match[0])
        if text[at] not in _KEPT and text[at].isspace():
            gap = size
            continue
        if used + gap + size > width:
            if begun:
                yield start, end
            start, used, gap = at, 0, 0
        begun = True
        used += gap
        while size > width:
            cut, taken = _fitting(text, at, stop, width)
            if cut == stop:
                break  # one wide character in a window of one column
            yield start, cut
            start = at = cut
            size -= taken
        end, used = stop, used + size
    yield start, end


def _fitting(text: str, start: int, end: int, room: int) -> tuple[int, int]:
    """How far into a word the room reaches, at least one character, and how many cells that takes."""
    at, taken = start, 0
    for _, after, size in graphemes(text[start : min(end, start + WHOLE * room)]):
        if at > start and taken + size > room:
            break
        at, taken = start + after, taken + size
    return at, taken


class Leaf(ScrollView, can_focus=True):
    """Pieces of text one under the other, wrapped to the window."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"leaf--title", "leaf--label", "leaf--quiet", "leaf--found"}
    DEFAULT_CSS = """
    Leaf {
        height: 1fr; overflow-x: hidden; padding: 0 2; background: $background;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1; scrollbar-color: $edge;
        scrollbar-background: $background; scrollbar-color-hover: $quiet; scrollbar-background-hover: $background;
        .leaf--title { color: $primary; text-style: bold; }
        .leaf--label { color: $secondary; text-style: bold; }
        .leaf--quiet { color: $quiet; }
        .leaf--found { color: $accent; text-style: underline bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "", show=False),
        Binding("down", "scroll_down", "", show=False),
        Binding("pageup", "page_up", "", show=False),
        Binding("pagedown,space", "page_down", "", show=False),
        Binding("home", "scroll_home", "", show=False),
        Binding("end", "to_end", "", show=False),
    ]
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._pieces: Sequence[Piece] = ()
        self._lines: list[Wrapped] = []
        self._wrapping: Iterator[Wrapped] | None = None
        self._width = 0
        self._timer: Timer | None = None
        self._seeking: int | None = None
        """The next line to look at for what was looked for; None when there is nothing to go to."""

    def on_mount(self) -> None:
        self._timer = self.set_interval(1 / 30, self._wrap_on, pause=True)

    def show(self, pieces: Iterable[Piece], *, seek: bool = True) -> None:
        """Show these, from the top, or, with `seek`, from the first place that was looked for."""
        self._pieces = tuple(pieces)
        self._seeking = 0 if seek and any(one.found for one in self._pieces) else None
        self.scroll_to(y=0, animate=False)
        self._begin()

    def clear(self) -> None:
        """Hold nothing."""
        self._pieces, self._seeking = (), None
        self._begin()

    @property
    def text(self) -> str:
        """Everything on the page, as it stands."""
        return "\n".join(one.text for one in self._pieces)

    def _begin(self) -> None:
        self._width = min(WIDEST, max(1, self.scrollable_content_region.width))
        self._lines = []
        self._wrapping = _wrapped(self._pieces, self._width)
        self._wrap_on()

    def _wrap_on(self) -> None:
        """Wrap until what is in view is there and patience is used up; go on at the next tick."""
        until = perf_counter() + PATIENCE
        needed = self.scroll_offset.y + self.size.height
        while self._wrapping is not None and (len(self._lines) <= needed or perf_counter() < until):
            line = next(self._wrapping, None)
            if line is None:
                self._wrapping = None
            else:
                self._lines.append(line)
        self.virtual_size = Size(0, len(self._lines))
        self._refresh_scrollbars()
        self._go_to_found()
        self.refresh()
        if self._timer is not None:
            if self._wrapping is None:
                self._timer.pause()
            else:
                self._timer.resume()

    def _go_to_found(self) -> None:
        """Bring the first place that was looked for into view, once it is wrapped."""
        while self._seeking is not None and self._seeking < len(self._lines):
            at = self._seeking
            self._seeking += 1
            if self._lines[at][0].spans:
                self._seeking = None
                if at >= self.size.height - 1:
                    self.scroll_to(y=at - self.size.height // 3, animate=False)

    def on_resize(self) -> None:
        if min(WIDEST, max(1, self.scrollable_content_region.width)) != self._width:
            self._begin()

    def action_to_end(self) -> None:
        """All of it has to be wrapped to know where it ends."""
        if self._wrapping is not None:
            self._lines += self._wrapping
            self._wrap_on()
        self.scroll_end(animate=False)

    def render_line(self, y: int) -> Strip:
        """One line of what is in view."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if not 0 <= at < len(self._lines):
            return Strip.blank(width, self.rich_style)
        line, tone, rtl = self._lines[at]
        style = self.get_visual_style(f"leaf--{tone}") if tone else self.visual_style
        if line.spans:
            found = self.get_visual_style("leaf--found", partial=True)
            for span in line.spans:
                line = line.stylize(found, span.start, span.end)
        strip = Strip(line.render_segments(style), line.cell_length)
        if rtl:  # at the right edge of the text, wherever the window ends
            strip = turned(strip.adjust_cell_length(self._width, style.rich_style), rtl=True)
        return strip.adjust_cell_length(width, style.rich_style)


def _wrapped(pieces: Iterable[Piece], width: int) -> Iterator[Wrapped]:
    for one in pieces:
        offset = ahead = 0
        for raw in one.text.split("\n"):
            rtl = runs_right_to_left(raw)
            for start, end in folded(raw, width):
                line = Content(raw[start:end])
                while ahead < len(one.found) and one.found[ahead][1] <= offset + start:
                    ahead += 1
                at = ahead
                while at < len(one.found) and one.found[at][0] < offset + end:
                    first, last = one.found[at]
                    line = line.stylize("found", max(0, first - offset - start), min(end, last - offset) - start)
                    at += 1
                yield line, one.tone, rtl
            offset += len(raw) + 1
