"""A passphrase, given twice; and a recovery key, shown once and asked back."""

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.words import plain, prose

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp


async def offer_recovery(app: "TrustkitApp", passphrase: str) -> None:
    """Show a recovery key once and ask for it back once; doing without is an answer too."""
    text = (
        "A recovery key opens your notes if you forget the passphrase. Print it or copy it by hand, and keep it where "
        "only you look.\n\nIf a paper could be found, you could do without one."
    )
    answer = await app.push_screen_wait(
        Ask("A recovery key", prose(text), [Offer("show", "Show me one"), Offer("without", "Do without")])
    )
    if answer == "show":
        await app.push_screen_wait(RecoveryKey(app.companion, passphrase))


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
        yield Input(password=True, id="new-first")
        yield Static("Once more, so that we both have it right.", id="new-once-more", classes="quiet", markup=False)
        yield Input(password=True, id="new-again")
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
        if event.choice == "keep":
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
        try:
            self.companion.keep_sealed(passphrase)
        except TrustkitError as error:
            self.app.call_from_thread(self._say, f"{error.happened} {error.do_next}")
        else:
            self.app.call_from_thread(self._sealed, passphrase)

    def _sealed(self, passphrase: str) -> None:
        self.forget()
        self.dismiss(passphrase)

    def forget(self) -> None:
        for one in self.query(Input):
            one.value = ""


class RecoveryKey(Page[bool]):
    """Shows the key, then asks for it back once. Nothing is kept until it was typed back right."""

    def __init__(self, companion: Companion, passphrase: str) -> None:
        super().__init__(companion)
        self._passphrase = passphrase

    def compose_body(self) -> ComposeResult:
        yield Static("Your recovery key", classes="title", markup=False)
        yield Static(
            "Print this or copy it by hand, and keep it where only you look. It opens your notes if you forget.",
            id="key-words",
            classes="says",
            markup=False,
        )
        yield Static("", id="key-text", classes="says", markup=False)
        yield Input(id="key-back", placeholder="type it here; spaces and capitals don't matter")
        yield Static("", id="key-says", classes="says", markup=False)
        yield Choices([Offer("away", "I've put it away"), Offer("without", "Do without")])

    def on_mount(self) -> None:
        key = self.companion.vault.make_recovery()
        self.query_one("#key-text", Static).update(plain(in_groups(key)))
        self.query_one(Input).display = False
        self.query_one(Choices).focus()

    def action_back(self) -> None:
        self._leave(False)

    def _say(self, words: str) -> None:
        self.query_one("#key-says", Static).update(plain(words))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choice == "without":
            self._leave(False)
            return
        self.query_one("#key-words", Static).update("Type it back once, from the paper, so that we both have it right.")
        self.query_one("#key-text", Static).display = False
        field = self.query_one(Input)
        field.display = True
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._say("Sealing… this takes a moment, on purpose.")
            self._keep(event.value)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _keep(self, typed: str) -> None:
        try:
            self.companion.vault.keep_recovery(typed, self._passphrase)
        except TrustkitError as error:
            self.app.call_from_thread(self._say, f"{error.happened} {error.do_next}")
        else:
            self.app.call_from_thread(self._leave, True)

    def _leave(self, kept: bool) -> None:
        self.forget()
        self.dismiss(kept)

    def forget(self) -> None:
        self._passphrase = ""
        self.query_one("#key-text", Static).update("")
        self.query_one(Input).value = ""


def in_groups(key: str) -> str:
    """A key in groups of six, four to a line, so that it can be copied by hand."""
    groups = [key[i : i + 6] for i in range(0, len(key), 6)]
    return "\n".join("  ".join(groups[i : i + 4]) for i in range(0, len(groups), 4))
