"""A single line to type into, and one for secrets. Neither drops or changes what is typed or pasted without a word.

Textual's own drops typed characters that Python does not call printable: the joiners that Persian, Indic scripts and
emoji families need, no-break and ideographic spaces, letters younger than the interpreter. Of a paste it keeps what
`str.splitlines` takes for the first line. And it parts characters that several code points make up.
"""

import re
import unicodedata
from typing import Final

from rich.text import Text
from textual import events
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from trustkit.model.plain import harmless
from trustkit.model.secret import passphrase_in
from trustkit.text_width import grapheme_after, grapheme_before, graphemes, is_inside

STAND_IN: Final = "\ufffd"
"""Shown where a character stands that a terminal could obey."""
LEFT_OUT: Final = "Some invisible characters can't be kept here, so they were left out."
MANY_LINES: Final = (
    "That was more than one line, so it isn't clear which one is meant. Nothing was pasted. Copy the one line alone."
)
_BREAK: Final = re.compile("[\r\n\u2028\u2029\t\x0b\x0c\x85]+")
"""Where a text has another line or column: a space on a single line."""


def is_letter(character: str | None) -> bool:
    """Whether this one character, typed, belongs in a text although Python does not call it printable."""
    if character is None or len(character) != 1 or character.isprintable():
        return False
    return unicodedata.category(character) not in ("Cc", "Cs") and harmless(character) == character


def showable(text: str) -> str:
    """As long as the text itself, with nothing in it that a terminal would obey."""
    if harmless(text) == text:
        return text
    return "".join(one if one == "\t" or harmless(one) == one else STAND_IN for one in text)


async def act_at_once(field: Widget, event: events.Key) -> None:
    """Do what a key is bound to before the next key is looked at, from whatever has the focus by now.

    Left alone, a bound key goes up to the app and comes back, and what is typed behind it is written first: a quick
    backspace takes away the wrong letter. And a key that came together with a tab is meant for what the tab led to.
    """
    if await field.app._check_bindings(event.key):
        event.stop()
        event.prevent_default()


class Line(Input):
    """One line to write on. Its cursor does not blink, and coming to it selects nothing."""

    def on_mount(self) -> None:
        self.cursor_blink = False
        self.select_on_focus = False

    # -- what comes in ---------------------------------------------------------------------------------

    def takes(self, character: str) -> bool:
        """Whether this character, typed, stays as it is."""
        return character.isprintable() or is_letter(character)

    def pasted(self, text: str) -> str:
        """What a paste becomes: line ends and tabs are spaces, and what a terminal would obey goes, which is said."""
        line = _BREAK.sub(" ", text.strip("\r\n"))
        kept = harmless(line)
        if kept != line:
            self.say(LEFT_OUT)
        return kept

    def say(self, words: str) -> None:
        """Tell what was not taken."""
        self.notify(words, markup=False, timeout=8)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character is not None and self.takes(character)

    async def _on_key(self, event: events.Key) -> None:
        character = event.character
        if character is not None and character.isprintable():
            return
        if character is not None and self.takes(character):
            event.stop()
            event.prevent_default()
            self.replace(character, *self.selection)
        elif character is None or unicodedata.category(character) == "Cc":
            await act_at_once(self, event)
        else:  # no key of its own: it was meant as text
            event.stop()
            self.say(LEFT_OUT)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if text := self.pasted(event.text):
            self.replace(text, *self.selection)

    # -- characters that several code points make up --------------------------------------------------

    def action_cursor_left(self, select: bool = False) -> None:
        start, end = self.selection
        if select or self.selection.is_empty:
            to = grapheme_before(self.value, end)
            self.selection = Selection(start if select else to, to)
        else:
            super().action_cursor_left()

    def action_cursor_right(self, select: bool = False) -> None:
        start, end = self.selection
        if (select or self.selection.is_empty) and not self.cursor_at_end:
            to = grapheme_after(self.value, end)
            self.selection = Selection(start if select else to, to)
        else:
            super().action_cursor_right(select)

    def action_delete_left(self) -> None:
        if self.selection.is_empty:
            self.delete(grapheme_before(self.value, self.cursor_position), self.cursor_position)
        else:
            super().action_delete_left()

    def action_delete_right(self) -> None:
        if self.selection.is_empty:
            self.delete(self.cursor_position, grapheme_after(self.value, self.cursor_position))
        else:
            super().action_delete_right()

    def _cell_offset_to_index(self, offset: int) -> int:
        """Where a click falls, in Rich's columns; each code point of a covered secret has one."""
        left = offset + self.scroll_offset.x
        if self.password:
            left = min(left, len(self.value))
            return grapheme_before(self.value, left) if is_inside(self.value, left) else left
        for start, _, width in graphemes(self.value):
            if left < width:
                return start
            left -= width
        return len(self.value)


class SecretLine(Line):
    """A line for a passphrase: it takes exactly what is typed, and of a paste exactly what a passphrase file would."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(password=True, id=id)

    def takes(self, character: str) -> bool:
        return unicodedata.category(character) not in ("Cc", "Cs")

    def pasted(self, text: str) -> str:
        secret = passphrase_in(re.sub("\r\n?", "\n", text))
        if secret is None:
            self.say(MANY_LINES)
        return secret or ""

    @property
    def _value(self) -> Text:
        """What is shown: dots, or on demand the secret with nothing in it that a terminal would obey."""
        if self.password:
            return super()._value
        return Text(showable(self.value).replace("\t", STAND_IN), no_wrap=True, overflow="ignore", end="")
