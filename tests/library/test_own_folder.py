"""A reader's own folder: what it may take the place of, and what it never can."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from trustkit.errors import NotFound, ReadError, UsageError, WriteError
from trustkit.library import check, check_file
from trustkit.library.begin import begin
from trustkit.paths import shipped_content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.conftest import Pack

GUIDE = "guides/when-a-promise-broke.toml"
TODAY = date(2026, 12, 1)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def put(own: Path, name: str, text: str) -> Path:
    path = own / "en" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def replacing(pack: Pack, name: str) -> str:
    """A shipped file as somebody would change it: every gate and every `unsafe_if` taken out."""
    lines = pack.read(f"en/{name}").replace("revision =", "replaces = true\nrevision =", 1).split("\n")
    return "\n".join(line for line in lines if not line.startswith(("gates =", "unsafe_if =")))


# --- in place of a shipped file ---------------------------------------------------------------------------


def test_a_replaced_guide_keeps_every_gate_of_the_shipped_one(pack: Pack, own: Path) -> None:
    put(own, GUIDE, replacing(pack, GUIDE).replace("When a promise broke", "My own words"))
    guide = pack.library(own).guide("when-a-promise-broke")
    assert guide.title == "My own words"
    assert guide.gates == ("safety-check",)
    assert guide.steps[1].gates == ("body-tools",)


def test_a_replaced_exercise_keeps_its_gates_and_is_not_offered_when_the_shipped_one_is_not(
    pack: Pack, own: Path
) -> None:
    put(own, "exercises/i-statement.toml", replacing(pack, "exercises/i-statement.toml"))
    exercise = pack.library(own).exercise("i-statement")
    assert exercise.by_reader
    assert exercise.gates == ("safety-check",)
    assert not exercise.offered(frozenset({"fear"}))


def test_gates_of_one_s_own_are_added_behind_the_shipped_ones(pack: Pack, own: Path) -> None:
    text = replacing(pack, GUIDE).replace('shelf = "first"', 'shelf = "first"\ngates = ["body-tools"]')
    put(own, GUIDE, text)
    assert pack.library(own).guide("when-a-promise-broke").gates == ("safety-check", "body-tools")


def test_readers_keep_the_shipped_guide_while_its_replacement_is_a_draft(pack: Pack, own: Path) -> None:
    put(own, GUIDE, replacing(pack, GUIDE).replace('status = "ready"', 'status = "draft"'))
    library = pack.library(own)
    assert not library.guide("when-a-promise-broke").by_reader
    assert [head.by_reader for head in library.guide_heads.values()] == [False]
    assert library.slips == ()


def test_a_guide_in_one_s_own_folder_may_open_an_exercise_there(pack: Pack, own: Path) -> None:
    urge = pack.read("en/exercises/urge.toml").replace('id = "urge"', 'id = "my-urge"')
    put(own, "exercises/my-urge.toml", urge)
    text = pack.read(f"en/{GUIDE}").replace('id = "when-a-promise-broke"', 'id = "my-own"')
    path = put(own, "guides/my-own.toml", text.replace('["ground-senses",', '["my-urge",'))
    assert check_file(path, today=TODAY, shipped=pack.root) == []
    assert check(own, today=TODAY, shipped=pack.root) == []


def test_e22_is_told_for_one_file_as_for_the_whole_folder(pack: Pack, own: Path) -> None:
    paths = [
        put(own, GUIDE, pack.read(f"en/{GUIDE}")),
        put(own, "gates.toml", pack.read("en/gates.toml")),
        put(own, "shelves.toml", pack.read("en/shelves.toml")),
    ]
    whole = check(own, today=TODAY, shipped=pack.root)
    for path in paths:
        alone = check_file(path, today=TODAY, shipped=pack.root)
        assert {slip.code for slip in alone} == {"E22"}
        assert alone == [slip for slip in whole if slip.file == str(path)]


# --- beginning a file -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["when-a-friend-lied", "ab", "x" * 40, "trust-2"])
def test_a_guide_from_the_template_has_no_slip(own: Path, name: str) -> None:
    path = begin(name, own / "content", shipped_content(), today=TODAY)
    assert path == own / "content" / "en" / "guides" / f"{name}.toml"
    assert check_file(path, today=TODAY) == []
    assert check(own / "content", today=TODAY) == []


def test_a_guide_from_the_template_is_for_this_account_alone(own: Path) -> None:
    path = begin("my-own", own / "content", shipped_content(), today=TODAY)
    assert path.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in list(path.parents)[:4]} == {0o700}


def test_every_line_that_is_switched_off_in_the_template_can_be_switched_on(own: Path) -> None:
    path = begin("my-own", own / "content", shipped_content(), today=TODAY)
    text = path.read_text(encoding="utf-8")
    off = [line for line in text.split("\n") if line.startswith("# ") and " = " in line and '"' in line]
    assert len(off) >= 7
    for line in off:
        if not line.startswith("# sources"):  # that one stands in place of another
            text = text.replace(line, line.removeprefix("# "))
    path.write_text(text, encoding="utf-8")
    assert check_file(path, today=TODAY) == []


def test_a_template_is_never_a_guide_of_its_own(own: Path) -> None:
    begin("my-own", own / "content", shipped_content(), today=TODAY)
    assert not any(slip.file.endswith("_template.toml") for slip in check(shipped_content(), today=TODAY))


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("When a friend lied", "when-a-friend-lied"),
        ("Émilie's guide", "emilies-guide"),
        ("../../etc/passwd", "etc-passwd"),
        ("x", "when-a-friend-lied"),
        ("", "when-a-friend-lied"),
        ("a" * 41, "a" * 40),
        ("guide.toml", "guide-toml"),
        ("\x1b[31m", "when-a-friend-lied"),
    ],
)
def test_a_name_that_cannot_be_an_id_gets_two_sentences_and_a_better_one(own: Path, name: str, better: str) -> None:
    with pytest.raises(UsageError) as told:
        begin(name, own / "content", shipped_content(), today=TODAY)
    assert told.value.happened.startswith("A name has small letters")
    assert better in told.value.do_next or name == "\x1b[31m"
    assert "\x1b" not in str(told.value)
    assert not own.exists()


@pytest.mark.parametrize("name", ["first-days", "ground-room", "go"])
def test_a_name_that_is_taken_is_told_with_how_to_change_that_one(own: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"--copy-of {name}"):
        begin(name, own / "content", shipped_content(), today=TODAY)


def test_nothing_is_ever_overwritten(own: Path) -> None:
    path = begin("my-own", own / "content", shipped_content(), today=TODAY)
    path.write_text("mine")
    with pytest.raises(UsageError, match="left as it is"):
        begin("my-own", own / "content", shipped_content(), today=TODAY)
    assert path.read_text() == "mine"
    link = path.with_name("a-link.toml")
    link.symlink_to(own / "elsewhere")
    with pytest.raises(UsageError, match="left as it is"):
        begin("a-link", own / "content", shipped_content(), today=TODAY)
    assert not (own / "elsewhere").exists()


def test_a_folder_that_is_no_content_folder_gets_the_file_itself(own: Path, tmp_path: Path) -> None:
    desktop = tmp_path / "desktop"
    path = begin("my-own", desktop, shipped_content(), today=TODAY)
    assert path == desktop / "my-own.toml"
    assert check_file(path, today=TODAY) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("")
    with pytest.raises(WriteError, match="can't be written"):
        begin("my-own", file / "content", shipped_content(), today=TODAY)


def test_without_a_template_it_is_told(own: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="_template"):
        begin("my-own", own, tmp_path / "nothing", today=TODAY)


@pytest.mark.parametrize("name", ["first-days", "breath-box", "go"])
def test_a_copy_by_its_own_name_takes_the_place_of_the_shipped_one(own: Path, name: str) -> None:
    path = begin(name, own / "content", shipped_content(), today=TODAY, copy_of=name)
    assert check_file(path, today=TODAY) == []
    assert "replaces = true" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "copied"), [("my-days", "first-days"), ("my-box", "breath-box")])
def test_a_copy_by_another_name_is_something_new(own: Path, name: str, copied: str) -> None:
    path = begin(name, own / "content", shipped_content(), today=TODAY, copy_of=copied)
    assert path.stem == name
    assert [slip.code for slip in check_file(path, today=TODAY)] == []


def test_there_is_nothing_to_copy_by_that_name(own: Path) -> None:
    with pytest.raises(NotFound, match="first-days"):
        begin("my-days", own / "content", shipped_content(), today=TODAY, copy_of="frist-days")
