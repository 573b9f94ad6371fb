"""An author sees a file as a reader would, however unfinished it is, and nothing is written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit.errors import ReadError
from trustkit.library import try_out
from trustkit.library.salvage import salvage
from trustkit.model.exercise import Exercise
from trustkit.model.guide import Guide, SignList

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.conftest import Pack
    from trustkit.library.tryout import Tryout

GUIDE = "en/guides/when-a-promise-broke.toml"
SIGNS = "en/signs/after-a-promise.toml"
TODAY = date(2026, 11, 22)


def tried(pack: Pack, name: str = GUIDE) -> Tryout:
    return try_out(pack.root / name, today=TODAY)


def guide_in(pack: Pack) -> Guide:
    thing = tried(pack).thing
    assert isinstance(thing, Guide)
    return thing


def test_a_draft_stands_on_the_shelf_of_its_own_preview_alone(pack: Pack) -> None:
    pack.edit(GUIDE, 'status = "ready"\n', "")
    found = tried(pack)
    assert found.sound
    assert list(found.library.guides) == list(found.library.guide_heads) == ["when-a-promise-broke"]
    assert pack.library().guides == {}


def test_a_draft_may_lead_to_itself(pack: Pack) -> None:
    pack.edit(GUIDE, 'status = "ready"\n', "")
    assert guide_in(pack).steps[1].see == ("when-a-promise-broke/say-it-plainly",)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('title = "When a promise broke"', "title = “When a promise broke”", "E01"),
        ('title = "When a promise broke"', "", "E05"),
        ("revision = 2", 'revision = "two"', "E06"),
        ('shelf = "first"', 'shelf = "frist"', "E08"),
        ('gates = ["body-tools"]', 'gates = ["body-tolls"]', "E08"),
        ("format = 1\n", "", "E03"),
        ("updated = 2026-11-21", "", "E05"),
        ('audience = ["hurt", "both"]', 'audience = "hurt"', "E06"),
    ],
)
def test_one_slip_takes_nothing_but_its_own_line_from_the_preview(pack: Pack, old: str, new: str, code: str) -> None:
    whole = guide_in(pack)
    pack.edit(GUIDE, old, new)
    found = tried(pack)
    assert [slip.code for slip in found.slips] == [code]
    assert not found.sound
    assert isinstance(found.thing, Guide)
    assert [step.text for step in found.thing.steps] == [step.text for step in whole.steps]
    assert found.thing.summary == whole.summary


def test_where_nothing_can_be_read_the_line_is_told(pack: Pack) -> None:
    pack.edit(GUIDE, 'title = "Settle before you speak"', 'title = "Settle before you speak')
    found = tried(pack)
    assert isinstance(found.thing, Guide)
    assert [step.title for step in found.thing.steps] == ["Say it plainly, to yourself", ""]
    (line,) = found.broken_at
    assert pack.read(GUIDE).split("\n")[line - 1] == 'title = "Settle before you speak'


def test_three_quotes_that_were_never_closed_take_one_text(pack: Pack) -> None:
    text = pack.read(GUIDE).replace('**Tomorrow is allowed.**\n"""', "**Tomorrow is allowed.**")
    pack.write(GUIDE, text)
    guide = guide_in(pack)
    assert [bool(step.text) for step in guide.steps] == [False, True]
    assert guide.steps[0].for_hurt == "The page behind the button is for you alone."


@pytest.mark.parametrize(
    "name", ["breath-long-out", "ground-senses", "urge", "i-statement", "feelings", "worries", "log"]
)
def test_an_exercise_of_any_type_shows_what_is_there(pack: Pack, name: str) -> None:
    file = f"en/exercises/{name}.toml"
    head = pack.read(file).split("\n[", 2)[1]
    pack.write(file, f"format = 1\n[{head}")  # none of the tables of its type
    thing = tried(pack, file).thing
    assert isinstance(thing, Exercise)
    assert thing.title == name


def test_an_exercise_of_no_type_and_a_file_with_nothing_in_it_show_nothing(pack: Pack) -> None:
    pack.edit("en/exercises/urge.toml", 'type = "timer"\n', "")
    assert tried(pack, "en/exercises/urge.toml").thing is None
    pack.write(GUIDE, "# nothing yet\n")
    assert tried(pack).thing is None
    pack.write(GUIDE, "")
    assert tried(pack).thing is None


def test_a_sign_list_and_gates_are_shown_too(pack: Pack) -> None:
    assert isinstance(tried(pack, SIGNS).thing, SignList)
    pack.edit("en/gates.toml", 'go = "on"', 'go = "somewhere"')
    found = tried(pack, "en/gates.toml")
    assert [gate.id for gate in found.gates] == ["safety-check", "body-tools", "evidence"]
    assert found.gates[0].answers[1].say == "Thank you for being straight about that."
    assert not found.sound


def test_a_broken_gate_keeps_its_answers_in_the_preview(pack: Pack) -> None:
    pack.edit("en/gates.toml", 'kind = "note"', "kind = note")
    found = tried(pack, "en/gates.toml")
    assert [len(gate.answers) for gate in found.gates] == [2, 0, 0]
    (line,) = found.broken_at
    assert pack.read("en/gates.toml").split("\n")[line - 1] == "kind = note"


def test_what_is_no_file_or_says_nothing_of_what_it_holds_is_told(pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no file"):
        try_out(tmp_path / "none.toml", today=TODAY)
    (tmp_path / "notes.toml").write_text("hello = 1\n")
    with pytest.raises(ReadError, match="says what it holds"):
        try_out(tmp_path / "notes.toml", today=TODAY)


# --- beside the shipped content -------------------------------------------------------------------------


def test_a_file_in_one_s_own_folder_finds_what_stands_beside_it(pack: Pack, tmp_path: Path) -> None:
    own = tmp_path / "own"
    for folder, name, text in (
        ("exercises", "my-urge", pack.read("en/exercises/urge.toml").replace('id = "urge"', 'id = "my-urge"')),
        ("guides", "my-own", pack.read(GUIDE).replace('id = "when-a-promise-broke"', 'id = "my-own"')),
    ):
        (own / "en" / folder).mkdir(parents=True)
        (own / "en" / folder / f"{name}.toml").write_text(text.replace('["ground-senses",', '["my-urge",'))
    found = try_out(own / "en/guides/my-own.toml", today=TODAY, shipped=pack.root)
    assert found.slips == ()
    assert isinstance(found.thing, Guide)
    assert found.thing.steps[1].launch == ("my-urge", "breath-long-out")
    assert found.thing.by_reader


def test_nothing_is_written_and_nothing_is_left_behind(pack: Pack) -> None:
    before = {path: path.stat().st_mtime_ns for path in pack.root.rglob("*")}
    tried(pack)
    assert {path: path.stat().st_mtime_ns for path in pack.root.rglob("*")} == before


# --- hostile files --------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.data())
def test_any_damage_to_a_guide_still_gives_a_preview_or_nothing(pack: Pack, data: st.DataObject) -> None:
    whole = pack.read("en/guides/when-a-promise-broke.toml")
    at = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 60))
    put = data.draw(st.text(max_size=12))
    damaged = (whole[:at] + put + whole[at + length :]).encode("utf-8", "replace")
    path = pack.write("en/guides/damaged.toml", damaged)
    try:
        found = try_out(path, today=TODAY)
    finally:
        path.unlink()
    assert found.thing is None or isinstance(found.thing, Guide)
    assert found.slips  # its id is another's, at the least


def test_a_file_of_many_thousand_broken_pieces_is_given_up_on_in_time() -> None:
    text = "format = 1\n[guide]\n" + "x = [\n" * 20_000 + "[[step]]\ny = ]\n" * 20_000
    found, lost = salvage(text)
    assert len(lost) < 10_000
    assert found["guide"] == {}
    deep = "format = 1\n[guide]\nid = " + "[" * 50_000
    assert salvage(deep)[0] == {"guide": {}}
