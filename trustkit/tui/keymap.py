"""Which key does what, once a reader's settings moved some: an action never loses its key without a word.

Textual's own keymap drops whatever stood on a key before. Hide, lock and Support may not be lost that way, so a
moved key is looked at first, and where it can't be taken the usual one stays.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from textual.binding import Binding
from textual.keys import key_to_character

from trustkit.model.frozen import frozen
from trustkit.tui.commands import ALWAYS, GOING, Command, key_words

PAGE_KEYS: Final = frozenset({"ctrl+n", "ctrl+r", "ctrl+s", "f4"})
"""Keys that work while typing and that single pages use themselves."""
WHILE_TYPING: Final = re.compile(r"ctrl\+[a-gk-ln-z]|((ctrl|shift|alt)\+)?f([1-9]|1[0-2])|f(1[3-9]|2[0-4])")
"""Keys that every terminal sends and that type nothing. Ctrl with h, i, j or m is backspace, tab and enter."""
COMMANDS: Final[dict[str, Command]] = {command.id: command for command in (*ALWAYS, *GOING)}


@frozen
class Moved:
    """The keys in force where they differ from the usual, and what was passed over."""

    keys: dict[str, str]
    """The id of an action to its keys, as Textual names them, with commas between."""
    slips: tuple[str, ...]
    """Two sentences each: what was passed over, and what holds in its place."""


def moved_keys(wanted: Mapping[str, str]) -> Moved:
    """The keys that a reader's settings really move.

    Args:
        wanted: The id of an action to its new keys, as the settings have them.
    """
    slips: list[str] = []
    chosen: dict[str, list[str]] = {}
    for name, keys in wanted.items():
        if name not in COMMANDS:
            near = get_close_matches(name.lower(), COMMANDS, 1, 0.6)
            told = f"The nearest is {near[0]!r}." if near else f"There are: {', '.join(COMMANDS)}."
            slips.append(f"settings.toml: no key belongs to {name!r}. {told}")
            continue
        command, before = COMMANDS[name], len(slips)
        given = [_as_textual_names_it(key) for key in keys.split(",") if key.strip()]
        good = [key for key in given if not _against(command, key)]
        if good:
            chosen[name] = good
        slips += [
            f"settings.toml: {name} can't be on {key_words(key)!r}: {_against(command, key)}. "
            for key in given
            if key not in good
        ]
        if not given:
            slips.append(f"settings.toml: no key is given for {name}. ")
        slips[before:] = [slip + _holds(command, chosen) for slip in slips[before:]]
    _give_back_what_collides(chosen, slips)
    return Moved({name: ",".join(keys) for name, keys in chosen.items()}, tuple(slips))


def _give_back_what_collides(chosen: dict[str, list[str]], slips: list[str]) -> None:
    """One action a key. An action on its usual key keeps it; then those that protect come first."""
    while True:
        owner = {key: c.id for c in COMMANDS.values() if c.id not in chosen for key in c.keys.split(",")}
        lost: tuple[str, str] | None = None
        for name in (name for name in COMMANDS if name in chosen):
            for key in chosen[name]:
                if owner.setdefault(key, name) != name:
                    lost = name, key
        if lost is None:
            return
        name, key = lost
        chosen[name].remove(key)
        if not chosen[name]:
            del chosen[name]  # its usual key is in force again, and whatever was moved onto that gives way in turn
        told = f"settings.toml: {name} can't be on {key_words(key)!r}: that is the key of {owner[key]}. "
        slips.append(told + _holds(COMMANDS[name], chosen))


def _as_textual_names_it(key: str) -> str:
    """A key by the name that Textual knows: `?` is `question_mark`; `^g`, `Ctrl-G` and `C-g` are `ctrl+g`."""
    key = key.strip()
    if len(key) > 1:
        key = re.sub(r"^\^(?=.)|^(ctrl|control|c)[-+]", "ctrl+", key.lower())
        key = re.sub(r"^(shift|alt)-", r"\1+", key)
    return next(iter(Binding.make_bindings([Binding(key, "")]))).key


def _against(command: Command, key: str) -> str:
    """What speaks against this key for it; empty where nothing does."""
    if key in PAGE_KEYS:
        return "some pages use that themselves"
    if WHILE_TYPING.fullmatch(key):
        return ""
    if command.everywhere:
        return "it must work while typing, like ctrl+y or f9"
    character = key_to_character(key)
    return "" if character is not None and character.strip() else "not every terminal sends that"


def _holds(command: Command, chosen: Mapping[str, list[str]]) -> str:
    """The keys it has in the end."""
    return (
        f"It stays on {key_words(command.keys)}."
        if command.id not in chosen
        else (f"It is on {', '.join(key_words(key) for key in chosen[command.id])}.")
    )
