"""`trustkit erase`: everything that trustkit keeps here, listed, asked about once, and removed."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from trustkit.cli import asking, say
from trustkit.cli.backup import backup
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from trustkit.companion.erasing import Found
    from trustkit.paths import Paths

_ASK_FIRST: Final = (
    "There is no terminal here to ask whether everything should be erased, so nothing was.",
    "Run it in a terminal, or add `--yes`.",
)
_NOT_KEPT: Final = "The backup above is not whole, so nothing was erased."
_LEFT_ALONE: Final = "Nothing was erased."


@click.command(cls=Verb)
@click.option("--yes", is_flag=True, help="Erase without asking, for scripts.")
@click.option(
    "--keep-backup", metavar="FILE", help="Make a backup first. If it can't be made whole, nothing is erased."
)
@click.pass_context
def erase(context: click.Context, yes: bool, keep_backup: str | None) -> int:
    """Erase everything that trustkit keeps here: journal, keys, drafts, index, settings and what you made yourself.

    It is listed first and asked about once; no passphrase is needed. Files that are not trustkit's stay. Exit code 1
    says that something is still here, 3 that something can't be removed.
    """
    from trustkit.companion import erasing

    run: Run = context.obj
    run.companion(with_vault=False).not_as_a_ghost()
    if not yes and not say.on_terminal(sys.stdin):
        raise UsageError(*_ASK_FIRST)
    paths = run.paths
    if keep_backup is not None:
        erasing.refuse_inside(paths, Path(os.path.expanduser(keep_backup)))  # noqa: PTH111 - never raises
        if context.invoke(backup, file=keep_backup) != ExitCode.DONE:
            say.about(_NOT_KEPT)
            return ExitCode.PROBLEM_FOUND
    found = erasing.find(paths)
    if found.nothing:
        say.about(erasing.NOTHING)
        _list(erasing.staying(found))
        return ExitCode.DONE
    _show(found, paths)
    if not yes and asking.line(f"Type `{erasing.WORD}` to erase all of it: ").casefold() != erasing.WORD:
        say.about(_LEFT_ALONE)
        return ExitCode.DONE
    return _erase(run, found)


def _show(found: "Found", paths: "Paths") -> None:
    from trustkit.companion import erasing

    say.paragraph("This erases everything that trustkit keeps here:")
    _list(erasing.told(found))
    for line in erasing.staying(found):
        say.paragraph(line)
    if erasing.busy(paths):
        say.paragraph(erasing.BUSY)
    say.paragraph("It can't be taken back. Copies elsewhere, and traces on this computer, may remain.")


def _erase(run: Run, found: "Found") -> int:
    """Do it. A signal stops between two files, and what is left is told."""
    from trustkit.companion import erasing
    from trustkit.companion.stopping import Stopped, stoppable

    paths = run.paths
    try:
        with stoppable():
            outcome = erasing.erase(paths, found)
    except Stopped as stopped:
        for line in erasing.interrupted(paths):
            say.about(line)
        return 128 + stopped.number
    for line in erasing.ended(outcome):
        say.about(line)
    say.paragraph("What may remain, and trustkit can't reach:")
    _list(erasing.remaining(paths))
    return outcome.code


def _list(lines: list[str]) -> None:
    for line in lines:
        say.paragraph(line, first="- ", rest="  ")
