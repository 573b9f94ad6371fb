"""What stands before a plain player and what follows it: gates, words alone, numbers, and what comes next."""

from functools import partial
from typing import TYPE_CHECKING, Final

from trustkit.cli import say
from trustkit.cli.playing_asking import Asking, Ended
from trustkit.model.practice_words import AGAIN, DONE, ELSE, FOR_TWO, WORSE

if TYPE_CHECKING:
    from trustkit.cli.playing_keeping import Keeper
    from trustkit.companion import Companion
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import Gate

SUPPORT: Final = "`trustkit support`"
ON_YOUR_OWN: Final = "A number, or Enter to read it: "
"""At a gate. Reading on one's own is always open."""
ASKED_AGAIN: Final = "Begin it once more to be asked again."


def admitted(companion: "Companion", exercise: "Exercise", asking: Asking) -> bool:
    """Show what stands before it. False: an answer led elsewhere, or to the words without the tool; both are shown."""
    for gate in companion.gates_before_tool(exercise):
        if led := _meet(companion, gate, asking):
            go(companion, led)
            return False
    if companion.may_use(exercise):
        return True
    words_alone(companion, exercise)
    return False


def _meet(companion: "Companion", gate: "Gate", asking: Asking) -> str:
    """Show one gate, and ask what it asks. Returns where the answer leads away to, empty for on."""
    from trustkit.cli.read import print_gate

    print_gate(gate)
    say.result()
    if gate.kind == "note":
        companion.sitting.seen("", gate)
        return ""
    try:
        at = asking.number(len(gate.answers), ON_YOUR_OWN)
    except Ended:
        at = None
    chosen = None if at is None else gate.answers[at]
    companion.sitting.answer(gate, chosen)
    if chosen and chosen.say:
        say.page(chosen.say)
        say.result()
    return chosen.go if chosen and chosen.go != "on" else ""


def words_alone(companion: "Companion", exercise: "Exercise") -> None:
    """Everything the exercise says, without its tool: for reading on one's own, and for what is made for two."""
    from trustkit.model.on_paper import GRADES, on_paper

    say.paragraph(exercise.title)
    say.paragraph(exercise.summary)
    if not exercise.offered(frozenset(companion.sitting.flags)):
        say.paragraph(FOR_TWO)
    for text in (exercise.caution, exercise.intro):
        if text:
            say.result()
            say.page(text)
    say.result()
    for first, under in on_paper(exercise):
        say.page(first)
        if under.strip():
            say.page(under)
    if exercise.outro:
        say.result()
        say.page(exercise.outro)
    if exercise.evidence:
        say.paragraph(GRADES[exercise.evidence])
    if companion.gates_against(exercise):
        say.about(ASKED_AGAIN)


def go(companion: "Companion", place: str) -> None:
    """Show the place that an answer leads to: numbers, one step, or how a guide is opened."""
    kind, _, rest = place.partition("/")
    if kind == "helplines":
        numbers(companion, rest)
        return
    guide = companion.library.guides.get(kind)
    step = guide.step(rest) if guide and rest else None
    if guide and step:
        from trustkit.cli.read import print_gate, print_step

        before = companion.gates_before(guide, step)
        if all(gate.kind == "note" for gate in before):
            for gate in before:
                print_gate(gate)
                companion.sitting.seen(guide.id, gate)
            print_step(companion, guide, step)
            return
    say.paragraph(f"{companion.title_of(place)} ({how_to_go(place)})")


def how_to_go(place: str) -> str:
    """The verb that shows a place."""
    return SUPPORT if place.partition("/")[0] == "helplines" else f"`trustkit read {place}`"


def numbers(companion: "Companion", topic: str = "") -> None:
    """Emergency first, then this topic, then the others."""
    from trustkit.cli.support import print_lines

    say.page(companion.urgent())
    print_lines(companion, topic)


def what_now(companion: "Companion", exercise: "Exercise", asking: Asking, keeper: "Keeper") -> bool:
    """Offer what can follow, where somebody is there to choose. True: once more."""
    if not asking.by_hand:
        return False
    say.result()
    try:
        at = asking.pick([DONE, AGAIN, ELSE, WORSE], "A number, or Enter if done: ")
    except Ended:
        return False
    if at == 2:
        something_else(companion, exercise)
    elif at == 3:
        _step_down(companion, exercise, asking, keeper)
    return at == 1


def _step_down(companion: "Companion", exercise: "Exercise", asking: Asking, keeper: "Keeper") -> None:
    """It made things worse: down by the script that the screen follows, and remembered where it can be."""
    from trustkit.cli.playing_host import PlainHost
    from trustkit.exercises.step_down import step_down

    holds = keeper.drafts.journal or companion
    keeping = partial(keeper.run_kept, holds)
    try:
        PlainHost(holds, exercise, asking, keeping).play(step_down(exercise, holds, keeping(exercise)))
    finally:
        companion.close()


def something_else(companion: "Companion", exercise: "Exercise") -> None:
    """What is offered next, and all there is to practise."""
    from trustkit.cli.practice import how_to_open

    say.result()
    for one in companion.next_after(exercise):
        say.paragraph(f"{say.sentence(one.title)} {one.summary} {how_to_open(one)}", rest="  ")
    say.paragraph("All of them: `trustkit practice list`", rest="  ")
