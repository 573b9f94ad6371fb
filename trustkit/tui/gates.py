"""Standing before advice: show a gate, take its answer, and say where to go. The answers live in this sitting alone."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from textual.content import Content

from trustkit.model.guide import Answer, Gate
from trustkit.tui.screens.page import Ask
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.words import keyed, prose

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

ON: Final = "on"
ALONE: Final = "alone"
BACK: Final = "back"


async def pass_gates(app: "TrustkitApp", gates: Iterable[Gate], guide_id: str = "") -> str:
    """Show these gates one after another.

    Returns:
        `on` when every gate was passed; `back` when the reader turned round; else the place an answer leads to.
    """
    for gate in gates:
        led = await (_ask(app, gate) if gate.kind == "ask" else _note(app, gate, guide_id))
        if led != ON:
            return led
    return ON


async def _note(app: "TrustkitApp", gate: Gate, guide_id: str) -> str:
    sitting = app.companion.sitting
    text = gate.short if gate.short and sitting.read_before(gate) else gate.text
    titles = ((place, app.companion.title_of(place)) for place in gate.see)
    offers = [Offer(ON, "Go on"), *(Offer(place, title) for place, title in titles if title)]
    answer = await app.push_screen_wait(Ask("Before you read on", _words(app, text), offers))
    if answer is None:
        return BACK
    sitting.seen(guide_id, gate)
    return answer


async def _ask(app: "TrustkitApp", gate: Gate) -> str:
    words = [_words(app, gate.text), _words(app, gate.ask).stylize("bold")] if gate.text else [_words(app, gate.ask)]
    offers = [Offer(str(number), answer.label) for number, answer in enumerate(gate.answers)]
    below = keyed(gate.below.strip(), app.keys())
    chosen = await app.push_screen_wait(
        Ask("A question first", Content("\n\n").join(words), [*offers, Offer(ALONE, "Read it on my own")], below)
    )
    if chosen is None:
        return BACK
    answer: Answer | None = None if chosen == ALONE else gate.answers[int(chosen)]
    app.companion.sitting.answer(gate, answer)
    if answer is None or answer.go == ON:
        return ON
    if answer.say:
        await app.push_screen_wait(Ask("", _words(app, answer.say), [Offer(ON, "Go on")]))
    return answer.go


def _words(app: "TrustkitApp", text: str) -> Content:
    return prose(keyed(text, app.keys()))
