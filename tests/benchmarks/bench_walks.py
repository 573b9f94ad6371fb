"""Random walks for half an hour, with seeds of the day: what the fixed ones of `tests/terminal` have not met.

TRUSTKIT_WALK_MINUTES=5 python -m pytest tests/benchmarks/bench_walks.py -m benchmark -s
"""

import os
import time
from datetime import date
from itertools import count, cycle
from pathlib import Path

from random_walk import WalkFailed, keys_for
from walk_cutting import take
from walk_homes import BEGINNINGS

MINUTES = float(os.environ.get("TRUSTKIT_WALK_MINUTES", "30"))
STEPS = 60
"""Runs of keys in a walk: longer than in the tests, for what takes a while to go wrong."""


def test_walks_of_the_day(tmp_path: Path) -> None:
    """Walk until the time is over; each kind of failure is cut down and printed once."""
    until = time.monotonic() + MINUTES * 60
    first = date.today().toordinal() * 10_000
    pressed = walks = 0
    found: dict[str, str] = {}
    for beginning, seed in zip(cycle(BEGINNINGS), count(first), strict=False):
        if time.monotonic() > until:
            break
        walks += 1
        size, keys = keys_for(seed, beginning, STEPS)
        try:
            pressed += take(tmp_path, beginning, size, keys, known=found)
        except WalkFailed as failed:
            found[failed.kind] = f"seed {seed}: {failed}"
            print(f"\n{found[failed.kind]}", flush=True)
    print(f"\n{walks} walks, {pressed:,} keys, {len(found)} kinds of failure, seeds from {first}")
    assert not found, "\n\n".join(found.values())
