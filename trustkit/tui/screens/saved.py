"""Between entries: a page was kept, and a breath is one key away. No question is asked."""

from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from trustkit.tui.screens.stacked import Stacked
from trustkit.tui.widgets.place_bar import KeyLine
from trustkit.tui.words import keyed, plain

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

BREATH: Final = "A breath before the next? {breathe}"
HELD: Final = "Held until trustkit closes."


def after_saving(app: "TrustkitApp", *, quietly: bool = False) -> None:
    """Say that it was kept, and do with the breath what the reader's settings say.

    Args:
        app: Where to say it.
        quietly: Only say it: something else was opened meanwhile.
    """
    said = "Saved." if app.companion.can_keep else HELD
    match "" if quietly else app.companion.settings.ritual:
        case "offer":
            app.push_screen(SavedScreen(said))
        case "after":
            app.say(said)
            app.action_breathe()
        case _:
            app.say(said)


class SavedScreen(ModalScreen[None], Stacked[None]):
    """Two lines. One key breathes and comes back, any other goes on."""

    CSS_PATH = "editor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("b", "breathe", "breathe", show=False)]

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said = said

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(plain(self._said), classes="title", markup=False)
            yield Static(id="saved-breath", classes="says", markup=False)
            yield Static("Any other key goes on.", classes="quiet", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        words = keyed(BREATH, cast("TrustkitApp", self.app).keys())
        self.query_one("#saved-breath", Static).update(plain(words))

    def action_breathe(self) -> None:
        """A breath in place of this page."""
        app = cast("TrustkitApp", self.app)
        self.dismiss(None)
        app.call_next(app.action_breathe)

    def on_key(self, event: events.Key) -> None:
        if event.key != "b":
            event.stop()
            event.prevent_default()
            self.dismiss(None)

    def on_click(self) -> None:
        self.dismiss(None)

    def on_screen_suspend(self) -> None:
        """A breath was taken, or numbers were looked up: coming back, there is nothing left to say."""
        self.set_class(True, "-left")

    def on_screen_resume(self) -> None:
        if self.has_class("-left"):
            self.dismiss(None)
