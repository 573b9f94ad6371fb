"""Support, from any page: the emergency number first, then lines for the reader's region, then what to say."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.model.guide import Helpline
from trustkit.tui.screens.page import Reading
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.words import plain

TOPICS = {
    "emergency": "If someone may be hurt now",
    "abuse": "If someone frightens, controls or hurts you",
    "crisis": "If you think about dying, or can't go on",
    "young-people": "If you are young",
    "using-harm": "If you are afraid of what you might do",
    "lgbt": "LGBTQ+ lines",
    "general": "Someone to talk to",
}
REGIONS = {"us": "United States", "gb": "United Kingdom", "xx": "Somewhere else"}
NONE_KNOWN = (
    "We don't have a number we trust for this, where you are. The emergency number can pass you on; a doctor or a "
    "local women's, men's or family service may know."
)
NONE_FOR_HARM = (
    "We know of none here. Many abuse lines also talk with people who are worried about what they do. You can ask."
)
UNSEEN = (
    "Calling unseen: a call or a text can show on a bill, in a call log or on a shared account. Another person's phone "
    "leaves less behind. You can hang up at any time."
)
YOUNG = (
    "If they look after you, or you are under 18: the emergency number, or an adult outside your home, can tell you of "
    "the child-protection service where you live. A teacher, a school nurse, a doctor or a relative you trust counts."
)


class SupportScreen(Reading):
    """Numbers, with how sure anybody can be of each."""

    CSS_PATH = "support.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "region", "region", show=True, tooltip="Choose whose numbers are shown.")
    ]

    def __init__(self, companion: Companion, topic: str = "") -> None:
        super().__init__(companion)
        self._topic = topic

    def compose_body(self) -> ComposeResult:
        yield Static("Support", classes="title", markup=False)
        yield Static(id="support-numbers", markup=False)
        yield Choices([], id="support-choices")

    def on_mount(self) -> None:
        self._show()
        self.read_from_top()

    def _show(self) -> None:
        self.query_one("#support-numbers", Static).update(self._numbers())
        offers = [Offer("region", f"Numbers for another place (now: {self._region_name()})")]
        if self.companion.offered(["first-words"]):
            offers.insert(0, Offer("first-words", "What to say when you call"))
        offers.append(Offer("back", "Back"))
        self.offer_doors(offers)

    def _region_name(self) -> str:
        region = self.companion.settings.region
        return REGIONS.get(region, region.upper())

    def _numbers(self) -> Content:
        """The emergency number in the very first lines, so that it stands on the smallest screen without scrolling."""
        lines = self.companion.helplines()
        first = [line for line in lines if line.topic == "emergency"]
        blocks = [_contact(line) for line in first]
        blocks.append(plain(self.companion.urgent().strip()))
        blocks += [self._sureness(line) for line in first]
        for topic in self._topics(lines):
            blocks.append(Content(TOPICS[topic]).stylize("$secondary bold"))
            of_topic = [line for line in lines if line.topic == topic]
            blocks += [Content("\n").join([_contact(line), self._sureness(line)]) for line in of_topic]
            if not of_topic:
                blocks.append(Content(NONE_FOR_HARM if topic == "using-harm" else NONE_KNOWN))
        blocks += [Content(UNSEEN).stylize("$quiet"), Content(YOUNG).stylize("$quiet")]
        return Content("\n\n").join(blocks)

    def _topics(self, lines: Sequence[Helpline]) -> list[str]:
        """What was asked for first; three are named even where no line is known, so that nobody looks in vain."""
        topics = [line.topic for line in lines if line.topic != "emergency"]
        asked = [self._topic] if self._topic in TOPICS and self._topic != "emergency" else []
        return list(dict.fromkeys([*asked, *topics, "abuse", "crisis", "using-harm"]))

    def _sureness(self, line: Helpline) -> Content:
        hours = " · ".join(part for part in (line.hours, line.cost) if part)
        about = [hours, f"{line.standing}: numbers change", line.leaves_trace.rstrip(".")]
        note = line.note_in(self.companion.library.pack.language)
        said = " ".join(f"{part[0].upper()}{part[1:]}." for part in about if part)
        return plain(f"{said} {note}".strip()).stylize("$quiet")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        match event.choice:
            case "first-words":
                self.trustkit.play(self.companion.library.exercise("first-words"))
            case "region":
                self.action_region()
            case _:
                self.action_back()

    def action_region(self) -> None:
        """Go to the next region; the list is short."""
        regions = list(self.companion.library.regions)
        at = regions.index(self.companion.settings.region) if self.companion.settings.region in regions else -1
        self.trustkit.change_settings(region=regions[(at + 1) % len(regions)])
        self._show()


def _contact(line: Helpline) -> Content:
    ways = [("call ", line.phone), ("text ", line.text), ("chat ", line.chat)]
    contact = " · ".join(f"{how}{what}" for how, what in ways if what)
    return Content.assemble(plain(line.name), "\n", plain(contact).stylize("bold"))
