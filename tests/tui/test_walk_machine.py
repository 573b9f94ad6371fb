"""Keys, fast and slow, windows that change, quiet minutes, signals: nothing a person does ends trustkit or shows words.

A Hypothesis state machine walks the app. In CI the same steps are taken each time; for a longer walk:

    TRUSTKIT_WALKS=300 python -m pytest tests/tui/test_walk_machine.py      # so many walks, other ones each time
"""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGTERM

import pytest
from app_machine import HIDE, REST, QuickApp
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from textual.command import CommandPalette

from trustkit import vault
from trustkit.companion import Companion
from trustkit.library import Library
from trustkit.model.entry import Answers, Draft, Note
from trustkit.paths import Paths, shipped_content
from trustkit.tui.app import BLANK, DOOR
from trustkit.tui.commands import PLACES as ALL_PLACES
from trustkit.tui.screens.page import Ask

PASSPHRASE = "plum otter"
PLACES = frozenset(mode for mode, *_ in ALL_PLACES)
CANARY = "zebrawort"
SIZES = ((80, 24), (40, 15), (120, 40))
ANYWHERE = ("ctrl+t", "ctrl+o", "ctrl+l", "ctrl+g", "f1", "ctrl+p", "question_mark", "comma", "exclamation_mark")
GOING = ("t", "g", "p", "j", "a", "w", "h")
MOVING = ("down", "up", "enter", "escape", "tab", "space", "left", "right", "backspace", "pagedown")
OFTEN = ("enter", "escape", "down", "ctrl+t")
HELD = ("enter", "enter", "escape", "space", "down", "ctrl+t", "ctrl+o")
WORDS = ("breath", CANARY, "10", "2026-11-02", "a b")
WAY_BACK = 14
"""Steps back after which Today must be there, answers to what is asked on the way included."""

walks = int(os.environ.get("TRUSTKIT_WALKS") or 0)
SETTINGS = settings(
    max_examples=walks or 24,
    stateful_step_count=100 if walks else 60,
    derandomize=not walks,
    deadline=None,
    database=None,
    print_blob=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)

key = st.one_of(st.sampled_from(OFTEN), st.sampled_from(MOVING), st.sampled_from(ANYWHERE), st.sampled_from(GOING))
bound = st.integers(0, 30)
"""Which of the keys that the open page binds, by their order."""


class Beginnings:
    """What walks begin with, made once: a folder that was never used, a sealed one with words in it, an open one."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._library = Library(shipped_content())
        self._count = 0
        for name in ("sealed", "open"):
            paths = self._paths(folder / name)
            made = (
                vault.create_sealed(paths, PASSPHRASE, clock=clock, log_n=4)
                if name == "sealed"
                else vault.create_open(paths, clock=clock)
            )
            for number in range(4):
                note = Note(f"{CANARY} {number}", title=f"{CANARY} title", tags=(CANARY,))
                made.add(note, created=clock() - timedelta(days=number))
            made.add(Answers("three-good-things", 1, answers={"what": CANARY}))
            made.save_draft(Draft(made.new_id(), Note(f"{CANARY} draft"), clock(), target=made.new_rev()))
            made.close()

    def _paths(self, root: Path) -> Paths:
        return Paths(shipped_content(), root / "data", root / "cache", root / "config")

    def fresh(self, name: str) -> Paths:
        """A folder of one's own with this beginning in it."""
        self._count += 1
        root = self._folder / "walks" / str(self._count)
        if (self._folder / name).exists():
            shutil.copytree(self._folder / name, root)
        return self._paths(root)

    def companion(self, paths: Paths) -> Companion:
        """What the app opens, with the shipped guides read only once."""
        companion = Companion.start(paths, clock=self._clock)
        companion._library = self._library
        companion.new_key_work = 4
        return companion


class Walk(RuleBasedStateMachine):
    """One walk. What was done is kept in `done`, so that a failure can be pasted as a test."""

    beginnings: Beginnings

    def __init__(self) -> None:
        super().__init__()
        self.app: QuickApp | None = None
        self.done: list[str] = []
        self.size = SIZES[0]

    @initialize(name=st.sampled_from(["sealed", "sealed", "open", "welcome"]), size=st.sampled_from(SIZES))
    def begin(self, name: str, size: tuple[int, int]) -> None:
        self.paths, self.size = self.beginnings.fresh(name), size
        companion = self.beginnings.companion(self.paths)
        if companion.mode == "sealed":
            companion.vault.unlock(PASSPHRASE)
        self.app = QuickApp(companion, size)
        self.done.append(f"begin({name}, {size})")

    def _step(self, said: str, act: Callable[[QuickApp], object], *, may_leave: bool = False) -> None:
        """Do this, and see that the app is what it should be afterwards."""
        assert self.app is not None
        self.done.append(said)
        app = self.app
        may_leave = may_leave or app.place not in PLACES or isinstance(app.screen, CommandPalette)
        try:
            act(app)
            if not app.is_open:
                assert may_leave, "it was left, and nobody asked for that"
                self._begin_again()
                return
            assert not app.doubles(), "two screens of a kind in one stack"
            if app.app.companion.locked:
                assert CANARY not in app.text, "a locked journal shows its words"
        except Exception as error:
            error.add_note("The walk: " + " ".join(self.done))
            raise

    def _begin_again(self) -> None:
        assert self.app is not None
        self.app.close()
        self.app = QuickApp(self.beginnings.companion(self.paths), self.size)

    # -- steps -------------------------------------------------------------------------------------------

    @rule(key=key)
    def press(self, key: str) -> None:
        self._step(key, lambda app: app.press(key), may_leave=key in HIDE)

    @rule(at=bound)
    def press_bound(self, at: int) -> None:
        assert self.app is not None
        keys = self.app.bound_keys()
        key = keys[at % len(keys)] if keys else "enter"
        self._step(key, lambda app: app.press(key), may_leave=key in HIDE)

    @rule(keys=st.lists(key, min_size=2, max_size=5), rest=st.sampled_from([0.0, 0.02, REST]))
    def press_fast(self, keys: list[str], rest: float) -> None:
        self._step(
            f"[{' '.join(keys)}]+{rest}", lambda app: app.press(*keys, rest=rest), may_leave=bool(HIDE & {*keys})
        )

    @rule(key=st.sampled_from(HELD), times=st.integers(2, 5))
    def hold(self, key: str, times: int) -> None:
        """A key that is held, or pressed again because nothing seemed to happen."""
        self._step(f"[{key} x{times}]", lambda app: app.press(*[key] * times, rest=0.0))

    @rule(words=st.sampled_from(WORDS))
    def type(self, words: str) -> None:
        self._step(repr(words), lambda app: app.press(*words))

    @rule(size=st.sampled_from(SIZES))
    def resize(self, size: tuple[int, int]) -> None:
        self.size = size
        self._step(f"resize{size}", lambda app: app.resize(*size))

    @rule(minutes=st.sampled_from([1, 11]))
    def wait(self, minutes: int) -> None:
        self._step(f"wait({minutes} min)", lambda app: app.quiet(minutes))

    @rule(seconds=st.sampled_from([0.5, 3.0]))
    def rest(self, seconds: float) -> None:
        self._step(f"wait({seconds} s)", lambda app: app.press(rest=seconds))

    @rule(how=st.sampled_from(["ctrl+q", "SIGTERM"]))
    def leave(self, how: str) -> None:
        def act(app: QuickApp) -> None:
            app.do(lambda: app.app.stop_for(SIGTERM), rest=2.0) if how == "SIGTERM" else app.press(how, rest=2.0)
            assert app.life.done(), "it was told to leave, and stayed"

        self._step(how, act, may_leave=True)

    @precondition(lambda self: self.app is not None and self.app.place in (DOOR, BLANK))
    @rule()
    def unlock(self) -> None:
        def act(app: QuickApp) -> None:
            if app.place == BLANK:
                app.press("enter")
            for _ in range(WAY_BACK):
                if type(app.screen).__name__ == "UnlockScreen":
                    break
                app.press("escape")
            app.press("escape")
            app.press(*PASSPHRASE, "enter", rest=1.0)
            assert app.place in PLACES, f"the passphrase did not open it: {app.text}"

        self._step("unlock", act)

    @precondition(lambda self: self.app is not None and self.app.place in PLACES)
    @rule()
    def go_home(self) -> None:
        def act(app: QuickApp) -> None:
            for _ in range(WAY_BACK):
                if app.place == "today" and len(app.app.screen_stack) == 1:
                    return
                before = app.screen
                app.press("escape")
                if isinstance(app.screen, Ask) and before is not app.screen:
                    app.press("enter")  # where what was written goes is asked on the way
            raise AssertionError(f"no way back to Today from here:\n{app.text}")

        self._step("go_home", act)

    def teardown(self) -> None:
        if self.app is not None:
            STEPS.append(len(self.done))
            self.app.close()


STEPS: list[int] = []
"""Steps of each walk, for whoever measures."""


def test_nothing_a_person_does_ends_it_or_shows_words(
    tmp_path_factory: pytest.TempPathFactory, clock: Callable[[], datetime]
) -> None:
    Walk.beginnings = Beginnings(tmp_path_factory.mktemp("walks"), clock)
    STEPS.clear()
    run_state_machine_as_test(Walk, settings=SETTINGS)  # type: ignore[no-untyped-call]
    assert sum(STEPS) > 200


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(tmp_path_factory.mktemp("walks"), lambda: datetime(2026, 11, 22, 2, 10, 9, tzinfo=UTC))


CLOSES = "down down down"
QUICK = (
    "comma down comma enter enter d a escape down exclamation_mark up down up escape t escape down slash left w ctrl+o "
    "enter down escape up space escape escape ctrl+t j ctrl+t ctrl+t down enter comma down escape right_square_bracket "
    "e slash escape enter enter 7 h down right tab ctrl+o right p a tab e v space"
)
CRASHED = [
    ("sealed", (80, 24), "ctrl+t wait escape wait escape ctrl+g", "blank"),
    ("sealed", (80, 24), "ctrl+t wait escape wait escape ctrl+l", "door"),
    ("sealed", (80, 24), "ctrl+t wait escape wait escape idle", "door"),
    ("sealed", (80, 24), "w +abc ctrl+t escape ctrl+g", "blank"),
    ("sealed", (80, 24), "+ctrl+t,escape,ctrl+g", "blank"),
    ("sealed", (40, 15), "down ctrl+t resize escape p tab ctrl+l enter", "door"),
    ("sealed", (80, 24), "ctrl+g +exclamation_mark,question_mark,ctrl+o,ctrl+t,comma", "blank"),
    ("sealed", (80, 24), "p enter enter +ctrl+t,enter,h,escape", "practice"),
    ("welcome", (80, 24), f"{CLOSES} enter", "left"),
    ("welcome", (80, 24), f"{CLOSES} right space", "_default"),
    ("welcome", (80, 24), f"{CLOSES} right space escape escape t enter", "left"),
    ("welcome", (120, 40), f"+{QUICK.replace(' ', ',')}", "practice"),
    ("welcome", (80, 24), "+down,enter,enter,enter,enter,enter", "practice"),
    ("open", (40, 15), "p escape ctrl+p a ctrl+t ctrl+p", "today"),
    ("open", (80, 24), "+ctrl+o,ctrl+o,f1,f1,ctrl+t,ctrl+t,ctrl+o,f1,ctrl+t", "today"),
    ("open", (80, 24), "ctrl+t ctrl+o ctrl+p question_mark ctrl+t ctrl+p ctrl+t ctrl+p", "today"),
    ("welcome", (80, 24), "+escape,enter,enter,escape,enter,enter,enter", "_default"),
    ("open", (80, 24), "+ctrl+p,tab pagedown pageup", "today"),
    ("open", (80, 24), "p ctrl+p +breath wait +enter,enter,enter,enter wait escape", "practice"),
    ("open", (80, 24), "p ctrl+p +today wait +enter,enter wait +enter,enter,escape", "today"),
    ("open", (80, 24), "ctrl+p +zzzqqq pagedown pageup down enter", "today"),
    ("open", (80, 24), "+comma,comma,ctrl+o,f1,ctrl+o", "today"),
    ("sealed", (80, 24), "j +enter,enter,enter,escape,escape", "today"),
    ("sealed", (80, 24), "w +abc +escape,escape,escape", "today"),
]
"""A beginning, a size, keys (`+` a handful without waiting), and the place that must be open at the end."""


@pytest.mark.parametrize(("name", "size", "keys", "end"), CRASHED, ids=lambda value: str(value)[:40])
def test_keys_that_once_ended_it(beginnings: Beginnings, name: str, size: tuple[int, int], keys: str, end: str) -> None:
    Walk.beginnings = beginnings
    walk = Walk()
    walk.begin(name, size)
    app = walk.app
    assert app is not None
    try:
        for step in keys.split():
            if step == "wait":
                walk.rest(3.0)
            elif step == "idle":
                walk.wait(11)
            elif step == "resize":
                walk.resize((80, 24))
            elif step.startswith("+"):
                words = step[1:]
                walk.press_fast(words.split(",") if "," in words else list(words), 0.0)
            else:
                walk.press(step)
        app.press(rest=1.0)
        assert ("left" if walk.app is not app else app.place) == end
        if end in ("blank", "door"):
            assert app.app.companion.locked
    finally:
        walk.teardown()
