"""Whether what a file refers to exists, and what to say when it does not (E08)."""

from collections.abc import Collection
from typing import Final, Protocol

from trustkit.library.grammar import REF_NAMES, Ref
from trustkit.library.schema import SCREENS, TOPICS
from trustkit.library.slip import Finding, Reference, nearest, quoted

HELPLINES: Final = frozenset({"helplines", *(f"helplines/{topic}" for topic in TOPICS)})

_BELONGS: Final[dict[Ref, tuple[str, str]]] = {
    "exercise": ("an exercise", "`launch` (a step), `next`, `offer` or `exercises`"),
    "signs": ("a sign list", "`signs`"),
    "gate": ("a gate", "`gates`"),
    "source": ("a source", "`sources`"),
    "see": ("a guide", "`see`"),
}
_NAMES: Final[dict[Ref, str]] = {
    "exercise": "exercise",
    "gate": "gate",
    "source": "source",
    "signs": "sign list",
    "shelf": "shelf",
    "see": "guide or step",
    "place": "place",
    "answer": "place",
    "coverage": "coverage item",
}


class Known(Protocol):
    """What exists: asked by the validator of every file it has read, and by the library of what it can show."""

    def ids(self, ref: Ref) -> Collection[str]:
        """Every id of a kind: exercise, gate, source, signs, shelf, coverage; for `see`, the guides."""

    def steps(self, guide: str) -> Collection[str]:
        """The ids of a guide's steps, old ones among them; empty for a guide there is not."""


def exists(known: Known, reference: Reference) -> bool:
    """Whether a reference leads somewhere."""
    ref, value = reference.ref, reference.value
    if ref not in ("see", "place", "answer"):
        return value in known.ids(ref)
    if ref != "see" and (value in HELPLINES or (ref == "answer" and value == "on")):
        return True
    guide, slash, step = value.partition("/")
    return step in known.steps(guide) if slash else guide in known.ids("see")


def finding(known: Known, reference: Reference) -> Finding:
    """What to say about a reference that leads nowhere."""
    path, ref, value = reference
    what = f"unknown {_NAMES[ref]}"
    expected = REF_NAMES[ref]
    guide, slash, step = value.partition("/")
    if ref not in ("see", "place", "answer"):
        candidates = list(known.ids(ref))
        expected += _elsewhere(known, reference)
    elif slash and guide in known.ids("see"):
        steps = known.steps(guide)
        return Finding(
            path,
            "E08",
            f"unknown step of {quoted(guide)}",
            quoted(value),
            expected,
            tuple(f"{guide}/{name}" for name in nearest(step, steps)),
        )
    else:
        candidates = list(known.ids("see"))
        if slash:
            candidates = [f"{name}/{s}" for name in candidates for s in known.steps(name)]
        if ref != "see":
            candidates += HELPLINES
        expected += _elsewhere(known, reference)
    return Finding(path, "E08", what, quoted(value), expected, nearest(value, sorted(candidates)))


def _elsewhere(known: Known, reference: Reference) -> str:
    """Words for an id that exists, as something else."""
    value = reference.value
    if value in SCREENS and reference.ref in ("exercise", "signs", "see"):
        return f"; {quoted(value)} is a screen of the app, which belongs in `opens`"
    for ref, (name, where) in _BELONGS.items():
        if ref != reference.ref and value in known.ids(ref):
            return f"; {quoted(value)} is {name}, which belongs in {where}"
    return ""
