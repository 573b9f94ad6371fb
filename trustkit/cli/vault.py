"""`trustkit vault`: begin a journal, and look after what seals it."""

import sys
from typing import TYPE_CHECKING, Final

import click

from trustkit.cli import asking, say
from trustkit.cli.verbs import TRIES, Run, Verbs
from trustkit.errors import ExitCode, NoVault, TrustkitError, UsageError, WriteError
from trustkit.model.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustkit.companion import Companion, Vault
    from trustkit.model.entry import Problem

_NEW_FILE = click.option("--new-passphrase-file", metavar="FILE", help="Take the new passphrase from this file.")

_STATES: Final = {
    "sealed": "Sealed: it opens with the passphrase, or with the recovery key if there is one.",
    "open": "Open: anyone who uses this account can read it.",
    "mixed": "Sealed, but some entries still lie in clear; `trustkit vault seal` seals them.",
}


@click.group(cls=Verbs)
def vault() -> None:
    """Where your words live, and what seals them."""


@vault.command()
@click.option(
    "--open", "in_clear", is_flag=True, help="Without a passphrase: anyone who uses this account can read it."
)
@click.pass_obj
def init(run: Run, in_clear: bool) -> int:
    """Begin a journal, sealed with a passphrase.

    With --passphrase-file nothing is asked, and no recovery key is made.
    """
    if in_clear and run.passphrase_file is not None:
        raise UsageError("An open journal has no passphrase.", "Leave out `--open`, or leave out `--passphrase-file`.")
    companion = run.companion()
    companion.not_as_a_ghost()
    if companion.vault.mode != "nothing":
        raise WriteError(
            "There is a journal in this folder already.",
            "`trustkit vault status` says what it is; nothing was changed.",
        )
    if in_clear:
        companion.keep_open()
        said = "Anyone who uses this account can read what you write here. `trustkit vault seal` gives it a passphrase."
    else:
        passphrase = _new_passphrase(run, run.passphrase_file)
        companion.keep_sealed(passphrase)
        said = (
            "Your notes are sealed on this computer. Nobody can open them without the passphrase or the recovery key. "
            "Nor can we: if you lose both, the notes are gone."
        )
        if run.passphrase_file is None and _wants_recovery():
            _make_recovery(companion.vault, passphrase)
    companion.vault.close()
    say.done(said, str(run.paths.data))
    _tell_of_a_cloud(companion)
    return ExitCode.DONE


@vault.command()
@click.pass_obj
def status(run: Run) -> int:
    """What lies in the data folder. Opens nothing and asks nothing."""
    companion = run.companion()
    kept = companion.require_vault()
    say.result(_STATES.get(companion.on_disk, ""))
    say.result(f"Folder: {run.paths.data}")
    if kept.mode == "sealed":
        say.result(f"Recovery key: {'made' if kept.has_recovery else 'none'}")
    _tell_of_a_cloud(companion)
    return ExitCode.DONE


@vault.command()
@_NEW_FILE
@click.pass_obj
def passphrase(run: Run, new_passphrase_file: str | None) -> int:
    """Change the passphrase."""
    with run.journal() as companion:
        kept = companion.vault
        _must_be_sealed(kept)
        new = _new_passphrase(run, new_passphrase_file)
        before = kept.problems
        kept.change_passphrase(run.typed, new)
        after = kept.problems
    say.about("Changed. An old copy of key.age still opens everything with the old passphrase.")
    _tell_what_is_new(before, after)
    return ExitCode.DONE


@vault.command()
@click.option("--drop", is_flag=True, help="Do without a recovery key from now on.")
@click.pass_obj
def recovery(run: Run, drop: bool) -> int:
    """Make a recovery key. It is shown once and typed back.

    An older one then opens nothing in this folder. Older copies of key.recovery.age, in a backup or on another device,
    still open with its paper, and then so does everything you write later.
    """
    if not drop and not say.on_terminal(sys.stdin):
        raise UsageError("A recovery key is typed back once, and there is no terminal here.", "Run this in a terminal.")
    with run.journal() as companion:
        kept = companion.vault
        _must_be_sealed(kept)
        before = kept.problems
        if drop:
            kept.drop_recovery(run.typed)
            only = "The recovery key is dropped" if kept.has_recovery else "Only the passphrase opens your notes now"
            say.about(
                f"{only}. Older copies of key.recovery.age still open with the old paper, and with the key in them "
                "everything does, later pages too."
            )
        else:
            _make_recovery(kept, run.typed)
        _tell_what_is_new(before, kept.problems)
    return ExitCode.DONE


@vault.command()
@click.pass_obj
def recover(run: Run) -> int:
    """Open the journal with its recovery key, and choose a new passphrase.

    The key is asked for, or read from standard input. --passphrase-file holds the new passphrase.
    """
    typing = say.on_terminal(sys.stdin)
    run.stdin_carries_text = not typing
    companion = run.companion(with_vault=False)
    companion.not_as_a_ghost()
    if companion.on_disk in ("none", "open"):
        raise NoVault("There is no sealed journal in this folder.", "Name the folder it is in with `--data-dir`.")
    key = asking.line("Recovery key: " if typing else "")
    companion.recover(key, _new_passphrase(run, run.passphrase_file))
    companion.vault.close()
    staying = companion.vault.problems
    nothing = "" if staying else ", and the forgotten one opens nothing in this folder"
    say.about(f"It opens with the new passphrase from now on{nothing}. The recovery key stays as it was.")
    if typing:
        say.about("The key you typed still stands in this window: clear it.")
    _tell_what_is_new((), staying)
    return ExitCode.DONE


@vault.command()
@click.pass_obj
def seal(run: Run) -> int:
    """Give an open journal a passphrase, and seal everything in it. Broken off, it goes on where it stopped.

    Exit code 1 says that something still lies in clear.
    """
    companion = run.companion()
    kept = companion.require_vault()
    if kept.mode == "open":
        companion.seal(_new_passphrase(run, run.passphrase_file))
        kept = companion.vault
        kept.load()  # what is no entry is met only then
        kept.close()
    else:
        with run.journal() as unlocked:
            kept = unlocked.vault
            kept.seal()
            kept.load()
    in_clear = [problem for problem in kept.problems if "/" in problem.file and ".age" not in problem.file]
    if kept.needs_sealing or in_clear:
        say.about("Every entry that could be sealed is. This lies in clear still:")
        _tell_what_is_new((), in_clear)
        return ExitCode.PROBLEM_FOUND
    say.about("Sealed. What was in clear before may still be found on some disks and in backups.")
    return ExitCode.DONE


@vault.command()
@click.pass_obj
def verify(run: Run) -> int:
    """Open everything there is, and report on each file. Exit code 1 says that something needs a look."""
    sound = wrong = 0
    with run.journal() as companion:
        kept = companion.vault
        for report in kept.verify():
            sound += report.ok
            wrong += not report.ok
            file = one_line(report.file)  # whoever can put a file here can put a line break into its name
            if report.problem is None:
                say.result(f"{file}: sound")
            else:
                say.result(f"{file}: {report.problem.happened} {report.problem.do_next}")
    say.about(f"{sound} sound, {wrong} to look at.")
    return ExitCode.PROBLEM_FOUND if wrong else ExitCode.DONE


def _tell_what_is_new(before: "Iterable[Problem]", after: "Iterable[Problem]") -> None:
    """Files that need a look since something was changed: what was kept, and what still opens."""
    from trustkit.cli.entries import tell_problems

    known = set(before)
    tell_problems(problem for problem in after if problem not in known)


def _tell_of_a_cloud(companion: "Companion") -> None:
    if service := companion.copied_by:
        say.about(f"{service} seems to copy this folder to its own computers.")


def _must_be_sealed(kept: "Vault") -> None:
    if kept.mode != "sealed":
        raise UsageError("This journal is kept without a passphrase.", "`trustkit vault seal` gives it one.")


def _new_passphrase(run: Run, file: str | None) -> str:
    """A new passphrase: from this file, else asked for twice.

    Raises:
        Locked: there is no terminal to ask on.
        UsageError: it is empty, or the two differed again and again.
    """
    if file is not None:
        return asking.passphrase_from(file, stdin_carries_text=run.stdin_carries_text)
    say.about("A few unrelated words work well. Nobody else needs to know it.")
    first = asking.passphrase("New passphrase: ")
    if not first:
        raise UsageError("The passphrase is empty.", "Nothing was changed.")
    if len(first) < asking.SHORT:
        say.about("That is short. A few more words make it harder to guess.")
    for _ in range(TRIES):
        if asking.passphrase("Once more, so that we both have it right: ") == first:
            return first
        say.about("Those two don't match yet. Try the second one again.")
    raise UsageError("The two never matched.", "Nothing was changed; begin again when you like.")


def _wants_recovery() -> bool:
    if not say.on_terminal(sys.stdin):
        return False
    say.about("A recovery key opens your notes if you forget. If a paper could be found, you could do without one.")
    return asking.line("Make a recovery key? [y/N] ").lower() in ("y", "yes")


def _make_recovery(kept: "Vault", passphrase: str) -> None:
    """Show a new recovery key and take it only when it was typed back: a key nobody copied opens nothing."""
    say.result(kept.make_recovery())
    sys.stdout.flush()
    say.about("Print this or copy it by hand, and keep it where only you look.")
    without, nothing = "do without", "No recovery key was made."
    if kept.has_recovery:
        without = "leave it as it is"
        nothing = "The recovery key is the one it was, and its paper opens your notes. `--drop` does without one."
    for left in reversed(range(TRIES)):
        typed = asking.line(f"Type it back once, or press Enter to {without}: ")
        if not typed:
            break
        try:
            kept.keep_recovery(typed, passphrase)
        except TrustkitError as error:
            if not left:
                raise
            say.sentences(error.happened, error.do_next)
        else:
            say.about("That's it. It still stands in this window: clear it once you have put your copy away.")
            return
    say.about(nothing)
