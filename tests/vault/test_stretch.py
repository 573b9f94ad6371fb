"""Many writes at a stretch: each folder is looked at once, and nothing that another window writes is lost."""

import pytest

from trustkit.errors import WriteError
from trustkit.model.entry import Note
from trustkit.vault.folder import DiskFolder


def count(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every look at a month's folder from now on."""
    looks: list[str] = []
    for name in ("scan", "names"):
        real = getattr(DiskFolder, name)

        def looked(folder: DiskFolder, path: str, real=real):
            if path.startswith("entries/"):
                looks.append(path)
            return real(folder, path)

        monkeypatch.setattr(DiskFolder, name, looked)
    return looks


def test_however_much_is_written_each_folder_is_looked_at_no_more_often(kept, monkeypatch) -> None:
    looks = count(monkeypatch)
    seen = []
    for number in (3, 12):
        ids = [kept.new_id() for _ in range(number)]
        looks.clear()
        with kept.at_a_stretch():
            for entry_id in ids:
                kept.add(Note("words"), entry_id=entry_id)
            for entry_id in ids:
                kept.delete(entry_id)
        seen.append(len(looks))

    assert seen[1] <= seen[0]
    assert len(kept.summaries(trash=True)) == 15


def test_an_id_that_is_taken_is_refused_at_a_stretch_too(vault) -> None:
    before = vault.add(Note("before")).id
    with vault.at_a_stretch():
        within = vault.add(Note("within"), entry_id=vault.new_id()).id
        for taken in (before, within):
            with pytest.raises(WriteError):
                vault.add(Note("again"), entry_id=taken)

    assert sorted(one.title for one in vault.summaries()) == ["before", "within"]


def test_what_another_window_writes_meanwhile_stands_beside_and_is_not_lost(bench, sealed) -> None:
    entry = sealed.add(Note("first"))
    others = [sealed.add(Note("second")).id, sealed.add(Note("third")).id]
    with sealed.at_a_stretch():
        for one in others:
            sealed.delete(one)  # the month was looked at, and is not looked at again
        other = bench.again()
        other.revise(entry.id, Note("written elsewhere"))
        other.close()
        sealed.delete(entry.id)

    sealed.refresh()
    assert [one.title for one in sealed.summaries()] == ["written elsewhere"]
    assert len(sealed.heads(entry.id)) == 2
