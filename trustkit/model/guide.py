"""What readers read: guides and their steps, the gates before advice, sign lists, helplines, sources.

The grammar of the files behind these is in `docs/writing-guides.md`; `trustkit.library` builds them.
All are frozen: content is loaded once and never changed in memory.
"""

from datetime import date
from typing import Final

from trustkit.model.frozen import frozen

FORMAT: Final = 1
"""The content format this version writes and reads."""


@frozen
class Evidence:
    """A research claim made by an article, and how it stood when somebody looked."""

    says: str
    source: str
    standing: str
    """`not-checked`, `not-found` or `narrowed`."""


@frozen
class Step:
    """One page of a guide. Role panes and buttons stand beside the text, never instead of it."""

    id: str
    title: str
    text: str
    part: str = ""
    about: tuple[str, ...] = ()
    for_hurt: str = ""
    for_broke: str = ""
    try_: str = ""
    launch: tuple[str, ...] = ()
    launch_hurt: tuple[str, ...] = ()
    launch_broke: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    aside: str = ""
    evidence: tuple[Evidence, ...] = ()
    covers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    was: tuple[str, ...] = ()


@frozen
class Guide:
    """A guide: steps in order, with gates at its door."""

    id: str
    title: str
    summary: str
    audience: tuple[str, ...]
    shelf: str
    steps: tuple[Step, ...]
    revision: int
    updated: date
    kind: str = "topic"
    order: int = 0
    pace: str = ""
    about: tuple[str, ...] = ("any",)
    minutes: int = 1
    """Minutes of reading; the library counts them from the words when the file says nothing."""
    gates: tuple[str, ...] = ()
    opening: str = ""
    closing: str = ""
    sources: tuple[str, ...] = ()
    own: bool = False
    status: str = "draft"
    was: tuple[str, ...] = ()
    replaces: bool = False
    language: str = "en"
    """The language this guide was really taken from; differs from the reader's when a translation is missing."""
    file: str = ""
    by_reader: bool = False
    """It lies in the reader's own folder. (`own` says something else: no article stands behind it.)"""

    def step(self, step_id: str) -> Step | None:
        """The step with this id (or one that used to have it), or None."""
        return next((s for s in self.steps if s.id == step_id or step_id in s.was), None)

    def number(self, step_id: str) -> int:
        """The 1-based position of a step as a reader counts it: each `part` counts from one again."""
        count = 0
        for step in self.steps:
            count = 1 if step.part else count + 1
            if step.id == step_id:
                return count
        raise KeyError(step_id)


@frozen
class StepHead:
    """What a list of steps shows."""

    id: str
    title: str
    part: str = ""


@frozen
class GuideHead:
    """What a list of guides shows: read without taking in every step's text."""

    id: str
    title: str
    summary: str
    audience: tuple[str, ...]
    shelf: str
    steps: tuple[StepHead, ...]
    kind: str = "topic"
    order: int = 0
    pace: str = ""
    about: tuple[str, ...] = ("any",)
    minutes: int = 1
    was: tuple[str, ...] = ()
    language: str = "en"
    by_reader: bool = False


@frozen
class Answer:
    """One way to answer a gate that asks."""

    label: str
    go: str
    """`on`, `guide/step`, `helplines` or `helplines/<topic>`."""
    say: str = ""
    sets: frozenset[str] = frozenset()


@frozen
class Gate:
    """Stands before advice that can do harm. `ask` wants an answer, `note` is read, `rule` binds writers only."""

    id: str
    kind: str
    text: str = ""
    ask: str = ""
    below: str = ""
    short: str = ""
    about: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


@frozen
class Sign:
    """One row of a sign list: something a person may have seen."""

    id: str
    text: str
    more: str = ""
    severity: str = "notice"
    """`notice`, `serious` or `danger`."""
    go: str = ""
    sets: frozenset[str] = frozenset()
    instead: str = ""
    whose: str = ""


@frozen
class SignList:
    """Things to tick. Never a number, a weight or a result."""

    id: str
    title: str
    purpose: str
    intro: str
    signs: tuple[Sign, ...]
    revision: int
    updated: date
    outro: str = ""
    gates: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    own: bool = False
    keep: str = "ask"
    """`ask`, `ask-each-time`, `private` or `never`."""
    unsafe_if: frozenset[str] = frozenset()
    covers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    replaces: bool = False
    language: str = "en"
    file: str = ""
    by_reader: bool = False

    def offered(self, flags: frozenset[str]) -> bool:
        """Whether this may be offered while these flags are set. Its words may be read either way."""
        return not (self.unsafe_if & flags)


@frozen
class Source:
    """Where ideas came from, credited as printed."""

    id: str
    title: str
    article_kind: str
    author: str = ""
    publisher: str = ""
    printed_date: str = ""
    note: str = ""


@frozen
class Helpline:
    """A number to call, and how sure anybody can be of it."""

    id: str
    name: str
    topic: str
    grade: str
    region: str
    phone: str = ""
    text: str = ""
    chat: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    cost: str = ""
    note: tuple[tuple[str, str], ...] = ()
    """Pairs of language and line, so that one file serves every language."""
    leaves_trace: str = ""
    seen: int | None = None
    checked_on: date | None = None
    checked_at: str = ""
    draft: bool = False

    def note_in(self, language: str) -> str:
        """The note in this language, else in English, else empty."""
        notes = dict(self.note)
        return notes.get(language) or notes.get("en", "")

    @property
    def standing(self) -> str:
        """How sure we are, in words that stand beside the number."""
        if self.checked_on is not None:
            return f"checked on {self.checked_on:%Y-%m-%d}"
        return f"last seen {self.seen}, not confirmed by us"


@frozen
class Shelf:
    id: str
    title: str
    order: int


@frozen
class Group:
    """A heading in Practice and the exercises under it, in order."""

    id: str
    title: str
    exercises: tuple[str, ...]
    note: str = ""


@frozen
class Need:
    """Something a reader may choose in Practice, and what is then offered, in order."""

    id: str
    label: str
    offer: tuple[str, ...] = ()
    say: str = ""
    see: tuple[str, ...] = ()
    go: str = ""
    sets: frozenset[str] = frozenset()


@frozen
class Pack:
    """One language's worth of content and its notices."""

    language: str
    title: str
    version: str
    notice: str
    urgent: str
    direction: str = "ltr"
    based_on: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None
