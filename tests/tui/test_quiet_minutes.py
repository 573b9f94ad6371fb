"""Quiet minutes go on while the computer sleeps, and a page that should be locked is neither painted nor typed into."""

import time
from datetime import timedelta

import pytest
from app_driver import Driver, driving
from textual.app import App
from textual.widgets import Input

from trustkit.companion import Companion
from trustkit.tui.clock import ForwardWallTime, counting_sleep

HOURS = timedelta(hours=8).total_seconds()


def sleeps(d: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lid is shut for a night: no timer runs, and only the clock that counts sleep goes on."""
    now = d.app.idle_clock()
    monkeypatch.setattr(d.app, "idle_clock", lambda: now + HOURS)


async def test_on_waking_nothing_is_painted_before_it_is_locked(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    monkeypatch.setattr(App, "_display", lambda _app, screen, _: painted.append(type(screen).__name__))
    async with driving(sealed) as d:
        await d.press("j")
        sleeps(d, monkeypatch)
        painted.clear()
        d.app.screen.refresh(layout=True)
        await d.rest()
        assert painted == []
        await d.app.lock_when_idle()
        await d.until("Locked after 10 quiet minutes.")
        assert set(painted) == {"UnlockScreen"}
        assert sealed.vault.locked


@pytest.mark.parametrize("key", ["x", "enter", "j", "ctrl+o"])
async def test_the_first_key_after_waking_finds_the_door(
    key: str, sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(sealed) as d:
        await d.press("j")
        sleeps(d, monkeypatch)
        await d.press(key)
        assert d.app.current_mode == "door"
        assert sealed.vault.locked
        if key != "ctrl+o":  # support needs no passphrase
            assert d.app.screen.query_one(Input).value == ""


async def test_hide_as_the_first_key_after_waking_hides(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(sealed) as d:
        sleeps(d, monkeypatch)
        await d.press("ctrl+g")
        assert d.app.hidden
        assert d.text.strip() == ""
        assert sealed.vault.locked


async def test_where_leaving_was_chosen_waking_leaves(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed.change_settings(quit_on_idle=True)
    async with driving(sealed) as d:
        sleeps(d, monkeypatch)
        await d.app.lock_when_idle()
        assert d.app.return_code == 0


@pytest.mark.parametrize(("system", "number"), [("linux", "CLOCK_BOOTTIME"), ("darwin", "CLOCK_MONOTONIC")])
def test_each_system_has_its_clock_that_counts_sleep(system: str, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 7, raising=False)
    monkeypatch.setattr(time, "CLOCK_MONOTONIC", 1, raising=False)
    monkeypatch.setattr(time, "clock_gettime", lambda asked: float(asked))
    assert counting_sleep(system)() == getattr(time, number)


@pytest.mark.parametrize("system", ["win32", "freebsd14", "linux"])
def test_without_such_a_clock_it_is_wall_time(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: int) -> float:
        raise OSError

    monkeypatch.setattr(time, "clock_gettime", refused)
    assert isinstance(counting_sleep(system), ForwardWallTime)


@pytest.mark.parametrize(
    ("wall", "monotonic", "passed"),
    [
        ([0, 60], [0, 60], 60),
        ([0, HOURS], [0, 1], HOURS),  # asleep
        ([0, -HOURS], [0, 60], 60),  # set back while awake
        ([0, -HOURS, -HOURS + 60], [0, 1, 1], 61),  # set back, then asleep
        ([0, 0], [0, 60], 60),  # a wall clock that stands still
    ],
)
def test_wall_time_only_goes_forward(wall: list[float], monotonic: list[float], passed: float) -> None:
    moments, steady = iter(wall), iter(monotonic)
    clock = ForwardWallTime(lambda: next(moments), lambda: next(steady))
    assert [clock() for _ in wall[1:]][-1] == passed
