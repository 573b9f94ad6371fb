"""What lies where in a data folder, judged by names alone. What is on disk decides how a vault is opened."""

from collections.abc import Iterator
from typing import Final, Literal

from trustkit.errors import ReadError, WriteError
from trustkit.vault import names, sentences
from trustkit.vault.folder import Folder

State = Literal["none", "sealed", "open", "mixed", "keyless"]

_IGNORED: Final = ("/drafts/", "/cache/", "/config/", "/settings.toml", ".tk-*")
"""The settings lie among the words on macOS and Windows."""
_ATTRIBUTES: Final = "* -text -eol -ident -filter -working-tree-encoding\n"
"""No line end, keyword or encoding is ever changed by git: one byte more and a sealed file does not open."""
SYNC_FILES: Final = {
    ".gitignore": "".join(f"{pattern}\n" for pattern in _IGNORED),
    ".stignore": "".join(f"{pattern}\n" for pattern in _IGNORED),
    ".gitattributes": _ATTRIBUTES,
}


def month_folders(folder: Folder) -> list[str]:
    """Paths of every month's folder."""
    found: list[str] = []
    for year in filter(names.is_year, folder.names(names.ENTRIES)):
        path = f"{names.ENTRIES}/{year}"
        found += (f"{path}/{month}" for month in folder.names(path) if names.is_month(month))
    return sorted(found)


def in_word_folders(folder: Folder) -> Iterator[tuple[str, str]]:
    """Whatever lies among drafts and entries, whosoever it is: each folder's path with a name in it."""
    for place in [names.DRAFTS, *month_folders(folder)]:
        for name in sorted(folder.names(place)):
            yield place, name


def files(folder: Folder, suffix: str) -> Iterator[str]:
    """Paths of every entry and draft with this suffix that bears a name of its own; copies are left out."""
    for place, name in in_word_folders(folder):
        read = names.read_name(name)
        if read is not None and read.exact and read.suffix == suffix:
            yield f"{place}/{name}"


def has_key(folder: Folder) -> bool:
    """`key.age` or a copy of it is there. The cheapest answer to whether this vault is sealed."""
    return any(map(names.is_key, folder.names("")))


def inspect(folder: Folder) -> State:
    """What kind of vault this is.

    `none`: nothing. `sealed`: a key. `open`: entries in clear, or a new folder for them, and no key. `mixed`: a key,
    and some entries in clear. `keyless`: sealed entries or a recovery file, and no key.
    """
    if has_key(folder):
        return "mixed" if any(True for _ in files(folder, names.OPEN)) else "sealed"
    top = folder.names("")
    if names.RECOVERY in top or any(True for _ in files(folder, names.SEALED)):
        return "keyless"
    return "open" if names.ENTRIES in top and not _is_unfinished(folder, top) else "none"


def _is_unfinished(folder: Folder, top: list[str]) -> bool:
    """Whether this is what a restore leaves that is broken off before its first file: folders, and nothing in them.

    Words would be kept in clear there. A new open journal has no month yet, and a restore writes ignore files last.
    """
    if any(map(names.is_year, folder.names(names.ENTRIES))):
        return holds_no_file(folder)
    return not SYNC_FILES.keys() & set(top) and holds_no_file(folder)


def holds_no_file(folder: Folder) -> bool:
    """Whether there are only the folders of a journal, and not one file in them."""
    return all(names.is_hidden(name) for _, name in in_word_folders(folder))


def kept_as(folder: Folder) -> Literal["sealed", "open", "nothing"]:
    """How words are kept here, told as cheaply as can be: of a sealed vault only the top folder is listed.

    Raises ReadError: there are sealed entries and no key.
    """
    if has_key(folder):
        return "sealed"
    match inspect(folder):
        case "none":
            return "nothing"
        case "keyless":
            raise ReadError(*sentences.KEYLESS)
    return "open"


def write_sync_files(folder: Folder) -> None:
    """Tell git and Syncthing what stays on this device, and git to change no byte. A reader's own files are kept."""
    present = folder.names("")
    for name, text in SYNC_FILES.items():
        if name in present:
            continue
        try:
            folder.write_new(name, text.encode())
        except (FileExistsError, WriteError):
            continue  # theirs, or a folder that can only be read: no reason not to open it


def is_as_written(name: str, text: bytes) -> bool:
    """Whether one of the sync files says only what trustkit, of whatever version, wrote into it."""
    return set(text.decode(errors="replace").split("\n")) <= {*SYNC_FILES[name].split("\n"), ""}


def tidy(folder: Folder, cache: Folder) -> bool:
    """Sweep half-written files and tighten what stands at the top. Whether anything had been open to others.

    The data folder, too: `git clone` makes one that others may look into, and leaves its own copies in there.
    """
    tightened = folder.is_loose() and folder.tighten("")
    for place in (folder, cache):
        try:
            things = place.scan("")
        except ReadError:
            continue
        place.sweep("", things)
        for thing in things:
            if thing.loose and (_is_ours(thing.name) or place is cache) and (thing.is_file or thing.is_folder):
                tightened = place.tighten(thing.name) or tightened
    return tightened


def _is_ours(name: str) -> bool:
    return name in (names.RECOVERY, names.ENTRIES, names.DRAFTS) or names.is_key(name) or names.is_recovery_copy(name)
