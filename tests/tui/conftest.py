"""Companions for screens: real content, cheap vaults, a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from trustkit import settings, vault
from trustkit.companion import Companion
from trustkit.library import Library
from trustkit.paths import Paths

PASSPHRASE = "plum otter lantern"
CHEAP = 4
"""log N of a vault made for a test."""


@pytest.fixture
def ghost(paths: Paths, clock: Callable[[], datetime]) -> Companion:
    """Keeps nothing."""
    return Companion.start(paths, clock=clock, ghost=True)


@pytest.fixture
def first_run(paths: Paths, clock: Callable[[], datetime]) -> Companion:
    """Nothing was chosen yet."""
    companion = Companion.start(paths, clock=clock)
    companion.new_key_work = CHEAP
    return companion


@pytest.fixture
def sealed(paths: Paths, clock: Callable[[], datetime]) -> Iterator[Companion]:
    """A sealed vault, unlocked."""
    made = vault.create_sealed(paths, PASSPHRASE, clock=clock, log_n=CHEAP)
    companion = Companion(paths, Library(paths.content), made, settings.Settings(), clock)
    yield companion
    companion.vault.close()


@pytest.fixture
def opened(paths: Paths, clock: Callable[[], datetime]) -> Companion:
    """An open vault."""
    return Companion(paths, Library(paths.content), vault.create_open(paths, clock=clock), settings.Settings(), clock)
