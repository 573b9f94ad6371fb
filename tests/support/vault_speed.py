"""One measurement of the vault in a process of its own. Run as a script.

    vault_speed.py make sealed|open DATA ENTRIES     write a journal of so many entries, and its index
    vault_speed.py serve DATA                        the seconds of each row that is asked for on standard input
    vault_speed.py memory DATA                       the most memory it takes to read everything and search it, in MB

Entries are some 90 words long, spread evenly over years as somebody would write them; beside every hundredth stand a
practice and a mark or a choice.
"""

import gc
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

sys.path.insert(0, str(Path(__file__).parents[2]))

from vault_texts import END, PASSPHRASE, RARE, moment_of, most_memory, text_of

from trustkit.companion.handing import Handing
from trustkit.companion.holding import Holding
from trustkit.model.entry import Choice, Mark, Note, Practice
from trustkit.model.export import json_parts
from trustkit.paths import Paths
from trustkit.vault import Vault, create_open, create_sealed, durable, open_vault
from trustkit.vault.collector import unsettle

SETTLED = 2.1
"""Seconds after a write: only then is a folder's time of change relied on."""


def clock() -> datetime:
    """Stands still: what is measured does not depend on the day."""
    return END


def at(data: str) -> Paths:
    """Everything under one folder."""
    return Paths(Path("content"), Path(data) / "data", Path(data) / "cache", Path(data) / "config")


def make(mode: str, data: str, entries: int) -> None:
    """Without syncing each file, which is not what is measured here."""
    durable.Layer.sync = durable.Layer.sync_folder = lambda *_: None  # type: ignore[method-assign]
    paths = at(data)
    vault: Vault = (
        create_sealed(paths, PASSPHRASE, clock=clock, log_n=4) if mode == "sealed" else create_open(paths, clock=clock)
    )
    for number in range(entries):
        when = moment_of(number, entries)
        vault.add(Note(text_of(number)), created=when)
        if number % 100 == 3:
            event = (Mark("guide", f"{number % 700}", "done"), Choice(f"name-{number % 500}", number))
            vault.add(Practice("breath", 1, when, when, 7, 5), created=when)
            vault.add(event[number // 100 % 2], created=when)
    vault.load()
    vault.close()
    rest(data)


def rest(data: str) -> None:
    """Leave a journal as if nobody had written there for long, with an index that knows all of it."""
    time.sleep(SETTLED)
    vault = unlocked(data)
    vault.load()
    vault.close()


def unlocked(data: str) -> Vault:
    """As another run finds it."""
    vault = open_vault(at(data), clock=clock, log_n=4)
    vault.unlock(PASSPHRASE)
    return vault


def seconds(action: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """How long one call takes, with nothing left over from before to clean up.

    Args:
        clock: Processor time, since reading waits for nothing that the system did not hold already: on a quiet machine
            it is the time on the clock, and on a busy one what the clock would have shown. Writing waits for the disk.
    """
    gc.collect()
    began = clock()
    action()
    return clock() - began


def exported(vault: Vault) -> int:
    """Every entry whole, as `trustkit journal export --format json` writes it, piece by piece. Returns how long."""
    pages = Handing(cast(Holding, SimpleNamespace(vault=vault))).pages(
        [one.id for one in vault.summaries(private=True)]
    )
    return sum(len(part.encode()) for part in json_parts(pages))


def marked_again(vault: Vault) -> float:
    """All marks, asked for right behind a new one."""
    vault.add(Mark("guide", "step", "done"))
    return seconds(vault.marks)


COLD: dict[str, Callable[[Vault], object]] = {
    "last 20": lambda v: v.summaries(limit=20),
    "last 20, with text": lambda v: [v.get(one.id) for one in v.summaries(limit=20)],
    "marks and choices": lambda v: (v.choices(), v.marks()),
    "practices": lambda v: v.events("practice"),
    "search, cold": lambda v: v.search(RARE),
    "load all": Vault.load,
    "list, cold": Vault.summaries,
    "export, cold": exported,
}
"""What is asked of a vault that was only just unlocked."""
WARM: dict[str, Callable[[Vault], object]] = {
    "marks again": Vault.marks,
    "search, warm": lambda v: v.search(RARE),
    "search, a common word": lambda v: v.search("morning phone"),
    "list, warm": Vault.summaries,
    "export": exported,
    "every file opened": lambda v: [v.get(one.id) for one in v.summaries(private=True)],
}
"""What is asked again of one that has read everything."""
WRITING: dict[str, Callable[[Vault], float]] = {
    "add": lambda v: seconds(lambda: v.add(Note(text_of(1))), time.perf_counter),
    "mark": lambda v: seconds(lambda: v.add(Mark("guide", "step", "done")), time.perf_counter),
    "marks after a mark": marked_again,
}
"""What is written: the disk is waited for, so these are told by the clock."""
READING = (*COLD, *WARM)
ROWS = (*READING, *WRITING)


class Asked:
    """One journal that is asked for one row after another."""

    def __init__(self, data: str) -> None:
        self._data = data
        self._read: Vault | None = None
        self._fresh: Vault | None = None

    @property
    def wrote(self) -> bool:
        """Something was written."""
        return self._fresh is not None

    def once(self, row: str) -> float:
        """How long one row takes, once."""
        if row in COLD:  # each with a vault of its own, gone before the next: what a held one weighs is not measured
            unsettle()  # a run that reads one journal never has an old one to let go of
            return seconds(partial(COLD[row], unlocked(self._data)))
        if row in WARM:
            if self._read is None:
                self._read = unlocked(self._data)
                self._read.load()
            return seconds(partial(WARM[row], self._read))
        self._fresh = self._fresh or unlocked(self._data)
        return WRITING[row](self._fresh)


def serve(data: str) -> None:
    """A row's name comes in, and its seconds go out."""
    asked = Asked(data)
    for row in sys.stdin:
        print(asked.once(row.rstrip("\n")), flush=True)
    if asked.wrote:
        rest(data)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    elif sys.argv[1] == "memory":
        kept = unlocked(sys.argv[2])
        kept.load()
        kept.search(RARE)
        print(most_memory())
    else:
        serve(sys.argv[2])
