"""What the process must not leak, set up before anything else is imported.

Each measure answers one way in which private words have left programs like this one: log files of
keystrokes, core dumps, tracebacks with local variables, files that others may read.
"""

import os
import sys
from types import TracebackType
from typing import Final

SPARED: Final = frozenset({"TEXTUAL_ANIMATIONS", "TEXTUAL_FPS", "TEXTUAL_COLOR_SYSTEM"})
"""The only TEXTUAL_* variables that survive: TEXTUAL_LOG alone would write every keystroke to a file, passwords too."""

_PR_SET_DUMPABLE: Final = 4
"""From linux/prctl.h."""
_M_ARENA_MAX: Final = -8
"""From glibc's malloc.h."""


def harden() -> None:
    """Make this process keep its memory and its words to itself. Cheap, and never fails."""
    for name in [n for n in os.environ if n == "TEXTUAL" or (n.startswith("TEXTUAL_") and n not in SPARED)]:
        del os.environ[name]
    os.umask(0o077)
    sys.excepthook = _quiet_excepthook
    sys.unraisablehook = _quiet_unraisable
    _keep_memory_close()


def harden_threads() -> None:
    """The same silence for other threads; apart, because `threading` need not be loaded for every verb."""
    import threading

    threading.excepthook = _quiet_thread


def crash_report(error: BaseException) -> str:
    """Where a mistake happened: kinds of error, files and lines. Never a message or a value: both may hold words."""
    lines = ["trustkit stopped by mistake. Nothing you wrote is in this report."]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__name__}")
        trace = current.__traceback__
        while trace is not None:  # as `traceback.walk_tb` does, whose module every start would pay for
            code = trace.tb_frame.f_code
            lines.append(f"  {_short(code.co_filename)}:{trace.tb_lineno} in {code.co_name}")
            trace = trace.tb_next
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _short(filename: str) -> str:
    """The last three parts of a file's path: enough to find the place, without the name of anybody's home."""
    return "/".join(filename.replace("\\", "/").split("/")[-3:])


def _quiet_excepthook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    print(crash_report(error.with_traceback(trace)), file=sys.stderr)


def _quiet_unraisable(problem: "sys.UnraisableHookArgs") -> None:
    if problem.exc_value is not None:
        print(crash_report(problem.exc_value), file=sys.stderr)


def _quiet_thread(problem: object) -> None:
    error = getattr(problem, "exc_value", None)
    if isinstance(error, BaseException) and not isinstance(error, SystemExit):
        print(crash_report(error), file=sys.stderr)


def _keep_memory_close() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, AttributeError, ValueError, OSError):
        pass  # not this kind of system, or already lower
    if sys.platform == "linux":
        try:
            import ctypes

            libc = ctypes.CDLL(None)
            # Also keeps other processes of the same user from attaching and reading memory.
            libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
            # One heap for all threads: what one of them frees is soon written over by another, and less is held.
            libc.mallopt(_M_ARENA_MAX, 1)
        except (ImportError, OSError, AttributeError):
            pass  # another C library
