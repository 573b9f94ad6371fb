"""Another passphrase for the same notes: the one that opens them now, then the new one twice."""

from typing import Final

from textual import work
from textual.app import ComposeResult
from textual.widgets import Input, Static

from trustkit.errors import TrustkitError
from trustkit.tui.screens.passphrase import NewPassphrase
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import SecretLine

CHANGED: Final = (
    "The new passphrase opens your notes now. Whoever has an old copy of your key file, in a backup for example, can "
    "still open everything with the old passphrase."
)


class ChangedPassphrase(NewPassphrase):
    """As a new one, after the one that opens the notes now. Answers the new one, or nothing."""

    BEGINS_AT = "#new-now"

    def compose_body(self) -> ComposeResult:
        yield Static("Another passphrase", classes="title", markup=False)
        yield Static("The passphrase you have now", classes="quiet", markup=False)
        yield SecretLine(id="new-now")
        yield Static("The new one. A few unrelated words work well.", id="new-label", classes="quiet", markup=False)
        yield SecretLine(id="new-first")
        yield Static("Once more, so that we both have it right.", id="new-once-more", classes="quiet", markup=False)
        yield SecretLine(id="new-again")
        yield Static("", id="new-says", classes="says", markup=False)
        yield Choices([Offer("keep", "Use the new passphrase"), Offer("back", "Leave it as it is")])

    def _show_second(self, shown: bool) -> None:
        super()._show_second(shown)
        self._show_new(shown)

    def _show_new(self, shown: bool) -> None:
        self.query_one("#new-label").display = self.query_one("#new-first").display = shown

    def _keep(self) -> None:
        now, first = self.query_one("#new-now", Input), self.query_one("#new-first", Input)
        if not now.value:
            self._say("The passphrase you have now is asked for first, so that nobody else can change it.")
            now.focus()
        elif not first.display:
            self._show_new(True)
            first.focus()
        else:
            super()._keep()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _seal(self, passphrase: str) -> None:
        app = self.app  # asked now: a page that was hidden meanwhile knows of none
        now = self.query_one("#new-now", Input).value
        try:
            self.companion.vault.change_passphrase(now, passphrase)
        except TrustkitError as error:
            app.call_from_thread(self._refused, f"{error.happened} {error.do_next}")
        else:
            app.call_from_thread(self._sealed, passphrase)

    def _refused(self, words: str) -> None:
        self._say(words)
        self.query_one("#new-now", Input).focus()
