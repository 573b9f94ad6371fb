"""One sheet of an exercise of words or ticks in plain lines: written, looked at whole, kept only as the reader says.

What is being written is sealed as a draft line by line, where that is possible; being stopped loses nothing of it.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from trustkit.cli import say
from trustkit.cli.playing_asking import Asking, Ended
from trustkit.cli.playing_care import go, how_to_go, what_now
from trustkit.cli.playing_keeping import Keeper
from trustkit.companion.stopping import stoppable
from trustkit.model import afterwards
from trustkit.model.answered import in_words
from trustkit.model.entry import Answers, Draft, Entry, Record
from trustkit.model.exercise import Exercise
from trustkit.model.practice_words import ANEW, GO_ON, NOT_KEPT

if TYPE_CHECKING:
    from trustkit.companion import Companion


class Sheet:
    """What is written or ticked in one exercise. Subclasses say how.

    Args:
        exercise: What is played.
        companion: The library and this sitting.
        asking: Who answers.
    """

    def __init__(self, exercise: Exercise, companion: "Companion", asking: Asking) -> None:
        self.exercise, self.companion, self.asking = exercise, companion, asking
        self.empty()

    def empty(self) -> None:
        """Hold no answer any more."""
        raise NotImplementedError

    def body(self) -> Answers | Record | None:
        """What was written or ticked so far; None when there is nothing."""
        raise NotImplementedError

    def restore(self, draft: Draft) -> None:
        """Take up what was begun before."""
        raise NotImplementedError

    def begin(self, keeper: Keeper, *, anew: bool) -> Entry | None:
        """Take up what was kept before, where a type goes on with that. Raises Ended, TrustkitError.

        Returns:
            The entry that this becomes another version of.
        """
        del keeper, anew
        return None

    def write(self) -> None:
        """Ask for it. Raises Ended where the input does; what was answered by then is held."""
        raise NotImplementedError

    def change(self) -> None:
        """Go over it once more."""
        self.write()

    def look(self, body: Answers | Record) -> None:
        """Say everything that was answered."""
        for said in in_words(self.exercise, body):
            if said.label:
                say.paragraph(said.label)
            for line in said.words.splitlines():
                say.paragraph(line, first="  ")

    def ways_on(self) -> list[str]:
        """The places that the answers lead to, numbers first."""
        return []

    def so_far(self) -> Answers | Record | None:
        """What was written so far, with what is being typed and isn't finished."""
        self.asking.take_unfinished()
        return self.body()

    kept_privately = False
    """Whether an earlier version of it was kept privately."""

    joined: "Callable[[Companion], tuple[Answers | Record, Entry | None]] | None" = None
    """Gives what is to be kept once the journal is open, where that is more than `body`."""

    then: "Callable[[Companion], None] | None" = None
    """What is said out of the journal before it is closed again."""


def play_sheet(sheet: Sheet, keeper: Keeper, *, anew: bool = False) -> None:
    """Write it, look at it, keep it as the reader says, and ask what now. `anew`: nothing kept before is taken up.

    Raises:
        Stopped: by a signal. What was written lies there as a draft where that is possible; the keeper knows.
    """
    keeper.say_beforehand()
    try:
        # A signal acts while something is waited for, and then the words come first: the window may be gone by now.
        with stoppable() as signals, signals.held(), sheet.asking.unflushed(), sheet.asking.stopped_by(signals):
            keeper.open_first()
            try:
                _play(sheet, keeper, anew=anew)
            except BaseException:
                sheet.asking.take_ahead()
                if not keeper.kept:
                    keeper.seal(sheet.so_far())
                raise
    finally:
        keeper.drafts.close()


def _play(sheet: Sheet, keeper: Keeper, *, anew: bool) -> None:
    again = True
    while again:
        keeper.kept = keeper.left_draft = False
        draft = None if anew else _draft(sheet, keeper)
        if draft is not None:
            sheet.restore(draft)
            keeper.drafts.begin(draft=draft)
        else:
            keeper.drafts.begin(entry=sheet.begin(keeper, anew=anew))
        sheet.asking.before_each = lambda: keeper.seal(sheet.so_far())
        way = _written(sheet, keeper)
        while way == "change":
            say.result()
            way = _written(sheet, keeper, sheet.change)
        sheet.asking.before_each = None
        sheet.empty()
        again = not way and what_now(sheet.companion, sheet.exercise, sheet.asking, keeper)


def _draft(sheet: Sheet, keeper: Keeper) -> Draft | None:
    """What was begun before, if there is something and the reader goes on with it. Who writes a script begins anew."""
    if not sheet.asking.by_hand or (draft := keeper.drafts.latest()) is None:
        return None
    say.result()
    if sheet.asking.pick([GO_ON, ANEW], "A number, or Enter for 1: ") != 1:
        return draft
    keeper.drafts.throw_away(draft)
    return None


def _written(sheet: Sheet, keeper: Keeper, write: Callable[[], None] | None = None) -> str:
    """One time through. Answers `change`, `gone` where the reader went elsewhere or the input ended, else nothing."""
    ended = False
    try:
        (write or sheet.write)()
    except Ended:
        ended = True
        if sheet.asking.by_hand:
            say.about("")
    body = sheet.body()
    if body is None:
        say.about(afterwards.STOPPED if ended else NOT_KEPT)
        keeper.drafts.done()
        return "gone" if ended else ""
    keeper.seal(body)
    say.result()
    sheet.look(body)
    if not ended and sheet.exercise.outro:
        say.result()
        say.page(sheet.exercise.outro)
    places = sheet.ways_on()
    went = bool(places) and _goes_on(sheet, places)
    if went and keeper.asks:
        keeper.drafts.done()
        say.about(NOT_KEPT)
        return "gone"
    private = sheet.kept_privately
    way = keeper.settle(sheet.companion, body, private=private, joined=sheet.joined, then=sheet.then)
    return "change" if way == "change" else "gone" if ended or went else ""


def _goes_on(sheet: Sheet, places: Sequence[str]) -> bool:
    """Say where the ticks lead before anything else is asked. True: the reader went there."""
    say.result()
    told = [f"{sheet.companion.title_of(place)} ({how_to_go(place)})" for place in places]
    if not sheet.asking.by_hand:
        for line in told:
            say.paragraph(line)
        return False
    try:
        at = sheet.asking.pick(told, "A number, or Enter to go on: ")
    except Ended:
        return False
    if at is None:
        return False
    say.result()
    go(sheet.companion, places[at])
    return True
