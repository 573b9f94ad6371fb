"""Post-quantum keys of the age format (`mlkem768x25519`): ML-KEM-768 and X25519 together, through HPKE.

New journals never use them. They are read because a key file is a stock identity file, in which anybody may put one.
All of it is `cryptography`'s, from version 48 on and where its OpenSSL has ML-KEM; elsewhere such a key is Unsupported.
"""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, Self

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from trustkit.vault.age_text import HeaderDamaged, Unsupported, from_bech32, to_base64, to_bech32

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

_PREFIX: Final = "AGE-SECRET-KEY-PQ-"
_LABEL: Final = b"age-encryption.org/mlkem768x25519"
_MLKEM_SEED: Final = 64
_X25519_SIZE: Final = 32


@dataclass(frozen=True, slots=True, repr=False)
class HybridRecipient:
    """The public half. Shows nothing of itself in a `repr`."""

    _key: "MLKEM768X25519PublicKey"

    def stanza(self, file_key: bytes) -> bytes:
        """Wrap a file key for this recipient."""
        sealed = _suite().encrypt(file_key, self._key, _LABEL)
        body = len(file_key) + 16  # with its tag
        return b"-> mlkem768x25519 %s\n%s\n" % (to_base64(sealed[:-body]), to_base64(sealed[-body:]))


@dataclass(frozen=True, slots=True, repr=False)
class HybridIdentity:
    """The secret half. Equal when the seeds are. Shows nothing of itself in a `repr`."""

    kind: ClassVar = b"mlkem768x25519"
    """Of the stanzas that it opens."""
    _seed: bytes
    """32 bytes, from which both secrets are drawn."""
    _key: "MLKEM768X25519PrivateKey" = field(init=False, compare=False)
    _x25519: X25519PrivateKey = field(init=False, compare=False)

    def __post_init__(self) -> None:
        drawn = hashlib.shake_256(self._seed).digest(_MLKEM_SEED + _X25519_SIZE)
        x25519 = X25519PrivateKey.from_private_bytes(drawn[_MLKEM_SEED:])
        try:
            from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
            from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

            key = MLKEM768X25519PrivateKey(MLKEM768PrivateKey.from_seed_bytes(drawn[:_MLKEM_SEED]), x25519)
        except (ImportError, UnsupportedAlgorithm):
            raise Unsupported("the cryptography package here has no ML-KEM") from None
        object.__setattr__(self, "_key", key)
        object.__setattr__(self, "_x25519", x25519)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read `AGE-SECRET-KEY-PQ-1…`, upper case, without surrounding space. Raises BadKey, Unsupported."""
        return cls(from_bech32(_PREFIX, text))

    def to_text(self) -> str:
        """Write `AGE-SECRET-KEY-PQ-1…`, 77 characters."""
        return to_bech32(_PREFIX, self._seed)

    @property
    def recipient(self) -> HybridRecipient:
        return HybridRecipient(self._key.public_key())

    def unwrap(self, share: bytes, body: bytes) -> bytes | None:
        """The file key in a stanza of this kind, None where it is for another key. Raises HeaderDamaged."""
        try:  # HPKE answers a low-order point as it does another key; the specification tells them apart
            self._x25519.exchange(X25519PublicKey.from_public_bytes(share[-_X25519_SIZE:]))
        except ValueError:
            raise HeaderDamaged("the X25519 part of a share is a low-order point") from None
        try:
            return _suite().decrypt(share + body, self._key, _LABEL)
        except InvalidTag:
            return None


def _suite() -> "Suite":
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
