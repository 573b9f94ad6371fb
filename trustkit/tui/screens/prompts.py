"""A question to begin a page with, for whoever would like one. Nobody is asked to take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from trustkit.model.prompts import Prompt
from trustkit.tui.screens.stacked import Stacked
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.place_bar import KeyLine

LEAD: Final = "A question to begin with, or a few one under the other. None is fine too."
ALL: Final = "All {count}, one under the other"
NONE: Final = "There is no question here to begin with."


@dataclass(frozen=True, slots=True)
class Begun:
    """What a page begins with."""

    title: str
    text: str = ""


class PromptsScreen(ModalScreen[Begun | None], Stacked[Begun | None]):
    """Questions under the exercise they come from. Esc answers None.

    Args:
        prompts: What is offered.
    """

    AUTO_FOCUS = ""  # by hand, without scrolling the first line away
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_none", "back", show=True, tooltip="Back to the page, without a question.")
    ]

    def __init__(self, prompts: Sequence[Prompt]) -> None:
        super().__init__()
        self._prompts = prompts

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(LEAD if self._prompts else NONE, classes="quiet", markup=False)
            yield Choices([])
        yield KeyLine()

    def on_mount(self) -> None:
        offers: list[Offer | str] = []
        for at, prompt in enumerate(self._prompts):
            offers.append(prompt.title)
            offers += [Offer(f"{at}:{number}", one.ask) for number, one in enumerate(prompt.questions)]
            if len(prompt.questions) > 1:
                offers.append(Offer(f"{at}:all", ALL.format(count=len(prompt.questions))))
        choices = self.query_one(Choices)
        choices.offer_under(offers)
        choices.focus(scroll_visible=False)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        at, _, which = event.choice.partition(":")
        prompt = self._prompts[int(at)]
        if which == "all":
            self.dismiss(Begun(prompt.title, prompt.as_page))
        else:
            self.dismiss(Begun(prompt.questions[int(which)].ask))

    def action_dismiss_none(self) -> None:
        self.dismiss(None)
