"""The eight types of exercise, frozen. A player in `tui/players/` plays each; `cli` has each as plain text."""

from datetime import date
from typing import Final, Literal

from trustkit.model.frozen import frozen

PhaseKind = Literal["in", "hold", "out", "rest"]

KEEP: Final = ("ask", "private", "never")


@frozen
class Phase:
    """One part of a breath."""

    do: PhaseKind
    seconds: float
    say: str


@frozen
class Breathing:
    """A breathing pattern: the phases of one round, and how many rounds."""

    rounds: int
    phases: tuple[Phase, ...]
    also: tuple[int, ...] = ()
    """Other lengths a reader may choose, in rounds."""

    @property
    def round_seconds(self) -> float:
        """How long one round lasts, in seconds."""
        return sum(phase.seconds for phase in self.phases)

    @property
    def has_hold(self) -> bool:
        """Patterns with a hold stay hidden until a reader chooses to see them."""
        return any(phase.do in ("hold", "rest") for phase in self.phases)


@frozen
class Moment:
    """One thing to notice. With `seconds` it waits by itself; with `count` it has boxes to tick."""

    say: str
    more: str = ""
    sense: str = ""
    count: int = 0
    seconds: float = 0.0


@frozen
class Grounding:
    moments: tuple[Moment, ...]
    rounds: int = 1


@frozen
class Span:
    """A stretch of time with somebody's turn in it."""

    title: str
    seconds: float
    say: str = ""
    who: str = ""
    bell: bool = False


@frozen
class Field:
    """Something a tracker (or the end of a timer) notes."""

    id: str
    label: str
    kind: str
    choices: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    optional: bool = False


@frozen
class Timer:
    spans: tuple[Span, ...]
    fields: tuple[Field, ...] = ()


@frozen
class Question:
    id: str
    ask: str
    hint: str = ""
    optional: bool = True
    scale: bool = False
    choices: tuple[str, ...] = ()


@frozen
class Reflection:
    questions: tuple[Question, ...]


@frozen
class Blank:
    id: str
    label: str
    hint: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    scale: bool = False
    optional: bool = False


@frozen
class Check:
    """A gentle nudge beside a built sentence; never a block."""

    ask: str
    if_no: str = ""
    if_yes: str = ""


@frozen
class Builder:
    blanks: tuple[Blank, ...]
    template: str
    checks: tuple[Check, ...] = ()


@frozen
class Choice:
    id: str
    label: str
    hint: str = ""
    go: str = ""
    sets: frozenset[str] = frozenset()


@frozen
class Checklist:
    """Things to tick; `pick` is how many, 0 for any number. Never scored."""

    choices: tuple[Choice, ...]
    pick: int = 0


@frozen
class Column:
    id: str
    label: str
    hint: str = ""


@frozen
class Listing:
    """A list a reader adds rows to, with a date beside each (the `list` type)."""

    columns: tuple[Column, ...]


@frozen
class Tracker:
    fields: tuple[Field, ...]
    every: str = "none"


Body = Breathing | Grounding | Timer | Reflection | Builder | Checklist | Listing | Tracker

TYPES: Final[dict[str, type]] = {
    "breathing": Breathing,
    "grounding": Grounding,
    "timer": Timer,
    "reflection": Reflection,
    "builder": Builder,
    "checklist": Checklist,
    "list": Listing,
    "tracker": Tracker,
}
"""The name a file uses for each type."""

WITHOUT_WORDS: Final = frozenset({"breathing", "grounding", "timer"})
"""Types whose kept run holds numbers and dates alone; asked about once, after the second practice."""


@frozen
class Exercise:
    """Something to do. `body` is what its type adds."""

    id: str
    type: str
    title: str
    summary: str
    body: Body
    revision: int
    updated: date
    minutes: int = 1
    keep: str = "ask"
    intro: str = ""
    outro: str = ""
    caution: str = ""
    next: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    own: bool = False
    evidence: str = ""
    unsafe_if: frozenset[str] = frozenset()
    covers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    replaces: bool = False
    language: str = "en"
    file: str = ""
    by_reader: bool = False
    """It lies in the reader's own folder, or in their vault."""

    def offered(self, flags: frozenset[str]) -> bool:
        """Whether this may be offered while these flags are set. Its words may be read either way."""
        return not (self.unsafe_if & flags)
