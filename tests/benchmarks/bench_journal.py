"""What a key costs in the journal: with 10,000 sealed entries beside 10, in a real pseudo-terminal.

    python -m pytest tests/benchmarks -m benchmark -s -k bench_journal

A key is written to the terminal and measured until the words that answer it are on their way to the screen; while
moving and while typing in a page, until the first byte of the repaint. The same key is pressed many times. What is held
to the budget is the middle of the processor time that all threads took until then: only one of them runs at a time, so
on a quiet machine that is the time on the clock, but for the wait of a frame. The clock is printed beside it: its
quickest and its middle, which other work on this machine makes longer.
"""

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path

import pytest
import vault_speed

HERE = Path(vault_speed.__file__).parent
SIZES = (10, 10_000)
DEADLINE = 60.0
QUIET = 0.12
"""Seconds without output after which nothing more is painted."""
LISTS = 0.050
EDITOR = 0.030
"""Seconds from key to paint."""
MEGABYTE = 1024 * 1024
PASTE = 5.0
"""Seconds for 1 MB to come in: Textual reads a terminal character by character (1.6 s here, in a thread of its own) and
wraps every line once (1.1 s). It grows with the length: ten pages of a book take some fifty milliseconds."""
MEMORY = 60.0
"""MB that 10,000 unlocked entries may take beside 10."""
COLD = 3.0
"""Times that opening the journal for the first time may take with 10,000 entries, beside 10."""

Keys = list[tuple[float, float]]
"""Of each key, in seconds: on the clock, and of the processor."""


class Screen:
    """The program in a terminal of 80×24, and how long it takes to answer."""

    def __init__(self, *arguments: str) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            script = str(HERE / "journal_app.py")
            os.execv(sys.executable, [sys.executable, script, *arguments])
        ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, seconds: float) -> bytes:
        """What is written within this time; nothing once it is over."""
        if not select.select([self.terminal], [], [], max(0.0, seconds))[0]:
            return b""
        try:
            return os.read(self.terminal, 1 << 16)
        except OSError:
            return b""

    def rest(self) -> None:
        """Read until nothing more comes."""
        while self.read(QUIET):
            pass

    def worked(self) -> float:
        """Seconds of the processor that its threads took so far."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9

    def key(self, keys: bytes, words: bytes = b"") -> tuple[float, float]:
        """From a key to the words that answer it; without words, to the first byte."""
        worked, began = self.worked(), time.perf_counter()
        os.write(self.terminal, keys)
        seen = b""
        while True:
            piece = self.read(began + DEADLINE - time.perf_counter())
            if not piece:
                raise AssertionError(f"never saw {words!r} in {seen[-3000:]!r}")
            seen += piece
            if words in seen:
                taken = time.perf_counter() - began, self.worked() - worked
                self.rest()
                return taken

    def paste(self, text: bytes, words: bytes) -> tuple[float, float]:
        """From the first of a paste going in to the words that answer it."""
        worked, began, left = self.worked(), time.perf_counter(), b"\x1b[200~" + text + b"\x1b[201~"
        seen = b""
        while left:  # a terminal takes a few KB at a time, and may have something to say meanwhile
            _, free, _ = select.select([], [self.terminal], [], DEADLINE)
            assert free, "the terminal takes nothing more"
            left = left[os.write(self.terminal, left[:1024]) :]
            seen += self.read(0.0)
        while words not in seen:
            piece = self.read(began + DEADLINE - time.perf_counter())
            assert piece, f"never saw {words!r} in {seen[-3000:]!r}"
            seen += piece
        return time.perf_counter() - began, self.worked() - worked

    def see(self, words: bytes) -> None:
        """Wait for words without a key."""
        self.key(b"", words)

    def leave(self) -> None:
        """Quit, and wait until the process is gone."""
        os.write(self.terminal, b"\x11")
        while self.read(DEADLINE):
            pass
        os.waitpid(self.pid, 0)
        self.pid = 0


@contextmanager
def screen(*arguments: str) -> Iterator[Screen]:
    shown = Screen(*arguments)
    try:
        yield shown
    finally:
        if shown.pid:
            os.kill(shown.pid, signal.SIGKILL)
            os.waitpid(shown.pid, 0)
        os.close(shown.terminal)


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Sealed journals of each size."""
    made: dict[int, Path] = {}
    for entries in SIZES:
        made[entries] = tmp_path_factory.mktemp(f"journal-{entries}")
        command = [sys.executable, vault_speed.__file__, "make", "sealed", str(made[entries]), str(entries)]
        subprocess.run(command, check=True)
    return made


def keys_in(folder: Path) -> dict[str, Keys]:
    """Every row of the table, each with its keys in seconds."""
    told: dict[str, Keys] = {}
    with screen(str(folder)) as shown:
        shown.see(b"Write a page")
        shown.rest()
        told["open the journal, first"] = [shown.key(b"j", b"November 2026")]
        told["open the journal"] = []
        for _ in range(12):
            shown.key(b"t", b"How are you")
            told["open the journal"].append(shown.key(b"j", b"November 2026"))
        told["a line up or down"] = [shown.key(key) for key in (b"\x1b[B", b"\x1b[A") * 20]
        told["a page up or down"] = [shown.key(key) for key in (b"\x1b[6~", b"\x1b[5~") * 10]
        told["to the end and back"] = [shown.key(key) for key in (b"\x1b[F", b"\x1b[H") * 10]
        shown.key(b"/")
        told["a search, its first letter"] = []
        for letter in b"eoa" * 5:
            told["a search, its first letter"].append(shown.key(bytes([letter]), b"that."))
            shown.key(b"\x7f", b"November 2026")
        shown.key(b"promis", b"that.")
        told["a search, a later letter"] = []
        for _ in range(15):
            told["a search, a later letter"].append(shown.key(b"e", b"that."))
            shown.key(b"\x7f", b"that.")
        shown.key(b"\x15", b"November 2026")
        told["a filter in the search line"] = []
        shown.key(b"kind:not", b"record or letter")
        for _ in range(10):
            told["a filter in the search line"].append(shown.key(b"e", b": notes."))
            shown.key(b"\x7f", b"record or letter")
        shown.key(b"\x1b", b"November 2026")
        told["open the calendar"] = []
        for _ in range(12):
            told["open the calendar"].append(shown.key(b"y", b": 1 page"))
            shown.key(b"\x1b", b"November 2026")
        shown.key(b"y", b": 1 page")
        told["a day in the calendar"] = [shown.key(key) for key in (b"\x1b[D", b"\x1b[A", b"\x1b[5~") * 8]
        shown.key(b"\x1b", b"November 2026")
        shown.key(b"w", b"ne line is enough")
        told["a letter on a new page"] = [shown.key(b"a") for _ in range(40)]
        shown.leave()
    memory = float((folder / "memory").read_text(encoding="ascii"))
    told["MB"] = [(memory, memory)]
    return told


def letters_in_long_pages(folder: Path) -> dict[str, Keys]:
    """Typing at the start and at the end of 100 KB, in one paragraph and in lines."""
    told: dict[str, Keys] = {}
    with screen(str(folder), "long") as shown:
        shown.see(b"Write a page")
        shown.rest()
        shown.key(b"j", b"Many lines")
        for name, moves in (("100 KB in lines", b""), ("100 KB in one paragraph", b"\x1b[B")):
            if moves:
                shown.key(moves)
            shown.key(b"e", b"keep")
            told[f"a letter, end of {name}"] = [shown.key(b"a") for _ in range(25)]
            shown.key(b"\x1b[1;5H")
            told[f"a letter, start of {name}"] = [shown.key(b"a") for _ in range(25)]
            shown.key(b"\x1b", b"Leave it there")
            shown.key(b"\x1b[B\x1b[B\r", b"November 2026")
        shown.leave()
    return told


def paste_of_a_megabyte(folder: Path) -> dict[str, Keys]:
    """1 MB pasted into a new page, in lines and in one paragraph, and the letters typed right behind it."""
    told: dict[str, Keys] = {}
    for name, between in (("in lines", b".\n"), ("in one paragraph", b". ")):
        with screen(str(folder)) as shown:
            shown.see(b"Write a page")
            shown.rest()
            shown.key(b"w", b"ne line is enough")
            sentence = b"The gate was open and nobody came through it" + between
            text = sentence * (MEGABYTE // len(sentence)) + b"the last of it"
            told[f"1 MB pasted {name}, all of it"] = [shown.paste(text, b"the last of it")]
            shown.rest()
            told[f"a letter behind 1 MB {name}"] = [shown.key(b"a") for _ in range(15)]
            shown.leave()
    return told


def middle(seconds: Iterable[float]) -> float:
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2]


def held(keys: Keys) -> float:
    """What is held to the budget: the middle of the processor time."""
    return middle(worked for _, worked in keys)


def told_of(keys: Keys, scale: float = 1000.0) -> str:
    """The three figures of one row."""
    clock = [taken for taken, _ in keys]
    return f"{held(keys) * scale:>10.1f}{min(clock) * scale:>10.1f}{middle(clock) * scale:>10.1f}"


HEADS = f"{'processor':>10}{'quickest':>10}{'middle':>10}"


def test_ten_thousand_entries_feel_as_ten(journals: dict[int, Path]) -> None:
    few, many = (keys_in(journals[size]) for size in SIZES)
    missed: list[str] = []
    print(f"\n\n{'key to paint, ms':<30}{'10 entries':>30}{'10,000':>30}{'ratio':>8}")
    print(f"{'':<30}{HEADS}{HEADS}")
    for row, keys in many.items():
        scale = 1.0 if row == "MB" else 1000.0
        ratio = held(keys) / held(few[row])
        budget = EDITOR if "new page" in row else LISTS
        if row == "MB":
            wrong = held(keys) - held(few[row]) > MEMORY
        elif row.endswith("first"):
            wrong = ratio > COLD
        else:
            wrong = held(keys) > budget
        missed += [row] if wrong else []
        print(f"{row:<30}{told_of(few[row], scale)}{told_of(keys, scale)}{ratio:>8.2f}" + ("   <-- " if wrong else ""))
    assert missed == []


def test_a_letter_in_a_very_long_page_is_painted_at_once(journals: dict[int, Path]) -> None:
    missed: list[str] = []
    print(f"\n\n{'key to paint, ms':<44}{HEADS}")
    for row, keys in letters_in_long_pages(journals[10]).items():
        wrong = held(keys) > EDITOR
        missed += [row] if wrong else []
        print(f"{row:<44}{told_of(keys)}" + ("   <-- " if wrong else ""))
    assert missed == []


def test_a_letter_behind_a_paste_of_a_megabyte_is_painted_as_quickly_as_in_a_list(journals: dict[int, Path]) -> None:
    missed: list[str] = []
    print(f"\n\n{'key to paint, ms':<44}{HEADS}")
    for row, keys in paste_of_a_megabyte(journals[10]).items():
        wrong = held(keys) > (PASTE if row.endswith("all of it") else LISTS)
        missed += [row] if wrong else []
        print(f"{row:<44}{told_of(keys)}" + ("   <-- " if wrong else ""))
    assert missed == []
