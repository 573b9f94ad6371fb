"""What the breath costs and how true it is, in a real pseudo-terminal, beside a bare Textual widget in the same run.

The bare widget is one line of text, refreshed as often as the figure is: what Textual itself asks for that many frames.
A frame that would not differ from the last is never drawn, so frames are held against those that the breath plans:
the moments of its 1/20 s grid at which the disc's radius has moved a step, or the words have changed.
The first breath in paints every picture once, and is shown apart; its cost is not held against the budget.
`TRUSTKIT_BREATHS=6` measures six breaths (a minute) in each run; by default all of it takes about a minute.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from pathlib import Path

import pytest

from trustkit.model.breath import breath_at, until_next
from trustkit.model.disc import Disc
from trustkit.model.exercise import Breathing, Phase

ROOT = Path(__file__).parents[2]
FRAME = 1 / 20
BREATHS = int(os.environ.get("TRUSTKIT_BREATHS", "1"))
"""Breaths whose cost is measured in each run, from the first breath out on."""
SECONDS_OF_BARE = 2.0

SHARE_BUDGET = 0.05
"""Of a core, in the cheapest breath of a run: other work on the machine only ever adds to it."""
RATIO_BUDGET = 1.7
"""Beside the bare widget, where a slow or busy machine asks more than three hundredths of a core for that alone."""
GAP_BUDGET = 1.7
"""Frames between two frames that were planned one frame apart; 99 of 100."""
PHASE_BUDGET = 0.020
"""Seconds between the end of a phase and the terminal's having been sent the words of the next."""
DRAWN_BUDGET = 0.95
"""Of the planned frames."""

PATTERN = Breathing(200, (Phase("in", 4, "Breathe in"), Phase("out", 6, "Let it go slowly")))
WORDS = {"Breathe in": b"Breathe in", "Let it go slowly": b"Let it go slowly"}

BREATH = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from textual.app import App
from trustkit.model.exercise import Breathing, Phase
from trustkit.tui.widgets.breath_figure import BreathFigure
class Breathe(App):
    def compose(self):
        yield BreathFigure({PATTERN!r}, lead=1.0)
    def on_mount(self):
        self.set_timer(0.5, self.begin)
    def begin(self):
        figure = self.query_one(BreathFigure)
        figure.start()
        open(sys.argv[1], "w").write(repr(time.monotonic() + 1.0))
Breathe().run()
"""
BARE = f"""
import asyncio, sys, time
from textual.app import App
from textual.strip import Strip
from textual.widget import Widget
from rich.segment import Segment
class Line(Widget):
    DEFAULT_CSS = "Line {{ height: 1; }}"
    turn = 0
    def render_line(self, y):
        return Strip([Segment(str(self.turn % 10) * self.size.width)], self.size.width)
class Bare(App):
    def compose(self):
        yield Line()
    def on_mount(self):
        self.run_worker(self.redraw())
    async def redraw(self):
        line = self.query_one(Line)
        due = time.monotonic()
        open(sys.argv[1], "w").write(repr(due + 0.5))
        while True:
            line.turn += 1
            line.refresh()
            due += {FRAME}
            await asyncio.sleep(max(0, due - time.monotonic()))
Bare().run()
"""


@dataclass
class Watched:
    """What a program in a pseudo-terminal did."""

    begun: float = 0.0
    """When its first breath began, in monotonic seconds."""
    bytes: int = 0
    frames: list[float] = field(default_factory=list)
    """When each frame was complete, in seconds since it began."""
    phases: list[tuple[float, str]] = field(default_factory=list)
    """When each phase was first seen."""
    shares: list[float] = field(default_factory=list)
    """CPU time as a part of a core, over each stretch."""
    seconds: float = 0.0


def spent(pid: int) -> float:
    """CPU seconds of a process, all its threads."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


@contextlib.contextmanager
def running(code: str, size: tuple[int, int], *arguments: str) -> Iterator[tuple[int, int]]:
    """A program in a pseudo-terminal: its process and the terminal's other end."""
    columns, rows = size
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(columns), LINES=str(rows))
        os.execv(sys.executable, [sys.executable, "-c", code, *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    try:
        yield pid, terminal
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def watch(code: str, size: tuple[int, int], note: Path, ends: list[float]) -> Watched:
    """Run a program that writes into `note` when it begins, and watch it; its cost is read at each of these seconds."""
    seen = Watched()
    note.unlink(missing_ok=True)
    with running(code, size, str(note)) as (pid, terminal):
        given_up = time.monotonic() + 30
        marks: list[float] = []
        tail = b""
        while len(marks) <= len(ends):
            now = time.monotonic()
            if not seen.begun:
                assert now < given_up, "the program never began"
                text = note.read_text() if note.exists() else ""
                seen.begun = float(text) if text else 0.0
            elif now >= seen.begun + [0.0, *ends][len(marks)]:
                marks.append(spent(pid))
            if not select.select([terminal], [], [], 0.002)[0]:
                continue
            data = os.read(terminal, 1 << 20)
            at = time.monotonic() - seen.begun if seen.begun else -inf
            if b"\x1b[?2026$p" in data:
                os.write(terminal, b"\x1b[?2026;2$y")
            if at < -0.002:
                continue
            seen.bytes += len(data)
            data = tail + data
            seen.frames += [at] * data.count(b"\x1b[?2026l")
            for say, words in WORDS.items():
                if words in data and (not seen.phases or seen.phases[-1][1] != say):
                    seen.phases.append((at, say))
            tail = data[-7:] if b"\x1b[?2026l" not in data[-8:] else b""
        seen.seconds = ends[-1]
        lengths = (late - soon for soon, late in pairwise([0.0, *ends]))
        seen.shares = [(late - soon) / length for (soon, late), length in zip(pairwise(marks), lengths, strict=True)]
    return seen


def planned(size: tuple[int, int], seconds: float) -> list[float]:
    """The moments at which there is something new to draw."""
    disc = Disc(size[0], min(24, size[1] - 3))
    moments: list[float] = []
    elapsed, before = 0.0, (-1, -1, -1)
    while elapsed < seconds:
        breath = breath_at(PATTERN, elapsed, PATTERN.rounds)
        drawn = (disc.step(breath.fullness), breath.phase_index, breath.count)
        if drawn != before:
            moments.append(elapsed)
            before = drawn
        elapsed += until_next(breath, FRAME)
    return moments


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="CPU time of another process is read from /proc")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])
def test_the_breath_is_smooth_true_and_cheap(size: tuple[int, int], tmp_path: Path) -> None:
    bare = watch(BARE, size, tmp_path / "bare", [SECONDS_OF_BARE])
    first_in = PATTERN.phases[0].seconds
    stretches = [first_in + PATTERN.round_seconds * number for number in range(BREATHS + 1)]
    breath = watch(BREATH, size, tmp_path / "breath", stretches)
    first, *shares = breath.shares

    plan = planned(size, breath.seconds)
    frames = [at for at in breath.frames if at < breath.seconds + 0.02]
    pace = [(soon, late) for soon, late in pairwise(plan) if late - soon < 1.01 * FRAME]
    first_after = {due: next((at for at in frames if at >= due - 0.002), inf) for due in plan}
    gaps = [(first_after[late] - first_after[soon]) / FRAME for soon, late in pace]
    late = [first_after[due] - due for due in plan]
    ends = [(0.0, 4.0)[number % 2] + 10.0 * (number // 2) for number in range(len(breath.phases))]
    phase_errors = [at - due for (at, _), due in zip(breath.phases, ends, strict=True)]

    print(
        f"\n{size[0]}x{size[1]}: {len(frames)} of {len(plan)} planned frames in {breath.seconds:.0f} s"
        f" ({len(frames) / breath.seconds:.1f} a second),"
        f" late {1000 * percentile(late, 0.5):.1f} ms median {1000 * percentile(late, 0.99):.1f} ms p99,"
        f" gap {percentile(gaps, 0.99):.2f} frames p99, phases {1000 * max(phase_errors):.1f} ms late at most"
        f"\n  CPU {100 * min(shares):.1f} % of a core (first breath in {100 * first:.1f} %)"
        f" / bare widget {100 * bare.shares[0]:.1f} % = {min(shares) / bare.shares[0]:.2f};"
        f" {breath.bytes / breath.seconds / 1000:.0f} kB/s / {bare.bytes / bare.seconds / 1000:.0f} kB/s"
    )
    assert len(frames) >= DRAWN_BUDGET * len(plan)
    assert percentile(gaps, 0.99) <= GAP_BUDGET
    assert 0.0 <= max(phase_errors) <= PHASE_BUDGET
    assert len(breath.phases) >= 2 * BREATHS
    assert min(shares) <= max(SHARE_BUDGET, RATIO_BUDGET * bare.shares[0])
