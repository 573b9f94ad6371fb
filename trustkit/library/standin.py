"""What is shown when the content itself is broken: safety words that live in code, and cautious stand-ins.

A missing gate never opens the way: a stand-in of the same kind is put in its place.
"""

from typing import Final

from trustkit.library.schema import BUILT_IN_SHELVES, KNOWN_GATES
from trustkit.model.guide import Answer, Gate, Pack, Shelf

EMERGENCY: Final = "If you or anyone else may be hurt tonight, call your local emergency number first."

WORLDWIDE: Final = "xx"
"""The region whose helplines are shown where a reader's own has none."""

HELP: Final = "helplines"
"""Where a way out leads when the step it named is missing: the helplines always exist."""


def pack() -> Pack:
    """The notices, when `pack.toml` cannot be read."""
    return Pack(
        language="en",
        title="trustkit",
        version="0.0.0",
        notice=(
            "trustkit offers information and things to try. It is not treatment, and it can't replace a person "
            "trained to help. Its content folder can't be read in full just now."
        ),
        urgent=EMERGENCY,
    )


def gate(gate_id: str) -> Gate:
    """A gate in place of one that trustkit ships and that cannot be read."""
    if KNOWN_GATES.get(gate_id, "ask") == "ask":
        return Gate(
            gate_id,
            "ask",
            text="A question belongs here, and it could not be read. This one stands in for it.",
            ask="Can you disagree with the other person, or say no, without being afraid of what they will do?",
            answers=(
                Answer("Yes, mostly", "on"),
                Answer("No", HELP, sets=frozenset({"fear", "control"})),
                Answer("I'm not sure", HELP, sets=frozenset({"fear", "control"})),
            ),
        )
    text = "A caution belongs here, and it could not be read. Go gently, and stop if it makes things worse. "
    return Gate(gate_id, KNOWN_GATES[gate_id], text=text + EMERGENCY)


def shelves() -> tuple[Shelf, ...]:
    """The built-in shelves, when `shelves.toml` cannot be read."""
    return tuple(
        Shelf(name, name.replace("-", " ").capitalize(), order) for order, name in enumerate(BUILT_IN_SHELVES, 1)
    )
