"""Locked or hidden, nothing that Python still knows of holds a word of the reader's, or a key.

What the interpreter freed may still stand in memory until something else is written there; nobody can promise more
from here. But no screen, undo history, cache or half-done task may hold on to it.
"""

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from app_driver import Driver, driving
from textual.widgets import Input, TextArea

from trustkit.companion import Companion
from trustkit.model.entry import Answers, Note, Record
from trustkit.model.exercise import Grounding, Moment
from trustkit.tui.players.playing import player_for
from trustkit.tui.screens.entry_view import EntryScreen
from trustkit.tui.screens.numbers import NumbersScreen
from trustkit.tui.screens.side_by_side import ThenAndNow
from trustkit.tui.screens.support import SupportScreen
from trustkit.tui.screens.tags import TagsScreen
from trustkit.tui.screens.trash import TrashScreen
from trustkit.tui.screens.versions import VersionsScreen
from trustkit.vault.age import Identity

STEPS = 8
"""Pages that an exercise may show before it asks for words."""
LOOKS = 60
"""Looks at memory before a test gives up; each takes some tenths of a second."""
OF_OTHERS: list[Identity] = []
"""Keys that other tests hold on to."""
SYLLABLES = ("Zug", "vogel")


def canary() -> str:
    """A word that stands in no program. Put together anew each time, so that no constant holds it."""
    return "".join(SYLLABLES)


def still_held() -> list[str]:
    """What still holds the word, as far as Python knows: kinds of things and what they hold, the word left out."""
    wanted = canary()
    found = ["a key" for thing in gc.get_objects() if isinstance(thing, Identity) and thing not in OF_OTHERS]
    for thing in gc.get_objects():
        found += (
            f"{type(thing).__module__}.{type(thing).__qualname__} holding {held!r:.80}".replace(wanted, "…")
            for held in gc.get_referents(thing)
            if (isinstance(held, str) and wanted in held and held is not wanted)
            or (isinstance(held, bytes | bytearray) and wanted.encode() in held)
        )
    return found


@pytest.fixture
def written(sealed: Companion) -> Companion:
    """Everything a reader may keep, with the word in it."""
    word = canary()
    vault = sealed.vault
    first = vault.add(Note(f"{word} came late\n\nAgain.", title=f"{word}, a title", tags=(f"{word}-tag",)))
    vault.revise(first.id, Note(f"{word} came later", title=f"{word}, a title", tags=(f"{word}-tag",)))
    vault.add(Note(f"And {word} went.", feelings=(f"{word}ish",)))
    vault.delete(vault.add(Note(f"Gone, {word}")).id)
    vault.add(Answers("three-lines", 1, {"came": f"{word} came"}))
    vault.add(Record("promise-log", 1, {"promise": f"{word} will call", "kept": True, "due": date(2026, 11, 22)}))
    sealed.keep_number(f"{word}'s sister", "050 123 4567")
    base = sealed.begin_own("card")
    made = replace(base, title=f"Kind words of {word}", body=Grounding((Moment(f"{word} said so."),)))
    sealed.keep_own(made, base)
    return sealed


async def walk(d: Driver, companion: Companion) -> None:
    """Every page that shows what a reader keeps; then search for it, and write some more."""
    pages = companion.vault.summaries()
    page = next(one for one in pages if one.title.endswith("a title"))
    other = next(one for one in pages if one.id != page.id and one.kind == "note")
    for screen in (
        EntryScreen(companion, page.id),
        VersionsScreen(companion, page.id),
        ThenAndNow(companion, page.id, other.id),
        TrashScreen(companion),
        TagsScreen(companion),
        SupportScreen(companion),
        NumbersScreen(companion),
    ):
        await d.press("j")
        d.app.push_screen(screen)
        await d.until(canary())
        await d.press("escape")
    for key in ("p", "v", "t"):
        await d.press(key)
    await d.press("j", "slash")
    await d.press(*canary())
    await d.until("a title")


async def begin_a_page(d: Driver) -> None:
    await d.press("escape", "escape", "t", "j", "w")
    await d.press(*f"I {canary()} too", "ctrl+z")
    await d.press(*canary())
    await d.until(canary())


@pytest.fixture(autouse=True)
def _only_what_trustkit_frees() -> Iterator[None]:
    """Python's own collector would help out, sooner or later.

    An open vault of a test before may have had everything passed over, the keys of other tests with it. `get_objects`
    does not name them until the next lock, and they would be taken for the reader's then.
    """
    gc.unfreeze()
    gc.collect()
    OF_OTHERS[:] = [thing for thing in gc.get_objects() if isinstance(thing, Identity)]
    gc.disable()
    yield
    gc.enable()


async def nothing_is_left(d: Driver) -> None:
    """Wait until nothing holds the word any more, however long the last tasks of a page take."""
    left = still_held()
    for _ in range(LOOKS):
        if not left:
            return
        await d.pilot.pause(0.05)
        left = still_held()
    raise AssertionError(left)


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+g"])
async def test_after_locking_and_after_hiding(key: str, written: Companion) -> None:
    async with driving(written) as d:
        await walk(d, written)
        await begin_a_page(d)
        assert still_held()
        await d.press(key)
        assert written.vault.locked
        await nothing_is_left(d)


@pytest.mark.parametrize("exercise", ["journal-free", "i-statement", "promise-log", "boundary-list"])
async def test_what_was_typed_into_an_exercise(exercise: str, sealed: Companion) -> None:
    async with driving(sealed) as d:
        d.app.push_screen(player_for(sealed.library.exercise(exercise), sealed))
        for _ in range(STEPS):
            if isinstance(d.app.focused, TextArea | Input):
                break
            await d.press("enter")
        await d.press(*f"x {canary()} y", "backspace")
        await d.until(canary())
        await d.press("enter")
        await d.press("ctrl+g")
        assert sealed.vault.locked
        await nothing_is_left(d)
