"""A player may be left at any moment, the one in which a stage gives way to the next included."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.tui.players import player as player_module
from trustkit.tui.players.player import Player
from trustkit.tui.players.stages import Say
from trustkit.tui.widgets.choices import Offer

Playing = Callable[..., Any]


class Slow(Say):
    """A stage that is taken away slowly, as on a machine that has other things to do."""

    def __init__(self, gone: asyncio.Event) -> None:
        super().__init__(["First."], [Offer("on", "Go on")])
        self.gone = gone

    async def on_unmount(self) -> None:
        await self.gone.wait()


class TwoStages(Player):
    """One stage, then another."""

    CSS_PATH = str(Path(player_module.__file__).with_name("players.tcss"))
    gone: asyncio.Event
    cancelled: asyncio.Event

    async def script(self) -> None:
        try:
            await self.show(Slow(self.gone))
            await self.show(Say(["Second."], [Offer("on", "Go on")]))
        except asyncio.CancelledError:
            self.cancelled.set()
            raise


async def turns(holds: Callable[[], object], what: str) -> None:
    """Let everything else have its turn until it holds; the driver would wait for the stage that never goes."""
    for _ in range(100_000):
        if holds():
            return
        await asyncio.sleep(0)
    raise AssertionError(what)


@pytest.mark.parametrize("leaves", [True, False], ids=["left", "called off and left later"])
async def test_a_player_left_while_it_changes_stages_is_just_left(
    leaves: bool, opened: Companion, playing: Playing
) -> None:
    async with playing(opened, "ground-room", at_once=True) as play:
        player = TwoStages(opened.library.exercise("ground-room"), opened)
        player.gone, player.cancelled = asyncio.Event(), asyncio.Event()
        await play.app.push_screen(player)
        await play.until("First.")
        slow = player.stage
        assert isinstance(slow, Slow)
        pump = slow._task
        slow.finish("on")
        await turns(lambda: slow._pruning, "the first stage never began to go")
        if leaves:
            player.leave()
        for worker in player.workers:
            worker.cancel()
        await turns(player.cancelled.is_set, "the script was never called off")
        player.gone.set()
        await turns(pump.done, "the first stage never went")
        assert not pump.cancelled()
        if not leaves:
            player.leave()
        await play.done(lambda: not isinstance(play.app.screen, TwoStages), "it was never left")
        await play.press("escape")
        assert play.is_over
