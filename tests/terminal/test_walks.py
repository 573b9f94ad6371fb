"""Random walks: whatever is pressed, nothing ends that should not, nothing private shows, and there is a way back."""

from pathlib import Path

import pytest
from random_walk import WalkFailed, keys_for
from walk_cutting import take

STEPS = {"first run": 18, "sealed": 26, "open": 26}
SEEDS = {"first run": range(12), "sealed": range(8), "open": range(5)}
"""Fixed, so that a change is what breaks a walk; `tests/benchmarks/bench_walks.py` takes others, for half an hour."""


@pytest.mark.parametrize(
    ("beginning", "seed"), [(beginning, seed) for beginning, seeds in SEEDS.items() for seed in seeds]
)
def test_a_walk_holds(tmp_path: Path, beginning: str, seed: int) -> None:
    try:
        take(tmp_path, beginning, *keys_for(seed, beginning, STEPS[beginning]))
    except WalkFailed as failed:
        pytest.fail(str(failed), pytrace=False)
