"""A grounding sequence of one's own, moment by moment; and a card of kind words, line by line."""

from dataclasses import replace
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trustkit.model import own
from trustkit.model.exercise import Body, Builder, Exercise, Grounding, Moment
from trustkit.model.plain import one_line
from trustkit.tui.players.grounding import LINE, SENSES
from trustkit.tui.screens.own import Making
from trustkit.tui.widgets.choices import Lines
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.paper import Paper
from trustkit.tui.widgets.said import Said
from trustkit.tui.widgets.stepper import Stepper
from trustkit.tui.words import plain, prose

EMPTY: Final = "(no words yet)"
WAITS: Final = 20.0
"""Seconds that a waiting moment begins with."""


class MomentsMaking(Making):
    """The form of a sequence: its moments in order, and the open one in full beneath."""

    kind: own.Kind = "grounding"
    has_more: bool = True
    """Whether a row has words beneath its words."""
    lead = "One thing to notice at a time. Enter begins the next."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "add", "another", show=True, tooltip="One more moment, after this one."),
        Binding("ctrl+r", "remove", "remove", show=True, tooltip="Take this moment out."),
        Binding("alt+up,shift+up", "move(-1)", "earlier", show=False, tooltip="Let this moment come earlier."),
        Binding("alt+down,shift+down", "move(1)", "later", show=False, tooltip="Let this moment come later."),
    ]

    def compose_form(self) -> ComposeResult:
        self._moments = self.rows() or [Moment("")]
        self._at = 0
        yield Lines(id="own-list", markup=False, compact=True)
        yield Line(self._moments[0].say, id="moment-words", placeholder=self.words_hint)
        if self.has_more:
            yield Line(one_line(self._moments[0].more), id="moment-more", placeholder="More about it, if you like")
        yield from self.compose_extras(self._moments[0])

    @property
    def words_hint(self) -> str:
        """What the first line asks for."""
        return "What to notice or do"

    def rows(self) -> list[Moment]:
        """What the exercise says at first."""
        body = self.exercise.body
        return list(body.moments) if isinstance(body, Grounding) else []

    def built(self, rows: list[Moment]) -> Body:
        """What these rows make."""
        body = self._began.body
        return Grounding(tuple(rows), body.rounds if isinstance(body, Grounding) else 1)

    @property
    def most(self) -> int:
        """How many rows there can be."""
        return own.MOST_MOMENTS

    def compose_extras(self, first: Moment) -> ComposeResult:
        """What can be set of a row beside its words."""
        with Horizontal(classes="own-row"):
            yield Static("Goes on", classes="own-label", markup=False)
            yield Stepper(
                first.seconds,
                *own.WAIT,
                step=5,
                none="by a key",
                first=WAITS,
                words="after {:g} s".format,
                id="waits",
                classes="-roomy",
            )
        with Horizontal(classes="own-row"):
            yield Static("Boxes", classes="own-label", markup=False)
            yield Stepper(
                first.count, 1, own.MOST_BOXES, none="none", words="{:g} to tick".format, id="boxes", classes="-roomy"
            )

    def compose_preview(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Said(id="own-read")

    def on_mount(self) -> None:
        super().on_mount()
        self._list()
        self.query_one("#moment-words", Line).focus()

    def made(self) -> Exercise:
        if not self.query("#own-doors"):
            return self.exercise
        self._moments[self._at] = self._open_moment()
        kept = [one for one in self._moments if one != Moment("")]
        return replace(self.exercise, title=self.named(), body=self.built(kept))

    def _open_moment(self) -> Moment:
        before = self._moments[self._at]
        say = self.query_one("#moment-words", Line).value
        more = self.query_one("#moment-more", Line).value if self.has_more else before.more
        waits, boxes = self.query("#waits").results(Stepper), self.query("#boxes").results(Stepper)
        return replace(
            before,
            say=before.say if say == before.say else one_line(say),
            more=before.more if more == one_line(before.more) else one_line(more),
            seconds=next((one.value for one in waits), before.seconds),
            count=next((int(one.value) for one in boxes), before.count),
        )

    def preview(self, made: Exercise, slips: list[str]) -> None:
        if not self.query("#own-read"):
            return
        self._list()
        moment = self._moments[self._at]
        where = f"{self._at + 1} of {len(self._moments)}"
        if moment.sense in SENSES:
            where += f" · {SENSES[moment.sense]}"
        shown = [plain(where).stylize("$quiet"), plain(moment.say or EMPTY).stylize("bold"), _doing(moment)]
        if moment.more:
            shown.append(prose(moment.more).stylize("$quiet"))
        between = "\n" if self.has_class("-short") else "\n\n"
        self.query_one("#own-read", Said).update(Content(between).join(shown))

    def _list(self) -> None:
        rows = self.query_one("#own-list", OptionList)
        options = [
            Option(plain(f"{number:>2}  {moment.say or EMPTY}")) for number, moment in enumerate(self._moments, 1)
        ]
        with self.prevent(OptionList.OptionHighlighted):
            rows.set_options(options)
            rows.highlighted = self._at

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_list.id == "own-list":
            event.stop()
            if event.option_index != self._at and event.option_index < len(self._moments):
                self._open(event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one("#moment-words", Line).focus()

    def _open(self, at: int, *, keep: bool = True) -> None:
        """Show another moment in the rows beneath the list."""
        if keep:
            self._moments[self._at] = self._open_moment()
        self._at = at
        moment = self._moments[at]
        with self.prevent(Line.Changed, Stepper.Changed):
            self.query_one("#moment-words", Line).value = moment.say
            for more in self.query("#moment-more").results(Line):
                more.value = one_line(moment.more)
            for waits in self.query("#waits").results(Stepper):
                waits.show(moment.seconds)
            for boxes in self.query("#boxes").results(Stepper):
                boxes.show(moment.count)
        self.changed()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        if event.input.id != "moment-words" or not event.value.strip():
            super().on_input_submitted(event)
            return
        event.stop()
        if self._at + 1 < len(self._moments):
            self._open(self._at + 1)
        else:
            self.action_add()

    def action_add(self) -> None:
        """One more, after the open one."""
        if len(self._moments) >= self.most:
            self.trustkit.say(f"{self.most} are enough for one sitting.")
            return
        self._moments[self._at] = self._open_moment()
        self._moments.insert(self._at + 1, self.new_row())
        self._open(self._at + 1, keep=False)
        self.query_one("#moment-words", Line).focus()

    def new_row(self) -> Moment:
        """A row without words."""
        return Moment("")

    def action_remove(self) -> None:
        """Take the open one out; an empty one takes the place of the last."""
        del self._moments[self._at]
        self._moments = self._moments or [Moment("")]
        self._open(min(self._at, len(self._moments) - 1), keep=False)

    def action_move(self, by: int) -> None:
        """Let the open one change places with its neighbour."""
        to = self._at + by
        if 0 <= to < len(self._moments):
            self._moments[self._at] = self._open_moment()
            self._moments[self._at], self._moments[to] = self._moments[to], self._moments[self._at]
            self._open(to, keep=False)

    def on_stepper_changed(self, event: Stepper.Changed) -> None:
        event.stop()
        self.changed()

    def forget(self) -> None:
        self._moments, self._at = [Moment("")], 0
        super().forget()
        if self.is_attached:
            self.query_one("#own-list", OptionList).clear_options()


class CardMaking(Making):
    """The form of a card: a sheet on which each line is read by itself."""

    kind = "card"
    lead = "One line for each thought, as to someone you care about."

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Paper).focus()

    def compose_form(self) -> ComposeResult:
        body = self.exercise.body
        lines = [moment.say for moment in body.moments] if isinstance(body, Grounding) else []
        paper = Paper(id="own-card", placeholder=_hints(self._before))
        paper.load_text("\n".join(lines))
        yield paper

    def compose_preview(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Said(id="own-read")

    def made(self) -> Exercise:
        if not self.query(Paper):
            return self.exercise
        lines = self.query_one(Paper).text.split("\n")
        return replace(self.exercise, title=self.named(), body=own.card(lines))

    def preview(self, made: Exercise, slips: list[str]) -> None:
        if isinstance(made.body, Grounding) and self.query("#own-read"):
            lines = [plain(made.title).stylize("bold $primary"), *(plain(moment.say) for moment in made.body.moments)]
            self.query_one("#own-read", Said).update(Content("\n\n").join(lines))

    def on_text_area_changed(self, event: Paper.Changed) -> None:
        event.stop()
        if self._differs():
            self.changed()

    def action_along(self, by: int) -> None:
        """On the sheet the arrows move the cursor; from anywhere else they go on as in every form."""
        if not isinstance(self.focused, Paper):
            super().action_along(by)

    def forget(self) -> None:
        super().forget()
        for paper in self.query(Paper):
            paper.forget()
            paper.placeholder = ""


def _doing(moment: Moment) -> Content:
    """What there is to do, as the player shows it when it begins."""
    if moment.count:
        return Content(" ".join("□" * moment.count))
    if moment.seconds:
        return Content.assemble(("━" * LINE, "$primary"), (f" {moment.seconds:g} s", "$quiet"))
    return Content("Enter goes on.").stylize("$quiet")


def _hints(before: Exercise) -> str:
    """What a card could hold, as the exercise it comes from asks for it."""
    if isinstance(before.body, Builder):
        return "\n".join(blank.label for blank in before.body.blanks)
    return "What I'd tell a friend who felt this"
