"""The walks find what they are there for: each fault of `walk_faults.py` is put back alone, and CI's seeds meet it.

python -m pytest tests/benchmarks/bench_walk_faults.py -m benchmark -s
"""

import importlib.util
from pathlib import Path

import pytest
from random_walk import WalkFailed, keys_for, walk
from walk_faults import FAULTS

_WALKS = Path(__file__).parents[1] / "terminal" / "test_walks.py"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_is_put_back_is_found(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Walk with the tests' own seeds until one fails; prints which, and how."""
    spec = importlib.util.spec_from_file_location("walks", _WALKS)
    assert spec is not None
    assert spec.loader is not None
    walks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(walks)
    monkeypatch.setenv("TRUSTKIT_WALK_FAULT", fault)
    pressed = 0
    for beginning, seeds in walks.SEEDS.items():
        for seed in seeds:
            try:
                pressed += walk(tmp_path / "home", beginning, *keys_for(seed, beginning, walks.STEPS[beginning]))
            except WalkFailed as failed:
                print(f"\n{fault}: {beginning} {seed}, after {pressed + failed.done} keys and more: {failed.kind}")
                return
    pytest.fail(f"{fault}: not found in {pressed} keys", pytrace=False)
