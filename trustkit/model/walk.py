"""Where a reader is: what brought them, which gates still stand before a step, which step comes next.

Pure rules over guides and marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustkit.model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trustkit.model.entry import Mark
    from trustkit.model.guide import Gate, Guide, Step
    from trustkit.model.sitting import Sitting


@frozen
class Road:
    """One answer to "What brought you here?" and the guides it opens, in order."""

    id: str
    label: str
    opens: tuple[str, ...] = ()
    """Guide ids; a guide that is not on the shelf is passed over."""
    place: str = "guides"
    """`guides`, `practice`, `support` or `today`."""
    sets: frozenset[str] = frozenset()


ROADS: Final[tuple[Road, ...]] = (
    Road("hurt-lately", "Someone broke my trust, not long ago", ("safe-first", "first-days", "calm-body")),
    Road("broken-promises", "Promises kept breaking, for a long time", ("safe-first", "into-words", "stay-or-go")),
    Road(
        "from-before",
        "I find it hard to trust, and it began before this person",
        ("old-wounds", "closeness-patterns", "trust-yourself"),
    ),
    Road("broke-trust", "I broke someone's trust", ("if-you-broke-trust",)),
    Road("both-ways", "Both: I was hurt, and I hurt them", ("safe-first", "into-words", "if-you-broke-trust")),
    Road("rebuild", "We both want to rebuild", ("safe-first", "safety-before-trust", "ten-steps", "seven-step-repair")),
    Road("unsure-staying", "I don't know if I want to stay", ("safe-first", "stay-or-go")),
    Road("ended", "It ended, and I want to heal", ("healing-apart", "trust-yourself")),
    Road("died", "They died, and things were never put right", ("healing-apart", "calm-body")),
    Road("calm-now", "I need to calm down now", place="practice"),
    Road("afraid", "Someone frightens me", ("safe-first",), place="support", sets=frozenset({"fear", "control"})),
    Road("unsaid", "I'd rather not say", place="today"),
)

ABOUT: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("partner", "A partner or ex", ("couple",)),
    ("family", "Family", ("family",)),
    ("friend", "A friend", ("friend",)),
    ("work", "Someone at work", ("work",)),
    ("myself", "Myself", ()),
    ("several", "More than one", ()),
    ("unsaid", "I'd rather not say", ()),
)
"""Id, label, and the kinds of bond it names. An empty tuple leaves nothing out."""

SAFE_PATH_STEP: Final = "safe-first/if-it-worries-you"
"""Where whoever is frightened is led."""

SETTLING: Final = ("ground-room", "breath-long-out", "ground-feet", "kind-break")
"""What settles, alone and without writing: all that is suggested while the unsafe path is open."""

ALSO_SETTLING: Final = ("ground-cool", "ground-categories", "ground-senses", "move-a-little")
"""What settles as well, for whom the first four made things worse."""

HARM_SETTLING: Final = ("move-a-little", "breath-long-out")
"""What is suggested to whoever said that they frighten or hurt someone: nothing for two, no apology, no talk."""


def fits(about: Iterable[str], bonds: Iterable[str]) -> bool:
    """Whether something written for these kinds of bond is for this reader. Nothing named on either side: it is."""
    wanted, named = set(about), set(bonds)
    return not wanted or not named or "any" in wanted or bool(wanted & named)


def gates_before(
    guide: Guide, step: Step, gates: Mapping[str, Gate], sitting: Sitting, bonds: Iterable[str] = ()
) -> list[Gate]:
    """The gates to show before this step, in order: the guide's door first, then the step's own, met ones left out."""
    return [
        gate
        for gate in _named(dict.fromkeys(guide.gates + step.gates), gates)
        if fits(gate.about, bonds) and not _met(gate, guide.id, sitting)
    ]


def gates_before_exercise(
    named: Iterable[str], gates: Mapping[str, Gate], sitting: Sitting, guide_id: str = ""
) -> list[Gate]:
    """The gates to show before an exercise or sign list. A note read anywhere in this sitting is not repeated."""
    return [
        gate
        for gate in _named(named, gates)
        if not _met(gate, guide_id, sitting) and not (gate.kind == "note" and sitting.read_before(gate))
    ]


def _named(names: Iterable[str], gates: Mapping[str, Gate]) -> list[Gate]:
    return [gates[name] for name in names if name in gates and gates[name].kind != "rule"]


def _met(gate: Gate, guide_id: str, sitting: Sitting) -> bool:
    return gate.id in sitting.answered if gate.kind == "ask" else (guide_id, gate.id) in sitting.noted


def steps_for(guide: Guide, bonds: Iterable[str] = ()) -> list[Step]:
    """The steps of a guide that fit the kind of bond a reader named."""
    named = tuple(bonds)
    return [step for step in guide.steps if fits(step.about, named)]


def next_step(guide: Guide, marks: Mapping[tuple[str, str], Mark], bonds: Iterable[str] = ()) -> Step | None:
    """The first step that is neither done nor skipped, or None when there is none."""
    for step in steps_for(guide, bonds):
        if state_of(guide, step, marks) not in ("done", "skip"):
            return step
    return None


def state_of(guide: Guide, step: Step, marks: Mapping[tuple[str, str], Mark]) -> str:
    """`done`, `later`, `skip`, or empty. Marks made under an old id still count."""
    for guide_id in (guide.id, *guide.was):
        for step_id in (step.id, *step.was):
            if mark := marks.get((guide_id, step_id)):
                return mark.state
    return ""
