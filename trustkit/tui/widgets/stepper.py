"""A number to set with two keys: the arrows move it, a digit sets it, backspace takes it back to the least."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Stepper(Widget, can_focus=True):
    """One number, or none.

    Args:
        value: What stands there at first.
        low, high: The bounds.
        step: What an arrow adds or takes.
        none: The word for 0, where there may be nothing at all; empty where there may not.
        first: What an arrow makes of nothing.
        words: How a number is said.
    """

    DEFAULT_CSS = """
    Stepper { height: 1; width: 12; padding: 0 1; border-left: outer $edge;
        &:focus { border-left: outer $primary; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,minus", "step(-1)", "less", show=False, tooltip="Less."),
        Binding("right,plus,space", "step(1)", "more", show=False, tooltip="More."),
        Binding("backspace,delete", "least", "", show=False, tooltip="As little as may be."),
    ]
    value: reactive[float] = reactive(0.0)

    @dataclass
    class Changed(Message):
        """Another number."""

        stepper: "Stepper"

        @property
        def control(self) -> "Stepper":
            return self.stepper

    def __init__(
        self,
        value: float,
        low: float,
        high: float,
        *,
        step: float = 1,
        none: str = "",
        first: float | None = None,
        words: Callable[[float], str] = "{:g}".format,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._low, self._high, self._step = low, high, step
        self._none, self._first = none, low if first is None else first
        self._words = words
        self._typed = ""
        self.set_reactive(Stepper.value, value)

    def render(self) -> Content:
        said = self._words(self.value) if self.value or not self._none else self._none
        style = "$primary" if self.has_focus else ""
        return Content.assemble(("‹ ", "$quiet"), (said, style), (" ›", "$quiet"))

    def show(self, value: float) -> None:
        """Show a number without telling anyone."""
        self._typed = ""
        self.set_reactive(Stepper.value, value)
        self.refresh()

    def on_blur(self) -> None:
        self._typed = ""

    def action_step(self, by: int) -> None:
        self._typed = ""
        if self._none and not self.value:
            self._set(self._first if by > 0 else 0.0)
        elif self._none and self.value + by * self._step < self._low:
            self._set(0.0)
        else:
            self._set(max(self._low, min(self._high, self.value + by * self._step)))

    def action_least(self) -> None:
        self._typed = ""
        self._set(0.0 if self._none else self._low)

    def on_key(self, event: events.Key) -> None:
        """A digit sets the number; another behind it at once makes it longer: 1, then 2, is 12."""
        if event.character is None or not (event.character.isdecimal() and event.character.isascii()):
            return
        event.stop()
        for typed in (self._typed + event.character, event.character):
            number = float(typed)
            if self._low <= number <= self._high or (self._none and not number):
                self._typed = typed
                self._set(number)
                return
        self._typed = event.character if int(event.character) else ""

    def _set(self, value: float) -> None:
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self))
