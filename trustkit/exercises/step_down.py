"""When a practice made things worse: stop, come down, and let the reader decide where it stands from now on.

Never here: "try again", "give it time", a chart.
"""

from typing import TYPE_CHECKING, Final

from trustkit.exercises.crisis import QUIETER
from trustkit.exercises.keeping import Keeping
from trustkit.exercises.prompts import AskPlainly, Call, Choose, Leave, Option, Play
from trustkit.exercises.script import Script, Stopped
from trustkit.model import practice_words as words
from trustkit.model.exercise import Exercise, Grounding

if TYPE_CHECKING:
    from trustkit.companion import Companion

ENOUGH: Final = Option("enough", words.ENOUGH)
ROUND: Final = Option("round", words.LOOK_ROUND)
PERSON: Final = Option("person", words.PERSON)
KEEP_LAST: Final = Option("last", "Keep it that way")
PUT_BACK: Final = Option("back", "Leave it where it was")


def step_down(exercise: Exercise, companion: "Companion", keeping: Keeping, *, plainly: bool = False) -> Script:
    """Walk down with the reader, and lead away from the exercise.

    Args:
        exercise: What made things worse.
        companion: Where it is remembered that it stands last.
        keeping: Whether that can be remembered.
        plainly: Whether the plain question comes on the way down.
    """
    companion.put_last_for_now(exercise, True)
    if looks_round(exercise):
        step = Choose((words.GLAD, words.LEAVE_IT), (ENOUGH, PERSON))
    else:
        floor = words.FLOOR.format(weekday=f"{companion.clock():%A}")
        step = Choose((words.GLAD, floor), (ENOUGH, ROUND, PERSON))
    try:
        chosen: str = yield step
    except Stopped:
        chosen = ENOUGH.id
    if plainly:
        yield AskPlainly()
    if chosen != PERSON.id and keeping.possible:
        sealed = keeping.asks_first
        text = (words.STANDS_LAST, words.ASKS_FIRST) if sealed else (words.STANDS_LAST,)
        try:
            stands: str = yield Choose(text, (KEEP_LAST, PUT_BACK), unanswered=PUT_BACK.id if sealed else None)
        except Stopped:
            stands = ""
        if stands:
            yield Call(lambda: keeping.put_last(stands == KEEP_LAST.id))
    room = companion.library.exercises.get(QUIETER)
    if chosen == ROUND.id and room is not None:
        yield Play(room)
        return Leave()
    return Leave("helplines" if chosen == PERSON.id else "")


def looks_round(exercise: Exercise) -> bool:
    """Whether this exercise already is a look round the room: it begins with the eyes."""
    return isinstance(exercise.body, Grounding) and exercise.body.moments[0].sense == "sight"
