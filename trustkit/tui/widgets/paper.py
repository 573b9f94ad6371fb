"""Where people write: a sheet of any length, without the losses of Textual's own (`line.py` names them).

What a paste may hold for a terminal to obey is left out, and that is said; what an old entry holds is kept and only
not shown.
"""

from typing import Any, ClassVar, Final, cast

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import Location
from textual.expand_tabs import expand_text_tabs_from_widths
from textual.strip import Strip
from textual.widgets import TextArea

from trustkit.model.line_ends import as_kept, in_field
from trustkit.model.plain import harmless
from trustkit.text_width import grapheme_after, grapheme_before, is_inside
from trustkit.tui.widgets.line import LEFT_OUT, act_at_once, is_letter, showable
from trustkit.tui.widgets.wrapping import QuickWrapped

UNDO_STEPS: Final = 200


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
        self._kept = text
        super()._set_document(in_field(text), language)
        # In place: the navigator holds this object, and wrapping 1 MB a second time takes a second.
        self.wrapped_document.__class__ = QuickWrapped
        cast("QuickWrapped", self.wrapped_document).keep_whole()

    @property
    def text(self) -> str:
        """What stands on the sheet, with the line ends of the text it was filled from: untouched, it is that text."""
        return as_kept(self._kept, self.document.text)

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(value)

    async def _on_key(self, event: events.Key) -> None:
        if not self.read_only and event.character is not None and is_letter(event.character):
            event.stop()
            event.prevent_default()
            self.replace(event.character, *self.selection, maintain_selection_offset=False)
        elif not event.is_printable:
            await act_at_once(self, event)

    async def _on_paste(self, event: events.Paste) -> None:
        text = in_field(event.text)
        event.text = harmless(text)
        if len(event.text) < len(text):
            self.notify(LEFT_OUT, markup=False, timeout=8)

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
        line = Text(showable(text[start:end]) + (" " if section == len(breaks) else ""), end="", no_wrap=True)
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

    # -- characters that several code points make up --------------------------------------------------

    def get_cursor_left_location(self) -> Location:
        row, column = self.cursor_location
        return (
            (row, grapheme_before(self.document.get_line(row), column))
            if column
            else super().get_cursor_left_location()
        )

    def get_cursor_right_location(self) -> Location:
        row, column = self.cursor_location
        line = self.document.get_line(row)
        return (row, grapheme_after(line, column)) if column < len(line) else super().get_cursor_right_location()

    def move_cursor(self, location: Location, *args: Any, **kwargs: Any) -> None:
        """Move to a place, or to the beginning of the character it is inside of: a line up or down can lead there."""
        row, column = location
        if 0 <= row < self.document.line_count and is_inside(line := self.document.get_line(row), column):
            location = row, grapheme_before(line, column)
        super().move_cursor(location, *args, **kwargs)

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
