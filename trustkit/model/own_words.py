"""What an exercise of one's own says of itself: only what is still true of it.

Shipped words describe what was shipped: in for four, three that matter, a breath without holds. Once a reader has
changed it they go, and plain ones take their place. Cautions are no description: `own.with_care` keeps those.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trustkit.model.breath_words import rounds_in_words
from trustkit.model.exercise import Breathing

if TYPE_CHECKING:
    from trustkit.model.exercise import Body, Exercise

_NUMBER: Final = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|half|twice|both)\b", re.I
)
TITLE: Final = 60
"""Characters; the content's own limit."""
BREATH_TITLE: Final = "A breath of my own"
BREATH_SUMMARY: Final = "A breathing pattern of your own."
BREATH_INTRO: Final = (
    "A pattern of your own. Where a part of it feels too long, breathe sooner and wait for the next one."
)
BREATH_OUTRO: Final = "Now let your breath go as it likes."


def my_title(title: str) -> str:
    """What a shipped exercise is called when it has just been made one's own."""
    words = f"{title}, my way"
    return words if len(words) <= TITLE else words[: TITLE - 1].rstrip() + "…"


def title_for(now: Exercise, before: Exercise, usual: str = BREATH_TITLE) -> str:
    """Its title; the usual one of its kind where the shipped one names what it no longer is."""
    untouched = not before.by_reader and now.title == my_title(before.title)
    tells = isinstance(now.body, Breathing) or counts(before.title)
    return usual if untouched and tells and is_changed(now, before) else now.title


def counts(text: str) -> bool:
    """Whether a number stands in it, which a changed exercise may no longer have."""
    return bool(_NUMBER.search(text))


def is_changed(now: Exercise, before: Exercise) -> bool:
    """Whether it is another one than it was: not by the words beside a breath's parts, but by what is done."""
    return _doing(now.body) != _doing(before.body)


def _doing(body: Body) -> object:
    if isinstance(body, Breathing):
        return body.rounds, tuple((phase.do, phase.seconds) for phase in body.phases)
    return body


def in_true_words(now: Exercise, before: Exercise, title: str, summary_: str) -> Exercise:
    """`now` without what its shipped words say of another pattern.

    Sources go with them: what was studied is not what is done now.

    Args:
        now: As the reader made it.
        before: What they changed. A reader's own words of before are treated alike: they were about that pattern.
        title, summary_: The usual ones of its kind.
    """
    body = now.body
    changed = is_changed(now, before)
    if not isinstance(body, Breathing):
        return _without_numbers(now, before, title, summary_) if changed else now
    if changed or now.summary == BREATH_SUMMARY:
        now = replace(now, summary=summary(body))
    if not changed:
        return now
    # What stands in the intro for want of room beside the breath is a caution, and stays (see `own.with_care`).
    if now.intro and BREATH_INTRO not in now.intro:
        now = replace(now, intro=BREATH_INTRO)
    return replace(now, title=title_for(now, before), outro=BREATH_OUTRO if now.outro else "", sources=(), own=True)


def _without_numbers(now: Exercise, before: Exercise, title: str, summary_: str) -> Exercise:
    """Of lines that were changed only the words go that count them: what for, and how, is still as it was."""
    return replace(
        now,
        title=title_for(now, before, title),
        summary=summary_ if counts(now.summary) else now.summary,
        intro="" if counts(now.intro) else now.intro,
        outro="" if counts(now.outro) else now.outro,
    )


def summary(breathing: Breathing) -> str:
    """`In 4, hold 7, out 8 seconds. 4 rounds.`: what a pattern is, and nothing it may not be."""
    parts = ", ".join(f"{phase.do} {phase.seconds:g}" for phase in breathing.phases)
    return f"{parts[:1].upper()}{parts[1:]} seconds. {rounds_in_words(breathing.rounds)}."
