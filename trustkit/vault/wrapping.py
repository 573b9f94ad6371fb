"""A key file as bytes: wrapped with a passphrase or sealed to the recovery key, and opened again. No disk.

Everything here that takes a passphrase is slow by design (0.8 s for each wrapping or unwrapping): call it from a
thread.
"""

import re
import unicodedata

from trustkit.errors import ReadError, UsageError, WriteError, WrongKey
from trustkit.vault import age, sentences
from trustkit.vault.bounds import MAX_KEY
from trustkit.vault.keys import Keys


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
    return _readable(sealed)


def unwrap(sealed: bytes, passphrase: str) -> Keys:
    """What a key file holds. Raises WrongKey, ReadError."""
    said = sentences.KEY_DAMAGED
    try:
        return Keys.read(age.decrypt_passphrase(bare(sealed), passphrase).decode())
    except age.WrongPassphrase:
        raise WrongKey(*sentences.WRONG_PASSPHRASE) from None
    except age.NotEnoughMemory:
        said = sentences.NO_MEMORY
    except age.TooMuchWork:
        said = sentences.KEY_TOO_COSTLY
    except (age.AgeError, UnicodeDecodeError):
        pass
    raise ReadError(*said)


def bare(sealed: bytes) -> bytes:
    """Without armor, which `age -a` puts round a key file. Raises age.AgeError."""
    return age.dearmor(sealed) if sealed.lstrip().startswith(b"-----BEGIN") else sealed


def to_recovery(keys: Keys) -> bytes:
    """A key file for the recovery keys that these keys name. Raises WriteError."""
    try:
        return _readable(age.encrypt(keys.text.encode(), keys.recovery))
    except ValueError:  # a point that is no key, or too many of them
        raise WriteError(*sentences.KEY_CHECK_FAILED) from None


def _readable(sealed: bytes) -> bytes:
    """One that is too large would be written once and never read again."""
    if len(sealed) > MAX_KEY:
        raise WriteError(*sentences.KEY_TOO_LARGE)
    return sealed
