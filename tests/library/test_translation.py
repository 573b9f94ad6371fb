"""Translations: whole files, faithful in everything but words, English where one is missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from trustkit.library import check_file, try_out
from trustkit.model.guide import Guide

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.conftest import Pack

GUIDE = "en/guides/when-a-promise-broke.toml"
BREATH = "en/exercises/breath-long-out.toml"
SIGNS = "en/signs/after-a-promise.toml"
TODAY = date(2026, 11, 22)


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


@pytest.fixture
def hebrew(pack: Pack) -> Pack:
    """A small language that runs from right to left: words of its own, not copies of the English ones."""
    pack.hebrew()
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


def test_the_language_of_a_pack_is_the_name_of_its_folder(spanish: Pack) -> None:
    spanish.edit("es/pack.toml", 'language = "es"', 'language = "pt"')
    assert [(s.code, s.path) for s in spanish.check()] == [("E10", "pack.language")]


@pytest.mark.parametrize("language", ["../../etc", "", "es/..", "x" * 500])
def test_a_language_that_is_no_tag_is_english(pack: Pack, language: str) -> None:
    assert pack.library(language=language).language == "en"


# --- a draft, and a single file -----------------------------------------------------------------------


def test_readers_keep_the_english_guide_until_its_translation_is_ready(spanish: Pack) -> None:
    there = "es/guides/when-a-promise-broke.toml"
    spanish.edit(there, 'status = "ready"', 'status = "draft"')
    library = spanish.library(language="es")
    assert library.guide("when-a-promise-broke").language == "en"
    assert library.guide_heads["when-a-promise-broke"].language == "en"
    assert list(library.guides) == ["when-a-promise-broke"]
    assert library.slips == ()
    assert try_out(spanish.root / there, today=TODAY).thing.language == "es"


def test_a_translator_who_checks_one_file_hears_of_drift_and_age(spanish: Pack) -> None:
    there = "es/guides/when-a-promise-broke.toml"
    spanish.edit(there, 'gates = ["body-tools"]\n', "")
    spanish.edit(GUIDE, "revision = 2", "revision = 3")
    alone = check_file(spanish.root / there, today=TODAY)
    assert [(slip.code, slip.path) for slip in alone] == [("W33", "guide.translated_from"), ("E20", "step[1].gates")]
    assert alone == spanish.check()


def test_a_translator_may_look_at_a_file_that_has_drifted(spanish: Pack) -> None:
    spanish.edit("es/guides/when-a-promise-broke.toml", 'gates = ["body-tools"]\n', "")
    tried = try_out(spanish.root / "es/guides/when-a-promise-broke.toml", today=TODAY)
    assert isinstance(tried.thing, Guide)
    assert tried.thing.title == "Cuando una promesa se rompió"
    assert not tried.sound


# --- from right to left ---------------------------------------------------------------------------------


def test_a_right_to_left_language_is_checked_like_any_other(hebrew: Pack) -> None:
    assert hebrew.check() == []
    library = hebrew.library(language="he")
    assert library.languages == ("en", "he")
    assert library.pack.direction == "rtl"
    assert library.guide("when-a-promise-broke").title == "כשהבטחה נשברה"
    assert library.gates["safety-check"].answers[1].label == "לא"
    assert library.slips == ()


def test_what_is_not_translated_is_english_from_left_to_right(hebrew: Pack) -> None:
    library = hebrew.library(language="he")
    assert library.exercise("breath-long-out").language == "he"
    assert (library.exercise("urge").language, library.exercise("urge").title) == ("en", "urge")
    (hebrew.root / "he/guides/when-a-promise-broke.toml").unlink()
    assert hebrew.library(language="he").guide("when-a-promise-broke").title == "When a promise broke"


@pytest.mark.parametrize(("said", "found"), [('direction = "rtl"\n', "ltr"), ("rtl", "ltr")])
def test_a_pack_says_which_way_its_words_run(hebrew: Pack, said: str, found: str) -> None:
    hebrew.edit("he/pack.toml", said, "" if "=" in said else "ltr")
    (slip,) = hebrew.check()
    assert (slip.code, slip.path, slip.found) == ("E07", "pack.direction", f'"{found}"')
    assert '"rtl"' in slip.expected
    assert hebrew.library().languages == ("en",)


def test_a_language_that_runs_from_left_to_right_does_not_say_otherwise(spanish: Pack) -> None:
    spanish.edit("es/pack.toml", 'language = "es"', 'language = "es"\ndirection = "rtl"')
    assert [(slip.code, slip.path) for slip in spanish.check()] == [("E07", "pack.direction")]


def test_marks_that_a_script_needs_stay_and_marks_that_reorder_a_line_are_refused(hebrew: Pack) -> None:
    there = "he/guides/when-a-promise-broke.toml"
    hebrew.edit(there, "כשהבטחה נשברה", "כשהבטחה\u200f נשברה (trustkit\u200e)")
    assert hebrew.check() == []
    hebrew.edit(there, "\u200f", "\u202e")
    assert [(slip.code, slip.path) for slip in hebrew.check()] == [("E13", "guide.title")]


def test_a_translator_s_own_folder_lies_over_english(pack: Pack, tmp_path: Path) -> None:
    pack.hebrew()
    own = tmp_path / "own"
    guide = pack.read("he/guides/when-a-promise-broke.toml").replace('when-a-promise-broke"', 'my-own"', 1)
    (own / "he" / "guides").mkdir(parents=True)
    (own / "he" / "guides" / "my-own.toml").write_text(guide, encoding="utf-8")
    assert pack.library(own, "he").guide("my-own").by_reader
    assert "my-own" not in pack.library(own, "en").guides
