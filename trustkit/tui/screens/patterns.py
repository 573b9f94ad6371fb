"""Patterns: what a reader chose to keep, laid side by side and read out in words. No streak, no score, no goal."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from trustkit.companion import Companion
from trustkit.errors import TrustkitError
from trustkit.model import insight, weeks
from trustkit.model.entry import Practice
from trustkit.tui.screens.page import Place
from trustkit.tui.telling import Titles
from trustkit.tui.widgets.leaf import Leaf, Piece, piece
from trustkit.tui.widgets.place_bar import PlaceBar

EMPTY: Final = "This fills only if you choose to keep things. Three of a kind, and a line appears."
NO_EASE_YET: Final = "After three tries of one exercise with a number before and after, a line appears."
LEGEND: Final = "● a day with something kept   · a day without. The last one is today."
SHORT_LEGEND: Final = "● something kept  · nothing"
LABEL: Final = 9
"""Columns of a chart's labels."""
ROOMY: Final = 46
"""Columns from which on a gap stands between weeks."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the page is made of."""

    today: date
    written: tuple[date, ...]
    practised: tuple[date, ...]
    eases: tuple[str, ...]
    """One line each, in words."""
    records: tuple[str, ...]


class PatternsScreen(Place):
    """What you've noted, laid side by side."""

    place = "patterns"
    CSS_PATH = "patterns.tcss"

    @dataclass
    class Gathered(Message):
        """What a thread found."""

        kept: Kept

    @dataclass
    class Unreadable(Message):
        """What a thread could not do."""

        error: TrustkitError

    def __init__(self, companion: Companion) -> None:
        super().__init__(companion)
        self._kept: Kept | None = None

    def compose(self) -> ComposeResult:
        yield PlaceBar(self.place)
        yield Leaf(id="patterns-page")
        yield self.key_line()

    async def refresh_place(self) -> None:
        self.query_one(Leaf).focus()
        self._gather()

    @work(thread=True, group="read", exclusive=True, exit_on_error=False)
    def _gather(self) -> None:
        worker = get_current_worker()
        try:
            kept = gathered(self.companion)
        except TrustkitError as error:
            self.post_message(self.Unreadable(error))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Gathered(kept))

    def on_patterns_screen_gathered(self, message: Gathered) -> None:
        message.stop()
        if not self.companion.locked and self.trustkit.current_mode == self.place:
            self._kept = message.kept
            self._show()

    def on_patterns_screen_unreadable(self, message: Unreadable) -> None:
        message.stop()
        if not self.companion.locked:
            self.query_one(Leaf).show([Piece(f"{message.error.happened} {message.error.do_next}", "quiet")])

    def _show(self) -> None:
        if self._kept is not None:
            self.query_one(Leaf).show(page_of(self._kept, self.size.width))

    def on_resize(self) -> None:
        self._show()

    def on_screen_suspend(self) -> None:
        if self.trustkit.current_mode != self.place:
            self.forget()

    def forget(self) -> None:
        self._kept = None
        if self.is_attached:
            self.query_one(Leaf).clear()


def gathered(companion: Companion) -> Kept:
    """Everything the page shows, private entries left out. Slow on a large vault: call it from a thread.

    Raises:
        Locked, ReadError: as the vault does.
    """
    vault = companion.vault
    titles = Titles(companion)
    today = companion.clock().date()
    entries = [entry for entry in vault.events("practice") if not entry.private]
    practices = [entry.body for entry in entries if isinstance(entry.body, Practice)]
    summaries = vault.summaries()
    return Kept(
        today=today,
        written=tuple(summary.created.date() for summary in summaries if summary.kind in ("note", "answer")),
        practised=tuple(practice.started.date() for practice in practices),
        eases=tuple(insight.ease_in_words(ease, titles.of(ease.exercise)) for ease in insight.what_helps(practices)),
        records=_records(companion, titles),
    )


def _records(companion: Companion, titles: Titles) -> tuple[str, ...]:
    days: dict[str, list[date]] = {}
    for summary in companion.vault.summaries():
        if summary.kind == "record":
            days.setdefault(summary.exercise, []).append(summary.day)
    return tuple(
        f"{titles.of(tracker)}: {len(on)} noted, the last {companion.day_in_words(max(on))}."
        for tracker, on in days.items()
        if len(on) >= insight.ENOUGH
    )


def page_of(kept: Kept, width: int) -> list[Piece]:
    """The page for a window this wide: first the words, then the same as marks."""
    if not (kept.written or kept.practised or kept.eases or kept.records):
        return [Piece(EMPTY, "quiet")]
    page: list[Piece] = []
    for what, days in (("writing", kept.written), ("practice", kept.practised)):
        named = weeks.named(days, kept.today)
        page.append(Piece(insight.days_in_words(days, kept.today, what) + (f" {named}." if named else "")))
    if weeks.recent((*kept.written, *kept.practised), kept.today):
        gap = " " if width >= ROOMY else ""
        page += [
            Piece(""),
            Piece("writing".ljust(LABEL) + weeks.marks(kept.written, kept.today, gap=gap)),
            Piece("practice".ljust(LABEL) + weeks.marks(kept.practised, kept.today, gap=gap)),
            Piece(LEGEND if width >= len(LEGEND) + 4 else SHORT_LEGEND, "quiet"),
        ]
    page += [Piece(""), Piece("How practices have gone", "title"), Piece("")]
    page += [piece(line) for line in kept.eases] or [Piece(NO_EASE_YET, "quiet")]
    if kept.records:
        page += [Piece(""), Piece("What you noted", "title"), Piece(""), *(piece(line) for line in kept.records)]
    return page
