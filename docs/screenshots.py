"""Makes the pictures in `docs/screenshots/` from the program itself: `python docs/screenshots.py`.

Nothing in them is anybody's: a vault in memory, a fixed hour, made-up words.
"""

import asyncio
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from trustkit.companion import Companion
from trustkit.paths import Paths
from trustkit.tui.app import TrustkitApp

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=timezone(timedelta(hours=1)))
TO = Path(__file__).parent / "screenshots"
SIZES = {"": (80, 24), "-small": (40, 15)}
PLACES = ("today", "guides", "practice", "journal", "patterns")


async def picture(name: str, home: Path, size: tuple[int, int], place: str) -> None:
    companion = Companion.start(Paths.find(home), clock=lambda: NIGHT, ghost=True)
    app = TrustkitApp(companion)
    async with app.run_test(size=size) as pilot:
        if place != "today":
            await app.run_action(f"go('{place}')")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        (TO / f"{name}.svg").write_text(app.export_screenshot(title="trustkit"), encoding="utf-8")


async def main(only: str) -> None:
    TO.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for suffix, size in SIZES.items():
            for place in PLACES:
                name = place + suffix
                if only in ("", name):
                    await picture(name, Path(home), size, place)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else ""))
