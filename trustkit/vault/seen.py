"""Which key file last opened here, by its fingerprint in the cache: damage can so be told from a slip."""

import hashlib
from typing import Final

from trustkit.errors import WriteError
from trustkit.vault import durable
from trustkit.vault.folder import Folder

FILE: Final = "key.seen"


def is_another(cache: Folder, sealed: bytes) -> bool:
    """Whether another file than this opened here last. False where nobody remembers."""
    seen = _seen(cache)
    return seen is not None and seen != _fingerprint(sealed)


def remember(cache: Folder, sealed: bytes) -> None:
    """Failing is no harm: it is a convenience, no more."""
    fingerprint = _fingerprint(sealed)
    if _seen(cache) == fingerprint:
        return
    try:
        cache.replace(FILE, fingerprint + b"\n")
    except WriteError:
        return


def _seen(cache: Folder) -> bytes | None:
    try:
        return cache.read(FILE, 1024).strip()
    except (OSError, durable.NotRegular, durable.TooBig):
        return None


def _fingerprint(sealed: bytes) -> bytes:
    return hashlib.sha256(sealed).hexdigest().encode()
