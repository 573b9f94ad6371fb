"""Support, from any page: the emergency number first, then the reader's own numbers, then those of their region."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.guide import Helpline
from trustkit.model.support import (
    HOW_IT_WENT,
    TOPICS,
    UNSEEN,
    WORLDWIDE,
    YOUNG,
    OwnNumber,
    by_topic,
    contacts,
    none_known,
    standing,
)
from trustkit.tui.screens.page import Reading
from trustkit.tui.screens.regions import choose_region
from trustkit.tui.screens.stacked import Stacked
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

FIRST_WORDS: Final = "first-words"
"""The exercise that helps to find words for a call."""
TINY: Final = 8
"""Rows below which the title makes room."""
YOURS: Final = "Whom you wrote down"


class SupportScreen(Reading):
    """Numbers, with how sure anybody can be of each."""

    opened_by = "support"
    CSS_PATH = "support.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "region", "place", show=True, tooltip="Choose whose numbers are shown.")
    ]

    def __init__(self, companion: Companion, topic: str = "") -> None:
        super().__init__(companion)
        self._topic = topic
        self._own: tuple[OwnNumber, ...] = ()
        self._tried: Mapping[str, str] = {}

    def updated_from(self, other: Stacked[None]) -> None:
        if isinstance(other, SupportScreen) and other._topic != self._topic:
            self._topic = other._topic
            self._show()
            self.read_from_top()

    def compose_body(self) -> ComposeResult:
        yield Said(id="support-title", classes="title")
        yield Said(id="support-numbers")
        yield Choices([], id="support-choices")

    def on_mount(self) -> None:
        self._show()
        self.read_from_top()

    def on_resize(self) -> None:
        """In a window of a few lines the number to call stands where the title did."""
        self.set_class(self.size.height < TINY, "-tiny")

    def on_screen_resume(self) -> None:
        """The numbers stand at once; what lies in the journal joins them as soon as it is read."""
        self._find_own()

    @work(thread=True, group="own", exclusive=True, exit_on_error=False)
    def _find_own(self) -> None:
        try:
            own, tried = self.companion.own_numbers(), self.companion.tried_numbers()
        except TrustkitError:
            return  # trouble with the journal is no trouble here
        self.app.call_from_thread(self._show_own, own, tried)

    def _show_own(self, own: tuple[OwnNumber, ...], tried: Mapping[str, str]) -> None:
        if self.is_attached and not self.companion.locked and (own, tried) != (self._own, self._tried):
            self._own, self._tried = own, tried
            self.query_one("#support-numbers", Said).update(self._numbers())

    def _show(self) -> None:
        companion = self.companion
        chosen = companion.settings.region != WORLDWIDE
        name = companion.region_name()
        self.query_one("#support-title", Said).update(plain(f"Support · {name}" if chosen else "Support"))
        self.query_one("#support-numbers", Said).update(self._numbers())
        offers = [
            Offer("region", f"Numbers for another place (now: {name})" if chosen else "Numbers for where you are")
        ]
        if companion.offered([FIRST_WORDS]):
            offers.insert(0, Offer(FIRST_WORDS, "What to say when you call"))
        if not companion.locked:
            offers.append(Offer("own", "Your own numbers, and what worked"))
        offers.append(Offer("back", "Back"))
        self.offer_doors(offers)

    def _numbers(self) -> Content:
        """The emergency number in the very first lines, so that it stands on the smallest screen without scrolling."""
        blocks: list[Content] = []
        for topic, lines in by_topic(self.companion.helplines(), self._topic):
            if topic == "emergency":
                blocks += [_contact(line) for line in lines]
                blocks.append(plain(self.companion.urgent().strip()))
                blocks += self._yours()
                blocks += [self._sureness(line) for line in lines]
                continue
            blocks.append(Content(TOPICS[topic]).stylize("$secondary bold"))
            blocks += [Content("\n").join([_contact(line), self._sureness(line)]) for line in lines]
            if not lines:
                blocks.append(Content(none_known(topic)))
        blocks += [Content(UNSEEN).stylize("$quiet"), Content(YOUNG).stylize("$quiet")]
        return Content("\n\n").join(blocks)

    def _yours(self) -> list[Content]:
        if not self._own:
            return []
        said = [
            Content("\n").join(filter(None, (plain(one.name), plain(one.number).stylize("bold")))) for one in self._own
        ]
        return [Content("\n").join([Content(YOURS).stylize("$secondary bold"), *said])]

    def _sureness(self, line: Helpline) -> Content:
        note = line.note_in(self.companion.library.pack.language)
        went = HOW_IT_WENT.get(self._tried.get(line.id, ""), "")
        sure = plain(f"{standing(line)} {note}".strip()).stylize("$quiet")
        return Content("\n").join([plain(went), sure]) if went else sure

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        match event.choice:
            case "first-words":
                self.trustkit.play(self.companion.library.exercise(FIRST_WORDS))
            case "own":
                from trustkit.tui.screens.numbers import NumbersScreen

                self.app.push_screen(NumbersScreen(self.companion))
            case "region":
                self.action_region()
            case _:
                self.action_back()

    def action_region(self) -> None:
        """Choose a place; its numbers stand here at once."""
        choose_region(self.trustkit, self._moved)

    def _moved(self) -> None:
        self._show()
        self.read_from_top()

    def forget(self) -> None:
        self._own, self._tried = (), {}
        if self.is_attached:
            self._show()


def _contact(line: Helpline) -> Content:
    return Content.assemble(plain(line.name), "\n", plain(contacts(line)).stylize("bold"))
