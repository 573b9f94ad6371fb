"""Where a key stands."""

import tomllib
from typing import Any

import pytest

from trustkit.library.lines import Lines

TEXT = '''\
# [not a table]
format = 1

[guide]
id = "a"   # key = value
opening = """
[step]
id = "not this one"
closing = 'nor this'
"""
note = { en = "one", es = "two" }
see = [
    "a = b",   # a comment, with a comma
    "[[step]]",
]

[[step]]
id = "one"
'title' = 'quoted "key"'
text = \'\'\'
[[step]] """ not yet
\'\'\'

[[step]]
id = "two"
also.deep = "dotted"

[[step.evidence]]
says = "x"
[[step.evidence]]
says = "y"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 2),
        (("guide",), 4),
        (("guide", "id"), 5),
        (("guide", "opening"), 6),
        (("guide", "note", "es"), 11),
        (("guide", "see"), 12),
        (("guide", "see", 0), 13),
        (("guide", "see", 1), 14),
        (("guide", "missing"), 4),
        (("step",), 17),
        (("step", 0), 17),
        (("step", 0, "title"), 19),
        (("step", 0, "text"), 20),
        (("step", 1), 24),
        (("step", 1, "id"), 25),
        (("step", 1, "also", "deep"), 26),
        (("step", 1, "evidence", 0, "says"), 29),
        (("step", 1, "evidence", 1, "says"), 31),
        (("nowhere", 3), 1),
        ((), 1),
    ],
)
def test_every_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert Lines(TEXT).of(path) == line


def test_the_line_inside_a_longer_value_is_found_by_what_stands_there() -> None:
    assert Lines(TEXT).of_piece(("guide", "opening"), "not this one") == 8
    assert Lines(TEXT).of_piece(("guide", "opening"), "nothing like it") == 6


def test_every_key_of_a_whole_folder_is_found_on_a_line_that_names_it(pack: Any) -> None:
    for path in pack.root.rglob("*.toml"):
        text = path.read_text()
        lines = text.split("\n")
        for keys in _paths(tomllib.loads(text), ()):
            if isinstance(keys[-1], str) and keys[-2:-1] != ("note",) and keys[-3:-2] != ("evidence",):
                assert keys[-1] in lines[Lines(text).of(keys) - 1], (path.name, keys)


def _paths(value: Any, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    here = [path] if path else []
    if isinstance(value, dict):
        return here + [p for key, one in value.items() for p in _paths(one, (*path, key))]
    if isinstance(value, list):
        return here + [p for i, one in enumerate(value) for p in _paths(one, (*path, i))]
    return here
