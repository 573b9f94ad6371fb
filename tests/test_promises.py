"""What content says that trustkit has is there: keys, verbs, pages, settings and actions, by the program's own names.

A guide that promises what does not exist is found out by somebody who needs it. So every file of content is read, and
what it names is looked up: keys among the bindings, verbs and options in the command line, places and actions among
the labels on screen, pages among the titles.
"""

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import trustkit.tui
from trustkit.cli.program import program
from trustkit.library import Library
from trustkit.paths import shipped_content
from trustkit.tui.commands import ALWAYS, GOING, PLACES, key_words
from trustkit.tui.screens import settings as settings_page
from trustkit.tui.screens.reader import SCREENS
from trustkit.tui.widgets.choices import Offer

ROOT = Path(__file__).parents[1]
CONTENT = shipped_content()
FILES = sorted(CONTENT.rglob("*.toml"))
OF_OTHERS = ("sources.toml", "helplines")
"""Files that speak of books and of telephone lines, not of trustkit."""

DAYS_AND_MONTHS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
}  # fmt: skip
NOT_OURS = DAYS_AND_MONTHS | {"Psychiatry"}
"""Capital letters behind a small `in` or `on` that name no place of trustkit's."""
PROSE = {
    "Where notes are", "Locked", "Not kept", "Not your computer",
    "If someone may be hurt tonight, you or anyone else, call your local emergency number first",
}  # fmt: skip
"""Stressed words in a text that speaks of trustkit, and that name nothing in it."""

KEY = re.compile(
    r"\^[a-z]\b|\b[Cc]trl ?[-+] ?\w\b|\b[Ff](?:[1-9]|1[0-2])\b|\b(?:esc|Esc|Escape|Enter|Tab)\b"
    r"|(?<=[Pp]ress )[`'\"]?\w[`'\"]?(?= |$|[.,;:])(?! \w+ into)"
)
NAMED_KEY = re.compile(r"\b[Tt]he (\w+) key\b(?! to )|\b([A-Z]\w+) is one key\b")
PLACE = re.compile(
    r"\b[Oo]pen (?P<open>[A-Z]\w+)"
    r"|\b(?P<has>[A-Z]\w+) (?:has numbers|has a line|lists lines|opens from|is one key|shows (?:whom|who|where)\b)"
    r"|(?<=[a-z,;] )(?:in|on|under) (?P<within>[A-Z]\w+)"
)
TITLED = re.compile(
    r"\b[Pp]age \"([^\"]+)\"|\"([^\"]+)\" (?:has a page|is for you)"
    r"|(?<!\*)\*([^*]+)\*(?!\*),? (?:has a page|is for you)|\b(?:[Oo]pen|[Ss]ee|[Ii]n) \*([^*]+)\*"
)
STRESSED = re.compile(r"\*\*(.+?)\*\*")
TICKED = re.compile(r"`([^`]+)`")
IN_A_COMMENT = re.compile(r"^#\s{2,}(trustkit \S.*?)(?:\s{2,}|$)", re.MULTILINE)


@cache
def keys() -> frozenset[str]:
    """Every key that does something somewhere, as people write it and as the program calls it."""
    bindings = [command.binding() for command in (*ALWAYS, *GOING)]
    for module in pkgutil.walk_packages(trustkit.tui.__path__, "trustkit.tui."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, DOMNode):
                bound = vars(thing).get("BINDINGS", ())
                bindings += (one if isinstance(one, Binding) else Binding(*one) for one in bound)
    names = {name.strip() for binding in bindings for name in binding.key.split(",")}
    return frozenset(name for key in names for name in (key.lower(), key_words(key).lower())) | {"enter", "tab"}


@cache
def commands() -> frozenset[str]:
    """What a key does, by the word that stands for it at the foot."""
    return frozenset(name for one in (*ALWAYS, *GOING) for name in (one.id, one.words, one.words.capitalize()))


@cache
def places() -> frozenset[str]:
    """Names of what can be opened."""
    return frozenset(name for _, _, name, _ in PLACES) | {"Support", "Settings", "Help", "About"}


@cache
def actions() -> frozenset[str]:
    """Labels that can be chosen in Settings, and keys by their names."""
    offers: list[Offer] = []
    for thing in vars(settings_page).values():
        offers += [thing] if isinstance(thing, Offer) else ()
        offers += (one for one in thing if isinstance(one, Offer)) if isinstance(thing, tuple) else ()
    labels = {offer.label for offer in offers} | set(settings_page.LABELS.values()) | set(SCREENS.values())
    return frozenset(labels | {f"The {command.words} key" for command in ALWAYS} | places())


@cache
def titles() -> frozenset[str]:
    """Titles of all that can be read or done."""
    library = Library(CONTENT)
    things = [*library.guides.values(), *library.exercises.values(), *library.signs.values()]
    found = {thing.title for thing in things} | {
        step.title for guide in library.guides.values() for step in guide.steps
    }
    return frozenset(title.rstrip("?.!") for title in found)


@cache
def fields() -> frozenset[str]:
    """What a field of a content file can be called: comments speak of them."""
    grammar = (ROOT / "trustkit" / "library" / "schema.py").read_text(encoding="utf-8")
    return frozenset(re.findall(r'^ +"(\w+)": ', grammar, re.MULTILINE))


def is_command(words: str) -> bool:
    """Whether `trustkit …` names a verb, with options that it has."""
    first, *rest = words.split()
    if first not in ("trustkit", ".venv/bin/trustkit"):
        return False
    command: click.Command = program
    with click.Context(program) as context:
        for word in rest:
            if word.startswith("-"):
                if not any(word in parameter.opts for parameter in command.params):
                    return False
            elif isinstance(command, click.Group):
                found = command.get_command(context, word)
                if found is None:
                    return False
                command = found
    return True


def texts(value: Any) -> Iterator[str]:
    """Every text in a file, each on one line."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def broken_promises(text: str, *, of_others: bool = False) -> list[str]:
    """What a text names as trustkit's and trustkit does not have."""
    broken = [f"`{words}`" for words in TICKED.findall(text) if words.lower() not in keys() and not is_command(words)]
    if of_others:
        return broken
    for found in KEY.finditer(text):
        key = re.sub(r"[Cc]trl ?[-+] ?", "^", found[0].strip("`'\"")).lower()
        if key not in keys() and key != "a":
            broken.append(found[0])
    broken += (found[0] for found in NAMED_KEY.finditer(text) if not {found[1], found[2]} & (commands() | places()))
    for found in PLACE.finditer(text):
        within = found["within"] or ""
        name = found["open"] or found["has"] or within
        if name not in places() and within.rstrip("s") not in NOT_OURS:
            broken.append(found[0])
    for found in TITLED.finditer(text):
        if next(filter(None, found.groups())).rstrip("?.!,") not in titles():
            broken.append(found[0])
    if "trustkit" in text:
        stressed = (words.rstrip(".?!:") for words in STRESSED.findall(text))
        broken += (words for words in stressed if words not in PROSE and words not in actions())
    return broken


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(CONTENT).as_posix())
def test_what_a_file_of_content_names_in_trustkit_is_there(file: Path) -> None:
    raw = file.read_text(encoding="utf-8")
    others = any(part in OF_OTHERS for part in file.relative_to(CONTENT).parts)

    broken = [one for text in texts(tomllib.loads(raw)) for one in broken_promises(text, of_others=others)]
    comments = "\n".join(line for line in raw.splitlines() if line.startswith("#"))
    broken += (words for words in IN_A_COMMENT.findall(comments) if not is_command(words))
    broken += (w for w in TICKED.findall(comments) if w not in fields() and broken_promises(f"`{w}`"))

    assert broken == []


@pytest.mark.parametrize(
    "text",
    [
        "In trustkit: **Delete nothing.** This takes it all.",
        "trustkit has it: **Panic button** for that.",
        "Press ^b to leave.", "Ctrl-B leaves.", "Ctrl+b clears it.", "Press F9 now.", "Press `z` then.", "Press Z.",
        "The panic key clears it.", "Library is one key away.",
        "Open Library first.", "You can open Notes.", "Look it up in Library.", "Rescue has numbers.",
        "Vault shows whom to call.", "It stands in Preferences.",
        "Type `trustkit wipe`.", "Type `trustkit vault burn`.", "Type `trustkit backup --all FILE`.", "Use `wipe`.",
        "The page \"Loud limits\" is for that.", "*Is it nice to work on this?* has a page.", "Open *Stay or fly*.",
    ],
)  # fmt: skip
def test_a_promise_that_nothing_keeps_is_found(text: str) -> None:
    assert broken_promises(text)


@pytest.mark.parametrize(
    "text",
    [
        "In trustkit: **Delete everything.** This takes it all.",
        "Press ^t and breathe.", "Ctrl-T breathes.", "F8 hides.", "Press g, then esc.", "Press a hand to your chest.",
        "The hide key clears it.", "Support is one key away.", "Then open Support.", "It is in Settings.",
        "I went to the shop on Sunday, in March.", "We meet on Fridays.",
        "Type `trustkit backup FILE`.", "`trustkit journal list --tag sleep` lists them.", "`trustkit erase` does it.",
        "The page \"Quiet limits\" is for that.", "*Is it safe to work on this?* has a page.",
    ],
)  # fmt: skip
def test_a_promise_that_is_kept_passes(text: str) -> None:
    assert broken_promises(text) == []
