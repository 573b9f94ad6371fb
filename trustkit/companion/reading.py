"""Guides as this reader meets them: what is on the shelves, what stands before a page, whom one can call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustkit.companion.holding import Holding
from trustkit.errors import TrustkitError, UsageError
from trustkit.later import later
from trustkit.model.entry import Choice, Mark

if TYPE_CHECKING:
    from datetime import date

    from trustkit.model import support, walk
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import Gate, Guide, Helpline, SignList, Step
    from trustkit.model.support import OwnNumber, Region
else:
    support = later("trustkit.model.support")
    walk = later("trustkit.model.walk")


class Reading(Holding):
    """Mixed into the companion."""

    # -- guides ------------------------------------------------------------------------------------

    def guide_shelves(self) -> list[tuple[str, list[Guide]]]:
        """Shelf titles with the ready guides on each; empty shelves are left out."""
        guides = self.library.guides.values()
        shelves = [(s.title, [g for g in guides if g.shelf == s.id]) for s in self.library.shelves]
        return [(title, on_it) for title, on_it in shelves if on_it]

    def standing_of(self, guide: Guide) -> str:
        """What to say beside a title: that it is in English where the reader reads something else, or their own."""
        own = "your own" if guide.by_reader else ""
        english = "in English" if guide.language == "en" != self.library.language else ""
        return ", ".join(filter(None, (own, english)))

    def marks(self) -> dict[tuple[str, str], Mark]:
        """The latest mark of each step; none while locked."""
        return {} if self.locked else self.vault.marks()

    def mark(self, guide: Guide, step: Step, state: str) -> None:
        """Mark a step `done`, `later` or `skip`; an empty state takes the mark back."""
        self.vault.add(Mark(guide.id, step.id, state))

    @property
    def role(self) -> str:
        """`hurt`, `broke`, `both`, or empty when nobody said: whose pane stands first."""
        roads = self.choice("roads", ())
        chosen = set(roads) if isinstance(roads, tuple) else set()
        hurt = bool(chosen & {"hurt-lately", "broken-promises", "both-ways", "unsure-staying", "ended"})
        broke = bool(chosen & {"broke-trust", "both-ways"})
        return "both" if hurt and broke else "hurt" if hurt else "broke" if broke else ""

    def title_of(self, place: str) -> str:
        """The title a reference is shown with, or empty when what it names is not there."""
        first, _, rest = place.partition("/")
        if first == "helplines":
            return "Support and numbers"
        guide = self.library.guides.get(first)
        if guide is None:
            return ""
        step = guide.step(rest) if rest else None
        return f"{guide.title}: {step.title}" if step else "" if rest else guide.title

    def find_pages(self, words: str) -> list[tuple[Guide, Step]]:
        """The pages that hold all these words, in the order of the shelves."""
        wanted = words.casefold().split()
        return [
            (guide, step)
            for guide in self.library.guides.values()
            for step in walk.steps_for(guide, self.bonds)
            if all(
                word in f"{guide.title} {step.title} {step.text} {step.for_hurt} {step.for_broke}".casefold()
                for word in wanted
            )
        ]

    def gates_before(self, guide: Guide, step: Step) -> list[Gate]:
        """What stands before this step and was not met yet in this sitting."""
        return walk.gates_before(guide, step, self.library.gates, self.sitting, self.bonds)

    def gates_before_tool(self, tool: Exercise | SignList, guide_id: str = "") -> list[Gate]:
        """What stands before an exercise or a sign list and was not met yet in this sitting."""
        return walk.gates_before_exercise(tool.gates, self.library.gates, self.sitting, guide_id)

    def open_step(self) -> tuple[Guide, Step, date] | None:
        """Where the reader stopped: the next step of the guide marked last, and the day of that mark."""
        if self.locked:
            return None
        marks = self.marks()
        for entry in reversed(self.vault.events("mark")):
            if not isinstance(entry.body, Mark):
                continue
            guide = self.library.guides.get(entry.body.guide)
            step = walk.next_step(guide, marks, self.bonds) if guide else None
            if guide and step:
                return guide, step, entry.created.date()
        return None

    # -- support ---------------------------------------------------------------------------------------

    def helplines(self, topic: str = "") -> list[Helpline]:
        """The lines for the reader's region, emergency first; with a topic, only those."""
        lines = self.library.helplines(self.settings.region)
        order = ("emergency", "abuse", "crisis", "young-people", "using-harm", "lgbt", "general")
        if self.sitting.flags & {"using-harm"}:
            order = ("emergency", "using-harm", "crisis", "abuse", "young-people", "lgbt", "general")
        wanted = [line for line in lines if not topic or line.topic == topic]
        return sorted(wanted, key=lambda line: order.index(line.topic))

    def regions(self) -> list[Region]:
        """The places there are lists for, by name, anywhere last. Reads the file of each."""
        found = [self.library.region(name) for name in self.library.regions]
        return support.in_order(found, self.library.pack.language)

    def region_name(self) -> str:
        """What the reader's region is called."""
        return self.library.region(self.settings.region).name_in(self.library.pack.language)

    def urgent(self) -> str:
        """The sentence above every list of numbers. One lives in code, for when the content itself is broken."""
        from trustkit.library import EMERGENCY

        try:
            return self.library.pack.urgent or EMERGENCY
        except TrustkitError:
            return EMERGENCY

    # -- numbers of one's own, and how calls went -------------------------------------------------------

    def own_numbers(self) -> tuple[OwnNumber, ...]:
        """Whom the reader wrote down to turn to; none while locked. Reads the journal: ask in a thread."""
        return support.own_numbers(self._choices())

    def tried_numbers(self) -> dict[str, str]:
        """How calls went, by the id of the helpline; none while locked. Reads the journal: ask in a thread."""
        return support.tried_numbers(self._choices())

    def keep_number(self, name: str, number: str, number_id: str = "") -> None:
        """Write down whom to turn to, or put this in place of what was written; what it was is erased.

        Raises:
            UsageError: Nothing stands in either line.
            WriteError, Locked: It was not kept.
        """
        from trustkit.model.plain import one_line

        name, number = one_line(name), one_line(number)
        if not (name or number):
            raise UsageError("There is nothing to keep yet.", "A name or a number is enough.")
        number_id = number_id or support.next_number_id(self.own_numbers(), self.vault.new_rev())
        self._put_only(support.OWN + number_id, (name, number))

    def drop_number(self, number_id: str) -> None:
        """Erase a number of one's own here, for good. Raises WriteError, Locked."""
        self._put_only(support.OWN + number_id, "")

    def note_call(self, line: Helpline, how: str) -> None:
        """Note how a call went: `worked` or `did-not`; empty takes the note back. Raises WriteError, Locked."""
        self._put_only(support.TRIED + line.id, how)

    def _choices(self) -> dict[str, str | int | bool | tuple[str, ...]]:
        if self.locked or (self._vault is None and self.mode == "nothing"):
            return {}
        return self.vault.choices()

    def _put_only(self, name: str, value: str | tuple[str, ...]) -> None:
        """A choice that leaves no trace of what it was before; an empty value leaves none at all."""
        vault = self.vault
        before = [
            entry.id for entry in vault.events("choice") if isinstance(entry.body, Choice) and entry.body.name == name
        ]
        if value:
            vault.add(Choice(name, value))
        for entry_id in before:
            vault.forget(entry_id)
