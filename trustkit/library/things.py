"""Files that hold one thing each: guides, exercises and sign lists.

For every id the best sound file is chosen: the reader's language before English, and within it the
reader's own before the shipped one.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from trustkit.library import heads, references, translation
from trustkit.library.build import Thing
from trustkit.library.document import Document
from trustkit.library.files import Place
from trustkit.library.grammar import Ref
from trustkit.library.prune import Pruner
from trustkit.library.reader import BASE, Reader
from trustkit.library.replacing import guarded
from trustkit.library.rows import Rows
from trustkit.library.schema import HEADS, Kind
from trustkit.library.slip import Finding, Reference, quoted, shown
from trustkit.model.guide import Guide, GuideHead, Source


class Things:
    """Chooses, builds and prunes; and is what references are looked up in (`references.Known`)."""

    def __init__(self, reader: Reader, rows: Rows) -> None:
        self._reader = reader
        self._rows = rows
        self.pruner = Pruner(self)

    def names(self, kind: Kind) -> Mapping[str, list[Place]]:
        """The files there are for each id of a kind, best first."""
        return self._reader.once(("names", kind), lambda: self._read_names(kind))

    def shown(self, kind: Kind, name: str) -> Thing | None:
        """The thing by this id, drafts as well, with everything that leads nowhere left out."""
        return self._reader.once(("shown", kind, name), lambda: self._pruned(self.sound(kind, name)))

    def ready(self, name: str) -> Guide | None:
        """A guide that is not a draft, as `shown` gives it."""
        guide = self.shown("guide", name) if self._is_ready(name) else None
        return guide if isinstance(guide, Guide) else None

    def sound(self, kind: Kind, name: str) -> Document | None:
        """The best file for an id that has no error in it."""
        places = self.names(kind).get(name)
        return self._reader.once(("sound", kind, name), lambda: self._choose(places)) if places else None

    def head(self, name: str) -> GuideHead | None:
        """What lists show of a ready guide."""
        places = self.names("guide").get(name, [])
        alone = len(places) == 1 and not self._tried(places[0])
        skimmed = heads.skim(places[0]) if alone else None  # several: only a full reading can choose
        if skimmed is not None:
            head, ready = skimmed
            return head if ready else None
        guide = self.ready(name)
        return heads.head_of(guide) if guide is not None else None

    def lost(self, found: Iterable[Reference], *, by_name: bool = False) -> list[Finding]:
        """What to say of the references that lead nowhere. A way to a draft goes without a word: it is coming.

        Args:
            by_name: Take a file of the right name for what it is called after: a slip in it is its own to tell.
        """
        found = [one for one in found if not (by_name and one.value in self.names_of(one.ref))]
        missing = self.pruner.missing(found)
        return [references.finding(self, one) for one in missing if not self._to_draft(one)]

    def names_of(self, ref: Ref) -> Collection[str]:
        """The ids that files are called after, for the kinds that have a file each."""
        kinds: dict[Ref, Kind] = {"see": "guide", "exercise": "exercise", "signs": "signs"}
        return self.names(kinds[ref]) if ref in kinds else ()

    # --- what exists (references.Known) --------------------------------------------------------------

    def ids(self, ref: Ref) -> Collection[str]:
        """The ids of a kind that can really be shown; each file is read only when its id is asked about."""
        if ref == "see":
            return _Ids(self.names("guide"), self._is_ready)
        if ref == "exercise":
            return _Ids(self.names("exercise"), lambda name: self.sound("exercise", name) is not None)
        if ref == "signs":
            return _Ids(self.names("signs"), lambda name: self.sound("signs", name) is not None)
        if ref == "gate":
            return self._rows.gate_ids()
        if ref == "source":
            return self.sources().keys()
        return [shelf.id for shelf in self._rows.shelves()] if ref == "shelf" else ()

    def steps(self, guide: str) -> Collection[str]:
        """The ids of a ready guide's steps, old ones among them."""
        document = self.sound("guide", guide)
        if document is None or not isinstance(document.thing, Guide) or not self._is_ready(guide):
            return ()
        return [name for step in document.thing.steps for name in (step.id, *step.was)]

    def sources(self) -> Mapping[str, Source]:
        return self._reader.once("sources", lambda: {row.id: row for row in self._rows.of("sources", "source")})

    # -------------------------------------------------------------------------------------------------

    def _read_names(self, kind: Kind) -> Mapping[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for language in self._reader.languages:
            for folder in self._reader.folders:
                for place in folder.things(kind, language):
                    found.setdefault(place.stem, []).append(place)
        tried = self._reader.tried
        if tried is not None and tried.kind == kind:
            found.setdefault(tried.place.stem, []).insert(0, tried.place)
        return found

    def _choose(self, places: list[Place]) -> Document | None:
        """The first that is sound; a guide that is still a draft only where there is no finished one behind it."""
        draft: Document | None = None
        for place in places:
            if self._tried(place):
                return self._reader.tried
            document = self._reader.document(place)
            if not document.ok:
                continue
            objections = list(self._objections(document, places))
            if objections:
                self._reader.note(document, objections)
            elif document.kind == "guide" and document.head.get("status") != "ready":
                draft = draft or document
            else:
                return document
        return draft

    def _tried(self, place: Place) -> bool:
        return self._reader.tried is not None and self._reader.tried.place is place

    def _objections(self, document: Document, places: list[Place]) -> Iterator[Finding]:
        """Why a file that is sound in itself cannot be used here."""
        for reference in document.references:
            if reference.ref == "gate" and not references.exists(self, reference):
                yield references.finding(self, reference)
        shipped = [place for place in places if not place.by_reader]
        if document.place.by_reader and shipped and not document.head.get("replaces"):
            yield taken(document, shipped[0])
        if document.place.language != BASE and not document.place.by_reader:
            base = next((self._reader.document(place) for place in shipped if place.language == BASE), None)
            if base is not None and base.ok:
                yield from translation.drift(document, base)

    def _pruned(self, document: Document | None) -> Thing | None:
        thing = document.thing if document is not None else None
        if document is None or thing is None:
            return None
        if document.place.by_reader and (shipped := self._replaced(document)):
            thing = guarded(thing, shipped)
        if not self.pruner.missing(document.references):
            return thing
        self._reader.note(document, self.lost(document.references))
        return self.pruner.thing(thing)

    def _replaced(self, document: Document) -> Thing | None:
        """The shipped thing that a file of the reader's own stands in place of."""
        places = self.names(document.kind).get(document.place.stem, ())
        documents = (self._reader.document(place) for place in places if not place.by_reader)
        return next((document.thing for document in documents if document.thing is not None), None)

    def _is_ready(self, name: str) -> bool:
        document = self.sound("guide", name)
        if document is None:
            return False
        return document.head.get("status") == "ready" or document is self._reader.tried

    def _to_draft(self, reference: Reference) -> bool:
        guide = reference.value.partition("/")[0]
        return (
            reference.ref in ("see", "place", "answer")
            and self.sound("guide", guide) is not None
            and not self._is_ready(guide)
        )


class _Ids(Collection[str]):
    """Ids that count only when what they name can be shown; looked at one by one."""

    def __init__(self, names: Collection[str], sound: Callable[[str], bool]) -> None:
        self._names, self._sound = names, sound

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._names and self._sound(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if self._sound(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def taken(document: Document, other: Place) -> Finding:
    """E22 for a file of the reader's own that has the id of a shipped one."""
    table = HEADS[document.kind]
    expected = f"replaces = true in [{table}], or another id; it is the id of {shown(other.path, 200)}"
    return Finding((table, "id"), "E22", "built-in id taken", quoted(document.id), expected)
