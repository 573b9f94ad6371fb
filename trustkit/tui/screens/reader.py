"""A step of a guide: its words, the pane for either role, something to try, and the doors that lead on."""

import asyncio
from collections.abc import Hashable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model import walk
from trustkit.model.guide import Guide, Step
from trustkit.model.practice_words import FOR_TWO
from trustkit.tui.screens.guides import STATE_WORDS
from trustkit.tui.screens.page import Reading
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain, prose

STANDING = {
    "not-checked": "One article reports this. We haven't checked it.",
    "not-found": "One article reports this. We looked for the study and did not find it.",
    "narrowed": "One article says more than we could find. This is the part that holds.",
}
PANES = {"hurt": "If you were hurt", "broke": "If you broke the trust"}
SCREENS = {"helplines": "Support and numbers", "privacy": "Where your words are kept"}


class ReaderScreen(Reading):
    """One step at a time. Whose pane stands first depends on what the reader said; the other can be opened."""

    CSS_PATH = "reader.tcss"
    place = "guides"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right", "next", "next", show=True, tooltip="The next page."),
        Binding("b,left", "previous", "before", tooltip="The page before."),
        Binding("d", "mark('done')", "done", show=True, tooltip="Mark this page as done, and go on."),
        Binding("l", "mark('later')", "not yet", show=True, tooltip="Mark this page as not yet."),
        Binding("s", "mark('skip')", "skip", show=True, tooltip="Mark this page as skipped, and go on."),
        Binding("o", "other_pane", "other side", tooltip="Open or close what is written for the other person."),
    ]

    def __init__(self, companion: Companion, guide: Guide, step: Step) -> None:
        super().__init__(companion)
        self._guide = guide
        self._step = step
        self._other_open = companion.role in ("", "both")

    @property
    def identity(self) -> Hashable:
        return self._guide.id, self._step.id

    def compose_body(self) -> ComposeResult:
        yield Said(id="step-where", classes="quiet")
        yield Said(id="step-title", classes="title")
        yield Said(id="step-opening", classes="says")
        yield Said(id="step-text", classes="says")
        for number in (1, 2):
            yield Said(id=f"step-pane-{number}", classes="pane")
        yield Said(id="step-evidence", classes="aside")
        yield Said(id="step-aside", classes="aside")
        yield Said(id="step-try", classes="says")
        yield Choices([], id="step-doors")
        yield Said(id="step-closing", classes="says")

    def on_mount(self) -> None:
        self.show(self._guide, self._step)

    def show(self, guide: Guide, step: Step) -> None:
        """Turn to a step."""
        self._guide, self._step = guide, step
        steps = walk.steps_for(guide, self.companion.bonds)
        state = walk.state_of(guide, step, self.companion.marks())
        part = next((s.part for s in reversed(steps[: steps.index(step) + 1]) if s.part), "") if step in steps else ""
        standing = self.companion.standing_of(guide)
        where = " · ".join(filter(None, (guide.title, part, STATE_WORDS.get(state, ""), standing)))
        self._put("where", plain(where))
        self._put("title", plain(f"{guide.number(step.id)}. {step.title}"))
        self._put("opening", prose(guide.opening) if steps and step is steps[0] else Content(""))
        self._put("text", prose(step.text))
        self._put_panes()
        self._put("evidence", Content("\n").join(self._evidence()))
        self._put("aside", prose(step.aside))
        self._put(
            "try", Content.assemble(("Something small: ", "bold"), plain(step.try_)) if step.try_ else Content("")
        )
        self._put("closing", prose(guide.closing) if steps and step is steps[-1] else Content(""))
        self.offer_doors(self._doors())
        self.read_from_top()

    def on_screen_resume(self) -> None:
        self.offer_doors(self._doors())  # what is offered may have changed with an answer

    def _put(self, name: str, words: Content) -> None:
        place = self.query_one(f"#step-{name}", Said)
        place.update(words)
        place.display = bool(words.plain.strip())

    def _put_panes(self) -> None:
        panes = [("hurt", self._step.for_hurt), ("broke", self._step.for_broke)]
        own = "broke" if self.companion.role == "broke" else "hurt"
        panes.sort(key=lambda pane: pane[0] != own)
        for number, (role, text) in enumerate(panes, 1):
            heading = Content.assemble((PANES[role], "bold"))
            if not text:
                self._put(f"pane-{number}", Content(""))
            elif number == 1 or self._other_open:
                self._put(f"pane-{number}", Content("\n").join([heading, prose(text)]))
            else:
                self._put(f"pane-{number}", Content.assemble(heading, "  (o opens this)"))

    def _evidence(self) -> Iterator[Content]:
        sources = self.companion.library.sources
        for claim in self._step.evidence:
            source = sources.get(claim.source)
            title = f" (“{source.title}”)" if source else ""
            yield Content.assemble(plain(claim.says), "\n", plain(f"{STANDING[claim.standing]}{title}"))

    def _tools(self) -> Iterator[tuple[str, str]]:
        """Each exercise id once, with the pane it belongs to, the reader's own side first; in both panes: no pane."""
        sides = {"hurt": self._step.launch_hurt, "broke": self._step.launch_broke}
        first = "broke" if self.companion.role == "broke" else "hurt"
        found = dict.fromkeys(self._step.launch, "")
        for side in (first, "hurt" if first == "broke" else "broke"):
            if side == first or self._other_open:
                for name in sides[side]:
                    found[name] = "" if name in found else PANES[side]
        yield from found.items()

    def _doors(self) -> list[Offer]:
        library, flags = self.companion.library, frozenset(self.companion.sitting.flags)
        doors: list[Offer] = []
        for name, side in self._tools():
            exercise = library.exercises.get(name)
            if exercise is None:
                continue
            if exercise.offered(flags):
                doors.append(
                    Offer(f"play:{name}", exercise.title, f"{side}. {exercise.summary}" if side else exercise.summary)
                )
            else:
                doors.append(Offer(f"read:{name}", exercise.title, FOR_TWO))
        for name in self._step.signs:
            if name in library.signs:
                signs = library.signs[name]
                offered = not (signs.unsafe_if & flags)
                doors.append(Offer(f"signs:{name}", signs.title, "A list to look through." if offered else FOR_TWO))
        doors += [Offer(f"go:{name}", SCREENS[name]) for name in self._step.opens if name in SCREENS]
        for place in self._step.see:
            if title := self.companion.title_of(place):
                doors.append(Offer(f"go:{place}", f"Read: {title}"))
        return doors

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        kind, _, name = event.choice.partition(":")
        here = f"{self._guide.id}/{self._step.id}"
        match kind:
            case "play":
                self.trustkit.play(self.companion.library.exercise(name), from_step=here)
            case "read":
                self.trustkit.read_exercise(name)
            case "signs":
                self.trustkit.open_signs(name, here)
            case "go":
                self.trustkit.go_to(name)

    def action_other_pane(self) -> None:
        self._other_open = not self._other_open
        self._put_panes()
        self.offer_doors(self._doors())

    async def action_mark(self, state: str) -> None:
        now = walk.state_of(self._guide, self._step, self.companion.marks())
        try:
            # In a thread: a mark is on disk before it shows, and a slow disk must not hold the screen.
            await asyncio.to_thread(self.companion.mark, self._guide, self._step, "" if now == state else state)
        except TrustkitError as error:
            self.trustkit.say_error(error)
            return
        if now != state and state != "later":
            self.action_next()
        else:
            self.show(self._guide, self._step)

    def action_next(self) -> None:
        self._turn(1)

    def action_previous(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        steps = walk.steps_for(self._guide, self.companion.bonds)
        at = steps.index(self._step) + by if self._step in steps else 0
        if 0 <= at < len(steps):
            self.trustkit.go_to(f"{self._guide.id}/{steps[at].id}")
        elif at >= len(steps):
            self.action_back()
