"""What files of the vault are called. The one place that makes ids and reads them back out of names."""

import os
import re
from base64 import b32encode
from datetime import datetime
from typing import Final, NamedTuple

ENTRIES: Final = "entries"
DRAFTS: Final = "drafts"
KEY: Final = "key.age"
RECOVERY: Final = "key.recovery.age"
LOCK: Final = ".tk-lock"
SEALED: Final = ".toml.age"
OPEN: Final = ".toml"

ID_LENGTH: Final = 26
REV_LENGTH: Final = 10

_ID: Final = rf"[a-z2-7]{{{ID_LENGTH}}}"
_REV: Final = rf"[a-z2-7]{{{REV_LENGTH}}}"
_IS_ID: Final = re.compile(_ID)
_IS_REV: Final = re.compile(_REV)
_FILE: Final = re.compile(rf"({_ID})\.({_REV})(\.toml|\.toml\.age)")
_WITHIN: Final = re.compile(rf"(?<![a-z2-7])({_ID})\.({_REV})(?![a-z2-7])")
_KEY_COPY: Final = re.compile(r"(?:\A|(?<=. ))key(?!\.recovery)(?![A-Za-z0-9])")
_RECOVERY_COPY: Final = re.compile(r"(?:\A|(?<=. ))key\.recovery(?![A-Za-z0-9])")
_ENDING: Final = re.compile(r"\.age\b")
_TEMPORARY: Final = re.compile(r"\.tk-[a-z2-7]+\.tmp")
_YEAR: Final = re.compile(r"[0-9]{4}")
_MONTH: Final = re.compile(r"0[1-9]|1[0-2]")


class Name(NamedTuple):
    """What the name of an entry's file says."""

    id: str
    rev: str
    suffix: str
    """`.toml.age`, or `.toml` for one that is not sealed."""
    exact: bool
    """False: a copy that a sync or backup program named after the real one."""


def new_id() -> str:
    """26 characters of lower-case base32: 130 bits from the system's randomness."""
    return _random(ID_LENGTH)


def new_rev() -> str:
    """10 characters of lower-case base32: 50 bits, unique within one entry."""
    return _random(REV_LENGTH)


def _random(length: int) -> str:
    return b32encode(os.urandom(length)).decode("ascii").lower()[:length]


def temporary() -> str:
    """A name for a file being written. Starts with a dot, so that scans and sync tools pass it over."""
    return f".tk-{_random(REV_LENGTH)}.tmp"


def is_temporary(name: str) -> bool:
    return _TEMPORARY.fullmatch(name) is not None


def is_id(text: str) -> bool:
    return _IS_ID.fullmatch(text) is not None


def is_rev(text: str) -> bool:
    return _IS_REV.fullmatch(text) is not None


def month_of(created: datetime) -> str:
    """`2026/11`: the entry's own local month, whatever the time zone of this device."""
    return f"{created.year:04}/{created.month:02}"


def folder_of(month: str) -> str:
    return f"{ENTRIES}/{month}"


def file_of(entry_id: str, rev: str, suffix: str) -> str:
    return f"{entry_id}.{rev}{suffix}"


def is_year(name: str) -> bool:
    return _YEAR.fullmatch(name) is not None


def is_month(name: str) -> bool:
    return _MONTH.fullmatch(name) is not None


def is_hidden(name: str) -> bool:
    """Belongs to git, a sync tool, a desktop or to our own half-written files: none of our business, never reported."""
    return name.startswith(".") or name in ("Thumbs.db", "desktop.ini")


def is_in_clear(name: str) -> bool:
    """An entry or a draft in clear, a copy of one, or, where it is hidden, what an editor keeps of it for itself."""
    read = read_name(name)
    return read is not None and read.suffix == OPEN


def read_name(name: str) -> Name | None:
    """What a file in a month's folder is called after; None for a stranger.

    Copies keep the id and the revision and put something around or after them: `….sync-conflict-….toml.age`,
    `….toml (1).age`, `….toml.age~`, `Copy of ….toml.age`.
    """
    exact = _FILE.fullmatch(name)
    if exact:
        return Name(exact[1], exact[2], exact[3], True)
    within = _WITHIN.search(name)
    if within is None or ".toml" not in name:
        return None
    return Name(within[1], within[2], SEALED if ".age" in name else OPEN, False)


def read_draft_name(name: str) -> Name | None:
    """What a draft's file is called after, `rev` being the writer; None for anything else."""
    exact = _FILE.fullmatch(name)
    return Name(exact[1], exact[2], exact[3], True) if exact else None


def is_key(name: str) -> bool:
    """The key of a sealed vault, or a copy of it that a sync or backup program made."""
    return name == KEY or is_key_copy(name)


def is_key_copy(name: str) -> bool:
    """A conflict or backup copy of `key.age`: `key.sync-conflict-….age`, `key (1).age`, `key.age~`,
    `Copy of key.age`."""
    return name != KEY and _is_copy(name, _KEY_COPY)


def is_recovery_copy(name: str) -> bool:
    """The same of `key.recovery.age`."""
    return name != RECOVERY and _is_copy(name, _RECOVERY_COPY)


def _is_copy(name: str, begins: re.Pattern[str]) -> bool:
    """Whether a name has this, at its beginning or behind a space, and `.age` later on. No name takes long to tell."""
    ends = [found.start() for found in _ENDING.finditer(name)]
    found = begins.search(name) if ends else None
    if found is None or found.end() > ends[-1] or "\n" in name:
        return False
    return found.start() == 0 or not name.startswith(".")


def key_aside(digest: str) -> str:
    """What a key file that gives way is kept as: a copy like any other, so that it is tried at every unlock.

    Args:
        digest: Hexadecimal, of its bytes, so that keeping it twice makes one copy.
    """
    return f"key.aside-{digest[:16]}.age"
