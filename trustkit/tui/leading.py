"""Leading a person somewhere: a breath, a page, an exercise, a list, numbers, the journal, and back.

Every place that a guide, a gate, a sign, the palette or a key can name is opened here and nowhere else, so that
what stands before it is shown whichever way one came. Screens are imported when they are first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import work

if TYPE_CHECKING:
    from textual.app import App

    from trustkit.companion import Companion
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import Guide, Step
    from trustkit.tui.app import TrustkitApp

    _Base = App[int]
else:
    _Base = object


class Leading(_Base):
    """Mixed into the app, in front of `App`."""

    companion: Companion

    @property
    def indoors(self) -> bool:
        """Whether one of the five places is open; the app's own."""
        raise NotImplementedError

    async def come_in(self, place: str = "today") -> None:
        """Leave the door; the app's own."""
        raise NotImplementedError

    def action_breathe(self) -> None:
        """A breath, from anywhere, and back to the very same spot."""
        exercise = self.companion.first_breath()
        if exercise is not None:
            self.play(exercise, at_once=True)

    def play(self, exercise: Exercise, *, from_step: str = "", at_once: bool = False) -> None:
        """Play an exercise on top of whatever is open, `at_once` with no gate and no question before it."""
        from trustkit.tui.players.playing import player_for, playing

        open_already = next((screen for screen in reversed(self.screen_stack) if playing(screen)), None)
        if open_already is None or (not at_once and open_already is not self.screen):
            self.push_screen(player_for(exercise, self.companion, from_step, at_once=at_once))
        else:
            self._as_app().bring_to_front(open_already)

    @work
    async def go_to(self, place: str) -> None:
        """Follow a reference: `guide`, `guide/step`, `helplines`, `helplines/<topic>`, `privacy`.

        What stands before a step is shown first; an answer there may lead elsewhere.
        """
        while place:
            first, _, rest = place.partition("/")
            if first in ("helplines", "privacy"):
                self._open_screen(first, rest)
                return
            if not self.indoors:
                await self.come_in("guides")
            guide = self.companion.library.guide(first)
            step = guide.step(rest) if rest else None
            if step is None:
                from trustkit.tui.screens.guides import GuideScreen

                self.push_screen(GuideScreen(self.companion, guide))
                return
            place = await self._open_step(guide, step)

    async def _open_step(self, guide: Guide, step: Step) -> str:
        """Show a step, or answer the place that a gate leads to."""
        from trustkit.tui.gates import BACK, ON, pass_gates
        from trustkit.tui.screens.reader import ReaderScreen

        led = await pass_gates(self._as_app(), self.companion.gates_before(guide, step), guide.id)
        if led == ON:
            if isinstance(self.screen, ReaderScreen):
                self.screen.show(guide, step)
            else:
                self.push_screen(ReaderScreen(self.companion, guide, step))
        return "" if led in (ON, BACK) else led

    def _open_screen(self, name: str, topic: str) -> None:
        if name == "privacy":
            self.action_about()
            return
        from trustkit.tui.screens.support import SupportScreen

        self.push_screen(SupportScreen(self.companion, topic=topic))

    def read_exercise(self, name: str) -> None:
        """The words of an exercise that is not offered now; reading is always possible."""
        from trustkit.tui.players.reading import WordsOnly

        self.push_screen(WordsOnly(self.companion.library.exercises[name], self.companion))

    def open_signs(self, name: str, from_step: str = "") -> None:
        """Open a sign list, after what stands before it."""
        self._open_signs(name, from_step)

    @work
    async def _open_signs(self, name: str, from_step: str) -> None:
        from trustkit.tui.gates import BACK, ON, pass_gates
        from trustkit.tui.screens.signs import SignsScreen

        signs = self.companion.library.signs[name]
        led = await pass_gates(self._as_app(), self.companion.gates_before_tool(signs, from_step.partition("/")[0]))
        if led == ON:
            self.push_screen(SignsScreen(self.companion, signs, from_step))
        elif led != BACK:
            self.go_to(led)

    async def write(self) -> None:
        """Begin a page in the journal."""
        from trustkit.tui.screens.editor import EditorScreen

        self.push_screen(EditorScreen(self.companion))

    @work
    async def resume_draft(self, entry_id: str) -> None:
        """Go on where a sealed draft was left: a worker, so that a lock meanwhile calls it off."""
        from trustkit.tui.screens.editor import resume

        await resume(self._as_app(), entry_id)

    @work
    async def change(self, entry_id: str) -> None:
        """Open something kept to be changed: in the app's own worker, since a page's are called off as it goes."""
        from trustkit.tui.screens.unfinished import change

        await change(self._as_app(), entry_id)

    def ask_plainly(self) -> None:
        """The plain question, when a mark says that it may be needed."""
        from trustkit.tui.screens.plain_question import PlainQuestion

        if not any(isinstance(screen, PlainQuestion) for screen in self.screen_stack):
            self.push_screen(PlainQuestion(self.companion))

    def action_support(self) -> None:
        from trustkit.tui.screens.support import SupportScreen

        self.push_screen(SupportScreen(self.companion))

    def action_help(self) -> None:
        from trustkit.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):  # it explains the page it is opened on, never itself
            self.push_screen(HelpScreen(self.companion, self.screen))

    def action_settings(self) -> None:
        from trustkit.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(self.companion))

    def action_about(self) -> None:
        from trustkit.tui.screens.about import AboutScreen

        self.push_screen(AboutScreen(self.companion))

    def _as_app(self) -> TrustkitApp:
        return cast("TrustkitApp", self)
