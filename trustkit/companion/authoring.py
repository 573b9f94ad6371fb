"""What authors of content need: finding a file by its name, checking it, beginning one, trying one out.

No reader's companion has any of this; the verbs `check`, `preview` and `new-guide` call it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from trustkit.companion import Companion
    from trustkit.companion.holding import Clock
    from trustkit.library import Slip
    from trustkit.library.tryout import Tryout as Tryout
    from trustkit.paths import Paths

_KINDS: Final = ("guide", "exercise", "signs")


def find_content(paths: Paths, typed: Path) -> Path:
    """The file or folder meant: what was typed, else the reader's own or the shipped file of that name."""
    if typed.exists() or len(typed.parts) != 1:
        return typed
    from trustkit.library.files import Folder

    for folder in (Folder(paths.own_content), Folder(paths.content)):
        for language in folder.languages():
            for kind in _KINDS:
                for place in folder.things(kind, language):
                    if place.stem == typed.name.removesuffix(".toml"):
                        return place.path
    return typed


def check_content(paths: Paths, typed: Path | None, *, coverage: Path | None = None, today: date) -> list[Slip]:
    """Every slip in a folder of content, or in one file of it; see `trustkit.library.check`.

    Args:
        paths: Where the reader's own content and the shipped content lie.
        typed: A folder, a file, or the name of a guide, exercise or sign list; None is the shipped content
            and the reader's own.
        coverage: The ideas that must be covered, for a folder.
        today: The day that ages are counted to.

    Raises:
        ReadError: there is nothing there that can be read.
    """
    from trustkit.library import check, check_file  # what only authors need

    if typed is None:
        own = check(paths.own_content, today=today) if has_own_content(paths) else []
        return [*check(paths.content, coverage=coverage, today=today), *own]
    found = find_content(paths, typed)
    return check(found, coverage=coverage, today=today) if found.is_dir() else check_file(found, today=today)


def has_own_content(paths: Paths) -> bool:
    """Whether the reader's own content folder holds anything."""
    try:
        return any(paths.own_content.iterdir())
    except OSError:
        return False


def begin_content(paths: Paths, name: str, *, folder: Path | None, today: date, copy_of: str = "") -> Path:
    """Write a new guide from the template, or a copy of something shipped; see `trustkit.library.begin`."""
    from trustkit.library.begin import begin

    return begin(name, folder or paths.own_content, paths.content, today=today, copy_of=copy_of)


def try_content(paths: Paths, typed: Path, *, clock: Clock) -> tuple[Companion, Tryout]:
    """A file as a reader would meet it, and a companion that knows it as if it were ready and keeps nothing.

    Raises:
        ReadError: there is no such file, or nothing tells what it holds.
    """
    from trustkit import settings as settings_file
    from trustkit.companion import Companion
    from trustkit.library import try_out

    tried = try_out(find_content(paths, typed), today=clock().date())
    settings, _ = settings_file.load(paths.settings_file)
    companion = Companion(paths, tried.library, None, settings, clock)
    companion.keep_nothing()
    return companion, tried
