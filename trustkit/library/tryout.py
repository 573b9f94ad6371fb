"""One file as a reader would meet it, before it is finished: for `trustkit preview`.

The file stands in the library as if it were ready, whatever its status says and whatever is wrong in it.
What is missing is empty, what is wrong is left out, and all of that is told beside it. Nothing is written.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from trustkit.library import build, validate
from trustkit.library.document import Document
from trustkit.library.files import FOLDERS, Place
from trustkit.library.grammar import Key, Table
from trustkit.library.load import Library
from trustkit.library.salvage import salvage
from trustkit.library.schema import EXERCISE_OF_NO_TYPE, HEADS
from trustkit.library.shape import Clean, take
from trustkit.library.slip import EnoughError, Report, Slip
from trustkit.model.frozen import frozen
from trustkit.model.guide import Gate

_EMPTY: Final[dict[str, Any]] = {
    "whole": 1,
    "number": 1.0,
    "date": date(1970, 1, 1),
    "yes-no": False,
    "table": {},
    **dict.fromkeys(("ids", "lines", "words", "names", "refs", "wholes", "tags"), ()),
    "tables": [],
}
"""What stands for a required key that is missing, by its type; a text is empty."""


class Unfinished(Document):
    """A file taken as far as it can be read."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.broken_at: list[int] = []
        """Lines at which something begins that is not even TOML."""
        if not self.readable and self.text:
            self.raw, self.broken_at = salvage(self.text)
            self.report = Report()
            with suppress(EnoughError):
                self.clean = take(self.table, self.raw, (), self.report)

    @cached_property
    def thing(self) -> build.Thing | None:
        """The guide, exercise or sign list; None when too little of it is there to show."""
        if self.kind not in HEADS or not self.clean or self.table is EXERCISE_OF_NO_TYPE:
            return None
        clean = _filled(self.table, self.clean)
        language = self.place.language or "en"
        return build.thing(self.kind, clean, language=language, file=self.place.name, by_reader=self.place.by_reader)

    @property
    def gates(self) -> list[Gate]:
        """The gates of a file of gates."""
        key = self.table.keys.get("gate")
        if self.kind != "gates" or key is None or key.table is None:
            return []
        table = key.table
        return [build.row(table, _filled(table, row)) for row in self.clean.get("gate", ())]


@frozen
class Tryout:
    """What a preview shows."""

    library: Library
    """Everything the file stands among, itself included."""
    thing: build.Thing | None
    """The guide, exercise or sign list, without what leads nowhere."""
    gates: tuple[Gate, ...]
    """Of a file of gates."""
    slips: tuple[Slip, ...]
    """What `check` says of the file."""
    broken_at: tuple[int, ...]
    """Lines at which something begins that can't be read at all."""

    @property
    def sound(self) -> bool:
        """Nothing in it is an error: once it is ready, readers meet it like this."""
        return not any(slip.is_error for slip in self.slips)


def try_out(path: Path, *, today: date, shipped: Path | None = None) -> Tryout:
    """A file as a reader would meet it, however unfinished.

    Args:
        path: The file; what it refers to is looked up around it, as `check_file` does.
        today: The day that ages are counted to.
        shipped: What a file outside a pack lies over; trustkit's own content when left out.

    Raises:
        ReadError: There is no such file, or nothing tells what kind of file it is.
    """
    setting = validate.setting_of(path, shipped)
    document = Unfinished(setting.place)
    library = setting.library(document)
    thing = library.things.shown(document.kind, document.place.stem) if document.kind in FOLDERS.values() else None
    return Tryout(
        library,
        thing,
        tuple(document.gates),
        tuple(validate.check_file(path, today=today, shipped=shipped)),
        tuple(document.broken_at),
    )


def _filled(table: Table, clean: Clean) -> Clean:
    """The same with something empty for each required key that is not there."""
    filled = dict(clean)
    for name, key in table.keys.items():
        if name in filled:
            filled[name] = _inside(key, filled[name])
        elif key.required:
            filled[name] = _inside(key, _empty(key))
    return filled


def _inside(key: Key, value: Any) -> Any:
    if key.table is None:
        return value
    if isinstance(value, Mapping):
        return _filled(key.table, dict(value))
    return [_filled(key.table, row) for row in value]


def _empty(key: Key) -> Any:
    return key.allowed[0] if key.type == "word" else _EMPTY.get(key.type, "")
