"""What reading all content costs, beside what the first page reads of it and beside a whole start, in one run.

Processor time, the quickest of several fresh processes: other work on the machine only ever adds to it.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TURNS = 7
SHARE_BUDGET = 0.25
"""Of reading everything: what is read before a guide is opened (the shelves, one exercise, the gates)."""

MEASURE = f"""
import json, sys, time
sys.path.insert(0, {str(ROOT)!r})
began = time.process_time()
from trustkit.library import Library
from trustkit.paths import shipped_content
imported = time.process_time()
library = Library(shipped_content(), None, "en")
steps = {{head.id: len(head.steps) for head in library.guide_heads.values()}}
shelves = time.process_time()
library.exercises["ground-room"], library.exercises["breath-long-out"]
first = time.process_time()
for guide in library.guides.values():
    assert len(guide.steps) == steps[guide.id]
for exercise in library.exercises.values(): pass
for signs in library.signs.values(): pass
library.gates, library.needs, library.sources, library.helplines("us")
whole = time.process_time()
print(json.dumps([imported - began, shelves - imported, first - shelves, whole - first, sum(steps.values())]))
"""
START = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
import trustkit.cli.program, trustkit.tui.app, trustkit.tui.screens.today
print(time.process_time())
"""


def quickest(code: str) -> list[float]:
    """The least of each figure that a fresh process prints."""
    printed = [
        json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout)
        for _ in range(TURNS)
    ]
    return [min(column) for column in zip(*(one if isinstance(one, list) else [one] for one in printed), strict=True)]


def test_the_first_page_waits_for_a_small_part_of_the_content() -> None:
    imports, shelves, two, rest, steps = quickest(MEASURE)
    (start,) = quickest(START)
    whole = shelves + two + rest
    print(f"\nfirst page's imports {start * 1000:.0f} ms; importing the library {imports * 1000:.0f} ms")
    print(f"shelves {shelves * 1000:.0f} ms, two exercises {two * 1000:.0f} ms")
    print(f"all {steps:.0f} steps and everything else {whole * 1000:.0f} ms")
    print(f"everything / a first page's imports = {whole / start:.2f}")
    print(f"what Today asks for / everything = {two / whole:.2f} (at most {SHARE_BUDGET:g})")
    assert two / whole <= SHARE_BUDGET
