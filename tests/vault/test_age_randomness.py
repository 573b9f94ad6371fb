"""Every secret of a sealed file is new and comes from the system: file key, nonce, salt and ephemeral keys.

The file key is taken out of the files by the few lines below, written from the specification without `trustkit`. That a
file opens shows nothing of this: one sealed with a key that everybody knows opens as well.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from trustkit.vault import age

SECRETS = (bytes(range(32)), bytes(range(32, 64)))
IDENTITIES = [age.Identity(secret) for secret in SECRETS]
FILES = 16


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    return hmac.digest(hmac.digest(salt, key, "sha256"), info + b"\x01", "sha256")


def raw(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def parts(sealed: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The second argument and the body of each stanza, and the nonce of the payload."""
    head, _, rest = sealed.partition(b"\n---")
    lines = head.split(b"\n")[1:]
    return [(raw(a.split(b" ")[2]), raw(b)) for a, b in zip(lines[::2], lines[1::2], strict=True)], rest[45:61]


def x25519_file_key(secret: bytes, share: bytes, body: bytes) -> bytes:
    own = X25519PrivateKey.from_private_bytes(secret)
    shared = own.exchange(X25519PublicKey.from_public_bytes(share))
    key = hkdf(shared, share + own.public_key().public_bytes_raw(), b"age-encryption.org/v1/X25519")
    return ChaCha20Poly1305(key).decrypt(bytes(12), body, None)


def scrypt_file_key(salt: bytes, body: bytes) -> bytes:
    key = hashlib.scrypt(b"p", salt=b"age-encryption.org/v1/scrypt" + salt, n=2, r=8, p=1, dklen=32)
    return ChaCha20Poly1305(key).decrypt(bytes(12), body, None)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was drawn from the system's randomness, in order."""
    found: list[bytes] = []
    urandom = os.urandom

    def draw(size: int) -> bytes:
        found.append(urandom(size))
        return found[-1]

    monkeypatch.setattr(os, "urandom", draw)
    return found


def for_keys(drawn: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """The secrets of one file sealed to two keys, and what was drawn for it."""
    before = len(drawn)
    stanzas, nonce = parts(age.encrypt(b"the same words", [one.recipient for one in IDENTITIES]))
    keys = {x25519_file_key(secret, *stanza) for secret, stanza in zip(SECRETS, stanzas, strict=True)}
    assert len(keys) == 1
    return [*keys, nonce], drawn[before:]


def for_passphrase(drawn: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    before = len(drawn)
    [(salt, body)], nonce = parts(age.encrypt_passphrase(b"the same words", "p", 1))
    return [scrypt_file_key(salt, body), salt, nonce], drawn[before:]


@pytest.mark.parametrize("seal", [for_keys, for_passphrase])
def test_file_key_salt_and_nonce_are_drawn_anew_from_the_system_for_each_file(
    drawn: list[bytes], seal: Callable[[list[bytes]], tuple[list[bytes], list[bytes]]]
) -> None:
    every: list[bytes] = []
    for _ in range(FILES):
        secrets, from_system = seal(drawn)
        assert [len(secret) for secret in secrets] == [16] * len(secrets)
        assert sorted(secrets) == sorted(from_system)  # each of them as it was drawn, and none twice
        every += secrets
    assert len(set(every)) == len(every)


def test_each_stanza_of_each_file_has_an_ephemeral_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []

    class Counted:
        @staticmethod
        def generate() -> X25519PrivateKey:
            key = X25519PrivateKey.generate()
            made.append(key.public_key().public_bytes_raw())
            return key

    recipient = IDENTITIES[0].recipient
    monkeypatch.setattr(age, "X25519PrivateKey", Counted)
    shares = [share for _ in range(FILES) for share, _ in parts(age.encrypt(b"", [recipient, recipient]))[0]]
    assert shares == made
    assert len(set(shares)) == len(shares) == 2 * FILES


def test_a_key_is_drawn_from_the_system(drawn: list[bytes]) -> None:
    keys = [age.Identity.generate() for _ in range(FILES)]
    assert keys == [age.Identity(secret) for secret in drawn]
    assert {len(secret) for secret in drawn} == {32}
    assert len(set(drawn)) == FILES


def test_a_post_quantum_stanza_is_never_the_same_twice() -> None:
    from trustkit.vault.age_hybrid import HybridIdentity

    try:
        recipient = HybridIdentity(bytes(32)).recipient
    except age.Unsupported:
        return  # `test_hybrid_keys.py` says where that may be
    shares = [share for _ in range(4) for share, _ in parts(age.encrypt(b"", [recipient, recipient]))[0]]
    assert len(set(shares)) == len(shares) == 8
