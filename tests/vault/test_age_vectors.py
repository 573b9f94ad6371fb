"""One file for each rule of the age format, each broken in one way only, and the outcome that must be named for it.

The files are forged here from RFC 5869, RFC 7748 and RFC 8439 without a line of `trustkit`, so that a mistake cannot
stand on both sides. The public set of C2SP/CCTV (`age_vectors/`) follows, whole.
"""

import base64
import hashlib
import hmac
import tarfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from trustkit.vault import age

FILE_KEY = bytes(range(16))
SECRET = bytes(range(1, 33))
EPHEMERAL = bytes(range(33, 65))
SALT = bytes(range(65, 81))
NONCE = bytes(range(81, 97))
PASSPHRASE = "tide and gravel"
CHUNK = 65_536
TEXT = b"what was said on Sunday"


def hkdf(key: bytes, salt: bytes, info: str) -> bytes:
    return hmac.digest(hmac.digest(salt, key, "sha256"), info.encode() + b"\x01", "sha256")


def base64_of(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def aead(key: bytes, plain: bytes, nonce: bytes = bytes(12)) -> bytes:
    return ChaCha20Poly1305(key).encrypt(nonce, plain, None)


def share(ephemeral: bytes = EPHEMERAL) -> bytes:
    return X25519PrivateKey.from_private_bytes(ephemeral).public_key().public_bytes_raw()


def x25519_body(file_key: bytes = FILE_KEY, secret: bytes = SECRET, sent: bytes = b"", shared: bytes = b"") -> bytes:
    sent = sent or share()
    own = share(secret)
    shared = shared or X25519PrivateKey.from_private_bytes(EPHEMERAL).exchange(X25519PublicKey.from_public_bytes(own))
    return aead(hkdf(shared, sent + own, "age-encryption.org/v1/X25519"), file_key)


def scrypt_body(file_key: bytes = FILE_KEY, salt: bytes = SALT, log_n: int = 4) -> bytes:
    salt = b"age-encryption.org/v1/scrypt" + salt
    return aead(hashlib.scrypt(PASSPHRASE.encode(), salt=salt, n=1 << log_n, r=8, p=1, dklen=32), file_key)


def x25519(sent: bytes | None = None, body: bytes | None = None) -> bytes:
    """A stanza; both parts are base64 text, so that a test can misspell them."""
    sent = base64_of(share()) if sent is None else sent
    return b"-> X25519 " + sent + b"\n" + (base64_of(x25519_body()) if body is None else body) + b"\n"


def scrypt(salt: bytes | None = None, factor: bytes = b"4", body: bytes | None = None) -> bytes:
    salt = base64_of(SALT) if salt is None else salt
    body = base64_of(scrypt_body()) if body is None else body
    return b"-> scrypt " + salt + b" " + factor + b"\n" + body + b"\n"


Spelling = Callable[[bytes], bytes]


def header(*stanzas: bytes, version: bytes = b"age-encryption.org/v1\n", mac: Spelling = base64_of) -> bytes:
    """A header whose MAC is right whatever the stanzas say; `mac` spells the line's second half."""
    signed = version + b"".join(stanzas) + b"---"
    return signed + b" " + mac(hmac.digest(hkdf(FILE_KEY, b"", "header"), signed, "sha256")) + b"\n"


def payload(*chunks: tuple[int, bool, bytes], nonce: bytes = NONCE) -> bytes:
    key = hkdf(FILE_KEY, nonce, "payload")
    sealed = [aead(key, plain, number.to_bytes(11, "big") + bytes([final])) for number, final, plain in chunks]
    return nonce + b"".join(sealed)


ONE_CHUNK = payload((0, True, TEXT))
FULL = b"\x5a" * CHUNK


def with_stanzas(*stanzas: bytes, mac: Spelling = base64_of) -> bytes:
    return header(*stanzas, mac=mac) + ONE_CHUNK


def with_payload(sealed: bytes) -> bytes:
    return header(x25519()) + sealed


def odd_bits(text: bytes) -> bytes:
    """The same base64 but for a left-over bit that canonical writers leave zero."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    assert len(text) % 4
    return text[:-1] + alphabet[alphabet.index(text[-1]) ^ 1 :][:1]


# Every point of small order on RFC 7748's curve and its twist: 0, 1, two of order eight, p - 1; p and p + 1 unreduced.
P = 2**255 - 19
ORDER_EIGHT = (
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)
LOW_ORDER = [point.to_bytes(32, "little") for point in (0, 1, *ORDER_EIGHT, P - 1, P, P + 1)]
# The top bit of a coordinate is ignored, so each has a second spelling.
LOW_ORDER += [point[:31] + bytes([point[31] | 0x80]) for point in LOW_ORDER]

OPENS = {
    "one stanza": with_stanzas(x25519()),
    "the stanza for us comes last": with_stanzas(x25519(body=base64_of(bytes(32))), x25519()),
    "an unknown stanza before": with_stanzas(b"-> grease !~ 'x'\nAAAA\n", x25519()),
    "an unknown stanza after": with_stanzas(x25519(), b"-> grease\n\n"),
    "every visible character": with_stanzas(b"-> " + bytes(range(0x21, 0x7F)) + b"\n\n", x25519()),
    "a body of one full line": with_stanzas(b"-> grease\n" + b"A" * 64 + b"\n\n", x25519()),
    "a body of two lines": with_stanzas(b"-> grease\n" + b"A" * 64 + b"\nAAAA\n", x25519()),
    "a body line of 63 columns": with_stanzas(b"-> grease\n" + b"A" * 63 + b"\n", x25519()),
    "an unknown stanza called X25519 in lower case": with_stanzas(b"-> x25519\n\n", x25519()),
}

SMALL = {
    "nothing": (b"", age.NotAge),
    "the version line alone, cut": (b"age-encryption.org/v1", age.NotAge),
    "version 2": (header(x25519(), version=b"age-encryption.org/v2\n") + ONE_CHUNK, age.NotAge),
    "version 11": (header(x25519(), version=b"age-encryption.org/v11\n") + ONE_CHUNK, age.NotAge),
    "version line with CR": (header(x25519(), version=b"age-encryption.org/v1\r\n") + ONE_CHUNK, age.NotAge),
    "space before": (b" " + with_stanzas(x25519()), age.NotAge),
    "line feed before": (b"\n" + with_stanzas(x25519()), age.NotAge),
    "no stanza": (with_stanzas(), age.HeaderDamaged),
    "blank line": (with_stanzas(b"\n", x25519()), age.HeaderDamaged),
    "stanza with one dash": (with_stanzas(b"> grease\n\n", x25519()), age.HeaderDamaged),
    "stanza with a doubled start": (with_stanzas(b"->-> grease\n\n", x25519()), age.HeaderDamaged),
    "stanza without a space": (with_stanzas(b"->grease\n\n", x25519()), age.HeaderDamaged),
    "stanza without an argument": (with_stanzas(b"->\n\n", x25519()), age.HeaderDamaged),
    "stanza with an empty argument": (with_stanzas(b"-> \n\n", x25519()), age.HeaderDamaged),
    "stanza with two spaces": (with_stanzas(b"-> grease  x\n\n", x25519()), age.HeaderDamaged),
    "stanza with a space at the end": (with_stanzas(b"-> grease \n\n", x25519()), age.HeaderDamaged),
    "stanza with CR": (with_stanzas(b"-> grease\r\n\n", x25519()), age.HeaderDamaged),
    "stanza with a tab": (with_stanzas(b"-> gre\tase\n\n", x25519()), age.HeaderDamaged),
    "stanza with DEL": (with_stanzas(b"-> gre\x7fase\n\n", x25519()), age.HeaderDamaged),
    "stanza with a byte past ASCII": (with_stanzas(b"-> gre\xc3\xa4se\n\n", x25519()), age.HeaderDamaged),
    "body without a line": (with_stanzas(b"-> grease\n", x25519()), age.HeaderDamaged),
    "body without its last line": (with_stanzas(x25519(), b"-> grease\n" + b"A" * 64 + b"\n"), age.HeaderDamaged),
    "body line of 65 columns": (with_stanzas(b"-> grease\n" + b"A" * 68 + b"\n", x25519()), age.HeaderDamaged),
    "body with two short lines": (with_stanzas(b"-> grease\nAAAA\nAAAA\n", x25519()), age.HeaderDamaged),
    "body with CR": (with_stanzas(b"-> grease\nAAAA\r\n", x25519()), age.HeaderDamaged),
    "body with padding": (with_stanzas(b"-> grease\nAA==\n", x25519()), age.HeaderDamaged),
    "body with a left-over bit": (with_stanzas(b"-> grease\nAB\n", x25519()), age.HeaderDamaged),
    "body of five characters": (with_stanzas(b"-> grease\nAAAAA\n", x25519()), age.HeaderDamaged),
    "body in the URL alphabet": (with_stanzas(b"-> grease\nAA-_\n", x25519()), age.HeaderDamaged),
    "body with a space": (with_stanzas(b"-> grease\nAA AA\n", x25519()), age.HeaderDamaged),
    "MAC line cut": (header(x25519())[:-1], age.HeaderDamaged),
    "MAC line not ended": (header(x25519())[:-1] + b"x", age.HeaderDamaged),
    "MAC missing": (with_stanzas(x25519(), mac=lambda _: b""), age.HeaderDamaged),
    "MAC missing with its space": (with_stanzas(x25519()).replace(b"--- ", b"---\n"), age.HeaderDamaged),
    "MAC without a space": (with_stanzas(x25519()).replace(b"--- ", b"---"), age.HeaderDamaged),
    "MAC with a fourth dash": (with_stanzas(x25519()).replace(b"--- ", b"----"), age.HeaderDamaged),
    "MAC with two spaces": (with_stanzas(x25519()).replace(b"--- ", b"---  "), age.HeaderDamaged),
    "MAC with a space at the end": (with_stanzas(x25519(), mac=lambda mac: base64_of(mac) + b" "), age.HeaderDamaged),
    "MAC with CR": (with_stanzas(x25519(), mac=lambda mac: base64_of(mac) + b"\r"), age.HeaderDamaged),
    "MAC with padding": (with_stanzas(x25519(), mac=lambda mac: base64_of(mac) + b"="), age.HeaderDamaged),
    "MAC with a left-over bit": (with_stanzas(x25519(), mac=lambda mac: odd_bits(base64_of(mac))), age.HeaderDamaged),
    "MAC of 31 bytes": (with_stanzas(x25519(), mac=lambda mac: base64_of(mac[:31])), age.HeaderDamaged),
    "MAC of 33 bytes": (with_stanzas(x25519(), mac=lambda mac: base64_of(mac + b"\0")), age.HeaderDamaged),
    "MAC of another header": (with_stanzas(x25519(), mac=lambda mac: base64_of(mac[::-1])), age.HeaderForged),
    "stanza added later": (with_stanzas(x25519()).replace(b"---", b"-> grease\n\n---"), age.HeaderForged),
    "X25519 without a share": (with_stanzas(x25519(), b"-> X25519\n\n"), age.HeaderDamaged),
    "X25519 with a third argument": (with_stanzas(x25519(base64_of(share()) + b" x")), age.HeaderDamaged),
    "share of 31 bytes": (with_stanzas(x25519(base64_of(share()[:31]))), age.HeaderDamaged),
    "share of 33 bytes": (with_stanzas(x25519(base64_of(share() + b"\0"))), age.HeaderDamaged),
    "share with padding": (with_stanzas(x25519(base64_of(share()) + b"=")), age.HeaderDamaged),
    "share with a left-over bit": (with_stanzas(x25519(odd_bits(base64_of(share())))), age.HeaderDamaged),
    "file key of 15 bytes": (with_stanzas(x25519(body=base64_of(x25519_body(FILE_KEY[:15])))), age.HeaderDamaged),
    "file key of 17 bytes": (with_stanzas(x25519(body=base64_of(x25519_body(FILE_KEY + b"\0")))), age.HeaderDamaged),
    "wrapped key with a left-over bit": (
        with_stanzas(x25519(body=odd_bits(base64_of(x25519_body())))),
        age.HeaderDamaged,
    ),
    "a bad X25519 stanza after the good one": (with_stanzas(x25519(), x25519(b"AAAA")), age.HeaderDamaged),
    "a passphrase beside a key": (with_stanzas(x25519(), scrypt()), age.HeaderDamaged),
    "for someone else": (with_stanzas(x25519(body=base64_of(x25519_body(secret=EPHEMERAL)))), age.NoMatch),
    "wrapped key changed": (with_stanzas(x25519(body=base64_of(bytes(32)))), age.NoMatch),
    "nobody we know": (with_stanzas(b"-> grease\n\n"), age.NoMatch),
    "X25519 in lower case": (with_stanzas(x25519().lower()[:9] + x25519()[9:]), age.NoMatch),
    "a passphrase alone": (with_stanzas(scrypt()), age.NoMatch),
    "no nonce": (with_payload(b""), age.HeaderDamaged),
    "nonce of 15 bytes": (with_payload(NONCE[:15]), age.HeaderDamaged),
    "no chunk": (with_payload(NONCE), age.PayloadDamaged),
    "another nonce": (with_payload(bytes(16) + ONE_CHUNK[16:]), age.PayloadDamaged),
    "chunk without its tag": (with_payload(ONE_CHUNK[:-16]), age.PayloadDamaged),
    "chunk cut by a byte": (with_payload(ONE_CHUNK[:-1]), age.PayloadDamaged),
    "chunk with a byte more": (with_payload(ONE_CHUNK + b"\0"), age.PayloadDamaged),
    "only chunk not marked final": (with_payload(payload((0, False, TEXT))), age.PayloadDamaged),
    "counter begins at one": (with_payload(payload((1, True, TEXT))), age.PayloadDamaged),
    "two final chunks": (with_payload(payload((0, True, TEXT), (1, True, TEXT))), age.PayloadDamaged),
    "short chunk before the last": (with_payload(payload((0, False, TEXT), (1, True, TEXT))), age.PayloadDamaged),
}

PASSPHRASES = {
    "two passphrases": (with_stanzas(scrypt(), scrypt()), age.HeaderDamaged),
    "a passphrase beside an unknown stanza": (with_stanzas(scrypt(), b"-> grease\n\n"), age.HeaderDamaged),
    "a passphrase after an unknown stanza": (with_stanzas(b"-> grease\n\n", scrypt()), age.HeaderDamaged),
    "a passphrase beside a key": (with_stanzas(x25519(), scrypt()), age.HeaderDamaged),
    "a key alone": (with_stanzas(x25519()), age.NoMatch),
    "scrypt in upper case": (with_stanzas(scrypt().replace(b"scrypt", b"SCRYPT")), age.NoMatch),
    "salt missing": (with_stanzas(b"-> scrypt 4\n" + base64_of(scrypt_body()) + b"\n"), age.HeaderDamaged),
    "work factor missing": (with_stanzas(scrypt().replace(b" 4\n", b"\n")), age.HeaderDamaged),
    "a fourth argument": (with_stanzas(scrypt(factor=b"4 4")), age.HeaderDamaged),
    "salt of 15 bytes": (
        with_stanzas(scrypt(base64_of(SALT[:15]), body=base64_of(scrypt_body(salt=SALT[:15])))),
        age.HeaderDamaged,
    ),
    "salt of 17 bytes": (
        with_stanzas(scrypt(base64_of(SALT + b"x"), body=base64_of(scrypt_body(salt=SALT + b"x")))),
        age.HeaderDamaged,
    ),
    "salt with padding": (with_stanzas(scrypt(base64_of(SALT) + b"==")), age.HeaderDamaged),
    "salt with a left-over bit": (with_stanzas(scrypt(odd_bits(base64_of(SALT)))), age.HeaderDamaged),
    "file key of 15 bytes": (with_stanzas(scrypt(body=base64_of(scrypt_body(FILE_KEY[:15])))), age.HeaderDamaged),
    "file key of 17 bytes": (with_stanzas(scrypt(body=base64_of(scrypt_body(FILE_KEY + b"\0")))), age.HeaderDamaged),
    "work factor 0": (with_stanzas(scrypt(factor=b"0")), age.HeaderDamaged),
    "work factor 04": (with_stanzas(scrypt(factor=b"04")), age.HeaderDamaged),
    "work factor +4": (with_stanzas(scrypt(factor=b"+4")), age.HeaderDamaged),
    "work factor -4": (with_stanzas(scrypt(factor=b"-4")), age.HeaderDamaged),
    "work factor 0x4": (with_stanzas(scrypt(factor=b"0x4")), age.HeaderDamaged),
    "work factor 4a": (with_stanzas(scrypt(factor=b"4a")), age.HeaderDamaged),
    "work factor a4": (with_stanzas(scrypt(factor=b"a4")), age.HeaderDamaged),
    "work factor 1_0": (with_stanzas(scrypt(factor=b"1_0")), age.HeaderDamaged),
    "work factor 21": (with_stanzas(scrypt(factor=b"21")), age.TooMuchWork),
    "work factor 30": (with_stanzas(scrypt(factor=b"30")), age.TooMuchWork),
    "work factor 100": (with_stanzas(scrypt(factor=b"100")), age.TooMuchWork),
    "work factor past 64 bits": (with_stanzas(scrypt(factor=b"18446744073709551620")), age.TooMuchWork),
    "work factor of ten thousand digits": (with_stanzas(scrypt(factor=b"9" * 10_000)), age.TooMuchWork),
    "work factor of another file": (with_stanzas(scrypt(factor=b"5")), age.WrongPassphrase),
    "wrapped key changed": (with_stanzas(scrypt(body=base64_of(bytes(32)))), age.WrongPassphrase),
    "MAC of another header": (with_stanzas(scrypt(), mac=lambda mac: base64_of(mac[::-1])), age.HeaderForged),
    "no nonce": (header(scrypt()), age.HeaderDamaged),
    "chunk cut by a byte": (with_stanzas(scrypt())[:-1], age.PayloadDamaged),
}

LARGE: dict[str, tuple[Callable[[], bytes], bytes | None]] = {
    "empty": (lambda: payload((0, True, b"")), b""),
    "one full chunk": (lambda: payload((0, True, FULL)), FULL),
    "one full chunk and a byte": (lambda: payload((0, False, FULL), (1, True, b"x")), FULL + b"x"),
    "two full chunks": (lambda: payload((0, False, FULL), (1, True, FULL)), FULL + FULL),
    "257 chunks, past one byte of counter": (
        lambda: payload(*((number, False, FULL) for number in range(257)), (257, True, TEXT)),
        FULL * 257 + TEXT,
    ),
    "empty last chunk": (lambda: payload((0, False, FULL), (1, True, b"")), None),
    "last chunk smaller than a tag": (lambda: payload((0, True, FULL)) + bytes(15), None),
    "full chunk not marked final": (lambda: payload((0, False, FULL)), None),
    "two full chunks, none final": (lambda: payload((0, False, FULL), (1, False, FULL)), None),
    "two full chunks, both final": (lambda: payload((0, True, FULL), (1, True, FULL)), None),
    "chunks changed about": (lambda: payload((1, False, FULL), (0, True, FULL)), None),
    "counter stands still": (lambda: payload((0, False, FULL), (0, True, FULL)), None),
    "counter leaves one out": (lambda: payload((0, False, FULL), (2, True, TEXT)), None),
    "last chunk dropped": (lambda: payload((0, False, FULL), (1, True, TEXT))[: 16 + CHUNK + 16], None),
    "chunk after the final one": (lambda: payload((0, True, FULL), (1, False, TEXT)), None),
    "a byte after the final chunk": (lambda: payload((0, True, FULL)) + b"x", None),
    "garbage after the final chunk": (lambda: payload((0, True, FULL)) + b"x" * 100, None),
    "a chunk of 65,537 bytes": (lambda: payload((0, True, FULL + b"x")), None),
}


@pytest.mark.parametrize("data", OPENS.values(), ids=OPENS)
def test_a_file_within_the_rules_opens(data: bytes) -> None:
    assert age.decrypt(data, [age.Identity(SECRET)]) == TEXT


def test_a_passphrase_file_within_the_rules_opens() -> None:
    assert age.decrypt_passphrase(with_stanzas(scrypt()), PASSPHRASE) == TEXT


@pytest.mark.parametrize(("data", "outcome"), SMALL.values(), ids=SMALL)
def test_a_file_that_breaks_one_rule_is_refused_by_name(data: bytes, outcome: type[age.AgeError]) -> None:
    with pytest.raises(age.AgeError) as caught:
        age.decrypt(data, [age.Identity(SECRET)])
    assert caught.type is outcome


@pytest.mark.parametrize(("data", "outcome"), PASSPHRASES.values(), ids=PASSPHRASES)
def test_a_passphrase_file_that_breaks_one_rule_is_refused_by_name(data: bytes, outcome: type[age.AgeError]) -> None:
    with pytest.raises(age.AgeError) as caught:
        age.decrypt_passphrase(data, PASSPHRASE)
    assert caught.type is outcome


@pytest.mark.parametrize(("sealed", "plain"), LARGE.values(), ids=LARGE)
def test_chunks_follow_the_rules_of_the_stream(sealed: Callable[[], bytes], plain: bytes | None) -> None:
    data = with_payload(sealed())
    if plain is not None:
        assert age.decrypt(data, [age.Identity(SECRET)]) == plain
        return
    with pytest.raises(age.PayloadDamaged):
        age.decrypt(data, [age.Identity(SECRET)])


@pytest.mark.parametrize("point", LOW_ORDER, ids=bytes.hex)
def test_a_share_of_low_order_is_refused(point: bytes) -> None:
    body = base64_of(x25519_body(sent=point, shared=bytes(32)))
    with pytest.raises(age.HeaderDamaged, match="low-order"):
        age.decrypt(with_stanzas(x25519(base64_of(point), body)), [age.Identity(SECRET)])


OUTCOMES: dict[str, tuple[type[age.AgeError], ...]] = {
    "header failure": (age.NotAge, age.HeaderDamaged, age.TooMuchWork),
    "HMAC failure": (age.HeaderForged,),
    "no match": (age.NoMatch, age.WrongPassphrase),
    "payload failure": (age.PayloadDamaged,),
    "armor failure": (age.NotAge, age.ArmorDamaged),
}


def public_vectors() -> dict[str, bytes]:
    with tarfile.open(Path(__file__).parent / "age_vectors" / "vectors.tar.gz") as archive:
        return {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}


VECTORS = public_vectors()


def test_the_public_vectors_are_all_here() -> None:
    assert len(VECTORS) == 143
    assert sum("hybrid" in name for name in VECTORS) == 19
    assert sum(b"\narmored: yes\n" in data for data in VECTORS.values()) == 33


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_a_public_vector_has_its_named_outcome(vector: bytes) -> None:
    top, _, data = vector.partition(b"\n\n")
    fields = [line.split(": ", 1) for line in top.decode().splitlines()]
    facts = dict(fields)
    if facts.get("compressed") == "zlib":
        data = zlib.decompress(data)
    passphrases = [value for key, value in fields if key == "passphrase"]
    try:
        identities = [age.read_identity(value) for key, value in fields if key == "identity"]
    except age.Unsupported:  # `test_hybrid_keys.py` says where that may happen
        assert "AGE-SECRET-KEY-PQ-" in facts["identity"]
        return
    attempts: list[Spelling] = [partial(age.decrypt_passphrase, passphrase=passphrase) for passphrase in passphrases]
    if identities or not passphrases:
        attempts.append(partial(age.decrypt, identities=identities))
    for attempt in attempts:
        if facts["expect"] == "success":
            plain = attempt(age.dearmor(data) if "armored" in facts else data)
            assert hashlib.sha256(plain).hexdigest() == facts["payload"]
            continue
        with pytest.raises(age.AgeError) as caught:
            attempt(age.dearmor(data) if "armored" in facts else data)
        assert caught.type in OUTCOMES[facts["expect"]]
