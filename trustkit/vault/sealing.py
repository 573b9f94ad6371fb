"""What lies in clear beside a key, sealed file by file. Broken off anywhere, nothing is lost and it can go on."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from trustkit.vault import codec, names, places
from trustkit.vault.coder import BadFile, Coder
from trustkit.vault.folder import Folder

_TRIES: Final = 3
"""How often a draft that is still being written is looked at again."""


def clear_files(folder: Folder) -> Iterator[str]:
    """Paths of entries and drafts in clear, and of the copies that editors and sync programs made of them."""
    for place, name in places.in_word_folders(folder):
        if names.is_in_clear(name) and not names.is_hidden(name):
            yield f"{place}/{name}"


def editors_files(folder: Folder) -> Iterator[str]:
    """Paths of what editors keep for themselves beside an entry in clear, such as vim's `.….toml.swp`.

    It may be half a text and half something else, and in use: nothing that could be sealed in its place.
    """
    for place, name in places.in_word_folders(folder):
        if names.is_in_clear(name) and names.is_hidden(name):
            yield f"{place}/{name}"


def seal_file(coder: Coder, folder: Folder, path: str) -> bool:
    """Whether it was sealed, and is gone. Raises WriteError.

    What stands under its name already is never overwritten, but for an older state of the same draft: a page goes
    beside it as a copy, so that both are shown.
    """
    for _ in range(_TRIES):
        plain = _plain(coder, folder, path)
        if plain is None:
            return False  # gone, or reported where entries are read
        for target in _targets(coder, folder, path):
            with suppress(FileExistsError):  # broken off here last time, or another device was faster
                folder.write_new(target, coder.seal(plain))
            there = _unsealed(coder, folder, target)
            if there != plain.rstrip() and _is_later_draft(coder, folder, path, target):
                folder.replace(target, coder.seal(plain))
                there = _unsealed(coder, folder, target)
            if there == plain.rstrip():
                if _plain(coder, folder, path) != plain:
                    break  # a window that is still open wrote on meanwhile
                folder.remove(path)
                return True
        else:
            return False
    return False


def _targets(coder: Coder, folder: Folder, path: str) -> list[str]:
    """Where it may be sealed to, the best place first. None for a copy that does not hold what it is called after."""
    name = names.read_name(path.rpartition("/")[2])
    ending = names.SEALED.removeprefix(names.OPEN)
    exact = name is not None and name.exact
    if path.startswith(names.DRAFTS):
        return [path + ending] if exact or _reads(coder, folder, path) else []
    if not _reads(coder, folder, path):
        return [path + ending] if exact else []
    return [path + ending, f"{path.removesuffix(names.OPEN)}.clear{names.SEALED}"] if exact else [path + ending]


def _reads(coder: Coder, folder: Folder, path: str) -> bool:
    read = coder.read_draft if path.startswith(names.DRAFTS) else coder.read_entry
    try:
        read(folder, path, names.OPEN)
    except (FileNotFoundError, BadFile):
        return False
    return True


def _is_later_draft(coder: Coder, folder: Folder, path: str, target: str) -> bool:
    """The same writer's draft, further on than the one that is sealed."""
    if not path.startswith(names.DRAFTS) or not path.endswith(names.OPEN):
        return False
    try:
        clear = coder.read_draft(folder, path, names.OPEN)
        sealed = coder.read_draft(folder, target, names.SEALED)
    except (FileNotFoundError, BadFile):
        return False
    return clear.saved >= sealed.saved


def _plain(coder: Coder, folder: Folder, path: str) -> bytes | None:
    try:
        plain = coder.read(folder, path, names.OPEN)
    except (FileNotFoundError, BadFile):
        return None
    return plain if len(plain) <= codec.MAX_PLAIN else None


def _unsealed(coder: Coder, folder: Folder, path: str) -> bytes | None:
    try:
        return coder.read(folder, path, names.SEALED).rstrip()
    except (FileNotFoundError, BadFile):
        return None
