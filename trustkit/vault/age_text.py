"""The textual half of the age v1 format: header grammar, armor, base64, Bech32, and the named ways it can fail.

Strict wherever the specification is: every byte string has one reading, and every reading one byte string.
Nothing here does cryptography; the rest of the vault imports all it needs from `age.py`.
"""

import binascii
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

MAX_STANZAS: Final = 512
"""How many recipients a file may have to be tried: each costs 0.1 ms, and a header of 16 MB holds 160,000 of them."""
MAX_HEADER: Final = 1 << 20
"""Bytes up to the MAC: room for as many of the longest kind there is."""
VERSION_LINE: Final = b"age-encryption.org/v1\n"

_ARGUMENT_LINE: Final = re.compile(rb"->(?: [\x21-\x7e]++)++")
_COLUMNS: Final = 64
_MAC_SIZE: Final = 32
_ARMOR_BEGIN: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
_ARMOR_END: Final = b"-----END AGE ENCRYPTED FILE-----"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_DATA: Final = 52
"""32 bytes in characters of five bits; the last four bits are left over and zero."""
_BECH32_CHECK: Final = 6


class AgeError(Exception):
    """A file cannot be opened, or a key cannot be used. The message is for a developer and holds nothing private."""


class NotAge(AgeError):
    """The bytes do not begin as a file of this kind does."""


class HeaderDamaged(AgeError):
    """The header breaks a rule of the format."""


class HeaderForged(HeaderDamaged):
    """The header reads well and a key opens it, but it is not the header that was written."""


class ArmorDamaged(HeaderDamaged):
    """The text armor around a file breaks a rule of strict PEM."""


class NoMatch(AgeError):
    """No stanza was made for the keys at hand; for a passphrase: the file was not sealed with a passphrase at all."""


class WrongPassphrase(AgeError):
    """The passphrase does not open the file; a changed salt or wrapped key cannot be told from that."""


class PayloadDamaged(AgeError):
    """The header is sound and what follows it was cut, changed or added to."""


class TooMuchWork(AgeError):
    """The file asks for more work than allowed, in scrypt or in recipients to try; none of it was done."""


class NotEnoughMemory(TooMuchWork):
    """The scrypt work is within what is allowed but this machine has no memory for it (256 MiB at 18)."""


class BadKey(AgeError, ValueError):
    """A recipient or identity is misspelt, or is a point that no honest key has."""


class Unsupported(AgeError):
    """An identity is spelt well and is of a kind that cannot be used with the libraries installed here."""


class Stanza(NamedTuple):
    """One way to the file key."""

    arguments: tuple[bytes, ...]
    """At least one; the first names the kind."""
    body: bytes
    """Decoded."""


class Header(NamedTuple):
    """All that stands before the payload."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    """What the MAC covers: everything up to and including the three dashes."""
    mac: bytes
    """32 bytes, not yet verified."""
    end: int
    """Where the payload's nonce begins."""


def read_header(data: bytes) -> Header:
    """Read the header at the start of a file by its grammar.

    Raises:
        NotAge, HeaderDamaged: It is none, or breaks a rule.
        TooMuchWork: It has more than MAX_STANZAS; told before the next one is read.
    """
    if not data.startswith(VERSION_LINE):
        raise NotAge("the version line of age v1 is missing")
    at = len(VERSION_LINE)
    stanzas: list[Stanza] = []
    while not data.startswith(b"---", at):
        if len(stanzas) == MAX_STANZAS:
            raise TooMuchWork("the file names more recipients than are tried")
        stanza, at = _read_stanza(data, at)
        stanzas.append(stanza)
    line, end = _read_line(data, at)
    if not line.startswith(b"--- "):
        raise HeaderDamaged("the line of the MAC has no space")
    mac = from_base64(line[4:])
    if len(mac) != _MAC_SIZE:
        raise HeaderDamaged("the MAC has the wrong length")
    if not stanzas:
        raise HeaderDamaged("there is no stanza")
    if len(stanzas) > 1 and any(stanza.arguments[0] == b"scrypt" for stanza in stanzas):
        raise HeaderDamaged("a passphrase stanza stands beside another")
    return Header(tuple(stanzas), data[: at + 3], mac, end)


def _read_stanza(data: bytes, at: int) -> tuple[Stanza, int]:
    line, at = _read_line(data, at)
    if not _ARGUMENT_LINE.fullmatch(line):
        raise HeaderDamaged("a stanza does not begin as it must")
    arguments = tuple(line[3:].split(b" "))
    body: list[bytes] = []
    full = True
    while full:
        line, at = _read_line(data, at)
        if len(line) > _COLUMNS:
            raise HeaderDamaged("a stanza's line is too long")
        body.append(line)
        full = len(line) == _COLUMNS  # the first shorter line, which may be empty, ends the stanza
    return Stanza(arguments, from_base64(b"".join(body))), at


def _read_line(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.find(b"\n", at, MAX_HEADER)
    if end < 0:
        raise HeaderDamaged("the header breaks off")
    return data[at:end], end + 1


def dearmor(data: bytes) -> bytes:
    """Take the text armor off a file: strict PEM, LF or CRLF, white space allowed before and after the block alone.

    Raises:
        NotAge: There is no armor.
        ArmorDamaged: The armor breaks a rule.
    """
    lines = data.strip(b" \t\r\n").replace(b"\r\n", b"\n").split(b"\n")
    if lines[0] != _ARMOR_BEGIN:
        raise NotAge("there is no armor")
    if lines[-1] != _ARMOR_END:
        raise ArmorDamaged("the armor does not end")
    body = lines[1:-1]
    if any(len(line) != _COLUMNS for line in body[:-1]) or (body and not 1 <= len(body[-1]) <= _COLUMNS):
        raise ArmorDamaged("a line of the armor has the wrong length")
    text = b"".join(body)
    raw = _loose_base64(text)
    if raw is None or binascii.b2a_base64(raw, newline=False) != text:
        raise ArmorDamaged("the armor is not canonical base64")
    return raw


def to_base64(raw: bytes) -> bytes:
    """Write unpadded base64. Callers pass 48 bytes at most, so that it is one line, shorter than 64 columns."""
    return binascii.b2a_base64(raw, newline=False).rstrip(b"=")


def from_base64(text: bytes) -> bytes:
    """Read unpadded, canonical base64. Raises HeaderDamaged."""
    raw = _loose_base64(text + b"=" * (-len(text) % 4))
    if raw is None or to_base64(raw) != text:
        raise HeaderDamaged("base64 is not canonical")
    return raw


def _loose_base64(text: bytes) -> bytes | None:
    """Read base64 leniently: only writing it back and comparing tells whether it was canonical."""
    try:
        return binascii.a2b_base64(text)
    except binascii.Error:
        return None


def to_bech32(prefix: str, raw: bytes) -> str:
    """Write 32 bytes after `prefix`, in the prefix's own case throughout."""
    digits = _five_bits(int.from_bytes(raw, "big") << 4, _BECH32_DATA)
    digits += _five_bits(_bech32_check(prefix, [*digits, *bytes(_BECH32_CHECK)]) ^ 1, _BECH32_CHECK)
    text = "".join(_BECH32[digit] for digit in digits)
    return f"{prefix}1{text.upper() if prefix.isupper() else text}"


def from_bech32(prefix: str, text: str) -> bytes:
    """Read 32 bytes after `prefix`, in the prefix's own case throughout. Raises BadKey, which never quotes the text."""
    if not text.startswith(f"{prefix}1"):
        raise BadKey(f"a key of this kind begins with {prefix}1")
    alphabet = _BECH32.upper() if prefix.isupper() else _BECH32
    if len(text) != len(prefix) + 1 + _BECH32_DATA + _BECH32_CHECK:
        raise BadKey("a key has the wrong length")
    digits = [alphabet.find(character) for character in text[len(prefix) + 1 :]]
    if -1 in digits:
        raise BadKey("a key holds a character that no key has")
    if _bech32_check(prefix, digits) != 1:
        raise BadKey("a key's checksum does not fit")
    number = 0
    for digit in digits[:_BECH32_DATA]:
        number = number << 5 | digit
    if number & 15:
        raise BadKey("a key's left-over bits are not zero")
    return (number >> 4).to_bytes(32, "big")


def _bech32_check(prefix: str, digits: Sequence[int]) -> int:
    """The checksum of BIP 173, always over the lower-case prefix; 1 when `digits` end in the right one."""
    low = prefix.lower().encode("ascii")
    check = 1
    for digit in (*(byte >> 5 for byte in low), 0, *(byte & 31 for byte in low), *digits):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ digit
        for bit, generator in enumerate(_BECH32_GENERATORS):
            if top >> bit & 1:
                check ^= generator
    return check


def _five_bits(number: int, count: int) -> list[int]:
    return [number >> 5 * place & 31 for place in reversed(range(count))]
