"""Finds and removes everything that trustkit wrote into its folders, and nothing else.

No key is needed: names say what is whose. Key files go first, so that an erasure that is broken off leaves nothing
that can be opened; then words, then what is derived from them. No link is followed, and what is not trustkit's stays
and is named.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from trustkit.model.frozen import frozen
from trustkit.vault import backup, durable, names, places, seen

Kind = Literal["key", "sealed", "clear", "draft", "edited", "index", "content", "settings", "sync", "temporary"]
ORDER: Final[tuple[Kind, ...]] = (
    "key", "sealed", "clear", "draft", "edited", "index", "content", "settings", "sync", "temporary",
)  # fmt: skip
"""What goes before what. `clear` are pages in clear; `edited` is what a reader's own editor was given."""

_OWN_KEY: Final = re.compile(r"key(\.recovery)?(\.(aside-[0-9a-f]{16}|restored(-\d+)?))?\.age")
"""Names that trustkit itself gives to key files. A copy that another program made must also look like an age file."""
_AGE_HEADS: Final = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")
_INDEX: Final = re.compile(rf"[a-z0-9][a-z0-9.-]*\.age|kinds\.json|trash\.json|{seen.FILE}|{backup.LAST}")
_WORDS: Final = re.compile(rf"(?:Copy of )?({names.ENTRIES}|{names.DRAFTS})(?: ?\(.*\)| \d+|~|\.sync-conflict-.*)?")
"""The folders of words, and copies of them that another program made."""
_OURS: Final = ".tk-"
"""What the lock and files being written begin with."""
_DESKTOP: Final = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What a desktop puts into folders it shows. In trustkit's own folders they go with what they are about."""
_HEAD: Final = 256
"""Bytes that are looked at to tell an age file."""


@frozen
class Thing:
    """One file (of the kind `edited`: a folder) that goes."""

    kind: Kind
    path: Path
    root: Path
    """The folder of trustkit's that it lies in. Above it, links are the reader's business."""


@frozen
class Kept:
    """One thing that could not be looked into or removed, and why."""

    path: Path
    reason: str


class Found:
    """What lies in trustkit's folders, gathered folder by folder."""

    def __init__(self) -> None:
        self.things: list[Thing] = []
        self.folders: list[tuple[Path, Path]] = []
        """Folders of trustkit's, each with its root, outer ones first. Those that are empty at the end go."""
        self.others: list[Path] = []
        """What is not trustkit's, and stays."""
        self.unread: list[Kept] = []

    def walk(self, folder: Path, root: Path, judge: Callable[[Path], Kind | None]) -> None:
        """Look at every file below a folder of trustkit's. What `judge` knows no kind for stays."""
        self.folders.append((folder, root))
        for entry in self.listed(folder):
            path = Path(entry.path)
            if _is_folder(entry) and not entry.name.startswith("."):
                self.walk(path, root, judge)
                continue
            kind = judge(path) if entry.is_file(follow_symlinks=False) else None
            self.take(kind, path, root)

    def take(self, kind: Kind | None, path: Path, root: Path) -> None:
        """Note a file that goes, or one that stays."""
        if kind is None:
            self.others.append(path)
        else:
            self.things.append(Thing(kind, path, root))

    def listed(self, folder: Path) -> "list[os.DirEntry[str]]":
        """What lies in a folder, by name; nothing where there is none."""
        try:
            with os.scandir(folder) as listing:
                return sorted(listing, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.unread.append(Kept(folder, _why(error)))
            return []

    @property
    def nothing(self) -> bool:
        """Whether there is nothing of trustkit's, not even an empty folder of a journal."""
        return not self.things and not self.folders and not self.unread


def search_data(found: Found, data: Path, elsewhere: Iterable[Path]) -> None:
    """Gather what lies in the data folder.

    Args:
        found: Where it is gathered.
        data: The data folder. It need not be there.
        elsewhere: Folders and files in it that are gathered by somebody else.
    """
    passed = set(elsewhere)
    for entry in found.listed(data):
        path = Path(entry.path)
        if path in passed:
            continue
        words = _WORDS.fullmatch(entry.name)
        if words and _is_folder(entry):
            found.walk(path, data, _draft if words[1] == names.DRAFTS else _entry)
        else:
            found.take(_at_top(path) if entry.is_file(follow_symlinks=False) else None, path, data)


def search_cache(found: Found, cache: Path) -> None:
    """Gather what lies in the cache folder: the index, and what this device remembers."""
    for entry in found.listed(cache):
        path = Path(entry.path)
        if entry.name == "index" and _is_folder(entry):
            found.walk(path, cache, _index)
        elif entry.name in _DESKTOP or entry.name.startswith(_OURS):
            found.take("temporary" if entry.is_file(follow_symlinks=False) else None, path, cache)
        else:
            found.take(None, path, cache)


def is_temporary(name: str) -> bool:
    """The lock, or a file being written when trustkit was killed."""
    return name.startswith(_OURS)


def _entry(path: Path) -> Kind | None:
    read = names.read_name(path.name)
    if read is not None:
        return "clear" if read.suffix == names.OPEN else "sealed"
    return "temporary" if is_temporary(path.name) or path.name in _DESKTOP else None


def _draft(path: Path) -> Kind | None:
    kind = _entry(path)
    return "draft" if kind in ("sealed", "clear") else kind


def _index(path: Path) -> Kind | None:
    if _INDEX.fullmatch(path.name):
        return "index"
    return "temporary" if is_temporary(path.name) or path.name in _DESKTOP else None


def _at_top(path: Path) -> Kind | None:
    name = path.name
    if _OWN_KEY.fullmatch(name) or ((names.is_key(name) or names.is_recovery_copy(name)) and _looks_like_age(path)):
        return "key"
    if name in places.SYNC_FILES:
        return "sync" if places.is_as_written(name, _head(path, 4096)) else None
    if is_temporary(name):
        return "temporary"
    return None if names.is_hidden(name) or names.read_name(name) is None else _entry(path)


def _looks_like_age(path: Path) -> bool:
    return _head(path, _HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_AGE_HEADS)


def _head(path: Path, limit: int) -> bytes:
    """The first bytes of a file, or nothing where it can't be read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return b""
    try:
        return os.read(handle, limit)
    except OSError:
        return b""
    finally:
        os.close(handle)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """A folder and no link; a junction of Windows leads out as a link does."""
    return entry.is_dir(follow_symlinks=False) and not getattr(entry, "is_junction", bool)()


# Removing


def remove(things: Iterable[Thing], layer: durable.Layer | None = None) -> list[Kept]:
    """Remove files, those of one folder after the other, and make that last. Goes on where one can't be removed."""
    layer = layer or durable.Layer()
    kept: list[Kept] = []
    for folder, members in _by_folder(things):
        if _leads_out(folder, members[0].root):
            kept += (Kept(thing.path, "a link stands where its folder was") for thing in members)
            continue
        for thing in members:
            try:
                layer.unlink(thing.path)
            except FileNotFoundError:
                continue  # another run was quicker
            except OSError as error:
                kept.append(Kept(thing.path, _why(error)))
        try:
            layer.sync_folder(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            kept.append(Kept(folder, _why(error)))
    return kept


def remove_empty(folders: Iterable[tuple[Path, Path]]) -> None:
    """Remove those of these folders that are empty, inner ones before outer ones."""
    for folder, root in sorted(set(folders), key=lambda pair: len(pair[0].parts), reverse=True):
        if folder == root or not _leads_out(folder, root):
            try:
                os.rmdir(folder)  # noqa: PTH106 - refuses a folder with something in it, and a link
            except OSError:
                continue


def _by_folder(things: Iterable[Thing]) -> Iterator[tuple[Path, list[Thing]]]:
    """The things in the order of their kinds, those of one kind and folder together."""
    groups: dict[tuple[int, Path], list[Thing]] = {}
    for thing in things:
        groups.setdefault((ORDER.index(thing.kind), thing.path.parent), []).append(thing)
    for (_, folder), members in sorted(groups.items(), key=lambda group: group[0][0]):
        yield folder, members


def _leads_out(folder: Path, root: Path) -> bool:
    """Whether a link was put between a root and a folder below it since they were looked at."""
    return Path(os.path.realpath(folder)) != Path(os.path.realpath(root)) / folder.relative_to(root)


def _why(error: OSError) -> str:
    return (error.strerror or "the system refuses").lower()
