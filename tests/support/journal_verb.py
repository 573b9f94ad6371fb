"""What tests of `trustkit journal …` begin with: the verb on a sealed vault, and a mark for those at a terminal."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="needs a terminal as POSIX has them")


@pytest.fixture
def journal(trustkit: Callable[..., Any], sealed: object, passphrase_file: Path) -> Callable[..., Any]:
    """Run `trustkit journal …` on the sealed vault; `given` is standard input."""
    del sealed  # asked for so that it is there

    def ran(*words: str | os.PathLike[str], given: str = "") -> Any:
        return trustkit("journal", *words, "--passphrase-file", passphrase_file, given=given)

    return ran
