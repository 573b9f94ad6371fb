"""`trustkit journal edit`: an entry written anew, from standard input or in the reader's own editor."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from trustkit.cli import say
from trustkit.cli.typed import PipeReader
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, TrustkitError, UsageError, WriteError
from trustkit.model.entry import Draft, Entry, Note

if TYPE_CHECKING:
    from trustkit.companion import Companion

_NO_WORDS: Final = (
    "Words to keep are never taken from the command line, where other programs and the shell's history see them.",
    "Send them through standard input, or add `--editor`.",
)
_HOW: Final = (
    "On a terminal, an entry is edited in `trustkit` itself, which leaves nothing on the disk.",
    "Open `trustkit`, or add `--editor` to use your own editor, or send the new text through standard input.",
)
_BOTH: Final = ("The text comes from standard input or from an editor, not from both.", "Leave out `--editor`.")
_NOT_A_NOTE: Final = ("Only notes can be edited here.", "Open `trustkit` for answers and records.")
_GUESSED: Final = "What the editor left is not UTF-8, so it was read as well as it could be."
_DRAFT: Final = "What you have is kept as a draft; `trustkit journal drafts` shows it."


@click.command("edit", cls=Verb, no_words=_NO_WORDS)
@click.argument("entry_id", metavar="ID")
@click.option("--editor", is_flag=True, help="In $VISUAL or $EDITOR, through a file in memory that is wiped after.")
@click.pass_obj
def edit_(run: Run, entry_id: str, editor: bool) -> int:
    """Write an entry anew: the whole of standard input takes the place of its text.

    Title, tags and the rest stay; the old text stays as an earlier version. An editor of your own may keep copies and
    histories that trustkit knows nothing of.
    """
    typing = say.on_terminal(sys.stdin)
    if typing and not editor:
        raise UsageError(*_HOW)
    if editor and not typing:
        raise UsageError(*_BOTH)
    if editor:
        return _in_editor(run, entry_id)
    run.stdin_carries_text = True
    with run.journal() as companion:
        entry = _note(companion, entry_id)
        text = PipeReader().read()
        if not text.strip():
            raise UsageError("There was no text on standard input.", "Nothing was changed.")
        return _keep(companion, entry, text)


def _in_editor(run: Run, entry_id: str) -> int:
    from trustkit.companion import outside_editor
    from trustkit.companion.stopping import stoppable

    words = outside_editor.ready()  # refused before a passphrase is asked for
    with run.journal() as companion, stoppable() as signals, signals.held():
        entry = _note(companion, entry_id)
        assert isinstance(entry.body, Note)
        if not outside_editor.is_known(words):
            say.about("trustkit doesn't know this editor, and can't keep it from leaving copies of what you write.")
        edited = outside_editor.edit(entry.body.text, words)
        if not edited.finished or edited.guessed:
            if edited.text != entry.body.text:
                companion.vault.save_draft(_draft(companion, entry, edited.text))
                say.sentences(_GUESSED if edited.finished else "The editor stopped before its end.", _DRAFT)
            else:
                say.about("Nothing was changed.")
            return 128 + edited.stopped_by if edited.stopped_by else ExitCode.PROBLEM_FOUND
        if not edited.text.strip():
            say.about("Nothing was changed: an empty page is no page. `trustkit journal delete` moves it to the trash.")
            return ExitCode.DONE
        return _keep(companion, entry, edited.text)


def _note(companion: "Companion", entry_id: str) -> Entry:
    """The entry to be edited. Raises UsageError where it is in the trash, or no note."""
    vault = companion.vault
    entry = vault.get(vault.find_id(entry_id))
    if entry.deleted:
        raise UsageError("That entry is in the trash.", "Bring it back first: `trustkit journal restore ID`.")
    if not isinstance(entry.body, Note):
        raise UsageError(*_NOT_A_NOTE)
    return entry


def _draft(companion: "Companion", entry: Entry, text: str) -> Draft:
    assert isinstance(entry.body, Note)
    vault = companion.vault
    return Draft(
        entry.id,
        replace(entry.body, text=text),
        companion.clock(),
        base=entry.rev,
        target=vault.new_rev(),
        private=entry.private,
    )


def _keep(companion: "Companion", entry: Entry, text: str) -> int:
    """Keep the new text as the entry's next version; where that fails, as a draft."""
    assert isinstance(entry.body, Note)
    if text == entry.body.text:
        say.about("Nothing was changed.")
        return ExitCode.DONE
    draft = _draft(companion, entry, text)
    try:
        kept = companion.keep_page(draft, private=entry.private)
    except WriteError as error:
        try:
            companion.vault.save_draft(draft)
        except TrustkitError:
            raise error from None
        raise WriteError(error.happened, _DRAFT) from error
    say.done("Saved. The text from before stays as an earlier version.", kept.id)
    return ExitCode.DONE
