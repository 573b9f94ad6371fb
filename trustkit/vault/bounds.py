"""How deep and how large what stands in a file may be, so that one file can stop nobody from reading the others.

Python's TOML reader takes tables a thousand deep and numbers of a thousand digits that its writers then refuse, each
with an exception of its own.
"""

from typing import Any, Final

MAX_KEY: Final = 64 * 1024
"""Bytes of a key file: room for hundreds of identities. A larger one is neither read nor written."""
DEPTH: Final = 32
"""Tables within tables. What trustkit writes needs three; Python's own readers and writers give up at some hundreds."""
LARGEST: Final = 2**63
"""Whole numbers lie between -2^63 and 2^63 - 1, as TOML has it."""


def is_bounded(table: dict[str, Any]) -> bool:
    """Whether whatever else handles this table can take it."""
    level: list[Any] = [table]
    for _ in range(DEPTH):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict | list):
                below += value.values() if isinstance(value, dict) else value
            elif isinstance(value, int) and not -LARGEST <= value < LARGEST:
                return False
        if not below:
            return True
        level = below
    return False
