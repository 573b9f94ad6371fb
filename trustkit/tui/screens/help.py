"""What the keys do: first on the page one came from, then anywhere."""

from typing import Any, Final

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.tui.commands import PLACES, key_words
from trustkit.tui.screens.page import Page
from trustkit.tui.screens.stacked import Stacked
from trustkit.tui.words import keyed, plain

FOOT: Final = "^ is the Ctrl key. The keys of the places, {explain} and {settings} wait until you have finished typing."


class HelpScreen(Page[None]):
    """Explains the keys of the screen beneath it."""

    opened_by = "help"
    CSS_PATH = "help.tcss"

    def __init__(self, companion: Companion, beneath: Screen[Any]) -> None:
        super().__init__(companion)
        here: dict[str, str] = {}
        anywhere: dict[str, str] = {}
        for active in beneath.active_bindings.values():
            words = active.binding.tooltip  # what Textual's own widgets bind has none, and needs no telling
            if not words or not active.enabled:
                continue
            told = anywhere if active.node is beneath.app else here
            key = key_words(active.binding.key)
            told[words] = f"{told[words]} {key}" if words in told and key not in told[words].split() else key
        # The five places first, then what else works anywhere: that is what somebody who is new looks for.
        places = {
            f"{name}: {line[0].lower()}{line[1:]}": anywhere.pop(line)
            for _mode, _key, name, line in PLACES
            if line in anywhere
        }
        self._here, self._anywhere = here, places | anywhere

    def updated_from(self, other: Stacked[None]) -> None:
        if isinstance(other, HelpScreen):
            self._here, self._anywhere = other._here, other._anywhere
            self.refresh(recompose=True)

    def compose_body(self) -> ComposeResult:
        yield Static("Keys", classes="title", markup=False)
        if self._here:
            yield Static("On the page you came from", classes="label", markup=False)
            yield Static(_table(self._here), markup=False)
        yield Static("Anywhere", classes="label", markup=False)
        yield Static(_table(self._anywhere), markup=False)
        yield Static(plain(keyed(FOOT, self.trustkit.keys())), classes="quiet", markup=False)


def _table(keys: dict[str, str]) -> Content:
    wide = max((len(key) for key in keys.values()), default=0)
    rows = [Content.assemble((f"{key:<{wide}}", "bold"), "  ", plain(words)) for words, key in keys.items()]
    return Content("\n").join(rows)
