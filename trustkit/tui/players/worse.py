"""When a practice made things worse: stop, come down, and let the reader decide where it stands from now on.

Never here: "try again", "give it time", a chart.
"""

from typing import TYPE_CHECKING, Final

from trustkit.model import practice_words
from trustkit.model.afterwards import WORST
from trustkit.model.entry import Distress
from trustkit.model.exercise import Exercise, Grounding
from trustkit.model.practice_words import FLOOR, GLAD
from trustkit.tui.players.stages import Say
from trustkit.tui.widgets.choices import Offer

if TYPE_CHECKING:
    from trustkit.tui.players.player import Player

LEAVE_IT: Final = "Then leave the practices for today. Warmth, water, a door open, someone's voice."
STANDS_LAST: Final = "From now on this one stands last in your list."
LOOKING: Final = "ground-room"

ENOUGH: Final = Offer("enough", practice_words.ENOUGH)
ROUND: Final = Offer("round", practice_words.LOOK_ROUND)
PERSON: Final = Offer("person", practice_words.PERSON)
KEEP_LAST: Final = Offer("last", "Keep it that way")
PUT_BACK: Final = Offer("back", "Leave it where it was")


async def step_down(player: "Player", after: Distress | None) -> None:
    """Walk down with the reader, then leave the player."""
    from trustkit.tui.players.player import Go

    companion = player.companion
    companion.put_last_for_now(player.exercise, True)
    if looks_round(player.exercise):
        words, offers = [GLAD, LEAVE_IT], [ENOUGH, PERSON]
    else:
        words = [GLAD, FLOOR.format(weekday=f"{companion.clock():%A}")]
        offers = [ENOUGH, ROUND, PERSON]
    chosen = await player.show(Say(words, offers))
    if isinstance(after, int) and after >= WORST - 1:
        await player.ask_plainly()
    if companion.can_keep and player.exercise.keep != "never" and chosen != "person":
        stands = await player.show(Say([STANDS_LAST], [KEEP_LAST, PUT_BACK]))
        player.behind(lambda: companion.put_last(player.exercise, stands == "last"))
    room = companion.library.exercises.get(LOOKING)
    if chosen == "round" and room is not None:
        await player.play_instead(room, at_once=True)
    else:
        player.leave(Go("helplines") if chosen == "person" else None)


def looks_round(exercise: Exercise) -> bool:
    """Whether this exercise already is a look round the room: it begins with the eyes."""
    return isinstance(exercise.body, Grounding) and exercise.body.moments[0].sense == "sight"
