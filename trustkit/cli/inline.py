"""A breath in a few lines of the ordinary terminal: no app, no passphrase, and nothing left behind.

Nothing heavy is imported, so that the first frame is there at once. Where nothing can be drawn (a pipe, a dumb
terminal) or a screen reader listens, each phase is one line of text instead, at the pace of the breath.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from math import inf
from typing import Final, TextIO

from trustkit.cli.inline_drawing import HINT, HINT_IN_LINES, HINT_WITHOUT_KEYS, Figure, Page, Pen
from trustkit.cli.inline_terminal import Keyboard, Lines, wait_only
from trustkit.companion.hiding import KEY as HIDE
from trustkit.companion.hiding import Hidden, hide
from trustkit.exercises.script import MadeWorse
from trustkit.model.breath import LAPSE, LEAD, Stopwatch, breath_at, until_next
from trustkit.model.breath_words import line_for, words
from trustkit.model.exercise import Breathing
from trustkit.model.plain import one_line
from trustkit.text_width import wrap

FRAME: Final = 1 / 20
"""Seconds between two pictures of a moving figure."""

STILL: Final = 0.5
"""The fullness of a figure that does not move."""

_READING: Final = 0.3
"""Seconds that a word takes to be read aloud. The first breath waits until a screen reader is done with the caution."""

_PAUSED: Final = 3600.0
"""Seconds between two looks while paused; a key ends the wait."""

_SEQUENCE: Final = re.compile(r"\x1b[\[O][0-?]*[ -/]*[@-~]")
"""What keys such as arrows send; it begins with an escape, which alone is the esc key."""


def run_inline(
    pattern: Breathing,
    title: str = "",
    caution: str = "",
    rounds: int | None = None,
    *,
    out: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], object] | None = None,
    keys: Callable[[], str] | None = None,
    size: Callable[[], tuple[int, int]] | None = None,
    figure: Figure = "orb",
    still: bool = False,
    ascii: bool | None = None,
    plain: bool | None = None,
    lead: float = LEAD,
    environment: Mapping[str, str] = os.environ,
) -> bool:
    """Breathe here until the last round has ended, or the reader stops.

    Args:
        pattern: What to breathe.
        title: Its name.
        caution: One or two lines that stay visible.
        rounds: How many rounds; None is as many as the pattern has.
        out: Where to draw; None is standard output.
        clock: Monotonic seconds.
        sleep: Waits so many seconds, or less when a key comes; None waits for the keyboard.
        keys: What was typed since it was last asked; None is the keyboard.
        size: Columns and rows of the window; None asks the terminal.
        figure: What moves; `words` shows none.
        still: Nothing moves; words and count change, once a second at most.
        ascii: Draw in ASCII; None finds out.
        plain: One line of text for each phase, and no drawing; None decides by what `out` is.
        lead: Seconds before the first breath.
        environment: Where TERM, NO_COLOR and the like are read.

    Returns:
        Whether the last round has ended; False when the reader stopped before, or the terminal went away.

    Raises:
        KeyboardInterrupt: ctrl-c; the terminal is clean by then.
        MadeWorse: the reader said so with w; the terminal is clean by then.
        Hidden: the hide key, which is a KeyboardInterrupt too; the terminal is empty by then.
        SystemExit: SIGTERM or SIGHUP, with 128 and the signal's number; the terminal is clean by then, too.
        ValueError: the pattern cannot be breathed (see `breath_at`).
        BrokenPipeError: nobody reads the plain lines any more.
    """
    out = sys.stdout if out is None else out
    rounds = pattern.rounds if rounds is None else rounds
    breath_at(pattern, 0.0, rounds)
    if plain is None:
        plain = not can_draw(out, environment)
    measure = size or partial(_window, out)
    if plain:
        # A terminal would break the caution in the middle of a word; a pipe gets it whole.
        width = measure()[0] if _is_terminal(out) else 0
        said = [line for text in (title, caution) for line in _lines_of(text, width)]
        if sleep is not None or not (_is_terminal(out) and _is_terminal(sys.stdin)):
            return _read_out(pattern, said, rounds, out=out, clock=clock, sleep=sleep or wait_only, lead=lead)
        with Keyboard() as keyboard:
            if keyboard.hears:
                said += _lines_of(HINT_IN_LINES, width)
            heed = partial(_heed_plainly, keyboard, out)
            return _read_out(pattern, said, rounds, out=out, clock=clock, sleep=keyboard.wait, lead=lead, heed=heed)
    still = still or figure == "words" or environment.get("TEXTUAL_ANIMATIONS") == "none"
    pen = Pen.of(out, ascii=ascii, environment=environment)

    with Keyboard() as keyboard:
        hint = HINT if keys or keyboard.hears else HINT_WITHOUT_KEYS

        def page() -> Page:
            return Page(title, caution, figure, *measure(), pen, hint)

        practice = _Practice(pattern, rounds, page, Lines(out), keyboard, clock=clock, still=still, lead=lead)
        try:
            return practice.run(sleep or keyboard.wait, keys or keyboard.keys)
        except Hidden:
            hide(out.fileno())
            raise
        except BrokenPipeError:
            raise
        except OSError:  # the terminal is gone
            return False


def can_draw(out: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether lines can be drawn over and over here: on a terminal that knows how to move its cursor."""
    return _is_terminal(out) and environment.get("TERM", "") not in ("", "dumb", "unknown")


class _Practice:
    """One practice, drawn."""

    def __init__(
        self,
        pattern: Breathing,
        rounds: int,
        page: Callable[[], Page],
        lines: Lines,
        keyboard: Keyboard,
        *,
        clock: Callable[[], float],
        still: bool,
        lead: float,
    ) -> None:
        self._pattern, self._rounds = pattern, rounds
        self._new_page, self._page = page, page()
        self._lines, self._keyboard = lines, keyboard
        self._clock, self._still = clock, still
        self._watch = Stopwatch.start(clock(), lead=lead)

    def run(self, sleep: Callable[[float], object], keys: Callable[[], str]) -> bool:
        self._lines.begin()
        try:
            while (due := self._draw()) < inf:
                sleep(max(0.0, due - self._clock()))
                now = self._clock()
                if now - due > LAPSE:
                    self._watch = self._watch.pause(due).resume(now) if self._watch.running else self._watch
                self._heed_signals()
                if not self._heed_keys(keys()):
                    return False
            return True
        finally:
            with suppress(OSError):
                self._lines.end()

    def _draw(self) -> float:
        """Show this moment. Returns the next one worth showing, on the same clock."""
        now = self._clock()
        breath = breath_at(self._pattern, self._watch.elapsed(now), self._rounds)
        paused = not self._watch.running
        said = words(self._pattern, breath, self._rounds, paused=paused)
        self._lines.draw(self._page.lines(said, STILL if self._still else breath.fullness))
        if paused:
            return now + _PAUSED
        return now + until_next(breath, inf if self._still else FRAME)

    def _heed_keys(self, typed: str) -> bool:
        """Space holds the time still or lets it go on. False for q and esc; other keys, such as arrows, do nothing.

        Raises Hidden for the hide key, MadeWorse for w.
        """
        pressed = _SEQUENCE.sub("", typed)
        if HIDE in pressed:
            raise Hidden
        _heed_worse(pressed)
        if any(key in "qQ\x1b" for key in pressed):
            return False
        if pressed.count(" ") % 2:
            now = self._clock()
            self._watch = self._watch.pause(now) if self._watch.running else self._watch.resume(now)
        return True

    def _heed_signals(self) -> None:
        keyboard = self._keyboard
        if keyboard.noted("SIGTSTP"):
            held = self._watch.running
            self._watch = self._watch.pause(self._clock())
            self._lines.end()
            keyboard.stop_here()
            self._lines.begin()
            if held:
                self._watch = self._watch.resume(self._clock())
            self._page = self._new_page()
        if keyboard.noted("SIGCONT"):  # stopped by what no program can notice
            keyboard.listen()
            self._lines.begin()
            self._page = self._new_page()
        if keyboard.noted("SIGWINCH"):
            self._page = self._new_page()
            self._lines.forget(self._page.columns)


def _read_out(
    pattern: Breathing,
    before: list[str],
    rounds: int,
    *,
    out: TextIO,
    clock: Callable[[], float],
    sleep: Callable[[float], object],
    lead: float,
    heed: Callable[[], bool] = lambda: True,
) -> bool:
    """One line for each phase, when it begins; before the first, what there is to know."""

    def say(line: str) -> None:
        print(line, file=out, flush=True)

    for line in before:
        say(line)
    reading = _READING * len(" ".join(before).split())
    watch = Stopwatch.start(clock(), lead=max(lead, reading) if lead else 0.0)
    told: tuple[int, int] | None = None
    while not (breath := breath_at(pattern, watch.elapsed(now := clock()), rounds)).done:
        if not breath.settling and told != (told := (breath.round, breath.phase_index)):
            say(one_line(line_for(breath.phase)))
        due = now + breath.left
        sleep(max(0.0, due - clock()))
        if not heed():
            return False
        if (late := clock()) - due > LAPSE:
            watch = watch.pause(due).resume(late)
    say("Done.")
    return True


def _heed_plainly(keyboard: Keyboard, out: TextIO) -> bool:
    """Keys and signals between plain lines. False for q and esc. Raises Hidden for the hide key, MadeWorse for w."""
    if keyboard.noted("SIGTSTP"):
        keyboard.stop_here()
    if keyboard.noted("SIGCONT"):
        keyboard.listen()
    pressed = _SEQUENCE.sub("", keyboard.keys())
    if HIDE in pressed:
        hide(out.fileno())
        raise Hidden
    _heed_worse(pressed)
    return not any(key in "qQ\x1b" for key in pressed)


def _heed_worse(pressed: str) -> None:
    if "w" in pressed.lower():
        raise MadeWorse


def _lines_of(text: str, width: int) -> list[str]:
    """A text as lines of this width, or as one where there is no width."""
    text = one_line(text)
    return [] if not text else wrap(text, width) if width > 0 else [text]


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def _window(out: TextIO) -> tuple[int, int]:
    """Columns and rows of the terminal."""
    try:
        columns, rows = os.get_terminal_size(out.fileno())
    except (OSError, ValueError):
        columns, rows = 0, 0
    return columns or 80, rows or 24
