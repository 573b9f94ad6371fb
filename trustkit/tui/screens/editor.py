"""A quiet page to write on. Whatever happens, what was written is sealed as a draft and waits where it was left.

The vault is only ever called from a thread, except in `seal_draft`, which runs when trustkit is about to lock,
hide, leave or fall over: then being done matters more than being smooth.
"""

import asyncio
from collections.abc import Hashable
from dataclasses import replace
from typing import ClassVar, Final

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Draft, Entry, Note
from trustkit.model.practice_words import NOT_KEPT
from trustkit.model.prose import count_words
from trustkit.tui.players.keeping import KEEP, NOT, PRIVATELY
from trustkit.tui.screens.beside_page import BESIDE, BesideThePage
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.screens.saved import after_saving
from trustkit.tui.screens.unfinished import resume as resume
from trustkit.tui.sealing import SOON, Sealer, is_blank, until_sealed
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.paper import Paper
from trustkit.tui.widgets.place_bar import KeyLine
from trustkit.tui.words import plain

QUIET: Final = 1.2
"""Seconds after the last key at which a draft is sealed; the promise is two."""
AGAIN: Final = 4
"""Times that rest after which a draft that could not be sealed is tried again."""

LEFT: Final = {
    "sealed": "You've written something. It is sealed as a draft.",
    "open": "You've written something. It is kept as a draft, open like your notes.",
    "nothing": "You've written something. It stays here until trustkit closes.",
}
DRAFTED: Final = {"sealed": "sealed as a draft", "open": "kept as a draft", "nothing": "held until trustkit closes"}
NOTHING_KEPT: Final = "You chose to keep nothing, so nothing is written. The page stays here until trustkit closes."
AS_IT_WAS: Final = "Not kept. The page is as it was."


class EditorScreen(BesideThePage, Page[None]):
    """Writes a new page, goes on with a draft, or changes a page that was kept.

    Args:
        companion: Library, vault, settings and this sitting.
        entry: A page to change; its body is a note.
        draft: What was being written and is to be gone on with.
        quiet: Seconds after the last key at which a draft is sealed.
    """

    CSS_PATH = "editor.tcss"
    AUTO_FOCUS = ""  # by hand, behind the keys that came before the sheet was there
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "keep", show=True, tooltip="Keep this page, privately or not, or don't keep it."),
        *BESIDE,
        Binding("escape", "back", "back", show=True, tooltip="Leave this page. What you wrote is sealed as a draft."),
    ]

    def __init__(
        self, companion: Companion, *, entry: Entry | None = None, draft: Draft | None = None, quiet: float = QUIET
    ) -> None:
        super().__init__(companion)
        self._quiet = quiet
        self._resumed = draft is not None
        if draft is None:
            body = entry.body if entry is not None and isinstance(entry.body, Note) else Note("")
            vault = companion.vault
            draft = Draft(
                id=entry.id if entry is not None else vault.new_id(),
                body=body,
                saved=companion.clock(),
                base=entry.rev if entry is not None else "",
                target=vault.new_rev(),
                private=entry.private if entry is not None else False,
            )
        self._draft = draft
        self._first = self._note = draft.body if isinstance(draft.body, Note) else Note("")
        self._begun: Note | None = None
        """The page as a question began it: without a word more, there is nothing to keep."""
        self._mode = ""
        self._sealer = Sealer(companion, draft, resumed=self._resumed)
        self._unsealed_since: float | None = None
        """When the oldest word was written that no draft holds yet, on the app's clock."""
        self._pause: Timer | None = None
        self._said_of_draft = False
        """Whether the line beneath the page tells of a draft: then a draft that was sealed takes it back."""

    @property
    def identity(self) -> Hashable:
        return self._draft.id if self._resumed or self._draft.base else ""

    # -- what is on screen ---------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        with Vertical(id="editor-sheet"):
            yield Static(id="editor-title", markup=False)
            yield Paper(placeholder="One line is enough.", id="editor-paper")
        yield Static(id="editor-says", markup=False)
        with Horizontal(id="editor-foot"):
            yield Static(id="editor-words", markup=False)
            yield Static(id="editor-state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._mode = self.app.current_mode
        paper = self._paper
        with self.prevent(Paper.Changed):
            paper.load_text(self._note.text)
        row, column = self._draft.cursor if self._resumed else paper.document.end
        paper.move_cursor((row, column))
        self.call_later(self.set_focus, paper)
        self._show_title()
        self._count(paper.text)
        if self._resumed:
            self._state(DRAFTED[self.companion.vault.mode])
        elif not self._draft.base and self.companion.settings.ritual == "before":
            self.call_after_refresh(self.trustkit.action_breathe)

    def on_key(self, event: events.Key) -> None:
        """Typed before the sheet had the cursor: it belongs on the sheet."""
        if self.focused is None and event.is_printable and event.character and not self._paper.read_only:
            event.stop()
            self._paper.insert(event.character)

    @property
    def entry_id(self) -> str:
        """The entry this is, or will be."""
        return self._draft.id

    @property
    def _paper(self) -> Paper:
        return self.query_one(Paper)

    @property
    def _changed(self) -> bool:
        return self._now() != self._first

    def _now(self) -> Note:
        return replace(self._note, text=self._paper.text)

    def _say(self, words: str, *, of_draft: bool = False) -> None:
        self._said_of_draft = of_draft
        says = self.query_one("#editor-says", Static)
        says.update(plain(words))
        says.display = bool(words)

    def _state(self, words: str) -> None:
        self.query_one("#editor-state", Static).update(words)

    def _show_title(self) -> None:
        title = self.query_one("#editor-title", Static)
        title.update(plain(self._note.title))
        title.display = bool(self._note.title)

    # -- writing ---------------------------------------------------------------------------------------

    def on_text_area_changed(self, event: Paper.Changed) -> None:
        event.stop()
        self._touched()

    def _touched(self) -> None:
        """Something was written: count and seal when the hands rest, or after a while if they do not."""
        if self._sealer.over:
            return
        now = self.trustkit.time()
        if self._unsealed_since is None:
            self._unsealed_since = now
            self._state("")
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(until_sealed(self._unsealed_since, now, self._quiet), self._rest)

    def _rest(self) -> None:
        self._pause = None
        if not self._sealer.over:
            self._unsealed_since = None
            self._seal(self._as_draft(), self._sealer.number())
            self._count(self._paper.text)

    def _as_draft(self) -> Draft:
        note, cursor = self._now(), self._paper.cursor_location
        return replace(self._draft, body=note, saved=self.companion.clock(), cursor=cursor)

    @work(thread=True, group="count", exclusive=True, exit_on_error=False)
    def _count(self, text: str) -> None:
        self.app.call_from_thread(self._show_count, count_words(text))

    def _show_count(self, count: int) -> None:
        if self.is_attached:
            words = "1 word" if count == 1 else f"{count} words" if count else ""
            self.query_one("#editor-words", Static).update(words)

    # -- drafts -----------------------------------------------------------------------------------------

    @work(thread=True, group="seal", exit_on_error=False)
    def _seal(self, draft: Draft, number: int) -> None:
        try:
            self._sealer.seal(draft, number)
        except TrustkitError as error:
            self.app.call_from_thread(self._not_sealed, error)
        else:
            self.app.call_from_thread(self._drafted)

    def _drafted(self) -> None:
        if self.is_attached and not self._sealer.over and self._unsealed_since is None:
            self._state(DRAFTED[self.companion.vault.mode] if self._sealer.held is not None else "")
            if self._said_of_draft:
                self._say("")

    def _not_sealed(self, error: TrustkitError) -> None:
        if self.is_attached and not self._sealer.over:
            self._state("not sealed")
            self._say(f"{error.happened} {error.do_next}", of_draft=True)
            if self._pause is None:
                self._pause = self.set_timer(max(SOON, AGAIN * self._quiet), self._rest)

    def seal_draft(self) -> None:
        """Seal at once: trustkit is about to lock, hide, leave or fall over."""
        self.unsealed = False
        try:
            if self._sealer.over or not self.is_attached:
                return
            if self._changed or self._sealer.held is not None:
                self.unsealed = True
                self._sealer.seal(self._as_draft(), self._sealer.number())
                self.unsealed = False
        except Exception:
            return  # whoever calls has more to do; what could be sealed is sealed

    def forget(self) -> None:
        """Hold nothing: no text, no undo, no title."""
        self._sealer.forget()
        self._first = self._note = Note("")
        self._draft = replace(self._draft, body=Note(""))
        if self._pause is not None:
            self._pause.stop()
        if self.is_attached:
            self._paper.forget()
            self._show_title()
            self._say("")

    def on_screen_suspend(self) -> None:
        """Another place was opened over this one: seal, clear and go. Today offers the draft."""
        if self._sealer.over or not self.trustkit.indoors or self.app.current_mode == self._mode:
            return
        self.seal_draft()
        held = self._sealer.held is not None and self._sealer.held[0] == self._now()
        if held or not self._changed:
            self._leave()

    # -- leaving and keeping ------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Leave. With something written, ask where it goes."""
        blank = not self._draft.base and (is_blank(self._now()) or self._now() == self._begun)
        if self._changed and not blank:
            self._ask_where_to()
        elif blank and self._sealer.held is not None:
            self._discard("")
        else:
            self._leave()

    @work
    async def _ask_where_to(self) -> None:
        words, first = LEFT[self.companion.vault.mode], Offer("leave", "Leave it there")
        try:
            await asyncio.to_thread(self._sealer.seal, self._as_draft(), self._sealer.number())
        except TrustkitError as error:
            words, first = f"{error.happened} {error.do_next}", Offer("stay", "Go on writing")
        offers = [first, Offer("keep", "Keep as a note"), Offer("throw", "Throw it away")]
        match await self.app.push_screen_wait(Ask("", words, offers)):
            case "leave":
                self._leave()
            case "keep":
                self._keep(private=self._draft.private)
            case "throw":
                self._discard(AS_IT_WAS if self._draft.base else NOT_KEPT)

    def action_save(self) -> None:
        """Ask whether, and how, this page is kept."""
        if not self._draft.base and is_blank(self._now()):
            self._say("One line is enough to begin.")
        elif not self._changed and not self._resumed and self._draft.base:
            self._leave()
        else:
            self._ask_to_keep()

    @work
    async def _ask_to_keep(self) -> None:
        if self.companion.can_keep:
            ways = [PRIVATELY, KEEP] if self._draft.private else [KEEP, PRIVATELY]
            ask = Ask("Keep this note?", "", [*ways, NOT])
        else:
            ask = Ask("Keep this note?", NOTHING_KEPT, [Offer("keep", "Keep it until then"), NOT])
        match await self.app.push_screen_wait(ask):
            case "keep":
                self._keep(private=False)
            case "private":
                self._keep(private=True)
            case "no":
                self._discard(AS_IT_WAS if self._draft.base else NOT_KEPT)

    def _keep(self, *, private: bool) -> None:
        self._paper.read_only = True
        self._say("")
        self._write(self._as_draft(), private)

    @work(thread=True, group="keep", exclusive=True, exit_on_error=False)
    def _write(self, draft: Draft, private: bool) -> None:
        try:
            self._sealer.keep(draft, private=private)
        except TrustkitError as error:
            self.app.call_from_thread(self._not_kept, error)
        else:
            self.app.call_from_thread(self._kept)

    def _kept(self) -> None:
        app, in_view = self.trustkit, self.is_active
        self._leave()
        after_saving(app, quietly=not in_view)

    def _not_kept(self, error: TrustkitError) -> None:
        """The words stay where they are, and can be kept again."""
        if self.is_attached:
            self._paper.read_only = False
            self._paper.focus()
            self._say(f"{error.happened} {error.do_next}")

    @work(thread=True, group="keep", exclusive=True, exit_on_error=False)
    def _discard(self, said: str) -> None:
        try:
            self._sealer.throw_away()
        except TrustkitError as error:
            self.app.call_from_thread(self._not_kept, error)
        else:
            self.app.call_from_thread(self._thrown_away, said)

    def _thrown_away(self, said: str) -> None:
        if said:
            self.trustkit.say(said)
        self._leave()

    def _leave(self) -> None:
        """Go back to where this was opened, holding nothing."""
        if self.is_attached:
            self.forget()
            self.dismiss(None)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A mistake of the program in a thread: the words are still here."""
        if event.state is WorkerState.ERROR and self.is_attached and not self._sealer.over:
            self._paper.read_only = False
            self._say("Something in trustkit went wrong. Your words are still on screen; copy them, or try again.")
