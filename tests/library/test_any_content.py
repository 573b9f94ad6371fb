"""Whatever a file holds, reading it never raises, and what is said about it can be printed."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit.library.advice import advice
from trustkit.library.document import Document
from trustkit.library.files import SINGLE, Folder, Place

if TYPE_CHECKING:
    from tests.library.conftest import Pack

NAMES = (
    "id",
    "text",
    "title",
    "go",
    "launch",
    "sets",
    "gates",
    "seconds",
    "kind",
    "type",
    "choices",
    "see",
    "note",
    "x y",
)
VALUES = st.recursive(
    st.one_of(
        st.text(max_size=40),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.just(datetime(2026, 1, 1, 10)),
        st.just(time(10)),
        st.sampled_from(
            ["on", "helplines", "fear", "in", "out", "ask", "tracker", "a/b", "{x}", "*", "**a**", "", "-"]
        ),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)
QUIET = settings(max_examples=150)


def read(place: Place, text: str) -> Document:
    document = Document(place, text)
    for slip in document.slips(advice(document, date(2026, 11, 22)) if document.readable else ()):
        assert slip.as_text().replace("\n", "").isprintable()
        assert slip.line >= 1
    if document.ok and place.kind not in {*SINGLE.values(), "helplines", "sources"}:
        assert document.thing is not None
    if document.readable:
        for name, key in document.table.keys.items():
            if key.type == "tables" and key.table is not None and key.table.model is not None and not document.thing:
                document.rows(name, **({"region": "xx"} if place.kind == "helplines" else {}))
    return document


@QUIET
@given(st.data())
def test_a_file_with_any_value_changed(pack: Pack, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(Folder(pack.root).everything())))
    table: Any = tomllib.loads(place.path.read_text())
    value: Any = table
    for _ in range(data.draw(st.integers(1, 4))):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = data.draw(st.sampled_from([*keys, "new"] if isinstance(value, dict) else keys or [0]))
        if key == "new" or not keys or not isinstance(value[key], (dict, list)) or data.draw(st.booleans()):
            if keys or isinstance(value, dict):
                value[key] = data.draw(VALUES)
            break
        value = value[key]
    read(place, tomli_w.dumps(table))


@QUIET
@given(st.data())
def test_a_file_with_any_stretch_of_text_cut_or_put_in(pack: Pack, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(Folder(pack.root).everything())))
    text = place.path.read_text()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    put_in = data.draw(
        st.one_of(st.text(max_size=20), st.sampled_from(['"""', "'", "[[", "]]\n", "= ", "\\", "\n\n", "#"]))
    )
    read(place, text[:start] + put_in + text[end:])


@given(st.text())
def test_any_text_at_all(text: str) -> None:
    assert not read(Place(Path("x.toml"), "guide", "en"), text).ok
