"""Content made to harm, or absurd by accident: refused by name, and the rest still loads."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from trustkit.library import Library, check, check_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.conftest import Pack

GUIDE = "en/guides/when-a-promise-broke.toml"
TODAY = date(2026, 11, 22)
STEERING = [
    "\x1b",
    "\x9b",
    "\x00",
    "\x07",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u2028",
    "\u200b",
    "\ufeff",
    "\U000e0041",
    "\ue000",
]


@pytest.mark.parametrize("character", STEERING, ids=lambda c: f"U+{ord(c):04X}")
@pytest.mark.parametrize("key", ["title", "text", "summary", "id", "launch", "a key's name"])
def test_a_character_that_steers_a_terminal_reaches_neither_model_nor_report(
    pack: Pack, character: str, key: str
) -> None:
    escape = f"\\U{ord(character):08x}"
    places = {
        "title": 'title = "Settle before you speak"',
        "text": "You are not putting anybody",
        "summary": 'summary = "For the evening',
        "id": 'id = "settle-first"',
        "launch": 'launch = ["ground-senses"',
        "a key's name": "minutes = 1",
    }
    old = places[key]
    pack.edit(GUIDE, old, f'"{escape}[31m" = 1' if key == "a key's name" else old[:-1] + escape + old[-1:])
    library = pack.library()
    slips = (*library.slips, *pack.check())
    assert any(slip.file.endswith("broke.toml") and slip.is_error for slip in slips)
    for slip in slips:
        assert character not in slip.as_text()
    for guide in library.guides.values():
        assert character not in "".join(str(step) for step in guide.steps) + guide.title + guide.summary


def test_marks_that_real_scripts_need_are_let_through(pack: Pack) -> None:
    pack.edit(GUIDE, "You are not putting anybody", "می\u200cخواهم and \u200fשלום\u200e. You are not putting anybody")
    assert pack.check() == []


def test_a_file_name_cannot_steer_a_terminal_either(pack: Pack) -> None:
    pack.write("en/guides/\x1b]0;owned\x07.toml", "not TOML")
    for slip in (*pack.check(), *pack.library().slips):
        assert slip.as_text().replace("\n", "").isprintable()


def test_a_file_past_one_mebibyte_is_refused_without_being_read_in_full(pack: Pack) -> None:
    path = pack.write("en/guides/huge.toml", "")
    os.truncate(path, 50 * 1024 * 1024)  # sparse: nothing is written
    (slip,) = [s for s in pack.check() if s.file.endswith("huge.toml")]
    assert (slip.code, slip.what) == ("E02", "too large")
    assert "when-a-promise-broke" in pack.library().guides


def test_ten_thousand_steps_are_refused_in_one_line(pack: Pack) -> None:
    step = '\n[[step]]\nid = "s{}"\ntitle = "T"\ntext = "w"\n'
    pack.write(GUIDE, pack.read(GUIDE) + "".join(step.format(i) for i in range(10_000)))
    slips = [s for s in pack.check() if s.file.endswith("broke.toml")]
    assert "10002 of [[step]]" in {s.found for s in slips}
    assert len(slips) <= 201


def test_a_file_full_of_slips_is_not_listed_to_the_end(pack: Pack) -> None:
    pack.write(GUIDE, pack.read(GUIDE) + "".join(f"key{i} = 1\n" for i in range(50_000)))
    slips = [s for s in pack.check() if s.file.endswith("broke.toml")]
    assert len(slips) == 201
    assert any("and more" in slip.what for slip in slips)


@pytest.mark.parametrize(
    "absurd",
    [
        "x = " + "[" * 100_000 + "]" * 100_000,
        "x = " + "{a=" * 50_000 + "1" + "}" * 50_000,
        "a." * 200_000 + "b = 1",
        "[" + "a." * 200_000 + "b]",
        '["' + '"."'.join("a" * 100_000) + '"]',
        "x = " + "9" * 100_000,
        "x = 0x" + "f" * 100_000,
        "x = [" + "'a'," * 200_000 + "]",
        "[[step]]\n" * 60_000,
        'x = "' + '\\"' * 200_000 + '"',
        'x = """' + '""\\' * 50_000,
        "x = 1e999999\ny = nan\nz = -inf",
        "=" * 500_000,
    ],
    ids=lambda text: text[:14],
)
def test_absurd_toml_is_named_and_hides_nothing(pack: Pack, absurd: str) -> None:
    pack.write("en/guides/absurd.toml", f"format = 1\n{absurd}\n")
    assert any(s.file.endswith("absurd.toml") and s.is_error for s in pack.check())
    library = pack.library()
    assert list(library.guide_heads) == ["when-a-promise-broke"]
    assert list(library.guides) == ["when-a-promise-broke"]
    assert any(s.file.endswith("absurd.toml") for s in library.slips)


@pytest.mark.parametrize(
    "value", ["nan", "inf", "-inf", "1e308", "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffff"]
)
def test_numbers_beyond_all_bounds_are_no_seconds(pack: Pack, value: str) -> None:
    pack.edit("en/exercises/breath-long-out.toml", "seconds = 6", f"seconds = {value}")
    assert "E07" in {s.code for s in pack.check()}
    assert "breath-long-out" not in pack.library().exercises


def test_a_word_without_an_end_is_no_text(pack: Pack) -> None:
    pack.edit(GUIDE, 'for_hurt = "The page', f'for_hurt = "{"x" * 100_000} The page')
    assert "E12" in {s.code for s in pack.check()}


@pytest.mark.parametrize("where", ["en/guides/linked.toml", "en/gates.toml", "sources.toml"])
def test_a_link_that_leads_out_of_the_folder_is_refused(pack: Pack, tmp_path: Path, where: str) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text("format = 1\nsecret = 'not for readers'\n")
    link = pack.root / where
    link.unlink(missing_ok=True)
    link.symlink_to(secret)
    slips = pack.check()
    assert next((s.code, s.found) for s in slips if s.file == str(link)) == (
        "E02",
        "a link that leads out of the folder",
    )
    assert all("not for readers" not in s.as_text() for s in slips)
    assert any(s.file == str(link) for s in pack.library().slips)


def test_a_folder_that_leads_out_is_refused_as_a_whole(pack: Pack, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (pack.root / "en").rename(outside)
    (pack.root / "en").symlink_to(outside)
    assert Library(pack.root).guides == {}
    assert any(s.found == "a link that leads out of the folder" for s in Library(pack.root).slips)


def test_a_link_inside_the_folder_and_a_linked_folder_are_fine(pack: Pack, tmp_path: Path) -> None:
    text = pack.read("en/exercises/urge.toml").replace('id = "urge"', 'id = "urge-again"')
    pack.write("en/_shared.toml", text)
    (pack.root / "en/exercises/urge-again.toml").symlink_to(pack.root / "en/_shared.toml")
    (tmp_path / "elsewhere").symlink_to(pack.root)
    assert "urge-again" in Library(tmp_path / "elsewhere").exercises


def test_a_link_to_itself_is_refused(pack: Pack) -> None:
    loop = pack.root / "en/guides/loop.toml"
    loop.symlink_to(loop)
    assert [s.code for s in pack.check()] == ["E02"]
    assert len(pack.library().guides) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_a_folder_in_the_place_of_a_file_is_not_waited_for(pack: Pack) -> None:
    os.mkfifo(pack.root / "en/guides/pipe.toml")
    (pack.root / "en/guides/folder.toml").mkdir()
    assert {s.code for s in pack.check()} == {"E02", "E04"}
    assert len(pack.library().guides) == 1
    assert check_file(pack.root / GUIDE, today=TODAY) == []


def test_more_files_than_anybody_writes_are_not_all_read(pack: Pack) -> None:
    for number in range(1100):
        (pack.root / f"en/guides/g{number}.toml").write_text("x")
    slips = check(pack.root, today=TODAY)
    assert "too many files" in {s.what for s in slips}
    assert len(slips) < 1100


def test_markup_of_other_programs_is_only_words(pack: Pack) -> None:
    pack.edit(GUIDE, "You are not putting anybody", "[bold red]You[/] are $HOME %s {0} not putting anybody")
    assert pack.check() == []
    assert "[bold red]You[/] are $HOME %s {0} not" in pack.library().guide("when-a-promise-broke").steps[0].text


def test_a_folder_of_ones_own_is_read_up_to_a_size_and_the_rest_is_said(pack: Pack, tmp_path: Path) -> None:
    """What somebody else put there must not hold up every start."""
    own = tmp_path / "own"
    folder = own / "en" / "guides"
    folder.mkdir(parents=True)
    for number in range(1000):
        path = folder / f"g{number:03}.toml"
        path.touch()
        os.truncate(path, 1024 * 1024)  # sparse: nothing is written
    library = Library(pack.root, own)
    slips = [slip for slip in library.slips if slip.file.startswith(str(own))]
    assert len(slips) <= 10
    assert any((slip.code, slip.what) == ("E12", "too large") for slip in slips)
    assert "when-a-promise-broke" in library.guides
