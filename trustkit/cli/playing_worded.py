"""What is written or ticked in plain lines: questions, a sentence with blanks, things to tick."""

from collections.abc import Sequence
from typing import Final

from trustkit.cli import say
from trustkit.cli.playing_asking import position
from trustkit.cli.playing_care import how_to_go
from trustkit.cli.playing_sheet import Sheet
from trustkit.model.entry import Answers, Draft, Record
from trustkit.model.exercise import Blank, Builder, Checklist, Choice, Question, Reflection
from trustkit.model.filling import filled
from trustkit.model.practice_words import STRENGTH_ENDS, UP_TO

Answer = str | int

WORDS_END: Final = "Write as much or as little as you like. An empty line ends it; at once, it skips the question."
LEAVE_IT: Final = "A number, or Enter to leave it: "
BENEATH: Final = "What you type goes beneath it. An empty line lets it stand."
YES: Final = ("yes", "y", "1")
NO: Final = ("no", "n", "2")


class AskingSheet(Sheet):
    """Asks for one answer after another; each may stay empty."""

    answers: dict[str, Answer]
    goes_on: bool
    """Whether a draft is gone on with, so that words are added to what stands there."""

    def empty(self) -> None:
        self.answers, self.goes_on = {}, False

    def restore(self, draft: Draft) -> None:
        if isinstance(draft.body, Answers):
            self.answers, self.goes_on = dict(draft.body.answers), True

    @property
    def asked(self) -> Sequence[Question | Blank]:
        """What is asked, in order."""
        raise NotImplementedError

    def result(self) -> str:
        """What the answers make together; empty where they only stand side by side."""
        return ""

    def body(self) -> Answers | None:
        given = {
            one.id: answer
            for one in self.asked
            if (answer := self.answers.get(one.id)) is not None and str(answer).strip()
        }
        if not given:
            return None
        return Answers(self.exercise.id, self.exercise.revision, answers=given, result=self.result())

    def write(self) -> None:
        for at in range(len(self.asked)):
            self.ask(at)

    def change(self) -> None:
        """One of the answers, by its number; an empty line goes over none."""
        labels = [one.ask if isinstance(one, Question) else one.label for one in self.asked]
        at = self.asking.pick(labels, "A number, or Enter for none: ")
        if at is None:
            return
        does: int | None = 0
        if self.asked[at].id in self.answers:
            does = self.asking.pick(["Answer anew", "Take it back"], LEAVE_IT)
        if does == 0:
            self.ask(at)
        elif does == 1:
            del self.answers[self.asked[at].id]

    def ask(self, at: int) -> None:
        """Ask for one answer and hold it. What was answered before stays unless something else is said."""
        one, count = self.asked[at], len(self.asked)
        label = one.ask if isinstance(one, Question) else one.label
        say.result()
        say.paragraph(f"{at + 1} of {count}. {label}" if count > 1 else label)
        self.hints(one)
        before = self.answers.get(one.id)
        if before is not None:
            for line in str(before).splitlines():
                say.paragraph(line, first="  ")
        beneath = before if self.goes_on and isinstance(before, str) and self.in_lines(one) else ""
        if beneath:
            say.paragraph(BENEATH)

        def put(answer: Answer | None) -> None:
            if answer is not None and str(answer).strip():
                self.answers[one.id] = f"{beneath}\n{answer}" if beneath else answer

        if self.in_words(one):
            with self.asking.typed_into(put):
                put(self.answer(one))
        else:
            put(self.answer(one))

    def in_words(self, one: Question | Blank) -> bool:
        """Whether it is answered in words, not with a number."""
        return not (one.scale or one.choices)

    def in_lines(self, one: Question | Blank) -> bool:
        """Whether the answer may have several lines, so that more can be added."""
        return self.in_words(one)

    def hints(self, one: Question | Blank) -> None:
        """What stands under a question."""
        if one.hint:
            say.paragraph(one.hint)

    def answer(self, one: Question | Blank) -> Answer | None:
        """One answer; None where it is left out."""
        if one.scale:
            say.paragraph(STRENGTH_ENDS)
            return self.asking.mark()
        if one.choices:
            return self.chosen(one.choices)
        return self.asking.words()

    def chosen(self, choices: Sequence[str]) -> Answer | None:
        at = self.asking.pick(choices, "A number, or Enter for none: ")
        return None if at is None else choices[at]


class ReflectionSheet(AskingSheet):
    """One question at a time."""

    @property
    def asked(self) -> tuple[Question, ...]:
        assert isinstance(self.exercise.body, Reflection)
        return self.exercise.body.questions

    def write(self) -> None:
        if self.asking.by_hand:
            say.result()
            say.paragraph(WORDS_END)
        super().write()


class BuilderSheet(AskingSheet):
    """Blank by blank, the growing sentence said after each; then a gentle look at it."""

    @property
    def builder(self) -> Builder:
        assert isinstance(self.exercise.body, Builder)
        return self.exercise.body

    @property
    def asked(self) -> tuple[Blank, ...]:
        return self.builder.blanks

    def result(self) -> str:
        return filled(self.builder, self.answers)

    def hints(self, one: Question | Blank) -> None:
        super().hints(one)
        if isinstance(one, Blank) and one.example:
            say.paragraph(one.example, first="For example: ", rest="  ")

    def in_lines(self, one: Question | Blank) -> bool:
        return False

    def answer(self, one: Question | Blank) -> Answer | None:
        if one.scale or one.choices:
            return super().answer(one)
        return self.asking.line("Enter leaves it out: ")

    def chosen(self, choices: Sequence[str]) -> Answer | None:
        """One of the choices by its number, or words of the reader's own."""
        for number, choice in enumerate(choices, start=1):
            say.paragraph(choice, first=f"  {number}. ")
        typed = self.asking.line("A number, or your own words: ")
        at = position(typed, len(choices))
        return typed if at is None else choices[at]

    def ask(self, at: int) -> None:
        super().ask(at)
        self.say_sentence()

    def say_sentence(self) -> None:
        """The sentence as it stands."""
        say.result()
        for line in self.result().splitlines():
            say.paragraph(line, first="  ")

    def write(self) -> None:
        super().write()
        if self.body() is not None:
            self._check()

    def change(self) -> None:
        super().change()
        if self.body() is not None:
            self.say_sentence()
            self._check()

    def _check(self) -> None:
        for check in self.builder.checks:
            say.result()
            say.paragraph(check.ask)
            typed = self.asking.line("yes, no, or Enter: ").lower()
            if nudge := check.if_yes if typed in YES else check.if_no if typed in NO else "":
                say.paragraph(nudge, first="  ")


class ChecklistSheet(Sheet):
    """Things to tick by their numbers, never added up."""

    chosen: list[str]

    @property
    def checklist(self) -> Checklist:
        assert isinstance(self.exercise.body, Checklist)
        return self.exercise.body

    def empty(self) -> None:
        self.chosen = []

    def restore(self, draft: Draft) -> None:
        known = {choice.id for choice in self.checklist.choices}
        if isinstance(draft.body, Answers):
            self.chosen = [name for name in draft.body.chosen if name in known]

    def body(self) -> Answers | None:
        if not self.chosen:
            return None
        return Answers(self.exercise.id, self.exercise.revision, chosen=tuple(self.chosen))

    def write(self) -> None:
        self._print_all()
        try:
            while typed := self.asking.line("Numbers, or Enter if that's all: "):
                if typed == "?":
                    self._print_all()
                else:
                    self._toggle_all(typed)
        finally:
            self._mind_flags()

    def _print_all(self) -> None:
        pick = self.checklist.pick
        say.result()
        say.paragraph(
            (f"Up to {pick}. " if pick else "As many as fit, or none. ")
            + "A number ticks its line, and unticks it again. ? says them all once more."
        )
        for number, choice in enumerate(self.checklist.choices, start=1):
            ticked = " (ticked)" if choice.id in self.chosen else ""
            say.paragraph(f"{choice.label}{ticked}", first=f"{number:3}. ")
            if choice.hint:
                say.paragraph(choice.hint, first="     ")

    def _toggle_all(self, typed: str) -> None:
        for word in typed.replace(",", " ").split():
            at = position(word, len(self.checklist.choices))
            if at is None:
                say.about("There is no such line here.")
            else:
                self._toggle(self.checklist.choices[at])

    def _toggle(self, choice: Choice) -> None:
        if choice.id in self.chosen:
            self.chosen.remove(choice.id)
            say.paragraph(choice.label, first="Not ticked: ", rest="  ")
        elif self.checklist.pick and len(self.chosen) >= self.checklist.pick:
            say.paragraph(UP_TO.format(pick=self.checklist.pick))
        else:
            self.chosen.append(choice.id)
            say.paragraph(choice.label, first="Ticked: ", rest="  ")
            if choice.go and self.companion.title_of(choice.go):
                say.paragraph(" ".join(filter(None, (choice.hint, f"Then: {how_to_go(choice.go)}"))), first="  ")

    def _ticked(self) -> list[Choice]:
        return [choice for choice in self.checklist.choices if choice.id in self.chosen]

    def _mind_flags(self) -> None:
        """What ticks set holds until this ends, and is written nowhere."""
        for choice in self._ticked():
            self.companion.sitting.flags |= choice.sets

    def look(self, body: Answers | Record) -> None:
        del body
        for choice in self._ticked():
            say.paragraph(choice.label, first="- ")
            if choice.go and choice.hint:
                say.paragraph(choice.hint, first="  ")

    def ways_on(self) -> list[str]:
        places = dict.fromkeys(choice.go for choice in self._ticked() if choice.go)
        found = [place for place in places if self.companion.title_of(place)]
        return sorted(found, key=lambda place: not place.startswith("helplines"))
