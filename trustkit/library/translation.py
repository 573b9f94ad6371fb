"""How far a translation has drifted from `en` (E20, W33).

Words may change freely; ids, order, gates, buttons and everything else that is not words stay as they are.
"""

from collections.abc import Iterator
from typing import Any, Final

from trustkit.library.document import Document
from trustkit.library.grammar import WORDS_OF_PEOPLE, Table
from trustkit.library.shape import Clean
from trustkit.library.slip import Finding, Path, quoted, shown

_OF_ITS_OWN: Final = frozenset(
    {"revision", "translated_from", "updated", "status", "minutes", "replaces", "was", "language", "version"}
    | {"based_on", "direction", "reviewed_by", "reviewed_on", "order"}
)
"""Keys that are no words and may still differ from language to language."""

_COUNTED_IN_ENGLISH: Final = frozenset({"covers", "mentions"})
"""Readers never see them and only `en` is measured: a translation may leave them out, not change them."""

_CAUTIONS: Final = frozenset({"caution", "aside"})
"""Words of safety: a translation may add them, never drop them."""


def drift(mine: Document, base: Document) -> Iterator[Finding]:
    """Where a translation differs from the English file in more than words."""
    yield from _tables(base.table, mine.clean, base.clean, (), (), base)


def age(mine: Document, base: Document) -> Finding | None:
    """W33, when the English file has been changed since it was translated."""
    if mine.kind == "pack":
        was, now, key = mine.head.get("based_on", ""), base.head.get("version", ""), "based_on"
        older = was != now
    else:
        was, now, key = mine.head.get("translated_from", 0), base.head.get("revision", 0), "translated_from"
        older = was < now
    if not older:
        return None
    found = f"made from {was}" if was else f"no {key}"
    path = (mine.kind, key)
    return Finding(path, "W33", "translation older than en", found, f"{now}, as in {base.place.name}:{_line(base)}")


def _line(base: Document) -> int:
    return base.line((base.kind, "version" if base.kind == "pack" else "revision"))


def _tables(table: Table, mine: Clean, base: Clean, here: Path, there: Path, other: Document) -> Iterator[Finding]:
    """`here` and `there` are the two tables' paths, in the translation and in the English file."""
    for name, key in table.keys.items():
        at, its = (*here, name), (*there, name)
        ours, theirs = mine.get(name), base.get(name)
        if name in _OF_ITS_OWN or (ours is None and name in _COUNTED_IN_ENGLISH):
            continue
        if key.type == "table" and key.table is not None:
            yield from _tables(key.table, ours or {}, theirs or {}, at, its, other)
        elif key.type == "tables" and key.table is not None:
            yield from _rows(key.table, ours or [], theirs or [], at, its, other)
        elif key.type not in WORDS_OF_PEOPLE:
            if ours != theirs:
                yield _differs(at, its, other, name, _value(ours))
        elif name in _CAUTIONS and theirs and not ours:
            yield _differs(at, its, other, f"{name} left out", "nothing")
        elif key.type == "lines" and len(ours or ()) != len(theirs or ()):
            yield _differs(at, its, other, f"the number of {name}", str(len(ours or ())))


def _rows(
    table: Table, mine: list[Clean], base: list[Clean], here: Path, there: Path, other: Document
) -> Iterator[Finding]:
    if "id" not in table.keys:
        if len(mine) != len(base):
            yield _differs(here, there, other, "how many there are", f"{len(mine)}, where en has {len(base)}")
            return
        for position, (ours, theirs) in enumerate(zip(mine, base, strict=True)):
            yield from _tables(table, ours, theirs, (*here, position), (*there, position), other)
        return
    ours_at = {row["id"]: position for position, row in enumerate(mine) if "id" in row}
    theirs_at = {row["id"]: position for position, row in enumerate(base) if "id" in row}
    for name, position in theirs_at.items():
        if name not in ours_at:
            yield _differs(here, (*there, position), other, f"no {here[-1]} {quoted(name)}", "nothing")
    for name, position in ours_at.items():
        if name not in theirs_at:
            yield _differs((*here, position, "id"), there, other, f"a {here[-1]} that is not in en", quoted(name))
    ours_kept = [name for name in ours_at if name in theirs_at]
    if ours_kept != [name for name in theirs_at if name in ours_at]:
        yield _differs(here, there, other, "the order", ", ".join(map(shown, ours_kept)))
    for name in ours_kept:
        at, its = ours_at[name], theirs_at[name]
        yield from _tables(table, mine[at], base[its], (*here, at), (*there, its), other)


def _differs(here: Path, there: Path, other: Document, what: str, found: str) -> Finding:
    value: Any = other.clean
    for part in there:
        try:
            value = value[part]
        except (KeyError, IndexError):
            value = None
            break
    words = "" if isinstance(value, (dict, list)) else f": {_value(value)}"
    expected = f"as in {other.place.name}:{other.line(there)}{words}"
    return Finding(here, "E20", f"differs from en: {what}", found, expected)


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, tuple):
        return shown("[" + ", ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in value) + "]")
    return quoted(value) if isinstance(value, str) else shown(value)
