"""What can stand beside a page: a title, tags, feelings, distress, the day it is about. Nothing here is asked for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Note
from trustkit.model.exercise import Checklist
from trustkit.model.plain import one_line
from trustkit.tui.screens.page import Page
from trustkit.tui.widgets.distress_scale import DistressScale
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

NOT_A_DATE: Final = "That date wasn't clear. Try 2026-11-30, or leave it out."
FEELINGS: Final = "name-feelings"
"""The checklist whose labels are offered as words for feelings."""
MOST: Final = 12
"""Words offered under a line."""


class DetailsScreen(Page[None]):
    """Every line may stay empty. What is typed counts at once, so that leaving and sealing need no further step.

    Args:
        note: The page as it is.
        taken: Called with the page as it becomes, at every change.
    """

    CSS_PATH = "editor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back to the page", show=True, tooltip="Back to the page. What you typed is there."),
        Binding("down", "next", "", show=False),
        Binding("up", "previous", "", show=False),
    ]

    def __init__(self, companion: Companion, note: Note, taken: Callable[[Note], None]) -> None:
        super().__init__(companion)
        self._note = note
        self._taken = taken

    def compose_body(self) -> ComposeResult:
        note = self._note
        yield Static("Beside the page. Every line can stay empty.", classes="quiet", markup=False)
        yield from _row("title", Line(one_line(note.title), id="details-title"))
        yield from _row("tags", Line(_line(note.tags), placeholder="with a comma between them", id="details-tags"))
        yield Said(id="details-used", classes="quiet -hint")
        yield from _row("feelings", Line(_line(note.feelings), placeholder="in your words", id="details-feelings"))
        yield Static(id="details-words", classes="quiet -hint", markup=False)
        about = note.about_day.isoformat() if note.about_day else ""
        yield from _row("day", Line(about, placeholder="2026-11-30, if not today", id="details-day"))
        yield Static(id="details-says", markup=False)
        yield Static("How are you right now?", classes="label", markup=False)
        yield DistressScale(value=note.distress, id="details-distress")

    def on_mount(self) -> None:
        self.query_one("#details-title", Line).focus()
        self._look_up()

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _look_up(self) -> None:
        """Tags used before, the most used first, and some words for feelings."""
        counts: dict[str, int] = {}
        try:
            for summary in self.companion.vault.summaries():
                for tag in summary.tags:
                    counts[tag] = counts.get(tag, 0) + 1
        except TrustkitError:
            pass  # only a help; the line works without
        exercise = self.companion.library.exercises.get(FEELINGS)
        choices = exercise.body.choices if exercise and isinstance(exercise.body, Checklist) else ()
        used = sorted(counts, key=lambda tag: -counts[tag])
        self.app.call_from_thread(self._offer_words, used, [choice.label for choice in choices])

    def _offer_words(self, tags: list[str], feelings: list[str]) -> None:
        if self.is_attached:
            for name, lead, words in (("#details-used", "Used before: ", tags), ("#details-words", "", feelings)):
                line = self.query_one(name, Static)
                line.update(plain(lead + " · ".join(map(one_line, words[:MOST]))))
                line.set_class(not words, "-silent")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        value, note = event.value, self._note
        match event.input.id:
            case "details-title" if value != one_line(note.title):
                self._take(replace(note, title=value.strip()))
            case "details-tags" if value != _line(note.tags):
                self._take(replace(note, tags=_parts(value)))
            case "details-feelings" if value != _line(note.feelings):
                self._take(replace(note, feelings=_parts(value)))
            case "details-day":
                self._take_day(value.strip())

    def _take_day(self, typed: str) -> None:
        try:
            day = date.fromisoformat(typed) if typed else None
        except ValueError:
            self._say(NOT_A_DATE if len(typed) >= len("2026-11-30") else "")
        else:
            self._say("")
            self._take(replace(self._note, about_day=day))

    def _say(self, words: str) -> None:
        self.query_one("#details-says", Static).update(words)

    def on_distress_scale_rated(self, event: DistressScale.Rated) -> None:
        event.stop()
        self._take(replace(self._note, distress=event.value))

    def _take(self, note: Note) -> None:
        if note != self._note:
            self._note = note
            self._taken(note)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "details-day" and event.value.strip() and self._note.about_day is None:
            self._say(NOT_A_DATE)
        else:
            self.focus_next()

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()

    def forget(self) -> None:
        self._note = Note("")
        self._taken = lambda _note: None
        if self.is_attached:
            with self.prevent(Input.Changed):
                for line in self.query(Line):
                    line.value = ""
            self.query_one("#details-used", Static).update("")


def _row(label: str, line: Line) -> ComposeResult:
    """A line to write on with its name before it."""
    with Horizontal(classes="details-row"):
        yield Static(label, classes="details-label", markup=False)
        yield line


def _line(parts: Iterable[str]) -> str:
    """Words as they stand in a line to be changed."""
    return one_line(", ".join(parts))


def _parts(typed: str) -> tuple[str, ...]:
    """Words between commas, each once, in order."""
    return tuple(dict.fromkeys(part for one in typed.split(",") if (part := one.strip())))
