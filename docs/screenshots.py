"""Makes the pictures in `docs/screenshots/` from the program itself: `.venv/bin/python docs/screenshots.py`.

Nothing in them is anybody's: a vault in memory, a fixed hour. The pictures name no font on a server, so that
looking at one asks nobody for anything.
"""

import asyncio
import os
import re
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from trustkit.companion import Companion
from trustkit.paths import Paths
from trustkit.tui.app import TrustkitApp

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=timezone(timedelta(hours=1)))
TO = Path(__file__).parent / "screenshots"
PICTURES = {
    "today": "go('today')",
    "guides": "go('guides')",
    "practice": "go('practice')",
    "breathe": "breathe",
}
INTO_THE_BREATH = 6.5
"""Seconds after which the first breath in is nearly full."""
FONT_FROM_AFAR = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


async def picture(name: str, action: str, home: Path) -> None:
    companion = Companion.start(Paths.find(home), clock=lambda: NIGHT, ghost=True)
    app = TrustkitApp(companion)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.run_action(action)
        await pilot.pause()
        if name == "breathe":
            await asyncio.sleep(INTO_THE_BREATH)
        svg = app.export_screenshot(title="trustkit")
    (TO / f"{name}.svg").write_text(COMMENT.sub("", FONT_FROM_AFAR.sub("", svg)), encoding="utf-8")


async def main() -> None:
    TO.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name, action in PICTURES.items():
            await picture(name, action, Path(home))


if __name__ == "__main__":
    os.environ["COLORTERM"] = "truecolor"
    asyncio.run(main())
