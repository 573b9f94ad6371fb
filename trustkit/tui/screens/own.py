"""Making an exercise of one's own: what its three forms share. Sealed as it grows, kept when the reader says so.

What a form holds is private: it is sealed before trustkit locks, and forgotten then.
"""

import asyncio
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError, UsageError
from trustkit.model import own
from trustkit.model.entry import Draft
from trustkit.model.exercise import Exercise, Grounding
from trustkit.model.own_words import title_for
from trustkit.model.plain import one_line
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.sealing import Sealer, until_sealed
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain

SEAL_AFTER: Final = 1.5
"""Seconds after the last change until what was made is sealed as a draft."""
KEPT: Final = "Kept. It stands first in Practice."
UNTIL_CLOSED: Final = "It is here until trustkit closes. You chose to keep nothing, so nothing is written down."
LEAVING: Final = {
    "sealed": "You've made something. It is sealed as a draft.",
    "open": "You've made something. It is saved as a draft.",
    "nothing": "You've made something. Nothing here is written down.",
}
LEAVE_OFFERS: Final = (
    Offer("keep", "Keep it"),
    Offer("leave", "Leave it there"),
    Offer("throw", "Throw it away"),
)
GO_ON: Final = Offer("on", "Stay on this page")
THROWN: Final = "Not kept. Nothing was written."


class Making(Page[None]):
    """One form.

    Args:
        companion: Where it is kept.
        exercise: As it stands in the form at first.
        before: What it is made from: a shipped exercise, or the reader's own as it was; itself for something new.
        entry_id: The entry that is being changed; empty for something new.
        draft: What was sealed the last time, to go on with.
    """

    place = "practice"
    CSS_PATH = "own.tcss"
    kind: own.Kind
    lead: ClassVar[str] = ""
    """A line above the form."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep", show=True, tooltip="Keep what you made."),
        Binding("down", "along(1)", "", show=False, tooltip="On to the next line."),
        Binding("up", "along(-1)", "", show=False, tooltip="Back to the line before."),
    ]

    def __init__(
        self,
        companion: Companion,
        exercise: Exercise,
        before: Exercise | None = None,
        *,
        entry_id: str = "",
        draft: Draft | None = None,
    ) -> None:
        super().__init__(companion)
        self.exercise = exercise
        self._before = before or exercise
        self._draft = draft or companion.own_draft(exercise, entry_id)
        self._sealer = Sealer(companion, self._draft, resumed=draft is not None)
        self._began = exercise
        self._resumed = draft is not None
        self._waiting: Timer | None = None
        self._unsealed_since: float | None = None
        """When the oldest change was made that no draft holds yet, on the app's clock."""

    @property
    def identity(self) -> Hashable:
        return self._draft.id

    # -- what a form of its own says --------------------------------------------------------------------

    def compose_form(self) -> ComposeResult:
        """The rows under the title."""
        yield from ()

    def compose_preview(self) -> ComposeResult:
        """What stands beside the form, alive."""
        yield from ()

    def made(self) -> Exercise:
        """What the form says now."""
        raise NotImplementedError

    def preview(self, made: Exercise, slips: list[str]) -> None:
        """Show it as it will be."""
        raise NotImplementedError

    # -- the page ------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        with Vertical(id="own-both"):
            with VerticalScroll(id="own-form", can_focus=False):
                if self.lead:
                    yield Static(plain(self.lead), id="own-help", classes="quiet", markup=False)
                yield Line(self.exercise.title, id="own-title", placeholder="A name for it")
                yield from self.compose_form()
                yield Static(id="own-says", markup=False)
                yield Static(id="own-slips", markup=False)
                keeping = "Keep it" if self.companion.mode != "nothing" else "Keep it until trustkit closes"
                yield Choices([Offer("keep", keeping), Offer("back", "Not now")], id="own-doors")
            with Vertical(id="own-preview"):
                yield from self.compose_preview()
        yield KeyLine()

    def on_mount(self) -> None:
        self._bring_up_to_date()

    def named(self) -> str:
        """The name in the form, or the usual one."""
        name = self.query_one("#own-title", Line).value
        return name if name and name == self.exercise.title else one_line(name) or own.TITLES[self.kind]

    def changed(self) -> None:
        """Something was typed or set: show it, and seal it soon."""
        self._bring_up_to_date()
        now = self.trustkit.time()
        if self._unsealed_since is None:
            self._unsealed_since = now
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(until_sealed(self._unsealed_since, now, SEAL_AFTER), self._seal_soon)

    def _bring_up_to_date(self) -> None:
        made = self.made()
        if (title := title_for(made, self._before, own.TITLES[self.kind])) != made.title:
            with self.prevent(Line.Changed):  # the shipped name tells of what it no longer is
                self.query_one("#own-title", Line).value = title
            made = replace(made, title=title)
        self.exercise = made
        slips = self.companion.own_slips(own.with_care(made, self._before)) if _has_words(made) else own.slips(made)
        self.query_one("#own-slips", Static).update(plain(slips[0] if slips else ""))
        self.preview(made, slips)

    def on_input_changed(self, event: Line.Changed) -> None:
        event.stop()
        if self.is_mounted and self._differs():
            self.changed()

    def _differs(self) -> bool:
        return self.made() != self.exercise

    def on_input_submitted(self, event: Line.Submitted) -> None:
        event.stop()
        self.focus_next()

    def action_along(self, by: int) -> None:
        """To the next or the former thing of the same sort, so that numbers stand under numbers; else to any."""
        here = self.focused
        same = [one for one in self.focus_chain if type(one) is type(here)]
        at = same.index(here) + by if here in same else -1
        if 0 <= at < len(same):
            self.set_focus(same[at])
        elif by > 0:
            self.focus_next(Choices) if here in same else self.focus_next()
        else:
            self.focus_previous()

    # -- keeping -------------------------------------------------------------------------------------------

    def _seal_soon(self) -> None:
        self._unsealed_since = None
        if not self._sealer.over:
            self._seal(self.companion.own_words(self._draft, self.exercise), self._sealer.number())

    @work(thread=True, group="seal", exit_on_error=False)
    def _seal(self, draft: Draft, number: int) -> None:
        try:
            self._sealer.seal(draft, number)
        except TrustkitError as error:
            self.app.call_from_thread(self.trustkit.say_error, error)

    def seal_draft(self) -> None:
        self.unsealed = self._touched and not self._sealer.over
        if self.unsealed:
            with suppress(TrustkitError):
                self._sealer.seal(self.companion.own_words(self._draft, self.exercise), self._sealer.number())
                self.unsealed = False

    @property
    def _touched(self) -> bool:
        return self._resumed or self.exercise != self._began

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choice == "keep":
            self.action_keep()
        else:
            self.action_back()

    @work(group="keep", exclusive=True)
    async def action_keep(self) -> None:
        """Keep it, if nothing stands in the way; else say what does."""
        await self._keep()

    async def _keep(self) -> None:
        try:
            _, draft = self.companion.finished_own(self.exercise, self._before, self._draft)
            await asyncio.to_thread(self._sealer.keep, draft, private=False)
        except UsageError as error:
            self.query_one("#own-slips", Static).update(plain(error.do_next))
            self.trustkit.say(error.do_next)
        except TrustkitError as error:
            self.trustkit.say_error(error)
        else:
            self.trustkit.say(KEPT if self.companion.mode != "nothing" else UNTIL_CLOSED)
            self.dismiss(None)

    def action_back(self) -> None:
        if self._touched:
            self._ask_to_leave()
        else:
            self.dismiss(None)

    @work(group="keep", exclusive=True)
    async def _ask_to_leave(self) -> None:
        words, offers = LEAVING[self.companion.mode], list(LEAVE_OFFERS)
        if self.companion.mode == "nothing":
            del offers[1]
        draft, number = self.companion.own_words(self._draft, self.exercise), self._sealer.number()
        try:
            await asyncio.to_thread(self._sealer.seal, draft, number)
        except TrustkitError as error:
            words, offers = f"{error.happened} {error.do_next}", [GO_ON, LEAVE_OFFERS[0], LEAVE_OFFERS[2]]
        answer = await self.trustkit.push_screen_wait(Ask("", words, offers))
        if answer == "keep":
            await self._keep()
        elif answer == "leave":
            self.dismiss(None)
        elif answer == "throw":
            try:
                await asyncio.to_thread(self._sealer.throw_away)
            except TrustkitError as error:
                self.trustkit.say_error(error)
                return
            self.trustkit.say(THROWN)
            self.dismiss(None)

    def forget(self) -> None:
        self._sealer.forget()
        blank = own.new("card", own.PREFIX + own.NAMES["card"], self.companion.clock().date())
        self.exercise = self._before = self._began = blank
        self._draft = self.companion.own_words(self._draft, blank)
        if self.is_attached:
            for line in self.query(Line):
                with self.prevent(Line.Changed):
                    line.value = ""
            for words in self.query(Static):
                words.update("")


def _has_words(made: Exercise) -> bool:
    """Whether there is anything yet that the content's own rules could be asked about."""
    return not own.is_empty(made.body)


def form_for(
    companion: Companion,
    exercise: Exercise,
    before: Exercise | None = None,
    *,
    entry_id: str = "",
    draft: Draft | None = None,
) -> Making:
    """The form that fits. Raises as `Companion.own_draft` does."""
    kind = own.kind_of(exercise)
    if isinstance(exercise.body, Grounding) and not exercise.body.moments:
        # Nothing is written yet, so what it was made from says what it becomes.
        kind = "card" if own.NAMES["card"] in exercise.id or own.CARD in exercise.id else "grounding"
    if kind == "breathing":
        from trustkit.tui.screens.own_breath import BreathMaking

        return BreathMaking(companion, exercise, before, entry_id=entry_id, draft=draft)
    from trustkit.tui.screens.own_moments import CardMaking, MomentsMaking

    if kind not in ("card", "grounding"):
        from trustkit.tui.screens.own_lines import LinesMaking

        return LinesMaking(companion, exercise, before, entry_id=entry_id, draft=draft)
    form = CardMaking if kind == "card" else MomentsMaking
    return form(companion, exercise, before, entry_id=entry_id, draft=draft)


def resume(draft: Draft, companion: Companion) -> Making | None:
    """The form that goes on with a sealed draft; None where it holds no exercise that can be gone on with."""
    drafted = companion.drafted(draft)
    if drafted is None:
        return None
    made, before = drafted
    return form_for(companion, made, before, draft=draft)
