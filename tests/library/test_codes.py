"""Every code of the validator: one change to a sound folder that brings it out, and a neighbour that does not.

A row says: in this file, this text becomes that; then this code stands at this path, on the line that holds
this piece of text, and its report says this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from pack_files import BREATH, BUILDER, GATES, GUIDE, LINES, PRACTICE, SIGNS

if TYPE_CHECKING:
    from tests.library.conftest import Pack


class Slips(NamedTuple):
    code: str
    file: str
    old: str
    new: str
    path: str
    line: str
    """A piece of the line it is reported on, as the file stands after the change."""
    says: str
    """Stands somewhere in the report."""


FAIL = [
    Slips("E01", GUIDE, 'title = "Settle before', "title = “Settle before", "", "title = “Settle", "straight quotes"),
    Slips("E01", GUIDE, 'shelf = "first"', 'shelf = "first', "", 'shelf = "first', "closing quote on the same line"),
    Slips("E01", GUIDE, 'try = "Write', 'try = "C:\\Write', "", 'try = "C:', "no backslash"),
    Slips("E01", GUIDE, "revision = 2", "revision = 2\nrevision = 3", "", "revision = 3", "each key once"),
    Slips("E01", GUIDE, 'try = "Write three short', 'try = "Write "three" short', "", "try =", "no straight quote"),
    Slips("E01", GUIDE, "or look round the room and name what is there.", '"""', "", "- one thing", "key = value"),
    Slips("E01", "en/pack.toml", 'trained to help.\n"""', "trained to help.", "", "notice =", "three closing quotes"),
    Slips("E01", GUIDE, "revision = 2", "revision = two", "", "revision = two", "quotes around text"),
    Slips("E01", BREATH, "also = [6, 30]", "also = [6, 30", "", "[[phase]]", "a closing ]"),
    Slips("E01", "en/exercises/urge.toml", "bell = true", "bell = True", "", "bell = True", "in small letters"),
    Slips("E01", "en/exercises/log.toml", "[tracker]", "[exercise]", "", "[exercise]\nevery", "each [table] once"),
    Slips("E03", GUIDE, "format = 1\n", "", "", "", "this trustkit reads format 1"),
    Slips("E03", GUIDE, "format = 1\n", "format = 2\n", "format", "format = 2", "this trustkit reads format 1"),
    Slips("E03", GUIDE, "format = 1\n", 'format = "1"\n', "format", "format =", "this trustkit reads format 1"),
    Slips("E04", GUIDE, "summary =", "sumary =", "guide.sumary", "sumary", '"summary"'),
    Slips("E04", GUIDE, "aside =", "asides =", "step[1].asides", "asides", '"aside"'),
    Slips("E04", GUIDE, "[guide]", "[guid]", "guid", "[guid]", '"guide"'),
    Slips(
        "E04",
        BREATH,
        '[[phase]]\ndo = "out"',
        '[[question]]\nid = "q"\nask = "?"\n\n[[phase]]\ndo = "out"',
        "question",
        "[[question]]",
        "it belongs to type reflection",
    ),
    Slips("E05", GUIDE, 'title = "When a promise broke"\n', "", "guide.title", "[guide]", 'title = "…"'),
    Slips("E05", GUIDE, 'sources = ["s1"]\n', "", "guide.sources", "[guide]", "own = true"),
    Slips(
        "E05",
        BREATH,
        'caution = "Dizzy? Go back to your usual breath."\n',
        "",
        "exercise.caution",
        "[exercise]",
        "breathing always has one",
    ),
    Slips(
        "E05",
        "en/exercises/log.toml",
        'choices = ["kept", "not kept"]\n',
        "",
        "field[1].choices",
        '[[field]]\nid = "kept"',
        "a choice has them",
    ),
    Slips(
        "E05", "en/exercises/log.toml", 'high = "much"\n', "", "field[2].high", '[[field]]\nid = "weight"', "each end"
    ),
    Slips("E05", BUILDER, 'if_no = "One real example is easier to hear."', "", "check[0].if_no", "[[check]]", "if_yes"),
    Slips("E05", PRACTICE, 'offer = ["ground-senses", "breath-long-out"]\n', "", "need[0].offer", "[[need]]", "or go"),
    Slips(
        "E05",
        GATES,
        'ask = "Can you say no to this person without being afraid of what they will do?"',
        "",
        "gate[0].ask",
        "[[gate]]",
        "a question",
    ),
    Slips(
        "E05",
        GATES,
        'text = "Small and gentle, eyes open; stop if it makes things worse."',
        "",
        "gate[1].text",
        '[[gate]]\nid = "body-tools"',
        "a note has a text",
    ),
    Slips("E05", "en/exercises/feelings.toml", "[checklist]\npick = 3\n", "", "checklist", "", "[checklist]"),
    Slips("E06", GUIDE, "revision = 2", 'revision = "2"', "guide.revision", "revision", "take the quotes off"),
    Slips(
        "E06", GUIDE, 'title = "When a promise broke"', "title = 7", "guide.title", "title = 7", "put quotes round it"
    ),
    Slips("E06", GUIDE, 'opens = ["helplines"]', 'opens = "helplines"', "step[1].opens", "opens", '["helplines"]'),
    Slips(
        "E06", GUIDE, "updated = 2026-11-21", 'updated = "2026-11-21"', "guide.updated", "updated", "take the quotes"
    ),
    Slips(
        "E06", GUIDE, "updated = 2026-11-21", "updated = 2026-11-21T10:00:00", "guide.updated", "updated", "with a time"
    ),
    Slips("E06", GUIDE, "revision = 2", "revision = true", "guide.revision", "revision", "a whole number"),
    Slips("E07", GUIDE, '"hurt", "both"', '"hurt", "boht"', "guide.audience[1]", "audience", '"both"'),
    Slips("E07", GUIDE, "minutes = 1", "minutes = 61", "guide.minutes", "minutes", "1 to 60"),
    Slips("E07", GUIDE, "minutes = 1", 'minutes = 1\npace = "about one a week"', "guide.pace", "pace", 'kind = "path"'),
    Slips(
        "E07", GUIDE, "minutes = 1", "minutes = 1\nreplaces = true", "guide.replaces", "replaces", "reader's own folder"
    ),
    Slips("E07", BREATH, "seconds = 6", "seconds = 12.5", "phase[1].seconds", "seconds = 12.5", "0.5 to 12"),
    Slips(
        "E07", "en/exercises/log.toml", "remind = false", "remind = true", "tracker.remind", "remind", "does not nag"
    ),
    Slips(
        "E07", LINES, "https://example.org/contact", "example", "helpline[0].checked_at", "checked_at", "web address"
    ),
    Slips(
        "E08", GUIDE, '"breath-long-out"]', '"breath-longout"]', "step[1].launch[1]", "launch = ", '"breath-long-out"'
    ),
    Slips(
        "E08", GUIDE, 'launch = ["ground-senses"', 'launch = ["privacy"', "step[1].launch[0]", "launch = ", "`opens`"
    ),
    Slips(
        "E08",
        GUIDE,
        'launch = ["ground-senses"',
        'launch = ["after-a-promise"',
        "step[1].launch[0]",
        "launch = ",
        "a sign list, which belongs in `signs`",
    ),
    Slips(
        "E08",
        GUIDE,
        'gates = ["body-tools"]',
        'gates = ["body-tool"]',
        "step[1].gates[0]",
        'gates = ["body',
        "body-tools",
    ),
    Slips("E08", GUIDE, 'shelf = "first"', 'shelf = "frist"', "guide.shelf", "shelf", '"first"'),
    Slips("E08", GUIDE, '/say-it-plainly"]', '/say-it-plain"]', "step[1].see[0]", "see = ", "broke/say-it-plainly"),
    Slips(
        "E08",
        GUIDE,
        'source = "s1", standing',
        'source = "s2", standing',
        "step[1].evidence[0].source",
        "evidence",
        "a source",
    ),
    Slips(
        "E08",
        SIGNS,
        '"when-a-promise-broke/settle-first"',
        '"helplines/abus"',
        "sign[1].go",
        "go = ",
        "helplines/abuse",
    ),
    Slips("E08", PRACTICE, 'go = "when-a', 'go = "where-a', "need[1].go", "go = ", "when-a-promise-broke/settle-first"),
    Slips(
        "E08", "en/exercises/log.toml", '"worries"]', '"worry"]', "exercise.next[0]", "next", "the id of an exercise"
    ),
    Slips("E09", GUIDE, 'id = "settle-first"', 'id = "Settle First!"', "step[1].id", "Settle First!", '"settle-first"'),
    Slips("E09", GUIDE, 'id = "settle-first"', 'id = "s"', "step[1].id", 'id = "s"', "2 to 40"),
    Slips(
        "E10",
        SIGNS,
        'id = "after-a-promise"',
        'id = "after-promise"',
        "signs.id",
        "after-promise",
        "after-promise.toml",
    ),
    Slips(
        "E11",
        SIGNS,
        'id = "made-me-doubt"',
        'id = "said-it-first"',
        "sign[1].id",
        'id = "said-it-first"\ntext = "They say',
        "after-a-promise.toml:14",
    ),
    Slips(
        "E11",
        GUIDE,
        'id = "settle-first"',
        'id = "settle-first"\nwas = ["say-it-plainly"]',
        "step[1].was",
        'was = ["say',
        "when-a-promise-broke.toml:18",
    ),
    Slips(
        "E12", GUIDE, "Before you talk to anyone", "word " * 200 + "Before", "step[0].text", "text = ", "at most 220"
    ),
    Slips(
        "E12",
        GUIDE,
        "promised, what came instead, and what it did to *you*.\n\nYou are not putting anybody on trial.",
        "",
        "step[0].text",
        "text =",
        "at least 25",
    ),
    Slips("E12", GUIDE, 'title = "Settle before', f'title = "{"x" * 61}', "step[1].title", "xxx", "at most 60"),
    Slips(
        "E12",
        GUIDE,
        'launch = ["ground-senses", ',
        'launch = ["urge", "log", "worries", "feelings", ',
        "step[1].launch",
        "launch = ",
        "5 items",
    ),
    Slips("E12", BREATH, "also = [6, 30]", "also = [6, 7, 8, 9]", "breathing.also", "also", "at most 3"),
    Slips("E12", GUIDE, 'audience = ["hurt", "both"]', "audience = []", "guide.audience", "audience", "at least 1"),
    Slips(
        "E12",
        GUIDE,
        'summary = "For the evening after someone let you down again."',
        'summary = " "',
        "guide.summary",
        "summary",
        "nothing between the quotes",
    ),
    Slips("E14", BUILDER, "{when}", "{whem}", "builder.template", "{whem}", '"when"'),
    Slips("E14", BUILDER, ", I feel {feel}", "", "blank[1].id", 'id = "feel"', "blank never used"),
    Slips("E14", BUILDER, "{feel}.", "{feel.", "builder.template", "{feel.", "a brace without a partner"),
    Slips("E15", BREATH, 'do = "out"', 'do = "rest"', "phase", "[[phase]]", "no phase goes out"),
    Slips("E15", BREATH, 'do = "in"', 'do = "hold"', "phase", "[[phase]]", "no phase goes in"),
    Slips(
        "E15",
        BREATH,
        '[6, 30]\n\n[[phase]]\ndo = "in"\nseconds = 4',
        '[6, 101]\n\n[[phase]]\ndo = "in"\nseconds = 6',
        "breathing.also[1]",
        "also",
        "101 rounds of 12 s: 20.2 minutes",
    ),
    Slips(
        "E15",
        BREATH,
        '[[phase]]\ndo = "out"',
        '[[phase]]\ndo = "hold"\nseconds = 7.5\nsay = "Wait"\n\n[[phase]]\ndo = "out"',
        "phase[1].seconds",
        "seconds = 7.5",
        "at most 7 s",
    ),
    Slips(
        "E16",
        SIGNS,
        'go = "when-a-promise-broke/settle-first"\n',
        "",
        "sign[1].go",
        '[[sign]]\nid = "made',
        "no way to help",
    ),
    Slips("E16", SIGNS, "broke/settle-first", "broke", "sign[1].go", "go = ", "a whole guide"),
    Slips(
        "E16", SIGNS, 'purpose = "repair"', 'purpose = "traps"', "sign[0].instead", "[[sign]]", "nothing to do instead"
    ),
    Slips(
        "E19", SIGNS, 'severity = "danger"', 'severity = "danger"\nweight = 3', "sign[1].weight", "weight", "no numbers"
    ),
    Slips(
        "E19", "en/exercises/feelings.toml", "pick = 3", "pick = 3\ntotal = true", "checklist.total", "total", "results"
    ),
    Slips("E21", LINES, 'phone = "000 000 000"\n', "", "helpline[0]", "[[helpline]]", "no way to reach it"),
    Slips("E21", LINES, "seen = 2025\nchecked_on = 2026-11-01\n", "", "helpline[0]", "[[helpline]]", "nobody has seen"),
    Slips("E21", LINES, "2026-11-01", "2024-11-21", "helpline[0].checked_on", "checked_on", "24 months ago"),
    Slips("E21", LINES, "2026-11-01", "2027-01-01", "helpline[0].checked_on", "checked_on", "still to come"),
    Slips("E21", LINES, 'grade = "A"', 'grade = "C"', "helpline[0].grade", "grade", "draft = true"),
    Slips(
        "E23",
        GATES,
        'go = "when-a-promise-broke/settle-first"',
        'go = "on"',
        "gate[0].answer",
        "[[gate.answer]]",
        "every",
    ),
    Slips("E23", GATES, 'go = "on"', 'go = "helplines"', "gate[0].answer", "[[gate.answer]]", "no answer goes on"),
    Slips("E23", GATES, "broke/settle-first", "broke", "gate[0].answer[1].go", 'go = "when', "a whole guide"),
    Slips("W31", GUIDE, "minutes = 1", "minutes = 12", "guide.minutes", "minutes", "1, from"),
    Slips(
        "W31",
        "en/exercises/urge.toml",
        "updated = 2026-11-21\n",
        "updated = 2026-11-21\nminutes = 9\n",
        "exercise.minutes",
        "minutes",
        "2, from its seconds",
    ),
    Slips("W32", PRACTICE, '"worries", "log"]', '"worries"]', "exercise.id", 'id = "log"', "nothing uses"),
    Slips("W32", GUIDE, 'gates = ["body-tools"]\n', "", "gate[1].id", 'id = "body-tools"', "gate that nothing uses"),
    Slips(
        "W32", GUIDE, 'signs = ["after-a-promise"]\n', "", "signs.id", "after-a-promise", "sign list that nothing uses"
    ),
    Slips("W34", LINES, "2026-11-01", "2025-11-22", "helpline[0].checked_on", "checked_on", "12 months ago"),
    Slips("W35", BREATH, "seconds = 6", "seconds = 3", "phase[1].seconds", "seconds = 3", "in 4 s, out 3 s"),
    Slips("W37", GUIDE, "Breathe out slowly", "You should breathe out slowly", "step[1].text", "You should", "could"),
    Slips("W37", SIGNS, "no excuse attached", "no red flags", "sign[0].text", "red flags", "warning sign"),
]


@pytest.mark.parametrize("slip", FAIL, ids=lambda slip: f"{slip.code}-{slip.path or 'file'}-{slip.new[:14]!r}")
def test_a_slip_is_found_named_and_placed(pack: Pack, slip: Slips) -> None:
    where = slip.file
    pack.edit(slip.file, slip.old, slip.new)
    found = [s for s in pack.check() if s.code == slip.code and s.path == slip.path]
    assert found, [s.as_text() for s in pack.check()]
    if slip.code == "W32":  # reported where the unused thing stands
        where = found[0].file.removeprefix(f"{pack.root}/")
    assert slip.says in " ".join(s.as_text() for s in found)
    text = pack.read(where)
    line = text[: text.index(slip.line)].count("\n") + 1 if slip.line else 1
    assert found[0].line == line
    assert {s.file for s in found} == {str(pack.root / where)}


PASS = [
    ("E01", GUIDE, 'title = "Settle before you speak"', "title = 'Settle “before” \"you\" speak'"),
    ("E04", GUIDE, "[guide]", "[ guide ] # a note to yourself"),
    ("E05", GUIDE, 'sources = ["s1"]', "own = true"),
    ("E05", "en/exercises/ground-senses.toml", "minutes = 3\n", ""),
    ("E06", BREATH, "seconds = 6", "seconds = 6.0"),
    ("E07", GUIDE, "minutes = 1", 'minutes = 1\nkind = "path"\npace = "about one a week"'),
    ("E07", BREATH, "seconds = 6", "seconds = 12"),
    ("E08", SIGNS, '"when-a-promise-broke/settle-first"', '"helplines/abuse"'),
    ("E08", GUIDE, 'see = ["when-a-promise-broke/say-it-plainly"]', 'see = ["when-a-promise-broke"]'),
    ("E09", GUIDE, 'id = "say-it-plainly"', 'id = "s4-2-b"\nwas = ["say-it-plainly"]'),
    ("E11", "en/exercises/log.toml", 'id = "weight"', 'id = "log"'),
    ("E12", GUIDE, 'title = "Settle before you speak"', f'title = "{"Say it. " * 7}1234"'),
    ("E14", BUILDER, "When {when}, I feel {feel}.", "{feel}, {feel}, {when}"),
    ("E15", BREATH, '[6, 30]\n\n[[phase]]\ndo = "in"\nseconds = 4', '[6, 100]\n\n[[phase]]\ndo = "in"\nseconds = 6'),
    ("E15", BREATH, "rounds = 8\nalso = [6, 30]", "rounds = 109"),
    ("E16", SIGNS, 'go = "when-a-promise-broke/settle-first"\n', 'go = "helplines"\n'),
    ("E19", "en/exercises/feelings.toml", "pick = 3", "pick = 0"),
    ("E21", LINES, "2026-11-01", "2026-11-22"),
    ("E21", LINES, 'grade = "A"\nseen = 2025\nchecked_on = 2026-11-01\n', 'grade = "C"\ndraft = true\n'),
    ("E21", LINES, "checked_on = 2026-11-01\n", ""),
    ("E23", GATES, 'go = "when-a-promise-broke/settle-first"', 'go = "helplines/abuse"'),
    ("W31", GUIDE, "minutes = 1\n", ""),
    ("W34", LINES, "2026-11-01", "2025-11-23"),
    ("W35", BREATH, "seconds = 6", "seconds = 4"),
    ("W37", GUIDE, "Breathe out slowly", "Read *Overcoming Trust\nIssues in Relationships*. Breathe out slowly"),
    ("W37", GUIDE, "Breathe out slowly", "Adjust, and breathe out uneasily slowly, mustard"),
]


@pytest.mark.parametrize(("code", "file", "old", "new"), PASS, ids=lambda value: str(value)[:24])
def test_what_only_looks_like_a_slip_passes(pack: Pack, code: str, file: str, old: str, new: str) -> None:
    pack.edit(file, old, new)
    assert [s.as_text() for s in pack.check() if not s.code.startswith("W36")] == []


def test_the_folder_these_tests_start_from_has_no_slip(pack: Pack) -> None:
    assert pack.check() == []


@pytest.mark.parametrize(
    ("piece", "named"),
    [
        ("# A heading", "a heading"),
        ("A title\n=====", "an underlined heading"),
        ("| a | b |\n|---|---|", "a table"),
        ("![cat](cat.png)", "a picture"),
        ("See [this](there).", "a link"),
        ("See https://example.org now.", "a web address"),
        ("See www.example.org now.", "a web address"),
        ("Some <b>bold</b> words.", "HTML"),
        ("Some &nbsp; words.", "HTML"),
        ("Some `code` here.", "a code mark"),
        ("* not our bullet", "another kind of bullet"),
        ("+ nor this", "another kind of bullet"),
        ("1) nor this number", "another kind of number"),
        ("- one\n  - two", "a list inside a list"),
        ("Some _soft_ words.", "underscores"),
        ("Some ~~struck~~ words.", "struck-out"),
        ("---", "a ruled line"),
        ("A *star alone.", "a star without a partner"),
        ("***Both*** of them.", "a star without a partner"),
        ("🙂🙂", "emoji alone"),
    ],
)
def test_e13_markdown_that_is_not_ours_is_named(pack: Pack, piece: str, named: str) -> None:
    pack.edit(GUIDE, "You are not putting anybody", f"{piece}\n\nYou are not putting anybody")
    (slip,) = [s for s in pack.check() if s.code == "E13"]
    assert named in slip.what
    assert slip.path == "step[0].text"
    assert slip.line >= 22
    assert slip.within == "say-it-plainly"


@pytest.mark.parametrize(
    "piece",
    [
        "2 + 3 = 5",
        "[your name]",
        "R&D, one/two",
        "a < b > c",
        "I ♥ this",
        "# of days: many"[2:],
        "> aside\n> more",
        "1. a\n2. b",
    ],
)
def test_e13_lets_plain_words_and_our_own_marks_pass(pack: Pack, piece: str) -> None:
    pack.edit(GUIDE, "You are not putting anybody", f"{piece}\n\nYou are not putting anybody")
    assert pack.check() == []


@pytest.mark.parametrize("words", ["*Soft* title", "**Strong** title", "Two\\nlines", "See [x](y)", "`code`"])
def test_e13_one_line_texts_are_plain(pack: Pack, words: str) -> None:
    pack.edit(GUIDE, 'title = "Settle before you speak"', f'title = "{words}"')
    (slip,) = pack.check()
    assert (slip.code, slip.path) == ("E13", "step[1].title")
