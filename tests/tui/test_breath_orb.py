"""The orb and the bar as they are painted: only what changed, in the theme's colours, legible without any."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from trustkit.model.disc import FINENESS
from trustkit.tui.widgets.breath_bar import BreathBar
from trustkit.tui.widgets.breath_orb import BreathOrb
from trustkit.tui.widgets.breath_painting import MOST_LINES, ColourPainter, Look, look_of


class Host(App[None]):
    CSS = "Screen { background: #101418; }"

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets

    def compose(self) -> ComposeResult:
        yield from self.widgets


@asynccontextmanager
async def on_screen(widget: Widget, size: tuple[int, int] = (80, 20)) -> AsyncIterator[Pilot[None]]:
    async with Host(widget).run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def lines(orb: BreathOrb) -> list[Strip]:
    return [orb.render_line(y) for y in range(orb.size.height)]


def cells(strip: Strip) -> list[tuple[str, str]]:
    """A line cell by cell: the character, and its colours."""
    return [(glyph, f"{style}") for text, style, _ in strip for glyph in text]


def brightness(segment: Segment) -> float:
    """0 to 255, of a cell's background."""
    assert segment.style is not None
    assert segment.style.bgcolor is not None
    triplet = segment.style.bgcolor.get_truecolor()
    return (triplet.red + triplet.green + triplet.blue) / 3


@pytest.mark.parametrize("look", ["colour", "blocks", "ascii"])
@pytest.mark.parametrize("size", [(80, 20), (41, 13), (13, 20), (7, 3), (2, 1), (1, 1)])
async def test_every_line_is_as_wide_as_the_orb(look: Look, size: tuple[int, int]) -> None:
    async with on_screen(orb := BreathOrb(look), size):
        for fullness in (0.0, 0.37, 1.0):
            orb.show(fullness)
            for strip in lines(orb):
                assert strip.cell_length == size[0] == sum(segment.cell_length for segment in strip)


@pytest.mark.parametrize("size", [(80, 20), (41, 13)])
async def test_the_left_of_the_orb_mirrors_its_right(size: tuple[int, int]) -> None:
    async with on_screen(orb := BreathOrb("colour"), size):
        orb.show(0.6)
        for strip in lines(orb):
            assert cells(strip) == cells(strip)[::-1]


async def test_a_frame_asks_for_the_changed_lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_screen(orb := BreathOrb("colour"), (80, 24)):
        orb.show(0.5)
        before = [cells(strip) for strip in lines(orb)]
        asked: list[Region] = []
        monkeypatch.setattr(orb, "refresh", lambda *regions: asked.extend(regions))
        orb.show(0.5 + 1.01 / FINENESS / 16)
        after = [cells(strip) for strip in lines(orb)]
        changed = {y for y in range(24) if before[y] != after[y]}
        assert {y for region in asked for y in region.line_range} == changed
        assert 0 < len(changed) < 24


async def test_a_fullness_that_makes_no_difference_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for widget in (BreathOrb("colour"), BreathOrb("blocks"), BreathBar("blocks")):
        async with on_screen(widget, (80, 24)):
            widget.show(0.5)
            widget.render_line(0)
            asked: list[Region] = []
            monkeypatch.setattr(widget, "refresh", lambda *regions, asked=asked: asked.extend(regions))
            widget.show(0.5001)
            assert asked == []


async def test_what_is_kept_of_painted_lines_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[bytes] = []
    paint = ColourPainter._paint

    def counting(painter: ColourPainter, key: bytes) -> Strip:
        painted.append(key)
        return paint(painter, key)

    monkeypatch.setattr(ColourPainter, "_paint", counting)
    async with on_screen(orb := BreathOrb("colour"), (120, 24)):
        after_each: list[int] = []
        for _breath in range(3):
            for part in range(1001):
                orb.show(abs(500 - part) / 500)
                lines(orb)
            after_each.append(len(painted))
        assert after_each == [len(painted)] * 3
        assert len(set(painted)) < MOST_LINES


async def test_the_compositor_gets_the_same_lines_from_a_crop() -> None:
    async with on_screen(orb := BreathOrb("colour"), (40, 12)):
        orb.show(0.8)
        whole = orb.render_lines(Region(0, 0, 40, 12))
        assert [cells(strip) for strip in whole] == [cells(strip) for strip in lines(orb)]
        part = orb.render_lines(Region(5, 3, 20, 4))
        assert [cells(strip) for strip in part] == [cells(strip)[5:25] for strip in whole[3:7]]


async def test_the_orb_is_brightest_in_its_middle_and_fades_softly_into_what_lies_behind() -> None:
    async with on_screen(orb := BreathOrb("colour"), (60, 24)):
        orb.show(1.0)
        middle = [brightness(Segment(" ", segment.style)) for segment in orb.render_line(12) for _ in segment.text]
        half = middle[: len(middle) // 2]
        assert half[-1] == max(half)
        inside = half[half.index(min(half[8:])) + 2 :]
        assert all(later >= sooner - 1 for sooner, later in pairwise(inside))
        assert len(set(middle)) > 8


async def test_an_orb_told_to_draw_before_it_has_colours_draws_that_once_it_has() -> None:
    async with on_screen(Widget()) as pilot:
        orb = BreathOrb("colour")
        orb.show(1.0)
        await pilot.app.mount(orb)
        await pilot.pause()
        seen = lines(orb)
        orb.show(0.0)
        assert seen != lines(orb)
        orb.show(1.0)
        assert seen == lines(orb)


async def test_a_theme_chosen_meanwhile_changes_the_orb() -> None:
    async with on_screen(orb := BreathOrb("colour"), (40, 12)) as pilot:
        orb.show(0.8)
        before = cells(orb.render_line(6))
        pilot.app.theme = "solarized-light"
        await pilot.pause()
        assert cells(orb.render_line(6)) != before


async def test_without_colour_the_orb_is_made_of_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with on_screen(orb := BreathOrb(), (40, 12)) as pilot:
        assert look_of(pilot.app) != "colour"
        orb.show(0.8)
        text = "\n".join(strip.text.rstrip() for strip in lines(orb))
        assert "█" in text
        assert "·" in text


async def test_a_terminal_with_colours_of_its_own_keeps_them() -> None:
    async with on_screen(orb := BreathOrb(), (40, 12)) as pilot:
        pilot.app.theme = "ansi-dark"
        await pilot.pause()
        orb.show(0.8)
        assert look_of(pilot.app) != "colour"
        colours = {segment.style.color.name for strip in lines(orb) for segment in strip if "█" in segment.text}
        assert colours == {"color(4)"}


@pytest.mark.parametrize(("variable", "value"), [("TERM", "linux"), ("TERM", "dumb")])
async def test_a_terminal_without_the_characters_gets_ascii(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    async with on_screen(orb := BreathOrb(), (40, 12)):
        orb.show(0.8)
        assert all(strip.text.isascii() for strip in lines(orb))


BLOCKS = """\
        ·······
    ····       ····
   ·   ▃▅▆▇▇▇▆▅▃   ·
  ·  ▄███████████▄  ·
 ·  ▅█████████████▅  ·
   ▂███████████████▂
   ▆███████████████▆
 ·  ▃█████████████▃  ·
  ·  ▄███████████▄  ·
   ·   ▅▃▂▁▁▁▂▃▅   ·
    ····       ····
        ·······"""


async def test_the_orb_in_block_characters() -> None:
    async with on_screen(orb := BreathOrb("blocks"), (23, 12)):
        orb.show(0.6)
        assert "\n".join(strip.text.rstrip() for strip in lines(orb)) == BLOCKS


@pytest.mark.parametrize(
    ("look", "drawn"), [("blocks", "████████████▍───────────"), ("ascii", "############------------")]
)
async def test_the_bar(look: Look, drawn: str) -> None:
    async with on_screen(bar := BreathBar(look), (24, 1)):
        bar.show(0.515)
        assert bar.render_line(0).text == drawn


async def test_the_bar_stays_in_the_middle_of_a_wide_window() -> None:
    async with on_screen(bar := BreathBar("ascii"), (80, 1)):
        bar.show(1.0)
        text = bar.render_line(0).text
        assert len(text) == 80
        assert text.strip() == "#" * 48
        assert text == text[::-1]
