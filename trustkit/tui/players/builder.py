"""Builders: one blank at a time, the sentence growing beneath it, and a gentle look at it before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from trustkit.model.exercise import Blank, Builder
from trustkit.model.filling import filled, lines
from trustkit.model.practice_words import STRENGTH_ENDS
from trustkit.tui.players.answering import Answer, AnswersPlayer, OneAnswer, mark_of
from trustkit.tui.players.fields import Sentence
from trustkit.tui.players.stages import Above, Below, Say
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.distress_scale import DistressScale
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

OWN_WORDS: Final = Offer("own", "In my own words")
LEAVE_OUT: Final = Offer("", "Leave it out")
PREVIEW: Final = 3
"""Lines that the growing sentence keeps, with the gap above it; a longer one scrolls."""


class BuilderPlayer(AnswersPlayer):
    """Plays a builder."""

    @property
    def builder(self) -> Builder:
        assert isinstance(self.exercise.body, Builder)
        return self.exercise.body

    @property
    def asked(self) -> list[str]:
        return [blank.id for blank in self.builder.blanks]

    def result(self, given: Mapping[str, Answer]) -> str:
        return filled(self.builder, given)

    async def write(self) -> None:
        await self.ask_each(lambda at: BlankStage(self.builder, at, self._answers))
        if self.body() is not None and not await self._checked():
            await self.write()

    async def _checked(self) -> bool:
        """Go through the gentle checks. False: the reader would like to change something."""
        sentence = self.preview()
        for check in self.builder.checks:
            offers = [Offer("yes", "Yes"), Offer("no", "No"), Offer("", "I can't tell")]
            answer = await self.show(Say([sentence], offers, ask=check.ask))
            nudge = {"yes": check.if_yes, "no": check.if_no}.get(answer, "")
            if not nudge:
                continue
            offers = [Offer("on", "Go on"), Offer("change", "Change something")]
            if await self.show(Say([sentence, nudge], offers)) == "change":
                return False
        return True

    def preview(self) -> Content:
        """The sentence as it stands."""
        return _preview(self.builder, self._answers)

    def on_blank_stage_answered(self, event: "BlankStage.Answered") -> None:
        event.stop()
        self.take(event.blank, event.answer)


class BlankStage(OneAnswer):
    """One blank, and beneath it the sentence it belongs to.

    Args:
        builder: Template and blanks.
        at: Which blank.
        answers: What is filled in so far.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "stop", show=True, tooltip="Stop, and go back to where you were."),
        Binding("ctrl+n", "step('next')", "next", show=True, tooltip="On to the next line."),
        Binding("ctrl+r", "step('before')", "before", show=True, tooltip="Back to the line before."),
    ]

    @dataclass
    class Answered(Message):
        """The line is being written: so that it can be sealed as it grows."""

        blank: str
        answer: str | int | None

    def __init__(self, builder: Builder, at: int, answers: Mapping[str, str | int]) -> None:
        super().__init__(id="blank", first=at == 0, beneath=PREVIEW)
        self._builder = builder
        self._at = at
        self._answers = dict(answers)

    @property
    def blank(self) -> Blank:
        return self._builder.blanks[self._at]

    def compose(self) -> ComposeResult:
        blank = self.blank
        with Above():
            yield Said(f"{self._at + 1} of {len(self._builder.blanks)}", classes="where")
            yield Said(plain(blank.label), classes="ask")
            hints = [blank.hint, f"For example: {blank.example}" if blank.example else ""]
            if any(hints):
                yield Said(plain("\n".join(filter(None, hints))), classes="hint")
        with Below():
            if blank.scale:
                yield DistressScale(words={}, ends=STRENGTH_ENDS, value=mark_of(self._answers.get(blank.id)))
            elif blank.choices:
                offers = [*(Offer(str(n), label) for n, label in enumerate(blank.choices)), OWN_WORDS]
                # Enter puts no words into a mouth that may stay shut.
                offers.insert(0 if blank.optional else len(offers), LEAVE_OUT)
                yield Choices(offers, id="blank-choices")
            if not blank.scale:
                yield Sentence(id="blank-words")
        with VerticalScroll(id="blank-preview", can_focus=False):
            yield Said(_preview(self._builder, self._answers, blank.id))

    def begin(self) -> None:
        blank, given = self.blank, self._answers.get(self.blank.id)
        if blank.scale:
            self.query_one(DistressScale).focus()
            return
        words = self.query_one(Sentence)
        if blank.choices and (given is None or given in blank.choices):
            words.display = False
            choices = self.query_one(Choices)
            if given is not None:
                choices.highlighted = choices.get_option_index(str(blank.choices.index(str(given))))
            choices.focus()
            return
        for choices in self.query(Choices):
            choices.display = False
        if given is not None:
            words.load_text(str(given))
            words.move_cursor(words.document.end)
        words.focus()

    def _give(self, answer: str) -> None:
        self._answers[self.blank.id] = answer
        self.query_one("#blank-preview Static", Said).update(_preview(self._builder, self._answers, self.blank.id))
        self.post_message(self.Answered(self.blank.id, answer))

    def on_text_area_changed(self, event: Sentence.Changed) -> None:
        event.stop()
        self._give(event.text_area.text)

    def on_sentence_submitted(self, event: Sentence.Submitted) -> None:
        event.stop()
        self.action_step("next")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choice == OWN_WORDS.id:
            event.choices.display = False
            words = self.query_one(Sentence)
            words.display = True
            words.focus()
            return
        self.leave("next", self.blank.choices[int(event.choice)] if event.choice else None)

    def on_option_list_option_highlighted(self, event: Choices.OptionHighlighted) -> None:
        """Let the sentence show what would stand there."""
        event.stop()
        name = event.option.id or ""
        shown = {blank: answer for blank, answer in self._answers.items() if blank != self.blank.id}
        if name.isdecimal():
            shown[self.blank.id] = self.blank.choices[int(name)]
        self.query_one("#blank-preview Static", Said).update(_preview(self._builder, shown, self.blank.id))

    def action_step(self, step: str) -> None:
        self.leave(step, self._answers.get(self.blank.id))

    def forget(self) -> None:
        self._answers = {}
        for sentence in self.query(Sentence):
            sentence.forget()
        for words in self.query(Said):
            words.update("")


def _preview(builder: Builder, answers: Mapping[str, str | int], at: str = "") -> Content:
    """The sentence; the blank being filled stands out, and a gap is a gap without colour too."""
    rows: list[Content] = []
    for line in lines(builder, answers, at=at):
        pieces = [
            Content.assemble((plain(piece.text).plain, _look(piece.blank, at, empty=piece.empty))) for piece in line
        ]
        rows.append(Content("").join(pieces))
    return Content("\n").join(rows)


def _look(blank: str, at: str, *, empty: bool) -> str:
    if not blank:
        return "$quiet"
    if blank == at:
        return "bold $accent" if empty else "bold $primary"
    return "$quiet" if empty else "$foreground"
