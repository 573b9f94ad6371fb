"""What a person sees, written down: the screen as text, and beneath it which stretches of which line look different.

A golden file holds the stages of one exercise at one size. `TRUSTKIT_RENEW_GOLDENS=1 python -m pytest <the test file>`
writes the files anew; look at each of them as a reader would before it is committed.
"""

import os
from difflib import unified_diff
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.color import Color
from rich.style import Style
from textual.color import Color as Mixed

from trustkit.tui.app import TrustkitApp
from trustkit.tui.widgets.breath_orb import BreathOrb

RENEW = "TRUSTKIT_RENEW_GOLDENS"
FOLDER = Path(__file__).parents[1] / "tui" / "golden"
NAMED = ("background", "foreground", "primary", "secondary", "accent", "error", "quiet", "edge", "panel", "surface")
"""Colours of the theme that are told by their names, so that another shade of one changes no golden file."""
ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")
SHOWS_ON_A_SPACE = ("underline", "reverse", "strike")

Cell = tuple[str, Style]


def cells(app: TrustkitApp) -> list[list[Cell]]:
    """The screen, cell by cell; a wide character is followed by cells without text."""
    lines = app.screen._compositor.render_strips()
    return [[(character, one.style or Style()) for one in line for character in one.text] for line in lines]


def hues(app: TrustkitApp) -> set[str]:
    """Every colour on the screen that is more than a shade of grey."""
    found = {color for row in cells(app) for _, style in row for color in (style.color, style.bgcolor) if color}
    return {color.name for color in found if len(set(_mixed(color).rgb)) > 1}


def drawn(app: TrustkitApp, *, colour: bool) -> str:
    """The screen as text, then its styles: without colour only attributes are told, for they have to be enough."""
    rows = _orb_as_shapes(app, cells(app))
    names = _names(app) if colour else {}
    text = "\n".join("".join(character for character, _ in row).rstrip() for row in rows)
    told = [f"{number:>2}: {said}" for number, row in enumerate(rows, 1) if (said := _told(row, names, colour=colour))]
    return "\n".join([text.rstrip("\n"), "-- styles", *told])


def compare(name: str, seen: str) -> str:
    """Hold what is seen against the golden file: empty when they agree, else a readable difference."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get(RENEW):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(seen, encoding="utf-8")
        return ""
    golden = file.read_text(encoding="utf-8") if file.exists() else ""
    before, now = golden.splitlines(), seen.splitlines()
    return "\n".join(unified_diff(before, now, f"golden/{name}.txt", "on screen now", lineterm="", n=4))


def _mixed(color: Color) -> Mixed:
    return Mixed.from_rich_color(color)


def _names(app: TrustkitApp) -> dict[str, Mixed]:
    return {name: Mixed.parse(app.theme_variables[name]) for name in NAMED if name in app.theme_variables}


def _told(row: list[Cell], names: dict[str, Mixed], *, colour: bool) -> str:
    """Stretches that look alike, with the columns they stand in; a space between two words goes with the first."""
    stretches: list[str] = []
    at = 1
    looks: list[str] = []
    for character, style in row:
        look = _look(character, style, names, colour=colour)
        before = looks[-1] if looks else ""
        joins = (
            character == " "
            and not any(name in before for name in SHOWS_ON_A_SPACE)
            and before.partition("on ")[1:] == look.partition("on ")[1:]
        )
        looks.append(before if joins else look)
    last = len("".join(character for character, _ in row).rstrip())
    looks = [look if at < last or "on " in look or "reverse" in look else "" for at, look in enumerate(looks)]
    for look, run in groupby(looks):
        width = len(list(run))
        if look:
            stretches.append(f"{at}-{at + width - 1} {look}" if width > 1 else f"{at} {look}")
        at += width
    return "; ".join(stretches)


def _look(character: str, style: Style, names: dict[str, Mixed], *, colour: bool) -> str:
    """How a cell differs from plain words on the page; of a space only what shows of it."""
    shows = SHOWS_ON_A_SPACE if character == " " else ATTRIBUTES
    words = [name for name in shows if getattr(style, name)]
    if colour:
        if style.color is not None and (character != " " or style.reverse):
            ink = _name(style.color, names)
            words += [ink] if ink != "foreground" else []
        if style.bgcolor is not None and (ground := _name(style.bgcolor, names)):
            words.append(f"on {ground}")
    return " ".join(words)


def _name(color: Color, names: dict[str, Mixed]) -> str:
    """A colour of the theme, a part of one in hundredths over the page's own, or the colour itself."""
    if color.is_default:
        return ""
    mixed, page = _mixed(color), names["background"]
    if mixed == page:
        return ""
    for name, named in names.items():
        if named == mixed:
            return name
    for name, named in names.items():
        for part in range(5, 100, 5):
            if all(abs(a - b) <= 1 for a, b in zip(page.blend(named, part / 100).rgb, mixed.rgb, strict=True)):
                return f"{name} {part}%"
    return mixed.hex.lower()


def _orb_as_shapes(app: TrustkitApp, rows: list[list[Cell]]) -> list[list[Cell]]:
    """In the orb a cell's two halves are two colours: written as the shape they make, a dot where the ring glows."""
    for orb in app.screen.query(BreathOrb):
        if not orb.display:
            continue
        region, ground = orb.region, orb.background_colors[1]
        core = ground + orb.get_component_styles("breath-orb--core").color

        def part(color: Color | None, ground: Mixed = ground, core: Mixed = core) -> float:
            """How far a colour has come from the ground to the core."""
            if color is None or color.is_default:
                return 0.0
            mixed = _mixed(color)
            return sum(abs(a - b) for a, b in zip(mixed.rgb, ground.rgb, strict=True)) / max(
                1, sum(abs(a - b) for a, b in zip(core.rgb, ground.rgb, strict=True))
            )

        for y in range(region.y, min(region.bottom, len(rows))):
            for x in range(region.x, min(region.right, len(rows[y]))):
                character, style = rows[y][x]
                if character not in " ▀":
                    continue
                lower = part(style.bgcolor)
                upper = part(style.color) if character == "▀" else lower
                shape = {(True, True): "█", (True, False): "▀", (False, True): "▄"}.get((upper > 0.35, lower > 0.35))
                rows[y][x] = (shape or ("·" if max(upper, lower) > 0.03 else " "), Style())
    return rows


def told_apart(widget: Any, app: TrustkitApp) -> bool:
    """Whether what has the keys shows in its region by an attribute or by a mark, colours left aside."""
    rows = cells(app)
    region = widget.region
    inside = [cell for row in rows[max(0, region.y) : region.bottom] for cell in row[max(0, region.x) : region.right]]
    return any(
        style.bold or style.reverse or style.underline or character in "[]■□━█▌▐▎▊" for character, style in inside
    )
