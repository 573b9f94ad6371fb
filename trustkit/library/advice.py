"""What could be better in one file, and what grows old in it: W31, W34–W37, W39, and the ages of E21."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from trustkit.library import build, readability, voice
from trustkit.library.document import Document
from trustkit.library.grammar import Table
from trustkit.library.shape import Clean
from trustkit.library.slip import Finding, Path, quoted, shown
from trustkit.library.survey import status, steps
from trustkit.model.exercise import Breathing, Exercise, Timer
from trustkit.model.guide import Guide

OLD_MONTHS: Final = 12
"""A number checked longer ago than this is a warning."""
STALE_MONTHS: Final = 24
"""And longer ago than this an error."""

_VOICED: Final = frozenset({"pack", "gates", "shelves", "practice", "guide", "exercise", "signs"})
"""Kinds whose words are ours. Helplines and sources carry other people's names and titles."""

ARTICLE_TITLES: Final = (
    "Broken Trust and How to Heal Distrust in Relationships",
    "Overcoming Trust Issues in Relationships",
    "Rebuilding Broken Trust",
    "The Fragile Power of Trust",
    "How to heal from trust issues in a relationship",
)
"""Titles may be named as printed, whatever words they hold."""
_EXCUSED: Final = re.compile(
    "|".join(r"\s+".join(map(re.escape, title.split())) for title in ARTICLE_TITLES), re.IGNORECASE
)


def advice(document: Document, today: date) -> Iterator[Finding]:
    """Everything about one readable file that is no error of its shape."""
    if document.kind == "helplines":
        yield from _ages(document, today)
        return
    yield from _minutes(document)
    if document.kind == "exercise":
        yield from _short_out(document)
    if document.kind == "guide" and status(document) == "ready":
        yield from _no_way_onward(document)
    if document.kind in _VOICED and document.place.language == "en":
        yield from _reading_age(document)
        yield from _avoided(document)


def _minutes(document: Document) -> Iterator[Finding]:
    said = document.head.get("minutes")
    thing = document.thing
    if said is None or thing is None:
        return
    if isinstance(thing, Guide):
        worked_out, of = build.reading_minutes(thing), f"{build.reading_words(thing)} words"
    elif isinstance(thing, Exercise) and isinstance(thing.body, (Breathing, Timer)):
        worked_out, of = build.practice_minutes(thing.body), "its seconds"
    else:
        return
    if abs(said - worked_out) * 2 > worked_out:
        path = (document.kind, "minutes")
        yield Finding(path, "W31", "minutes are off by more than half", str(said), f"{worked_out}, from {of}")


def _ages(document: Document, today: date) -> Iterator[Finding]:
    for position, row in enumerate(document.clean.get("helpline", ())):
        checked = row.get("checked_on")
        if checked is None:
            continue
        path: Path = ("helpline", position, "checked_on")
        months = (today.year - checked.year) * 12 + today.month - checked.month - (today.day < checked.day)
        found = f"{checked}, {months} months ago"
        expected = f"a number checked in the last {OLD_MONTHS} months"
        if checked > today:
            yield Finding(path, "E21", "helpline checked on a day still to come", str(checked), f"{today} or before")
        elif months > STALE_MONTHS or (months == STALE_MONTHS and today.day > checked.day):
            yield Finding(path, "E21", "helpline checked too long ago", found, expected)
        elif months >= OLD_MONTHS:
            yield Finding(path, "W34", "helpline checked some time ago", found, expected)


def _short_out(document: Document) -> Iterator[Finding]:
    phases = document.clean.get("phase", ())
    into = sum(p.get("seconds", 0) for p in phases if p.get("do") == "in")
    out = sum(p.get("seconds", 0) for p in phases if p.get("do") == "out")
    if 0 < out < into:
        last = max(i for i, p in enumerate(phases) if p.get("do") == "out")
        found, expected = f"in {into:g} s, out {out:g} s", "out as long as in, or longer"
        yield Finding(
            ("phase", last, "seconds"), "W35", "the breath out is shorter than the breath in", found, expected
        )


def _no_way_onward(document: Document) -> Iterator[Finding]:
    onward = ("see", "launch", "launch_hurt", "launch_broke")
    if document.head.get("closing") or any(step.get(key) for step in steps(document) for key in onward):
        return
    expected = "a see or launch in some step, or a closing"
    yield Finding(("guide",), "W39", "ready guide with no way onward", expected=expected)


def _reading_age(document: Document) -> Iterator[Finding]:
    for path, texts in _units(document):
        reading = readability.measure(*texts)
        if reading.words >= readability.FEWEST_WORDS and reading.grade > readability.HARDEST:
            found = (
                f"{reading.age:.0f} (Flesch–Kincaid grade {reading.grade:.1f}); longest: {quoted(reading.longest, 160)}"
            )
            yield Finding(path, "W36", "reading age over 14", found, "14 or below: shorter sentences, shorter words")


def _units(document: Document) -> Iterator[tuple[Path, list[str]]]:
    """What is read in one go: a step with its panes, an exercise, a sign list, a gate."""
    if document.kind == "guide":
        yield ("guide",), [text for _, text in _words(_head_table(document), document.head, ("guide",))]
    whole = document.kind in ("exercise", "signs", "pack")
    if whole:
        yield (document.kind,), [text for _, text in _words(document.table, document.clean, ())]
        return
    for name, key in document.table.keys.items():
        if key.type == "tables" and key.table is not None:
            for position, row in enumerate(document.clean.get(name, ())):
                path: Path = (name, position)
                yield ((*path, "text") if "text" in row else path), [t for _, t in _words(key.table, row, path)]


def _head_table(document: Document) -> Table:
    table = document.table.keys[document.kind].table
    return table if table is not None else document.table


def _words(table: Table, clean: Clean, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of ours in a table, with where it stands."""
    for name, key in table.keys.items():
        value: Any = clean.get(name)
        here = (*path, name)
        if value is None:
            continue
        if key.type in ("line", "prose", "template"):
            yield here, value
        elif key.type == "lines":
            yield from (((*here, position), text) for position, text in enumerate(value))
        elif key.type == "table" and key.table is not None:
            yield from _words(key.table, value, here)
        elif key.type == "tables" and key.table is not None:
            for position, row in enumerate(value):
                yield from _words(key.table, row, (*here, position))


def _avoided(document: Document) -> Iterator[Finding]:
    for path, text in _words(document.table, document.clean, ()):
        for word, instead in voice.avoided(text, _EXCUSED):
            what = "a word this content avoids"
            yield Finding(path, "W37", what, quoted(shown(" ".join(word.split()))), instead, piece=word.split("\n")[0])
