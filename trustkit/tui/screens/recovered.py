"""After the recovery key fitted: a new passphrase in place of the forgotten one, or opening as it is, this once."""

from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.tui.screens.passphrase import NewPassphrase
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import SecretLine

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

ONCE: Final = "once"
"""What is answered where the notes were opened with the recovery key and the passphrase stays what it was."""


class Recovered(NewPassphrase):
    """Opens the notes with the recovery key. Answers once they are open, or nothing.

    Args:
        companion: Whose vault is opened.
        recovery_key: As it was typed; it is known to fit.
    """

    def __init__(self, companion: Companion, recovery_key: str) -> None:
        super().__init__(companion)
        self._recovery_key = recovery_key

    def compose_body(self) -> ComposeResult:
        yield Static("The recovery key fits.", classes="title", markup=False)
        yield Static(
            "Choose a new passphrase. The old one then opens nothing in this folder; should a copy have to be kept, a "
            "notice says so. Older copies of the key file, in a backup for example, still open with it.",
            classes="says",
            markup=False,
        )
        yield Static("Passphrase", classes="quiet", markup=False)
        yield SecretLine(id="new-first")
        yield Static("Once more, so that we both have it right.", id="new-once-more", classes="quiet", markup=False)
        yield SecretLine(id="new-again")
        yield Static("", id="new-says", classes="says", markup=False)
        yield Choices(
            [
                Offer("keep", "Use this passphrase"),
                Offer(ONCE, "Open this once, change nothing"),
                Offer("back", "Go back"),
            ]
        )

    def answered(self, choice: str) -> None:
        if choice == ONCE:
            self._say("Opening…")
            self._open()
        else:
            super().answered(choice)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _open(self) -> None:
        app = self.trustkit  # asked now: a page that was hidden meanwhile knows of none
        try:
            self.companion.vault.unlock_recovery(self._recovery_key)
        except TrustkitError as error:
            app.call_from_thread(self._refused, f"{error.happened} {error.do_next}")
        else:
            app.call_from_thread(self._opened, app, ONCE)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _seal(self, passphrase: str) -> None:
        app = self.trustkit  # asked now: a page that was hidden meanwhile knows of none
        try:
            self.companion.recover(self._recovery_key, passphrase)
        except TrustkitError as error:
            app.call_from_thread(self._refused, f"{error.happened} {error.do_next}")
        else:
            app.call_from_thread(self._opened, app, passphrase)

    def _refused(self, words: str) -> None:
        if self.is_attached:
            self._say(words)

    def _opened(self, app: "TrustkitApp", answer: str) -> None:
        if self.is_attached and app.screen is self:
            self._sealed(answer)
        else:
            app.lock_late()  # hidden while it opened

    def forget(self) -> None:
        super().forget()
        self._recovery_key = ""
