"""What can be done with an exercise beyond playing it: make it one's own, change it, hand it out, throw it away.

The same few keys on the list of Practice and on an exercise's own page. Which of them show depends on whose it is.
"""

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from trustkit.errors import TrustkitError
from trustkit.model import own
from trustkit.model.exercise import Breathing, Exercise
from trustkit.tui.screens.entry_actions import DELETE, DELETE_OFFERS, ERASED, MOVED
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.screens.stacked import Stacked
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.place_bar import KeyLine

Result = TypeVar("Result")

if TYPE_CHECKING:

    class _Base(Page[Result], Generic[Result]): ...

else:

    class _Base(Generic[Result]): ...


OWN_KEYS: Final = (
    Binding("y", "make_mine", "make it mine", show=True, tooltip="Make this exercise yours, to change as you like."),
    Binding("e", "change_own", "change", show=True, tooltip="Change this exercise of yours."),
    Binding("d", "delete_own", "delete", show=True, tooltip="Move this exercise of yours to the trash."),
    Binding("x", "export", "hand out", show=False, tooltip="Make a file of it that anyone can read."),
    Binding("u", "usual", "", show=False, tooltip="Let the breathe key play this one from now on."),
)
KINDS: Final = (
    Offer("breathing", "A breathing pattern", "Seconds for each part, with the figure beside it."),
    Offer("grounding", "A grounding sequence", "A few things to notice, one at a time."),
    Offer("card", "A card of kind words", "Your own lines, for the hour when you can't find them."),
)
NEW: Final = "What would you like to make?"
ONLY_HERE: Final = "You keep nothing, so it is here until trustkit closes."
USUAL: Final = "The breathe key plays this from now on."
COPY: Final = "This makes a copy that anyone can read. Put it where only you can reach it."


class OwnActions(_Base[Result]):
    """Mixed into a screen that names one exercise, in front of `Page`."""

    @property
    def meant(self) -> Exercise | None:
        """The exercise the keys are about; None where there is none."""
        raise NotImplementedError

    async def own_changed(self, *, gone: bool) -> None:
        """Something of the reader's own is different now; `gone`: the one that was meant lies in the trash."""

    def own_action(self, action: str) -> bool | None:
        """Whether a key of these makes sense now; None for keys that are none of these."""
        exercise = self.meant
        match action:
            case "make_mine":
                return bool(exercise and own.kind_of(exercise) and self.companion.may_use(exercise)) and not self._kept
            case "change_own" | "delete_own":
                return bool(exercise) and bool(self._kept)
            case "export":
                return bool(exercise and (exercise.by_reader or own.kind_of(exercise)))
            case "usual":
                return bool(exercise and isinstance(exercise.body, Breathing))
            case _:
                return None

    @property
    def _kept(self) -> str:
        exercise = self.meant
        return self.companion.kept_as(exercise) if exercise else ""

    def action_new_own(self) -> None:
        """Make something new."""
        self._make_new()

    @work(group="own", exclusive=True)
    async def _make_new(self) -> None:
        below = ONLY_HERE if self.companion.mode == "nothing" else ""
        answer = await self.trustkit.push_screen_wait(Ask("", NEW, KINDS, below))
        kinds: dict[str, own.Kind] = {"breathing": "breathing", "grounding": "grounding", "card": "card"}
        if answer in kinds:
            await self._form(self.companion.begin_own(kinds[answer]), None, "")

    def action_make_mine(self) -> None:
        if self.meant is not None:
            self._make_mine(self.meant)

    @work(group="own", exclusive=True)
    async def _make_mine(self, exercise: Exercise) -> None:
        await self._form(self.companion.begin_mine(exercise), exercise, "")

    def action_change_own(self) -> None:
        if self.meant is not None and (entry_id := self._kept):
            self._reopen(self.meant, entry_id)

    @work(group="own", exclusive=True)
    async def _reopen(self, exercise: Exercise, entry_id: str) -> None:
        await self._form(exercise, None, entry_id)

    async def _form(self, exercise: Exercise, before: Exercise | None, entry_id: str) -> None:
        from trustkit.tui.screens.own import form_for

        try:
            await self.trustkit.push_screen_wait(form_for(self.companion, exercise, before, entry_id=entry_id))
        except TrustkitError as error:
            self.trustkit.say_error(error)
        await self.own_changed(gone=False)

    def action_delete_own(self) -> None:
        if self.meant is not None and (entry_id := self._kept):
            self._delete(self.meant, entry_id)

    @work(group="own", exclusive=True)
    async def _delete(self, exercise: Exercise, entry_id: str) -> None:
        companion = self.companion
        try:
            match await self.trustkit.push_screen_wait(Ask("", DELETE, DELETE_OFFERS)):
                case "move":
                    await asyncio.to_thread(companion.delete_own, exercise)
                    self.trustkit.say(MOVED)
                case "erase":
                    await asyncio.to_thread(companion.erase_own, entry_id)
                    self.trustkit.say(ERASED)
                case _:
                    return
        except TrustkitError as error:
            self.trustkit.say_error(error)
            return
        await self.own_changed(gone=True)

    def action_usual(self) -> None:
        if self.meant is not None:
            self._make_usual(self.meant)

    @work(group="own", exclusive=True)
    async def _make_usual(self, exercise: Exercise) -> None:
        try:
            await asyncio.to_thread(self.companion.choose, "breath", exercise.id)
        except TrustkitError as error:
            self.trustkit.say_error(error)
        else:
            self.trustkit.say(USUAL)

    def action_export(self) -> None:
        if self.meant is not None:
            self._export(self.meant)

    @work(group="own", exclusive=True)
    async def _export(self, exercise: Exercise) -> None:
        target = "~/" + self.companion.copy_name(exercise)
        while target:
            target = await self.trustkit.push_screen_wait(Where(target))
            if not target:
                return
            try:
                written = await asyncio.to_thread(self.companion.export, exercise, target)
            except TrustkitError as error:
                self.trustkit.say_error(error)
            else:
                self.trustkit.say(f"The copy is at {written}")
                return


class Where(ModalScreen[str], Stacked[str]):
    """Where a copy goes. Esc answers nothing.

    Args:
        target: What is offered.
    """

    CSS_PATH = "own.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "no", "back", show=True, tooltip="Back; no copy is made."),
    ]

    def __init__(self, target: str) -> None:
        super().__init__()
        self._target = target

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(COPY, classes="says", markup=False)
            yield Line(self._target, id="own-where")
            yield Static(classes="gap")
            yield Choices([Offer("copy", "Make the copy"), Offer("no", "Not now")])
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Line).focus()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        event.stop()
        self.query_one(Choices).focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(self.query_one(Line).value.strip() if event.choice == "copy" else "")

    def action_no(self) -> None:
        self.dismiss("")
