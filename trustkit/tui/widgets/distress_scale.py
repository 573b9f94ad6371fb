"""How are you: one key from 0 to 10, or numb, or no answer at all. A word stands beside every number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from trustkit.model.afterwards import ENDS, NUMB, SCALE
from trustkit.model.entry import Distress

WORDS: Final[Mapping[int, str]] = dict(enumerate(SCALE))

_STOPS: Final[tuple[Distress | None, ...]] = (*range(11), "numb", None)
"""Where the cursor can stand; None is "skip", always last."""
_WIDE: Final = 60
"""Columns from which on the numbers stand apart."""


class DistressScale(Widget, can_focus=True):
    """One line of numbers, the word for the one under the cursor, and the keys.

    A digit answers at once. The arrows only look; Enter then takes what the cursor stands on, and without
    having looked it skips: nobody has to find a number before they may go on.

    Args:
        words: A word for each number; empty for a scale of something else.
        ends: What 0 and 10 mean.
        value: An answer given before.
    """

    DEFAULT_CSS = """
    DistressScale { height: 3; width: 1fr; }
    DistressScale:focus { text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"rate({number})", "", show=False, tooltip="Say how it is, 0 to 9.")
            for number in range(10)
        ),
        Binding("x", "rate(10)", "", show=False, tooltip="Say that it is 10."),
        Binding("n", "rate('numb')", "", show=False, tooltip="Numb, or I can't tell."),
        Binding("enter", "take", "", show=False, tooltip="Take what the cursor stands on; skip if it stands nowhere."),
        Binding("s", "skip", "", show=False, tooltip="Skip: no answer."),
        Binding("left", "look(-1)", "", show=False, tooltip="Look at another number."),
        Binding("right", "look(1)", "", show=False, tooltip="Look at another number."),
        Binding("home", "look(-99)", "", show=False, tooltip="Look at another number."),
        Binding("end", "look(99)", "", show=False, tooltip="Look at another number."),
    ]

    at: reactive[int | None] = reactive(None)
    """Where the cursor stands, as a position in the line; None before anyone looked."""
    value: reactive[Distress | None] = reactive(None)
    """The answer, once there is one."""

    @dataclass
    class Rated(Message):
        """An answer: a number, "numb", or None for skipped."""

        scale: "DistressScale"
        value: Distress | None

        @property
        def control(self) -> "DistressScale":
            return self.scale

    def __init__(
        self,
        *,
        words: Mapping[int, str] = WORDS,
        ends: str = ENDS,
        value: Distress | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._words = words
        self._ends = ends
        self.set_reactive(DistressScale.value, value)
        if value is not None:
            self.set_reactive(DistressScale.at, _STOPS.index(value))

    def render(self) -> Content:
        return Content("\n").join([self._line(), self._word(), self._keys()])

    def _marks(self) -> list[tuple[int, str]]:
        """Each mark with the column it begins in. Room for a bracket stays on either side, so that nothing shifts."""
        marks = [*(str(number) for number in range(11)), "numb", "skip"]
        between = 3 if self.size.width >= _WIDE else 1
        x, placed = 1, []
        for mark in marks:
            placed.append((x, mark))
            x += len(mark) + between
        return placed

    def _line(self) -> Content:
        """The numbers; brackets as well as colour show where the cursor stands."""
        pieces: list[Content] = []
        x = 0
        for at, (column, mark) in enumerate(self._marks()):
            if at == self.at:
                pieces.append(Content.assemble(" " * (column - 1 - x), (f"[{mark}]", "bold $primary")))
                x = column + len(mark) + 1
            else:
                pieces.append(Content(" " * (column - x)))
                pieces.append(Content(mark) if at < 11 else Content.assemble((mark[0], "underline"), mark[1:]))
                x = column + len(mark)
        return Content("").join(pieces)

    def _word(self) -> Content:
        if self.at is None:
            return Content(self._ends)
        stop = _STOPS[self.at]
        if stop is None:
            return Content("no answer")
        if stop == "numb":
            return Content(NUMB)
        return Content.assemble((f"{stop}", "bold"), f"  {self._words.get(stop, '')}")

    def _keys(self) -> Content:
        taken = "enter takes" if self.at is not None else "enter skips"
        return Content.assemble((f"0–9 · x is 10 · n numb · {taken}", "$quiet"))

    def action_rate(self, value: Distress) -> None:
        """Answer."""
        self.at = _STOPS.index(value)
        self.value = value
        self.post_message(self.Rated(self, value))

    def action_take(self) -> None:
        stop = None if self.at is None else _STOPS[self.at]
        if stop is None:
            self.action_skip()
        else:
            self.action_rate(stop)

    def action_skip(self) -> None:
        """Give no answer."""
        self.at = None
        self.value = None
        self.post_message(self.Rated(self, None))

    def action_look(self, by: int) -> None:
        """Move the cursor without answering."""
        last = len(_STOPS) - 1
        self.at = max(0, min(last, (-1 if by > 0 else last + 1) + by if self.at is None else self.at + by))

    def on_click(self, event: Click) -> None:
        """A click on a number answers."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y != 0:
            return
        for at, (column, mark) in enumerate(self._marks()):
            if column <= offset.x < column + len(mark):
                event.stop()
                self.at = at
                self.action_take()
                return
