"""Nothing that may wait for the disk, or for a passphrase's work, happens where keys are read and screens drawn."""

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from app_driver import Driver, driving

from trustkit import vault
from trustkit.companion import Companion
from trustkit.model.entry import Mark, Note
from trustkit.paths import Paths
from trustkit.vault import age
from trustkit.vault.folder import DiskFolder

PASSPHRASE = "plum"
SLOW = ("read", "write_new", "replace", "remove", "scan", "names")
AT_ONCE = "action_lock"
"""Locking waits for nobody: what is not sealed yet is sealed before the next key is read."""


@dataclass
class Watch:
    """Who asked the vault's folders, or scrypt, for something."""

    on_the_loop: list[str] = field(default_factory=list)
    """In which functions of trustkit."""
    in_locking: int = 0
    elsewhere: int = 0
    """In threads, where waiting does no harm."""

    def over(self, monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
        """Note every call of a function from now on."""
        real: Callable[..., object] = getattr(where, name)
        loop = threading.get_ident()

        def asked(*values: object, **named: object) -> object:
            if threading.get_ident() != loop:
                self.elsewhere += 1
            else:
                callers = [frame for frame in traceback.extract_stack()[:-1] if "/trustkit/" in frame.filename]
                if any(frame.name == AT_ONCE for frame in callers):
                    self.in_locking += 1
                elif any("/trustkit/tui/" in frame.filename for frame in callers):
                    self.on_the_loop.append(f"{name}: {' > '.join(frame.name for frame in callers)}")
            return real(*values, **named)

        monkeypatch.setattr(where, name, asked)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Over everything that waits for the disk or works hard."""
    watch = Watch()
    for name in SLOW:
        watch.over(monkeypatch, DiskFolder, name)
    watch.over(monkeypatch, age, "_scrypt_key")
    return watch


async def typed(d: Driver, words: str) -> None:
    await d.press(*("space" if letter == " " else letter for letter in words))


async def write(d: Driver, words: str) -> None:
    await d.press("w")
    await d.until("One line is enough.")
    await typed(d, words)
    await d.press("ctrl+s")
    await d.until("Keep this note?")
    await d.press("enter")
    await d.until("Saved.")
    await d.press("escape")


async def test_from_the_door_to_leaving_the_loop_never_waits_for_the_journal(
    paths: Paths, clock: Callable[[], datetime], watch: Watch
) -> None:
    made = vault.create_sealed(paths, PASSPHRASE, clock=clock, log_n=4)
    for number in range(3):
        made.add(Note(f"page {number}"))
    made.add(Mark("guide", "step", "done"))
    made.close()
    companion = Companion.start(paths, clock=clock)
    async with driving(companion) as d:
        await typed(d, PASSPHRASE)
        await d.press("enter")
        await d.until("How are you right now?")
        await d.press("5")
        await write(d, "hello")
        await d.press("j")
        await d.until("page 2", "hello")
        await d.press("slash")
        await typed(d, "page")
        await d.press("escape")
        await d.press("d")
        await d.until("Move this to the trash?")
        await d.press("enter")
        await d.until("hello")  # whichever page was the newest of three in one second is gone; this one stays
        for place in ("g", "p", "a", "t"):
            await d.press(place)
        await d.press("comma")
        await d.choose("Breathing patterns with a hold: hidden")
        await d.until("Breathing patterns with a hold: shown")
        await d.press("escape")
        await d.press("ctrl+l")
        await d.until("Passphrase")
    assert watch.on_the_loop == []
    assert watch.elsewhere > 20  # the watch does see, in threads
    assert watch.in_locking > 0  # and on the loop
