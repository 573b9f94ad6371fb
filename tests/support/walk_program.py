"""The installed program with a clock that a signal moves on. Run as a script, in a terminal of its own.

    walk_program.py ARGUMENTS     as `trustkit ARGUMENTS`; each SIGUSR1 lets eleven quiet minutes pass

With TRUSTKIT_WALK_FAULT=NAME it has a fault that was once in it, by its name in `walk_faults.py`: so the walks can show
that they would find it.

Nobody waits ten minutes for the idle lock in a test, or a second for each new passphrase; everything else is the
program as it is.
"""

import os
import signal
import sys
from time import monotonic

QUIET = 11 * 60.0
"""Seconds that one signal lets pass: more than the ten quiet minutes of the usual settings."""
CHECK_SECONDS = 0.05
CHEAP = 10
"""log N of a journal that is begun on a walk."""


def main() -> int:
    from trustkit import vault
    from trustkit.__main__ import main as program
    from trustkit.tui import app, idling

    later = 0.0

    def pass_time(*_: object) -> None:
        nonlocal later
        later += QUIET

    signal.signal(signal.SIGUSR1, pass_time)
    vault.LOG_N = CHEAP  # type: ignore[misc]
    app.IDLE_CHECK_SECONDS = CHECK_SECONDS
    idling.counting_sleep = lambda: lambda: monotonic() + later  # type: ignore[attr-defined]
    if fault := os.environ.get("TRUSTKIT_WALK_FAULT"):
        from walk_faults import FAULTS

        FAULTS[fault]()
    return program()


if __name__ == "__main__":
    sys.exit(main())
