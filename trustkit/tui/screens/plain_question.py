"""The plain question, asked plainly. Any answer is all right, none is kept, and every one of them leads somewhere."""

from collections.abc import Hashable
from contextlib import suppress

from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.exercises.crisis import plain_question, the_question
from trustkit.exercises.prompts import Call, Choose, Led, Numbers, Open, Play, Shown
from trustkit.exercises.script import adrive
from trustkit.model.guide import Helpline
from trustkit.model.practice_words import QUESTION
from trustkit.model.support import NONE_KNOWN, OwnNumber, contacts
from trustkit.tui.emptying import emptied
from trustkit.tui.players.stages import Say
from trustkit.tui.screens.page import Page
from trustkit.tui.screens.support import YOURS, SupportScreen
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.place_bar import KeyLine
from trustkit.tui.words import plain, prose


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
        self._own: tuple[OwnNumber, ...] = ()

    @property
    def kind(self) -> Hashable | None:
        return None  # whoever waits for its answer goes on with it; see `Leading.ask_plainly`

    def compose(self) -> ComposeResult:
        with Container(id="plain-holder"):
            yield self._stage(the_question(self._say))
        yield KeyLine()

    def on_mount(self) -> None:
        self._find_own()
        self.ask()

    @work
    async def ask(self) -> None:
        """Ask, answer, and offer where to go until the reader goes back."""
        script = plain_question(self.companion, say=self._say, numbers=self._numbers)
        self.dismiss(await adrive(script, self._answer_to, _nothing_to_call))

    async def _answer_to(self, prompt: Shown) -> object:
        match prompt:
            case Choose():
                stage = self.query_one(Say)  # the question stands there from the first frame on
                if self._asked:
                    stage = self._stage(prompt)
                    holder = self.query_one("#plain-holder", Container)
                    async with self.batch():
                        await emptied(holder)
                        await holder.mount(stage)
                self._asked = True
                stage.begin()
                return await stage.answer
            case Open():
                self.app.push_screen(SupportScreen(self.companion, topic="crisis"))
            case Play():
                from trustkit.tui.players.playing import player_for

                await self.trustkit.push_screen_wait(player_for(prompt.exercise, self.companion, at_once=True))
        return None

    _asked = False
    """Whether the question itself was answered."""

    def _stage(self, prompt: Choose) -> Say:
        words: list[Content | str] = []
        near = ""
        for text in prompt.text:
            if not isinstance(text, Numbers):
                words.append(plain(text).stylize("bold $primary") if text == QUESTION else prose(text))
            elif text.form == "line":
                words.append(plain(self._one_line()))
            else:
                words.append(self._all_numbers())
                if text.form == "near":
                    words += self._someone_near()
                    near = self._one_line()
        return Say(words, [Offer(option.id, option.label) for option in prompt.options], ask=near)

    def _lines(self) -> list[Helpline]:
        return [line for line in self.companion.helplines() if line.topic in ("emergency", "crisis")]

    def _all_numbers(self) -> Content:
        lines = self._lines()
        if not any(line.topic == "crisis" for line in lines):
            lines_said = [_said(line) for line in lines]
            return Content("\n").join([plain(self.companion.urgent()).stylize("bold"), *lines_said, plain(NONE_KNOWN)])
        return Content("\n").join([_said(line) for line in lines])

    @work(thread=True, group="own", exit_on_error=False)
    def _find_own(self) -> None:
        """While the question is read, so that no answer waits for the journal."""
        with suppress(TrustkitError):
            self._own = self.companion.own_numbers()

    def _someone_near(self) -> list[Content]:
        """Whom the reader wrote down to turn to, beneath the numbers that answer at any hour."""
        said = [plain(": ".join(filter(None, (one.name, one.number)))) for one in self._own]
        return [Content("\n").join([Content(YOURS).stylize("$secondary bold"), *said])] if said else []

    def _one_line(self) -> str:
        """The numbers alone, for where they must be in sight however small the window is."""
        said = " · ".join(f"{line.name}: {contacts(line)}" for line in self._lines())
        return said or self.companion.urgent()

    def action_back(self) -> None:
        self.dismiss(None)

    def forget(self) -> None:
        self._own = ()
        for stage in self.query(Say):
            stage.forget()


def _said(line: Helpline) -> Content:
    about = "; ".join(part for part in (line.hours, line.standing) if part)
    return Content.assemble(
        plain(line.name), ": ", plain(contacts(line)).stylize("bold"), plain(f" ({about})").stylize("$quiet")
    )


async def _nothing_to_call(_: Call) -> bool:
    """The question keeps nothing."""
    return True
