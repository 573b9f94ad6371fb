"""Every failure a person may meet, told in two sentences: what happened, and what to do next.

Both front ends print `happened` and `do_next` as they stand and nothing else: an exception's
own message may hold private text, these two sentences never do.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a verb tells the shell. `docs/architecture.md` has the table."""

    DONE = 0
    PROBLEM_FOUND = 1
    USAGE = 2
    CANNOT_READ_OR_WRITE = 3
    WRONG_PASSPHRASE_OR_LOCKED = 4
    NO_VAULT = 5
    MISTAKE = 70
    """trustkit itself went wrong; the number is `EX_SOFTWARE` of sysexits.h."""
    BROKEN_PIPE = 141
    """Whoever read the output left; 128 and SIGPIPE, as other tools have it."""
    INTERRUPTED = 130


class TrustkitError(Exception):
    """Something went wrong that a person can be told about.

    Args:
        happened: One sentence: what happened. Never holds text from an entry or a passphrase.
        do_next: One sentence: what to do next.
    """

    exit_code: ExitCode = ExitCode.CANNOT_READ_OR_WRITE

    def __init__(self, happened: str, do_next: str) -> None:
        super().__init__(f"{happened} {do_next}")
        self.happened = happened
        self.do_next = do_next


class UsageError(TrustkitError):
    """The words of a command do not fit together."""

    exit_code = ExitCode.USAGE


class ReadError(TrustkitError):
    """A file or folder cannot be read."""


class WriteError(TrustkitError):
    """A file or folder cannot be written. Nothing was acknowledged as saved."""


class AlreadyExists(WriteError):
    """An entry or a revision by that id is on the disk already. It was not touched."""


class Locked(TrustkitError):
    """The vault is sealed and locked; nothing in it can be read or written until it is unlocked."""

    exit_code = ExitCode.WRONG_PASSPHRASE_OR_LOCKED


class WrongKey(TrustkitError):
    """The passphrase or the recovery key does not open the vault."""

    exit_code = ExitCode.WRONG_PASSPHRASE_OR_LOCKED


class NoVault(TrustkitError):
    """There is no vault in the data folder."""

    exit_code = ExitCode.NO_VAULT


class NotFound(TrustkitError):
    """No entry, guide, exercise or region goes by that name."""

    exit_code = ExitCode.PROBLEM_FOUND
