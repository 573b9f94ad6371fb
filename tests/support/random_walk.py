"""Walks through the installed program in a real terminal: keys as people press them, and what must hold all the way.

A walk is a beginning, a size and a line of keys. `walk` presses them in a fresh copy of the beginning and raises
`WalkFailed` at the first thing that is wrong; `keys_for` makes such a line from a seed. In a line of keys,

    ^t  esc  down  q       is one key, and then the program comes to rest
    down+enter+enter       keys in one go, as fast fingers press them
    down*9                 a key that is held
    say:two_words          typed words
    passphrase             the journal's passphrase, and enter
    40x15                  the window changes its size
    idle                   quiet minutes, more than the idle lock waits for
    named:3                presses the fourth key that the line at the foot names: something has to happen
    way-back               esc and the places' keys lead to Today, or to a locked page that opens
"""

import random
import re
import shutil
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from pty_terminal import KEYS
from walk_homes import CANARIES, PASSPHRASE, WROTE, make_home
from walk_terminal import LINE_IN_SHELL, MORE_KEYS, POLL, RESTS, RESTS_AFTER_ESC, WalkTerminal

Size = tuple[int, int]

SIZES: tuple[Size, ...] = ((80, 24), (40, 15), (120, 40))
MOST_STEPS_BACK = 24
LOCK_POLLS = 200
BY_RECOVERY_KEY = "Recovery key, as it was printed"
HIDES = {"^g", "f8"}
CRASHED = b"trustkit stopped"
TEXTUAL_KEYS = re.compile(r"\b(?:left_square_bracket|right_square_bracket|number_sign|question_mark|full_stop|ctrl\+)")
"""Names of keys as the library knows them: nobody finds one on a keyboard."""
_RESIZE = re.compile(r"(\d+)x(\d+)")


class WalkFailed(AssertionError):
    """Something was wrong on a walk.

    Args:
        kind: What; two failures of one kind are taken for one fault.
        screen: What could be seen then.
        done: How many of the walk's steps had been taken.
    """

    def __init__(self, kind: str, screen: str, done: int) -> None:
        super().__init__(f"{kind}\n\n{screen}")
        self.kind = kind
        self.done = done


@dataclass
class Walk:
    """One walk: the program, and what is known of where it is.

    Args:
        terminal: The program, just started.
        sealed: Whether it began on a locked page, so that hiding locks.
    """

    terminal: WalkTerminal
    sealed: bool
    pressed: int = 0
    done: int = 0
    _locked_from: int | None = None
    """Where in the output a locked page was first seen; None while it is open."""
    _typed: list[str] = field(default_factory=list)
    """Words typed since then, which a page may show."""
    _last: deque[str] = field(default_factory=lambda: deque(maxlen=40))
    """The last keys; some ends take a moment, in which more is pressed."""
    _page: str = ""
    """What was shown before something was chosen; at its end the program erases its pages."""

    # -- steps --------------------------------------------------------------------------------------

    def step(self, token: str) -> None:
        """Take one step of a line of keys, and look whether all is well."""
        terminal = self.terminal
        if token == "way-back":
            self.way_back()
        elif token.startswith("named:"):
            self.press_named(int(token.partition(":")[2]))
        elif token == "idle":
            terminal.let_quiet_minutes_pass()
            self._wait_for_lock()
        elif size := _RESIZE.fullmatch(token):
            terminal.resize(int(size[1]), int(size[2]))
            terminal.settle()
        else:
            self._press(keys_of(token))
        self._look(token)
        self.done += 1

    def _press(self, keys: list[str]) -> None:
        terminal = self.terminal
        self.pressed += len(keys)
        self._last.extend(keys)
        if {"enter", "space"} & set(keys) and not is_blank(page := terminal.text):
            self._page = page
        if "".join(keys).endswith(PASSPHRASE + "enter"):
            terminal.settle()  # a page that is being locked takes no passphrase yet
            self._locked_from = None
        elif self._locked_from is not None:
            self._typed.append("".join(keys))
        terminal.send(*keys)
        if keys[-1] == "^z":
            terminal.come_back()
            if not terminal.ended and is_blank(terminal.text) and self._locked_from is None:
                terminal.settle(rests=20)
                if is_blank(terminal.text):
                    raise self._failed("an empty page after ^z and fg")
        terminal.settle(rests=RESTS_AFTER_ESC if keys[-1] == "esc" else RESTS)
        if "".join(keys).endswith(PASSPHRASE + "enter"):
            self._wait_for_opening()
        if keys[-1] == "^q":
            self._must_end()

    def _wait_for_opening(self) -> None:
        for _ in range(100):
            if self.terminal.ended or "Opening…" not in self.terminal.text:
                return
            self.terminal.settle()

    def _wait_for_lock(self) -> None:
        """An idle lock comes by itself; what plays may hold it back, and an open journal has none."""
        terminal = self.terminal
        for _ in range(LOCK_POLLS if self.sealed else 1):
            if terminal.ended or is_locked(terminal.text):
                break
            terminal.answers(POLL)
        terminal.settle()

    def _must_end(self) -> None:
        terminal = self.terminal
        for _ in range(20):
            if terminal.ended:
                return
            terminal.answers(0.5)
        raise self._failed("^q doesn't leave")

    # -- what must hold -----------------------------------------------------------------------------

    def _failed(self, kind: str) -> WalkFailed:
        return WalkFailed(kind, self.terminal.text, self.done)

    def _look(self, token: str) -> None:
        terminal = self.terminal
        if terminal.ended:
            self._look_at_end()
            return
        if self._locked_from is not None or any(key in HIDES or key in ("^l", "idle") for key in keys_of(token)):
            self._look_at_locked()
        if CRASHED in terminal.raw:
            self._must_end()
            self._look_at_end()

    def _look_at_locked(self) -> None:
        """Once a locked page was seen, no private word may be, until the passphrase was given."""
        terminal = self.terminal
        text = terminal.text
        if self._locked_from is None:
            if not is_locked(text):
                return
            self._locked_from, self._typed = len(terminal.raw), []
        typed = "".join(self._typed)
        for word in (*CANARIES, WROTE):
            painted = word.encode() in terminal.raw[self._locked_from :]
            if word not in typed and (painted or word in text):
                raise self._failed(f"locked, and it shows {word!r}")

    def _look_at_end(self) -> None:
        """Only what was asked for ends it, with nothing left behind."""
        terminal = self.terminal
        code, left = terminal.wait(), terminal.normal_text
        at = terminal.raw.find(CRASHED)
        if at >= 0 or "Traceback" in left:
            raise WalkFailed(_what_crashed(bytes(terminal.raw[at:])), left, self.done)
        hidden = not self.sealed and HIDES & set(self._last)
        asked = hidden or {"^q", "^p"} & set(self._last) or _offers_to_leave(self._page)
        if code != 0 or not asked:
            raise WalkFailed(f"ended with {code} after {' '.join(self._last)}", left, self.done)
        if any(word in left for word in CANARIES):
            raise WalkFailed("left, and a private word stands in the terminal", left, self.done)
        if hidden and "^q" not in self._last and LINE_IN_SHELL in left:
            raise WalkFailed("hidden, and the command line is in view", left, self.done)

    def press_named(self, number: int) -> None:
        """Press one of the keys that the line at the foot names, and see that something comes of it."""
        terminal = self.terminal
        terminal.settle(rests=8)
        text = terminal.text
        if found := TEXTUAL_KEYS.search(text):
            raise self._failed(f"a key is called {found[0]!r}")
        named = [(key, words) for key, words in keys_at_foot(text) if key not in HIDES]
        if not named:
            return
        key, words = named[number % len(named)]
        if key not in KEYS and key not in MORE_KEYS and len(key) != 1:
            raise self._failed(f"a key is called {key!r}")
        self.pressed += 1
        self._last.append(key)
        terminal.send(key)
        for _ in range(LOOKS_FOR_ANSWER):
            terminal.settle()
            if terminal.ended or terminal.text != text or words in ONLY_MOVE:
                return
            terminal.answers(POLL)
        raise self._failed(f"nothing comes of {key} {words}")

    def way_back(self) -> None:
        """Esc, the key of a place, and enter where something asks: to Today, or to a locked page that opens."""
        terminal = self.terminal
        seen: dict[str, int] = {}
        for _ in range(MOST_STEPS_BACK):
            terminal.settle(rests=RESTS_AFTER_ESC)
            if terminal.ended:
                return
            text = terminal.text
            if is_today(text) or is_beginning(text):
                return
            if is_blank(text):
                keys = ["enter"]
            elif is_door(text):
                keys = ["^r"] if BY_RECOVERY_KEY in text else ["esc", *PASSPHRASE, "enter"]
            else:
                seen[text] = seen.get(text, 0) + 1
                keys = [("esc", "esc", "t", "enter", "tab", "enter")[(seen[text] - 1) % 6]]
            self._press(keys)
        raise self._failed("no way back to Today")


_NEXT = r"(?=site-packages/|trustkit/|tui/|companion/|vault/|library/|model/|(?:lib/)?python3|Whatyou|$)"
_KIND = re.compile(r"report\.([A-Z][A-Za-z]+?)" + _NEXT)
_OURS = re.compile(r"(?:tui|screens|players|widgets|companion|vault|library|model)/(\w+\.py):\d+in(<?\w+?>?)" + _NEXT)


def _what_crashed(raw: bytes) -> str:
    """The kind of error and our innermost two places: what tells one mistake from another, however lines broke."""
    report = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\s", "", raw.decode(errors="replace"))
    kind = _KIND.search(report)
    where = [f"{file} {function}" for file, function in _OURS.findall(report)]
    return f"crash: {kind[1] if kind else '?'} in {' < '.join(where[:-3:-1]) or '?'}"


# -- what a page is ---------------------------------------------------------------------------------------


def is_blank(text: str) -> bool:
    return not text.strip()


def is_door(text: str) -> bool:
    """The locked page, even scrolled; any other page that asks for a passphrase has other words above the line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    label = next((at for at, line in enumerate(lines) if line in ("Passphrase", BY_RECOVERY_KEY)), None)
    if label is None or "Use this passphrase" in text:
        return False
    return "trustkit is locked.".endswith(re.sub(r"[▁-█\s]+", " ", " ".join(lines[:label])).strip())


def is_locked(text: str) -> bool:
    return is_blank(text) or is_door(text)


def in_a_place(text: str) -> bool:
    return "Today" in text.partition("\n")[0] and "Patterns" in text.partition("\n")[0]


def is_today(text: str) -> bool:
    return in_a_place(text) and ("right now?" in text or "how I am" in text)


def is_beginning(text: str) -> bool:
    """The welcome's first page, which nothing is behind."""
    return "You can go slowly here." in text or "I need to calm" in text


def _offers_to_leave(page: str) -> bool:
    """Whether the welcome's Close was in reach."""
    return is_beginning(page) or "Close" in page


def keys_at_foot(text: str) -> list[tuple[str, str]]:
    """The keys that the line at the foot names, and what it says of each. It always names the way out."""
    line = text.splitlines()[-1] if text else ""
    pieces = [piece.partition(" ") for piece in re.split(r"\s{2,}", line.strip())]
    named = [(key, words) for key, _, words in pieces if key and words]
    return named if ("^g", "hide") in named else []


# -- lines of keys ----------------------------------------------------------------------------------------


def keys_of(token: str) -> list[str]:
    """The keys that one step presses, in order."""
    if token == "passphrase":
        return [*PASSPHRASE, "enter"]
    if token.startswith("say:"):
        return list(token.removeprefix("say:").replace("_", " "))
    keys: list[str] = []
    for key in token.split("+") if token != "+" else ["+"]:
        name, times, count = key.rpartition("*")
        keys += [name] * int(count) if times and name else [key]
    return keys


def walk(folder: Path, beginning: str, size: Size, keys: str, *, leaves: bool = True) -> int:
    """Take this walk in a fresh copy of its beginning, then go back and leave.

    Args:
        folder: An empty or missing folder for the walk's own journal.
        beginning: `first run`, `sealed` or `open`.
        size: Columns and rows at the start.
        keys: The line of keys.
        leaves: Whether it goes back and leaves at the end; without, a walk is a second shorter.

    Returns:
        How many keys were pressed.

    Raises:
        WalkFailed: Something did not hold.
    """
    shutil.rmtree(folder, ignore_errors=True)
    make_home(folder, beginning)
    with WalkTerminal("--data-dir", folder, size=size) as terminal:
        this = Walk(terminal, beginning == "sealed")
        terminal.wait_until(
            lambda: is_beginning(terminal.text) or is_door(terminal.text) or is_today(terminal.text), ""
        )
        tokens = [
            *(["passphrase"] if beginning == "sealed" else []),
            *keys.split(),
            *(["way-back", "^q"] if leaves else []),
        ]
        for token in tokens:
            if terminal.ended:
                break
            this.step(token)
        return this.pressed


# -- keys as people press them ------------------------------------------------------------------------------

ONLY_MOVE = {"how I am"}
"""What named keys do that may change nothing but where the cursor is."""
LOOKS_FOR_ANSWER = 8
"""Looks at the page for what a named key does there, before it is said to do nothing."""
EVERYWHERE: tuple[tuple[int, str], ...] = (
    (30, "down"), (14, "up"), (26, "enter"), (18, "esc"), (8, "tab"), (6, "right"), (4, "left"), (5, "space"),
    (3, "backspace"), (3, "pagedown"), (2, "pageup"), (2, "home"), (2, "end"), (3, "down*9"), (2, "enter*3"),
    (3, "space*4"), (2, "backspace*30"), (3, "down+down+enter"), (3, "esc+esc"), (2, "tab+enter"), (2, "esc*4"),
    (5, "^t"), (6, "^t esc"), (2, "^t space e"), (2, "^t+esc"), (2, "^t 40x15 esc"), (3, "^o"), (3, "^o esc"),
    (2, "^o enter down enter"), (2, "^t ^o"), (4, "?"), (2, "f1"), (2, ","), (2, ", down enter"), (1, "!"),
    (3, "^p"), (2, "^p say:breath enter"), (2, "^p say:lock enter"), (1, "^p say:hide enter"), (3, "^p a ^t ^p"),
    (2, "^p down*4+enter"), (2, "^p ^t"), (1, "^p ^p"), (1, "^s"), (1, "^n"), (1, "^r"), (1, "^z"), (1, "^c"),
    (2, "40x15"), (2, "80x24"), (2, "120x40"), (1, "40x15"), (6, "way-back"),
    *((5, f"named:{number}") for number in range(4)),
)  # fmt: skip
INDOORS: tuple[tuple[int, str], ...] = (
    (6, "t"), (6, "g"), (6, "p"), (6, "j"), (5, "a"), (5, "w"), (3, "h"), (2, "d"), (2, "l"), (2, "s"), (2, "e"),
    (2, "r"), (2, "x"), (2, "n"), (2, "m"), (2, "u"), (2, "c"), (2, "b"), (2, "o"), (2, "/"), (2, "."), (2, "["),
    (2, "]"), (2, "#"), (2, "7"), (1, "0"), (6, f"w say:{WROTE}"), (3, f"w say:{WROTE} ^s"), (2, "w say:a_line ^t esc"),
    (3, "g down enter"), (3, "p down enter"), (3, "p enter enter"), (3, "j enter"), (2, "j down enter e"),
    (2, "p esc ^p a ^t"), (2, "j x"), (2, "j / say:the enter"), (2, "h 9"), (2, "a down enter"),
    (2, "t+g+p+j+a"), (2, "j+enter+e"), (2, "w+a+b+c"),
)  # fmt: skip
LOCKING: tuple[tuple[int, str], ...] = (
    (8, "^l passphrase"), (5, "^g enter passphrase"), (3, "f8 enter passphrase"), (5, "idle passphrase"),
    (2, "^l"), (2, "^g"), (2, "idle"), (2, "^l ^t esc passphrase"), (2, "^l ^o esc passphrase"), (2, "^g+enter"),
    (3, "^t esc ^l passphrase"), (3, "^t esc ^g enter passphrase"), (2, "^t ^g enter passphrase"),
    (2, "^l+^g enter passphrase"), (2, f"w say:{WROTE} ^g enter passphrase"), (2, f"w say:{WROTE} idle passphrase"),
    (2, "^t esc idle passphrase"), (2, "^o ^l passphrase"), (2, "^p ^l passphrase"), (2, "passphrase"),
    (2, "^l say:wrong enter passphrase"),
)  # fmt: skip
WELCOME: tuple[tuple[int, str], ...] = (
    (40, "enter"), (30, "down"), (20, "down enter"), (12, "down+enter"), (14, "enter*2"), (14, "down+enter*3"),
    (14, "down*3 enter"), (10, "down*3+enter"), (8, "down*3 space"), (10, "esc"), (4, "esc+enter"), (6, "passphrase"),
    (6, "passphrase passphrase"), (3, "^g"), (3, "^g enter"), (4, "up enter"),
)  # fmt: skip
HIDING: tuple[tuple[int, str], ...] = ((2, "^g"), (1, "f8"), (3, "^l"), (3, "idle"))
HABITS = {
    "first run": (*WELCOME, *WELCOME, *WELCOME, *EVERYWHERE),
    "sealed": (*EVERYWHERE, *INDOORS, *LOCKING),
    "open": (*EVERYWHERE, *INDOORS, *HIDING),
}
"""What people press in each beginning, and how often: weights and little runs of keys."""


def keys_for(seed: int, beginning: str, steps: int) -> tuple[Size, str]:
    """A size and a line of keys, the same for the same seed.

    Args:
        seed: Any number.
        beginning: `first run`, `sealed` or `open`.
        steps: How many little runs of keys; a run is one key or a few.
    """
    chance = random.Random(f"{beginning} {seed}")
    weights, runs = zip(*HABITS[beginning], strict=True)
    return chance.choice(SIZES), " ".join(chance.choices(runs, weights, k=steps))
