"""Reading one table by its grammar: what is well formed comes out clean, the rest is reported.

`take` never raises over content. Its clean copy holds only known keys with values of the right type, so
that the rules and the builder need not look again; every reference it passes is noted for later.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from trustkit.library import markdown
from trustkit.library.grammar import (
    LINE_CEILING,
    LIST_CEILING,
    PROSE_CEILING,
    REF_NAMES,
    Key,
    Table,
    describe,
    example,
)
from trustkit.library.slip import Path, Reference, Report, nearest, quoted, shown
from trustkit.model import prose

Clean = dict[str, Any]


ID: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VERSION: Final = re.compile(r"\d{4}\.\d{1,2}\.\d{1,4}")
TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{5,8})*")
_WEB: Final = re.compile(r"https?://[^\s<>\"']+\.[^\s<>\"']+")
_SCORE: Final = re.compile(r"(?:scor|weight|point|rating|total|result|threshold|percent|number|value|sum\b)", re.I)
_BAD: Final = object()
_CHARACTERS_PER_WORD: Final = 40
"""Beyond the longest words of any language; keeps one endless "word" out."""
_WHOLE_CEILING: Final = 1_000_000


def take(table: Table, raw: Mapping[str, object], path: Path, report: Report) -> Clean:
    """The values of one table that can be used. `path` leads to the table."""
    clean: Clean = {}
    for name, value in raw.items():
        key = table.keys.get(name)
        if key is None:
            if not (name == "format" and not path):
                _unknown(table, name, value, path, report)
            continue
        taken = _TAKE[key.type](key, value, (*path, name), report)
        if taken is not _BAD:
            clean[name] = taken
    for name, key in table.keys.items():
        if key.required and name not in raw:
            missing = f"required {'table' if key.type in ('table', 'tables') else 'key'} missing"
            expected = f"{describe(key)}, for example: {example(name, key)}"
            report.add((*path, name), "E05", missing, expected=expected)
    return clean


def _unknown(table: Table, name: str, value: object, path: Path, report: Report) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if table.scoreless and (number or _SCORE.match(name)):
        report.add(
            (*path, name), "E19", "a score where there may be none", quoted(name), "no numbers, weights or results here"
        )
        return
    what = "unknown table" if isinstance(value, dict) or _tables(value) else "unknown key"
    report.add((*path, name), "E04", what, quoted(name), "one of: " + ", ".join(table.keys), nearest(name, table.keys))


def _tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _wrong_type(key: Key, value: object, path: Path, report: Report) -> object:
    kind = type_name(value)
    hint = ""
    if isinstance(value, (bool, int, float, date, time)) and key.type in _TEXTUAL:
        hint = " (put quotes round it)"
    elif isinstance(value, str) and key.type in ("whole", "number", "yes-no", "date"):
        hint = " (take the quotes off)"
    elif isinstance(value, str) and key.type in _LISTS:
        hint = f' (put it in square brackets: ["{shown(value, 24)}"])'
    elif isinstance(value, list) and key.type in _TEXTUAL:
        hint = " (one only, without square brackets)"
    found = kind if isinstance(value, (list, dict)) else f"{kind}: {shown(value)}"
    report.add(path, "E06", "wrong type", found, describe(key) + hint)
    return _BAD


def type_name(value: object) -> str:
    """What a TOML value is, in words for an author."""
    names: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (str, "text"),
        (int, "a whole number"),
        (float, "a number with decimals"),
        (datetime, "a date with a time"),
        (date, "a date"),
        (time, "a time"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "something else")


# --- one taker a type -------------------------------------------------------------------------------


def _text(key: Key, value: object, path: Path, report: Report) -> str | None:
    """A string that holds nothing which could steer a terminal."""
    if not isinstance(value, str):
        _wrong_type(key, value, path, report)
        return None
    if trouble := markdown.steering(value):
        report.add(path, "E13", trouble.what, quoted(trouble.piece), trouble.expected)
        return None
    return value


def _take_id(key: Key, value: object, path: Path, report: Report) -> object:
    text = _text(key, value, path, report)
    if text is None:
        return _BAD
    if not (2 <= len(text) <= 40 and ID.fullmatch(text)):
        better = corrected(text)
        report.add(path, "E09", "bad id", quoted(text), describe(Key("id")), (better,) if better else ())
        return _BAD
    return text


def corrected(text: str) -> str:
    """The nearest well-formed id, or nothing when none comes near."""
    import unicodedata

    folded = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode("ascii").casefold()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", folded)).lstrip("0123456789-")[:40].rstrip("-")
    return words if len(words) >= 2 else ""


def _take_line(key: Key, value: object, path: Path, report: Report) -> object:
    text = _plain(key, value, path, report)
    if text is None:
        return _BAD
    if key.type == "line":
        for trouble in markdown.line_troubles(text):
            report.add(path, "E13", trouble.what, quoted(trouble.piece), trouble.expected)
    return text


def _plain(key: Key, value: object, path: Path, report: Report) -> str | None:
    text = _text(key, value, path, report)
    if text is None:
        return None
    text = text.replace("\t", " ").strip()
    high = int(key.high) if key.type == "line" and key.high else LINE_CEILING
    if len(text) > high:
        report.add(path, "E12", "text too long", f"{len(text)} characters", f"at most {high}")
    elif not text and key.required:
        report.add(path, "E12", "text too short", "nothing between the quotes", describe(key))
    if key.type == "plain" and "\n" in text:
        report.add(path, "E13", "a line break in a one-line text", quoted(text.split("\n", 1)[0]), "one line")
    return text


def _take_prose(key: Key, value: object, path: Path, report: Report) -> object:
    text = _text(key, value, path, report)
    if text is None:
        return _BAD
    high = int(key.high) or PROSE_CEILING
    if len(text) > high * _CHARACTERS_PER_WORD:
        report.add(path, "E12", "text too long", f"{len(text)} characters", f"at most {high} words")
        return _BAD
    # Splitting is cheap and never counts too few; the exact count is taken only where it could matter.
    words = len(text.split())
    if words > high or words < 2 * key.low or not text.isascii():
        words = prose.count_words(text)
    if words > high:
        report.add(path, "E12", "text too long", f"{words} words", f"at most {high} words")
    elif words < key.low:
        report.add(path, "E12", "text too short", f"{words} words", f"at least {int(key.low)} words")
    elif not words and key.required:
        report.add(path, "E12", "text too short", "no words", describe(key))
    for trouble in markdown.troubles(text):
        report.add(path, "E13", trouble.what, quoted(trouble.piece), trouble.expected, piece=_first_line(trouble.piece))
    return text.replace("\t", " ").strip()


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0]


def _take_template(key: Key, value: object, path: Path, report: Report) -> object:
    text = _text(key, value, path, report)
    if text is None:
        return _BAD
    if len(text) > PROSE_CEILING * _CHARACTERS_PER_WORD:
        report.add(path, "E12", "text too long", f"{len(text)} characters", f"at most {PROSE_CEILING} words")
        return _BAD
    if not text.strip():
        report.add(path, "E12", "text too short", "no words", describe(key))
    return text.replace("\t", " ").strip()


def _take_word(key: Key, value: object, path: Path, report: Report) -> object:
    text = _text(key, value, path, report)
    if text is None:
        return _BAD
    if text not in key.allowed:
        report.add(path, "E07", "value not allowed", quoted(text), describe(key), nearest(text, key.allowed))
        return _BAD
    return text


def _take_whole(key: Key, value: object, path: Path, report: Report) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        return _wrong_type(key, value, path, report)
    if not (key.low if key.low or key.high else -_WHOLE_CEILING) <= value <= (key.high or _WHOLE_CEILING):
        report.add(path, "E07", "value not allowed", shown(value), describe(key))
        return _BAD
    return value


def _take_number(key: Key, value: object, path: Path, report: Report) -> object:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return _wrong_type(key, value, path, report)
    if not key.low <= value <= key.high:  # never true of nan and inf
        report.add(path, "E07", "value not allowed", shown(value), describe(key))
        return _BAD
    return float(value)


def _take_yes_no(key: Key, value: object, path: Path, report: Report) -> object:
    return value if isinstance(value, bool) else _wrong_type(key, value, path, report)


def _take_date(key: Key, value: object, path: Path, report: Report) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _wrong_type(key, value, path, report)


def _matching(pattern: re.Pattern[str]) -> "Taker":
    def taken(key: Key, value: object, path: Path, report: Report) -> object:
        text = _text(key, value, path, report)
        if text is None:
            return _BAD
        if len(text) > LINE_CEILING or not pattern.fullmatch(text):
            report.add(path, "E07", "value not allowed", quoted(text), describe(key))
            return _BAD
        return text

    return taken


def _take_ref(key: Key, value: object, path: Path, report: Report) -> object:
    text = _text(key, value, path, report)
    if text is None:
        return _BAD
    if len(text) > LINE_CEILING:
        report.add(path, "E08", "unknown reference", quoted(text), REF_NAMES[key.ref])
        return _BAD
    report.references.append(Reference(path, key.ref, text))
    return text


def _each(one: Key, take_one: "Taker") -> "Taker":
    """A list of values that are each taken by `take_one`; `low` and `high` of the key count its items."""
    kept: dict[tuple[object, ...], Key] = {}

    def taken(key: Key, value: object, path: Path, report: Report) -> object:
        if not isinstance(value, list):
            return _wrong_type(key, value, path, report)
        high = int(key.high) or LIST_CEILING
        if key.type == "wholes":
            high = int(key.high)
        if len(value) > high:
            report.add(path, "E12", "list too long", f"{len(value)} items", f"at most {high}")
        elif len(value) < key.low:
            report.add(path, "E12", "list too short", f"{len(value)} items", f"at least {int(key.low)}")
        item = kept.get((key.allowed, key.ref))
        if item is None:
            item = replace(one, required=True, allowed=key.allowed, ref=key.ref)
            kept[(key.allowed, key.ref)] = item
        items = (take_one(item, v, (*path, i), report) for i, v in enumerate(value[:high]))
        return tuple(i for i in items if i is not _BAD)

    return taken


def _take_notes(key: Key, value: object, path: Path, report: Report) -> object:
    if not isinstance(value, dict):
        return _wrong_type(key, value, path, report)
    notes: list[tuple[str, object]] = []
    for tag, words in value.items():
        if not TAG.fullmatch(tag):
            report.add((*path, tag), "E07", "value not allowed", quoted(tag), describe(Key("tag")))
            continue
        taken = _take_line(Key("line"), words, (*path, tag), report)
        if taken is not _BAD:
            notes.append((tag, taken))
    return tuple(notes)


def _take_table(key: Key, value: object, path: Path, report: Report) -> object:
    if not isinstance(value, dict) or key.table is None:
        return _wrong_type(key, value, path, report)
    return take(key.table, value, path, report)


def _take_tables(key: Key, value: object, path: Path, report: Report) -> object:
    if not isinstance(value, list) or key.table is None:
        return _wrong_type(key, value, path, report)
    high = int(key.high)
    if len(value) > high:
        report.add(path, "E12", "too many", f"{len(value)} of [[{path[-1]}]]", f"at most {high}")
    elif len(value) < key.low:
        report.add(path, "E12", "too few", f"{len(value)} of [[{path[-1]}]]", f"at least {int(key.low)}")
    rows: list[Clean] = []
    for position, row in enumerate(value[:high]):
        if isinstance(row, dict):
            rows.append(take(key.table, row, (*path, position), report))
        else:
            _wrong_type(Key("table"), row, (*path, position), report)
            rows.append({})  # keeps the positions of the rows behind it
    return rows


Taker = Callable[[Key, object, Path, Report], object]

_TEXTUAL: Final = frozenset(
    {"id", "line", "plain", "prose", "template", "word", "ref", "version", "tag", "web"},
)
_LISTS: Final = frozenset({"ids", "lines", "words", "names", "refs", "wholes", "tags"})
_tag: Final = _matching(TAG)
_TAKE: Final[dict[str, Taker]] = {
    "id": _take_id,
    "ids": _each(Key("id"), _take_id),
    "line": _take_line,
    "lines": _each(Key("line"), _take_line),
    "plain": _take_line,
    "prose": _take_prose,
    "template": _take_template,
    "word": _take_word,
    "words": _each(Key("word"), _take_word),
    "names": _each(Key("ref"), _take_ref),
    "ref": _take_ref,
    "refs": _each(Key("ref"), _take_ref),
    "whole": _take_whole,
    "wholes": _each(Key("whole", low=1, high=110), _take_whole),
    "number": _take_number,
    "yes-no": _take_yes_no,
    "date": _take_date,
    "version": _matching(_VERSION),
    "tag": _tag,
    "tags": _each(Key("tag"), _tag),
    "web": _matching(_WEB),
    "notes": _take_notes,
    "table": _take_table,
    "tables": _take_tables,
}
