"""trustkit over a long journal, for measuring keys in a real terminal. Run as a script, in a process of its own.

    journal_app.py DATA          open the app over a journal that `vault_speed.py make` wrote, already unlocked
    journal_app.py DATA long     first add the two long pages, newest of all, as titles `LONG` say

The app's clock stands where that journal ends. The most memory it ever held is written to DATA/memory at the end.
"""

import sys
from datetime import timedelta
from pathlib import Path

import vault_speed
from vault_texts import END, most_memory, text_of

from trustkit.companion import Companion
from trustkit.model.entry import Note
from trustkit.paths import shipped_content
from trustkit.settings import Settings
from trustkit.tui.app import run

LONG = ("One long paragraph", "Many lines")
SIZE = 100 * 1024


def add_long_pages(companion: Companion) -> None:
    """100 KB in one paragraph, and 100 KB in lines."""
    words = " ".join(text_of(number) for number in range(SIZE // 200))
    texts = (words[:SIZE], words[:SIZE].replace(". ", ".\n"))
    for number, (title, text) in enumerate(zip(LONG, texts, strict=True)):
        companion.vault.add(Note(text, title), created=END + timedelta(seconds=number + 1))


def main() -> None:
    data = sys.argv[1]
    paths = vault_speed.at(data)
    vault = vault_speed.unlocked(data)
    companion = Companion(
        type(paths)(shipped_content(), paths.data, paths.cache, paths.config),
        None,
        vault,
        Settings(welcome=False, motion="still", ritual="neither"),
        lambda: END,
    )
    if "long" in sys.argv[2:]:
        add_long_pages(companion)
    run(companion)
    (Path(data) / "memory").write_text(str(most_memory()), encoding="ascii")


if __name__ == "__main__":
    main()
