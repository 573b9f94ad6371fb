"""Every type of exercise in plain lines: for screen readers, pipes, terminals that only print, and tired eyes.

Gates, cautions and what may be kept are those of the players on screen; nothing is ever drawn over.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from trustkit.cli import asking as passphrases
from trustkit.cli import say
from trustkit.cli.playing_asking import Asking, Ended
from trustkit.cli.playing_care import admitted
from trustkit.cli.playing_keeping import Keeper
from trustkit.cli.verbs import Run
from trustkit.companion.stopping import Stopped
from trustkit.errors import ExitCode
from trustkit.exercises.keeping import Said
from trustkit.model import afterwards
from trustkit.model.exercise import WITHOUT_WORDS, Exercise
from trustkit.model.practice_words import NOT_KEPT

if TYPE_CHECKING:
    from trustkit.cli.playing_sheet import Sheet
    from trustkit.companion import Companion


class Play:
    """One exercise in one run.

    Args:
        run: The program's run.
        exercise: What is played.
        companion: The library and this sitting. It holds no journal yet.
        said: What the options said about keeping; None where they said nothing.
        anew: Whether a list begins anew, whatever was kept of it.

    Raises:
        UsageError, NoVault, ReadError: what was asked for can't be kept, or the passphrase can't come from there.
    """

    def __init__(
        self, run: Run, exercise: Exercise, companion: "Companion", said: Said | None = None, *, anew: bool = False
    ) -> None:
        run.stdin_carries_text = True
        if run.passphrase_file == "-":
            passphrases.passphrase_from("-", stdin_carries_text=True)  # refused, before a word is written
        self.run, self.exercise, self.companion, self.anew = run, exercise, companion, anew
        self.asking = Asking()
        self.keeper = Keeper(run, exercise, self.asking, said)

    def begin(self) -> int:
        """Play it, from its gates to its end. Answers the exit code."""
        try:
            return PLAYERS[self.exercise.type](self)
        except Ended:
            say.about(afterwards.STOPPED)
            return ExitCode.DONE
        except KeyboardInterrupt as stopped:
            with suppress(OSError):  # the terminal may be gone
                say.about("")
                say.about(afterwards.STOPPED)
                if self.keeper.left_draft:
                    say.about(self.keeper.drafts.put_away())
                elif self.keeper.possible and not self.keeper.kept and self.exercise.type not in WITHOUT_WORDS:
                    say.about(NOT_KEPT)
            return stopped.exit_code if isinstance(stopped, Stopped) else ExitCode.INTERRUPTED

    def admitted(self) -> bool:
        """Show the gates. False: the reader was led elsewhere, or to the words alone."""
        return admitted(self.companion, self.exercise, self.asking)

    def open(self) -> None:
        """Title, caution and first words."""
        from trustkit.cli.playing_host import print_head

        print_head(self.exercise)


def _timed(play: Play) -> int:
    """Breathing, grounding and timers: one script, the one that the screen follows."""
    if play.admitted():
        from trustkit.cli.playing_host import PlainHost, print_head
        from trustkit.exercises.timed import TimedSession

        print_head(play.exercise, intro=False)
        keeping = partial(play.keeper.run_kept, play.companion)
        try:
            session = TimedSession(play.exercise, play.companion, keeping=keeping(play.exercise))
            PlainHost(play.companion, play.exercise, play.asking, keeping).play(session.script())
        finally:
            play.companion.close()
    return ExitCode.DONE


def _reflection(play: Play) -> int:
    from trustkit.cli.playing_worded import ReflectionSheet

    return _worded(play, ReflectionSheet)


def _builder(play: Play) -> int:
    from trustkit.cli.playing_worded import BuilderSheet

    return _worded(play, BuilderSheet)


def _checklist(play: Play) -> int:
    from trustkit.cli.playing_worded import ChecklistSheet

    return _worded(play, ChecklistSheet)


def _listing(play: Play) -> int:
    from trustkit.cli.playing_rows import ListingSheet

    return _worded(play, ListingSheet)


def _tracker(play: Play) -> int:
    from trustkit.cli.playing_rows import TrackerSheet

    return _worded(play, TrackerSheet)


def _worded(play: Play, kind: "type[Sheet]") -> int:
    from trustkit.cli.playing_sheet import play_sheet

    if play.admitted():
        play.open()
        play_sheet(kind(play.exercise, play.companion, play.asking), play.keeper, anew=play.anew)
    return ExitCode.DONE


PLAYERS: Final[dict[str, Callable[[Play], int]]] = {
    "breathing": _timed,
    "grounding": _timed,
    "timer": _timed,
    "reflection": _reflection,
    "builder": _builder,
    "checklist": _checklist,
    "list": _listing,
    "tracker": _tracker,
}
"""The plain player of each type of exercise; the same names as `model.exercise.TYPES`."""
