"""Reads at once the few forms of TOML that `codec` writes; everything else is left to the standard library's reader.

That reader takes 0.3 ms for one entry, most of the time of reading a journal whole. What is read here is a small,
strict part of TOML 1.0, so that the answer is either the other reader's, exactly, or none:
`tests/vault/test_quick.py` holds the two against each other.
"""

import re
from datetime import date, datetime, tzinfo
from functools import cache
from json import JSONDecoder
from typing import Any, Final

_KEY: Final = r"[A-Za-z0-9_-]+"
_PLAIN: Final = r'[^"\\\x00-\x08\x0a-\x1f\x7f]*'
_STRING: Final = rf'"{_PLAIN}(?:\\(?:["\\bfnrt]|u00(?:[01][0-9a-f]|7f)){_PLAIN})*"'
_DAY: Final = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_HOUR: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_MOMENT: Final = rf"{_DAY}T{_HOUR}:[0-5][0-9](?:Z|[+-]{_HOUR})"
_LINE: Final = re.compile(
    rf"({_KEY}) = (?:({_STRING})|({_MOMENT})|({_DAY})|(0|-?[1-9][0-9]{{0,17}})|(true|false)|(\[\])"
    rf"|\[\n((?:    {_STRING},\n)+)\])\n+|\[({_KEY})\]\n"
)
_ITEM: Final = re.compile(_STRING)
_HEAD: Final = re.compile(
    r'format = ([1-9])\nid = "([a-z2-7]+)"\nrev = "([a-z2-7]+)"\n'
    r'parents = \[(?:\n((?:    "[a-z2-7]+",\n)+))?\]\nkind = "([a-z]+)"\n'
    rf"created = ({_MOMENT})\nsaved = ({_MOMENT})\n"
)
"""What every entry begins with: read at one go, for it is most of the lines there are."""
_KEYED, _TEXT, _TIME, _DATE, _NUMBER, _FLAG, _NOTHING, _TEXTS, _TABLE = range(1, 10)
"""What a line is by the last group that matched; the first is its key."""
_JSON: Final = JSONDecoder(strict=False)
"""The escapes that `_STRING` lets through mean the same in JSON. Not strict, because TOML lets a tab stand as it is."""


def read(text: str) -> dict[str, Any] | None:
    """What `tomllib.loads` gives for this text, or None where it was not written by `codec`, or not so plainly."""
    whole, at = _head(text)
    table = whole
    end = len(text.rstrip(" \n")) + 1  # behind it stands the padding of a sealed file
    while at < end:
        line = _LINE.match(text, at)
        if line is None:
            return None
        at = line.end()
        kind: int = line.lastindex  # type: ignore[assignment]  # each way of matching ends in a group
        said = line[kind]
        if kind == _TABLE:
            if said in whole:
                return None  # twice the same name: the other reader says what is wrong
            table = whole[said] = {}
            continue
        key = line[_KEYED]
        if key in table:
            return None
        if kind == _TEXT:
            table[key] = _string(said)
        else:
            try:
                table[key] = _value(said, kind)
            except ValueError:
                return None  # a day that no month has
    return whole


def _head(text: str) -> tuple[dict[str, Any], int]:
    """The first lines of an entry, and where they end. Nothing and 0 where it begins otherwise."""
    head = _HEAD.match(text)
    if head is None:
        return {}, 0
    form, entry_id, rev, before, kind, created, saved = head.groups()
    parents = [item[1:-1] for item in _ITEM.findall(before)] if before else []
    try:
        first = _moment(created)
        moments = {"created": first, "saved": first if saved == created else _moment(saved)}
    except ValueError:
        return {}, 0
    return {"format": int(form), "id": entry_id, "rev": rev, "parents": parents, "kind": kind, **moments}, head.end()


@cache
def _zone(offset: str) -> tzinfo | None:
    """One object for each offset there is: tens of thousands of moments hold it."""
    return datetime.fromisoformat(f"2026-01-01T00:00:00{offset}").tzinfo


def _value(said: str, kind: int) -> Any:
    if kind == _TIME:
        return _moment(said)
    if kind == _NUMBER:
        return int(said)
    if kind == _DATE:
        return date.fromisoformat(said)
    if kind == _FLAG:
        return said == "true"
    return [_string(item) for item in _ITEM.findall(said)] if kind == _TEXTS else []


def _moment(said: str) -> datetime:
    """Raises ValueError for a day that no month has."""
    return datetime.fromisoformat(said[:19]).replace(tzinfo=_zone(said[19:]))


def _string(quoted: str) -> str:
    if "\\" not in quoted:
        return quoted[1:-1]
    found: str = _JSON.raw_decode(quoted)[0]
    return found
