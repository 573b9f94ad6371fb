"""The plain question, asked plainly. Any answer is all right, none is kept, and every one of them leads somewhere."""

from typing import TYPE_CHECKING, Final

from trustkit.exercises.prompts import Choose, Led, Numbers, Open, Option, Play, Text
from trustkit.exercises.script import Steps, Stopped
from trustkit.model.practice_words import ALL_RIGHT, ANSWERS, ANY_ANSWER, LOOK_ROUND, QUESTION, THANK_YOU

if TYPE_CHECKING:
    from trustkit.companion import Companion

QUIETER: Final = "ground-room"
"""What is played where something quieter is wanted: a look round the room."""
SUPPORT: Final = "helplines/crisis"

YES, UNSURE, NO, UNSAID = (Option(*one) for one in zip(("yes", "unsure", "no", "unsaid"), ANSWERS, strict=True))
LOOK: Final = Option("quieter", LOOK_ROUND)
NUMBERS: Final = Option("support", "All numbers, and what to say")
BACK: Final = Option("back", "Go back")


def the_question(say: str = "") -> Choose:
    """The question itself, beneath what is said to a person who has said something heavy."""
    return Choose((say, QUESTION, ANY_ANSWER), (YES, UNSURE, NO, UNSAID), unanswered=UNSAID.id)


def plain_question(companion: "Companion", *, say: str = "", numbers: bool = False) -> Steps[Led | None]:
    """Ask, answer, and offer where to go until the reader goes back.

    Args:
        companion: For the exercise that makes it quieter.
        say: Words above the question.
        numbers: Show the numbers after "No" as well: the reader came here for them.
    """
    try:
        answer: str = yield the_question(say)
    except Stopped:  # where nobody answers, numbers are shown all the same
        answer = UNSAID.id
    led: Led | None = None
    text: tuple[Text, ...] = (Numbers("line"),)
    options: tuple[Option, ...] = (LOOK, NUMBERS, BACK)
    if answer in (YES.id, UNSURE.id):
        led, text, options = "numbers", (THANK_YOU, Numbers("near")), (NUMBERS, BACK)
    elif answer == NO.id:
        text = (ALL_RIGHT, Numbers("all")) if numbers else (ALL_RIGHT,)
    while True:
        try:
            chosen: str = yield Choose(text, options, unanswered=BACK.id)
        except Stopped:
            return led
        if chosen == NUMBERS.id:
            yield Open(SUPPORT)
            continue
        room = companion.library.exercises.get(QUIETER)
        if chosen == LOOK.id and room is not None:
            yield Play(room)
            return "quieter"
        return led
