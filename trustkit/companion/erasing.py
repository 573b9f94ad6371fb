"""Erasing everything: what goes, listed in words, what may remain elsewhere, and the removal itself.

No passphrase is asked for: somebody may have to be rid of a journal quickly. Everything here reads or writes files:
call it from a thread.
"""

import os
import sys
from pathlib import Path
from typing import Final

from trustkit.companion import outside_editor
from trustkit.errors import ExitCode, UsageError
from trustkit.library.files import FOLDERS, SINGLE
from trustkit.library.shape import TAG
from trustkit.model.frozen import frozen
from trustkit.paths import Paths
from trustkit.settings import is_settings_file
from trustkit.vault import cloud_folder, is_busy
from trustkit.vault.erase import ORDER, Kept, Kind, is_temporary, remove, remove_empty
from trustkit.vault.erase import Found as Found
from trustkit.vault.erase import Thing as Thing
from trustkit.vault.erase import search_cache as _search_cache
from trustkit.vault.erase import search_data as _search_data

WORD: Final = "erase"
"""What is typed to say yes."""
NOTHING: Final = "Nothing of trustkit's is here."
GONE: Final = "Everything that trustkit kept here is gone."
AGAIN: Final = "`trustkit erase` once more goes on where it stopped."
BUSY: Final = (
    "Another window is changing the key or sealing this journal right now. It may write again afterwards: close it, "
    "then run `trustkit erase` once more."
)
INSIDE: Final = (
    "That backup would lie in a folder that is being erased.",
    "Name a place outside it; nothing was erased.",
)
NAMED: Final = 8
"""Files of one sort that are named one by one; of more, the number is told."""

_WORDS: Final[dict[Kind, tuple[str, str]]] = {
    "key": ("key file", "key files"),
    "sealed": ("sealed file of the journal", "sealed files of the journal"),
    "clear": ("file of the journal that is not sealed", "files of the journal that are not sealed"),
    "draft": ("draft", "drafts"),
    "edited": ("page that was left over from your own editor", "pages that were left over from your own editor"),
    "index": ("file of the search index and the like", "files of the search index and the like"),
    "content": ("guide or exercise of your own", "guides and exercises of your own"),
    "settings": ("file of settings", "files of settings"),
    "sync": ("note for git and Syncthing", "notes for git and Syncthing"),
    "temporary": ("lock or half-written file", "locks and half-written files"),
}
_HISTORIES: Final = {
    "bash": "`history | grep trustkit` shows them; `history -d NUMBER` takes one out, `history -w` keeps it so.",
    "zsh": "`grep -n trustkit ~/.zsh_history` shows them; take those lines out in an editor, other windows closed.",
    "fish": "`history search --contains trustkit` shows them; `history delete --contains trustkit` takes them out.",
    "powershell": "`Select-String trustkit (Get-PSReadLineOption).HistorySavePath` shows them, with the file to edit.",
}
_ANY_HISTORY: Final = "Look through your shell's history file for lines with `trustkit`, and take them out."


@frozen
class Outcome:
    """What an erasure came to."""

    refused: tuple[Kept, ...]
    """What could not be removed, and why."""
    left: Found
    """What a second look found."""

    @property
    def code(self) -> ExitCode:
        """What the shell is told."""
        if self.refused or self.left.unread:
            return ExitCode.CANNOT_READ_OR_WRITE
        return ExitCode.PROBLEM_FOUND if self.left.things else ExitCode.DONE


def find(paths: Paths) -> Found:
    """Everything that trustkit wrote and can find. Opens nothing and changes nothing."""
    found = Found()
    own = paths.own_content
    _search_data(found, paths.data, {own, paths.cache, paths.config, paths.settings_file})
    _search_cache(found, paths.cache)
    _search_settings(found, paths)
    if own.is_symlink() or os.path.realpath(own) == os.path.realpath(paths.content):
        found.others.append(own)  # a checkout of trustkit itself, or somewhere else
    elif own.is_dir():
        found.walk(own, paths.data, lambda path: _content(path.relative_to(own).parts))
    for left in outside_editor.leftovers():
        found.things.append(Thing("edited", left, left.parent))
    found.folders += ((root, root) for root in _roots(paths) if _is_empty(root))
    return found


def _search_settings(found: Found, paths: Paths) -> None:
    apart = paths.config != paths.data
    for entry in found.listed(paths.config):
        path = Path(entry.path)
        if path == paths.settings_file:
            ours = entry.is_file(follow_symlinks=False) and is_settings_file(path)
            found.take("settings" if ours else None, path, paths.config)
        elif apart:
            ours = entry.is_file(follow_symlinks=False) and is_temporary(entry.name)
            found.take("temporary" if ours else None, path, paths.config)


def _content(parts: tuple[str, ...]) -> Kind | None:
    """The kind of a file in a reader's content folder: one that trustkit reads, or what an editor keeps of it."""
    name = parts[-1]
    match parts[:-1]:
        case ():
            ours = "sources.toml" in name
        case ("helplines",):
            ours = ".toml" in name
        case (language,):
            ours = bool(TAG.fullmatch(language)) and any(single in name for single in SINGLE)
        case (language, folder):
            ours = bool(TAG.fullmatch(language)) and folder in FOLDERS and ".toml" in name
        case _:
            ours = False
    return "content" if ours else None


def _roots(paths: Paths) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((paths.data, paths.cache, paths.config)))


def _is_empty(folder: Path) -> bool:
    try:
        return next(folder.iterdir(), None) is None
    except OSError:
        return False


def erase(paths: Paths, found: Found) -> Outcome:
    """Remove what was found, key files first, and look once more.

    Whatever stops it in the middle, what is gone is gone and the rest goes the next time.
    """
    edited = ORDER.index("edited")
    refused = remove(thing for thing in found.things if ORDER.index(thing.kind) < edited)
    for thing in found.things:
        if thing.kind == "edited":
            outside_editor.wipe(thing.path)
    refused += remove(thing for thing in found.things if ORDER.index(thing.kind) > edited)
    remove_empty([*found.folders, *((root, root) for root in _roots(paths))])
    return Outcome(tuple(refused), find(paths))


def refuse_inside(paths: Paths, target: Path) -> None:
    """Before a backup that is to be kept is made. Raises UsageError where it would be erased, too."""
    place = Path(os.path.realpath(target))
    if any(place.is_relative_to(os.path.realpath(root)) for root in _roots(paths)):
        raise UsageError(*INSIDE)


# In words


def told(found: Found) -> list[str]:
    """What goes, by kind and place: a line for each."""
    lines = []
    for kind in ORDER:
        things = [thing.path for thing in found.things if thing.kind == kind]
        if things:
            words = _WORDS[kind][len(things) > 1]
            lines.append(f"{len(things)} {words}, in {_short(_place(things))}")
            if kind == "key":
                lines[-1] += f" ({_listed([thing.name for thing in things])})"
    if not lines and found.folders:
        lines.append(f"empty folders: {_listed([_short(folder) for folder, _ in found.folders])}")
    return lines


def staying(found: Found) -> list[str]:
    """What is in those folders and is not trustkit's; what can't be looked into. Nothing where there is none."""
    lines = []
    if found.others:
        lines.append(f"Not trustkit's, so it stays: {_listed([_short(path) for path in found.others])}.")
    lines += (f"{_short(kept.path)} can't be looked into: {kept.reason}." for kept in found.unread)
    return lines


def ended(outcome: Outcome) -> list[str]:
    """How it went: one sentence, or what is left and why."""
    if outcome.code is ExitCode.DONE:
        return [GONE]
    reasons = {kept.path: kept.reason for kept in (*outcome.left.unread, *outcome.refused)}
    lines = [f"{_short(path)} could not be removed: {reason}." for path, reason in list(reasons.items())[:NAMED]]
    more = len(outcome.left.things)
    if more:
        lines.append(f"{more} {'file is' if more == 1 else 'files are'} still here: {'; '.join(told(outcome.left))}.")
    return [*lines, AGAIN]


def interrupted(paths: Paths) -> list[str]:
    """What is left after it was stopped in the middle."""
    left = find(paths)
    return [GONE] if left.nothing else ["Stopped in the middle. Still here:", *told(left), AGAIN]


def remaining(paths: Paths) -> list[str]:
    """What no program can promise to have removed: where to look, and what to type there."""
    folder = _short(paths.data)
    lines = ["Backups and exports that you made, and journals in other folders (`--data-dir`, `restore --into`)."]
    service = cloud_folder(paths.data)
    copied = f"{service} seems to copy {folder}." if service else "A cloud or a sync program may have copies."
    lines.append(
        f"Other devices. {copied} What is deleted here may be deleted there too, or come back from there: "
        "turn the syncing off."
    )
    if os.path.lexists(paths.data / ".git"):
        lines.append(f"Git's history in {folder}: every page it ever recorded. Delete its `.git` folder, too.")
    lines += [
        "Snapshots and backups that this computer makes by itself; and on flash disks (SSD, USB stick), deleted files "
        "can sometimes be brought back for a while. Sealed pages stay sealed: they open only with a key file and the "
        "passphrase, or with the recovery key.",
        f"Your shell's history. It has the commands you typed, `trustkit …` or `.venv/bin/trustkit …`, this one too. "
        f"{_HISTORIES.get(_shell(), _ANY_HISTORY)}",
        "What was printed in a terminal window, until the window is closed.",
        f"The program itself, in {_short(Path(sys.prefix))}.",
        "If trustkit is open in another window, it may write again: close it, then run `trustkit erase` once more.",
    ]
    return lines


def busy(paths: Paths) -> bool:
    """Whether another process is changing the key or sealing the journal."""
    return is_busy(paths)


def _shell() -> str:
    return "powershell" if os.name == "nt" else os.path.basename(os.environ.get("SHELL", ""))  # noqa: PTH119


def _place(things: list[Path]) -> Path:
    """The folder that all of these lie in."""
    return Path(os.path.commonpath([thing.parent for thing in things]))


def _short(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path != home and path.is_relative_to(home) else str(path)


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
