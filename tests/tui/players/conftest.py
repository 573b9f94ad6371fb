"""A player on top of a page that was being written, over a vault whose every byte can be read."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from app_driver import Driver, driving
from textual.app import ComposeResult
from textual.widgets import TextArea

from trustkit.companion import Companion
from trustkit.model.exercise import Exercise
from trustkit.tui.app import TrustkitApp
from trustkit.tui.players.playing import player_for
from trustkit.tui.screens.page import Page


class Beneath(Page[None]):
    """Where the reader was: in the middle of a sentence."""

    def compose_body(self) -> ComposeResult:
        yield TextArea("I was in the middle of")

    def on_mount(self) -> None:
        self.query_one(TextArea).move_cursor((0, 12))


class Seconds:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Play(Driver):
    """A running player, and what a test asks of it."""

    seconds: Seconds
    result: object = "still there"

    @property
    def companion(self) -> Companion:
        return self.app.companion

    @property
    def is_over(self) -> bool:
        """Whether the reader is back where they were, at the very same spot."""
        screen = self.app.screen
        return isinstance(screen, Beneath) and screen.query_one(TextArea).cursor_location == (0, 12)

    def on_disk(self) -> dict[str, bytes]:
        """Every file of the vault, cache and settings, with its bytes."""
        paths = self.companion.paths
        return {
            str(file): file.read_bytes()
            for folder in (paths.data, paths.cache, paths.config)
            for file in folder.rglob("*")
            if file.is_file()
        }

    def holds(self, words: str) -> bool:
        """Whether these words stand anywhere on disk."""
        return any(words.encode() in content for content in self.on_disk().values())

    async def type(self, text: str) -> None:
        """Put words where the cursor is, all at once: pressing each key costs time and proves nothing more."""
        await self.done(lambda: isinstance(self.app.focused, TextArea), "nothing to write on has the focus")
        focused = self.app.focused
        assert isinstance(focused, TextArea)
        focused.insert(text)
        await self.rest()

    async def settled(self) -> None:
        """Wait until what was written in a thread is on disk."""
        await self.pilot.pause()
        await self.done(
            lambda: not any(one.group in ("keep", "seal") and not one.is_finished for one in self.app.workers),
            "something is still being written",
        )

    async def open(self, exercise: Exercise, *, from_step: str = "", at_once: bool = False) -> None:
        """Play this on top of what is open."""

        def done(result: object) -> None:
            self.result = result

        self.app.push_screen(player_for(exercise, self.companion, from_step, at_once=at_once), done)
        await self.rest()

    def forward(self, seconds: float) -> None:
        """Let monotonic time pass."""
        self.seconds.now += seconds


Playing = Callable[..., "object"]


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    """Monotonic time as the players see it."""
    clock = Seconds()
    monkeypatch.setattr(TrustkitApp, "time", lambda _: clock())
    return clock


@pytest.fixture
def playing(seconds: Seconds) -> Playing:
    """Play an exercise, by its id or made for the test, on top of a half-written page."""

    @asynccontextmanager
    async def play(
        companion: Companion,
        exercise: str | Exercise,
        *,
        size: tuple[int, int] = (80, 24),
        at_once: bool = False,
        from_step: str = "",
        **changes: object,
    ) -> AsyncIterator[Play]:
        async with driving(companion, size) as driver:
            chosen = companion.library.exercise(exercise) if isinstance(exercise, str) else exercise
            chosen = replace(chosen, **changes)  # type: ignore[arg-type]
            on = Play(driver.app, driver.pilot)
            on.seconds = seconds
            await driver.app.push_screen(Beneath(companion))
            await on.rest()
            await on.open(chosen, from_step=from_step, at_once=at_once)
            yield on

    return play
