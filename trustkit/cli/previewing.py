"""A file of content as linear text, as a reader will meet it, with notes in [brackets] for whoever writes it."""

from typing import TYPE_CHECKING

from trustkit.cli import read, say
from trustkit.cli.practice import how_to_open
from trustkit.model.exercise import Breathing, Exercise, Timer
from trustkit.model.guide import Gate, Guide, SignList
from trustkit.model.on_paper import GRADES, on_paper
from trustkit.model.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustkit.companion import Companion
    from trustkit.companion.authoring import Tryout

_AUDIENCES = {
    "hurt": "whoever was hurt",
    "broke": "whoever broke trust",
    "both": "whoever was hurt and hurt someone",
    "self": "trusting oneself",
    "deciding": "whoever is deciding",
    "everyone": "everyone",
}
_KEPT = {
    "ask": "kept only after asking",
    "ask-each-time": "kept only after asking, each time",
    "private": "kept out of lists, search and exports",
    "never": "never kept",
}


def show(companion: "Companion", tried: "Tryout") -> None:
    """What a reader will see."""
    match tried.thing:
        case Guide() as guide:
            _guide(companion, guide)
        case Exercise() as exercise:
            _exercise(companion, exercise)
        case SignList() as signs:
            _signs(companion, signs)
        case None if tried.gates:
            for number, gate in enumerate(tried.gates):
                if number:
                    say.result()
                _gate(gate)
        case _:
            _note("There is nothing here that a reader would open as a page of its own.")


def show_slips(tried: "Tryout") -> None:
    """What is not shown above and why, and everything that `check` says of the file."""
    for line in tried.broken_at:
        say.result()
        _note(f"What begins in line {line} can't be read until its slip is mended.")
    if not tried.slips:
        return
    say.result()
    _note("What `trustkit check` says of this file:")
    for slip in tried.slips:
        say.result()
        say.result(slip.as_text())


def _note(text: str) -> None:
    """A line for the author."""
    say.paragraph(f"[{text}]")


# -- guides


def _guide(companion: "Companion", guide: Guide) -> None:
    say.paragraph(guide.title or "(no title yet)")
    say.paragraph(guide.summary)
    shelf = next((shelf.title for shelf in companion.library.shelves if shelf.id == guide.shelf), guide.shelf)
    whom = ", ".join(_AUDIENCES.get(name, name) for name in guide.audience)
    minutes = f"{guide.minutes} minute{'' if guide.minutes == 1 else 's'} to read"
    told = (f"on the shelf: {shelf}" if shelf else "", f"for {whom}" if whom else "", minutes)
    _note("; ".join(filter(None, told)))
    if guide.status != "ready":
        _note('A draft: readers see it once status = "ready".')
    if guide.about != ("any",):
        _note(f"left out for readers who named another kind of bond than: {', '.join(guide.about)}")
    for position, step in enumerate(guide.steps):
        door = [name for name in guide.gates if position == 0]
        _gates(companion, guide, "at the door of the guide", door)
        if position == 0 and guide.opening:
            say.result()
            say.page(guide.opening)
        _gates(companion, guide, "before this step", [name for name in step.gates if name not in guide.gates])
        read.print_step(companion, guide, step)
        if step.about:
            _note(f"left out for readers who named another kind of bond than: {', '.join(step.about)}")
        if "privacy" in step.opens:
            _note("a button here opens: what is kept, and where")
        _note("a reader can mark this step: done, not yet, or skip")
    read.print_end(companion, guide)


def _gates(companion: "Companion", guide: Guide, where: str, names: "Iterable[str]") -> None:
    """The gates that stand in one place, each as somebody who reads from the start meets it."""
    for name in names:
        gate = companion.library.gates.get(name)
        if gate is None or gate.kind == "rule":
            continue
        say.result()
        _note(f"{where}: {name}")
        if gate.kind == "note":
            if (guide.id, gate.id) in companion.sitting.noted:
                _note("shown already in this guide, and not shown again")
                continue
            read.print_gate(gate)
            companion.sitting.seen(guide.id, gate)
        elif gate.id in companion.sitting.answered:
            _note("asked already, and not asked again in one sitting")
        else:
            _asked(gate)
            companion.sitting.answer(gate, None)


def _asked(gate: Gate) -> None:
    read.print_gate(gate)
    if gate.kind == "ask":
        say.paragraph("Read it on my own", first=f"  {len(gate.answers) + 1}. ")
    for answer in gate.answers:
        if answer.say:
            _note(f"after “{answer.label}”: {one_line(answer.say)}")
        if answer.sets:
            _note(f"“{answer.label}” changes what is offered from then on: {', '.join(sorted(answer.sets))}")


def _gate(gate: Gate) -> None:
    kinds = {"ask": "a question", "note": "a caution, shown once in a guide", "rule": "for writers only, never shown"}
    _note(f"{gate.id}: {kinds.get(gate.kind, gate.kind)}")
    _asked(gate)
    if gate.short:
        _note(f"once it was read, only: {gate.short}")


# -- exercises and sign lists


def _exercise(companion: "Companion", exercise: Exercise) -> None:
    say.paragraph(exercise.title or "(no title yet)")
    say.paragraph(exercise.summary)
    minutes = f"{exercise.minutes} minute{'' if exercise.minutes == 1 else 's'}"
    _note(f"{exercise.type}; {minutes}; {_KEPT.get(exercise.keep, exercise.keep)}; {how_to_open(exercise)}")
    _unsafe(exercise.unsafe_if)
    _gates_of_tool(companion, exercise.gates)
    for text in (exercise.caution, exercise.intro):
        if text:
            say.result()
            say.page(text)
    say.result()
    for first, under in on_paper(exercise):
        for line in first.split("\n"):
            say.paragraph(line, first="- " if line and line == first else "")
        if under.strip():
            say.paragraph(under, first="  ")
    if isinstance(exercise.body, Breathing) and exercise.body.phases:
        _note(f"one round takes {exercise.body.round_seconds:g} seconds")
    if isinstance(exercise.body, Timer):
        _note("every part can be skipped")
    if exercise.outro:
        say.result()
        say.page(exercise.outro)
    read.print_tools(companion, exercise.next)
    if exercise.evidence:
        say.result()
        say.paragraph(GRADES.get(exercise.evidence, ""))


def _signs(companion: "Companion", signs: SignList) -> None:
    _note(f"a list of signs; {_KEPT.get(signs.keep, signs.keep)}; never counted")
    _unsafe(signs.unsafe_if)
    _gates_of_tool(companion, signs.gates)
    say.result()
    read.print_signs(signs)
    for sign in signs.signs:
        if sign.severity != "notice" or sign.sets:
            flags = f"; ticking it changes what is offered: {', '.join(sorted(sign.sets))}" if sign.sets else ""
            _note(f"{sign.id}: {sign.severity}{flags}")


def _gates_of_tool(companion: "Companion", names: "Iterable[str]") -> None:
    for name in names:
        if (gate := companion.library.gates.get(name)) and gate.kind != "rule":
            say.result()
            _note(f"before it begins: {name}")
            _asked(gate)


def _unsafe(flags: frozenset[str]) -> None:
    if flags:
        _note(f"not offered while one of these holds: {', '.join(sorted(flags))}")
