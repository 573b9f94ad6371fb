"""The command line's contract: options on either side, exit codes, what goes where, and nothing private repeated."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trustkit import __version__
from trustkit.cli.program import VERBS, run
from trustkit.model.entry import Draft, Note
from trustkit.paths import Paths
from trustkit.vault import Vault

ROOT = Path(__file__).parents[2]
CANARY = "quince-and-thistle"


def sentences(said: str) -> list[str]:
    """The sentences of what was said, one error being one line of two."""
    return [part for part in said.strip().replace("? ", "?|").replace(". ", ".|").split("|") if part]


@pytest.mark.parametrize("where", [(), ("journal",), ("journal", "list"), ("write",)], ids=" ".join)
def test_the_version_is_told_wherever_it_is_asked_for(where, process) -> None:
    ran = process(*where, "--version")

    assert (ran.code, ran.out, ran.err) == (0, f"trustkit {__version__}\n", "")


def test_a_version_behind_two_dashes_is_a_word_like_any_other(process, passphrase_file, sealed) -> None:
    ran = process("journal", "search", "--passphrase-file", passphrase_file, "--", "--version")

    assert __version__ not in ran.out


def test_help_names_every_verb(trustkit) -> None:
    ran = trustkit("--help")

    assert ran.code == 0
    assert ran.err == ""
    for verb, (_, line) in VERBS.items():
        assert f"  {verb} " in ran.out
        assert line in " ".join(ran.out.split())


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_of_its_own_and_takes_the_shared_options(verb: str, trustkit) -> None:
    ran = trustkit(verb, "--help")

    assert ran.code == 0
    assert "--data-dir" in ran.out
    assert "--passphrase-file" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        ("--data-dir", "{home}", "--passphrase-file", "{file}", "journal", "list"),
        ("journal", "--data-dir", "{home}", "list", "--passphrase-file", "{file}"),
        ("journal", "list", "--passphrase-file", "{file}", "--data-dir", "{home}"),
        ("--passphrase-file={file}", "journal", "list", "--data-dir={home}"),
    ],
    ids=["before", "between", "after", "both sides"],
)
def test_shared_options_stand_anywhere(words, home, passphrase_file, sealed, clock, capfd) -> None:
    vault = sealed()
    vault.add(Note("the harbour"))
    vault.close()

    code = run([word.format(home=home, file=passphrase_file) for word in words], clock)

    assert code == 0
    assert "the harbour" in capfd.readouterr().out


def test_the_option_behind_the_verb_counts_when_both_are_given(home, tmp_path, capfd) -> None:
    Paths.find(home)

    run(["--data-dir", str(tmp_path / "other"), "vault", "init", "--open", "--data-dir", str(home)])

    assert (home / "entries").is_dir()
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("write", CANARY),
        ("write", "--title", CANARY),
        ("write", f"--text={CANARY}"),
        ("write", f"--{CANARY}"),
        ("write", f"-{CANARY}"),
        ("write", f"--private={CANARY}"),
        (CANARY,),
        ("journal", CANARY),
        ("journal", "show", "aaaa", CANARY),
        ("journal", "list", f"--{CANARY}"),
        ("vault", "init", CANARY),
        ("vault", "passphrase", CANARY),
        ("support", "us", CANARY),
        ("breathe", "--minutes", CANARY),
        ("breathe", "--rounds", CANARY),
        ("breathe", CANARY),
        ("ground", CANARY),
        ("read", CANARY),
        ("check", "--today", CANARY),
        ("--passphrase-file", CANARY, "support", "us", "gb"),
    ],
    ids=lambda words: " ".join(words).replace(CANARY, "…"),
)
def test_a_misread_command_is_told_in_two_sentences_that_repeat_nothing(words, trustkit) -> None:
    ran = trustkit(*words)

    assert ran.code in (1, 2)
    assert ran.out == ""
    assert CANARY not in ran.err
    assert len(sentences(ran.err)) >= 2
    assert ran.err.count("\n") == 1


def test_words_behind_write_are_told_where_they_belong(trustkit) -> None:
    ran = trustkit("write", "hello", "secret")

    assert ran.code == 2
    assert "never taken from the command line" in ran.err
    assert "standard input" in ran.err


def test_a_verb_with_a_slip_in_it_gets_the_nearest_one(trustkit) -> None:
    assert "`trustkit journal`" in trustkit("joural").err
    assert "`trustkit journal show`" in trustkit("journal", "shwo").err


@pytest.mark.parametrize("verb", ["write", "journal list", "journal show abcd", "journal drafts", "vault status"])
def test_without_a_journal_the_verbs_that_need_one_say_so(verb: str, trustkit, home) -> None:
    ran = trustkit(*verb.split(), given="some words")

    assert ran.code == 5
    assert ran.out == ""
    assert len(sentences(ran.err)) == 2
    assert not home.exists()


def test_a_locked_journal_and_no_way_to_ask_is_told_and_not_waited_for(process, sealed) -> None:
    ran = process("journal", "list")

    assert ran.code == 4
    assert ran.out == ""
    assert len(sentences(ran.err)) == 2
    assert "--passphrase-file" in ran.err


def test_a_wrong_passphrase_opens_nothing(trustkit, sealed, tmp_path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text(f"{CANARY}\n")
    wrong.chmod(0o600)

    ran = trustkit("journal", "list", "--passphrase-file", wrong)

    assert ran.code == 4
    assert ran.out == ""
    assert CANARY not in ran.err
    assert len(sentences(ran.err)) == 2


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_one_line_end_at_the_end_of_a_passphrase_file_is_no_part_of_it(
    ending, trustkit, sealed, passphrase_file
) -> None:
    passphrase_file.write_bytes(passphrase_file.read_bytes().rstrip() + ending.encode())

    assert trustkit("journal", "list", "--passphrase-file", passphrase_file).code == 0


def test_a_second_line_end_is_part_of_it(trustkit, sealed, passphrase_file) -> None:
    passphrase_file.write_bytes(passphrase_file.read_bytes() + b"\n")

    assert trustkit("journal", "list", "--passphrase-file", passphrase_file).code == 4


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfe\n", b"x" * 70_000], ids=["empty", "blank", "binary", "huge"]
)
def test_a_file_that_holds_no_passphrase_is_told(content: bytes, trustkit, sealed, passphrase_file) -> None:
    passphrase_file.write_bytes(content)

    ran = trustkit("journal", "list", "--passphrase-file", passphrase_file)

    assert ran.code == 2
    assert len(sentences(ran.err)) == 2


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_passphrase_file_that_cannot_be_read_is_told(name: str, trustkit, sealed, tmp_path) -> None:
    ran = trustkit("journal", "list", "--passphrase-file", tmp_path / name)

    assert ran.code == 3
    assert len(sentences(ran.err)) == 2


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_passphrase_file_that_others_can_read_is_pointed_out(trustkit, sealed, passphrase_file) -> None:
    assert trustkit("journal", "list", "--passphrase-file", passphrase_file).err.count("Other people") == 0
    passphrase_file.chmod(0o640)

    ran = trustkit("journal", "list", "--passphrase-file", passphrase_file)

    assert ran.code == 0
    assert "Other people on this computer can read the passphrase file." in ran.err


def test_a_passphrase_can_come_through_standard_input(process, sealed, passphrase_file) -> None:
    ran = process("journal", "list", "--passphrase-file", "-", given=passphrase_file.read_bytes())

    assert ran.code == 0


@pytest.mark.parametrize("words", [("write",), ("journal", "search", "-")], ids=" ".join)
def test_standard_input_never_carries_the_text_and_the_passphrase(words, process, sealed, passphrase_file) -> None:
    ran = process(*words, "--passphrase-file", "-", given=passphrase_file.read_bytes())

    assert ran.code == 2
    assert "can't carry the passphrase too" in ran.err


def test_results_and_words_about_them_go_separate_ways(trustkit, sealed, passphrase_file) -> None:
    empty = trustkit("journal", "list", "--passphrase-file", passphrase_file)
    written = trustkit("write", "--passphrase-file", passphrase_file, given="the harbour")

    assert empty.out == ""
    assert "No pages yet" in empty.err
    assert len(written.out.strip()) == 26
    assert written.err == "Saved.\n"


def test_a_reader_of_the_output_that_leaves_is_no_mistake(home) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "trustkit", "--data-dir", home, "read", "calm-body"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as verb:
        assert verb.stdout is not None
        verb.stdout.readline()
        verb.stdout.close()
        assert verb.stderr is not None
        said = verb.stderr.read()

    assert verb.returncode == 141
    assert said == b""


def test_a_reader_that_leaves_before_the_version_is_no_mistake() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m trustkit --version | true; exit ${{PIPESTATUS[0]}}"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["support", "write --passphrase-file {file}", "journal list", "nonsense"])
def test_a_closed_stream_is_no_mistake(closed: str, words: str, home, sealed, passphrase_file) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m trustkit --data-dir {home} {words.format(file=passphrase_file)} {closed}"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )

    assert done.returncode == {"support": 0, "write": 2, "journal": 4, "nonsense": 2}[words.split()[0]]
    assert "mistake" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_finds_no_room_is_told(home) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m trustkit --data-dir {home} support > /dev/full"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3
    assert len(sentences(done.stderr)) == 2


def test_what_was_kept_is_said_to_be_kept_where_its_id_cannot_be_printed(
    home, sealed, passphrase_file, tmp_path
) -> None:
    vault = sealed()
    entry = vault.add(Note("the harbour"))
    draft = Draft(vault.new_id(), Note("begun"), entry.saved, target=vault.new_rev())
    vault.save_draft(draft)
    vault.close()
    (tmp_path / "page.md").write_text("brought in")
    verbs = {
        "write": "once",
        f"journal keep {draft.id}": "",
        f"journal import {tmp_path / 'page.md'} --yes --json": "",
        f"journal export --output {tmp_path / 'out.md'}": "",
        f"backup {tmp_path / 'b.tar'}": "",
        f"--data-dir {tmp_path / 'other'} vault init": "",
        f"--data-dir {tmp_path / 'third'} restore {tmp_path / 'b.tar'}": "",
        "new-guide of-mine": "",
    }
    for words, given in verbs.items():
        command = (
            f"{sys.executable} -m trustkit --data-dir {home} --passphrase-file {passphrase_file} {words} > /dev/full"
        )
        done = subprocess.run(
            ["sh", "-c", command],
            input=given,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (words, done.returncode) == (words, 0), done.stderr
        assert "could not be written there" in done.stderr
    vault = sealed()
    assert sorted(summary.title for summary in vault.summaries()) == ["begun", "brought in", "once", "the harbour"]


@pytest.mark.parametrize("words", [("support",), ("read", "safe-first")], ids=" ".join)
def test_a_terminal_that_knows_no_letters_but_ascii_still_gets_every_line(words, process) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}

    ran = process(*words, environment=ascii_only)

    assert ran.code == 0
    assert ran.out.isascii()
    assert ran.out.count("\n") == process(*words).out.count("\n")


def test_a_mistake_of_trustkit_s_own_is_told_without_a_word_of_what_it_held(
    trustkit, sealed, passphrase_file, monkeypatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        held = CANARY
        raise KeyError(held)

    monkeypatch.setattr(Vault, "summaries", fails)
    ran = trustkit("journal", "list", "--passphrase-file", passphrase_file)

    assert ran.code == 70
    assert ran.out == ""
    assert "KeyError" in ran.err
    assert "in fails" in ran.err
    assert CANARY not in ran.err


def test_a_disk_that_fails_is_told_in_two_sentences(trustkit, sealed, passphrase_file, monkeypatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise PermissionError(13, CANARY, CANARY)

    monkeypatch.setattr("trustkit.cli.entries.print_summaries", fails)
    ran = trustkit("journal", "list", "--passphrase-file", passphrase_file)

    assert ran.code == 3
    assert len(sentences(ran.err)) == 2
    assert CANARY not in ran.err


def test_ctrl_c_is_quiet_and_told_to_the_shell(trustkit, monkeypatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("trustkit.cli.support.print_lines", interrupted)
    ran = trustkit("support")

    assert ran.code == 130
    assert ran.err == ""


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}, {"TERM": ""}], ids=["a pipe", "TERM=dumb", "no TERM"])
def test_where_no_screen_can_be_drawn_the_plain_verbs_are_named(environment, process) -> None:
    ran = process(environment=environment)

    assert ran.code == 0
    assert ran.err == ""
    assert "trustkit support" in ran.out
    for verb in ("breathe --plain", "ground", "read", "write", "journal list"):
        assert f"trustkit {verb}" in ran.out
    assert "\x1b" not in ran.out


def test_no_verb_prints_a_colour_or_moves_a_cursor_into_a_pipe(process, sealed, passphrase_file) -> None:
    for words in (("support",), ("practice", "list"), ("read",), ("--help",), ("ground",), ("journal", "list")):
        ran = process(*words, "--passphrase-file", passphrase_file, environment={"FORCE_COLOR": "1"})
        assert "\x1b" not in ran.out + ran.err, words


def test_json_has_its_format_and_its_entries(trustkit, sealed, passphrase_file) -> None:
    trustkit("write", "--passphrase-file", passphrase_file, given="the harbour")

    found = json.loads(trustkit("journal", "list", "--json", "--passphrase-file", passphrase_file).out)

    assert found["format"] == 1
    assert [entry["title"] for entry in found["entries"]] == ["the harbour"]


def test_a_shell_can_complete_the_verbs(home) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from trustkit.cli.program import run; sys.exit(run([]))"],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "_TRUSTKIT_COMPLETE": "bash_complete",
            "COMP_WORDS": "trustkit jou",
            "COMP_CWORD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert "journal" in done.stdout
