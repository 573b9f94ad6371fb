"""An entry told as a page: when, what, the words themselves, and what was noted beside them."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from trustkit.model.afterwards import NUMB, SCALE
from trustkit.model.answered import in_words
from trustkit.model.entry import Answers, Distress, Entry, Note, Record, Summary
from trustkit.tui.widgets.entry_list import Worded
from trustkit.tui.widgets.leaf import Find, Piece, piece

if TYPE_CHECKING:
    from trustkit.companion import Companion

KINDS: Final = {"note": "page", "answer": "exercise", "record": "record"}
"""The listed kinds in a reader's words."""
NEWER: Final = "A newer trustkit wrote this page. It is left as it is."
UNTITLED: Final = "(a page without words)"


class Titles:
    """What exercises and sign lists are called. Made where reading files is allowed: the first look reads them all."""

    def __init__(self, companion: "Companion") -> None:
        library = companion.library
        self._titles = {exercise.id: exercise.title for exercise in companion.exercises.values()}
        self._titles |= {signs.id: signs.title for signs in library.signs.values()}

    def of(self, tool: str) -> str:
        """The title; where the exercise is gone, its id stands as it is."""
        return self._titles.get(tool, tool)

    def worded(self, summary: Summary) -> Worded:
        """One entry as a line of a list."""
        words = summary.title
        if summary.exercise:
            words = ": ".join(part for part in (self.of(summary.exercise), summary.title) if part)
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
            page += _answered(body, companion, find)
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


def _answered(body: Answers | Record, companion: "Companion", find: Find | None) -> list[Piece]:
    exercise = companion.library.exercises.get(body.exercise)
    page: list[Piece] = []
    if exercise is not None:
        ticked = bool(isinstance(body, Answers) and body.chosen)
        for said in in_words(exercise, body):
            if ticked:
                page.append(piece(f"✓ {said.words}", "", find))
                continue
            if said.label:
                page.append(piece(said.label, "label"))
            page += [piece(said.words, "", find), Piece("")]
    else:
        page += _plainly(body, companion, find)
    if isinstance(body, Answers) and body.from_step and (place := companion.title_of(body.from_step)):
        page += [*([] if page and not page[-1].text else [Piece("")]), piece(f"from {place}", "quiet")]
    return page


def _plainly(body: Answers | Record, companion: "Companion", find: Find | None) -> list[Piece]:
    """Answers whose exercise is a sign list, or is gone: labels where they are known, ids where they are not."""
    if isinstance(body, Record):
        return [one for name, value in body.values.items() for one in _labelled(name, str(value), find)]
    signs = companion.library.signs.get(body.exercise)
    known = {sign.id: sign.text for sign in signs.signs} if signs else {}
    page = [piece(f"✓ {known.get(name, name)}", "", find) for name in body.chosen]
    if body.result:
        page += [piece(body.result, "", find), Piece("")]
    for name, answer in body.answers.items():
        page += _labelled(name, str(answer), find)
    for row in body.rows:
        page += [piece("\n".join(f"{name}: {value}" for name, value in row.items()), "", find), Piece("")]
    return page


def _labelled(label: str, words: str, find: Find | None) -> list[Piece]:
    return [piece(label, "label"), piece(words, "", find), Piece("")]


def _newer(entry: Entry, find: Find | None) -> list[Piece]:
    """An entry of a newer format: whatever of it still reads as text."""
    texts = [value for value in entry.extra.values() if isinstance(value, str)]
    return [*(piece(text, "", find) for text in texts), Piece(""), piece(NEWER, "quiet")]
