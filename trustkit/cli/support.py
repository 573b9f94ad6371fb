"""`trustkit support`: numbers to call. It asks nothing, and trouble with a journal is no trouble here."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from trustkit.cli import say
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode
from trustkit.model.support import OTHER_NAMES, TOPICS, UNSEEN, YOUNG, by_topic, contacts, none_known, standing

if TYPE_CHECKING:
    from trustkit.companion import Companion


@click.command(cls=Verb)
@click.argument("region", required=False, default="")
@click.pass_obj
def support(run: Run, region: str) -> int:
    """Numbers to call, emergency first.

    REGION is two letters, such as us or gb; xx is anywhere. Without it, the place chosen in the settings.
    """
    companion = run.companion(with_vault=False)
    wanted = OTHER_NAMES.get(region.lower(), region.lower())
    if wanted and wanted not in companion.library.regions:
        say.about("There is no list for that place yet, so these are the numbers for anywhere.")
        say.about("There are lists for: " + ", ".join(companion.library.regions))
        wanted = "xx"
    if wanted:
        companion.settings = replace(companion.settings, region=wanted)
    say.page(companion.urgent())
    print_lines(companion)
    say.result()
    say.paragraph(UNSEEN)
    say.result()
    say.paragraph(YOUNG)
    return ExitCode.DONE


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
