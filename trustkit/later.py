"""Modules that are imported when something of theirs is first used: what is not needed to paint a first page can wait.

Written where a module would be imported, with the real import beside it for whoever reads or checks types:

    if TYPE_CHECKING:
        from trustkit.model import walk
    else:
        walk = later("trustkit.model.walk")
"""

from importlib import import_module
from typing import Any


class _Later:
    """Stands for a module until an attribute of it is asked for; then hands on what the module has."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self._name), attribute)
        setattr(self, attribute, found)
        return found


def later(name: str) -> Any:
    """The module of this name, imported at its first use. Raises AttributeError, ImportError then, and not before."""
    return _Later(name)
