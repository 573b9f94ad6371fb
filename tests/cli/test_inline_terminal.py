"""A breath in a real terminal: whatever ends it, the terminal is as it was, and nothing heavy was imported."""

import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pty_terminal import Terminal

ROOT = Path(__file__).parents[2]
TITLE = "A longer breath out"
CAUTION = "Small and gentle. Dizzy or more uneasy? Go back to your usual breath and look round the room instead."


SCRIPT = f"""\
import sys
sys.path.insert(0, {str(ROOT)!r})
from trustkit.cli.inline import run_inline
from trustkit.model.exercise import Breathing, Phase
pattern = Breathing({{rounds}}, (Phase("in", {{seconds}}, "Breathe in"), Phase("out", {{seconds}}, "Let it go")))
print("before")
print("ended", run_inline(pattern, {TITLE!r}, {CAUTION!r}, lead={{lead}}))
"""


def playing(*, rounds: int = 50, seconds: float = 10.0, lead: float = 3.0) -> Terminal:
    script = SCRIPT.format(rounds=rounds, seconds=seconds, lead=lead)
    return Terminal(program=(sys.executable, "-c", script))


def mode(terminal: Terminal) -> list[Any]:
    """How the terminal handles lines and echo."""
    attributes = termios.tcgetattr(terminal.fd)
    return [attributes[3] & (termios.ICANON | termios.ECHO | termios.ISIG)]


def test_a_whole_practice_leaves_the_terminal_clean() -> None:
    with playing(rounds=1, seconds=0.5, lead=0.2) as terminal:
        usual = mode(terminal)
        terminal.see("Breathe in")
        assert mode(terminal) != usual
        terminal.see("ended True")
        assert mode(terminal) == usual
        assert terminal.wait() == 0
        assert terminal.text.split() == ["before", "ended", "True"]
        assert not terminal._screens[0].cursor.hidden


def test_keys_reach_the_practice() -> None:
    with playing(lead=90.0) as terminal:
        terminal.see("When you like")
        terminal.press("space")
        terminal.see("Paused")
        terminal.press("space")
        terminal.see("When you like")
        terminal.press("up")
        terminal.press("esc")
        terminal.see("ended False")
        assert terminal.wait() == 0
        assert terminal.text.split() == ["before", "ended", "False"]


@pytest.mark.parametrize(
    ("send", "code"),
    [
        (lambda terminal: terminal.signal(signal.SIGTERM), 128 + signal.SIGTERM),
        (lambda terminal: terminal.signal(signal.SIGHUP), 128 + signal.SIGHUP),
        (lambda terminal: terminal.press("^c"), -signal.SIGINT),
    ],
    ids=["SIGTERM", "SIGHUP", "ctrl-c"],
)
def test_whatever_ends_it_the_terminal_is_put_back(send: Callable[[Terminal], None], code: int) -> None:
    with playing() as terminal:
        usual = mode(terminal)
        terminal.see("When you like")
        send(terminal)
        terminal.see_no("When you like")
        assert terminal.wait() == code
        assert terminal.text.split()[0] == "before"
        assert TITLE not in terminal.text
        assert not terminal._screens[0].cursor.hidden
        assert b"\x1b[?7h" in terminal.raw
        assert usual != []


def test_a_shell_that_stops_it_finds_a_clean_terminal_and_can_let_it_go_on(tmp_path: Path) -> None:
    script = tmp_path / "breathe.py"
    script.write_text(SCRIPT.format(rounds=50, seconds=10.0, lead=90.0))
    with Terminal(program=("sh", "-i"), environment={"PS1": "ready> ", "ENV": ""}) as terminal:
        terminal.see("ready>")
        terminal.type(f"{sys.executable} {script}\r")
        terminal.see("When you like", TITLE)
        quiet = mode(terminal)
        terminal.press("^z")
        terminal.see("Stopped")
        assert mode(terminal) != quiet
        assert TITLE not in terminal.text
        assert not terminal._screens[0].cursor.hidden
        terminal.type("fg\r")
        terminal.see("When you like", TITLE)
        terminal.wait_until(lambda: mode(terminal) == quiet, "single keys being read again")
        terminal.press("q")
        terminal.see("ended False")
        assert TITLE not in terminal.text
        terminal.type("exit\r")
        assert terminal.wait() == 0


def test_nothing_heavy_is_imported() -> None:
    code = "import sys, trustkit.cli.inline; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"textual", "rich", "click", "asyncio", "tomllib", "cryptography", "platformdirs", "threading"}
