"""What a reader's settings change in the app itself: its theme and its keys."""

from typing import TYPE_CHECKING

from textual.app import App

from trustkit.companion import Companion
from trustkit.errors import TrustkitError, WriteError
from trustkit.tui.commands import ALWAYS, GOING, key_words
from trustkit.tui.themes import TERMINAL, THEMES

if TYPE_CHECKING:
    from textual.filter import LineFilter

    _Base = App[int]
else:
    _Base = object


class Preferences(_Base):
    """Mixed into the app, in front of `App`."""

    companion: Companion
    moved_keys: dict[str, str]
    """The reader's own keys that are in force, by command."""
    key_slips: tuple[str, ...] = ()
    """Moved keys that were passed over, two sentences each."""

    def begin_with_preferences(self) -> None:
        """Put the settings in force before the first page is painted."""
        for theme in THEMES.values():
            self.register_theme(theme)
        if self.no_color:
            from trustkit.tui.without_colour import WithoutColour

            colourless: list[LineFilter] = [WithoutColour()]
            self._filters = colourless
        # Set without being watched: Textual reads every style again for each change of theme, and it begins with one.
        self.set_reactive(App.theme, self._theme_in_force)
        # The rest of what Textual's watcher does; without it a theme of the terminal's own colours is not sent as such.
        self.add_class(f"-theme-{self.theme}", update=False)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.move_keys()

    @property
    def _theme_in_force(self) -> str:
        """The reader's theme; where no colour is wanted the terminal's own, in which nothing rests on a shade."""
        return TERMINAL.name if self.no_color else self.companion.settings.theme

    def move_keys(self) -> None:
        """Move the keys that the settings move, but none onto another's."""
        self.moved_keys = {}
        self.key_slips = ()
        if wanted := self.companion.settings.keys:
            from trustkit.tui.keymap import moved_keys

            moved = moved_keys(wanted)
            self.moved_keys, self.key_slips = moved.keys, moved.slips
        self.set_keymap(self.moved_keys)

    def keys(self) -> dict[str, str]:
        """The keys in force, as people write them, for words that name one."""
        return {command.id: key_words(self.moved_keys.get(command.id, command.keys)) for command in (*ALWAYS, *GOING)}

    def change_settings(self, **changes: object) -> None:
        """Change how things look or behave, now and for next time."""
        try:
            self.companion.change_settings(**changes)
        except WriteError as error:
            self.say_error(error)
        self.theme = self._theme_in_force
        self.move_keys()

    if TYPE_CHECKING:

        def say_error(self, error: TrustkitError) -> None: ...
