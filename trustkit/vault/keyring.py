"""The key file: an age identity file wrapped with the passphrase, and once more with the recovery key.

`key.age` holds one identity or more: the newest seals, all open, none is ever dropped. Any `age` opens it. Everything
here that takes a passphrase is slow by design (0.8 s for each wrapping or unwrapping): call it from a thread.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from trustkit.errors import ReadError, TrustkitError, WriteError, WrongKey
from trustkit.model.entry import Problem
from trustkit.vault import age, durable, names, seen, sentences
from trustkit.vault.age_text import read_header
from trustkit.vault.bounds import MAX_KEY
from trustkit.vault.checkup import FileReport
from trustkit.vault.copies import LOOKED_AT, Copies, likeliest
from trustkit.vault.folder import DiskFolder, Folder, telling
from trustkit.vault.keys import Keys
from trustkit.vault.locking import exclusive
from trustkit.vault.sentences import Said
from trustkit.vault.suffices import opens_everything
from trustkit.vault.wrapping import (
    bare,
    new_recovery_key,
    normal,
    read_recovery_key,
    to_recovery,
    unwrap,
    wrap,
)

__all__ = ["MAX_KEY", "Keyring", "new_recovery_key", "normal", "read_recovery_key", "unwrap", "wrap"]


@dataclass(frozen=True, slots=True, repr=False)
class _Opened:
    sealed: bytes | None
    """`key.age` as it was read."""
    keys: Keys
    """Of every file that opened. What stands in `key.age` itself seals."""
    copies: tuple[str, ...]
    """Names of the conflict copies that opened."""
    problems: list[Problem]
    whole: bool
    """`key.age` opened, and not only a copy of it."""
    hindrance: Said | None
    """Why `key.age` must not be overwritten: it may be sound, and it did not open."""


@dataclass(slots=True, repr=False)
class _There:
    """What a change found, or has put there since. What comes from elsewhere meanwhile is not overwritten."""

    key: bytes | None
    recovery: bytes | None
    recovery_known: bool = False
    """Nothing is lost with the recovery file: its keys are at hand, or it was kept beside."""
    aside: str = ""
    """What the recovery file was kept as."""


class Keyring:
    """The key files of one data folder."""

    def __init__(self, folder: DiskFolder, cache: Folder, *, clock: Callable[[], datetime], log_n: int) -> None:
        self._folder = folder
        self._cache = cache
        self._clock = clock
        self._log_n = log_n
        self._copies = Copies(self._read)

    @property
    def has_recovery(self) -> bool:
        return bool(self._files(_is_recovery))

    def create(self, passphrase: str) -> Keys:
        """A new identity, sealed with the passphrase. Raises FileExistsError where there is a key file already."""
        keys = Keys.generate(self._clock())
        with telling(sentences.NEW_JOURNAL_UNSURE):
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
        found = self._open_recovery(recovery_key)
        first, *others = found.values()
        return first.opening_also(others)

    def _open_recovery(self, recovery_key: str) -> dict[str, Keys]:
        """By the names of the files; the recovery file itself comes first, where it opens."""
        identity = read_recovery_key(recovery_key)
        found: dict[str, Keys] = {}
        failure: TrustkitError = ReadError(*sentences.NO_RECOVERY)
        copies = likeliest(self._files(names.is_recovery_copy))
        for name in (*copies[:LOOKED_AT], names.RECOVERY):  # what is said is said of the file itself
            try:
                sealed = self._read(name)
                if sealed is not None:
                    found[name] = Keys.read(age.decrypt(bare(sealed), [identity]).decode())
            except age.NoMatch:
                failure = WrongKey(*sentences.WRONG_RECOVERY)
            except (age.AgeError, UnicodeDecodeError):
                failure = ReadError(*sentences.KEY_DAMAGED)
            except ReadError as error:
                failure = error
        if not found and len(copies) > LOOKED_AT:
            raise type(failure)(failure.happened, sentences.copies_not_tried(len(copies) - LOOKED_AT)[1])
        if not found:
            raise failure
        return dict(reversed(found.items()))

    def change(self, old: str, new: str) -> list[Problem]:
        """Wrap the key with another passphrase. At every instant one of the two opens it, and never both.

        Returns:
            What was kept, because it may hold a key that is nowhere else.

        Raises:
            WriteError: It says which of the two to try.
        """
        new = normal(new)
        with exclusive(self._folder):
            keys, there = self._open_as_one(normal(old))
            self._store(keys, new, there, sentences.NEW_PASSPHRASE_UNSURE)
        return [Problem(there.aside, *sentences.RECOVERY_SET_ASIDE)] if there.aside else []

    def check(self, passphrase: str) -> None:
        """Raise what `change` and `set_recovery` would raise for this passphrase, and change nothing."""
        hindrance = self._open_all(normal(passphrase)).hindrance
        if hindrance is not None:
            raise WriteError(*hindrance)

    def set_recovery(self, passphrase: str, recipients: tuple[age.Recipient, ...]) -> list[Problem]:
        """Make these the recovery keys, none for taking it away.

        Killed at any moment, the old recovery key or the new one opens, and a later change of passphrase keeps it so:
        the file serves both until the key file names the new one. Where the keys open everything, copies of the
        recovery file go, too: they would still open with the older paper.

        Returns:
            The copies that stay, because one may hold a key that is nowhere else, or because they can't be removed.
        """
        passphrase = normal(passphrase)
        with exclusive(self._folder):
            keys, there = self._open_as_one(passphrase)
            changed = keys.with_recovery(recipients)
            sealed = wrap(changed, passphrase, self._log_n)
            self._know_recovery(keys, there)
            if recipients:
                both, alone = to_recovery(keys.with_recovery([*keys.recovery, *recipients])), to_recovery(changed)
                self._put_recovery(both, there, sentences.PAPER_UNSURE)
                with telling(sentences.PAPER_UNSURE, sentences.PAPERS_BOTH):
                    self._put_key(sealed, there)
                    self._put_recovery(alone, there)
            else:
                with telling(sentences.PAPER_DROPPED_UNSURE, sentences.PAPER_STILL_OPENS):
                    self._put_key(sealed, there)
                    self._folder.remove(names.RECOVERY)
            copies = self._files(names.is_recovery_copy)
            if copies and opens_everything(self._folder, changed):
                return self._removed(copies)
        return [Problem(name, *sentences.OLD_RECOVERY_STAYS) for name in copies]

    def recover(self, recovery_key: str, passphrase: str) -> tuple[Keys, list[Problem]]:
        """Wrap what the recovery key opens with a new passphrase; the forgotten one then opens nothing here.

        Where these keys do not open everything, `key.age` or a copy of it may hold one that the recovery key never
        knew, so each is kept beside the new one.

        Returns:
            The keys, and which former files are still there.
        """
        passphrase = normal(passphrase)
        with exclusive(self._folder):
            there = _There(self._former(names.KEY), self._former(names.RECOVERY))
            found = self._open_recovery(recovery_key)
            there.recovery_known = names.RECOVERY in found
            first, *others = found.values()
            keys = first.merged(others)
            copies = self._files(names.is_key_copy)
            enough = (there.key is None and not copies) or opens_everything(self._folder, keys)
            staying: dict[str, Said] = {} if enough else dict.fromkeys(copies, sentences.OLD_KEY_STAYS)
            if there.key is not None and not enough:
                staying[self._keep(names.KEY, there.key)] = sentences.KEY_SET_ASIDE
            self._store(keys, passphrase, there, sentences.RECOVERED_UNSURE)
            if there.aside:
                staying[there.aside] = sentences.OLD_RECOVERY_STAYS
            spent = [name for name in found if name != names.RECOVERY]
            left = self._removed([*spent, *copies] if enough else spent)
        return keys, [*(Problem(name, *said) for name, said in staying.items()), *left]

    def reports(self) -> list[FileReport]:
        """What can be said of the key files without their passphrases, and which copies the last unlock did not try."""
        found: list[FileReport] = []
        untried = frozenset(self._copies.untried)
        for name in self._files(lambda name: names.is_key(name) or _is_recovery(name)):
            problem: Problem | None = None
            try:
                read_header(bare(self._read(name) or b""))
            except (age.AgeError, ReadError):
                problem = Problem(name, *sentences.KEY_DAMAGED)
            if problem is None and name in untried:
                problem = Problem(name, *sentences.COPY_NOT_TRIED)
            found.append(FileReport(name, problem))
        return found

    def _files(self, asked: Callable[[str], bool]) -> list[str]:
        """Names of such key files. A folder or a link that is called like a copy is none."""
        own = (names.KEY, names.RECOVERY)
        found = (thing.name for thing in self._folder.scan("") if thing.is_file or thing.name in own)
        return sorted(filter(asked, found))

    def _store(self, keys: Keys, passphrase: str, there: _There, unsure: Said = sentences.KEY_UNSURE) -> None:
        """Both files, made before either is written: that takes a second or two, and may fail.

        Args:
            unsure: What is said where `key.age` was replaced and may not last.
        """
        sealed = wrap(keys, passphrase, self._log_n)
        if keys.recovery:
            recovery = to_recovery(keys)
            self._know_recovery(keys, there)
            self._put_recovery(recovery, there)
        self._put_key(sealed, there, unsure)

    def _put_key(self, sealed: bytes, there: _There, unsure: Said = sentences.KEY_UNSURE) -> None:
        self._check_unchanged(there)
        with telling(unsure, sentences.KEY_AS_IT_WAS):
            self._folder.replace(names.KEY, sealed)
        there.key = sealed
        seen.remember(self._cache, sealed)

    def _put_recovery(self, sealed: bytes, there: _There, unsure: Said = sentences.KEY_UNSURE) -> None:
        self._check_unchanged(there)
        with telling(unsure, sentences.KEY_AS_IT_WAS):
            self._folder.replace(names.RECOVERY, sealed)
        there.recovery = sealed

    def _check_unchanged(self, there: _There) -> None:
        """A sync program may bring another device's key file at any moment, and with it a key that is nowhere else."""
        if (self._former(names.KEY), self._former(names.RECOVERY)) != (there.key, there.recovery):
            raise WriteError(*sentences.KEY_CHANGED_MEANWHILE)

    def _know_recovery(self, keys: Keys, there: _There) -> None:
        """Keep the recovery file beside where it may hold a key that these do not: no passphrase opens it to look."""
        if there.recovery is not None and not there.recovery_known and not opens_everything(self._folder, keys):
            there.aside = self._keep(names.RECOVERY, there.recovery)
        there.recovery_known = True

    def _keep(self, name: str, data: bytes) -> str:
        """Write a key file that gives way beside the new one. What it is called then."""
        aside = names.key_aside(hashlib.sha256(data).hexdigest())
        if name == names.RECOVERY:
            aside = aside.replace("key.", "key.recovery.", 1)
        with suppress(FileExistsError):  # kept by a run that was broken off here
            self._folder.write_new(aside, data)
        return aside

    def _removed(self, copies: list[str]) -> list[Problem]:
        """Remove what is no longer needed, once all is done. Those that could not be: no reason to say it failed."""
        left: list[Problem] = []
        for name in copies:
            try:
                self._folder.remove(name)
            except WriteError:
                left.append(Problem(name, *sentences.OLD_COPY_LEFT))
        return left

    def _former(self, name: str) -> bytes | None:
        """The bytes of a key file that is about to give way, damaged or not; None where no file is there.

        Raises WriteError where there is one that cannot be read: nobody knows what would be lost with it.
        """
        try:
            return self._folder.read(name, MAX_KEY)
        except (FileNotFoundError, durable.NotRegular):
            return None
        except (OSError, durable.TooBig):
            raise WriteError(*sentences.KEY_UNREADABLE) from None

    def is_the_same(self, sealed: bytes) -> bool:
        """Whether this is `key.age` as it lies there."""
        try:
            return self._read(names.KEY) == sealed
        except ReadError:
            return False

    def adopt(self, passphrase: str, others: Keys) -> Keys:
        """Take in identities from a backup, to open with. Killed at any moment, the file holds what it held or all."""
        passphrase = normal(passphrase)
        with exclusive(self._folder):
            keys, there = self._open_as_one(passphrase)
            if not keys.holds(others):
                keys = keys.merged([others.from_backup()])
                self._store(keys, passphrase, there)
        return keys

    def _open_all(self, passphrase: str) -> "_Opened":
        sealed = self._read(names.KEY)
        main: Keys | None = None
        failure: TrustkitError = ReadError(*sentences.KEYLESS)
        if sealed is not None:
            try:
                main = unwrap(sealed, passphrase)
            except (ReadError, WrongKey) as error:
                failure = error
                # A changed salt looks like a wrong passphrase; that the file is not the one of last time tells more.
                if isinstance(error, WrongKey) and seen.is_another(self._cache, sealed):
                    failure = WrongKey(*sentences.WRONG_PASSPHRASE_KEY_CHANGED)
        copies, problems = self._copies.open(self._files(names.is_key_copy), passphrase, main, sealed)
        if main is not None and sealed is not None:
            seen.remember(self._cache, sealed)
        elif not copies:
            raise failure
        else:
            said = sentences.KEY_MADE_OF_COPY if sealed is None else sentences.COPY_OPENED_INSTEAD
            problems.append(Problem(names.KEY, *said))
        others = list(copies.values())
        keys = main.opening_also(others) if main is not None else others[0].merged(others[1:])
        if keys.unsupported:
            problems.append(Problem(names.KEY, *sentences.KEY_PARTLY_UNSUPPORTED))
        hindrance: Said | None = None
        if main is None and isinstance(failure, WrongKey):
            hindrance = sentences.KEY_NOT_OVERWRITTEN
        elif main is None and sealed is not None and failure.happened != sentences.KEY_DAMAGED[0]:
            hindrance = sentences.KEY_NOT_TRIED
        return _Opened(sealed, keys, tuple(copies), problems, main is not None, hindrance)

    def _open_as_one(self, passphrase: str) -> tuple[Keys, _There]:
        """As `_open_all`, with everything brought together in `key.age`, so that no copy goes on opening.

        Raises WriteError where `key.age` itself may be sound and did not open: unlike keys are never overwritten.
        """
        opened = self._open_all(passphrase)
        if opened.hindrance is not None:
            raise WriteError(*opened.hindrance)
        there = _There(opened.sealed, self._former(names.RECOVERY))
        if opened.copies:
            if there.key is not None and not opened.whole and not opens_everything(self._folder, opened.keys):
                self._keep(names.KEY, there.key)  # damaged; somebody may yet mend it
            self._store(opened.keys, passphrase, there)
            for name in opened.copies:
                self._folder.remove(name)
        return opened.keys, there

    def _read(self, name: str) -> bytes | None:
        try:
            return self._folder.read(name, MAX_KEY)
        except FileNotFoundError:
            return None
        except (durable.NotRegular, durable.TooBig):
            raise ReadError(*sentences.KEY_DAMAGED) from None
        except OSError as error:
            raise ReadError(*sentences.cannot_read(error)) from None


def _is_recovery(name: str) -> bool:
    return name == names.RECOVERY or names.is_recovery_copy(name)
