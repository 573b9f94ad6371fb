"""What opens and closes a vault, and what becomes of its keys: the part that each way of keeping answers for itself.

A vault without a passphrase is always open and refuses everything that concerns a key with UsageError.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable


class Doors(ABC):
    """Doors and keys. Everything that takes a passphrase is slow by design: call it from a thread."""

    @abstractmethod
    def unlock(self, passphrase: str) -> None:
        """Open a sealed vault. Takes about 0.8 s: call it from a thread. Nothing to do for one without a passphrase.

        Raises:
            WrongKey: The passphrase does not fit.
            ReadError: The key file is damaged or missing.
        """

    @abstractmethod
    def unlock_recovery(self, recovery_key: str) -> None:
        """Open a sealed vault with the printed key. Raises UsageError, WrongKey, ReadError."""

    @abstractmethod
    def check_recovery(self, recovery_key: str) -> None:
        """Say by raising what keeps this recovery key from opening the vault; nothing is opened. Raises as above."""

    @abstractmethod
    def lock(self) -> None:
        """Write pending index segments, then drop keys and decrypted text."""

    @property
    @abstractmethod
    def has_recovery(self) -> bool:
        """Whether a recovery key was made."""

    @property
    @abstractmethod
    def needs_sealing(self) -> bool:
        """Some entries lie in clear beside a key: sealing was broken off, or another device keeps it open."""

    @abstractmethod
    def check_passphrase(self, passphrase: str) -> None:
        """Say by raising what keeps this passphrase from changing a key; nothing is opened or changed. Takes 0.8 s.

        Raises:
            WrongKey, UsageError: It does not fit, or is empty.
            ReadError: The key file is damaged or missing.
            WriteError: It opens a copy of the key file, and `key.age` itself has another one.
        """

    @abstractmethod
    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the key anew. Takes 2.5 s.

        An old copy of `key.age` still opens everything with the old passphrase; say so.

        Raises:
            WrongKey: The old one does not fit. UsageError: the new one is empty.
            WriteError: The disk is full, or another window is at it; the old passphrase then still works.
        """

    @abstractmethod
    def make_recovery(self) -> str:
        """A new recovery key, `AGE-SECRET-KEY-1…`, to be shown once. It counts when `keep_recovery` has it back."""

    @abstractmethod
    def keep_recovery(self, typed: str, passphrase: str) -> None:
        """Make the key just shown the recovery key, now that it was typed back.

        An older one opens no file here any more. It still opens old copies of `key.recovery.age`, and with the key in
        them everything, later pages too; say so.

        Case, spaces and dashes are forgiven. Takes 2.5 s.

        Raises:
            UsageError: It is not a recovery key, or not the one just shown.
            WrongKey, ReadError, WriteError: As `change_passphrase`.
        """

    @abstractmethod
    def drop_recovery(self, passphrase: str) -> None:
        """Do without a recovery key. What an older one still opens is as with `keep_recovery`. Raises as above."""

    @abstractmethod
    def recover(self, recovery_key: str, passphrase: str) -> None:
        """Open with the recovery key and set a new passphrase; the forgotten one opens nothing any more.

        Raises UsageError, WrongKey, ReadError, WriteError.
        """

    @abstractmethod
    def seal(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Seal every entry and draft that lies in clear. Broken off at any moment, it goes on where it stopped.

        Args:
            progress: Called with (done, all) after each file.

        Returns:
            How many files were sealed.

        Raises:
            WriteError: A file could not be written; those done stay done, the others stay as they were.
            Locked: The vault is.
        """
