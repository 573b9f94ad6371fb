"""Trackers: a few fields noted now and then, and what was noted before. Nothing reminds, nothing is scored."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar, Final

from textual.content import Content

from trustkit.errors import TrustkitError
from trustkit.model.answered import in_words as said_in_words
from trustkit.model.entry import Answers, Entry, Record
from trustkit.model.exercise import Exercise, Field, Tracker
from trustkit.model.noted import drawn, in_words
from trustkit.tui.players.fields import Form, Value
from trustkit.tui.players.stages import Say
from trustkit.tui.players.worded import NOTHING_EARLIER, WordedPlayer
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.words import plain

SHOWN: Final = 12
"""How many notes stand beneath, newest first."""


class TrackerPlayer(WordedPlayer):
    """Plays a tracker."""

    BEGIN: ClassVar[tuple[Offer, ...]] = (Offer("begin", "Note something"),)
    EARLIER: ClassVar[Offer | None] = Offer("earlier", "Look at what you noted before")

    _values: dict[str, Value]

    @property
    def tracker(self) -> Tracker:
        assert isinstance(self.exercise.body, Tracker)
        return self.exercise.body

    def body(self) -> Record | None:
        if not self._values:
            return None
        return Record(self.exercise.id, self.exercise.revision, values=dict(self._values))

    def restore(self, body: Answers | Record) -> None:
        if isinstance(body, Record):
            self._values = dict(body.values)

    def empty(self) -> None:
        self._values = {}

    async def write(self) -> None:
        self.keep_caution(True)
        # Private notes stay out of sight until they are asked for; the others stand beneath the form.
        shown = [] if self.exercise.keep == "private" else await self.noted_before()
        below = beneath(self.exercise, self.tracker.fields, shown) if shown else None
        form = Form(self.tracker.fields, self._values, self.companion.clock().date(), below=below)
        await self.show(form)
        self._values = form.values()
        self.changed()

    async def look_back(self) -> None:
        notes = await self.noted_before()
        words = beneath(self.exercise, self.tracker.fields, notes) if notes else plain(NOTHING_EARLIER)
        await self.show(Say([words], [Offer("", "Back")]))

    async def noted_before(self) -> list[Entry]:
        """Every note of this tracker, oldest first."""
        if not self.companion.can_keep:
            return []
        found: list[Entry] = []
        with suppress(TrustkitError):
            found = await asyncio.to_thread(self.companion.vault.events, "record")
        return [e for e in found if isinstance(e.body, Record) and e.body.exercise == self.exercise.id]

    def on_form_changed(self, event: Form.Changed) -> None:
        event.stop()
        if isinstance(self.stage, Form):
            self._values = self.stage.values()
            self.changed()


def beneath(exercise: Exercise, fields: Sequence[Field], notes: Sequence[Entry]) -> Content:
    """What was noted before: each field over time where there is enough of it, then the notes, newest first."""
    pieces: list[Content] = []
    for field in fields:
        values = [value for note in notes if (value := _value(note, field.id)) is not None]
        if reading := in_words(field, values):
            row = drawn([v for v in values if isinstance(v, int)]) if field.kind == "scale" else ""
            label = field.label if field.label.endswith(("?", ".", "!", ":")) else f"{field.label}:"
            pieces.append(plain(f"{label} {row}  {reading}." if row else f"{label} {reading}."))
    for note in list(reversed(notes))[:SHOWN]:
        if isinstance(note.body, Record):
            said = " · ".join(one.words for one in said_in_words(exercise, note.body))
            pieces.append(Content.assemble(f"{note.created:%Y-%m-%d}  ", plain(said)))
    return Content("\n").join(pieces)


def _value(note: Entry, name: str) -> int | str | bool | None:
    value = note.body.values.get(name) if isinstance(note.body, Record) else None
    return value if isinstance(value, int | str) else None
