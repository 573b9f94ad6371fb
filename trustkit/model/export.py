"""Pages as files that other programs and people read: JSON, Markdown (one file or many) and plain text.

JSON and Markdown hold everything a page says and are read back exactly by `importing`. Plain text is for reading alone.

    JSON            {"format": 1, "from": "trustkit", "entries": [{"id": …, "kind": …, "created": …, …}]}
    Markdown, many  a page a file: `---`, one `key: value` a line with values as JSON has them, `---`, a blank line,
                    the text and one line end
    Markdown, one   a first line that says so, then for each page a comment with the same table, a heading and the
                    text; lines of a text that look like such a comment get a backslash
    plain text      day and time, title, what stands beside it, the text

Answers, records and the like are written as people read them, and once more as a table that is what counts.

A journal may have tens of thousands of pages, so the `…_parts` give them one by one, as they go into a file.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from trustkit.model import answered, choice_words
from trustkit.model.days import MONTHS
from trustkit.model.entry import Answers, Body, Choice, Mark, Note, OwnExercise, Practice, Record
from trustkit.model.exercise import Exercise
from trustkit.model.guide import SignList
from trustkit.model.pages import FORMAT, Page, dumped, table_of
from trustkit.model.plain import harmless, one_line

Named = Callable[[str], Exercise | SignList | str | None]
"""Gives the exercise or list of signs of an id, the title of a `guide/step`, or None where there is none any more."""

ONE_FILE: Final = "<!-- trustkit journal 1 -->"
"""The first line of many pages in one Markdown file."""
ENTRY: Final = "<!-- entry "
"""What each page in it begins with, at the start of a line."""
END: Final = " -->"
FENCE: Final = "---"
MARK: Final = "trustkit"
"""The first key of a page in a file of its own."""

MARKS: Final = {"done": "done", "later": "not yet", "skip": "skipped", "": "mark taken back"}
"""The states of a guide's page, in words."""

_OWN_TITLE: Final = re.compile(r'^title = "((?:[^"\\]|\\.)*)"$', re.MULTILINE)
_LOOKS_LIKE_ENTRY: Final = re.compile(rf"^(\\*{re.escape(ENTRY)})", re.MULTILINE)
_LINE: Final = "-" * 40


def no_names(_: str) -> None:
    """For where no library is at hand."""
    return


def as_json(pages: Iterable[Page]) -> str:
    """All pages as one JSON document, each on a line. ASCII, so that no terminal obeys anything in it."""
    return "".join(json_parts(pages))


def json_parts(pages: Iterable[Page]) -> Iterator[str]:
    """What `as_json` is joined from."""
    yield f'{{\n  "format": {FORMAT},\n  "from": "{MARK}",\n  "entries": [\n    '
    between = ""
    for page in pages:
        yield between + json.dumps(table_of(page))
        between = ",\n    "
    yield "\n  ]\n}\n"


def as_markdown(page: Page, named: Named = no_names) -> str:
    """One page as a Markdown file of its own."""
    table = {MARK: FORMAT, **table_of(page)}
    text = str(table.pop("text")) if isinstance(page.body, Note) else in_words(page, named)
    head = "".join(f"{key}: {dumped(value)}\n" for key, value in table.items())
    return f"{FENCE}\n{head}{FENCE}\n\n{text}\n"


def as_one_markdown(pages: Iterable[Page], named: Named = no_names) -> str:
    """All pages as one Markdown file."""
    return "".join(one_markdown_parts(pages, named))


def one_markdown_parts(pages: Iterable[Page], named: Named = no_names) -> Iterator[str]:
    """What `as_one_markdown` is joined from."""
    yield f"{ONE_FILE}\n\n"
    for page in pages:
        yield _block(page, named)


def _block(page: Page, named: Named) -> str:
    table = table_of(page)
    text = str(table.pop("text")) if isinstance(page.body, Note) else in_words(page, named)
    # A comment ends at the first arrow: no value may hold one.
    said = dumped(table).replace("<", "\\u003c").replace(">", "\\u003e")
    text = _LOOKS_LIKE_ENTRY.sub(r"\\\1", text)
    return f"{ENTRY}{said}{END}\n## {heading(page, named)}\n\n{text}\n\n"


def as_text(pages: Iterable[Page], named: Named = no_names) -> str:
    """All pages as plain text for reading, without characters that a terminal would obey."""
    return "".join(text_parts(pages, named))


def text_parts(pages: Iterable[Page], named: Named = no_names) -> Iterator[str]:
    """What `as_text` is joined from."""
    between = ""
    for page in pages:
        yield between + harmless(_read_out(page, named))
        between = f"\n{_LINE}\n\n"


def _read_out(page: Page, named: Named) -> str:
    lines = [heading(page, named)]
    if isinstance(page.body, Note):
        lines += beside(page.body)
        return "\n".join([*lines, "", page.body.text, ""])
    return "\n".join([*lines, "", in_words(page, named), ""])


def beside(note: Note) -> Iterator[str]:
    """What stands beside a note's text, a line each."""
    if note.about_day:
        yield f"about {note.about_day.isoformat()}"
    if note.tags:
        yield "tags: " + ", ".join(map(one_line, note.tags))
    if note.feelings:
        yield "feelings: " + ", ".join(map(one_line, note.feelings))
    if note.distress is not None:
        yield f"distress: {note.distress}"


def heading(page: Page, named: Named = no_names) -> str:
    """When a page was written and what it is called, on one line."""
    when = page.created
    title = one_line(title_of(page.body, named))
    said = f"{when.day} {MONTHS[when.month - 1].capitalize()} {when.year}, {when:%H:%M}"
    return f"{said} · {title}" if title else said


def title_of(body: Body, named: Named = no_names) -> str:
    """A note's own title; of anything else, what it belongs to. May be empty."""
    match body:
        case Note(title=title):
            return title
        case Answers(exercise=name) | Record(exercise=name) | Practice(exercise=name):
            exercise = named(name)
            return name if exercise is None or isinstance(exercise, str) else exercise.title
        case Mark(guide=guide, step=step):
            place = named(f"{guide}/{step}")
            return place if isinstance(place, str) else f"{guide}/{step}"
        case Choice(name=name):
            thing = named(name.removeprefix(choice_words.LAST)) if name.startswith(choice_words.LAST) else None
            return choice_words.name_in_words(name, thing.title if isinstance(thing, Exercise) else "")
        case OwnExercise(content=content):
            found = _OWN_TITLE.search(content)
            return found[1] if found else "An exercise of your own"


def in_words(page: Page | Body, named: Named = no_names) -> str:
    """What a page says, as a person reads it; a note's text as it is."""
    body = page.body if isinstance(page, Page) else page
    match body:
        case Note():
            return body.text
        case Answers() | Record():
            exercise = named(body.exercise)
            known = None if isinstance(exercise, str) else exercise
            said = answered.in_words(known, body) if known else answered.unnamed(body)
            return "\n\n".join(f"{each.label}\n{each.words}" if each.label else each.words for each in said)
        case Practice():
            return ", ".join(_practice(body))
        case Mark():
            return MARKS.get(body.state, body.state)
        case Choice():
            return choice_words.value_in_words(body)
        case OwnExercise():
            return body.content


def _practice(body: Practice) -> Iterator[str]:
    minutes = max(0, round((body.ended - body.started).total_seconds() / 60))
    yield {0: "less than a minute", 1: "1 minute"}.get(minutes, f"{minutes} minutes")
    for when, value in (("before", body.before), ("after", body.after)):
        if value is not None:
            yield f"{value} {when}"
    if body.stopped:
        yield "stopped early"
    if body.worse:
        yield "made it worse"


def file_name(page: Page) -> str:
    """What a page's file is called: its day and the start of its id. Never a word of it: names show in many places."""
    return f"{page.created:%Y-%m-%d}-{page.id[:8]}.md"
