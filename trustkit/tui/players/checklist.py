"""Checklists: things to tick, never added up. Where a tick leads somewhere, that is offered before anything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from trustkit.model.entry import Answers, Record
from trustkit.model.exercise import Checklist, Choice
from trustkit.model.practice_words import UP_TO
from trustkit.tui.players.player import Go
from trustkit.tui.players.stages import Above, Stage
from trustkit.tui.players.worded import WordedPlayer
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.said import Said
from trustkit.tui.widgets.tick_list import TickList
from trustkit.tui.words import plain


class ChecklistPlayer(WordedPlayer):
    """Plays a checklist."""

    _chosen: tuple[str, ...]

    @property
    def checklist(self) -> Checklist:
        assert isinstance(self.exercise.body, Checklist)
        return self.exercise.body

    @property
    def ticked(self) -> list[Choice]:
        """What is ticked, in the order of the list."""
        return [choice for choice in self.checklist.choices if choice.id in self._chosen]

    def body(self) -> Answers | None:
        if not self._chosen:
            return None
        return Answers(self.exercise.id, self.exercise.revision, chosen=self._chosen, from_step=self.from_step)

    def restore(self, body: Answers | Record) -> None:
        if isinstance(body, Answers):
            self._chosen = body.chosen

    def empty(self) -> None:
        self._chosen = ()

    async def write(self) -> None:
        self.keep_caution(True)
        self._chosen = await self.show(Ticks(self.checklist, self._chosen))
        self.changed()
        self._mind_flags()

    def _mind_flags(self) -> None:
        """What ticks set holds until trustkit closes, and is written nowhere."""
        for choice in self.ticked:
            self.companion.sitting.flags |= choice.sets

    def looked_at(self, body: Answers | Record | None) -> list[Content]:
        """The ticks; under one that leads somewhere its own line, which may matter today."""
        if not isinstance(body, Answers):
            return []
        rows: list[Content] = []
        for choice in self.checklist.choices:
            if choice.id in body.chosen:
                rows.append(Content.assemble("• ", plain(choice.label)))
                if choice.go and choice.hint:
                    rows.append(Content.assemble("  ", plain(choice.hint)))
        return [Content("\n").join(rows)]

    def ways_on(self) -> Sequence[Offer]:
        """One offer for each place the ticks lead to, numbers first."""
        places = dict.fromkeys(choice.go for choice in self.ticked if choice.go)
        found = [Offer(f"go:{place}", title) for place in places if (title := self.companion.title_of(place))]
        return sorted(found, key=lambda offer: not offer.id.startswith("go:helplines"))

    def on_ticks_changed(self, event: "Ticks.Changed") -> None:
        event.stop()
        self._chosen = event.chosen
        self.changed()

    def leave(self, to: Go | None = None) -> None:
        self._mind_flags()
        super().leave(to)

    def seal_draft(self) -> None:
        self._mind_flags()
        super().seal_draft()


class Boxes(TickList, inherit_bindings=False):
    """What is ticked, with the way out named first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "stop", show=True, tooltip="Stop, and go back to where you were."),
        *TickList.BINDINGS,
        *OptionList.BINDINGS,
    ]


class Ticks(Stage[tuple[str, ...]]):
    """The list. Space ticks; Enter ticks too, and on the last line it goes on.

    Args:
        checklist: What can be ticked, and how many.
        chosen: What is ticked already.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", "stop", show=True, tooltip="Stop, and go back to where you were."),
        Binding("d", "done", "done", show=True, tooltip="That's all: look at what you ticked."),
    ]

    @dataclass
    class Changed(Message):
        """Something was ticked or unticked."""

        chosen: tuple[str, ...]

    def __init__(self, checklist: Checklist, chosen: Sequence[str]) -> None:
        super().__init__(id="ticks")
        self._checklist = checklist
        self._chosen = list(chosen)
        """In the order in which they were ticked."""

    def compose(self) -> ComposeResult:
        choices = self._checklist.choices
        with Above():
            yield Said(self._hint(), id="ticks-hint", classes="hint")
        yield Boxes(
            [Offer(choice.id, choice.label, choice.hint) for choice in choices],
            ticked=self._chosen,
            most=self._checklist.pick,
            end="That's all",
            id="ticks-list",
        )

    def _hint(self) -> str:
        pick = self._checklist.pick
        return f"Up to {pick}." if pick else "As many as fit, or none."

    def begin(self) -> None:
        rows = self.query_one(TickList)
        rows.highlighted = 0
        rows.focus()

    def action_done(self) -> None:
        self.finish(tuple(self._chosen))

    def on_tick_list_ended(self, event: TickList.Ended) -> None:
        event.stop()
        self.action_done()

    def on_tick_list_full(self, event: TickList.Full) -> None:
        event.stop()
        self.query_one("#ticks-hint", Said).update(UP_TO.format(pick=self._checklist.pick))

    def on_tick_list_ticked(self, event: TickList.Ticked) -> None:
        event.stop()
        if event.on:
            self._chosen.append(event.line)
        else:
            self._chosen.remove(event.line)
            self.query_one("#ticks-hint", Said).update(self._hint())
        self.post_message(self.Changed(tuple(self._chosen)))

    def forget(self) -> None:
        self._chosen = []
        self.query_one(TickList).clear_ticks()
