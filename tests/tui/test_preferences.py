"""A theme looks the same when it is chosen and when trustkit next starts."""

from dataclasses import replace
from typing import Any

import pytest
from app_driver import Driver, driving

from trustkit.companion import Companion
from trustkit.tui.themes import THEMES


async def seen(d: Driver) -> list[Any]:
    """Every piece of the screen with its colours, on three pages; and what the styles go by."""
    app = d.app
    looks: list[Any] = [app.theme, sorted(app.classes), app.native_ansi_color, app.get_css_variables()]
    for mode in ("today", "guides", "practice"):
        await app.run_action(f"go('{mode}')")
        await d.rest()
        looks.append([[(s.text, str(s.style)) for s in line] for line in app.screen._compositor.render_strips()])
    return looks


@pytest.mark.parametrize("colour", [True, False], ids=["in colour", "NO_COLOR"])
@pytest.mark.parametrize("theme", sorted(THEMES))
async def test_a_theme_looks_the_same_chosen_and_started_with(
    ghost: Companion, theme: str, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    ghost.settings = replace(ghost.settings, theme=theme)
    async with driving(ghost) as d:
        started = await seen(d)
    ghost.settings = replace(ghost.settings, theme="day" if theme == "contrast" else "contrast")
    async with driving(ghost) as d:
        d.app.change_settings(theme=theme)
        await d.rest()
        assert await seen(d) == started


async def test_the_terminal_s_own_colours_are_all_that_its_theme_sends(ghost: Companion) -> None:
    ghost.settings = replace(ghost.settings, theme="terminal")
    async with driving(ghost) as d:
        colours = {
            colour.type.name
            for line in d.app.screen._compositor.render_strips()
            for segment in line
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour
        }
        assert "TRUECOLOR" not in colours
        assert "EIGHT_BIT" not in colours
