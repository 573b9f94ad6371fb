"""Month and year folders that a sync program copied (`12 2`, `2026 (1)`): their files are added to the month itself.

A file goes under its own name, or beside it where the month holds another of that name, so that nothing is overwritten
and each month is read in one place. The copied folder stays until a person removes it; erasing an entry reaches it.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from trustkit.errors import WriteError
from trustkit.model.entry import Problem
from trustkit.vault import codec, durable, names, sentences
from trustkit.vault.folder import Folder, Found

_YEAR: Final = re.compile(r"([0-9]{4})(?![0-9]).+|[^0-9.].*\s([0-9]{4})")
_MONTH: Final = re.compile(r"(0[1-9]|1[0-2])(?![0-9]).+|[^0-9.].*\s(0[1-9]|1[0-2])")


def copies(folder: Folder) -> list[tuple[str, str]]:
    """The path of every copied folder, and the month it is a copy of: `entries/2026/12 2`, `2026/12`."""
    found: list[tuple[str, str]] = []
    for name in folder.names(names.ENTRIES):
        year = name if names.is_year(name) else copied_year(name)
        if not year:
            continue
        path = f"{names.ENTRIES}/{name}"
        for last in folder.names(path):
            month = last if names.is_month(last) else copied_month(last)
            if month and (name, last) != (year, month):
                found.append((f"{path}/{last}", f"{year}/{month}"))
    return sorted(found)


def copied_year(name: str) -> str:
    """The year that a folder's name is a copy of, such as `2026 (1)`; empty for any other name."""
    return _copied(_YEAR, name)


def copied_month(name: str) -> str:
    """The month that a folder's name is a copy of, such as `12 2` or `Copy of 12`; empty for any other name."""
    return _copied(_MONTH, name)


def _copied(pattern: re.Pattern[str], name: str) -> str:
    fits = pattern.fullmatch(name)
    return (fits[1] or fits[2]) if fits else ""


def take_in(folder: Folder) -> list[Problem]:
    """Add what lies in copied folders to the months they are copies of. Returns what a person needs to know of each."""
    problems: list[Problem] = []
    for path, month in copies(folder):
        left = list(_take_in(folder, path, month))
        problems += left or [Problem(path, *sentences.FOLDER_COPY)]
    return problems


def _take_in(folder: Folder, path: str, month: str) -> Iterator[Problem]:
    """One copied folder; yields what could not be added."""
    try:
        things = folder.scan(path)
        target = {thing.name: thing for thing in folder.scan(names.folder_of(month))}
    except OSError:
        things, target = [], {}
    for thing in things:
        file = f"{path}/{thing.name}"
        if names.is_hidden(thing.name):
            continue
        if not thing.is_file or names.read_name(thing.name) is None:
            yield Problem(file, *(sentences.STRANGER if thing.is_file else sentences.NOT_A_FILE))
            continue
        try:
            data = folder.read(file, codec.MAX_SEALED)
            name = _free_name(folder, names.folder_of(month), thing, data, target)
            if name:
                folder.write_new(f"{names.folder_of(month)}/{name}", data)
        except FileExistsError:
            continue  # another window was quicker
        except (OSError, durable.NotRegular, durable.TooBig, WriteError):
            yield Problem(file, *sentences.FOLDER_COPY_LEFT)


def _free_name(folder: Folder, place: str, thing: Found, data: bytes, target: dict[str, Found]) -> str:
    """A name in the month for a file of a copied folder; empty where the month holds the same bytes already."""
    if thing.name not in target:
        return thing.name
    if target[thing.name].size == thing.size and folder.read(f"{place}/{thing.name}", codec.MAX_SEALED) == data:
        return ""
    read = names.read_name(thing.name)
    assert read is not None
    beside = f"{read.id}.{read.rev}.copy-{hashlib.sha256(data).hexdigest()[:8]}{read.suffix}"
    return "" if beside in target else beside
