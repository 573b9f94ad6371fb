"""Moved keys: no action loses its key without a word, least of all those that protect."""

from dataclasses import replace

import pytest
from app_driver import driving
from textual._xterm_parser import XTermParser
from textual.binding import Binding
from textual.events import Key

from trustkit.companion import Companion
from trustkit.tui.commands import ALWAYS, GOING, PLACES, key_words
from trustkit.tui.keymap import PAGE_KEYS, WHILE_TYPING, moved_keys

USUAL = {command.id: command.keys for command in (*ALWAYS, *GOING)}


@pytest.mark.parametrize(
    ("wanted", "holds", "named"),
    [
        ({"hide": "f9"}, {"hide": "f9"}, []),
        ({"hide": "F9, Ctrl-Y"}, {"hide": "f9,ctrl+y"}, []),
        ({"hide": "^y", "explain": "H"}, {"hide": "ctrl+y", "explain": "H"}, []),
        ({"hide": "ctrl+o", "support": "ctrl+g"}, {"hide": "ctrl+o", "support": "ctrl+g"}, []),
        ({"go-today": "g", "go-guides": "t"}, {"go-today": "g", "go-guides": "t"}, []),
        ({"hide": ""}, {}, ["no key is given for hide. It stays on ^g."]),
        ({"quit": " , "}, {}, ["no key is given for quit. It stays on ^q."]),
        ({"lock": "s"}, {}, ["lock can't be on 's'", "It stays on ^l."]),
        ({"help": "escape"}, {}, ["help can't be on 'esc'", "It stays on f1."]),
        ({"quit": "ctrl+m"}, {}, ["quit can't be on '^m'", "It stays on ^q."]),
        ({"breathe": "alt+b"}, {}, ["breathe can't be on 'alt+b'", "It stays on ^t."]),
        ({"breathe": "ctlr+b"}, {}, ["breathe can't be on 'ctlr+b'", "It stays on ^t."]),
        ({"hide": "ctrl+s"}, {}, ["some pages use that themselves. It stays on ^g."]),
        ({"support": "ctrl+g"}, {}, ["that is the key of hide. It stays on ^o."]),
        ({"support": "f8"}, {}, ["that is the key of hide. It stays on ^o."]),
        ({"support": "f9,ctrl+q"}, {"support": "f9"}, ["that is the key of quit. It is on f9."]),
        ({"lock": "f9", "hide": "f9"}, {"hide": "f9"}, ["lock can't be on 'f9'", "hide. It stays on ^l."]),
        ({"go-today": "ctrl+g"}, {}, ["that is the key of hide. It stays on t."]),
        ({"find": "ctrl+t"}, {}, ["that is the key of breathe. It stays on ^p."]),
        ({"go-today": "g"}, {}, ["that is the key of go-guides. It stays on t."]),
        ({"hide": "", "support": "ctrl+g"}, {}, ["hide. It stays on ^g.", "the key of hide. It stays on ^o."]),
        ({"hide": "ctrl+l", "lock": "ctrl+o"}, {}, ["the key of support", "It stays on ^l.", "It stays on ^g."]),
        ({"hid": "f9"}, {}, ["no key belongs to 'hid'. The nearest is 'hide'."]),
        ({"Suport": "f9"}, {}, ["no key belongs to 'Suport'. The nearest is 'support'."]),
        ({"boss": "f9"}, {}, ["no key belongs to 'boss'. There are: breathe, hide, support,"]),
        ({"\x1b[2J": "\x1b[2J"}, {}, ["no key belongs to '\\x1b[2J'."]),
        ({"hide": "\x1b[2J"}, {}, ["hide can't be on", "It stays on ^g."]),
    ],
    ids=str,
)
def test_a_moved_key_holds_or_the_usual_one_does_and_it_is_said(
    wanted: dict[str, str], holds: dict[str, str], named: list[str]
) -> None:
    moved = moved_keys(wanted)

    assert moved.keys == holds
    assert all(any(words in slip for slip in moved.slips) for words in named), moved.slips
    assert bool(moved.slips) == bool(named)
    assert not any("\x1b" in slip for slip in moved.slips)
    keys = [key for name, usual in USUAL.items() for key in moved.keys.get(name, usual).split(",")]
    assert len(keys) == len(set(keys))


BROKEN = {"hide": "", "support": "ctrl+g", "lock": "s", "help": "esc", "quit": "ctrl+t", "breathe": "boo", "hid": "f9"}


async def test_whatever_the_settings_say_each_protective_key_does_what_it_does(ghost: Companion) -> None:
    ghost.settings = replace(ghost.settings, keys=BROKEN)
    async with driving(ghost, size=(80, 40)) as d:
        said = "Not every key in settings.toml could be moved. Settings (,) says which."
        assert [notice.message for notice in d.app._notifications] == [said]
        for start in ([], ["comma"], ["exclamation_mark"]):
            await d.press(*start)
            active = {key: b.binding.action for key, b in d.app.screen.active_bindings.items() if b.enabled}
            assert {k: c.action for c in ALWAYS for k in c.keys.split(",")}.items() <= active.items()
            if start:
                await d.until("no key is given for hide. It stays on ^g.", "The nearest is 'hide'.")
            await d.press("escape")
        await d.press("ctrl+o")
        assert d.screen_name == "SupportScreen"
        await d.press("ctrl+q")
        assert d.app.return_code == 0


async def test_a_place_whose_key_was_moved_is_gone_to_and_named_by_the_new_one(ghost: Companion) -> None:
    ghost.settings = replace(ghost.settings, keys={"go-journal": "f2", "explain": "H"})
    async with driving(ghost, size=(80, 40)) as d:
        await d.press("H")
        await d.until("f2 Journal: your own words", "The keys of the places, H and , wait")
        await d.press("escape", "f2")
        assert d.app.current_mode == "journal"


def test_every_key_that_is_accepted_while_typing_is_one_that_a_terminal_sends() -> None:
    sent = {*(f"\x1b[{n}~" for n in (11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24)), *map(chr, range(1, 27))}
    keys = {event.key for text in sent for event in XTermParser().feed(text) if isinstance(event, Key)}

    letters = {f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"}
    accepted = {key for key in letters | {f"f{n}" for n in range(1, 13)} if WHILE_TYPING.fullmatch(key)}
    assert accepted <= keys
    assert letters - accepted == {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}


def test_the_keys_of_single_pages_that_work_while_typing_are_all_known() -> None:
    import importlib
    import pkgutil

    import trustkit.tui

    found: set[str] = set()
    for module in pkgutil.walk_packages(trustkit.tui.__path__, "trustkit.tui."):
        for name, value in vars(importlib.import_module(module.name)).items():
            own = getattr(value, "__module__", "").startswith("trustkit")
            bindings = (
                value if name.isupper() else value.__dict__.get("BINDINGS") if own and isinstance(value, type) else ()
            )
            for binding in bindings if isinstance(bindings, list | tuple) else ():
                if isinstance(binding, Binding):
                    found |= {key for key in binding.key.split(",") if WHILE_TYPING.fullmatch(key)}

    ours = {key for keys in USUAL.values() for key in keys.split(",")}
    assert found - ours == PAGE_KEYS


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("left_square_bracket", "["), ("right_square_bracket", "]"), ("number_sign", "#"), ("question_mark", "?"),
        ("comma", ","), ("exclamation_mark", "!"), ("slash", "/"), ("minus", "-"), ("plus", "+"), ("semicolon", ";"),
        ("ctrl+g,f8", "^g"), ("ctrl+home", "^home"), ("alt+up", "alt+up"), ("escape", "esc"), ("pagedown", "page down"),
        ("enter", "enter"), ("space", "space"), ("tab", "tab"), ("X", "X"), ("1", "1"), ("ctrl+backslash", "^\\"),
    ],
)  # fmt: skip
def test_a_key_is_written_as_it_stands_on_the_keyboard(key: str, written: str) -> None:
    assert key_words(key) == written


async def test_help_names_every_key_by_its_sign_and_the_places_first(opened: Companion) -> None:
    async with driving(opened, size=(100, 60)) as d:
        for place in ("journal", "today", "guides", "practice", "patterns"):
            await d.app.run_action(f"go('{place}')")
            await d.press("question_mark")
            anywhere = d.text.partition("Anywhere")[2].split("\n")[1:]
            assert [line.split()[1] for line in anywhere[:5]] == [f"{name}:" for _, _, name, _ in PLACES]
            for name in ("bracket", "_", "number sign", "mark "):
                assert name not in d.text, d.text
            await d.press("escape")
        await d.app.run_action("go('journal')")
        await d.press("y", "question_mark")
        await d.until("[ A week earlier.", "] A week later.")
