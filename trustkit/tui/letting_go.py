"""What pages leave behind in memory when they are shut: taken away at once, not when Python next comes by.

Freed memory may still say what stood there; see `docs/privacy.md`. But nothing alive may hold on to it.
"""

import functools
import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from traceback import clear_frames
from typing import Final, ParamSpec, TypeVar

from textual.worker import Worker

P = ParamSpec("P")
T = TypeVar("T")

CACHING: Final = frozenset({"rich", "textual", "trustkit"})
"""Whose caches may hold words: rich keeps widths of what it has painted, textual whole painted lines."""
LAST_TASKS: Final = (0.5, 10.0)
"""Seconds after which the last task of a page that was shut is over, and with it what it held.

A timer that was called off holds its page until it would have rung; the longest is an editor's, on a disk that is full.
"""


def let_go() -> None:
    """Empty the caches that a page has passed through, and free pages that hold each other.

    A worker that was cancelled keeps its exception, that keeps every function it came through, and those the words they
    had in hand.
    """
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and thing.__module__.partition(".")[0] in CACHING:
            thing.cache_clear()
        elif isinstance(thing, Worker) and thing.error is not None:
            clear_frames(thing.error.__traceback__)
    gc.collect()


class ForgettingThreads(ThreadPoolExecutor):
    """Threads that remember nothing of what they have done.

    Textual tells a thread which worker it serves, in a context variable: an idle one would hold the last worker, and
    with it the words it was given, for as long as it has nothing else to do.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return super().submit(copy_context().run, functools.partial(fn, *args, **kwargs))
