"""What stands beside the text of a page: a question to begin with, a title and tags, an editor of the reader's own.

Mixed into the editor. While another program has the terminal nothing of trustkit runs: no timer, no paint, no breath.
"""

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work
from textual.binding import Binding

from trustkit.errors import TrustkitError
from trustkit.model.entry import Draft, Note
from trustkit.tui.screens.details import DetailsScreen
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.screens.prompts import PromptsScreen
from trustkit.tui.sealing import Sealer, is_blank
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.paper import Paper

if TYPE_CHECKING:
    from trustkit.companion.outside_editor import Edited

    _Base = Page[None]
else:
    _Base = object

STOPPED: Final = "Your editor stopped before its end."
AS_IT_WAS: Final = "The page is as it was."
TAKEN: Final = "What it left is on the page, and ctrl+z brings back what was there before."
GUESSED: Final = (
    "What your editor left is not UTF-8, so it was read as well as it could be. "
    "Look it over; ctrl+z brings back what was there before."
)
UNKNOWN: Final = "trustkit doesn't know this editor, and can't keep it from leaving copies of what you write."
NOT_LENT: Final = "This terminal can't be given to another program for a while. Write on this page instead."

BESIDE: Final = (
    Binding("ctrl+n", "details", "title, tags", show=True, tooltip="A title, tags, feelings, distress."),
    Binding("ctrl+r", "prompts", "a question", show=True, tooltip="A question to begin with, if you'd like one."),
    Binding("f4", "outside", "your editor", show=True, tooltip="Go on in an editor of your own, and come back."),
)


class BesideThePage(_Base):
    """Mixed into the editor, in front of `Page`."""

    _note: Note
    _begun: Note | None
    _sealer: Sealer
    _at_own_risk = False
    """Whether an editor that trustkit doesn't know was allowed on this page."""

    @property
    def _paper(self) -> Paper:
        raise NotImplementedError

    def _now(self) -> Note:
        raise NotImplementedError

    def _as_draft(self) -> Draft:
        raise NotImplementedError

    def _touched(self) -> None:
        raise NotImplementedError

    def _rest(self) -> None:
        raise NotImplementedError

    def _show_title(self) -> None:
        raise NotImplementedError

    def _say(self, words: str, *, of_draft: bool = False) -> None:
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An editor of one's own is there for those who switched it on."""
        if action == "outside":
            return self.companion.settings.outside_editor
        return super().check_action(action, parameters)

    # -- a question, and what goes with a page ---------------------------------------------------------

    @work
    async def action_prompts(self) -> None:
        """A question above a blank page, or where the cursor stands on one with words."""
        try:
            prompts = await asyncio.to_thread(self.companion.writing_prompts)
        except TrustkitError as error:
            self.trustkit.say_error(error)
            return
        begun = await self.app.push_screen_wait(PromptsScreen(prompts))
        if begun is None or self._sealer.over:
            return
        paper, at = self._paper, self._paper.cursor_location
        if is_blank(self._now()):
            self._note = replace(self._note, title=begun.title)
            self._begun = replace(self._note, text=begun.text)
            self._show_title()
            paper.insert(begun.text)
            paper.move_cursor((1, 0) if begun.text else (0, 0))
        else:
            paper.insert(f"{begun.text or begun.title}\n", at)
        self._touched()

    def action_details(self) -> None:
        """A title, tags, feelings, distress, the day it is about: all of it when wanted, never demanded."""
        self.app.push_screen(DetailsScreen(self.companion, self._now(), self._take_details))

    def _take_details(self, note: Note) -> None:
        if not self._sealer.over:
            self._note = note
            self._show_title()
            self._touched()

    # -- an editor of one's own --------------------------------------------------------------------------

    @work(group="outside", exclusive=True)
    async def action_outside(self) -> None:
        """Seal what is written, give the terminal away, and take the text back when the other program ends."""
        from trustkit.companion import outside_editor

        try:
            words = await asyncio.to_thread(outside_editor.ready)
            if not (self._at_own_risk or outside_editor.is_known(words)):
                offers = [Offer("no", "Stay here"), Offer("open", "Open it all the same")]
                if await self.app.push_screen_wait(Ask("", UNKNOWN, offers)) != "open":
                    return
                self._at_own_risk = True
            if self._sealer.over or self._paper.read_only:
                return
            await asyncio.to_thread(self._sealer.seal, self._as_draft(), self._sealer.number())
        except TrustkitError as error:
            self._say(f"{error.happened} {error.do_next}")
            return
        if not self._sealer.over and not self.trustkit.lend_terminal(partial(self._visit, words)):
            self._say(NOT_LENT)

    def _visit(self, words: list[str]) -> None:
        """While the terminal is lent. Waits for the other program on purpose: nothing may happen behind its back."""
        from trustkit.companion import outside_editor

        try:
            edited = outside_editor.edit(self._paper.text, words)
        except TrustkitError as error:
            self._say(f"{error.happened} {error.do_next}")
            return
        self._take_back(edited)
        if edited.stopped_by:
            self.trustkit.stop_for(edited.stopped_by)

    def _take_back(self, edited: "Edited") -> None:
        paper, said = self._paper, ""
        changed = edited.text != paper.text
        if changed:
            row, column = paper.cursor_location
            paper.history.checkpoint()
            paper.replace(edited.text, (0, 0), paper.document.end, maintain_selection_offset=False)
            row = min(row, paper.document.line_count - 1)
            paper.move_cursor((row, min(column, len(paper.document.get_line(row)))))
            self._touched()
            self._rest()
        if not edited.finished:
            said = f"{STOPPED} {TAKEN if changed else AS_IT_WAS}"
        elif edited.guessed:
            said = GUESSED
        self._say(said)
