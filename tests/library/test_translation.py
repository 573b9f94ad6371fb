"""Translations: whole files, faithful in everything but words, English where one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.library.conftest import Pack

GUIDE = "en/guides/when-a-promise-broke.toml"
BREATH = "en/exercises/breath-long-out.toml"
SIGNS = "en/signs/after-a-promise.toml"


@pytest.fixture
def spanish(pack: Pack) -> Pack:
    """A small language: two notices, the gates, a guide, an exercise and a sign list."""
    pack.spanish(
        "en/pack.toml", **{'language = "en"': 'language = "es"\nbased_on = "2026.11.1"', "trustkit guides": "guías"}
    )
    pack.spanish("en/gates.toml", **{"Yes, mostly": "Sí, casi siempre"})
    pack.spanish(GUIDE, **{"When a promise broke": "Cuando una promesa se rompió"})
    pack.spanish(BREATH, **{'title = "breath-long-out"': 'title = "Un soplo más largo"'})
    pack.spanish(SIGNS, **{"What happened next?": "¿Qué pasó después?"})
    return pack


def test_a_faithful_translation_has_no_slip(spanish: Pack) -> None:
    assert spanish.check() == []


def test_a_file_that_is_missing_is_taken_whole_from_english(spanish: Pack) -> None:
    library = spanish.library(language="es")
    assert library.pack.title == "guías"
    assert library.guide("when-a-promise-broke").title == "Cuando una promesa se rompió"
    assert library.guide("when-a-promise-broke").language == "es"
    assert library.guide_heads["when-a-promise-broke"].language == "es"
    assert library.exercise("urge").language == "en"
    assert library.exercise("breath-long-out").title == "Un soplo más largo"
    assert library.gates["safety-check"].answers[0].label == "Sí, casi siempre"
    assert library.slips == ()


def test_a_language_is_offered_when_its_notices_and_gates_are_whole(spanish: Pack) -> None:
    spanish.write("fr/pack.toml", spanish.read("es/pack.toml").replace('language = "es"', 'language = "fr"'))
    library = spanish.library()
    assert library.languages == ("en", "es")
    (spanish.root / "es/gates.toml").unlink()
    assert spanish.library().languages == ("en",)
    assert any(s.code == "E20" and s.file.endswith("es/gates.toml") for s in spanish.check())


@pytest.mark.parametrize(
    ("name", "old", "new", "path", "says"),
    [
        (GUIDE, 'id = "settle-first"', 'id = "calma"', "step[1].id", "a step that is not in en"),
        (GUIDE, 'id = "settle-first"', 'id = "calma"', "step", 'no step "settle-first"'),
        (GUIDE, 'launch = ["ground-senses", "breath-long-out"]', 'launch = ["breath-long-out", "ground-senses"]',
         "step[1].launch", "launch"),
        (GUIDE, 'gates = ["body-tools"]\n', "", "step[1].gates", "gates"),
        (GUIDE, 'gates = ["safety-check"]\n', "", "guide.gates", "gates"),
        (GUIDE, 'opens = ["helplines"]\n', "", "step[1].opens", "opens"),
        (GUIDE, 'aside = "If you are', '#aside = "If you are', "step[1].aside", "aside left out"),
        (GUIDE, 'mentions = ["s1.alarm"]', 'mentions = ["s1.other"]', "step[1].mentions", "mentions"),
        (BREATH, "seconds = 6", "seconds = 8", "phase[1].seconds", "6.0"),
        (BREATH, "rounds = 8", "rounds = 9", "breathing.rounds", "rounds"),
        (SIGNS, 'severity = "danger"\n', "", "sign[1].severity", "danger"),
        (SIGNS, 'sets = ["fear", "control"]\n', "", "sign[1].sets", "sets"),
        ("en/gates.toml", 'go = "on"', 'go = "helplines"', "gate[0].answer[0].go", "go"),
    ],
)  # fmt: skip
def test_e20_tells_both_files_and_lines(spanish: Pack, name: str, old: str, new: str, path: str, says: str) -> None:
    there = name.replace("en/", "es/", 1)
    spanish.edit(there, old, new)
    (slip,) = [s for s in spanish.check() if s.code == "E20" and s.path == path]
    assert slip.file == str(spanish.root / there)
    assert str(spanish.root / name) + ":" in slip.expected
    assert says in slip.as_text()


def test_e20_the_line_in_english_is_the_line_of_that_very_key(spanish: Pack) -> None:
    spanish.edit("es/guides/when-a-promise-broke.toml", 'gates = ["body-tools"]', 'gates = ["safety-check"]')
    (slip,) = [s for s in spanish.check() if s.code == "E20"]
    assert f"{spanish.root / GUIDE}:45" in slip.expected
    assert slip.line == 46  # one line more: translated_from


def test_e20_steps_in_another_order_are_told_once(spanish: Pack) -> None:
    text = spanish.read("es/guides/when-a-promise-broke.toml")
    head, one, two = text.split("[[step]]\n")
    spanish.write("es/guides/when-a-promise-broke.toml", f"{head}[[step]]\n{two}\n[[step]]\n{one}")
    assert [(s.code, s.path) for s in spanish.check()] == [("E20", "step")]


def test_e20_lets_words_an_aside_more_and_missing_coverage_pass(spanish: Pack) -> None:
    there = "es/guides/when-a-promise-broke.toml"
    spanish.edit(there, 'covers = ["s1.name-it"]', 'aside = "Una nota más."')
    spanish.edit(there, 'try = "Write three short lines."\n', "")
    assert spanish.check() == []


def test_a_translation_that_lost_a_gate_gives_way_to_english(spanish: Pack) -> None:
    spanish.edit("es/guides/when-a-promise-broke.toml", 'gates = ["body-tools"]\n', "")
    library = spanish.library(language="es")
    assert library.guide("when-a-promise-broke").language == "en"
    assert [slip.code for slip in library.slips] == ["E20"]


def test_gates_are_never_half_in_each_language(spanish: Pack) -> None:
    spanish.edit("es/gates.toml", 'id = "body-tools"', 'id = "body-tool"')
    library = spanish.library(language="es")
    assert library.gates["safety-check"].answers[0].label == "Yes, mostly"
    assert library.languages == ("en",)


def test_w33_names_both_revisions(spanish: Pack) -> None:
    spanish.edit(GUIDE, "revision = 2", "revision = 3")
    (slip,) = spanish.check()
    assert (slip.code, slip.path, slip.found) == ("W33", "guide.translated_from", "made from 2")
    assert slip.expected.startswith("3, as in")


def test_w33_a_pack_made_from_an_older_release_is_told(spanish: Pack) -> None:
    spanish.edit("en/pack.toml", "2026.11.1", "2026.12.1")
    (slip,) = spanish.check()
    assert (slip.code, slip.path) == ("W33", "pack.based_on")


def test_a_translation_of_nothing_is_told(spanish: Pack) -> None:
    text = spanish.read("es/exercises/breath-long-out.toml").replace('id = "breath-long-out"', 'id = "soplo"')
    spanish.write("es/exercises/soplo.toml", text)
    assert [(s.code, s.what) for s in spanish.check()] == [("E20", "differs from en: no such file there")]


def test_english_rules_of_style_are_not_applied_to_other_languages(spanish: Pack) -> None:
    spanish.edit("es/guides/when-a-promise-broke.toml", "Breathe out slowly", "Just breathe, you must, it is easy")
    assert spanish.check() == []


def test_a_language_that_runs_from_right_to_left_says_so(pack: Pack) -> None:
    pack.spanish("en/pack.toml", **{'language = "en"': 'language = "es"\nbased_on = "2026.11.1"\ndirection = "rtl"'})
    assert pack.library(language="es").pack.direction == "rtl"


def test_the_language_of_a_pack_is_the_name_of_its_folder(spanish: Pack) -> None:
    spanish.edit("es/pack.toml", 'language = "es"', 'language = "pt"')
    assert [(s.code, s.path) for s in spanish.check()] == [("E10", "pack.language")]


@pytest.mark.parametrize("language", ["../../etc", "", "es/..", "x" * 500])
def test_a_language_that_is_no_tag_is_english(pack: Pack, language: str) -> None:
    assert pack.library(language=language).language == "en"
