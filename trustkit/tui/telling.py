"""An entry told as a page: when, what, the words themselves, and what was noted beside them."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from trustkit.model.afterwards import NUMB, SCALE
from trustkit.model.answered import in_words, title_in_list, unnamed
from trustkit.model.entry import Answers, Distress, Entry, Note, Record, Summary
from trustkit.tui.widgets.entry_list import Worded
from trustkit.tui.widgets.leaf import Find, Piece, piece

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import SignList

KINDS: Final = {"note": "page", "answer": "exercise", "record": "record"}
"""The listed kinds in a reader's words."""
NEWER: Final = "A newer trustkit wrote this page. It is left as it is."
UNTITLED: Final = "(a page without words)"


class Titles:
    """What exercises and sign lists are called. Made where reading files is allowed: the first look reads them all."""

    def __init__(self, companion: "Companion") -> None:
        library = companion.library
        self._things = {exercise.id: exercise for exercise in companion.exercises.values()}
        self._signs = {signs.id: signs for signs in library.signs.values()}

    def named(self, tool: str) -> "Exercise | SignList | None":
        """What an entry belongs to; None where it is gone."""
        return self._things.get(tool) or self._signs.get(tool)

    def of(self, tool: str) -> str:
        """The title; where the exercise is gone, its id as it is."""
        thing = self.named(tool)
        return thing.title if thing else tool

    def worded(self, summary: Summary) -> Worded:
        """One entry as a line of a list."""
        words = summary.title
        if summary.exercise:
            thing = self.named(summary.exercise)
            gone = ": ".join(part for part in (summary.exercise, summary.title) if part)
            words = title_in_list(thing, summary.title) if thing else gone
        notes = (("two versions",) if summary.heads > 1 else ()) + (("private",) if summary.private else ())
        return Worded(words or UNTITLED, KINDS.get(summary.kind, summary.kind), notes)


def moment(when: datetime) -> str:
    """A moment as a person writes it: Sunday, 22 November 2026, 02:10."""
    return f"{when:%A}, {when.day} {when:%B %Y}, {when:%H:%M}"


def distress_in_words(value: Distress) -> str:
    """A mark on the scale with the word beside it."""
    return NUMB if value == "numb" else f"{value}, {SCALE[int(value)]}"


def page_of(entry: Entry, companion: "Companion", titles: Titles, find: Find | None = None) -> list[Piece]:
    """Everything that stands in an entry, as pieces of a page.

    Args:
        entry: One revision, opened.
        companion: Knows the exercises that were answered.
        titles: What they are called.
        find: Where what was looked for stands in a text, for marking.
    """
    body = entry.body
    title = body.title if isinstance(body, Note) else ""
    if isinstance(body, Answers | Record):
        title = titles.of(body.exercise)
    about = [moment(entry.created), KINDS.get(entry.kind, entry.kind)] + (["private"] if entry.private else [])
    page = [piece(" · ".join(about), "quiet")]
    if isinstance(body, Note) and body.about_day:
        day = body.about_day
        page.append(piece(f"about {day:%A}, {day.day} {day:%B %Y}", "quiet"))
    if entry.saved != entry.created and entry.parents:
        page.append(piece(f"last changed {moment(entry.saved)}", "quiet"))
    page.append(Piece(""))
    if title:
        page += [piece(title, "title", find), Piece("")]
    match body:
        case Note():
            page += [piece(body.text.rstrip("\r\n"), "", find), *_beside(body, find)]
        case Answers() | Record():
            page += _answered(body, companion, titles, find)
        case None if entry.deleted:
            page.append(piece("Moved to the trash.", "quiet"))
        case _:
            page += _newer(entry, find)
    while page and not page[-1].text:
        page.pop()
    return page


def _beside(note: Note, find: Find | None) -> list[Piece]:
    told = [
        ("tags: " + ", ".join(note.tags)) if note.tags else "",
        ("feelings: " + ", ".join(note.feelings)) if note.feelings else "",
        f"distress: {distress_in_words(note.distress)}" if note.distress is not None else "",
    ]
    lines = [line for line in told if line]
    return [Piece(""), *(piece(line, "quiet", find) for line in lines)] if lines else []


def _answered(body: Answers | Record, companion: "Companion", titles: Titles, find: Find | None) -> list[Piece]:
    thing = titles.named(body.exercise)
    page: list[Piece] = []
    ticked = len(body.chosen) if isinstance(body, Answers) else 0
    for at, said in enumerate(in_words(thing, body) if thing else unnamed(body)):
        if at < ticked and not said.label:
            page.append(piece(f"✓ {said.words}", "", find))
            continue
        if page and page[-1].text:
            page.append(Piece(""))  # after the ticks
        if said.label:
            page.append(piece(said.label, "label"))
        page += [piece(said.words, "", find), Piece("")]
    if isinstance(body, Answers) and body.from_step and (place := companion.title_of(body.from_step)):
        page += [*([] if page and not page[-1].text else [Piece("")]), piece(f"from {place}", "quiet")]
    return page


def _newer(entry: Entry, find: Find | None) -> list[Piece]:
    """An entry of a newer format: whatever of it still reads as text."""
    texts = [value for value in entry.extra.values() if isinstance(value, str)]
    return [*(piece(text, "", find) for text in texts), Piece(""), piece(NEWER, "quiet")]
