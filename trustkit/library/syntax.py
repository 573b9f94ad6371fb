"""From the bytes of a file to a TOML table, or to one finding that an author can act on (E01, E02, E03)."""

import re
from typing import Any, Final

from trustkit.library.schema import FORMATS
from trustkit.library.slip import Finding, quoted, shown
from trustkit.parsing import TooComplex, parse_toml

LARGEST: Final = 1024 * 1024
"""Bytes. The largest guide is some 30 KB; a file past this was not written by hand."""

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_CURLY: Final = "“”„‟‘’‚«»"


class BrokenError(Exception):
    """The text of a file cannot be used at all."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.what)
        self.finding = finding


def decode(data: bytes) -> str:
    """The text of a file.

    Raises:
        BrokenError: It is not UTF-8, or there is nothing in it.
    """
    try:
        text = data.decode("utf-8-sig")  # some editors begin a file with a byte order mark
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{data[error.start]:02x}"
        raise BrokenError(Finding((), "E02", "not UTF-8", found, "a text file saved as UTF-8", line=line)) from None
    if not text.strip():
        raise BrokenError(Finding((), "E02", "empty", "nothing", "a file that begins with: format = 1", line=1))
    return text


def parse(text: str) -> dict[str, Any]:
    """The table a text holds, `format` checked.

    Raises:
        BrokenError: Not valid TOML (E01), or of no format this version reads (E03).
    """
    try:
        table = parse_toml(text)
    except TooComplex as error:
        raise BrokenError(Finding((), "E01", f"not valid TOML here: {error}", line=error.line)) from None
    except ValueError as error:  # TOMLDecodeError, and a number of thousands of digits
        raise BrokenError(_broken_toml(text, str(error))) from None
    _check_format(table)
    return table


def _check_format(table: dict[str, Any]) -> None:
    readable = "this trustkit reads format " + ", ".join(str(n) for n in FORMATS)
    if "format" not in table:
        finding = Finding((), "E03", "format missing", expected=f"{readable}; the first line: format = {FORMATS[-1]}")
        raise BrokenError(finding)
    found = table["format"]
    if isinstance(found, bool) or not isinstance(found, int) or found not in FORMATS:
        value = quoted(found) if isinstance(found, str) else shown(found)
        raise BrokenError(Finding(("format",), "E03", "format not supported", value, readable))


def _broken_toml(text: str, message: str) -> Finding:
    lines = text.split("\n")
    place = _PLACE.search(message)
    reason = message[: place.start()] if place else message
    if place and place[1]:
        number, column = int(place[1]), int(place[2])
    else:
        number, column = len(lines), len(lines[-1]) + 1
    opened = _opened_at(text, reason)
    if opened:
        number, column = opened
    line = lines[number - 1] if number <= len(lines) else ""
    if place and place[1] and not line.strip() and number > 1:  # the slip is at the end of the line before
        number, line = number - 1, lines[number - 2]
        column = len(line) + 1
    return Finding(
        (),
        "E01",
        f"not valid TOML at line {number}, column {column}: {shown(reason[:1].lower() + reason[1:])}",
        shown(line.strip(), 100),
        _cause(line, reason),
        line=number,
    )


def _opened_at(text: str, reason: str) -> tuple[int, int] | None:
    """Where the string or list began that is still open at the end of the file."""
    if "Unterminated string" in reason or 'Expected "' in reason:
        marks = list(re.finditer(r'"""|\'\'\'', text))
        if len(marks) % 2:
            start = marks[-1].start()
            return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return None


def _cause(line: str, reason: str) -> str:
    """What the author most likely meant: the first of these that fits."""
    value = line.split("=", 1)[1].strip() if "=" in line else ""
    header = line.lstrip().startswith("[")
    if header and ("overwrite" in reason or "declare" in reason or "mutate" in reason):
        return "each [table] once; one that repeats is written [[like-this]] every time"
    if "overwrite" in reason or "mutate" in reason:
        return "each key once in its table; this one stands there twice, or a quote is missing above"
    if value[:1] and value[0] in _CURLY:
        return f'straight quotes (") around the text instead of {value[0]}; inside it, curly ones are fine'
    if "\\" in line and any(word in reason for word in ("escape", "Unescaped", "hex", "nicode")):
        return "no backslash, or the text between '''three single quotes'''"
    if "Illegal character" in reason:
        if "\\n" in reason or "\\r" in reason:
            return "a closing quote on the same line; longer text stands between three quotes"
        return "text without control characters"
    if "Unterminated" in reason or "Expected '\"'" in reason or 'Expected "' in reason:
        if '"""' in line or "'''" in line:
            return "three closing quotes where the text ends"
        return "a closing quote on the same line; longer text stands between three quotes"
    if "digits" in reason:
        return "a smaller number"
    if "Unclosed" in reason:
        return "a closing ] or }, and commas between the items, here or on the line above"
    if "Expected ']" in reason or (header and "Expected" in reason):
        return "a table's name in brackets, closed, on a line of its own"
    return _cause_of_value(line, value, reason)


def _cause_of_value(line: str, value: str, reason: str) -> str:
    if value.casefold() in ("yes", "no", "on", "off") or value in ("True", "False"):
        return "true or false, in small letters"
    if re.match(r"\d+[-./]\d+[-./]\d+", value):
        return "a date as in 2026-11-21, no quotes"
    if re.match(r"0\d", value):
        return "a number with no 0 before it; a telephone number stands in quotes"
    if "Invalid value" in reason:
        return "quotes around text; a list in square brackets; a date as in 2026-11-21" if value else "a value after ="
    if "after a statement" in reason:
        if value.startswith('"') and value.count('"') > 2:
            return "no straight quote inside the text: use curly quotes there, or 'single quotes' outside"
        return "one key = value on each line"
    if "Expected '='" in reason or "key part" in reason or "Invalid statement" in reason:
        if line.lstrip()[:1] in _CURLY or re.match(r"\s*[\w-]+\s*:", line):
            return "key = value, with no quotes round the key"
        return "key = value; words outside quotes? Three quotes may have closed too early"
    return 'a missing quote, bracket or "=" here or on the line above'
