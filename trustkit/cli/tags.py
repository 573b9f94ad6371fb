"""`trustkit journal tags`: which tags there are, and calling one something else everywhere."""

from typing import Final

import click

from trustkit.cli import entries, say
from trustkit.cli.verbs import Run, Verbs
from trustkit.errors import ExitCode, NotFound
from trustkit.model.plain import one_line

_NO_TAG: Final = ("No page has that tag.", "`trustkit journal tags` shows those in use.")


@click.group("tags", cls=Verbs, invoke_without_command=True)
@click.option("--private", is_flag=True, help="Count pages kept privately, too.")
@click.option("--json", "as_json", is_flag=True, help='Print {"format": 1, "tags": […]}.')
@click.pass_context
def tags_(context: click.Context, private: bool, as_json: bool) -> int:
    """Every tag in use, the most used first, and how many pages have it."""
    if context.invoked_subcommand is not None:
        return ExitCode.DONE
    run = context.ensure_object(Run)
    with run.journal() as companion:
        found = companion.tags(private=private)
    if as_json:
        entries.print_table("tags", ({"tag": tag, "entries": count} for tag, count in found))
        return ExitCode.DONE
    width = len(str(found[0][1])) if found else 0
    for tag, count in found:
        say.result(f"{count:>{width}}  {one_line(tag)}")
    if not found:
        say.about("No page has a tag yet.")
    return ExitCode.DONE


@tags_.command("rename")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--private", is_flag=True, help="On pages kept privately, too.")
@click.pass_obj
def rename(run: Run, old: str, new: str, private: bool) -> int:
    """Call the tag OLD NEW on every page that has it. Each page keeps its earlier version.

    Where NEW is in use already, the two become one.
    """
    with run.journal() as companion:
        changed = companion.rename_tag(old, new, private=private)
    if not changed:
        raise NotFound(*_NO_TAG)
    say.about(f"{changed} page{' has' if changed == 1 else 's have'} it now. Nothing else was changed.")
    return ExitCode.DONE
