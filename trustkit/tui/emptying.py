"""Taking widgets away from within a worker, which may be called off at any moment.

Textual waits for the very tasks of the widgets that go. A worker that is called off while it waits would call those
off with it, and then the app, which waits for them too, breaks off with `CancelledError`.
"""

import asyncio

from textual.widget import Widget


async def emptied(holder: Widget) -> None:
    """Take everything out of it. Called off in between, the taking away goes on to its end by itself."""

    async def take_away() -> None:
        await holder.remove_children()

    await asyncio.shield(take_away())
