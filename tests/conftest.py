"""What every test stands on: nothing of the developer's own in reach, a clock that a test sets, empty folders."""

import os
import signal
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from trustkit.paths import Paths, shipped_content

settings.register_profile(
    "trustkit",
    deadline=None,  # no promise is about how long a machine with other things to do takes
    database=None,  # and none about what another run found
    # What these tests take from fixtures is a folder or a clock, which no example spoils for the next.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("trustkit")

_homes = count()
_DROPPED = ("COLORTERM", "COLUMNS", "EDITOR", "LINES", "NO_COLOR", "VISUAL")


@pytest.fixture(autouse=True)
def _out_of_reach(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Home, folders and terminal settings are a test's own; child processes inherit them."""
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_homes))  # `mktemp` looks through all before it
    home.mkdir(parents=True)
    for name in list(os.environ):
        if name in _DROPPED or name.startswith(("TEXTUAL", "_TRUSTKIT")):
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home / "run"))
    monkeypatch.setenv("TRUSTKIT_HOME", str(home / "trustkit"))
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many of these tests wait for a terminal."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_configure() -> None:
    """What whoever started this had ignored (nohup, `&` in a script) is not ignored by the programs tried here."""
    for name in ("SIGHUP", "SIGINT", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        """Put the hands where a test wants them; back is allowed, too."""
        self.now = now

    def forward(self, **by: float) -> datetime:
        """Move on by `timedelta` words: `forward(minutes=5)`."""
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> FakeClock:
    """Ten past two in the night of a Sunday, an hour east of Greenwich."""
    return FakeClock(datetime(2026, 11, 22, 2, 10, 9, tzinfo=timezone(timedelta(hours=1))))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The shipped content, and empty folders for everything else. None of them exist yet."""
    return Paths(shipped_content(), tmp_path / "data", tmp_path / "cache", tmp_path / "config")


_skipped: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped.add(report.longrepr[2].removeprefix("Skipped: "))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where every tool is installed (TRUSTKIT_NO_SKIPS), a test that skips has not shown what it promises."""
    if _skipped and os.environ.get("TRUSTKIT_NO_SKIPS"):
        print("\nUnexpected skips:", *sorted(_skipped), sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
