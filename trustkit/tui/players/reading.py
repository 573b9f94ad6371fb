"""An exercise's words without its tool: for reading on one's own, and for what is made for two who are both safe."""

from collections.abc import Iterator
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.model.breath_words import line_for, rounds_in_words, seconds_in_words
from trustkit.model.exercise import (
    Breathing,
    Builder,
    Checklist,
    Exercise,
    Grounding,
    Listing,
    Reflection,
    Timer,
    Tracker,
)
from trustkit.tui.players.player import Go
from trustkit.tui.screens.page import Page
from trustkit.tui.words import plain, prose

FOR_TWO: Final = "Made for two people who are both safe to speak. Here if you want to read it."
GRADES: Final = {
    "trials": "Tested in trials of this very exercise.",
    "borrowed": "Borrowed: trials of something near it, of a longer dose, or of a whole programme.",
    "practice": "Commonly taught; few trials, or small ones.",
}
"""What each evidence badge says in full, and never more than it is."""


BEGIN: Final = Go("")
"""Answered when the reader would like to begin after all."""


class WordsOnly(Page[Go | None]):
    """Everything an exercise says: what to take care of, its words, and what stands behind it.

    Args:
        exercise: Whose words.
        companion: Library and this sitting.
        from_step: `guide/step` it was opened from, or empty.
        inside: Opened by the exercise's own player, which begins again by itself on `BEGIN`.
    """

    CSS_PATH = "players.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(2)", "", show=False, tooltip="Scroll the page."),
        Binding("up", "scroll(-2)", "", show=False, tooltip="Scroll the page."),
        Binding("enter,b", "begin", "begin", show=True, tooltip="Begin this exercise."),
        Binding("a", "ask_again", "ask me again", show=True, tooltip="Answer the question before it once more."),
    ]

    def __init__(self, exercise: Exercise, companion: Companion, from_step: str = "", *, inside: bool = False) -> None:
        super().__init__(companion)
        self._exercise = exercise
        self._from_step = from_step
        self._inside = inside

    def compose_body(self) -> ComposeResult:
        exercise = self._exercise
        yield Static(plain(exercise.title), classes="title", markup=False)
        yield Static(plain(exercise.summary), classes="says", markup=False)
        if not exercise.offered(frozenset(self.companion.sitting.flags)):
            yield Static(plain(FOR_TWO), classes="aside", markup=False)
        for text in self._care():
            yield Static(prose(text), classes="aside", markup=False)
        if exercise.intro:
            yield Static(prose(exercise.intro), classes="says", markup=False)
        for first, under in _lines(exercise):
            yield Static(plain(first), markup=False)
            if under.strip():
                yield Static(prose(under), classes="under", markup=False)
        yield Static(classes="gap")
        if exercise.outro:
            yield Static(prose(exercise.outro), classes="says", markup=False)
        yield Static(plain("\n".join(self._behind())), classes="quiet", markup=False)

    def _care(self) -> Iterator[str]:
        """The caution, then the notes that stand before it."""
        if self._exercise.caution:
            yield self._exercise.caution
        gates = self.companion.library.gates
        for name in self._exercise.gates:
            if name in gates and gates[name].kind == "note":
                yield gates[name].text

    def _behind(self) -> Iterator[str]:
        if self._exercise.evidence:
            yield GRADES[self._exercise.evidence]
        sources = self.companion.library.sources
        titles = [f"“{sources[name].title}”" for name in self._exercise.sources if name in sources]
        yield (
            f"With ideas from {', '.join(titles)}. The words are ours."
            if titles
            else "Our own; no article stands behind it."
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "begin":
            return self.companion.may_use(self._exercise)
        if action == "ask_again":
            offered = self._exercise.offered(frozenset(self.companion.sitting.flags))
            return offered and bool(self.companion.gates_against(self._exercise))
        return True

    def action_scroll(self, by: int) -> None:
        self.query_one(".column").scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        self.dismiss(None)

    def action_begin(self) -> None:
        self._play()

    def action_ask_again(self) -> None:
        """Only the reader may reopen a question that was answered in this sitting."""
        for gate in self.companion.gates_against(self._exercise):
            self.companion.sitting.answered.pop(gate.id, None)
        self._play()

    def _play(self) -> None:
        self.dismiss(BEGIN if self._inside else None)
        if not self._inside:
            self.trustkit.play(self._exercise, from_step=self._from_step)


def _lines(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The exercise itself, line by line with what stands under each: as one could follow it on paper."""
    match exercise.body:
        case Breathing() as breathing:
            yield from ((line_for(phase), "") for phase in breathing.phases)
            yield rounds_in_words(breathing.rounds), ""
        case Grounding(moments=moments):
            yield from ((moment.say, moment.more) for moment in moments)
        case Timer(spans=spans):
            yield from ((f"{span.title}, {seconds_in_words(span.seconds)}", span.say) for span in spans)
        case Reflection(questions=questions):
            yield from ((question.ask, question.hint) for question in questions)
        case Builder() as builder:
            yield from ((blank.label, blank.hint or blank.example) for blank in builder.blanks)
            yield f"\n{builder.template.strip()}\n", ""
            yield from ((check.ask, check.if_no or check.if_yes) for check in builder.checks)
        case Checklist(choices=choices):
            yield from ((choice.label, choice.hint) for choice in choices)
        case Listing(columns=columns):
            yield from ((column.label, column.hint) for column in columns)
        case Tracker(fields=fields):
            yield from ((field.label, ", ".join(field.choices)) for field in fields)
