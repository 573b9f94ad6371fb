"""A file that is no backup, or that somebody made to do harm, is refused whole before a byte is written."""

import io
import tarfile

import pytest
from backups import merge, new_place, restore, write
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit.errors import ReadError
from trustkit.model.entry import Note
from trustkit.vault import (
    backup,
    names,
    tarball,
)


def archive(*files: tuple[str, bytes], sums: bytes | None = None, **about: object) -> bytes:
    """An archive that says of itself that it is whole."""
    import hashlib

    listed = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files).encode()
    parts = [part for name, data in files for part in tarball.framed(name, data, 0)]
    parts += [*tarball.framed(backup.SUMS, listed if sums is None else sums, 0), tarball.END]
    return b"".join(parts)


def with_tarfile(
    kind: bytes, name: str = "key.age", link: str = "/etc/passwd", form: int = tarfile.USTAR_FORMAT
) -> bytes:
    """A member of another kind, as the library writes it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as tar:
        about = tarfile.TarInfo(name)
        about.type, about.linkname = kind, "/etc/passwd"
        tar.addfile(about, io.BytesIO(b""))
    return out.getvalue()


NAME = names.file_of("a" * 26, "b" * 10, ".toml.age")
HOSTILE = {
    "empty": b"",
    "not an archive": b"dear diary" * 1000,
    "no checksums": b"".join([*tarball.framed("key.age", b"x", 0), tarball.END]),
    "wrong checksums": archive(("key.age", b"x"), sums=b"0" * 64 + b"  key.age\n"),
    "up and away": archive(("../key.age", b"x")),
    "up and away, deep": archive((f"entries/2026/11/../../../../{NAME}", b"x")),
    "from the root": archive(("/etc/passwd", b"x")),
    "a settings file": archive(("config/settings.toml", b"x")),
    "content": archive(("content/en/pack.toml", b"x")),
    "in clear": archive((f"entries/2026/11/{NAME.removesuffix('.age')}", b"x")),
    "hidden": archive((f"entries/2026/11/.{NAME}", b"x")),
    "a month that is none": archive((f"entries/2026/13/{NAME}", b"x")),
    "backslashes": archive((f"entries/2026/11/..\\..\\{NAME}", b"x")),
    "backslashes in a key's name": archive((r"key\..\..\..\Startup\x.age.bat", b"x")),
    "another drive": archive((r"C:\Users\a\Startup\x key.age.bat", b"x")),
    "another drive, from where it stands": archive(("C:x key.age.bat", b"x")),
    "a hidden stream": archive(("key.age:stream", b"x")),
    "a hidden stream of an entry": archive((f"entries/2026/11/{NAME}:stream", b"x")),
    "a draft on another drive": archive((f"drafts/C:{NAME}", b"x")),
    "a name twice": archive(("key.age", b"x"), ("key.age", b"y")),
    "two checksum files": archive(("key.age", b"x"), (backup.SUMS, b"y")),
    "a link": with_tarfile(tarfile.SYMTYPE),
    "a hard link": with_tarfile(tarfile.LNKTYPE),
    "a device": with_tarfile(tarfile.CHRTYPE),
    "a pipe": with_tarfile(tarfile.FIFOTYPE),
    "a folder": with_tarfile(tarfile.DIRTYPE, "entries"),
    "a sparse file": with_tarfile(tarfile.GNUTYPE_SPARSE),
    "a long name": with_tarfile(tarfile.REGTYPE, "x" * 150, form=tarfile.GNU_FORMAT),
    "extended headers": with_tarfile(tarfile.REGTYPE, "ü" * 150, form=tarfile.PAX_FORMAT),
    "something behind": archive(("key.age", b"x")) + b"\0" * 512,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_archive_is_refused_whole_and_nothing_is_written(bench, sealed, file, data: bytes) -> None:
    file.write_bytes(data)
    sealed.close()
    new = new_place(bench)
    before = {path: path.read_bytes() for path in bench.data.rglob("*") if path.is_file()}
    with pytest.raises(ReadError, match="not a whole backup"):
        restore(new, file)
    with pytest.raises(ReadError, match="not a whole backup"):
        merge(bench, file)
    assert not new.data.exists()
    assert {path: path.read_bytes() for path in bench.data.rglob("*") if path.is_file()} == before


def test_a_file_that_says_it_is_huge_is_not_believed(bench, file) -> None:
    header = bytearray(b"".join(tarball.framed("key.age", b"", 0))[:512])
    header[124:136] = b"77777777777\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    file.write_bytes(bytes(header) + bytes(2048))
    with pytest.raises(ReadError, match="not a whole backup"):
        restore(new_place(bench), file)


def test_a_backup_cut_anywhere_or_changed_anywhere_is_refused(bench, sealed, file) -> None:
    sealed.add(Note("words"))
    write(bench, file)
    whole = file.read_bytes()
    spoilt = [whole[:length] for length in range(0, len(whole), 509)]
    spoilt += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 101)]
    for data in spoilt:
        file.write_bytes(data)
        with pytest.raises(ReadError, match="not a whole backup"):
            restore(new_place(bench), file)
    assert not new_place(bench).data.exists()


@settings(max_examples=150)
@given(data=st.binary(max_size=3000))
def test_random_bytes_are_refused_and_nothing_worse(data: bytes) -> None:
    with pytest.raises(tarball.BadArchive):
        backup.sums_of(io.BytesIO(data))


@pytest.mark.parametrize("there", ["nothing", "a folder", "a link to nowhere"])
def test_where_there_is_no_backup_it_says_so(bench, file, there: str) -> None:
    if there == "a folder":
        file.mkdir()
    elif there == "a link to nowhere":
        file.symlink_to("nowhere")
    with pytest.raises(ReadError, match="backup can't be read"):
        restore(new_place(bench), file)
