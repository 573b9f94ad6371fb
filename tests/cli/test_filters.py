"""Filters on `journal list` and `search`, tags, questions to answer, completion; and what these verbs never load."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from trustkit.model.entry import Answers, Note

ROOT = Path(__file__).parents[2]


@pytest.fixture
def kept(sealed):
    vault = sealed()
    vault.add(Note("harbour", tags=("Sea", "night"), feelings=("calm",), distress=3))
    vault.add(Note("promise", tags=("sea",), distress=8, about_day=date(2026, 3, 5)))
    vault.add(Note("quiet", tags=("night",), distress="numb"), private=True)
    vault.add(Answers("letter-not-sent", 1, {"dear": "never sent"}, from_step="calm-body/breathe"))
    vault.close()


def titles(ran) -> list[str]:
    assert ran.code == 0, ran.err
    return sorted(entry["title"] for entry in json.loads(ran.out)["entries"])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--tag", "sea"], ["harbour", "promise"]),
        (["--tag", "sea", "--tag", "night"], ["harbour"]),
        (["--tag", "sea", "--not-tag", "night"], ["promise"]),
        (["--feeling", "calm"], ["harbour"]),
        (["--distress", "7+"], ["promise"]),
        (["--distress", "numb", "--private"], ["quiet"]),
        (["--kind", "letter"], ["never sent"]),
        (["--kind", "answer", "--kind", "note", "--tag", "night"], ["harbour"]),
        (["--guide", "calm-body"], ["never sent"]),
        (["--guide", "calm-body/other"], []),
        (["--exercise", "letter-not-sent"], ["never sent"]),
        (["--on", "2026-03"], ["promise"]),
        (["--since", "today"], ["harbour", "never sent"]),
        (["--until", "last-march"], ["promise"]),
    ],
)
def test_filters_narrow_the_list_and_search_alike(words: list[str], found: list[str], journal, kept) -> None:
    assert titles(journal("list", "--json", *words)) == found
    assert titles(journal("search", "--json", *words)) == found


def test_the_search_line_takes_filters_and_words_together(journal, kept) -> None:
    assert titles(journal("search", "--json", "tag:sea", "harb")) == ["harbour"]
    assert titles(journal("search", "--json", "-", given='kind:note "march" or tag:night\n')) == []
    assert titles(journal("search", "--json", "-", given="tag:sea distress:7-10 last march\n")) == ["promise"]


def test_a_filter_that_cannot_be_read_is_told_and_not_repeated(journal, kept) -> None:
    for words in (["list", "--on", "zugvogel"], ["search", "distress:zugvogel"], ["list", "--kind", "zugvogel"]):
        ran = journal(*words)
        assert (ran.code, ran.out) == (2, "")
        assert "zugvogel" not in ran.err


def test_what_fits_nothing_is_no_failure(journal, kept) -> None:
    ran = journal("list", "--tag", "mountain")

    assert (ran.code, ran.out, ran.err) == (0, "", "No page fits all of that.\n")

    ran = journal("search", "tag:mountain")
    assert (ran.code, ran.out, ran.err) == (0, "", "No page fits all of that: tagged mountain.\n")
    ran = journal("search", "tag:mountain", "harbour")
    assert (ran.code, ran.out, ran.err) == (0, "", "No page with those words fits all of that: tagged mountain.\n")


@pytest.mark.parametrize(
    "words", ["yesterday", "2019", "last week", "talked 2019", '"2019"', "harbour 2019-01..2019-03"]
)
def test_a_day_that_finds_nothing_is_looked_for_as_words(words: str, journal, sealed) -> None:
    vault = sealed()
    vault.add(Note("We talked about yesterday, about 2019, and how last week went: harbour 2019-01..2019-03"))
    vault.close()

    ran = journal("search", "-", given=words)

    assert (ran.code, len(ran.out.splitlines())) == (0, 1)
    assert ("No page fits that as a day" in ran.err) == (words != '"2019"')


def test_a_day_that_finds_pages_says_how_it_was_read(journal, kept) -> None:
    ran = journal("search", "2026-03")

    assert "promise" in ran.out
    assert ran.err == "Read as a day: in March 2026. Put it in quotes to look for the words themselves.\n"


def test_filters_find_in_the_trash_too(journal, sealed, kept) -> None:
    vault = sealed()
    vault.delete(next(one.id for one in vault.summaries() if one.title == "promise"))
    vault.close()

    assert titles(journal("list", "--trash", "--tag", "sea", "--json")) == ["promise"]
    assert titles(journal("list", "--tag", "sea", "--json")) == ["harbour"]


def test_tags_are_counted_and_renamed_everywhere_they_stand(journal, sealed, kept) -> None:
    assert journal("tags").out.splitlines() == ["2  sea", "1  night"]
    counted = json.loads(journal("tags", "--private", "--json").out)["tags"]
    assert counted == [{"tag": "night", "entries": 2}, {"tag": "sea", "entries": 2}]

    renamed = journal("tags", "rename", "sea", "water")

    assert (renamed.code, renamed.out) == (0, "")
    assert renamed.err.startswith("2 pages have it now.")
    assert journal("tags").out.splitlines() == ["2  water", "1  night"]
    assert journal("tags", "rename", "sea", "water").code == 1
    assert journal("tags", "rename", "water", " ").code == 2


def test_a_page_is_written_with_tags(trustkit, sealed, passphrase_file) -> None:
    ran = trustkit("write", "--tag", "sea", "--tag", " at  home ", "--passphrase-file", passphrase_file, given="x")

    assert ran.code == 0
    assert sealed().summaries()[0].tags == ("sea", "at home")


def test_a_question_of_the_library_is_answered(trustkit, sealed, passphrase_file) -> None:
    ran = trustkit("write", "--prompt", "honest-half-hour/no-such", "--passphrase-file", passphrase_file, given="x")
    assert (ran.code, ran.out) == (1, "")
    assert "no-such" not in ran.err

    ran = trustkit("write", "--prompt", "journal-free", "--passphrase-file", passphrase_file, given="what came\n")
    assert ran.code == 0, ran.err
    entry = sealed().get(ran.out.strip())
    assert isinstance(entry.body, Answers)
    assert entry.body.exercise == "journal-free"
    assert list(entry.body.answers.values()) == ["what came"]
    assert entry.private


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_what_it_needs_to_complete_verbs(shell: str, trustkit) -> None:
    ran = trustkit("completion", shell)

    assert ran.code == 0
    assert "_TRUSTKIT_COMPLETE" in ran.out
    assert f"{shell}_complete" in ran.out


def test_verbs_and_options_complete_and_nothing_of_a_journal_does(process, sealed, kept) -> None:
    def completed(*words: str) -> list[str]:
        line = " ".join(["trustkit", *words])
        about = {"_TRUSTKIT_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
        return process(environment=about).out.split()

    assert completed("journal", "ex") == ["plain,export"]
    assert completed("journal", "import", "--un") == ["plain,--undo"]
    assert completed("journal", "tags", "re") == ["plain,rename"]
    assert completed("journal", "import", "jour") == ["file,jour"]
    assert completed("journal", "show", "") == []
    assert completed("journal", "list", "--tag", "") == []


LOOK = """
import sys
sys.argv = ["trustkit", *{arguments!r}]
from trustkit.__main__ import main
code = main()
print("\\n" + " ".join(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["journal", "list", "--tag", "sea"],
        ["journal", "export", "--format", "json"],
        ["journal", "import", "/nowhere", "--yes"],
        ["journal", "edit", "aaaa"],
        ["journal", "tags"],
        ["write", "--prompt", "journal-free"],
        ["completion", "bash"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_verb_of_the_journal_loads_the_screen_or_without_one_a_cipher(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(arguments=arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )

    loaded = set(done.stderr.splitlines()[-1].split())
    assert "trustkit.cli.program" in loaded
    assert loaded & {"textual", "rich", "asyncio", "trustkit.tui", "cryptography"} == set()


def test_listing_waits_for_nothing_that_only_other_verbs_need() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(arguments=["journal", "list"])],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    later = {"trustkit.cli.importing", "trustkit.cli.exporting", "trustkit.cli.editing", "trustkit.companion.handing"}
    assert set(done.stderr.splitlines()[-1].split()) & (later | {"hashlib", "subprocess", "trustkit.library"}) == set()
