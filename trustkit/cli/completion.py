"""`trustkit completion`: what a shell needs to complete verbs and options. Never ids, tags or words of a journal."""

from typing import Final

import click

from trustkit.cli import say
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode

SHELLS: Final = ("bash", "zsh", "fish")
_WHERE: Final = {
    "bash": 'Add to ~/.bashrc: eval "$(trustkit completion bash)"',
    "zsh": 'Add to ~/.zshrc: eval "$(trustkit completion zsh)"',
    "fish": "Save as ~/.config/fish/completions/trustkit.fish",
}


@click.command(cls=Verb)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_obj
def completion(_: Run, shell: str) -> int:
    """Print what completes verbs and options in this SHELL. It reads nothing of a journal."""
    from click.shell_completion import get_completion_class

    from trustkit.cli.program import COMPLETE, NAME, program

    found = get_completion_class(shell)
    assert found is not None
    made = found(program, {}, NAME, COMPLETE)
    # Not `made.source()`: for bash, that starts a bash to ask for its version.
    say.result((made.source_template % made.source_vars()).strip("\n"))
    say.about(_WHERE[shell])
    return ExitCode.DONE
