"""What the hide key sends to a terminal, in the app and in plain verbs, and how a plain verb ends after it."""

import os
import signal
import sys
from contextlib import suppress
from typing import Final

from trustkit.companion.stopping import Stopped

KEY: Final = "\x07"
"""ctrl-g as a terminal sends it."""
ERASE: Final = "\x1b[0m\x1b[9999;9999H\x1b[1J\x1b[H"
"""Empty the window from its last cell back to its first: erased as a whole, terminals keep a copy to scroll back to."""
ERASE_ALL: Final = f"{ERASE}\x1b[3J"
"""Empty what has scrolled out of the window, too: the command line may stand there, or what was typed."""


class Hidden(Stopped):
    """The hide key was pressed: put away what was written, say nothing, end as if all was well."""

    def __init__(self) -> None:
        super().__init__(signal.SIGINT)

    @property
    def exit_code(self) -> int:
        return 0


def hide(terminal: int) -> None:
    """Empty a terminal, and let nothing reach it that this process still says.

    Args:
        terminal: A handle that writes to it.
    """
    with suppress(OSError):  # the terminal is gone
        os.write(terminal, ERASE_ALL.encode())
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            if stream.isatty():
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
