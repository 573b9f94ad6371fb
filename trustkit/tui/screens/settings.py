"""How trustkit looks and behaves. Each line shows what holds now; Enter moves to the next answer."""

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.widgets import Static

from trustkit.settings import ALLOWED
from trustkit.tui.screens.page import Page
from trustkit.tui.screens.support import REGIONS
from trustkit.tui.widgets.choices import Choices, Offer

LABELS: Final = {
    "theme": "Colours",
    "motion": "Motion",
    "figure": "The breath is drawn as",
    "ritual": "A breath around writing",
    "region": "Numbers for",
    "lock_minutes": "Lock after quiet minutes",
    "quit_on_idle": "After that quiet time",
    "hide_view": "What the hidden page shows",
    "bell": "Bell between turns",
}
WORDS: Final = {
    ("quit_on_idle", "False"): "lock",
    ("quit_on_idle", "True"): "leave trustkit",
    ("lock_minutes", "0"): "never",
    ("hide_view", "prompt"): "a plain prompt",
    ("motion", "full"): "moving",
    ("ritual", "offer"): "offered after a page",
    ("ritual", "before"): "before each page",
    ("ritual", "after"): "after each page",
    ("figure", "words"): "words alone",
}
MINUTES: Final = (2, 5, 10, 20, 60, 0)


class SettingsScreen(Page[None]):
    """Settings stand in clear on disk, so nothing private is among them."""

    def compose_body(self) -> ComposeResult:
        yield Static("Settings", classes="title", markup=False)
        yield Choices(self._offers())
        yield Static(
            "\nEnter moves a line to its next answer. These stand in clear on disk; nothing private is among them. "
            "Keys can be moved in settings.toml.",
            classes="quiet",
            markup=False,
        )

    def on_mount(self) -> None:
        self.query_one(Choices).focus()

    def _offers(self) -> list[Offer]:
        offers = [Offer(name, f"{label}: {self._in_words(name)}") for name, label in LABELS.items()]
        shown = "hidden" if self.companion.holds_hidden else "shown"
        round_first = "looking round" if self.companion.look_round_first else "a breath"
        return [
            *offers,
            Offer("holds", f"Breathing patterns with a hold: {shown}"),
            Offer("look-round-first", f"The breathe key starts with: {round_first}"),
            Offer("back", "Back"),
        ]

    def _in_words(self, name: str) -> str:
        value = getattr(self.companion.settings, name)
        if name == "region":
            return REGIONS.get(value, str(value).upper())
        return WORDS.get((name, str(value)), str(value))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        companion = self.companion
        match event.choice:
            case "back":
                self.action_back()
                return
            case "holds":
                companion.choose("holds", "shown" if companion.holds_hidden else "hidden")
            case "look-round-first":
                companion.choose("look-round-first", not companion.look_round_first)
            case name:
                self.trustkit.change_settings(**{name: self._next(name)})
        at = event.choices.highlighted
        event.choices.offer(self._offers())
        event.choices.highlighted = at

    def _next(self, name: str) -> object:
        now = getattr(self.companion.settings, name)
        answers: Sequence[object] = {
            "region": tuple(self.companion.library.regions),
            "lock_minutes": MINUTES,
            "quit_on_idle": (False, True),
        }.get(name) or ALLOWED[name]
        return answers[(answers.index(now) + 1) % len(answers)] if now in answers else answers[0]
