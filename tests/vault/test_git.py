"""Two machines kept together by git, as `docs/sync.md` says: nothing is lost, and both end equal."""

import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from vault_bench import Bench

from trustkit.model.entry import Choice, Draft, Mark, Note
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
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=["sealed", "open"])
def two(request, bench, clock, tmp_path):
    """Two clones of one journal with three pages in it."""
    vault = bench.seal() if request.param == "sealed" else bench.open()
    ids = [vault.add(Note(f"page {number}")).id for number in range(6)]
    vault.save_draft(Draft(vault.new_id(), Note("half"), clock.now))
    vault.close()
    stick = tmp_path / "stick.git"
    shell(
        blocks()["On the first machine"].replace("/path/to/stick", str(tmp_path)).replace("journal.git", "stick.git"),
        bench.data,
    )
    other = Bench(Paths(bench.paths.content, tmp_path / "two", tmp_path / "cache2", tmp_path / "config2"), clock)
    shell(f"git clone -q {stick} two", tmp_path)
    return bench, other, ids


def sync(*machines) -> None:
    for machine in (*machines, machines[0]):
        shell(blocks()["Whenever you like, on either"], machine.data)


def everything(vault):
    listed = [*vault.summaries(private=True), *vault.summaries(trash=True, private=True)]
    versions = {one.id: [(version.rev, version.body) for version in vault.versions(one.id)] for one in listed}
    heads = {one.id: [head.rev for head in vault.heads(one.id)] for one in listed}
    return (listed, versions, heads, vault.marks(), vault.choices())


@needs_git
def test_whatever_two_clones_did_nothing_is_lost_and_they_end_equal(two, clock) -> None:
    one, other, (edited, crossed, deleted, erased, *_) = two
    mine, theirs = one.again(), other.again()
    mine.revise(edited, Note("mine"))
    mine.revise(crossed, Note("mine, crossed"))
    mine.delete(deleted)
    mine.forget(erased)
    mine.add(Note("new, mine"))
    mine.add(Mark("guide", "step", "later"))
    mine.add(Choice("roads", "mine"))
    clock.forward(hours=-1)  # the other machine's clock is an hour behind
    theirs.revise(edited, Note("theirs"))
    theirs.delete(crossed)
    theirs.delete(deleted)
    theirs.revise(erased, Note("theirs, after all"))
    theirs.add(Note("new, theirs"))
    theirs.add(Mark("guide", "step", "done"))
    theirs.add(Choice("roads", "theirs"))
    theirs.add(Note("years ago"), created=clock.now - timedelta(days=900))
    for vault in (mine, theirs):
        vault.close()
    sync(one, other)

    first, second = one.again(), other.again()
    assert everything(first) == everything(second)
    assert {head.body for head in first.heads(edited)} == {Note("mine"), Note("theirs")}
    assert [head.deleted for head in first.heads(crossed)] == [False, True]
    assert first.get(crossed).body == Note("mine, crossed")
    assert first.get(deleted).deleted
    assert first.get(erased).body == Note("theirs, after all")
    assert {one.title for one in first.summaries()} >= {"new, mine", "new, theirs", "years ago", "page 4", "page 5"}
    assert first.marks()["guide", "step"].state == "later"  # the larger (saved, id) on both
    assert [draft.body for draft in first.drafts()] == [Note("half")]
    assert second.drafts() == []  # drafts stay where they are written
    assert not any("words" in problem.happened for problem in first.problems)

    first.resolve(edited, Note("both"))
    first.close()
    sync(one, other)
    assert [head.body for head in other.again().heads(edited)] == [Note("both")]
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


@needs_git
def test_git_never_sees_drafts_cache_or_half_written_files(two) -> None:
    one, _, _ = two
    (one.data / ".tk-abcdefghij.tmp").write_bytes(b"half")
    (one.data / "cache").mkdir()
    (one.data / "cache" / "x").write_bytes(b"x")
    assert shell("git add -A --dry-run", one.data) == ""
    assert not [name for name in shell("git ls-files", one.data).splitlines() if "draft" in name or "tk-" in name]
