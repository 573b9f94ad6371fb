"""The validator: every problem of a folder, or of one file, in one run.

What is wrong inside a file `document.py` has found already; here the files are laid side by side.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from trustkit.errors import ReadError
from trustkit.library import references, things, translation
from trustkit.library.advice import advice
from trustkit.library.document import Document
from trustkit.library.files import NAME_OF, Folder, Place, place_of
from trustkit.library.load import Library
from trustkit.library.reader import BASE, in_order
from trustkit.library.rows import taken_row
from trustkit.library.schema import HEADS, Kind
from trustkit.library.slip import Finding, Slip, quoted, shown
from trustkit.library.survey import Catalogue, Survey, status
from trustkit.model.frozen import frozen
from trustkit.paths import shipped_content

_NEEDED: Final[tuple[Kind, ...]] = ("pack", "gates")
"""Without these a language is not offered."""

_ROWS: Final[dict[Kind, tuple[str, ...]]] = {
    "gates": ("gate",),
    "shelves": ("shelf",),
    "practice": ("group", "need"),
    "sources": ("source",),
    "helplines": ("helpline",),
}


def check(folder: Path, *, coverage: Path | None = None, today: date, shipped: Path | None = None) -> list[Slip]:
    """Every problem in a content folder, sorted by file and line.

    Args:
        folder: A whole pack, or a reader's own folder (one with no `pack.toml` in it), which is checked as
            it lies over the shipped content.
        coverage: The list of ideas the guides are meant to hold (E17, E18).
        today: The day that ages are counted to.
        shipped: What a reader's own folder lies over; trustkit's own content when left out.

    Raises:
        ReadError: The folder is not there or cannot be read.
    """
    base = _lies_over(folder, shipped)
    survey = Survey(folder, base)
    survey.folder.unknown()
    if base is None:
        _needed_files(survey)
    for language in dict.fromkeys(document.place.language for document in survey.documents):
        _references(survey, language)
    _twice(survey)
    for document in survey.documents:
        if document.readable:
            beside = [] if survey.own else _beside_base(survey.base_of(document), document)
            for finding in (*beside, *_by_place(survey, document), *advice(document, today)):
                survey.add(document, finding)
    _unused(survey)
    if coverage is not None:
        from trustkit.library import coverage as covering  # what only the makers of a whole pack ask for

        covering.check(survey, covering.Coverage(coverage))
    return survey.slips()


def check_file(path: Path, *, today: date, shipped: Path | None = None) -> list[Slip]:
    """Every problem in one file. Its references are looked up in the pack it lies in, else in the shipped content.

    Raises:
        ReadError: There is no such file, or nothing tells what kind of file it is.
    """
    setting = setting_of(path, shipped)
    others = setting.library().things
    document = Document(setting.place)
    itself = Catalogue([document], document.place.language)
    elsewhere = (one for one in document.references if not references.exists(itself, one))
    found = others.lost(elsewhere, by_name=True)
    if document.readable:
        found += advice(document, today)
        found += _beside_base(setting.base(BASE), document) if setting.in_pack else []
        twin = setting.twin
        found += _taken([Document(twin)], document) if twin else []
    return list(in_order(document.slips(found)))


@frozen
class Setting:
    """What one file stands among."""

    place: Place
    pack: Path
    """The pack it lies in, else the shipped content, which it is laid over."""
    own: Path | None
    """The reader's own folder that it lies in, if it does."""
    in_pack: bool

    def library(self, tried: Document | None = None) -> Library:
        """Everything around it; with `tried`, that document stands for the file as if it were ready."""
        return Library(self.pack, self.own, self.place.language or BASE, tried)

    def base(self, language: str) -> Document | None:
        """The file of the pack that has the same name in another language."""
        place = self._there(language)
        return Document(place) if place else None

    @property
    def twin(self) -> Place | None:
        """The shipped file of this name, when the file itself does not lie in a pack."""
        return None if self.in_pack else self._there(self.place.language) or self._there(BASE)

    def _there(self, language: str) -> Place | None:
        kind, folder = self.place.kind, Folder(self.pack)
        if kind == "sources":
            return folder.sources()
        if kind == "helplines":
            return next((one for one in folder.helplines() if one.stem == self.place.stem), None)
        if kind not in HEADS:
            return folder.single(kind, language)
        return next((one for one in folder.things(kind, language) if one.stem == self.place.stem), None)


def setting_of(path: Path, shipped: Path | None = None) -> Setting:
    """What one file is, and what stands around it.

    Raises:
        ReadError: There is no such file, or nothing tells what kind of file it is.
    """
    if not path.is_file():
        happened = f"There is no file {quoted(path)}, and nothing else by that name."
        raise ReadError(happened, "Look at how it is written, or run `trustkit check` without a name for everything.")
    place, root = place_of(path)
    if place is None:
        happened = f"Nothing in {quoted(path.name)} says what it holds."
        raise ReadError(happened, "It begins with format = 1, then [guide], [exercise] or [signs].")
    base = shipped or shipped_content()
    in_pack = root is not None and is_pack(root)
    pack = root if in_pack and root is not None else base
    return Setting(replace(place, by_reader=not in_pack), pack, None if in_pack else root, in_pack)


def is_pack(folder: Path) -> bool:
    """Whether a content folder is whole, and not laid over another."""
    return any((folder / language / NAME_OF["pack"]).is_file() for language in Folder(folder).languages())


def _lies_over(folder: Path, shipped: Path | None) -> Path | None:
    try:
        if not any(folder.iterdir()):
            raise ReadError(f"There is nothing to check in {quoted(folder)}.", "Name a content folder.")
    except OSError as error:
        reason = error.strerror or "no reason given"
        happened = f"The folder {quoted(folder)} can't be read: {reason}."
        raise ReadError(happened, "Look at its name and who may read it.") from None
    base = shipped or shipped_content()
    return None if is_pack(folder) or not base.is_dir() or base.resolve() == folder.resolve() else base


def _needed_files(survey: Survey) -> None:
    for language in survey.folder.languages() or [BASE]:
        for kind in _NEEDED:
            if survey.folder.single(kind, language) is None:
                name = NAME_OF[kind]
                code, what = ("E05", f"required file missing: {name}")
                if language != BASE:
                    code, what = ("E20", f"differs from en: no {name}, so this language can't be offered")
                path = shown(survey.folder.root / language / name, 4096)
                survey.extra.append(Slip(path, 1, "", code, what, "nothing", f"a file {name}"))


def _references(survey: Survey, language: str) -> None:
    """E08, and W38 where the way leads to a draft."""
    known = survey.catalogue(language)
    for document in survey.documents:
        if document.place.language != language:
            continue
        shown_to_readers = document.kind != "guide" or status(document) == "ready"
        for reference in document.references:
            if reference.ref == "coverage":
                continue
            if not references.exists(known, reference):
                survey.add(document, references.finding(known, reference))
            elif shown_to_readers and known.is_draft(reference):
                expected = "a ready guide; until it is one, this is left out"
                found = Finding(reference.path, "W38", "leads to a draft guide", quoted(reference.value), expected)
                survey.add(document, found)


def _twice(survey: Survey) -> None:
    """E11 across files: an id is taken, or an old one is still another's."""
    first: dict[tuple[str, str, str], tuple[Document, str]] = {}
    # A file that is named after its id comes first: the other one has to give way.
    for document in sorted(survey.documents, key=lambda one: one.id != one.place.stem):
        if document.kind not in HEADS or not document.readable:
            continue
        for key in ("id", "was"):
            found = document.head.get(key, ())
            for name in (found,) if isinstance(found, str) else found:
                place = (document.kind, document.place.language, name)
                other, other_key = first.setdefault(place, (document, key))
                if other is not document:
                    line = other.line((HEADS[other.kind], other_key))
                    expected = f"an id of its own; the other is at {other.place.name}:{line}"
                    path = (HEADS[document.kind], key)
                    survey.add(document, Finding(path, "E11", "id used twice", quoted(name), expected))


def _beside_base(base: Document | None, document: Document) -> Iterator[Finding]:
    """E20 and W33 of a translation, beside its English file."""
    if document.place.language in ("", BASE):
        return
    if base is None:
        yield Finding(
            (), "E20", "differs from en: no such file there", document.place.path.name, "the same files as en"
        )
    elif base.readable:
        yield from translation.drift(document, base)
        older = translation.age(document, base)
        if older is not None:
            yield older


def _by_place(survey: Survey, document: Document) -> Iterator[Finding]:
    """What a file may not say because of where it lies: E22 in a reader's own folder, E07 and E10 in a pack."""
    kind, head = document.kind, document.head
    if survey.own:
        yield from _taken(survey.beneath, document)
    elif kind in HEADS and head.get("replaces"):
        expected = "in a reader's own folder alone"
        yield Finding((HEADS[kind], "replaces"), "E07", "value not allowed", "true", expected)
    if kind == "pack" and head.get("language", document.place.language) != document.place.language:
        found = f"{quoted(head['language'])} in the folder {quoted(document.place.language)}"
        yield Finding(("pack", "language"), "E10", "language and folder differ", found, "the same name for both")


def _taken(beneath: Iterable[Document], document: Document) -> Iterator[Finding]:
    """E22: an id of the reader's own that a shipped file has."""
    twins = [other for other in beneath if other.kind == document.kind]
    if document.kind in HEADS:
        twin = next((other for other in twins if other.id == document.id), None)
        if twin is not None and not document.head.get("replaces"):
            yield things.taken(document, twin.place)
        return
    for name in _ROWS.get(document.kind, ()):
        taken = {
            row.get("id")
            for twin in twins
            if document.kind != "helplines" or twin.place.stem == document.place.stem
            for row in twin.clean.get(name, ())
        }
        for row in document.clean.get(name, ()):
            if row.get("id") in taken:
                yield taken_row(document, name, row["id"])


def _unused(survey: Survey) -> None:
    """W32. Translations hold what `en` holds and are not asked again."""
    if not all(document.readable for document in survey.documents):
        return  # nobody can tell what a broken file uses
    used = {(r.ref, r.value) for document in (*survey.documents, *survey.beneath) for r in document.references}
    for document in survey.documents:
        if document.place.language not in ("", BASE) and not survey.own:
            continue
        if document.kind in ("exercise", "signs") and (document.kind, document.id) not in used:
            name = {"exercise": "exercise", "signs": "sign list"}[document.kind]
            survey.add(
                document, Finding((HEADS[document.kind], "id"), "W32", f"{name} that nothing uses", quoted(document.id))
            )
        for row_name in ("gate", "source") if document.kind in ("gates", "sources") else ():
            for position, row in enumerate(document.clean.get(row_name, ())):
                if "id" in row and row.get("kind") != "rule" and (row_name, row["id"]) not in used:
                    what = f"{row_name} that nothing uses"
                    survey.add(document, Finding((row_name, position, "id"), "W32", what, quoted(row["id"])))
