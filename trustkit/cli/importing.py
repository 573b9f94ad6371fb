"""`trustkit journal import`: pages from jrnl, from Markdown or text, from an export; looked at before they come in."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from trustkit.cli import asking, entries, say
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, UsageError
from trustkit.model.plain import one_line
from trustkit.text_width import cut

if TYPE_CHECKING:
    from trustkit.companion.handing import Handing, Plan
    from trustkit.model.pages import Page

SHOWN: Final = 8
"""Pages that a look beforehand names one by one."""
OFTEN: Final = 1000
"""Pages between two lines that say how far an import is."""
NAMED: Final = 3
"""Places that it names for each reason to leave something out."""
_WHAT: Final = ("Say what to bring in.", "Name a file or a folder, or take the last import back with `--undo`.")
_BOTH: Final = ("Bringing in and taking back are two things.", "Use `--undo` alone.")
_ASK_FIRST: Final = ("Nothing was brought in yet.", "Add `--yes` to bring these pages in.")


@click.command("import", cls=Verb)
@click.argument("source", required=False, metavar="[FILE|DIR]", type=click.Path(readable=False))
@click.option("--yes", is_flag=True, help="Bring them in without asking.")
@click.option("--undo", is_flag=True, help="Take the last import back, as one act.")
@click.option("--private", is_flag=True, help="Keep every one of them privately.")
@click.option("--json", "as_json", is_flag=True, help='Print what was brought in as {"format": 1, "entries": […]}.')
@click.pass_obj
def import_(run: Run, source: str | None, yes: bool, undo: bool, private: bool, as_json: bool) -> int:
    """Bring in pages from a FILE or a folder, after a look at what there is.

    Read are jrnl's text file and `jrnl --export json`; Markdown and plain text, a page a file; and what
    `trustkit journal export` writes. Nothing here is ever overwritten, and bringing the same in twice adds nothing.
    The files stay where they are, in clear: remove them yourself once you have looked.
    """
    from trustkit.companion.handing import Handing

    if undo:
        if source is not None:
            raise UsageError(*_BOTH)
        return _undo(run)
    if source is None:
        raise UsageError(*_WHAT)
    with run.journal() as companion:
        handing = Handing(companion)
        plan = handing.weigh(handing.read_outside(Path(source).expanduser()), private=private)
        if as_json:
            _tell_skipped(plan, say.about)
        else:
            _show(plan)
        if not plan.pages:
            say.about("There is nothing new to bring in.")
            return ExitCode.DONE
        if not yes and not _agreed():
            say.about("Nothing was brought in.")
            return ExitCode.DONE
        _bring_in(handing, plan, as_json)
    return ExitCode.DONE


def _bring_in(handing: "Handing", plan: "Plan", as_json: bool) -> None:
    brought = set(handing.bring_in(plan, _progress))
    number = len(brought)
    summaries = handing.summaries(brought) if as_json else ()
    say.done(
        f"{number} page{' is' if number == 1 else 's are'} here now. `trustkit journal import --undo` takes them back.",
        (lambda: entries.print_json(map(entries.of_summary, summaries))) if as_json else "",
    )


def _progress(done: int, number: int) -> None:
    """A line now and then for whoever waits at a terminal."""
    if done % OFTEN == 0 and done < number and say.on_terminal(sys.stderr):
        say.about(f"{done} of {number}")


def _undo(run: Run) -> int:
    from trustkit.companion.handing import Handing

    with run.journal() as companion:
        undone = Handing(companion).undo_import()
    number = undone.trashed
    say.about(f"{number} page{' is' if number == 1 else 's are'} in the trash now, for 30 days.")
    if undone.changed:
        verb = "page stays: it was" if undone.changed == 1 else "pages stay: they were"
        say.about(f"{undone.changed} {verb} written in since.")
    return ExitCode.DONE


def _show(plan: "Plan") -> None:
    """How many, from when to when, how they begin, and what will be left out and why."""
    pages = plan.pages
    if pages:
        number = f"{len(pages)} page{'' if len(pages) == 1 else 's'}"
        first, last = pages[0].created, pages[-1].created
        say.result(f"{number} to bring in, from {first:%Y-%m-%d} to {last:%Y-%m-%d}:")
        say.result()
        ends = pages if len(pages) <= SHOWN else [*pages[: SHOWN // 2], None, *pages[-SHOWN // 2 :]]
        for page in ends:
            say.result(_line(page) if page is not None else "  …")
        say.result()
    for note in plan.notes:
        say.result(note)
    _tell_skipped(plan, say.result)


def _line(page: "Page") -> str:
    from trustkit.model import export

    words = one_line(export.title_of(page.body)) or next(
        filter(None, map(one_line, export.in_words(page).split("\n"))), ""
    )
    return cut(f"  {page.created:%Y-%m-%d}  {words or f'({page.body.kind})'}", say.width())


def _tell_skipped(plan: "Plan", tell: Callable[[str], None]) -> None:
    reasons: dict[str, list[str]] = {}
    for skipped in plan.skipped:
        reasons.setdefault(skipped.why, []).append(one_line(skipped.where))
    for why, places in reasons.items():
        more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
        tell(f"{len(places)} left out, {why}: {', '.join(places[:NAMED])}{more}")


def _agreed() -> bool:
    if not say.on_terminal(sys.stdin):
        raise UsageError(*_ASK_FIRST)
    return asking.line("Bring them in? y or n: ").casefold() in ("y", "yes")
