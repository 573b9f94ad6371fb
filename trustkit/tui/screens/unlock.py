"""The locked page: one line for the passphrase, and what needs no key: a breath, and support."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.tui.screens.page import Page
from trustkit.tui.words import plain


class UnlockScreen(Page[None]):
    """Opens the vault. Wrong is said gently, damage is told apart from a wrong passphrase."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "recovery", "recovery key", show=True, tooltip="Open with the recovery key instead."),
        Binding("ctrl+s", "reveal", "show it", show=True, tooltip="Show or cover the passphrase."),
    ]
    CSS_PATH = "unlock.tcss"

    def __init__(self, companion: Companion) -> None:
        super().__init__(companion)
        self._by_recovery_key = False

    def compose_body(self) -> ComposeResult:
        neutral = self.companion.settings.hide_view == "prompt"
        yield Static("" if neutral else "trustkit is locked.", id="door-title", classes="title", markup=False)
        yield Static("Passphrase", id="door-label", classes="quiet", markup=False)
        yield Input(password=True, id="door-key")
        yield Static("", id="door-says", classes="says", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def say(self, words: str) -> None:
        """A line under the passphrase."""
        self.query_one("#door-says", Static).update(plain(words))

    def action_back(self) -> None:
        """There is nowhere behind the door; esc clears what was typed."""
        self.query_one(Input).value = ""

    def action_reveal(self) -> None:
        field = self.query_one(Input)
        field.password = not field.password

    def action_recovery(self) -> None:
        self._by_recovery_key = not self._by_recovery_key
        label = "Recovery key, as it was printed" if self._by_recovery_key else "Passphrase"
        self.query_one("#door-label", Static).update(label)
        self.query_one(Input).value = ""
        self.say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value:
            self.say("Opening…")
            self.query_one(Input).disabled = True
            self._open(event.value, self._by_recovery_key)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _open(self, key: str, by_recovery_key: bool) -> None:
        vault = self.companion.vault
        try:
            if by_recovery_key:
                vault.unlock_recovery(key)
            else:
                vault.unlock(key)
        except TrustkitError as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._welcome_in)

    def _refused(self, error: TrustkitError) -> None:
        field = self.query_one(Input)
        field.disabled = False
        field.value = ""
        field.focus()
        self.say(f"{error.happened} {error.do_next}")

    def _welcome_in(self) -> None:
        self.run_worker(self._opened())

    async def _opened(self) -> None:
        field = self.query_one(Input)
        field.disabled = False
        field.value = ""
        self.say("")
        await self.trustkit.come_in()

    def forget(self) -> None:
        self.query_one(Input).value = ""
