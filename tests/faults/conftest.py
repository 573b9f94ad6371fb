"""What the faults need: a place to keep a vault, and tools that break things, skipped by name where missing."""

import shutil
import subprocess

import pytest
from vault_bench import Bench, Clock

from trustkit.paths import Paths


@pytest.fixture
def bench(paths: Paths, clock: Clock) -> Bench:
    """An empty place to keep a vault."""
    return Bench(paths, clock)


@pytest.fixture
def strace() -> str:
    """The tracer that makes system calls fail or kill. Skips by name where it is missing or may not trace."""
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed")
    if subprocess.run([found, "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    return found
