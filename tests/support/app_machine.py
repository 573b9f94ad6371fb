"""The app under keys as fast as it takes them: on an event loop whose time passes only when nothing is left to do.

Textual's pilot watches the processor to see whether an app has come to rest, which costs 60 ms a key. On this loop
rest is exact (no task can go on, no thread is at work), and 0.1 s of waiting take as long as what happens in them.
"""

import asyncio
import contextvars
from collections.abc import Callable, Coroutine
from typing import Any

import textual._time
from app_driver import screen_text
from textual import events
from textual._compositor import Compositor
from textual.binding import Binding
from textual.cache import LRUCache
from textual.command import CommandPalette
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.screen import Screen

from trustkit.companion import Companion
from trustkit.tui.app import TrustkitApp
from trustkit.tui.screens.stacked import Stacked

REST = 0.12
"""Seconds of the loop's time between two keys of somebody who looks at the screen."""

PAINTED = 8
"""Every so many frames are painted."""
RENDER_UPDATE = Compositor.render_update
PARSED: LRUCache[Any, Any] = LRUCache(4096)
"""Style sheets read so far. An app's own cache is too small for all of its pages, and each app would begin anew."""


class QuickLoop(asyncio.SelectorEventLoop):
    """An event loop that skips the waiting. Threads are waited for: no time passes while one is at work."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1000.0
        self._jobs = 0
        self._wait = self._selector.select
        self._selector.select = self._skip

    def time(self) -> float:
        return self._now

    def _skip(self, timeout: float | None = None) -> Any:
        if timeout == 0:
            return self._wait(0)
        if self._jobs:
            return self._wait(0.001)
        if timeout is None:
            raise RuntimeError("everything waits, and nothing will ever happen")
        self._now += timeout
        return self._wait(0)

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        job = super().run_in_executor(executor, func, *args)
        self._jobs += 1
        job.add_done_callback(self._done)
        return job

    def _done(self, _: Any) -> None:
        self._jobs -= 1


def key_event(key: str) -> events.Key:
    """What a terminal would send for this key."""
    import unicodedata

    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    try:
        char: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        char = key if len(key) == 1 else None
    return events.Key(key, char)


class QuickApp:
    """An app that runs from call to call, with what a walk looks at.

    Args:
        companion: What it opens.
        size: Columns and rows.
    """

    def __init__(self, companion: Companion, size: tuple[int, int]) -> None:
        self.loop = QuickLoop()
        textual._time.get_time = self.loop.time
        self.page_errors: list[Exception] = []
        self._told = False
        self.app = app = TrustkitApp(companion)
        app.ready_after = None
        self._later = 0.0
        app.time = lambda: self.loop.time() + self._later  # type: ignore[method-assign]
        app.idle_clock = app.time
        app.touched()
        app.page_failed = lambda _page, error: self.page_errors.append(error)  # type: ignore[method-assign]
        app._leave_at_once = lambda _code: None  # type: ignore[method-assign]  # the last resort ends the process
        app.stylesheet._parse_cache = PARSED
        Compositor.render_update = self._paint_some  # type: ignore[method-assign]
        self._frames = 0
        self._context = contextvars.copy_context()
        self._run(self._start(size))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.set_event_loop(self.loop)
        self._context.run(self.loop.run_until_complete, work)

    async def _start(self, size: tuple[int, int]) -> None:
        app = self.app
        ready = asyncio.Event()
        app._disable_tooltips = True

        async def live() -> None:
            with app._context():
                app._loop = asyncio.get_running_loop()
                import threading

                app._thread_id = threading.get_ident()
                try:
                    await app._process_messages(ready_callback=ready.set, headless=True, terminal_size=size)
                finally:
                    ready.set()

        self.life = asyncio.create_task(live())
        await ready.wait()
        await asyncio.sleep(2 * REST)

    def _paint_some(self, *args: Any, **kinds: Any) -> Any:
        """One frame of several: painting is most of the time, and what can be seen is looked at by `text`."""
        self._frames += 1
        return None if self._frames % PAINTED else RENDER_UPDATE(self.app.screen._compositor, *args, **kinds)

    # -- doing -------------------------------------------------------------------------------------------

    def press(self, *keys: str, rest: float = REST) -> None:
        """Press keys without waiting between them, then let this much time pass."""
        self.do(lambda: [self.app.post_message(key_event(key)) for key in keys], rest=rest)

    def do(self, act: Callable[[], object], *, rest: float = REST) -> None:
        """Do something as a signal or a window does, then let time pass. Raises what the app fell over."""

        async def done() -> None:
            with self.app._context():
                act()
            await asyncio.wait([self.life], timeout=max(rest, 0.0001))
            await asyncio.sleep(0)

        if self.is_open:
            self._run(done())
        self.check()

    def resize(self, columns: int, rows: int) -> None:
        """Change the window."""
        size = Size(columns, rows)

        def resized() -> None:
            self.app._driver._size = size  # type: ignore[union-attr]
            self.app.post_message(events.Resize(size, size))

        self.do(resized)

    def quiet(self, minutes: float) -> None:
        """Let so many minutes pass in which no key is pressed."""
        self._later += minutes * 60
        self.do(lambda: self.app.call_later(self.app.lock_when_idle))

    def close(self) -> None:
        """Leave, and end the loop. Raises what the app fell over on its way out."""

        async def ended() -> None:
            if self.is_open:
                self.app.exit(0)
            await asyncio.wait([self.life], timeout=30)
            rest = asyncio.all_tasks() - {asyncio.current_task()}
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)
            self.loop._jobs = 1  # the last: the threads that end
            await self.loop.shutdown_default_executor()

        try:
            self._run(ended())
        finally:
            self.app.companion.vault.close()
            self.loop.close()
            asyncio.set_event_loop(None)
            textual._time.get_time = textual._time.time
            Compositor.render_update = RENDER_UPDATE  # type: ignore[method-assign]
        self.check()

    # -- looking -----------------------------------------------------------------------------------------

    def check(self) -> None:
        """Raise what the app, or a page that was told to seal or forget, fell over."""
        errors = [self.app._exception, *self.page_errors]
        if not self._told and (error := next(filter(None, errors), None)):
            self._told = True
            raise error

    @property
    def is_open(self) -> bool:
        """Whether it has not been left."""
        return not self.life.done() and not self.app._exit

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    @property
    def text(self) -> str:
        """What a person would see."""
        with self.app._context():
            return screen_text(self.app)

    @property
    def place(self) -> str:
        """`today`, `door`, `blank`, …, or `_default` while the welcome is shown."""
        return self.app.current_mode

    def bound_keys(self) -> list[str]:
        """The keys that do something here, in a fixed order."""
        found: dict[str, Binding] = {key: active.binding for key, active in self.screen.active_bindings.items()}
        return sorted(key for key in found if key not in LEAVE and key != "ctrl+z")

    def doubles(self) -> list[str]:
        """Kinds of screens that stand twice in one stack. There are none."""
        twice: list[str] = []
        for stack in self.app._screen_stacks.values():
            kinds = [screen.kind for screen in stack[1:] if isinstance(screen, Stacked) and screen.kind is not None]
            kinds += [CommandPalette for screen in stack if isinstance(screen, CommandPalette)]
            names = [str(kind) for kind in kinds]
            twice += {name for name in names if names.count(name) > 1}
        return twice


LEAVE = frozenset({"ctrl+q"})
"""Keys that leave whatever is open."""
HIDE = frozenset({"ctrl+g", "f8"})
"""Keys that leave where there is nothing to lock."""
