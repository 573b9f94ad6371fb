"""`trustkit journal export`: pages into files that other programs and people read, and pages for someone trusted."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trustkit.cli import asking, say
from trustkit.cli.filters import filters, query_from
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, NotFound, UsageError

if TYPE_CHECKING:
    from trustkit.companion.handing import Handing
    from trustkit.model.pages import Page

FORMATS: Final = ("json", "markdown", "text")
_NOT_SEALED: Final = "What was exported is not sealed: whoever can read it can read your words."
_EVENTS: Final = frozenset({"practice", "mark", "choice", "exercise"})
_NOTHING: Final = ("Nothing fits that, so nothing was written.", "`trustkit journal list` takes the same filters.")
_TICKED: Final = (
    "For someone else, only pages that you name are taken.",
    "Put their IDs behind it; `trustkit journal list` shows them.",
)
_READABLE_ONLY: Final = ("Pages for someone else are text or Markdown.", "Add `--format text` or `--format markdown`.")
_NO_FILTERS: Final = ("IDs and filters don't go together.", "Name the pages, or say which ones with filters.")


@click.command("export", cls=Verb)
@click.argument("ids", nargs=-1, metavar="[ID …]")
@click.option("--format", "form", type=click.Choice(FORMATS), default="markdown", show_default=True)
@click.option(
    "--output",
    metavar="FILE|DIR",
    type=click.Path(readable=False),
    help="Write there instead of standard output. Never overwrites.",
)
@click.option("--one-file", is_flag=True, help="Markdown: all pages in one file. A name ending in .md says so, too.")
@filters
@click.option("--private", is_flag=True, help="Those kept privately, too.")
@click.option("--for-someone", is_flag=True, help="Pages named by ID alone, with names as initials; looked at first.")
@click.option(
    "--names",
    metavar="FILE",
    type=click.Path(readable=False),
    help="With --for-someone: names to shorten, one a line; - is standard input.",
)
@click.option("--yes", is_flag=True, help="With --for-someone: don't ask before it is written.")
@click.pass_obj
def export_(
    run: Run,
    /,
    ids: Sequence[str],
    form: str,
    output: str | None,
    one_file: bool,
    private: bool,
    for_someone: bool,
    names: str | None,
    yes: bool,
    **given: Any,
) -> int:
    """Write entries into files, in clear: a folder of Markdown, one Markdown file, JSON or plain text.

    Without IDs or filters, every page that is not kept privately. JSON and Markdown files hold everything but earlier
    versions, and `trustkit journal import` reads them back exactly. On standard output, Markdown and text leave out
    characters that a terminal would obey.

    With --for-someone only the pages whose IDs you give are taken, with their day, title and text alone; names that
    you give are shortened to initials, and you see it all before anything is written.
    """
    from trustkit.companion.handing import Handing

    query = query_from(given, run.now().date())
    if ids and (query.filters or private):
        raise UsageError(*_NO_FILTERS)
    if for_someone and not ids:
        raise UsageError(*_TICKED)
    if for_someone and form == "json":
        raise UsageError(*_READABLE_ONLY)
    run.stdin_carries_text = names == "-"
    with run.journal() as companion:
        handing = Handing(companion)
        if ids:
            chosen = list(dict.fromkeys(companion.vault.find_id(one) for one in ids))
        else:
            chosen = [one.id for one in companion.find(query, private=private)]
            for event in query.kinds & _EVENTS:
                kept = companion.vault.events(event)
                chosen += [one.id for one in kept if (private or not one.private) and query.admits(one)]
        pages = _Counted(handing.pages(chosen))
        if for_someone:
            return _for_someone(handing, list(pages), form, output, names, yes)
        many = form == "markdown" and output is not None and not one_file and not output.endswith((".md", ".markdown"))
        if many and output is not None:
            number = handing.write_folder_outside(Path(output).expanduser(), _files(handing, pages))
            _told(handing, output, number)
            return ExitCode.DONE
        whole = _hand_over(handing, _parts(handing, pages, form), output)
        if output is not None:
            _told(handing, output, pages.number)
    return ExitCode.DONE if whole else ExitCode.PROBLEM_FOUND


class _Counted:
    """Pages that are told as they pass. Raises NotFound where there is none."""

    def __init__(self, pages: "Iterator[Page]") -> None:
        first = next(pages, None)
        if first is None:
            raise NotFound(*_NOTHING)
        self._pages = chain([first], pages)
        self.number = 0

    def __iter__(self) -> "Iterator[Page]":
        for page in self._pages:
            self.number += 1
            yield page


def _files(handing: "Handing", pages: "Iterable[Page]") -> "Iterator[tuple[str, bytes]]":
    from trustkit.model import export

    for page in pages:
        yield export.file_name(page), export.as_markdown(page, handing.exercise_named).encode()


def _parts(handing: "Handing", pages: "Iterable[Page]", form: str) -> Iterator[str]:
    from trustkit.model import export

    match form:
        case "json":
            return export.json_parts(pages)
        case "markdown":
            return export.one_markdown_parts(pages, handing.exercise_named)
        case _:
            return export.text_parts(pages, handing.exercise_named)


def _hand_over(handing: "Handing", parts: Iterable[str], output: str | None) -> bool:
    """To the file that was named, else to standard output, and there only once all of it could be read.

    Returns:
        Whether every letter was written.
    """
    if output is not None:
        handing.write_outside(Path(output).expanduser(), (part.encode() for part in parts))
        return True
    whole = say.export("".join(parts).removesuffix("\n"))
    say.about(_NOT_SEALED)
    return whole


def _told(handing: "Handing", output: str, number: int) -> None:
    say.done(f"{number} page{'' if number == 1 else 's'} written. {_NOT_SEALED}", output)
    if service := handing.copied_by(Path(output).expanduser()):
        say.about(f"{service} seems to copy that folder to its own computers.")


# For someone trusted


def _for_someone(
    handing: "Handing", pages: "Sequence[Page]", form: str, output: str | None, names: str | None, yes: bool
) -> int:
    """Shorten names, show what it would be, ask, and only then write."""
    from trustkit.model import export, redaction

    texts = _plainly(handing, pages, form)
    shortened = redaction.redact(
        texts, _names(names, lambda: redaction.suggested(export.in_words(page) for page in pages))
    )
    whole = True
    if output is None:
        whole = say.export(shortened.text.removesuffix("\n"))
    elif not yes:
        say.result(shortened.text.removesuffix("\n"))
    places = f"{shortened.shortened} place{'' if shortened.shortened == 1 else 's'}"
    say.about(f"{len(pages)} page{'' if len(pages) == 1 else 's'}; names were shortened in {places}.")
    if shortened.left:
        say.about(
            f"A name still stands in {shortened.left} more, in small letters or within a longer word. Look there first."
        )
    if output is None:
        return ExitCode.DONE if whole else ExitCode.PROBLEM_FOUND
    if yes or _agreed():
        _hand_over(handing, [shortened.text], output)
        _told(handing, output, len(pages))
    else:
        say.about("Nothing was written.")
    return ExitCode.DONE


def _plainly(handing: "Handing", pages: "Sequence[Page]", form: str) -> str:
    """Day, title and text of each page and nothing that stands beside them."""
    from trustkit.model import export

    mark = "## " if form == "markdown" else ""
    return "\n".join(
        f"{mark}{export.heading(page, handing.exercise_named)}\n\n{export.in_words(page, handing.exercise_named)}\n"
        for page in pages
    )


def _names(file: str | None, suggestions: Callable[[], list[str]]) -> Sequence[str]:
    """The names to shorten: from a file, from standard input, else asked for."""
    from trustkit.model.redaction import read_names

    if file == "-":
        from trustkit.cli.typed import PipeReader

        return read_names(PipeReader().read())
    if file is not None:
        from trustkit.errors import ReadError

        try:
            return read_names(Path(file).expanduser().read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ReadError("The file of names can't be read.", "It is UTF-8 text with one name a line.") from error
    if not say.on_terminal(sys.stdin):
        raise UsageError("There is no terminal here to ask for names on.", "Name a file of them with `--names FILE`.")
    if found := suggestions():
        say.about(f"These look like names: {', '.join(found)}.")
    return read_names(asking.line("Names to shorten, with commas between (enter for none): "))


def _agreed() -> bool:
    if not say.on_terminal(sys.stdin):
        raise UsageError(
            "There is no terminal here to ask on, so nothing was written.", "Add `--yes` once it looks right."
        )
    return asking.line("Write this? y or n: ").casefold() in ("y", "yes")
