"""What the library gives a reader, and what it does with files that are broken or missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pytest

from trustkit.errors import NotFound
from trustkit.library import EMERGENCY, Library, document, try_out
from trustkit.model import exercise as ex
from trustkit.model.guide import Answer, Evidence, Guide

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.conftest import Pack
    from trustkit.library.files import Place

GUIDE = "en/guides/when-a-promise-broke.toml"
PRACTICE = "en/practice.toml"
BREATH = "en/exercises/breath-long-out.toml"
TODAY = date(2026, 11, 22)


def test_a_guide_comes_with_everything_its_file_says(pack: Pack) -> None:
    guide = pack.library().guide("when-a-promise-broke")
    assert (guide.title, guide.shelf, guide.audience, guide.revision) == (
        "When a promise broke",
        "first",
        ("hurt", "both"),
        2,
    )
    assert guide.updated == date(2026, 11, 21)
    first, second = guide.steps
    assert first.try_ == "Write three short lines."
    assert first.launch_hurt == ("what-was-promised",)
    assert first.for_broke == "You could leave this page to them."
    assert second.launch == ("ground-senses", "breath-long-out")
    assert second.evidence == (Evidence("It helps many people.", "s1", "not-checked"),)
    assert second.mentions == ("s1.alarm",)
    assert (guide.language, guide.file, guide.by_reader) == ("en", str(pack.root / GUIDE), False)


@pytest.mark.parametrize("name", ex.TYPES)
def test_every_type_of_exercise_becomes_its_own_model(pack: Pack, name: str) -> None:
    found = [one for one in pack.library().exercises.values() if one.type == name]
    assert [type(one.body) for one in found] == [ex.TYPES[name]]


def test_numbers_flags_and_lists_of_an_exercise_arrive(pack: Pack) -> None:
    library = pack.library()
    breath = library.exercise("breath-long-out").body
    assert breath == ex.Breathing(
        8, (ex.Phase("in", 4.0, "Breathe in"), ex.Phase("out", 6.0, "Let it go slowly")), (6, 30)
    )
    assert library.exercise("i-statement").unsafe_if == frozenset({"fear", "control"})
    choice = library.exercise("feelings").body.choices[1]  # type: ignore[union-attr]
    assert (choice.go, choice.sets) == ("helplines/abuse", frozenset({"fear"}))


def test_minutes_are_worked_out_where_a_file_says_nothing(pack: Pack) -> None:
    pack.edit(GUIDE, "minutes = 1\n", "")
    library = pack.library()
    assert library.guide("when-a-promise-broke").minutes == 1
    assert library.guide_heads["when-a-promise-broke"].minutes == 1
    assert library.exercise("breath-long-out").minutes == 2  # 80 seconds
    assert library.exercise("urge").minutes == 2


@pytest.mark.parametrize(
    ("purpose", "keep"),
    [
        ("stay", "ask"),
        ("go", "ask-each-time"),
        ("help", "never"),
        ("safety", "never"),
        ("body", "ask"),
        ("repair", "ask"),
    ],
)
def test_what_a_sign_list_keeps_follows_from_its_purpose(pack: Pack, purpose: str, keep: str) -> None:
    pack.edit("en/signs/after-a-promise.toml", 'purpose = "repair"', f'purpose = "{purpose}"')
    assert pack.library().signs_list("after-a-promise").keep == keep


def test_guides_stand_by_shelf_then_order_then_title(pack: Pack) -> None:
    pack.edit("en/shelves.toml", "order = 1\n", 'order = 1\n\n[[shelf]]\nid = "decide"\ntitle = "Decide"\norder = 0\n')
    text = pack.read(GUIDE)
    for name, shelf, order, title in (
        ("a", "first", 2, "A"),
        ("b", "first", 1, "Z"),
        ("c", "first", 1, "b"),
        ("d", "decide", 9, "D"),
    ):
        made = text.replace("when-a-promise-broke", f"{name}-{name}").replace(
            'shelf = "first"', f'shelf = "{shelf}"\norder = {order}'
        )
        pack.write(f"en/guides/{name}-{name}.toml", made.replace("When a promise broke", title))
    library = pack.library()
    expected = ["d-d", "when-a-promise-broke", "c-c", "b-b", "a-a"]
    assert list(library.guide_heads) == expected
    assert list(library.guides) == expected
    assert list(library.guide_heads) == expected


def test_heads_say_what_the_guides_say(pack: Pack) -> None:
    skimmed = pack.library().guide_heads
    read = pack.library()
    read.load_all()
    assert skimmed == read.guide_heads
    head = skimmed["when-a-promise-broke"]
    assert [(step.id, step.title) for step in head.steps] == [
        ("say-it-plainly", "Say it plainly, to yourself"),
        ("settle-first", "Settle before you speak"),
    ]


def test_a_head_is_not_led_astray_by_tables_inside_long_texts(pack: Pack) -> None:
    trick = '\n[[step]]\nid = "not-a-step"\ntitle = "No"\n# """ in a note\n'
    pack.edit(GUIDE, "minutes = 1\n", f"minutes = 1\nopening = '''{trick}'''\n# \"\"\" in a note\n")
    head = pack.library().guide_heads["when-a-promise-broke"]
    assert [step.id for step in head.steps] == ["say-it-plainly", "settle-first"]


def test_drafts_show_in_previews_alone(pack: Pack) -> None:
    pack.edit(GUIDE, 'status = "ready"\n', "")
    library = pack.library()
    assert library.guides == {}
    assert library.guide_heads == {}
    with pytest.raises(NotFound, match="still a draft"):
        library.guide("when-a-promise-broke")
    tried = try_out(pack.root / GUIDE, today=TODAY)
    assert isinstance(tried.thing, Guide)
    assert tried.thing.status == "draft"
    assert tried.library.guide("when-a-promise-broke") is tried.thing
    assert tried.slips == ()


def test_a_guide_is_found_by_the_id_it_used_to_have(pack: Pack) -> None:
    pack.edit(GUIDE, 'shelf = "first"', 'shelf = "first"\nwas = ["broken-promise"]')
    library = pack.library()
    assert library.guide("broken-promise") is library.guide("when-a-promise-broke")


def test_what_is_not_there_is_not_found_and_the_nearest_is_named(pack: Pack) -> None:
    library = pack.library()
    with pytest.raises(NotFound, match="when-a-promise-broke"):
        library.guide("when-a-promise-brok")
    with pytest.raises(NotFound, match="breath-long-out"):
        library.exercise("breath-longout")
    with pytest.raises(NotFound, match="no sign list called"):
        library.signs_list("x\x1b[31m")
    with pytest.raises(NotFound) as caught:
        library.guide("x\x1b[31m")
    assert "\x1b" not in str(caught.value)


# --- broken files -----------------------------------------------------------------------------------


def test_a_broken_file_is_left_out_and_named_and_the_rest_loads(pack: Pack) -> None:
    pack.edit(BREATH, "seconds = 6", "seconds = six")
    library = pack.library()
    assert len(library.exercises) == 7
    with pytest.raises(NotFound, match="has a slip in its file"):
        library.exercise("breath-long-out")
    assert [(slip.file, slip.code) for slip in library.slips if slip.code == "E01"] == [
        (str(pack.root / BREATH), "E01")
    ]


def test_only_the_button_that_leads_nowhere_is_left_out(pack: Pack) -> None:
    (pack.root / BREATH).unlink()
    library = pack.library()
    assert library.guide("when-a-promise-broke").steps[1].launch == ("ground-senses",)
    assert library.needs[0].offer == ("ground-senses",)
    assert "breath-long-out" not in library.groups[0].exercises
    assert {(slip.path, slip.code) for slip in library.slips} == {
        ("step[1].launch[1]", "E08"),
        ("need[0].offer[1]", "E08"),
        ("group[0].exercises[0]", "E08"),
    }


def test_a_way_out_of_danger_that_leads_nowhere_leads_to_the_helplines(pack: Pack) -> None:
    (pack.root / GUIDE).unlink()
    library = pack.library()
    answers = library.gates["safety-check"].answers
    assert answers[1] == Answer(
        "No", "helplines", "Thank you for being straight about that.", frozenset({"fear", "control"})
    )
    assert answers[0].go == "on"
    assert library.signs_list("after-a-promise").signs[1].go == "helplines"
    assert library.needs[1].go == "helplines"


def test_a_way_to_a_draft_is_left_out_without_a_word(pack: Pack) -> None:
    text = pack.read(GUIDE).replace("when-a-promise-broke", "not-yet").replace('status = "ready"', 'status = "draft"')
    pack.write("en/guides/not-yet.toml", text)
    pack.edit(GUIDE, 'see = ["when-a-promise-broke/say-it-plainly"]', 'see = ["not-yet", "not-yet/settle-first"]')
    library = pack.library()
    assert library.guide("when-a-promise-broke").steps[1].see == ()
    assert library.slips == ()


def test_a_claim_is_never_shown_without_its_source(pack: Pack) -> None:
    pack.edit(GUIDE, 'source = "s1", standing', 'source = "s9", standing')
    assert pack.library().guide("when-a-promise-broke").steps[1].evidence == ()


def test_advice_never_loses_its_gate(pack: Pack) -> None:
    pack.edit(GUIDE, 'gates = ["safety-check"]', 'gates = ["safty-check"]')
    library = pack.library()
    assert library.guides == {}
    assert ("guide.gates[0]", "safety-check") in [(slip.path, *slip.nearest[:1]) for slip in library.slips]


@pytest.mark.parametrize("harm", ["missing", "broken", "one row"])
def test_a_gate_that_cannot_be_read_has_a_cautious_stand_in(pack: Pack, harm: str) -> None:
    if harm == "missing":
        (pack.root / "en/gates.toml").unlink()
    elif harm == "broken":
        pack.write("en/gates.toml", "not TOML")
    else:
        pack.edit("en/gates.toml", 'ask = "Can you say no', 'asked = "Can you say no')
    library = pack.library()
    gate = library.gates["safety-check"]
    assert gate.kind == "ask"
    assert gate.ask
    assert {answer.go for answer in gate.answers} == {"on", "helplines"}
    assert any(answer.sets for answer in gate.answers)
    assert library.gates["dark-thoughts"].kind == "note"
    assert EMERGENCY in library.gates["dark-thoughts"].text
    assert ("body-tools" in {g.id for g in library.gates.values() if "Small and gentle" in g.text}) == (
        harm == "one row"
    )
    assert "when-a-promise-broke" in library.guides


def test_one_bad_row_of_a_collection_does_not_hide_the_others(pack: Pack) -> None:
    text = pack.read("helplines/xx.toml")
    second = text.split("\n\n", 1)[1].replace("example-line", "second-line").replace('grade = "A"', 'grade = "Z"')
    pack.write("helplines/xx.toml", text + "\n" + second)
    library = pack.library()
    assert [line.id for line in library.helplines("xx")] == ["example-line"]
    assert [(slip.path, slip.code, slip.within) for slip in library.slips] == [
        ("helpline[1].grade", "E07", "second-line")
    ]


def test_time_that_passes_takes_no_number_off_the_screen(pack: Pack) -> None:
    pack.edit("helplines/xx.toml", "2026-11-01", "2001-01-01")
    assert [line.id for line in pack.library().helplines("xx")] == ["example-line"]


def test_an_empty_or_missing_folder_still_gives_safety_words_and_shelves(tmp_path: Path) -> None:
    library = Library(tmp_path / "nowhere", tmp_path / "nor-here")
    library.load_all()
    assert EMERGENCY in library.pack.urgent
    assert library.guides == {}
    assert library.helplines("us") == ()
    assert [shelf.id for shelf in library.shelves][:2] == ["first", "understand"]
    assert library.gates["safety-check"].answers
    assert library.slips == ()


# --- helplines --------------------------------------------------------------------------------------


def test_helplines_of_a_region_leave_out_drafts_and_fall_back_to_worldwide(pack: Pack) -> None:
    row = pack.read("helplines/xx.toml")
    drafts = row.replace("example-line", "from-memory").replace('grade = "A"', 'grade = "C"\ndraft = true')
    pack.write("helplines/gb.toml", row.replace("example-line", "gb-line") + drafts.split("\n\n", 1)[1])
    pack.write("helplines/de.toml", drafts)
    library = pack.library()
    assert library.regions == ("de", "gb", "xx")
    assert [(line.id, line.region) for line in library.helplines("gb")] == [("gb-line", "gb")]
    assert [line.id for line in library.helplines("de")] == ["example-line"]
    assert [line.id for line in library.helplines("../../etc")] == ["example-line"]
    assert library.helplines("xx")[0].note_in("es") == "Puede llamar cualquiera."


# --- a reader's own folder --------------------------------------------------------------------------


def own_file(pack: Pack, own: Path, name: str, *changes: tuple[str, str]) -> None:
    text = pack.read(name)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (own / name).parent.mkdir(parents=True, exist_ok=True)
    (own / name).write_text(text)


def test_a_readers_own_file_is_laid_over_the_shipped_one(pack: Pack, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own_file(
        pack, own, BREATH, ("summary =", "replaces = true\nsummary ="), ('title = "breath-long-out"', 'title = "Mine"')
    )
    exercise = pack.library(own).exercise("breath-long-out")
    assert (exercise.title, exercise.by_reader) == ("Mine", True)


def test_a_readers_own_file_must_say_that_it_replaces(pack: Pack, tmp_path: Path) -> None:
    own_file(pack, tmp_path / "own", BREATH, ('title = "breath-long-out"', 'title = "Mine"'))
    library = pack.library(tmp_path / "own")
    assert library.exercise("breath-long-out").title == "breath-long-out"
    assert [slip.code for slip in library.slips] == ["E22"]


def test_a_broken_file_of_a_readers_own_gives_way_to_the_shipped_one(pack: Pack, tmp_path: Path) -> None:
    own_file(
        pack, tmp_path / "own", BREATH, ("summary =", "replaces = true\nsummary ="), ("seconds = 6", "seconds = 60")
    )
    library = pack.library(tmp_path / "own")
    assert library.exercise("breath-long-out").by_reader is False
    assert [slip.file for slip in library.slips] == [str(tmp_path / "own" / BREATH)]


def test_a_readers_own_guide_stands_among_the_others(pack: Pack, tmp_path: Path) -> None:
    text = pack.read(GUIDE).replace("when-a-promise-broke", "my-own").replace("When a promise", "After a promise")
    (tmp_path / "own/en/guides").mkdir(parents=True)
    (tmp_path / "own/en/guides/my-own.toml").write_text(text)
    library = pack.library(tmp_path / "own")
    assert list(library.guide_heads) == ["my-own", "when-a-promise-broke"]
    assert library.guide_heads["my-own"].by_reader


def test_gates_can_never_be_replaced(pack: Pack, tmp_path: Path) -> None:
    own_file(pack, tmp_path / "own", "en/gates.toml", ("Can you say no", "Do you like cats, or say no"))
    library = pack.library(tmp_path / "own")
    assert library.gates["safety-check"].ask.startswith("Can you say no")
    assert {(slip.code, slip.what) for slip in library.slips} == {("E22", "a gate can't be replaced")}


def test_a_readers_own_rows_are_added_behind_the_shipped_ones(pack: Pack, tmp_path: Path) -> None:
    own_file(pack, tmp_path / "own", "helplines/xx.toml", ("example-line", "my-line"))
    assert [line.id for line in pack.library(tmp_path / "own").helplines("xx")] == ["example-line", "my-line"]


def test_an_exercise_from_the_vault_is_read_from_its_text(pack: Pack) -> None:
    library = pack.library()
    exercise, slips = library.exercise_from(pack.read(BREATH).replace('"breath-long-out"', '"mine"'), "mine")
    assert exercise is not None
    assert (exercise.id, exercise.by_reader, slips) == ("mine", True, ())
    broken, slips = library.exercise_from("type = ?", "mine")
    assert broken is None
    assert [slip.code for slip in slips] == ["E01"]


# --- cheap, lazy, and safe from several threads -----------------------------------------------------


def test_nothing_is_read_until_it_is_asked_for(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    begin = document.Document.__init__

    def spy(self: document.Document, place: Place, text: str | None = None) -> None:
        read.append(place.path.name)
        begin(self, place, text)

    monkeypatch.setattr(document.Document, "__init__", spy)
    library = pack.library()
    assert read == []
    assert library.pack.language == "en"
    assert read == ["pack.toml"]
    assert list(library.guide_heads) == ["when-a-promise-broke"]
    assert read == ["pack.toml", "shelves.toml"]
    assert library.exercises["urge"] is library.exercise("urge")
    assert library.exercises.get("no-such") is None
    assert not {"log.toml", "when-a-promise-broke.toml", "after-a-promise.toml"} & set(read)
    library.load_all()
    library.load_all()
    assert len(read) == len(set(read)) == len(list(pack.root.rglob("*.toml")))


def test_lines_are_worked_out_only_for_files_with_findings(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    pack.edit(BREATH, "seconds = 6", "seconds = 60")
    counted: list[str] = []
    lines = document.Lines

    def spy(text: str) -> document.Lines:
        counted.append(text)
        return lines(text)

    monkeypatch.setattr(document, "Lines", spy)
    library = pack.library()
    library.load_all()
    assert counted == []
    assert {slip.file for slip in library.slips} == {str(pack.root / name) for name in (BREATH, GUIDE, PRACTICE)}
    assert sorted(counted) == sorted(pack.read(name) for name in (BREATH, GUIDE, PRACTICE))


def test_reading_from_many_threads_gives_each_the_same(pack: Pack) -> None:
    library = pack.library()
    kinds = ("guides", "exercises", "signs", "gates", "needs", "guide_heads", "slips", "groups") * 8
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda kind: (kind, getattr(library, kind)), kinds))
    for kind, value in found:
        assert value == getattr(library, kind)
    assert library.guides["when-a-promise-broke"] is library.guide("when-a-promise-broke")
