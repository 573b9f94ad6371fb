"""The grammar and the models say the same."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

import pytest

from trustkit.library import schema
from trustkit.library.build import Thing
from trustkit.library.grammar import Key, Table, describe, example
from trustkit.library.shape import _TAKE
from trustkit.model import exercise as ex
from trustkit.model import guide as gd

FILLED_ELSEWHERE = {"language", "file", "by_reader", "region", "body"}
"""Fields that come from where a file lies, not from what it says."""


def tables() -> Iterator[tuple[str, Table]]:
    waiting = [(kind, table) for kind, table in (*schema.FILES.items(), *schema.EXERCISES.items())]
    while waiting:
        name, table = waiting.pop()
        yield name, table
        waiting += [(f"{name}.{inner}", key.table) for inner, key in table.keys.items() if key.table is not None]


def outgoing(table: Table) -> dict[str, Key]:
    """The model fields a table feeds, those of the tables without a model inside it among them."""
    found: dict[str, Key] = {}
    for name, key in table.keys.items():
        if key.type == "table" and key.table is not None and key.table.model is None:
            found |= outgoing(key.table)
        elif key.field != "-":
            found[key.field or name] = key
    return found


MODELLED = [(name, table) for name, table in tables() if table.model and not name.startswith("pack")]


@pytest.mark.parametrize(("name", "table"), MODELLED, ids=[name for name, _ in MODELLED])
def test_every_field_of_a_model_is_fed_by_a_key_and_every_key_feeds_a_field(name: str, table: Table) -> None:
    assert table.model is not None
    known: dict[str, Any] = {field.name: field for field in fields(table.model)}
    fed = outgoing(table)
    if name in schema.EXERCISES:  # the head of an exercise goes to Exercise, not to its body
        head = outgoing(schema.EXERCISE_OF_NO_TYPE)
        fed = {key: value for key, value in fed.items() if key not in head}
    assert set(fed) == set(known) - FILLED_ELSEWHERE
    for field, key in fed.items():
        if (
            known[field].default is MISSING
            and known[field].default_factory is MISSING
            and field not in FILLED_ELSEWHERE
        ):
            assert key.required, f"{field} has no default, so its key is required"


def test_the_head_of_an_exercise_feeds_the_exercise() -> None:
    fed = set(outgoing(schema.EXERCISE_OF_NO_TYPE))
    assert fed == {field.name for field in fields(ex.Exercise)} - FILLED_ELSEWHERE


def test_there_is_a_grammar_for_every_type_of_exercise() -> None:
    assert {name: table.model for name, table in schema.EXERCISES.items()} == ex.TYPES


def test_every_key_can_be_read_described_and_shown_by_example() -> None:
    for name, table in tables():
        for key_name, key in table.keys.items():
            assert key.type in _TAKE, (name, key_name)
            assert describe(key)
            assert key_name in example(key_name, key)
            assert bool(key.ref) == (key.type in ("ref", "refs", "names")), (name, key_name)
            assert bool(key.allowed) == (key.type in ("word", "words")), (name, key_name)


def test_what_a_file_becomes_is_frozen() -> None:
    for model in (*Thing.__args__, gd.Pack, gd.Gate, gd.Helpline, gd.Source, gd.Shelf, gd.Need, gd.Group, gd.Step):
        assert model.__dataclass_params__.frozen
