"""What a reader of a long journal waits for: at 100, 1,000 and 10,000 entries, beside jrnl 4.6 in the same run.

    python -m pytest tests/benchmarks -m benchmark -s -k long_journal
    TRUSTKIT_BENCH=all …                                                    50,000 entries, too: some 40 minutes

Rows that only read are counted in processor time, those that write by the clock. What is counted begins after the
interpreter has started, everything is imported and the key is derived, in both programs alike: only so do the two
measure the same. jrnl reads its whole file for each command; trustkit is measured just unlocked (cold) and again
(warm). A sealed journal stands beside jrnl's encrypted one, an open one beside its plain one. The table says which row
misses its aim.

A machine's speed may halve from one second to the next. So nothing is compared that was not asked for side by side:
each program waits in processes of its own, a row of one is asked for before and behind that of the other, and of
several such rounds the middle counts. What 50,000 entries take beside 10,000 is asked for in the same way, in new
processes for each round, since where one happens to lie in memory makes a tenth of a difference.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

import pytest
import vault_speed

ALL = os.environ.get("TRUSTKIT_BENCH") == "all"
SIZES = {100: 15, 1_000: 9, 10_000: 5} | ({50_000: 3} if ALL else {})
"""Entries, and in how many rounds they are asked for."""
JRNL = "jrnl==4.6"
KINDS = {"sealed": "encrypted", "open": "plain"}
"""How trustkit keeps a journal, and jrnl's way that it stands beside."""

BESIDE = (
    ("last 20", ("last 20", "last 20, with text")),
    ("search", ("search, cold", "search, warm")),
    ("list", ("list, cold", "list, warm")),
    ("export", ("export, cold", "export")),
    ("", ("marks and choices", "practices", "load all", "marks again", "search, a common word", "every file opened")),
    ("add", ("add",)),
    ("", ("mark", "marks after a mark")),
)
"""Each row of jrnl's and ours that stand beside it, in the order of asking: what is written changes what is read."""
MEMORY = "MB"
AIMS: dict[tuple[str, int], float] = {
    ("last 20", 10_000): 0.050,
    ("last 20", 50_000): 0.100,
    ("search, warm", 10_000): 0.015,
    ("search, warm", 50_000): 0.060,
}
"""Seconds, sealed."""
TIMES_FASTER = {"add": 10.0, "search, warm": 10.0, "search, cold": 10.0}
"""At 10,000, sealed, beside encrypted jrnl; in every other row, never slower."""
ROUNDS = 5
AROUND = 2
"""How often the small journal is asked before the large one, and again behind it."""
GROWTH = 5.5
"""50,000 beside 10,000."""

Ask = Callable[[str], float]
"""Gives the seconds that a row took."""


class Beside(NamedTuple):
    """What a row was found to take, and how many times that the other takes."""

    ours: float
    theirs: float
    times: float


def run(*command: str | os.PathLike[str]) -> str:
    """A process's output."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@contextmanager
def served(*command: str | os.PathLike[str]) -> Iterator[Ask]:
    """A process of its own that tells how long a row takes each time it is asked."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        told, answers = process.stdin, process.stdout

        def ask(row: str) -> float:
            print(row, file=told, flush=True)
            return float(answers.readline())

        yield ask


@contextmanager
def ours(folder: Path) -> Iterator[Ask]:
    """One of our journals. What has read everything weighs on nothing that is asked of a fresh one."""
    command = (sys.executable, vault_speed.__file__, "serve", folder)
    with served(*command) as fresh, served(*command) as read:
        yield lambda row: (read if row in vault_speed.WARM else fresh)(row)


def around(large: Callable[[], float], small: Mapping[str, Callable[[], float]], times: int) -> dict[str, Beside]:
    """The seconds of something large and of smaller things, asked for so often before it and again behind it."""
    before = {row: [ask() for _ in range(times)] for row, ask in small.items()}
    whole = large()
    taken = {row: mean([*before[row], *(ask() for _ in range(times))]) for row, ask in small.items()}
    return {row: Beside(seconds, whole, whole / seconds) for row, seconds in taken.items()}


def middle(rounds: Iterable[Beside]) -> Beside:
    """The middle of each."""
    return Beside(*map(median, zip(*rounds, strict=True)))


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Path]:
    """A journal of ours, made once: `sealed` or `open`, and how many entries."""
    made: dict[tuple[str, int], Path] = {}

    def folder(mode: str, entries: int) -> Path:
        if (mode, entries) not in made:
            made[mode, entries] = where = tmp_path_factory.mktemp(f"{mode}-{entries}-")
            run(sys.executable, vault_speed.__file__, "make", mode, where, str(entries))
        return made[mode, entries]

    return folder


@pytest.fixture(scope="module")
def jrnl(tmp_path_factory: pytest.TempPathFactory) -> list[str | Path]:
    """jrnl in an environment of its own: the command that measures it. Skips by name where pip cannot get it."""
    folder = tmp_path_factory.mktemp("jrnl")
    run(sys.executable, "-m", "venv", folder)
    if subprocess.run([folder / "bin" / "pip", "install", "-q", JRNL], capture_output=True, check=False).returncode:
        pytest.skip(f"{JRNL} cannot be installed here")
    return [folder / "bin" / "python", Path(vault_speed.__file__).with_name("jrnl_speed.py")]


@pytest.mark.parametrize("mode", KINDS)
def test_a_long_journal_is_as_quick_as_a_short_one_and_quicker_than_jrnl(mode: str, jrnl, journal, tmp_path) -> None:
    missed: list[str] = []
    for entries, rounds in SIZES.items():
        theirs = tmp_path / f"{entries}"
        theirs.mkdir()
        run(*jrnl, "make", KINDS[mode], theirs, str(entries))
        with served(*jrnl, "serve", KINDS[mode], theirs) as ask_jrnl, ours(journal(mode, entries)) as ask:
            table = compared(ask, ask_jrnl, rounds)
        mine = float(run(sys.executable, vault_speed.__file__, "memory", journal(mode, entries)))
        other = float(run(*jrnl, "memory", KINDS[mode], theirs))
        table[MEMORY] = Beside(mine, other, other / mine)
        missed += print_table(mode, entries, table)
    assert missed == []


@pytest.mark.skipif(not ALL, reason="only with TRUSTKIT_BENCH=all")
@pytest.mark.parametrize("mode", KINDS)
def test_five_times_the_entries_take_hardly_more_than_five_times_as_long_in_any_row(mode: str, journal) -> None:
    found: dict[str, list[Beside]] = {row: [] for row in vault_speed.ROWS}
    few, many = journal(mode, 10_000), journal(mode, 50_000)
    for _ in range(ROUNDS):
        with ours(few) as ask_few, ours(many) as ask_many:
            for row in vault_speed.READING:
                found[row] += growth(row, ask_few, ask_many)
    with ours(few) as ask_few, ours(many) as ask_many:  # last, since it changes what is read
        for row in vault_speed.WRITING:
            for _ in range(ROUNDS):
                found[row] += growth(row, ask_few, ask_many)
    assert print_growth(mode, found) == []


def compared(ask: Ask, ask_jrnl: Ask, rounds: int) -> dict[str, Beside]:
    """Every row, and jrnl's beside it where there is one. The first asking of each only gets it ready."""
    table: dict[str, Beside] = {}
    for theirs, rows in BESIDE:
        large = partial(ask_jrnl, theirs) if theirs else float
        small = {row: partial(ask, row) for row in rows}
        for get_ready in (large, *small.values()):
            get_ready()
        found = [around(large, small, 1) for _ in range(rounds)]
        table |= {row: middle(one[row] for one in found) for row in rows}
    return {row: table[row] for row in vault_speed.ROWS}


def growth(row: str, ask_few: Ask, ask_many: Ask) -> list[Beside]:
    """One round. The first asking of each only gets it ready."""
    ask_few(row)
    ask_many(row)
    return [around(partial(ask_many, row), {row: partial(ask_few, row)}, AROUND)[row]]


def print_table(mode: str, entries: int, table: dict[str, Beside]) -> list[str]:
    """Milliseconds, and how many times quicker than jrnl; what misses its aim is marked and given back."""
    missed: list[str] = []
    print(f"\n{entries:>7,} entries{mode:>22}{'jrnl, ' + KINDS[mode]:>18}")
    for row, (mine, theirs, times) in table.items():
        scale = 1.0 if row == MEMORY else 1000.0
        line = f"{row:<26}{mine * scale:>11,.1f}"
        if theirs:
            line += f"{theirs * scale:>18,.1f}{times:>12,.1f}x"
            least = TIMES_FASTER.get(row, 1.0) if entries == 10_000 and mode == "sealed" else 1.0
            if times < least:
                missed.append(f"{mode}, {row} at {entries:,}: {times:.2f}x jrnl, aim {least:g}x")
                line += "   <--"
        if mode == "sealed" and mine > AIMS.get((row, entries), mine):
            missed.append(f"{row} at {entries:,}: {mine * 1000:.0f} ms, aim {AIMS[row, entries] * 1000:.0f} ms")
            line += "   <--"
        print(line, flush=True)
    return missed


def print_growth(mode: str, found: Mapping[str, list[Beside]]) -> list[str]:
    """50,000 beside 10,000, row by row, and the least and the most of any round; what misses the aim is given back."""
    missed: list[str] = []
    print(f"\n50,000 / 10,000, {mode}")
    for row, rounds in found.items():
        ratio = middle(rounds).times
        line = f"{row:<26}{ratio:>10.2f}"
        line += f"   {min(one.times for one in rounds):.1f} to {max(one.times for one in rounds):.1f}"
        if ratio > GROWTH:
            missed.append(f"{mode}, {row}: {ratio:.2f}x from 10,000 to 50,000, aim {GROWTH:g}x")
            line += "   <--"
        print(line, flush=True)
    return missed
