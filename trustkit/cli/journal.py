"""`trustkit journal`: what was written, listed, shown, found, thrown away and brought back.

The verbs that hand pages out and take them in, and those that change them, have files of their own, read when called.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from trustkit.cli import entries, say
from trustkit.cli.filters import filters, query_from
from trustkit.cli.verbs import Run, Verbs
from trustkit.errors import ExitCode, UsageError
from trustkit.model.plain import one_line

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.model.entry import Summary
    from trustkit.model.query import Query

_ID = click.argument("entry_id", metavar="ID")
_JSON = click.option("--json", "as_json", is_flag=True, help='Print {"format": 1, "entries": […]}.')
_PRIVATE = click.option("--private", is_flag=True, help="Those kept privately, too.")

ELSEWHERE: Final[dict[str, tuple[str, str]]] = {
    "edit": ("editing", "Write an entry anew; the old one stays as a version."),
    "export": ("exporting", "Write entries into files that other programs read."),
    "import": ("importing", "Bring in pages from jrnl, Markdown, text or an export."),
    "tags": ("tags", "Every tag and how often it is used; rename one."),
}
"""Verbs that stand in a file of their own: its name in `trustkit.cli`, and their line in `--help`."""


class Journal(Verbs):
    """The family: imports those that stand elsewhere when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        verb = getattr(import_module(f"trustkit.cli.{ELSEWHERE[cmd_name][0]}"), f"{cmd_name}_")
        assert isinstance(verb, click.Command)
        return verb

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lines = {name: line for name, (_, line) in ELSEWHERE.items()}
        lines |= {name: verb.get_short_help_str(80) for name, verb in self.commands.items()}
        with formatter.section("Verbs"):
            formatter.write_dl(sorted(lines.items()))


@click.group(cls=Journal)
def journal() -> None:
    """What you wrote.

    An ID may be shortened to its first four characters or more, as long as no other begins with them.
    """


@journal.command("list")
@click.option("--trash", is_flag=True, help="Those in the trash instead.")
@filters
@_PRIVATE
@_JSON
@click.pass_obj
def list_(run: Run, /, trash: bool, private: bool, as_json: bool, **given: Any) -> int:
    """Every entry, newest first: id, day, first line.

    Filters narrow each other. Tags and other words on a command line may stay in the shell's history.
    """
    query = query_from(given, run.now().date())
    with run.journal() as companion:
        vault = companion.vault
        if trash:
            found: Sequence[Summary] = [
                one for one in vault.summaries(private=private, trash=True) if query.admits(one)
            ]
        else:
            found = companion.find(query, private=private)
        nothing = "No pages yet. One line is enough: `trustkit write`"
        if trash:
            nothing = "Nothing in the trash."
        elif query.filters:
            nothing = "No page fits all of that."
        _print(found, as_json, nothing, companion)
        problems = vault.problems
    entries.tell_problems(problems)
    return ExitCode.DONE


@journal.command()
@_ID
@_JSON
@click.pass_obj
def show(run: Run, entry_id: str, as_json: bool) -> int:
    """One entry in full.

    Characters that a terminal would obey are left out, in a pipe as well; --json has them, escaped.
    """
    with run.journal() as companion:
        vault = companion.vault
        entry = vault.get(vault.find_id(entry_id))
        several = len(vault.heads(entry.id)) > 1
        if as_json:
            entries.print_json([entries.of_entry(entry)])
        else:
            entries.print_entry(entry, companion.named)
    if several:
        say.about("This note was changed in two places. Both are kept; open `trustkit` to choose.")
    return ExitCode.DONE


@journal.command()
@click.argument("words", nargs=-1)
@filters
@_PRIVATE
@_JSON
@click.pass_obj
def search(run: Run, /, words: Sequence[str], private: bool, as_json: bool, **given: Any) -> int:
    """Entries that hold every one of these WORDS, accents and capitals aside.

    WORDS may hold filters, as in the search line on screen: `tag:work kind:letter distress:7-10 last march promise`,
    with quotes around what is meant as words. Without WORDS or filters trustkit asks for them, and - reads them from
    standard input. Words on a command line may stay in the shell's history, where others can find them.
    """
    run.stdin_carries_text = tuple(words) == ("-",)
    line = _words_on_stdin() if run.stdin_carries_text else " ".join(words)
    query = query_from(given, run.now().date(), line)
    with run.journal() as companion:
        if not words and not query.filters:
            query = query_from(given, run.now().date(), _ask_for_words())
        if not query.words.strip() and not query.filters:
            raise UsageError("There was no word to look for.", "Name one, or send it through a pipe and add `-`.")
        found, used = companion.find_or_words(query, private=private)
        _print(found, as_json, _none_found(query), companion)
        problems = companion.vault.problems
    if used is not query:
        say.about(f"No page fits that as a day ({query.in_words()}). These have the words.")
    elif found and query.as_words:
        say.about(f"Read as a day: {query.in_words()}. Put it in quotes to look for the words themselves.")
    entries.tell_problems(problems)
    return ExitCode.DONE


def _print(found: "Sequence[Summary]", as_json: bool, nothing: str, companion: "Companion") -> None:
    if as_json:
        entries.print_json(map(entries.of_summary, found))
        return
    entries.print_summaries(found, companion.named)
    if not found:
        say.about(nothing)


def _words_on_stdin() -> str:
    from trustkit.cli.typed import PipeReader

    return one_line(PipeReader().read())


def _ask_for_words() -> str:
    from trustkit.cli import asking

    if not say.on_terminal(sys.stdin):
        raise UsageError("There is no terminal here to ask for the words on.", "Send them through a pipe and add `-`.")
    return asking.line("Look for: ")


def _none_found(query: "Query") -> str:
    """Why a search found nothing: what was read as a filter is named, so that it can be put in quotes."""
    if not query.filters:
        return "Nothing here has that word."
    return f"No page {'with those words ' if query.words else ''}fits all of that: {query.in_words()}."


@journal.command()
@_ID
@click.pass_obj
def delete(run: Run, entry_id: str) -> int:
    """Move an entry to the trash."""
    with run.journal() as companion:
        vault = companion.vault
        entry = vault.delete(vault.find_id(entry_id))
    say.about(f"Moved to the trash. `trustkit journal restore {entry.id[: entries.SHORT]}` brings it back for 30 days.")
    return ExitCode.DONE


@journal.command()
@_ID
@click.pass_obj
def restore(run: Run, entry_id: str) -> int:
    """Bring an entry back from the trash."""
    with run.journal() as companion:
        vault = companion.vault
        vault.restore(vault.find_id(entry_id))
    say.about("It is back among your notes.")
    return ExitCode.DONE


@journal.command()
@_JSON
@click.pass_obj
def drafts(run: Run, as_json: bool) -> int:
    """What you were writing and have not kept yet, in full."""
    with run.journal() as companion:
        vault = companion.vault
        waiting = vault.drafts()
        if as_json:
            entries.print_json(map(entries.of_draft, waiting))
            return ExitCode.DONE
        for draft in waiting:
            entries.print_draft(draft, companion.named)
            say.result()
    say.about("`trustkit journal keep ID` keeps one as a note." if waiting else "No draft is waiting.")
    return ExitCode.DONE


@journal.command()
@_ID
@click.pass_obj
def keep(run: Run, entry_id: str) -> int:
    """Keep a draft as a note."""
    with run.journal() as companion:
        vault = companion.vault
        begun = [draft for draft in vault.drafts() if len(entry_id) >= 4 and draft.id.startswith(entry_id.lower())]
        if len(begun) != 1:
            raise UsageError("No single draft begins like that.", "`trustkit journal drafts` shows what is there.")
        entry = companion.keep_page(begun[0], private=begun[0].private)
    say.done("Saved.", entry.id)
    return ExitCode.DONE
