"""With `NO_COLOR` not one colour is sent, and what has the focus, is chosen or is selected can be seen all the same."""

import re
from pathlib import Path

import pytest
from pty_terminal import Terminal

from .conftest import unlock

NO_COLOUR = {"NO_COLOR": "1"}
_SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
STYLES = {0, 1, 3, 4, 7, 9, 22, 23, 24, 27, 29}
"""Bold, italic, underline, reverse, strike, and their ends."""


def colours(raw: bytes) -> set[bytes]:
    """Every attribute sequence that says more than a style."""
    return {found[0] for found in _SGR.finditer(raw) if {int(n or 0) for n in re.split(rb"[;:]", found[1])} - STYLES}


def marked(terminal: Terminal) -> list[str]:
    """The words on the screen that stand out: reversed, in one piece each."""
    screen = terminal._screens[terminal._alternate]
    lines = []
    for row in range(terminal.rows):
        line = "".join(
            cell.data if (cell := screen.buffer[row][at]).reverse else "\0" for at in range(terminal.columns)
        )
        lines += [piece.strip() for piece in line.split("\0") if piece.strip()]
    return lines


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
def test_no_screen_and_no_breath_sends_a_colour(sealed_home: Path, size: tuple[int, int]) -> None:
    with Terminal("--data-dir", sealed_home, size=size, environment=NO_COLOUR) as t:
        unlock(t)
        t.press("^t")
        t.see("Breathe in")
        t.see("Let it go slowly")
        t.press("esc")
        t.see("right now?")
        for key, words in (("g", "Understand"), ("p", "By need"), ("j", "No pages yet."), ("t", "How are you")):
            t.press(key)
            t.see(words)
        t.press("f1")
        t.see("Keys")
        t.press("esc")
        t.see_no("Keys")
        t.see("Write a page" if size == (80, 24) else "right now?")
        t.press("w")
        t.see("One line is enough.")
        t.type("The kettle is on.")
        t.see("The kettle is on.")
        t.press("^q")
        assert t.wait() == 0
    assert colours(bytes(t.raw)) == set()


def test_what_is_chosen_and_what_is_selected_stand_out_without_colour(sealed_home: Path) -> None:
    with Terminal("--data-dir", sealed_home, environment=NO_COLOUR) as t:
        unlock(t)
        t.press("p", "down")
        t.see("By need")
        t.wait_until(lambda: len(marked(t)) == 1, "one line that stands out")
        first = marked(t)
        t.press("down")
        t.wait_until(lambda: len(marked(t)) == 1 and marked(t) != first, "another line that stands out")
        t.press("t", "w")
        t.see("One line is enough.")
        t.type("The kettle is on.")
        t.see("The kettle is on.")
        t.type("\x1b[1;2D" * 3)  # shift+left
        t.wait_until(lambda: any("on." in words for words in marked(t)), "the selected letters")
        t.press("^q")
        assert t.wait() == 0
