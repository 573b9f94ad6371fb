"""Support, from any page: the emergency number first, then lines for the reader's region, then what to say."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.model.guide import Helpline
from trustkit.model.support import TOPICS, UNSEEN, WORLDWIDE, YOUNG, by_topic, contacts, none_known, standing
from trustkit.tui.screens.page import Reading
from trustkit.tui.screens.regions import choose_region
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.words import plain

FIRST_WORDS = "first-words"
"""The exercise that helps to find words for a call."""


class SupportScreen(Reading):
    """Numbers, with how sure anybody can be of each."""

    CSS_PATH = "support.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "region", "place", show=True, tooltip="Choose whose numbers are shown.")
    ]

    def __init__(self, companion: Companion, topic: str = "") -> None:
        super().__init__(companion)
        self._topic = topic

    def compose_body(self) -> ComposeResult:
        yield Static(id="support-title", classes="title", markup=False)
        yield Static(id="support-numbers", markup=False)
        yield Choices([], id="support-choices")

    def on_mount(self) -> None:
        self._show()
        self.read_from_top()

    def _show(self) -> None:
        companion = self.companion
        chosen = companion.settings.region != WORLDWIDE
        name = companion.region_name()
        self.query_one("#support-title", Static).update(plain(f"Support · {name}" if chosen else "Support"))
        self.query_one("#support-numbers", Static).update(self._numbers())
        offers = [
            Offer("region", f"Numbers for another place (now: {name})" if chosen else "Numbers for where you are")
        ]
        if companion.offered([FIRST_WORDS]):
            offers.insert(0, Offer(FIRST_WORDS, "What to say when you call"))
        offers.append(Offer("back", "Back"))
        self.offer_doors(offers)

    def _numbers(self) -> Content:
        """The emergency number in the very first lines, so that it stands on the smallest screen without scrolling."""
        blocks: list[Content] = []
        for topic, lines in by_topic(self.companion.helplines(), self._topic):
            if topic == "emergency":
                blocks += [_contact(line) for line in lines]
                blocks.append(plain(self.companion.urgent().strip()))
                blocks += [self._sureness(line) for line in lines]
                continue
            blocks.append(Content(TOPICS[topic]).stylize("$secondary bold"))
            blocks += [Content("\n").join([_contact(line), self._sureness(line)]) for line in lines]
            if not lines:
                blocks.append(Content(none_known(topic)))
        blocks += [Content(UNSEEN).stylize("$quiet"), Content(YOUNG).stylize("$quiet")]
        return Content("\n\n").join(blocks)

    def _sureness(self, line: Helpline) -> Content:
        note = line.note_in(self.companion.library.pack.language)
        return plain(f"{standing(line)} {note}".strip()).stylize("$quiet")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        match event.choice:
            case "first-words":
                self.trustkit.play(self.companion.library.exercise(FIRST_WORDS))
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


def _contact(line: Helpline) -> Content:
    return Content.assemble(plain(line.name), "\n", plain(contacts(line)).stylize("bold"))
