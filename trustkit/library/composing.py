"""An exercise as the text of its own file, the way a person would write it: the way back from `build.py`.

What is written is read again by the same grammar that reads every other file, so nothing that `trustkit check`
would refuse is ever taken for an exercise.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from trustkit.library import build
from trustkit.library.document import Document
from trustkit.library.files import Place
from trustkit.library.grammar import Key, Table
from trustkit.library.schema import EXERCISES, FORMATS
from trustkit.model.exercise import Breathing, Exercise, Grounding, Timer

_WORKED_OUT: Final = (Breathing, Grounding, Timer)
"""Bodies whose minutes the library works out itself; a figure that was written would not change with the pattern."""
_BACKSLASHED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def compose(exercise: Exercise) -> str:
    """The whole text, ending in a newline. What is as usual (empty, or the grammar's own default) is left out."""
    table = EXERCISES[exercise.type]
    head = table.keys["exercise"].table
    assert head is not None
    own = _values(head, exercise)
    if isinstance(exercise.body, _WORKED_OUT):
        own.pop("minutes", None)
    parts = [f"format = {FORMATS[-1]}", "\n".join(("[exercise]", *_lines(head, own)))]
    for name, key in table.keys.items():
        if name != "exercise" and key.table is not None:
            parts += _tables(name, key, key.table, exercise.body)
    return "\n\n".join(parts) + "\n"


def unfinished(text: str, name: str, language: str) -> Exercise | None:
    """What a text that may break any rule says, for going on with it; None where too little of it can be read."""
    document = Document(Place(Path(f"{name}.toml"), "exercise", language, by_reader=True), text)
    rows: dict[str, Any] = {key: [] for key, of in document.table.keys.items() if of.type == "tables"}
    clean = rows | document.clean
    try:
        thing = build.thing("exercise", clean, language=language, file=f"{name}.toml", by_reader=True)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return thing if isinstance(thing, Exercise) else None


def _tables(name: str, key: Key, table: Table, body: object) -> Iterator[str]:
    if key.type == "tables":
        for row in getattr(body, key.field or name):
            yield "\n".join((f"[[{name}]]", *_lines(table, _values(table, row))))
    else:
        values = _values(table, body)
        if values or key.required:
            yield "\n".join((f"[{name}]", *_lines(table, values)))


def _values(table: Table, thing: object) -> dict[str, Any]:
    """What stands in a table: every key whose field says something else than its default."""
    usual = {field.name: field.default for field in fields(thing)}  # type: ignore[arg-type]
    found: dict[str, Any] = {}
    for name, key in table.keys.items():
        field = key.field or name
        if field == "-" or field not in usual:
            continue
        value = getattr(thing, field)
        if key.required or (value != usual[field] and value not in ("", (), frozenset(), MISSING)):
            found[name] = value
    return found


def _lines(table: Table, values: dict[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name} = {_value(table.keys[name], value)}"


def _value(key: Key, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, str):
        return _long(value) if key.type in ("prose", "template") and "\n" in value else _short(value)
    items = sorted(value) if isinstance(value, frozenset) else value
    return "[" + ", ".join(_value(key, item) for item in items) + "]"


def _short(text: str) -> str:
    """A text between quotes, on one line. What neither TOML nor a terminal would take stands as an escape."""
    return '"' + "".join(_BACKSLASHED.get(one) or _escaped(one) for one in text) + '"'


def _long(text: str) -> str:
    """A text between triple quotes, its lines as they are."""
    body = "".join(one if one in '\n"' else _BACKSLASHED.get(one) or _escaped(one) for one in text)
    return '"""\n' + body.replace('"""', '""\\"') + ("\\n" if body.endswith('"') else "\n") + '"""'


def _escaped(one: str) -> str:
    if one.isprintable():
        return one
    code = ord(one)
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"
