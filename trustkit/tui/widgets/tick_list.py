"""Lines to tick. The mark is a shape, not a colour; every line of a long label stands under the first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trustkit.model.plain import harmless
from trustkit.text_width import wrap
from trustkit.tui.widgets.choices import Lines, Offer, follow_highlight

END: Final = "/end"
"""The id of the line that ends the list."""


class TickList(Lines):
    """Any number of lines, each ticked or not. Space and Enter tick.

    Args:
        lines: What can be ticked, a hint beneath where there is one.
        ticked: What is ticked already.
        most: How many may be ticked; 0 is any number.
        end: The words of a last line without a box, which ends it; empty is no such line.
    """

    DEFAULT_CSS = """
    TickList { height: auto; max-height: 1000; border: none; padding: 0; background: transparent;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted { background: $panel; }
        &:focus { border: none; }
        &:focus > .option-list--option-highlighted { background: $panel; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "tick", show=True, tooltip="Tick, or untick.")]

    @dataclass
    class Ticked(Message):
        """A line was ticked or unticked."""

        tick_list: "TickList"
        line: str
        on: bool

        @property
        def control(self) -> "TickList":
            return self.tick_list

    @dataclass
    class Over(Message):
        """The cursor stands on another line."""

        tick_list: "TickList"
        line: str

        @property
        def control(self) -> "TickList":
            return self.tick_list

    @dataclass
    class Full(Message):
        """One more was wanted than may be ticked."""

        tick_list: "TickList"

        @property
        def control(self) -> "TickList":
            return self.tick_list

    @dataclass
    class Ended(Message):
        """The last line was chosen."""

        tick_list: "TickList"

        @property
        def control(self) -> "TickList":
            return self.tick_list

    def __init__(
        self,
        lines: Iterable[Offer],
        *,
        ticked: Iterable[str] = (),
        most: int = 0,
        end: str = "",
        id: str | None = None,
    ) -> None:
        self._offered = {line.id: line for line in lines}
        self._ticked = set(ticked)
        self._most = most
        options = [Option(harmless(line.label), id=line.id) for line in self._offered.values()]
        if end:
            options.append(Option(Content(f"    {end}"), id=END))
        super().__init__(*options, id=id, markup=False, compact=True)

    @property
    def ticked(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        return tuple(name for name in self._offered if name in self._ticked)

    def clear_ticks(self) -> None:
        """Untick everything."""
        self._ticked.clear()
        self.on_resize()

    def on_resize(self) -> None:
        for name, line in self._offered.items():
            self.replace_option_prompt(name, self._row(line))

    def _row(self, line: Offer) -> Content:
        mark = "[✓] " if line.id in self._ticked else "[ ] "
        width = max(16, self.scrollable_content_region.width - 2)
        rows = [Content(row) for row in wrap(harmless(line.label), width, first=mark)]
        if line.hint:
            rows += [Content(row).stylize("dim") for row in wrap(harmless(line.hint), width, first="    ")]
        return Content("\n").join(rows)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if not self.max_scroll_y:  # a list that scrolls by itself follows its cursor by itself
            self.call_after_refresh(follow_highlight, self)
        self.post_message(self.Over(self, event.option.id or ""))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        name = event.option.id or ""
        if name == END:
            self.post_message(self.Ended(self))
            return
        if self._most and name not in self._ticked and len(self._ticked) >= self._most:
            self.post_message(self.Full(self))
            return
        self._ticked.symmetric_difference_update({name})
        self.replace_option_prompt(name, self._row(self._offered[name]))
        self.post_message(self.Ticked(self, name, name in self._ticked))
