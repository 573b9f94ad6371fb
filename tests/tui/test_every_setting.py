"""Every setting changes something that a person sees or hears. A new one needs a row here."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from app_driver import Driver, driving

from trustkit import settings as settings_file
from trustkit import vault
from trustkit.companion import Companion
from trustkit.paths import Paths
from trustkit.settings import Settings
from trustkit.tui.players.playing import player_for
from trustkit.tui.players.timer import Spans

from .conftest import CHEAP, PASSPHRASE

Look = Callable[[Driver, pytest.MonkeyPatch], Awaitable[str]]
HEBREW: Final = Path(__file__).parents[1] / "library" / "he"


async def ground(d: Driver, _: pytest.MonkeyPatch) -> str:
    """The colour behind everything."""
    return str(d.app.screen._compositor.render_strips()[-2]._segments[0].style)


async def breath(d: Driver, _: pytest.MonkeyPatch) -> str:
    await d.press("ctrl+t")
    await d.until("A longer breath out")
    return d.text


async def support(d: Driver, _: pytest.MonkeyPatch) -> str:
    await d.press("ctrl+o")
    await d.rest()
    return d.text


async def quiet(minutes: int, d: Driver, monkeypatch: pytest.MonkeyPatch) -> str:
    """The screen, or that there is none, after so long without a key."""
    now = d.app.idle_clock()
    monkeypatch.setattr(d.app, "idle_clock", lambda: now + 60 * minutes)
    await d.app.lock_when_idle()
    if d.app.return_code is not None:
        return "trustkit was left"
    await d.rest()
    return d.text


async def three_minutes(d: Driver, monkeypatch: pytest.MonkeyPatch) -> str:
    return await quiet(3, d, monkeypatch)


async def an_hour(d: Driver, monkeypatch: pytest.MonkeyPatch) -> str:
    return await quiet(60, d, monkeypatch)


async def hidden(d: Driver, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the hide key sends to the terminal."""
    sent: list[str] = []
    monkeypatch.setattr(d.app, "_write_terminal", sent.append)
    await d.press("ctrl+g")
    return sent[-1]


async def rung(d: Driver, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is heard when a turn ends."""
    heard: list[str] = []
    monkeypatch.setattr(d.app, "bell", lambda: heard.append("ding"))
    exercise = d.app.companion.library.exercises["honest-half-hour"]
    await d.app.push_screen(player_for(exercise, d.app.companion, at_once=True))
    await d.done(lambda: d.app.screen.query(Spans))
    d.app.screen.query_one(Spans).over()
    return " ".join(heard)


async def page(d: Driver, _: pytest.MonkeyPatch) -> str:
    await d.press("w")
    await d.rest()
    return d.text


async def guides(d: Driver, _: pytest.MonkeyPatch) -> str:
    await d.press("g")
    await d.rest()
    return d.text


async def first(d: Driver, _: pytest.MonkeyPatch) -> str:
    await d.rest()
    return d.text


EFFECTS: Final[dict[str, tuple[Any, Look, str]]] = {
    "theme": ("day", ground, ""),
    "motion": ("still", breath, ""),
    "figure": ("words", breath, ""),
    "region": ("gb", support, "United Kingdom"),
    "language": ("he", guides, ""),
    "lock_minutes": (2, three_minutes, "Locked after 2 quiet minutes."),
    "quit_on_idle": (True, an_hour, "trustkit was left"),
    "ritual": ("before", page, "Breathe in"),
    "hide_view": ("prompt", hidden, "$ "),
    "bell": ("soft", rung, "ding"),
    "outside_editor": (True, page, "f4"),
    "welcome": (False, first, "How are you right now?"),
    "keys": ({"breathe": "ctrl+b"}, first, "^b breathe"),
}
"""Another value than the usual one, where it is looked at, and words that are seen only then."""


def test_every_setting_has_a_row() -> None:
    assert set(EFFECTS) == {field.name for field in fields(Settings)}


@pytest.mark.parametrize("name", EFFECTS)
async def test_a_setting_changes_what_is_seen(
    name: str, paths: Paths, clock: Callable[[], datetime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value, look, words = EFFECTS[name]
    content = Path(shutil.copytree(paths.content, tmp_path / "content"))
    shutil.copytree(HEBREW, content / "he")
    looks = []
    for number, changes in enumerate(({}, {name: value})):
        here = replace(paths, content=content, data=tmp_path / f"data-{number}", config=tmp_path / f"{number}")
        settings_file.save(here.settings_file, Settings(**changes))
        if name != "welcome":  # that is shown where there is no journal yet
            vault.create_sealed(here, PASSPHRASE, clock=clock, log_n=CHEAP).close()
        companion = Companion.start(here, clock=clock)
        assert not companion.setting_slips
        if name != "welcome":
            companion.vault.unlock(PASSPHRASE)
        async with driving(companion) as d:
            looks.append(await look(d, monkeypatch))
    assert looks[0] != looks[1]
    assert words in looks[1]
    assert not words or words not in looks[0]
