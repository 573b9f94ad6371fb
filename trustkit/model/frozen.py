"""Frozen dataclasses that are quick to make: a tenth of what `@dataclass(frozen=True, slots=True)` takes to import.

On Python 3.11 the standard decorator compiles six methods for every class, 0.8 ms each time, and a start of
trustkit makes some sixty classes: more than the whole interpreter takes to begin. Here only `__init__` is
compiled, when it is first called; comparing, hashing, showing and refusing to change are the same few functions
for all.

They are dataclasses in every other way: `fields`, `replace`, `asdict`, defaults, factories, `match`.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a frozen dataclass with slots. It has a docstring, and no base that is a dataclass."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__init__ = _first_init(made)
    made.__setattr__ = made.__delattr__ = _refuse
    made.__eq__ = _equal
    made.__hash__ = _hash
    made.__dataclass_params__.frozen = True  # for whoever asks a dataclass what it is
    if "__repr__" not in cls.__dict__:
        made.__repr__ = _show
    return made  # type: ignore[no-any-return]


def _first_init(made: Any) -> Callable[..., None]:
    """Compile the real `__init__` when the first one is made: most classes are never met in most runs."""

    def init(self: Any, *values: Any, **named: Any) -> None:
        made.__init__ = _init_of(made)
        made.__init__(self, *values, **named)

    return init


def _init_of(made: Any) -> Callable[..., None]:
    """An `__init__` that sets every field, compiled because it runs for each of ten thousand rows."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    words, lines = ["self"], []
    for each in fields(made):
        name, value = each.name, each.name
        known[f"_{name}"] = each.default if each.default is not MISSING else each.default_factory
        if each.default is not MISSING:
            words.append(f"{name}=_{name}")
        elif each.default_factory is not MISSING:
            words.append(f"{name}=_missing")
            value = f"_{name}() if {name} is _missing else {name}"
        else:
            words.append(name)
        lines.append(f"_set(self, {name!r}, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(words)}):\n " + "\n ".join(lines or ["pass"]), known)
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


def _values(self: Any) -> tuple[object, ...]:
    return tuple([getattr(self, name) for name in self.__dataclass_fields__])


def _equal(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _show(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field {name!r}")
