"""Erased at once: no copy that another program made, no other window and no index brings a word of it back."""

import re
import shutil
from pathlib import Path

import pytest

from trustkit.errors import WriteError
from trustkit.model.entry import Draft, Note
from trustkit.vault import age


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_copies_that_other_programs_made_go_with_the_entry(bench, kept) -> None:
    entry = kept.add(Note("words"))
    newest = kept.revise(entry.id, Note("other words"), base=entry.rev)
    file = bench.file(entry.id, entry.rev)
    stem, _, suffix = file.name.partition(".toml")
    for name in (
        f"{stem}.sync-conflict-20261122-021409-ABCDEFG.toml{suffix}",
        f"{stem}.toml{suffix} (1)",
        f"{file.name}~",
        f"{file.name}.orig",
        f"Copy of {file.name}",
        f"{stem}.restored.toml{suffix}",
    ):
        shutil.copy(file, file.with_name(name))
    kept.save_draft(Draft(entry.id, Note("words of a draft"), bench.clock(), kept.new_rev(), newest.rev))
    [draft] = (bench.data / "drafts").iterdir()
    for name in (f"{draft.name}~", draft.name.replace(".toml", ".sync-conflict-20261122-021409-ABCDEFG.toml")):
        shutil.copy(draft, draft.with_name(name))
    kept.refresh()
    kept.forget(entry.id)
    [left] = bench.files()
    assert left.name.startswith(entry.id)
    assert not left.name.startswith((f"{entry.id}.{entry.rev}", f"{entry.id}.{newest.rev}"))
    assert names_in(bench.data / "drafts") == []
    again = bench.again()
    assert again.summaries() == ()
    assert again.search("words") == []


def test_another_windows_index_keeps_no_word_that_was_erased_here(bench, sealed) -> None:
    entry = sealed.add(Note("Zugvogel"))
    here, there = bench.again(), bench.again()
    for window in (here, there):
        window.load()
        assert len(window.summaries()) == 1
    there.add(Note("something else"))
    here.forget(entry.id)
    here.close()
    there.close()
    text = age.decrypt_passphrase((bench.data / "key.age").read_bytes(), bench.passphrase).decode()
    identities = [age.Identity.from_text(found) for found in re.findall("AGE-SECRET-KEY-1[A-Z0-9]+", text)]
    segments = sorted(bench.index.glob("*.age"))
    assert segments
    for segment in segments:
        assert b"ugvogel" not in age.decrypt(segment.read_bytes(), identities)


def test_what_another_window_wrote_meanwhile_is_not_erased_unseen(bench, kept) -> None:
    entry = kept.add(Note("words"))
    other = bench.again()
    other.load()
    kept.delete(entry.id)
    other.revise(entry.id, Note("words of another window"), base=entry.rev)
    before = bench.files()
    with pytest.raises(WriteError, match="changed in another window"):
        kept.forget(entry.id)
    assert bench.files() == before
    assert kept.get(entry.id).body == Note("words of another window")
    kept.forget(entry.id)
    assert kept.search("words") == []
    assert len(bench.files()) == 1
