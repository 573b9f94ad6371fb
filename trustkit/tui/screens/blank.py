"""The hidden page: nothing on it, no name. Enter brings the passphrase line."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen


class BlankScreen(Screen[None]):
    """An empty page in the terminal's own colours."""

    DEFAULT_CSS = "BlankScreen { background: ansi_default; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "show_door", "", show=False)]

    def compose(self) -> ComposeResult:
        yield from ()

    async def action_show_door(self) -> None:
        await self.app.switch_mode("door")
