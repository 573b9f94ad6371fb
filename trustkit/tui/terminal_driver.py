"""Textual's driver with our own parser in the one place where bytes come in."""

import os
import selectors
from codecs import getincrementaldecoder

from textual.drivers.linux_driver import LinuxDriver

from trustkit.tui.commands import protective_keys
from trustkit.tui.terminal_input import TerminalParser

_LOOK = 0.1
"""Seconds between two looks at the clock."""
_PIECE = 4096


class TerminalDriver(LinuxDriver):
    """The terminal of Linux and macOS. Windows has a driver of its own, which is left as it is."""

    def run_input_thread(self) -> None:
        """Read until the app ends. Bytes that are not UTF-8 become U+FFFD; Textual's driver ends the app over them."""
        parser = TerminalParser(lambda key: key in protective_keys(self._app.moved_keys))  # type: ignore[attr-defined]
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_LOOK) and (text := decode(os.read(self.fileno, _PIECE))):
                    for message in parser.feed(text):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
