"""Read in plain lines, a guide asks the same questions; after "no" or "not sure" no line names a tool for two."""

from typing import Any

import pytest

from trustkit.cli import asking, read, say
from trustkit.companion import Clock, Companion
from trustkit.model.walk import SAFE_PATH_STEP
from trustkit.paths import Paths

OPENING = [("safety-check", "No"), ("safety-check", "I'm not sure"), ("transparency", "No")]


@pytest.fixture
def companion(paths: Paths, clock: Clock) -> Companion:
    return Companion.start(paths, clock=clock, ghost=True)


@pytest.mark.parametrize(("gate_id", "label"), OPENING, ids=lambda value: value)
def test_after_an_answer_that_opens_the_unsafe_path_no_tool_for_two_is_named(
    gate_id: str, label: str, trustkit: Any, companion: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    show = read._show_gate

    def showing(*words: Any) -> str:
        shown.append(words[-1].id)
        return show(*words)

    def answering(_: str) -> str:
        """This answer at this question, and at every other the one that goes on."""
        answers = companion.library.gates[shown[-1]].answers
        wanted = (lambda one: one.label == label) if shown[-1] == gate_id else (lambda one: one.go == "on")
        return str(1 + next(at for at, one in enumerate(answers) if wanted(one)))

    monkeypatch.setattr(read, "_show_gate", showing)
    monkeypatch.setattr(asking, "line", answering)
    monkeypatch.setattr(say, "on_terminal", lambda _: True)
    flags = next(answer.sets for answer in companion.library.gates[gate_id].answers if answer.label == label)
    for_two = [e for e in companion.library.exercises.values() if e.unsafe_if & flags]
    guides = [
        g for g in companion.library.guides.values() if gate_id in (*g.gates, *(n for s in g.steps for n in s.gates))
    ]
    assert guides
    guide_id, _, step_id = SAFE_PATH_STEP.partition("/")
    led_to = companion.library.guide(guide_id).step(step_id)
    assert led_to is not None
    for guide in guides:
        shown.clear()
        ran = trustkit("read", guide.id)
        assert ran.code == 0
        _, asked, after = " ".join(ran.out.split()).partition(companion.library.gates[gate_id].ask)
        assert asked, guide.id
        assert led_to.title in after, guide.id
        assert not [e.id for e in for_two if f"To practise: {e.title}" in after], guide.id
        assert shown.count(gate_id) == 1, "nobody is asked twice"
