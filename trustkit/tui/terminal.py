"""The terminal under the app: erased before it is given back, and painted whole when it is taken again.

Textual switches to the terminal's second screen and back. That alone hides nothing: tmux copies lines of the second
screen to the first one when the window was widened meanwhile, and some terminals have no second screen.
"""

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from textual.driver import Driver

from trustkit.companion.hiding import ERASE, ERASE_ALL

if TYPE_CHECKING:

    class _App(Protocol):
        hidden: bool

        def stop_from_outside(self) -> None: ...
        def continued(self) -> None: ...


def erasing(base: type[Driver]) -> type[Driver]:
    """The driver for this system, with every page erased when the terminal is given back, however that happens."""

    class ErasingDriver(base):  # type: ignore[valid-type, misc]
        """Erases on leaving; leaves stops and continues to the app's event loop."""

        _app: "_App"

        def stop_application_mode(self) -> None:
            self._erase(ERASE)
            super().stop_application_mode()
            if self._app.hidden:
                self._erase(ERASE_ALL)  # the command line that began trustkit stands there

        def _erase(self, codes: str) -> None:
            with suppress(OSError, AssertionError):  # the terminal is gone, or was never taken
                self.write(codes)
                self.flush()

        def _sigtstp_application(self, *arguments: Any) -> None:
            if self._auto_restart:
                self._app.stop_from_outside()
            else:  # the terminal is lent to a program that was stopped
                super()._sigtstp_application(*arguments)

        def _sigcont_application(self, *_: Any) -> None:
            if self._auto_restart:
                self._app.continued()

    return ErasingDriver


def stop_here() -> None:
    """Stop the process and what was started with it, until a shell lets it go on. Nothing where there is no shell."""
    before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        os.killpg(os.getpgrp(), signal.SIGTSTP)  # not SIGSTOP, which stops for good where nobody can continue it
    finally:
        signal.signal(signal.SIGTSTP, before)
