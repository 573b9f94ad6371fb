"""What tests of the plain players look at: the exercises that are shipped, what was kept, and every file there is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from trustkit.library import Library
from trustkit.model.entry import Entry
from trustkit.model.exercise import Exercise
from trustkit.paths import Paths
from trustkit.vault import Vault

Verb = Callable[..., Any]
SHIPPED = Library(Paths.find(None).content).exercises


def of_type(name: str) -> list[Exercise]:
    return [exercise for exercise in SHIPPED.values() if exercise.type == name]


def kept(vault: Vault) -> list[Entry]:
    """Everything that lists would show, private ones too, newest first."""
    return [vault.get(one.id) for one in vault.summaries(private=True)]


def files(home: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in home.rglob("*") if file.is_file()}
