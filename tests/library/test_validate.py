"""The validator on a reader's own folder, on one file, and with a list of what must be covered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from trustkit.errors import ExitCode, ReadError
from trustkit.library import check, check_file
from trustkit.library.coverage import standings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.conftest import Pack

GUIDE = "en/guides/when-a-promise-broke.toml"
BREATH = "en/exercises/breath-long-out.toml"
TODAY = date(2026, 11, 22)

COVERAGE = """
format = 1

[[item]]
id = "s1.name-it"
must = true
gist = "Say what happened."
gate = "evidence"

[[item]]
id = "s1.alarm"
must = true
gist = "The body's alarm."
gate = "safety-check"

[[item]]
id = "s1.dots"
must = true
gist = "Many dots make a line."

[[item]]
id = "s1.nice"
must = false
gist = "Nice to have."
"""


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    path = tmp_path / "coverage.toml"
    path.write_text(COVERAGE.lstrip())
    return path


def own(pack: Pack, folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = pack.read(name)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


# --- coverage ---------------------------------------------------------------------------------------


def test_everything_covered_has_no_slip(pack: Pack, coverage: Path) -> None:
    assert pack.check(coverage) == []


def test_e17_a_covered_item_asks_for_its_gate(pack: Pack, coverage: Path) -> None:
    pack.edit(GUIDE, 'gates = ["safety-check"]\n', "")
    pack.edit(GUIDE, 'mentions = ["s1.alarm"]', 'covers = ["s1.alarm"]')
    (slip,) = [s for s in pack.check(coverage) if s.code == "E17"]
    assert (slip.path, slip.within, slip.found) == ("step[1].covers[0]", "settle-first", '"s1.alarm"')
    assert "safety-check" in slip.what


def test_e17_a_gate_at_the_door_or_on_the_step_will_do_and_mentions_need_none(pack: Pack, coverage: Path) -> None:
    pack.edit(GUIDE, 'mentions = ["s1.alarm"]', 'covers = ["s1.alarm"]')
    assert pack.check(coverage) == []
    pack.edit(GUIDE, 'gates = ["safety-check"]\n', "")
    pack.edit(GUIDE, 'gates = ["body-tools"]', 'gates = ["body-tools", "safety-check"]')
    assert pack.check(coverage) == []


def test_e17_a_sign_list_carries_the_gates_of_what_it_covers(pack: Pack, coverage: Path) -> None:
    coverage.write_text(COVERAGE.lstrip().replace('a line."', 'a line."\ngate = "safety-check"'))
    assert [(s.code, s.path) for s in pack.check(coverage)] == [("E17", "signs.covers[0]")]
    pack.edit("en/signs/after-a-promise.toml", 'covers = ["s1.dots"]', 'covers = ["s1.dots"]\ngates = ["safety-check"]')
    assert pack.check(coverage) == []


def test_e18_names_the_item_its_gist_and_its_line(pack: Pack, coverage: Path) -> None:
    pack.edit(GUIDE, 'mentions = ["s1.alarm"]\n', "")
    (slip,) = pack.check(coverage)
    assert (slip.code, slip.file, slip.line) == ("E18", str(coverage), 10)
    assert "s1.alarm" in slip.found
    assert "The body's alarm." in slip.found


@pytest.mark.parametrize("why", ["a draft", "a list that no guide opens"])
def test_e18_counts_what_readers_can_reach_alone(pack: Pack, coverage: Path, why: str) -> None:
    if why == "a draft":
        pack.edit(GUIDE, 'status = "ready"', 'status = "draft"')
        missing = 3
    else:
        pack.edit(GUIDE, 'signs = ["after-a-promise"]\n', "")
        missing = 1
    assert len([s for s in pack.check(coverage) if s.code == "E18"]) == missing


def test_e08_a_coverage_id_that_nobody_knows_is_told(pack: Pack, coverage: Path) -> None:
    pack.edit(GUIDE, 'covers = ["s1.name-it"]', 'covers = ["s1.name-it", "s1.alarms"]')
    (slip,) = pack.check(coverage)
    assert (slip.code, slip.path, slip.nearest) == ("E08", "step[0].covers[1]", ("s1.alarm",))
    assert pack.check() == []


def test_a_coverage_file_that_cannot_be_read_is_told_and_the_rest_is_checked(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("not TOML")
    pack.edit(GUIDE, "revision = 2", 'revision = "2"')
    assert [s.code for s in pack.check(tmp_path / "bad.toml")] == ["E01", "E06"]
    assert "E02" in [s.code for s in pack.check(tmp_path / "none.toml")]


def test_the_coverage_report_says_where_each_item_stands(pack: Pack, coverage: Path) -> None:
    found = {one.id: (one.covers, one.mentions, one.met) for one in standings(pack.root, coverage)}
    assert found == {
        "s1.name-it": (("when-a-promise-broke/say-it-plainly",), (), True),
        "s1.alarm": ((), ("when-a-promise-broke/settle-first",), True),
        "s1.dots": (("after-a-promise",), (), True),
        "s1.nice": ((), (), False),
    }


# --- a reader's own folder --------------------------------------------------------------------------


def test_e22_an_id_that_is_built_in_needs_replaces(pack: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    own(pack, folder, BREATH)
    (slip,) = [s for s in check(folder, today=TODAY, shipped=pack.root) if s.code.startswith("E")]
    assert (slip.code, slip.path, slip.line) == ("E22", "exercise.id", 4)
    own(pack, folder, BREATH, ("summary =", "replaces = true\nsummary ="))
    assert [s for s in check(folder, today=TODAY, shipped=pack.root) if s.code.startswith("E")] == []


def test_e22_a_gate_is_never_replaced_and_a_new_one_is_welcome(pack: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    own(pack, folder, "en/gates.toml", ('id = "body-tools"', 'id = "my-gate"'))
    slips = [s for s in check(folder, today=TODAY, shipped=pack.root) if s.code == "E22"]
    assert [(s.path, s.what) for s in slips] == [
        ("gate[0].id", "a gate can't be replaced"),
        ("gate[2].id", "a gate can't be replaced"),
    ]


def test_a_readers_own_folder_may_use_what_is_shipped(pack: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    path = own(pack, folder, GUIDE, ("when-a-promise-broke", "my-own"), ('"my-own/say', '"when-a-promise-broke/say'))
    path.rename(path.with_name("my-own.toml"))
    assert check(folder, today=TODAY, shipped=pack.root) == []


@pytest.mark.parametrize("what", ["missing", "empty", "a file"])
def test_a_folder_that_cannot_be_read_is_an_error_of_its_own(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "folder"
    if what == "empty":
        folder.mkdir()
    elif what == "a file":
        folder.write_text("")
    with pytest.raises(ReadError) as caught:
        check(folder, today=TODAY)
    assert caught.value.exit_code == ExitCode.CANNOT_READ_OR_WRITE


# --- one file ---------------------------------------------------------------------------------------


def test_one_file_of_a_pack_is_checked_against_its_pack(pack: Pack) -> None:
    assert check_file(pack.root / GUIDE, today=TODAY) == []
    pack.edit(GUIDE, '"breath-long-out"]', '"breath-longout"]')
    pack.edit(GUIDE, "Breathe out slowly", "Just breathe out slowly")
    slips = check_file(pack.root / GUIDE, today=TODAY)
    assert [(s.code, s.path) for s in slips] == [("W37", "step[1].text"), ("E08", "step[1].launch[1]")]


def test_one_file_on_its_own_is_checked_against_the_shipped_content(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "my-own.toml"
    path.write_text(pack.read(GUIDE).replace("when-a-promise-broke", "my-own"))
    assert check_file(path, today=TODAY, shipped=pack.root) == []


def test_e22_one_file_on_its_own_with_a_built_in_id_is_told(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "urge.toml"
    path.write_text(pack.read("en/exercises/urge.toml"))
    assert [s.code for s in check_file(path, today=TODAY, shipped=pack.root)] == ["E22"]


@pytest.mark.parametrize(
    "name", ["en/gates.toml", "en/pack.toml", "helplines/xx.toml", "sources.toml", "en/practice.toml"]
)
def test_any_kind_of_file_can_be_checked_alone(pack: Pack, name: str) -> None:
    assert check_file(pack.root / name, today=TODAY) == []


def test_a_file_that_says_nothing_of_what_it_holds_is_an_error_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "notes.toml"
    path.write_text("hello = 1\n")
    with pytest.raises(ReadError):
        check_file(path, today=TODAY)
    with pytest.raises(ReadError):
        check_file(tmp_path / "none.toml", today=TODAY)
