"""Where people write: a sheet of any length and a single line, both without the losses of Textual's own.

Textual drops typed characters that Python does not call printable: the joiners that Persian, Indic scripts and
emoji families need, no-break and ideographic spaces, letters younger than the interpreter. They are taken here.
What a paste may hold for a terminal to obey is left out; what an old entry holds is kept and only not shown.
"""

import unicodedata
from typing import ClassVar, Final

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.expand_tabs import expand_text_tabs_from_widths
from textual.strip import Strip
from textual.widgets import Input, TextArea

from trustkit.model.plain import harmless, one_line
from trustkit.tui.widgets.wrapping import QuickWrapped

UNDO_STEPS: Final = 200
STAND_IN: Final = "\ufffd"
"""Shown where a character stands that a terminal could obey."""


def _showable(text: str) -> str:
    """As long as the text itself, with nothing in it that a terminal would obey."""
    if harmless(text) == text:
        return text
    return "".join(one if one == "\t" or harmless(one) == one else STAND_IN for one in text)


def is_letter(character: str | None) -> bool:
    """Whether this one character, typed, belongs in a text although Python does not call it printable."""
    if character is None or len(character) != 1 or character.isprintable():
        return False
    return unicodedata.category(character) not in ("Cc", "Cs") and harmless(character) == character


class Paper(TextArea):
    """A quiet sheet: wrapped, with undo, and with a cursor that does not blink."""

    DEFAULT_CSS = """
    Paper {
        width: 1fr; height: 1fr; border: none; padding: 0; background: $background;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1; scrollbar-color: $edge;
        scrollbar-background: $background; scrollbar-color-hover: $quiet; scrollbar-background-hover: $background;
        &:focus { border: none; }
        & .text-area--placeholder { color: $quiet; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "to_start", "", show=False, tooltip="To the start of the page."),
        Binding("ctrl+end", "to_end", "", show=False, tooltip="To the end of the page."),
    ]

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            max_checkpoints=UNDO_STEPS,
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        # In place: the navigator holds this object, and wrapping 1 MB a second time takes a second.
        self.wrapped_document.__class__ = QuickWrapped

    async def _on_key(self, event: events.Key) -> None:
        if not self.read_only and event.character is not None and is_letter(event.character):
            event.stop()
            event.prevent_default()
            self.replace(event.character, *self.selection, maintain_selection_offset=False)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = harmless(event.text)

    def render_line(self, y: int) -> Strip:
        """One line. Textual takes the whole paragraph apart for each line of it: 0.2 s a key in 10 KB without breaks.

        Leans on parts of `TextArea` that are not public; a test compares the two, character by character.
        """
        if self.document.line_count == 1 and not self.document.get_line(0):
            return super().render_line(y)  # nothing is written: the words that stand in for it
        theme = self._theme
        style = theme.base_style if theme and theme.base_style is not None else self.rich_style
        at = y + self.scroll_offset.y
        places = self.wrapped_document._offset_to_line_info
        if not 0 <= at < len(places):
            return Strip.blank(self.size.width, style)
        line = self._part(*places[at])
        width = self.scrollable_content_region.width
        strip = Strip(line.render(self.app.console), line.cell_len).extend_cell_length(width, style)
        return strip.apply_style(style)

    def _part(self, row: int, section: int) -> Text:
        """The part of a paragraph that stands in one line, with selection and cursor."""
        text, breaks = self.document.get_line(row), self.wrapped_document.get_offsets(row)
        start = breaks[section - 1] if section else 0
        end = breaks[section] if section < len(breaks) else len(text)
        # A cell more behind the last character, for the cursor.
        line = Text(_showable(text[start:end]) + (" " if section == len(breaks) else ""), end="", no_wrap=True)
        self._stress_selection(line, row, start, len(text))
        cursor_row, cursor = self.selection.end
        if row == cursor_row and start <= cursor and self._draw_cursor and self._theme and self._theme.cursor_style:
            line.stylize(self._theme.cursor_style, cursor - start, cursor - start + 1)
        if tabs := text.count("\t", start, end):
            before = text.count("\t", 0, start)
            widths = self.wrapped_document.get_tab_widths(row)[before : before + tabs]
            line = expand_text_tabs_from_widths(line, widths)
        return line

    def _stress_selection(self, line: Text, row: int, start: int, length: int) -> None:
        top, bottom = sorted(self.selection)
        style = self._theme.selection_style if self._theme else None
        if top == bottom or not top[0] <= row <= bottom[0] or style is None:
            return
        if not length and row != self.selection.end[0]:
            line.plain = "▌"  # so that a selection of empty lines is seen
            line.stylize(Style(color=style.bgcolor))
            return
        first = top[1] if row == top[0] else 0
        last = bottom[1] if row == bottom[0] else length
        if last > start:
            line.stylize(style, max(0, first - start), last - start)

    def action_to_start(self) -> None:
        self.move_cursor((0, 0))

    def action_to_end(self) -> None:
        self.move_cursor(self.document.end)

    def forget(self) -> None:
        """Hold nothing: no text, no undo, no selection."""
        self.load_text("")

    def on_unmount(self) -> None:
        """Textual holds on to every one that was ever shown, for the day the theme changes: to an empty one, then."""
        self.forget()


class Line(Input):
    """One line to write on. Its cursor does not blink either, and coming to it selects nothing."""

    def on_mount(self) -> None:
        self.cursor_blink = False
        self.select_on_focus = False

    async def _on_key(self, event: events.Key) -> None:
        if event.character is not None and is_letter(event.character):
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(event.character)

    def _on_paste(self, event: events.Paste) -> None:
        event.text = one_line(event.text)
