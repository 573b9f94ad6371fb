"""What a reader of a long journal waits for: at 100, 1,000 and 10,000 entries, beside jrnl 4.6 in the same run.

    python -m pytest tests/benchmarks -m benchmark -s -k long_journal
    TRUSTKIT_BENCH=all …                                                    50,000 entries, too: some 20 minutes

Rows that only read are counted in processor time, those that write by the clock. What is counted begins after the
interpreter has started, everything is imported and the key is derived, in both programs alike: only so do the two
measure the same. jrnl reads its whole file for each command; trustkit is measured just unlocked (cold) and again
(warm). A sealed journal stands beside jrnl's encrypted one, an open one beside its plain one. The table says which row
misses its aim.

A machine's speed may swing by a third from one minute to the next, and within seconds. What 50,000 entries take beside
10,000 is therefore asked for row by row, now of one and now of the other, each in a process of its own. The small one
is asked several times around each asking of the large one, so that both are asked for about as long; of several such
rounds the middle counts.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median

import pytest
import vault_speed

ALL = os.environ.get("TRUSTKIT_BENCH") == "all"
SIZES = (100, 1_000, 10_000, 50_000) if ALL else (100, 1_000, 10_000)
JRNL = "jrnl==4.6"

JRNL_SCRIPT = r"""
import gc, json, sys, time
sys.path.insert(0, sys.argv[1])
import vault_texts
what, folder, entries, encrypted = sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5] == "encrypted"
from jrnl import config as settings
from jrnl.encryption import BasePasswordEncryption, Jrnlv3Encryption
from jrnl.journals.Journal import open_journal
from jrnl.plugins.json_exporter import JSONExporter

BasePasswordEncryption.get_keyring_password = lambda name: vault_texts.PASSPHRASE
deriving, clock = 0.0, time.process_time
derive = Jrnlv3Encryption.Jrnlv3Encryption._make_key

def timed(self, salt):
    global deriving
    began = clock()
    key = derive(self, salt)
    deriving += clock() - began
    return key

Jrnlv3Encryption.Jrnlv3Encryption._make_key = timed
about = settings.get_default_config() | {"encrypt": encrypted, "journal": f"{folder}/journal.txt"}

def opened():
    return open_journal("default", settings.scope_config(about, "none"))

if what == "make":
    with open(about["journal"], "w") as file:
        for number in range(entries):
            when = vault_texts.moment_of(number, entries)
            file.write(f"[{when:%F %r}] {vault_texts.text_of(number)}\n\n")
    if encrypted:
        about["encrypt"] = False
        journal = opened()
        about["encrypt"] = journal.config["encrypt"] = True
        journal.encryption_method = None
        journal.write()
    sys.exit()

def last(journal):
    journal.limit(20)
    return journal.pprint()

def add(journal):
    journal.new_entry(vault_texts.text_of(1))
    journal.write()

def search(journal):
    journal.filter(contains=[vault_texts.RARE])
    return journal.pprint()

DEEDS = {
    "last 20": last,
    "search": search,
    "list": lambda journal: journal.pprint(short=True),
    "export": lambda journal: JSONExporter.export_journal(journal),
    "add": add,
}
told = {}
for name, deed in DEEDS.items():
    clock = time.perf_counter if name == "add" else time.process_time  # as in vault_speed.py
    for turn in range(2 if entries <= 10_000 else 1):
        gc.collect()
        deriving, began = 0.0, clock()
        deed(opened())
        taken = clock() - began - deriving
        told[name] = min(taken, told.get(name, taken))
    if name == "search":
        told["MB"] = vault_texts.most_memory()
told["derive"] = deriving
print(json.dumps(told))
"""
"""Run by jrnl's own interpreter: its own classes, asked for what its commands ask for."""

BESIDE = {
    "last 20": "last 20",
    "last 20, with text": "last 20",
    "add": "add",
    "search, cold": "search",
    "search, warm": "search",
    "list, cold": "list",
    "list, warm": "list",
    "export, cold": "export",
    "export": "export",
    "MB": "MB",
}
"""Each row of ours, and jrnl's that it stands beside."""
AIMS: dict[tuple[str, int], float] = {
    ("last 20", 10_000): 0.050,
    ("last 20", 50_000): 0.100,
    ("search, warm", 10_000): 0.015,
    ("search, warm", 50_000): 0.060,
}
"""Seconds."""
TIMES_FASTER = {"add": 10.0, "search, warm": 10.0, "search, cold": 10.0}
"""At 10,000, sealed, beside encrypted jrnl; in every other row, never slower."""
ROUNDS = 7
AROUND = 2
"""How often the small journal is asked before the large one, and again behind it."""
GROWTH = 5.5
"""50,000 beside 10,000."""

Told = dict[str, float]


def run(*command: str | os.PathLike[str]) -> str:
    """A process's output."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def jrnl(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path, int, str], str]:
    """jrnl in an environment of its own. Skips by name where pip cannot get it."""
    folder = tmp_path_factory.mktemp("jrnl")
    run(sys.executable, "-m", "venv", folder)
    if subprocess.run([folder / "bin" / "pip", "install", "-q", JRNL], capture_output=True, check=False).returncode:
        pytest.skip(f"{JRNL} cannot be installed here")

    def ran(what: str, where: Path, entries: int, kind: str) -> str:
        where.mkdir(exist_ok=True)
        support = Path(vault_speed.__file__).parent
        command = [folder / "bin" / "python", "-c", JRNL_SCRIPT, support, what, where, str(entries), kind]
        return run(*command)

    return ran


def ours(mode: str, folder: Path, entries: int) -> Told:
    """Every row of trustkit's."""
    script = vault_speed.__file__
    run(sys.executable, script, "make", mode, folder, str(entries))
    told: Told = json.loads(run(sys.executable, script, "measure", folder))
    return told | json.loads(run(sys.executable, script, "memory", folder))


def test_a_long_journal_is_as_quick_as_a_short_one_and_quicker_than_jrnl(jrnl, tmp_path: Path) -> None:
    table: dict[str, dict[int, Told]] = {}
    for entries in SIZES:
        for kind in ("plain", "encrypted"):
            where = tmp_path / f"jrnl-{kind}-{entries}"
            jrnl("make", where, entries, kind)
            table.setdefault(f"jrnl, {kind}", {})[entries] = json.loads(jrnl("measure", where, entries, kind))
        for mode in ("sealed", "open"):
            table.setdefault(mode, {})[entries] = ours(mode, tmp_path / f"{mode}-{entries}", entries)
    missed: list[str] = []
    for mode, beside in (("sealed", "jrnl, encrypted"), ("open", "jrnl, plain")):
        missed += print_table(mode, beside, table)
    assert missed == []


@pytest.mark.skipif(not ALL, reason="only with TRUSTKIT_BENCH=all")
def test_five_times_the_entries_take_hardly_more_than_five_times_as_long_in_any_row(tmp_path: Path) -> None:
    missed: list[str] = []
    for mode in ("sealed", "open"):
        for entries in (10_000, 50_000):
            run(sys.executable, vault_speed.__file__, "make", mode, tmp_path / f"{mode}-{entries}", str(entries))
        with served(tmp_path / f"{mode}-10000") as few, served(tmp_path / f"{mode}-50000") as many:
            missed += print_growth(mode, few, many)
    assert missed == []


def print_table(mode: str, beside: str, table: dict[str, dict[int, Told]]) -> list[str]:
    """Milliseconds, and how many times quicker than jrnl; what misses its aim is marked and given back."""
    missed: list[str] = []
    print()
    for entries in SIZES:
        print(f"\n{entries:>7,} entries{mode:>22}{beside:>18}")
        for row, seconds in table[mode][entries].items():
            scale = 1.0 if row == "MB" else 1000.0
            line = f"{row:<26}{seconds * scale:>11,.1f}"
            if row in BESIDE:
                theirs = table[beside][entries][BESIDE[row]]
                line += f"{theirs * scale:>11,.1f}{theirs / seconds:>6,.1f}x"
                least = TIMES_FASTER.get(row, 1.0) if entries == 10_000 and mode == "sealed" else 1.0
                if theirs / seconds < least:
                    missed.append(f"{mode}, {row} at {entries:,}: {theirs / seconds:.1f}x jrnl, aim {least:g}x")
                    line += "   <-- "
            if mode == "sealed" and seconds > AIMS.get((row, entries), seconds):
                missed.append(f"{row} at {entries:,}: {seconds * 1000:.0f} ms, aim {AIMS[row, entries] * 1000:.0f} ms")
                line += "   <-- "
            print(line)
    return missed


@contextmanager
def served(folder: Path) -> Iterator[Callable[[str], float]]:
    """A journal in a process of its own, that tells how long a row takes each time it is asked."""
    command = [sys.executable, vault_speed.__file__, "serve", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        told, answers = process.stdin, process.stdout

        def ask(row: str) -> float:
            print(row, file=told, flush=True)
            return float(answers.readline())

        yield ask


def print_growth(mode: str, few: Callable[[str], float], many: Callable[[str], float]) -> list[str]:
    """50,000 beside 10,000, row by row."""
    missed: list[str] = []
    print(f"\n50,000 / 10,000, {mode}")
    for row in vault_speed.ROWS:
        few(row), many(row)  # the first of each gets ready
        ratios = []
        for _ in range(ROUNDS):
            before = [few(row) for _ in range(AROUND)]
            large = many(row)
            ratios.append(large / mean([*before, *(few(row) for _ in range(AROUND))]))
        ratio = median(ratios)
        line = f"{row:<26}{ratio:>10.1f}   {min(ratios):.1f} to {max(ratios):.1f}"
        if ratio > GROWTH:
            missed.append(f"{mode}, {row}: {ratio:.1f}x from 10,000 to 50,000, aim {GROWTH:g}x")
            line += "   <--"
        print(line, flush=True)
    return missed
