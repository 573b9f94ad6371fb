"""What other programs may do to the folder: links where folders were, odd names, files with endless headers."""

import base64
import os
import shutil
import stat

import pytest

from trustkit.errors import WriteError
from trustkit.model.entry import Draft, Note
from trustkit.vault import age, back_up, restore_backup
from trustkit.vault.folder import DiskFolder


def test_where_entries_are_a_link_they_are_read_and_it_is_said_why_nothing_is_written(bench, kept) -> None:
    kept.add(Note("words"))
    kept.close()
    elsewhere = bench.data.with_name("elsewhere")
    (bench.data / "entries").rename(elsewhere)
    (bench.data / "entries").symlink_to(elsewhere)
    again = bench.again()
    assert [one.title for one in again.summaries()] == ["words"]
    assert ["A link stands" in problem.happened for problem in again.problems if problem.file == "entries"] == [True]
    before = sorted(elsewhere.rglob("*"))
    with pytest.raises(WriteError):
        again.add(Note("more"))
    assert sorted(elsewhere.rglob("*")) == before
    assert [report.file for report in again.verify() if not report.ok] == ["entries"]


def test_no_draft_is_written_through_a_link(bench, sealed) -> None:
    elsewhere = bench.data.with_name("elsewhere")
    elsewhere.mkdir(mode=0o755)
    elsewhere.chmod(0o755)
    (bench.data / "drafts").symlink_to(elsewhere)
    again = bench.again()
    with pytest.raises(WriteError):
        again.save_draft(Draft(again.new_id(), Note("words"), bench.clock(), again.new_rev()))
    again.load()
    assert "drafts" in [problem.file for problem in again.problems]
    assert list(elsewhere.iterdir()) == []
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o755


@pytest.mark.parametrize(
    "name",
    [b"a\xe2\x80\xaegpj.toml", b"b\x1b[2J", b"c\nd", b"\xff\xfe", b"a" * 26 + b"." + b"b" * 10 + b".toml.age\xff"],
    ids=["bidi", "escape", "newline", "no utf-8", "copy"],
)
def test_a_file_may_have_any_name_and_hides_no_other(bench, sealed, name: bytes) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    month = bench.file(entry.id, entry.rev).parent
    with open(os.path.join(os.fsencode(month), name), "wb") as file:  # noqa: PTH118, PTH123 - not a name in text
        file.write(b"x")
    again = bench.again()
    assert again.get(entry.id).body == Note("words")
    assert [report.ok for report in again.verify() if report.file.startswith("entries")].count(False) == 1
    assert len(again.problems) == 1


def endless(stanzas: int) -> bytes:
    """A file whose header names so many recipients, none of them anybody."""
    line = base64.b64encode(bytes(31) + b"\x09").rstrip(b"=")
    return b"age-encryption.org/v1\n" + b"-> X25519 %s\n%s\n" % (line, line) * stanzas + b"--- %s\n" % line + bytes(100)


def test_a_header_with_endless_recipients_is_refused_before_one_is_tried(bench, sealed, monkeypatch) -> None:
    entry = sealed.add(Note("words"))
    file = bench.file(entry.id, entry.rev)
    theirs = file.with_name(f"{'a' * 26}.{'b' * 10}.toml.age")
    theirs.touch(mode=0o600)
    theirs.write_bytes(endless(20_000))
    tried = []
    real = age.Identity.unwrap
    monkeypatch.setattr(age.Identity, "unwrap", lambda *given: tried.append(1) or real(*given))
    sealed.refresh()
    assert [one.title for one in sealed.summaries()] == ["words"]
    assert [problem.happened for problem in sealed.problems] == ["One entry can't be read: its file is damaged."]
    assert len(tried) <= 2
    with pytest.raises(age.TooMuchWork):
        age.decrypt(endless(age.MAX_STANZAS + 1), [age.Identity.generate()])


def test_as_many_recipients_as_are_read_may_be_written_and_no_more() -> None:
    one = age.Identity.generate()
    others = [age.Identity.generate().recipient] * (age.MAX_STANZAS - 1)
    assert age.decrypt(age.encrypt(b"words", [*others, one.recipient]), [one]) == b"words"
    with pytest.raises(ValueError, match="at most"):
        age.encrypt(b"words", [*others, one.recipient, one.recipient])


def test_a_backup_made_while_another_window_erases_is_whole(bench, sealed, tmp_path, monkeypatch) -> None:
    pages = [sealed.add(Note(f"page {number}")) for number in range(6)]
    doomed = pages[:2]
    read = DiskFolder.read
    window = bench.again()

    def erasing(folder: DiskFolder, name: str, limit: int) -> bytes:
        if doomed and name.startswith("entries/"):
            window.forget(doomed.pop().id)
        return read(folder, name, limit)

    monkeypatch.setattr(DiskFolder, "read", erasing)
    report = back_up(bench.paths, tmp_path / "backup.tar", clock=bench.clock)
    assert not doomed
    assert report.left_out == ()
    assert report.revisions >= 4
    there = bench.elsewhere("restored")
    shutil.rmtree(there.data)
    restore_backup(there.paths, tmp_path / "backup.tar", clock=bench.clock)
    again = there.again()
    assert {page.id for page in pages[2:]} <= {one.id for one in again.summaries()}
    assert again.problems == ()
