"""A process that works on a vault until somebody kills it. Run as a script; what it acknowledged stands in its output.

    vault_worker.py serve DATA           do what comes in on standard input, one child process for each line
    vault_worker.py DEED DATA [WORD…]    do one thing here and now

Every line it writes was true when it was written: an acknowledgement comes after the call that it is about returned.
"""

import os
import select
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from trustkit.model.entry import Draft, Mark, Note
from trustkit.paths import Paths
from trustkit.vault import Vault, open_vault, seal_vault, sealed

CHEAP = 4
OLD = "plum otter lantern"
NEW = "another three words"


def clock() -> datetime:
    """The system's."""
    return datetime.now().astimezone()


def at(data: str) -> Paths:
    """A data folder with its cache beside it."""
    return Paths(Path("content"), Path(data), Path(f"{data}-cache"), Path(f"{data}-config"))


def opened(data: str, passphrase: str = OLD) -> Vault:
    """The vault there, unlocked."""
    vault = open_vault(at(data), clock=clock, log_n=CHEAP)
    vault.unlock(passphrase)
    return vault


def acknowledge(*words: str) -> None:
    """One write, so that a line is whole or not there; pipes keep lines of this length apart."""
    os.write(1, (" ".join(words) + "\n").encode())


def add(data: str, count: str = "1000000") -> None:
    """Write pages and rewrite them, with a draft before each."""
    vault = opened(data)
    acknowledge("ready")
    for number in range(int(count)):
        draft = Draft(vault.new_id(), Note(f"page {number}"), clock(), target=vault.new_rev())
        vault.save_draft(draft)
        acknowledge("draft", draft.id)
        entry = vault.add(draft.body, entry_id=draft.id, rev=draft.target)
        acknowledge("kept", entry.id, entry.rev)
        vault.drop_draft(draft.id)
        entry = vault.revise(entry.id, Note(f"page {number} again"))
        acknowledge("kept", entry.id, entry.rev)


def add_one(data: str) -> None:
    """One page, between two calls that a trace of system calls can find."""
    vault = opened(data)
    entry_id, rev = vault.new_id(), vault.new_rev()
    os.access("/begin", os.F_OK)
    vault.add(Note("one page"), entry_id=entry_id, rev=rev)
    os.access("/end", os.F_OK)
    acknowledge("kept", entry_id, rev)


def change_one(data: str) -> None:
    """One change of passphrase, between the same two calls."""
    vault = opened(data)
    os.access("/begin", os.F_OK)
    vault.change_passphrase(OLD, NEW)
    os.access("/end", os.F_OK)
    acknowledge("changed", "new")


def change(data: str) -> None:
    """Change the passphrase back and forth."""
    vault = open_vault(at(data), clock=clock, log_n=CHEAP)
    here = OLD
    try:
        vault.unlock(OLD)
    except Exception:
        vault.unlock(NEW)
        here = NEW
    acknowledge("ready")
    while True:
        there = NEW if here == OLD else OLD
        acknowledge("changing", "new" if there == NEW else "old")
        vault.change_passphrase(here, there)
        acknowledge("changed", "new" if there == NEW else "old")
        here = there


def index(data: str) -> None:
    """Write a page and a mark, and the index after each."""
    vault = opened(data)
    vault.load()
    acknowledge("ready")
    number = 0
    while True:
        entry = vault.add(Note(f"indexed {number}"))
        acknowledge("kept", entry.id, entry.rev)
        vault.add(Mark("guide", f"step {number % 3}", "done"))
        vault.flush()
        number += 1


def seal(data: str) -> None:
    """Seal an open vault."""
    acknowledge("ready")
    seal_vault(at(data), OLD, clock=clock, log_n=CHEAP)
    acknowledge("sealed")


DEEDS: dict[str, Callable[..., None]] = {
    "add": add, "add_one": add_one, "change": change, "change_one": change_one, "index": index, "seal": seal,
}  # fmt: skip


def serve() -> None:
    """`DEED MICROSECONDS DATA [WORD…]`: begin it in a child, and kill that so long after it said that it is ready.

    One process forks them all, because importing takes a hundred times as long as what is to be broken off.
    """
    assert sealed.SealedVault  # imported here, once
    for line in sys.stdin:
        deed, microseconds, *words = line.split()
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(theirs, 1)
            os.close(ours)
            os.close(theirs)
            DEEDS[deed](*words)
            os._exit(0)
        os.close(theirs)
        said = os.read(ours, 4096)
        select.select([], [], [], int(microseconds) / 1_000_000)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while part := os.read(ours, 65536):
            said += part
        os.close(ours)
        os.write(1, said + b"gone\n")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        DEEDS[sys.argv[1]](*sys.argv[2:])
