"""Python's collector of cycles, and when it may rest."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """Rows hold no cycles, and looking for some among all of them, again and again, is two fifths of a long reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """What stands in memory now is passed over when cycles are looked for, until `unsettle`.

    Ten thousand rows that stay would be gone through again and again otherwise: 50 to 100 ms each time, in the middle
    of a breath or of a word.
    """
    gc.freeze()


def unsettle() -> None:
    """Everything is looked through again: what is let go of now must not outlive it in a cycle."""
    gc.unfreeze()
