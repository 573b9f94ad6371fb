"""No small file, in any format that is read here, costs more than its size is worth: in memory or in time."""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hostile_shapes import TABLE

MOST: float = 20.0
"""Milliseconds of the processor for each KB: four times what the slowest takes. `tomllib` alone takes 120 and more."""
BESIDES: float = 100.0
"""Milliseconds for anything at all."""


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, tuple[float, float, str]]]:
    """By format and shape: KB, milliseconds, and the exception that came out; all in one process with little memory."""
    program = Path(__file__).parents[1] / "support" / "hostile_shapes.py"
    done = subprocess.run([sys.executable, program], check=True, capture_output=True, text=True, timeout=120)
    found: dict[str, dict[str, tuple[float, float, str]]] = defaultdict(dict)
    for form, shape, size, seconds, said in map(json.loads, done.stdout.splitlines()):
        found[form][shape] = (size, seconds * 1000, said)
    return found


@pytest.mark.parametrize("form", [form for form, _, _ in TABLE])
def test_a_hostile_file_is_refused_by_name_within_a_bounded_time_and_memory(measured, form: str) -> None:
    shapes = next(shapes for name, _, shapes in TABLE if name == form)
    assert measured[form].keys() == shapes.keys()
    assert {shape: said for shape, (_, _, said) in measured[form].items() if said} == {}
    slow = {shape: (size, took) for shape, (size, took, _) in measured[form].items() if took > size * MOST + BESIDES}
    assert slow == {}
