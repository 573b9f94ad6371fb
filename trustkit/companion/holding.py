"""What a companion holds: library, vault, settings, a clock, this sitting; and where a person's words live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING, Literal, Self

from trustkit import settings as settings_file
from trustkit.errors import NoVault
from trustkit.later import later
from trustkit.model.entry import Choice, Distress, Practice
from trustkit.model.sitting import Sitting

if TYPE_CHECKING:
    # Neither the locked page nor some verbs touch one or the other, and importing them is a good part of a start:
    # each method imports what it uses.
    from pathlib import Path

    from trustkit.library import Library
    from trustkit.model import walk
    from trustkit.paths import Paths
    from trustkit.settings import Settings
    from trustkit.vault import Mode, Vault
    from trustkit.vault import State as OnDisk
else:
    walk = later("trustkit.model.walk")

Clock = Callable[[], datetime]
"""Gives the reader's own local time, aware."""

State = Literal["welcome", "locked", "ready"]


def system_clock() -> datetime:
    """Now, where the reader is."""
    return datetime.now().astimezone()


class Holding:
    """Library, vault, settings, clock and sitting.

    Args:
        paths: Where things live.
        library: All content; None is what `paths` and `settings` say, read when it is first asked for.
        vault: Where words go; None is a vault in memory, made when it is first asked for.
        settings: How things look.
        clock: Local time, aware.
    """

    def __init__(
        self, paths: Paths, library: Library | None, vault: Vault | None, settings: Settings, clock: Clock
    ) -> None:
        self.paths = paths
        self._lock = RLock()
        """Held while library or vault are made or replaced: a second vault would stay locked behind an open screen."""
        self._library = library
        self._own_content: Path | None = paths.own_content
        self._vault = vault
        self.settings = settings
        self.clock = clock
        self.sitting = Sitting()
        self.setting_slips: tuple[str, ...] = ()
        self.new_key_work: int | None = None
        """Base-two logarithm of what a new key costs; None is the vault's own. Tests make cheap ones."""
        self._unkept: list[tuple[Practice, bool]] = []
        """Runs of this sitting that no one has said to keep, with whether they would be kept privately."""
        self._put_last: dict[str, bool] = {}
        """Exercises that stand last, or no longer do, for this sitting alone."""
        self._mode: Mode = "nothing"
        """How words are kept, as long as the vault itself was not asked for."""
        self._chosen = self.mode != "nothing"
        self.ghost = False
        """Nothing is kept and nothing read, whatever is on disk."""
        self._before: Vault | None = None
        """The vault in memory, where a journal was begun after it."""

    @classmethod
    def start(cls, paths: Paths, *, clock: Clock = system_clock, ghost: bool = False, with_vault: bool = True) -> Self:
        """Look at what is on disk and hold it. A sealed vault comes back locked.

        Args:
            paths: Where things live.
            clock: Local time, aware.
            ghost: Keep nothing and read nothing that was kept, whatever is on disk.
            with_vault: False leaves the vault alone, for what must work whatever state it is in.

        Raises:
            ReadError: there are sealed entries but no key, or the folder cannot be read.
        """
        settings, slips = settings_file.load(paths.settings_file)
        companion = cls(paths, None, None, settings, clock)
        companion.ghost = ghost
        if ghost:
            companion._own_content = None
        elif with_vault:
            companion.find_vault()
        companion.setting_slips = tuple(slips)
        companion._chosen = ghost or companion.mode != "nothing" or not settings.welcome
        return companion

    def find_vault(self) -> None:
        """Look how words are kept on disk, by names alone; opening the vault waits until it is first asked for.

        With `ghost` it looks for nothing.

        Raises:
            ReadError: there are sealed entries but no key, or the folder cannot be read.
        """
        if self.ghost:
            return
        from trustkit.vault import kept_as

        self._mode = kept_as(self.paths.data)

    def close(self) -> None:
        """Close the vault, if it was opened."""
        if self._vault is not None:
            self._vault.close()

    # -- where a person's words live ------------------------------------------------------------

    @property
    def state(self) -> State:
        """`welcome` before anything was chosen, `locked` while a sealed vault is locked, else `ready`."""
        if not self._chosen:
            return "welcome"
        return "locked" if self.locked else "ready"

    @property
    def mode(self) -> Mode:
        """How words are kept: `sealed`, `open`, or `nothing` is. Known before the vault is opened."""
        return self._mode if self._vault is None else self._vault.mode

    @property
    def locked(self) -> bool:
        """Whether a passphrase stands before a person's words. Known before the vault is opened."""
        return self._mode == "sealed" if self._vault is None else self._vault.locked

    @property
    def library(self) -> Library:
        """All content. The locked page and a plain start need none of it, so it waits."""
        if self._library is None:
            with self._lock:
                if self._library is None:
                    from trustkit.library import Library

                    self._library = Library(self.paths.content, self._own_content, self.settings.language)
        return self._library

    @property
    def vault(self) -> Vault:
        """Where words go: on disk as the reader chose, in memory until then. Raises ReadError as `start` does.

        The same one for every thread.
        """
        if self._vault is None:
            with self._lock:
                if self._vault is None:
                    self._vault = self._open()
        return self._vault

    def _open(self) -> Vault:
        from trustkit.vault import memory_vault, open_vault

        return memory_vault(clock=self.clock) if self._mode == "nothing" else open_vault(self.paths, clock=self.clock)

    def keep_sealed(self, passphrase: str) -> None:
        """Begin a sealed vault. Slow, about two seconds: call it from a thread."""
        from trustkit.vault import create_sealed

        self.not_as_a_ghost()
        self._take(create_sealed(self.paths, passphrase, clock=self.clock, log_n=self._work()))

    def keep_open(self) -> None:
        """Begin an open vault: anybody who uses this account can read it."""
        from trustkit.vault import create_open

        self.not_as_a_ghost()
        self._take(create_open(self.paths, clock=self.clock))

    def seal(self, passphrase: str) -> None:
        """Give an open vault a passphrase and seal everything in it. Slow: call it from a thread."""
        from trustkit.vault import seal_vault

        self._take(seal_vault(self.paths, passphrase, clock=self.clock, log_n=self._work()))

    def recover(self, recovery_key: str, passphrase: str) -> None:
        """Open the vault with its recovery key, even where the key file is gone, and set a new passphrase. Slow."""
        from trustkit.vault import recover_vault

        self.not_as_a_ghost()
        self._take(recover_vault(self.paths, recovery_key, passphrase, clock=self.clock, log_n=self._work()))

    def _work(self) -> int:
        from trustkit.vault import LOG_N

        return LOG_N if self.new_key_work is None else self.new_key_work

    @property
    def on_disk(self) -> OnDisk:
        """What lies in the data folder, whatever is held here."""
        from trustkit.vault import inspect

        return inspect(self.paths.data)

    def keep_nothing(self) -> None:
        """Go on in memory alone. Nothing is written, not even this choice."""
        self._chosen = True

    def _take(self, vault: Vault) -> None:
        """Carry over what was chosen while nothing was kept yet, and go on in the new vault."""
        with self._lock:
            if self._vault is not None and self._vault.mode == "nothing":
                for name, value in self._vault.choices().items():
                    vault.add(Choice(name, value))
                self._before = self._vault
            self._vault = vault
            self._chosen = True

    def require_vault(self) -> Vault:
        """The vault on disk, for verbs that keep or read words.

        Raises:
            NoVault: nothing was set up in this data folder, or it is not to be looked into.
        """
        self.not_as_a_ghost()
        if self.mode == "nothing":
            raise NoVault("There is no journal here yet.", "Run `trustkit`, or `trustkit vault init`, to begin one.")
        return self.vault

    def not_as_a_ghost(self) -> None:
        """Before anything is kept, or read that was kept. Raises NoVault."""
        if self.ghost:
            raise NoVault("With `--ghost` nothing is kept, and no journal is read.", "Leave it out for this.")

    def change_settings(self, **changes: object) -> None:
        """Change settings for now, and write them unless nothing is kept.

        Raises:
            WriteError: they could not be written; they hold for now all the same.
        """
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        if self.mode != "nothing":
            settings_file.save(self.paths.settings_file, self.settings)

    # -- what a reader chose ---------------------------------------------------------------------

    def choice(self, name: str, usual: str | int | bool | tuple[str, ...] = "") -> str | int | bool | tuple[str, ...]:
        """What a reader chose under this name, or the usual thing: before unlocking, always the usual."""
        if self.locked or (self._vault is None and self.mode == "nothing"):
            return usual
        return self.vault.choices().get(name, usual)

    def choose(self, name: str, value: str | int | bool | tuple[str, ...]) -> None:
        """Remember a choice in the vault, where nobody else reads it."""
        with self._lock:  # not into a vault in memory that is replaced at this moment
            if self.choice(name, "") != value:
                self.vault.add(Choice(name, value))

    @property
    def bonds(self) -> tuple[str, ...]:
        """The kinds of bond this is about; empty leaves nothing out."""
        chosen = self.choice("about", "")
        return next((bonds for name, _, bonds in walk.ABOUT if name == chosen), ())

    @property
    def holds_hidden(self) -> bool:
        """Patterns with a hold are hidden until a reader chooses to see them."""
        return self.choice("holds", "hidden") != "shown"

    @property
    def look_round_first(self) -> bool:
        """Whether noticing the breath makes things worse for this reader."""
        return bool(self.choice("look-round-first", False))

    def rate(self, distress: Distress | None) -> None:
        """Hold the answer to "How are you right now?" for this sitting."""
        self.sitting.distress = distress
