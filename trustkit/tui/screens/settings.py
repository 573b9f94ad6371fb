"""How trustkit looks and behaves. Each line shows what holds now; Enter moves to the next answer."""

import asyncio
from collections.abc import Sequence
from typing import Final

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from trustkit.errors import TrustkitError
from trustkit.model.held import day_of_year
from trustkit.settings import ALLOWED
from trustkit.tui.screens.changed_passphrase import CHANGED, ChangedPassphrase
from trustkit.tui.screens.erase import DELETE, delete_everything
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.screens.recovery import look_after_recovery
from trustkit.tui.screens.regions import choose_region
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.words import plain

LABELS: Final = {
    "theme": "Colours",
    "motion": "Motion",
    "figure": "The breath is drawn as",
    "ritual": "A breath around writing",
    "region": "Numbers for",
    "lock_minutes": "Lock after quiet minutes",
    "quit_on_idle": "After that quiet time",
    "hide_view": "What the hidden page shows",
    "bell": "Bell between turns",
    "outside_editor": "Writing in your own editor",
}
WORDS: Final = {
    ("quit_on_idle", "False"): "lock",
    ("quit_on_idle", "True"): "leave trustkit",
    ("lock_minutes", "0"): "never",
    ("hide_view", "prompt"): "a plain prompt",
    ("motion", "full"): "moving",
    ("ritual", "offer"): "offered after a page",
    ("ritual", "before"): "before each page",
    ("ritual", "after"): "after each page",
    ("figure", "words"): "words alone",
    ("outside_editor", "False"): "off",
    ("outside_editor", "True"): "f4 on a page",
}
REMEMBERED: Final = "Numbers and dates are kept, no words."
FORGOTTEN: Final = "No more are kept. What was kept before stays."
NOTHING_KEPT: Final = "You chose to keep nothing, so there is nothing to remember."
BACKUP: Final = (
    "`trustkit backup FILE`, typed where you type other commands, puts all your notes into one new file, sealed, and "
    "reads it again to be sure. `trustkit restore FILE` brings them back. Whether and when is yours to choose."
)
OUTSIDE: Final = (
    "f4 on a page then opens $VISUAL or $EDITOR, with your words in clear in a file in memory, wiped afterwards. "
    "Editors and their add-ons may keep copies and histories that trustkit knows nothing of. While yours is open, "
    "trustkit can't hide, lock or seal what you write there."
)
COPIED: Final = {
    "sealed": "It gets your notes sealed and can't read them; it sees how many there are and when you write.",
    "open": "Your notes are not sealed, so whoever can see what it copies can read them.",
}
"""What it means that a cloud service copies the data folder, by how notes are kept."""
KEYS: Final = (Offer("passphrase", "Change the passphrase"), Offer("recovery", "Recovery key"))
BEGIN: Final = Offer("begin", "Your words: kept nowhere")
UNDECIDED: Final = Offer("memory", "What you made before: in memory alone")
KEPT_FROM_NOW: Final = "What you write is kept from now on."
THERE_IS_ONE: Final = "There are notes here already. Close trustkit, and open it again to read them."
MINUTES: Final = (2, 5, 10, 20, 60, 0)


class SettingsScreen(Page[None]):
    """Settings stand in clear on disk, so nothing private is among them."""

    opened_by = "settings"
    _elsewhere: Sequence[Offer] = ()
    """Lines about where else the notes are, once that was looked up."""
    _service = ""
    """The cloud service that seems to copy them."""

    def compose_body(self) -> ComposeResult:
        yield Static("Settings", classes="title", markup=False)
        if slips := (*self.companion.setting_slips, *self.trustkit.key_slips):
            yield Static(plain("\n".join(slips)), classes="says warning", markup=False)
        yield Choices(self._offers())
        yield Static(
            "\nEnter moves a line to its next answer. These stand in clear on disk; nothing private is among them. "
            "Keys can be moved in settings.toml.",
            classes="quiet",
            markup=False,
        )

    def on_mount(self) -> None:
        self.query_one(Choices).focus()
        self._look()

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        """Find out where else the notes are; it is a line among the others, and never more than that."""
        self._elsewhere = await asyncio.to_thread(self._notes_elsewhere)
        if self._elsewhere and self.is_attached:
            self._show_again()

    def _notes_elsewhere(self) -> list[Offer]:
        companion = self.companion
        if companion.mode == "nothing":
            return []
        last = companion.last_backup
        day = "none that this computer knows of" if last is None else day_of_year(last.date())
        self._service = companion.copied_by
        copied = [Offer("copied", f"{self._service} seems to copy your notes")] if self._service else []
        return [Offer("backup", f"Last backup: {day}"), *copied]

    def _offers(self) -> list[Offer]:
        offers = [Offer(name, f"{label}: {self._in_words(name)}") for name, label in LABELS.items()]
        shown = "hidden" if self.companion.holds_hidden else "shown"
        round_first = "looking round" if self.companion.look_round_first else "a breath"
        return [
            *offers,
            Offer("holds", f"Breathing patterns with a hold: {shown}"),
            Offer("look-round-first", f"The breathe key starts with: {round_first}"),
            Offer("keep-practices", f"Remember how practices go: {self._remembered()}"),
            *([BEGIN] if self.companion.mode == "nothing" and not self.companion.ghost else []),
            *([UNDECIDED] if self.companion.only_in_memory() else []),
            *(KEYS if self.companion.mode == "sealed" else ()),
            *self._elsewhere,
            *(() if self.companion.ghost else (DELETE,)),
            Offer("back", "Back"),
        ]

    def _remembered(self) -> str:
        """Yes, no, or that nobody was asked yet; it is asked once, after the second practice."""
        if not self.companion.can_keep:
            return "no, nothing is kept"
        return {True: "yes", False: "no", None: "not asked yet"}[self.companion.keeps_practices()]

    def _in_words(self, name: str) -> str:
        value = getattr(self.companion.settings, name)
        if name == "region":
            return self.companion.region_name()
        return WORDS.get((name, str(value)), str(value))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        companion = self.companion
        match event.choice:
            case "back":
                self.action_back()
                return
            case "region":
                choose_region(self.trustkit, self._show_again)
                return
            case "holds":
                self._choose("holds", "shown" if companion.holds_hidden else "hidden")
                return
            case "look-round-first":
                self._choose("look-round-first", not companion.look_round_first)
                return
            case "keep-practices":
                self._remember()
                return
            case "begin" | "memory":
                self._begin_to_keep()
                return
            case "outside_editor" if not companion.settings.outside_editor:
                self._allow_outside()
                return
            case "passphrase":
                self._change_passphrase()
                return
            case "recovery":
                self._look_after_recovery()
                return
            case DELETE.id:
                self._delete_everything()
                return
            case "backup" | "copied" as asked:
                self._tell(asked)
                return
            case name:
                self.trustkit.change_settings(**{name: self._next(name)})
        self._show_again()

    def _tell(self, asked: str) -> None:
        """What stands behind one of these lines."""
        title, text = "A backup", BACKUP
        if asked == "copied":
            title = f"{self._service} and your notes"
            text = f"The folder that your notes lie in seems to be one that {self._service} copies. "
            text += COPIED[self.companion.mode]
        self.app.push_screen(Ask(title, text, [Offer("back", "Back to the settings")]))

    @work(group="erase", exclusive=True)
    async def _delete_everything(self) -> None:
        await delete_everything(self)

    @work(group="outside", exclusive=True)
    async def _allow_outside(self) -> None:
        """Off until somebody read what it means."""
        offers = [Offer("no", "Leave it off"), Offer("on", "Switch it on")]
        if await self.app.push_screen_wait(Ask("Writing in your own editor", OUTSIDE, offers)) == "on":
            self.trustkit.change_settings(outside_editor=True)
            self._show_again()

    @work(group="choose", exclusive=True)
    async def _choose(self, name: str, value: str | bool) -> None:
        try:
            await asyncio.to_thread(self.companion.choose, name, value)  # waits for the disk
        except TrustkitError as error:
            self.trustkit.say_error(error)
        self._show_again()

    @work(group="passphrase", exclusive=True)
    async def _change_passphrase(self) -> None:
        if await self.app.push_screen_wait(ChangedPassphrase(self.companion)):
            # Not a line that goes by itself: what an old copy still opens is worth reading twice.
            await self.app.push_screen_wait(Ask("It is changed", CHANGED, [Offer("back", "Back to the settings")]))

    @work(group="passphrase", exclusive=True)
    async def _look_after_recovery(self) -> None:
        try:
            await look_after_recovery(self.trustkit)
        except TrustkitError as error:  # the folder can't be read any more
            self.trustkit.say_error(error)

    @work(group="keep", exclusive=True)
    async def _begin_to_keep(self) -> None:
        from trustkit.tui.screens.beginning import ask_about_memory, begin_to_keep

        if self.companion.only_in_memory():
            await ask_about_memory(self.trustkit)
        elif not await asyncio.to_thread(lambda: self.companion.may_begin_to_keep):
            self.trustkit.say(THERE_IS_ONE)
        elif await begin_to_keep(self.trustkit):
            self.trustkit.say(KEPT_FROM_NOW)
        self._show_again()

    @work(group="keep", exclusive=True)
    async def _remember(self) -> None:
        """Yes keeps the practices of this sitting, too; no keeps what was kept before, and nothing more."""
        companion = self.companion
        if not companion.can_keep:
            self.trustkit.say(NOTHING_KEPT)
            return
        try:
            # In a thread: each practice of this sitting is a file of its own.
            await asyncio.to_thread(companion.answer_keep_practices, not companion.keeps_practices())
        except TrustkitError as error:
            self.trustkit.say_error(error)
        else:
            self.trustkit.say(REMEMBERED if companion.keeps_practices() else FORGOTTEN)
        self._show_again()

    def _show_again(self) -> None:
        choices = self.query_one(Choices)
        choices.offer(self._offers(), at=choices.highlighted)

    def _next(self, name: str) -> object:
        now = getattr(self.companion.settings, name)
        answers: Sequence[object] = {
            "lock_minutes": MINUTES,
            "quit_on_idle": (False, True),
            "outside_editor": (False, True),
        }.get(name) or ALLOWED[name]
        return answers[(answers.index(now) + 1) % len(answers)] if now in answers else answers[0]
