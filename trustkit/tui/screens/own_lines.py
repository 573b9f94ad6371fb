"""A shipped exercise of plain lines made one's own: its questions, its things to tick, its columns, a timer's parts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.model import own_lines
from trustkit.model.breath_words import clock
from trustkit.model.entry import Draft
from trustkit.model.exercise import Body, Exercise, Moment, Timer, Tracker
from trustkit.tui.screens.own_moments import EMPTY, MomentsMaking
from trustkit.tui.widgets.stepper import Stepper
from trustkit.tui.words import plain, prose

HINTS: dict[str, str] = {
    "timer": "What this part is for",
    "reflection": "What to ask yourself",
    "checklist": "Something to tick",
    "list": "The name of a column",
    "tracker": "What to note",
}


class LinesMaking(MomentsMaking):
    """The form of lines: all of them in order, and the open one in full beneath."""

    lead: ClassVar[str] = "One line at a time. Enter begins the next."

    def __init__(
        self,
        companion: Companion,
        exercise: Exercise,
        before: Exercise | None = None,
        *,
        entry_id: str = "",
        draft: Draft | None = None,
    ) -> None:
        self._lines = own_lines.kind_of(exercise) or "reflection"
        self.kind = self._lines
        self.has_more = not isinstance(exercise.body, Tracker)
        super().__init__(companion, exercise, before, entry_id=entry_id, draft=draft)

    @property
    def words_hint(self) -> str:
        return HINTS[self._lines]

    @property
    def most(self) -> int:
        return own_lines.MOST[self._lines]

    def rows(self) -> list[Moment]:
        return own_lines.rows(self.exercise.body)

    def built(self, rows: list[Moment]) -> Body:
        return own_lines.with_rows(self._began.body, [row for row in rows if row != self.new_row()])

    def new_row(self) -> Moment:
        return Moment("", seconds=own_lines.NEW_WAIT if self._lines == "timer" else 0.0)

    def compose_extras(self, first: Moment) -> ComposeResult:
        if self._lines == "timer":
            with Horizontal(classes="own-row"):
                yield Static("Lasts", classes="own-label", markup=False)
                yield Stepper(first.seconds, *own_lines.WAIT, step=30, words=clock, id="waits", classes="-roomy")

    def preview(self, made: Exercise, slips: list[str]) -> None:
        if self.query("#own-read"):
            self._list()
            self.query_one("#own-read", Static).update(Content("\n").join(_all(made)))

    def forget(self) -> None:
        super().forget()
        self._began = replace(self._began, body=Timer(()))


def _all(made: Exercise) -> Iterator[Content]:
    """Every line, as the exercise has it."""
    yield plain(made.title).stylize("bold $primary")
    for number, row in enumerate(own_lines.rows(made.body), 1):
        waits = f" · {clock(row.seconds)}" if row.seconds else ""
        yield Content.assemble(plain(f"{number}  {row.say or EMPTY}"), (waits, "$quiet"))
        if row.more:
            yield prose(row.more).stylize("$quiet")
