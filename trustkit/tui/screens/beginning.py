"""Beginning to keep things: where words live, chosen at the welcome or later; then what is in memory alone so far."""

import asyncio
from typing import TYPE_CHECKING, Final

from trustkit.errors import TrustkitError
from trustkit.tui.screens.page import Ask
from trustkit.tui.screens.passphrase import NewPassphrase
from trustkit.tui.screens.recovery import offer_recovery
from trustkit.tui.widgets.choices import Offer

if TYPE_CHECKING:
    from trustkit.companion.beginning import InMemory
    from trustkit.tui.app import TrustkitApp

WHERE: Final = "Where would you like your words to live?"
IN_MEMORY: Final = "Until now nothing was kept: {what}. Shall that be kept, too?"
KEEP_IT: Final = Offer("keep", "Keep it, too")
LET_GO: Final = Offer("no", "Let it go")


async def begin_to_keep(app: "TrustkitApp") -> bool:
    """Ask where, begin there, and ask about what was made before. False: nothing is kept, as before."""
    from trustkit.tui.screens.welcome import KEEPING

    while (answer := await app.push_screen_wait(Ask(WHERE, "", list(KEEPING)))) in ("sealed", "open"):
        if await begin(app, answer):
            await ask_about_memory(app)
            return True
    return False


async def begin(app: "TrustkitApp", kind: str) -> bool:
    """Begin a journal, `sealed` or `open`. False: it was not begun, and why was said."""
    companion = app.companion
    if kind == "open":
        try:
            companion.keep_open()
        except TrustkitError as error:
            app.say_error(error)
            return False
        return True
    passphrase = await app.push_screen_wait(NewPassphrase(companion))
    if not passphrase:
        return False
    await offer_recovery(app, passphrase)
    return True


async def ask_about_memory(app: "TrustkitApp") -> None:
    """Nothing that was written or made is lost unasked, and nothing is written down unasked."""
    companion = app.companion
    left = companion.only_in_memory()
    if not left:
        return
    offers = [LET_GO, KEEP_IT] if companion.sitting.unsafe else [KEEP_IT, LET_GO]
    answer = None
    while answer is None:  # esc is no answer: it would throw something away
        answer = await app.push_screen_wait(Ask("", IN_MEMORY.format(what=in_words(left)), offers))
    if answer == "no":
        companion.let_go_of_memory()
        return
    try:
        await asyncio.to_thread(companion.keep_what_was_in_memory)
    except TrustkitError as error:
        app.say_error(error)


def in_words(left: "InMemory") -> str:
    """`2 pages and 1 exercise of your own`."""
    counts = (
        (left.pages, "page", "pages"),
        (left.exercises, "exercise of your own", "exercises of your own"),
        (left.marks, "mark in a guide", "marks in guides"),
    )
    parts = [f"{count} {one if count == 1 else more}" for count, one, more in counts if count]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
