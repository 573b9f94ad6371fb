"""A reader's own exercises: what can be made, what it starts from, and how gentle it has to stay.

Three kinds can be made: a breathing pattern, a grounding sequence, and a card of kind words, which is a grounding
sequence of lines to read. Shipped ones that are a few plain lines can be changed, too (`own_lines`).

What is made from a shipped exercise keeps every gate, every `unsafe_if` and every word of caution of it; what the
pattern itself asks for is added. A badge is not kept: no trial was of a changed exercise. What shipped words said of
another pattern goes, too (`own_words`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from trustkit.model import own_lines
from trustkit.model.breath import LONGEST, duration
from trustkit.model.breath_words import clock, rounds_in_words, seconds_in_words
from trustkit.model.exercise import Breathing, Builder, Exercise, Grounding, Moment, Phase, PhaseKind
from trustkit.model.frozen import frozen
from trustkit.model.own_words import BREATH_SUMMARY, BREATH_TITLE, in_true_words, my_title
from trustkit.model.plain import one_line
from trustkit.model.prose import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from trustkit.model.exercise import Body

Kind = Literal["breathing", "grounding", "card"] | own_lines.LineKind

PREFIX: Final = "my-"
"""Every id begins so. It says nothing else: an id stands in command lines and file names, where others may look."""

ID_LENGTH: Final = 40
SAY_PHASE: Final = 30
SAY_MOMENT: Final = 120
MORE_WORDS: Final = 40
CAUTION_WORDS: Final = 40
INTRO_WORDS: Final = 120
"""Characters and words; the content's own limits."""

PART: Final = (0.5, 12.0)
"""Seconds of one part of a breath."""
LONGEST_HOLD: Final = 7.0
"""Seconds of a breath held full (E15 of the content check)."""
MOST_PARTS: Final = 4
MOST_ROUNDS: Final = 110
MOST_MOMENTS: Final = 12
WAIT: Final = (3.0, 120.0)
"""Seconds that a moment waits by itself."""
MOST_BOXES: Final = 10

BRISK: Final = 12.0
"""Breaths a minute above which a caution is carried along: about where a resting breath begins."""
FASTEST: Final = 20.0
"""Breaths a minute. Nothing faster can be made: trustkit has no hyperventilation."""

BODY_GATE: Final = "body-tools"
"""What stands before everything that works on the body."""
CARD: Final = "kind-words"
"""The shipped exercise that a card of kind words is made from."""

USUAL_CARE: Final = (
    "Small and gentle, eyes open. Never while driving or in water. Dizzy or uneasy? Breathe as you like."
)
HOLD_CARE: Final = (
    "No holds in pregnancy, or with heart, lung or blood-pressure trouble, epilepsy, fainting or recent surgery, "
    "unless a clinician agrees."
)
BRISK_CARE: Final = "Fast breath can bring dizziness or tingling: keep it small, and stop then."

SAYS: Final[dict[PhaseKind, str]] = {"in": "Breathe in", "hold": "Stay", "out": "Breathe out", "rest": "Rest"}
"""What a part of a breath says when nobody chose other words."""
SIP: Final = "A sip more"

TITLES: Final[dict[Kind, str]] = {
    "breathing": BREATH_TITLE,
    "grounding": "My way back to the room",
    "card": "A card to come back to",
    "timer": "Time of my own",
    "reflection": "Questions of my own",
    "checklist": "Things of my own to tick",
    "list": "A list of my own",
    "tracker": "Something I note",
}
SUMMARIES: Final[dict[Kind, str]] = {
    "breathing": BREATH_SUMMARY,
    "grounding": "A grounding sequence of your own.",
    "card": "Your own lines, one at a time.",
    "timer": "Parts of your own, each with its time.",
    "reflection": "Questions of your own, one at a time.",
    "checklist": "Lines of your own to tick.",
    "list": "A list with columns of your own.",
    "tracker": "Something of your own, noted now and then.",
}
NAMES: Final[dict[Kind, str]] = {
    "breathing": "breath",
    "grounding": "grounding",
    "card": "card",
    "timer": "timer",
    "reflection": "reflection",
    "checklist": "checklist",
    "list": "list",
    "tracker": "tracker",
}
"""What the id of something new ends in."""


# --- what can be made ---------------------------------------------------------------------------------


def kind_of(exercise: Exercise) -> Kind | None:
    """As which kind an exercise can be made one's own; None for one that cannot."""
    if isinstance(exercise.body, Breathing):
        return "breathing"
    if isinstance(exercise.body, Grounding):
        return "card" if is_card(exercise.body) else "grounding"
    if isinstance(exercise.body, Builder):
        return "card" if exercise.id == CARD else None
    return own_lines.kind_of(exercise)


def is_card(grounding: Grounding) -> bool:
    """Whether it is nothing but lines to read, each as long as one likes."""
    return all(m.sense == "mind" and not (m.count or m.seconds or m.more) for m in grounding.moments)


def is_empty(body: Body) -> bool:
    """Whether nothing is written in it yet."""
    if isinstance(body, Breathing | Builder):
        return False
    return not (body.moments if isinstance(body, Grounding) else own_lines.lines_of(body))


def card(lines: Iterable[str]) -> Grounding:
    """A card of these lines; empty ones are left out."""
    return Grounding(tuple(Moment(line, sense="mind") for line in map(one_line, lines) if line))


def new(kind: Kind, own_id: str, today: date) -> Exercise:
    """Something to begin with."""
    body: Breathing | Grounding = Grounding(())
    if kind == "breathing":
        body = Breathing(8, (Phase("in", 4.0, SAYS["in"]), Phase("out", 6.0, SAYS["out"])))
    return Exercise(
        id=own_id,
        type="breathing" if kind == "breathing" else "grounding",
        title=TITLES[kind],
        summary=SUMMARIES[kind],
        body=body,
        revision=1,
        updated=today,
        keep="private" if kind == "card" else "ask",
        caution=USUAL_CARE if kind == "breathing" else "",
        gates=() if kind == "card" else (BODY_GATE,),
        own=True,
        by_reader=True,
    )


def made_mine(base: Exercise, own_id: str, today: date) -> Exercise:
    """An exercise as it begins its life as the reader's own. Gates, flags and cautions stay; the badge does not.

    Raises:
        ValueError: it is of a kind that cannot be made one's own.
    """
    kind = kind_of(base)
    if kind is None:
        raise ValueError("this kind of exercise cannot be made one's own")
    mine = replace(
        base,
        id=own_id,
        title=base.title if base.by_reader else my_title(base.title),
        revision=1,
        updated=today,
        own=not base.sources,
        evidence="",
        covers=(),
        mentions=(),
        replaces=False,
        by_reader=True,
    )
    if isinstance(base.body, Builder):
        mine = replace(mine, type="grounding", body=Grounding(()), intro="", outro="", summary=SUMMARIES["card"])
    return mine


def next_id(base_id: str, taken: Iterable[str]) -> str:
    """A free id for something made from `base_id`, a shipped id or one of `NAMES`."""
    known = set(taken)
    stem = PREFIX + base_id.removeprefix(PREFIX)
    for number in range(1, len(known) + 2):
        ending = "" if number == 1 else f"-{number}"
        name = stem[: ID_LENGTH - len(ending)].rstrip("-") + ending
        if name not in known:
            break
    return name


# --- how gentle it stays ------------------------------------------------------------------------------


def with_care(now: Exercise, before: Exercise) -> Exercise:
    """`now` with every caution and gate of what it was before, and what its own pattern asks for.

    Args:
        now: As the reader made it.
        before: What they changed: a shipped exercise, or their own as it stood.
    """
    kind = kind_of(now)
    now = in_true_words(now, before, TITLES[kind] if kind else now.title, SUMMARIES[kind] if kind else now.summary)
    gates = tuple(dict.fromkeys((*before.gates, *((BODY_GATE,) if isinstance(now.body, Breathing) else ()))))
    caution = _without(before.caution, HOLD_CARE, BRISK_CARE)
    added: list[str] = []
    if isinstance(now.body, Breathing):
        covered = isinstance(before.body, Breathing) and before.body.has_hold and HOLD_CARE not in before.caution
        if now.body.has_hold and not covered:
            added.append(HOLD_CARE)
        if pace(now.body) > BRISK:
            added.append(BRISK_CARE)
        if not caution and not (added and before.caution):  # the check asks for one beside every breath
            caution = USUAL_CARE
    intro = now.intro
    if count_words(" ".join([caution, *added])) > CAUTION_WORDS:
        # There is room for what this pattern asks for; the rest is the first thing that is read.
        intro = intro if caution in intro else _shortened(f"{caution}\n\n{intro}".strip(), INTRO_WORDS)
        caution = ""
    return replace(
        now,
        caution=" ".join(part for part in (caution, *added) if part),
        intro=intro,
        gates=gates,
        unsafe_if=now.unsafe_if | before.unsafe_if,
    )


def _without(text: str, *pieces: str) -> str:
    for piece in pieces:
        text = text.replace(piece, "")
    return text.strip()


def _shortened(text: str, words: int) -> str:
    """The first paragraphs of a text, as many as fit; the very first always."""
    paragraphs = text.split("\n\n")
    while len(paragraphs) > 1 and count_words("\n\n".join(paragraphs)) > words:
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def pace(breathing: Breathing) -> float:
    """Breaths a minute."""
    return 60.0 / breathing.round_seconds if breathing.round_seconds else 0.0


def pace_in_words(breathing: Breathing) -> str:
    """`10 seconds a round, 6 breaths a minute. 8 rounds: 1:20`."""
    breaths = f"{pace(breathing):.1f}".removesuffix(".0")
    one = "breath" if breaths == "1" else "breaths"
    whole = f"{rounds_in_words(breathing.rounds)}: {clock(duration(breathing, breathing.rounds))}"
    return f"{seconds_in_words(breathing.round_seconds)} a round, {breaths} {one} a minute. {whole}"


def nudges(breathing: Breathing) -> list[str]:
    """What a friend would add. Nothing here stands in the way."""
    found: list[str] = []
    way = {kind: sum(p.seconds for p in breathing.phases if p.do == kind) for kind in ("in", "out")}
    if 0 < way["out"] < way["in"]:
        found.append("The way out is shorter than the way in. That can wake a body up; a longer one settles more.")
    if breathing.has_hold:
        found.append(HOLD_CARE)
    if pace(breathing) > BRISK:
        found.append(BRISK_CARE)
    return found


def slips(exercise: Exercise) -> list[str]:
    """What has to change before it can be kept, in a reader's words; empty where all is well."""
    body = exercise.body
    if isinstance(body, Breathing):
        return list(_breathing_slips(body))
    if isinstance(body, Grounding):
        return list(_grounding_slips(body))
    return own_lines.slips(body)


def _breathing_slips(body: Breathing) -> Iterable[str]:
    kinds = {phase.do for phase in body.phases}
    if not {"in", "out"} <= kinds:
        yield "A breath has a way in and a way out."
        return
    if len(body.phases) > MOST_PARTS:
        yield f"{len(body.phases)} parts are many. Four at most: set one of them to none."
    for phase in body.phases:
        if len(phase.say) > SAY_PHASE:
            yield f"The words beside a part can have {SAY_PHASE} characters."
            break
    for phase in body.phases:
        low, high = PART
        if not low <= phase.seconds <= high:
            yield f"One part lasts {low:g} to {high:g} seconds."
            break
    if any(phase.do == "hold" and phase.seconds > LONGEST_HOLD for phase in body.phases):
        yield f"A hold lasts {LONGEST_HOLD:g} seconds at most."
    if pace(body) > FASTEST:
        yield f"That is more than {FASTEST:g} breaths a minute. A little slower, please."
    if not 1 <= body.rounds <= MOST_ROUNDS:
        yield f"1 to {MOST_ROUNDS} rounds."
    elif duration(body, body.rounds) > LONGEST:
        yield f"That is longer than {LONGEST / 60:g} minutes. Fewer rounds, please."


def _grounding_slips(body: Grounding) -> Iterable[str]:
    if not body.moments:
        yield "One line is enough, but there is none yet."
    if len(body.moments) > MOST_MOMENTS:
        yield f"{len(body.moments)} are many. {MOST_MOMENTS} at most."
    for number, moment in enumerate(body.moments, 1):
        if not moment.say:
            yield f"Number {number} has no words yet."
        elif len(moment.say) > SAY_MOMENT:
            yield f"Number {number} has {len(moment.say)} characters. {SAY_MOMENT} at most."
        if count_words(moment.more) > MORE_WORDS:
            yield f"Number {number}: the words beneath are more than {MORE_WORDS}."


# --- a breathing pattern as rows that can be filled in ---------------------------------------------------


@frozen
class Slot:
    """One row of a pattern being made."""

    do: PhaseKind
    label: str
    seconds: float
    """0: this part is left out."""
    say: str
    optional: bool = True


_USUAL: Final[tuple[tuple[PhaseKind, str, bool], ...]] = (
    ("in", "In", False),
    ("in", "In, a sip", True),
    ("hold", "Hold, full", True),
    ("out", "Out", False),
    ("rest", "Rest, empty", True),
)


def slots(breathing: Breathing) -> tuple[Slot, ...]:
    """A pattern as rows. One in an unusual order has a row for each of its parts and no other."""
    left = list(breathing.phases)
    found: list[Slot] = []
    for do, label, optional in _USUAL:
        says = SIP if label == _USUAL[1][1] else SAYS[do]
        phase = left.pop(0) if left and left[0].do == do else None
        found.append(Slot(do, label, phase.seconds if phase else 0.0, phase.say if phase else says, optional))
    if left or not all(slot.seconds or slot.optional for slot in found):
        labels = {"in": "In", "hold": "Hold, full", "out": "Out", "rest": "Rest, empty"}
        return tuple(Slot(p.do, labels[p.do], p.seconds, p.say, False) for p in breathing.phases)
    return tuple(found)


def pattern(rows: Sequence[Slot], rounds: int, also: Iterable[int] = ()) -> Breathing:
    """The pattern that rows describe. Other lengths that would last too long are left out."""
    phases = tuple(Phase(row.do, row.seconds, one_line(row.say) or SAYS[row.do]) for row in rows if row.seconds > 0)
    one = sum(phase.seconds for phase in phases)
    return Breathing(rounds, phases, tuple(other for other in also if one * other <= LONGEST))
