"""What other journals lost words by, each as a test by the number it was reported under.

jrnl#490, #625 and #1422 (dates) stand in `tests/model/test_jrnl.py`, `tests/model/test_query.py` and `test_import.py`;
jrnl#1182 (temporary files) in `test_edit.py`.
"""

import json
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from trustkit.model.entry import Draft, Note


def files(home: Path) -> dict[str, bytes]:
    return {str(file.relative_to(home)): file.read_bytes() for file in (home / "entries").rglob("*") if file.is_file()}


def test_two_windows_that_write_at_once_both_keep_what_they_wrote(sealed) -> None:
    """jrnl#1106: the window that saved last overwrote what the other had added."""
    windows = [sealed(), sealed()]
    for window in windows:
        window.load()

    def write(at: int) -> None:
        for number in range(20):
            windows[at].add(Note(f"{at} {number}"))

    threads = [threading.Thread(target=write, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    expected = {f"{at} {number}" for at in range(2) for number in range(20)}
    assert {one.title for one in sealed().summaries()} == expected
    for window in windows:
        window.refresh()
        assert {one.title for one in window.summaries()} == expected


def test_one_entry_edited_in_two_windows_keeps_both_texts(sealed, clock) -> None:
    """jrnl#1106, for an edit: both versions stand side by side."""
    entry = sealed().add(Note("first"))
    one, other = sealed(), sealed()
    for window, text in ((one, "by one"), (other, "by the other")):
        clock.forward(minutes=1)
        window.revise(entry.id, Note(text), base=entry.rev)

    assert {getattr(head.body, "text", "") for head in sealed().heads(entry.id)} == {"by one", "by the other"}


def test_a_filter_never_costs_the_entries_it_leaves_out(journal, sealed, home: Path, tmp_path: Path) -> None:
    """jrnl#932: an edit under a filter deleted everything that the filter had left out."""
    vault = sealed()
    ids = {tag: vault.add(Note(f"about {tag}", tags=(tag,))).id for tag in ("sea", "night", "work")}
    vault.close()
    before = files(home)

    journal("list", "--tag", "sea")
    journal("search", "tag:sea about")
    journal("export", "--tag", "sea", "--output", str(tmp_path / "sea"))
    assert files(home) == before

    assert journal("edit", ids["sea"], given="about the sea").code == 0
    assert journal("tags", "rename", "sea", "ocean").code == 0
    assert journal("delete", ids["work"]).code == 0

    after = files(home)
    assert {name: after[name] for name in before} == before
    found = json.loads(journal("list", "--json").out)["entries"]
    assert sorted(entry["title"] for entry in found) == ["about night", "about the sea"]


def test_the_way_dates_are_written_is_no_reader_s_to_change_in_the_file(sealed, clock, home) -> None:
    """jrnl#490: with another date format in the settings, entries were no longer found."""
    vault = sealed()
    entry = vault.add(Note("kept"))
    vault.close()
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text('timeformat = "%d.%m.%y"\nlanguage = "de"\n')

    assert sealed().get(entry.id).created == clock().replace(microsecond=0)


PASTED = "[2020-01-01 10:00] pasted\n\n[2020-01-02 11:00] pasted, too\n---\ndate: 2020-01-03\n---\n2020-01-04 10:00 x"


def test_a_pasted_date_line_is_text_and_begins_no_entry(trustkit, journal, sealed, passphrase_file) -> None:
    """jrnl#625: pasted lines that look like an entry's beginning became entries of their own."""
    written = trustkit("write", "--passphrase-file", passphrase_file, given=f"The log says:\n{PASTED}\n")

    vault = sealed()
    assert [one.id for one in vault.summaries()] == [written.out.strip()]
    assert getattr(vault.get(written.out.strip()).body, "text", "") == f"The log says:\n{PASTED}"
    assert journal("edit", written.out.strip(), given=PASTED).code == 0
    assert [one.id for one in sealed().summaries()] == [written.out.strip()]


def test_a_page_stays_on_the_day_it_was_written_when_its_writer_moves(journal, sealed, clock) -> None:
    """jrnl#1422: after a change of clocks or of place, entries moved by hours, and to other days."""
    far = timezone(timedelta(hours=13))
    clock.set(datetime(2026, 3, 29, 0, 30, tzinfo=far))
    vault = sealed()
    entry = vault.add(Note("just after midnight, far away"))
    clock.set(datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2))))
    vault.add(Note("the hour after the clocks went forward"))
    vault.close()
    clock.set(datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=-8))))

    found = json.loads(journal("list", "--json", "--on", "2026-03-29").out)["entries"]
    assert len(found) == 2
    assert {one["created"] for one in found} == {"2026-03-29T00:30:00+13:00", "2026-03-29T03:30:00+02:00"}
    assert journal("edit", entry.id, given="edited at home").code == 0
    assert sealed().get(entry.id).created == datetime(2026, 3, 29, 0, 30, tzinfo=far)
    assert json.loads(journal("list", "--json", "--on", "2026-03-28").out)["entries"] == []


def test_a_disk_without_room_empties_no_page(journal, sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    """logseq#10152: saving on a full disk left an empty page."""
    import errno

    from trustkit.vault.durable import Layer

    entry = sealed().add(Note("kept"))

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(Layer, "write", full)
        ran = journal("edit", entry.id, given="new")
    assert (ran.code, ran.out) == (3, "")

    vault = sealed()
    assert getattr(vault.get(entry.id).body, "text", "") == "kept"
    assert vault.problems == ()


def test_a_passphrase_change_that_breaks_off_leaves_every_page_open_to_the_old_one(
    sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Omni-Notes#302: a change of password broken off half-way left notes that nothing opened any more."""
    import errno

    from trustkit.errors import WriteError
    from trustkit.vault.durable import Layer

    vault = sealed()
    vault.add(Note("kept"))

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "gone")

    with monkeypatch.context() as patched:
        patched.setattr(Layer, "replace", fail)
        with pytest.raises(WriteError):
            vault.change_passphrase("four quiet words here", "another one entirely")

    assert [one.title for one in sealed().summaries()] == ["kept"]


def test_what_was_being_written_is_there_without_anybody_having_saved_it(journal, sealed, clock) -> None:
    """jrnl#1183: what was typed was lost unless the editor was told to save."""
    vault = sealed()
    vault.save_draft(Draft(vault.new_id(), Note("half a thought"), clock(), target=vault.new_rev()))
    del vault  # no closing, as after a kill

    assert "half a thought" in journal("drafts").out
