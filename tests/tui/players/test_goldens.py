"""Every player as a person sees it: at 80×24 and at 40×15, in colour and without, stage by stage.

One file a case in `tests/tui/golden/`: the screen as text, then its styles. To renew them on purpose:
`TRUSTKIT_RENEW_GOLDENS=1 python -m pytest tests/tui/players/test_goldens.py`, and look at each as a reader would.
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from golden import FOLDER, RENEW, compare, drawn, hues, told_apart
from textual.widgets import Input, OptionList, TextArea

from trustkit.companion import Companion
from trustkit.model.entry import Record
from trustkit.model.exercise import (
    TYPES,
    Blank,
    Body,
    Breathing,
    Builder,
    Check,
    Checklist,
    Choice,
    Column,
    Exercise,
    Field,
    Grounding,
    Listing,
    Moment,
    Phase,
    Question,
    Reflection,
    Span,
    Timer,
    Tracker,
)
from trustkit.tui.players.breathing import BreathStage
from trustkit.tui.players.grounding import Moments
from trustkit.tui.players.timer import Spans

pytestmark = pytest.mark.long

Playing = Callable[..., Any]
LOOKS = ("colour", "no-colour")
SIZES = ((80, 24), (40, 15))


def made(name: str, kind: str, title: str, body: Body, intro: str, outro: str, caution: str = "") -> Exercise:
    """An exercise that is only here, so that another word in a shipped one changes no golden file."""
    return Exercise(
        name, kind, title, "For a test.", body, 1, date(2026, 11, 22), intro=intro, outro=outro, caution=caution
    )


BREATH = made(
    "slow-breath",
    "breathing",
    "A longer breath out",
    Breathing(8, (Phase("in", 4, "Breathe in"), Phase("out", 6, "Let it go slowly")), also=(30,)),
    "The breath out is the part that slows the heart. Nothing has to be deep; small and slow is enough.",
    "Notice one thing that is a little softer than before. If nothing is, that is an answer too.",
    "If breathing on purpose makes you dizzy or more afraid, stop. Looking round the room does the same work.",
)
LOOKING = made(
    "look-about",
    "grounding",
    "Where you are",
    Grounding(
        (
            Moment("Find five things you can see.", "Say each one, aloud or not. *Small things count.*", "sight", 5),
            Moment("Feel the floor under your feet.", "Press a little, and let go.", "touch", seconds=20),
            Moment("You are here, and it is now.", "Stay as long as you like."),
        )
    ),
    "Your alarm may be about then. This looks at now.",
    "You can do this anywhere, and nobody sees it.",
    "If a thing in the room makes it worse, look at another one, or go to another room.",
)
URGE = made(
    "sit-it-out",
    "timer",
    "Sit out the urge to check",
    Timer(
        (
            Span("Name it", 60, "What do you want to look at, and what do you hope to find?", "one", True),
            Span("Let it rise and fall", 240, "An urge is a wave. You need not do anything about it.", "both"),
        )
    ),
    "Urges pass, mostly within twenty minutes. You can still decide afterwards.",
    "Whatever you do now, you do it on purpose.",
)
ASKED = made(
    "three-questions",
    "reflection",
    "Where did it land?",
    Reflection(
        (
            Question("page", "What happened, as a camera would have seen it?", hint="One line is enough."),
            Question("strong", "How strong is what you feel about it?", scale=True),
            Question("same", "Is it about now, or about then?", choices=("about now", "about then", "can't tell")),
        )
    ),
    "Three short questions. Each of them can stay empty.",
    "You can leave it here for today.",
    "If it pulls you back there, stop and look round the room.",
)
SENTENCE = made(
    "say-it",
    "builder",
    "Say what you need",
    Builder(
        (
            Blank("when", "When does it happen?", "One real time, with no “always”.", "plans change without a word"),
            Blank("feel", "What do you feel?", choices=("sad", "afraid", "left out")),
            Blank("ask", "What would you like?", optional=True),
        ),
        "When {when}, I feel {feel}.\nI would like {ask}.\n",
        (Check("Does it leave out “always” and “never”?", if_no="One real example is easier to hear."),),
    ),
    "A sentence somebody can hear. You need not say it to anyone.",
    "",
    "Only where it is safe to speak.",
)
TICKS = made(
    "what-is-it",
    "checklist",
    "What is it, mostly?",
    Checklist(
        (
            Choice("hurt", "hurt", "Something was done to me."),
            Choice("shame", "ashamed", "I did something, and I would rather nobody looked at me for a while."),
            Choice("lost", "lost"),
        ),
        pick=2,
    ),
    "A word for it makes it a little smaller.",
    "Words change. So may these.",
)
HELD = made(
    "mine",
    "list",
    "Things that are still mine",
    Listing((Column("thing", "What is it?", "A place, a song, a person."), Column("why", "What is it like?"))),
    "What was yours before is yours now.",
    "",
)
NOTED = made(
    "kept-or-not",
    "tracker",
    "Promises, kept or not",
    Tracker(
        (
            Field("what", "What was promised?", "text"),
            Field("whose", "Whose promise?", "choice", choices=("mine", "theirs")),
            Field("due", "By when?", "date", optional=True),
            Field("kind", "How much did it matter?", "scale", low="little", high="much"),
        )
    ),
    "One line when it is made, one when its day has come.",
    "",
    "Small ones count. This is no evidence to be used against anyone.",
)


class Camera:
    """Takes the screen down, stage by stage, and holds each case against its golden file."""

    def __init__(self, play: Any, look: str, size: tuple[int, int]) -> None:
        self.play = play
        self.colour = look == "colour"
        self.suffix = f"{size[0]}x{size[1]}{'' if self.colour else '-no-colour'}"
        self.differences: list[str] = []
        self._pages: list[str] = []

    async def take(self, stage: str, *words: str) -> None:
        """Wait for these words, then take down what is on the screen."""
        play = self.play
        await play.until(*words)
        for area in [*play.app.screen.query(TextArea), *play.app.screen.query(Input)]:
            area.cursor_blink = False
        await play.rest()
        focused = play.app.focused
        assert focused is not None, f"{stage}: something takes the keys"
        if not self.colour:
            assert not hues(play.app), f"{stage}: colour is left"
            assert "esc" in play.text, f"{stage}: the way out is in sight"
            if isinstance(focused, OptionList):
                assert told_apart(focused, play.app), f"{stage}: where the cursor stands shows without colour"
        self._pages.append(f"== {stage}\n{drawn(play.app, colour=self.colour)}\n")

    async def case(self, name: str, exercise: Exercise, scenes: "Scenes") -> None:
        """Play one exercise, and hold what was seen against its file."""
        self._pages = []
        beneath = self.play.app.screen
        await self.play.open(exercise)
        await scenes(self.play, self)
        while self.play.app.screen is not beneath:
            await self.play.app.pop_screen()
        await self.play.settled()
        if difference := compare(f"{name}-{self.suffix}", "\n".join(self._pages)):
            self.differences.append(difference)


Scenes = Callable[[Any, Camera], Awaitable[None]]


async def breathe(play: Any, camera: Camera) -> None:
    await camera.take("opening", "8 rounds, 1:20", "How are you right now?")
    await play.press("right", "right")
    await camera.take("a mark under the cursor", "[1]")
    await play.press("enter")
    await camera.take("settling", "When you like")
    await at(play, BreathStage, 3 + 3.0)
    await camera.take("breathing in", "Breathe in   1")
    await at(play, BreathStage, 4.0)
    await play.press("space")
    await camera.take("held", "Paused")
    await play.press("e")
    await camera.take("after", "Notice one thing", "How are you right now?")
    await play.press("1")
    await camera.take("what now", "Done for now")


async def breath_only(play: Any, camera: Camera) -> None:
    await play.until("How are you right now?")
    await play.press("enter")
    await play.until("When you like")
    await at(play, BreathStage, 3 + 3.0)
    await camera.take("breathing in", "Breathe in   1")
    await at(play, BreathStage, 3.0)
    await camera.take("letting it go", "Let it go slowly   4")


async def look_about(play: Any, camera: Camera) -> None:
    await camera.take("opening", "How are you right now?")
    await play.press("enter")
    await play.until("five things")
    await play.press("space", "space")
    await camera.take("two of five", "■ ■ □ □ □")
    await play.press("enter")
    await at(play, Moments, 4.0)
    await at(play, Moments, 4.0)
    await camera.take("a wait", "Feel the floor")
    await play.press("space")
    await camera.take("a wait, held", "held, space goes on")
    await play.press("enter")
    await camera.take("no time at all", "it is now")
    await play.press("enter")
    await camera.take("after", "How are you right now?")


async def sit_out(play: Any, camera: Camera) -> None:
    await camera.take("opening", "2 parts, 5:00")
    await play.press("8")
    await camera.take("at eight", "Begin")
    await play.press("enter")
    await play.until("Name it")
    await at(play, Spans, 4.0)
    await camera.take("the first part", "0:56")
    await play.press("enter", "space")
    await camera.take("the second, held", "4:00", "held")
    await play.press("e")
    await camera.take("after", "How are you right now?")


async def reflect(play: Any, camera: Camera) -> None:
    await camera.take("opening", "Begin")
    await play.press("enter")
    await play.until("1 of 3")
    await play.type("They said Tuesday, and on Tuesday nobody came. I sat by the door until it was dark.")
    await camera.take("a page", "until it was dark")
    await play.press("ctrl+n", "right", "right")
    await camera.take("a scale", "2 of 3", "[1]")
    await play.press("4")
    await camera.take("choices", "3 of 3", "about then")
    await play.press("down", "enter")
    await camera.take("all of it, and whether to keep it", "Keep this note?")
    await play.press("escape")
    await camera.take("stopping", "Leave it there")


async def build(play: Any, camera: Camera) -> None:
    await camera.take("opening", "Begin")
    await play.press("enter")
    await play.until("1 of 3")
    await camera.take("an empty blank", "For example")
    await play.type("you come home late")
    await play.press("enter")
    await camera.take("choices", "2 of 3", "When you come home late, I feel sad.")
    await play.press("enter")
    await play.until("3 of 3")
    await play.type("a message")
    await camera.take("the last blank", "I would like a message.")
    await play.press("enter")
    await camera.take("a gentle check", "Does it leave out")
    await play.press("down", "enter")
    await camera.take("a nudge", "One real example")
    await play.press("enter")
    await camera.take("whether to keep it", "Keep this note?")


async def tick(play: Any, camera: Camera) -> None:
    await camera.take("opening", "Begin")
    await play.press("enter")
    await play.until("Up to 2.")
    await play.press("space", "down")
    await camera.take("one ticked", "[✓] hurt", "[ ] ashamed")
    await play.press("space", "down", "space")
    await camera.take("one too many", "Untick one")
    await play.press("d")
    await camera.take("whether to keep it", "Keep this note?")


async def hold_on(play: Any, camera: Camera) -> None:
    await camera.take("opening", "Open the list")
    await play.press("enter")
    await camera.take("empty", "Nothing on it yet.")
    await play.press("enter")
    await play.type("the sea in winter")
    await camera.take("a row", "Put it on the list")
    await play.press("enter", "enter", "enter")
    await camera.take("one row", "the sea in winter  2026-11-22")
    await play.press("d")
    await camera.take("whether to keep it", "Keep this note?")


async def note(play: Any, camera: Camera) -> None:
    await camera.take("opening", "Note something")
    await play.press("enter")
    await play.until("What was promised?")
    await play.type("call on Sunday")
    await play.press("enter", "right")
    await camera.take("one of two", "[mine]")
    await play.press("enter", *"soon", "enter", "3", "enter", "enter")
    await camera.take("a day that is not clear", "That date wasn't clear.")
    await play.press(*["backspace"] * 4, "tab", "tab")
    await camera.take("a day taken back", "That's all")
    await play.press("enter")
    await camera.take("whether to keep it", "Keep this note?")


async def at(play: Any, kind: type, seconds: float) -> None:
    """Let so much time pass for a stage, and let it look at the clock."""
    stage = play.app.screen.query_one(kind)
    while seconds > 0:
        play.forward(min(seconds, 2.0))
        seconds -= 2.0
        if isinstance(stage, BreathStage):
            stage.figure.pause()  # and on again: it draws where it is at either moment
            stage.figure.resume()
        else:
            stage.look()
    await play.rest()


CASES: tuple[tuple[str, Exercise, Scenes, dict[str, str]], ...] = (
    ("breathing-orb", BREATH, breathe, {"figure": "orb"}),
    ("breathing-bar", BREATH, breath_only, {"figure": "bar"}),
    ("breathing-words", BREATH, breath_only, {"figure": "words"}),
    ("breathing-still", BREATH, breath_only, {"figure": "orb", "motion": "still"}),
    ("grounding", LOOKING, look_about, {}),
    ("grounding-still", LOOKING, look_about, {"motion": "still"}),
    ("timer", URGE, sit_out, {}),
    ("timer-still", URGE, sit_out, {"motion": "still"}),
    ("reflection", ASKED, reflect, {}),
    ("builder", SENTENCE, build, {}),
    ("checklist", TICKS, tick, {}),
    ("list", HELD, hold_on, {}),
    ("tracker", NOTED, note, {}),
)


def test_every_type_has_its_goldens() -> None:
    assert {exercise.type for _, exercise, _, _ in CASES} == set(TYPES)
    suffixes = [f"{width}x{height}{end}" for width, height in SIZES for end in ("", "-no-colour")]
    assert {file.name for file in FOLDER.iterdir()} == {f"{case[0]}-{s}.txt" for case in CASES for s in suffixes}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_player_looks_as_its_golden_file_says(
    opened: Companion, playing: Playing, monkeypatch: pytest.MonkeyPatch, clock: Any, size: tuple[int, int], look: str
) -> None:
    assert not (os.environ.get(RENEW) and os.environ.get("CI")), "golden files are looked at before they are renewed"
    if look == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    for value in (1, 3, 4):
        opened.vault.add(Record(NOTED.id, 1, values={"what": "a walk", "kind": value}))
        clock.forward(minutes=1)
    as_chosen = opened.settings
    async with playing(opened, BREATH, size=size) as play:
        await play.press("escape")
        assert play.is_over
        camera = Camera(play, look, size)
        for name, exercise, scenes, choices in CASES:
            opened.settings = replace(as_chosen, **choices)
            await camera.case(name, exercise, scenes)
    assert not camera.differences, (
        "\n\n".join(camera.differences) + f"\n\nMeant? Then renew with {RENEW}=1, and look at every file that changed."
    )
