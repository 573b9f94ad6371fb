"""Deleting everything: what goes and what may remain, then a word typed on purpose. trustkit ends with it."""

import asyncio
import sys
from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.words import plain

DELETE: Final = Offer("erase", "Delete everything")
TITLE: Final = "Delete everything?"
LEAVE: Final = Offer("leave", "Leave everything as it is")
NEXT: Final = Offer("on", "Delete everything …", "You type a word first.")
BACKUP_FIRST: Final = "To keep a copy, close trustkit and type `trustkit backup FILE` first."
CLEAR: Final = "\x1b[0m\x1b[H\x1b[2J\x1b[3J"
"""Empties the window, with what has scrolled out of it."""


async def delete_everything(page: Page[None]) -> None:
    """Show what goes and what may remain, ask for the word, then leave and erase. Any other answer deletes nothing."""
    from trustkit.companion import erasing

    app, paths = page.trustkit, page.companion.paths
    found = await asyncio.to_thread(erasing.find, paths)
    goes, stays = erasing.told(found), erasing.staying(found)
    if found.nothing:
        back = [Offer("leave", "Back to the settings")]
        await app.push_screen_wait(Ask("Delete everything", "\n\n".join([erasing.NOTHING, *stays]), back))
        return
    busy = [erasing.BUSY] if await asyncio.to_thread(erasing.busy, paths) else []
    remains = await asyncio.to_thread(erasing.remaining, paths)
    parts = [
        "This deletes everything that trustkit keeps here, and closes it. It can't be taken back.",
        _list(goes), *stays, *busy, BACKUP_FIRST,
        "What may remain, and trustkit can't reach:", _list(remains),
    ]  # fmt: skip
    if await app.push_screen_wait(Ask(TITLE, "\n\n".join(parts), [LEAVE, NEXT])) != "on":
        return
    if await app.push_screen_wait(TypedWord(page.companion)):
        app.erases_at_end = True
        app.exit(0)


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


class TypedWord(Page[bool]):
    """Asks for the word that deletes everything. Answers whether it was typed."""

    def compose_body(self) -> ComposeResult:
        from trustkit.companion.erasing import WORD

        yield Static(TITLE, classes="title", markup=False)
        yield Static(f"Type {WORD} and press Enter.", classes="says", markup=False)
        yield Input(id="erase-word")
        yield Static("", id="erase-says", classes="says", markup=False)
        yield Choices([LEAVE])

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def action_back(self) -> None:
        self.dismiss(False)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        from trustkit.companion.erasing import WORD

        event.stop()
        if event.value.strip().casefold() == WORD:
            self.dismiss(True)
        elif event.value.strip():
            self.query_one("#erase-says", Static).update(plain("That is another word. Nothing was deleted."))


def erase_now(companion: Companion) -> int:
    """Erase, once the app is closed and writes no more. Says only what is left. Returns the exit code."""
    from trustkit.companion import erasing
    from trustkit.companion.stopping import Stopped, stoppable

    _write(CLEAR)
    try:
        with stoppable():
            outcome = erasing.erase(companion.paths, erasing.find(companion.paths))
    except Stopped as stopped:
        _write(_lines(erasing.interrupted(companion.paths)))
        return 128 + stopped.number
    if outcome.code:
        _write(_lines(erasing.ended(outcome)))
    return outcome.code


def _lines(sentences: Sequence[str]) -> str:
    return "".join(f"{plain(sentence).plain}\n" for sentence in sentences)


def _write(text: str) -> None:
    """Onto the ordinary screen, which the app has given back."""
    stream = sys.__stdout__
    if stream is None or not stream.isatty():
        return
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        return  # the window is gone
