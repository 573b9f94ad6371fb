"""What bringing a jrnl journal in costs, and taking it back: 5,000 entries beside 500, which must be near ten times.

    python -m pytest tests/benchmarks -m benchmark -s -k bench_import

Counted is the processor time of the program itself, without the system's: how long a disk takes to make a file depends
on everything else that it does.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

import pytest
from vault_texts import text_of

from trustkit.companion import Companion
from trustkit.companion.handing import Handing
from trustkit.paths import Paths, shipped_content
from trustkit.settings import Settings
from trustkit.vault import create_sealed, durable

SIZES = (500, 5_000)
RATIO = 12.0
"""Times that ten times as many entries may take."""
NOW = datetime(2026, 11, 22, 2, 10, tzinfo=timezone(timedelta(hours=1)))
SPAN = timedelta(days=2_000)


@pytest.fixture(autouse=True)
def _no_syncing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk is not what is measured here."""
    monkeypatch.setattr(durable.Layer, "sync", lambda *_: None)
    monkeypatch.setattr(durable.Layer, "sync_folder", lambda *_: None)


def written(file: Path, entries: int) -> Path:
    """A journal as jrnl writes it, over some five years."""
    moments = (datetime(2021, 1, 1, 9) + SPAN * number / entries for number in range(entries))
    file.write_text("\n".join(f"[{when:%Y-%m-%d %H:%M}] {text_of(at)}\n" for at, when in enumerate(moments)), "utf-8")
    return file


def steps(folder: Path, entries: int) -> Iterator[tuple[str, float, float]]:
    """Each step with its seconds of the processor and of the clock."""
    paths = Paths(shipped_content(), folder / "data", folder / "cache", folder / "config")
    vault = create_sealed(paths, "plum otter lantern", clock=lambda: NOW, log_n=4)
    handing = Handing(Companion(paths, None, vault, Settings(), lambda: NOW))
    file = written(folder / "journal.txt", entries)

    def timed(name: str, deed: Callable[[], object]) -> tuple[str, float, float]:
        worked, began = getrusage(RUSAGE_SELF).ru_utime, perf_counter()
        deed()
        return name, getrusage(RUSAGE_SELF).ru_utime - worked, perf_counter() - began

    def bring_in() -> None:
        assert len(handing.bring_in(handing.weigh(handing.read_outside(file)))) == entries

    yield timed("look at it", lambda: handing.weigh(handing.read_outside(file)))
    yield timed("bring it in", bring_in)
    yield timed("take it back", lambda: handing.undo_import())
    yield timed("bring it in again", bring_in)
    vault.close()


def test_ten_times_as_many_entries_take_near_ten_times_as_long(tmp_path: Path) -> None:
    told: dict[int, list[tuple[str, float, float]]] = {}
    for size in SIZES:
        folder = tmp_path / str(size)
        folder.mkdir()
        told[size] = list(steps(folder, size))
    missed = []
    print(f"\n\n{'seconds, processor (clock)':<30}{SIZES[0]:>18,}{SIZES[1]:>18,}{'ratio':>8}")
    for (row, few, few_clock), (_, many, many_clock) in zip(*told.values(), strict=True):
        ratio = many / few
        missed += [row] if ratio > RATIO else []
        print(f"{row:<30}{few:>9.2f} ({few_clock:5.2f}){many:>10.2f} ({many_clock:5.2f}){ratio:>8.1f}")
    assert missed == []
