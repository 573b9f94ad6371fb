"""Driving the app in a test: start it over any vault, read the screen as text, wait for it to come to rest."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from textual.pilot import Pilot

from trustkit.companion import Companion
from trustkit.tui.app import TrustkitApp

PATIENCE: Final = 4000
"""Looks at the screen before a test gives up: some seconds at rest, far more on a machine with other things to do."""


def screen_text(app: TrustkitApp) -> str:
    """What a person would see now, line by line."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


def flat(words: str) -> str:
    """Without line breaks, so that wrapping does not matter to a test."""
    return " ".join(words.split())


class Driver:
    """A running app and the few things a test does with it."""

    def __init__(self, app: TrustkitApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        return screen_text(self.app)

    @property
    def screen_name(self) -> str:
        return type(self.app.screen).__name__

    async def rest(self) -> None:
        """Wait until every worker but a waiting question is done and the screen is painted."""
        await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.rest()

    async def done(self, holds: Callable[[], object], what: str = "it never came to that") -> None:
        """Wait for something to hold; a condition, never a length of time."""
        for _ in range(PATIENCE):
            if holds():
                return
            await self.pilot.pause(0.005)
        raise AssertionError(f"{what}; the screen shows:\n{self.text}")

    async def until(self, *words: str) -> None:
        """Wait for words on the screen."""
        await self.done(lambda: all(flat(word) in flat(self.text) for word in words), f"never saw {words!r}")

    async def choose(self, label: str) -> None:
        """Choose an answer by its words."""
        from trustkit.tui.widgets.choices import Choices

        for choices in self.app.screen.query(Choices):
            for index in range(choices.option_count):
                option = choices.get_option_at_index(index)
                if str(option.prompt).startswith(label) and not option.disabled:
                    choices.highlighted = index
                    choices.action_select()
                    await self.rest()
                    return
        raise AssertionError(f"no answer {label!r}; the screen shows:\n{self.text}")


@asynccontextmanager
async def driving(companion: Companion, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """The app over this companion, at this size. It gets nothing ready beforehand: that would read every guide anew."""
    app = TrustkitApp(companion)
    app.ready_after = None
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.rest()
        yield driver
