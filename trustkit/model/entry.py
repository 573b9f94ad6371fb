"""What a reader keeps: entries of seven kinds, each a tree of revisions.

An `Entry` is one revision with everything that stands in it. How it lies on disk is the vault's
business (`docs/vault-format.md`).
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Final, Literal

from trustkit.model.frozen import frozen

FORMAT: Final = 1
"""The entry format this version writes. A newer one is shown read-only and never rewritten."""

Distress = int | Literal["numb"]
"""0 (calm) to 10 (the worst it gets), or "numb, or I can't tell", which never counts as a number."""

LISTED: Final = frozenset({"note", "answer", "record"})
"""The kinds that lists and search show; marks, choices and practices are events behind the scenes."""


@frozen
class Note:
    """A page of the journal."""

    text: str
    title: str = ""
    tags: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    distress: Distress | None = None
    """None: not asked, or skipped."""
    about_day: date | None = None
    """The day the page is about, when that is not the day it was written."""
    kind: Literal["note"] = "note"


@frozen
class Answers:
    """What was written or ticked in an exercise (a reflection, builder, checklist, list or sign list)."""

    exercise: str
    revision: int
    """The revision of the exercise's words that were answered."""
    answers: Mapping[str, str | int] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    result: str = ""
    rows: tuple[Mapping[str, str], ...] = ()
    from_step: str = ""
    """`guide/step` it was launched from, or empty."""
    kind: Literal["answer"] = "answer"


@frozen
class Record:
    """One line of a tracker."""

    exercise: str
    revision: int
    values: Mapping[str, str | int | bool | date] = field(default_factory=dict)
    kind: Literal["record"] = "record"


@frozen
class Practice:
    """That something was practised, and how it felt before and after. Holds no words."""

    exercise: str
    revision: int
    started: datetime
    ended: datetime
    before: Distress | None = None
    after: Distress | None = None
    stopped: bool = False
    worse: bool = False
    kind: Literal["practice"] = "practice"


@frozen
class Mark:
    """Where a reader stands with one step of a guide."""

    guide: str
    step: str
    state: str
    """`done`, `later`, `skip`, or empty to take a mark back."""
    kind: Literal["mark"] = "mark"


@frozen
class Choice:
    """Something a reader chose about trustkit itself that is too private for the settings file."""

    name: str
    value: str | int | bool | tuple[str, ...]
    kind: Literal["choice"] = "choice"


@frozen
class OwnExercise:
    """An exercise a reader made: a format-1 exercise, kept verbatim and opaque to the vault."""

    content: str
    kind: Literal["exercise"] = "exercise"


Body = Note | Answers | Record | Practice | Mark | Choice | OwnExercise


@frozen
class Entry:
    """One revision of something kept."""

    id: str
    """26 characters of lower-case base32."""
    rev: str
    """10 characters of lower-case base32."""
    kind: str
    created: datetime
    """Aware; never changes over an entry's life."""
    saved: datetime
    """Aware; later than every parent's by at least a second."""
    body: Body | None
    """None in a tombstone, and in an entry of a newer format."""
    parents: tuple[str, ...] = ()
    deleted: bool = False
    private: bool = False
    """Left out of lists, search and exports until asked for."""
    format: int = FORMAT
    extra: Mapping[str, object] = field(default_factory=dict)
    """Keys this version does not know; they survive an edit."""

    @property
    def read_only(self) -> bool:
        """Written by a newer trustkit: shown as far as possible, never rewritten."""
        return self.format > FORMAT


@frozen
class Summary:
    """What a list needs to know of an entry, without opening its file."""

    id: str
    rev: str
    kind: str
    created: datetime
    saved: datetime
    title: str
    """The title, else the first line of text, else empty. One line."""
    tags: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    distress: Distress | None = None
    about_day: date | None = None
    exercise: str = ""
    from_step: str = ""
    """`guide/step` that an answer was begun from."""
    private: bool = False
    deleted: bool = False
    heads: int = 1
    """More than one: two devices changed it, and the reader may choose."""

    @property
    def day(self) -> date:
        """The day this is about, as the reader counts days."""
        return self.about_day or self.created.date()


@frozen
class Draft:
    """What was being written and is not yet an entry."""

    id: str
    """The entry's id: a new one for a new entry."""
    body: Body
    saved: datetime
    base: str = ""
    """The revision being edited; empty for a new entry."""
    target: str = ""
    """The revision this will become; a draft whose target exists is dropped silently."""
    cursor: tuple[int, int] = (0, 0)
    private: bool = False


@frozen
class Problem:
    """Something about a file that a person needs to know, in plain words."""

    file: str
    """Relative to the data folder."""
    happened: str
    do_next: str
