"""What one row of a table can't say about a code: several files, bytes, ages, and how a report reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pack_files import BREATH, GATES, GUIDE, LINES, SIGNS

if TYPE_CHECKING:
    from tests.library.conftest import Pack


def test_e02_names_the_byte_that_is_not_utf8(pack: Pack) -> None:
    pack.write(GUIDE, pack.read(GUIDE).encode("utf-8") + b"# caf\xe9\n")
    (slip,) = [s for s in pack.check() if s.code == "E02"]
    assert slip.line == (pack.root / GUIDE).read_bytes().count(b"\n")
    assert "0xe9" in slip.found
    assert "UTF-8" in slip.expected


@pytest.mark.parametrize("data", [b"", b"\n \n\t\n"])
def test_e02_names_an_empty_file(pack: Pack, data: bytes) -> None:
    pack.write(GUIDE, data)
    (slip,) = [s for s in pack.check() if s.code == "E02"]
    assert "empty" in slip.what


def test_e02_lets_a_byte_order_mark_and_windows_line_ends_pass(pack: Pack) -> None:
    pack.write(GUIDE, b"\xef\xbb\xbf" + pack.read(GUIDE).replace("\n", "\r\n").encode())
    assert pack.check() == []


def test_e11_names_the_other_file_of_two_with_one_id(pack: Pack) -> None:
    pack.write("en/exercises/urge-two.toml", pack.read("en/exercises/urge.toml"))
    slips = [s for s in pack.check() if s.code == "E11"]
    assert len(slips) == 1
    assert slips[0].file.endswith("urge-two.toml")
    assert "urge.toml:4" in slips[0].expected


def test_e11_an_old_id_of_a_guide_is_still_its_own(pack: Pack) -> None:
    text = pack.read(GUIDE).replace('id = "when-a-promise-broke"', 'id = "another"\nwas = ["when-a-promise-broke"]')
    pack.write("en/guides/another.toml", text)
    assert [s.code for s in pack.check() if s.code.startswith("E")] == ["E11"]


def test_w36_tells_the_age_and_the_longest_sentence(pack: Pack) -> None:
    hard = (
        "Experiencing hypervigilance subsequent to interpersonal betrayal constitutes a normative physiological "
        "response characterised by involuntary anticipatory monitoring of environmental contingencies. "
    )
    pack.edit(GUIDE, "Before you talk to anyone,", hard * 2 + "Before you talk to anyone,")
    (slip,) = [s for s in pack.check() if s.code == "W36"]
    assert slip.path == "step[0].text"
    assert "Flesch–Kincaid grade" in slip.found
    assert "Experiencing hypervigilance" in slip.found


def test_w38_a_way_to_a_draft_is_told_and_is_no_error(pack: Pack) -> None:
    draft = pack.read(GUIDE).replace("when-a-promise-broke", "not-yet").replace('status = "ready"', 'status = "draft"')
    pack.write("en/guides/not-yet.toml", draft)
    pack.edit(GUIDE, 'see = ["when-a-promise-broke/say-it-plainly"]', 'see = ["not-yet/settle-first"]')
    (slip,) = pack.check()
    assert (slip.code, slip.path, slip.found) == ("W38", "step[1].see[0]", '"not-yet/settle-first"')


def test_w38_a_draft_may_point_to_a_draft(pack: Pack) -> None:
    draft = pack.read(GUIDE).replace("when-a-promise-broke", "not-yet").replace('status = "ready"', 'status = "draft"')
    pack.write("en/guides/not-yet.toml", draft)
    assert pack.check() == []


def test_w39_a_ready_guide_needs_a_way_onward(pack: Pack) -> None:
    text = pack.read(GUIDE)
    for key in ("closing", "launch_hurt", "launch", "see"):
        text = "\n".join(line for line in text.split("\n") if not line.startswith(f"{key} ="))
    pack.write(GUIDE, text)
    assert [(s.code, s.path) for s in pack.check()] == [("W39", "guide")]
    pack.write(GUIDE, text.replace('status = "ready"', 'status = "draft"'))
    assert "W39" not in {s.code for s in pack.check()}


def test_all_problems_of_all_files_come_in_one_run_sorted_by_file_and_line(pack: Pack) -> None:
    pack.edit(GUIDE, "revision = 2", 'revision = "2"')
    pack.edit(GUIDE, "aside =", "asides =")
    pack.edit(SIGNS, 'severity = "danger"', 'severity = "dangerous"')
    pack.edit(BREATH, "rounds = 8", "rounds = ")
    pack.edit(LINES, 'grade = "A"', 'grade = "D"')
    slips = pack.check()
    assert [s.code for s in slips] == ["E01", "E06", "E04", "E07", "E07"]
    assert slips == sorted(slips, key=lambda s: (s.file, s.line))


def test_a_report_reads_as_authors_know_it(pack: Pack) -> None:
    pack.edit(GUIDE, '"breath-long-out"]', '"breath-longout"]')
    (slip,) = pack.check()
    assert slip.as_text() == (
        f"{pack.root / GUIDE}:42  step[1].launch[1] (settle-first)  E08 unknown exercise\n"
        '    found     "breath-longout"\n'
        "    expected  the id of an exercise\n"
        '    nearest   "breath-long-out"'
    )
    assert slip.as_dict() == {
        "file": str(pack.root / GUIDE),
        "line": 42,
        "path": "step[1].launch[1]",
        "within": "settle-first",
        "code": "E08",
        "what": "unknown exercise",
        "found": '"breath-longout"',
        "expected": "the id of an exercise",
        "nearest": ["breath-long-out"],
    }


def test_files_that_nobody_would_look_into_are_named(pack: Pack) -> None:
    pack.write("en/guide/lost.toml", "format = 1\n")
    pack.write("en/gate.toml", "format = 1\n")
    pack.write("source.toml", "format = 1\n")
    found = {(s.file.removeprefix(f"{pack.root}/"), s.code, s.nearest[:1]) for s in pack.check()}
    assert found == {
        ("en/guide", "E04", ("guides",)),
        ("en/gate.toml", "E04", ("gates.toml",)),
        ("source.toml", "E04", ("sources.toml",)),
    }


def test_content_under_a_name_that_is_not_read_is_named(pack: Pack) -> None:
    text = (pack.root / GUIDE).read_text(encoding="utf-8")
    unread = ["en/guides/a.toml.txt", "en/guides/b.TOML", "en/guides/c.txt", "en/exercises/d.tml", "en/e", "f.Toml"]
    unread += ["helplines/g.toml.bak"]
    for name in unread:
        pack.write(name, text)
    pack.write("en/guides/below/h.toml", text)
    found = {s.file.removeprefix(f"{pack.root}/") for s in pack.check() if s.code == "E04"}
    assert found == {*unread, "en/guides/below"}


def test_other_files_may_lie_beside_content(pack: Pack) -> None:
    for name in ("en/guides/README.md", "LICENSE", "en/notes.txt", "en/guides/calm.toml~", "en/guides/.x.toml.swp"):
        pack.write(name, "for myself")
    assert pack.check() == []


def test_names_that_begin_with_an_underscore_or_a_dot_are_a_writers_own(pack: Pack) -> None:
    for name in ("en/guides/_template.toml", "en/guides/.draft.toml", "_notes/x.toml", "en/_old/x.toml"):
        pack.write(name, "not TOML at all")
    assert pack.check() == []


def test_a_whole_pack_needs_its_notices_and_its_gates(pack: Pack) -> None:
    (pack.root / GATES).unlink()
    slips = [s for s in pack.check() if s.code == "E05"]
    assert [s.file for s in slips] == [str(pack.root / GATES)]


def test_ages_are_counted_to_the_day_that_is_given(pack: Pack) -> None:
    assert [s.code for s in pack.check(today=date(2027, 10, 31))] == []
    assert [s.code for s in pack.check(today=date(2027, 11, 1))] == ["W34"]
    assert [s.code for s in pack.check(today=date(2028, 11, 1))] == ["W34"]
    assert [s.code for s in pack.check(today=date(2028, 11, 2))] == ["E21"]
