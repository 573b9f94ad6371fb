"""The library: all content, each kind read when it is first asked for.

A file with an error is left out and named in `slips`, and the next best takes its place: the shipped file
for a broken one of the reader's own, the English one for a broken translation. Nothing here raises because
of one bad file. Reading is safe from several threads.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn, Protocol, TypeVar

from trustkit.errors import NotFound
from trustkit.library import heads, standin
from trustkit.library.build import Thing
from trustkit.library.document import Document
from trustkit.library.files import Place
from trustkit.library.reader import BASE, Reader
from trustkit.library.rows import Rows
from trustkit.library.schema import Kind
from trustkit.library.slip import Slip, nearest, quoted
from trustkit.library.things import Things
from trustkit.model.exercise import Exercise
from trustkit.model.guide import Gate, Group, Guide, GuideHead, Helpline, Need, Pack, Shelf, SignList, Source
from trustkit.model.support import Region

_NAMES: Final[dict[Kind, str]] = {"guide": "guide", "exercise": "exercise", "signs": "sign list"}

T = TypeVar("T")


class Library:
    """All content in one language, with a reader's own folder laid over what was shipped.

    Args:
        shipped: The content that came with trustkit.
        own: The reader's own content folder; it need not exist.
        language: What the reader reads. A file missing in it is taken whole from `en`.
        tried: A file that is being written: it stands on the shelf as if it were ready. See `tryout`.
    """

    def __init__(
        self, shipped: Path, own: Path | None = None, language: str = BASE, tried: Document | None = None
    ) -> None:
        self._reader = Reader(shipped, own, language, tried)
        self._rows = Rows(self._reader)
        self.things = Things(self._reader, self._rows)
        """What references are looked up in: for the validator of a single file."""

    @property
    def language(self) -> str:
        return self._reader.language

    @property
    def pack(self) -> Pack:
        """The notices of the reader's language."""
        return self._reader.once("pack", self._rows.pack)

    @property
    def guides(self) -> Mapping[str, Guide]:
        """The ready guides, by shelf, order and title."""
        return _Lazy(self.things.ready, lambda: self._reader.once("guides", self._read_guides))

    @property
    def guide_heads(self) -> Mapping[str, GuideHead]:
        """What lists show of the ready guides, in the same order, without reading their pages.

        Until the guides themselves are read, one with a slip in its pages may still stand here; `guide` then raises.
        """
        if self._reader.has("guides"):
            return self._reader.once("heads", lambda: _frozen({g.id: heads.head_of(g) for g in self.guides.values()}))
        return self._reader.once("skimmed", self._read_heads)

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """Every exercise; looking one up reads its file alone."""
        return _Lazy(partial(self.things.shown, "exercise"), partial(self._all, "exercise"))

    @property
    def signs(self) -> Mapping[str, SignList]:
        """Every sign list; looking one up reads its file alone."""
        return _Lazy(partial(self.things.shown, "signs"), partial(self._all, "signs"))

    @property
    def gates(self) -> Mapping[str, Gate]:
        """Every gate. One that trustkit ships and that cannot be read has a cautious stand-in here."""
        return self._reader.once("gates", self._read_gates)

    @property
    def sources(self) -> Mapping[str, Source]:
        return _frozen(self.things.sources())

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return self._rows.shelves()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The headings of Practice; a group with nothing left in it is left out."""
        prune = self.things.pruner.group
        return self._reader.once("groups", lambda: _present(map(prune, self._rows.of("practice", "group"))))

    @property
    def needs(self) -> tuple[Need, ...]:
        """What a reader may choose in Practice; one with nothing left to offer is left out."""
        prune = self.things.pruner.need
        return self._reader.once("needs", lambda: _present(map(prune, self._rows.of("practice", "need"))))

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions there are helplines for, `xx` (worldwide) last."""
        names = {place.stem for folder in self._reader.folders for place in folder.helplines()}
        return tuple(sorted(names, key=lambda name: (name == standin.WORLDWIDE, name)))

    def region(self, region: str) -> Region:
        """What a region is called; only its own file is read."""
        return self._reader.once(("region", region), lambda: self._rows.region(region))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that may be offered: `en`, and those whose notices and gates are complete."""
        found = self._reader.shipped.languages
        return self._reader.once("languages", lambda: tuple(filter(self._rows.complete, found())))

    def helplines(self, region: str) -> tuple[Helpline, ...]:
        """The lines of a region, drafts left out; the worldwide ones where it has none."""
        found = self._reader.once(("helplines", region), lambda: self._rows.helplines(region))
        return found if found or region == standin.WORLDWIDE else self.helplines(standin.WORLDWIDE)

    def guide(self, guide_id: str) -> Guide:
        """A ready guide, by its id or one it used to have; only its own file is read.

        Raises:
            NotFound: There is none; the nearest ids are named.
        """
        found = self.things.ready(guide_id)
        if found is None:
            renamed = next((head.id for head in self.guide_heads.values() if guide_id in head.was), "")
            found = self.things.ready(renamed)
        return found or self._missing("guide", guide_id, self.guide_heads)

    def exercise(self, exercise_id: str) -> Exercise:
        """An exercise by its id.

        Raises:
            NotFound: There is none; the nearest ids are named.
        """
        found = self.things.shown("exercise", exercise_id)
        known = self.things.names("exercise")
        return found if isinstance(found, Exercise) else self._missing("exercise", exercise_id, known)

    def signs_list(self, signs_id: str) -> SignList:
        """A sign list by its id.

        Raises:
            NotFound: There is none; the nearest ids are named.
        """
        found = self.things.shown("signs", signs_id)
        known = self.things.names("signs")
        return found if isinstance(found, SignList) else self._missing("signs", signs_id, known)

    def exercise_from(self, text: str, name: str) -> tuple[Exercise | None, tuple[Slip, ...]]:
        """An exercise a reader made, from its TOML text; `name`, its id, stands for the file in slips."""
        place = Place(Path(f"{name}.toml"), "exercise", self.language, by_reader=True)
        document = Document(place, text)
        thing = self._pruned(document)
        return thing if isinstance(thing, Exercise) else None, tuple(document.slips())

    def load_all(self) -> None:
        """Read everything, so that nothing later waits for a file."""
        for whole in (self.guides, self.exercises, self.signs):
            len(whole)
        for kind in ("pack", "gates", "sources", "shelves", "groups", "needs"):
            getattr(self, kind)
        for region in self.regions:
            self.helplines(region)

    @property
    def slips(self) -> tuple[Slip, ...]:
        """What was left out, and why. Reads everything."""
        self.load_all()
        return self._reader.once("slips", self._read_slips)

    def _read_slips(self) -> tuple[Slip, ...]:
        for kind in ("gates", "practice"):
            for document in self._rows.documents(kind):
                self._reader.note(document, self.things.lost(document.references))
        return self._reader.slips()

    def _pruned(self, document: Document) -> Thing | None:
        return self.things.pruner.thing(document.thing) if document.thing is not None else None

    def _all(self, kind: Kind) -> Mapping[str, Any]:
        return self._reader.once(("all", kind), lambda: self._read_all(kind))

    def _read_all(self, kind: Kind) -> Mapping[str, Any]:
        shown = {name: self.things.shown(kind, name) for name in sorted(self.things.names(kind))}
        return _frozen({name: thing for name, thing in shown.items() if thing is not None})

    def _read_guides(self) -> Mapping[str, Guide]:
        return self._by_shelf(_present(map(self.things.ready, sorted(self.things.names("guide")))))

    def _read_heads(self) -> Mapping[str, GuideHead]:
        return self._by_shelf(_present(map(self.things.head, self.things.names("guide"))))

    def _by_shelf(self, found: Iterable["_Shelved"]) -> Mapping[str, Any]:
        shelf = {shelf.id: shelf.order for shelf in self.shelves}
        last = max(shelf.values(), default=0) + 1
        ordered = sorted(found, key=lambda g: (shelf.get(g.shelf, last), g.order, g.title.casefold(), g.id))
        return _frozen({one.id: one for one in ordered})

    def _read_gates(self) -> Mapping[str, Gate]:
        prune = self.things.pruner.gate
        return _frozen({gate_id: prune(gate) for gate_id, gate in self._rows.gates().items()})

    def _missing(self, kind: Kind, name: str, known: Collection[str]) -> NoReturn:
        called = _NAMES[kind]
        if name in self.things.names(kind):
            draft = self.things.sound(kind, name) is not None
            why = "is still a draft" if draft else "has a slip in its file and was left out"
            raise NotFound(f"The {called} {quoted(name)} {why}.", "`trustkit check` says what is in it.")
        close = nearest(name, known)
        do_next = f"The nearest: {', '.join(close)}." if close else "The list of them has every name."
        raise NotFound(f"There is no {called} called {quoted(name)}.", do_next)


class _Lazy(Mapping[str, T]):
    """A mapping that reads one file to look one thing up, and all of them to go through them."""

    def __init__(self, one: Callable[[str], Any], every: Callable[[], Mapping[str, T]]) -> None:
        self._one, self._every = one, every

    def __getitem__(self, name: str) -> T:
        found: T | None = self._one(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._every())

    def __len__(self) -> int:
        return len(self._every())


class _Shelved(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def shelf(self) -> str: ...
    @property
    def order(self) -> int: ...
    @property
    def title(self) -> str: ...


def _frozen(found: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(found))


def _present(found: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(one for one in found if one is not None)
