"""Today: one calm page. How you are, one thing you could do, where you stopped, and the day of your last page."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from trustkit.companion import Suggestion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Draft
from trustkit.tui.screens.page import AFTER_PAINT, Ask, Place
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.distress_scale import DistressScale
from trustkit.tui.words import keyed, plain

DRAFT_HINTS: Final = {
    "sealed": "It is sealed as a draft.",
    "open": "It is kept as a draft, open like your notes.",
    "nothing": "It stays here until trustkit closes.",
}


DRAFTS_SHOWN: Final = 2
"""Drafts with a line of their own; more of them would push everything else off a small screen."""
BEGUN: Final = "What else you began. Nothing of it is shown until you open it."


class TodayScreen(Place):
    """Where you are, and one thing you could do."""

    place = "today"
    CSS_PATH = "today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "write", show=True, tooltip="Begin a page in the journal."),
        Binding("h", "how", "how I am", show=True, tooltip="Say how you are right now, 0 to 10."),
    ]
    _others: Sequence[Offer] = ()
    """A line for each draft that has none on the page itself."""

    def compose_body(self) -> ComposeResult:
        yield Static(id="today-day", classes="quiet", markup=False)
        yield Static("How are you right now?", classes="title", markup=False)
        yield DistressScale(id="today-scale")
        yield Static(id="today-said", classes="says", markup=False)
        yield Choices([], id="today-offers")
        yield Static(id="today-last", classes="quiet", markup=False)

    async def refresh_place(self) -> None:
        now = self.companion.clock()
        self.query_one("#today-day", Static).update(plain(f"{now:%A}, {now.day} {now:%B}"))
        if self.companion.sitting.distress is None:
            self.query_one(DistressScale).focus()
        # The question stands at once; what to offer is found out afterwards, off the event loop.
        self.set_timer(AFTER_PAINT, self._find_offers)

    @work(thread=True, exclusive=True, group="offers", exit_on_error=False)
    def _find_offers(self) -> None:
        companion = self.companion
        try:
            suggestion = companion.suggestion()
            drafts = [] if companion.locked else companion.vault.drafts()
            begun = bool(companion.marks())
            day = companion.last_entry_day()
        except TrustkitError as error:
            self.app.call_from_thread(self.trustkit.say_error, error)
            return
        each: dict[str, Draft] = {}
        for draft in drafts:  # the latest first; two windows may hold one entry
            each.setdefault(draft.id, draft)
        newest, others = [*each.values()][:DRAFTS_SHOWN], [*each.values()][DRAFTS_SHOWN:]
        offers = [self._draft_offer(draft, alone=len(each) == 1) for draft in newest]
        self._others = [self._draft_offer(draft, alone=False) for draft in others]
        if others:
            offers.append(Offer("drafts", f"{len(others)} more you began"))
        if suggestion is not None:
            offers.append(_worded(suggestion))
        offers += [Offer("breathe", "Breathe"), Offer("write", "Write a page")]
        if not begun:
            offers.append(Offer("guides", "Read a guide"))
        self.app.call_from_thread(self._show_offers, offers, self._last(day, suggestion))

    def _draft_offer(self, draft: Draft, *, alone: bool) -> Offer:
        verb = "Go on with" if self.companion.may_go_on(draft) else "Read"
        if alone:
            return Offer(f"draft:{draft.id}", f"{verb} what you were writing", DRAFT_HINTS[self.companion.vault.mode])
        return Offer(f"draft:{draft.id}", f"{verb.removesuffix(' with')}: {self._left(draft)}")  # a line, no more

    def _left(self, draft: Draft) -> str:
        """When it was last written in: what tells one from another without a word of it."""
        return f"left {self.companion.day_in_words(draft.saved.date())} at {draft.saved:%H:%M}"

    def _last(self, day: date | None, suggestion: Suggestion | None) -> str:
        if self.companion.vault.mode == "nothing":
            return "Nothing you do here is written down."
        if day is not None:
            return f"Your last page: {self.companion.day_in_words(day).removeprefix('on ')}."
        return "" if suggestion else "Nothing is waiting for you. A breath, a page, or nothing at all."

    def _show_offers(self, offers: list[Offer], last: str) -> None:
        if self.is_attached:
            choices = self.query_one(Choices)
            choices.offer(offers)
            self.query_one("#today-last", Static).update(plain(last))
            if self.companion.sitting.distress is not None and self.is_current:
                choices.focus()

    def on_distress_scale_rated(self, event: DistressScale.Rated) -> None:
        event.stop()
        self.companion.rate(event.value)
        said = ""
        if isinstance(event.value, int) and event.value >= 8:
            said = keyed("That is a lot. You don't have to carry it alone: {support}.", self.trustkit.keys())
        self.query_one("#today-said", Static).update(plain(said))
        self._find_offers()
        if event.value == 10:
            self.trustkit.ask_plainly()

    @work
    async def _choose_draft(self) -> None:
        """The drafts that have no line of their own on this page."""
        chosen = await self.app.push_screen_wait(Ask("", BEGUN, self._others))
        if chosen is not None:
            self.trustkit.resume_draft(chosen.partition(":")[2])

    def action_how(self) -> None:
        self.query_one(DistressScale).focus()

    async def action_write(self) -> None:
        await self.trustkit.write()

    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        match event.choice.partition(":"):
            case ("breathe", _, _):
                self.trustkit.action_breathe()
            case ("write", _, _):
                await self.trustkit.write()
            case ("drafts", _, _):
                self._choose_draft()
            case ("draft", _, entry_id):
                self.trustkit.resume_draft(entry_id)
            case ("guides", _, _):
                await self.trustkit.action_go("guides")
            case ("play", _, name):
                self.trustkit.play(self.companion.exercise(name))
            case ("step", _, place):
                self.trustkit.go_to(place)


def _worded(suggestion: Suggestion) -> Offer:
    if suggestion.exercise is not None:
        return Offer(f"play:{suggestion.exercise.id}", suggestion.exercise.title, suggestion.reason)
    assert suggestion.guide is not None
    assert suggestion.step is not None
    title = f"{suggestion.guide.title}: {suggestion.step.title}"
    return Offer(f"step:{suggestion.guide.id}/{suggestion.step.id}", title, suggestion.reason)
