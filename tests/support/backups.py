"""Backups in a test: made, brought back into an empty place, merged, and what a journal then holds."""

from datetime import timedelta

from vault_bench import CHEAP, Bench

from trustkit.model.entry import Draft, Mark, Note
from trustkit.paths import Paths
from trustkit.vault import (
    back_up,
    restore_backup,
)


def write(bench, file, passphrase: str = ""):
    return back_up(bench.paths, file, clock=bench.clock, passphrase=passphrase, log_n=CHEAP)


def new_place(bench, name: str = "new") -> Bench:
    """An empty folder on another device."""
    root = bench.data.parent / name
    return Bench(Paths(bench.paths.content, root / "data", root / "cache", root / "config"), bench.clock)


def restore(bench, file):
    return restore_backup(bench.paths, file, clock=bench.clock, log_n=CHEAP)


def merge(bench, file, passphrase: str | None = None, theirs: str = ""):
    """Into the journal there; the report."""
    ours = bench.passphrase if passphrase is None else passphrase
    vault = bench.again(ours)
    report = restore_backup(
        bench.paths, file, clock=bench.clock, into=vault, passphrase=ours, backup_passphrase=theirs, log_n=CHEAP
    )
    vault.close()
    return report


def fill(vault, clock) -> list[str]:
    ids = [vault.add(Note(f"page {number}", "T" * number)).id for number in range(4)]
    vault.revise(ids[0], Note("page nought"))
    vault.delete(ids[1])
    vault.add(Note("private"), private=True)
    vault.add(Mark("guide", "step", "done"))
    vault.add(Note("last year"), created=clock.now - timedelta(days=400))
    vault.save_draft(Draft(vault.new_id(), Note("half"), clock.now))
    return ids


def everything(vault):
    return (vault.summaries(private=True), vault.summaries(trash=True), vault.marks(), vault.drafts())
