"""Killed at each system call of a save, one after the other, by fault injection in the tracer: no instant is left out.

A first run is traced whole. Between two calls that change nothing (`access` of `/begin` and `/end`) stands what the
deed does; each call there is then the last one of a run of its own, which the kernel kills before the call is made.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import vault_worker as worker
from vault_kills import opens_with

CALLS = (
    "access,chmod,fchmod,flock,fsync,link,linkat,mkdir,mkdirat,openat,rename,renameat,renameat2,unlink,unlinkat,write"
)
"""Whatever changes what lies on disk, or whether it lasts; between two of these a kill finds the same disk."""
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)")


@dataclass(frozen=True)
class Instant:
    """One system call of a run: the how manieth of its name."""

    name: str
    number: int


class Tracer:
    """Runs one deed of the worker under strace."""

    def __init__(self, strace: str, deed: str, data: Path, log: Path) -> None:
        self._command = [sys.executable, "-B", worker.__file__, deed, str(data)]
        self._strace = [strace, "-f", "-qq", "-o", str(log), "-e", f"trace={CALLS}"]
        self._log = log

    def instants(self, before: Callable[[], None] = lambda: None) -> list[Instant]:
        """Every call between the two marks, in order, of a second run: the first one makes folders."""
        for _ in range(2):
            before()
            assert self.run().returncode == 0
        counted: dict[str, int] = {}
        found: list[Instant] = []
        within = False
        for line in self._log.read_text().splitlines():
            call = _CALL.match(line)
            if call is None:
                continue
            name, arguments = call.groups()
            counted[name] = counted.get(name, 0) + 1
            within = (within or '"/begin"' in arguments) and '"/end"' not in arguments
            if within and name != "access":
                found.append(Instant(name, counted[name]))
        return found

    def run(self, *injected: str) -> "subprocess.CompletedProcess[str]":
        """Run it with these faults."""
        faults = [word for fault in injected for word in ("-e", f"inject={fault}")]
        return subprocess.run([*self._strace, *faults, *self._command], check=False, capture_output=True, text=True)

    def killed_at(self, instant: Instant) -> str:
        """Run it again and kill it there. What it had acknowledged."""
        done = self.run(f"{instant.name}:signal=SIGKILL:when={instant.number}")
        assert done.returncode in (-9, 137), done.stderr
        return done.stdout


def test_killed_at_each_system_call_of_a_save_an_entry_is_whole_or_not_there(bench, strace, tmp_path) -> None:
    vault = bench.seal()
    vault.close()
    tracer = Tracer(strace, "add_one", bench.data, tmp_path / "trace")
    instants = tracer.instants()
    assert {"openat", "write", "fsync", "linkat", "unlink"} <= {instant.name for instant in instants}
    first = there = len(bench.files())
    for instant in instants:
        assert tracer.killed_at(instant) == ""
        vault = bench.again()
        assert vault.problems == ()
        assert all(report.ok for report in vault.verify())
        assert len(vault.summaries()) == len(bench.files()) in (there, there + 1)
        there = len(bench.files())
    assert there > first  # killed after the link and before the folder was synced: kept, and not yet acknowledged


def test_killed_at_each_system_call_of_a_change_exactly_one_passphrase_opens(bench, strace, tmp_path) -> None:
    vault = bench.seal(worker.OLD)
    recovery = vault.make_recovery()
    vault.keep_recovery(recovery, worker.OLD)
    vault.close()
    tracer = Tracer(strace, "change_one", bench.data, tmp_path / "trace")
    before = {name: (bench.data / name).read_bytes() for name in ("key.age", "key.recovery.age")}

    def put_back() -> None:
        shutil.rmtree(f"{bench.data}-cache", ignore_errors=True)
        for name, data in before.items():
            (bench.data / name).write_bytes(data)

    instants = tracer.instants(put_back)
    assert {"openat", "write", "fsync", "rename"} <= {instant.name for instant in instants}
    opened: list[str] = []
    for instant in instants:
        put_back()
        assert tracer.killed_at(instant) == ""
        (opens,) = [name for name, words in (("old", worker.OLD), ("new", worker.NEW)) if opens_with(bench, words)]
        opened.append(opens)
        again = bench.locked()
        again.unlock_recovery(recovery)
        assert not again.locked
    assert opened == sorted(opened, reverse=True)  # first the old one, from one call on the new one
    assert set(opened) == {"old", "new"}


@pytest.mark.parametrize(("call", "error"), [("fsync", "EIO"), ("write", "ENOSPC"), ("linkat", "EPERM")])
def test_what_the_kernel_itself_refuses_is_never_acknowledged_unless_there_is_another_way(
    bench, strace, tmp_path, call: str, error: str
) -> None:
    bench.seal().close()
    tracer = Tracer(strace, "add_one", bench.data, tmp_path / "trace")
    first = next(instant for instant in tracer.instants() if instant.name == call)
    there = len(bench.files())
    done = tracer.run(f"{call}:error={error}:when={first.number}")
    another_way = error == "EPERM"
    assert (done.returncode == 0) is ("kept" in done.stdout) is another_way
    assert len(bench.files()) == there + another_way
    assert all(report.ok for report in bench.again().verify())
