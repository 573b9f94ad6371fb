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

from trustkit.model import answered
from trustkit.model.days import MONTHS
from trustkit.model.entry import Answers, Choice, Mark, Note, OwnExercise, Practice, Record
from trustkit.model.exercise import Exercise
from trustkit.model.pages import FORMAT, Page, dumped, table_of
from trustkit.model.plain import harmless, one_line

Named = Callable[[str], Exercise | None]
"""Gives the exercise of an id, or None where there is none any more."""

ONE_FILE: Final = "<!-- trustkit journal 1 -->"
"""The first line of many pages in one Markdown file."""
ENTRY: Final = "<!-- entry "
"""What each page in it begins with, at the start of a line."""
END: Final = " -->"
FENCE: Final = "---"
MARK: Final = "trustkit"
"""The first key of a page in a file of its own."""

_LOOKS_LIKE_ENTRY: Final = re.compile(rf"^(\\*{re.escape(ENTRY)})", re.MULTILINE)
_LINE: Final = "-" * 40


def no_names(_: str) -> Exercise | None:
    """For where no library is at hand."""
    return None


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
    title = one_line(title_of(page, named))
    said = f"{when.day} {MONTHS[when.month - 1].capitalize()} {when.year}, {when:%H:%M}"
    return f"{said} · {title}" if title else said


def title_of(page: Page, named: Named = no_names) -> str:
    """A note's own title; of anything else, the exercise it belongs to. May be empty."""
    match page.body:
        case Note(title=title):
            return title
        case Answers(exercise=name) | Record(exercise=name) | Practice(exercise=name):
            exercise = named(name)
            return exercise.title if exercise else name
        case Mark():
            return f"{page.body.guide}/{page.body.step}"
        case Choice():
            return "a choice"
        case OwnExercise():
            return "an exercise of your own"


def in_words(page: Page, named: Named = no_names) -> str:
    """What a page says, as a person reads it; a note's text as it stands."""
    body = page.body
    match body:
        case Note():
            return body.text
        case Answers() | Record():
            exercise = named(body.exercise)
            said = answered.in_words(exercise, body) if exercise else _unnamed(body)
            return "\n\n".join(f"{each.label}\n{each.words}" if each.label else each.words for each in said)
        case Practice():
            felt = [
                f"{name}: {value}"
                for name, value in (("before", body.before), ("after", body.after))
                if value is not None
            ]
            minutes = max(0, round((body.ended - body.started).total_seconds() / 60))
            return ", ".join(
                [f"{minutes} min", *felt, *["stopped early"] * body.stopped, *["made it worse"] * body.worse]
            )
        case Mark():
            return body.state or "mark taken back"
        case Choice():
            value = ", ".join(body.value) if isinstance(body.value, tuple) else str(body.value)
            return f"{body.name}: {value}"
        case OwnExercise():
            return body.content


def _unnamed(body: Answers | Record) -> list[answered.Said]:
    """Answers to an exercise that is no longer there, under the ids of its questions."""
    if isinstance(body, Record):
        return [answered.Said(name, str(value)) for name, value in body.values.items()]
    said = [answered.Said("", body.result)] * bool(body.result)
    said += [answered.Said(name, str(answer)) for name, answer in body.answers.items()]
    said += [answered.Said("", name) for name in body.chosen]
    return said + [answered.Said("", "\n".join(filter(None, row.values()))) for row in body.rows]


def file_name(page: Page) -> str:
    """What a page's file is called: its day and the start of its id. Never a word of it: names show in many places."""
    return f"{page.created:%Y-%m-%d}-{page.id[:8]}.md"
