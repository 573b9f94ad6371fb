"""Small files made to cost much, for every format that trustkit reads. Run as a program, it reads each and says how.

It runs under a limit of memory, so that a shape that costs gigabytes is a failure and not a slow machine.
"""

import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

SIZE: Final = 32 * 1024
"""Bytes of each, roughly."""
ROOM: Final = 256 * 1024 * 1024
"""Bytes of memory that reading may add."""

HEAD: Final = (
    f'format = 1\nid = "{"a" * 26}"\nrev = "{"b" * 10}"\nparents = []\nkind = "note"\n'
    'created = 2026-11-22T02:14:09Z\nsaved = 2026-11-22T02:14:09Z\ntext = "x"\n'
)


def of(piece: str, *, size: int = SIZE) -> str:
    return piece * (size // len(piece))


TOML: Final = {
    "a dotted key": of("a.") + "a = 1",
    "a dotted key with spaces": of("a . ") + "a = 1",
    "a dotted key in quotes": of('"a".') + "a = 1",
    "a dotted key in other quotes": of("'a'.") + "a = 1",
    "a dotted header": "[" + of("a.") + "a]",
    "a dotted header of a list": "[[" + of("a.") + "a]]",
    "a dotted key in braces": "x = {" + of("a.") + "a = 1}",
    "a dotted key behind a long text": 'x = """' + of("a.") + '"""\n' + of("a.") + "a = 1",
    "many dotted keys": "".join(f"k{i}.{'a.' * 30}a = 1\n" for i in range(SIZE // 70)),
    "many dotted headers": "".join(f"[k{i}.{'a.' * 30}a]\n" for i in range(SIZE // 70)),
    "many headers": "".join(f"[k{i}]\n" for i in range(SIZE // 9)),
    "lists in lists": "x = " + of("["),
    "closed lists in lists": "x = " + of("[", size=SIZE // 2) + of("]", size=SIZE // 2),
    "lists in lists on lines": "x = " + of("[\n"),
    "tables in tables": "x = " + of("{a="),
    "tables in lists": "x = " + of("[{a="),
    "a list of tables": of("[[a]]\n"),
    "a list of numbers": "x = [" + of("1,") + "]",
    "a list of empty tables": "x = [" + of("{},") + "]",
    "a list of empty texts": "x = [" + of('"",') + "]",
    "a long number": "x = " + of("9"),
    "a long hexadecimal number": "x = 0x" + of("f"),
    "a long fraction": "x = 1." + of("1"),
    "quotes": "x = " + of('"'),
    "apostrophes": "x = " + of("'"),
    "quotes in a long text": 'x = """' + of('""\\"') + '"""',
    "apostrophes in a long text": "x = '''" + of("a''") + "'''",
    "escapes": 'x = "' + of("\\n") + '"',
    "backslashes without an end": 'x = "' + of("\\"),
    "a text without an end": 'x = """' + of("a"),
    "lines": of("\n"),
    "comments": of("#\n"),
    "one comment": "#" + of("[.{"),
    "spaces": of(" "),
    "spaces round a key": "a" + of(" ") + "=" + of(" "),
    "a key without an end": of("a"),
}
JSON: Final = {
    "lists in lists": of("["),
    "closed lists in lists": of("[", size=SIZE // 2) + of("]", size=SIZE // 2),
    "tables in tables": of('{"a":'),
    "a list of empty tables": "[" + of("{},") + "{}]",
    "a long number": of("9"),
    "a number with a long exponent": "1e" + of("9"),
    "quotes": of('"'),
    "backslashes": '"' + of("\\"),
    "spaces": of(" "),
    "an entry with a long date": json.dumps({"entries": [{"date": "2026-01-01 10:00" + of(" ") + "x", "title": "a"}]}),
    "an entry that is deep": '{"format": 1, "entries": [' + "[" * 900 + "]" * 900 + "]}",
}
TEXT: Final = {
    "a date with many spaces": "[2026-11-22 10:00" + of(" ") + "x] a",
    "a head with a long date": "---\ndate: 2026-11-22 10:00" + of(" ") + "x\n---\na",
    "dates": of("[2026-11-22 10:00] a\n\n"),
    "brackets": of("["),
    "a head without an end": "---\n" + of("a: [\n"),
    "tags": "[2026-11-22 10:00] a " + of("@a "),
    "an own head that is deep": "---\ntrustkit: 1\ntags: " + of("[") + "\n---\na",
}
AGE: Final = {
    "stanzas": of("-> a\n\n"),
    "arguments": "-> " + of("a ") + "a\n\n",
    "an argument": "-> " + of("a") + "\n\n",
    "a body": "-> a\n" + of("A" * 64 + "\n"),
    "a line without an end": of("-"),
}


def read_toml(text: str) -> None:
    from trustkit.library.syntax import BrokenError, parse
    from trustkit.vault import codec

    for read in (codec.decode, codec.decode_draft):
        with suppress(codec.Malformed):
            read((HEAD + text).encode())
    with suppress(BrokenError):
        parse("format = 1\n" + text)


def read_settings(text: str) -> None:
    from trustkit import settings

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "settings.toml")
        path.write_text(text)
        settings.load(path)


def read_import(text: str) -> None:
    from trustkit.model import importing

    now = datetime(2026, 11, 22, tzinfo=UTC)
    for name in ("a.json", "a.md", "a.txt"):
        importing.read(name, text.encode(), now, lambda moment: moment.replace(tzinfo=UTC))


def read_index(text: str) -> None:
    from trustkit.vault.segment import Segment, Unfit, read_bodies

    for read in (
        lambda: Segment("2026/11", text.encode()),
        lambda: Segment("2026/11", f"{{}}\n[]\n{text}".encode()).rows(),
        lambda: read_bodies("2026/11", text.encode()),
    ):
        with suppress(Unfit):
            read()


def read_age(text: str) -> None:
    from trustkit.vault import age, age_text, wrapping

    data = age_text.VERSION_LINE + text.encode()
    armor = b"-----BEGIN AGE ENCRYPTED FILE-----\n" + text.encode()
    for read in (age_text.read_header, age.wants_passphrase, lambda data: age.decrypt(data, [])):
        with suppress(age.AgeError):
            read(data)
    with suppress(age.AgeError):
        wrapping.bare(armor)


def read_backup(text: str) -> None:
    from trustkit.vault import backup, tarball

    name = f"entries/2026/11/{'a' * 26}.{'b' * 10}.toml.age"
    headers = next(tarball.framed(name, b"", 0))
    sums = next(tarball.framed(backup.SUMS, b"", 0))
    large = bytearray(sums)
    large[124:136] = b"77777777777\0"
    large[148:156] = b"%06o\0 " % (sum(large[:148]) + 8 * 0x20 + sum(large[156:]))
    for data in (text.encode(), headers * 256, headers + sums * 256, bytes(large), headers + bytes(large)):
        with suppress(tarball.BadArchive):
            backup.sums_of(io.BytesIO(data))


TABLE: Final[tuple[tuple[str, Callable[[str], None], dict[str, str]], ...]] = (
    ("entry, draft and content", read_toml, TOML),
    ("settings", read_settings, TOML),
    ("import", read_import, JSON | TEXT),
    ("index", read_index, JSON),
    ("age", read_age, AGE),
    ("backup", read_backup, {"a member": of("a"), "nothing": ""}),
)


def main() -> None:
    import resource

    for _, read, _ in TABLE:
        read("")  # what has to be imported is no part of the measure
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    if pages:
        most = pages * resource.getpagesize() + ROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for form, read, shapes in TABLE:
        for shape, text in shapes.items():
            said = ""
            begun = time.process_time()
            try:
                read(text)
            except BaseException as error:
                said = type(error).__name__
            print(json.dumps([form, shape, len(text) / 1024, time.process_time() - begun, said]), flush=True)


if __name__ == "__main__":
    main()
    sys.exit(0)
