"""The words around the helplines, shared by the page on screen and the verb.

Headings, and what to say where no number is known.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from trustkit.model.guide import Helpline

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

REGIONS: Final[Mapping[str, str]] = {"us": "United States", "gb": "United Kingdom", "xx": "Somewhere else"}

OTHER_NAMES: Final[Mapping[str, str]] = {"uk": "gb", "usa": "us"}
"""What people also call a region."""

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
    ways = (("call", line.phone), ("text", line.text), ("chat", line.chat))
    return " · ".join(f"{how} {what}" for how, what in ways if what)


def standing(line: Helpline) -> str:
    """When it answers, what it costs, how sure we are of it, and what it leaves behind, in sentences."""
    about = (line.hours, line.cost, line.standing, line.leaves_trace, "numbers change")
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in about if part)
