"""Parts that follow one another, each with time of its own: what grounding and timers share.

A part goes on by itself when its time is over, is held and let go on, and stands still while another screen lies on it.
"""

from collections.abc import Sized
from typing import Final

from textual.containers import VerticalScroll
from textual.content import Content

from trustkit.exercises.prompts import Ended
from trustkit.tui.players.stages import Keys
from trustkit.tui.players.timekeeper import Timekeeper
from trustkit.tui.widgets.said import Said

LOOK: Final = 0.25
"""Seconds between two looks at the time."""
HELD: Final = "held, space goes on"


class Waits(Keys[Ended]):
    """The parts, one after another.

    Args:
        parts: What is gone through.
        time: What keeps the time of the one that is open.
        still: Show the time in figures, and no line that runs out.
        name: What the ids of its lines begin with.
        id: Its own id.
    """

    def __init__(self, parts: Sized, time: Timekeeper, *, still: bool, name: str, id: str) -> None:
        super().__init__(id=id)
        self.time = time
        self.still = still
        self.at = 0
        """Which part is open."""
        self._last = len(parts) - 1
        self._prefix = name
        self._ran = False
        """Whether time ran when another screen came on top."""

    @property
    def seconds(self) -> float:
        """How long the open part runs by itself; 0 where it waits for a key."""
        raise NotImplementedError

    def open(self) -> None:
        """Put the words of the open part on screen."""
        raise NotImplementedError

    def show_time(self) -> None:
        """Put on screen what changes while the part is open."""
        raise NotImplementedError

    def over(self) -> None:
        """The time of the open part is over."""
        self.action_next()

    def on_mount(self) -> None:
        self.set_interval(LOOK, self.look)
        self._begin_part()

    def put(self, name: str, words: Content) -> None:
        """Change one of the lines."""
        self.query_one(f"#{self._prefix}-{name}", Said).update(words)

    def room(self, name: str, columns: int) -> bool:
        """Whether one of the lines holds so many columns; before it has a size, it may."""
        width = self.query_one(f"#{self._prefix}-{name}").size.width
        return not width or width >= columns

    @property
    def left(self) -> float:
        """Seconds until the open part is over."""
        return max(0.0, self.seconds - self.time.passed())

    def running_out(self, columns: int) -> list[tuple[str, str]]:
        """A line that is as long as the time that is left."""
        full = round(columns * self.left / self.seconds)
        return [("━" * full, "$primary"), ("·" * (columns - full), "$quiet")]

    def look(self) -> None:
        """See how the time stands; a part whose time is over gives way to the next."""
        if self.answer.done() or not self.seconds or not self.time.running:
            return
        if self.time.passed() >= self.seconds:
            self.over()
        else:
            self.show_time()

    def stop(self) -> None:
        """Nothing goes on by itself any more."""
        self.time.hold()

    def covered(self) -> None:
        self._ran = self.time.running
        self.time.hold()

    def uncovered(self) -> None:
        if self._ran:
            self.time.go_on()
            self.show_time()
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Time that runs can be held, and time that is held can go on: one key, under the name of what it does now."""
        if action == "hold":
            return bool(self.seconds) and self.time.running
        if action == "go_on":
            return bool(self.seconds) and not self.time.running
        return super().check_action(action, parameters)

    def action_hold(self) -> None:
        """Hold the time."""
        self.time.hold()
        self.show_time()
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Let the time go on."""
        self.time.go_on()
        self.show_time()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """A line in a narrow window is a shorter one."""
        self.show_time()

    def _begin_part(self) -> None:
        self.open()
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.time.begin()
        self.show_time()
        self.refresh_bindings()

    def action_next(self) -> None:
        if self.at < self._last:
            self.at += 1
            self._begin_part()
        else:
            self.stop()
            self.finish("whole")

    def action_before(self) -> None:
        if self.at:
            self.at -= 1
            self._begin_part()

    def action_end(self) -> None:
        self.stop()
        self.finish("stopped")
