"""What lies in a data folder, told by names alone."""

import pytest
from backups import new_place

from trustkit.errors import NoVault
from trustkit.model.entry import Note
from trustkit.vault import inspect, kept_as


@pytest.mark.parametrize("left", ["entries", "entries/2026", "entries/2026/11"])
def test_folders_without_a_file_are_no_journal_to_write_into_in_clear(bench, left: str) -> None:
    (bench.data / left).mkdir(parents=True)
    (bench.data / left / ".tk-abcdefghij.tmp").write_bytes(b"half")
    assert (inspect(bench.data), kept_as(bench.data)) == ("none", "nothing")
    with pytest.raises(NoVault):
        bench.locked()


def test_a_new_open_journal_is_one_before_its_first_page(bench) -> None:
    bench.open().close()
    assert inspect(bench.data) == "open"
    assert bench.again().mode == "open"


def test_an_open_journal_with_one_copy_or_one_draft_is_one(bench) -> None:
    for place in ("entries/2026/11", "drafts"):
        one = new_place(bench, place.partition("/")[0])
        vault = one.open()
        entry = vault.add(Note("words"))
        vault.close()
        path = one.file(entry.id, entry.rev)
        (one.data / place).mkdir(exist_ok=True)
        path.rename(one.data / place / (path.name + "~"))
        assert inspect(one.data) == "open"
