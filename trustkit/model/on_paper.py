"""An exercise as one could follow it on paper: every line of it, and what stands under each."""

from collections.abc import Iterator
from typing import Final

from trustkit.model.breath_words import line_for, rounds_in_words, seconds_in_words
from trustkit.model.exercise import (
    Breathing,
    Builder,
    Checklist,
    Exercise,
    Grounding,
    Listing,
    Reflection,
    Timer,
    Tracker,
)

GRADES: Final = {
    "trials": "Tested in trials of this very exercise.",
    "borrowed": "Borrowed: trials of something near it, of a longer dose, or of a whole programme.",
    "practice": "Commonly taught; few trials, or small ones.",
}
"""What each evidence badge says in full, and never more than it is."""


def on_paper(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The exercise itself, line by line with what stands under each: as one could follow it on paper."""
    match exercise.body:
        case Breathing() as breathing:
            yield from ((line_for(phase), "") for phase in breathing.phases)
            yield rounds_in_words(breathing.rounds), ""
        case Grounding(moments=moments):
            yield from ((moment.say, moment.more) for moment in moments)
        case Timer(spans=spans):
            yield from ((f"{span.title}, {seconds_in_words(span.seconds)}", span.say) for span in spans)
        case Reflection(questions=questions):
            yield from ((question.ask, question.hint) for question in questions)
        case Builder() as builder:
            yield from ((blank.label, blank.hint or blank.example) for blank in builder.blanks)
            yield f"\n{builder.template.strip()}\n", ""
            yield from ((check.ask, check.if_no or check.if_yes) for check in builder.checks)
        case Checklist(choices=choices):
            yield from ((choice.label, choice.hint) for choice in choices)
        case Listing(columns=columns):
            yield from ((column.label, column.hint) for column in columns)
        case Tracker(fields=fields):
            yield from ((field.label, ", ".join(field.choices)) for field in fields)
