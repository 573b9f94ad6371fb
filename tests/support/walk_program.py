"""The installed program with a clock that a signal moves on. Run as a script, in a terminal of its own.

    walk_program.py ARGUMENTS     as `trustkit ARGUMENTS`; each SIGUSR1 lets eleven quiet minutes pass

Nobody waits ten minutes for the idle lock in a test, or a second for each new passphrase; everything else is the
program as it is.
"""

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
    from trustkit.tui import app

    later = 0.0

    def pass_time(*_: object) -> None:
        nonlocal later
        later += QUIET

    signal.signal(signal.SIGUSR1, pass_time)
    vault.LOG_N = CHEAP  # type: ignore[misc]
    app.IDLE_CHECK_SECONDS = CHECK_SECONDS
    app.TrustkitApp.time = lambda _app: monotonic() + later  # type: ignore[method-assign]
    return program()


if __name__ == "__main__":
    sys.exit(main())
