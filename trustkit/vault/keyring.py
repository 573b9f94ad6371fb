"""The key file: an age identity file wrapped with the passphrase, and once more with the recovery key.

`key.age` holds one identity or more: the newest seals, all open, none is ever dropped. Any `age` opens it. Everything
here that takes a passphrase is slow by design (0.8 s for each wrapping or unwrapping): call it from a thread.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from trustkit.errors import ReadError, TrustkitError, UsageError, WriteError, WrongKey
from trustkit.model.entry import Problem
from trustkit.vault import age, durable, names, sentences
from trustkit.vault.age_text import read_header
from trustkit.vault.checkup import FileReport
from trustkit.vault.folder import DiskFolder, Folder
from trustkit.vault.keys import Keys
from trustkit.vault.locking import exclusive

MAX_KEY: Final = 64 * 1024
"""Bytes of a key file: room for hundreds of identities."""
SEEN: Final = "key.seen"
"""In the cache: the fingerprint of the key file that last opened here, so that damage can be told from a slip."""


@dataclass(frozen=True, slots=True, repr=False)
class _Opened:
    keys: Keys
    copies: tuple[str, ...]
    """Names of the conflict copies that opened."""
    problems: list[Problem]
    foreign: bool
    """`key.age` is sound but opens with another passphrase."""


class Keyring:
    """The key files of one data folder."""

    def __init__(self, folder: DiskFolder, cache: Folder, *, clock: Callable[[], datetime], log_n: int) -> None:
        self._folder = folder
        self._cache = cache
        self._clock = clock
        self._log_n = log_n

    @property
    def has_recovery(self) -> bool:
        return any(name == names.RECOVERY or names.is_recovery_copy(name) for name in self._folder.names(""))

    def create(self, passphrase: str) -> Keys:
        """A new identity, sealed with the passphrase. Raises FileExistsError where there is a key file already."""
        keys = Keys.generate(self._clock())
        self._folder.write_new(names.KEY, wrap(keys, passphrase, self._log_n))
        return keys

    def unlock(self, passphrase: str) -> tuple[Keys, list[Problem]]:
        """Open `key.age` and every conflict copy that the passphrase opens, their identities taken together.

        Raises:
            WrongKey: The passphrase opens none of them.
            ReadError: The file is damaged, asks for too much work, or memory is short.
        """
        opened = self._open_all(normal(passphrase))
        return opened.keys, opened.problems

    def unlock_recovery(self, recovery_key: str) -> Keys:
        """Open `key.recovery.age` and every conflict copy of it that the recovery key opens, taken together.

        Raises UsageError (not a key), WrongKey, ReadError (none, or damaged).
        """
        return self._open_recovery(recovery_key)[0]

    def _open_recovery(self, recovery_key: str) -> tuple[Keys, list[str]]:
        identity = read_recovery_key(recovery_key)
        found: dict[str, Keys] = {}
        failure: TrustkitError = ReadError(*sentences.NO_RECOVERY)
        for name in sorted(filter(_is_recovery, self._folder.names("")), reverse=True):  # the file itself comes last
            try:
                sealed = self._read(name)
                if sealed is not None:
                    found[name] = Keys.read(age.decrypt(_bare(sealed), [identity]).decode())
            except age.NoMatch:
                failure = WrongKey(*sentences.WRONG_RECOVERY)
            except (age.AgeError, UnicodeDecodeError):
                failure = ReadError(*sentences.KEY_DAMAGED)
            except ReadError as error:
                failure = error
        if not found:
            raise failure
        first, *others = reversed(found.values())
        return first.merged(others), [name for name in found if name != names.RECOVERY]

    def change(self, old: str, new: str) -> Keys:
        """Wrap the key with another passphrase. At every instant one of the two opens it, and never both."""
        new = normal(new)
        with exclusive(self._folder):
            keys = self._open_as_one(normal(old))
            self._store(keys, new)
        return keys

    def check(self, passphrase: str) -> None:
        """Raise what `change` and `set_recovery` would raise for this passphrase, and change nothing."""
        if self._open_all(normal(passphrase)).foreign:
            raise WriteError(*sentences.KEY_NOT_OVERWRITTEN)

    def set_recovery(
        self, passphrase: str, recipients: tuple[age.Recipient, ...], suffices: Callable[[Keys], bool]
    ) -> list[str]:
        """Make these the recovery keys, none for taking it away.

        Killed at any moment, the old recovery key or the new one opens, and a later change of passphrase keeps it so:
        the file serves both until the key file names the new one.

        Args:
            suffices: Whether these keys open everything. Where they do, copies of the recovery file go, too: they
                would still open with the older paper.

        Returns:
            Names of the copies that stay, because one may hold a key that is nowhere else.
        """
        passphrase = normal(passphrase)
        with exclusive(self._folder):
            keys = self._open_as_one(passphrase)
            changed = keys.with_recovery(recipients)
            if recipients:
                both = keys.with_recovery([*keys.recovery, *recipients])
                self._folder.replace(names.RECOVERY, _to_recovery(both))
            self._store_key(changed, passphrase)
            self._store_recovery(changed)
            if not recipients:
                self._folder.remove(names.RECOVERY)
            copies = list(filter(names.is_recovery_copy, self._folder.names("")))
            if copies and suffices(changed):
                for name in copies:
                    self._folder.remove(name)
                copies = []
        return copies

    def recover(self, recovery_key: str, passphrase: str, suffices: Callable[[Keys], bool]) -> tuple[Keys, str]:
        """Wrap what the recovery key opens with a new passphrase; the forgotten one then opens nothing here.

        Args:
            suffices: Whether these keys open everything. Where they do not, `key.age` or a copy of it may hold one
                that the recovery key never knew, so each is kept beside the new one.

        Returns:
            The keys, and the name the former key file was kept under, or nothing.
        """
        passphrase = normal(passphrase)
        with exclusive(self._folder):
            keys, copies = self._open_recovery(recovery_key)
            former = self._whatever_is_there()
            key_copies = list(filter(names.is_key_copy, self._folder.names("")))
            enough = (former is None and not key_copies) or suffices(keys)
            aside = ""
            if former is not None and not enough:
                aside = names.key_aside(hashlib.sha256(former).hexdigest())
                with suppress(FileExistsError):  # kept by a run that was broken off here
                    self._folder.write_new(aside, former)
            self._store(keys, passphrase)
            for name in [*copies, *(key_copies if enough else ())]:  # they open with the forgotten passphrase
                self._folder.remove(name)
        return keys, aside

    def reports(self) -> list[FileReport]:
        """What can be said of the key files without their passphrases."""
        found: list[FileReport] = []
        for name in sorted(self._folder.names("")):
            if name == names.KEY or names.is_key_copy(name) or _is_recovery(name):
                problem: Problem | None = None
                try:
                    read_header(_bare(self._read(name) or b""))
                except (age.AgeError, ReadError):
                    problem = Problem(name, *sentences.KEY_DAMAGED)
                found.append(FileReport(name, problem))
        return found

    def _store(self, keys: Keys, passphrase: str) -> None:
        self._store_recovery(keys)
        self._store_key(keys, passphrase)

    def _store_key(self, keys: Keys, passphrase: str) -> None:
        sealed = wrap(keys, passphrase, self._log_n)
        self._folder.replace(names.KEY, sealed)
        self._remember(sealed)

    def _store_recovery(self, keys: Keys) -> None:
        if keys.recovery:
            self._folder.replace(names.RECOVERY, _to_recovery(keys))

    def is_the_same(self, sealed: bytes) -> bool:
        """Whether this is `key.age` as it lies there."""
        return self._whatever_is_there() == sealed

    def adopt(self, passphrase: str, others: Keys) -> Keys:
        """Take in identities from a backup. Killed at any moment, the file holds what it held or all of them."""
        passphrase = normal(passphrase)
        with exclusive(self._folder):
            keys = self._open_as_one(passphrase)
            if not keys.holds(others):
                keys = keys.merged([others.with_recovery(())])  # its paper may be lost, or in other hands
                self._store(keys, passphrase)
        return keys

    def _open_all(self, passphrase: str) -> "_Opened":
        sealed = self._read(names.KEY)
        main: Keys | None = None
        failure: TrustkitError = ReadError(*sentences.KEYLESS)
        if sealed is not None:
            try:
                main = unwrap(sealed, passphrase)
            except (ReadError, WrongKey) as error:
                failure = self._told_apart(sealed, error)
        copies, problems = self._copies(passphrase, main, sealed)
        if main is not None and sealed is not None:
            self._remember(sealed)
        elif not copies:
            raise failure
        else:
            said = sentences.KEY_MADE_OF_COPY if sealed is None else sentences.COPY_OPENED_INSTEAD
            problems.append(Problem(names.KEY, *said))
        others = list(copies.values())
        keys = main.merged(others) if main is not None else others[0].merged(others[1:])
        return _Opened(keys, tuple(copies), problems, foreign=main is None and isinstance(failure, WrongKey))

    def _open_as_one(self, passphrase: str) -> Keys:
        """As `_open_all`, with everything brought together in `key.age`, so that no copy goes on opening.

        Raises WriteError where `key.age` itself opens with another passphrase: unlike keys are never overwritten.
        """
        opened = self._open_all(passphrase)
        if opened.foreign:
            raise WriteError(*sentences.KEY_NOT_OVERWRITTEN)
        if opened.copies:
            self._store(opened.keys, passphrase)
            for name in opened.copies:
                self._folder.remove(name)
        return opened.keys

    def _copies(
        self, passphrase: str, main: Keys | None, sealed: bytes | None
    ) -> tuple[dict[str, Keys], list[Problem]]:
        found: dict[str, Keys] = {}
        problems: list[Problem] = []
        for name in sorted(filter(names.is_key_copy, self._folder.names(""))):
            said = sentences.COPY_SAME_KEYS
            try:
                copy = self._read(name)
                if copy is None:
                    continue
                if main is not None and copy == sealed:
                    found[name] = main  # the same bytes need not be worked through again
                else:
                    found[name] = unwrap(copy, passphrase)
                if main is None or not main.holds(found[name]):
                    said = sentences.COPY_MORE_KEYS
            except WrongKey:
                said = sentences.COPY_OTHER_PASSPHRASE
            except ReadError:
                said = sentences.COPY_DAMAGED
            problems.append(Problem(name, *said))
        return found, problems

    def _read(self, name: str) -> bytes | None:
        try:
            return self._folder.read(name, MAX_KEY)
        except FileNotFoundError:
            return None
        except (durable.NotRegular, durable.TooBig):
            raise ReadError(*sentences.KEY_DAMAGED) from None
        except OSError as error:
            raise ReadError(*sentences.cannot_read(error)) from None

    def _whatever_is_there(self) -> bytes | None:
        """The bytes of `key.age`, damaged or not; None where they cannot be had."""
        try:
            return self._read(names.KEY)
        except ReadError:
            return None

    def _told_apart(self, sealed: bytes, error: TrustkitError) -> TrustkitError:
        """A changed salt looks like a wrong passphrase; that the file is not the one of last time tells more."""
        if not isinstance(error, WrongKey):
            return error
        try:
            seen = self._cache.read(SEEN, 1024)
        except (OSError, durable.NotRegular, durable.TooBig):
            return error
        if seen.strip() == _fingerprint(sealed):
            return error
        return WrongKey(*sentences.WRONG_PASSPHRASE_KEY_CHANGED)

    def _remember(self, sealed: bytes) -> None:
        fingerprint = _fingerprint(sealed)
        try:
            if self._cache.read(SEEN, 1024).strip() == fingerprint:
                return
        except (OSError, durable.NotRegular, durable.TooBig):
            pass
        try:
            self._cache.replace(SEEN, fingerprint + b"\n")
        except WriteError:
            return  # a convenience, no more


def normal(passphrase: str) -> str:
    """NFC, so that an é typed on another keyboard is the same é. Raises UsageError for one that cannot serve."""
    if not passphrase:
        raise UsageError(*sentences.EMPTY_PASSPHRASE)
    if any("\ud800" <= character <= "\udfff" for character in passphrase):
        raise UsageError(*sentences.ODD_PASSPHRASE)
    return unicodedata.normalize("NFC", passphrase)


def new_recovery_key() -> str:
    """`AGE-SECRET-KEY-1…`, to be printed or copied by hand."""
    return age.Identity.generate().to_text()


def read_recovery_key(text: str) -> age.Identity:
    """A recovery key as a person types it: case, spaces and dashes are forgiven, the checksum is not.

    Raises UsageError.
    """
    letters = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    try:
        return age.Identity.from_text("AGE-SECRET-KEY-1" + letters.removeprefix("AGESECRETKEY1"))
    except age.BadKey:
        raise UsageError(*sentences.NOT_A_RECOVERY_KEY) from None


def wrap(keys: Keys, passphrase: str, log_n: int) -> bytes:
    """A key file for this passphrase: sealed, and opened again to be sure. Raises UsageError, WriteError."""
    passphrase = normal(passphrase)
    again: str | None = None
    try:
        sealed = age.encrypt_passphrase(keys.text.encode(), passphrase, log_n)
        again = age.decrypt_passphrase(sealed, passphrase).decode()
    except age.NotEnoughMemory:
        raise WriteError(*sentences.NO_MEMORY) from None
    except age.AgeError:
        pass
    if again != keys.text:
        raise WriteError(*sentences.KEY_CHECK_FAILED)
    return sealed


def unwrap(sealed: bytes, passphrase: str) -> Keys:
    """What a key file holds. Raises WrongKey, ReadError."""
    said = sentences.KEY_DAMAGED
    try:
        return Keys.read(age.decrypt_passphrase(_bare(sealed), passphrase).decode())
    except age.WrongPassphrase:
        raise WrongKey(*sentences.WRONG_PASSPHRASE) from None
    except age.NotEnoughMemory:
        said = sentences.NO_MEMORY
    except age.TooMuchWork:
        said = sentences.KEY_TOO_COSTLY
    except (age.AgeError, UnicodeDecodeError):
        pass
    raise ReadError(*said)


def _bare(sealed: bytes) -> bytes:
    """Without armor, which `age -a` puts round a key file. Raises age.AgeError."""
    return age.dearmor(sealed) if sealed.lstrip().startswith(b"-----BEGIN") else sealed


def _is_recovery(name: str) -> bool:
    return name == names.RECOVERY or names.is_recovery_copy(name)


def _to_recovery(keys: Keys) -> bytes:
    try:
        return age.encrypt(keys.text.encode(), keys.recovery)
    except age.BadKey:
        raise WriteError(*sentences.KEY_CHECK_FAILED) from None


def _fingerprint(sealed: bytes) -> bytes:
    return hashlib.sha256(sealed).hexdigest().encode()
