"""Finding and reading the files of a content folder: bounded, never out of the folder, never anything but files.

Names that begin with `_` or `.` are a writer's own and are passed over.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from trustkit.library.schema import Kind
from trustkit.library.shape import TAG
from trustkit.library.slip import Finding, Slip, nearest, quoted, shown
from trustkit.library.syntax import LARGEST, BrokenError, decode
from trustkit.model.frozen import frozen

MOST_FILES: Final = 1000
"""Files read from one folder; the shelf holds 21 guides and some 70 exercises."""

MOST_TOGETHER: Final = 8 * 1024 * 1024
"""Bytes read from one folder of a reader's own: some 250 guides. Each MiB may take a third of a second."""

SINGLE: Final[dict[str, Kind]] = {
    "pack.toml": "pack",
    "gates.toml": "gates",
    "shelves.toml": "shelves",
    "practice.toml": "practice",
}
"""The files that lie in the folder of a language."""

FOLDERS: Final[dict[str, Kind]] = {"guides": "guide", "exercises": "exercise", "signs": "signs"}
"""The folders there, one file a thing."""

FOLDER_OF: Final[dict[Kind, str]] = {kind: folder for folder, kind in FOLDERS.items()}
NAME_OF: Final[dict[Kind, str]] = {kind: name for name, kind in SINGLE.items()}


@frozen
class Place:
    """Where one file lies, and what it is by its place."""

    path: Path
    kind: Kind
    language: str = ""
    """Empty for sources and helplines, which serve every language."""
    by_reader: bool = False

    @property
    def name(self) -> str:
        """The path as it is shown; harmless even when the file's name is not."""
        return shown(self.path, 4096)

    @property
    def stem(self) -> str:
        return self.path.name.removesuffix(".toml")

    def read(self) -> str:
        """The text of the file.

        Raises:
            BrokenError: It is missing, unreadable, no regular file, larger than `LARGEST`, empty, or not UTF-8.
        """
        return decode(self._bytes())

    def _bytes(self) -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(self.path, flags)  # not to hang on a pipe that was put here
            try:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise BrokenError(Finding((), "E02", "not a file", expected="a text file", line=1))
                with os.fdopen(handle, "rb", closefd=False) as file:
                    data = file.read(LARGEST + 1)
            finally:
                os.close(handle)
        except OSError as error:
            reason = error.strerror or "no reason given"
            raise BrokenError(Finding((), "E02", "can't be read", reason, "a text file", line=1)) from None
        if len(data) > LARGEST:
            limit = f"at most {LARGEST // 1024} KiB"
            raise BrokenError(Finding((), "E02", "too large", f"more than {LARGEST // 1024} KiB", limit, line=1))
        return data


@frozen
class Stray:
    """Something in the folder that is not read, and why."""

    path: Path
    finding: Finding

    @property
    def slip(self) -> Slip:
        f = self.finding
        return Slip(shown(self.path, 4096), f.line or 1, "", f.code, f.what, f.found, f.expected, f.nearest)


class Folder:
    """One content folder: the shipped one, or a reader's own."""

    def __init__(self, root: Path, *, by_reader: bool = False) -> None:
        self.root = root
        self.by_reader = by_reader
        self.strays: list[Stray] = []
        """Links that lead out, and whatever `unknown` found."""

    def languages(self) -> list[str]:
        """The languages there is a folder for, `en` first."""
        names = [e.name for e in self._entries(self.root, folders=True) if TAG.fullmatch(e.name)]
        return sorted(names, key=lambda name: (name != "en", name))

    def single(self, kind: Kind, language: str) -> Place | None:
        """One of the files that lie in the folder of a language."""
        return self._place(self.root / language / NAME_OF[kind], kind, language)

    def sources(self) -> Place | None:
        return self._place(self.root / "sources.toml", "sources")

    def helplines(self) -> list[Place]:
        return self._all(self.root / "helplines", "helplines", "")

    def things(self, kind: Kind, language: str) -> list[Place]:
        """Every guide, exercise or sign list of a language, by name."""
        return self._all(self.root / language / FOLDER_OF[kind], kind, language)

    def everything(self) -> Iterator[Place]:
        """Every file that is read, in any language."""
        single = [self.sources(), *self.helplines()]
        for language in self.languages():
            single += [self.single(kind, language) for kind in SINGLE.values()]
            for kind in FOLDERS.values():
                single += self.things(kind, language)
        return (place for place in single if place is not None)

    def unknown(self) -> None:
        """Note every file of content, and every folder, that is not read: nearly always a slip in its name."""
        languages = self.languages()
        places = [self.root, self.root / "helplines"]
        for language in languages:
            places += (self.root / language, *(self.root / language / folder for folder in FOLDERS))
        for place in places:
            self._note_unread(place)
            if place.name in (*FOLDERS, "helplines"):
                for entry in self._entries(place, folders=True):
                    self._stray(Path(entry.path), "a folder that is not read", (f"{place.name}/",))
        for entry in self._entries(self.root, folders=True):
            if entry.name != "helplines" and entry.name not in languages:
                self._stray(Path(entry.path), "unknown folder", ("helplines", *languages))
        for entry in self._entries(self.root, folders=False):
            if entry.name != "sources.toml":
                self._stray(Path(entry.path), "unknown file", ("sources.toml",))
        for language in languages:
            for entry in self._entries(self.root / language, folders=True):
                if entry.name not in FOLDERS:
                    self._stray(Path(entry.path), "unknown folder", tuple(FOLDERS))
            for entry in self._entries(self.root / language, folders=False):
                if entry.name not in SINGLE:
                    self._stray(Path(entry.path), "unknown file", tuple(SINGLE))

    def _note_unread(self, folder: Path) -> None:
        """Files that hold content, or were meant to, under a name that does not end in `.toml`."""
        for entry in self._entries(folder, folders=False, unread=True):
            path = Path(entry.path)
            if ".toml" in entry.name.casefold() or _kind_by_text(path) is not None:
                expected = "a name that ends in .toml, in small letters"
                finding = Finding((), "E04", "a file that is not read", quoted(path.name), expected, line=1)
                self.strays.append(Stray(path, finding))

    def _stray(self, path: Path, what: str, known: tuple[str, ...]) -> None:
        expected = "one of: " + ", ".join(known)
        finding = Finding((), "E04", what, quoted(path.name), expected, nearest(path.name, known), line=1)
        self.strays.append(Stray(path, finding))

    def _place(self, path: Path, kind: Kind, language: str = "") -> Place | None:
        if not path.is_symlink() and not path.is_file():
            return None
        return Place(path, kind, language, self.by_reader) if self._inside(path) else None

    def _all(self, folder: Path, kind: Kind, language: str) -> list[Place]:
        entries = self._entries(folder, folders=False)
        if len(entries) > MOST_FILES:
            finding = Finding((), "E12", "too many files", str(len(entries)), f"at most {MOST_FILES}", line=1)
            self._refuse(folder, finding)
        entries = entries[: self._how_many(folder, entries) if self.by_reader else MOST_FILES]
        return [Place(Path(e.path), kind, language, self.by_reader) for e in entries]

    def _how_many(self, folder: Path, entries: list[os.DirEntry[str]]) -> int:
        """How many of the first files of a folder are read."""
        size = 0
        for at, entry in enumerate(entries[:MOST_FILES]):
            with suppress(OSError):  # a link to itself: said when it is read
                size += min(entry.stat().st_size, LARGEST)
            if size > MOST_TOGETHER:
                limit = f"at most {MOST_TOGETHER // 1024} KiB together"
                self._refuse(folder, Finding((), "E12", "too large", "more than that in all its files", limit, line=1))
                return at
        return MOST_FILES

    def _entries(self, folder: Path, *, folders: bool, unread: bool = False) -> list[os.DirEntry[str]]:
        """What lies in a folder, by name: its folders, its `.toml` files, or with `unread` its other files.

        Copies that an editor leaves (`….toml~`) are nobody's content.
        """
        if folder != self.root and not self._inside(folder):
            return []
        try:
            with os.scandir(folder) as found:
                named = [e for e in found if e.name[0] not in "_." and not e.name.endswith("~")]
                entries = [e for e in named if folders or e.name.endswith(".toml") != unread]
                kept = [e for e in entries if _is_folder(e) == folders]
        except OSError:
            return []
        inside = [e for e in kept if not e.is_symlink() or self._inside(Path(e.path))]
        return sorted(inside, key=lambda e: e.name)

    def _inside(self, path: Path) -> bool:
        """Whether a path stays in this folder, links followed; one that leads out is noted and never opened."""
        below = [path, *path.parents[: len(path.relative_to(self.root).parts) - 1]]
        if not any(part.is_symlink() for part in below):
            return True
        try:
            if path.resolve(strict=True).is_relative_to(self.root.resolve()):
                return True
            found = "a link that leads out of the folder"
        except (OSError, RuntimeError):  # RuntimeError: a link to itself
            found = "a link that leads nowhere"
        self._refuse(path, Finding((), "E02", "can't be read", found, "a file in the folder itself", line=1))
        return False

    def _refuse(self, path: Path, finding: Finding) -> None:
        stray = Stray(path, finding)
        if stray not in self.strays:
            self.strays.append(stray)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


_BEGINS: Final = re.compile(
    r"^[ \t]*\[\[?[ \t]*(guide|exercise|signs|gate|pack|shelf|group|need|helpline|source)\b", re.M
)
_KIND_OF: Final[dict[str, Kind]] = {
    "guide": "guide",
    "exercise": "exercise",
    "signs": "signs",
    "gate": "gates",
    "pack": "pack",
    "shelf": "shelves",
    "group": "practice",
    "need": "practice",
    "helpline": "helplines",
    "source": "sources",
}


def place_of(path: Path) -> tuple[Place | None, Path | None]:
    """What a file is, by where it lies, else by its first table; and the content folder it lies in, if it does."""
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 - links are to be kept
    if folder.name in FOLDERS and TAG.fullmatch(folder.parent.name):
        return Place(path, FOLDERS[folder.name], folder.parent.name), folder.parent.parent
    if path.name in SINGLE and TAG.fullmatch(folder.name):
        return Place(path, SINGLE[path.name], folder.name), folder.parent
    if folder.name == "helplines":
        return Place(path, "helplines"), folder.parent
    if path.name == "sources.toml":
        return Place(path, "sources"), folder
    kind = _kind_by_text(path)
    return (Place(path, kind, "en"), None) if kind else (None, None)


def _kind_by_text(path: Path) -> Kind | None:
    """What a file holds, by its first table; None where it can't be read or begins with none of ours."""
    try:
        begins = _BEGINS.search(Place(path, "guide").read())
    except BrokenError:
        return None
    return _KIND_OF[begins[1]] if begins else None
