"""The hidden page: the empty terminal, or what a shell shows that waits. Enter brings the passphrase line."""

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.binding import Binding, BindingType

from trustkit.companion import Companion
from trustkit.tui.screens.stacked import Stacked

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

PROMPT: Final = "$ \x1b[?25h"
"""What an idle shell shows, with the terminal's own cursor."""
NO_CURSOR: Final = "\x1b[?25l"


class BlankScreen(Stacked[None]):
    """Paints nothing: the app's own colours would show that something runs here."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "show_door", "", show=False)]

    def __init__(self, companion: Companion) -> None:
        super().__init__()
        self._companion = companion

    def on_screen_resume(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        app = cast("TrustkitApp", self.app)
        if app.hidden:
            app.wipe_terminal(PROMPT if self._companion.settings.hide_view == "prompt" else "")

    async def action_show_door(self) -> None:
        app = cast("TrustkitApp", self.app)
        app.wipe_terminal(NO_CURSOR)
        app.hidden = False
        await app.switch_mode("door")
