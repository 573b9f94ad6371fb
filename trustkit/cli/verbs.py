"""What every verb shares: the options that stand before or after it, and what they open.

A `Run` is handed to each verb as its click object. It opens nothing until a verb asks, so that a verb
pays only for what it uses.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from datetime import datetime

    from trustkit.companion import Companion, Vault
    from trustkit.paths import Paths

TRIES: Final = 3
"""How often a passphrase is asked for before giving up."""


class Run:
    """One run of the program.

    Args:
        clock: Gives the reader's local time, aware. None is the system's.
    """

    def __init__(self, clock: "Callable[[], datetime] | None" = None) -> None:
        self.clock = clock
        self.data_dir: str | None = None
        self.passphrase_file: str | None = None
        self.ghost = False
        self.typed = ""
        """The passphrase that opened the vault, for verbs that change what seals it."""
        self.stdin_carries_text = False
        """Set by a verb that reads words from standard input, so that a passphrase is never taken from there."""

    def now(self) -> "datetime":
        """The reader's local time, aware."""
        from trustkit.companion import system_clock

        return (self.clock or system_clock)()

    @property
    def paths(self) -> "Paths":
        """The folders of this run."""
        from trustkit.paths import Paths

        return Paths.find(self.data_dir)

    def companion(self, *, with_vault: bool = True) -> "Companion":
        """The companion over what is on disk.

        Args:
            with_vault: False for verbs that help without a journal: trouble with one is then no trouble for them.

        Raises:
            ReadError: the journal's folder cannot be read, or its key is missing.
        """
        from trustkit.companion import Companion, system_clock

        clock = self.clock or system_clock
        return Companion.start(self.paths, clock=clock, ghost=self.ghost, with_vault=with_vault)

    @contextmanager
    def journal(self) -> "Iterator[Companion]":
        """The companion with the vault on disk, unlocked, and closed again however the verb ends.

        Raises:
            NoVault: nothing was set up here.
            Locked: it is sealed, and there is no way to ask for the passphrase.
            WrongKey: the passphrase does not open it.
            ReadError, UsageError: the passphrase file does not serve.
        """
        companion = self.companion()
        vault = companion.require_vault()
        try:
            if vault.locked:
                self.unlock(vault)
            yield companion
        finally:
            vault.close()

    def unlock(self, vault: "Vault") -> None:
        """Unlock with the passphrase file, or else with what a person types."""
        from trustkit.errors import WrongKey

        if self.passphrase_file is not None:
            self.typed = self.passphrase()
            vault.unlock(self.typed)
            return
        from trustkit.cli import say

        for left in reversed(range(TRIES)):
            try:
                self.typed = self.passphrase()
                vault.unlock(self.typed)
            except WrongKey as error:
                if not left:
                    raise
                say.sentences(error.happened, error.do_next)
            else:
                return

    def passphrase(self, question: str = "Passphrase: ") -> str:
        """The passphrase: from the file that was named, else asked for on the terminal and not echoed."""
        from trustkit.cli import asking

        if self.passphrase_file is not None:
            return asking.passphrase_from(self.passphrase_file, stdin_carries_text=self.stdin_carries_text)
        return asking.passphrase(question)


def _shared() -> list[click.Parameter]:
    """The options every verb takes. Each stands before or after the verb; the last one counts."""

    def remember(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
        def keep(context: click.Context, _: click.Parameter, value: str | None) -> None:
            if value is not None:
                setattr(context.ensure_object(Run), name, value)

        return keep

    return [
        click.Option(
            ["--data-dir"],
            metavar="DIR",
            expose_value=False,
            callback=remember("data_dir"),
            help="Keep everything under this folder.",
        ),
        click.Option(
            ["--passphrase-file"],
            metavar="FILE",
            expose_value=False,
            callback=remember("passphrase_file"),
            help="Take the passphrase from this file; - is standard input.",
        ),
    ]


class Verb(click.Command):
    """One verb.

    Args:
        no_words: What to say when words stand behind the verb that it does not take: what happened, what to do next.
    """

    def __init__(self, *args: Any, no_words: tuple[str, str] | None = None, **kwargs: Any) -> None:
        kwargs["params"] = [*kwargs.get("params", ()), *_shared()]
        super().__init__(*args, **kwargs)
        self.no_words = no_words


class Verbs(click.Group):
    """A family of verbs, such as `journal`."""

    command_class = Verb

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["params"] = [*kwargs.get("params", ()), *_shared()]
        super().__init__(*args, **{"no_args_is_help": False} | kwargs)
        self.subcommand_metavar = "VERB …"

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb named first. What was typed instead is never repeated: it may be a private word."""
        if args and self.get_command(context, args[0]) is None and not args[0].startswith("-"):
            raise no_such_verb(context, args[0], self.list_commands(context))
        return super().resolve_command(context, args)


def no_such_verb(context: click.Context, typed: str, verbs: Iterable[str]) -> "click.ClickException":
    """An error that names the nearest of our own verbs and repeats nothing of what was typed."""
    from difflib import get_close_matches

    near = get_close_matches(typed, list(verbs), n=1)
    return NoSuchVerb(context.command_path, near[0] if near else "")


class NoSuchVerb(click.UsageError):
    """A word where a verb was expected."""

    def __init__(self, path: str, nearest: str) -> None:
        super().__init__("")
        self.path = path
        self.nearest = nearest
