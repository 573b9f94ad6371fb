"""What can be filled in: a sentence, one of a few answers, a day, a number. Nothing here is ever demanded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from trustkit.model.exercise import Field
from trustkit.model.noted import read_day
from trustkit.model.practice_words import NOT_A_DAY, NOT_A_NUMBER
from trustkit.tui.players.stages import Stage
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.paper import Paper
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

Value = str | int | bool | date


class Sentence(Paper):
    """A line that wraps. Enter goes on; line ends in a paste become spaces where it is used."""

    _first = ""
    """What was put there to be changed."""

    def load_text(self, text: str) -> None:
        self._first = text
        super().load_text(text)

    def sentence(self) -> str:
        """What stands in it, on one line; untouched, exactly what was put there."""
        text = self.text
        return text if text == self._first else " ".join(line for one in text.splitlines() if (line := one.strip()))

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        sentence: "Sentence"

        @property
        def control(self) -> "Sentence":
            return self.sentence

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self))


class OneOf(Widget, can_focus=True):
    """A few answers in a row. The arrows choose, a digit chooses at once, backspace takes it back."""

    DEFAULT_CSS = """
    OneOf { height: auto; width: 1fr; border-left: outer $edge; padding: 0 1;
        &:focus { border-left: outer $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "", show=False, tooltip="Choose."),
        Binding("right", "move(1)", "", show=False, tooltip="Choose."),
        Binding("space", "move(1)", "", show=False, tooltip="Choose."),
        Binding("backspace,delete", "clear", "", show=False, tooltip="Take the choice back."),
        Binding("enter", "go_on", "", show=False, tooltip="On to the next."),
    ]
    chosen: reactive[int | None] = reactive(None)
    """Position of the answer, or None."""

    @dataclass
    class Changed(Message):
        """Another answer, or none."""

        one_of: "OneOf"

        @property
        def control(self) -> "OneOf":
            return self.one_of

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        one_of: "OneOf"

        @property
        def control(self) -> "OneOf":
            return self.one_of

    def __init__(
        self, answers: Sequence[str], chosen: int | None = None, *, low: str = "", high: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._answers = tuple(answers)
        self._low, self._high = low, high
        self.set_reactive(OneOf.chosen, chosen)

    def render(self) -> Content:
        pieces: list[Content] = []
        for at, answer in enumerate(self._answers):
            if at == self.chosen:
                pieces.append(Content.assemble("[", (plain(answer).plain, "bold $primary"), "]"))
            else:
                pieces.append(Content.assemble(" ", plain(answer), " "))
        row = Content(" ").join(pieces)
        if self._low or self._high:
            row = Content.assemble(
                (plain(self._low).plain, "$quiet"), " ", row, " ", (plain(self._high).plain, "$quiet")
            )
        return row

    def action_move(self, by: int) -> None:
        last = len(self._answers) - 1
        at = (0 if by > 0 else last) if self.chosen is None else max(0, min(last, self.chosen + by))
        self._choose(at)

    def _choose(self, at: int | None) -> None:
        self.chosen = at
        self.post_message(self.Changed(self))

    def action_clear(self) -> None:
        self._choose(None)

    def action_go_on(self) -> None:
        self.post_message(self.Submitted(self))

    def on_key(self, event: events.Key) -> None:
        if event.character is None or not event.character.isdecimal():
            return
        at = int(event.character)
        named = str(at) in self._answers
        at = self._answers.index(str(at)) if named else at - 1
        if 0 <= at < len(self._answers):
            event.stop()
            self._choose(at)


class Form(Stage[str]):
    """Several fields on one page, each under its label; Enter goes on, and what is left empty is left out.

    Args:
        fields: What can be filled in.
        values: What stands there already, by field.
        today: The reader's day, for a day said in words.
        done: The last line, which ends the page.
        below: Shown beneath, quietly.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "stop", show=True, tooltip="Stop, and go back to where you were."),
        Binding("tab", "app.focus_next", "next", show=True, tooltip="On to the next line."),
    ]

    @dataclass
    class Changed(Message):
        """Something was typed or chosen."""

    def __init__(
        self,
        fields: Sequence[Field],
        values: "dict[str, Value]",
        today: date,
        *,
        hints: "dict[str, str] | None" = None,
        done: str = "That's all",
        below: Content | None = None,
    ) -> None:
        super().__init__(id="form")
        self._fields = tuple(fields)
        self._first = dict(values)
        self._today = today
        self._hints = hints or {}
        self._done = done
        self._below = below

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            for field in self._fields:
                yield Said(plain(field.label), classes="label")
                if hint := self._hints.get(field.id):
                    yield Said(plain(hint), classes="hint")
                yield self._widget(field)
                yield Said("", id=f"slip-{field.id}", classes="slip")
            yield Choices([Offer("done", self._done)], id="form-done")
            if self._below is not None:
                yield Said(self._below, id="form-below", classes="quiet")

    def _widget(self, field: Field) -> Widget:
        value, name = self._first.get(field.id), f"field-{field.id}"
        match field.kind:
            case "yes-no":
                return OneOf(("yes", "no"), None if value is None else int(not value), id=name)
            case "choice":
                return OneOf(
                    field.choices, field.choices.index(str(value)) if value in field.choices else None, id=name
                )
            case "scale":
                at = value if isinstance(value, int) and 0 <= value <= 4 else None
                return OneOf("01234", at, low=field.low, high=field.high, id=name)
            case "date" | "count":
                hint = "2026-11-30, today, tomorrow" if field.kind == "date" else "a number"
                return Line("" if value is None else str(value), placeholder=hint, id=name)
            case _:
                sentence = Sentence(id=name)
                sentence.load_text("" if value is None else str(value))
                sentence.move_cursor(sentence.document.end)
                return sentence

    def on_mount(self) -> None:
        for slip in self.query(".slip"):
            slip.display = False

    def begin(self) -> None:
        first = self._fields[0]
        self.query_one(f"#field-{first.id}").focus()

    def values(self) -> "dict[str, Value]":
        """What is filled in and understood; nothing for a field that is empty."""
        return {field.id: value for field in self._fields if (value := self._value(field)) is not None}

    def _value(self, field: Field) -> Value | None:
        widget = self.query_one(f"#field-{field.id}")
        if isinstance(widget, OneOf):
            if widget.chosen is None:
                return None
            match field.kind:
                case "yes-no":
                    return widget.chosen == 0
                case "scale":
                    return widget.chosen
                case _:
                    return field.choices[widget.chosen]
        if isinstance(widget, Line):
            text = widget.value.strip()
            if field.kind == "date":
                return read_day(text, self._today)
            return int(text) if text.isdecimal() and text.isascii() else None
        return widget.sentence() or None if isinstance(widget, Sentence) else None

    def slips(self) -> Iterator[tuple[Field, str]]:
        """Fields whose words were not understood, with what to say."""
        for field in self._fields:
            widget = self.query_one(f"#field-{field.id}")
            if isinstance(widget, Line) and widget.value.strip() and self._value(field) is None:
                yield field, NOT_A_DAY if field.kind == "date" else NOT_A_NUMBER

    def on_text_area_changed(self, event: Paper.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    def on_input_changed(self, event: Line.Changed) -> None:
        event.stop()
        # What was said about it was about other words.
        self.query_one(f"#{(event.input.id or '').replace('field-', 'slip-', 1)}", Said).display = False
        self.post_message(self.Changed())

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    def on_sentence_submitted(self, event: Sentence.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_one_of_submitted(self, event: OneOf.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        slips = {field.id: words for field, words in self.slips()}
        for field in self._fields:
            slip = self.query_one(f"#slip-{field.id}", Said)
            slip.update(slips.get(field.id, ""))
            slip.display = field.id in slips
        if slips:
            self.query_one(f"#field-{next(iter(slips))}").focus()
        else:
            self.finish("done")

    def forget(self) -> None:
        self._first, self._below = {}, None
        for paper in self.query(Paper):
            paper.forget()
        for line in self.query(Line):
            line.value = ""
        for one in self.query(OneOf):
            one.chosen = None
        for words in self.query(Said):
            words.update("")
