"""The two front ends over journals of their own, with the same answers given to both; what they asked is noted."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from app_driver import Driver

from trustkit import vault as vaults
from trustkit.cli.program import run
from trustkit.companion import Companion
from trustkit.exercises.prompts import Choose, Play, Rate, Run
from trustkit.exercises.script import MadeWorse, adrive, drive
from trustkit.model.exercise import Exercise
from trustkit.paths import Paths
from trustkit.tui.players.player import Player
from trustkit.tui.players.playing import player_for
from trustkit.tui.players.stages import Say

Asked = tuple[object, ...]


@dataclass
class Reader:
    """Somebody who answers: the same whatever the front end."""

    marks: tuple[object, object] = (None, None)
    """Before, and after."""
    choices: tuple[str, ...] = ()
    """Ids of options, the first that is offered is chosen; otherwise the first option."""
    runs: str = "whole"
    """How a run ends: `whole`, `stopped`, or `worse`, said while it plays."""
    asked: list[Asked] = field(default_factory=list)
    ends: list[object] = field(default_factory=list)

    def note(self, prompt: object) -> None:
        """Note what was asked."""
        match prompt:
            case Choose(_, options):
                self.asked.append(("choose", *(option.id for option in options)))
            case Rate():
                self.asked.append(("rate", prompt.at))
            case Run(exercise) | Play(exercise):
                self.asked.append((type(prompt).__name__, exercise.id))
            case _:
                self.asked.append((type(prompt).__name__,))

    def answer(self, prompt: object) -> Any:
        """The answer to a prompt that takes one."""
        match prompt:
            case Choose(_, options):
                ids = [option.id for option in options]
                return next((one for one in self.choices if one in ids), ids[0])
            case Rate():
                return self.marks[prompt.at == "after"]
            case Run():
                return self.runs
        raise AssertionError(prompt)


class Lines:
    """Standard input, whose next line is put there when it is asked for."""

    def __init__(self) -> None:
        self.ahead: list[str] = []

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return f"{self.ahead.pop(0)}\n" if self.ahead else ""


Plain = Callable[..., int]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the plain lines' journal."""
    return tmp_path / "plain"


@pytest.fixture
def journal(home: Path, clock: Any) -> Callable[[], Companion]:
    """An open journal; called, it gives what the next process would hold of it."""
    vaults.create_open(Paths.find(home), clock=clock).close()
    return lambda: Companion.start(Paths.find(home), clock=clock)


@pytest.fixture
def plain(home: Path, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Plain:
    """Run a verb as at a terminal, answered by a reader, who is there already at the gates and goes on."""
    lines = Lines()
    reader = Reader()

    def run_it(exercise: Exercise | None = None, **_: object) -> str:
        clock.forward(minutes=3)
        if reader.runs == "worse":
            raise MadeWorse
        return reader.runs

    def driven(script: Any, show: Any, call: Any) -> Any:
        def shown(prompt: Any) -> Any:
            reader.note(prompt)
            if isinstance(prompt, Choose | Rate):
                answer = reader.answer(prompt)
                ids = [option.id for option in prompt.options] if isinstance(prompt, Choose) else []
                lines.ahead.append(str(ids.index(answer) + 1) if ids else "" if answer is None else str(answer))
            return show(prompt)

        reader.ends.append(end := drive(script, shown, call))
        return end

    def verb(answers: Reader, *words: str, gates: int = 0) -> int:
        nonlocal reader
        reader = answers
        lines.ahead = ["1"] * gates
        code = run(["--data-dir", str(home), *words], clock)
        assert lines.ahead == []
        return int(code)

    monkeypatch.setattr("trustkit.cli.playing_host.drive", driven)
    monkeypatch.setattr("trustkit.cli.playing_runs.play_run", run_it)
    monkeypatch.setattr("trustkit.cli.inline.run_inline", lambda *_, **__: run_it() == "whole")
    monkeypatch.setattr("trustkit.cli.say.on_terminal", lambda stream: stream is not None)
    monkeypatch.setattr("trustkit.cli.say.prompt", lambda _: None)
    monkeypatch.setattr(sys, "stdin", lines)
    return verb


@pytest.fixture
def on_screen(monkeypatch: pytest.MonkeyPatch, clock: Any) -> Callable[..., Any]:
    """Play an exercise in a running app, answered by a reader through the stages that are shown."""
    waiting: list[tuple[Any, Any]] = []
    reader = Reader()

    async def driven(script: Any, show: Any, call: Any) -> Any:
        async def shown(prompt: Any) -> Any:
            reader.note(prompt)
            if isinstance(prompt, Choose | Rate | Run):
                waiting.append((show.__self__, prompt))
            return await show(prompt)

        reader.ends.append(end := await adrive(script, shown, call))
        return end

    monkeypatch.setattr("trustkit.tui.players.player.adrive", driven)
    monkeypatch.setattr("trustkit.tui.screens.plain_question.adrive", driven)

    async def play(driver: Driver, exercise: Exercise, answers: Reader) -> None:
        nonlocal reader
        reader = answers
        app, over = driver.app, []
        for gate in app.companion.gates_before_tool(exercise):
            if gate.kind == "ask":
                app.companion.sitting.answer(gate, gate.answers[0])
            else:
                app.companion.sitting.seen("", gate)
        app.push_screen(player_for(exercise, app.companion), over.append)
        while not over:
            await driver.done(lambda: waiting or over, "nothing more was asked")
            if over:
                break
            page, prompt = waiting.pop(0)
            stage = await _stage(driver, page)
            if isinstance(prompt, Run):
                clock.forward(minutes=3)
                if reader.answer(prompt) == "worse":
                    page.action_worse()
                    continue
            stage.finish(reader.answer(prompt))
        await driver.rest()
        while len(app.screen_stack) > 1:
            app.pop_screen()
            await driver.rest()

    return play


async def _stage(driver: Driver, page: Any) -> Any:
    """The stage that waits on a page."""

    def find() -> Any:
        stages = [page.stage] if isinstance(page, Player) else list(page.query(Say))
        return next((one for one in stages if one and one.is_attached and not one.answer.done()), None)

    await driver.done(find, "nothing waits for an answer")
    return find()
