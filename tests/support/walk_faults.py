"""Faults that once ended the program or gave it away, put back one at a time: the walks have to find each of them.

A walk that finds nothing proves something only if it would find these. `walk_program.py` puts one in where the
environment names it, `tests/benchmarks/bench_walk_faults.py` tries them all.
"""

from collections.abc import Callable
from typing import Any, Final
from weakref import WeakSet


def told_after_it_was_taken_down() -> None:
    """A breath that was left is still told to forget by a lock or by hiding, and asks for widgets that are gone."""
    from trustkit.tui.players.breathing import BreathingPlayer
    from trustkit.tui.stacking import Stacking
    from trustkit.tui.widgets.breath_figure import BreathFigure

    ever: WeakSet[Any] = WeakSet()
    kept: list[Any] = []  # what Python has not collected yet
    push, pages, forget = Stacking.push_screen, Stacking.pages, BreathingPlayer.forget

    def remembering(self: Any, screen: Any, *args: Any, **kinds: Any) -> Any:
        ever.add(screen)
        kept.append(screen)
        return push(self, screen, *args, **kinds)

    def asks_for_its_figure(self: Any) -> None:
        self.query_one(BreathFigure)
        forget(self)

    def tell(_: Any, __: Any, told: Callable[[], None]) -> bool:
        told()
        return True

    def every_page(self: Any) -> list[Any]:
        assert pages.fget is not None
        return list({*pages.fget(self), *(page for page in ever if isinstance(page, BreathingPlayer))})

    Stacking.push_screen = remembering  # type: ignore[method-assign]
    Stacking.pages = property(every_page)  # type: ignore[method-assign, assignment]
    Stacking._tell = tell  # type: ignore[method-assign]
    BreathingPlayer.forget = asks_for_its_figure  # type: ignore[method-assign]


def goes_on_behind_an_exit() -> None:
    """The welcome goes on after Close, to pages that can't be opened any more."""
    from textual.app import App

    from trustkit.tui.app import TrustkitApp
    from trustkit.tui.stacking import Stacking

    Stacking.exit = App.exit  # type: ignore[method-assign, assignment]
    Stacking.push_screen = App.push_screen  # type: ignore[method-assign]
    Stacking.switch_mode = App.switch_mode  # type: ignore[method-assign, assignment]
    TrustkitApp.is_running = property(lambda _: True)  # type: ignore[method-assign, assignment]


def answers_twice() -> None:
    """A second answer to a dialog that was answered."""
    from textual.screen import Screen

    from trustkit.tui.screens.stacked import Stacked

    Stacked.dismiss = Screen.dismiss  # type: ignore[method-assign]
    Stacked.check_message_enabled = Screen.check_message_enabled  # type: ignore[method-assign]


def opens_a_second_palette() -> None:
    """The palette can be opened over a breath over a palette, and both have one id."""
    from textual.command import CommandPalette

    from trustkit.tui.app import TrustkitApp
    from trustkit.tui.stacking import Stacking

    def open_one(self: Any) -> None:
        self.push_screen(CommandPalette(id="--command-palette"))

    Stacking.action_command_palette = open_one  # type: ignore[method-assign]
    TrustkitApp._close_palette = lambda _: None  # type: ignore[method-assign]
    Stacking._close_palette = lambda _: None  # type: ignore[method-assign]


def leaves_the_command_line_in_view() -> None:
    """Hiding without a lock gives back the shell as it was."""
    from trustkit.tui import terminal

    terminal.ERASE_ALL = ""  # type: ignore[misc]


def paints_on_behind_a_lock() -> None:
    """A locked program that still shows a page."""
    from trustkit.tui.app import TrustkitApp

    async def only_locks(self: Any, mode: str) -> bool:
        self.companion.vault.lock()
        return True

    TrustkitApp._lock_behind = only_locks  # type: ignore[method-assign]


def stays_at_quit() -> None:
    """`^q` does not leave."""
    from trustkit.tui.app import TrustkitApp

    async def stays(_: Any) -> None:
        return None

    TrustkitApp.action_quit = stays  # type: ignore[method-assign]


def names_a_dead_key() -> None:
    """The key line names a key that does nothing."""
    from trustkit.tui.app import TrustkitApp

    TrustkitApp.action_support = lambda _: None  # type: ignore[method-assign, assignment]


FAULTS: Final[dict[str, Callable[[], None]]] = {
    fault.__name__: fault
    for fault in (
        told_after_it_was_taken_down,
        goes_on_behind_an_exit,
        answers_twice,
        opens_a_second_palette,
        leaves_the_command_line_in_view,
        paints_on_behind_a_lock,
        stays_at_quit,
        names_a_dead_key,
    )
}
