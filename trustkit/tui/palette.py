"""Everything by name: places, actions, guides and their steps, exercises. Nothing private stands here."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from trustkit.tui.commands import ALWAYS, GOING
from trustkit.tui.screens.stacked import Stacked
from trustkit.tui.widgets.choices import has_lines
from trustkit.tui.words import plain

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp


class Everything(Provider):
    """One line each: what it is called, what it does, and how to get there."""

    @property
    def trustkit(self) -> "TrustkitApp":
        return cast("TrustkitApp", self.app)

    def _lines(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        app = self.trustkit
        for command in (*GOING, *ALWAYS):
            if command.id != "find":
                yield command.words.capitalize(), command.help, partial(app.run_action, command.action)
        library = app.companion.library
        for guide in library.guides.values():
            yield guide.title, guide.summary, partial(app.go_to, guide.id)
            for step in guide.steps:
                yield f"{guide.title}: {step.title}", "", partial(app.go_to, f"{guide.id}/{step.id}")
        for exercise in app.companion.offered(library.exercises):
            yield exercise.title, exercise.summary, partial(app.play, exercise)

    async def discover(self) -> Hits:
        for title, says, do in self._lines():
            yield DiscoveryHit(plain(title), do, help=plain(says).plain if says else None)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for title, says, do in self._lines():
            if (score := matcher.match(title)) > 0:
                yield Hit(score, matcher.highlight(plain(title).plain), do, help=plain(says).plain if says else None)


class Palette(CommandPalette, Stacked[None]):
    """Textual's palette. A page key may come before its list has lines, which Textual takes for granted."""

    def _action_command_list(self, action: str) -> None:
        if has_lines(self.query_one(CommandList)):
            super()._action_command_list(action)
