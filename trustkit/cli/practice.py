"""`trustkit practice`: what there is to practise, doing it in plain lines, and a file of one's own to hand on.

What was shipped, and what lies by hand in the reader's content folder, never asks for a passphrase. What a reader made
in trustkit lies in their journal; its names begin with `my-`, so that only these ever lead there.
"""

from typing import TYPE_CHECKING

import click

from trustkit.cli import say
from trustkit.cli.verbs import Run, Verbs
from trustkit.errors import ExitCode, NotFound, NoVault, TrustkitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustkit.companion import Companion
    from trustkit.model.exercise import Exercise

OWN = "Your own"
LEFT_SEALED = (
    "What you made yourself is sealed in your journal; `trustkit practice list --own` asks for the passphrase."
)


@click.group(cls=Verbs)
def practice() -> None:
    """Small things to try, alone or with someone."""


@practice.command("list")
@click.option("--all", "every", is_flag=True, help="Breathing patterns with a hold, too.")
@click.option("--own", "own_too", is_flag=True, help="Your own, too, when they are sealed: asks for the passphrase.")
@click.pass_obj
def list_(run: Run, every: bool, own_too: bool) -> int:
    """Everything there is to practise, and how to begin it. Your own come first."""
    from trustkit.model.exercise import Breathing

    companion = run.companion(with_vault=False)
    _print_under(OWN, "", _own(run, companion, own_too or run.passphrase_file is not None))
    left_out = 0
    for group in companion.library.groups:
        shown = []
        for exercise in companion.offered(group.exercises):
            if isinstance(exercise.body, Breathing) and exercise.body.has_hold and not every:
                left_out += 1
            else:
                shown.append(exercise)
        _print_under(group.title, group.note, shown)
    if left_out:
        say.about("Breathing patterns in which the breath is held are left out; `--all` lists them, too.")
    return ExitCode.DONE


@practice.command()
@click.argument("name", metavar="NAME")
@click.option("--output", "-o", metavar="FILE", help="Write it there; a folder will do. Nothing is overwritten.")
@click.pass_obj
def export(run: Run, name: str, output: str | None) -> int:
    """An exercise as a file that `trustkit check` accepts, to keep, change by hand or give to someone.

    Without --output it is printed. The copy isn't sealed: anyone who finds the file can read it.
    """
    companion, exercise = find(run, name)
    if output is None:
        whole = say.export(companion.export_text(exercise).rstrip("\n"))
        return ExitCode.DONE if whole else ExitCode.PROBLEM_FOUND
    written = companion.export(exercise, output)
    say.done("This is a copy that anyone can read. Keep it where only you can reach it.", written)
    return ExitCode.DONE


_NO_WORDS = (
    "Words are never taken from the command line, where other programs and the shell's history see them.",
    "Run `trustkit practice play NAME` and type them there, or send them through standard input.",
)


@practice.command(no_words=_NO_WORDS)
@click.argument("name", metavar="NAME")
@click.option("--keep", "said", flag_value="keep", default=None, help="Keep it at the end, without being asked.")
@click.option("--keep-privately", "said", flag_value="private", help="Keep it, left out of lists, search and exports.")
@click.option("--no-keep", "said", flag_value="no", help="Keep nothing, without being asked.")
@click.option("--anew", is_flag=True, help="Begin a new list, whatever was kept of it.")
@click.pass_obj
def play(run: Run, name: str, said: str | None, anew: bool) -> int:
    """Do an exercise here, in plain lines.

    Nothing is drawn over, so that a screen reader can follow. Answers come from standard input, one line each.
    Nothing you write is kept unless you say so at the end; how a breath or a way of grounding went is remembered if
    you once said so, as on the screen. Where it could be kept, what you write is sealed as a draft as it
    grows, so ctrl+c, which stops at any time, loses nothing; a sealed journal asks for its passphrase first, and Enter
    passes that over until you keep something.
    """
    from typing import cast

    from trustkit.cli.playing import Play
    from trustkit.exercises.keeping import Said

    companion, exercise = find(run, name)
    return Play(run, exercise, companion, cast("Said | None", said), anew=anew).begin()


def find(run: Run, name: str) -> "tuple[Companion, Exercise]":
    """The exercise of this name, and the companion that knows it. Only a name of one's own leads to the journal.

    Raises:
        NotFound: there is none. What was typed is not repeated.
        Locked, WrongKey, ReadError: it may lie in the journal, and that could not be opened.
    """
    companion = run.companion(with_vault=False)
    try:
        return companion, companion.library.exercise(name)
    except NotFound as error:
        trouble = error
    from trustkit.model.own import PREFIX

    if name.startswith(PREFIX) and not run.ghost:
        try:
            with run.journal() as opened:
                if (mine := opened.exercises.get(name)) is not None:
                    return companion, mine  # the journal is closed again before the first breath
        except NoVault:
            pass
    every = "`trustkit practice list` names them all."
    raise NotFound("There is no exercise by that name that can be used.", f"{trouble.do_next} {every}") from None


def _own(run: Run, companion: "Companion", ask: bool) -> "list[Exercise]":
    """The reader's own: what the journal holds, where it is open or asking is wanted; then what was written by hand."""
    from trustkit.companion import Companion

    by_hand = [exercise for exercise in companion.library.exercises.values() if exercise.by_reader]
    if run.ghost:
        return by_hand
    try:
        holding = Companion.start(run.paths, clock=companion.clock)
        if holding.mode == "nothing":
            return by_hand
        if not holding.locked or ask:
            with run.journal() as opened:
                return opened.own_exercises()
        say.about(LEFT_SEALED)
    except TrustkitError as error:
        if ask:
            raise
        say.sentences(error.happened, error.do_next)  # trouble with a journal is no trouble for a list
    return by_hand


def _print_under(title: str, note: str, exercises: "Iterable[Exercise]") -> None:
    """A heading with its exercises; nothing where there are none."""
    shown = list(exercises)
    if not shown:
        return
    say.result(title)
    if note:
        say.paragraph(note, first="  ")
    for exercise in shown:
        minutes = f"{exercise.minutes} minute{'' if exercise.minutes == 1 else 's'}"
        say.paragraph(
            f"{say.sentence(exercise.title)} {exercise.summary} {minutes}; {how_to_open(exercise)}",
            first="  ",
            rest="    ",
        )
    say.result()


def how_to_open(exercise: "Exercise") -> str:
    """The verb that begins this exercise in plain lines."""
    if exercise.type == "breathing":
        return f"`trustkit breathe {exercise.id}`"
    if exercise.type == "grounding":
        return f"`trustkit ground {exercise.id}`"
    return f"`trustkit practice play {exercise.id}`"
