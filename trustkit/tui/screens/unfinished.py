"""Going on with something: a sealed draft where it was left, or a page that was kept and is to be changed."""

import asyncio
from typing import TYPE_CHECKING, Final

from trustkit.errors import TrustkitError
from trustkit.model.entry import Draft, Note
from trustkit.tui.telling import NEWER

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

GONE: Final = "That draft is no longer there."
NO_EXERCISE: Final = "This was written in an exercise that is not here. It stays as it is."


async def resume(app: "TrustkitApp", entry_id: str) -> None:
    """Go on with a sealed draft where it was left, with the cursor where it stood."""
    try:
        drafts = await asyncio.to_thread(app.companion.vault.drafts)
    except TrustkitError as error:
        app.say_error(error)
        return
    draft = next((one for one in drafts if one.id == entry_id), None)
    if draft is None:
        app.say(GONE)
    else:
        _go_on_with(app, draft)


async def change(app: "TrustkitApp", entry_id: str) -> None:
    """Change something that was kept; where a draft of a change waits, go on with that."""
    companion = app.companion
    try:
        drafts = await asyncio.to_thread(companion.vault.drafts)
        entry = await asyncio.to_thread(companion.vault.get, entry_id)
    except TrustkitError as error:
        app.say_error(error)
        return
    draft = next((one for one in drafts if one.id == entry_id), None)
    if entry.read_only or entry.body is None:
        app.say(NEWER)
    elif draft is not None:
        _go_on_with(app, draft)
    elif isinstance(entry.body, Note):
        from trustkit.tui.screens.editor import EditorScreen

        app.push_screen(EditorScreen(companion, entry=entry))
    else:
        target = companion.vault.new_rev()
        _go_on_with(app, Draft(entry.id, entry.body, companion.clock(), entry.rev, target, private=entry.private))


def _go_on_with(app: "TrustkitApp", draft: Draft) -> None:
    """Open what writes this kind of thing: the editor, or the player of an exercise."""
    if isinstance(draft.body, Note):
        from trustkit.tui.screens.editor import EditorScreen

        app.push_screen(EditorScreen(app.companion, draft=draft))
        return
    from trustkit.tui.players.playing import resume as resume_player

    player = resume_player(draft, app.companion)
    if player is None:
        app.say(NO_EXERCISE)
    else:
        app.push_screen(player)
