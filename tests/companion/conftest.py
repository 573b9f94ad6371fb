"""A companion over a real journal."""

from collections.abc import Callable
from datetime import datetime

import pytest

from trustkit import settings, vault
from trustkit.companion import Companion
from trustkit.library import Library
from trustkit.paths import Paths


@pytest.fixture
def sealed(paths: Paths, clock: Callable[[], datetime]) -> Companion:
    """A sealed vault, unlocked."""
    made = vault.create_sealed(paths, "plum otter lantern", clock=clock, log_n=4)
    return Companion(paths, Library(paths.content, paths.own_content), made, settings.Settings(), clock)
