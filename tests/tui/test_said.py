"""Words that run from right to left: at the right edge, each line closed into an isolate, nothing beside it moved."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from app_driver import Driver, driving
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.strip import Strip

from trustkit.companion import Companion
from trustkit.model.plain import harmless
from trustkit.text_width import cells
from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.said import Said, isolated
from trustkit.tui.words import plain, prose

HEBREW = Path(__file__).parents[1] / "library" / "he" / "guides" / "when-a-promise-broke.toml"
LETTER = re.compile("[א-ת]")


@pytest.fixture
def hebrew(paths, clock) -> Companion:
    """Reads Hebrew, and has one guide in it."""
    folder = paths.own_content / "he" / "guides"
    folder.mkdir(parents=True)
    text = re.sub(
        r"^(launch|launch_hurt|signs|see|translated_from|evidence|sources|gates) = .*\n",
        "",
        HEBREW.read_text(encoding="utf-8"),
        flags=re.M,
    )
    (folder / HEBREW.name).write_text(text.replace("[guide]\n", "[guide]\nown = true\n"), encoding="utf-8")
    companion = Companion.start(paths, clock=clock)
    companion.settings = replace(companion.settings, language="he")
    companion.keep_nothing()
    return companion


def lines_with_letters(d: Driver) -> list[str]:
    return [line for line in d.text.split("\n") if LETTER.search(line)]


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (200, 60)])
async def test_a_page_that_runs_from_right_to_left_keeps_its_order(hebrew: Companion, size: tuple[int, int]) -> None:
    async with driving(hebrew, size=size) as d:
        d.app.go_to("when-a-promise-broke/say-it-plainly")
        await d.until("לפני שמדברים")
        lines = lines_with_letters(d)
        assert len(lines) >= 5
        for line in lines:
            assert line.count("\u2067") == line.count("\u2069") == 1
            inside = line[line.index("\u2067") + 1 : line.index("\u2069")]
            assert LETTER.search(line.replace(inside, "")) is None
            assert inside == inside.strip()
        words = [line for line in lines if "לפני" in line or "trustkit" in line]
        assert all(line.split("\u2067")[0].isspace() for line in words)  # at the right edge


async def test_the_page_is_no_wider_and_reads_as_it_was_written(hebrew: Companion) -> None:
    async with driving(hebrew, size=(80, 40)) as d:
        d.app.go_to("when-a-promise-broke/say-it-plainly")
        await d.until("לפני שמדברים")
        assert all(cells(line) <= 80 for line in d.text.split("\n"))
        shown = " ".join(harmless(d.text).split())
        assert "מה הובטח, מה בא במקום זה, ומה זה עשה לך. trustkit לא שולח את זה לאיש." in shown
        assert "1. לא מעמידים כאן אף אחד לדין." in shown


async def test_english_pages_beside_it_stand_as_ever_and_are_marked(hebrew: Companion) -> None:
    async with driving(hebrew) as d:
        await d.press("g")
        await d.until("in English")
        d.app.go_to("calm-body/your-own-signs")
        await d.until("Before you read on")
        await d.choose("Go on")
        await d.until("Your own signs", "in English")
        assert "\u2067" not in d.text


async def test_the_shelf_marks_what_is_one_s_own(hebrew: Companion) -> None:
    async with driving(hebrew, size=(80, 60)) as d:
        await d.press("g")
        await d.until("כשהבטחה נשברה", "your own")
        title = next(line for line in lines_with_letters(d) if "כשהבטחה" in line)
        assert title.strip() == "\u2067כשהבטחה נשברה\u2069"


@pytest.mark.parametrize(
    "pieces",
    [
        ["  ", "שלום", " ", "עולם.", "   "],
        ["שלום"],
        ["   שלום ", "trustkit", " עולם   "],
        ["│ ", "ש", "לום"],
        ["", "שלום", ""],
    ],
)
def test_marks_stand_right_round_the_words_and_take_no_cell(pieces: list[str]) -> None:
    line = Strip([Segment(piece) for piece in pieces])
    text = line.text

    marked = isolated(line)

    assert marked.text == text.replace(text.strip(), f"\u2067{text.strip()}\u2069")
    assert marked.cell_length == line.cell_length == sum(cells(segment.text) for segment in marked)
    assert [segment.style for segment in marked] == [segment.style for segment in line]


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield Said(prose("Plain *words*."), id="english")
        yield Said(prose("מילים *שקטות*."), id="hebrew")
        yield Choices([Offer("yes", "כן, בדרך כלל"), Offer("no", "No")])


async def test_words_turn_with_their_script_when_they_change() -> None:
    app = Host()
    async with app.run_test(size=(30, 10)) as pilot:
        english, hebrew = app.query_one("#english", Said), app.query_one("#hebrew", Said)
        assert english.render_line(0).text.rstrip() == "Plain words."
        assert hebrew.render_line(0).text.lstrip() == "\u2067מילים שקטות.\u2069"
        assert hebrew.render_line(0).text.startswith(" " * 10)
        english.update(plain("מילים"))
        hebrew.update(plain("Words"))
        await pilot.pause()
        assert english.render_line(0).text.strip() == "\u2067מילים\u2069"
        assert hebrew.render_line(0).text.rstrip() == "Words"
        choices = app.query_one(Choices)
        assert choices.render_line(0).text.strip() == "\u2067כן, בדרך כלל\u2069"
        assert choices.render_line(1).text.strip() == "No"
