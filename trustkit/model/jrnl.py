"""Pages out of a jrnl journal: its text file, and what `jrnl --export json` prints.

In the text file an entry begins with a line `[2026-11-22 02:10] First sentence`; how the date is written was each
owner's to choose and to change, so every way is tried for every line. jrnl puts a blank line before each entry. A line
that looks like a date anywhere else was pasted into a text, and stays there. Held to files that jrnl 4.6 wrote.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from trustkit.model.days import MONTHS
from trustkit.model.entry import Note
from trustkit.model.pages import Local, Page, Unreadable, is_whole

STARRED: Final = "starred"
"""The tag that stands for jrnl's star."""

_LONGEST: Final = 80
"""Characters of a date. jrnl itself writes some 30."""
_BEGINS: Final = re.compile(r"\[([^\[\]\n]{6,60})\](?: .*)?", re.DOTALL)
_TAG: Final = re.compile(r"(?<!\S)@([-+*#/\w]+)")
_ENDS: Final = "-+*#/"
_MONTH: Final = {name[:3]: at for at, name in enumerate(MONTHS, 1)}

_ISO: Final = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_TURNED: Final = re.compile(
    r"(?P<a>\d{1,2})(?:[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})|[/.](?P<b2>\d{1,2})[/.](?P<y2>\d{2})(?!\d))"
)
"""A year of two digits only between strokes or dots: with hyphens it may as well stand first."""
_NAMED: Final = re.compile(
    r"(?:[a-z]+,?\s+)?(?:(?P<d>\d{1,2})\.?\s+(?P<n>[a-z]{3,9})\.?,?|(?P<n2>[a-z]{3,9})\.?\s+(?P<d2>\d{1,2}),?)\s+(?P<y>\d{4}|\d{2}(?![\d:.]))",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"[T,\s]*(?:at\s+)?(?P<h>\d{1,2})[:.h](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"(?:\s*(?:UTC|GMT|Z|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)

DateOrder = Callable[[int, int], tuple[int, int]]
"""Gives (day, month) of the two numbers before a year."""


def is_jrnl(text: str) -> bool:
    """Whether the first line with anything in it begins an entry of jrnl's."""
    first = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0]
    found = _BEGINS.fullmatch(first.rstrip("\r"))
    return found is not None and read_moment(found[1]) is not None


def from_text(text: str, local: Local) -> tuple[list[Page], list[str]]:
    """The pages of a jrnl text file, and what a person should know about how it was read."""
    lines = text.removeprefix("\ufeff").split("\n")
    order, doubtful = _order_of(lines)
    pages: list[Page] = []
    looked_alike = 0
    begun: datetime | None = None
    body: list[str] = []
    for at, line in enumerate(lines):
        found = _BEGINS.fullmatch(line.rstrip("\r"))
        when = read_moment(found[1], order) if found else None
        if found and when is not None:
            if begun is None or not lines[at - 1].strip():
                pages += _page(begun, body, local, len(pages))
                begun, body = when, [line.partition("]")[2].removeprefix(" ")]
                continue
            looked_alike += 1
        body.append(line)
    pages += _page(begun, body, local, len(pages))
    notes = []
    if doubtful:
        notes.append("Dates such as 03/04/2026 were read with the day first.")
    if looked_alike:
        lines_ = "A line that looks" if looked_alike == 1 else f"{looked_alike} lines that look"
        notes.append(f"{lines_} like a date but follow no blank line stay in the text they stand in.")
    return pages, notes


def from_json(document: dict[str, Any], local: Local) -> Iterator[Page | Unreadable]:
    """Each entry of `jrnl --export json`, or why it can't be read."""
    for at, entry in enumerate(document["entries"], 1):
        try:
            yield _from_table(entry, local, at)
        except Unreadable as reason:
            yield reason


def _from_table(entry: Any, local: Local, at: int) -> Page:
    if not isinstance(entry, dict):
        raise Unreadable("it is no entry")
    title, body = entry.get("title", ""), entry.get("body", "")
    if not isinstance(title, str) or not isinstance(body, str):
        raise Unreadable("something in it has the wrong shape")
    when = read_moment(f"{entry.get('date')} {entry.get('time') or '00:00'}")
    if when is None:
        raise Unreadable("it does not say when it was written")
    text = "\n".join(part for part in (title.rstrip("\r\n"), body.strip("\r\n")) if part)
    if not is_whole(text):
        raise Unreadable("it holds half of a character")
    if not text.strip():
        raise Unreadable("there is nothing in it")
    # In no order of its own, and with whichever sign was chosen for tags.
    tags = sorted(_bare(tag) for tag in entry.get("tags") or () if isinstance(tag, str) and is_whole(tag))
    return _note(text, local(when), [*_tags_in(text), *tags], entry.get("starred") is True, at)


def _page(begun: datetime | None, lines: list[str], local: Local, before: int) -> Iterator[Page]:
    """The page of one entry's lines, if there is anything in them."""
    if begun is None:
        return
    first = lines[0].rstrip("\r")
    starred = first.endswith(" *") or first == "*"
    if starred:
        lines = [first[:-1].rstrip(), *lines[1:]]
    # jrnl ends an entry with a line end and a blank line; the text has neither.
    text = "\n".join(lines).rstrip("\r\n")
    if text.strip():
        yield _note(text, local(begun), _tags_in(text), starred, before + 1)


def _note(text: str, created: datetime, tags: list[str], starred: bool, at: int) -> Page:
    all_tags = dict.fromkeys(tag.casefold() for tag in [*tags, *[STARRED] * starred] if tag)
    return Page(Note(text, tags=tuple(all_tags)), created, where=f"entry {at}")


def _tags_in(text: str) -> list[str]:
    return [found.rstrip(_ENDS) for found in _TAG.findall(text)]


def _bare(tag: str) -> str:
    return (tag if tag[:1].isalnum() else tag[1:]).rstrip(_ENDS)


def _day_first(one: int, other: int) -> tuple[int, int]:
    return (one, other) if other <= 12 else (other, one)


def _month_first(one: int, other: int) -> tuple[int, int]:
    return (other, one) if one <= 12 else (one, other)


def _order_of(lines: list[str]) -> tuple[DateOrder, bool]:
    """Whether days or months come first in this file, and whether that is only a guess."""
    said = [found[1] for line in lines if (found := _BEGINS.fullmatch(line.rstrip("\r"))) and not _ISO.match(found[1])]
    turned = [(text, found) for text in said if (found := _TURNED.match(text))]
    pairs = [(int(found["a"]), int(found["b"] or found["b2"])) for _, found in turned]
    if any(one > 12 for one, _ in pairs):
        return _day_first, False
    if any(other > 12 for _, other in pairs):
        return _month_first, False
    # jrnl sorts its entries, so the order that leaves them sorted is the one they were written in.
    day_first, month_first = ([read_moment(text, order) for text, _ in turned] for order in (_day_first, _month_first))
    in_order = [_rises(moments) for moments in (day_first, month_first)]
    if in_order == [False, True]:
        return _month_first, False
    return _day_first, in_order[0] is in_order[1] and any(one != other for one, other in pairs)


def _rises(moments: list[datetime | None]) -> bool:
    known = [moment for moment in moments if moment is not None]
    return known == sorted(known)


def _year(digits: str) -> int:
    """Two digits as jrnl's own reading has them: 69 is 1969, 68 is 2068."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= 69 else 2000)


def read_moment(text: str, order: DateOrder = _day_first) -> datetime | None:
    """The moment a date of whatever form stands for, without an offset; None for what is no date."""
    text = text.strip()
    if len(text) > _LONGEST:  # some of these patterns take time in the square of a text's length
        return None
    if found := _ISO.match(text):
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    elif found := _TURNED.match(text):
        day, month = order(int(found["a"]), int(found["b"] or found["b2"]))
        year = _year(found["y"] or found["y2"])
    elif found := _NAMED.match(text):
        month = _MONTH.get((found["n"] or found["n2"])[:3].casefold(), 0)
        day, year = int(found["d"] or found["d2"]), _year(found["y"])
    else:
        return None
    rest = text[found.end() :]
    hour = minute = second = 0
    if rest.strip():
        time = _TIME.fullmatch(rest)
        if time is None:
            return None
        hour, minute, second = int(time["h"]), int(time["min"]), int(time["s"] or 0)
        if half := (time["half"] or "").casefold():
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + 12 * half.startswith("p")
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment if 1 < year < 9999 else None
