"""The first run: six short pages, every one of them skippable, and nothing asked that is not needed.

`first_run` walks the pages; each page is a question that answers and goes. Esc goes one page back.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from trustkit.companion import Companion
from trustkit.model.walk import ABOUT, ROADS, Road
from trustkit.tui.screens.beginning import WHERE, begin
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

    async def ask(
        self, title: str, text: str, offers: list[Offer], below: str = "", *, first: bool = False
    ) -> str | None:
        words = prose(keyed(text, self.app.keys()))
        return await self.app.push_screen_wait(Ask(title, words, offers, keyed(below, self.app.keys()), first=first))


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
    match await run.ask("You can go slowly here.", HELLO, offers, first=True):
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
    answer = await run.ask(WHERE, "", list(KEEPING))
    if answer is None:
        return False
    if answer == "nothing":
        run.companion.keep_nothing()
        return True
    return await begin(run.app, answer) or await _keep(run)


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
