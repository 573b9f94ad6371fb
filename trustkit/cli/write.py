"""`trustkit write`: an entry from standard input, or typed on the terminal.

Never from arguments: other programs and the shell's history see those.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

import click

from trustkit.cli import say
from trustkit.cli.typed import reader
from trustkit.cli.verbs import Run, Verb
from trustkit.companion.stopping import Stopped, stoppable
from trustkit.errors import ExitCode, TrustkitError, UsageError, WriteError
from trustkit.model.entry import Answers, Draft, Note
from trustkit.model.plain import one_line

if TYPE_CHECKING:
    from trustkit.companion import Companion

_NO_WORDS: Final = (
    "Words to keep are never taken from the command line, where other programs and the shell's history see them.",
    "Run `trustkit write` alone and type them there, or send them through standard input.",
)
_HOW: Final = "Write as much or as little as you like. ctrl+d ends it, ctrl+c keeps it as a draft."
_HIDES: Final = " ctrl+g empties the window at once and keeps it, too."
_SHOWN: Final = "`trustkit journal drafts` shows it."


Body = Callable[[str], Note | Answers]
"""Gives the text a shape to be kept in."""


@click.command(cls=Verb, no_words=_NO_WORDS)
@click.option("--prompt", metavar="ID", help="Answer a question: a reflection's name, or name/question.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag for it; again for more.")
@click.option("--private", is_flag=True, help="Leave it out of lists, search and exports until asked for.")
@click.pass_obj
def write(run: Run, prompt: str | None, tags: Sequence[str], private: bool) -> int:
    """Write an entry.

    On a terminal, type it and end with ctrl+d; ctrl+c keeps what you have as a draft, and so does ctrl+g, which empties
    the window and says nothing. Otherwise the text is standard input. The new entry's id is printed.

    A tag on a command line may stay in the shell's history; one can be given later, in `trustkit`.
    """
    typing = say.on_terminal(sys.stdin)
    run.stdin_carries_text = not typing
    text = reader()
    body: Body = partial(_note, tuple(tag for tag in map(one_line, tags) if tag))
    ask = ""
    if prompt is not None:
        from trustkit.cli.prompts import prompt_named

        if tags:
            raise UsageError("An answer to a question has no tags.", "Leave out `--tag`, or `--prompt`.")
        ask, body, always_private = prompt_named(run, prompt)
        private = private or always_private
    with run.journal() as companion, stoppable() as signals, signals.held():
        try:
            if typing:
                if ask:
                    say.about(ask)
                say.about(_HOW + (_HIDES if say.keys_come_singly() else ""))
            whole = text.read(signals.let_in)
        except Stopped as stopped:
            _leave_draft(companion, text.so_far(), body, private)
            return stopped.exit_code
        if whole.strip():
            say.done("Saved.", _keep(companion, whole, body, private, typing))
        elif not typing:
            raise UsageError("There was no text on standard input.", "Nothing was kept.")
        else:
            say.about("Not kept. Nothing was written.")
    if typing and whole.strip() and companion.settings.ritual in ("offer", "after"):
        say.about("A breath before the next? `trustkit breathe`")
    return ExitCode.DONE


def _note(tags: tuple[str, ...], text: str) -> Note:
    return Note(text, tags=tags)


def _draft(companion: "Companion", text: str, body: Body, private: bool) -> Draft:
    """The text on its way to becoming an entry."""
    vault = companion.vault
    return Draft(vault.new_id(), body(text), companion.clock(), target=vault.new_rev(), private=private)


def _keep(companion: "Companion", text: str, body: Body, private: bool, typing: bool) -> str:
    """Keep the text as an entry; where that fails, as a draft. Returns the entry's id.

    Raises:
        WriteError: it could not be kept as an entry.
    """
    draft = _draft(companion, text, body, private)
    try:
        return companion.keep_page(draft, private=private).id
    except WriteError as error:
        try:
            companion.vault.save_draft(draft)
        except TrustkitError:
            where = "What you typed still stands above on this screen." if typing else "The text is where it came from."
            raise WriteError(error.happened, where) from error
        raise WriteError(error.happened, f"The text is kept as a draft; {_SHOWN}") from error


def _leave_draft(companion: "Companion", text: str, body: Body, private: bool) -> None:
    """Stopped half-way: put away what was read, and say so on a terminal that may be gone already."""
    if not text.strip():
        return
    try:
        companion.vault.save_draft(_draft(companion, text, body, private))
        put_away = "sealed" if companion.vault.mode == "sealed" else "kept"
        said = ("You stopped before the end.", f"What you wrote is {put_away} as a draft; {_SHOWN}")
    except TrustkitError as error:
        said = (error.happened, error.do_next)
    with suppress(OSError):
        say.sentences(*said)
