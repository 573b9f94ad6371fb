"""Frozen classes behave as frozen dataclasses with slots do, whatever they cost to make."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from trustkit.model.frozen import frozen


class Shape:
    """What both kinds are made from."""

    number: int
    word: str = "usual"
    many: tuple[int, ...] = ()
    known: Mapping[str, int] = field(default_factory=dict)


def made(decorate: Any) -> Any:
    """The same class, made by this decorator."""
    body = {name: value for name, value in vars(Shape).items() if name not in ("__dict__", "__weakref__")}
    return decorate(type("Shape", (), body))


OURS, THEIRS = made(frozen), made(dataclass(frozen=True, slots=True))


@pytest.mark.parametrize("given", [{"number": 1}, {"number": 1, "word": "x", "many": (1, 2), "known": {"a": 1}}])
def test_they_hold_show_and_compare_the_same(given: dict[str, Any]) -> None:
    ours, theirs = OURS(**given), THEIRS(**given)

    assert asdict(ours) == asdict(theirs)
    assert repr(ours) == repr(theirs)
    assert ours == OURS(**given)
    assert ours != OURS(**{**given, "number": 2})
    assert ours != theirs
    assert [f.name for f in fields(ours)] == [f.name for f in fields(theirs)]
    assert OURS.__match_args__ == THEIRS.__match_args__
    assert OURS.__slots__ == THEIRS.__slots__
    assert is_dataclass(ours)


def test_equal_ones_are_one_in_a_set() -> None:
    one, other = (made(frozen)(1, known=()) for _ in range(2))
    assert one != other  # two classes
    assert len({OURS(1, known=()), OURS(1, known=()), OURS(2, known=())}) == 2


@pytest.mark.parametrize("name", ["number", "unknown"])
def test_nothing_can_be_changed(name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(OURS(1), name, 2)
    with pytest.raises(FrozenInstanceError):
        delattr(OURS(1), name)


def test_a_changed_copy_leaves_the_first_alone() -> None:
    first = OURS(1)

    assert replace(first, number=2) == OURS(2)
    assert first == OURS(1)


def test_every_one_gets_a_default_of_its_own() -> None:
    assert OURS(1).known is not OURS(1).known


@pytest.mark.parametrize("given", [(), (1, 2, 3, 4, 5)])
def test_too_few_and_too_many_values_are_refused(given: tuple[int, ...]) -> None:
    with pytest.raises(TypeError):
        OURS(*given)
