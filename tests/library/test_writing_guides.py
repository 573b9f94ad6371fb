"""The guide for authors says what is true: its example works as it stands, and nothing of the grammar is missing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from trustkit.library import Library, check
from trustkit.library.grammar import Table
from trustkit.library.schema import EXERCISES, FILES, HEADS, KNOWN_GATES
from trustkit.paths import shipped_content

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "writing-guides.md").read_text(encoding="utf-8")
TRANSLATING = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
HELPLINES = re.compile(r"^```toml\n# content/helplines/is\.toml\n(.*?)^```$", re.M | re.S)
EXAMPLES = re.findall(r"^```toml\n# content/(en/\S+\.toml)\n(.*?)^```$", GUIDE, re.M | re.S)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A reader's own folder with the files of the example in it."""
    for name, text in EXAMPLES:
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_example_has_a_guide_an_exercise_and_a_list_of_signs() -> None:
    assert [Path(name).parts[1] for name, _ in EXAMPLES] == ["guides", "exercises", "signs"]


def test_the_example_has_no_slip(own: Path) -> None:
    assert [slip.as_text() for slip in check(own, today=date(2026, 11, 22))] == []


def test_the_example_stands_on_the_shelf(own: Path) -> None:
    library = Library(shipped_content(), own)
    guide = library.guide("when-a-promise-broke")
    assert guide.by_reader
    assert guide.steps[0].launch == ("three-plain-lines",)
    assert library.exercise("three-plain-lines").by_reader
    assert [sign.go for sign in library.signs_list("since-the-promise").signs] == ["", "safe-first/if-it-worries-you"]


@pytest.mark.parametrize("page", [GUIDE, TRANSLATING], ids=["writing-guides", "translating"])
def test_the_example_of_numbers_has_no_slip_and_is_found_by_typing(page: str, tmp_path: Path) -> None:
    (text,) = HELPLINES.findall(page)
    file = tmp_path / "helplines" / "is.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    assert [slip.as_text() for slip in check(tmp_path, today=date(2026, 11, 22))] == []
    library = Library(shipped_content(), tmp_path)
    region = library.region("is")
    typed = ("Iceland", "island", "is") if page is GUIDE else ("Iceland", "איסלנד", "אייסלנד")
    assert all(region.called(one) == 0 for one in typed)
    assert library.helplines("is")[0].phone == "000"
    assert {line.note_in("he") for line in library.helplines("is")} >= (
        {"לסכנה עכשיו."} if page is TRANSLATING else {""}
    )


def test_the_example_of_numbers_shows_every_field_that_a_line_and_a_place_may_have() -> None:
    (text,) = HELPLINES.findall(GUIDE)
    used = set(re.findall(r"^([a-z_]+) =", text, re.M)) | set(re.findall(r"^\[+([a-z]+)", text, re.M))
    assert used == (keys_of(FILES["helplines"]) | {"format"}) - {"draft"}


def keys_of(table: Table) -> set[str]:
    inner = (key.table for key in table.keys.values() if key.table is not None)
    return set(table.keys).union(*map(keys_of, inner))


TABLES = {**FILES, **EXERCISES}


@pytest.mark.parametrize("name", TABLES)
def test_every_field_and_table_is_named(name: str) -> None:
    named = set(re.findall(r"[a-z][a-z_]*", " ".join(re.findall(r"`([^`\n]+)`", GUIDE))))
    assert keys_of(TABLES[name]) - named == set()


def test_every_type_of_exercise_every_gate_and_every_kind_of_file_is_named() -> None:
    rules = {gate for gate, kind in KNOWN_GATES.items() if kind == "rule"}
    for name in (*EXERCISES, *(set(KNOWN_GATES) - rules), *(f"[{head}]" for head in HEADS.values())):
        assert f"`{name}`" in GUIDE


def test_every_message_is_explained_and_no_other() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "trustkit" / "library").glob("*.py"))
    used = set(re.findall(r'"([EW]\d\d)"', sources))
    assert set(re.findall(r"^\| ([EW]\d\d) \| ", GUIDE.partition("## Every message")[2], re.M)) == used


def test_every_way_to_another_part_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^a-z -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", GUIDE, re.M)
    }
    for file, _, part in (link.partition("#") for link in re.findall(r"\]\(([^)]+)\)", GUIDE)):
        assert not file or (ROOT / "docs" / file).is_file()
        assert not part or part in headings
