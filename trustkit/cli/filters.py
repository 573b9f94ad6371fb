"""The filters that `journal list`, `search`, `export` and `tags` share: options of a verb, as one `Query`.

They are read by the same grammar as the search line on the screen, so that both find the same entries.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from trustkit.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from trustkit.model.query import Query

_OPTIONS: Final = (
    ("tag", "TAG", True, "Only those with this tag; again for more."),
    ("not_tag", "TAG", True, "Only those without this tag."),
    ("feeling", "WORD", True, "Only those with this feeling."),
    ("kind", "KIND", True, "note, answer, record or letter; again for more."),
    ("distress", "0-10", False, "7, 7-10, 7+ or numb."),
    ("guide", "NAME", False, "Answers begun from this guide."),
    ("exercise", "NAME", False, "Answers and records of this exercise."),
    ("on", "DAY", False, "A day, a month, a year: 2026-03-05, 2026-03, yesterday, last-march, 2026-03..2026-05."),
    ("since", "DAY", False, "From this day on."),
    ("until", "DAY", False, "Up to this day."),
)
_FIELDS: Final = {"not_tag": "-tag"}
"""Options whose field in a search line is called something else."""


def filters(verb: Callable[..., int]) -> Callable[..., int]:
    """Give a verb the filters; it takes them as keywords and hands them to `query_from`."""
    for name, shown, several, told in reversed(_OPTIONS):
        option = click.option(f"--{name.replace('_', '-')}", name, metavar=shown, multiple=several, help=told)
        verb = option(verb)
    return verb


def query_from(given: Mapping[str, Any], today: "date", line: str = "") -> "Query":
    """What these filters, and a search line, ask for together.

    Raises:
        UsageError: one of them can't be read. What was typed is not repeated.
    """
    from trustkit.model.query import parse_query

    parts = [line]
    for name, _, several, _ in _OPTIONS:
        values = given[name] if several else filter(None, [given[name]])
        parts += (f'{_FIELDS.get(name, name)}:"{value.replace(chr(34), "")}"' for value in values)
    query = parse_query(" ".join(parts), today)
    if query.notes:
        raise UsageError("A filter can't be read.", query.notes[0])
    return query
