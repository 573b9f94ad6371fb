"""An exercise's words without its tool: for reading on one's own, and for what is made for two who are both safe."""

from collections.abc import Hashable, Iterator, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from trustkit.companion import Companion
from trustkit.model.answered import in_words
from trustkit.model.entry import Answers, Record
from trustkit.model.exercise import Exercise
from trustkit.model.on_paper import GRADES, on_paper
from trustkit.model.practice_words import FOR_TWO
from trustkit.tui.players.player import Go
from trustkit.tui.screens.own_actions import OWN_KEYS, OwnActions
from trustkit.tui.screens.page import Page
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import as_words, plain, prose

YOURS: Final = "What you have written here so far"
BEGIN: Final = Go("")
"""Answered when the reader would like to begin after all."""


class WordsOnly(OwnActions[Go | None], Page[Go | None]):
    """Everything an exercise says: what to take care of, its words, and what stands behind it.

    Args:
        exercise: Whose words.
        companion: Library and this sitting.
        from_step: `guide/step` it was opened from, or empty.
        inside: Opened by the exercise's own player, which begins again by itself on `BEGIN`.
        written: What the reader wrote in it; their own words are never out of their reach.
    """

    CSS_PATH = "players.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(2)", "", show=False, tooltip="Scroll the page."),
        Binding("up", "scroll(-2)", "", show=False, tooltip="Scroll the page."),
        Binding("enter,b", "begin", "begin", show=True, tooltip="Begin this exercise."),
        Binding("a", "ask_again", "ask me again", show=True, tooltip="Answer the question before it once more."),
        *OWN_KEYS,
    ]

    def __init__(
        self,
        exercise: Exercise,
        companion: Companion,
        from_step: str = "",
        *,
        inside: bool = False,
        written: Answers | Record | None = None,
    ) -> None:
        super().__init__(companion)
        self._exercise = exercise
        self._from_step = from_step
        self._inside = inside
        self._written = written

    @property
    def identity(self) -> Hashable:
        return self._exercise.id

    @property
    def kind(self) -> Hashable | None:
        return None if self._inside else super().kind  # a player waits for it

    def compose_body(self) -> ComposeResult:
        exercise = self._exercise
        yield Said(plain(exercise.title), classes="title")
        yield Said(plain(exercise.summary), classes="says")
        if not exercise.offered(frozenset(self.companion.sitting.flags)):
            yield Said(plain(FOR_TWO), classes="aside")
        if self._written is not None:
            yield Said(YOURS, id="written-label", classes="label")
            yield Said(as_words(in_words(exercise, self._written)), id="written", classes="says")
        for text in self._care():
            yield Said(prose(text), classes="aside")
        if exercise.intro:
            yield Said(prose(exercise.intro), classes="says")
        for first, under in on_paper(exercise):
            yield Said(plain(first))
            if under.strip():
                yield Said(prose(under), classes="under")
        yield Said(classes="gap")
        if exercise.outro:
            yield Said(prose(exercise.outro), classes="says")
        yield Said(plain("\n".join(self._behind())), classes="quiet")

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
        yield behind(titles, by_reader=self._exercise.by_reader)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "begin":
            return self.companion.may_use(self._exercise)
        if action == "ask_again":
            offered = self._exercise.offered(frozenset(self.companion.sitting.flags))
            return offered and bool(self.companion.gates_against(self._exercise))
        return False if self._inside and self.own_action(action) is not None else self.own_action(action) is not False

    @property
    def meant(self) -> Exercise:
        return self._exercise

    async def own_changed(self, *, gone: bool) -> None:
        """Show it as it is now; where it was thrown away, or became another one, go back to the list."""
        now = self.companion.exercises.get(self._exercise.id)
        if gone or now is None:
            self.dismiss(None)
        elif now != self._exercise:
            self._exercise = now
            await self.recompose()
            self.refresh_bindings()

    def forget(self) -> None:
        if self._written is not None:
            self._written = None
            self.query_one("#written", Said).update("")

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


def behind(titles: Sequence[str], *, by_reader: bool) -> str:
    """Where an exercise comes from, and whose words it has now."""
    if titles:
        return f"With ideas from {', '.join(titles)}. {'You made it yours.' if by_reader else 'The words are ours.'}"
    return "Your own." if by_reader else "Our own; no article stands behind it."
