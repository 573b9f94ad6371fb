"""What a page that was shut may leave in memory, thing by thing; all of it together is `test_nothing_left.py`."""

import asyncio
import gc
from functools import partial
from weakref import ref

import pytest
from app_driver import driving
from textual.app import App
from textual.worker import WorkerCancelled

from trustkit.companion import Companion
from trustkit.tui import app as app_module
from trustkit.tui.letting_go import let_go


class Words:
    """Something that a function has in hand."""

    itself: "Words"


async def test_a_worker_that_was_cancelled_holds_no_words() -> None:
    held: list[ref[Words]] = []

    async def script() -> None:
        words = Words()
        held.append(ref(words))
        await asyncio.Event().wait()

    app: App[None] = App()
    async with app.run_test() as pilot:
        worker = app.run_worker(script())
        await pilot.pause()
        worker.cancel()
        with pytest.raises(WorkerCancelled):
            await worker.wait()
        assert held[0]() is not None
        let_go()
        assert held[0]() is None


async def test_a_thread_with_nothing_to_do_holds_no_words(ghost: Companion) -> None:
    async with driving(ghost) as d:
        words = Words()
        held = ref(words)
        await d.app.run_worker(partial(id, words), thread=True).wait()
        del words
        for _ in range(3):  # its last messages go by
            await d.rest()
        gc.collect()
        assert held() is None


async def test_what_is_dropped_after_the_lock_goes_while_it_is_locked(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last task of a page may drop words in a cycle when the lock has long looked for them."""
    dropped: list[ref[Words]] = []

    def look() -> None:
        let_go()
        if not dropped:
            words = Words()
            words.itself = words
            dropped.append(ref(words))

    monkeypatch.setattr(app_module, "LAST_TASKS", (0.1,))
    monkeypatch.setattr(app_module, "let_go", look)
    async with driving(sealed) as d:
        gc.disable()
        try:
            await d.press("ctrl+l")
            await d.done(lambda: dropped[0]() is None, "it still holds them")
        finally:
            gc.enable()
