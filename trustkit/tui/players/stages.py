"""What an exercise is made of on screen: one stage at a time, each of which is waited for and answers once.

A player is a script that walks its stages; nothing but the stage that is open is on the screen.
"""

import asyncio
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from trustkit.model.entry import Distress
from trustkit.model.plain import one_line
from trustkit.text_width import cut, wrap
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.distress_scale import DistressScale
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

Answer = TypeVar("Answer")


class Stage(Vertical, Generic[Answer]):
    """One thing to read or do. It answers once, through `finish`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._answer: asyncio.Future[Answer] | None = None

    @property
    def answer(self) -> "asyncio.Future[Answer]":
        """What this stage will answer."""
        if self._answer is None:
            self._answer = asyncio.get_running_loop().create_future()
        return self._answer

    def finish(self, answer: Answer) -> None:
        """Answer; a second answer changes nothing."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def begin(self) -> None:
        """It has just been shown: take the keys."""

    def covered(self) -> None:
        """Another screen lies on top: time stands still."""

    def uncovered(self) -> None:
        """It is seen again: time goes on, unless the reader held it."""

    def stop(self) -> None:
        """Nothing moves, and no time runs, any more."""

    def forget(self) -> None:
        """Drop every private word, undo history included."""

    def turn(self, lines: int) -> None:
        """Scroll the words, where there are more than fit."""
        for words in self.query(Above):
            words.scroll_relative(y=lines, animate=False)


class Above(VerticalScroll, can_focus=False):
    """Words above the thing to do: as tall as they are, and scrolled when the window is short."""


class Below(Vertical):
    """The thing to do: always whole."""

    class Resized(Message):
        """It takes another height now."""

    def on_resize(self) -> None:
        self.post_message(self.Resized())


class WordsAndThing(Stage[Answer]):
    """Words, and beneath them something to do that stays in sight however small the window is."""

    def compose(self) -> ComposeResult:
        with Above():
            yield from self.compose_words()
        with Below():
            yield from self.compose_thing()

    def compose_words(self) -> ComposeResult:
        yield from ()

    def compose_thing(self) -> ComposeResult:
        yield from ()

    def on_resize(self) -> None:
        self._fit()

    def on_key(self, event: Key) -> None:
        """The arrows read on before they choose: words that do not fit are scrolled first."""
        if event.key not in ("up", "down"):
            return
        words, choices = self.query_one(Above), self.query(Choices)
        at = choices.first().highlighted if choices else None
        more = (
            words.scroll_offset.y < words.max_scroll_y if event.key == "down" else not at and words.scroll_offset.y > 0
        )
        if more:
            event.stop()
            event.prevent_default()
            self.turn(2 if event.key == "down" else -2)

    def on_below_resized(self, event: Below.Resized) -> None:
        event.stop()
        self._fit()

    def _fit(self) -> None:
        room = self.size.height - self.query_one(Below).outer_size.height
        self.query_one(Above).styles.max_height = max(1, room)


class Say(WordsAndThing[str]):
    """Words, and answers beneath. Enter takes the first.

    Args:
        words: Paragraphs; scrolled when the window is short.
        offers: The answers.
        ask: A question that stays in sight above the answers.
        below: A quieter line under them.
    """

    def __init__(
        self, words: Sequence[Content | str], offers: Sequence[Offer], *, ask: str = "", below: str = ""
    ) -> None:
        super().__init__()
        self._words = [plain(said) if isinstance(said, str) else said for said in words]
        self._offers = tuple(offers)
        self._ask = ask
        self._below = below

    def compose_words(self) -> ComposeResult:
        for said in self._words:
            if said.plain.strip():
                yield Said(said, classes="says")

    def compose_thing(self) -> ComposeResult:
        if self._ask:
            yield Said(plain(self._ask), classes="ask")
        yield Choices(self._offers)
        if self._below:
            yield Said(plain(self._below), classes="quiet")

    def begin(self) -> None:
        self.query_one(Choices).focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.finish(event.choice)

    def forget(self) -> None:
        self._words = []
        for words in self.query(Said):
            words.update("")


class Rate(WordsAndThing[Distress | None]):
    """Words, and how it is right now."""

    def __init__(self, words: Sequence[Content | str], ask: str, hint: str = "") -> None:
        super().__init__()
        self._words = [plain(said) if isinstance(said, str) else said for said in words]
        self._ask = ask
        self._hint = hint

    def compose_words(self) -> ComposeResult:
        for said in self._words:
            if said.plain.strip():
                yield Said(said, classes="says")

    def compose_thing(self) -> ComposeResult:
        if self._hint:
            yield Said(plain(self._hint), id="rate-hint", classes="quiet")
        yield Said(plain(self._ask), classes="ask")
        yield DistressScale()

    def say_hint(self, hint: str) -> None:
        """Change the line above the question."""
        self.query_one("#rate-hint", Said).update(plain(hint))

    def begin(self) -> None:
        self.query_one(DistressScale).focus()

    def on_distress_scale_rated(self, event: DistressScale.Rated) -> None:
        event.stop()
        self.finish(event.value)


class Caution(Widget):
    """One or two lines that stay visible; in a short window as much as two lines hold, the rest one key away."""

    DEFAULT_CSS = "Caution { height: auto; }"
    SHORT: ClassVar[int] = 2
    """Lines in a short window."""

    def __init__(self, text: str, *, more: bool = False) -> None:
        super().__init__()
        self._text = one_line(text)
        self._more = more

    def lines(self, width: int) -> list[str]:
        """The caution in so many columns."""
        whole = wrap(self._text, max(8, width))
        room = self.SHORT if self.screen.has_class("-short") else len(whole)
        if len(whole) > room:
            whole = [*whole[: room - 1], cut(" ".join(whole[room - 1 :]), max(8, width - 9)) + " c: more"]
        return whole

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def render(self) -> Content:
        return Content("\n").join(Content(line) for line in self.lines(self.content_size.width))


class Keys(Stage[Answer], can_focus=True):
    """A stage that takes the keys itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "stop", show=True, tooltip="Stop, and go back to where you were."),
        Binding("up", "turn(-2)", "", show=False, tooltip="Scroll the words."),
        Binding("down", "turn(2)", "", show=False, tooltip="Scroll the words."),
    ]

    def action_turn(self, lines: int) -> None:
        self.turn(lines)

    def begin(self) -> None:
        self.focus()
