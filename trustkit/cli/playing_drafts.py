"""What is being written in a plain player, sealed as a draft as it grows: ctrl-c or a closed window loses nothing.

A sealed journal can take no draft before it is open, so the passphrase is asked for before the first word; Enter goes
on without. Where nothing is to be kept, or nobody could be asked, nothing of this is ever written.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from trustkit.cli import asking as passphrases
from trustkit.cli import say
from trustkit.cli.playing_asking import Asking
from trustkit.cli.verbs import TRIES, Run
from trustkit.companion.drafting import DraftKeeper, drafts_of
from trustkit.errors import Locked, TrustkitError, WrongKey
from trustkit.model.entry import Answers, Draft, Entry, Record

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.model.exercise import Exercise

SEALS: Final = (
    "Your journal is sealed. With the passphrase now, what you write is sealed as you go, and stopping half-way loses "
    "nothing. Enter goes on without it; then it is asked for only if you keep this."
)
QUESTION: Final = "Passphrase, or Enter: "
PUT_AWAY: Final = {
    "sealed": "What you wrote is sealed as a draft. `trustkit practice play {name}` goes on with it.",
    "open": "What you wrote is kept as a draft. `trustkit practice play {name}` goes on with it.",
}


class Drafts:
    """The journal while it is written in, and the draft of what is being written.

    Args:
        run: Where the journal is, and how it is opened.
        exercise: Whose drafts they are.
        mode: How words are kept here.
        asking: The conversation; it knows where signals act.
    """

    def __init__(self, run: Run, exercise: "Exercise", mode: str, asking: Asking) -> None:
        self._run, self._exercise, self._mode, self._asking = run, exercise, mode, asking
        self._open = ExitStack()
        self._keeper: DraftKeeper | None = None
        self._told = False
        """It was said that what is written can't be sealed."""
        self.journal: Companion | None = None
        """The journal, where it was opened before the first word."""

    # -- the journal ---------------------------------------------------------------------------------------

    def open(self, *, by_hand: bool, wanted: bool) -> None:
        """Open the journal before the first word, as far as nobody minds.

        Args:
            by_hand: Whether somebody types, and can be asked.
            wanted: Whether the options said that it is to be kept.

        Raises:
            TrustkitError: it can't be opened, and keeping was asked for.
        """
        try:
            if self._mode == "sealed" and self._run.passphrase_file is None:
                if by_hand and passphrases.can_ask():
                    self._ask()
            elif self._mode != "nothing":
                with self._asking.let_in():
                    self.journal = self._open.enter_context(self._run.journal())
        except TrustkitError as error:
            if wanted:
                raise
            say.sentences(error.happened, error.do_next)  # trouble with a journal is no trouble for a practice

    def _ask(self) -> None:
        say.result()
        say.paragraph(SEALS)
        companion = self._run.companion()
        vault = companion.require_vault()
        for left in reversed(range(TRIES)):
            try:
                with self._asking.let_in():
                    typed = passphrases.passphrase(QUESTION)
            except Locked:  # the end-of-file key
                typed = ""
            if not typed:
                return
            try:
                vault.unlock(typed)
            except WrongKey as error:
                say.sentences(error.happened, error.do_next if left else "It goes on without.")
            else:
                self._open.callback(vault.close)
                self.journal = companion
                return

    @contextmanager
    def opened(self) -> "Iterator[Companion]":
        """The journal: the one that is open already, else opened for as long as this lasts. Raises TrustkitError."""
        if self.journal is not None:
            yield self.journal
            return
        with ExitStack() as shut:
            with self._asking.let_in():  # a passphrase is waited for
                journal = shut.enter_context(self._run.journal())
            yield journal

    def close(self) -> None:
        """Shut the journal."""
        self._keeper = self.journal = None
        self._open.close()

    # -- the draft -----------------------------------------------------------------------------------------

    def latest(self) -> Draft | None:
        """What was begun and not ended, here or on screen; None where there is none, or the journal is shut."""
        if self.journal is None:
            return None
        with suppress(TrustkitError):
            return next(iter(drafts_of(self.journal, self._exercise.id)), None)
        return None

    def throw_away(self, draft: Draft) -> None:
        """Let a draft from before go."""
        if self.journal is not None:
            DraftKeeper(self.journal, allowed=True, draft=draft).throw_away()

    def begin(self, *, draft: Draft | None = None, entry: Entry | None = None) -> None:
        """Something is written from here on: anew, a draft gone on with, or another version of an entry."""
        if self.journal is not None:
            self._keeper = DraftKeeper(self.journal, allowed=True, draft=draft, entry=entry)

    def seal(self, body: Answers | Record | None) -> bool:
        """Seal what stands there. Answers whether a draft lies there: an older one, where it can't be sealed.

        That is said when it begins, and not again with every line.
        """
        if self._keeper is None or body is None:
            return False
        try:
            self._keeper.seal(body)
            self._told = False
        except TrustkitError as error:
            if not self._told:
                self._told = True
                with suppress(OSError):  # the terminal may be gone
                    say.sentences(error.happened, error.do_next)
        return self._keeper.written

    def as_draft(self, body: Answers | Record, *, private: bool) -> Draft | None:
        """What is to be kept, on its way to the entry it becomes; None where the journal was shut while it grew."""
        return None if self._keeper is None else self._keeper.draft(body, private=private)

    def done(self) -> None:
        """It was kept, or is not to be: the draft goes, and no other is written."""
        if self._keeper is not None:
            self._keeper.throw_away()

    def put_away(self) -> str:
        """What is said about a draft that stays."""
        return PUT_AWAY["sealed" if self._mode == "sealed" else "open"].format(name=self._exercise.id)
