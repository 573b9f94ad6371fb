"""Practice: the reader's own first, then by need, by name, by time, or by what has helped.

Enter starts; the cautions are one key away, and so is making an exercise one's own.
"""

import asyncio
from collections.abc import Hashable, Iterable, Iterator
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model import ease_chart, insight
from trustkit.model.exercise import Breathing, Exercise
from trustkit.model.guide import Need
from trustkit.tui.screens.offering import Offering, highlight, id_at, read_id, told_apart
from trustkit.tui.screens.own_actions import OWN_KEYS
from trustkit.tui.screens.page import Page, Place
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.place_bar import KeyLine, PlaceBar
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain, prose

WAYS: Final[tuple[tuple[str, str], ...]] = (
    ("need", "By need"),
    ("name", "By name"),
    ("time", "By time"),
    ("helped", "Helped"),
)
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

MADE: Final = "Your own"
MAKE: Final = "Make one of your own"
MAKE_HINT: Final = "A breathing pattern, a grounding sequence, a card of kind words. On most of ours, y makes it yours."
UNREADABLE: Final = "A gate it names is gone, or something in it has a slip. It stays as it is."
OWN: Final = "What you come back to"
OWN_EMPTY: Final = "What you use will gather here."
AND_MORE: Final = "And more"
RIGHT_NOW: Final = "What is it like right now?"
HOW_OFFERED: Final = "How they are offered"
EASED: Final = "How it has gone for you"
NO_EASE_YET: Final = "After three tries of one exercise with a number before and after, a line appears."
NOT_REMEMBERED: Final = "Practices aren't remembered now, so nothing gathers here. Settings can change that."
LOOK_ROUND: Final = "Does noticing your breath ever make things worse? Then looking round can come first everywhere."


class PracticeScreen(Offering, Place):
    """Small things to try, alone or with someone."""

    place = "practice"
    CSS_PATH = "practice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,right", "way(1)", "other lists", show=True, tooltip="By need, by name, by time, by what helped."),
        Binding("left", "way(-1)", "", show=False, tooltip="By need, by name, by time, by what helped."),
        Binding("c", "care", "care", show=True, tooltip="What to take care of, and what stands behind it."),
        Binding("n", "new_own", "make one", show=True, tooltip="Make an exercise of your own."),
        *OWN_KEYS,
        Binding("o", "look_round", "", show=False, tooltip="Start with looking round, or with a breath."),
        Binding("h", "holds", "", show=False, tooltip="Show or hide patterns with a hold."),
    ]

    def __init__(self, companion: Companion) -> None:
        super().__init__(companion)
        self._way = 0
        self._thrown = 0
        """How many of the reader's own lie in the trash, as far as a thread has looked."""

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Static(id="practice-ways", markup=False)
        yield Choices([], id="practice-list")
        yield Said(id="practice-about")
        yield self.key_line()

    async def refresh_place(self) -> None:
        choices = self.query_one(Choices)
        at = id_at(choices)
        self._list()
        highlight(choices, at)
        self.set_focus(choices)
        self._look_into_trash()

    @work(thread=True, group="trash", exclusive=True, exit_on_error=False)
    def _look_into_trash(self) -> None:
        """Only the whole vault can tell, and reading it takes longer than a page may wait."""
        try:
            thrown = len(self.companion.trashed_own())
        except TrustkitError:
            return  # the list stands without; the trash itself says what is wrong
        self.app.call_from_thread(self._know_of_trash, thrown)

    def _know_of_trash(self, thrown: int) -> None:
        if thrown != self._thrown and self.is_attached and not self.companion.locked:
            self._thrown = thrown
            choices = self.query_one(Choices)
            at = id_at(choices)
            self._list()
            highlight(choices, at)

    async def own_changed(self, *, gone: bool) -> None:
        if not self.companion.locked and self.is_attached:
            await self.refresh_place()

    def _list(self) -> None:
        names = [
            Content.assemble((f"[{name}]", "bold $primary") if at == self._way else (f" {name} ", "$quiet"))
            for at, (_, name) in enumerate(WAYS)
        ]
        self.query_one("#practice-ways", Static).update(Content(" ").join(names))
        lists = {"need": self._by_need, "name": self._by_name, "time": self._by_time, "helped": self._by_ease}
        lines = [*self._made(), *lists[WAYS[self._way][0]](), *self._of_your_own(), *self._how_offered()]
        self.query_one(Choices).offer_under(told_apart(lines))
        self._tell("")

    def _tell(self, words: str) -> None:
        self.query_one("#practice-about", Said).update(plain(words))

    def _made(self) -> Iterator[Offer | str]:
        """The reader's own stand first in every list but the one that has an order of its own."""
        mine = self.companion.own_exercises()
        if mine and WAYS[self._way][0] != "helped":
            yield MADE
            yield from (self.line(exercise) for exercise in mine)

    def _of_your_own(self) -> Iterator[Offer | str]:
        yield MAKE
        yield Offer("make", "A breath, a sequence, a card …")
        if self._thrown:
            yield Offer("trash", f"In the trash: {self._thrown}")
        if unreadable := self.companion.unreadable_own:
            yield Offer("unreadable", f"{unreadable} of your own can't be used here")

    def _by_need(self) -> Iterator[Offer | str]:
        own = self.companion.coming_back_to()
        if own:
            yield OWN
            yield from (self.line(exercise, self.companion.why(exercise)) for exercise in own)
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
        others = (one for name, one in exercises.items() if name not in grouped and not one.by_reader)
        yield from self._under(AND_MORE, others)

    def _under(self, title: str, exercises: Iterable[Exercise]) -> Iterator[Offer | str]:
        """A heading and what stands under it; nothing at all where nothing does."""
        shown = [exercise for exercise in exercises if not self._hidden(exercise)]
        if shown:
            yield title
            yield from (self.line(exercise) for exercise in shown)

    def _by_time(self) -> Iterator[Offer | str]:
        everything = list(self.companion.exercises.values())
        if self.companion.look_round_first:
            everything.sort(key=lambda exercise: exercise.type == "breathing")
        shorter = 0
        for minutes, title in TIMES:
            yield from self._under(
                title, [exercise for exercise in everything if shorter < exercise.minutes <= minutes]
            )
            shorter = minutes

    def _by_ease(self) -> Iterator[Offer | str]:
        """What has helped: the median change as a bar, and the same in words."""
        found = [one for one in self.companion.helped() if not self._hidden(one[0])]
        yield EASED
        for exercise, ease in found:
            yield self.line(exercise, f"{ease_chart.bar(ease)}\n{insight.ease_in_words(ease, '').removeprefix(': ')}")
        if not found:
            yield Offer("none-yet", "Nothing to lay side by side yet", NO_EASE_YET)

    def _hidden(self, exercise: Exercise) -> bool:
        """Patterns with a hold, until they are wanted. Who made one of their own has chosen to see it."""
        held = isinstance(exercise.body, Breathing) and exercise.body.has_hold
        return held and self.companion.holds_hidden and not self.companion.kept_as(exercise)

    def _how_offered(self) -> Iterator[Offer | str]:
        yield HOW_OFFERED
        yield Offer("look-round", f"Start with looking round: {'yes' if self.companion.look_round_first else 'no'}")
        yield Offer("holds", f"Patterns with a hold: {'hidden' if self.companion.holds_hidden else 'shown'}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.refresh_bindings()
        kind, name = read_id(event.option.id)
        exercise = self.companion.exercises.get(name) if kind == "play" else None
        if exercise is not None:
            by_ease = WAYS[self._way][0] == "helped"
            self._tell(ease_chart.LEGEND if by_ease else f"{exercise.summary}\n{self.about(exercise)}")
            return
        own_line = kind == "need" and self.companion.can_keep and not self.companion.practices()
        says = {
            "look-round": LOOK_ROUND,
            "make": MAKE_HINT,
            "trash": "You can bring them back for 30 days.",
            "unreadable": UNREADABLE,
            "none-yet": "" if self.companion.keeps_practices() else NOT_REMEMBERED,
        }
        self._tell(says.get(kind, OWN_EMPTY if own_line else ""))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        kind, name = read_id(event.choice)
        match kind:
            case "play":
                self.trustkit.play(self.companion.exercise(name))
            case "need":
                self._choose_need(next(need for need in self.companion.library.needs if need.id == name))
            case "make":
                self.action_new_own()
            case "trash":
                from trustkit.tui.screens.own_trash import OwnTrash

                self.app.push_screen(OwnTrash(self.companion))
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


class NeedScreen(Offering, Page[None]):
    """What to do about one need: the first is what Enter starts, three at most at first, the rest behind "more".

    Args:
        companion: What to offer, by the standing rules.
        need: What the reader chose.
    """

    place = "practice"
    CSS_PATH = "practice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "care", "care", show=True, tooltip="What to take care of, and what stands behind it."),
        *OWN_KEYS,
    ]

    def __init__(self, companion: Companion, need: Need) -> None:
        super().__init__(companion)
        self._need = need
        self._all = False

    @property
    def identity(self) -> Hashable:
        return self._need.id

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Said(plain(self._need.label), id="need-title", classes="title")
        if self._need.say:
            yield Said(prose(self._need.say), id="need-say", classes="aside")
        yield Choices([], id="need-list")
        yield Said(id="practice-about")
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
        self.refresh_bindings()
        exercise = self.meant
        self.query_one("#practice-about", Said).update(plain(self.about(exercise) if exercise else ""))

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
