"""Whether the guides hold every idea they are meant to hold: E17, E18, and a table of where each one stands."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from trustkit.library.document import Document
from trustkit.library.lines import Lines
from trustkit.library.slip import Finding, Slip, nearest, quoted, shown, written
from trustkit.library.survey import Survey, status, steps
from trustkit.library.syntax import BrokenError, decode, parse
from trustkit.model.frozen import frozen


class Item(NamedTuple):
    """One idea of the articles."""

    id: str
    must: bool
    gist: str
    gate: str
    position: int


@frozen
class Standing:
    """Where one item stands in the content."""

    id: str
    must: bool
    gist: str
    covers: tuple[str, ...]
    """Steps (`guide/step`), sign lists and exercises that teach it."""
    mentions: tuple[str, ...]
    """Those that only name it."""
    met: bool
    """It stands in a ready guide, or in a sign list that one opens."""


class Coverage:
    """The coverage file."""

    def __init__(self, path: Path) -> None:
        self.name = shown(path, 4096)
        self.items: dict[str, Item] = {}
        self.slips: list[Slip] = []
        self._text = ""
        try:
            self._text = decode(path.read_bytes())
            rows = parse(self._text).get("item", [])
        except OSError as error:
            found = error.strerror or ""
            self.slips.append(Slip(self.name, 1, "", "E02", "can't be read", found, "a coverage file"))
            return
        except BrokenError as broken:
            f = broken.finding
            self.slips.append(Slip(self.name, f.line or 1, written(f.path), f.code, f.what, f.found, f.expected))
            return
        for position, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict) and isinstance(row.get("id"), str):
                texts = [str(row.get(key, "")) for key in ("gist", "gate")]
                self.items[row["id"]] = Item(row["id"], row.get("must") is True, texts[0], texts[1], position)

    def missing(self, met: set[str]) -> Iterator[Slip]:
        """E18 for every must item that is not met."""
        lines: Lines | None = None
        for item in self.items.values():
            if item.must and item.id not in met:
                lines = lines or Lines(self._text)
                path = ("item", item.position)
                expected = "under covers or mentions in a ready guide, or in a sign list that one opens"
                what = "a must item stands nowhere"
                found = f"{quoted(item.id)}: {shown(item.gist, 240)}"
                yield Slip(self.name, lines.of((*path, "id")), written(path), "E18", what, found, expected)


def check(survey: Survey, coverage: Coverage) -> None:
    """Report items that nobody knows (E08), gates that are missing (E17), and musts that stand nowhere (E18)."""
    survey.extra += coverage.slips
    if coverage.slips:
        return
    rules = {
        gate["id"]
        for document in (*survey.documents, *survey.beneath)
        if document.kind == "gates"
        for gate in document.clean.get("gate", ())
        if gate.get("kind") == "rule" and "id" in gate
    }
    for document in survey.documents:
        for reference in document.references:
            if reference.ref == "coverage" and reference.value not in coverage.items:
                close = nearest(reference.value, coverage.items)
                what, expected = "unknown coverage item", f"an id in {coverage.name}"
                survey.add(document, Finding(reference.path, "E08", what, quoted(reference.value), expected, close))
        for finding in _missing_gates(document, coverage.items, rules):
            survey.add(document, finding)
    survey.extra += coverage.missing(_met(survey))


def _missing_gates(document: Document, items: Mapping[str, Item], rules: set[str]) -> Iterator[Finding]:
    places: list[tuple[tuple[str | int, ...], dict[str, Any], set[str]]] = []
    if document.kind == "guide":
        door = set(document.head.get("gates", ()))
        places = [(("step", i), s, door | set(s.get("gates", ()))) for i, s in enumerate(steps(document))]
    elif document.kind == "signs":
        places = [(("signs",), document.head, set(document.head.get("gates", ())))]
    for path, table, gates in places:
        for position, name in enumerate(table.get("covers", ())):
            item = items.get(name)
            if item is None or not item.gate or item.gate in rules or item.gate in gates:
                continue
            where = "on the step or its guide" if document.kind == "guide" else "on the sign list"
            expected = f"gates = [{quoted(item.gate)}] {where}; if it only names the thing: mentions"
            yield Finding(
                (*path, "covers", position), "E17", f"gate {quoted(item.gate)} missing", quoted(name), expected
            )


def _met(survey: Survey) -> set[str]:
    """The items that stand in a ready guide, or in a sign list one opens."""
    met: set[str] = set()
    opened: set[str] = set()
    documents = [d for d in (*survey.documents, *survey.beneath) if d.place.language == "en"]
    for document in documents:
        if document.kind == "guide" and document.ok and status(document) == "ready":
            for step in steps(document):
                met |= {*step.get("covers", ()), *step.get("mentions", ())}
                opened |= set(step.get("signs", ()))
    for document in documents:
        if document.kind == "signs" and document.ok and document.id in opened:
            met |= {*document.head.get("covers", ()), *document.head.get("mentions", ())}
    return met


def standings(folder: Path, coverage: Path) -> tuple[Standing, ...]:
    """Where each item of a coverage file stands in a content folder, in the order of the file."""
    survey = Survey(folder)
    met = _met(survey)
    places: dict[str, dict[str, list[str]]] = {"covers": {}, "mentions": {}}
    for document in survey.documents:
        if document.place.language != "en":
            continue
        tables = [(document.id, document.head)]
        tables += [(f"{document.id}/{step.get('id', '')}", step) for step in steps(document)]
        for where, table in tables:
            for key, found in places.items():
                for name in table.get(key, ()):
                    found.setdefault(name, []).append(where)
    return tuple(
        Standing(
            item.id,
            item.must,
            item.gist,
            tuple(places["covers"].get(item.id, ())),
            tuple(places["mentions"].get(item.id, ())),
            item.id in met,
        )
        for item in Coverage(coverage).items.values()
    )
