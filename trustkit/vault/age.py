"""The age v1 file format (age-encryption.org/v1): X25519 and scrypt, bytes in, bytes out, no disk, no prompts.

Keys of the other kind that the format knows, post-quantum ones, stand in `age_hybrid.py`, which is imported for the
few files that need it.

This module owns what is done with keys and nothing below it: every primitive is `cryptography`'s. The textual half of
the format and its named failures stand in `age_text.py` and are handed on from here. Nothing is returned unless all of
it was verified, and no exception holds a key, a passphrase or a byte of text.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from trustkit.vault.age_text import (
    MAX_STANZAS,
    VERSION_LINE,
    AgeError,
    ArmorDamaged,
    BadKey,
    Header,
    HeaderDamaged,
    HeaderForged,
    NoMatch,
    NotAge,
    NotEnoughMemory,
    PayloadDamaged,
    Stanza,
    TooMuchWork,
    Unsupported,
    WrongPassphrase,
    dearmor,
    from_base64,
    from_bech32,
    read_header,
    to_base64,
    to_bech32,
)

if TYPE_CHECKING:
    from trustkit.vault.age_hybrid import HybridIdentity, HybridRecipient

__all__ = [
    "LOG_N",
    "MAX_LOG_N",
    "MAX_STANZAS",
    "AgeError",
    "ArmorDamaged",
    "BadKey",
    "HeaderDamaged",
    "HeaderForged",
    "Identity",
    "NoMatch",
    "NotAge",
    "NotEnoughMemory",
    "PayloadDamaged",
    "Recipient",
    "TooMuchWork",
    "Unsupported",
    "WrongPassphrase",
    "dearmor",
    "decrypt",
    "decrypt_passphrase",
    "encrypt",
    "encrypt_passphrase",
    "read_identity",
    "wants_passphrase",
]

LOG_N: Final = 18
"""Base-two logarithm of the scrypt cost when writing: 256 MiB, about 0.8 s. The reference implementation's choice."""
MAX_LOG_N: Final = 20
"""The most that is written, and that is read unless a caller says otherwise: 1 GiB, about 3 s."""

_WORK_FACTOR: Final = re.compile(rb"[1-9][0-9]*")
_KEY_SIZE: Final = 32
_FILE_KEY_SIZE: Final = 16
_SALT_SIZE: Final = 16
_NONCE_SIZE: Final = 16
_TAG_SIZE: Final = 16
_CHUNK: Final = 64 * 1024
_SEALED_CHUNK: Final = _CHUNK + _TAG_SIZE
_WRAP_NONCE: Final = bytes(12)  # fixed by the specification: each wrap key seals one file key and nothing else
_X25519_LABEL: Final = b"age-encryption.org/v1/X25519"
_SCRYPT_LABEL: Final = b"age-encryption.org/v1/scrypt"
_SHARE_SIZES: Final = {b"X25519": _KEY_SIZE, b"mlkem768x25519": 1088 + _KEY_SIZE}
"""The kinds of stanza that are made for a key, and the bytes of their second argument."""


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """A public key: what files are sealed to. Shows nothing of itself in a `repr`."""

    _point: bytes
    """32 bytes, the u coordinate of RFC 7748."""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read `age1…`, lower case, without surrounding space. Raises BadKey."""
        return cls(from_bech32("age", text))

    def to_text(self) -> str:
        """Write `age1…`, 62 characters."""
        return to_bech32("age", self._point)

    def stanza(self, file_key: bytes) -> bytes:
        """Wrap a file key for this recipient. Raises BadKey for a low-order point."""
        ephemeral = X25519PrivateKey.generate()  # a new one for each stanza of each file, as the specification demands
        share = ephemeral.public_key().public_bytes_raw()
        try:
            shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(self._point))
        except ValueError:
            raise BadKey("the recipient is a low-order point") from None
        wrap_key = _hkdf(shared, share + self._point, _X25519_LABEL)
        body = ChaCha20Poly1305(wrap_key).encrypt(_WRAP_NONCE, file_key, None)
        return b"-> X25519 %s\n%s\n" % (to_base64(share), to_base64(body))


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A secret key: what files are opened with. Equal when the secrets are. Shows nothing of itself in a `repr`."""

    kind: ClassVar = b"X25519"
    """Of the stanzas that it opens."""
    _secret: bytes
    """32 bytes, before clamping."""
    _key: X25519PrivateKey = field(init=False, compare=False)
    recipient: Recipient = field(init=False, compare=False)
    """The public half, worked out once: it salts every unwrapping."""

    def __post_init__(self) -> None:
        key = X25519PrivateKey.from_private_bytes(self._secret)
        object.__setattr__(self, "_key", key)
        object.__setattr__(self, "recipient", Recipient(key.public_key().public_bytes_raw()))

    @classmethod
    def generate(cls) -> Self:
        """Make a new one from the system's randomness."""
        return cls(os.urandom(_KEY_SIZE))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read `AGE-SECRET-KEY-1…`, upper case, without surrounding space. Raises BadKey."""
        return cls(from_bech32("AGE-SECRET-KEY-", text))

    def to_text(self) -> str:
        """Write `AGE-SECRET-KEY-1…`, 74 characters."""
        return to_bech32("AGE-SECRET-KEY-", self._secret)

    def unwrap(self, share: bytes, body: bytes) -> bytes | None:
        """The file key in a stanza of this kind, None where it is for another key. Raises HeaderDamaged."""
        try:  # `exchange` refuses a shared secret of 32 zero bytes, which is what every low-order share leads to
            shared = self._key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError:
            raise HeaderDamaged("an X25519 share is a low-order point") from None
        wrap_key = _hkdf(shared, share + self.recipient._point, _X25519_LABEL)
        try:
            return ChaCha20Poly1305(wrap_key).decrypt(_WRAP_NONCE, body, None)
        except InvalidTag:
            return None


def read_identity(text: str) -> "Identity | HybridIdentity":
    """Read the secret key of either kind. Raises BadKey, Unsupported."""
    if not text.startswith("AGE-SECRET-KEY-PQ-1"):
        return Identity.from_text(text)
    from trustkit.vault.age_hybrid import HybridIdentity

    return HybridIdentity.from_text(text)


def encrypt(data: bytes, recipients: "Sequence[Recipient | HybridRecipient]") -> bytes:
    """Seal `data` so that any one of `recipients` opens it.

    Raises:
        ValueError: There is no recipient, or more than MAX_STANZAS.
        BadKey: A recipient is a low-order point, with which anyone could open the file.
    """
    if not recipients:
        raise ValueError("a file is sealed to at least one recipient")
    if len(recipients) > MAX_STANZAS:
        raise ValueError(f"a file is sealed to {MAX_STANZAS} recipients at most")  # so that it is also read here
    file_key = os.urandom(_FILE_KEY_SIZE)
    return _seal(data, file_key, b"".join(recipient.stanza(file_key) for recipient in recipients))


def decrypt(data: bytes, identities: "Sequence[Identity | HybridIdentity]") -> bytes:
    """Open a file with the first of `identities` that fits. Stanzas of unknown kinds are passed over.

    Raises:
        NotAge, HeaderDamaged, PayloadDamaged: The file is another thing, or was changed.
        NoMatch: No identity fits, or the file was sealed with a passphrase.
        TooMuchWork: The file names more than MAX_STANZAS recipients; refused before any is tried.
    """
    header = read_header(data)
    wrapped = [_read_key_stanza(stanza) for stanza in header.stanzas if stanza.arguments[0] in _SHARE_SIZES]
    for kind, share, body in wrapped:
        for identity in identities:
            file_key = identity.unwrap(share, body) if identity.kind == kind else None
            if file_key is not None:
                return _open(data, header, file_key)
    raise NoMatch("no stanza opens with these identities")


def encrypt_passphrase(data: bytes, passphrase: str, log_n: int = LOG_N) -> bytes:
    """Seal `data` with a passphrase, taken as it is: normalising and weighing it is the caller's part.

    Args:
        log_n: Base-two logarithm of the scrypt cost, 1 to MAX_LOG_N; memory is 2**log_n KiB.

    Raises:
        ValueError: `log_n` is out of range, or the passphrase holds a lone surrogate, which UTF-8 cannot write.
        NotEnoughMemory: This machine has no room for the work.
    """
    if not 1 <= log_n <= MAX_LOG_N:
        raise ValueError(f"log_n is 1 to {MAX_LOG_N}")  # so that what is written here is also read here
    if _has_surrogate(passphrase):
        raise ValueError("the passphrase holds a lone surrogate")
    file_key, salt = os.urandom(_FILE_KEY_SIZE), os.urandom(_SALT_SIZE)
    body = ChaCha20Poly1305(_scrypt_key(passphrase, salt, log_n)).encrypt(_WRAP_NONCE, file_key, None)
    return _seal(data, file_key, b"-> scrypt %s %d\n%s\n" % (to_base64(salt), log_n, to_base64(body)))


def decrypt_passphrase(data: bytes, passphrase: str, max_log_n: int = MAX_LOG_N) -> bytes:
    """Open a file that was sealed with a passphrase. Slow by design: call it from a thread, it leaves others running.

    Raises:
        NotAge, HeaderDamaged, PayloadDamaged: The file is another thing, or was changed.
        NoMatch: The file was not sealed with a passphrase.
        TooMuchWork: The file asks for more than 2**max_log_n; refused before any work.
        NotEnoughMemory: This machine has no room for the work.
        WrongPassphrase: The passphrase does not fit.
    """
    header = read_header(data)
    stanza = header.stanzas[0]  # an scrypt stanza stands alone, or the header was refused
    if stanza.arguments[0] != b"scrypt":
        raise NoMatch("the file was not sealed with a passphrase")
    salt, log_n, body = _read_scrypt_stanza(stanza, max_log_n)
    if _has_surrogate(passphrase):
        raise WrongPassphrase("no file can be sealed with a lone surrogate")
    try:
        file_key = ChaCha20Poly1305(_scrypt_key(passphrase, salt, log_n)).decrypt(_WRAP_NONCE, body, None)
    except InvalidTag:
        raise WrongPassphrase("the passphrase does not open this file") from None
    return _open(data, header, file_key)


def wants_passphrase(data: bytes) -> bool:
    """Whether a file was sealed with a passphrase. Raises NotAge, HeaderDamaged, TooMuchWork."""
    return read_header(data).stanzas[0].arguments[0] == b"scrypt"


def _read_key_stanza(stanza: Stanza) -> tuple[bytes, bytes, bytes]:
    if len(stanza.arguments) != 2:
        raise HeaderDamaged("a stanza for a key has two arguments")
    kind, share = stanza.arguments[0], from_base64(stanza.arguments[1])
    if len(share) != _SHARE_SIZES[kind]:
        raise HeaderDamaged("a share has the wrong length")
    _check_body(stanza)
    return kind, share, stanza.body


def _read_scrypt_stanza(stanza: Stanza, max_log_n: int) -> tuple[bytes, int, bytes]:
    if len(stanza.arguments) != 3:
        raise HeaderDamaged("a passphrase stanza has three arguments")
    salt = from_base64(stanza.arguments[1])
    if len(salt) != _SALT_SIZE:
        raise HeaderDamaged("a passphrase stanza's salt is 16 bytes")
    _check_body(stanza)
    factor = stanza.arguments[2]
    if not _WORK_FACTOR.fullmatch(factor):
        raise HeaderDamaged("the work factor is not a plain decimal number")
    if len(factor) > 2 or int(factor) > max_log_n:  # length first: a number of a million digits is work too
        raise TooMuchWork("the work factor is above what is allowed")
    return salt, int(factor), stanza.body


def _check_body(stanza: Stanza) -> None:
    # A body of another length could be built to open under several keys (a partitioning oracle).
    if len(stanza.body) != _FILE_KEY_SIZE + _TAG_SIZE:
        raise HeaderDamaged("a wrapped file key is 32 bytes")


def _scrypt_key(passphrase: str, salt: bytes, log_n: int) -> bytes:
    try:
        kdf = Scrypt(salt=_SCRYPT_LABEL + salt, length=_KEY_SIZE, n=1 << log_n, r=8, p=1)
        return kdf.derive(passphrase.encode())
    except MemoryError:
        raise NotEnoughMemory("there is not enough memory for the work factor") from None


def _has_surrogate(text: str) -> bool:
    # Asked beforehand, because the encoder's own exception would carry the whole passphrase.
    return any("\ud800" <= character <= "\udfff" for character in text)


def _hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY_SIZE, salt=salt, info=info).derive(key)


def _header_mac(file_key: bytes, signed: bytes) -> HMAC:
    mac = HMAC(_hkdf(file_key, b"", b"header"), SHA256())
    mac.update(signed)
    return mac


def _seal(data: bytes, file_key: bytes, stanzas: bytes) -> bytes:
    signed = b"%s%s---" % (VERSION_LINE, stanzas)
    nonce = os.urandom(_NONCE_SIZE)
    cipher = ChaCha20Poly1305(_hkdf(file_key, nonce, b"payload"))
    parts = [signed, b" ", to_base64(_header_mac(file_key, signed).finalize()), b"\n", nonce]
    plain = memoryview(data)
    final = max(0, len(plain) - 1) // _CHUNK
    for number in range(final + 1):
        chunk = plain[number * _CHUNK : (number + 1) * _CHUNK]
        parts.append(cipher.encrypt(_chunk_nonce(number, number == final), chunk, None))
    return b"".join(parts)


def _open(data: bytes, header: Header, file_key: bytes) -> bytes:
    try:
        _header_mac(file_key, header.signed).verify(header.mac)
    except InvalidSignature:
        raise HeaderForged("the header's MAC does not fit") from None
    start = header.end + _NONCE_SIZE
    if len(data) < start:
        raise HeaderDamaged("the payload's nonce breaks off")
    cipher = ChaCha20Poly1305(_hkdf(file_key, data[header.end : start], b"payload"))
    sealed = memoryview(data)[start:]
    final = max(0, len(sealed) - 1) // _SEALED_CHUNK
    if final and len(sealed) - final * _SEALED_CHUNK <= _TAG_SIZE:
        raise PayloadDamaged("the last chunk is empty")
    parts: list[bytes] = []
    try:
        for number in range(final + 1):
            chunk = sealed[number * _SEALED_CHUNK : (number + 1) * _SEALED_CHUNK]
            parts.append(cipher.decrypt(_chunk_nonce(number, number == final), chunk, None))
    except InvalidTag:
        raise PayloadDamaged("a chunk was cut, changed, moved or added") from None
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _chunk_nonce(number: int, final: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if final else b"\x00")
