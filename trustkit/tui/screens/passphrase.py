"""A passphrase that was not there before, given twice; and the one that is, asked for before something is changed."""

from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.tui.screens.page import Page
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import SecretLine
from trustkit.tui.words import plain


class NewPassphrase(Page[str]):
    """Twice the same, shown on wish, its strength hinted at and never enforced. Answers it, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "reveal", "show it", show=True, tooltip="Show or cover the passphrase.")
    ]
    LONG_ENOUGH: Final = 8
    """Characters from which on the hint falls silent."""
    BEGINS_AT: ClassVar[str] = "#new-first"
    """The line that is typed into first."""

    def compose_body(self) -> ComposeResult:
        yield Static("A passphrase", classes="title", markup=False)
        yield Static("A few unrelated words work well. Nobody else needs to know it.", classes="says", markup=False)
        yield Static("Passphrase", classes="quiet", markup=False)
        yield SecretLine(id="new-first")
        yield Static("Once more, so that we both have it right.", id="new-once-more", classes="quiet", markup=False)
        yield SecretLine(id="new-again")
        yield Static("", id="new-says", classes="says", markup=False)
        yield Choices([Offer("keep", "Use this passphrase"), Offer("back", "Go back")])

    def on_mount(self) -> None:
        self._show_second(False)
        self.query_one(self.BEGINS_AT, Input).focus()

    def _show_second(self, shown: bool) -> None:
        self.query_one("#new-once-more").display = shown
        self.query_one("#new-again").display = shown

    def _say(self, words: str) -> None:
        self.query_one("#new-says", Static).update(plain(words))

    def action_reveal(self) -> None:
        for one in self.query(Input):
            one.password = not one.password

    def action_back(self) -> None:
        self.forget()
        self.dismiss("")

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id != "new-first":
            return
        short = 0 < len(event.value) < self.LONG_ENOUGH
        self._say("A longer one is harder to guess. It's yours to choose." if short else "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.answered(event.choice)

    def answered(self, choice: str) -> None:
        """What follows an answer."""
        if choice == "keep":
            self._keep()
        else:
            self.action_back()

    def _keep(self) -> None:
        first, again = self.query_one("#new-first", Input), self.query_one("#new-again", Input)
        if not first.value.strip():
            self._say("There is nothing typed yet. A few words are enough.")
            first.focus()
        elif not again.display:
            self._show_second(True)
            again.focus()
        elif first.value != again.value:
            self._say("Those two don't match yet. Try the second one again.")
            again.value = ""
            again.focus()
        else:
            self._say("Sealing… this takes a moment, on purpose.")
            self._seal(first.value)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _seal(self, passphrase: str) -> None:
        app = self.app  # asked now: a page that was hidden meanwhile knows of none
        try:
            self.companion.keep_sealed(passphrase)
        except TrustkitError as error:
            app.call_from_thread(self._say, f"{error.happened} {error.do_next}")
        else:
            app.call_from_thread(self._sealed, passphrase)

    def _sealed(self, passphrase: str) -> None:
        self.forget()
        self.dismiss(passphrase)

    def forget(self) -> None:
        for one in self.query(Input):
            one.value = ""


class PresentPassphrase(Page[str]):
    """Asks for the passphrase that opens the notes now. Answers it once it was found to fit, or nothing.

    Args:
        companion: Whose vault it opens.
        title: What is about to happen.
        goes_on: The answer that goes on.
    """

    BINDINGS: ClassVar[list[BindingType]] = NewPassphrase.BINDINGS

    def __init__(self, companion: Companion, title: str, goes_on: str) -> None:
        super().__init__(companion)
        self._title = title
        self._goes_on = goes_on

    def compose_body(self) -> ComposeResult:
        yield Static(self._title, classes="title", markup=False)
        yield Static("The passphrase you have now", classes="quiet", markup=False)
        yield SecretLine(id="present")
        yield Static("", id="present-says", classes="says", markup=False)
        yield Choices([Offer("on", self._goes_on), Offer("back", "Leave it as it is")])

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def action_reveal(self) -> None:
        field = self.query_one(Input)
        field.password = not field.password

    def action_back(self) -> None:
        self._leave("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._go_on()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choice == "on":
            self._go_on()
        else:
            self.action_back()

    def _go_on(self) -> None:
        passphrase = self.query_one(Input).value
        if not passphrase:
            self._say("It is asked for first, so that nobody else can change what opens your notes.")
            self.query_one(Input).focus()
        else:
            self._say("This takes a moment, on purpose.")
            self._try(passphrase)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _try(self, passphrase: str) -> None:
        app = self.app  # asked now: a page that was hidden meanwhile knows of none
        try:
            self.with_it(passphrase)
        except TrustkitError as error:
            app.call_from_thread(self._refused, f"{error.happened} {error.do_next}")
        else:
            app.call_from_thread(self._leave, passphrase)

    def with_it(self, passphrase: str) -> None:
        """What is done with the passphrase, in a thread: here it is tried. Raises TrustkitError."""
        self.companion.vault.check_passphrase(passphrase)

    def _say(self, words: str) -> None:
        self.query_one("#present-says", Static).update(plain(words))

    def _refused(self, words: str) -> None:
        if self.is_attached:
            self._say(words)
            self.query_one(Input).focus()

    def _leave(self, passphrase: str) -> None:
        if self.is_attached:
            self.forget()
            self.dismiss(passphrase)

    def forget(self) -> None:
        for one in self.query(Input):
            one.value = ""
