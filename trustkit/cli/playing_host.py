"""Shows the prompts of a script in plain lines, and reads the answers: nothing is drawn over, nothing is waited for."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar, assert_never

from trustkit.cli import say
from trustkit.cli.playing_asking import Asking, Ended
from trustkit.errors import TrustkitError
from trustkit.exercises.prompts import (
    ELSE,
    AskPlainly,
    Call,
    Choose,
    FillForm,
    Leave,
    Numbers,
    Open,
    Play,
    Rate,
    Run,
    Shown,
)
from trustkit.exercises.prompts import Ended as RunEnded
from trustkit.exercises.script import Script, Steps, Stopped, drive
from trustkit.model import afterwards

if TYPE_CHECKING:
    from trustkit.cli.verbs import Run as Program
    from trustkit.companion import Companion
    from trustkit.exercises.keeping import Keeping, Said
    from trustkit.model.exercise import Exercise

End = TypeVar("End")
KeepingOf = Callable[["Exercise"], "Keeping"]
RunHere = Callable[["Exercise"], RunEnded]
"""Plays the breath, the moments or the spans of an exercise. May raise Stopped, MadeWorse, KeyboardInterrupt."""

SUPPORT: Final = "`trustkit support`"


class PlainHost:
    """A front end of plain lines.

    Args:
        companion: Numbers, and what could be practised next.
        exercise: What is practised.
        asking: Who answers.
        keeping: How another exercise is remembered that is played on top of this one.
        run: Plays a run; None is one line after another.
        quick: A breath here and now: it says by itself that it is over, and it is left without a word.
    """

    def __init__(
        self,
        companion: "Companion",
        exercise: "Exercise",
        asking: Asking,
        keeping: "KeepingOf",
        *,
        run: RunHere | None = None,
        quick: bool = False,
    ) -> None:
        self._companion, self._exercise, self._asking = companion, exercise, asking
        self._keeping = keeping
        self._run, self._quick = run, quick
        self._interrupt: BaseException | None = None
        """What interrupted it. From then on nothing is shown any more."""

    def play(self, script: Script) -> Leave:
        """Take a script to its end, and go where it leads.

        Raises:
            KeyboardInterrupt, SystemExit: it was interrupted; what was practised is noted by then.
            TrustkitError: something could not be kept, and nobody is there.
        """
        try:
            end = self._drive(script)
        except Stopped:
            end = Leave(stopped=True)
        if self._interrupt is not None:
            raise self._interrupt
        if end.stopped and not self._quick:
            say.about(afterwards.STOPPED)
        if end.to == ELSE:
            self._something_else()
        elif end.to:
            self._open(end.to)
        return end

    def _drive(self, script: Steps[End]) -> End:
        return drive(script, self.show, self._call)

    def show(self, prompt: Shown) -> object:
        """Show a prompt, and give its answer.

        Raises:
            Stopped: nobody answers, or a signal came.
            MadeWorse: the reader said so while it ran.
        """
        if self._interrupt is not None:
            raise Stopped
        try:
            return self._show(prompt)
        except Ended:
            raise Stopped from None
        except (KeyboardInterrupt, SystemExit) as interrupt:
            self._interrupt = interrupt
            raise Stopped from None

    def _show(self, prompt: Shown) -> Any:
        match prompt:
            case Choose():
                return self._choose(prompt)
            case Rate():
                return self._rate(prompt)
            case Run():
                return self._run_of(prompt.exercise)
            case FillForm():
                return self._fill(prompt)
            case AskPlainly():
                from trustkit.exercises.crisis import plain_question

                return self._drive(plain_question(self._companion))
            case Play():
                self._play(prompt.exercise)
                return None
            case Open():
                self._open(prompt.place)
                return None
            case _:
                assert_never(prompt)

    # -- asking --------------------------------------------------------------------------------------------

    def _choose(self, prompt: Choose) -> str:
        said = [text for text in prompt.text if text and not (self._quick and text == afterwards.NOT_RATED)]
        if said or self._asking.by_hand:
            say.result()
        for text in said:
            self._say(text)
        if prompt.question:
            say.paragraph(prompt.question)
        if prompt.by_hand and not self._asking.by_hand:
            raise Stopped
        ids = [option.id for option in prompt.options]
        empty = ids[0] if prompt.unanswered is None else prompt.unanswered
        enter = f"Enter for {ids.index(empty) + 1}" if empty in ids else "Enter for later"
        at = self._asking.pick([option.label for option in prompt.options], f"A number, or {enter}: ")
        return empty if at is None else ids[at]

    def _say(self, text: str | Numbers) -> None:
        if isinstance(text, Numbers):
            self._numbers("crisis")
            if text.form == "near":
                self._print_own_numbers()
        elif text == afterwards.A_LOT:
            say.page(text.format(support=SUPPORT))
        else:
            say.page(text)

    def _rate(self, prompt: Rate) -> Any:
        for text in filter(None, prompt.text):
            say.result()
            say.page(text)
        say.result()
        say.paragraph(f"{prompt.question} {afterwards.ENDS}")
        try:
            return self._asking.mark()
        except Ended:
            return None

    def _fill(self, prompt: FillForm) -> dict[str, Any]:
        from trustkit.cli.playing_rows import ask_fields

        values: dict[str, Any] = {}
        with suppress(Ended):
            ask_fields(prompt.fields, values, self._asking, self._companion.clock().date())
        return values

    # -- playing -------------------------------------------------------------------------------------------

    def _run_of(self, exercise: "Exercise") -> RunEnded:
        if self._run is not None:
            return self._run(exercise)
        from trustkit.cli.playing_runs import play_run

        return play_run(exercise, by_hand=self._asking.by_hand)

    def _play(self, exercise: "Exercise") -> None:
        """Another exercise, from its first moment on. What interrupts it, interrupts this one, too."""
        from trustkit.exercises.timed import TimedSession

        say.result()
        print_head(exercise, intro=False)
        session = TimedSession(exercise, self._companion, at_once=True, keeping=self._keeping(exercise))
        PlainHost(self._companion, exercise, self._asking, self._keeping).play(session.script())

    # -- where it leads ------------------------------------------------------------------------------------

    def _call(self, prompt: Call) -> bool:
        try:
            prompt.run()
        except TrustkitError as error:
            if not self._asking.by_hand:
                raise
            say.sentences(error.happened, error.do_next)
            return False
        if prompt.done:
            say.about(prompt.done)
        return True

    def _open(self, place: str) -> None:
        from trustkit.cli.playing_care import go

        say.result()
        go(self._companion, place)

    def _numbers(self, topic: str) -> None:
        from trustkit.cli.playing_care import numbers

        numbers(self._companion, topic)

    def _print_own_numbers(self) -> None:
        own = () if self._companion.locked else self._companion.own_numbers()
        for one in own:
            say.paragraph(": ".join(filter(None, (one.name, one.number))), first="  ", rest="    ")

    def _something_else(self) -> None:
        from trustkit.cli.playing_care import something_else

        something_else(self._companion, self._exercise)


def print_head(exercise: "Exercise", *, intro: bool = True) -> None:
    """Title, caution and, where nothing else says it, the first words."""
    say.paragraph(exercise.title)
    for text in (exercise.caution, exercise.intro if intro else ""):
        if text:
            say.result()
            say.page(text)


def keeping_for(
    exercise: "Exercise",
    companion: "Companion",
    asking: Asking,
    *,
    said: "Said | None" = None,
    reach: Callable[[], None] | None = None,
    unlock: Callable[[], None] | None = None,
) -> "Keeping":
    """How an exercise is remembered where the process ends after it: asked about at once, for no second run comes."""
    from trustkit.exercises.keeping import Keeping

    return Keeping(exercise, companion, said=said, asks=asking.by_hand, runs=1, reach=reach, unlock=unlock)


def reach_journal(run: "Program", companion: "Companion", *, quietly: bool = False) -> None:
    """Find the journal; a sealed one is opened where a file holds its passphrase, so that nobody is asked for it.

    Trouble with a journal is no trouble for a practice: it is told, or left for another time.

    Args:
        run: Where the journal is.
        companion: Holds it from then on.
        quietly: Whether trouble is told only if a passphrase file was named.
    """
    try:
        companion.find_vault()
        if companion.locked and run.passphrase_file is not None:
            run.unlock(companion.vault)
    except TrustkitError as error:
        if run.passphrase_file is not None or not quietly:
            say.sentences(error.happened, error.do_next)
