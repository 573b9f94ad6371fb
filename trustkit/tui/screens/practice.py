"""Practice: the reader's own first, then by need, by name or by time. Enter starts; the cautions are one key away."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import OptionDoesNotExist

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model import insight
from trustkit.model.breath import duration
from trustkit.model.breath_words import clock
from trustkit.model.exercise import Breathing, Exercise
from trustkit.model.guide import Need
from trustkit.tui.screens.page import Page, Place
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.words import plain, prose

WAYS: Final = (("need", "By need"), ("name", "By name"), ("time", "By time"))
"""The ways to look for an exercise, in the order the key goes through them."""
TIMES: Final = (
    (2, "A minute or two"),
    (5, "Up to five minutes"),
    (15, "Up to a quarter of an hour"),
    (10**6, "Longer"),
)
"""Minutes up to which an exercise stands under a heading."""
AT_FIRST: Final = 3
"""How many exercises a need shows before "more"."""

OWN: Final = "What you come back to"
OWN_EMPTY: Final = "What you use will gather here."
AND_MORE: Final = "And more"
RIGHT_NOW: Final = "What is it like right now?"
HOW_OFFERED: Final = "How they are offered"
FOR_TWO: Final = "Made for two people who are both safe to speak. Here if you want to read it."
LOOK_ROUND: Final = "Does noticing your breath ever make things worse? Then looking round can come first everywhere."
BADGES: Final = {"trials": "tested in trials", "borrowed": "borrowed evidence", "practice": "commonly taught"}
"""A word for each evidence grade; `c` tells it in full."""


class _Offering:
    """What the pages of Practice share: an exercise as a line, and what Enter and the keys do with it."""

    companion: Companion

    def line(self, exercise: Exercise, hint: str = "") -> Offer:
        """One exercise; where it is not offered now, the line that stands in its place."""
        offered = exercise.offered(frozenset(self.companion.sitting.flags))
        return Offer(f"play:{exercise.id}", exercise.title, hint if offered else FOR_TWO)

    def about(self, exercise: Exercise) -> str:
        """How long it takes and what speaks for it."""
        return " · ".join(part for part in (how_long(exercise), BADGES.get(exercise.evidence, "")) if part)


class PracticeScreen(Place, _Offering):
    """Small things to try, alone or with someone."""

    place = "practice"
    CSS_PATH = "practice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,right", "way(1)", "other lists", show=True, tooltip="By need, by name, by time."),
        Binding("left", "way(-1)", "", show=False, tooltip="By need, by name, by time."),
        Binding("c", "care", "care", show=True, tooltip="What to take care of, and what stands behind it."),
        Binding("o", "look_round", "", show=False, tooltip="Start with looking round, or with a breath."),
        Binding("h", "holds", "", show=False, tooltip="Show or hide patterns with a hold."),
    ]

    def __init__(self, companion: Companion) -> None:
        super().__init__(companion)
        self._way = 0

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(id="practice-ways", markup=False)
        yield Choices([], id="practice-list")
        yield Static(id="practice-about", markup=False)
        yield KeyLine()

    async def refresh_place(self) -> None:
        choices = self.query_one(Choices)
        at = id_at(choices)
        self._list()
        highlight(choices, at)
        choices.focus()

    def _list(self) -> None:
        names = [
            Content.assemble((f"[{name}]", "bold $primary") if at == self._way else (f" {name} ", "$quiet"))
            for at, (_, name) in enumerate(WAYS)
        ]
        self.query_one("#practice-ways", Static).update(Content(" ").join(names))
        lists = {"need": self._by_need, "name": self._by_name, "time": self._by_time}
        self.query_one(Choices).offer_under(told_apart([*lists[WAYS[self._way][0]](), *self._how_offered()]))
        self._tell("")

    def _tell(self, words: str) -> None:
        self.query_one("#practice-about", Static).update(plain(words))

    def _by_need(self) -> Iterator[Offer | str]:
        own = self.companion.coming_back_to()
        if own:
            yield OWN
            practices = self.companion.practices()
            for exercise in own:
                ease = insight.ease_of(practices, exercise.id)
                yield self.line(exercise, insight.ease_in_words(ease, "").removeprefix(": ") if ease else "")
        yield RIGHT_NOW
        for need in self.companion.library.needs:
            yield Offer(f"need:{need.id}", need.label)

    def _by_name(self) -> Iterator[Offer | str]:
        exercises = self.companion.library.exercises
        groups = list(self.companion.library.groups)
        if self.companion.look_round_first:
            types = [{exercises[name].type for name in group.exercises if name in exercises} for group in groups]
            last = max((at for at, found in enumerate(types) if "grounding" in found), default=-1)
            places = [max(at, last + 0.5) if found == {"breathing"} else at for at, found in enumerate(types)]
            groups = [group for _, group in sorted(zip(places, groups, strict=True), key=lambda placed: placed[0])]
        for group in groups:
            yield from self._under(group.title, (exercises[name] for name in group.exercises if name in exercises))
        grouped = {name for group in groups for name in group.exercises}
        yield from self._under(AND_MORE, (exercise for name, exercise in exercises.items() if name not in grouped))

    def _under(self, title: str, exercises: Iterable[Exercise]) -> Iterator[Offer | str]:
        """A heading and what stands under it; nothing at all where nothing does."""
        shown = [exercise for exercise in exercises if not self._hidden(exercise)]
        if shown:
            yield title
            yield from (self.line(exercise) for exercise in shown)

    def _by_time(self) -> Iterator[Offer | str]:
        everything = list(self.companion.library.exercises.values())
        if self.companion.look_round_first:
            everything.sort(key=lambda exercise: exercise.type == "breathing")
        shorter = 0
        for minutes, title in TIMES:
            yield from self._under(
                title, [exercise for exercise in everything if shorter < exercise.minutes <= minutes]
            )
            shorter = minutes

    def _hidden(self, exercise: Exercise) -> bool:
        return self.companion.holds_hidden and isinstance(exercise.body, Breathing) and exercise.body.has_hold

    def _how_offered(self) -> Iterator[Offer | str]:
        yield HOW_OFFERED
        yield Offer("look-round", f"Start with looking round: {'yes' if self.companion.look_round_first else 'no'}")
        yield Offer("holds", f"Patterns with a hold: {'hidden' if self.companion.holds_hidden else 'shown'}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        kind, name = read_id(event.option.id)
        exercise = self.companion.library.exercises.get(name) if kind == "play" else None
        if exercise is not None:
            self._tell(f"{exercise.summary}\n{self.about(exercise)}")
        elif kind == "look-round":
            self._tell(LOOK_ROUND)
        else:
            own_line = kind == "need" and self.companion.can_keep and not self.companion.practices()
            self._tell(OWN_EMPTY if own_line else "")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        kind, name = read_id(event.choice)
        match kind:
            case "play":
                self.trustkit.play(self.companion.library.exercise(name))
            case "need":
                self._choose_need(next(need for need in self.companion.library.needs if need.id == name))
            case "look-round":
                self.action_look_round()
            case "holds":
                self.action_holds()

    def _choose_need(self, need: Need) -> None:
        self.companion.sitting.flags |= need.sets
        if need.go == "helplines/crisis":
            from trustkit.tui.screens.plain_question import PlainQuestion

            self.app.push_screen(PlainQuestion(self.companion, say=need.say, numbers=True))
        elif need.go:
            self.trustkit.go_to(need.go)
        else:
            self.app.push_screen(NeedScreen(self.companion, need))

    def action_way(self, by: int) -> None:
        self._way = (self._way + by) % len(WAYS)
        self._list()

    def action_care(self) -> None:
        care_for_highlighted(self)

    def action_look_round(self) -> None:
        self._change("look-round-first", not self.companion.look_round_first)

    def action_holds(self) -> None:
        self._change("holds", "shown" if self.companion.holds_hidden else "hidden")

    @work(exclusive=True)
    async def _change(self, name: str, value: str | bool) -> None:
        """Remember how practices are offered, and show it."""
        try:
            # In a thread: a choice is on disk before it shows, and a slow disk must not hold the screen.
            await asyncio.to_thread(self.companion.choose, name, value)
        except TrustkitError as error:
            self.trustkit.say_error(error)
        await self.refresh_place()


class NeedScreen(Page[None], _Offering):
    """What to do about one need: the first is what Enter starts, three at most at first, the rest behind "more".

    Args:
        companion: What to offer, by the standing rules.
        need: What the reader chose.
    """

    place = "practice"
    CSS_PATH = "practice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "care", "care", show=True, tooltip="What to take care of, and what stands behind it.")
    ]

    def __init__(self, companion: Companion, need: Need) -> None:
        super().__init__(companion)
        self._need = need
        self._all = False

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(plain(self._need.label), id="need-title", classes="title", markup=False)
        if self._need.say:
            yield Static(prose(self._need.say), id="need-say", classes="aside", markup=False)
        yield Choices([], id="need-list")
        yield Static(id="practice-about", markup=False)
        yield KeyLine()

    def on_screen_resume(self) -> None:
        choices = self.query_one(Choices)
        at = id_at(choices)
        self._offer()
        highlight(choices, at)
        choices.focus()

    def _offer(self) -> None:
        offered = self.companion.offer_for(self._need)
        shown = offered if self._all else offered[:AT_FIRST]
        offers = [self.line(exercise, exercise.summary) for exercise in shown]
        if len(offered) > len(shown):
            offers.append(Offer("more", "More"))
        flags = frozenset(self.companion.sitting.flags)
        named = (self.companion.library.exercises.get(name) for name in self._need.offer)
        offers += [self.line(exercise) for exercise in named if exercise and not exercise.offered(flags)]
        for place in self._need.see:
            if title := self.companion.title_of(place):
                offers.append(Offer(f"go:{place}", f"Read: {title}"))
        self.query_one(Choices).offer(offers)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        kind, name = read_id(event.option.id)
        exercise = self.companion.library.exercises.get(name) if kind == "play" else None
        self.query_one("#practice-about", Static).update(plain(self.about(exercise) if exercise else ""))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        kind, name = read_id(event.choice)
        match kind:
            case "play":
                self.trustkit.play(self.companion.library.exercise(name))
            case "go":
                self.trustkit.go_to(name)
            case _:
                self._all = True
                self._offer()
                event.choices.highlighted = AT_FIRST

    def action_care(self) -> None:
        care_for_highlighted(self)


def care_for_highlighted(page: Page[None]) -> None:
    """Show what to take care of in the exercise under the cursor, and all its words."""
    from trustkit.tui.players.reading import WordsOnly

    kind, name = read_id(id_at(page.query_one(Choices)))
    exercise = page.companion.library.exercises.get(name) if kind == "play" else None
    if exercise is not None:
        page.app.push_screen(WordsOnly(exercise, page.companion))


def told_apart(offers: Iterable[Offer | str]) -> Iterator[Offer | str]:
    """The same lines; an exercise that stands under two headings gets a number behind its id the second time."""
    met: dict[str, int] = {}
    for offer in offers:
        if isinstance(offer, Offer):
            met[offer.id] = met.get(offer.id, 0) + 1
            if met[offer.id] > 1:
                offer = replace(offer, id=f"{offer.id}#{met[offer.id]}")
        yield offer


def read_id(option_id: str | None) -> tuple[str, str]:
    """The kind of a line, and whose it is."""
    kind, _, name = (option_id or "").partition(":")
    return kind, name.partition("#")[0]


def id_at(choices: Choices) -> str:
    """What the cursor stands on; empty where it stands nowhere."""
    at = choices.highlighted
    return "" if at is None else choices.get_option_at_index(at).id or ""


def highlight(choices: Choices, name: str) -> None:
    """Put the cursor back on this, if it is still there."""
    if name:
        with suppress(OptionDoesNotExist):
            choices.highlighted = choices.get_option_index(name)


def how_long(exercise: Exercise) -> str:
    """`1:20` for a breath, which is exact; `about 3 min` for the rest."""
    if isinstance(exercise.body, Breathing):
        return clock(duration(exercise.body, exercise.body.rounds))
    return f"about {exercise.minutes} min"
