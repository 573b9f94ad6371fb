"""Between a text as it is kept and the same text in a field that knows one kind of line end.

A field breaks lines wherever `str.splitlines` does and gives them back as `\\n`. A text that was only opened must come
back as it was, and where one word of it was changed, the line ends around it stay what they were.
"""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Final

_UNUSUAL: Final = "[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_END: Final = "(\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
_MOST: Final = 4000
"""Changed lines that are compared with each other; more are taken in order."""


def in_field(text: str) -> str:
    """The text as a field shows it: every line end is `\\n`."""
    return re.sub(_END, "\n", text) if re.search(_UNUSUAL, text) else text


def as_kept(kept: str, shown: str) -> str:
    """What a field shows now, with the line ends of the text it was filled from.

    Args:
        kept: The text the field was filled from.
        shown: What stands in the field, its line ends `\\n`.

    Returns:
        `kept` itself where nothing was changed. New lines end as most lines of `kept` do.
    """
    if not re.search(_UNUSUAL, kept):
        return shown
    parts = re.split(_END, kept)
    lines, ends = parts[::2], parts[1::2]
    usual = Counter(ends).most_common(1)[0][0] if ends else "\n"
    now = shown.split("\n")
    first, last = _same_at_both_ends(lines, now)
    # An end belongs to the line before it; what is new between two lines has the usual one.
    made = ends[:first]
    made += _between(lines[first : len(lines) - last], ends[first:], now[first : len(now) - last], usual)
    if last:
        made += ends[len(ends) - last + 1 :]
    made = made[: len(now) - 1]
    made += [usual] * (len(now) - 1 - len(made))
    for at in range(1, len(made)):
        if made[at - 1] == "\r" and not now[at] and made[at] == "\n":
            made[at - 1] = "\n"  # together they would be one end
    return "".join(line + end for line, end in zip(now, [*made, ""], strict=True))


def _same_at_both_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many lines are the same at the beginning, and how many of the others at the end."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    last = next((at for at in range(most - first) if old[-1 - at] != new[-1 - at]), most - first)
    return first, last


def _between(old: list[str], ends: list[str], new: list[str], usual: str) -> list[str]:
    """The ends of lines that were changed: each line of a kind with an old one keeps its end."""
    made = [usual] * len(new)
    if len(old) + len(new) > _MOST:
        blocks = [(0, 0, min(len(old), len(new)))]
    else:
        blocks = []
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind in ("equal", "replace"):
                blocks.append((a, c, min(b - a, d - c)))
    for a, c, count in blocks:
        for at in range(count):
            if a + at < len(ends):
                made[c + at] = ends[a + at]
    return made
