"""Practice as this reader meets it: what is offered and why, what is kept of a run, what made things worse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustkit.companion.own import Owning
from trustkit.later import later
from trustkit.model.entry import Answers, Draft, Practice, Record
from trustkit.model.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from trustkit.model import insight, offering, walk
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import Gate, Guide, Need, Step
else:
    insight = later("trustkit.model.insight")
    offering = later("trustkit.model.offering")
    walk = later("trustkit.model.walk")

FIRST_BREATH: Final = "breath-long-out"
FIRST_GROUNDING: Final = "ground-room"


@frozen
class Suggestion:
    """One thing a person could do, and why it is offered."""

    reason: str
    exercise: Exercise | None = None
    guide: Guide | None = None
    step: Step | None = None


class Practising(Owning):
    """Mixed into the companion."""

    def offered(self, names: Iterable[str]) -> list[Exercise]:
        """These exercises, in order, without those that are unsafe to offer now and those that do not exist."""
        flags = frozenset(self.sitting.flags)
        exercises = self.exercises
        found = (exercises.get(name) for name in names)
        return [exercise for exercise in found if exercise and exercise.offered(flags)]

    def offer_for(self, need: Need) -> list[Exercise]:
        """What to offer for a need, by the standing rules: holds, looking round first, hard hours, what was worse.

        The rules stand in `docs/architecture.md`.
        """
        return self._settled_first(need.offer) if need.offer else []

    def _settled_first(self, names: Iterable[str], *, but: str = "") -> list[Exercise]:
        every = (name for name in (*walk.SETTLING, *walk.ALSO_SETTLING) if name != but)
        settling = self._by_rules(self.offered(every))
        return offering.settled_first(self._by_rules(self.offered(names)), settling, self._moment())

    def _by_rules(self, exercises: Sequence[Exercise]) -> list[Exercise]:
        return offering.by_rules(exercises, self._moment())

    def _moment(self) -> offering.Moment:
        return offering.Moment(
            distress=self.sitting.distress,
            hour=self.clock().hour,
            holds_hidden=self.holds_hidden,
            look_round_first=self.look_round_first,
            stands_last=self.stands_last(),
        )

    def _practices(self) -> list[Practice]:
        if self.locked:
            return []
        return [e.body for e in self.vault.events("practice") if isinstance(e.body, Practice)]

    def practices(self) -> list[Practice]:
        """Every kept practice, oldest first; none while locked."""
        return self._practices()

    def first_breath(self) -> Exercise | None:
        """What the breathe key plays: looking round for those whom a breath makes worse, else a longer breath out."""
        if self.look_round_first:
            return self.exercises.get(FIRST_GROUNDING)
        found = self.offered((str(self.choice("breath", FIRST_BREATH)), FIRST_BREATH))
        return found[0] if found else None

    def get_ready(self) -> None:
        """Read what a breath and a passphrase need before either is asked for, then the guides. For a thread."""
        exercise = self.library.exercises.get(FIRST_BREATH) if self.locked else self.first_breath()
        if exercise is not None:
            self.may_use(exercise)
        self.vault  # noqa: B018 - what opens it is imported, whether it is locked or not
        for head in self.library.guide_heads.values():
            self.library.guides.get(head.id)  # one at a time: whoever wants something else meanwhile hardly waits

    def keeps_practices(self) -> bool | None:
        """Whether runs are kept: yes, no, or not asked yet (None)."""
        answer = self.choice("keep-practices", "")
        return bool(answer) if isinstance(answer, bool) else None

    def keep_practice(self, practice: Practice, *, private: bool = False) -> None:
        """Keep one run: numbers and dates, no words. It is held no longer."""
        self.vault.add(practice, private=private)
        self._unkept = [held for held in self._unkept if held[0] is not practice]

    @property
    def can_keep(self) -> bool:
        """Whether anything can reach the disk now: not while nothing is kept, not while locked."""
        return self.mode != "nothing" and not self.locked

    def practised(self, exercise: Exercise, run: Practice) -> None:
        """Note one run: kept if the reader said so, else held until trustkit closes. Of `never` nothing is held."""
        if exercise.keep == "never":
            return
        private = exercise.keep == "private"
        if self.can_keep and self.keeps_practices():
            self.keep_practice(run, private=private)
        else:
            self._unkept.append((run, private))

    def asks_to_keep_practices(self, *, after: int = 2) -> bool:
        """Whether this is the moment to ask, once, if practices are to be remembered: after so many of a sitting."""
        return self.can_keep and self.keeps_practices() is None and len(self._unkept) >= after

    def answer_keep_practices(self, yes: bool) -> None:
        """Remember the answer; a yes keeps the runs of this sitting too."""
        self.choose("keep-practices", yes)
        if yes:
            while self._unkept:
                run, private = self._unkept[0]
                self.keep_practice(run, private=private)

    def stands_last(self) -> frozenset[str]:
        """Exercises that made things worse and that the reader did not put back where they were."""
        practices = [*self._practices(), *(run for run, _ in self._unkept)]
        chosen = {} if self.locked else self.vault.choices()
        said = {name.removeprefix("last:"): bool(yes) for name, yes in chosen.items() if name.startswith("last:")}
        said |= self._put_last
        worse = {name for name in insight.made_worse(practices) if said.get(name, True)}
        return frozenset(worse | {name for name, last in said.items() if last})

    def put_last_for_now(self, exercise: Exercise, last: bool) -> None:
        """Let an exercise stand last, or where it was, until trustkit closes."""
        self._put_last[exercise.id] = last

    def put_last(self, exercise: Exercise, last: bool) -> None:
        """Let an exercise stand last from now on, or where it was. Written only where the exercise may be kept."""
        self.put_last_for_now(exercise, last)
        if self.can_keep and exercise.keep != "never":
            self.choose(f"last:{exercise.id}", last)

    def may_use(self, exercise: Exercise) -> bool:
        """Whether its tool may open, or its words alone: not while a flag or an answer at a gate speaks against it."""
        if not exercise.offered(frozenset(self.sitting.flags)):
            return False
        return not self.gates_against(exercise)

    def may_go_on(self, draft: Draft) -> bool:
        """Whether what a draft is written in may open now; a page always may. What it says can be read either way."""
        name = draft.body.exercise if isinstance(draft.body, Answers | Record) else ""
        exercise = self.library.exercises.get(name)
        return exercise is None or self.may_use(exercise)

    def gates_against(self, exercise: Exercise) -> list[Gate]:
        """The questions before it that were answered in this sitting by something else than going on."""
        gates = [self.library.gates[name] for name in exercise.gates if name in self.library.gates]
        answered = self.sitting.answered
        on = {(gate.id, answer.label) for gate in gates for answer in gate.answers if answer.go == "on"}
        return [gate for gate in gates if gate.id in answered and (gate.id, answered[gate.id]) not in on]

    def next_after(self, exercise: Exercise) -> list[Exercise]:
        """What an exercise offers when it is done, by the same rules as everything offered."""
        return self._settled_first(exercise.next, but=exercise.id) if self.offered(exercise.next) else []

    def helped(self) -> list[tuple[Exercise, insight.Ease]]:
        """How exercises have gone for this reader, the most easing first, what made things worse last.

        Of at least three rated tries each; what was kept privately is left out, as everywhere.
        """
        if self.locked:
            return []
        kept = [e.body for e in self.vault.events("practice") if not e.private and isinstance(e.body, Practice)]
        worse, exercises = self.stands_last(), self.exercises
        found = [(exercise, ease) for ease in insight.what_helps(kept) if (exercise := exercises.get(ease.exercise))]
        return sorted(found, key=lambda one: one[0].id in worse)

    def why(self, exercise: Exercise) -> str:
        """What speaks for an exercise, or against it, as this reader's practice has it; empty where nothing does."""
        if exercise.id in self.stands_last():
            return "It made things worse once, so it stands last."
        ease = insight.ease_of(self._practices(), exercise.id)
        return insight.ease_in_words(ease, "").removeprefix(": ") if ease else ""

    def coming_back_to(self, most: int = 3) -> list[Exercise]:
        """What this reader practises most, of the last hundred kept runs; nothing that stands last."""
        counts: dict[str, int] = {}
        for run in self._practices()[-100:]:
            counts[run.exercise] = counts.get(run.exercise, 0) + 1
        names = sorted(counts, key=lambda name: -counts[name])
        worse = self.stands_last()
        return [exercise for exercise in self._by_rules(self.offered(names)) if exercise.id not in worse][:most]

    def suggestion(self) -> Suggestion | None:
        """One thing a person could do now, with its reason. The unsafe path offers only what settles, alone."""
        distress = self.sitting.distress
        if self.sitting.flags:
            names = walk.SETTLING if self.sitting.unsafe else walk.HARM_SETTLING
            settling = self._by_rules(self.offered(names))
            return Suggestion("To settle, eyes open.", exercise=settling[0]) if settling else None
        if distress is not None and distress != "numb" and int(distress) >= 4:
            return self._calming(int(distress))
        if found := self.open_step():
            guide, step, day = found
            return Suggestion(f"You stopped there {self.day_in_words(day)}.", guide=guide, step=step)
        exercise = self.library.exercises.get(FIRST_GROUNDING)
        return Suggestion("A good one to begin with.", exercise=exercise) if exercise else None

    def _calming(self, distress: int) -> Suggestion | None:
        eased = insight.what_helps(self._practices())
        for ease in eased:
            if ease.median_change < 0 and (eased_by := self._by_rules(self.offered([ease.exercise]))):
                return Suggestion(f"You said {distress}, and it has eased you before.", exercise=eased_by[0])
        offered = self._by_rules(self.offered((FIRST_GROUNDING, FIRST_BREATH)))
        return Suggestion(f"You said {distress}. A good one to begin with.", exercise=offered[0]) if offered else None

    def day_in_words(self, day: date) -> str:
        """A day as a person says it: today, yesterday, on Tuesday, on 3 May 2026."""
        ago = (self.clock().date() - day).days
        if ago == 0:
            return "today"
        if ago == 1:
            return "yesterday"
        return f"on {day:%A}" if 0 < ago < 7 else f"on {day.day} {day:%B %Y}"
