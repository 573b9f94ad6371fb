"""Exercises of words or ticks: sealed as a draft while they grow, looked at whole, kept only as the reader says."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, TextArea

from trustkit.companion import Companion
from trustkit.companion.drafting import DraftKeeper, drafts_of
from trustkit.errors import TrustkitError
from trustkit.model import afterwards
from trustkit.model.answered import in_words
from trustkit.model.entry import Answers, Draft, Entry, Record, Summary
from trustkit.model.exercise import Exercise
from trustkit.model.practice_words import ANEW, BEFORE_STAYS, CHANGE, GO_ON, GONE, KEEP_IT, NOT_KEPT, SAVED
from trustkit.tui.players.keeping import can_keep, keep_offers
from trustkit.tui.players.player import AGAIN, DONE, ELSE, WORSE, Go, Player
from trustkit.tui.players.stages import Say
from trustkit.tui.screens.page import Ask
from trustkit.tui.sealing import until_sealed
from trustkit.tui.unsealed import UNSEALED
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.words import as_words, keyed, prose

SEAL_AFTER: Final = 1.5
"""Seconds without a key after which what was written is sealed: on disk within two."""

BREATHE: Final = "A breath before the next? {breathe}"
SEALED: Final = "You've written something. It is sealed as a draft."
NOTHING_EARLIER: Final = "Nothing of this is kept here."

CHANGE_IT: Final = Offer("change", CHANGE)


class WordedPlayer(Player):
    """The loop of an exercise that is written or ticked. Subclasses say how; keeping and drafts are decided here.

    Args:
        draft: A sealed draft to go on with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "worse", "", show=False, tooltip="This makes it worse: stop, and step down."),
    ]
    BEGIN: ClassVar[tuple[Offer, ...]] = (Offer("begin", "Begin"),)
    """The ways to begin."""
    EARLIER: ClassVar[Offer | None] = Offer("earlier", "Look at earlier ones")
    """What leads to what was kept before; None where a type shows it in its own way."""

    def __init__(
        self,
        exercise: Exercise,
        companion: Companion,
        from_step: str = "",
        *,
        at_once: bool = False,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(exercise, companion, from_step, at_once=at_once)
        self._resumed = draft
        self._keeper: DraftKeeper | None = None
        self._changed = False
        self._sealing: Timer | None = None
        self._unsealed_since: float | None = None
        """When the oldest word was written that no draft holds yet, on the app's clock."""
        self._at_first: Answers | Record | None = None
        """What stood there when it was begun: nothing, or what was kept before."""
        self.empty()

    # -- what a type says ------------------------------------------------------------------------------

    def body(self) -> Answers | Record | None:
        """What has been written or ticked so far; None when there is nothing yet."""
        raise NotImplementedError

    def restore(self, body: Answers | Record) -> None:
        """Take up what was written before."""
        raise NotImplementedError

    def empty(self) -> None:
        """Hold no answer any more."""
        raise NotImplementedError

    async def write(self) -> None:
        """Show the stages in which it is written, until the reader has done."""
        raise NotImplementedError

    def so_far(self) -> Answers | Record | None:
        return self.body()

    def looked_at(self, body: Answers | Record | None) -> list[Content]:
        """Everything that was answered, to look at before it is kept."""
        return [] if body is None else [as_words(in_words(self.exercise, body))]

    def ways_on(self) -> Sequence[Offer]:
        """Where the answers lead, offered before anything else once they are given."""
        return ()

    # -- the script -------------------------------------------------------------------------------------

    async def script(self) -> None:
        if not await self.admitted():
            return
        again = True
        while again:
            await self._open()
            answer = "change"
            while answer == "change":
                await self.write()
                answer = await self._look()
            again = await self._after(answer)

    async def _open(self) -> None:
        """The first page: what it is, and what there is to go on with."""
        if self._resumed is not None:
            drafts = await self._drafts()
            self._go_on_with(self._resumed, sealed=any(draft.id == self._resumed.id for draft in drafts))
            self._resumed = None
            return
        draft = next(iter(await self._drafts()), None)
        while True:
            offers = list(self.BEGIN)
            if draft is not None:
                offers = [Offer("draft", GO_ON), Offer("anew", ANEW)]
            if self.EARLIER is not None and can_keep(self.exercise, self.companion):
                offers.append(self.EARLIER)
            match await self.show(Say([prose(self.exercise.intro)], offers)):
                case "earlier":
                    await self.look_back()
                case "draft" if draft is not None:
                    self._go_on_with(draft)
                    return
                case "anew" if draft is not None:
                    await self.written(DraftKeeper(self.companion, allowed=True, draft=draft).throw_away)
                    draft = None
                    self.begin_anew()
                    return
                case way:
                    await self.begin(way)
                    return

    async def begin(self, way: str) -> None:
        """Begin in one of the ways that were offered."""
        self.begin_anew()

    def begin_anew(self, entry: Entry | None = None) -> None:
        """Nothing written yet; or, with an entry, another version of that one."""
        self.empty()
        if entry is not None and isinstance(entry.body, Answers | Record):
            self.restore(entry.body)
        self._keeper = DraftKeeper(self.companion, allowed=can_keep(self.exercise, self.companion), entry=entry)
        self._at_first = self.body()
        self._changed = False

    def _go_on_with(self, draft: Draft, *, sealed: bool = True) -> None:
        """Take up a draft; one that is not sealed is something kept, opened to be changed, and no change yet."""
        self.empty()
        if isinstance(draft.body, Answers | Record):
            self.restore(draft.body)
        allowed = can_keep(self.exercise, self.companion)
        self._keeper = DraftKeeper(self.companion, allowed=allowed, draft=draft, sealed=sealed)
        self._at_first = self.body()
        self._changed = sealed

    async def _drafts(self) -> list[Draft]:
        """The sealed drafts of this exercise, the latest first."""
        if not can_keep(self.exercise, self.companion):
            return []
        with suppress(TrustkitError):
            return await asyncio.to_thread(drafts_of, self.companion, self.exercise.id)
        return []

    # -- looking back -----------------------------------------------------------------------------------

    async def kept_before(self) -> list[Summary]:
        """What was kept of this exercise, newest first, private ones too: the reader asked for it."""
        if not can_keep(self.exercise, self.companion):
            return []
        vault = self.companion.vault
        kept: Sequence[Summary] = ()
        with suppress(TrustkitError):
            kept = await asyncio.to_thread(lambda: vault.summaries(private=True))
        return [summary for summary in kept if summary.exercise == self.exercise.id]

    async def look_back(self) -> None:
        """Show what was kept before, one at a time."""
        kept = await self.kept_before()
        back = Offer("", "Back")
        if not kept:
            await self.show(Say([NOTHING_EARLIER], [back]))
            return
        while True:
            days = [Offer(s.id, f"{s.created.day} {s.created:%B %Y, %H:%M}") for s in kept[:20]]
            chosen = await self.show(Say([], [*days, back]))
            if not chosen:
                return
            try:
                entry = await asyncio.to_thread(self.companion.vault.get, chosen)
            except TrustkitError as error:
                self.trustkit.say_error(error)
                continue
            words = self.looked_at(entry.body) if isinstance(entry.body, Answers | Record) else []
            await self.show(Say(words, [back]))

    # -- keeping ----------------------------------------------------------------------------------------

    async def _look(self) -> str:
        """Everything at once, and whether to keep it. Answers `saved`, `not`, `unasked`, `change`, or a way on."""
        self.keep_caution(False)
        body = self.body()
        words = [*self.looked_at(body), prose(self.exercise.outro)]
        private = self._keeper is not None and self._keeper.private
        asks = body is not None and self._changed
        offers = keep_offers(self.exercise, self.companion, private=private) if asks else []
        if not offers:
            answer = await self.show(Say(words, [*self.ways_on(), Offer("unasked", "Done"), CHANGE_IT]))
            if answer != "change":
                await self._throw_away()
            return answer
        below = BEFORE_STAYS if self._keeper is not None and self._keeper.revises else ""
        while True:
            answer = await self.show(Say(words, [*offers, CHANGE_IT], ask=KEEP_IT, below=below))
            if answer == "change":
                return answer
            if answer == "no":
                await self._throw_away()
                return "not"
            if await self._keep(private=answer == "private"):
                return "saved"

    async def _keep(self, *, private: bool) -> bool:
        body, keeper = self.body(), self._keeper
        if body is None or keeper is None:
            return False
        kept = await self.written(lambda: keeper.keep(body, private=private))
        if kept:
            self._changed = False
        return kept

    async def _throw_away(self) -> None:
        if self._keeper is not None:
            await self.written(self._keeper.throw_away)

    async def _after(self, answer: str) -> bool:
        """Say what became of it, and ask what now. True: once more."""
        said = {"saved": [SAVED, keyed(BREATHE, self.trustkit.keys())], "not": [NOT_KEPT]}
        asked = answer in said
        ways = list(self.ways_on()) if asked else []
        self._changed = False
        if asked or answer == "unasked":
            offers = [*ways, DONE, AGAIN, ELSE, WORSE]
            answer = await self.show(Say(said.get(answer, [afterwards.NOT_RATED]), offers))
        self.empty()
        if place := self.place_of(answer):
            self.leave(Go(place))
            return False
        return await self.what_now(answer)

    def place_of(self, way: str) -> str:
        """The place a way on leads to; empty for any other answer."""
        return way.removeprefix("go:") if way.startswith("go:") else ""

    # -- drafts, and stopping half-way ------------------------------------------------------------------

    def changed(self) -> None:
        """Something was typed or ticked: seal it when the hands rest."""
        if not self._changed and self.body() == self._at_first:
            return
        self._changed = True
        now = self.trustkit.time()
        if self._unsealed_since is None:
            self._unsealed_since = now
        if self._sealing is not None:
            self._sealing.stop()
        self._sealing = self.set_timer(until_sealed(self._unsealed_since, now, SEAL_AFTER), self.seal_now)

    @work(group="seal")
    async def seal_now(self) -> None:
        """Seal what stands there, in a thread."""
        self._unsealed_since = None
        body, keeper = self.body(), self._keeper
        if keeper is not None and self._changed:
            await self.written(lambda: keeper.seal(body))

    def seal_draft(self) -> None:
        self.unsealed = False
        if self._keeper is not None and self._changed:
            self.unsealed = self._keeper.allowed
            with suppress(TrustkitError):
                self._keeper.seal(self.body())
                self.unsealed = False

    def on_unmount(self) -> None:
        """Taken away by a key that leads elsewhere: what was written stays sealed."""
        self.seal_draft()

    def action_back(self) -> None:
        self._stop()

    @work(group="stop", exclusive=True)
    async def _stop(self) -> None:
        """Leave. What was written stays sealed unless the reader says otherwise; where nothing is kept, say that."""
        body, keeper = self.body() if self._changed else None, self._keeper
        if body is None or keeper is None:
            self.leave()
            return
        if not keeper.allowed:
            answer = await self._ask(GONE, [Offer("leave", "Leave"), Offer("on", "Go on writing")])
        else:
            words, first = SEALED, Offer("leave", "Leave it there")
            try:
                await asyncio.to_thread(keeper.seal, body)
            except TrustkitError as error:
                words, first = f"{error.happened} {error.do_next}", Offer("on", "Go on writing")
            offers = [first, Offer("keep", "Keep as a note"), Offer("throw", "Throw it away")]
            if self.companion.sitting.unsafe:
                offers.insert(0, offers.pop())
            answer = await self._ask(words, offers)
        match answer:
            case "on" | None:
                return
            case "throw":
                await self._throw_away()
            case "keep" if not await self._keep(private=self.exercise.keep == "private" or keeper.private):
                return
        self._changed = False
        self.leave()

    async def _ask(self, words: str, offers: list[Offer]) -> str | None:
        return await self.trustkit.push_screen_wait(Ask("", words, offers))

    @work(group="play", exclusive=True)
    async def action_worse(self) -> None:
        """Said while it is written: what stands there stays sealed, and the reader is led down."""
        self.seal_draft()
        if self.unsealed:
            self.trustkit.say(f"{UNSEALED}.")
        self._changed = self.unsealed  # then it is tried again as this page goes
        await self.step_down()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("worse", "caution") and isinstance(self.focused, TextArea | Input):
            return False  # these keys are letters while somebody types
        return super().check_action(action, parameters)

    def forget(self) -> None:
        super().forget()
        # What is emptied from here on is no change of the reader's.
        self._keeper = self._resumed = self._at_first = None
        self.empty()
        self._changed = False
