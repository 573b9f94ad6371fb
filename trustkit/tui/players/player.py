"""What every player does: meet the gates first, show one stage at a time, stop at any time, and end in words.

A player stands on top of whatever was open and uncovers it again when it goes, so that esc always leads back
to the very same spot.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.exercises import prompts
from trustkit.exercises.prompts import ELSE as ELSE_WHERE
from trustkit.exercises.prompts import Shown
from trustkit.exercises.script import Script, adrive
from trustkit.model import practice_words
from trustkit.model.entry import Answers, Record
from trustkit.model.exercise import Exercise
from trustkit.tui.emptying import emptied
from trustkit.tui.gates import BACK, ON, pass_gates
from trustkit.tui.players.stages import Caution, Say, Stage
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.place_bar import KeyLine
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import keyed, plain, prose

Answer = TypeVar("Answer")

DONE: Final = Offer("done", practice_words.DONE)
AGAIN: Final = Offer("again", practice_words.AGAIN)
ELSE: Final = Offer("else", practice_words.ELSE)
WORSE: Final = Offer("worse", practice_words.WORSE)


@dataclass(frozen=True, slots=True)
class Go:
    """Where an answer led. The player goes there itself; whoever opened it is only told."""

    place: str
    """`guide`, `guide/step`, `helplines` or `helplines/<topic>`."""


class Player(Page[Go | None]):
    """Plays one exercise.

    Args:
        exercise: What to play.
        companion: Library, vault, settings and this sitting.
        from_step: `guide/step` it was launched from, or empty.
        at_once: Begin with the first breath or moment: no gate, no question. The caution stays visible.
    """

    CSS_PATH = "players.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "stop", show=True, tooltip="Stop, and go back to where you were."),
        Binding("c", "caution", "care", show=True, tooltip="The whole caution."),
    ]

    def __init__(self, exercise: Exercise, companion: Companion, from_step: str = "", *, at_once: bool = False) -> None:
        super().__init__(companion)
        self.exercise = exercise
        self.from_step = from_step
        self.at_once = at_once
        self.stage: Stage[object] | None = None
        """What is on screen now."""
        self.composed: Stage[object] | None = None
        """A first stage that stood there from the first frame on; the script takes it up."""
        self._at_play = at_once
        """Whether what stands before it was passed, so that only what changes meanwhile can speak against it."""

    @property
    def kind(self) -> Hashable | None:
        """None: a play may lead to another of the same exercise, and the first waits for it."""
        return None

    @property
    def plays(self) -> bool:
        """Whether time runs here: a breath, a moment, a span."""
        return False

    # -- what is on screen ---------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield Said(plain(self.exercise.title), id="player-title", classes="title")
        with Container(id="player-stage"):
            if self.at_once and (first := self.first_stage()) is not None:
                self.stage = self.composed = first
                yield first
        if self.exercise.caution:
            yield Caution(self.exercise.caution)
        yield KeyLine()

    def on_screen_suspend(self) -> None:
        if self.stage is not None:
            self.stage.covered()

    def on_screen_resume(self) -> None:
        if not self._at_play:
            return
        if not self.companion.may_use(self.exercise):
            self.set_aside()
        elif self.stage is not None:
            self.stage.uncovered()

    @work(group="play", exclusive=True)
    async def set_aside(self) -> None:
        """Something said meanwhile speaks against it: the tool gives way to its words, and to the reader's own."""
        self._at_play = False
        self.seal_draft()
        if await self._read_instead():
            await self.script()
        else:
            self.leave()

    def so_far(self) -> Answers | Record | None:
        """What the reader has written or ticked in it; None where there is nothing."""
        return None

    def first_stage(self) -> Stage[object] | None:
        """What stands there at once, without a frame of nothing, when no question comes first."""
        return None

    def on_mount(self) -> None:
        self.play()

    @work(group="play", exclusive=True)
    async def play(self) -> None:
        """Walk the stages."""
        await self.script()

    async def script(self) -> None:
        """The stages of this type, in order."""
        raise NotImplementedError

    async def show(self, stage: Stage[Answer]) -> Answer:
        """Put this stage on screen and wait for its answer."""
        holder = self.query_one("#player-stage", Container)
        if stage.parent is None:
            async with self.batch():
                await emptied(holder)
                await holder.mount(stage)
        self.stage = stage  # type: ignore[assignment]
        stage.begin()
        self.refresh_bindings()
        return await stage.answer

    def keep_caution(self, shown: bool) -> None:
        """The caution stands beside the doing; afterwards it only takes room."""
        for caution in self.query(Caution):
            caution.display = shown

    # -- what a script asks --------------------------------------------------------------------------

    async def follow(self, script: Script) -> None:
        """Take a script to its end, and go where it leads."""
        end = await adrive(script, self.answer_to, self.called)
        if end.to == ELSE_WHERE:
            await self.something_else()
        else:
            self.leave(Go(end.to) if end.to else None)

    async def answer_to(self, prompt: Shown) -> Any:
        """Show a prompt as a stage, or as a page on top, and give its answer."""
        match prompt:
            case prompts.Choose():
                offers = [Offer(option.id, option.label) for option in prompt.options]
                words = [prose(keyed(text, self.trustkit.keys())) for text in prompt.text if isinstance(text, str)]
                return await self.show(Say(words, offers, ask=prompt.question))
            case prompts.AskPlainly():
                from trustkit.tui.screens.plain_question import PlainQuestion

                if any(isinstance(screen, PlainQuestion) for screen in self.trustkit.screen_stack):
                    return None
                return await self.trustkit.push_screen_wait(PlainQuestion(self.companion))
            case prompts.Play():
                from trustkit.tui.players.playing import player_for

                player = player_for(prompt.exercise, self.companion, self.from_step, at_once=True)
                return await self.trustkit.push_screen_wait(player)
        raise NotImplementedError(prompt)

    async def called(self, call: prompts.Call) -> bool:
        """Do what may touch the disk in a thread. False: it could not be written, and that was said."""
        return await self.written(call.run)

    # -- before --------------------------------------------------------------------------------------

    async def admitted(self) -> bool:
        """Show the gates that were not met in this sitting. False: the reader went, or was led, elsewhere."""
        guide_id = self.from_step.partition("/")[0]
        while True:
            led = await pass_gates(self.trustkit, self.companion.gates_before_tool(self.exercise, guide_id), guide_id)
            if led != ON:
                self.leave(None if led == BACK else Go(led))
                return False
            if self.companion.may_use(self.exercise):
                self._at_play = True
                return True
            if not await self._read_instead():
                self.leave()
                return False

    async def _read_instead(self) -> bool:
        """Show the words without the tool, for whoever chose to read on their own. True: they would begin after all."""
        from trustkit.tui.players.reading import BEGIN, WordsOnly

        words = WordsOnly(self.exercise, self.companion, self.from_step, inside=True, written=self.so_far())
        return await self.trustkit.push_screen_wait(words) == BEGIN

    # -- after ---------------------------------------------------------------------------------------

    async def what_now(self, answer: str) -> bool:
        """Follow the answer given after an exercise. True: once more."""
        match answer:
            case "again":
                self.keep_caution(True)
                return True
            case "else":
                await self.something_else()
            case "worse":
                await self.step_down()
            case _:
                self.leave()
        return False

    async def something_else(self) -> None:
        """What is offered next, or all of Practice."""
        following = self.companion.next_after(self.exercise)
        offers = [Offer(exercise.id, exercise.title, exercise.summary) for exercise in following]
        if self.trustkit.indoors:
            offers.append(Offer("/practice", "Look in Practice"))
        offers.append(Offer("/done", practice_words.DONE))
        answer = await self.show(Say([], offers))
        if answer == "/practice":
            self.leave()
            self.app.call_later(self.trustkit.action_go, "practice")
        elif answer == "/done":
            self.leave()
        else:
            await self.play_instead(self.companion.library.exercise(answer))

    async def play_instead(self, exercise: Exercise) -> None:
        """Play another on top; when it goes, this one goes too."""
        from trustkit.tui.players.playing import player_for

        await self.trustkit.push_screen_wait(player_for(exercise, self.companion, self.from_step))
        self.leave()

    async def step_down(self) -> None:
        """It made things worse: stop everything, and lead down gently. Never "try again"."""
        from trustkit.exercises.keeping import Keeping
        from trustkit.exercises.step_down import step_down

        self.keep_caution(False)
        await self.follow(step_down(self.exercise, self.companion, Keeping(self.exercise, self.companion)))

    # -- leaving -------------------------------------------------------------------------------------

    def leave(self, to: Go | None = None) -> None:
        """Go back to what was open before, and on from there to a place that an answer led to."""
        if self.is_taken_down:
            return
        self.dismiss(to)
        if to is not None:
            self.app.call_later(self.trustkit.go_to, to.place)

    def action_back(self) -> None:
        """Stop. Nothing is asked."""
        self.leave()

    def behind(self, write: Callable[[], object]) -> None:
        """Write to the vault in a thread that outlives this screen; trouble is told in its two sentences."""
        app = self.trustkit
        app.run_worker(_written(app.say_error, write), group="keep", exit_on_error=False)

    async def written(self, write: Callable[[], object]) -> bool:
        """Write to the vault in a thread, and wait. False: it could not be written, and that was said."""
        return await _written(self.trustkit.say_error, write)

    # -- care ----------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "caution":
            return bool(self.exercise.caution or self.exercise.gates)
        return True

    @work(group="care", exclusive=True)
    async def action_caution(self) -> None:
        """The caution and every note that stands before this exercise, in full."""
        gates = self.companion.library.gates
        notes = [gates[name].text for name in self.exercise.gates if name in gates and gates[name].kind == "note"]
        words = [prose(text) for text in (self.exercise.caution, *notes) if text]
        await self.trustkit.push_screen_wait(Ask("Take care", Content("\n\n").join(words), [Offer("on", "Go on")]))

    def forget(self) -> None:
        if self.stage is not None:
            self.stage.forget()


async def _written(say_error: Callable[[TrustkitError], None], write: Callable[[], object]) -> bool:
    import asyncio

    try:
        await asyncio.to_thread(write)
    except TrustkitError as error:
        say_error(error)
        return False
    return True
