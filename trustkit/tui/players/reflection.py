"""Reflection: one question at a time, every one of them optional, and all of it looked at before anything is kept."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from trustkit.model.exercise import Question, Reflection
from trustkit.model.practice_words import STRENGTH_ENDS
from trustkit.tui.players.answering import AnswersPlayer, OneAnswer, mark_of
from trustkit.tui.players.stages import Above, Below
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.distress_scale import DistressScale
from trustkit.tui.widgets.paper import Paper
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain


class ReflectionPlayer(AnswersPlayer):
    """Plays a reflection."""

    @property
    def questions(self) -> tuple[Question, ...]:
        assert isinstance(self.exercise.body, Reflection)
        return self.exercise.body.questions

    @property
    def asked(self) -> list[str]:
        return [question.id for question in self.questions]

    async def write(self) -> None:
        await self.ask_each(self._stage)

    def _stage(self, at: int) -> "QuestionStage":
        question, last = self.questions[at], len(self.questions) - 1
        where = f"{at + 1} of {last + 1}" if last else ""
        return QuestionStage(question, self._answers.get(question.id), where, first=at == 0, last=at == last)

    def on_question_stage_answered(self, event: "QuestionStage.Answered") -> None:
        event.stop()
        self.take(event.question, event.answer)


class QuestionStage(OneAnswer):
    """One question, and room for an answer: a page, a scale, or a few choices.

    Args:
        question: What is asked.
        answer: What was answered before.
        where: `2 of 4`, or empty.
        first, last: Where it stands among the others.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "stop", show=True, tooltip="Stop, and go back to where you were."),
        Binding("ctrl+n", "step('next')", "next", show=True, tooltip="On to the next question."),
        Binding("ctrl+r", "step('before')", "before", show=True, tooltip="Back to the question before."),
    ]

    @dataclass
    class Answered(Message):
        """The page is being written: so that it can be sealed as it grows."""

        question: str
        answer: str | int | None

    def __init__(self, question: Question, answer: str | int | None, where: str, *, first: bool, last: bool) -> None:
        super().__init__(id="question", first=first)
        self._question = question
        self._given = answer
        self._where = where
        self._last = last

    def compose(self) -> ComposeResult:
        question = self._question
        with Above():
            if self._where:
                yield Said(self._where, classes="where")
            yield Said(plain(question.ask), classes="ask")
            if question.hint:
                yield Said(plain(question.hint), classes="hint")
        with Below():
            if question.scale:
                yield DistressScale(words={}, ends=STRENGTH_ENDS, value=mark_of(self._given))
            elif question.choices:
                yield Choices(
                    [*(Offer(str(n), label) for n, label in enumerate(question.choices)), Offer("", "No answer")]
                )
        if self._is_page:
            yield Paper(id="question-paper")
            on = "That's all" if self._last else "Next"
            yield Choices(
                [Offer("next", on), *([] if self._is_first else [Offer("before", "Before")])], id="question-ways"
            )

    @property
    def _is_page(self) -> bool:
        return not self._question.scale and not self._question.choices

    def begin(self) -> None:
        if self._is_page:
            paper = self.query_one(Paper)
            if self._given is not None:
                paper.load_text(str(self._given))
                paper.move_cursor(paper.document.end)
            paper.focus()
        elif self._question.scale:
            self.query_one(DistressScale).focus()
        else:
            choices = self.query_one(Choices)
            if self._given in self._question.choices:
                choices.highlighted = self._question.choices.index(str(self._given))
            choices.focus()

    def on_text_area_changed(self, event: Paper.Changed) -> None:
        event.stop()
        self.post_message(self.Answered(self._question.id, event.text_area.text))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choices.id == "question-ways":
            self.action_step(event.choice)
            return
        answer = self._question.choices[int(event.choice)] if event.choice else None
        self.leave("next", answer)

    def action_step(self, step: str) -> None:
        given = self.query_one(Paper).text if self._is_page else self._given
        self.leave(step, given)

    def forget(self) -> None:
        self._given = None
        for paper in self.query(Paper):
            paper.forget()
        for scale in self.query(DistressScale):
            scale.at = scale.value = None
