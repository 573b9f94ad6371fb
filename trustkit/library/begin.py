"""Beginning a file of one's own: a guide from the template, or a copy of something that came with trustkit.

The only place where content is written. A file that is there is never touched.
"""

import os
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from trustkit.errors import NotFound, ReadError, UsageError, WriteError
from trustkit.library.files import FOLDER_OF, NAME_OF, Folder, Place
from trustkit.library.reader import BASE
from trustkit.library.schema import HEADS, Kind
from trustkit.library.shape import ID, corrected
from trustkit.library.slip import nearest, quoted
from trustkit.library.syntax import BrokenError

TEMPLATE: Final = "_template.toml"
"""In the folder of guides; a name that begins with `_` is never read as a guide."""
_KINDS: Final[tuple[Kind, ...]] = ("guide", "exercise", "signs")


def begin(name: str, folder: Path, shipped: Path, *, today: date, copy_of: str = "") -> Path:
    """Write a new file of content, and answer where it lies.

    Args:
        name: The id of the new guide, which is also the name of its file.
        folder: A content folder, made when it is not there; any other folder gets the file itself.
        shipped: The content that came with trustkit.
        today: What `updated` says.
        copy_of: The id of a shipped guide, exercise or sign list to begin with. Where it is `name` itself,
            the copy takes the place of the shipped one.

    Raises:
        UsageError: The name can't be an id, or is taken.
        NotFound: There is nothing to copy by that id.
        ReadError: The template, or what is to be copied, can't be read.
        WriteError: The file can't be written.
    """
    _require_id(name)
    place = _shipped(copy_of, shipped) if copy_of else Place(shipped / BASE / "guides" / TEMPLATE, "guide", BASE)
    if not (copy_of and copy_of == name) and any(_of(kind, name, shipped) for kind in _KINDS):
        happened = f"trustkit has something called {quoted(name)} already."
        raise UsageError(happened, f"Take another name; to change that one, add `--copy-of {name}`.")
    try:
        text = place.read()
    except BrokenError:
        happened = f"{quoted(place.path.name)} of this trustkit can't be read."
        raise ReadError(happened, "Installing trustkit once more brings it back.") from None
    target = _target(folder, place.kind) / f"{name}.toml"
    _write(target, _copied(text, place.kind, name, copy_of) if copy_of else _filled_in(text, name, today))
    return target


def _require_id(name: str) -> None:
    if 2 <= len(name) <= 40 and ID.fullmatch(name):
        return
    better = corrected(name)
    again = f"How about {quoted(better)}?" if better else "As in: when-a-friend-lied."
    happened = "A name has small letters, digits and single hyphens, 2 to 40 of them, and begins with a letter."
    raise UsageError(happened, again)


def _of(kind: Kind, name: str, shipped: Path) -> Place | None:
    return next((place for place in Folder(shipped).things(kind, BASE) if place.stem == name), None)


def _shipped(name: str, shipped: Path) -> Place:
    for kind in _KINDS:
        if place := _of(kind, name, shipped):
            return place
    known = [place.stem for kind in _KINDS for place in Folder(shipped).things(kind, BASE)]
    close = nearest(name, known)
    do_next = (
        f"The nearest: {', '.join(close)}." if close else "`trustkit read` and `trustkit practice list` name them."
    )
    raise NotFound("trustkit has nothing by that name to copy.", do_next)


def _target(folder: Path, kind: Kind) -> Path:
    """Where a file of this kind goes: into its place in a content folder, else into the folder as it is."""
    content = folder.name == "content" or (folder / BASE).is_dir() or (folder / BASE / NAME_OF["pack"]).exists()
    return folder / BASE / FOLDER_OF[kind] if content else folder


def _filled_in(text: str, name: str, today: date) -> str:
    """The template with the name, a title made from it, and the day."""
    title = name.replace("-", " ").capitalize()
    text = text.replace("my-guide", name)
    text = re.sub(r'^title = "[^"]*"', f'title = "{title}"', text, count=1, flags=re.M)
    return re.sub(r"^updated = \S+", f"updated = {today.isoformat()}", text, count=1, flags=re.M)


def _copied(text: str, kind: Kind, name: str, copy_of: str) -> str:
    """What was shipped, under its own id as a replacement, or under another as something new."""
    if name == copy_of:
        note = "# This file stands in place of the one that came with trustkit. Delete it, and that one is back."
        return re.sub(rf"^(\[{HEADS[kind]}\])", rf"{note}\n\1\nreplaces = true", text, count=1, flags=re.M)
    text = re.sub(r"^was = .*\n", "", text, flags=re.M)
    return re.sub(rf'^id = "{copy_of}"', f'id = "{name}"', text, count=1, flags=re.M)


def _write(target: Path, text: str) -> None:
    """For this account alone, like everything that trustkit writes; a file that is there stays as it is."""
    try:
        for folder in reversed([target.parent, *target.parent.parents]):
            if not folder.is_dir():
                folder.mkdir(mode=0o700)
    except OSError as error:
        raise _unwritten(target, error) from None
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        happened = f"There is a file {quoted(target, 4096)} already, and it was left as it is."
        raise UsageError(happened, "Take another name, or open that file.") from None
    except OSError as error:
        raise _unwritten(target, error) from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(text.encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        with suppress(OSError):
            target.unlink()
        raise _unwritten(target, error) from None


def _unwritten(target: Path, error: OSError) -> WriteError:
    reason = error.strerror or "no reason given"
    happened = f"{quoted(target, 4096)} can't be written: {reason}."
    return WriteError(happened, "Name another folder with --folder, or look at what this one allows.")
