"""One file, read once: its text, what is wrong with it, what it refers to, and what it becomes."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from trustkit.library import build, rules
from trustkit.library.files import Place
from trustkit.library.grammar import Table
from trustkit.library.lines import Lines
from trustkit.library.schema import EXERCISE_OF_NO_TYPE, EXERCISES, FILES, HEADS, Kind
from trustkit.library.shape import Clean, take
from trustkit.library.slip import EnoughError, Finding, Path, Reference, Report, Slip, nearest, quoted, written
from trustkit.library.syntax import BrokenError, parse


class Document:
    """What one file holds. Reading never raises; what is wrong is in `findings`."""

    def __init__(self, place: Place, text: str | None = None) -> None:
        self.place = place
        self.report = Report()
        self.raw: Mapping[str, Any] = {}
        self.clean: Clean = {}
        self.text = text or ""
        self.readable = False
        """Its TOML could be read; single values may still be wrong."""
        try:
            if text is None:
                self.text = place.read()
            self.raw = parse(self.text)
            self.readable = True
            self._check()
        except BrokenError as broken:
            self.report.findings.append(broken.finding)
        except EnoughError:
            pass

    @property
    def references(self) -> list[Reference]:
        """Everything it names that stands in another file."""
        return self.report.references

    @property
    def kind(self) -> Kind:
        return self.place.kind

    @property
    def table(self) -> Table:
        """The grammar this file is read by."""
        if self.kind != "exercise":
            return FILES[self.kind]
        head = self.raw.get("exercise")
        found = head.get("type") if isinstance(head, dict) else None
        return EXERCISES.get(found, EXERCISE_OF_NO_TYPE) if isinstance(found, str) else EXERCISE_OF_NO_TYPE

    @property
    def ok(self) -> bool:
        """Nothing in it is an error."""
        return self.readable and self.report.ok

    @property
    def head(self) -> Clean:
        """The table that says what this file is: `[guide]`, `[exercise]`, `[signs]`, `[pack]`."""
        head = self.clean.get(HEADS.get(self.kind, self.kind), {})
        return head if isinstance(head, dict) else {}

    @property
    def id(self) -> str:
        """Its id, else the name of its file."""
        return str(self.head.get("id", self.place.stem))

    @cached_property
    def thing(self) -> build.Thing | None:
        """The guide, exercise or sign list it holds; None when it has errors or is a collection."""
        if not self.ok or self.kind not in HEADS:
            return None
        return build.thing(
            self.kind,
            self.clean,
            language=self.place.language or "en",
            file=self.place.name,
            by_reader=self.place.by_reader,
        )

    def rows(self, name: str, **extra: object) -> list[Any]:
        """The rows of a collection that have no error in them; one bad row never hides the others."""
        key = self.table.keys[name]
        if not self.readable or key.table is None:
            return []
        return [
            build.row(key.table, clean, **extra)
            for position, clean in enumerate(self.clean.get(name, ()))
            if not self.report.spoils((name, position))
        ]

    def slips(self, more: Iterable[Finding] = ()) -> list[Slip]:
        """The findings of this file, and any others made about it, with their lines."""
        return [self._slip(finding) for finding in (*self.report.findings, *more)]

    def line(self, path: Path) -> int:
        """The line of a path, for a report about another file."""
        return self._lines.of(path)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text if self.readable else "")

    def _check(self) -> None:
        table = self.table
        raw = self.raw
        if table is EXERCISE_OF_NO_TYPE:  # nobody can say which of its other tables belong there
            known = {name for kind in EXERCISES.values() for name in kind.keys}
            raw = {name: value for name, value in raw.items() if name not in known or name in table.keys}
        elif self.kind == "exercise":
            raw = self._without_other_types(table)
        self.clean = take(table, raw, (), self.report)
        rules.apply(self.kind, self.clean, self.report, self.place.stem)

    def _without_other_types(self, table: Table) -> Mapping[str, Any]:
        """Report tables that belong to exercises of another type in words that say so."""
        mine: dict[str, Any] = {}
        kind = self.raw["exercise"]["type"]
        for name, value in self.raw.items():
            others = [] if name in table.keys else [other for other in EXERCISES if name in EXERCISES[other].keys]
            if not others:
                mine[name] = value
                continue
            expected = f'in type = "{kind}": ' + ", ".join(table.keys)
            what = f"unknown table: it belongs to type {' and '.join(others)}"
            self.report.add((name,), "E04", what, quoted(name), expected, nearest(name, table.keys))
        return mine

    def _slip(self, finding: Finding) -> Slip:
        if finding.line:
            line = finding.line
        elif finding.piece:
            line = self._lines.of_piece(finding.path, finding.piece)
        else:
            line = self._lines.of(finding.path)
        expected = finding.expected
        if finding.other:
            expected += f"; the other is at {self.place.name}:{self._lines.of(finding.other)}"
        return Slip(
            self.place.name,
            line,
            written(finding.path),
            finding.code,
            finding.what,
            finding.found,
            expected,
            finding.nearest,
            self._within(finding.path),
        )

    def _within(self, path: Path) -> str:
        """The id of the innermost row with an id that the path leads into."""
        found = ""
        value: Any = self.clean
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                break
            if isinstance(part, int) and isinstance(value, dict):
                found = str(value.get("id", found))
        return found
