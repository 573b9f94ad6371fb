"""What the library reads with: the folders in order of preference, every file once, and notes on what was left out."""

from collections.abc import Callable, Collection
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeVar

from trustkit.library.document import Document
from trustkit.library.files import Folder, Place
from trustkit.library.shape import TAG
from trustkit.library.slip import Finding, Slip

BASE: Final = "en"
"""The language every other one falls back to, file by file."""

T = TypeVar("T")


class Reader:
    """Reads each file once, remembers what was made of it, and is safe from several threads.

    Args:
        shipped: The content that came with trustkit.
        own: The reader's own content folder, or None.
        language: What the reader reads; anything that is not a language tag is taken as `en`.
        tried: A file that is being written: it stands before all others of its name, whatever is wrong in it.
    """

    def __init__(self, shipped: Path, own: Path | None, language: str, tried: Document | None = None) -> None:
        self.shipped = Folder(shipped)
        self.own = Folder(own, by_reader=True) if own is not None else None
        self.folders = [folder for folder in (self.own, self.shipped) if folder is not None]
        self.language = language if TAG.fullmatch(language) else BASE
        self.languages = list(dict.fromkeys((self.language, BASE)))
        self.tried = tried
        self._lock = RLock()
        self._kept: dict[object, Any] = {}
        self._documents: dict[Path, Document] = {}
        self._noted: dict[Path, dict[Finding, None]] = {}

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gave the first time it was called under this key."""
        try:
            kept: T = self._kept[key]
        except KeyError:
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = make()
                kept = self._kept[key]
        return kept

    def has(self, key: object) -> bool:
        """Whether something was made under this key already."""
        return key in self._kept

    def document(self, place: Place) -> Document:
        """The file at a place, read when it is first asked for."""
        return self.once(place.path, lambda: self._read(place))

    def _read(self, place: Place) -> Document:
        self._documents[place.path] = document = Document(place)
        return document

    def note(self, document: Document, findings: Collection[Finding]) -> None:
        """Remember what was found about a file from outside it."""
        if findings:
            with self._lock:
                self._noted.setdefault(document.place.path, {}).update(dict.fromkeys(findings))

    def slips(self) -> tuple[Slip, ...]:
        """Everything found so far, sorted by file and line."""
        found = [stray.slip for folder in self.folders for stray in folder.strays]
        with self._lock:
            for path, document in self._documents.items():
                found += document.slips(self._noted.get(path, ()))
        return in_order(found)


def in_order(slips: list[Slip]) -> tuple[Slip, ...]:
    """By file, then line."""
    return tuple(sorted(slips, key=lambda slip: (slip.file, slip.line, slip.path, slip.code, slip.what)))
