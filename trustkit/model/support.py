"""Support as both front ends tell it: which lines stand where, the words around them, and how a region is found.

The numbers and the names of the regions are data, in `content/helplines/`; this is the only place for the sentences.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from trustkit.model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trustkit.model.guide import Helpline

WORLDWIDE: Final = "xx"
"""The region of whoever named none, or one without a list."""

TOPICS: Final[Mapping[str, str]] = {
    "emergency": "If someone may be hurt now",
    "abuse": "If someone frightens, controls or hurts you",
    "crisis": "If you think about dying, or can't go on",
    "young-people": "If you are young",
    "using-harm": "If you are afraid of what you might do",
    "lgbt": "LGBTQ+ lines",
    "general": "Someone to talk to",
}
"""Each topic of a helpline with the heading it stands under."""

ALWAYS_NAMED: Final = ("abuse", "crisis", "using-harm")
"""Topics that are never passed over in silence, even where no number is known."""

NONE_KNOWN: Final = (
    "We don't have a number we trust for this, where you are. The emergency number can pass you on; a doctor or a "
    "local women's, men's or family service may know."
)
NONE_FOR_HARM: Final = (
    "We know of none here. Many abuse lines also talk with people who are worried about what they do. You can ask."
)
UNSEEN: Final = (
    "Calling unseen: a call or a text can show on a bill, in a call log or on a shared account. Another person's phone "
    "leaves less behind. You can hang up at any time."
)
YOUNG: Final = (
    "If they look after you, or you are under 18: the emergency number, or an adult outside your home, can tell you of "
    "the child-protection service where you live. A teacher, a school nurse, a doctor or a relative you trust counts."
)

OWN: Final = "own-number:"
"""How the choice is named that holds a number of the reader's own; `next_number_id` makes what stands behind it."""
TRIED: Final = "tried-number:"
"""How the choice is named that holds how a call went; the id of the helpline stands behind it."""
HOW_IT_WENT: Final[Mapping[str, str]] = {
    "worked": "You noted: it worked.",
    "did-not": "You noted: it did not work.",
}


def by_topic(lines: Iterable[Helpline], wanted: str = "") -> list[tuple[str, list[Helpline]]]:
    """Each topic with its lines, in the order given; topics that must be named stand last and may be empty.

    Args:
        lines: Helplines, in the order in which their topics are to stand.
        wanted: A topic to put first, behind the emergency number.
    """
    found: dict[str, list[Helpline]] = {}
    for line in lines:
        found.setdefault(line.topic, []).append(line)
    for topic in ALWAYS_NAMED:
        found.setdefault(topic, [])
    return sorted(found.items(), key=lambda item: (item[0] != "emergency", item[0] != wanted))


def none_known(topic: str) -> str:
    """What to say under a topic without a number."""
    return NONE_FOR_HARM if topic == "using-harm" else NONE_KNOWN


def contacts(line: Helpline) -> str:
    """The ways to reach a line, as one phrase."""
    ways = (("call", line.phone), ("text", line.text), ("online", line.chat))
    return " · ".join(f"{how} {what}" for how, what in ways if what)


def standing(line: Helpline) -> str:
    """When it answers, what it costs, how sure we are of it, and what it leaves behind, in sentences."""
    about = (line.hours, line.cost, f"{line.standing}: numbers change", line.leaves_trace)
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in about if part)


@frozen
class OwnNumber:
    """Somebody whom a reader can turn to, as they wrote it down."""

    id: str
    """A count, for the order, and something random. Says nothing."""
    name: str
    """One line, may be empty where there is a number."""
    number: str
    """One line in any shape: a number, an address, "knock twice". May be empty where there is a name."""


def own_numbers(choices: Mapping[str, object]) -> tuple[OwnNumber, ...]:
    """The reader's own numbers among what they chose, in the order they were written down."""
    return tuple(
        OwnNumber(name.removeprefix(OWN), *value)
        for name, value in sorted(choices.items(), key=lambda item: item[0])
        if name.startswith(OWN) and isinstance(value, tuple) and len(value) == 2
    )


def next_number_id(known: Iterable[OwnNumber], random: str) -> str:
    """An id that stands behind all of these. `random` keeps two devices apart."""
    last = max((one.id.partition("-")[0] for one in known), default="0")
    return f"{int(last if last.isdecimal() else 0) + 1:04}-{random}"


def tried_numbers(choices: Mapping[str, object]) -> dict[str, str]:
    """How calls went, by the id of the helpline: `worked` or `did-not`."""
    return {
        name.removeprefix(TRIED): value
        for name, value in choices.items()
        if name.startswith(TRIED) and isinstance(value, str) and value in HOW_IT_WENT
    }


@frozen
class Region:
    """A place with a list of its own, and what people call it."""

    id: str
    """Two letters, as in the name of its file; `xx` is anywhere."""
    names: tuple[tuple[str, str], ...] = ()
    """Pairs of language and name."""
    also: tuple[str, ...] = ()
    """What else people type for it: its name there, a short form, a part of it."""

    def name_in(self, language: str) -> str:
        """The name in this language, else in English, else its two letters."""
        names = dict(self.names)
        return names.get(language) or names.get("en") or self.id.upper()

    def called(self, typed: str) -> int:
        """How well what was typed names this region, the lower the better.

        0: its letters or its whole name; 1: a name begins so; 2: a later word of one does; 3: not at all.
        """
        wanted = _folded(typed)
        names = [self.id, *(name for _, name in self.names), *self.also]
        if not wanted:
            return 1
        told = [_folded(name) for name in names]
        if wanted in told:
            return 0
        if any(name.startswith(wanted) for name in told):
            return 1
        return 2 if any(f" {wanted}" in name for name in told) else 3


def in_order(regions: Iterable[Region], language: str = "en") -> list[Region]:
    """By name as a reader of this language looks for it, anywhere last."""
    return sorted(regions, key=lambda one: (one.id == WORLDWIDE, _folded(one.name_in(language))))


def find_regions(regions: Sequence[Region], typed: str) -> list[Region]:
    """The regions that what was typed may mean, the best first, else in the order given. Nothing typed: all of them."""
    return sorted((one for one in regions if one.called(typed) < 3), key=lambda one: one.called(typed))


def named_region(regions: Sequence[Region], typed: str) -> Region | None:
    """The one region that is meant: named whole, or the only one that begins so."""
    found = find_regions(regions, typed)
    best = [one for one in found if one.called(typed) == found[0].called(typed)]
    return best[0] if typed.strip() and len(best) == 1 else None


def _folded(name: str) -> str:
    """Without case, accents and marks, so that nobody has to type an ö."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.replace("-", " ").replace(".", "").split())
