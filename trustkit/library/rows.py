"""Collections: files that hold rows. Gates, sources, shelves, needs and helplines.

A bad row is left out and the others stay. A translated file is used whole or not at all.
"""

from collections.abc import Collection
from typing import Any

from trustkit.library import standin, translation
from trustkit.library.document import Document
from trustkit.library.files import Folder, Place
from trustkit.library.reader import BASE, Reader
from trustkit.library.schema import KNOWN_GATES, Kind
from trustkit.library.shape import Clean
from trustkit.library.slip import Finding, quoted
from trustkit.model.guide import Gate, Helpline, Pack, Shelf
from trustkit.model.support import Region


class Rows:
    """The rows of every collection: the shipped ones first, the reader's own behind them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, kind: Kind, name: str, region: str = "") -> list[Any]:
        """The models of one kind of row. An id of the reader's own that is built in already is left out (E22)."""
        rows: dict[str, Any] = {}
        extra = {"region": region} if region else {}
        for document in self.documents(kind, region):
            for row in document.rows(name, **extra):
                if row.id in rows and document.place.by_reader:
                    self._reader.note(document, [taken_row(document, name, row.id)])
                else:
                    rows.setdefault(row.id, row)
        return list(rows.values())

    def documents(self, kind: Kind, region: str = "") -> list[Document]:
        """The files whose rows are used."""
        return self._shipped(kind, region) + self._own(kind, region)

    def gate_ids(self) -> Collection[str]:
        """Every gate there is, with or without words."""
        return self._reader.once("gate ids", lambda: {*KNOWN_GATES, *(gate.id for gate in self.of("gates", "gate"))})

    def gates(self) -> dict[str, Gate]:
        """Every gate; a stand-in for each that is shipped and cannot be read."""
        found = {gate.id: gate for gate in self.of("gates", "gate")}
        return {**{name: standin.gate(name) for name in KNOWN_GATES if name not in found}, **found}

    def shelves(self) -> tuple[Shelf, ...]:
        return self._reader.once("shelves", self._read_shelves)

    def _read_shelves(self) -> tuple[Shelf, ...]:
        found: list[Shelf] = self.of("shelves", "shelf")
        return tuple(sorted(found, key=lambda shelf: (shelf.order, shelf.title))) or standin.shelves()

    def helplines(self, region: str) -> tuple[Helpline, ...]:
        """The lines of one region alone, drafts left out."""
        found: list[Helpline] = self.of("helplines", "helpline", region)
        return tuple(line for line in found if not line.draft)

    def region(self, region: str) -> Region:
        """What a region is called: as trustkit ships it, else as the reader's own file says."""
        heads = [document.clean.get("region", {}) for document in self.documents("helplines", region)]
        head: Clean = next((head for head in heads if head.get("name")), {})
        return Region(region, head.get("name", ()), tuple(head.get("also", ())))

    def pack(self) -> Pack:
        """The notices of the first language that has them in full."""
        for place in self._places(self._reader.shipped, "pack", ""):
            document = self._reader.document(place)
            if document.ok:
                return Pack(**document.head)
        return standin.pack()

    def complete(self, language: str) -> bool:
        """Whether a language may be offered: its notices and its gates are all there."""
        if language == BASE:
            return True
        places = [self._reader.shipped.single(kind, language) for kind in ("pack", "gates")]
        return all(place is not None and self._faithful(self._reader.document(place)) for place in places)

    def _shipped(self, kind: Kind, region: str) -> list[Document]:
        for place in self._places(self._reader.shipped, kind, region):
            document = self._reader.document(place)
            if place.language not in ("", BASE) and not self._faithful(document):
                continue
            if document.readable:
                return [document]
        return []

    def _own(self, kind: Kind, region: str) -> list[Document]:
        own = self._reader.own
        return [self._reader.document(place) for place in self._places(own, kind, region)] if own else []

    def _places(self, folder: Folder, kind: Kind, region: str) -> list[Place]:
        if kind == "sources":
            found = [folder.sources()]
        elif kind == "helplines":
            found = [place for place in folder.helplines() if place.stem == region]
        else:
            found = [folder.single(kind, language) for language in self._reader.languages]
        return [place for place in found if place is not None]

    def _faithful(self, document: Document) -> bool:
        """Whether a translated collection says what the English one says."""
        base = self._reader.shipped.single(document.kind, BASE)
        drifted = list(translation.drift(document, self._reader.document(base))) if base and document.ok else []
        self._reader.note(document, drifted)
        return document.ok and not drifted


def taken_row(document: Document, name: str, row_id: str) -> Finding:
    """E22 for a row of the reader's own that has the id of a shipped one."""
    ids = [clean.get("id") for clean in document.clean.get(name, ())]
    what = "a gate can't be replaced" if document.kind == "gates" else "built-in id taken"
    return Finding((name, ids.index(row_id), "id"), "E22", what, quoted(row_id), "another id")
