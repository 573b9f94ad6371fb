"""What trustkit knows only while it runs: answers to gates, whether it is safe, how this reader is right now."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trustkit.model.entry import Distress
    from trustkit.model.guide import Answer, Gate

UNSAFE_FLAGS: Final = frozenset({"fear", "control"})
"""Either of these opens the unsafe path: what is offered changes until trustkit closes."""


@dataclass(slots=True)
class Sitting:
    """What is known until trustkit closes. Held in memory, written nowhere."""

    flags: set[str] = field(default_factory=set)
    """`fear`, `control`, `using-harm`."""
    answered: dict[str, str] = field(default_factory=dict)
    """Gate id to the label that was chosen."""
    noted: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of guide id and gate id whose note was shown there."""
    distress: "Distress | None" = None
    """The last answer to "How are you right now?"."""

    @property
    def unsafe(self) -> bool:
        """Whether the unsafe path is open."""
        return bool(self.flags & UNSAFE_FLAGS)

    def answer(self, gate: "Gate", answer: "Answer | None") -> None:
        """Remember an answer for this sitting. None is "Read it on my own", which sets nothing."""
        self.answered[gate.id] = answer.label if answer else ""
        if answer:
            self.flags |= answer.sets

    def seen(self, guide_id: str, gate: "Gate") -> None:
        """A note was shown in this guide (or, with an empty guide id, before an exercise)."""
        self.noted.add((guide_id, gate.id))

    def read_before(self, gate: "Gate") -> bool:
        """Whether this note was shown in full anywhere in this sitting; its short form is enough then."""
        return any(gate_id == gate.id for _, gate_id in self.noted)
