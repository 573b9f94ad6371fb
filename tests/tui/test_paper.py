"""The sheet people write on looks just as Textual's own text area does, and is far quicker in long paragraphs."""

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from trustkit.tui.widgets.paper import Paper

TEXTS = {
    "plain": "It was loud in the kitchen, and I did not say what I meant to say.\n\nLater it was quiet.",
    "long": "It was loud in the kitchen. " * 40,
    "no spaces": "a" * 150,
    "wide": "日本語のページ。とても静かな夜。" * 6 + "\nラスト",
    "tabs": "\tone\ttwo\n" + "a\tlonger line with\ttabs in it " * 6,
    "joined": "👩\u200d👩\u200d👧 and e\u0301 " * 12,
    "brackets": "(one [two] three) " * 12,
    "blank lines": "\n\n\nword\n\n",
}
SELECTIONS = [
    Selection((0, 0), (0, 0)),
    Selection((0, 5), (0, 5)),
    Selection((0, 3), (0, 9)),
    Selection((0, 60), (0, 2)),
    Selection((0, 2), (2, 3)),
    Selection((2, 1), (0, 0)),
]


class Host(App[None]):
    """The sheet alone."""

    def compose(self) -> ComposeResult:
        yield Paper()

    def get_css_variables(self) -> dict[str, str]:
        return {**super().get_css_variables(), "quiet": "#888888", "edge": "#444444"}


def cells(strip: Strip) -> list[tuple[str, object]]:
    """Each character with its style."""
    return [(one, segment.style) for segment in Segment.simplify(strip) for one in segment.text]


@pytest.mark.parametrize("name", TEXTS)
async def test_it_draws_what_a_text_area_would_draw(name: str) -> None:
    app = Host()
    async with app.run_test(size=(40, 20)) as pilot:
        paper = app.query_one(Paper)
        paper.load_text(TEXTS[name])
        for selection in SELECTIONS:
            paper.selection = selection
            await pilot.pause()
            for y in range(20):
                assert cells(paper.render_line(y)) == cells(TextArea._render_line(paper, y)), (selection, y)


async def test_a_sheet_with_nothing_on_it_says_how_little_is_enough() -> None:
    class Invited(Host):
        def compose(self) -> ComposeResult:
            yield Paper(placeholder="One line is enough.")

    app = Invited()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        assert "One line is enough." in app.query_one(Paper).render_line(0).text


async def test_its_cursor_stands_still() -> None:
    app = Host()
    async with app.run_test(size=(40, 20)):
        assert not app.query_one(Paper).cursor_blink
