"""A list of ten thousand entries costs what is on screen."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from textual.app import App, ComposeResult

from trustkit.model.entry import Summary
from trustkit.tui.widgets.entry_list import EntryList, Row, Worded, by_month

NEWEST = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)


def summary(number: int, **more: object) -> Summary:
    """An entry that is `number` days old."""
    made = NEWEST - timedelta(days=number)
    return Summary(f"{number:026}", "r" * 10, "note", made, made, f"page {number}", **more)  # type: ignore[arg-type]


class Host(App[None]):
    """The list alone, counting what it was asked to word."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.rows = rows
        self.worded: list[str] = []
        self.opened: list[str] = []

    def compose(self) -> ComposeResult:
        yield EntryList(self.word)

    def on_mount(self) -> None:
        self.theme = "textual-dark"
        self.query_one(EntryList).show(self.rows)

    def get_css_variables(self) -> dict[str, str]:
        return {**super().get_css_variables(), "quiet": "#888888", "edge": "#444444"}

    def word(self, one: Summary) -> Worded:
        self.worded.append(one.title)
        return Worded(one.title, "page", ("private",) if one.private else ())

    def on_entry_list_opened(self, event: EntryList.Opened) -> None:
        self.opened.append(event.entry_id)

    @property
    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def title(entries: EntryList) -> str:
    return entries.summary.title if entries.summary else ""


def test_months_stand_above_their_entries_newest_first() -> None:
    rows = by_month([summary(30), summary(0), summary(22)])
    told = [row if isinstance(row, str) else row.title for row in rows]
    assert told == ["November 2026", "page 0", "October 2026", "page 22", "page 30"]


async def test_of_ten_thousand_only_what_is_in_view_is_worded() -> None:
    app = Host(by_month(summary(number) for number in range(10_000)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert 0 < len(set(app.worded)) <= 24
        app.worded.clear()
        await pilot.press("end")
        await pilot.pause()
        assert title(app.query_one(EntryList)) == "page 9999"
        assert "page 9999" in app.lines[-1]
        assert len(set(app.worded)) <= 48


async def test_the_cursor_stands_on_entries_and_never_on_a_month() -> None:
    app = Host(by_month(summary(number) for number in range(60)))
    async with app.run_test(size=(80, 10)) as pilot:
        entries = app.query_one(EntryList)
        seen = [title(entries)]
        for _ in range(59):
            entries.action_move(1)
            seen.append(title(entries))
        assert seen == [f"page {number}" for number in range(60)]
        entries.action_move(1)
        assert title(entries) == "page 59"
        await pilot.press("home")
        assert title(entries) == "page 0"
        assert app.lines[0].strip() == "November 2026"


async def test_months_are_one_key_apart() -> None:
    app = Host(by_month(summary(number) for number in range(60)))
    async with app.run_test(size=(80, 10)) as pilot:
        entries = app.query_one(EntryList)
        await pilot.press("right_square_bracket")
        assert title(entries) == "page 22"
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert title(entries) == "page 53"
        await pilot.press("left_square_bracket")
        assert title(entries) == "page 22"


async def test_the_cursor_stays_on_its_entry_when_others_come_and_near_it_when_it_goes() -> None:
    app = Host(by_month([summary(1), summary(2), summary(3)]))
    async with app.run_test(size=(80, 10)):
        entries = app.query_one(EntryList)
        entries.action_move(1)
        entries.show(by_month([summary(0), summary(1), summary(2), summary(3)]))
        assert title(entries) == "page 2"
        entries.show(by_month([summary(0), summary(1), summary(3)]))
        assert title(entries) == "page 3"
        entries.show([])
        assert entries.entry_id == ""


async def test_the_cursor_is_seen_without_colour() -> None:
    app = Host(by_month([summary(1), summary(2)]))
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("down")
        marked = [line for line in app.lines if "›" in line]
        assert len(marked) == 1
        assert "page 2" in marked[0]


async def test_what_is_private_says_so_at_every_width() -> None:
    for width in (120, 80, 40, 24):
        app = Host(by_month([summary(1, private=True)]))
        async with app.run_test(size=(width, 10)) as pilot:
            await pilot.pause()
            assert "private" in app.lines[1]
            assert "page" in app.lines[1]
            assert len(app.lines[1]) <= width


async def test_enter_and_a_second_click_open() -> None:
    app = Host(by_month([summary(1), summary(2)]))
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("enter")
        await pilot.click(EntryList, offset=(10, 2))
        await pilot.click(EntryList, offset=(10, 2))
        await pilot.pause()
        assert app.opened == [summary(1).id, summary(2).id]


async def test_wide_characters_and_line_ends_stay_in_their_line() -> None:
    app = Host([Summary("a" * 26, "r" * 10, "note", NEWEST, NEWEST, "日本語" * 40 + "\nmore \x1b[31m")])
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        from rich.cells import cell_len

        assert cell_len(app.lines[0]) <= 40
        assert "\x1b" not in app.lines[0]
        assert app.lines[0].rstrip().endswith("…")
