"""Opening and closing screens: who is told to seal and forget, who waits for an answer, and what is open only once.

Three rules, each in one place, so that no screen has to guard itself:

- Only pages that stand on a stack are told anything, and one page's failure never reaches the others or the caller.
- A screen that goes without an answer cancels whoever waits for it: on a lock, on leaving, on a change of place.
  Textual ends a cancelled worker quietly. Once the app is leaving nothing is opened any more.
- Two screens of one kind never stand in one stack: the one that is open comes to the front.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, cast

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.events import ScreenResume, ScreenSuspend
from textual.screen import Screen, ScreenResultType
from textual.widget import AwaitMount
from textual.worker import Worker, active_worker

from trustkit.tui.screens.page import Page
from trustkit.tui.screens.stacked import Stacked

if TYPE_CHECKING:
    from textual.app import App

    _Base = App[int]
else:
    _Base = object

OUTLIVES: Final = frozenset({"keep"})
"""Groups of workers that write what a page already gave away; they go on when everything else is cancelled."""

COMPOSED_WITHIN: Final = 2.0
"""Seconds a key waits for a screen that was just opened. Keys that work anywhere never wait."""


class Stacking(_Base):
    """Mixed into the app, in front of `App`."""

    # -- telling pages -------------------------------------------------------------------------------------

    @property
    def pages(self) -> list[Page[object]]:
        """Every page on the stack of any place, so that all of them can be sealed and cleared."""
        return [page for stack in self._screen_stacks.values() for page in stack if isinstance(page, Page)]

    def seal_drafts(self) -> None:
        """Seal whatever is being written on any screen. One screen's trouble never keeps another from sealing."""
        for page in self.pages:
            self.seal(page)

    @property
    def unsealed(self) -> bool:
        """Whether something could not be sealed when that was last tried."""
        return any(page.unsealed for page in self.pages)

    def forget_pages(self) -> None:
        """Have every page drop its private words. A page that fails is removed all the same; see `close_places`."""
        for page in self.pages:
            self._tell(page, page.forget)

    def seal(self, page: Page[Any]) -> None:
        """Seal what is being written on one page; one that fails counts as not sealed."""
        if not self._tell(page, page.seal_draft):
            page.unsealed = True

    def _tell(self, page: Page[Any], told: Callable[[], None]) -> bool:
        try:
            told()
        except Exception as error:
            self.page_failed(page, error)
            return False
        return True

    def page_failed(self, page: Page[Any], error: Exception) -> None:
        """A page could not seal or forget. What called has more to do, so this only notes the kind of the error."""
        self.log.error(f"{type(page).__name__}: {type(error).__name__}")

    # -- opening -------------------------------------------------------------------------------------------

    def push_screen(  # type: ignore[override]
        self,
        screen: Screen[Any],
        callback: Callable[[Any], Any] | None = None,
        wait_for_dismiss: bool = False,
        *,
        mode: str | None = None,
    ) -> AwaitMount | asyncio.Future[Any]:
        """Open a screen, unless the app is leaving or one of its kind is open: then that one comes to the front.

        Whoever waits for the answer of a screen that was not opened is cancelled.
        """
        if not self._exit:
            self._close_palette()
            there = self._one_like(screen)
            if there is None:
                return super().push_screen(screen, callback, wait_for_dismiss, mode=mode)  # type: ignore[call-overload, no-any-return]
            there.updated_from(cast("Stacked[Any]", screen))
            self.bring_to_front(there)
        if not wait_for_dismiss:
            return AwaitMount(self.screen, [])
        refused: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        refused.cancel()
        return refused

    async def push_screen_wait(  # type: ignore[override]
        self, screen: Screen[ScreenResultType], *, mode: str | None = None
    ) -> ScreenResultType:
        """Open a screen and wait for its answer. Cancelled meanwhile, the screen goes with whoever asked."""
        try:
            return cast(ScreenResultType, await super().push_screen_wait(screen, mode=mode))
        except asyncio.CancelledError:
            if isinstance(screen, Stacked):
                screen.dismiss(None)
            raise

    def _one_like(self, screen: Screen[Any]) -> Stacked[Any] | None:
        kind = screen.kind if isinstance(screen, Stacked) else None
        if kind is None:
            return None
        stack = self._screen_stack[1:] if isinstance(screen, Page) else self._screen_stack[-1:]
        return next((one for one in stack if isinstance(one, Stacked) and one.kind == kind), None)

    def bring_to_front(self, screen: Screen[Any]) -> None:
        """Put a screen of the open place on top of its stack. What stood above it stays open beneath."""
        self._close_palette()
        stack = self._screen_stack
        covered = stack[-1]
        if covered is not screen:
            self.capture_mouse(None)
            stack.remove(screen)
            stack.append(screen)
            covered.post_message(ScreenSuspend())
            screen.post_message(ScreenResume())
            self.screen_change_signal.publish(screen)

    def action_command_palette(self) -> None:
        """Open the palette. It has no id: one that is going may still be there for a moment."""
        from trustkit.tui.palette import Palette

        if not self._palette_is_open:
            self.push_screen(Palette())

    @property
    def _palette_is_open(self) -> bool:
        return CommandPalette.is_open(cast(Any, self))

    def _close_palette(self) -> None:
        """What was found, or what a key opens meanwhile, takes its place."""
        if self._palette_is_open:
            self.pop_screen()

    async def screen_composed(self) -> None:
        """Wait until the open screen has its widgets. A key that came before asks for what is not there yet."""
        if not self.screen.is_mounted:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.screen._mounted_event.wait(), COMPOSED_WITHIN)

    def switch_mode(self, mode: str) -> AwaitMount:
        """Open another place, unless the app is leaving."""
        return AwaitMount(self.screen, []) if self._exit else super().switch_mode(mode)

    # -- closing -------------------------------------------------------------------------------------------

    def pop_screen(self) -> AwaitComplete:
        """Take the topmost screen away. What was being written there is sealed."""
        if len(self._screen_stack) > 1:
            self._take_down(self._screen_stack[-1])
        return super().pop_screen()

    async def close_places(self) -> None:
        """Remove every place but the open one with all its pages; each is made fresh when it is next gone to."""
        closed = [self._screen_stacks.pop(mode) for mode in [*self._screen_stacks] if mode != self._current_mode]
        for stack in closed:
            for screen in stack:
                self._take_down(screen)
        self.cancel_workers()
        for stack in closed:
            for screen in reversed(stack):
                await self._replace_screen(screen)

    def _take_down(self, screen: Screen[Any]) -> None:
        if isinstance(screen, Page):
            self.seal(screen)
        if isinstance(screen, Stacked):
            screen.is_taken_down = True
        for waiting in screen._result_callbacks:
            if waiting.future is not None:
                waiting.future.cancel()  # nothing, where it was answered
        asking = active_worker.get(None)
        self.cancel_workers(lambda worker: worker.node is screen and worker is not asking)

    def cancel_workers(self, which: Callable[[Worker[Any]], bool] = lambda _: True) -> None:
        """Call off what would go on later, but for what is being written."""
        for worker in list(self.workers):
            if worker.group not in OUTLIVES and which(worker):
                worker.cancel()

    def exit(self, result: int | None = None, return_code: int = 0, message: Any = None) -> None:
        """Seal, and leave. Nothing that waits for an answer goes on behind it."""
        self.seal_drafts()
        super().exit(result, return_code, message)
        self.cancel_workers()
