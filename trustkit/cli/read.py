"""`trustkit read`: the guides as linear text, with what stands before their advice standing before it here too."""

import sys
from typing import TYPE_CHECKING, Final

import click

from trustkit.cli import asking, say
from trustkit.cli.verbs import Run, Verb
from trustkit.errors import ExitCode, NotFound

if TYPE_CHECKING:
    from trustkit.companion import Companion
    from trustkit.model.guide import Gate, Guide, SignList, Step

STANDINGS: Final = {
    "not-checked": "One article reports this. We haven't checked it.",
    "not-found": "One article reports this. We looked for the study and did not find it.",
    "narrowed": "One article says more than we could find. This is the part that holds.",
}


@click.command(cls=Verb)
@click.argument("place", metavar="[GUIDE[/STEP]]", required=False, default="")
@click.pass_obj
def read(run: Run, place: str) -> int:
    """Read a guide, or one step of it, in plain lines.

    Without GUIDE, all of them are listed. What a guide asks first is asked on a terminal, and printed elsewhere.
    """
    companion = run.companion(with_vault=False)
    if place:
        _read(companion, place)
    else:
        _list(companion)
    return ExitCode.DONE


def _list(companion: "Companion") -> None:
    for number, (title, guides) in enumerate(companion.guide_shelves()):
        if number:
            say.result()
        say.paragraph(title)
        for guide in guides:
            marks = f" ({standing})" if (standing := companion.standing_of(guide)) else ""
            say.paragraph(f"{guide.id}: {say.sentence(guide.title)} {guide.summary}{marks}", first="  ", rest="    ")


def _read(companion: "Companion", place: str) -> None:
    """A guide from its door to its end, or one step. Where an answer leads elsewhere, that is read instead."""
    from trustkit.model.walk import steps_for

    guide_id, _, step_id = place.partition("/")
    try:
        guide = companion.library.guide(guide_id)
    except NotFound as error:
        raise NotFound(
            "There is no guide by that name that can be read.", f"{error.do_next} `trustkit read` names them all."
        ) from None
    step = guide.step(step_id) if step_id else None
    if step_id and step is None:
        raise NotFound("That guide has no such step.", f"`trustkit read {guide.id}` has them all.")
    say.paragraph(guide.title)
    if step is None:
        say.paragraph(guide.summary)
    if standing := companion.standing_of(guide):
        say.paragraph(f"({standing})")
    steps = [step] if step else steps_for(guide, companion.bonds)
    for one in steps:
        at_door = [gate for gate in companion.gates_before(guide, one) if gate.id in guide.gates]
        if goes := _stand_before(companion, guide, at_door):
            _go(companion, goes)
            return
        if step is None and one is steps[0] and guide.opening:
            say.result()
            say.page(guide.opening)
        if goes := _stand_before(companion, guide, companion.gates_before(guide, one)):
            _go(companion, goes)
            return
        print_step(companion, guide, one)
    if step is None:
        print_end(companion, guide)


def _stand_before(companion: "Companion", guide: "Guide", gates: "list[Gate]") -> str:
    """Show gates one after another. Returns where an answer leads away to, empty for on."""
    return next((goes for gate in gates if (goes := _show_gate(companion, guide, gate))), "")


def _show_gate(companion: "Companion", guide: "Guide", gate: "Gate") -> str:
    """Show a gate, and ask what it asks where somebody can answer. Returns where the answer leads, empty for on."""
    say.result()
    again = gate.kind == "note" and companion.sitting.read_before(gate)
    companion.sitting.seen(guide.id, gate)
    print_gate(gate, short=again)
    if gate.kind == "note":
        return ""
    if not (say.on_terminal(sys.stdin) and say.on_terminal(sys.stdout)):
        companion.sitting.answer(gate, None)
        return ""
    typed = asking.line("A number, or Enter to read it on your own: ")
    chosen = gate.answers[int(typed) - 1] if typed in map(str, range(1, len(gate.answers) + 1)) else None
    companion.sitting.answer(gate, chosen)
    if chosen and chosen.say:
        say.result()
        say.page(chosen.say)
    return chosen.go if chosen and chosen.go != "on" else ""


def print_gate(gate: "Gate", *, short: bool = False) -> None:
    """What a gate says and asks, with where each answer leads."""
    if text := (gate.short if short and gate.short else gate.text):
        say.page(text)
    if gate.ask:
        say.paragraph(gate.ask)
    for number, answer in enumerate(gate.answers, start=1):
        leads = "" if answer.go in ("on", "") else f" ({_leads(answer.go)})"
        say.paragraph(f"{answer.label}{leads}", first=f"  {number}. ")
    if gate.below:
        say.page(gate.below)


def _leads(go: str) -> str:
    if go.startswith("helplines"):
        return "then: `trustkit support`"
    return f"then: `trustkit read {go}`"


def _go(companion: "Companion", place: str) -> None:
    say.result()
    kind, _, topic = place.partition("/")
    if kind == "helplines":
        from trustkit.cli.support import print_lines

        say.page(companion.urgent())
        print_lines(companion, topic)
    else:
        _read(companion, place)


def print_step(companion: "Companion", guide: "Guide", step: "Step") -> None:
    """One step: its words, what stands beside them, and what can be done from here."""
    say.result()
    if step.part:
        say.paragraph(step.part)
        say.result()
    say.paragraph(step.title, first=f"{guide.number(step.id)}. ")
    say.result()
    say.page(step.text)
    for claim in step.evidence:
        say.result()
        say.paragraph(f"{claim.says} {STANDINGS.get(claim.standing, '')}")
    if step.aside:
        say.result()
        say.page(step.aside)
    for heading, text, tools in (
        ("If your trust was broken:", step.for_hurt, step.launch_hurt),
        ("If you broke trust:", step.for_broke, step.launch_broke),
    ):
        if text or tools:
            say.result()
            say.paragraph(heading)
            say.page(text)
            print_tools(companion, tools)
    if step.try_:
        say.result()
        say.paragraph(step.try_, first="You could try: ", rest="  ")
    print_tools(companion, step.launch)
    for place in step.see:
        say.paragraph(f"`trustkit read {place}`", first="See also: ", rest="  ")
    if "helplines" in step.opens:
        say.paragraph("`trustkit support`", first="Numbers to call: ", rest="  ")
    for name in step.signs:
        if signs := companion.library.signs.get(name):
            say.result()
            print_signs(signs)


def print_signs(signs: "SignList") -> None:
    """A list of signs, with what stands under each."""
    say.paragraph(signs.title)
    say.page(signs.intro)
    for sign in signs.signs:
        say.paragraph(sign.text, first="- ")
        leads = f"{_leads(sign.go)[6:]}" if sign.go else ""
        for more in (sign.more, sign.instead, leads):
            if more:
                say.paragraph(more, first="  ")
    if signs.outro:
        say.page(signs.outro)


def print_tools(companion: "Companion", names: tuple[str, ...]) -> None:
    """The exercises that a page offers, and how each is begun."""
    from trustkit.cli.practice import how_to_open

    for exercise in companion.offered(names):
        say.paragraph(f"{exercise.title} ({how_to_open(exercise)})", first="To practise: ", rest="  ")


def print_end(companion: "Companion", guide: "Guide") -> None:
    """What stands behind the last step: a closing, and where the ideas come from."""
    if guide.closing:
        say.result()
        say.page(guide.closing)
    credits = [companion.library.sources[name] for name in guide.sources if name in companion.library.sources]
    if credits:
        say.result()
        say.paragraph("Ideas in this guide come from, in our own words:")
    for source in credits:
        by = ", ".join(part for part in (source.author, source.publisher, source.printed_date) if part)
        say.paragraph(f"{source.title}" + (f". {by}" if by else ""), first="- ")
