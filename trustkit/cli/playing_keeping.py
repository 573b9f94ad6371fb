"""What becomes of what was written in a plain player: kept when the reader says so; only then the journal is opened."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from trustkit.cli import asking as passphrases
from trustkit.cli import say
from trustkit.cli.playing_asking import Asking, Ended
from trustkit.cli.playing_drafts import Drafts
from trustkit.cli.verbs import Run
from trustkit.companion.stopping import Stopped, stoppable
from trustkit.errors import Locked, NoVault, TrustkitError, UsageError
from trustkit.exercises.keeping import Said
from trustkit.model.entry import Answers, Draft, Entry, Record
from trustkit.model.practice_words import DONT_KEEP, GONE, KEEP, KEEP_IT, KEEP_PRIVATELY, NOT_KEPT, SAVED

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.exercises.keeping import Keeping
    from trustkit.model.exercise import Exercise

Way = Literal["keep", "private", "change", "no", "draft"]

NEVER_KEPT: Final = ("Nothing of this exercise is ever kept.", "Leave out `--keep` and `--keep-privately`.")
NO_ASKING: Final = (
    "Your notes are sealed, and there is no terminal here to ask for the passphrase on.",
    "Name a file that holds it with `--passphrase-file FILE`, or leave out `--keep`.",
)
HOW_TO_KEEP: Final = "To keep it, say `--keep` or `--keep-privately`."
SAY_WHICH: Final = "Say one of the numbers. Until then it is neither kept nor thrown away."
ANOTHER: Final = "A breath before the next? `trustkit breathe`"
STANDS_ABOVE: Final = "What you wrote still stands above."


class Keeper:
    """Whether, and how, an exercise may be kept in this run.

    Args:
        run: Where the journal is, and how it is opened.
        exercise: Whose `keep` counts.
        asking: Who is asked.
        said: What the options said; None where they said nothing.

    Raises:
        UsageError: keeping was asked for, and nothing of this exercise is ever kept.
        NoVault, Locked, ReadError: keeping was asked for, and there is nothing to keep it in, or no way to open it.
    """

    def __init__(self, run: Run, exercise: "Exercise", asking: Asking, said: Said | None) -> None:
        self._run, self._exercise, self._asking, self._said = run, exercise, asking, said
        wanted = said in ("keep", "private")
        if wanted and exercise.keep == "never":
            raise UsageError(*NEVER_KEPT)
        self.kept = False
        """Whether something was kept by now."""
        self.left_draft = False
        """Whether what was written lies there as a draft."""
        self.mode = "nothing"
        """How words are kept here: `sealed`, `open` or `nothing`. Known without opening anything."""
        try:
            self.mode = run.companion().mode
        except TrustkitError as error:
            if wanted:
                raise
            say.sentences(error.happened, error.do_next)  # trouble with a journal is no trouble for a practice
        self.drafts = Drafts(run, exercise, self.mode, asking)
        """What is being written, sealed as it grows; and the journal, where it is open."""
        if wanted and self.mode == "nothing":
            raise NoVault("There is no journal here to keep it in.", "Run `trustkit vault init` to begin one.")
        if wanted and self.mode == "sealed" and run.passphrase_file is None and not passphrases.can_ask():
            raise Locked(*NO_ASKING)

    @property
    def run(self) -> Run:
        """How the journal is opened."""
        return self._run

    @property
    def possible(self) -> bool:
        """Whether anything of it may be kept at all."""
        return self._exercise.keep != "never" and self.mode != "nothing"

    @property
    def asks(self) -> bool:
        """Whether the reader is asked about keeping: the options said nothing, and somebody types."""
        return self._said is None and self._asking.by_hand and self.possible

    def say_beforehand(self) -> None:
        """Who writes where nothing is kept knows it before the first word."""
        if not self.possible:
            say.about(GONE)

    def open_first(self) -> None:
        """Open the journal before the first word, so that none of them is lost if somebody stops half-way.

        Raises:
            TrustkitError: it can't be opened, and keeping was asked for.
        """
        wanted, by_hand = self._said in ("keep", "private"), self._asking.by_hand
        if self.possible and self._said != "no" and (wanted or by_hand):
            self.drafts.open(by_hand=by_hand, wanted=wanted)

    def seal(self, body: Answers | Record | None) -> None:
        """Seal what stands there, where it may be."""
        self.left_draft = self.drafts.seal(body)

    def settle(
        self,
        companion: "Companion",
        body: Answers | Record,
        *,
        private: bool = False,
        joined: "Callable[[Companion], tuple[Answers | Record, Entry | None]] | None" = None,
        then: "Callable[[Companion], None] | None" = None,
    ) -> Way:
        """Ask, or take what the options said, and do it. `change` is left to whoever called.

        Args:
            companion: Whose sitting counts: on the unsafe path not keeping stands first.
            body: What was written.
            private: It was kept privately before, so that stays the first way.
            joined: Gives what is to be kept, and the entry it is another version of, once the journal is open.
            then: What is said out of the journal before it is closed again.

        Raises:
            TrustkitError: it could not be kept, and nobody is there to be asked again.
        """
        way: Way = self._said or "no"
        asks = self.asks
        while True:
            if asks:
                way = self._ask(private=private, unsafe=companion.sitting.unsafe)
            if way not in ("keep", "private") or not self.possible:
                break
            try:
                self._keep(body, private=way == "private" or self._exercise.keep == "private", joined=joined, then=then)
            except TrustkitError as error:
                if not self._asking.by_hand:
                    raise
                say.sentences(error.happened, error.do_next)
                say.about(STANDS_ABOVE)
                asks = True
            else:
                return way
        if way == "draft":
            say.about(self.drafts.put_away())
        if way == "no":
            self.drafts.done()
            self.left_draft = False
            say.about(NOT_KEPT)
            if self.possible and self._said is None and not self._asking.by_hand:
                say.about(HOW_TO_KEEP)
        return way

    def _ask(self, *, private: bool, unsafe: bool) -> Way:
        """An empty line is no answer here: what was written is neither kept nor lost by a stray Enter."""
        both: list[tuple[str, Way]] = [(KEEP, "keep"), (KEEP_PRIVATELY, "private")]
        ways = both[1:] if self._exercise.keep == "private" else both[::-1] if private else both
        no: list[tuple[str, Way]] = [(DONT_KEEP, "no")]
        ways = [*no, *ways] if unsafe else [*ways, *no]
        ways.append(("Change something", "change"))
        say.result()
        say.paragraph(KEEP_IT)
        try:
            at = self._asking.pick([label for label, _ in ways])
            while at is None:
                say.about(SAY_WHICH)
                at = self._asking.number(len(ways), "A number: ")
        except Ended:
            return "draft" if self.left_draft else "no"
        return ways[at][1]

    def _keep(
        self,
        body: Answers | Record,
        *,
        private: bool,
        joined: "Callable[[Companion], tuple[Answers | Record, Entry | None]] | None",
        then: "Callable[[Companion], None] | None",
    ) -> None:
        with self.drafts.opened() as opened:
            before: Entry | None = None
            if joined is not None:
                body, before = joined(opened)
            vault = opened.vault
            with stoppable() as signals, signals.held():
                draft = self.drafts.as_draft(body, private=private) or Draft(
                    before.id if before else vault.new_id(),
                    body,
                    opened.clock(),
                    base=before.rev if before else "",
                    target=vault.new_rev(),
                    private=private,
                )
                kept = opened.keep_page(draft, private=private)
                self.kept, self.left_draft = True, False
                self.drafts.done()
                by_hand = self._asking.by_hand
                say.done(f"{SAVED} {ANOTHER}" if by_hand else SAVED, "" if by_hand else kept.id)
            if signals.asked is not None:
                raise Stopped(signals.asked)
            if then is not None:
                then(opened)

    def run_kept(self, companion: "Companion", exercise: "Exercise") -> "Keeping":
        """How a practice without words is remembered; the companion holds the journal from the first question on.

        Args:
            companion: Whose sitting it is.
            exercise: This one, of which the options count; or another that is played on top of it.
        """
        from trustkit.cli.playing_host import keeping_for, reach_journal

        said = self._said if exercise is self._exercise or self._said == "no" else None
        wanted = said in ("keep", "private")  # then trouble with the journal is told when it is to be kept, once
        reach = companion.find_vault if wanted else partial(reach_journal, self._run, companion)
        unlocks = self.mode == "sealed" and (self._asking.by_hand or wanted)
        return keeping_for(
            exercise,
            companion,
            self._asking,
            said=said,
            reach=reach if self.mode != "nothing" else None,
            unlock=(lambda: self._run.unlock(companion.vault)) if unlocks else None,
        )
