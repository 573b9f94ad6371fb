"""A list of signs: tick what was seen. No total, ever; a danger sign opens a door at once."""

import asyncio
from collections.abc import Hashable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.entry import Answers
from trustkit.model.guide import Sign, SignList
from trustkit.model.practice_words import FOR_TWO
from trustkit.model.sitting import UNSAFE_FLAGS
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.widgets.choices import Offer
from trustkit.tui.widgets.said import Said
from trustkit.tui.widgets.tick_list import TickList
from trustkit.tui.words import plain, prose

WORTH = "Worth telling someone."


class SignsScreen(Page[None]):
    """Ticks are about what was *seen*. What is ticked is kept only if the list and the reader allow it."""

    CSS_PATH = "signs.tcss"
    place = "guides"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "finish", "done", show=True, tooltip="Leave the list, and choose whether to keep it.")
    ]

    def __init__(self, companion: Companion, signs: SignList, from_step: str = "") -> None:
        super().__init__(companion)
        self._signs = signs
        self._from_step = from_step
        self._only_words = bool(signs.unsafe_if & frozenset(companion.sitting.flags))

    @property
    def identity(self) -> Hashable:
        return self._signs.id

    def compose_body(self) -> ComposeResult:
        yield Said(plain(self._signs.title), classes="title")
        yield Said(prose(FOR_TWO if self._only_words else self._signs.intro), classes="says")
        if self._only_words:
            yield Said(prose("\n".join(f"- {sign.text}" for sign in self._signs.signs)), classes="says")
        else:
            yield TickList(
                Offer(sign.id, sign.text, WORTH if sign.severity == "danger" else "") for sign in self._signs.signs
            )
        yield Said(id="sign-more", classes="aside")
        if self._signs.outro:
            yield Said(prose(self._signs.outro), classes="quiet")

    def on_mount(self) -> None:
        self._tell(Content(""))
        if not self._only_words:
            self.query_one(TickList).focus()

    async def on_screen_resume(self) -> None:
        """What was said on another page may speak against ticking: the words stay, the ticks go."""
        if not self._only_words and self._signs.unsafe_if & self.companion.sitting.flags:
            self._only_words = True
            self.set_focus(None)
            await self.recompose()
            self._tell(Content(""))

    def _tell(self, words: Content) -> None:
        more = self.query_one("#sign-more", Said)
        more.update(words)
        more.display = bool(words.plain)

    def on_tick_list_over(self, event: TickList.Over) -> None:
        event.stop()
        sign = self._sign(event.line)
        instead = f"\n\nInstead: {sign.instead}" if sign.instead else ""
        self._tell(prose(f"{sign.more}{instead}"))

    def _sign(self, sign_id: str) -> Sign:
        return next(sign for sign in self._signs.signs if sign.id == sign_id)

    def _ticked(self) -> list[str]:
        return [] if self._only_words else list(self.query_one(TickList).ticked)

    def on_tick_list_ticked(self, event: TickList.Ticked) -> None:
        event.stop()
        sign = self._sign(event.line)
        if not event.on:
            return
        self.companion.sitting.flags |= sign.sets
        if sign.severity == "danger":
            self._danger(sign)

    @work
    async def _danger(self, sign: Sign) -> None:
        """What a danger sign says, and the numbers, before anything else."""
        words = prose(sign.more or "That is worth telling someone outside, today if you can.")
        offers = [
            Offer("support", "Show me numbers"),
            Offer("go", "Read what may help"),
            Offer("stay", "Stay on this list"),
        ]
        if sign.go.startswith("helplines"):
            del offers[1]
        match await self.trustkit.push_screen_wait(Ask(sign.text, words, offers)):
            case "support":
                self.trustkit.go_to(sign.go if sign.go.startswith("helplines") else "helplines")
            case "go":
                self.trustkit.go_to(sign.go)

    def action_back(self) -> None:
        self.action_finish()

    @work(exclusive=True)
    async def action_finish(self) -> None:
        chosen = tuple(self._ticked())
        if chosen and self._signs.keep != "never" and self.companion.vault.mode != "nothing":
            answer = await self.trustkit.push_screen_wait(Ask("Keep this note?", self._dates_only(), self._offers()))
            if answer is None:
                return
            if answer != "no" and not await self._keep(
                chosen, private=answer == "private" or self._signs.keep == "private"
            ):
                return
        self.dismiss()

    def _dates_only(self) -> str:
        return (
            "What you ticked, with today's date. “Privately” leaves it out of lists, search and exports until you ask."
        )

    def _offers(self) -> list[Offer]:
        keep = [Offer("keep", "Keep"), Offer("private", "Keep privately")]
        no = Offer("no", "Don't keep")
        first_no = self._signs.keep == "ask-each-time" or bool(UNSAFE_FLAGS & self.companion.sitting.flags)
        return [no, *keep] if first_no else [*keep, no]

    async def _keep(self, chosen: tuple[str, ...], *, private: bool) -> bool:
        body = Answers(self._signs.id, self._signs.revision, chosen=chosen, from_step=self._from_step)
        try:
            await asyncio.to_thread(self.companion.vault.add, body, private=private)
        except TrustkitError as error:
            self.trustkit.say_error(error)
            return False
        self.trustkit.say("Saved.")
        return True

    def forget(self) -> None:
        if not self._only_words:
            self.query_one(TickList).clear_ticks()
