"""How long trustkit takes to begin, beside `python -c pass` and beside a bare Textual app, in one run.

Only ratios are compared with their budgets: seconds depend on the machine. The two sides of a ratio are run
in turns, and the quickest of each counts, so that other work on the machine weighs on both alike.
"""

import os
import pty
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pty_terminal import Terminal

ROOT = Path(__file__).parents[2]
TURNS = 25
"""Runs of each side: the quickest of 25 varied by under 5 % between repetitions."""
TURNS_ON_SCREEN = 12
DEADLINE = 30.0
"""Seconds until a screen that shows nothing counts as broken."""

TRUSTKIT = (sys.executable, "-m", "trustkit")
NOTHING = (sys.executable, "-c", "pass")
BARE_APP = (
    sys.executable,
    "-c",
    "from textual.app import App\nfrom textual.widgets import Static\n"
    "class Bare(App):\n    def compose(self):\n        yield Static('READY')\nBare().run()",
)
VERSION_BUDGET = 5.0
VERB_BUDGET = 12.0
FIRST_PAINT_BUDGET = 1.4
MEMORY_BUDGET = 1.6


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Bytecode is written and found again, as in an installation, whatever this shell is set to."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.getbasetemp() / "bytecode"))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.chdir(tmp_path)


def seconds_to_end(command: Sequence[str]) -> float:
    """Seconds of processor time from starting a process to its end, its output going nowhere.

    A verb that only starts, prints and ends waits for nothing: on a quiet machine this is the time on the
    clock, and on a busy one it is what the clock would have shown.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds_to_see(words: bytes) -> Callable[[Sequence[str]], float]:
    """From starting a process in a pseudo-terminal of 80×24 to its having written these words."""

    def measured(command: Sequence[str]) -> float:
        began = time.perf_counter()
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ["LINES"], os.environ["COLUMNS"] = "24", "80"
            os.execvp(command[0], list(command))
        seen = b""
        try:
            while words not in seen:
                left = began + DEADLINE - time.perf_counter()
                if left <= 0 or not select.select([terminal], [], [], left)[0]:
                    raise AssertionError(f"never saw {words!r} in {seen[-2000:]!r}")
                try:
                    piece = os.read(terminal, 65536)
                except OSError:
                    piece = b""
                if not piece:
                    raise AssertionError(f"ended without {words!r} in {seen[-2000:]!r}")
                seen += piece
            return time.perf_counter() - began
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            os.close(terminal)

    return measured


def quickest_in_turns(one: Callable[[], float], other: Callable[[], float], turns: int = TURNS) -> tuple[float, float]:
    """The quickest of each, run by turns; the first turn only warms the caches."""
    one(), other()
    pairs = [(one(), other()) for _ in range(turns)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def compare(name: str, one: Callable[[], float], other: Callable[[], float], budget: float, turns: int = TURNS) -> None:
    """Print the ratio, and hold it to its budget."""
    mine, theirs = quickest_in_turns(one, other, turns)
    print(f"\n{name:<44} {mine * 1000:6.0f} ms / {theirs * 1000:4.0f} ms = {mine / theirs:5.2f} (at most {budget:g})")
    assert mine / theirs <= budget


@pytest.mark.parametrize(
    ("words", "budget"),
    [
        (("--version",), VERSION_BUDGET),
        (("support",), VERB_BUDGET),
        (("check", str(ROOT / "content" / "en" / "guides" / "calm-body.toml")), VERB_BUDGET),
    ],
    ids=["--version", "support", "check of one file"],
)
def test_a_verb_starts_within_its_budget(words: tuple[str, ...], budget: float) -> None:
    compare(
        f"trustkit {' '.join(Path(word).name for word in words)} / python -c pass",
        lambda: seconds_to_end((*TRUSTKIT, *words)),
        lambda: seconds_to_end(NOTHING),
        budget,
    )


def test_the_first_frame_of_an_inline_breath_comes_within_its_budget() -> None:
    compare(
        "trustkit breathe, first frame / python -c pass",
        lambda: seconds_to_see(b"When you like")((*TRUSTKIT, "breathe")),
        lambda: seconds_to_see(b"x")((sys.executable, "-c", "print('x')")),
        VERB_BUDGET,
    )


@pytest.mark.parametrize("kept", ["nothing", "open", "sealed"])
def test_the_first_paint_comes_within_its_budget(kept: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("four quiet words here")
    if kept != "nothing":
        how = ["--open"] if kept == "open" else ["--passphrase-file", str(passphrase)]
        subprocess.run([*TRUSTKIT, "--data-dir", str(home), "vault", "init", *how], check=True, capture_output=True)
    first_words = {"nothing": "slowly", "open": "right now?", "sealed": "Passphrase"}[kept]
    compare(
        f"first paint, {kept} / a bare Textual app",
        lambda: seconds_to_see(first_words.encode())((*TRUSTKIT, "--data-dir", str(home))),
        lambda: seconds_to_see(b"READY")(BARE_APP),
        FIRST_PAINT_BUDGET,
        TURNS_ON_SCREEN,
    )


def most_memory(command: Sequence[str], words: bytes) -> float:
    """The most megabytes a program in a pseudo-terminal has held, once it has shown these words and come to rest."""
    with Terminal(program=command) as terminal:
        terminal.see(words.decode())
        while terminal.is_busy():
            pass
        status = Path(f"/proc/{terminal.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def test_today_takes_little_more_memory_than_a_bare_app(tmp_path: Path) -> None:
    home = tmp_path / "home"
    subprocess.run([*TRUSTKIT, "--data-dir", str(home), "vault", "init", "--open"], check=True, capture_output=True)
    mine, bare = most_memory((*TRUSTKIT, "--data-dir", str(home)), b"Write a page"), most_memory(BARE_APP, b"READY")
    print(f"\npeak memory, Today / a bare Textual app: {mine:.0f} MB / {bare:.0f} MB = {mine / bare:.2f} (at most 1.6)")
    assert mine / bare <= MEMORY_BUDGET
