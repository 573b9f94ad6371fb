"""The app: five places, the keys that work anywhere, and what happens when somebody else walks in.

It handles no widget's message and holds no words. Sealing and locking live here because they concern every
screen at once; what a mistake or a signal leads to is in `guarding`, how one gets anywhere in `leading`.
"""

import os
from asyncio import get_running_loop
from collections.abc import Callable
from typing import Any, ClassVar, Final

from textual import events, work
from textual.app import App
from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen
from textual.widget import AwaitMount

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.tui.commands import ALWAYS, GOING, PLACES
from trustkit.tui.guarding import Guarding
from trustkit.tui.idling import IDLE_CHECK_SECONDS, Idling
from trustkit.tui.leading import Leading
from trustkit.tui.letting_go import LAST_TASKS, ForgettingThreads, let_go
from trustkit.tui.preferences import Preferences
from trustkit.tui.screens.page import AFTER_START, Ask, Page
from trustkit.tui.stacking import Stacking
from trustkit.tui.unsealed import UNSEALED, Unsealed
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.words import plain

DOOR = "door"
PLACE_MODES: Final = frozenset(mode for mode, *_ in PLACES)
BLANK = "blank"
FRAME = 1 / 60


def _palette() -> type[Provider]:
    from trustkit.tui.palette import Everything

    return Everything


class TrustkitApp(Idling, Unsealed, Stacking, Guarding, Leading, Preferences, App[int]):
    """Five places behind one door.

    Args:
        companion: Everything that is shown or kept.
    """

    # The two pages that may come first are styled with the app: a style sheet that comes later has all read again.
    CSS_PATH: ClassVar = ["base.tcss", "screens/today.tcss", "screens/unlock.tcss"]
    TITLE = "trustkit"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[Callable[[], type[Provider]]]] = {_palette}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in (*ALWAYS, *GOING)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (100, "-wide")]  # noqa: RUF012 - as App declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - as App declares it

    def __init__(self, companion: Companion) -> None:
        # Entered at once where it is known: each change of mode has Textual read every style anew.
        first = {"welcome": App.DEFAULT_MODE, "locked": DOOR, "ready": "today"}[companion.state]
        self.DEFAULT_MODE = first  # type: ignore[misc]
        super().__init__()
        self.companion = companion
        for mode, make in self._rooms().items():
            self.add_mode(mode, make)
        self.begin_with_preferences()
        self.ready_after: float | None = AFTER_START
        """Seconds from the first page to getting ready what the next keys ask for; None leaves that to them."""
        self._copying_allowed = False
        self.hidden = False
        """The hide key was pressed: nothing is painted until the hidden page is left, and an end leaves nothing."""
        self.erases_at_end = False
        """Everything that is kept is deleted once the app is closed."""

    # -- coming in ---------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.guard_process()
        if self.key_slips:
            self.say("Not every key in settings.toml could be moved. Settings ({settings}) says which.")
        get_running_loop().set_default_executor(ForgettingThreads())
        if self.companion.state == "welcome":
            self.begin()
        self.set_interval(IDLE_CHECK_SECONDS, self.lock_when_idle)
        if self.ready_after is not None:
            self.set_timer(self.ready_after, self._get_ready)

    @work(thread=True, group="ready", exit_on_error=False)
    def _get_ready(self) -> None:
        """Import what the next keys ask for while the first page is being looked at: a breath must not have to wait."""
        import trustkit.tui.players.breathing
        import trustkit.tui.players.grounding
        import trustkit.tui.players.playing
        import trustkit.tui.screens.editor

        self.companion.get_ready()
        self.call_from_thread(self._style_the_rest)
        import trustkit.tui.screens.calendar
        import trustkit.tui.screens.guides
        import trustkit.tui.screens.journal
        import trustkit.tui.screens.practice  # noqa: F401 - loaded, not used
        from trustkit.companion import outside_editor

        outside_editor.sweep()

    def _style_the_rest(self) -> None:
        """Read every screen's styles together: Textual would read all of them anew for each screen first opened."""
        here = os.path.dirname(__file__)  # noqa: PTH120 - screens have no business with paths
        for room in ("screens", "players"):
            for name in sorted(os.listdir(os.path.join(here, room))):  # noqa: PTH118, PTH208
                path = os.path.join(here, room, name)  # noqa: PTH118
                if name.endswith(".tcss") and not self.stylesheet.has_source(path, ""):
                    self.stylesheet.read(path)
        self.stylesheet.reparse()
        self.stylesheet.update(self)

    def _rooms(self) -> dict[str, Callable[[], Screen[None]]]:
        """How each mode's first screen is made. Imports wait until a room is entered: they are most of a start."""
        companion = self.companion

        def today() -> Screen[None]:
            from trustkit.tui.screens.today import TodayScreen

            return TodayScreen(companion)

        def guides() -> Screen[None]:
            from trustkit.tui.screens.guides import GuidesScreen

            return GuidesScreen(companion)

        def practice() -> Screen[None]:
            from trustkit.tui.screens.practice import PracticeScreen

            return PracticeScreen(companion)

        def journal() -> Screen[None]:
            from trustkit.tui.screens.journal import JournalScreen

            return JournalScreen(companion)

        def patterns() -> Screen[None]:
            from trustkit.tui.screens.patterns import PatternsScreen

            return PatternsScreen(companion)

        def door() -> Screen[None]:
            from trustkit.tui.screens.unlock import UnlockScreen

            return UnlockScreen(companion)

        def blank() -> Screen[None]:
            from trustkit.tui.screens.blank import BlankScreen

            return BlankScreen(companion)

        return {
            "today": today,
            "guides": guides,
            "practice": practice,
            "journal": journal,
            "patterns": patterns,
            DOOR: door,
            BLANK: blank,
        }

    @work
    async def begin(self) -> None:
        """The first run, then Today or wherever the reader chose to go."""
        from trustkit.tui.screens.welcome import first_run

        await first_run(self)

    async def come_in(self, place: str = "today") -> None:
        """Leave the door, once the vault is open."""
        await self.switch_mode(place)
        if self.indoors:
            self.tell_what_was_lost()

    # -- moving about --------------------------------------------------------------------------------

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to a place, or to the door: no place opens over a locked vault, where nothing could be kept."""
        return super().switch_mode(DOOR if mode in PLACE_MODES and self.companion.locked else mode)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind the door nothing but help for the body and a way out; on the hidden page a way out alone."""
        if self.hidden:
            return action == "quit"
        if any(action == getattr(page, "opened_by", "") for page in self.screen_stack[-1:]):
            return False
        return self.indoors or action not in {"go", "settings", "command_palette"}

    @property
    def indoors(self) -> bool:
        """Whether one of the five places is open."""
        return self.current_mode in PLACE_MODES

    async def action_go(self, mode: str) -> None:
        """Go to a place; where a place is open already, back to its first page."""
        if self.current_mode == mode:
            if self.stays_for(self.screen_stack[1:]):
                return
            while len(self.screen_stack) > 1:
                await self.pop_screen()
        else:
            await self.switch_mode(mode)

    def go_back(self, page: Page[Any]) -> None:
        """One step back: off this page, or from a place to Today."""
        if page in self.screen_stack[1:]:
            page.dismiss(None)
        elif page.is_active and self.indoors and self.current_mode != "today":
            self.switch_mode("today")

    def delay_update(self, delay: float = 0.05) -> None:
        """A place that stands already is painted with the next frame; Textual masks every change for three."""
        super().delay_update(FRAME)

    # -- sealing, hiding, locking, leaving -------------------------------------------------------------

    async def action_hide(self) -> None:
        """Clear the terminal first and ask questions later; then seal, lock, and show nothing."""
        from trustkit.tui.screens.welcome import TryHide

        self.wipe_terminal()
        if isinstance(self.screen, TryHide):
            self.screen.tried()
            return
        self.hidden = True
        with self.batch_update():  # nothing is painted any more
            await self.take_in_typing()
        if self.companion.mode != "sealed":
            self.exit(0)
            return
        self.lost_in_hiding = not await self._lock_behind(BLANK) or self.lost_in_hiding

    async def action_lock(self) -> None:
        """Seal, drop every private word, and ask for the passphrase."""
        if self.companion.mode != "sealed":
            self.say("There is no passphrase here, so there is nothing to lock. {hide} leaves trustkit.")
            return
        if self.indoors:
            await self.take_in_typing()
            self.seal_drafts()
            if self.unsealed:
                self.say(f"{UNSEALED}, so nothing was locked. {{hide}} locks all the same.")
                return
            await self._lock_behind(DOOR)
            self._door_says("Locked. What you were writing is sealed too.")

    async def _lock_behind(self, mode: str) -> bool:
        """Lock, then put this screen in front. Returns whether everything that was being written is sealed."""
        try:
            self.seal_drafts()
            sealed = not self.unsealed
            self.forget_pages()
        finally:
            self.companion.vault.lock()  # before anything is waited for: whatever fails from here on, it is locked
        self.clear_notifications()
        await self.switch_mode(mode)
        await self.close_places()
        let_go()
        for seconds in LAST_TASKS:
            self.set_timer(seconds, self._let_go_of_the_last)
        return sealed

    def _let_go_of_the_last(self) -> None:
        if self.companion.locked:  # nobody may have to wait for it in the middle of a breath
            let_go()

    def lock_late(self) -> None:
        """Lock what was unlocked after its door was left, unless a place is open meanwhile: that needs the vault."""
        if not self.indoors:
            self.companion.vault.lock()

    def _door_says(self, words: str) -> None:
        from trustkit.tui.screens.unlock import UnlockScreen

        if isinstance(self.screen, UnlockScreen):
            self.screen.say(words)

    def close_vault(self) -> None:
        """Write what may be written later, drop the keys."""
        self.companion.vault.close()

    @property
    def shows_words(self) -> bool:
        """Whether a page may be on the screen that a sealed journal, now open, should cover after quiet minutes."""
        unlocked = self.companion.mode == "sealed" and not self.companion.locked
        return unlocked and self.current_mode not in (DOOR, BLANK)

    async def lock_for_quiet(self, minutes: int) -> None:
        """Lock, or leave where that was chosen, after so many quiet minutes."""
        self.wipe_terminal()
        if self.companion.settings.quit_on_idle:
            self.seal_drafts()
            self.left_unsealed = self.unsealed
            self.exit(0)
            return
        sealed = await self._lock_behind(DOOR)
        nothing = "Nothing was lost." if sealed else "What you were writing couldn't be sealed any more."
        self._door_says(f"Locked after {minutes} quiet minutes. {nothing}")

    def time(self) -> float:
        """Seconds on a clock that only goes forward, and stands still while the computer sleeps."""
        from time import monotonic

        return monotonic()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and event.is_forwarded:  # bubbled up: now its bindings are looked for
            await self.screen_composed()
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Seal, then leave. What can't be sealed stays on the screen until it is asked for once more."""
        await self.take_in_typing()
        if not self.stays_once():
            self.exit(0)

    def action_help_quit(self) -> None:
        """`^c` leaves most programs; Textual's own words for how to leave name its keys."""
        self.say("{quit} leaves trustkit.")

    async def lock_before_stopping(self) -> bool:
        """Seal, and lock where there is a passphrase. False: something can't be sealed, so nothing was locked."""
        self.seal_drafts()
        if self.unsealed:
            self.say("What you are writing couldn't be sealed, so trustkit stays open.")
            return False
        if self.companion.mode == "sealed" and not self.companion.locked:
            await self._lock_behind(DOOR)
        return True

    # -- saying things -----------------------------------------------------------------------------------

    def say(self, words: str) -> None:
        """A line at the corner that goes by itself."""
        from trustkit.tui.words import keyed

        self.notify(plain(keyed(words, self.keys())).plain, markup=False, timeout=6)

    def say_error(self, error: TrustkitError) -> None:
        """What happened, and what to do next."""
        self.notify(plain(f"{error.happened} {error.do_next}").plain, markup=False, timeout=10)

    def copy_to_clipboard(self, text: str) -> None:
        """Copying leaves trustkit, through the terminal: ask once, say where it goes."""
        if self._copying_allowed:
            super().copy_to_clipboard(text)
        else:
            self._ask_to_copy(text)

    @work
    async def _ask_to_copy(self, text: str) -> None:
        offers = (Offer("copy", "Copy"), Offer("no", "Don't"))
        if await self.push_screen_wait(Ask("", "Other programs can read what you copy.", offers)) == "copy":
            self._copying_allowed = True
            super().copy_to_clipboard(text)


def run(companion: Companion, begin: Callable[[TrustkitApp], None] | None = None) -> int:
    """Open the app and stay until it is left, with `begin` once it stands. Returns the exit code."""
    app = TrustkitApp(companion)
    if begin is not None:
        app.call_later(begin, app)
    try:
        app.run()
    finally:
        companion.vault.close()
    app.tell_how_it_ended()
    if app.erases_at_end:
        from trustkit.tui.screens.erase import erase_now

        return erase_now(companion)
    return app.return_code or 0
