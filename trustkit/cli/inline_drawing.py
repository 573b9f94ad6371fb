"""How a breath looks in a few lines of an ordinary terminal: figure on the left, words beside it.

The colours behind are unknown here, so nothing blends: the disc is made of eighths of a cell, which stay smooth on any
background, in one colour or none.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TextIO

from trustkit.cli.encoding import readable
from trustkit.cli.inline_terminal import WIDEST
from trustkit.model.breath_words import Words
from trustkit.model.disc import Disc, bar, characters, eighths
from trustkit.model.plain import one_line
from trustkit.text_width import cells, cut, wrap

Figure = Literal["orb", "bar", "words"]

LINES: Final = 6
"""Lines of the terminal that a breath takes; more only for a long caution in a narrow window."""

HINT: Final = "space pauses · q stops · ^g hides"
HINT_IN_LINES: Final = "q stops, w if it makes things worse, ctrl+g empties the window and stops."
HINT_WITHOUT_KEYS: Final = "ctrl-c stops"

_ORB_COLUMNS: Final = 2 * LINES + 1
_ROOM_FOR_ORB: Final = 56
"""Columns under which words need the orb's place."""
_WIDEST_BAR: Final = 40


@dataclass(frozen=True, slots=True)
class Pen:
    """What this terminal can be sent. Empty strings where it can't."""

    core: str = ""
    """Before the figure's colour."""
    bold: str = "\x1b[1m"
    dim: str = "\x1b[2m"
    under: str = "\x1b[7m"
    """Before a cell that is drawn reversed."""
    plain: str = "\x1b[m"
    ascii: bool = False
    encoding: str = "utf-8"

    @classmethod
    def of(cls, out: TextIO, *, ascii: bool | None, environment: Mapping[str, str] = os.environ) -> "Pen":
        """The pen for this terminal; `ascii` None finds out whether it has more than ASCII."""
        encoding = getattr(out, "encoding", None) or "ascii"
        term = environment.get("TERM", "")
        if ascii is None:
            # The Linux console has too few characters for eighths of a cell.
            ascii = not encoding.lower().startswith("utf") or term == "linux"
        core = ""
        if "NO_COLOR" not in environment:
            many = "256" in term or environment.get("COLORTERM", "") in ("truecolor", "24bit")
            # A grey green that stands out from black and from white alike; else the terminal's own cyan.
            core = "\x1b[38;5;66m" if many else "\x1b[36m"
        return cls(core, ascii=ascii, encoding=encoding)

    def write(self, text: str, style: str = "") -> str:
        """Words in a style, with nothing that the terminal lacks."""
        if self.ascii:
            text = text.replace("·", "-").replace("…", "...")
        text = readable(self.encoding, text)
        return f"{style}{text}{self.plain}" if style and text else text


@dataclass(frozen=True, slots=True)
class Page:
    """What stays the same while a breath is drawn."""

    title: str
    caution: str
    figure: Figure
    columns: int
    rows: int
    pen: Pen
    hint: str

    def lines(self, words: Words, fullness: float) -> list[str]:
        """The picture of one moment. No line is wider than the window, and there are no more than it has rows."""
        width = max(1, min(self.columns - 1, WIDEST))
        if self.figure == "orb" and width >= _ROOM_FOR_ORB and self.rows > LINES:
            beside = self._words(words, width - _ORB_COLUMNS - 2, [])
            picture = self._orb(fullness)
            beside += [""] * (LINES - len(beside))
            picture += [" " * _ORB_COLUMNS] * (len(beside) - LINES)
            return [f"{left}  {right}".rstrip(" ") for left, right in zip(picture, beside, strict=True)]
        return self._words(words, width, [] if self.figure == "words" else [self._bar(fullness, width)])

    def _words(self, words: Words, width: int, figure: list[str]) -> list[str]:
        """Title, figure, what to do, time left, caution and keys, as far as there are lines for them.

        The caution comes before everything but what to do; in a narrow window it may take more than the usual lines.
        """
        pen = self.pen
        window = max(1, self.rows - 1)
        said = one_line(words.main)
        main = cut(f"{said}  {words.count:>2}" if words.count else said, width)
        below = words.below if cells(words.below) <= width else words.brief
        caution = wrap(one_line(self.caution), width) if self.caution.strip() else []
        if len(caution) > window - 1:
            kept, rest = caution[: max(0, window - 2)], " ".join(caution[max(0, window - 2) :])
            caution = [*kept, cut(rest, width)][: window - 1]
        room = min(window, LINES) - 1 - len(caution)
        parts: dict[str, list[str]] = {}
        for name, part in (
            ("below", [pen.write(cut(below, width), pen.dim)]),
            ("figure", figure),
            ("hint", [pen.write(cut(self.hint, width), pen.dim)]),
            ("title", [pen.write(cut(one_line(self.title), width), pen.core)] if self.title else []),
        ):
            parts[name] = part if room >= len(part) else []
            room -= len(parts[name])
        parts["main"] = [pen.write(main, pen.bold)]
        parts["caution"] = [pen.write(line, pen.dim) for line in caution]
        order = ("title", "figure", "main", "below", "caution", "hint")
        return [line for name in order for line in parts[name]]

    def _orb(self, fullness: float) -> list[str]:
        disc = Disc(_ORB_COLUMNS, LINES)
        pen = self.pen
        styles = {"none": "", "disc": pen.core, "under": pen.core + pen.under, "ring": pen.dim}
        return [
            "".join(
                f"{styles[part]}{text}{pen.plain}" if styles[part] else text
                for part, text in characters(row, ascii=pen.ascii)
            )
            for row in eighths(disc, disc.step(fullness))
        ]

    def _bar(self, fullness: float, width: int) -> str:
        filled, empty = bar(fullness, min(width, _WIDEST_BAR), ascii=self.pen.ascii)
        pen = self.pen
        return f"{pen.core}{filled}{pen.plain}{pen.dim}{empty}{pen.plain}"
