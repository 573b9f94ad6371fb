"""The thin line at the top that names the five places, and the line at the foot that names the keys."""

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.events import Click
from textual.screen import Screen
from textual.widget import Widget

from trustkit.tui.commands import ALWAYS, PLACES, key_words

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

ROOMY = 60
"""Columns from which the names stand further apart."""
ANYWHERE = {command.id for command in ALWAYS}
HELP = next(command.words for command in ALWAYS if command.action == "help")


class PlaceBar(Widget):
    """Names the five places; the one that is open stands out in weight as well as colour. A click goes to one.

    One widget that paints five names: every widget of a page is styled three times before the page is first seen.
    """

    DEFAULT_CSS = "PlaceBar { height: 1; dock: top; padding: 0 1; background: $surface; color: $quiet; }"

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    @property
    def _gap(self) -> int:
        return 3 if self.size.width >= ROOMY else 1

    def render(self) -> Content:
        pieces: list[Content] = []
        keys = cast("TrustkitApp", self.app).keys()
        for mode, _key, name, _line in PLACES:
            key = keys[f"go-{mode}"]
            at = name.lower().find(key)
            at, end = (at, at + 1) if at >= 0 else (0, 0)  # a moved key that is no letter of the name
            word = Content.assemble(name[:at], (name[at:end], "underline"), name[end:])
            pieces.append(word.stylize("bold $primary") if mode == self._here else word)
        return Content(" " * self._gap).join(pieces)

    async def on_click(self, event: Click) -> None:
        event.stop()
        begins = self.styles.padding.left
        for mode, _key, name, _line in PLACES:
            if begins <= event.x < begins + len(name):
                await self.app.run_action(f"go('{mode}')")
                return
            begins += len(name) + self._gap


class KeyLine(Widget):
    """The keys that matter here, as many as fit: always the way out, then the screen's own.

    Args:
        last: The key of the screen's own that makes way for its others, and for the one that names every other key.
    """

    DEFAULT_CSS = "KeyLine { height: 1; dock: bottom; padding: 0 1; background: $surface; color: $quiet; }"

    def __init__(self, *, last: str = "") -> None:
        super().__init__()
        self._last = last

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def _weight(self, key: str, words: str, hide: str) -> tuple[bool, bool, bool]:
        """The lowest has its place first."""
        return key != hide, not self._last or words != HELP, key == self._last

    def render(self) -> Content:
        shown: dict[str, str] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            said = binding.description in shown.values()  # the second key of the same action
            if binding.show and active.enabled and binding.id not in ANYWHERE and not said:
                shown[key_words(binding.key)] = binding.description
        # A dialog's own bindings hide the app's, but these keys work there too, so they are named there too.
        keys = cast("TrustkitApp", self.app).keys()
        for command in ALWAYS:
            if command.shown and self.app.check_action(command.action, ()):
                shown.setdefault(keys[command.id], command.words)
        room = self.size.width
        fits: set[str] = set()
        for key in sorted(shown, key=lambda key: self._weight(key, shown[key], keys["hide"])):
            need = len(key) + len(shown[key]) + 1
            if need <= room:
                room -= need + 2
                fits.add(key)
        # The space belongs to the bold piece: a picture of the screen drops spaces at the head of a piece.
        line = [Content.assemble((f"{key} ", "bold"), f"{words}  ") for key, words in shown.items() if key in fits]
        return Content("").join(line)
