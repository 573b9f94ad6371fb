"""The one object both front ends hold: the library, the vault, the settings, a clock, and this sitting.

It decides *what* is offered and kept; the screens and the verbs decide how it looks. Nothing in here
draws, prints or waits.

    whole          all of it together: `Companion`
    holding        what it holds, and where a person's words live
    reading        guides and support
    own            what a reader made themself, beside what was shipped
    practising     what is offered, and what is kept of a run
    beginning      keeping things after a while in which nothing was kept
    drafting       what is being written in an exercise, sealed as it grows
    journalling    pages, finding them again, backups
    authoring      what only authors need: checking, beginning and trying out files of content
    rereading      the journal by search line, day, question and tag; two versions made one
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trustkit.companion.holding import Clock as Clock
    from trustkit.companion.holding import State as State
    from trustkit.companion.holding import system_clock as system_clock
    from trustkit.companion.practising import FIRST_BREATH as FIRST_BREATH
    from trustkit.companion.practising import Suggestion as Suggestion
    from trustkit.companion.whole import Companion as Companion
    from trustkit.library import Slip as Slip
    from trustkit.vault import Vault as Vault
    from trustkit.vault.restoring import RestoreReport as RestoreReport

_ROOMS: Final = {
    "Clock": "holding",
    "Companion": "whole",
    "FIRST_BREATH": "practising",
    "State": "holding",
    "Suggestion": "practising",
    "system_clock": "holding",
}
"""Where each name lives. A verb that asks for one room does not pay for the others."""


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
