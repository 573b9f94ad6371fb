"""Where a process begins: keep its memory to itself, answer `--version`, hand over to the command line."""

import gc
import sys
from typing import Final

NEW_OBJECTS: Final = 20_000
"""How many come to be before cycles are looked for among them; Python's own 700 is for programs that make many."""


def main() -> int:
    """Run trustkit on the words of this command. Returns the exit code; `docs/architecture.md` has the table."""
    # Nearly all that a start makes is there to stay. Looking through it again and again is a tenth of a verb's time,
    # and looking through it once more at the end another.
    gc.set_threshold(NEW_OBJECTS)
    try:
        return _run()
    finally:
        gc.freeze()


def _run() -> int:
    from trustkit.hardening import harden

    harden()
    arguments = sys.argv[1:]
    if "--version" in arguments[: arguments.index("--") if "--" in arguments else None]:
        return _version()
    from trustkit.cli.program import run

    return run(arguments)


def _version() -> int:
    from trustkit import __version__

    try:
        print(f"trustkit {__version__}", flush=True)
    except OSError:
        # Nobody is reading. What is still buffered would raise once more at exit.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
