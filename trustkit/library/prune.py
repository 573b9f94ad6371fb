"""Leaving out what leads nowhere: a button whose exercise is missing is dropped, the page stays.

Two things are never dropped. A way out of danger (a gate's answer, a danger sign, anything that raises a
flag) leads to the helplines instead, which always exist. And a gate: a file that names one nobody knows is
left out as a whole, because advice must not appear without it.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from trustkit.library import references
from trustkit.library.build import Thing
from trustkit.library.grammar import Ref
from trustkit.library.references import Known
from trustkit.library.slip import Reference
from trustkit.library.standin import HELP
from trustkit.model import exercise as ex
from trustkit.model import guide as gd

LAST_SHELF: Final = "any-time"
"""Where a guide stands whose own shelf is missing."""


class Pruner:
    """Takes what leads nowhere out of loaded things."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def missing(self, found: Iterable[Reference]) -> list[Reference]:
        """The references that lead nowhere. Coverage ids lead nowhere on purpose."""
        return [r for r in found if r.ref != "coverage" and not references.exists(self._known, r)]

    def thing(self, thing: Thing) -> Thing:
        """A guide, exercise or sign list without its dangling parts."""
        if isinstance(thing, gd.Guide):
            shelf = thing.shelf if self._leads("shelf", thing.shelf) else LAST_SHELF
            steps = tuple(self._step(step) for step in thing.steps)
            return replace(thing, shelf=shelf, steps=steps, sources=self._kept("source", thing.sources))
        if isinstance(thing, gd.SignList):
            signs = tuple(self._sign(sign) for sign in thing.signs)
            return replace(thing, signs=signs, sources=self._kept("source", thing.sources))
        body = thing.body
        if isinstance(body, ex.Checklist):
            body = replace(body, choices=tuple(self._choice(choice) for choice in body.choices))
        return replace(
            thing, body=body, next=self._kept("exercise", thing.next), sources=self._kept("source", thing.sources)
        )

    def gate(self, gate: gd.Gate) -> gd.Gate:
        answers = tuple(a if self._leads("answer", a.go) else replace(a, go=HELP) for a in gate.answers)
        return replace(gate, see=self._kept("see", gate.see), answers=answers)

    def group(self, group: gd.Group) -> gd.Group | None:
        """None when nothing is left in it."""
        exercises = self._kept("exercise", group.exercises)
        return replace(group, exercises=exercises) if exercises else None

    def need(self, need: gd.Need) -> gd.Need | None:
        """None when nothing is left to offer."""
        offer = self._kept("exercise", need.offer)
        go = need.go if not need.go or self._leads("place", need.go) else HELP
        kept = replace(need, offer=offer, go=go, see=self._kept("see", need.see))
        return kept if kept.offer or kept.go else None

    def _step(self, step: gd.Step) -> gd.Step:
        return replace(
            step,
            launch=self._kept("exercise", step.launch),
            launch_hurt=self._kept("exercise", step.launch_hurt),
            launch_broke=self._kept("exercise", step.launch_broke),
            signs=self._kept("signs", step.signs),
            see=self._kept("see", step.see),
            # A claim is never shown without the article that makes it.
            evidence=tuple(claim for claim in step.evidence if self._leads("source", claim.source)),
        )

    def _sign(self, sign: gd.Sign) -> gd.Sign:
        if not sign.go or self._leads("place", sign.go):
            return sign
        return replace(sign, go=HELP if sign.severity == "danger" or sign.sets else "")

    def _choice(self, choice: ex.Choice) -> ex.Choice:
        if not choice.go or self._leads("place", choice.go):
            return choice
        return replace(choice, go=HELP if choice.sets else "")

    def _kept(self, ref: Ref, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(value for value in values if self._leads(ref, value))

    def _leads(self, ref: Ref, value: str) -> bool:
        return references.exists(self._known, Reference((), ref, value))
