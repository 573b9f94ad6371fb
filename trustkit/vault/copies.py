"""Copies of the key file: which are tried at an unlock, and how much work they may be together.

Sync and backup programs make them, and one may hold the only key to some pages. But anybody who can write to the
folder can put a hundred there, each asking for a gigabyte and three seconds. So the likeliest come first, the work is
bounded, and what was not tried is said.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Final

from trustkit.errors import ReadError, WrongKey
from trustkit.model.entry import Problem
from trustkit.vault import age, sentences
from trustkit.vault.age_text import read_header
from trustkit.vault.keys import Keys
from trustkit.vault.wrapping import bare, unwrap

LOOKED_AT: Final = 64
"""Copies that are read at all."""
MOST_WORK: Final = 4
"""What they may ask for together, in units of the work that trustkit itself sets: 0.8 s each."""

_KINDS: Final = (
    re.compile(r"key(\.recovery)?\.(aside-[0-9a-f]{16}|restored(-\d+)?)\.age"),
    re.compile(r".*(sync-conflict|conflict).*", re.IGNORECASE),
    re.compile(
        r"key(\.recovery)? ?\(\d{1,2}\)\.age|(copy of )?key(\.recovery)?( copy)?\.age[~.]?(bak|old|orig)?", re.I
    ),
)
"""Names as trustkit, sync programs and file managers give them, the likeliest to hold a key of its own first."""


def likeliest(found: Iterable[str]) -> list[str]:
    """Names of copies in the order in which they are tried."""
    return sorted(found, key=lambda name: (_kind(name), len(name), name))


def _kind(name: str) -> int:
    return next((at for at, kind in enumerate(_KINDS) if kind.fullmatch(name)), len(_KINDS))


def work_of(sealed: bytes) -> int:
    """What trying a passphrase on a key file costs, in units of `MOST_WORK`; 0 for what is refused without any."""
    try:
        stanza = read_header(bare(sealed)).stanzas[0]
        factor = int(stanza.arguments[2]) if stanza.arguments[0] == b"scrypt" and len(stanza.arguments[2]) <= 2 else 0
    except (age.AgeError, IndexError, ValueError):
        return 0
    return 1 << max(0, factor - age.LOG_N) if 0 < factor <= age.MAX_LOG_N else 0


class Copies:
    """Opens copies of one key file.

    Args:
        read: Gives the bytes of a key file by its name, None where it is gone. May raise ReadError.
    """

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._failed: set[tuple[bytes, bytes]] = set()
        """Fingerprints of a `key.age` and of a copy that does not open with the passphrase of that `key.age`."""
        self.untried: tuple[str, ...] = ()
        """Those that the last `open` did not try."""

    def open(
        self, found: Iterable[str], passphrase: str, main: Keys | None, sealed: bytes | None
    ) -> tuple[dict[str, Keys], list[Problem]]:
        """Keys by the names of the copies that the passphrase opens, and what is to be said of each.

        Args:
            main: What `key.age` itself holds; None where it did not open. Only then is a copy tried that asks for more
                work than trustkit sets, because there may be nothing else.
            sealed: The bytes of `key.age`.
        """
        opened: dict[str, Keys] = {}
        problems: list[Problem] = []
        order = likeliest(found)
        untried = order[LOOKED_AT:]
        known: dict[bytes, Keys | WrongKey] = {} if main is None or sealed is None else {sealed: main}
        left = MOST_WORK
        for name in order[:LOOKED_AT]:
            try:
                copy = self._read(name)
                if copy is None:
                    continue
                work = work_of(copy)
                mark = (_fingerprint(sealed or b""), _fingerprint(copy))
                if copy not in known and mark in self._failed and main is not None:
                    known[copy] = WrongKey(*sentences.WRONG_PASSPHRASE)
                if copy not in known and (work > left or (main is not None and work > 1)):
                    untried.append(name)
                    continue
                if copy not in known:
                    left -= work
                    known[copy] = _tried(copy, passphrase)
                keys = known[copy]
                if isinstance(keys, WrongKey):
                    said = sentences.COPY_OTHER_PASSPHRASE
                    if main is not None:
                        self._failed.add(mark)
                else:
                    opened[name] = keys
                    more = main is None or not main.holds(keys)
                    said = sentences.COPY_MORE_KEYS if more else sentences.COPY_SAME_KEYS
            except ReadError as error:
                unsupported = error.happened == sentences.KEY_UNSUPPORTED[0]
                said = sentences.KEY_UNSUPPORTED if unsupported else sentences.COPY_DAMAGED
            problems.append(Problem(name, *said))
        self.untried = tuple(untried)
        if untried:
            problems.append(Problem(untried[0], *sentences.copies_not_tried(len(untried))))
        return opened, problems


def _tried(copy: bytes, passphrase: str) -> Keys | WrongKey:
    """Raises ReadError."""
    try:
        return unwrap(copy, passphrase)
    except WrongKey as error:
        return error


def _fingerprint(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
