"""Tags: how many pages bear each, the pages under one, and another name for one on all of them at once."""

from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.plain import one_line
from trustkit.model.query import same
from trustkit.tui.screens.journal_page import JournalPage
from trustkit.tui.screens.page import Ask
from trustkit.tui.screens.stacked import Stacked
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import Line
from trustkit.tui.widgets.place_bar import KeyLine
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain

NONE: Final = "No tags yet. They stand beside a page: ^n while you write."
SAYS: Final = "Enter shows the pages under a tag. r gives a tag another name on all of them."
PRIVATE_NOT: Final = "Pages kept privately are left as they are."
EARLIER: Final = "What each page was stays among its versions."


class TagsScreen(JournalPage[str | None]):
    """Every tag, the most used first. Answers with the tag whose pages are wanted.

    Args:
        companion: Library, vault, settings and this sitting.
        private: Whether private pages were asked for.
    """

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "rename", "another name", show=True, tooltip="Another name for this tag, on all its pages."),
    ]

    def __init__(self, companion: Companion, *, private: bool = False) -> None:
        super().__init__(companion, private=private)
        self._tags: dict[str, int] = {}

    def compose_body(self) -> ComposeResult:
        yield Static(id="tags-says", classes="quiet", markup=False)
        yield Choices([])

    def on_mount(self) -> None:
        self._look()

    def action_back(self) -> None:
        self.dismiss(None)

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _look(self) -> None:
        try:
            tags = self.companion.tags(private=self._private)
        except TrustkitError as error:
            self.app.call_from_thread(self.trustkit.say_error, error)
        else:
            self.app.call_from_thread(self._show, tags)

    def _show(self, tags: list[tuple[str, int]]) -> None:
        if self.is_attached and not self.companion.locked:
            self._tags = dict(tags)
            choices = self.query_one(Choices)
            at = choices.highlighted or 0
            choices.offer([Offer(tag, f"{one_line(tag)}  ({count})") for tag, count in tags], at=at)
            self.query_one("#tags-says", Static).update(SAYS if tags else NONE)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(event.choice)

    def action_rename(self) -> None:
        choices = self.query_one(Choices)
        if choices.highlighted is not None and choices.option_count:
            self._rename(choices.get_option_at_index(choices.highlighted).id or "")

    @work
    async def _rename(self, tag: str) -> None:
        count = self._tags.get(tag, 0)
        new = await self.app.push_screen_wait(AnotherName(tag, count, private=self._private))
        if not new or new == tag:
            return
        there = next((known for known in self._tags if same(known) == same(new) != same(tag)), None)
        if there is not None:
            words = f"{self._pages(self._tags[there])} already: {one_line(there)}. The two would become one tag."
            offers = [Offer("one", "Make them one"), Offer("leave", "Leave them")]
            if await self.app.push_screen_wait(Ask("", words, offers)) != "one":
                return
        self._write(tag, there or new)

    @staticmethod
    def _pages(count: int) -> str:
        return "1 page has that tag" if count == 1 else f"{count} pages have that tag"

    @work(thread=True, group="rename", exit_on_error=False)
    def _write(self, old: str, new: str) -> None:
        try:
            changed = self.companion.rename_tag(old, new, private=self._private)
        except TrustkitError as error:
            self.app.call_from_thread(self.trustkit.say_error, error)
        else:
            on = "1 page" if changed == 1 else f"{changed} pages"
            self.app.call_from_thread(self.trustkit.say, f"The tag has another name on {on}. {EARLIER}")
        self._look()

    def forget(self) -> None:
        self._tags = {}
        if self.is_attached:
            self.query_one(Choices).offer([])


class AnotherName(ModalScreen[str | None], Stacked[str | None]):
    """Asks for a tag's other name, saying first on how many pages it stands.

    Args:
        tag: What it is called.
        count: Pages that bear it.
        private: Whether those kept privately are among them.
    """

    CSS_PATH = "journal.tcss"
    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_none", "back", show=True, tooltip="Leave the tag as it is.")
    ]

    def __init__(self, tag: str, count: int, *, private: bool) -> None:
        super().__init__()
        self._tag = tag
        self._count = count
        self._private = private

    def compose(self) -> ComposeResult:
        pages = "1 page has" if self._count == 1 else f"{self._count} pages have"
        with VerticalScroll(classes="column", can_focus=False):
            yield Said(plain(f"{pages} this tag: {one_line(self._tag)}"), classes="title")
            yield Static("What should it be called on all of them?", classes="says", markup=False)
            yield Line(one_line(self._tag))
            yield Static(id="name-says", classes="quiet", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        said = "Enter changes it. The same way leads back."
        self.query_one("#name-says", Static).update(said if self._private else f"{said} {PRIVATE_NOT}")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(" ".join(event.value.replace(",", " ").split()) or None)

    def action_dismiss_none(self) -> None:
        self.dismiss(None)
