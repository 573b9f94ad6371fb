"""The words beside the breath: what to do, the count, and beneath them round and time left."""

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from trustkit.model.breath_words import Words
from trustkit.model.plain import one_line
from trustkit.text_width import cells, cut
from trustkit.tui.widgets.breath_painting import ground_of, ink_of

if TYPE_CHECKING:
    from textual.app import RenderResult


class BreathWords(Widget):
    """Two lines in the middle, painted again only when they change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"breath-words--main", "breath-words--below"}
    DEFAULT_CSS = """
    BreathWords {
        width: 1fr;
        height: 2;
        .breath-words--main { color: $foreground; text-style: bold; }
        .breath-words--below { color: $foreground 70%; }
        &:ansi {
            .breath-words--main { color: $foreground; text-style: bold; }
            .breath-words--below { color: $foreground; }
        }
    }
    """
    ALLOW_SELECT = False

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._words = Words("", "", "")

    @property
    def words(self) -> Words:
        """What stands there now."""
        return self._words

    def say(self, words: Words) -> None:
        """Show these words."""
        if words != self._words:
            self._words = words
            self.refresh()

    def lines(self, width: int) -> tuple[str, str]:
        """Both lines, as much of them as so many columns hold. The number goes last."""
        words, count = self._words, self._words.count
        main, below, brief = one_line(words.main), one_line(words.below), one_line(words.brief)
        # Two columns for the number, so that the words do not shift between 10 and 9.
        said = f"{main}  {count:>2}" if count else main
        if cells(said) > width:
            said = f"{cut(main, width - len(count) - 1)} {count}" if count and width > len(count) + 1 else count or main
        return cut(said, width), cut(below if cells(below) <= width else brief, width)

    def render(self) -> "RenderResult":
        """Nothing: the lines come from `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """The words for `y` 0, what stands beneath them for 1."""
        width = self.size.width
        if y > 1 or width < 1:
            return Strip.blank(width, ground_of(self))
        text = self.lines(width)[y]
        before = max(0, (width - cells(text)) // 2)
        after = max(0, width - before - cells(text))
        ground, ink = ground_of(self), ink_of(self, "breath-words--below" if y else "breath-words--main")
        return Strip([Segment(" " * before, ground), Segment(text, ink), Segment(" " * after, ground)], width)
