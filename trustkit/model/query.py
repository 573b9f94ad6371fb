"""One line that finds entries: words to look for, and filters by kind, tag, feeling, distress, guide and day.

    tag:work kind:answer feeling:calm distress:7-10 guide:calm-body last march 2026-03..2026-05 promise

The search line on screen and the filters of the command line are both read here, into the same `Query`. The words
left over are the vault's to look for; everything else is judged by `Query.admits`. Nothing here ever changes an
entry, and a query can only leave entries out of a list: it never decides what is kept.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import Final, Literal

from trustkit.model.days import LONGEST, Span, in_words, read_span
from trustkit.model.entry import Answers, Distress, Entry, Note, Practice, Record, Summary
from trustkit.model.frozen import frozen

KINDS: Final = ("note", "answer", "record", "practice", "mark", "choice", "exercise")
"""What an entry may be. Lists and search show the first three."""
LETTER: Final = "letter"
"""Not a kind of its own: an answer in an exercise that is a letter."""
_KINDS: Final = {name: kind for kind in (*KINDS, LETTER) for name in (kind, f"{kind}s")} | {"page": "note"}

_PLURALS: Final = {"exercise": "own exercises"}

FIELDS: Final = (
    "kind", "tag", "feeling", "distress", "guide", "exercise", "date", "on", "since", "until", "before", "after",
)  # fmt: skip
"""Words that may stand before a colon."""
NOTES: Final = {
    "kind": "A kind is note, answer, record or letter.",
    "distress": "Distress is 0 to 10, such as distress:7, distress:7-10 or distress:7+, or numb.",
    "date": "A day is such as 2026-03-05, 2026-03, 2026, yesterday, last-week, last-march, or two with .. between.",
    "empty": "Something has to stand behind the colon.",
}
"""What is said about a part that can't be read. Nothing that was typed is repeated."""

_PART: Final = re.compile(r'-?(?:([a-z]+):)?"([^"]*)"?|\S+', re.IGNORECASE)
_FIELD: Final = re.compile(r"(-?)([a-z]+):(.*)", re.IGNORECASE | re.DOTALL)
_DISTRESS: Final = re.compile(r"(\d{1,2})(?:(\+)|(?:-|\.\.)(\d{1,2}))?")


@frozen
class Query:
    """What a search line asks for. Every part that is given has to fit; an empty one fits everything."""

    words: str = ""
    """To be looked for by the vault, each between blanks by itself."""
    kinds: frozenset[str] = frozenset()
    """Any one of them, of `KINDS` and `LETTER`."""
    tags: tuple[str, ...] = ()
    """All of them. Case does not matter, here and in feelings."""
    without_tags: tuple[str, ...] = ()
    """None of them."""
    feelings: tuple[str, ...] = ()
    """All of them."""
    distress: tuple[int, int] | Literal["numb"] | None = None
    """Lowest and highest, both within; entries without a number never fit one."""
    guide: str = ""
    """The guide that an answer was begun from: `guide` or `guide/step`."""
    exercise: str = ""
    """The whole id of an exercise, or parts of it: `letter` fits `letter-not-sent`."""
    since: date | None = None
    until: date | None = None
    """Both days are within. An entry's day is the one it is about, else the one it was written on, where it was."""
    as_words: "Query | None" = None
    """The same line with days as words, where a day was named without a field: `yesterday` may be meant as a word."""
    notes: tuple[str, ...] = ()
    """About parts that could not be read, one sentence each; those parts count for nothing."""

    @property
    def days(self) -> Span:
        """The first and the last day."""
        return Span(self.since, self.until)

    @property
    def filters(self) -> bool:
        """Something besides words is asked for."""
        return replace(self, words="", notes=(), as_words=None) != Query()

    def admits(self, entry: Entry | Summary) -> bool:
        """Whether everything but the words fits."""
        body = entry.body if isinstance(entry, Entry) else entry
        if self.kinds and not self._fits_kind(entry.kind, body):
            return False
        if self.since or self.until:
            day = day_of(entry)
            if (self.since and day < self.since) or (self.until and day > self.until):
                return False
        if self.exercise and not _fits_exercise(self.exercise, _exercise_of(body)):
            return False
        if self.guide and not self._fits_guide(body):
            return False
        noted = body if isinstance(body, Note | Summary) else None
        if self.tags or self.without_tags:
            tags = set(map(same, noted.tags if noted else ()))
            if not tags.issuperset(map(same, self.tags)) or not tags.isdisjoint(map(same, self.without_tags)):
                return False
        if self.feelings and not set(map(same, noted.feelings if noted else ())).issuperset(map(same, self.feelings)):
            return False
        return self.distress is None or self._fits_distress(_distress_of(body))

    def _fits_kind(self, kind: str, body: object) -> bool:
        if kind in self.kinds:
            return True
        return LETTER in self.kinds and kind == "answer" and _fits_exercise(LETTER, _exercise_of(body))

    def _fits_guide(self, body: object) -> bool:
        begun = body.from_step.casefold() if isinstance(body, Answers | Summary) else ""
        wanted = self.guide.casefold()
        return begun == wanted or begun.startswith(f"{wanted}/")

    def _fits_distress(self, distress: Distress | None) -> bool:
        if self.distress == "numb" or distress == "numb":
            return self.distress == distress
        if self.distress is None or distress is None:
            return self.distress is None
        lowest, highest = self.distress
        return lowest <= distress <= highest

    def in_words(self) -> str:
        """How the filters were understood, for the line under a search line; empty without any."""
        parts = [_PLURALS.get(kind, f"{kind}s") for kind in (*KINDS, LETTER) if kind in self.kinds]
        said = [" and ".join(parts)] if parts else []
        said += [f"tagged {tag}" for tag in self.tags] + [f"not tagged {tag}" for tag in self.without_tags]
        said += [f"feeling {feeling}" for feeling in self.feelings]
        if self.distress == "numb":
            said.append("numb, or can't tell")
        elif self.distress is not None:
            low, high = self.distress
            said.append(f"distress {low}" if low == high else f"distress {low} to {high}")
        said += [f"begun from {self.guide}"] * bool(self.guide) + [f"in {self.exercise}"] * bool(self.exercise)
        return ", ".join([*said, days] if (days := in_words(self.days)) else said)


def parse_query(text: str, today: date) -> Query:
    """Read a search line. Never fails: what can't be read is left out, with a sentence in `Query.notes`.

    A word before a colon that is no field is a word to look for; so is everything between quotes. A day may be named
    without a field: `last march`, `2026-03..2026-05`. Several days narrow each other; ends are within.

    Args:
        text: What was typed.
        today: What day it is where the reader is.
    """
    parts = list(_parts(text))
    query, has_bare_days = _read(parts, today, bare_days=True)
    if not has_bare_days:
        return query
    return replace(query, as_words=_read(parts, today, bare_days=False)[0])


def _read(parts: list[tuple[str, str, bool]], today: date, *, bare_days: bool) -> tuple[Query, bool]:
    """The query, and whether a day was named without a field."""
    reading = _Reading(today, bare_days)
    left = list(parts)
    while left:
        taken = reading.take(left)
        del left[:taken]
    return reading.query(), reading.has_bare_days


def _parts(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each part of a line: its field with a hyphen before it if there is one, its words, whether it was quoted."""
    for found in _PART.finditer(text):
        whole, name, quoted = found[0], found[1], found[2]
        minus = "-" if whole.startswith("-") else ""
        if quoted is not None and (name is None or name.casefold() in FIELDS):
            yield (f"{minus}{name.casefold()}" if name else ""), quoted, True
        elif (split := _FIELD.fullmatch(whole)) and split[2].casefold() in FIELDS:
            yield f"{split[1]}{split[2].casefold()}", split[3], False
        elif quoted is not None:
            yield "", f"{minus}{name}:{quoted}", True
        else:
            yield "", whole, False


class _Reading:
    """A line as far as it was read."""

    def __init__(self, today: date, bare_days: bool) -> None:
        self._today = today
        self._reads_bare_days = bare_days
        self.has_bare_days = False
        self._words: list[str] = []
        self._kinds: set[str] = set()
        self._tags: list[str] = []
        self._without_tags: list[str] = []
        self._feelings: list[str] = []
        self._one: dict[str, str] = {}
        self._distress: tuple[int, int] | Literal["numb"] | None = None
        self._days = Span()
        self._notes: list[str] = []

    def take(self, parts: list[tuple[str, str, bool]]) -> int:
        """Read the first part, or the first few where they name a day together. Returns how many."""
        name, words, quoted = parts[0]
        if name:
            self._field(name.removeprefix("-"), words.strip(), name.startswith("-"))
            return 1
        if not quoted and self._reads_bare_days:
            bare = [part[1] for part in takewhile(lambda part: not part[0] and not part[2], parts[:LONGEST])]
            for size in range(len(bare), 0, -1):
                span = read_span(" ".join(bare[:size]), self._today)
                if span is not None:
                    self._narrow(span)
                    self.has_bare_days = True
                    return size
        self._words.append(words)
        return 1

    def _field(self, name: str, words: str, without: bool) -> None:
        if not words.strip("#@"):
            self._note("empty")
            return
        match name:
            case "tag":
                (self._without_tags if without else self._tags).append(words.lstrip("#@"))
            case "feeling":
                self._feelings.append(words)
            case "kind":
                self._kind(words)
            case "guide" | "exercise":
                self._one[name] = words
            case "distress":
                self._read_distress(words)
            case _:
                self._date(name, words)

    def _kind(self, words: str) -> None:
        for word in words.casefold().split(","):
            if word in _KINDS:
                self._kinds.add(_KINDS[word])
            else:
                self._note("kind")

    def _read_distress(self, words: str) -> None:
        found = _DISTRESS.fullmatch(words)
        if words.casefold() == "numb":
            self._distress = "numb"
        elif found is None or max(int(found[1]), int(found[3] or 0)) > 10:
            self._note("distress")
        else:
            low = int(found[1])
            high = 10 if found[2] else int(found[3] or low)
            self._distress = (min(low, high), max(low, high))

    def _date(self, name: str, words: str) -> None:
        span = read_span(words, self._today)
        if span is None:
            self._note("date")
            return
        first, last = span
        match name:
            case "since":
                span = Span(first, None)
            case "until":
                span = Span(None, last)
            case "before":
                span = Span(None, _moved(first, -1))
            case "after":
                span = Span(_moved(last, 1), None)
        self._narrow(span)

    def _narrow(self, span: Span) -> None:
        first, last = self._days
        if span.first is not None:
            first = span.first if first is None else max(first, span.first)
        if span.last is not None:
            last = span.last if last is None else min(last, span.last)
        self._days = Span(first, last)

    def _note(self, name: str) -> None:
        if NOTES[name] not in self._notes:
            self._notes.append(NOTES[name])

    def query(self) -> Query:
        return Query(
            words=" ".join(self._words),
            kinds=frozenset(self._kinds),
            tags=tuple(dict.fromkeys(self._tags)),
            without_tags=tuple(dict.fromkeys(self._without_tags)),
            feelings=tuple(dict.fromkeys(self._feelings)),
            distress=self._distress,
            guide=self._one.get("guide", ""),
            exercise=self._one.get("exercise", ""),
            since=self._days.first,
            until=self._days.last,
            notes=tuple(self._notes),
        )


def _moved(day: date | None, by: int) -> date | None:
    if day is None:
        return None
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + by)))


def day_of(entry: Entry | Summary) -> date:
    """The day an entry is about, else the one it was written on, by the clock of the place it was written at."""
    if isinstance(entry, Summary):
        return entry.day
    about = entry.body.about_day if isinstance(entry.body, Note) else None
    return about or entry.created.date()


@lru_cache(1024)
def same(word: str) -> str:
    """A tag or a feeling as it is compared: case, widths and the sign before it aside."""
    return unicodedata.normalize("NFKC", word).casefold().strip().lstrip("#@")


def tags_in_use(summaries: Iterable[Summary]) -> list[tuple[str, int]]:
    """Every tag with how many entries bear it, the most used first; spelt as most often, small letters first."""
    counts: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for summary in summaries:
        for tag in {same(tag): tag for tag in summary.tags}.values():
            counts[same(tag)] += 1
            spellings.setdefault(same(tag), Counter())[tag] += 1
    ordered = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    return [(_usual(spellings[tag]), count) for tag, count in ordered]


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling.swapcase()))


def by_month(summaries: Iterable[Summary]) -> dict[tuple[int, int], list[Summary]]:
    """Summaries by the (year, month) of their day, latest month first; within a month as they came."""
    months: dict[tuple[int, int], list[Summary]] = {}
    for summary in summaries:
        months.setdefault((summary.day.year, summary.day.month), []).append(summary)
    return dict(sorted(months.items(), reverse=True))


def by_day(summaries: Iterable[Summary]) -> dict[date, list[Summary]]:
    """Summaries by their day, latest day first; within a day as they came."""
    days: dict[date, list[Summary]] = {}
    for summary in summaries:
        days.setdefault(summary.day, []).append(summary)
    return dict(sorted(days.items(), reverse=True))


def _fits_exercise(wanted: str, exercise: str) -> bool:
    wanted, exercise = wanted.casefold(), exercise.casefold()
    return bool(exercise) and f"-{wanted}-" in f"-{exercise}-"


def _exercise_of(body: object) -> str:
    return body.exercise if isinstance(body, Answers | Record | Practice | Summary) else ""


def _distress_of(body: object) -> Distress | None:
    if isinstance(body, Practice):
        return body.before
    return body.distress if isinstance(body, Note | Summary) else None
