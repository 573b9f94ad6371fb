"""What the validator has to say: one `Slip` a finding, and the collector that gathers them for one file.

Nothing found in a file is ever passed on raw. A slip is printed in a terminal, so characters that could
steer one are written out as escapes first.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from trustkit.library.grammar import Ref
from trustkit.model.frozen import frozen

Path = tuple[str | int, ...]
"""Where in a file: keys and 0-based positions, as `("step", 2, "launch", 0)`."""

MOST: Final = 200
"""After this many findings in one file the rest is not listed: mend these first."""

_SHOWN: Final = 72


@frozen
class Slip:
    """One thing that is wrong (code E) or could be better (code W) in one place of one file."""

    file: str
    line: int
    """1-based."""
    path: str
    """`step[2].launch[0]`; empty for the file as a whole."""
    code: str
    what: str
    found: str = ""
    expected: str = ""
    nearest: tuple[str, ...] = ()
    within: str = ""
    """The id of the step, sign, gate or row the path leads into, when it has one."""

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")

    def as_text(self) -> str:
        """The report as an author reads it: one line saying where and what, then found, expected, nearest."""
        place = f"{self.path} ({self.within})" if self.within else self.path
        lines = ["  ".join(part for part in (f"{self.file}:{self.line}", place, f"{self.code} {self.what}") if part)]
        nearest = ", ".join(f'"{name}"' for name in self.nearest)
        for label, value in (("found", self.found), ("expected", self.expected), ("nearest", nearest)):
            if value:
                lines.append(f"    {label:<8}  {value}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str | int | list[str]]:
        """The same for a program; every key is always there."""
        return {
            "file": self.file,
            "line": self.line,
            "path": self.path,
            "within": self.within,
            "code": self.code,
            "what": self.what,
            "found": self.found,
            "expected": self.expected,
            "nearest": list(self.nearest),
        }


@frozen
class Finding:
    """A slip before its line is known: lines are worked out only for files that have findings."""

    path: Path
    code: str
    what: str
    found: str = ""
    expected: str = ""
    nearest: tuple[str, ...] = ()
    piece: str = ""
    """A piece of the file's text whose own line is reported, when it stands inside a longer value."""
    line: int = 0
    """Known already (broken TOML); 0: to be worked out from the path."""
    other: Path = ()
    """A second place in the same file that this one clashes with; its line is told as well."""

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")


class Reference(NamedTuple):
    """A place in a file that names something in another file."""

    path: Path
    ref: Ref
    value: str


class EnoughError(Exception):
    """One file has more findings than anybody wants to read."""


class Report:
    """What was met while one file was read: findings, and references to other files."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.findings: list[Finding] = []
        self._paths: set[Path] = set()

    def add(
        self,
        path: Path,
        code: str,
        what: str,
        found: str = "",
        expected: str = "",
        nearest: Iterable[str] = (),
        piece: str = "",
        other: Path = (),
    ) -> None:
        """Note one finding.

        Raises:
            EnoughError: There are `MOST` already; one last finding says so.
        """
        if len(self.findings) >= MOST:
            self.findings.append(Finding((), code, f"and more: the first {MOST} are listed, mend these first"))
            raise EnoughError
        self.findings.append(Finding(path, code, what, found, expected, tuple(nearest), piece, other=other))
        self._paths.add(path)

    def has(self, path: Path) -> bool:
        """Whether something was found at exactly this path, so that a second check need not repeat it."""
        return path in self._paths

    @property
    def ok(self) -> bool:
        """No errors; there may be warnings."""
        return not any(finding.is_error for finding in self.findings)

    def spoils(self, head: Path) -> bool:
        """Whether an error lies at or below this path."""
        return any(f.is_error and f.path[: len(head)] == head for f in self.findings)


def shown(text: object, limit: int = _SHOWN) -> str:
    """A value made harmless and short: what cannot be printed is written as an escape."""
    if isinstance(text, int) and text.bit_length() > 200:
        return "a number of more than 60 digits"  # Python refuses to write out the largest
    words = str(text)
    cut = words if len(words) <= limit else words[: limit - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def quoted(text: object, limit: int = _SHOWN) -> str:
    """The same between quotes."""
    return f'"{shown(text, limit)}"'


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most three known names that look like this one."""
    from difflib import get_close_matches  # only needed when something is wrong

    return tuple(get_close_matches(word[:80], list(known), n=3, cutoff=0.6))


def written(path: Path) -> str:
    """A path as authors read it: `step[2].launch[0]`."""
    parts: list[str] = []
    for part in path:
        if isinstance(part, int):
            parts.append(f"[{part}]")
        else:
            parts.append(f".{shown(part, 40)}" if parts else shown(part, 40))
    return "".join(parts)
