"""The program as the shell sees it: `trustkit` and its verbs, each read from its own file when it is called."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, Final

import click

from trustkit.cli.verbs import Run, Verbs
from trustkit.errors import ExitCode

if TYPE_CHECKING:
    from datetime import datetime

NAME: Final = "trustkit"
COMPLETE: Final = "_TRUSTKIT_COMPLETE"
"""The variable through which a shell asks for what could come next."""

VERBS: Final[dict[str, tuple[str, str]]] = {
    "breathe": ("breathe", "Breathe here, in a few lines of this terminal."),
    "ground": ("ground", "Come back to the room, one line at a time."),
    "practice": ("practice", "What there is to practise."),
    "read": ("read", "Read a guide in plain lines, or list them all."),
    "support": ("support", "Numbers to call, emergency first."),
    "write": ("write", "Write an entry: typed here, or from standard input."),
    "journal": ("journal", "Find, show, edit, export and import entries."),
    "vault": ("vault", "Begin a journal, and look after what seals it."),
    "backup": ("backup", "Put the whole journal into one sealed file."),
    "restore": ("backup", "Bring a backup back."),
    "erase": ("erase", "Erase everything that trustkit keeps here."),
    "check": ("check", "Check guides and exercises for slips."),
    "new-guide": ("authors", "Begin a guide of your own."),
    "preview": ("authors", "See a guide or an exercise as a reader will."),
    "completion": ("completion", "Complete verbs and options in bash, zsh or fish."),
}
"""Each verb's module in `trustkit.cli`, and its line in `--help`: no verb is imported to list them."""


class Program(Verbs):
    """The root: knows its verbs by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        verb = getattr(import_module(f"trustkit.cli.{VERBS[cmd_name][0]}"), cmd_name.replace("-", "_"))
        assert isinstance(verb, click.Command)
        return verb

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])


@click.command(
    cls=Program,
    invoke_without_command=True,
    epilog="--data-dir and --passphrase-file may stand before or after a verb.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--ghost", is_flag=True, help="Keep nothing, and read nothing that was kept.")
@click.option("--version", is_flag=True, help="Show the version.")
@click.pass_context
def program(context: click.Context, ghost: bool, version: bool) -> int:
    """A quiet place for when trust has been hurt: guides, breathing, and a sealed journal.

    Without a verb, trustkit opens on the whole screen.
    """
    run = context.ensure_object(Run)
    run.ghost = ghost
    if version:  # `__main__` answers before click is imported; this is for whoever calls `run` itself
        from trustkit import __version__

        print(f"trustkit {__version__}")
        context.exit(ExitCode.DONE)
    if context.invoked_subcommand is None:
        from trustkit.cli.opening import open_app

        return open_app(run)
    return ExitCode.DONE


def run(arguments: Sequence[str], clock: "Callable[[], datetime] | None" = None) -> int:
    """Do what these words ask.

    Args:
        arguments: The words after `trustkit`.
        clock: Gives the reader's local time, aware. None is the system's.

    Returns:
        The exit code.
    """
    from trustkit.cli.say import stop_printing

    _mend_streams()
    try:
        code = _invoke(list(arguments), Run(clock))
        sys.stdout.flush()
    except BrokenPipeError:
        stop_printing()
        return ExitCode.BROKEN_PIPE
    except OSError as error:  # a disk without room behind `> file`
        stop_printing()
        return _told(error)
    return code


def _invoke(arguments: list[str], this: Run) -> int:
    if COMPLETE in os.environ:
        from click.shell_completion import shell_complete

        return shell_complete(program, {"obj": this}, NAME, COMPLETE, os.environ[COMPLETE])
    try:
        # Not `program.main`: that prints errors with what was typed in them, and has its own exit codes.
        with program.make_context(NAME, arguments, obj=this) as context:
            code: Any = program.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:
        return _told(error)
    return code if isinstance(code, int) else ExitCode.DONE


def _told(error: BaseException) -> int:
    from trustkit.cli.mishaps import tell

    return tell(error)


def _mend_streams() -> None:
    """Nothing can keep a verb from running: a closed stream leads nowhere, a missing letter is its nearest."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for the whole run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_errors_for(stream.encoding))


def _errors_for(encoding: str) -> str:
    """How characters are replaced that this encoding lacks."""
    if encoding.lower().startswith("utf"):
        return "replace"  # it lacks none
    from trustkit.cli.encoding import HANDLER

    return HANDLER
