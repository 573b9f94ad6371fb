"""The key file: an age identity file wrapped with the passphrase, and once more with the recovery key.

`key.age` holds one identity or more: the newest seals, all open, none is ever dropped. Any `age` opens it. Everything
here that takes a passphrase is slow by design (0.8 s for each wrapping or unwrapping): call it from a thread.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from trustkit.errors import ReadError, TrustkitError, UsageError, WriteError, WrongKey
from trustkit.model.entry import Problem
from trustkit.vault import age, durable, names, sentences
from trustkit.vault.age_text import read_header
from trustkit.vault.checkup import FileReport
from trustkit.vault.folder import DiskFolder, Folder
from trustkit.vault.locking import exclusive

MAX_KEY: Final = 64 * 1024
"""Bytes of a key file: room for hundreds of identities."""
SEEN: Final = "key.seen"
"""In the cache: the fingerprint of the key file that last opened here, so that damage can be told from a slip."""

_IDENTITY: Final = re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]+")
_CREATED: Final = "# created: "
_PUBLIC: Final = "# public key: "
_RECOVERY: Final = "# recovery: "
_ABOUT: Final = "# trustkit: this opens the journal beside it; see docs/vault-format.md"


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What opens and seals, while the vault is unlocked. Shows nothing of itself in a `repr`."""

    text: str
    """The identity file as it stands, comments and all."""
    identities: tuple[age.Identity, ...]
    """The one that seals first."""
    recovery: tuple[age.Recipient, ...] = ()

    @property
    def recipient(self) -> age.Recipient:
        return self.identities[0].recipient

    @classmethod
    def read(cls, text: str) -> "Keys":
        """Raises ReadError where there is no identity in it."""
        found: dict[str, tuple[str, age.Identity]] = {}
        recovery: list[age.Recipient] = []
        created = ""
        try:
            for line in text.splitlines():
                if line.startswith(_CREATED):
                    created = _instant(line.removeprefix(_CREATED))
                elif line.startswith(_RECOVERY):
                    recovery.append(age.Recipient.from_text(line.removeprefix(_RECOVERY).strip()))
                elif _IDENTITY.fullmatch(line.strip()):
                    identity = age.Identity.from_text(line.strip())
                    found.setdefault(identity.recipient.to_text(), (created, identity))
                    created = ""
        except age.BadKey:
            raise ReadError(*sentences.KEY_DAMAGED) from None
        if not found:
            raise ReadError(*sentences.KEY_DAMAGED)
        # By date, then by public key: two devices that merged their keys choose the same one.
        ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]), reverse=True)
        return cls(text, tuple(identity for _, (_, identity) in ordered), tuple(recovery))

    @classmethod
    def generate(cls, now: datetime) -> "Keys":
        """One new identity."""
        identity = age.Identity.generate()
        public = identity.recipient.to_text()
        lines = [_ABOUT, _CREATED + now.isoformat(timespec="seconds"), _PUBLIC + public, identity.to_text()]
        return cls.read("\n".join(lines) + "\n")

    def merged(self, others: Iterable["Keys"]) -> "Keys":
        """With every identity and recovery line of `others` that is not here yet."""
        text = self.text
        for other in others:
            mine = Keys.read(text)
            if not _publics(other.identities) <= _publics(mine.identities):
                text = text.rstrip("\n") + "\n\n" + other.text
            missing = _texts(other.recovery) - _texts(Keys.read(text).recovery)
            text += "".join(f"{_RECOVERY}{public}\n" for public in sorted(missing))
        return Keys.read(text)

    def with_recovery(self, recipients: Iterable[age.Recipient]) -> "Keys":
        """With these recovery lines in place of the old ones."""
        lines = [line for line in self.text.splitlines() if not line.startswith(_RECOVERY)]
        lines[1:1] = [_RECOVERY + recipient.to_text() for recipient in recipients]
        return Keys.read("\n".join(lines) + "\n")

    def holds(self, other: "Keys") -> bool:
        """Every identity of `other` is here too."""
        return _publics(other.identities) <= _publics(self.identities)


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
        return names.RECOVERY in self._folder.names("")

    def create(self, passphrase: str) -> Keys:
        """A new identity, sealed with the passphrase. Raises FileExistsError where there is a key file already."""
        keys = Keys.generate(self._clock())
        self._folder.write_new(names.KEY, self._wrapped(keys, passphrase))
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
        """Open `key.recovery.age`. Raises UsageError (not a key), WrongKey, ReadError (none, or damaged)."""
        identity = read_recovery_key(recovery_key)
        sealed = self._read(names.RECOVERY)
        if sealed is None:
            raise ReadError(*sentences.NO_RECOVERY)
        try:
            return Keys.read(age.decrypt(_bare(sealed), [identity]).decode())
        except age.NoMatch:
            raise WrongKey(*sentences.WRONG_RECOVERY) from None
        except (age.AgeError, UnicodeDecodeError):
            pass
        raise ReadError(*sentences.KEY_DAMAGED)

    def change(self, old: str, new: str) -> Keys:
        """Wrap the key with another passphrase. At every instant one of the two opens it, and never both."""
        new = normal(new)
        with exclusive(self._folder):
            keys = self._open_as_one(normal(old))
            self._store(keys, new)
        return keys

    def set_recovery(self, passphrase: str, recipients: tuple[age.Recipient, ...]) -> Keys:
        """Make these the recovery keys, none for taking it away.

        Killed at any moment, the old recovery key or the new one opens, and a later change of passphrase keeps it so:
        the file serves both until the key file names the new one.
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
        return changed

    def recover(self, recovery_key: str, passphrase: str) -> Keys:
        """Wrap what the recovery key opens with a new passphrase; the forgotten one then opens nothing here."""
        passphrase = normal(passphrase)
        with exclusive(self._folder):
            keys = self.unlock_recovery(recovery_key)
            self._store(keys, passphrase)
        return keys

    def reports(self) -> list[FileReport]:
        """What can be said of the key files without their passphrases."""
        found: list[FileReport] = []
        for name in sorted(self._folder.names("")):
            if name in (names.KEY, names.RECOVERY) or names.is_key_copy(name):
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
        sealed = self._wrapped(keys, passphrase)
        self._folder.replace(names.KEY, sealed)
        self._remember(sealed)

    def _store_recovery(self, keys: Keys) -> None:
        if keys.recovery:
            self._folder.replace(names.RECOVERY, _to_recovery(keys))

    def _wrapped(self, keys: Keys, passphrase: str) -> bytes:
        """Sealed, and opened again to be sure."""
        passphrase = normal(passphrase)
        again: str | None = None
        try:
            sealed = age.encrypt_passphrase(keys.text.encode(), passphrase, self._log_n)
            again = age.decrypt_passphrase(sealed, passphrase).decode()
        except age.NotEnoughMemory:
            raise WriteError(*sentences.NO_MEMORY) from None
        except age.AgeError:
            pass
        if again != keys.text:
            raise WriteError(*sentences.KEY_CHECK_FAILED)
        return sealed

    def _open_all(self, passphrase: str) -> "_Opened":
        sealed = self._read(names.KEY)
        main: Keys | None = None
        failure: TrustkitError = ReadError(*sentences.KEYLESS)
        if sealed is not None:
            try:
                main = _unwrap(sealed, passphrase)
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
                    found[name] = _unwrap(copy, passphrase)
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


def _unwrap(sealed: bytes, passphrase: str) -> Keys:
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


def _to_recovery(keys: Keys) -> bytes:
    try:
        return age.encrypt(keys.text.encode(), keys.recovery)
    except age.BadKey:
        raise WriteError(*sentences.KEY_CHECK_FAILED) from None


def _fingerprint(sealed: bytes) -> bytes:
    return hashlib.sha256(sealed).hexdigest().encode()


def _instant(text: str) -> str:
    """A date as text that sorts by time; empty for one that cannot be read."""
    try:
        return f"{datetime.fromisoformat(text.strip()).timestamp():020.3f}"
    except (ValueError, OverflowError):
        return ""


def _publics(identities: Iterable[age.Identity]) -> set[str]:
    return _texts(identity.recipient for identity in identities)


def _texts(recipients: Iterable[age.Recipient]) -> set[str]:
    return {recipient.to_text() for recipient in recipients}
