"""Every way a verb can end badly, told in two sentences and an exit code.

Nothing that was typed is ever repeated: it may be a private word, and what is printed lands in logs.
"""

import sys
from typing import Final

import click

from trustkit.cli import say
from trustkit.cli.verbs import NoSuchVerb, Verb, Verbs
from trustkit.companion.stopping import Stopped
from trustkit.errors import ExitCode, TrustkitError

_KINDS: Final = {
    "integer": "a whole number",
    "integer range": "a whole number",
    "float": "a number",
    "float range": "a number",
}


def tell(error: BaseException) -> int:
    """Print what happened and what to do next; returns what the shell is told."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return error.exit_code if isinstance(error, Stopped) else ExitCode.INTERRUPTED
    if isinstance(error, TrustkitError):
        say.sentences(error.happened, error.do_next)
        return error.exit_code
    if isinstance(error, click.UsageError):
        say.sentences(*_misread(error))
        return ExitCode.USAGE
    if isinstance(error, click.ClickException | OSError):
        say.sentences(
            "Something on this disk could not be read or written.",
            "Look at what the folder allows and how much room is left, then try again.",
        )
        return ExitCode.CANNOT_READ_OR_WRITE
    from trustkit.hardening import crash_report

    print(crash_report(error), file=sys.stderr)
    return ExitCode.MISTAKE


def _misread(error: click.UsageError) -> tuple[str, str]:
    """What was wrong with the words of a command, from our own names alone."""
    path = error.ctx.command_path if error.ctx else "trustkit"
    more = f"`{path} --help` shows what it takes."
    match error:
        case NoSuchVerb():
            nearest = f"Did you mean `{error.path} {error.nearest}`? " if error.nearest else ""
            return "There is no such verb.", f"{nearest}`{error.path} --help` lists them."
        case click.NoSuchOption():
            nearest = f"Did you mean `{error.possibilities[0]}`? " if error.possibilities else ""
            return f"`{path}` has no such option.", nearest + more
        case click.MissingParameter():
            return f"`{path}` needs {_name(error)} as well.", more
        case click.BadParameter():
            return f"{_name(error)} can't be that.", f"It takes {_expected(error.param)}; {more}"
        case click.BadOptionUsage():
            return f"{error.option_name} can't be used like that.", more
    command = error.ctx.command if error.ctx else None
    if isinstance(command, Verbs) and error.ctx:
        return f"`{path}` needs one word more.", "It is one of: " + ", ".join(command.list_commands(error.ctx)) + "."
    if isinstance(command, Verb) and command.no_words:
        return command.no_words
    return f"There are more words than `{path}` takes.", more


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(error.ctx) if parameter and error.ctx else "one of the words"


def _expected(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "something else"
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return "one of " + ", ".join(str(choice) for choice in kind.choices)
    words = _KINDS.get(kind.name, "something else")
    if isinstance(kind, click.IntRange | click.FloatRange) and kind.min is not None and kind.max is not None:
        words += f" from {kind.min:g} to {kind.max:g}"
    return words
