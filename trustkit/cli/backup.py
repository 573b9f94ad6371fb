"""`trustkit backup` and `trustkit restore`: a whole journal into one sealed file, and back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trustkit.cli import asking, say
from trustkit.cli.verbs import TRIES, Run, Verb
from trustkit.errors import ExitCode, UsageError, WrongKey

if TYPE_CHECKING:
    from trustkit.companion import RestoreReport

_FILE = click.argument("file", metavar="FILE")


@click.command(cls=Verb)
@_FILE
@click.pass_obj
def backup(run: Run, file: str) -> int:
    """Put the whole journal into one new file, sealed, and check it.

    A sealed journal goes as it is and nothing is asked. Where something lies in clear, a passphrase is asked for.
    """
    target = _path(file)
    companion = run.companion(with_vault=False)
    companion.not_as_a_ghost()
    companion.check_backup_target(target)
    match companion.on_disk:
        case "open":
            passphrase = _for_backup(run)
        case "mixed":
            passphrase = run.passphrase()
        case _:
            passphrase = ""
    try:
        report = companion.back_up(target, passphrase)
    except UsageError:
        if passphrase or not target.name:
            raise
        report = companion.back_up(target, run.passphrase())  # copies that another program made lie in clear
    opens = "the passphrase you just gave" if companion.on_disk == "open" else "the passphrase it has now"
    say.done(
        f"{_counted(report.revisions, 'version')} of entries and {_counted(report.drafts, 'draft')} are in it, "
        f"and it read back as it was written. It opens with {opens}, whatever is changed here later.",
        str(report.file),
    )
    for problem in report.left_out:
        say.about(f"{problem.file}: {problem.happened} {problem.do_next}")
    for name in report.passed_over:
        say.about(
            f"{name}: This is not part of the journal, so it is not in the backup. Copy it yourself if you need it."
        )
    if any(companion.paths.own_content.rglob("*.toml")):
        say.about("Guides and exercises of your own lie in clear and are not in it; copy the content folder yourself.")
    return ExitCode.PROBLEM_FOUND if report.left_out else ExitCode.DONE


@click.command(cls=Verb)
@_FILE
@click.option("--into", metavar="DIR", help="Restore into this folder instead.")
@click.option("--merge", is_flag=True, help="Add it to the journal that is there; nothing there is overwritten.")
@click.option("--backup-passphrase-file", metavar="FILE", help="With --merge: the passphrase the backup opens with.")
@click.pass_obj
def restore(run: Run, file: str, into: str | None, merge: bool, backup_passphrase_file: str | None) -> int:
    """Bring a backup back into an empty folder, or add it to a journal. The backup is looked through first.

    Nothing that is there is ever overwritten, and what was erased stays erased.
    """
    if into is not None:
        _path(into)
        run.data_dir = into
    source = _path(file)
    if merge:
        report = _merge(run, source, backup_passphrase_file)
        say.done(_told(report), str(run.paths.data))
    else:
        report = run.companion(with_vault=False).restore_backup(source)
        say.done(f"{_told(report)} It opens with the passphrase it had when the backup was made.", str(run.paths.data))
    say.about("`trustkit vault verify` opens every file once.")
    return ExitCode.PROBLEM_FOUND if report.unreadable else ExitCode.DONE


def _merge(run: Run, source: Path, backup_passphrase_file: str | None) -> "RestoreReport":
    """Add a backup to a journal, asking for its own passphrase only where the journal's does not open it."""
    with run.journal() as companion:
        theirs = ""
        if backup_passphrase_file is not None:
            theirs = asking.passphrase_from(backup_passphrase_file, stdin_carries_text=False)
        elif companion.vault.mode == "open":
            theirs = run.passphrase("Passphrase of the backup: ")
        for left in reversed(range(TRIES)):
            try:
                return companion.restore_backup(source, merge=True, passphrase=run.typed, backup_passphrase=theirs)
            except WrongKey as error:
                if not left or backup_passphrase_file is not None or not asking.can_ask():
                    raise
                say.sentences(error.happened, error.do_next)
            theirs = asking.passphrase("Passphrase of the backup: ")
        raise AssertionError("the last try raises")


def _path(typed: str) -> Path:
    """A file or folder as it was typed. Raises UsageError."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        raise UsageError("There is no account by the name behind `~`.", "Write the whole path out instead.") from None


def _for_backup(run: Run) -> str:
    """A passphrase to seal a backup with: from the file, else asked for twice."""
    if run.passphrase_file is not None:
        return run.passphrase()
    say.about("A backup is always sealed. Choose a passphrase for it; a few unrelated words work well.")
    first = asking.passphrase("New passphrase: ")
    if len(first) < asking.SHORT:
        say.about("That is short. A few more words make it harder to guess.")
    for _ in range(TRIES):
        if asking.passphrase("Once more, so that we both have it right: ") == first:
            return first
        say.about("Those two don't match yet. Try the second one again.")
    raise UsageError("The two never matched.", "Nothing was written; begin again when you like.")


def _told(report: "RestoreReport") -> str:
    parts = [f"{_counted(report.added, 'file')} added"]
    if report.same:
        parts.append(f"{report.same} already there")
    if report.erased:
        parts.append(f"{report.erased} left out because they were erased here")
    if report.beside:
        parts.append(f"{report.beside} put beside one of the same name that is damaged or says something else")
    if report.unreadable:
        parts.append(f"{report.unreadable} left out because no key at hand opens them")
    return ", ".join(parts) + "."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
