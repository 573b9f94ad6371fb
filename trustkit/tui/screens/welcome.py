"""The first run: six short pages, every one of them skippable, and nothing asked that is not needed.

`first_run` walks the pages; each page is a question that answers and goes. Esc goes one page back.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model.walk import ABOUT, ROADS, Road
from trustkit.tui.screens.page import Ask, Page
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.words import keyed, plain, prose

if TYPE_CHECKING:
    from trustkit.tui.app import TrustkitApp

HELLO: Final = """
trustkit is a quiet place for when trust has been hurt, by someone else or by you. There are
guides to read, small things to try, and a notebook. It works without the internet and sends
nothing anywhere.

It offers information, not treatment. It can't see danger and it can't call anyone. No clinician
has checked these words yet.

*If you or anyone else may be hurt tonight, call your local emergency number first. {support}
shows numbers from any page.*
"""
WHO_LOOKS: Final = {
    "alone": ("No, only me", "Good. You could still use a passphrase, in case that changes."),
    "maybe": ("Maybe", "Then a passphrase is worth having."),
    "worried": (
        "Yes, and that worries me",
        "A passphrase hides what you write. It doesn't hide that trustkit is here. Someone may watch you type, or "
        "press you to open it. You could read and keep nothing, or use a device they can't reach. If your phone or "
        "computer may be watched, an abuse service can help you check; call from another phone if you can.",
    ),
    "unsaid": ("I'd rather not say", ""),
}
KEEPING: Final = (
    Offer(
        "sealed",
        "Locked with a passphrase",
        "Your notes are sealed on this computer. Nobody can open them without the passphrase or the recovery key. "
        "Nor can we: if you lose both, the notes are gone.",
    ),
    Offer("open", "Open", "Anyone who uses this account can read your notes. Nothing to remember."),
    Offer(
        "nothing",
        "Keep nothing",
        "Read and practise. Nothing you do is written down. You can change this later.",
    ),
)
FAMILY: Final = "If they look after you, or you are under 18, there is a page for that in Support."


@dataclass(slots=True)
class _FirstRun:
    """What the walk knows as it goes. A page answers True to go on, False to go one page back, None to end the walk."""

    app: "TrustkitApp"
    place: str = "today"
    opens: list[str] = field(default_factory=list)

    @property
    def companion(self) -> Companion:
        return self.app.companion

    async def ask(self, title: str, text: str, offers: list[Offer], below: str = "") -> str | None:
        words = prose(keyed(text, self.app.keys()))
        return await self.app.push_screen_wait(Ask(title, words, offers, keyed(below, self.app.keys())))


async def first_run(app: "TrustkitApp") -> None:
    """Walk the pages, then open the place that was asked for."""
    run = _FirstRun(app)
    pages: list[Callable[[_FirstRun], Awaitable[bool | None]]] = [_hello, _who_looks, _keep, _road, _about, _way_out]
    at, step = 0, 1
    while at < len(pages):
        if pages[at] is _keep and run.companion.state != "welcome":
            at += step  # a place for words was chosen already; that page has nothing left to ask
            continue
        answer = await pages[at](run)
        if answer is None:
            break
        step = 1 if answer else -1
        at = max(0, at + step)
    if not app.is_running:
        return
    if run.companion.state == "welcome":
        run.companion.keep_nothing()
    await app.come_in("practice" if run.place == "practice" else "guides" if run.place == "guides" else "today")
    if run.place == "support":
        app.action_support()
    elif run.place == "guides" and run.opens:
        app.go_to(run.opens[0])


async def _hello(run: _FirstRun) -> bool | None:
    offers = [
        Offer("begin", "Begin"),
        Offer("calm", "I need to calm down first"),
        Offer("afraid", "Someone frightens me"),
        Offer("close", "Close"),
    ]
    match await run.ask("You can go slowly here.", HELLO, offers):
        case "begin":
            return True
        case "calm":
            run.place = "practice"
            return None
        case "afraid":
            run.companion.sitting.flags |= {"fear", "control"}
            run.place = "support"
            return None
        case "close":
            run.app.exit(0)
            return None
    return False


async def _who_looks(run: _FirstRun) -> bool | None:
    offers = [Offer(name, label) for name, (label, _) in WHO_LOOKS.items()]
    text = "Your answer isn't kept. It only changes what we say next."
    answer = await run.ask("Can anyone else get at this computer?", text, offers)
    if answer is None:
        return False
    said = WHO_LOOKS[answer][1]
    if said:
        return await run.ask("", said, [Offer("on", "Go on")]) is not None or await _who_looks(run)
    return True


async def _keep(run: _FirstRun) -> bool | None:
    answer = await run.ask("Where would you like your words to live?", "", list(KEEPING))
    if answer is None:
        return False
    if answer == "nothing":
        run.companion.keep_nothing()
        return True
    if answer == "open":
        try:
            run.companion.keep_open()
        except TrustkitError as error:
            run.app.say_error(error)
            return await _keep(run)
        return True
    passphrase = await run.app.push_screen_wait(NewPassphrase(run.companion))
    if not passphrase:
        return await _keep(run)
    await offer_recovery(run.app, passphrase)
    return True


async def offer_recovery(app: "TrustkitApp", passphrase: str) -> None:
    """Show a recovery key once and ask for it back once; doing without is an answer too."""
    text = (
        "A recovery key opens your notes if you forget the passphrase. Print it or copy it by hand, and keep it where "
        "only you look.\n\nIf a paper could be found, you could do without one."
    )
    answer = await app.push_screen_wait(
        Ask("A recovery key", prose(text), [Offer("show", "Show me one"), Offer("without", "Do without")])
    )
    if answer == "show":
        await app.push_screen_wait(RecoveryKey(app.companion, passphrase))


async def _road(run: _FirstRun) -> bool | None:
    offers = [Offer(road.id, road.label) for road in ROADS]
    below = "Thoughts of dying? You don't have to choose one of these. {support} is here."
    answer = await run.ask(
        "What brought you here?", "Choose the nearest. You can change it, or skip it.", offers, below
    )
    if answer is None:
        return False
    road = next(road for road in ROADS if road.id == answer)
    _take_road(run, road)
    return True


def _take_road(run: _FirstRun, road: Road) -> None:
    companion = run.companion
    companion.sitting.flags |= road.sets
    run.place = road.place
    run.opens = [guide for guide in road.opens if guide in companion.library.guides]
    if road.id == "afraid":
        run.opens = []
        return  # never written down: whoever finds the notes must not find this
    if road.id != "unsaid":
        companion.choose("roads", (road.id,))


async def _about(run: _FirstRun) -> bool | None:
    offers = [Offer(name, label) for name, label, _ in ABOUT]
    text = "This changes a few words and leaves out what doesn't fit."
    answer = await run.ask("Who is it about?", text, offers)
    if answer is None:
        return False
    if answer not in ("unsaid", "several", "myself"):
        run.companion.choose("about", answer)
    if answer == "family":
        return await run.ask("", FAMILY, [Offer("on", "Go on")]) is not None or await _about(run)
    return True


async def _way_out(run: _FirstRun) -> bool | None:
    return await run.app.push_screen_wait(TryHide(run.companion))


class NewPassphrase(Page[str]):
    """Twice the same, shown on wish, its strength hinted at and never enforced. Answers it, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "reveal", "show it", show=True, tooltip="Show or cover the passphrase.")
    ]
    LONG_ENOUGH: Final = 8
    """Characters from which on the hint falls silent."""

    def compose_body(self) -> ComposeResult:
        yield Static("A passphrase", classes="title", markup=False)
        yield Static("A few unrelated words work well. Nobody else needs to know it.", classes="says", markup=False)
        yield Static("Passphrase", classes="quiet", markup=False)
        yield Input(password=True, id="new-first")
        yield Static("Once more, so that we both have it right.", id="new-once-more", classes="quiet", markup=False)
        yield Input(password=True, id="new-again")
        yield Static("", id="new-says", classes="says", markup=False)
        yield Choices([Offer("keep", "Use this passphrase"), Offer("back", "Go back")])

    def on_mount(self) -> None:
        self._show_second(False)
        self.query_one("#new-first", Input).focus()

    def _show_second(self, shown: bool) -> None:
        self.query_one("#new-once-more").display = shown
        self.query_one("#new-again").display = shown

    def _say(self, words: str) -> None:
        self.query_one("#new-says", Static).update(plain(words))

    def action_reveal(self) -> None:
        for one in self.query(Input):
            one.password = not one.password

    def action_back(self) -> None:
        self.forget()
        self.dismiss("")

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id != "new-first":
            return
        short = 0 < len(event.value) < self.LONG_ENOUGH
        self._say("A longer one is harder to guess. It's yours to choose." if short else "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choice == "keep":
            self._keep()
        else:
            self.action_back()

    def _keep(self) -> None:
        first, again = self.query_one("#new-first", Input), self.query_one("#new-again", Input)
        if not first.value.strip():
            self._say("There is nothing typed yet. A few words are enough.")
            first.focus()
        elif not again.display:
            self._show_second(True)
            again.focus()
        elif first.value != again.value:
            self._say("Those two don't match yet. Try the second one again.")
            again.value = ""
            again.focus()
        else:
            self._say("Sealing… this takes a moment, on purpose.")
            self._seal(first.value)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _seal(self, passphrase: str) -> None:
        try:
            self.companion.keep_sealed(passphrase)
        except TrustkitError as error:
            self.app.call_from_thread(self._say, f"{error.happened} {error.do_next}")
        else:
            self.app.call_from_thread(self._sealed, passphrase)

    def _sealed(self, passphrase: str) -> None:
        self.forget()
        self.dismiss(passphrase)

    def forget(self) -> None:
        for one in self.query(Input):
            one.value = ""


class RecoveryKey(Page[bool]):
    """Shows the key, then asks for it back once. Nothing is kept until it was typed back right."""

    def __init__(self, companion: Companion, passphrase: str) -> None:
        super().__init__(companion)
        self._passphrase = passphrase

    def compose_body(self) -> ComposeResult:
        yield Static("Your recovery key", classes="title", markup=False)
        yield Static(
            "Print this or copy it by hand, and keep it where only you look. It opens your notes if you forget.",
            id="key-words",
            classes="says",
            markup=False,
        )
        yield Static("", id="key-text", classes="says", markup=False)
        yield Input(id="key-back", placeholder="type it here; spaces and capitals don't matter")
        yield Static("", id="key-says", classes="says", markup=False)
        yield Choices([Offer("away", "I've put it away"), Offer("without", "Do without")])

    def on_mount(self) -> None:
        key = self.companion.vault.make_recovery()
        self.query_one("#key-text", Static).update(plain(in_groups(key)))
        self.query_one(Input).display = False
        self.query_one(Choices).focus()

    def action_back(self) -> None:
        self._leave(False)

    def _say(self, words: str) -> None:
        self.query_one("#key-says", Static).update(plain(words))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choice == "without":
            self._leave(False)
            return
        self.query_one("#key-words", Static).update("Type it back once, from the paper, so that we both have it right.")
        self.query_one("#key-text", Static).display = False
        field = self.query_one(Input)
        field.display = True
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._say("Sealing… this takes a moment, on purpose.")
            self._keep(event.value)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _keep(self, typed: str) -> None:
        try:
            self.companion.vault.keep_recovery(typed, self._passphrase)
        except TrustkitError as error:
            self.app.call_from_thread(self._say, f"{error.happened} {error.do_next}")
        else:
            self.app.call_from_thread(self._leave, True)

    def _leave(self, kept: bool) -> None:
        self.forget()
        self.dismiss(kept)

    def forget(self) -> None:
        self._passphrase = ""
        self.query_one("#key-text", Static).update("")
        self.query_one(Input).value = ""


def in_groups(key: str) -> str:
    """A key in groups of six, four to a line, so that it can be copied by hand."""
    groups = [key[i : i + 6] for i in range(0, len(key), 6)]
    return "\n".join("  ".join(groups[i : i + 4]) for i in range(0, len(groups), 4))


class TryHide(Page[bool]):
    """The hide key, tried once. Here it clears the page and comes back; elsewhere it locks or leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "show_again", "", show=False)]

    def compose_body(self) -> ComposeResult:
        keys = self.trustkit.keys()
        if self.companion.vault.mode == "sealed":
            does = "Everything leaves the screen at once, and trustkit locks. Enter brings the passphrase line."
        else:
            does = "Everything leaves the screen at once. Later, it leaves trustkit altogether. Here, Enter comes back."
        text = f"Press {keys['hide']} now. {does}\n\nIt clears this window. It can't clear what someone already saw."
        yield Static("One key to remember.", classes="title", markup=False)
        yield Static(plain(text), id="hide-words", classes="says", markup=False)
        yield Choices([Offer("skip", "Go to Today")])

    def on_mount(self) -> None:
        self._hidden = False
        self.query_one(Choices).focus()

    def tried(self) -> None:
        """The hide key was pressed on this page: an empty page, until Enter."""
        self._hidden = True
        self.query_one(".column").display = False
        self.query_one("KeyLine").display = False
        self.set_focus(None)

    def action_show_again(self) -> None:
        if self._hidden:
            self._hidden = False
            self.query_one("#hide-words", Static).update(
                "That's it. It works on every page, even while you type. Here it only cleared the page."
            )
            self.query_one(".column").display = True
            self.query_one("KeyLine").display = True
            self.query_one(Choices).focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(True)

    def action_back(self) -> None:
        if not self._hidden:
            self.dismiss(False)
