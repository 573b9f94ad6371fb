"""`trustkit check`: every slip in a folder of guides, or in one file, with its line."""

from datetime import date
from pathlib import Path
from typing import Final

import click

from trustkit.cli import say
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, UsageError

FORMAT: Final = 1


def _day(_: click.Context, __: click.Parameter, typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed) if typed is not None else None
    except ValueError:
        raise UsageError("That date wasn't clear.", "Try one like 2026-11-30, or leave it out.") from None


@click.command(cls=Verb)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--coverage", metavar="FILE", type=click.Path(path_type=Path), help="The ideas that must be covered.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--json", "as_json", is_flag=True, help='Print {"format": 1, "slips": […]}.')
@click.option("--today", metavar="DATE", callback=_day, help="Reckon ages from this day.")
@click.pass_obj
def check(run: Run, folder: Path | None, coverage: Path | None, strict: bool, as_json: bool, today: date | None) -> int:
    """Check guides, exercises and everything beside them for slips.

    FOLDER may also be one file, or the name of a guide, an exercise or a sign list. Without it, the content that
    came with trustkit is checked, and your own.
    """
    from trustkit.companion.authoring import check_content

    found = check_content(run.paths, folder, coverage=coverage, today=today or run.now().date())
    errors = sum(slip.is_error for slip in found)
    if as_json:
        import json

        print(json.dumps({"format": FORMAT, "slips": [slip.as_dict() for slip in found]}, indent=2))
    else:
        for slip in found:
            say.result(slip.as_text())
    say.about(f"{_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}.")
    return ExitCode.PROBLEM_FOUND if errors or (strict and found) else ExitCode.DONE


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
