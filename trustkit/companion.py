"""The one object both front ends hold: the library, the vault, the settings, a clock, and this sitting.

It decides *what* is offered and kept; the screens and the verbs decide how it looks. Nothing in here
draws, prints or waits.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from trustkit import settings as settings_file
from trustkit.errors import NoVault, TrustkitError
from trustkit.model import finding, insight, walk
from trustkit.model.entry import Choice, Distress, Draft, Entry, Mark, Practice
from trustkit.model.exercise import Breathing, Exercise
from trustkit.model.frozen import frozen
from trustkit.model.guide import Gate, Guide, Helpline, Need, SignList, Step
from trustkit.model.walk import Sitting
from trustkit.paths import Paths
from trustkit.settings import Settings

if TYPE_CHECKING:
    # Neither the locked page nor some verbs touch one or the other, and importing them is a good part of a start:
    # each method imports what it uses.
    from trustkit.library import Library
    from trustkit.library import Slip as Slip
    from trustkit.vault import State as OnDisk
    from trustkit.vault import Vault as Vault
    from trustkit.vault.backup import BackupReport
    from trustkit.vault.restoring import RestoreReport as RestoreReport

Clock = Callable[[], datetime]
"""Gives the reader's own local time, aware."""

State = Literal["welcome", "locked", "ready"]

FIRST_BREATH: Final = "breath-long-out"
FIRST_GROUNDING: Final = "ground-room"
NIGHT: Final = (22, 6)
"""Hours between which writing is never offered first."""
HARD: Final = 6
"""Distress above which looking inward at length is not suggested."""
NOT_WHEN_HARD: Final = frozenset({"body-scan", "thought-record", "letter-younger-me", "letter-not-sent"})
WORDED: Final = frozenset({"reflection", "builder", "list", "tracker"})
"""Types that ask for writing."""


def system_clock() -> datetime:
    """Now, where the reader is."""
    return datetime.now().astimezone()


def check_content(path: Path, *, coverage: Path | None = None, today: date) -> "list[Slip]":
    """Every slip in a folder of content, or in one file of it; see `trustkit.library.check`.

    Raises:
        ReadError: there is nothing there that can be read.
    """
    from trustkit.library import check, check_file  # what only authors need

    return check_file(path, today=today) if path.is_file() else check(path, coverage=coverage, today=today)


@frozen
class Suggestion:
    """One thing a person could do, and why it is offered."""

    reason: str
    exercise: Exercise | None = None
    guide: Guide | None = None
    step: Step | None = None


class Companion:
    """Library, vault, settings, clock and sitting.

    Args:
        paths: Where things live.
        library: All content; None is what `paths` and `settings` say, read when it is first asked for.
        vault: Where words go; None is a vault in memory, made when it is first asked for.
        settings: How things look.
        clock: Local time, aware.
    """

    def __init__(
        self, paths: Paths, library: "Library | None", vault: "Vault | None", settings: Settings, clock: Clock
    ) -> None:
        self.paths = paths
        self._library = library
        self._own_content: Path | None = paths.own_content
        self._vault = vault
        self.settings = settings
        self.clock = clock
        self.sitting = Sitting()
        self.setting_slips: tuple[str, ...] = ()
        self.new_key_work: int | None = None
        """Base-two logarithm of what a new key costs; None is the vault's own. Tests make cheap ones."""
        self._unkept: list[tuple[Practice, bool]] = []
        """Runs of this sitting that no one has said to keep, with whether they would be kept privately."""
        self._put_last: dict[str, bool] = {}
        """Exercises that stand last, or no longer do, for this sitting alone."""
        self._chosen = vault is not None and vault.mode != "nothing"

    @classmethod
    def start(
        cls, paths: Paths, *, clock: Clock = system_clock, ghost: bool = False, with_vault: bool = True
    ) -> "Companion":
        """Look at what is on disk and hold it. A sealed vault comes back locked.

        Args:
            paths: Where things live.
            clock: Local time, aware.
            ghost: Keep nothing and read nothing that was kept, whatever is on disk.
            with_vault: False leaves the vault alone, for what must work whatever state it is in.

        Raises:
            ReadError: there are sealed entries but no key, or the folder cannot be read.
        """
        settings, slips = settings_file.load(paths.settings_file)
        vault = None
        if with_vault and not ghost:
            from trustkit.vault import inspect, open_vault

            if inspect(paths.data) != "none":
                vault = open_vault(paths, clock=clock)
        companion = cls(paths, None, vault, settings, clock)
        if ghost:
            companion._own_content = None
        companion.setting_slips = tuple(slips)
        companion._chosen = ghost or vault is not None or not settings.welcome
        return companion

    # -- where a person's words live ------------------------------------------------------------

    @property
    def state(self) -> State:
        """`welcome` before anything was chosen, `locked` while a sealed vault is locked, else `ready`."""
        if not self._chosen:
            return "welcome"
        return "locked" if self.vault.locked else "ready"

    @property
    def library(self) -> "Library":
        """All content. The locked page and a plain start need none of it, so it waits."""
        if self._library is None:
            from trustkit.library import Library

            self._library = Library(self.paths.content, self._own_content, self.settings.language)
        return self._library

    @property
    def vault(self) -> "Vault":
        """Where words go: on disk as the reader chose, in memory until then."""
        if self._vault is None:
            from trustkit.vault import memory_vault

            self._vault = memory_vault(clock=self.clock)
        return self._vault

    def keep_sealed(self, passphrase: str) -> None:
        """Begin a sealed vault. Slow, about two seconds: call it from a thread."""
        from trustkit.vault import LOG_N, create_sealed

        log_n = LOG_N if self.new_key_work is None else self.new_key_work
        self._take(create_sealed(self.paths, passphrase, clock=self.clock, log_n=log_n))

    def keep_open(self) -> None:
        """Begin an open vault: anybody who uses this account can read it."""
        from trustkit.vault import create_open

        self._take(create_open(self.paths, clock=self.clock))

    def seal(self, passphrase: str) -> None:
        """Give an open vault a passphrase and seal everything in it. Slow: call it from a thread."""
        from trustkit.vault import seal_vault

        self._take(seal_vault(self.paths, passphrase, clock=self.clock))

    def recover(self, recovery_key: str, passphrase: str) -> None:
        """Open the vault with its recovery key, even where the key file is gone, and set a new passphrase. Slow."""
        from trustkit.vault import recover_vault

        self._take(recover_vault(self.paths, recovery_key, passphrase, clock=self.clock))

    def back_up(self, target: Path, passphrase: str = "") -> "BackupReport":
        """Write the whole journal into one new sealed file; see `trustkit.vault.back_up`. Slow with a passphrase."""
        from trustkit.vault import LOG_N, back_up

        log_n = LOG_N if self.new_key_work is None else self.new_key_work
        return back_up(self.paths, target, clock=self.clock, passphrase=passphrase, log_n=log_n)

    def restore_backup(
        self, file: Path, *, merge: bool = False, passphrase: str = "", backup_passphrase: str = ""
    ) -> "RestoreReport":
        """Bring a backup back, with `merge` into the unlocked journal; see `trustkit.vault.restore_backup`."""
        from trustkit.vault import restore_backup

        return restore_backup(
            self.paths,
            file,
            clock=self.clock,
            into=self.require_vault() if merge else None,
            passphrase=passphrase,
            backup_passphrase=backup_passphrase,
        )

    @property
    def last_backup(self) -> datetime | None:
        """When this device made its last backup, as far as it remembers."""
        from trustkit.vault import last_backup

        return last_backup(self.paths)

    @property
    def copied_by(self) -> str:
        """The cloud service that seems to copy the data folder, or nothing."""
        from trustkit.vault import cloud_folder

        return cloud_folder(self.paths.data)

    @property
    def on_disk(self) -> "OnDisk":
        """What lies in the data folder, whatever is held here."""
        from trustkit.vault import inspect

        return inspect(self.paths.data)

    def keep_nothing(self) -> None:
        """Go on in memory alone. Nothing is written, not even this choice."""
        self._chosen = True

    def _take(self, vault: "Vault") -> None:
        """Carry over what was chosen while nothing was kept yet, and go on in the new vault."""
        if self._vault is not None and self._vault.mode == "nothing":
            for name, value in self._vault.choices().items():
                vault.add(Choice(name, value))
        self._vault = vault
        self._chosen = True

    def require_vault(self) -> "Vault":
        """The vault on disk, for verbs that keep or read words.

        Raises:
            NoVault: nothing was set up in this data folder.
        """
        if self.vault.mode == "nothing":
            raise NoVault("There is no journal here yet.", "Run `trustkit`, or `trustkit vault init`, to begin one.")
        return self.vault

    def change_settings(self, **changes: object) -> None:
        """Change settings for now, and write them unless nothing is kept.

        Raises:
            WriteError: they could not be written; they hold for now all the same.
        """
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        if self.vault.mode != "nothing":
            settings_file.save(self.paths.settings_file, self.settings)

    # -- what a reader chose ---------------------------------------------------------------------

    def choice(self, name: str, usual: str | int | bool | tuple[str, ...] = "") -> str | int | bool | tuple[str, ...]:
        """What a reader chose under this name, or the usual thing: before unlocking, always the usual."""
        if self._vault is None or self.vault.locked:
            return usual
        return self.vault.choices().get(name, usual)

    def choose(self, name: str, value: str | int | bool | tuple[str, ...]) -> None:
        """Remember a choice in the vault, where nobody else reads it."""
        if self.choice(name, "") != value:
            self.vault.add(Choice(name, value))

    @property
    def bonds(self) -> tuple[str, ...]:
        """The kinds of bond this is about; empty leaves nothing out."""
        chosen = self.choice("about", "")
        return next((bonds for name, _, bonds in walk.ABOUT if name == chosen), ())

    @property
    def holds_hidden(self) -> bool:
        """Patterns with a hold are hidden until a reader chooses to see them."""
        return self.choice("holds", "hidden") != "shown"

    @property
    def look_round_first(self) -> bool:
        """Whether noticing the breath makes things worse for this reader."""
        return bool(self.choice("look-round-first", False))

    # -- guides ------------------------------------------------------------------------------------

    def guide_shelves(self) -> list[tuple[str, list[Guide]]]:
        """Shelf titles with the ready guides on each; empty shelves are left out."""
        guides = self.library.guides.values()
        shelves = [(s.title, [g for g in guides if g.shelf == s.id]) for s in self.library.shelves]
        return [(title, on_it) for title, on_it in shelves if on_it]

    def marks(self) -> dict[tuple[str, str], Mark]:
        """The latest mark of each step; none while locked."""
        return {} if self.vault.locked else self.vault.marks()

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
        if self.vault.locked:
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

    # -- practice ------------------------------------------------------------------------------------

    def offered(self, names: Iterable[str]) -> list[Exercise]:
        """These exercises, in order, without those that are unsafe to offer now and those that do not exist."""
        flags = frozenset(self.sitting.flags)
        found = (self.library.exercises.get(name) for name in names)
        return [exercise for exercise in found if exercise and exercise.offered(flags)]

    def offer_for(self, need: Need) -> list[Exercise]:
        """What to offer for a need, by the standing rules: holds, looking round first, hard hours, what was worse.

        The rules stand in `docs/architecture.md`.
        """
        return self._by_rules(self.offered(need.offer))

    def _by_rules(self, exercises: Sequence[Exercise]) -> list[Exercise]:
        left = [e for e in exercises if not (self.holds_hidden and isinstance(e.body, Breathing) and e.body.has_hold)]
        distress = self.sitting.distress
        numb = distress == "numb"
        if numb or (isinstance(distress, int) and distress > HARD):
            left = [e for e in left if e.id not in NOT_WHEN_HARD]
        worse = self.stands_last()
        last_grounding = max((i for i, e in enumerate(left) if e.type == "grounding"), default=-1)
        writing_last = self._is_night() or (isinstance(distress, int) and distress > HARD + 1)

        def place(indexed: tuple[int, Exercise]) -> tuple[bool, bool, float]:
            index, exercise = indexed
            breath_later = exercise.type == "breathing" and (self.look_round_first or numb)
            return (
                exercise.id in worse,
                writing_last and exercise.type in WORDED,
                max(index, last_grounding + 0.5) if breath_later else index,
            )

        return [exercise for _, exercise in sorted(enumerate(left), key=place)]

    def _is_night(self) -> bool:
        late, early = NIGHT
        hour = self.clock().hour
        return hour >= late or hour < early

    def _practices(self) -> list[Practice]:
        if self.vault.locked:
            return []
        return [e.body for e in self.vault.events("practice") if isinstance(e.body, Practice)]

    def practices(self) -> list[Practice]:
        """Every kept practice, oldest first; none while locked."""
        return self._practices()

    def first_breath(self) -> Exercise | None:
        """What the breathe key plays: looking round for those whom a breath makes worse, else a longer breath out."""
        if self.look_round_first:
            return self.library.exercises.get(FIRST_GROUNDING)
        usual = str(self.choice("breath", FIRST_BREATH))
        return self.library.exercises.get(usual) or self.library.exercises.get(FIRST_BREATH)

    def keeps_practices(self) -> bool | None:
        """Whether runs are kept: yes, no, or not asked yet (None)."""
        answer = self.choice("keep-practices", "")
        return bool(answer) if isinstance(answer, bool) else None

    def keep_practice(self, practice: Practice, *, private: bool = False) -> None:
        """Keep one run: numbers and dates, no words."""
        self.vault.add(practice, private=private)

    @property
    def can_keep(self) -> bool:
        """Whether anything can reach the disk now: not while nothing is kept, not while locked."""
        return self.vault.mode != "nothing" and not self.vault.locked

    def practised(self, exercise: Exercise, run: Practice) -> None:
        """Note one run: kept if the reader said so, else held until trustkit closes. Of `never` nothing is held."""
        if exercise.keep == "never":
            return
        private = exercise.keep == "private"
        if self.can_keep and self.keeps_practices():
            self.keep_practice(run, private=private)
        else:
            self._unkept.append((run, private))

    @property
    def asks_to_keep_practices(self) -> bool:
        """Whether this is the moment to ask, once, if practices are to be remembered: after the second."""
        return self.can_keep and self.keeps_practices() is None and len(self._unkept) >= 2

    def answer_keep_practices(self, yes: bool) -> None:
        """Remember the answer; a yes keeps the runs of this sitting too."""
        self.choose("keep-practices", yes)
        if yes:
            while self._unkept:
                run, private = self._unkept[0]
                self.keep_practice(run, private=private)
                del self._unkept[0]

    def stands_last(self) -> frozenset[str]:
        """Exercises that made things worse and that the reader did not put back where they were."""
        practices = [*self._practices(), *(run for run, _ in self._unkept)]
        chosen = {} if self.vault.locked else self.vault.choices()
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

    def gates_against(self, exercise: Exercise) -> list[Gate]:
        """The questions before it that were answered in this sitting by something else than going on."""
        gates = [self.library.gates[name] for name in exercise.gates if name in self.library.gates]
        answered = self.sitting.answered
        on = {(gate.id, answer.label) for gate in gates for answer in gate.answers if answer.go == "on"}
        return [gate for gate in gates if gate.id in answered and (gate.id, answered[gate.id]) not in on]

    def next_after(self, exercise: Exercise) -> list[Exercise]:
        """What an exercise offers when it is done, by the same rules as everything offered."""
        return self._by_rules(self.offered(exercise.next))

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
        if self.sitting.unsafe:
            settling = self._by_rules(self.offered(walk.UNSAFE_SETTLE))
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
            exercise = self.library.exercises.get(ease.exercise)
            if exercise and ease.median_change < 0 and self._by_rules([exercise]):
                return Suggestion(f"You said {distress}, and it has eased you before.", exercise=exercise)
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

    # -- support ---------------------------------------------------------------------------------------

    def helplines(self, topic: str = "") -> list[Helpline]:
        """The lines for the reader's region, emergency first; with a topic, only those."""
        lines = self.library.helplines(self.settings.region)
        order = ("emergency", "abuse", "crisis", "young-people", "using-harm", "lgbt", "general")
        if self.sitting.flags & {"using-harm"}:
            order = ("emergency", "using-harm", "crisis", "abuse", "young-people", "lgbt", "general")
        wanted = [line for line in lines if not topic or line.topic == topic]
        return sorted(wanted, key=lambda line: order.index(line.topic))

    def urgent(self) -> str:
        """The sentence above every list of numbers. One lives in code, for when the content itself is broken."""
        from trustkit.library import EMERGENCY

        try:
            return self.library.pack.urgent or EMERGENCY
        except TrustkitError:
            return EMERGENCY

    def keep_page(self, draft: Draft, *, private: bool) -> Entry:
        """Keep a page that was being written, and drop its draft. Raises WriteError, Locked; see `vault.keeping`."""
        from trustkit.vault import keeping

        return keeping.keep(self.vault, draft, private=private)

    def found_in(self, text: str, words: str) -> list[tuple[int, int]]:
        """Where these words stand in a text, compared as search compares: start and end of each place."""
        from trustkit.vault.fold import fold

        return finding.spans(text, words, fold)

    def last_entry_day(self) -> date | None:
        """The day of the newest listed entry; private ones do not show."""
        if self.vault.locked:
            return None
        return max((s.created.date() for s in self.vault.summaries()), default=None)

    def rate(self, distress: Distress | None) -> None:
        """Hold the answer to "How are you right now?" for this sitting."""
        self.sitting.distress = distress
