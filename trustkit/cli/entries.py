"""Entries as the verbs print them: as lines for a person, or as JSON for a program.

Lines hold no control characters, on a terminal and in a pipe alike. JSON has every character of a
text, with those that a terminal could obey escaped.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from trustkit.cli import say
from trustkit.model.entry import Body, Draft, Entry, Note, Problem, Summary
from trustkit.model.plain import harmless, one_line
from trustkit.text_width import cut, wrap

if TYPE_CHECKING:
    from trustkit.model.export import Named

_UNTITLED: Final = "(without words)"
FORMAT: Final = 1
"""The shape of the JSON below."""
SHORT: Final = 8
"""Characters of an id that lists show: enough to be alone among a hundred thousand."""


def print_summaries(found: Sequence[Summary], named: "Named") -> None:
    """One line each: id, day, what it is called."""
    on_terminal = say.on_terminal(sys.stdout)
    for summary in found:
        line = f"{summary.id[:SHORT]}  {summary.day:%Y-%m-%d}  {one_line(_title(summary, named)) or _UNTITLED}"
        say.result(cut(line, say.width()) if on_terminal else line)


def _title(summary: Summary, named: "Named") -> str:
    if not summary.exercise:
        return summary.title
    from trustkit.model.answered import title_in_list

    thing = named(summary.exercise)
    if thing is None or isinstance(thing, str):
        return f"{summary.exercise}: {summary.title}" if summary.title else summary.exercise
    return title_in_list(thing, summary.title)


def print_entry(entry: Entry, named: "Named") -> None:
    """Everything that is in one entry.

    Args:
        entry: One revision, opened.
        named: What an entry belongs to, by its id.
    """
    say.result(f"{entry.id[:SHORT]}  {entry.created:%Y-%m-%d %H:%M}" + ("  kept privately" if entry.private else ""))
    if entry.deleted:
        say.result()
        say.result(f"In the trash. `trustkit journal restore {entry.id[:SHORT]}` brings it back.")
    elif entry.body is None:
        say.result()
        say.result("A newer trustkit wrote this note. This one leaves it as it is.")
    else:
        print_body(entry.body, named)


def print_draft(draft: Draft, named: "Named") -> None:
    """What was being written, and when."""
    say.result(f"{draft.id[:SHORT]}  {draft.saved:%Y-%m-%d %H:%M}")
    print_body(draft.body, named)


def print_body(body: Body, named: "Named") -> None:
    """A note's own words as they were written; anything else under its title, each answer under its question."""
    if not isinstance(body, Note):
        from trustkit.model import export

        say.result()
        say.paragraph(one_line(export.title_of(body, named)))
        say.result()
        print_text(export.in_words(body, named))
        return
    for name, value in _plainly(body).items():
        if value not in (None, "", [], {}) and name not in ("kind", "text", "title"):
            say.result(f"{name.replace('_', ' ')}: {one_line(_in_words(value))}")
    say.result()
    if body.title:
        say.result(f"{one_line(body.title)}\n")
    print_text(body.text)


def print_text(text: str) -> None:
    """A reader's own words: their lines as they are, folded to the window where there is one."""
    if not say.on_terminal(sys.stdout):
        say.result(text)
        return
    for line in harmless(text).expandtabs(4).split("\n"):
        blanks = line[: len(line) - len(line.lstrip(" "))][: say.width() // 2]
        for part in wrap(line, say.width(), first=blanks):
            say.result(part)


def print_json(entries: Iterable[Mapping[str, object]]) -> None:
    """Entries for another program."""
    print_table("entries", entries)


def print_table(name: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Things of one sort for another program, under their name."""
    print(json.dumps({"format": FORMAT, name: list(rows)}, indent=2, ensure_ascii=True))


def of_summary(summary: Summary) -> dict[str, object]:
    """What a list knows of an entry."""
    known = _plainly(summary)
    return {**known, "day": summary.day.isoformat()}


def of_entry(entry: Entry) -> dict[str, object]:
    """One entry whole: what it is, then what stands in it."""
    about = {
        "id": entry.id,
        "rev": entry.rev,
        "parents": list(entry.parents),
        "kind": entry.kind,
        "created": entry.created.isoformat(),
        "saved": entry.saved.isoformat(),
        "private": entry.private,
        "deleted": entry.deleted,
    }
    return about | (_plainly(entry.body) if entry.body is not None else {})


def of_draft(draft: Draft) -> dict[str, object]:
    """One draft whole."""
    about = {"id": draft.id, "base": draft.base, "saved": draft.saved.isoformat(), "private": draft.private}
    return about | _plainly(draft.body)


def tell_problems(problems: Iterable[Problem]) -> None:
    """Files that need somebody to look at them, one line each."""
    for problem in problems:
        say.sentences(f"{problem.file}: {problem.happened}", problem.do_next)


def _plainly(thing: Body | Summary) -> dict[str, object]:
    """The fields of a frozen thing, in values that JSON knows."""
    from trustkit.model.pages import in_plain_values  # what only `--json` needs

    return {field.name: in_plain_values(getattr(thing, field.name)) for field in fields(thing)}


def _in_words(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
