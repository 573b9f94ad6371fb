"""The shelves, and one guide's pages."""

from collections.abc import Hashable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.model import walk
from trustkit.model.guide import Guide, Step
from trustkit.tui.screens.page import Page, Place
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

ROOM_FOR_BOTH = 10
"""Lines of a window from which the chosen guide is told beneath the list."""
STATES = {"done": "✓", "later": "○", "skip": "–", "": " "}
STATE_WORDS = {"done": "done", "later": "not yet", "skip": "skipped"}


def _minutes(guide: Guide) -> str:
    return f"{guide.minutes} minute{'' if guide.minutes == 1 else 's'} to read"


class GuidesScreen(Place):
    """Every ready guide, shelf by shelf. `/` looks for a word on any page."""

    place = "guides"
    CSS_PATH = "guides.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "find", show=True, priority=True, tooltip="Find a page by a word.")
    ]

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Said(id="guides-about")  # outside the column: it stays while the list scrolls

    def compose_body(self) -> ComposeResult:
        yield Line(placeholder="a word to look for", id="guides-word")
        yield Choices([], id="guides-list")

    def on_mount(self) -> None:
        self.query_one(Input).display = False

    def on_resize(self, event: Resize) -> None:
        """In a window of a few lines the list has all of them."""
        self.query_one("#guides-about").display = event.size.height >= ROOM_FOR_BOTH

    async def refresh_place(self) -> None:
        if not self.query_one(Input).display:
            self._list()
            self.set_focus(self.query_one(Choices))  # at once: `focus` waits its turn, and would take it from a `/`

    def _list(self) -> None:
        marks = self.companion.marks()
        opens = self._on_my_road()
        choices = self.query_one(Choices)
        at = choices.highlighted
        offers: list[Offer | str] = []
        for title, guides in self.companion.guide_shelves():
            offers.append(title)
            for guide in guides:
                begun = any(walk.state_of(guide, step, marks) for step in guide.steps)
                step = walk.next_step(guide, marks, self.companion.bonds) if begun else None
                note = f"next: {step.title}" if step else "for where you are" if guide.id in opens else ""
                notes = filter(None, (self.companion.standing_of(guide), note))
                offers.append(Offer(guide.id, guide.title, " · ".join(notes)))
        choices.offer_under(offers)
        if at is not None and at < choices.option_count:
            choices.highlighted = at

    def _on_my_road(self) -> set[str]:
        roads = self.companion.choice("roads", ())
        chosen = roads if isinstance(roads, tuple) else ()
        return {guide for road in walk.ROADS if road.id in chosen for guide in road.opens}

    def on_option_list_option_highlighted(self, event: Choices.OptionHighlighted) -> None:
        guide = self.companion.library.guides.get(event.option.id or "")
        if guide is not None:
            minutes = _minutes(guide)
            self.query_one("#guides-about", Said).update(plain(f"{guide.summary}\n{minutes}."))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.trustkit.go_to(event.choice)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Typed into the line, a letter is a letter."""
        return super().check_action(action, parameters) and not (action == "search" and isinstance(self.focused, Input))

    def action_search(self) -> None:
        field = self.query_one(Input)
        field.display = True
        self.set_focus(field)

    def action_back(self) -> None:
        field = self.query_one(Input)
        if field.display:
            field.value = ""
            field.display = False
            self._list()
            self.query_one(Choices).focus()
        else:
            super().action_back()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip():
            self._find(event.value)
        else:
            self._list()

    @work(thread=True, group="find", exclusive=True, exit_on_error=False)
    def _find(self, words: str) -> None:
        """The first word that is looked for has every page read, which takes longer than a key may."""
        found = self.companion.find_pages(words)
        self.app.call_from_thread(self._show_found, words, found)

    def _show_found(self, words: str, found: list[tuple[Guide, Step]]) -> None:
        if not self.is_attached or self.query_one(Input).value != words:
            return
        offers = [Offer(f"{guide.id}/{step.id}", step.title, guide.title) for guide, step in found]
        self.query_one(Choices).offer(offers)
        about = "" if found else "No page has that word. Another word may be closer."
        self.query_one("#guides-about", Said).update(about)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Choices).focus()


class GuideScreen(Page[None]):
    """One guide: what it is for, and its pages with their marks."""

    CSS_PATH = "guides.tcss"
    place = "guides"

    def __init__(self, companion: Companion, guide: Guide) -> None:
        super().__init__(companion)
        self._guide = guide

    @property
    def identity(self) -> Hashable:
        return self._guide.id

    def compose_body(self) -> ComposeResult:
        guide = self._guide
        pace = f" · {guide.pace}" if guide.pace else ""
        yield Said(plain(guide.title), classes="title")
        yield Said(plain(guide.summary), classes="says")
        standing = f" · {self.companion.standing_of(guide)}" if self.companion.standing_of(guide) else ""
        yield Static(plain(f"{_minutes(guide)}{pace}{standing}"), classes="quiet", markup=False)
        yield Choices([], id="guide-steps")
        yield Static(self._credit(), id="guide-credit", classes="quiet", markup=False)

    def on_screen_resume(self) -> None:
        marks = self.companion.marks()
        offers: list[Offer | str] = []
        for step in walk.steps_for(self._guide, self.companion.bonds):
            state = walk.state_of(self._guide, step, marks)
            if step.part:
                offers.append(step.part)
            number = self._guide.number(step.id)
            words = f"  ({STATE_WORDS[state]})" if state else ""
            offers.append(Offer(step.id, f"{STATES[state]} {number}. {step.title}{words}"))
        choices = self.query_one(Choices)
        choices.offer_under(offers)
        ahead = walk.next_step(self._guide, marks, self.companion.bonds)
        if ahead is not None:
            choices.highlighted = choices.get_option_index(ahead.id)
        choices.focus(scroll_visible=False)  # the title and the summary are read first

    def _credit(self) -> Content:
        sources = self.companion.library.sources
        titles = [f"“{sources[name].title}”" for name in self._guide.sources if name in sources]
        if not titles:
            return plain("Our own; no article stands behind it.")
        return plain(f"With ideas from {', '.join(titles)}. The words are ours.")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.trustkit.go_to(f"{self._guide.id}/{event.choice}")
