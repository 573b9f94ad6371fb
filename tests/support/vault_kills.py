"""Kills at random instants: a vault's work broken off again and again, and what must be true after each."""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import vault_worker as worker
from vault_bench import Bench

from trustkit.errors import WrongKey
from trustkit.model.entry import Draft, Note
from trustkit.vault import inspect
from trustkit.vault.sealed import SealedVault

LONGEST = 30_000
"""Microseconds: some ten times as long as one of the deeds takes, so that kills fall before, in and after each call."""

SEALING = 5 * LONGEST
"""The same for sealing a whole journal, which writes some forty files."""


class Killer:
    """A process whose children are killed. Seeded, so that a run can be told from another by its number alone."""

    def __init__(self, process: "subprocess.Popen[str]", seed: int) -> None:
        self._process = process
        self._random = random.Random(seed)

    def kill(self, deed: str, data: Path, longest: int = LONGEST) -> list[list[str]]:
        """Begin a deed, kill it at a random instant, and give what it had acknowledged."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{deed} {self._random.randrange(longest)} {data}\n")
        self._process.stdin.flush()
        said: list[list[str]] = []
        for line in self._process.stdout:
            if line == "gone\n":
                return said
            said.append(line.split())
        raise AssertionError("the worker itself ended")


@contextmanager
def killer(seed: int = 0) -> Iterator[Killer]:
    """Start one, and end it."""
    command = [sys.executable, worker.__file__, "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Killer(process, seed)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()


def kills_in_add(bench: Bench, times: int) -> int:
    """Every acknowledged revision and draft is there, whole; nothing half is to be seen. How many were kept."""
    bench.seal().close()
    kept: list[list[str]] = []
    broken_off = 0
    with killer() as by:
        for _ in range(times):
            said = by.kill("add", bench.data)
            assert said[0] == ["ready"]
            broken_off += 1
            kept += [words[1:] for words in said if words[0] == "kept"]
            last = said[-1]
            vault = bench.again()
            if last[0] == "draft":
                drafts = [draft.id for draft in vault.drafts()]
                there = {revision.name.split(".")[0] for revision in bench.files()}
                assert last[1] in drafts or last[1] in there
            for entry_id, rev in kept[-3:]:
                assert rev in {version.rev for version in vault.versions(entry_id)}
            assert vault.problems == ()
    vault = bench.again()
    for entry_id, rev in kept:
        assert rev in {version.rev for version in vault.versions(entry_id)}
    assert [report.file for report in vault.verify() if not report.ok] == []
    assert len(bench.files()) - len(kept) <= broken_off  # on disk, and killed before it could say so
    return len(kept)


def kills_in_change(bench: Bench, times: int) -> tuple[int, int]:
    """After each, one of the two passphrases opens it and the other does not, and the recovery key opens it, too."""
    vault = bench.seal(worker.OLD)
    entry = vault.add(Note("words"))
    recovery = vault.make_recovery()
    vault.keep_recovery(recovery, worker.OLD)
    vault.close()
    changed = undecided = 0
    with killer() as by:
        for _ in range(times):
            said = by.kill("change", bench.data)
            opens = [name for name, words in (("old", worker.OLD), ("new", worker.NEW)) if opens_with(bench, words)]
            assert len(opens) == 1
            changes = [words for words in said if words[0] in ("changed", "changing")]
            changed += sum(words[0] == "changed" for words in changes)
            if changes and changes[-1][0] == "changed":
                assert opens == [changes[-1][1]]
            undecided += bool(changes) and changes[-1][0] == "changing"
            again = bench.locked()
            again.unlock_recovery(recovery)
            assert again.get(entry.id).body == Note("words")
    return changed, undecided


def opens_with(bench: Bench, passphrase: str) -> bool:
    """Whether this passphrase opens it. Damage is not an answer."""
    try:
        return not bench.again(passphrase).locked
    except WrongKey:
        return False


def kills_in_index(bench: Bench, times: int) -> int:
    """After each, lists and search answer as from the files alone, with every acknowledged page. How many were kept."""
    bench.seal().close()
    kept: set[str] = set()
    with killer() as by:
        for _ in range(times):
            kept |= {words[1] for words in by.kill("index", bench.data) if words[0] == "kept"}
            by_index = bench.again()
            by_files = bench.again()
            list(by_files.verify())
            assert by_index.summaries() == by_files.summaries()
            assert by_index.search("indexed") == by_files.search("indexed")
            assert by_index.marks() == by_files.marks()
            assert kept <= {summary.id for summary in by_index.summaries()}
    return len(kept)


def kills_in_sealing(bench: Bench, times: int) -> tuple[int, int]:
    """After each, everything is read, sealed or not, and sealing goes on. How often it was halfway, how often done."""
    before = bench.open()
    for number in range(8):
        entry = before.add(Note(f"page {number}"))
        before.revise(entry.id, Note(f"page {number} again"))
    before.save_draft(Draft(before.new_id(), Note("half"), bench.clock()))
    expected = before.summaries()
    halfway = whole = 0
    with killer() as by:
        for number in range(times):
            copy = bench.elsewhere(f"{number}")
            said = by.kill("seal", copy.data, SEALING)
            vault = copy.again(worker.OLD)
            assert vault.summaries() == expected
            assert {draft.body for draft in vault.drafts()} == {Note("half")}
            if isinstance(vault, SealedVault):
                halfway += inspect(copy.data) == "mixed"
                vault.seal()
                assert not vault.needs_sealing
                assert inspect(copy.data) == "sealed"
                assert vault.summaries() == expected
            assert [report.file for report in vault.verify() if not report.ok] == []
            whole += ["sealed"] in said
            vault.close()
            shutil.rmtree(copy.data)
    return halfway, whole


def four_writers(bench: Bench, pages: int) -> int:
    """Four processes add and rewrite so many pages each; every revision is there afterwards. How many pages."""
    bench.seal(worker.OLD).close()
    command = [sys.executable, worker.__file__, "add", str(bench.data), str(pages)]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = [line.split() for writer in writers for line in writer.communicate()[0].splitlines()]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    kept = {(words[1], words[2]) for words in said if words[0] == "kept"}
    vault = bench.again(worker.OLD)
    there = {(version.id, version.rev) for entry_id, _ in kept for version in vault.versions(entry_id)}
    assert kept == there
    assert vault.problems == ()
    assert vault.drafts() == []
    return len(vault.summaries())
