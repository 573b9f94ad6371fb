"""`trustkit new-guide` and `trustkit preview`: for people who write guides, and may never have programmed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trustkit.cli import say
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.companion.authoring import Tryout


@click.command(cls=Verb, no_words=("A name is one word.", "Put hyphens between its parts, as in: when-a-friend-lied."))
@click.argument("name")
@click.option("--folder", metavar="DIR", type=click.Path(path_type=Path), help="Put it there, not in your own folder.")
@click.option("--copy-of", metavar="ID", default="", help="Begin with a guide, exercise or sign list of trustkit's.")
@click.pass_obj
def new_guide(run: Run, name: str, folder: Path | None, copy_of: str) -> int:
    """Begin a guide of your own: a file with a note at every line that says what it is for.

    NAME has small letters and hyphens, as in: when-a-friend-lied. Nothing is ever overwritten. A copy under its own
    name (`new-guide first-days --copy-of first-days`) takes the place of what came with trustkit.
    """
    from trustkit.companion.authoring import begin_content

    written = begin_content(run.paths, name, folder=folder, today=run.now().date(), copy_of=copy_of)
    short = name if folder is None else _in_quotes(written)
    before = f"--data-dir {_in_quotes(Path(run.data_dir))} " if run.data_dir and folder is None else ""
    say.done("Open that file in any text editor. Then, as often as you like:", str(written))
    say.about(f"`trustkit {before}preview {short}` shows it as a reader will see it.")
    say.about(f"`trustkit {before}check {short}` says what could be mended, and in which line.")
    return ExitCode.DONE


def _in_quotes(path: Path) -> str:
    """A path as a shell takes it."""
    from shlex import quote

    return quote(str(path))


@click.command(cls=Verb)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--app", is_flag=True, help="Open it on the whole screen. Nothing is kept there.")
@click.pass_obj
def preview(run: Run, file: Path, app: bool) -> int:
    """See a guide, an exercise, a sign list or gates as a reader will, drafts as well.

    FILE may also be a name, as in: when-a-friend-lied. What stands in [brackets] is for you, readers don't see it.
    A file with slips in it is shown as far as it can be read, and its slips are named at the end.
    """
    from trustkit.cli.previewing import show, show_slips
    from trustkit.companion.authoring import try_content

    companion, tried = try_content(run.paths, file, clock=run.now)
    if app:
        return _open(companion, tried)
    show(companion, tried)
    show_slips(tried)
    return ExitCode.DONE if tried.sound else ExitCode.PROBLEM_FOUND


def _open(companion: "Companion", tried: "Tryout") -> int:
    from trustkit.cli.opening import can_draw, open_on
    from trustkit.cli.previewing import show_slips

    if not tried.sound:
        show_slips(tried)
        raise UsageError("A file with a slip in it is not opened on the screen.", "Without --app it is shown in lines.")
    if tried.thing is None:
        raise UsageError("Gates stand before pages and are not opened alone.", "Without --app they are shown in lines.")
    if not can_draw():
        raise UsageError("Only plain text can be shown here.", "Without --app it is shown in lines.")
    return open_on(companion, tried.thing)
