"""What can still be read of a file whose TOML is broken, for showing it to its author while it is mended.

Nothing salvaged ever reaches a reader's shelf: only `trustkit preview` uses it. A file is taken apart at its
table headers and then at its keys, and each piece is read on its own.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from trustkit.library.syntax import BrokenError, parse

_HEADER: Final = re.compile(r"^[ \t]*(\[\[?)[ \t]*([a-z][a-z_-]*)[ \t]*\]\]?[ \t]*(?:#.*)?$", re.M)
"""A header of the first level; `[[gate.answer]]` stays with its gate."""
_INNER: Final = re.compile(r"^[ \t]*\[\[?[ \t]*[a-z][a-z_-]*\.[^\n]*$", re.M)
_KEY: Final = re.compile(r"^[ \t]*[a-z][a-z_]*[ \t]*=", re.M)
_MOST: Final = 2000
"""Pieces looked at; the longest guide has some three hundred keys."""


def salvage(text: str) -> tuple[dict[str, Any], list[int]]:
    """The tables that can be read, and the lines at which what can't be read begins."""
    found: dict[str, Any] = {}
    lost: list[int] = []
    headers = list(_HEADER.finditer(text))[:_MOST]
    for header, after in zip(headers, [*headers[1:], None], strict=False):
        end = after.start() if after else len(text)
        table, broken = _table(text, header.end(), end, header[2])
        lost += broken
        if header[1] == "[[":
            rows = found.setdefault(header[2], [])
            if isinstance(rows, list):
                rows.append(table)
        else:
            found.setdefault(header[2], table)
    return found, lost


def _table(text: str, start: int, end: int, name: str) -> tuple[dict[str, Any], list[int]]:
    """One table and what lies in it, whole if it can be read whole, else key by key."""
    whole = _read(f"[[{name}]]\n{text[start:end]}")
    if whole is not None and set(whole) == {name}:
        return whole[name][0], []
    inner = _INNER.search(text, start, end)
    table: dict[str, Any] = {}
    lost: list[int] = []
    for begin, stop in _pieces(text, start, inner.start() if inner else end):
        piece = _read(text[begin:stop])
        if piece is None:
            lost.append(text.count("\n", 0, begin) + 1)
        else:
            table = piece | table
    if inner:
        lost.append(text.count("\n", 0, inner.start()) + 1)
    return table, lost


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """From each key to the next; what stands before the first key is notes, or is broken itself."""
    keys = [match.start() for match in _KEY.finditer(text, start, end)][:_MOST]
    if text[start : keys[0] if keys else end].strip():
        yield start + 1, keys[0] if keys else end
    yield from zip(keys, [*keys[1:], end], strict=False)


def _read(piece: str) -> dict[str, Any] | None:
    try:
        return {name: value for name, value in parse(f"format = 1\n{piece}").items() if name != "format"}
    except BrokenError:
        return None
