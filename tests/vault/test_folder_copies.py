"""Second folders of a month that sync and backup programs make: what lies in them is in the journal, and told."""

import shutil

import pytest

from trustkit.errors import WriteError
from trustkit.vault import back_up, names
from trustkit.vault.folder import DiskFolder
from trustkit.vault.folder_copies import copied_month, copied_year

COPIES = [
    "{} 2",
    "{} (1)",
    "{} - Copy",
    "Copy of {}",
    "{}~",
    "{}.sync-conflict-20261122-021409-ABCDEFG",
    "{} (conflicted copy 2026-12-01)",
    "{}_backup",
    "{} 10",
    "Kopie von {}",
]


@pytest.mark.parametrize("called", COPIES)
@pytest.mark.parametrize("of", ["month", "year"])
def test_a_page_in_a_copied_folder_alone_is_shown_told_and_backed_up(called: str, of: str, bench, scene, file) -> None:
    good, bad, path = scene
    folder = path.parent if of == "month" else path.parent.parent
    copied = folder.with_name(called.format(folder.name))
    shutil.copytree(folder, copied)
    path.unlink()

    vault = bench.again()
    vault.load()
    told = [problem.happened for problem in vault.problems if copied.name in problem.file]
    vault.close()

    assert {summary.id for summary in bench.again().summaries()} == {good.id, bad.id}
    assert told == ["A sync or backup program made a second folder of a month; everything in it is in the journal."]
    assert path.exists()
    assert copied.exists()
    report = back_up(bench.paths, file, clock=bench.clock, passphrase="x", log_n=4)
    assert (report.revisions, report.left_out, report.passed_over) == (2, (), ())


def test_a_file_that_differs_there_is_put_beside_and_nothing_is_overwritten(bench, scene) -> None:
    _, _, path = scene
    copied = path.parent.with_name(f"{path.parent.name} 2")
    shutil.copytree(path.parent, copied)
    (copied / path.name).write_bytes(path.read_bytes()[:-4] + b"torn")
    before = path.read_bytes()

    for _ in range(2):
        vault = bench.again()
        vault.load()
        vault.close()

    assert path.read_bytes() == before
    assert len(list(path.parent.glob(f"{path.name[:26]}*"))) == 2


def test_erasing_a_page_reaches_the_copied_folder(bench, scene) -> None:
    _, bad, path = scene
    copied = path.parent.with_name(f"{path.parent.name} 2")
    shutil.copytree(path.parent, copied)
    vault = bench.again()
    vault.load()

    vault.delete(bad.id)
    vault.forget(bad.id)

    assert not (copied / path.name).exists()
    assert not path.exists()


def test_what_cannot_be_added_is_named_and_left(bench, scene, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, path = scene
    copied = path.parent.with_name(f"{path.parent.name} 2")
    copied.mkdir()
    path.rename(copied / path.name)
    (copied / "notes.txt").write_text("mine")

    def full(self: DiskFolder, name: str, data: bytes) -> None:
        raise WriteError("There is no room to save.", "Free some space.")

    monkeypatch.setattr(DiskFolder, "write_new", full)
    vault = bench.again()
    vault.load()
    told = {problem.file.rpartition("/")[2]: problem.happened for problem in vault.problems}
    assert "could not be added to the first" in told[path.name]
    assert told["notes.txt"] == "One file here is not trustkit's."
    assert (copied / path.name).exists()


def test_a_backup_names_what_it_passed_over(bench, scene, file) -> None:
    _, _, path = scene
    (path.parent / "notes.txt").write_text("mine")
    (path.parent.parent / "elsewhere").mkdir()

    report = back_up(bench.paths, file, clock=bench.clock, passphrase="x", log_n=4)

    month = path.parent.relative_to(bench.data).as_posix()
    assert report.passed_over == (f"{month}/notes.txt", f"{month.rpartition('/')[0]}/elsewhere")


@pytest.mark.parametrize(
    ("name", "year", "month"),
    [("2026 2", "2026", ""), ("12 10", "", "12"), ("2026", "", ""), ("12", "", ""), ("13 2", "", ""), ("120", "", "")],
)
def test_only_a_copy_of_a_month_s_or_a_year_s_name_is_one(name: str, year: str, month: str) -> None:
    assert (copied_year(name), copied_month(name)) == (year, month)
    assert not (names.is_month(name) and copied_month(name))
