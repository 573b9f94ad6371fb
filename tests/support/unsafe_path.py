"""What is not offered on the unsafe path, and what must hold on every page that is met there."""

import re
from collections.abc import Callable
from typing import Any

from app_driver import flat
from textual.screen import Screen
from textual.widgets import OptionList

from trustkit.companion import Companion
from trustkit.model.entry import Answers, Draft, Record
from trustkit.model.practice_words import FOR_TWO
from trustkit.tui.players.player import Player
from trustkit.tui.players.reading import WordsOnly
from trustkit.tui.screens.signs import SignsScreen
from trustkit.tui.screens.support import SupportScreen
from trustkit.tui.widgets.tick_list import TickList

BOTH = frozenset({"fear", "control"})
SUPPORT_KEY = "ctrl+o"


def for_two(companion: Companion, flags: frozenset[str] = BOTH) -> dict[str, str]:
    """Ids and titles of every exercise and sign list that is not offered while these flags are set."""
    library = companion.library
    return {
        tool.id: tool.title for tool in (*library.exercises.values(), *library.signs.values()) if tool.unsafe_if & flags
    }


def half_written(companion: Companion) -> list[Draft]:
    """A draft in every exercise for two that is written: what a reader began while all was well."""
    bodies = [
        Record(exercise.id, 1, {"said": "half a sentence"})
        if exercise.type == "tracker"
        else Answers(
            exercise.id, 1, chosen=("said",), answers={"said": "half a sentence"}, rows=({"said": "half a row"},)
        )
        for exercise in companion.library.exercises.values()
        if exercise.id in for_two(companion) and exercise.type != "timer"
    ]
    vault = companion.vault
    return [Draft(vault.new_id(), body, companion.clock(), target=vault.new_rev()) for body in bodies]


def looking(companion: Companion, flags: frozenset[str]) -> Callable[[Screen[Any]], None]:
    """What must hold on every page that is met."""
    not_offered = for_two(companion, flags)
    titles = set(not_offered.values())

    def look(screen: Screen[Any]) -> None:
        for open_page in screen.app.screen_stack:
            if isinstance(open_page, Player):
                assert open_page.exercise.id not in not_offered, "a tool for two is open"
            if isinstance(open_page, SignsScreen) and open_page._signs.id in not_offered:
                assert not open_page.query(TickList), "a list for two can be ticked"
        if isinstance(screen, WordsOnly) and screen._exercise.id in not_offered:
            assert not screen.check_action("begin", ()), "words for two offer to begin"
        for rows in screen.query(OptionList):
            for option in rows.options:
                first, *rest = str(option.prompt).strip().split("\n")
                if first in titles:
                    assert FOR_TWO in flat(" ".join(rest)), f"{first} stands as any other"
                assert not re.search(r"\blocked\b", str(option.prompt), re.IGNORECASE), "it is called locked"
        leads = [
            binding.action
            for _, bindings in reversed(screen._binding_chain)  # a dialog hides the app's other keys, not these
            for binding in bindings.key_to_bindings.get(SUPPORT_KEY, ())
            if binding.priority
        ]
        assert leads[:1] == ["support"], "support is not one key away"
        assert isinstance(screen, SupportScreen) or screen.app.check_action("support", ())

    return look
