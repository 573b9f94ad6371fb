"""Walking the whole app: every offer on every page is followed, and what it opens is looked at and walked in turn.

What can be chosen is read off the pages themselves (lists, keys, the palette), so that a new page or a new door is
walked without a line being added here. A thing is followed once; a page that was met before is not walked again.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial

from app_driver import Driver
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea

from trustkit.tui.palette import Everything
from trustkit.tui.players.player import Player
from trustkit.tui.screens.guides import GuideScreen
from trustkit.tui.screens.page import Ask, Place
from trustkit.tui.screens.reader import ReaderScreen
from trustkit.tui.screens.regions import RegionsScreen
from trustkit.tui.screens.support import SupportScreen

LEADS_NOWHERE = re.compile(
    r"^(quit|hide|lock|suspend_process|command_palette|dismiss_none|rate|take|skip|look|turn|scroll|focus_\w+|move)\b"
    r"|back\b|cursor|page|home|end\b|copy|screenshot"
)
"""Actions that leave the page or the program, mark the scale, or only move about on the page."""

Met = tuple[str, ...]
"""What tells one page from another: its class, its titles, and what can be chosen there."""


@dataclass(frozen=True)
class Door:
    """One thing that can be chosen."""

    kind: str
    """`choose`, `key`, `app key` (works everywhere), `palette`, `place`, or `after`: once an exercise is done."""
    name: str
    words: str = ""


Way = tuple[Door, ...]
"""The doors to a page, from Today."""


@dataclass
class Walk:
    """A walk through a running app.

    Args:
        driver: The app.
        look: Called on every page that is met, with the page; it asserts.
        matters: Whether what leads to this exercise or list is followed from every page it stands on. Of others that
            say in their name where they lead (`play:breath-even`), one on one page is followed.
    """

    driver: Driver
    look: Callable[[Screen[object]], None]
    matters: Callable[[str], bool]
    met: dict[Met, Way] = field(default_factory=dict)
    """Every page, and the way to it from Today."""
    followed: set[tuple[str, ...]] = field(default_factory=set)
    lost: list[Way] = field(default_factory=list)
    """Ways that led somewhere else when they were gone a second time. There are none."""

    @property
    def pages(self) -> set[str]:
        """The classes of all pages that were met."""
        return {met[0] for met in self.met}

    @property
    def steps(self) -> set[tuple[str, str]]:
        """Every step of a guide that was met: guide and step."""
        return {(met[1], met[2]) for met in self.met if met[0] == ReaderScreen.__name__}

    async def everywhere(self) -> None:
        """Walk from Today until nothing is left to follow. Nothing is painted meanwhile: that is most of the time."""
        with self.driver.app.batch_update():
            await self._everywhere()

    async def _everywhere(self) -> None:
        waiting: deque[Way] = deque()
        await self._home()
        self._meet((), waiting)
        keys = [door for door in self.doors() if door.kind == "app key"]
        self.followed |= {self._mark(door) for door in keys}  # from Today, so that ways stay short
        for door in keys:
            await self._from((), door, waiting)
        for title in [title for title, _, do in self._palette() if not place_of(do)]:
            await self._from((), Door("palette", title), waiting)
        while waiting:
            way = waiting.popleft()
            if await self._back_to(way):
                await self._doors_of_this_page(way, waiting)
            elif way[-1].kind != "key":  # some keys stand only while the cursor is on some line
                self.lost.append(way)

    async def _doors_of_this_page(self, way: Way, waiting: deque[Way]) -> None:
        here = self._here()
        for door in list(self.doors()):
            mark = self._mark(door)
            if mark in self.followed:
                continue
            if self._here() != here and (not await self._back_to(way) or self._here() != here):
                self._meet(way, waiting)  # the page has changed: it is walked anew
                return
            self.followed.add(mark)
            await self._from(way, door, waiting)

    # -- what stands here ------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen[object]:
        return self.driver.app.screen

    def doors(self) -> Iterator[Door]:
        """Everything that can be chosen on this page; of a running exercise, what it offers once it is done."""
        exercise = self.screen.exercise if isinstance(self.screen, Player) else None
        if exercise is not None:
            yield Door("after", f"after:{exercise.id}")
        for rows in self.screen.query(OptionList):
            for option in rows.options:
                leads = exercise is None or option.id in self.driver.app.companion.library.exercises
                if option.id and not option.disabled and leads:
                    yield Door("choose", option.id, str(option.prompt))
        for active in self.screen.active_bindings.values():
            action = active.binding.action
            if exercise is not None or isinstance(active.node, OptionList | TextArea | Input) or not active.enabled:
                continue
            if not LEADS_NOWHERE.search(action.rpartition(".")[2]):
                yield Door("app key" if active.node is self.driver.app else "key", action)

    def _titles(self) -> tuple[str, ...]:
        """What tells this page from others of its class, whatever can be chosen there just now."""
        screen = self.screen
        if isinstance(screen, ReaderScreen):
            return screen._guide.id, screen._step.id
        if isinstance(screen, Player):
            return screen.exercise.id, type(screen.stage).__name__
        every = isinstance(screen, Ask)
        return tuple(str(words.render()) for words in screen.query(Static) if every or words.has_class("title"))

    def _here(self) -> Met:
        chosen = [option.id or "" for rows in self.screen.query(OptionList) for option in rows.options]
        return (type(self.screen).__name__, *self._titles(), *chosen)

    def _mark(self, door: Door) -> tuple[str, ...]:
        """What makes two doors one, so that the second is not followed."""
        page = type(self.screen).__name__
        kind, _, leads = door.name.partition(":")
        leads = leads.partition("#")[0]  # the same line under a second heading
        if door.kind == "app key":
            return (door.name,)
        if door.kind == "key":
            return page, door.name
        if kind == "go" and tuple(leads.split("/")) in self.steps:
            return page, kind
        if leads and not self.matters(leads):
            return kind, leads
        if isinstance(self.screen, RegionsScreen):
            return (page,)  # the same page lies behind each place
        return page, *self._titles(), door.kind, door.name

    # -- going -------------------------------------------------------------------------------------------

    async def _from(self, way: Way, door: Door, waiting: deque[Way]) -> None:
        """Follow a door, look at what it opens, and come back. What was said on the way is taken back."""
        sitting = self.driver.app.companion.sitting
        flags, distress, screen, here = set(sitting.flags), sitting.distress, self.screen, self._here()
        page = (screen._guide, screen._step) if isinstance(screen, ReaderScreen) else None
        try:
            await self._follow(door)
        except LookupError:  # a line to type in stands open, say: close it as a reader would
            await self.driver.app.run_action("back", default_namespace=screen)
            await self._back_to(way)
            if door.kind == "key" and door not in self.doors():
                self.followed.discard(self._mark(door))  # it stands only while the cursor is on some line
                return
            await self._follow(door)
        while self._at_gate():
            await self._pass(way, door, waiting)
        if self._meet((*way, door), waiting) and isinstance(screen, Place | GuideScreen):
            await self._doors_of_this_page(waiting.pop(), waiting)  # at once, as coming back costs most of the time
        assert flags <= sitting.flags, "what opened this path was forgotten"
        sitting.flags, sitting.distress = flags, distress
        await self._uncover(screen)
        if page is not None and self.screen is screen:
            screen.show(*page)  # a reader turns pages on the same screen
            await self._settle()
        if self._here() != here:
            await self._back_to(way)

    def _at_gate(self) -> bool:
        return isinstance(self.screen, Ask) and self.screen._title in ("A question first", "Before you read on")

    async def _pass(self, way: Way, door: Door, waiting: deque[Way]) -> None:
        """Go on past what stands before a page; the first time, look at where every other answer leads as well."""
        self.look(self.screen)
        here, sitting = self._here(), self.driver.app.companion.sitting
        gates = self.driver.app.companion.library.gates.values()
        labels = {answer.label for gate in gates for answer in gate.answers if answer.go == "on"} | {"Go on"}
        answers = [answer for answer in self.doors() if answer.kind == "choose"]
        if here not in self.met:
            self.met[here] = way
            for answer in answers:
                if answer.words in labels:
                    continue
                before = deepcopy(sitting)
                await self._follow(answer)
                while isinstance(self.screen, Ask):
                    self.look(self.screen)
                    await self._follow(next(on for on in self.doors() if on.words in labels))
                if isinstance(self.screen, ReaderScreen | SupportScreen):
                    self._meet((), waiting)
                else:
                    self.look(self.screen)
                sitting.flags, sitting.answered, sitting.noted = before.flags, before.answered, before.noted
                await self._back_to(way)
                await self._follow(door)
                assert self._here() == here
        await self._follow(next(answer for answer in answers if answer.words in labels))

    def _meet(self, way: Way, waiting: deque[Way]) -> bool:
        """Look at this page. True: there is something to follow on it, and it waits as the last."""
        screen, here = self.screen, self._here()
        self.look(screen)
        if here in self.met:
            return False
        if isinstance(screen, ReaderScreen):
            way = (Door("place", f"{screen._guide.id}/{screen._step.id}"),)
        elif isinstance(screen, SupportScreen):
            way = (Door("place", f"helplines/{screen._topic}".rstrip("/")),)
        elif isinstance(screen, GuideScreen):
            way = (Door("place", screen._guide.id),)
        self.met[here] = way
        fresh = any(self._mark(door) not in self.followed for door in self.doors())
        if fresh:
            waiting.append(way)
        return fresh

    async def _follow(self, door: Door) -> None:
        app, before = self.driver.app, (self.screen, self._here())
        match door.kind:
            case "choose":
                rows, at = self._option(door.name)
                rows.highlighted = at
                rows.action_select()
            case "key" | "app key":
                node, binding = self._binding(door.name)
                await app.run_action(binding.action, default_namespace=node)
            case "after":
                player = self.screen
                assert isinstance(player, Player)
                player.run_worker(player.something_else(), group="play", exclusive=True)
            case "palette":
                result = next(do for title, _, do in self._palette() if title == door.name)()
                if hasattr(result, "__await__") and not hasattr(result, "wait"):
                    await result
            case "place":
                app.go_to(door.name)
        for _ in range(6):
            await self._pause()
            if (self.screen, self._here()) != before:
                break
        await self._settle()

    async def _settle(self) -> None:
        """Wait until nothing on the page changes any more, and what is read in threads is read."""
        app, still = self.driver.app, 0
        for _ in range(2000):
            before = self._here()
            await self._pause()
            screen = self.screen
            reading = any(worker.is_running and worker._thread_worker for worker in app.workers)
            moving = not screen.children or (
                isinstance(screen, Player) and (screen.stage is None or not screen.stage.is_attached)
            )
            if reading or moving:
                await self.driver.pilot.pause(0.005)  # a thread works: let it
            still = 0 if reading or moving or self._here() != before else still + 1
            if still == 2:
                return
        raise AssertionError(f"never came to rest: {self._here()}")

    async def _pause(self) -> None:
        """Let every message that was posted be handled. (A pilot's own pause lays the page out once more each time.)"""
        await self.driver.pilot._wait_for_screen()
        await asyncio.sleep(0)

    def _option(self, name: str) -> tuple[OptionList, int]:
        for rows in self.screen.query(OptionList):
            for at in range(rows.option_count):
                if rows.get_option_at_index(at).id == name:
                    return rows, at
        raise LookupError(name)

    def _binding(self, action: str) -> tuple[Widget, Binding]:
        for active in self.screen.active_bindings.values():
            if active.binding.action == action:
                return active.node, active.binding  # type: ignore[return-value]
        raise LookupError(action)

    def _palette(self) -> list[tuple[str, str, Callable[[], object]]]:
        lines = Everything(self.screen)._lines()
        return [(title, says, do) for title, says, do in lines if not LEADS_NOWHERE.search(title.casefold())]

    async def _uncover(self, screen: Screen[object]) -> None:
        """Take away what lies on top of a page, where it is still there."""
        app = self.driver.app
        if screen in app.screen_stack:
            while app.screen is not screen:
                await app.pop_screen()
            await self._settle()

    async def _home(self, *, anew: bool = False) -> None:
        """Today; with `anew`, the place that was left is as if it had not been entered yet."""
        app = self.driver.app
        left = app.current_mode
        if left != "today":
            while len(app.screen_stack) > 1:
                await app.pop_screen()
            await app.switch_mode("today")
        if anew:
            for mode, make in app._rooms().items():
                if mode != "today":
                    await app.remove_mode(mode)
                    app.add_mode(mode, make)
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        await self._settle()

    async def _back_to(self, way: Way) -> bool:
        """Go the whole way again, if need be through places that forgot how they were left. False: it is no more."""
        sitting = self.driver.app.companion.sitting
        flags, distress = set(sitting.flags), sitting.distress
        for anew in (False, True):
            await self._home(anew=anew)
            try:
                for door in way:
                    await self._follow(door)
            except LookupError:
                continue
            sitting.flags, sitting.distress = flags, distress
            return True
        return False


def place_of(do: Callable[[], object]) -> str:
    """The page that a line of the palette opens; empty where it does something else."""
    is_place = isinstance(do, partial) and getattr(do.func, "__name__", "") == "go_to"
    return str(do.args[0]) if is_place else ""
