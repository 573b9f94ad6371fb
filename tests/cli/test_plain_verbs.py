"""The verbs that need no journal: whole as linear text, whatever state anything else is in."""

import re
from datetime import date
from pathlib import Path

import pytest
from journal_verb import posix
from pty_terminal import Terminal

from trustkit.companion import Companion
from trustkit.library import EMERGENCY
from trustkit.model.exercise import Breathing, Grounding
from trustkit.model.support import NONE_FOR_HARM, TOPICS
from trustkit.paths import Paths
from trustkit.text_width import cells

GATED = """
format = 1
[guide]
id = "two-of-us"
title = "For the two of us"
summary = "A page that asks first."
audience = ["everyone"]
shelf = "any-time"
gates = ["safety-check"]
own = true
status = "ready"
revision = 1
updated = 2026-11-22
closing = "That is all."
[[step]]
id = "one"
title = "One page"
text = '''
{text}
'''
"""
TWENTY_FIVE_WORDS = (
    "This page is only here so that something stands behind the question, and it says the word lighthouse once " * 2
)


@pytest.fixture
def companion(home: Path) -> Companion:
    """What the verbs read from."""
    return Companion.start(Paths.find(home), with_vault=False)


@pytest.fixture
def gated(home: Path) -> str:
    """A reader's own guide behind a question."""
    folder = home / "content" / "en" / "guides"
    folder.mkdir(parents=True)
    (folder / "two-of-us.toml").write_text(GATED.format(text=TWENTY_FIVE_WORDS), encoding="utf-8")
    return "two-of-us"


def flat(text: str) -> str:
    return " ".join(text.split())


VERBS = [("support",), ("support", "us"), ("practice", "list", "--all"), ("read",), ("read", "safe-first"), ("ground",)]


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_lines_fit_eighty_columns_and_hold_nothing_to_obey(words, trustkit) -> None:
    ran = trustkit(*words)

    assert ran.code == 0
    assert all(cells(line) <= 80 for line in ran.out.splitlines())
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ran.out)
    assert "**" not in ran.out


@posix
@pytest.mark.parametrize("columns", [20, 40, 200])
def test_lines_fit_the_window_and_never_run_wider_than_eighty(columns: int, home) -> None:
    with Terminal("--data-dir", home, "support", "us", size=(columns, 300)) as terminal:
        assert terminal.wait() == 0
        lines = terminal.raw.decode().replace("\r", "").split("\n")

    assert max(map(cells, lines)) <= min(columns, 80)


@pytest.mark.parametrize(
    "harm",
    [
        lambda home: (home / "key.age").mkdir(parents=True),
        lambda home: home.write_text("a file"),
        lambda home: (home / "config" / "settings.toml").mkdir(parents=True),
        lambda home: _write(home / "entries" / "2026" / "11" / f"{'a' * 26}.{'b' * 10}.toml.age", "sealed, and no key"),
    ],
    ids=["a folder for a key", "a file for a folder", "a folder for settings", "no key"],
)
@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_trouble_with_a_journal_is_no_trouble_for_them(words, harm, home, trustkit) -> None:
    harm(home)

    ran = trustkit(*words)

    assert ran.code == 0
    assert ran.out


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text)


# -- support


@pytest.mark.parametrize("region", ["us", "gb", "xx", "US", "uk"])
def test_support_begins_with_the_emergency_number_and_names_what_matters(region: str, trustkit) -> None:
    ran = trustkit("support", region)

    assert (ran.code, ran.err) == (0, "")
    headings = [line for line in ran.out.splitlines() if line in TOPICS.values()]
    assert headings[0] == TOPICS["emergency"]
    assert {TOPICS["abuse"], TOPICS["crisis"], TOPICS["using-harm"]} <= set(headings)
    assert flat(ran.out).count("not confirmed by us: numbers change.") >= 1


def test_every_number_stands_with_how_sure_anybody_is_of_it(trustkit, companion) -> None:
    said = flat(trustkit("support", "gb").out)

    lines = companion.library.helplines("gb")
    assert lines
    for line in lines:
        assert flat(line.name) in said
        for contact in (line.phone, line.text, line.chat):
            assert contact in said
        assert f"{line.standing[0].upper()}{line.standing[1:]}" in said


def test_a_place_without_a_list_gets_the_numbers_for_anywhere(trustkit) -> None:
    ran = trustkit("support", "zz")

    assert ran.code == 0
    assert ran.out == trustkit("support", "xx").out
    assert "no list for that place yet" in ran.err


def test_a_place_may_be_named_as_people_name_it_and_all_of_them_are_listed(trustkit, companion) -> None:
    listed = trustkit("support", "--list").out
    for region in companion.regions():
        assert f"{region.id} {region.name_in('en')}\n" in listed
    for typed in ("germany", "Deutschland", "DE"):
        assert trustkit("support", typed).out == trustkit("support", "de").out
    assert trustkit("support", "united").err.startswith("There is no list for that place yet")


def test_where_no_number_is_known_that_is_said(trustkit) -> None:
    assert flat(NONE_FOR_HARM) in flat(trustkit("support", "us").out)


def test_the_place_from_the_settings_is_used(trustkit, home) -> None:
    _write(home / "config" / "settings.toml", 'region = "gb"\n')

    assert trustkit("support").out == trustkit("support", "gb").out


def test_support_says_the_first_thing_even_without_any_content(trustkit, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("trustkit.paths.shipped_content", lambda: tmp_path / "gone")

    ran = trustkit("support")

    assert ran.code == 0
    assert flat(EMERGENCY) in flat(ran.out)


# -- read


def test_every_guide_is_listed_and_can_be_read_to_its_end(trustkit, companion) -> None:
    listed = trustkit("read").out
    for guide in companion.library.guides.values():
        assert f"  {guide.id}: " in listed
        ran = trustkit("read", guide.id)
        assert ran.code == 0
        for step in guide.steps:
            assert flat(step.title) in flat(ran.out)


def test_a_note_stands_before_the_page_it_is_for(trustkit, companion) -> None:
    guide = companion.library.guide("calm-body")
    said = flat(trustkit("read", "calm-body").out)

    note = flat(companion.library.gates["body-tools"].text)[:60]
    assert said.index(note) < said.index(flat(guide.opening)[:40]) < said.index(flat(guide.steps[0].text)[:40])


def test_one_step_can_be_read_alone(trustkit) -> None:
    ran = trustkit("read", "calm-body/your-own-signs")

    assert "Your own signs" in ran.out
    assert "An alarm, not a flaw" not in ran.out


@pytest.mark.parametrize("place", ["no-such-guide", "calm-body/no-such-step", "/", "calm-bodi"])
def test_a_place_that_is_not_there_is_told(place: str, trustkit) -> None:
    ran = trustkit("read", place)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1


def test_printed_somewhere_a_question_stands_before_what_it_guards(trustkit, gated) -> None:
    said = flat(trustkit("read", gated).out)

    assert said.index("without being afraid") < said.index("trustkit read safe-first") < said.index("lighthouse")


@posix
@pytest.mark.parametrize(
    ("typed", "comes", "stays_away"),
    [
        ("1", "lighthouse", "If any answer worries you"),
        ("", "lighthouse", "If any answer worries you"),
        ("7", "lighthouse", "If any answer worries you"),
        ("2", "If any answer worries you", "lighthouse"),
        ("3", "If any answer worries you", "lighthouse"),
    ],
)
def test_asked_at_a_terminal_an_answer_leads_where_it_says(typed, comes, stays_away, home, gated) -> None:
    with Terminal("--data-dir", home, "read", gated, size=(80, 300)) as terminal:
        terminal.see("without being afraid", "to read it on your own:")
        assert "lighthouse" not in terminal.text
        terminal.type(f"{typed}\r")
        assert terminal.wait() == 0
        assert comes in terminal.text
        assert stays_away not in terminal.text


# -- practice, ground, breathe


def test_everything_to_practise_is_listed_with_the_verb_that_begins_it(trustkit, companion) -> None:
    said = flat(trustkit("practice", "list", "--all").out)

    for group in companion.library.groups:
        for name in group.exercises:
            exercise = companion.library.exercise(name)
            verb = {Breathing: "breathe", Grounding: "ground"}.get(type(exercise.body))
            assert flat(exercise.title) in said
            assert (f"`trustkit {verb} {name}`" if verb else f"`trustkit practice play {name}`") in said


def test_patterns_with_a_hold_wait_to_be_asked_for(trustkit) -> None:
    ran = trustkit("practice", "list")

    assert "breath-box" not in ran.out
    assert "--all" in ran.err
    assert "breath-box" in trustkit("practice", "list", "--all").out


def test_every_grounding_is_printed_whole(trustkit, companion) -> None:
    for exercise in companion.library.exercises.values():
        if isinstance(exercise.body, Grounding):
            said = flat(trustkit("ground", exercise.id).out)
            for moment in exercise.body.moments:
                assert flat(moment.say) in said


@posix
def test_at_a_terminal_grounding_waits_for_enter(home, companion) -> None:
    moments = companion.library.exercise("ground-room").body.moments
    with Terminal("--data-dir", home, "ground", size=(80, 80)) as terminal:
        terminal.see("How are you right now?")
        terminal.press("enter")
        for moment in moments:
            terminal.see(moment.say)
            assert not any(flat(later.say) in flat(terminal.text) for later in moments[moments.index(moment) + 1 :])
            terminal.press("enter")
        terminal.wait_until(lambda: terminal.text.count("How are you right now?") == 2, "the second mark")
        terminal.press("enter")
        terminal.see("Done for now")
        terminal.press("enter")
        assert terminal.wait() == 0


@posix
def test_grounding_may_be_stopped_and_hears_a_kind_word(home) -> None:
    with Terminal("--data-dir", home, "ground") as terminal:
        terminal.see("How are you right now?")
        terminal.press("enter")
        terminal.see("Enter brings the next part")
        terminal.press("^c")
        assert terminal.wait() == 130
        assert "You stopped. That is allowed, every time." in flat(terminal.text)


@pytest.mark.parametrize(
    "words",
    [("breathe", "ground-room"), ("ground", "breath-even"), ("breathe", "breath-bokx"), ("ground", "journal-free")],
    ids=" ".join,
)
def test_an_exercise_of_another_kind_is_told_how_it_opens(words, trustkit) -> None:
    ran = trustkit(*words)

    assert (ran.code, ran.out) == (1, "")
    assert "trustkit" in ran.err


def test_minutes_and_rounds_are_one_question(trustkit) -> None:
    assert trustkit("breathe", "--minutes", "2", "--rounds", "3").code == 2


@pytest.mark.parametrize(
    ("words", "rounds"),
    [((), None), (("--rounds", "3"), 3), (("--minutes", "2"), 12), (("breath-even", "--minutes", "1"), 8)],
    ids=["as the pattern has it", "rounds", "minutes", "another pattern"],
)
def test_a_breath_is_handed_over_as_it_was_asked_for(words, rounds, trustkit, monkeypatch) -> None:
    played = []
    monkeypatch.setattr("trustkit.cli.inline.run_inline", lambda *what, **how: played.append((what, how)))

    assert trustkit("breathe", *words).code == 0

    (pattern, title, caution, asked), how = played[0]
    assert isinstance(pattern, Breathing)
    assert title
    assert caution
    assert asked == rounds
    assert how == {"figure": "orb", "still": False, "plain": None}


def test_a_breath_follows_the_settings_and_plain_is_plain(trustkit, home, monkeypatch) -> None:
    _write(home / "config" / "settings.toml", 'figure = "bar"\nmotion = "still"\n')
    played = []
    monkeypatch.setattr("trustkit.cli.inline.run_inline", lambda *_, **how: played.append(how))

    trustkit("breathe", "--plain")

    assert played == [{"figure": "bar", "still": True, "plain": True}]


# -- check


def test_the_shipped_content_has_no_slip(trustkit) -> None:
    ran = trustkit("check", "--today", "2026-11-30")

    assert ran.code == 0
    assert " E" not in ran.out
    assert ran.err.startswith("no errors")


def test_a_slip_is_named_with_its_file_and_line(trustkit, tmp_path, gated, home) -> None:
    file = tmp_path / "two-of-us.toml"
    file.write_text(GATED.format(text=TWENTY_FIVE_WORDS).replace("own = true", "owm = true"), encoding="utf-8")

    ran = trustkit("check", file, "--today", "2026-11-30")

    assert ran.code == 1
    line = file.read_text().splitlines().index("owm = true") + 1
    assert f"{file}:{line}" in ran.out
    assert "owm" in ran.out
    assert "own" in ran.out


def test_a_warning_counts_as_an_error_only_when_asked(trustkit, tmp_path) -> None:
    file = tmp_path / "two-of-us.toml"
    file.write_text(GATED.format(text=TWENTY_FIVE_WORDS).replace('closing = "That is all."', ""), encoding="utf-8")

    usual = trustkit("check", file, "--today", "2026-11-30")
    strict = trustkit("check", file, "--strict", "--today", "2026-11-30")

    assert "W39" in usual.out
    assert (usual.code, strict.code) == (0, 1)
    assert usual.out == strict.out


def test_slips_are_told_to_programs_too(trustkit, tmp_path) -> None:
    import json

    file = tmp_path / "two-of-us.toml"
    file.write_text("format = 1\n[guide]\n", encoding="utf-8")

    ran = trustkit("check", file, "--json", "--today", "2026-11-30")

    found = json.loads(ran.out)
    assert ran.code == 1
    assert found["format"] == 1
    assert {slip["code"] for slip in found["slips"]} >= {"E05"}
    assert all(slip["file"] == str(file) for slip in found["slips"])


@pytest.mark.parametrize("name", ["nowhere", "nowhere.toml"])
def test_a_folder_that_cannot_be_read_is_told(name: str, trustkit, tmp_path) -> None:
    ran = trustkit("check", tmp_path / name)

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1


def test_ages_are_reckoned_from_the_injected_day(trustkit, monkeypatch, clock) -> None:
    asked = []
    monkeypatch.setattr("trustkit.library.check", lambda *_, today, **__: asked.append(today) or [])

    trustkit("check")
    trustkit("check", "--today", "2030-01-02")

    assert asked == [date(2026, 11, 22), date(2030, 1, 2)]
