"""What happens when trustkit is stopped, from outside or by mistake: seal, say little, leave the terminal sane.

Textual prints a traceback with local variables, which may be entries and passphrases; that is replaced
here by kinds of error, files and lines. Signals and a closed terminal are ways of leaving, not of losing.
"""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text
from textual.app import SuspendNotSupported
from textual.driver import Driver

from trustkit.companion.hiding import ERASE
from trustkit.hardening import crash_report, harden_threads
from trustkit.tui.terminal import erasing, stop_here

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver

    _Base = App[int]
else:
    _Base = object

NEUTRAL_TITLE: Final = "\x1b[22;0t\x1b]0;terminal\x07"
"""Keep the window's title on the terminal's own stack and show a word that says nothing."""
GRACE_SECONDS: Final = 4.0
"""How long the terminal may take to be put right before trustkit leaves without it."""
HANGUP: Final[int] = getattr(signal, "SIGHUP", 1)
"""The number by which a closed window is told, also where there is no such signal."""
TITLE_BACK: Final = "\x1b[23;0t"


class Guarding(_Base):
    """Mixed into the app, in front of `App`."""

    hidden: bool
    """The app's own: nothing may be seen, not even at the end."""
    left_unsealed = False
    """The app's own."""

    def guard_process(self) -> None:
        """Signals seal and leave; threads and stray tasks keep quiet about what they held."""
        harden_threads()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._stray_task)
        for number in (signal.SIGTERM, HANGUP, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows' loop takes no signals, and has no SIGHUP
                loop.add_signal_handler(number, self.stop_for, number)
        self._write_terminal(NEUTRAL_TITLE)

    def _write_terminal(self, codes: str) -> None:
        if self._driver is not None and not self.is_headless:
            try:
                self._driver.write(codes)
                self._driver.flush()
            except OSError:
                pass  # the terminal is gone; there is nobody to hide from there

    def wipe_terminal(self, then: str = "") -> None:
        """Empty the terminal before anything else is computed: 7 ms instead of a repaint's 26 to 98."""
        self._write_terminal(ERASE + then)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own for this system, with our parser, and erasing what it painted before it leaves."""
        found = super().get_driver_class()
        if found.__name__ == "LinuxDriver":
            from trustkit.tui.terminal_driver import TerminalDriver

            found = TerminalDriver
        return erasing(found)

    def action_suspend_process(self) -> None:
        """Go back to the shell until `fg`; a sealed journal is locked then."""
        self.call_later(self._stop_here)

    async def _stop_here(self) -> None:
        can_stop = self._driver is not None and self._driver.can_suspend and hasattr(signal, "SIGTSTP")
        if can_stop and await self.lock_before_stopping():
            self.lend_terminal(stop_here)

    def stop_from_outside(self) -> None:
        """SIGTSTP from elsewhere: as if the key was pressed. Called by the signal's handler."""
        asyncio.get_running_loop().call_soon_threadsafe(self.action_suspend_process)

    def continued(self) -> None:
        """Stopped without warning and now going on: lock, then paint. Called by the signal's handler."""
        asyncio.get_running_loop().call_soon_threadsafe(self.call_later, self._go_on_after_stop)

    async def _go_on_after_stop(self) -> None:
        if self._driver is not None and self._driver.can_suspend:
            self._driver.suspend_application_mode()  # the shell has changed the terminal's modes meanwhile
            self._driver.resume_application_mode()
        with self.batch_update():  # nothing is painted before it is locked
            await self.lock_before_stopping()
        self.refresh(layout=True)

    def lend_terminal(self, run: Callable[[], None]) -> bool:
        """Give the terminal to another program until `run` returns. False where this terminal can't be given away.

        Nothing of the app happens meanwhile: no timer, no paint. Signals are `run`'s own to take; none of those that
        came then, ctrl-c in the other program included, reaches the app afterwards.
        """
        went_wrong: BaseException | None = None
        wake = signal.set_wakeup_fd(-1)
        try:
            with self.suspend():
                try:
                    run()
                except BaseException as error:  # the terminal is taken back first, whatever it was
                    went_wrong = error
        except SuspendNotSupported:
            return False
        finally:
            signal.set_wakeup_fd(wake)
            self.touched()
        if went_wrong is not None:
            raise went_wrong
        return True

    def stop_for(self, number: int) -> None:
        """A signal asked trustkit to stop: seal, and leave."""
        code = 130 if number == signal.SIGINT else 128 + number
        self.seal_drafts()
        self.left_unsealed = self.unsealed
        if self.terminal_is_gone():
            self.seal_drafts()
            self._leave_at_once(code)
        # Should the terminal go while it is being put right, writing to it blocks for good; what matters is sealed.
        last = threading.Timer(GRACE_SECONDS, self._leave_at_once, (code,))
        last.daemon = True
        last.start()
        self.exit(return_code=code)

    def terminal_is_gone(self) -> bool:
        """Whether the window was closed. A hung-up terminal answers no question about itself any more."""
        if self.is_headless or sys.__stdin__ is None:
            return False
        try:
            return not os.isatty(sys.__stdin__.fileno())
        except (OSError, ValueError):
            return True

    def leave_if_terminal_is_gone(self) -> None:
        """A window can go without a signal: then nobody is there to read, and the input thread would spin."""
        if self.terminal_is_gone():
            self.stop_for(HANGUP)

    def _leave_at_once(self, code: int) -> None:
        self.close_vault()
        os._exit(code)

    def close_vault(self) -> None:
        """The app's own."""
        raise NotImplementedError

    @property
    def unsealed(self) -> bool:
        """The app's own."""
        raise NotImplementedError

    def touched(self) -> None:
        """The app's own: somebody is there."""
        raise NotImplementedError

    async def lock_before_stopping(self) -> bool:
        """The app's own: seal and lock. False where it must not stop."""
        raise NotImplementedError

    def seal_drafts(self) -> None:
        """The app's own; here so that this class can be read alone."""
        raise NotImplementedError

    def _stray_task(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _fatal_error(self) -> None:
        error = self._exception or sys.exc_info()[1]
        self._stop_by_mistake(error if error is not None else RuntimeError())

    def panic(self, *renderables: object) -> None:
        error = sys.exc_info()[1] or self._exception
        self._return_code = 1
        self._stop_by_mistake(error if error is not None else RuntimeError())

    def _stop_by_mistake(self, error: BaseException) -> None:
        try:
            self.seal_drafts()
        finally:
            if not self.hidden:
                report = crash_report(error)
                self._exit_renderables.append(
                    Text(f"{report}\nWhat you were writing was sealed as a draft, if it could be.")
                )
            self._close_messages_no_wait()

    def tell_how_it_ended(self) -> None:
        """Give the terminal its title back, and tell of words that went with a signal or with quiet minutes."""
        if sys.__stdout__ is not None and sys.__stdout__.isatty():
            try:
                sys.__stdout__.write(TITLE_BACK)
                sys.__stdout__.flush()
            except OSError:
                pass
        if self.left_unsealed and sys.__stderr__ is not None:
            with suppress(OSError):
                sys.__stderr__.write("What you were writing couldn't be sealed, and is gone.\n")
