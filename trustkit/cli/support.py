"""`trustkit support`: numbers to call. It asks nothing, and trouble with a journal is no trouble here."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from trustkit.cli import say
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode
from trustkit.model.support import (
    TOPICS,
    UNSEEN,
    WORLDWIDE,
    YOUNG,
    by_topic,
    contacts,
    named_region,
    none_known,
    standing,
)

if TYPE_CHECKING:
    from trustkit.companion import Companion


@click.command(cls=Verb)
@click.argument("region", required=False, default="")
@click.option("--list", "places", is_flag=True, help="Name the places there are lists for, and stop.")
@click.pass_obj
def support(run: Run, region: str, places: bool) -> int:
    """Numbers to call, emergency first.

    REGION is a place or its two letters, such as germany, us or gb; xx is anywhere. Without it, the place chosen in
    the settings.
    """
    companion = run.companion(with_vault=False)
    if places:
        _print_places(companion)
        return ExitCode.DONE
    wanted = _region_of(companion, region.strip())
    if wanted:
        companion.settings = replace(companion.settings, region=wanted)
    say.page(companion.urgent())
    print_lines(companion)
    say.result()
    say.paragraph(UNSEEN)
    say.result()
    say.paragraph(YOUNG)
    return ExitCode.DONE


def _region_of(companion: "Companion", typed: str) -> str:
    """The region that is meant; where there is no list for it, anywhere, with a word about that."""
    if not typed or typed.lower() in companion.library.regions:
        return typed.lower()
    found = named_region(companion.regions(), typed)
    if found is None:
        say.about("There is no list for that place yet, so these are the numbers for anywhere.")
        say.about("`trustkit support --list` names the places there are lists for.")
    return found.id if found else WORLDWIDE


def _print_places(companion: "Companion") -> None:
    for region in companion.regions():
        say.paragraph(f"{region.id} {region.name_in(companion.library.pack.language)}", rest="    ")


def print_lines(companion: "Companion", topic: str = "") -> None:
    """The helplines by topic.

    Args:
        companion: Whose region and language count.
        topic: Stands first behind the emergency number; by default the usual order.
    """
    for heading, lines in by_topic(companion.helplines(), topic):
        say.result()
        say.paragraph(TOPICS[heading])
        if not lines:
            say.paragraph(none_known(heading), first="  ")
        for line in lines:
            say.paragraph(f"{line.name}: {contacts(line)}", first="  ", rest="    ")
            say.paragraph(standing(line), first="    ")
            if note := line.note_in(companion.library.pack.language):
                say.paragraph(note, first="    ")
