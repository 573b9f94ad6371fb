"""The one shape of tar file that a backup has: plain ustar, regular files alone, read without trusting any of it.

Any `tar` opens what is written here. What is read here is only that: anything a backup never holds (links, devices,
sparse files, extended headers, two files of one name) refuses the whole archive before a byte of it is used.
"""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

BLOCK: Final = 512
END: Final = bytes(2 * BLOCK)
LONGEST_NAME: Final = 100
"""Characters; the name field of a ustar header, without its prefix field."""

_REGULAR: Final = b"0"
_MAGIC: Final = b"ustar\x0000"
_NUMBERS: Final = frozenset(b"01234567")
_ELSEWHERE: Final = frozenset("\\:")
"""On Windows these lead out of the folder: to another one, to another drive, into a hidden stream of a file."""


class BadArchive(Exception):
    """Not an archive of this shape, or not a whole one. The message holds no name out of it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive."""

    name: str
    size: int
    start: int
    """Where its bytes begin."""


def fits(name: str) -> bool:
    """Whether a file of this name can stand in an archive, and be taken out on any system."""
    return name.isascii() and name.isprintable() and 0 < len(name) <= LONGEST_NAME and _ELSEWHERE.isdisjoint(name)


def framed(name: str, data: bytes, modified: int) -> Iterator[bytes]:
    """A file as it stands in an archive.

    Args:
        modified: Seconds since 1970.
    """
    about = tarfile.TarInfo(name)
    about.size, about.mtime, about.mode = len(data), max(0, modified), 0o600
    yield about.tobuf(tarfile.USTAR_FORMAT)
    yield data
    yield bytes(-len(data) % BLOCK)


def members(file: BinaryIO) -> Iterator[Member]:
    """Every file in an archive, in order. The reader may seek in between.

    Raises:
        BadArchive: As the class says.
        OSError: The system refuses.
    """
    size = file.seek(0, 2)
    at = 0
    seen: set[str] = set()
    while True:
        file.seek(at)
        header = file.read(BLOCK)
        if header == bytes(BLOCK):
            if file.read(BLOCK) != bytes(BLOCK) or size != at + len(END):
                raise BadArchive("it does not end where it should")
            return
        member = _read_header(header, at + BLOCK)
        at = member.start + member.size + -member.size % BLOCK
        if at > size:
            raise BadArchive("it breaks off")
        if member.name in seen:
            raise BadArchive("it holds a name twice")
        seen.add(member.name)
        yield member


def bytes_of(file: BinaryIO, member: Member) -> bytes:
    """What stands in one file. Raises BadArchive where something is hidden behind it."""
    file.seek(member.start)
    data = file.read(member.size)
    if file.read(-member.size % BLOCK).strip(b"\0"):
        raise BadArchive("something behind a file")
    return data


def _read_header(header: bytes, start: int) -> Member:
    if len(header) != BLOCK or header[257:265] != _MAGIC:
        raise BadArchive("no header of the right kind")
    if header[156:157] != _REGULAR or header[157:257].strip(b"\0") or header[345:500].strip(b"\0"):
        raise BadArchive("something that is no regular file")
    if _octal(header[148:156]) != sum(header[:148]) + 8 * 0x20 + sum(header[156:]):
        raise BadArchive("a header that was changed")
    name = header[:LONGEST_NAME].rstrip(b"\0")
    try:
        text = name.decode("ascii")
    except UnicodeDecodeError:
        raise BadArchive("a name that a backup never has") from None
    if not fits(text):
        raise BadArchive("a name that a backup never has")
    return Member(text, _octal(header[124:136]), start)


def _octal(field: bytes) -> int:
    digits = field.rstrip(b"\0 ")
    if not digits or not set(digits) <= _NUMBERS:
        raise BadArchive("a number that is none")
    return int(digits, 8)
