"""What may stand in clear: how trustkit looks and behaves, and nothing that a reader said or did.

One small TOML file. Whatever is wrong in it is reported and passed over; it never stops trustkit.
It is written only when a reader changes something, so that "keep nothing" leaves no trace.
"""

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from trustkit.errors import WriteError

_LIMIT: Final = 64 * 1024
"""Bytes; a settings file is under one kilobyte."""

ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "theme": ("night", "day", "contrast", "terminal"),
    "motion": ("full", "still"),
    "figure": ("orb", "bar", "words"),
    "ritual": ("offer", "before", "after", "neither"),
    "hide_view": ("nothing", "prompt"),
    "bell": ("off", "soft"),
}
RANGES: Final[Mapping[str, tuple[int, int]]] = {"lock_minutes": (0, 240)}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default."""

    theme: str = "night"
    motion: str = "full"
    """`still` shows words and counts in place of a moving figure."""
    figure: str = "orb"
    """How a breath is drawn."""
    region: str = "xx"
    """Whose helplines are shown; `xx` is worldwide."""
    language: str = "en"
    lock_minutes: int = 10
    """Quiet minutes before a sealed vault locks itself; 0 is never."""
    quit_on_idle: bool = False
    """Leave instead of locking, so that nothing stays in memory."""
    ritual: str = "offer"
    """A breath around writing: offered after an entry, played before each, played after each, or neither."""
    hide_view: str = "nothing"
    bell: str = "off"
    outside_editor: bool = False
    """Whether a page can be written in the reader's own $EDITOR, which may keep copies that trustkit can't see."""
    welcome: bool = True
    """Whether a start with nothing kept shows the welcome."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Moved keys: the id of an action to its new key."""


def load(path: Path) -> tuple[Settings, list[str]]:
    """The settings in this file, and what was passed over, one sentence each. A missing file is the defaults."""
    try:
        raw = _read(path)
    except FileNotFoundError:
        return Settings(), []
    except OSError:
        return Settings(), [f"{path.name} can't be read, so the usual settings are used."]
    if len(raw) > _LIMIT:
        return Settings(), [f"{path.name} is far too large, so the usual settings are used."]
    from trustkit.parsing import parse_toml

    try:
        found = parse_toml(raw.decode("utf-8"))
    except ValueError:
        return Settings(), [f"{path.name} has a slip in it, so the usual settings are used."]
    return _checked(found)


def _read(path: Path) -> bytes:
    """At most one byte more than `_LIMIT`. Raises OSError, for a pipe or a device, too: they may never end."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return file.read(_LIMIT + 1)


def is_settings_file(path: Path) -> bool:
    """Whether a file of that name is trustkit's: it is empty, or names a setting, be the rest of it as it may."""
    import re

    try:
        text = _read(path).decode("utf-8", errors="replace")
    except OSError:
        return False
    known = "|".join(each.name for each in fields(Settings))
    return not text.strip() or re.search(rf"^\s*\[?\s*({known})\s*[=\]]", text, re.MULTILINE) is not None


def _checked(found: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    known = {f.name: f for f in fields(Settings)}
    good: dict[str, Any] = {}
    said: list[str] = []
    default = Settings()
    for name, value in found.items():
        if name == "keys" and isinstance(value, dict):
            good[name] = {action: key for action, key in value.items() if isinstance(key, str)}
            said += [
                f"settings.toml: {action!r} is given no key in words, so it stays where it is."
                for action in value
                if action not in good[name]
            ]
        elif name not in known:
            said.append(f"settings.toml: {name!r} is not a setting, so it was passed over.")
        elif not _fits(name, value, getattr(default, name)):
            said.append(f"settings.toml: {name} can't be that, so {getattr(default, name)!r} is used.")
        else:
            good[name] = value
    return replace(default, **good), said


def _fits(name: str, value: Any, usual: Any) -> bool:
    if name in ALLOWED:
        return value in ALLOWED[name]
    if name in RANGES:
        low, high = RANGES[name]
        return type(value) is int and low <= value <= high
    if name == "keys":
        return False  # no table
    return type(value) is type(usual)


def save(path: Path, settings: Settings) -> None:
    """Write the settings, 0600, in one step: the old file stands until the new one is whole.

    Raises:
        WriteError: the folder cannot be made or written to.
    """
    import secrets

    import tomli_w

    default = asdict(Settings())
    changed = {k: v for k, v in asdict(settings).items() if v != default[k]}
    temporary = path.with_name(f".tk-{secrets.token_hex(8)}.tmp")
    made = [folder for folder in path.parents if not folder.is_dir()]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            with suppress(AttributeError, OSError):  # not every system or file system has modes
                os.fchmod(handle, 0o600)  # whatever the umask took away
            out.write(tomli_w.dumps(changed).encode())
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except BaseException as error:
        with suppress(OSError):  # there may not even be a folder
            temporary.unlink()
        if not isinstance(error, OSError):
            raise
        raise WriteError("The settings could not be written.", "Everything else goes on as before.") from error
    for folder in (path.parent, *(new.parent for new in made)):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make names in it survive a power cut. Failing is no reason to say that it was not saved: it is in its place."""
    with suppress(OSError, AttributeError):  # Windows opens no folder
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
