"""Where a key stands: line numbers for the paths of a TOML file.

`tomllib` tells none for a valid file, so one pass over the raw text finds them. It is made only for
files that have findings, and only after `tomllib` has accepted the text.
"""

import re
from typing import Final

from trustkit.library.slip import Path

_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+"
    r"|\n"
    r"|[\[\]{}=,.]"
    r"|[^\S\n]++"
    r"|[^\s\[\]{}=,.\"'#]++"
    r"|.",
    re.DOTALL,
)
_OPENING: Final = frozenset("[{")
_CLOSING: Final = frozenset("]}")


class Lines:
    """The line of every key, table and array item of one file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._walk(text)

    def of(self, path: Path) -> int:
        """The 1-based line of a path; of the nearest path above it when that is not known; else 1."""
        for length in range(len(path), 0, -1):
            line = self._known.get(path[:length])
            if line is not None:
                return line
        return 1

    def of_piece(self, path: Path, piece: str) -> int:
        """The line on which a piece of a longer value stands, looked for from the value's own line on."""
        start = self.of(path)
        lines = self._text.split("\n")
        for number in range(start, min(start + 120, len(lines)) + 1):
            if piece in lines[number - 1]:
                return number
        return start

    def _walk(self, text: str) -> None:
        line = 1
        table: Path = ()
        words: list[str] = []  # the parts of a header or key, up to "]" or "="
        header = ""
        depth = 0
        value: Path | None = None  # the path whose value is being passed over
        item = -1
        waiting = False  # for the next item of the array
        for match in _TOKEN.finditer(text):
            token = match[0]
            first = token[0]
            if first == "#" or token.isspace():
                if token == "\n":
                    if depth == 0:
                        words, value, header = [], None, ""
                    line += 1
                continue
            if value is not None:
                if waiting and depth == 1 and token != "]":
                    item += 1
                    self._known.setdefault((*value, item), line)
                    waiting = False
                if token in _OPENING:
                    depth += 1
                    if depth == 1:
                        waiting, item = token == "[", -1
                elif token in _CLOSING:
                    depth -= 1
                elif token == "," and depth == 1 and item >= 0:
                    waiting = True
            elif token == "[":
                header += "["
            elif token == "]" and header:
                if words:
                    table = self._header(tuple(words), line, many=header == "[[")
                    words = []
            elif token == "=" and not header:
                value = (*table, *words)
                self._known.setdefault(value, line)
                words = []
            elif token != ".":
                words.append(_bare(token))
            line += token.count("\n")

    def _header(self, names: tuple[str, ...], line: int, *, many: bool) -> Path:
        """The path of a `[table]` or `[[table]]`, with the position in every array of tables on the way."""
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path])
        path = (*path, names[-1])
        self._known.setdefault(path, line)
        if many:
            self._counts[path] = self._counts.get(path, -1) + 1
            path = (*path, self._counts[path])
            self._known[path] = line
        return path


def _bare(token: str) -> str:
    """A key without its quotes. Escapes in keys are rare enough to leave."""
    return token[1:-1] if len(token) >= 2 and token[0] in "\"'" else token
