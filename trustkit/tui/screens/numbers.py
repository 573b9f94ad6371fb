"""Numbers of one's own, and a note beside the others of how a call went. Kept where the notes are, or not at all."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.guide import Helpline
from trustkit.model.support import HOW_IT_WENT, OwnNumber, contacts
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

WHERE_KEPT: Final = {
    "sealed": "What you put here is sealed with your notes.",
    "open": "What you put here lies open, like your notes: anyone who uses this account can read it.",
    "nothing": "What you put here stays until trustkit closes. Nothing is written down.",
}
ERASED: Final = "Erased here. Copies in a backup, and traces on some disks, may remain."
LONGEST: Final = 80
"""Characters of a name or a number."""


class NumbersScreen(Page[None]):
    """The reader's own numbers first, to change or take out; then those of their region, to note how a call went."""

    CSS_PATH = "support.tcss"
    AUTO_FOCUS = "Choices"

    def __init__(self, companion: Companion) -> None:
        super().__init__(companion)
        self._own: dict[str, OwnNumber] = {}
        self._lines: dict[str, Helpline] = {}
        self._tried: Mapping[str, str] = {}

    def compose_body(self) -> ComposeResult:
        yield Said("Your own numbers, and what worked", classes="title")
        yield Said(WHERE_KEPT[self.companion.mode], classes="quiet")
        yield Choices([])

    def on_mount(self) -> None:
        self._look()

    @work(thread=True, group="look", exclusive=True, exit_on_error=False)
    def _look(self) -> None:
        companion = self.companion
        try:
            own, tried, lines = companion.own_numbers(), companion.tried_numbers(), companion.helplines()
        except TrustkitError as error:
            self.app.call_from_thread(self.trustkit.say_error, error)
        else:
            self.app.call_from_thread(self._show, own, tried, lines)

    def _show(self, own: tuple[OwnNumber, ...], tried: Mapping[str, str], lines: list[Helpline]) -> None:
        if not self.is_attached or self.companion.locked:
            return
        self._own = {one.id: one for one in own}
        self._lines = {line.id: line for line in lines}
        self._tried = tried
        choices = self.query_one(Choices)
        at = choices.highlighted
        before = choices.get_option_at_index(at).id if at is not None else None
        offers: list[Offer | str] = ["Your own"] if own else []
        offers += [Offer(f"own:{one.id}", one.name or one.number, one.number if one.name else "") for one in own]
        offers += [Offer("add", "Add someone you can turn to"), f"Numbers for: {self.companion.region_name()}"]
        offers += [Offer(f"line:{line.id}", line.name, self._about(line)) for line in lines]
        choices.offer_under(offers)
        if before in {offer.id for offer in offers if isinstance(offer, Offer)}:
            choices.highlighted = choices.get_option_index(before or "")

    def _about(self, line: Helpline) -> str:
        return "\n".join(filter(None, (contacts(line), HOW_IT_WENT.get(self._tried.get(line.id, ""), ""))))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        kind, _, name = event.choice.partition(":")
        if kind == "add":
            self._write(None)
        elif kind == "own" and name in self._own:
            self._ask_about(self._own[name])
        elif kind == "line" and name in self._lines:
            self._ask_how(self._lines[name])

    @work(group="ask", exclusive=True)
    async def _ask_about(self, one: OwnNumber) -> None:
        offers = [Offer("leave", "Leave it as it is"), Offer("change", "Change it"), Offer("out", "Take it out")]
        answer = await self.trustkit.push_screen_wait(Ask(one.name or one.number, one.number, offers))
        if answer == "change":
            self._write(one)
        elif answer == "out" and await self._done(partial(self.companion.drop_number, one.id)):
            self.trustkit.say(ERASED if self.companion.mode != "nothing" else "Taken out.")

    @work(group="ask", exclusive=True)
    async def _ask_how(self, line: Helpline) -> None:
        noted = line.id in self._tried
        offers = [Offer("worked", "It worked"), Offer("did-not", "It did not work")]
        offers += [Offer("nothing", "Take my note back")] if noted else []
        answer = await self.trustkit.push_screen_wait(
            Ask(line.name, contacts(line), [*offers, Offer("leave", "Leave it" if noted else "I haven't tried")])
        )
        if answer in ("worked", "did-not", "nothing"):
            await self._done(partial(self.companion.note_call, line, "" if answer == "nothing" else answer))

    @work(group="ask")
    async def _write(self, one: OwnNumber | None) -> None:
        written = await self.trustkit.push_screen_wait(NumberForm(self.companion, one))
        if written is not None:
            await self._done(partial(self.companion.keep_number, *written, one.id if one else ""))

    async def _done(self, do: partial[None]) -> bool:
        try:
            await asyncio.to_thread(do)  # waits for the disk
        except TrustkitError as error:
            self.trustkit.say_error(error)
            return False
        self._look()
        return True

    def forget(self) -> None:
        self._own, self._tried = {}, {}
        if self.is_attached:
            self.query_one(Choices).offer([])


class NumberForm(Page[tuple[str, str] | None]):
    """Two lines: who, and how to reach them. Answers with both."""

    CSS_PATH = "support.tcss"
    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "", show=False, tooltip="On to the next line."),
        Binding("up", "app.focus_previous", "", show=False, tooltip="Back to the line before."),
    ]

    def __init__(self, companion: Companion, one: OwnNumber | None = None) -> None:
        super().__init__(companion)
        self._before = (one.name, one.number) if one else ("", "")

    def compose_body(self) -> ComposeResult:
        name, number = self._before
        yield Said("Someone you can turn to", classes="title")
        yield Said("A name that only you understand is fine.", classes="quiet")
        yield Said("Who", classes="number-label")
        yield Line(name, id="number-name", max_length=LONGEST)
        yield Said("Number, or how to reach them", classes="number-label")
        yield Line(number, id="number-number", max_length=LONGEST)
        yield Said("", id="number-says", classes="quiet")
        yield Choices([Offer("keep", "Keep it"), Offer("back", "Not now")])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choice == "back":
            self.dismiss(None)
            return
        name, number = (line.value.strip() for line in self.query(Line))
        if name or number:
            self.dismiss((name, number))
        else:
            self.query_one("#number-says", Said).update(plain("A name or a number is enough."))
            self.query_one("#number-name", Line).focus()

    def action_back(self) -> None:
        self.dismiss(None)

    def forget(self) -> None:
        self._before = ("", "")
        if self.is_attached:
            for line in self.query(Line):
                line.value = ""
