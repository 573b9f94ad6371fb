"""What a person can do from anywhere: one declaration gives key, line at the foot, palette entry and help."""

from collections.abc import Mapping
from typing import Final

from textual.binding import Binding
from textual.keys import format_key

from trustkit.model.frozen import frozen


@frozen
class Command:
    """Something a key does."""

    id: str
    """Stable: a reader's settings move keys by it."""
    keys: str
    """Textual key names, the first is the one shown."""
    words: str
    """One or two words for the line at the foot."""
    help: str
    """One sentence for the help page and the palette."""
    action: str
    everywhere: bool = False
    """Works on every screen and while typing."""
    shown: bool = False
    """Stands in the line at the foot."""

    def binding(self) -> Binding:
        return Binding(
            self.keys, self.action, self.words, show=self.shown, priority=self.everywhere, id=self.id, tooltip=self.help
        )


ALWAYS: Final[tuple[Command, ...]] = (
    Command("breathe", "ctrl+t", "breathe", "Breathe, and come back to where you were.", "breathe", True, True),
    Command(
        "hide", "ctrl+g,f8", "hide", "Clear the screen at once, seal what you wrote, and lock.", "hide", True, True
    ),
    Command("support", "ctrl+o", "support", "Emergency and support numbers, and what to say.", "support", True, True),
    Command("lock", "ctrl+l", "lock", "Seal what you wrote and ask for the passphrase.", "lock", True),
    Command("help", "f1", "help", "What the keys do on this page.", "help", True),
    Command("quit", "ctrl+q", "quit", "Seal what you wrote and leave.", "quit", True),
)
"""Free in text fields, tmux and screen; reachable from every screen, dialog and while typing."""

PROTECTIVE: Final = frozenset({"hide", "lock", "quit"})
"""Commands whose keys must work whatever else the terminal sends."""

PLACES: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("today", "t", "Today", "Where you are, and one thing you could do."),
    ("guides", "g", "Guides", "Short pages, to read in any order."),
    ("practice", "p", "Practice", "Small things to try, alone or with someone."),
    ("journal", "j", "Journal", "Your own words, kept on this computer."),
    ("patterns", "a", "Patterns", "What you've noted, laid side by side."),
)
"""Mode, key, name and one line of each of the five places."""

GOING: Final[tuple[Command, ...]] = (
    *(Command(f"go-{mode}", key, name, line, f"go('{mode}')") for mode, key, name, line in PLACES),
    Command("find", "ctrl+p", "find", "Find a page, an exercise or an action by name.", "command_palette"),
    Command("explain", "question_mark", "help", "What the keys do on this page.", "help", shown=True),
    Command("settings", "comma", "settings", "How trustkit looks and behaves.", "settings"),
    Command("about", "exclamation_mark", "about", "What trustkit is, and what could not be read.", "about"),
    Command("suspend", "ctrl+z", "suspend", "Go back to the shell for a moment; `fg` returns.", "suspend_process"),
)
"""Keys that work whenever nobody is typing."""


WRITTEN: Final = {
    "up": "up", "down": "down", "left": "left", "right": "right", "enter": "enter", "backspace": "backspace",
    "pagedown": "page down", "pageup": "page up", "delete": "delete",
}  # fmt: skip
"""Keys that are written out: Textual draws them, and not every font and screen reader has a word for the drawing."""


def protective_keys(moved: Mapping[str, str]) -> frozenset[str]:
    """The keys in force that hide, lock and leave, by their names in Textual.

    Args:
        moved: The reader's own keys by command, from the settings.
    """
    keys = (moved.get(command.id, command.keys) for command in ALWAYS if command.id in PROTECTIVE)
    return frozenset(key.strip() for some in keys for key in some.split(","))


def key_words(key: str) -> str:
    """A key as people write it: `^t`, `?`, `esc`, `[`."""
    *modifiers, last = key.split(",")[0].split("+")
    written = WRITTEN.get(last) or format_key(last)
    return "".join("^" if modifier == "ctrl" else f"{modifier}+" for modifier in modifiers) + written
