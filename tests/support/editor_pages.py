"""What tests of the editor do again and again: write, look at the words, and at what was kept of them."""

from app_driver import Driver

from trustkit.companion import Companion
from trustkit.errors import WriteError
from trustkit.model.entry import Note
from trustkit.tui.screens.editor import EditorScreen
from trustkit.tui.widgets.paper import Paper

PASSPHRASE = "plum otter lantern"
"""What the `sealed` companion was made with."""
WORDS = "It was loud in the kitchen.\nI went outside."
FULL = WriteError("There is no room to save.", "Free some space, then press Save.")


async def write(d: Driver, text: str = WORDS) -> EditorScreen:
    """Open the editor on a new page and put words on it."""
    await d.app.write()
    await d.rest()
    editor = d.app.screen
    assert isinstance(editor, EditorScreen)
    paper(d).insert(text)
    await d.rest()
    return editor


def paper(d: Driver) -> Paper:
    return d.app.screen.query_one(Paper)


def said(d: Driver) -> list[str]:
    """What was said at the corner of the screen."""
    return [notification.message for notification in d.app._notifications]


def kept(companion: Companion, *, private: bool = False) -> list[Note]:
    entries = [companion.vault.get(one.id) for one in companion.vault.summaries(private=private)]
    return [entry.body for entry in entries if isinstance(entry.body, Note)]


def drafted(companion: Companion) -> list[str]:
    return [draft.body.text for draft in companion.vault.drafts() if isinstance(draft.body, Note)]
