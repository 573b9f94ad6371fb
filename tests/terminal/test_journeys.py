"""Whole journeys through the installed program, as tables: the keys of each step, and what is seen then.

Rows of keys are written as in `random_walk`. One start of the program serves many rows.
"""

import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
from random_walk import is_blank, is_door, is_today, keys_of, walk
from walk_homes import CANARIES, make_home
from walk_terminal import RESTS_AFTER_ESC, WalkTerminal

Row = tuple[str, str]
"""Keys, and words that stand on the screen after them: with ` · ` between where there are several."""
HOW = "How are you right now?"
WELCOME = "You can go slowly here."


def press(terminal: WalkTerminal, keys: str) -> None:
    """Press a row's keys, each when the program has taken in the last."""
    for token in keys.split():
        terminal.send(*keys_of(token))
        terminal.settle(rests=RESTS_AFTER_ESC)


def follow(terminal: WalkTerminal, rows: Iterable[Row]) -> None:
    """Take a journey row by row."""
    for keys, words in rows:
        press(terminal, keys)
        terminal.see(*words.split(" · "))


def begun(folder: Path, beginning: str, size: tuple[int, int] = (80, 24)) -> WalkTerminal:
    """The program at one of the walks' beginnings; a sealed journal is unlocked."""
    make_home(folder, beginning)
    terminal = WalkTerminal("--data-dir", folder, size=size)
    terminal.see(WELCOME if beginning == "first run" else "Passphrase" if beginning == "sealed" else HOW)
    if beginning == "sealed":
        unlock(terminal)
    return terminal


def unlock(terminal: WalkTerminal) -> None:
    """Give the passphrase where the door stands."""
    terminal.wait_until(lambda: is_door(terminal.text), "the locked page")
    press(terminal, "passphrase")
    terminal.wait_until(lambda: is_today(terminal.text), "Today")


def leave(terminal: WalkTerminal) -> None:
    """`^q` leaves, says nothing, and leaves nothing."""
    press(terminal, "^q")
    assert terminal.wait() == 0, terminal.normal_text
    assert not any(word in terminal.normal_text for word in CANARIES)


# -- the README's tour ----------------------------------------------------------------------------------

TOUR: tuple[Row, ...] = (
    ("", HOW),
    ("4", "You said 4."),
    ("^t", "A longer breath out"),
    ("space", "Paused"),
    ("m m", "figure"),
    ("esc", HOW),
    ("g", "Is it safe to work on this?"),
    ("down enter", "Nothing has to be decided today"),
    ("enter", "Before you read on"),
    ("enter", "d done · l not yet · s skip"),
    ("d", "What may be going on in you"),
    ("l", "the first days · not yet"),
    ("s", "Let it move"),
    ("j", "The quillwort once more."),
    ("w", "One line is enough."),
    ("say:in_the_middle_of_a", "in the middle of a"),
    ("^t", "A longer breath out"),
    ("esc", "in the middle of a"),
    ("say:_sentence", "in the middle of a sentence · sealed as a draft"),
    ("^s", "Keep this note?"),
    ("enter", "A breath before the next?"),
    ("esc", "in the middle of a sentence"),
    ("^o", "call 112"),
    ("esc", "in the middle of a sentence"),
    ("?", "On the page you came from"),
    ("esc", "in the middle of a sentence"),
)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_tour_of_the_readme(tmp_path: Path, size: tuple[int, int]) -> None:
    with begun(tmp_path / "home", "sealed", size) as t:
        follow(t, TOUR)
        for key in ("^g", "f8"):
            press(t, key)
            t.wait_until(lambda: is_blank(t.text), "an empty screen")
            press(t, "enter")
            unlock(t)
        press(t, "^l")
        t.see("Locked. What you were writing is sealed too.")
        unlock(t)
        leave(t)


# -- the welcome, each branch to its end -----------------------------------------------------------------

WHO: tuple[Row, ...] = (
    ("enter", "You could still use a passphrase"),
    ("down enter", "Then a passphrase is worth having."),
    ("down down enter", "A passphrase hides what you write."),
)
"""Page two: an answer that something is said to. The fourth has nothing to be said to."""
ROADS: tuple[tuple[int, str, str], ...] = (
    (0, "Someone broke my trust, not long ago", "Is it safe to work on this?"),
    (1, "Promises kept breaking", "Is it safe to work on this?"),
    (2, "I find it hard to trust", "Old wounds, new people"),
    (3, "I broke someone's trust", "If you broke the trust"),
    (4, "Both: I was hurt, and I hurt them", "Is it safe to work on this?"),
    (5, "We both want to rebuild", "Is it safe to work on this?"),
    (6, "I don't know if I want to stay", "Is it safe to work on this?"),
    (7, "It ended, and I want to heal", "Healing"),
    (8, "They died", "Healing"),
    (9, "I need to calm down now", "By need"),
    (10, "Someone frightens me", "call 112"),
    (11, "I'd rather not say", HOW),
)
"""Page four: how many lines down each road stands, what it is called, and where it leads."""
KEPT: tuple[tuple[Row, ...], ...] = (
    (("down down enter", "What brought you here?"),),
    (("down enter", "What brought you here?"),),
    (
        ("enter", "A few unrelated words work well."),
        ("passphrase", "Once more"),
        ("passphrase", "A recovery key opens your notes"),
        ("down enter", "What brought you here?"),
    ),
    (
        ("enter", "A few unrelated words work well."),
        ("passphrase", "Once more"),
        ("passphrase", "A recovery key opens your notes"),
        ("enter", "I've put it away"),
        ("down enter", "What brought you here?"),
    ),
)
"""Page three: keep nothing, open, sealed without a recovery key, and sealed with one that was shown and left."""
ABOUT = ("A partner or ex", "Family", "A friend", "Someone at work", "Myself", "More than one", "I'd rather not say")


@pytest.mark.parametrize(("down", "road", "end"), ROADS, ids=[road for _, road, _ in ROADS])
def test_every_road_of_the_welcome_leads_to_its_end(tmp_path: Path, down: int, road: str, end: str) -> None:
    with begun(tmp_path / "home", "first run", (120, 40) if down % 2 else (80, 24)) as t:
        follow(t, [("enter", "Can anyone else get at this computer?")])
        if down == 0:  # each answer, and back from it
            follow(t, [row for to, said in WHO for row in ((to, said), ("esc", "Can anyone else get at"))])
        who = down % 4
        if who == 3:
            follow(t, [("down*3 enter", "Where would you like your words to live?")])
        else:
            follow(t, [WHO[who], ("enter", "Where would you like your words to live?")])
        follow(t, KEPT[down % len(KEPT)])
        follow(t, [("down " * down + "enter", "Who is it about?")])
        about = down % len(ABOUT)
        t.see(ABOUT[about])
        press(t, "down " * about + "enter")
        if ABOUT[about] == "Family":
            follow(t, [("", "there is a page for that in Support"), ("enter", "")])
        follow(t, [("", "One key to remember.")])
        press(t, "^g")
        t.wait_until(lambda: is_blank(t.text), "an empty screen")
        follow(t, [("enter", "That's it."), ("enter", end)])
        leave(t)


@pytest.mark.parametrize(
    ("keys", "end"), [("down enter", "By need"), ("down down enter", "call 112")], ids=["calm down first", "frightened"]
)
def test_the_welcomes_short_cuts_lead_to_their_ends(tmp_path: Path, keys: str, end: str) -> None:
    with begun(tmp_path / "home", "first run") as t:
        follow(t, [(keys, end)])
        leave(t)
    assert not (tmp_path / "home" / "entries").exists()


# -- every dialog, and the key that hides ------------------------------------------------------------------

DIALOGS: tuple[Row, ...] = (
    ("w say:wagtail ^s", "Keep this note?"),
    ("w say:wagtail esc", "You've written something."),
    ("w say:wagtail ^n", "Beside the page."),
    ("w ^r", "A question to begin with"),
    ("j down enter", "The quillwort once more."),
    ("j down enter e", "The quillwort once more."),
    ("j enter e", "The samovar may boil over · That's all"),
    ("j enter d", "Move this to the trash?"),
    ("j enter c", "Other programs can read what you copy."),
    ("j /", "a word, or tag:home"),
    ("j y", "2026"),
    ("j m", "Which month?"),
    ("j #", "garden"),
    ("j # r", "What should it be called"),
    ("j u", "trash"),
    ("g down enter enter", "Before you read on"),
    ("p enter enter", "You don't have to breathe deeply"),
    ("^t", "A longer breath out"),
    ("^t c", "Take care"),
    ("^o", "call 112"),
    ("^o r", "Where are you?"),
    ("?", "On the page you came from"),
    ("!", "trustkit"),
    (",", "Settings"),
    (", down*13 enter", "The passphrase you have now"),
    (", down*14 enter", "A recovery key"),
    ("^p", "Search"),
    ("^p say:about", "About"),
    ("h x", "Are you thinking about ending your life?"),
)
"""From Today, each dialog and each page that stands over another; what is looked for there."""


def test_the_hide_key_hides_every_dialog_and_what_stands_behind_it(tmp_path: Path) -> None:
    with begun(tmp_path / "home", "sealed") as t:
        for keys, words in DIALOGS:
            if keys.startswith("j "):
                follow(t, [("j", "The quillwort once more.")])
            follow(t, [(keys.removeprefix("j "), words)])
            press(t, "^g")
            t.wait_until(lambda: is_blank(t.text), f"an empty screen after {keys}")
            hidden = len(t.raw)
            press(t, "enter")
            t.wait_until(lambda: is_door(t.text), f"the locked page after {keys}")
            assert not any(word.encode() in t.raw[hidden:] for word in (*CANARIES, "wagtail")), keys
            unlock(t)
        leave(t)


# -- a breath, every way out of it, and every way of going away --------------------------------------------

WAYS_OUT: tuple[Row, ...] = (
    ("esc", HOW),
    ("space esc", HOW),
    ("m esc", HOW),
    ("? esc esc", HOW),
    ("e", "You stopped."),
    ("w", "I want a person"),
)
"""Keys in a breath that was begun on Today, and what they lead to."""


def breath_left(terminal: WalkTerminal, way: Row) -> None:
    follow(terminal, [("^t", "A longer breath out"), way])


def test_after_every_way_out_of_a_breath_it_can_be_hidden_locked_and_left_alone(tmp_path: Path) -> None:
    with begun(tmp_path / "home", "sealed") as t:
        for way in WAYS_OUT:
            for ends in ("^g", "^l", "idle"):
                breath_left(t, way)
                if ends == "idle":
                    t.let_quiet_minutes_pass()
                else:
                    press(t, ends)
                if ends == "^g":
                    t.wait_until(lambda: is_blank(t.text), f"an empty screen after {way[0]}")
                    press(t, "enter")
                unlock(t)
        leave(t)


@pytest.mark.parametrize("way", WAYS_OUT, ids=[keys for keys, _ in WAYS_OUT])
def test_after_every_way_out_of_a_breath_it_can_be_ended(tmp_path: Path, way: Row) -> None:
    with begun(tmp_path / "home", "open") as t:
        breath_left(t, way)
        leave(t)
    with begun(tmp_path / "again", "open") as t:
        breath_left(t, way)
        t.signal(signal.SIGTERM)
        assert t.wait() == 128 + signal.SIGTERM, t.normal_text
        assert not t.on_alternate_screen


# -- walks that once failed ----------------------------------------------------------------------------------

REGRESSIONS: tuple[tuple[str, tuple[int, int], str], ...] = (
    ("sealed", (80, 24), "^t esc ^l"),
    ("sealed", (80, 24), "^t esc esc ^g"),
    ("sealed", (80, 24), "w say:a_line ^t esc ^g"),
    ("sealed", (80, 24), "j enter e ^g enter passphrase j enter d ^g enter passphrase"),
    ("sealed", (80, 24), "^t ^p say:breath enter named:3 way-back down"),
    ("first run", (80, 24), "down*3 enter"),
    ("first run", (80, 24), "enter*2"),
    ("first run", (40, 15), "down+enter*3"),
    ("first run", (40, 15), "tab backspace enter down enter esc down named:3 enter"),
    ("open", (40, 15), "p esc ^p a ^t ^p"),
    ("open", (80, 24), "^g"),
    ("open", (80, 24), "f8"),
    ("open", (40, 15), "? named:1"),
)
"""Each the shortest of a walk that ended the program, or showed what it should not."""


@pytest.mark.parametrize(("beginning", "size", "keys"), REGRESSIONS)
def test_a_walk_that_once_failed_holds(tmp_path: Path, beginning: str, size: tuple[int, int], keys: str) -> None:
    walk(tmp_path / "home", beginning, size, keys)
