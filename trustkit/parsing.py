"""The one way from foreign TOML and JSON to values: bounded before it is parsed, so that no small file stops a start.

Python's `tomllib` needs memory in the square of a dotted key's parts: 120 KB of `a.a.a…` cost it gigabytes. It also
takes tables a thousand deep and numbers of a thousand digits that other readers and writers then refuse, each with an
exception of its own. So the parts of a text are counted first, outside strings and comments: what a person wrote may
hold as many dots and brackets as it likes.
"""

import re
from functools import cache
from itertools import accumulate
from typing import Any, Final

DEPTH: Final = 32
"""Dots in one key, brackets within brackets, and tables within tables. What trustkit writes needs three."""
MOST_PARTS: Final = 200_000
"""Keys, values, opening brackets and lines of one text: about a second of work. The largest shipped file has 700."""
MOST_DOTS: Final = 20_000
"""Dots among them, each of which may stand for a table of its own: 1 KB."""
LARGEST: Final = 2**63
"""Whole numbers lie between -2^63 and 2^63 - 1, as TOML has it."""

_PARTS: Final = "=,[{\n"
_ENDS_A_KEY: Final = str.maketrans("=,[]{}", "\n" * 6)
_STEPS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


class TooComplex(ValueError):
    """The text is nested too deep, has too many parts or too large a number. The message says which, without quoting.

    Attributes:
        line: Where that shows first, from 1.
    """

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.line = line


def parse_toml(text: str, *, large_numbers: bool = True) -> dict[str, Any]:
    """The table that a TOML text holds.

    Args:
        large_numbers: Whether whole numbers past 64 bits pass, for a caller that has something to say about each.

    Raises:
        TooComplex: It is past one of the bounds above.
        ValueError: It is not valid; `tomllib.TOMLDecodeError` says where.
    """
    import tomllib  # 10 ms that a start without any file to read need not pay

    what = _excess(_structure(text))
    if what:
        raise TooComplex(what, _line_of_excess(text))
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise TooComplex("nested too deep") from None
    what = _excess_of(table, large_numbers)
    if what:
        raise TooComplex(what)
    return table


def parse_json(text: str | bytes) -> Any:
    """What a JSON text holds. Raises ValueError: it is not valid, is nested too deep or has too long a number."""
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise TooComplex("nested too deep") from None


@cache
def _quoted() -> re.Pattern[str]:
    """Strings and comments, as `tomllib` tells them; a string that is never closed takes all that follows.

    Compiled when first needed. Each way of matching is possessive, so that no text takes longer than its length.
    """
    return re.compile(
        r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+""""{0,2}+'
        r"|'''[^']*+(?:'(?!'')[^']*+)*+''''{0,2}+"
        r'|"(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"'
        r"|'(?!'')[^'\n]*+'"
        r"|\#[^\n]*+"
        r"|[\"'].*+",
        re.DOTALL,
    )


def _structure(text: str) -> str:
    """A text without what stands in its strings and comments."""
    return _quoted().sub("", text)


def _excess(structure: str) -> str:
    """Which bound a structure is past, or nothing."""
    dots = structure.count(".")
    if dots > MOST_DOTS or sum(map(structure.count, _PARTS)) > MOST_PARTS:
        return "made of too many parts"
    if dots > DEPTH and max(map(_dots, structure.translate(_ENDS_A_KEY).split("\n"))) > DEPTH:
        return "nested too deep"
    brackets = re.sub(r"[^\[\]{}]+", "", structure)
    return "nested too deep" if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > DEPTH else ""


def _dots(key: str) -> int:
    return key.count(".")


def _line_of_excess(text: str) -> int:
    """The first line at which the text is past a bound."""
    lines = _quoted().sub(lambda found: "\n" * found[0].count("\n"), text).split("\n")
    depth = parts = dots = 0
    for number, line in enumerate(lines, 1):
        parts += 1 + sum(map(line.count, _PARTS))
        dots += line.count(".")
        depth += sum(map(line.count, "[{"))
        if depth > DEPTH or parts > MOST_PARTS or dots > MOST_DOTS or _excess(line):
            return number
        depth -= sum(map(line.count, "]}"))
    return 1


def _excess_of(table: dict[str, Any], large_numbers: bool) -> str:
    """Which bound a table is past, so that whatever else handles it can take it; or nothing."""
    level: list[Any] = [table]
    for _ in range(DEPTH):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict | list):
                below += value.values() if isinstance(value, dict) else value
            elif not large_numbers and isinstance(value, int) and not -LARGEST <= value < LARGEST:
                return "a number too large"
        if not below:
            return ""
        level = below
    return "nested too deep"
