"""`trustkit` alone: open the app, or say in plain lines what there is where no screen can be drawn."""

import os
import sys
from typing import TYPE_CHECKING, Final

from trustkit.cli import say
from trustkit.cli.verbs import Run
from trustkit.errors import ExitCode

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import Guide, SignList

_HELLO: Final = """
trustkit is a quiet place for when trust has been hurt, by someone else or by you. There are guides to read, small
things to try, and a notebook. It works without the internet and sends nothing anywhere.

It offers information, not treatment. It can't see danger and it can't call anyone. No clinician has checked these
words yet.

If you or anyone else may be hurt tonight, call your local emergency number first. `trustkit support` shows numbers.

Only plain text can be shown here, so the full screen stays closed. Everything works in plain lines, too:
"""

_PLAIN_VERBS: Final = (
    ("trustkit breathe --plain", "a longer breath out, one line for each part"),
    ("trustkit ground", "come back to the room"),
    ("trustkit read", "the guides, one after another"),
    ("trustkit practice list", "what there is to practise"),
    ("trustkit practice play NAME", "do one of them"),
    ("trustkit write", "write an entry"),
    ("trustkit journal list", "what you wrote"),
    ("trustkit vault init", "choose where your words live"),
    ("trustkit --help", "everything else"),
)
_ROOMY: Final = 60
"""Columns from which a verb and what it does stand side by side."""


def open_app(run: Run) -> int:
    """Open the whole screen where there is one; otherwise tell, and stop."""
    if not can_draw():
        say.page(_HELLO)
        say.result()
        roomy = say.width() >= _ROOMY
        for verb, what in _PLAIN_VERBS:
            if roomy:
                say.paragraph(what, first=f"  {verb:<29}")
            else:
                say.paragraph(verb, first="  ")
                say.paragraph(what, first="    ")
        return ExitCode.DONE
    companion = run.companion()
    from trustkit.tui.app import run as run_app

    _keep_cells()
    return run_app(companion)


def _keep_cells() -> None:
    """In an encoding that lacks characters, each cell of the screen stays in its place."""
    if not (sys.stderr.encoding or "utf").lower().startswith("utf"):
        from trustkit.cli.encoding import register

        register(one_for_one=True)


def open_on(companion: "Companion", thing: "Guide | Exercise | SignList") -> int:
    """Open the whole screen on one guide, exercise or sign list."""
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import SignList
    from trustkit.tui.app import TrustkitApp
    from trustkit.tui.app import run as run_app

    def begin(app: TrustkitApp) -> None:
        if isinstance(thing, Exercise):
            app.play(thing)
        elif isinstance(thing, SignList):
            app.open_signs(thing.id)
        else:
            app.go_to(thing.id)

    _keep_cells()
    return run_app(companion, begin)


def can_draw() -> bool:
    """Whether both ends are a terminal that understands more than plain text."""
    return say.on_terminal(sys.stdin) and say.on_terminal(sys.stdout) and not dumb()


def dumb() -> bool:
    """Whether the terminal says it can only print lines. Windows consoles have no such name and are never dumb."""
    return os.name != "nt" and os.environ.get("TERM", "") in ("", "dumb", "unknown")
