"""The locked page: one line for the passphrase, and what needs no key: a breath, and support."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.tui.screens.page import Page
from trustkit.tui.widgets.line import SecretLine
from trustkit.tui.words import plain

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp


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
        yield Static(self._title_words, id="door-title", classes="title", markup=False)
        yield Static("Passphrase", id="door-label", classes="quiet", markup=False)
        yield SecretLine(id="door-key")
        yield Static("", id="door-says", classes="says", markup=False)

    @property
    def _title_words(self) -> str:
        """Nothing where the hidden page, which this one follows, is to look like a plain prompt."""
        return "" if self.companion.settings.hide_view == "prompt" else "trustkit is locked."

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
        self._ask_for(recovery_key=not self._by_recovery_key)
        self.query_one(Input).value = ""
        self.say("")

    def _ask_for(self, *, recovery_key: bool) -> None:
        self._by_recovery_key = recovery_key
        for label in self.query("#door-label").results(Static):
            label.update("Recovery key, as it was printed" if recovery_key else "Passphrase")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value:
            self.say("Opening…")
            self.query_one(Input).disabled = True
            self._open(event.value, self._by_recovery_key)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _open(self, key: str, by_recovery_key: bool) -> None:
        app = self.trustkit  # asked now: a page that was hidden meanwhile knows of none
        vault = self.companion.vault
        try:
            if by_recovery_key:
                vault.check_recovery(key)
            else:
                vault.unlock(key)
        except TrustkitError as error:
            app.call_from_thread(self._refused, error)
        else:
            app.call_from_thread(self._ask_new if by_recovery_key else partial(self._welcome_in, app), key)

    def _refused(self, error: TrustkitError) -> None:
        if self.is_attached:
            self._empty(f"{error.happened} {error.do_next}")

    def _empty(self, words: str = "") -> None:
        """As it was before anything was typed, with these words beneath."""
        field = self.query_one(Input)
        field.disabled = False
        field.value = ""
        field.focus()
        self.say(words)

    def _welcome_in(self, app: "TrustkitApp", _: str) -> None:
        if self._stands:
            self.run_worker(self._opened())
        else:
            app.lock_late()  # hidden while it opened

    @property
    def _stands(self) -> bool:
        """Whether this door is still the one that is shown, perhaps beneath another page."""
        return self.is_attached and self in self.app.screen_stack

    async def _opened(self) -> None:
        self._empty()
        await self.trustkit.come_in()

    def _ask_new(self, recovery_key: str) -> None:
        if self._stands:
            self._empty()
            self._ask_for(recovery_key=False)  # this door may be the next one, too
            self._set_anew(recovery_key)

    @work(group="recovered", exclusive=True)
    async def _set_anew(self, recovery_key: str) -> None:
        """The recovery key fits: a new passphrase, or opening it this once, or back to the door."""
        from trustkit.tui.screens.recovered import Recovered

        if await self.app.push_screen_wait(Recovered(self.companion, recovery_key)):
            await self.trustkit.come_in()

    def forget(self) -> None:
        for one in self.query(Input):  # none, when another door was put in the place of this one
            one.value = ""
        self._ask_for(recovery_key=False)
        for title in self.query("#door-title").results(Static):
            title.update(self._title_words)  # the setting may have changed since this door was made
