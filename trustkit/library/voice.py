"""Words this content avoids, and what to say instead (W37). English only."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Avoided(NamedTuple):
    word: str
    """As it stands in the text."""
    instead: str


_CUT: Final = "nothing: leave it out"

_AVOID: Final = (
    (r"commit(?:s|ted|ting)?\s+suicide", "die by suicide"),
    (r"closure", "an ending you can live with"),
    (r"mov(?:e|es|ed|ing)\s+on", "carry it more lightly"),
    (r"g(?:e|o)t(?:s|ting)?\s+over\s+(?:it|this|that|them|him|her)", "carry it more lightly"),
    (r"trigger(?:s|ed|ing)?", "set off"),
    (r"should(?:n['’]t)?", "could"),
    (r"must(?:n['’]t)?", "could"),
    (r"just", _CUT),
    (r"simply", _CUT),
    (r"easy", _CUT),
    (r"trust\s+issues|issues", "trouble trusting"),
    (r"work(?:s|ed|ing)?\s+on\s+(?:yourself|yourselves|myself|themselves|himself|herself)", "look after"),
    (r"red\s+flags?", "warning sign"),
    (r"(?:healing\s+)?journeys?", _CUT),
    (r"victims?", "the person who was hurt"),
    (r"betrayers?|cheaters?", "the person who broke the trust"),
    (r"abusers?", "the person who did harm"),
    (r"narcissists?|narcissistic", "what was done"),
    (r"toxic", "harmful"),
)
_STEMS: Final = (
    "suicide", "closure", "move", "moving", "get", "got", "trigger", "should", "must",
    "just", "simply", "easy", "issues", "work", "flag",
    "journey", "victim", "betray", "cheat", "abuser", "narciss", "toxic",
)  # fmt: skip
"""Every pattern above holds one of these; looking for them first is ten times as fast."""

_FOUND: Final = re.compile(
    "|".join(rf"(?P<w{index}>(?<![\w-])(?:{pattern})(?![\w-]))" for index, (pattern, _) in enumerate(_AVOID)),
    re.IGNORECASE,
)


def avoided(text: str, excused: re.Pattern[str] | None = None) -> Iterator[Avoided]:
    """The words of the avoid list that stand in a text; titles that match `excused` may hold any."""
    folded = text.casefold()
    if not any(stem in folded for stem in _STEMS):
        return
    if excused is not None:
        text = excused.sub(" ", text)
    for found in _FOUND.finditer(text):
        index = int((found.lastgroup or "w0")[1:])
        yield Avoided(found[0], _AVOID[index][1])
