"""Files outside a journal, in clear, that a reader asked for: what an export writes and what an import reads.

Written with the care of everything that is written: for its owner alone, whole or not at all, and never over anything.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from trustkit.errors import NotFound, ReadError, UsageError, WriteError
from trustkit.vault import durable, sentences

LARGEST: Final = 256 * 1024 * 1024
"""Bytes of one file that an import reads: a whole journal of ten thousand pages is some 10 MiB."""
MOST: Final = 100_000
"""Files of one folder that an import reads."""

INSIDE: Final = ("That place is inside the journal's own folder.", "Name one outside it: these files are not sealed.")
TAKEN: Final = ("Something is there already, and nothing is ever overwritten.", "Choose another name.")
NOT_THERE: Final = ("There is nothing by that name.", "Look at how it is spelt, and where you are.")
NOT_TO_READ: Final = ("That can't be read.", "It has to be a file or a folder that you may read, and no link.")
TOO_LARGE: Final = ("That file is too large to bring in at once.", "Split it into smaller ones.")


def write_file(target: Path, parts: Iterable[bytes], *, keep_out_of: Path | None = None) -> None:
    """Write one new file, 0600; folders above it that are missing are made, 0700.

    Args:
        parts: What it is to hold, as it comes. Should one of them fail to come, nothing is left.
        keep_out_of: A folder it must not lie in.

    Raises:
        WriteError: Something has that name, or it could not be written; nothing is left.
        UsageError: It would lie in a folder that it must not lie in.
    """
    if keep_out_of is not None and is_inside(target, keep_out_of):
        raise UsageError(*INSIDE)
    layer = durable.Layer()
    try:
        if not target.parent.is_dir():
            durable.make_folders(layer, target.parent)
        durable.write_new(layer, target, parts)
    except FileExistsError:
        raise WriteError(*TAKEN) from None
    except OSError as error:
        raise WriteError(*sentences.cannot_write(error)) from error


def write_folder(target: Path, files: Iterable[tuple[str, bytes]], *, keep_out_of: Path | None = None) -> int:
    """Write files into a folder that is new or empty. If one fails or does not come, all are taken away again.

    Returns:
        How many were written.

    Raises:
        WriteError, UsageError: As `write_file`.
    """
    if keep_out_of is not None and is_inside(target, keep_out_of):
        raise UsageError(*INSIDE)
    layer = durable.Layer()
    written: list[Path] = []
    try:
        was_there = os.path.lexists(target)
        if was_there and (target.is_symlink() or not target.is_dir() or any(target.iterdir())):
            raise WriteError(*TAKEN)
        durable.make_folders(layer, target)
        for name, data in files:
            durable.write_new(layer, target / name, data)
            written.append(target / name)
    except BaseException as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        with suppress(OSError):
            target.rmdir()
        if isinstance(error, FileExistsError):
            raise WriteError(*TAKEN) from None
        if isinstance(error, OSError):
            raise WriteError(*sentences.cannot_write(error)) from error
        raise
    return len(written)


def is_inside(target: Path, folder: Path) -> bool:
    """Whether a file would lie in a folder or below it, through links and other spellings as well."""
    with suppress(OSError, RuntimeError):
        place = target.expanduser().absolute().resolve()
        return place.is_relative_to(folder.resolve()) or any(_same(above, folder) for above in place.parents)
    return False


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder, as the disk sees it: some know no capitals."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def read_all(source: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes | None, datetime]]:
    """The files of a folder and of those below it, or one file: name, bytes and when it was last changed, in UTC.

    Names are relative to the folder. Bytes are None for a file of a folder that ends in none of `endings` or can't be
    read. Hidden ones and links are passed over.

    Raises:
        NotFound: Nothing is there.
        ReadError: It is neither a file nor a folder, can't be read or is far too large.
    """
    try:
        if source.is_dir():
            yield from _folder(source, endings)
            return
        data = durable.read(source, LARGEST)
        yield source.name, data, _changed(source)
    except FileNotFoundError:
        raise NotFound(*NOT_THERE) from None
    except durable.TooBig:
        raise ReadError(*TOO_LARGE) from None
    except (OSError, durable.NotRegular):
        raise ReadError(*NOT_TO_READ) from None


def _folder(source: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes | None, datetime]]:
    found: list[Path] = []
    for folder, below, files in os.walk(source):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += (Path(folder, name) for name in sorted(files) if not name.startswith("."))
        if len(found) > MOST:
            raise ReadError(*TOO_LARGE)
    for path in found:
        data: bytes | None = None
        if path.name.casefold().endswith(endings):
            with suppress(OSError, durable.NotRegular, durable.TooBig):
                data = durable.read(path, LARGEST)
        yield path.relative_to(source).as_posix(), data, _changed(path)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
