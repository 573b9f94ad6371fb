"""Everything in a folder, read at once, for checks that look across files."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from trustkit.library.document import Document
from trustkit.library.files import Folder
from trustkit.library.grammar import Ref
from trustkit.library.reader import BASE, in_order
from trustkit.library.schema import Kind
from trustkit.library.slip import Finding, Reference, Slip

_OF_REF: Final[dict[Ref, Kind]] = {"exercise": "exercise", "signs": "signs", "see": "guide"}
_ROW_OF_REF: Final[dict[Ref, tuple[Kind, str]]] = {
    "gate": ("gates", "gate"),
    "source": ("sources", "source"),
    "shelf": ("shelves", "shelf"),
}


class Survey:
    """Every document of a folder, and what was found about each from outside it.

    Args:
        folder: What is checked.
        base: The shipped content, when the folder is a reader's own and lies over it.
    """

    def __init__(self, folder: Path, base: Path | None = None) -> None:
        self.folder = Folder(folder, by_reader=base is not None)
        self.documents = [Document(place) for place in self.folder.everything()]
        self.beneath = [Document(place) for place in Folder(base).everything()] if base else []
        self.extra: list[Slip] = []
        """Slips about files that are not there, or are no content."""
        self._found: dict[Document, list[Finding]] = {}

    @property
    def own(self) -> bool:
        """The folder is a reader's own."""
        return self.folder.by_reader

    def add(self, document: Document, finding: Finding) -> None:
        self._found.setdefault(document, []).append(finding)

    def of(self, kind: Kind, language: str | None = None) -> Iterator[Document]:
        """The readable documents of a kind, in one language or in all."""
        for document in self.documents:
            if document.kind == kind and document.readable and language in (None, document.place.language):
                yield document

    def base_of(self, document: Document) -> Document | None:
        """The English file that a file of another language is a translation of."""
        place = document.place
        if place.language in ("", BASE):
            return None
        for other in (*self.documents, *self.beneath):
            if other.kind == place.kind and other.place.language == BASE and other.place.stem == place.stem:
                return other
        return None

    def catalogue(self, language: str) -> "Catalogue":
        """What exists for a file of this language."""
        return Catalogue([*self.documents, *self.beneath], language)

    def slips(self) -> list[Slip]:
        """Everything found, sorted by file and line."""
        slips = [*self.extra, *(stray.slip for stray in self.folder.strays)]
        for document in self.documents:
            slips += document.slips(self._found.get(document, ()))
        return list(in_order(slips))


class Catalogue:
    """What references may lead to in one language, English standing in for what is missing (`references.Known`).

    A file that cannot be read exists all the same: it is reported once, not again at each reference to it.
    """

    def __init__(self, documents: Iterable[Document], language: str) -> None:
        self._ids: dict[Ref, set[str]] = {ref: set() for ref in (*_OF_REF, *_ROW_OF_REF)}
        self._steps: dict[str, set[str]] = {}
        self._unread: set[str] = set()
        self._drafts: set[str] = set()
        for document in documents:
            if document.place.language in ("", BASE, language):
                self._take(document)

    def ids(self, ref: Ref) -> Collection[str]:
        return self._ids.get(ref, ())

    def steps(self, guide: str) -> Collection[str]:
        return _Anything() if guide in self._unread else self._steps.get(guide, ())

    def is_draft(self, reference: Reference) -> bool:
        """Whether a reference leads to a guide that is not shown yet."""
        return reference.ref in ("see", "place", "answer") and reference.value.partition("/")[0] in self._drafts

    def _take(self, document: Document) -> None:
        for ref, kind in _OF_REF.items():
            if document.kind == kind:
                self._ids[ref] |= {document.id, document.place.stem}
        for ref, (kind, name) in _ROW_OF_REF.items():
            if document.kind == kind:
                self._ids[ref] |= {row["id"] for row in document.clean.get(name, ()) if "id" in row}
        if document.kind == "guide":
            steps = {n for s in document.clean.get("step", ()) for n in (s.get("id", ""), *s.get("was", ())) if n}
            self._steps.setdefault(document.id, set()).update(steps)
            if status(document) == "draft" and document.readable:
                self._drafts.add(document.id)
            if "step" not in document.clean:
                self._unread |= {document.id, document.place.stem}


class _Anything(Collection[str]):
    """The steps of a guide that cannot be read: any of them may exist."""

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def status(document: Document) -> str:
    """`ready` or `draft`, for a guide."""
    return str(document.head.get("status", "draft"))


def steps(document: Document) -> list[dict[str, Any]]:
    """The clean steps of a guide."""
    found: list[dict[str, Any]] = document.clean.get("step", [])
    return found
