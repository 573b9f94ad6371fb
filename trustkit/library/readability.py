"""Reading age of English prose: the Flesch–Kincaid grade, with syllables counted by rule.

Grade 8 is reached at about 14 (Kincaid et al. 1975); `voice.md`, the voice of all content, asks for 12 to 14.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from trustkit.model.prose import parse

HARDEST: Final = 8.0
"""The highest grade that passes."""
GRADE_TO_AGE: Final = 6
"""Grade 8 is read at 14."""
FEWEST_WORDS: Final = 25
"""Below this the formula says more about chance than about the words."""

_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[;:](?=\s+[A-Z\"“'‘])")
_WORD: Final = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)*|\d+")
_VOWELS: Final = re.compile(r"[aeiouyà-ɏ]+")
_TWO: Final = re.compile(
    r"[iy]ing|[aeou]ing|(?<![tscxg])i[ao]|(?<![tscxg])ie(?=t\b|nt|nc)|iety|creat|[^aeiou]eo|u[ae]l\b|[aeiou]y[aeiou]"
    r"|ism\b|n't"
)
_SILENT: Final = re.compile(r"[^aeiou]e(?=ly\b|ful|less|ment|ness|thing|where|one\b|body)")
_ODD: Final = {
    "people": 2, "every": 2, "everyone": 3, "everything": 3, "everybody": 4, "someone": 2, "something": 2,
    "sometimes": 2, "somewhere": 2, "somebody": 3, "being": 2, "idea": 3, "ideas": 3, "quiet": 2, "area": 3, "fire": 1,
    "hour": 1, "hours": 1, "our": 1, "evening": 2, "evenings": 2, "business": 2, "maybe": 2, "science": 2, "diet": 2,
    "therefore": 2, "forgive": 2, "though": 1, "through": 1, "thought": 1, "safety": 2, "truly": 2, "couldn't": 2,
    "wouldn't": 2, "shouldn't": 2, "didn't": 2, "doesn't": 2, "isn't": 2, "wasn't": 2, "aren't": 2, "haven't": 2,
    "hasn't": 2, "hadn't": 2, "don't": 1, "won't": 1, "can't": 1, "weren't": 1, "i'm": 1, "i'd": 1, "i've": 1,
    "i'll": 1, "you're": 1, "you've": 1, "you'd": 1, "you'll": 1, "they're": 1, "they've": 1, "they'd": 1, "they'll": 1,
    "we're": 1, "we've": 1, "we'd": 1, "we'll": 1, "it's": 1, "that's": 1, "there's": 1, "what's": 1, "let's": 1,
    "trustkit": 2,
}  # fmt: skip


class Reading(NamedTuple):
    """How hard a text is."""

    grade: float
    """Flesch–Kincaid grade."""
    words: int
    longest: str
    """Its longest sentence."""

    @property
    def age(self) -> float:
        """About how old a reader is who reads it with ease."""
        return self.grade + GRADE_TO_AGE


def measure(*texts: str) -> Reading:
    """The reading of several texts taken as one. An item of a list counts as a sentence."""
    sentences = [s for text in texts for block in parse(text) for s in _sentences(block.text)]
    counted = [(len(words), words, sentence) for sentence in sentences if (words := _WORD.findall(sentence))]
    total = sum(count for count, _, _ in counted)
    if not total:
        return Reading(0.0, 0, "")
    beats = sum(syllables(word) for _, words, _ in counted for word in words)
    grade = 0.39 * total / len(counted) + 11.8 * beats / total - 15.59
    return Reading(grade, total, max(counted, key=lambda one: one[0])[2])


def _sentences(text: str) -> list[str]:
    found = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        found.append(text[start : end.end()].strip())
        start = end.end()
    return [*found, text[start:].strip()]


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """How many syllables an English word has, near enough for an average over many words."""
    word = word.casefold().replace("’", "'")
    if word in _ODD:
        return _ODD[word]
    if word.isdigit():
        return 1
    bare = word.removesuffix("'s")
    count = len(_VOWELS.findall(bare)) + len(_TWO.findall(bare)) - len(_SILENT.findall(bare))
    if re.search(r"[^aeiouyl]e$|[^aeioul][aeiou]le$|[aeiou]re$", bare) and not re.search(r"[^aeiou]le$", bare):
        count -= 1  # a silent e at the end: "time", "rule"
    elif re.search(r"[^aeioudt]ed$", bare) and not re.search(r"[^aeiouy]{2}led$", bare):
        count -= 1  # "asked", not "wanted"
    elif re.search(r"[^aeiouscxzgh]es$", bare):
        count -= 1  # "times", not "wishes"
    return max(1, count)
