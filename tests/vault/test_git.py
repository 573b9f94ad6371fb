"""Two machines kept together by git, as `docs/sync.md` says: nothing is lost, and both end equal."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from two_machines import assert_nothing_lost, begin, write_apart
from vault_bench import Bench

from trustkit.errors import ReadError, WrongKey
from trustkit.model.entry import Note
from trustkit.paths import Paths

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "sync.md"


def blocks() -> dict[str, str]:
    """The commands of the page, by the heading they stand under."""
    found: dict[str, str] = {}
    for section in re.split(r"^#+ ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE):
        heading, _, text = section.partition("\n")
        if "```sh\n" in text:
            found[heading] = text.partition("```sh\n")[2].partition("```")[0]
    return found


def shell(script: str, folder: Path) -> str:
    """Run commands as a person would, with git knowing who that is and nothing else."""
    about = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    about |= {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["sh", "-ec", script],
        cwd=folder,
        env=os.environ | about,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(params=["sealed", "open"])
def two(request, bench, clock, tmp_path):
    """Two clones of one journal with a few pages in it."""
    vault = bench.seal() if request.param == "sealed" else bench.open()
    pages = begin(vault)
    stick = tmp_path / "stick.git"
    shell(
        blocks()["On the first machine"].replace("/path/to/stick", str(tmp_path)).replace("journal.git", "stick.git"),
        bench.data,
    )
    other = Bench(Paths(bench.paths.content, tmp_path / "two", tmp_path / "cache2", tmp_path / "config2"), clock)
    shell(f"git clone -q {stick} two", tmp_path)
    return bench, other, pages


def sync(*machines) -> None:
    for machine in (*machines, machines[0]):
        shell(blocks()["Whenever you like, on either"], machine.data)


@needs_git
def test_whatever_two_clones_did_nothing_is_lost_and_they_end_equal(two, clock) -> None:
    one, other, pages = two
    write_apart(one.again(), other.again(), pages, clock)
    sync(one, other)
    first = one.again()
    assert_nothing_lost(first, other.again(), pages)

    first.resolve(pages.edited, Note("both"))
    first.close()
    sync(one, other)
    assert [head.body for head in other.again().heads(pages.edited)] == [Note("both")]
    assert shell("git status --porcelain", one.data) == ""


@needs_git
@pytest.mark.parametrize("two", ["sealed"], indirect=True)
def test_a_passphrase_changed_on_one_machine_holds_on_both(two) -> None:
    one, other, ids = two
    vault = one.again()
    vault.change_passphrase(one.passphrase, "new words")
    vault.close()
    sync(one, other)
    assert other.again("new words").get(ids[0]).body == Note("page 0")


def with_a_paper(one: Bench, other: Bench) -> str:
    """Make a recovery key that both machines know of."""
    vault = one.again()
    recovery = vault.make_recovery()
    vault.keep_recovery(recovery, one.passphrase)
    vault.close()
    sync(one, other)
    return recovery


def settle_a_conflict(first: Bench, last: Bench) -> None:
    """Both changed a file; the second to hand it on meets a conflict, and does what the page says."""
    shell(blocks()["Whenever you like, on either"], first.data)
    with pytest.raises(AssertionError, match="CONFLICT"):
        shell(blocks()["Whenever you like, on either"], last.data)
    shell(blocks()["If git says conflict"], last.data)


def opens_with_paper(machine: Bench, recovery: str) -> bool:
    again = machine.locked()
    try:
        again.unlock_recovery(recovery)
    except (ReadError, WrongKey):
        return False
    return not again.locked


@needs_git
@pytest.mark.parametrize("pulls", ["who dropped it", "who did not"])
@pytest.mark.parametrize("two", ["sealed"], indirect=True)
def test_a_paper_dropped_on_one_machine_is_dropped_on_both_once_it_was_done_again_as_the_page_says(two, pulls) -> None:
    one, other, ids = two
    recovery = with_a_paper(one, other)
    vault = one.again()
    vault.drop_recovery(one.passphrase)
    vault.close()
    vault = other.again()
    vault.change_passphrase(other.passphrase, "two's words")
    vault.close()
    first, last = (other, one) if pulls == "who dropped it" else (one, other)
    settle_a_conflict(first, last)
    sync(one, other)
    for where in (one, other):
        for passphrase in (one.passphrase, "two's words"):
            assert where.again(passphrase).get(ids[0]).body == Note("page 0")
        assert all(path.stat().st_size for path in where.data.glob("key*"))
    assert opens_with_paper(one, recovery)

    passphrase = one.passphrase if pulls == "who dropped it" else "two's words"
    vault = last.again(passphrase)
    vault.drop_recovery(passphrase)
    vault.close()
    (last.data / "key (2).age").unlink()
    sync(last, first)
    for where in (one, other):
        assert not opens_with_paper(where, recovery)
        assert where.again(passphrase).get(ids[0]).body == Note("page 0")


@needs_git
@pytest.mark.parametrize("two", ["sealed"], indirect=True)
def test_a_passphrase_changed_on_both_machines_is_settled_as_the_page_says_and_locks_nobody_out(two) -> None:
    one, other, ids = two
    recovery = with_a_paper(one, other)
    for where, passphrase in ((one, "one's words"), (other, "two's words")):
        vault = where.again()
        vault.change_passphrase(where.passphrase, passphrase)
        vault.close()
    settle_a_conflict(one, other)
    sync(one, other)
    for where in (one, other):
        for passphrase in ("one's words", "two's words"):
            assert where.again(passphrase).get(ids[0]).body == Note("page 0")
        again = where.locked()
        again.unlock_recovery(recovery)
        assert not again.locked
        assert {path.stat().st_mode & 0o777 for path in where.data.glob("key*")} == {0o600}


@needs_git
@pytest.mark.parametrize("two", ["open"], indirect=True)
def test_a_page_edited_by_hand_on_both_machines_is_settled_as_the_page_says_and_both_are_offered(two) -> None:
    one, other, ids = two
    for where, words in ((one, "by one"), (other, "by two")):
        [file] = [path for path in where.files() if path.name.startswith(ids[0])]
        file.write_text(file.read_text().replace("page 0", words))
    settle_a_conflict(one, other)
    sync(one, other)
    for where in (one, other):
        assert {head.body for head in where.again().heads(ids[0])} == {Note("by one"), Note("by two")}


@needs_git
def test_git_never_sees_drafts_cache_or_half_written_files(two) -> None:
    one, _, _ = two
    (one.data / ".tk-abcdefghij.tmp").write_bytes(b"half")
    (one.data / "cache").mkdir()
    (one.data / "cache" / "x").write_bytes(b"x")
    assert shell("git add -A --dry-run", one.data) == ""
    assert not [name for name in shell("git ls-files", one.data).splitlines() if "draft" in name or "tk-" in name]


@needs_git
@pytest.mark.parametrize(
    "attribute",
    ["* text", "* text eol=crlf", "*.age text", "* ident", "* working-tree-encoding=UTF-16", "* filter=case"],
)
def test_a_reader_s_own_git_attributes_change_no_byte(attribute: str, bench, tmp_path) -> None:
    begin(bench.seal())
    (tmp_path / "attributes").write_text(f"{attribute}\n")
    git = (
        f"git -c core.attributesfile={tmp_path / 'attributes'} -c core.autocrlf=true -c filter.case.clean='tr a-z A-Z'"
    )
    shell(f"git init -q -b main . && {git} add -A && {git} commit -qm journal", bench.data)
    shell(f"{git} clone -q {bench.data} {tmp_path / 'clone'}", tmp_path)

    for file in bench.data.rglob("*.age"):
        assert (tmp_path / "clone" / file.relative_to(bench.data)).read_bytes() == file.read_bytes()
