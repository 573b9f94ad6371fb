"""The recovery key: shown once, asked back once; made in the first run or later, made anew, or done without."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Problem
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.screens.passphrase import PresentPassphrase
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import Line
from trustkit.tui.words import plain, prose

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

TITLE: Final = "A recovery key"
WHAT_IT_IS: Final = (
    "A recovery key opens your notes if you forget the passphrase. Print it or copy it by hand, and keep it where "
    "only you look.\n\nIf a paper could be found, you could do without one."
)
THERE_IS_ONE: Final = (
    "There is one. It can't be shown again.\n\nIf the paper is lost, or somebody may have seen it, make a new one or "
    "do without."
)
NOTHING_HERE: Final = "The old paper opens nothing in this folder now. It can go."
ELSEWHERE: Final = (
    "The old paper still opens older copies of the recovery file: in a backup, on another device, in a sync program's "
    "history. The key inside them stays the same, so whoever has the paper and "
    "such a copy can read all your notes, those you write from now on too. If somebody may have both, only a new "
    "journal shuts them out."
)
KEPT: Final = "The recovery key on your paper opens your notes now, as the passphrase does."
ITS_PLACE: Final = "The new key opens your notes."
DROPPED: Final = "You do without a recovery key from now on."


async def offer_recovery(app: "TrustkitApp", passphrase: str) -> None:
    """Show a recovery key once and ask for it back once; doing without is an answer too."""
    offers = [Offer("show", "Show me one"), Offer("without", "Do without")]
    if await app.push_screen_wait(Ask(TITLE, prose(WHAT_IT_IS), offers)) == "show":
        await app.push_screen_wait(RecoveryKey(app.companion, passphrase))


async def look_after_recovery(app: "TrustkitApp") -> None:
    """Make a recovery key, make a new one in its place, or do without; then say what the old one still opens."""
    companion = app.companion
    before = companion.vault.problems
    back = Offer("back", "Back to the settings")
    if not await asyncio.to_thread(lambda: companion.vault.has_recovery):
        offers = [Offer("show", "Show me one"), back]
        if await app.push_screen_wait(Ask(TITLE, prose(WHAT_IT_IS), offers)) == "show" and await _show(app):
            await app.push_screen_wait(Ask("It is kept", KEPT, [back]))
        return
    offers = [back, Offer("anew", "Make a new one in its place"), Offer("drop", "Do without one from now on")]
    match await app.push_screen_wait(Ask(TITLE, prose(THERE_IS_ONE), offers)):
        case "anew" if await _show(app):
            title, done = "It is kept", ITS_PLACE
        case "drop" if await app.push_screen_wait(DropRecovery(companion)):
            title, done = "There is none any more", DROPPED
        case _:
            return
    await app.push_screen_wait(Ask(title, told(done, before, companion.vault.problems), [back]))


def told(done: str, before: Sequence[Problem], after: Sequence[Problem]) -> str:
    """What was done, and what the paper that was given up still opens: here, if a file had to stay, and elsewhere."""
    staying = [f"{one.file}: {one.happened} {one.do_next}" for one in after if one not in before]
    return "\n\n".join([done, *(staying or [NOTHING_HERE]), ELSEWHERE])


async def _show(app: "TrustkitApp") -> bool:
    """Ask for the passphrase, show a key, ask for it back. Whether it is the recovery key now."""
    passphrase = await app.push_screen_wait(PresentPassphrase(app.companion, TITLE, "Show me a recovery key"))
    if not passphrase:
        return False
    return await app.push_screen_wait(RecoveryKey(app.companion, passphrase, without="Leave it as it is"))


class DropRecovery(PresentPassphrase):
    """Asks for the passphrase and does without a recovery key. Answers the passphrase if it did, or nothing."""

    def __init__(self, companion: Companion) -> None:
        super().__init__(companion, "Do without a recovery key", "Do without one")

    def with_it(self, passphrase: str) -> None:
        self.companion.vault.drop_recovery(passphrase)


class RecoveryKey(Page[bool]):
    """Shows the key, then asks for it back once. Nothing is kept until it was typed back right.

    Args:
        companion: Whose vault it is to open.
        passphrase: What opens that vault now.
        without: The answer that keeps nothing.
    """

    def __init__(self, companion: Companion, passphrase: str, *, without: str = "Do without") -> None:
        super().__init__(companion)
        self._passphrase = passphrase
        self._without = Offer("without", without)

    def compose_body(self) -> ComposeResult:
        yield Static("Your recovery key", classes="title", markup=False)
        yield Static("", id="key-words", classes="says", markup=False)
        yield Static("", id="key-text", classes="says", markup=False)
        yield Line(id="key-back", placeholder="type it here; spaces and capitals don't matter")
        yield Static("", id="key-says", classes="says", markup=False)
        yield Choices([])

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        """A key nobody has seen yet: one that was copied with a slip is never shown again, another one is."""
        key = self.companion.vault.make_recovery()
        self.query_one("#key-words", Static).update(
            "Print this or copy it by hand, and keep it where only you look. It opens your notes if you forget."
        )
        self.query_one("#key-text", Static).update(plain(in_groups(key)))
        self.query_one("#key-text").display = True
        self.query_one(Input).value = ""
        self.query_one(Input).display = False
        self._say("")
        choices = self.query_one(Choices)
        choices.offer([Offer("away", "I've put it away"), self._without])
        choices.focus()

    def _ask_back(self) -> None:
        self.query_one("#key-words", Static).update("Type it back once, from the paper, so that we both have it right.")
        self._clear_key()
        self.query_one(Choices).offer([Offer("another", "Show me another one"), self._without])
        field = self.query_one(Input)
        field.display = True
        field.focus()

    def action_back(self) -> None:
        self._leave(False)

    def _say(self, words: str) -> None:
        self.query_one("#key-says", Static).update(plain(words))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        match event.choice:
            case "away":
                self._ask_back()
            case "another":
                self._show()
            case _:
                self._leave(False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._say("Sealing… this takes a moment, on purpose.")
            self._keep(event.value)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _keep(self, typed: str) -> None:
        app = self.app  # asked now: a page that was hidden meanwhile knows of none
        try:
            self.companion.vault.keep_recovery(typed, self._passphrase)
        except TrustkitError as error:
            app.call_from_thread(self._refused, f"{error.happened} {error.do_next}")
        else:
            app.call_from_thread(self._leave, True)

    def _refused(self, words: str) -> None:
        if self.is_attached:
            self._say(words)

    def _leave(self, kept: bool) -> None:
        if self.is_attached:  # it may have been locked away while the key was being sealed
            self.forget()
            self.dismiss(kept)

    def _clear_key(self) -> None:
        for shown in self.query("#key-text").results(Static):
            shown.update("")
            shown.display = False

    def forget(self) -> None:
        self._passphrase = ""
        self._clear_key()
        for one in self.query(Input):
            one.value = ""


def in_groups(key: str) -> str:
    """A key in groups of six, four to a line, so that it can be copied by hand."""
    groups = [key[i : i + 6] for i in range(0, len(key), 6)]
    return "\n".join("  ".join(groups[i : i + 4]) for i in range(0, len(groups), 4))
