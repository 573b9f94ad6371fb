"""The plain question, asked plainly. Any answer is all right, none is kept, and every one of them leads somewhere."""

from typing import Final, Literal

from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from trustkit.companion import Companion
from trustkit.model.guide import Helpline
from trustkit.model.support import NONE_KNOWN, contacts
from trustkit.tui.players.stages import Say
from trustkit.tui.screens.page import Page
from trustkit.tui.screens.support import SupportScreen
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.place_bar import KeyLine
from trustkit.tui.words import plain, prose

QUESTION: Final = "Are you thinking about ending your life?"
ANY_ANSWER: Final = "Asking is all right, and so is any answer. Nothing is kept."
THANK_YOU: Final = """
Thank you for saying so. Please don't stay alone with this. Call or text one of these, or tell someone near you: *'I'm not safe by myself right now. Can you stay with me?'* If you could act on it soon, call the emergency number. Feelings this strong can ease, and people do get through them.
"""  # noqa: E501 - one paragraph, word for word
ALL_RIGHT: Final = "All right. It still sounds very hard. Shall we make it quieter?"
QUIETER: Final = "ground-room"

ANSWERS: Final = (
    Offer("yes", "Yes"),
    Offer("unsure", "I'm not sure"),
    Offer("no", "No"),
    Offer("unsaid", "I'd rather not say"),
)

Led = Literal["quieter", "numbers"]


class PlainQuestion(Page[Led | None]):
    """Asks, answers, and leads to numbers or to something quieter.

    Args:
        companion: For numbers, and for the exercise that makes it quieter.
        say: Words above the question, for whoever already said something heavy.
        numbers: Show the numbers after "No" as well: the reader came here for them.
    """

    CSS_PATH = "../players/players.tcss"

    def __init__(self, companion: Companion, *, say: str = "", numbers: bool = False) -> None:
        super().__init__(companion)
        self._say = say
        self._numbers = numbers
        self._led: Led | None = None

    def compose(self) -> ComposeResult:
        with Container(id="plain-holder"):
            yield Say([prose(self._say), plain(QUESTION).stylize("bold $primary"), ANY_ANSWER], ANSWERS)
        yield KeyLine()

    def on_mount(self) -> None:
        self.ask()

    @work
    async def ask(self) -> None:
        """Ask, answer, and offer where to go until the reader goes back."""
        answer = await self._wait(self.query_one(Say))
        crisis, back = Offer("support", "All numbers, and what to say"), Offer("back", "Go back")
        round_ = Offer("quieter", "Look round with me")
        near = ""
        match answer:
            case "yes" | "unsure":
                near = self._one_line()
                self._led = "numbers"
                words, offers = [prose(THANK_YOU), self._all_numbers()], [crisis, back]
            case "no":
                words, offers = (
                    [plain(ALL_RIGHT), *([self._all_numbers()] if self._numbers else [])],
                    [round_, crisis, back],
                )
            case _:
                words, offers = [plain(self._one_line())], [round_, crisis, back]
        while True:
            stage = Say(words, offers, ask=near)
            holder = self.query_one("#plain-holder", Container)
            async with self.batch():
                await holder.remove_children()
                await holder.mount(stage)
            match await self._wait(stage):
                case "support":
                    self.app.push_screen(SupportScreen(self.companion, topic="crisis"))
                case "quieter":
                    await self._quieter()
                    return
                case _:
                    self.dismiss(self._led)
                    return

    async def _wait(self, stage: Say) -> str:
        stage.begin()
        return await stage.answer

    async def _quieter(self) -> None:
        from trustkit.tui.players.playing import player_for

        room = self.companion.library.exercises.get(QUIETER)
        if room is not None:
            self._led = "quieter"
            await self.trustkit.push_screen_wait(player_for(room, self.companion, at_once=True))
        self.dismiss(self._led)

    def _lines(self) -> list[Helpline]:
        return [line for line in self.companion.helplines() if line.topic in ("emergency", "crisis")]

    def _all_numbers(self) -> Content:
        lines = self._lines()
        if not any(line.topic == "crisis" for line in lines):
            lines_said = [_said(line) for line in lines]
            return Content("\n").join([plain(self.companion.urgent()).stylize("bold"), *lines_said, plain(NONE_KNOWN)])
        return Content("\n").join([_said(line) for line in lines])

    def _one_line(self) -> str:
        """The numbers alone, for where they must be in sight however small the window is."""
        said = " · ".join(f"{line.name}: {contacts(line)}" for line in self._lines())
        return said or self.companion.urgent()

    def action_back(self) -> None:
        self.dismiss(self._led)


def _said(line: Helpline) -> Content:
    about = "; ".join(part for part in (line.hours, line.standing) if part)
    return Content.assemble(
        plain(line.name), ": ", plain(contacts(line)).stylize("bold"), plain(f" ({about})").stylize("$quiet")
    )
