"""What the pages of Practice share: an exercise as a line, what is told of it, and where the cursor stands."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Final

from textual.widgets.option_list import OptionDoesNotExist

from trustkit.companion import Companion
from trustkit.model.breath import duration
from trustkit.model.breath_words import clock
from trustkit.model.exercise import Breathing, Exercise
from trustkit.model.practice_words import FOR_TWO
from trustkit.tui.screens.own_actions import OwnActions
from trustkit.tui.widgets.choices import Choices, Offer

BADGES: Final = {"trials": "tested in trials", "borrowed": "borrowed evidence", "practice": "commonly taught"}
"""A word for each evidence grade; `c` tells it in full."""


class Offering(OwnActions[None]):
    """Mixed into a page with a list of exercises, in front of `Page`."""

    companion: Companion

    def line(self, exercise: Exercise, hint: str = "") -> Offer:
        """One exercise; where it is not offered now, the line that stands in its place."""
        offered = exercise.offered(frozenset(self.companion.sitting.flags))
        return Offer(f"play:{exercise.id}", exercise.title, hint if offered else FOR_TWO)

    def about(self, exercise: Exercise) -> str:
        """How long it takes, what speaks for it, and why this reader may want it."""
        badge = BADGES.get(exercise.evidence, "your own" if exercise.by_reader else "")
        parts = (how_long(exercise), badge, self.companion.why(exercise).rstrip("."))
        return " · ".join(part for part in parts if part)

    @property
    def meant(self) -> Exercise | None:
        """The exercise under the cursor."""
        kind, name = read_id(id_at(self.query_one(Choices)))
        return self.companion.exercises.get(name) if kind == "play" else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.own_action(action) is False:
            return False
        return super().check_action(action, parameters)

    def action_care(self) -> None:
        """Show what to take care of in the exercise under the cursor, and all its words."""
        from trustkit.tui.players.reading import WordsOnly

        if (exercise := self.meant) is not None:
            self.app.push_screen(WordsOnly(exercise, self.companion))


def told_apart(offers: Iterable[Offer | str]) -> Iterator[Offer | str]:
    """The same lines; an exercise that stands under two headings gets a number behind its id the second time."""
    met: dict[str, int] = {}
    for offer in offers:
        if isinstance(offer, Offer):
            met[offer.id] = met.get(offer.id, 0) + 1
            if met[offer.id] > 1:
                offer = replace(offer, id=f"{offer.id}#{met[offer.id]}")
        yield offer


def read_id(option_id: str | None) -> tuple[str, str]:
    """The kind of a line, and whose it is."""
    kind, _, name = (option_id or "").partition(":")
    return kind, name.partition("#")[0]


def id_at(choices: Choices) -> str:
    """What the cursor stands on; empty where it stands nowhere."""
    at = choices.highlighted
    return "" if at is None else choices.get_option_at_index(at).id or ""


def highlight(choices: Choices, name: str) -> None:
    """Put the cursor back on this, if it is still there."""
    if name:
        with suppress(OptionDoesNotExist):
            choices.highlighted = choices.get_option_index(name)


def how_long(exercise: Exercise) -> str:
    """`1:20` for a breath, which is exact; `about 3 min` for the rest."""
    if isinstance(exercise.body, Breathing):
        return clock(duration(exercise.body, exercise.body.rounds))
    return f"about {exercise.minutes} min"
