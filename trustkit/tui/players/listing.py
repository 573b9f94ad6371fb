"""Lists: rows with a date, added to, changed and taken out over time. What was kept is opened only when asked for."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trustkit.errors import TrustkitError
from trustkit.model.answered import row_in_words
from trustkit.model.entry import Answers, Entry, Record
from trustkit.model.exercise import Field, Listing
from trustkit.model.practice_words import NO_ROWS
from trustkit.tui.players.fields import Form
from trustkit.tui.players.stages import Above, Stage
from trustkit.tui.players.worded import WordedPlayer
from trustkit.tui.widgets.choices import Lines, Offer
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

DATE: Final = "date"
"""Where the day a row was written stands in it."""
Row = dict[str, str]


class ListingPlayer(WordedPlayer):
    """Plays a list."""

    BEGIN: ClassVar[tuple[Offer, ...]] = (Offer("begin", "Open the list"), Offer("new", "Start a new one"))
    EARLIER: ClassVar[Offer | None] = None

    _rows: list[Row]
    _editing: int | None = None
    """The row in the form: its position, or None for a new one."""
    _half: Row
    """What stands in the form and is no row yet."""
    _had_rows: bool
    """Whether rows were there when it was opened: an empty list is then a change."""

    @property
    def listing(self) -> Listing:
        assert isinstance(self.exercise.body, Listing)
        return self.exercise.body

    @property
    def labels(self) -> Mapping[str, str]:
        """The columns' labels, by id."""
        return {column.id: column.label for column in self.listing.columns}

    def body(self) -> Answers | None:
        rows = [row for row in self._all_rows() if self._says_something(row)]
        if not rows and not self._had_rows:
            return None
        return Answers(self.exercise.id, self.exercise.revision, rows=tuple(rows), from_step=self.from_step)

    def _all_rows(self) -> list[Row]:
        """Every row, the one in the form in its place."""
        rows = list(self._rows)
        if self._half:
            if self._editing is None:
                rows.append(self._half)
            else:
                rows[self._editing] = self._half
        return rows

    def _says_something(self, row: Row) -> bool:
        return any(row.get(name, "").strip() for name in self.labels)

    def restore(self, body: Answers | Record) -> None:
        if isinstance(body, Answers):
            self._rows = [dict(row) for row in body.rows]
            self._had_rows = bool(self._rows)

    def empty(self) -> None:
        self._rows, self._half, self._editing, self._had_rows = [], {}, None, False

    async def begin(self, way: str) -> None:
        entry: Entry | None = None
        kept = await self.kept_before() if way == "begin" else []
        if kept:
            try:
                entry = await asyncio.to_thread(self.companion.vault.get, kept[0].id)
            except TrustkitError as error:
                self.trustkit.say_error(error)
        self.begin_anew(entry)

    async def write(self) -> None:
        while True:
            self.keep_caution(True)
            asked = await self.show(Rows(self._rows, self.labels))
            if asked.does == "done":
                return
            if asked.does == "remove" and asked.row is not None:
                del self._rows[asked.row]
                self.changed()
            else:
                await self._fill_in(asked.row)

    async def _fill_in(self, at: int | None) -> None:
        """One row: a new one, or a change to one that is there."""
        self._editing = at
        before = {} if at is None else self._rows[at]
        fields = [Field(column.id, column.label, "text", optional=True) for column in self.listing.columns]
        hints = {column.id: column.hint for column in self.listing.columns if column.hint}
        now = self.companion.clock().date()
        self.keep_caution(False)
        form = Form(fields, dict(before), now, hints=hints, done="Put it on the list")
        await self.show(form)
        row, self._half, self._editing = self._row(form, before), {}, None
        if at is not None:
            if self._says_something(row):
                self._rows[at] = row
            else:
                del self._rows[at]
        elif self._says_something(row):
            self._rows.append(row)
        self.changed()

    def on_form_changed(self, event: Form.Changed) -> None:
        event.stop()
        if not isinstance(self.stage, Form):
            return
        self._half = self._row(self.stage, {} if self._editing is None else self._rows[self._editing])
        self.changed()

    def _row(self, form: Form, before: Row) -> Row:
        """What stands in the form, with the day it was first written."""
        row = {name: str(value) for name, value in form.values().items()}
        if DATE not in self.labels:
            row[DATE] = before.get(DATE, self.companion.clock().date().isoformat())
        return row

    def looked_at(self, body: Answers | Record | None) -> list[Content]:
        if not isinstance(body, Answers) or not body.rows:
            return [plain(NO_ROWS)]
        return [as_words_of_rows(body.rows, self.labels)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What to do with which row."""

    does: str
    """`add`, `change`, `remove` or `done`."""
    row: int | None = None


class Rows(Stage[Asked]):
    """The list itself, and beneath it a line to add one.

    Args:
        rows: What stands on it.
        labels: The columns, in order.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "stop", show=True, tooltip="Stop, and go back to where you were."),
        Binding("n", "add", "new", show=True, tooltip="Put another one on the list."),
        Binding("r,delete", "remove", "remove", show=True, tooltip="Take this one off the list."),
        Binding("d", "done", "done", show=True, tooltip="That's all: look at it."),
    ]

    def __init__(self, rows: Sequence[Row], labels: Mapping[str, str]) -> None:
        super().__init__(id="rows")
        self._rows = rows
        self._labels = labels

    def compose(self) -> ComposeResult:
        with Above():
            if not self._rows:
                yield Said(NO_ROWS, classes="hint")
        yield Lines(
            *(Option(row_content(row, self._labels), id=f"row-{at}") for at, row in enumerate(self._rows)),
            Option("Add one", id="add"),
            Option("That's all", id="done"),
            id="rows-list",
            markup=False,
            compact=True,
        )

    def begin(self) -> None:
        rows = self.query_one(OptionList)
        rows.highlighted = len(self._rows)
        rows.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        name = event.option.id or ""
        if name.startswith("row-"):
            self.finish(Asked("change", int(name.removeprefix("row-"))))
        else:
            self.finish(Asked(name))

    def action_add(self) -> None:
        self.finish(Asked("add"))

    def action_remove(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._rows):
            self.finish(Asked("remove", at))

    def action_done(self) -> None:
        self.finish(Asked("done"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "remove" or bool(self._rows)

    def forget(self) -> None:
        self._rows = []
        self.query_one(OptionList).clear_options()


def row_content(row: Mapping[str, str], labels: Mapping[str, str]) -> Content:
    """One row: what it says, and the day it was written."""
    first, *rest = row_in_words(labels, row).split("\n")
    day = row.get(DATE, "") if DATE not in labels else ""
    lines = [Content.assemble(plain(first), (f"  {plain(day).plain}" if day else "", "$quiet"))]
    lines += [Content.assemble("  ", plain(line)).stylize("dim") for line in rest]
    return Content("\n").join(lines)


def as_words_of_rows(rows: Sequence[Mapping[str, str]], labels: Mapping[str, str]) -> Content:
    """The whole list, to look at."""
    return Content("\n\n").join([row_content(row, labels) for row in rows])
