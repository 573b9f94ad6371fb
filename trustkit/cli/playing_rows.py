"""Lists and trackers in plain lines: rows with a date, and a few fields noted now and then."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from trustkit.cli import say
from trustkit.cli.playing_asking import Asking, Ended, position
from trustkit.cli.playing_keeping import Keeper
from trustkit.cli.playing_sheet import Sheet
from trustkit.cli.playing_worded import LEAVE_IT, NO, YES
from trustkit.errors import TrustkitError
from trustkit.model.answered import row_in_words
from trustkit.model.entry import Answers, Draft, Entry, Record
from trustkit.model.exercise import Column, Exercise, Field, Listing, Tracker
from trustkit.model.noted import in_words, read_day
from trustkit.model.practice_words import BEFORE_STAYS, NO_ROWS, NOT_A_DAY, NOT_A_NUMBER

if TYPE_CHECKING:
    from trustkit.companion import Companion

Row = dict[str, str]
Value = str | int | bool | date

DATE: Final = "date"
"""Where the day a row was written stands in it."""
HOW: Final = "Type a line to put it on the list, or a line's number to change it. ? says the list again."
SKIPS: Final = "Enter leaves it out: "
BEGINS: Final = ("Open the list", "Start a new one")
BEGINS_SEALED: Final = (
    "Add lines; the list you kept is opened only if you keep them",
    "Open the list now, with the passphrase",
    "Start a new one",
)
OVER_TIME: Final = "Hear what you noted over time?"


class ListingSheet(Sheet):
    """Rows, added to, changed and taken away."""

    rows: list[Row]
    before: Entry | None
    """What was kept before, where it was opened."""
    adds: bool
    """Whether these rows go beneath those that were kept, which nobody has opened yet."""

    @property
    def columns(self) -> tuple[Column, ...]:
        assert isinstance(self.exercise.body, Listing)
        return self.exercise.body.columns

    @property
    def labels(self) -> Mapping[str, str]:
        """The columns' labels, by id."""
        return {column.id: column.label for column in self.columns}

    def empty(self) -> None:
        self.rows, self.before, self.adds, self._private = [], None, False, False

    def restore(self, draft: Draft) -> None:
        self._private = draft.private
        if isinstance(draft.body, Answers):
            self.rows = [dict(row) for row in draft.body.rows]

    def begin(self, keeper: Keeper, *, anew: bool) -> Entry | None:
        """Take up the list that was kept, where it can be read without asking or the reader chose so."""
        if not keeper.possible or anew:
            return None
        drafts = keeper.drafts
        opens = drafts.journal is not None or keeper.mode == "open" or keeper.run.passphrase_file is not None
        asks = self.asking.by_hand
        self.adds = not opens
        if asks:
            say.result()
            ways = BEGINS if opens else BEGINS_SEALED
            at = self.asking.pick(ways, "A number, or Enter for 1: ") or 0
            opens = at == 0 if opens else at == 1
            self.adds = not opens and at == 0
        if not opens:
            return None
        try:
            with drafts.opened() as opened:
                self.before = latest(opened, self.exercise)
        except TrustkitError as error:
            if not asks:
                raise
            say.sentences(error.happened, error.do_next)
            self.adds = True
        if self.before is not None and isinstance(self.before.body, Answers):
            self.rows = [dict(row) for row in self.before.body.rows]
        return self.before

    def body(self) -> Answers | None:
        if not self.rows and self.before is None:
            return None
        return Answers(self.exercise.id, self.exercise.revision, rows=tuple(self.rows))

    @property
    def kept_privately(self) -> bool:  # type: ignore[override]
        return self._private or (self.before is not None and self.before.private)

    def joined(self, opened: "Companion") -> tuple[Answers, Entry | None]:
        """The rows, beneath those that were kept before if nobody has opened them yet."""
        before: Entry | None = self.before
        rows: tuple[Mapping[str, str], ...] = tuple(self.rows)
        if self.adds and (before := latest(opened, self.exercise)) is not None and isinstance(before.body, Answers):
            rows = (*before.body.rows, *rows)
        return Answers(self.exercise.id, self.exercise.revision, rows=rows), before

    def write(self) -> None:
        say.result()
        say.paragraph(HOW)
        self.print_rows()
        first = self.columns[0]
        say.result()
        say.paragraph(first.label)
        if first.hint:
            say.paragraph(first.hint)
        while True:
            with self.asking.typed_into(self._add):
                typed = self.asking.line("A line, or Enter if that's all: ")
            if not typed:
                return
            at = position(typed, len(self.rows))
            if typed == "?":
                self.print_rows()
            elif at is not None:
                self._change(at)
            else:
                self._ask(self._new_row(typed), self.columns[1:])

    def print_rows(self) -> None:
        """The list with its numbers and days."""
        if not self.rows:
            say.paragraph(NO_ROWS)
        for number, row in enumerate(self.rows, start=1):
            self._print_row(row, f"{number:3}. ")

    def _print_row(self, row: Row, before: str) -> None:
        first, *rest = row_in_words(self.labels, row).split("\n")
        day = row.get(DATE, "") if DATE not in self.labels else ""
        say.paragraph(f"{first}  ({day})" if day else first, first=before)
        for line in rest:
            say.paragraph(line, first=" " * len(before))

    def _add(self, typed: str) -> None:
        """A line that was broken off stands on the list as far as it was typed."""
        if position(typed, len(self.rows)) is None and typed != "?":
            self._new_row(typed)

    def _new_row(self, typed: str) -> Row:
        row = {self.columns[0].id: typed}
        if DATE not in self.labels:
            row[DATE] = self.companion.clock().date().isoformat()
        self.rows.append(row)
        return row

    def _change(self, at: int) -> None:
        row = self.rows[at]
        self._print_row(row, "  ")
        does = self.asking.pick(["Change it", "Take it away"], LEAVE_IT)
        if does == 0:
            self._ask(row, self.columns)
        elif does == 1:
            del self.rows[at]
            self.print_rows()

    def _ask(self, row: Row, columns: Sequence[Column]) -> None:
        """Each column; what was said before stays where nothing else is said."""
        for column in columns:
            say.paragraph(column.label)
            if column.hint:
                say.paragraph(column.hint)
            if before := row.get(column.id):
                say.paragraph(before, first="  ")
            with self.asking.typed_into(partial(row.__setitem__, column.id)):
                typed = self.asking.line(SKIPS if not before else "Enter lets it stand: ")
            if typed:
                row[column.id] = typed

    def look(self, body: Answers | Record) -> None:
        del body
        self.print_rows()
        if self.before is not None and self.asking.by_hand:
            say.about(BEFORE_STAYS)


def latest(opened: "Companion", exercise: Exercise) -> Entry | None:
    """What was kept of this exercise last, private or not: the reader asked for it."""
    vault = opened.vault
    found = next((kept for kept in vault.summaries(private=True) if kept.exercise == exercise.id), None)
    return vault.get(found.id) if found else None


class TrackerSheet(Sheet):
    """Fields one by one."""

    values: dict[str, Value]

    @property
    def fields(self) -> tuple[Field, ...]:
        assert isinstance(self.exercise.body, Tracker)
        return self.exercise.body.fields

    def empty(self) -> None:
        self.values = {}

    def restore(self, draft: Draft) -> None:
        if isinstance(draft.body, Record):
            self.values = dict(draft.body.values)

    def body(self) -> Record | None:
        if not self.values:
            return None
        return Record(self.exercise.id, self.exercise.revision, values=dict(self.values))

    def write(self) -> None:
        ask_fields(self.fields, self.values, self.asking, self.companion.clock().date())

    def change(self) -> None:
        at = self.asking.pick([field.label for field in self.fields], "A number, or Enter for none: ")
        if at is not None:
            self.values.pop(self.fields[at].id, None)
            ask_fields(self.fields[at : at + 1], self.values, self.asking, self.companion.clock().date())

    def then(self, opened: "Companion") -> None:
        """What was noted over time, in words; of a private one only when the reader would like to hear it."""
        notes = [
            entry.body
            for entry in opened.vault.events("record")
            if isinstance(entry.body, Record) and entry.body.exercise == self.exercise.id
        ]
        told = over_time(self.fields, notes)
        if not told:
            return
        if self.exercise.keep == "private":
            if not self.asking.by_hand:
                return
            say.result()
            say.paragraph(OVER_TIME)
            try:
                if self.asking.line("yes, or Enter for no: ").lower() not in YES:
                    return
            except Ended:
                return
        say.result()
        for line in told:
            say.paragraph(line, rest="  ")


def over_time(fields: Sequence[Field], notes: Sequence[Record]) -> list[str]:
    """One line about each field that was noted often enough to say something, notes oldest first."""
    lines: list[str] = []
    for field in fields:
        values = [value for note in notes if isinstance(value := note.values.get(field.id), int | str)]
        if reading := in_words(field, values):
            label = field.label if field.label.endswith(("?", ".", "!", ":")) else f"{field.label}:"
            lines.append(f"{label} {reading}.")
    return lines


def ask_fields(fields: Sequence[Field], values: dict[str, Value], asking: Asking, today: date) -> None:
    """Ask for each field and put what was understood into `values`; an empty line leaves one out."""
    for field in fields:
        say.result()
        say.paragraph(field.label)
        with asking.typed_into(partial(values.__setitem__, field.id) if field.kind == "text" else None):
            value = _field(field, asking, today)
        if value is not None:
            values[field.id] = value


def _field(field: Field, asking: Asking, today: date) -> Value | None:
    match field.kind:
        case "choice":
            at = asking.pick(field.choices, "A number, or Enter: ")
            return None if at is None else field.choices[at]
        case "yes-no":
            while typed := asking.line("yes, no, or Enter: ").lower():
                if typed in YES or typed in NO:
                    return typed in YES
                say.about("It takes yes or no.")
            return None
        case "scale":
            return _scale(field, asking)
        case "date":
            while typed := asking.line("A day, today, or Enter: "):
                if (day := read_day(typed, today)) is not None:
                    return day
                say.about(NOT_A_DAY)
            return None
        case "count":
            while typed := asking.line("A number, or Enter: "):
                if typed.isascii() and typed.isdecimal() and len(typed) <= 9:
                    return int(typed)
                say.about(NOT_A_NUMBER)
            return None
        case _:
            return " ".join(asking.line(SKIPS).split()) or None


def _scale(field: Field, asking: Asking) -> int | None:
    ends = ", ".join(f"{value} is {word}" for value, word in ((0, field.low), (4, field.high)) if word)
    if ends:
        say.paragraph(f"{ends}.")
    while typed := asking.line("0 to 4, or Enter: "):
        if typed in ("0", "1", "2", "3", "4"):
            return int(typed)
        say.about("It takes a number from 0 to 4.")
    return None
