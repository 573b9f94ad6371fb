"""The disc promises to grow evenly, to be the same on all sides, and to change at its rim alone."""

from math import hypot, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.disc import FINENESS, LEVELS, RING, Disc, Pixels, bar, characters, eighths

discs = st.builds(Disc, st.integers(0, 60), st.integers(0, 24))
sizes = pytest.mark.parametrize(("columns", "lines"), [(5, 2), (12, 6), (13, 7), (40, 12), (120, 24)])
EDGE = 1.5
"""Pixels over which the edge may fade."""


def picture(pixels: Pixels) -> list[list[int]]:
    """Every pixel's coverage, 0 to LEVELS, without the empty margins."""
    odd = pixels.disc.width % 2
    rows: list[list[int]] = []
    for line in range(pixels.disc.lines):
        for half in pixels.line(line):
            left = [value % (LEVELS + 1) for value in half]
            rows.append([*left, *reversed(left[: len(left) - odd])])
    return rows


def steps(disc: Disc) -> range:
    return range(disc.step(0.0), disc.step(1.0) + 1)


@sizes
def test_the_area_grows_with_every_step_of_the_radius(columns: int, lines: int) -> None:
    pixels = Pixels(Disc(columns, lines))
    areas: list[float] = []
    for step in steps(pixels.disc):
        pixels.turn_to(step)
        areas.append(pixels.area)
    assert areas == sorted(areas)
    assert areas[-1] > areas[0]


@sizes
def test_the_area_is_that_of_a_circle(columns: int, lines: int) -> None:
    disc = Disc(columns, lines)
    pixels = Pixels(disc, disc.step(1.0))
    assert pixels.area == pytest.approx(pi * disc.reach**2, rel=0.06, abs=3.0)
    assert sum(map(sum, picture(pixels))) / LEVELS == pixels.area


@given(discs, st.floats(0, 1))
def test_the_disc_looks_the_same_upside_down(disc: Disc, fullness: float) -> None:
    pixels = Pixels(disc, disc.step(fullness))
    for line in range(disc.lines):
        upper, lower = pixels.line(line)
        assert pixels.line(disc.lines - 1 - line) == (lower, upper)


@given(discs, st.floats(0, 1))
def test_the_rim_fades_over_a_pixel_or_two_and_the_rest_is_covered_whole_or_not_at_all(
    disc: Disc, fullness: float
) -> None:
    pixels = Pixels(disc, disc.step(fullness))
    radius = disc.step(fullness) / FINENESS
    for y, row in enumerate(picture(pixels)):
        for x, level in enumerate(row, pixels.margin):
            distance = hypot(x + 0.5 - disc.width / 2, y + 0.5 - disc.height / 2)
            if abs(distance - radius) > EDGE:
                assert level == (LEVELS if distance < radius else 0)


@given(discs, st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_how_the_disc_came_to_a_size_leaves_no_trace(disc: Disc, way: list[float]) -> None:
    pixels = Pixels(disc)
    for fullness in way:
        pixels.turn_to(disc.step(fullness))
    assert picture(pixels) == picture(Pixels(disc, disc.step(way[-1])))


@sizes
def test_a_radius_that_moves_less_than_a_step_is_the_same_radius(columns: int, lines: int) -> None:
    disc = Disc(columns, lines)
    step = disc.step(0.5)
    one_step = 1 / FINENESS / (disc.reach - disc.rest)
    exactly = (step / FINENESS - disc.rest) / (disc.reach - disc.rest)
    assert disc.step(exactly) == step
    assert disc.step(exactly + 0.4 * one_step) == step
    assert disc.step(exactly + 1.1 * one_step) == step + 1


def test_a_step_of_the_radius_touches_only_the_rim() -> None:
    disc = Disc(120, 24)
    pixels = Pixels(disc, disc.step(0.5))
    before = picture(pixels)
    pixels.turn_to(disc.step(0.5) + 1)
    radius = disc.step(0.5) / FINENESS
    changed = 0
    for y, (old, new) in enumerate(zip(before, picture(pixels), strict=True)):
        for x, (was, is_) in enumerate(zip(old, new, strict=True), pixels.margin):
            if was != is_:
                changed += 1
                distance = hypot(x + 0.5 - disc.width / 2, y + 0.5 - disc.height / 2)
                assert abs(distance - radius) <= EDGE
    assert 0 < changed < 4 * pi * radius


def test_the_fullest_disc_comes_up_to_the_ring_and_the_emptiest_is_still_there() -> None:
    disc = Disc(80, 20)
    assert disc.ring > 0.0
    assert abs(disc.step(1.0) / FINENESS - disc.ring) < 0.5
    assert disc.step(0.0) / FINENESS >= 3.0
    assert disc.outer >= disc.ring + 0.5


def test_a_small_disc_has_no_ring() -> None:
    assert Disc(9, 3).ring == 0.0
    assert not any(RING in row for row in eighths(Disc(9, 3), Disc(9, 3).step(0.5)))


# -- in characters --------------------------------------------------------------------------------


@given(discs, st.floats(0, 1))
def test_in_eighths_the_disc_is_the_same_on_all_sides(disc: Disc, fullness: float) -> None:
    rows = eighths(disc, disc.step(fullness))
    assert [len(row) for row in rows] == [disc.width] * disc.lines
    even = rows[: disc.lines - disc.lines % 2]
    for row, mirrored in zip(even, reversed(even), strict=True):
        assert row == row[::-1]
        assert [abs(cell) for cell in row] == [abs(cell) for cell in mirrored]


@pytest.mark.parametrize("lines", [2, 6, 12, 24])
def test_in_eighths_the_area_is_that_of_a_circle_and_grows(lines: int) -> None:
    disc = Disc(2 * lines + 1, lines)
    areas = [sum(abs(cell) for row in eighths(disc, step) for cell in row if cell != RING) / 4 for step in steps(disc)]
    assert areas == sorted(areas)
    assert areas[-1] == pytest.approx(pi * disc.reach**2, rel=0.06, abs=3.0)


ASCII_ORB = """\
               .=+****+=.
            -*oOOOOOOOOOOo*-
          .*OOOOOOOOOOOOOOOO*.
         .OOOOOOOOOOOOOOOOOOOO.
         OOOOOOOOOOOOOOOOOOOOOO
        -OOOOOOOOOOOOOOOOOOOOOO-
        -OOOOOOOOOOOOOOOOOOOOOO-
         OOOOOOOOOOOOOOOOOOOOOO
         .OOOOOOOOOOOOOOOOOOOO.
          .*OOOOOOOOOOOOOOOO*.
            -*oOOOOOOOOOOo*-
               .=+****+=."""
ASCII_RESTING = """\
   .......
  .       .
 .   *o*   .
 .   *o*   .
  .       .
   ......."""


@pytest.mark.parametrize(
    ("disc", "fullness", "drawn"), [(Disc(40, 12), 1.0, ASCII_ORB), (Disc(13, 6), 0.0, ASCII_RESTING)]
)
def test_the_disc_in_ascii(disc: Disc, fullness: float, drawn: str) -> None:
    rows = eighths(disc, disc.step(fullness))
    lines = ["".join(text for _, text in characters(row, ascii=True)).rstrip() for row in rows]
    assert "\n".join(lines) == drawn
    assert drawn.isascii()


def test_a_cell_filled_from_above_is_the_empty_part_drawn_reversed() -> None:
    assert characters([0, 9, 3, 8, -3, 0]) == [
        ("none", " "),
        ("ring", "·"),
        ("disc", "▃█"),
        ("under", "▅"),
        ("none", " "),
    ]


@given(st.floats(0, 1), st.integers(0, 80), st.booleans())
def test_a_bar_always_has_its_width(fullness: float, columns: int, ascii: bool) -> None:
    filled, empty = bar(fullness, columns, ascii=ascii)
    assert len(filled) + len(empty) == columns
    assert (filled + empty).isascii() or not ascii


def test_a_bar_fills_in_eighths_of_a_column() -> None:
    assert bar(0.0, 4) == ("", "────")
    assert bar(0.5, 4) == ("██", "──")
    assert bar(0.6, 4) == ("██▍", "─")
    assert bar(1.0, 4) == ("████", "")
    assert bar(0.6, 4, ascii=True) == ("##", "--")
