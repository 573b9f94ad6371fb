"""Content: TOML in, models out, and the validator that tells authors what is wrong and where."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from trustkit.library.files import place_of
from trustkit.library.load import Library
from trustkit.library.slip import Slip
from trustkit.library.standin import EMERGENCY

if TYPE_CHECKING:
    from trustkit.library.tryout import Tryout

__all__ = ["EMERGENCY", "Library", "Slip", "check", "check_file", "place_of", "try_out"]


def check(folder: Path, *, today: date, coverage: Path | None = None, shipped: Path | None = None) -> list[Slip]:
    """Every problem in a content folder, sorted by file and line. See `validate.check`."""
    from trustkit.library import validate  # readers of guides need none of it

    return validate.check(folder, today=today, coverage=coverage, shipped=shipped)


def check_file(path: Path, *, today: date, shipped: Path | None = None) -> list[Slip]:
    """Every problem in one file, its references looked up in the shipped content. See `validate.check_file`."""
    from trustkit.library import validate

    return validate.check_file(path, today=today, shipped=shipped)


def try_out(path: Path, *, today: date, shipped: Path | None = None) -> "Tryout":
    """A file as a reader would meet it, however unfinished. See `tryout.try_out`."""
    from trustkit.library import tryout

    return tryout.try_out(path, today=today, shipped=shipped)
