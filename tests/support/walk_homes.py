"""Where walks begin: nothing chosen yet, a sealed journal or an open one, with private words that may be recognised."""

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from trustkit.model.entry import Answers, Draft, Note, Practice
from trustkit.paths import Paths
from trustkit.vault import create_open, create_sealed

BEGINNINGS = ("first run", "sealed", "open")
PASSPHRASE = "plum otter lantern"
CANARIES = ("zebrafinch", "quillwort", "ormolu", "samovar")
"""One word of a title, of a page, of a draft and of an exercise that was kept: no shipped words hold any of them."""
WROTE = "wagtail"
"""What is written on a walk."""
CHEAP = 10
"""log N: the real cost has a test of its own."""
SETTLED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def make_home(folder: Path, beginning: str) -> None:
    """Lay a beginning out under this folder, which must not exist."""
    if beginning == "first run":
        return
    shutil.copytree(_made(beginning), folder)


@cache
def _made(beginning: str) -> Path:
    """Made once in a process: pages, a draft, an exercise that was kept, and a practice."""
    folder = Path(tempfile.mkdtemp(prefix="trustkit-walk-")) / "home"
    paths = Paths.find(folder)
    title, page, draft, answer = CANARIES
    moments = iter(SETTLED + timedelta(hours=hours) for hours in range(1000))

    def clock() -> datetime:
        return next(moments)

    if beginning == "sealed":
        vault = create_sealed(paths, PASSPHRASE, clock=clock, log_n=CHEAP)
    else:
        vault = create_open(paths, clock=clock)  # type: ignore[assignment]
    vault.add(Note(f"The {page} grew by the window.", f"A {title} in the morning", ("garden",)))
    vault.add(Note(f"Only a line about the {page}.", distress=6))
    vault.add(Note("Kept apart from the others.", f"{title} again".capitalize()), private=True)
    vault.add(Note(f"The {page} once more.\n\nA second part.", tags=("garden", "morning")))
    vault.add(Answers("worry-park", 1, rows=({"worry": f"The {answer} may boil over"},)))
    began = clock()
    vault.add(Practice("breath-long-out", 1, began, began + timedelta(minutes=3), 6, 4))
    vault.save_draft(Draft(vault.new_id(), Note(f"An {draft} that isn't done"), clock()))
    vault.close()
    return folder
